"""Losses with penalties, proximal maps, steps and schedules, convex inequalities."""

from __future__ import annotations

from errata.meaning.results.result import Result, Slot

BOYD = "Boyd, Vandenberghe, Convex Optimization"
BECK = "Beck, Teboulle 2009, A fast iterative shrinkage-thresholding algorithm"
NESTEROV = "Nesterov, Lectures on Convex Optimization"
POS, UNIT = "positive", "unit"
ETA = Slot(r"\eta", POS, ("step size", "learning rate"), (r"\alpha", r"\gamma", r"\epsilon", r"\tau", "s", "t"))
LAMBDA = Slot(r"\lambda", POS, ("regularis", "regulariz", "penalty"), (r"\alpha", r"\tau", r"\mu"))
X, Y, B = (
    Slot("x", "vector d", (), ("w", r"\theta", r"\beta")),
    Slot("y", "vector d", (), ("z",)),
    Slot("b", "vector m"),
)
DESIGN = Slot("A", "matrix m d", (), ("X",))
F = Slot("f", POS, (), ("L", "J", r"\mathcal L", "g", "F"))

RESULTS = (
    Result(
        "soft_threshold",
        ("soft threshold", "soft-threshold", "shrinkage operator"),
        r"S_\lambda(x) = \operatorname{sign}(x) \max(|x| - \lambda, 0)",
        (
            Slot("S", "real", (), (r"\mathrm{prox}", r"\mathcal S", "T", r"\eta")),
            LAMBDA,
            Slot("x", "real", (), ("z", "u", "v", "y")),
        ),
        "check",
        BECK,
    ),
    Result(
        "lasso_objective",
        ("lasso",),
        r"J = \frac12 \|y - A x\|^2 + \lambda \|x\|_1",
        (Slot("J", POS, (), ("L", "f", r"\mathcal L")), Slot("y", "vector m", (), ("b",)), DESIGN, X, LAMBDA),
        "definition",
        "Tibshirani 1996, Regression shrinkage and selection via the lasso",
        variants=(r"J = \frac{1}{2 n} \|y - A x\|^2 + \lambda \|x\|_1", r"J = \|y - A x\|^2 + \lambda \|x\|_1"),
    ),
    Result(
        "elastic_net",
        ("elastic net",),
        r"J = \|y - A x\|^2 + \lambda_1 \|x\|_1 + \lambda_2 \|x\|^2",
        (Slot("J", POS, (), ("L", "f", r"\mathcal L")), Slot("y", "vector m"), DESIGN, X, LAMBDA),
        "definition",
        "Zou, Hastie 2005, Regularization and variable selection via the elastic net",
        variants=(
            r"J = \|y - A x\|^2 + \lambda (\alpha \|x\|_1 + (1 - \alpha) \|x\|^2)",
            r"J = \frac12 \|y - A x\|^2 + \lambda_1 \|x\|_1 + \frac{\lambda_2}{2} \|x\|^2",
        ),
    ),
    Result(
        "nesterov_momentum",
        ("nesterov",),
        r"v_{t+1} = \mu v_t - \eta \nabla f(\theta_t + \mu v_t)",
        (
            Slot("v", "vector d", ("velocity",), ("m", "u")),
            Slot(r"\mu", UNIT, ("momentum",), (r"\beta", r"\gamma")),
            ETA,
            F,
            Slot(r"\theta", "vector d", (), ("w", "x")),
        ),
        "definition",
        "Sutskever et al. 2013, On the importance of initialization and momentum",
        variants=(r"v_{t} = \mu v_{t-1} - \eta \nabla f(\theta_{t-1} + \mu v_{t-1})",),
    ),
    Result(
        "rmsprop",
        ("rmsprop",),
        r"v_t = \beta v_{t-1} + (1 - \beta) g_t^2",
        (
            Slot("v", POS, (), ("s", "r", r"\nu")),
            Slot(r"\beta", UNIT, ("decay",), (r"\rho", r"\gamma", r"\alpha")),
            Slot("g", "real", ("gradient",)),
        ),
        "definition",
        "Tieleman, Hinton 2012, Lecture 6.5",
    ),
    Result(
        "strong_convexity",
        ("strongly convex", "strong convexity"),
        r"f(y) \ge f(x) + \nabla f(x)^\top (y - x) + \frac{\mu}{2} \|y - x\|^2",
        (F, X, Y, Slot(r"\mu", POS, ("strong",), ("m", r"\alpha", r"\sigma"))),
        "definition",
        NESTEROV,
    ),
    Result(
        "polyak_lojasiewicz",
        ("polyak", "łojasiewicz", "lojasiewicz", "pl inequality"),
        r"\frac12 \|\nabla f(x)\|^2 \ge \mu (f(x) - f^*)",
        (F, X, Slot(r"\mu", POS), Slot("f^*", POS)),
        "definition",
        "Karimi, Nutini, Schmidt 2016",
    ),
    Result(
        "gradient_step_decrease",
        ("decrease", "descent", "step"),
        r"f(x_{k+1}) \le f(x_k) - \frac{1}{2 L} \|\nabla f(x_k)\|^2",
        (F, X, Slot("L", POS, ("lipschitz", "smooth"), (r"\beta",))),
        "check",
        NESTEROV,
        needs=("1/l", "frac1l", "frac{1}{l}", "1/beta"),
    ),
    Result(
        "conjugate_function",
        ("conjugate function", "convex conjugate", "fenchel conjugate", "legendre"),
        r"f^*(y) = \sup_x \left[ y^\top x - f(x) \right]",
        (Slot("f^*", "real"), F, X, Y),
        "definition",
        BOYD,
    ),
    Result(
        "bregman_divergence",
        ("bregman",),
        r"D(x, y) = f(x) - f(y) - \nabla f(y)^\top (x - y)",
        (
            Slot("D", POS, (), ("B", "d", "D_f", "B_f")),
            Slot("f", POS, (), (r"\phi", "F", r"\psi", r"\varphi", "h")),
            X,
            Y,
        ),
        "definition",
        "Bregman 1967",
    ),
    Result(
        "huber_gradient_clip",
        ("gradient clipping", "clip the gradient", "norm clipping"),
        r"\hat g = \min\left(1, \frac{c}{\|g\|}\right) g",
        (
            Slot(r"\hat g", "vector d", (), (r"\tilde g",)),
            Slot("g", "vector d", ("gradient",)),
            Slot("c", POS, ("threshold", "clip"), (r"\tau", "C", r"\theta")),
        ),
        "definition",
        "Pascanu, Mikolov, Bengio 2013",
    ),
    Result(
        "exponentiated_gradient",
        ("exponentiated gradient", "mirror descent", "multiplicative weights", "hedge"),
        r"w_{t+1,i} = \frac{w_{t,i} e^{-\eta g_{t,i}}}{\sum_{j=1}^d w_{t,j} e^{-\eta g_{t,j}}}",
        (
            Slot("w", POS, ("weight",), ("x", "p")),
            ETA,
            Slot("g", "real", ("gradient", "loss"), (r"\ell",)),
            Slot("d", "natural", (), ("n", "K", "N")),
        ),
        "check",
        "Kivinen, Warmuth 1997",
    ),
    Result(
        "inverse_time_decay",
        ("inverse time decay", "1/t decay", "time-based decay"),
        r"\eta_t = \frac{\eta_0}{1 + k t}",
        (ETA, Slot("k", POS, ("decay",), (r"\gamma", r"\lambda")), Slot("t", POS)),
        "definition",
        "Bottou 2012, Stochastic gradient descent tricks",
    ),
    Result(
        "newton_decrement",
        ("newton decrement",),
        r"\lambda = \sqrt{g^\top H^{-1} g}",
        (Slot(r"\lambda", POS), Slot("g", "vector d", ("gradient",)), Slot("H", "spd d", ("hessian",))),
        "definition",
        BOYD,
    ),
    Result(
        "polyak_step",
        ("polyak step",),
        r"\eta_t = \frac{f(x_t) - f^*}{\|g_t\|^2}",
        (ETA, F, Slot("f^*", POS), Slot("g", "vector d", ("gradient",)), X),
        "definition",
        "Polyak 1987, Introduction to Optimization",
    ),
)
