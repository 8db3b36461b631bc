"""Logistic and softmax regression, losses of classification, margins."""

from __future__ import annotations

from errata.meaning.results.result import Result, Slot

BISHOP = "Bishop, Pattern Recognition and Machine Learning, chapter 4"
YHAT = Slot(r"\hat y", "unit", ("predicted probability", "prediction"), ("p", r"\hat p", "a", r"\sigma", "q", r"\mu"))
Y = Slot("y", "unit", ("label", "target"), ("t",))
N = Slot("n", "natural", (), ("N", "m", "M"))

RESULTS = (
    Result(
        "logistic_function", ("sigmoid", "logistic"), r"\sigma(z) = \frac{1}{1 + e^{-z}}", (Slot(r"\sigma", "unit", (), ("s", "g", "S", "f")),), "definition", BISHOP,
        variants=(r"\sigma(z) = \frac{e^z}{1 + e^z}",),
    ),
    Result(
        "logistic_derivative", ("sigmoid", "logistic"), r"\sigma'(z) = \sigma(z) (1 - \sigma(z))", (Slot(r"\sigma", "unit"), Slot(r"\sigma'", "unit")),
        "derivation logistic_derivative", BISHOP, variants=(r"\frac{d\sigma}{dz} = \sigma (1 - \sigma)", r"\frac{d}{dz}\sigma(z) = \sigma(z)(1-\sigma(z))"),
    ),
    Result(
        "logit", ("logit", "log-odds", "log odds"), r"z = \log \frac{p}{1 - p}", (Slot("p", "unit", (), (r"\pi", r"\mu", "q", r"\theta")),), "definition", BISHOP,
        variants=(r"\log \frac{P(y = 1 \mid x)}{P(y = 0 \mid x)} = w^\top x + b",),
    ),
    Result(
        "logistic_regression", ("logistic regression",), r"P(y = 1 \mid x) = \frac{1}{1 + e^{-w^\top x}}", (Slot("w", "vector d", (), (r"\theta", r"\beta")), Slot("x", "vector d")), "definition", BISHOP,
        variants=(r"P(y = 1 \mid x) = \frac{1}{1 + e^{-(w^\top x + b)}}", r"p(x) = \frac{1}{1 + e^{-w^\top x}}", r"p = \frac{1}{1 + e^{-z}}"),
    ),
    Result(
        "binary_cross_entropy", ("binary cross-entropy", "cross-entropy", "log loss", "logistic loss", "negative log-likelihood", "bce"),
        r"L = -\sum_{i=1}^n \left[y_i \log \hat y_i + (1 - y_i) \log(1 - \hat y_i)\right]", (Slot("L", "real", (), ("J", r"\mathcal L", r"\ell", "E", r"\mathrm{BCE}", r"\mathrm{NLL}")), Y, YHAT, N),
        "derivation bernoulli_nll_eq", BISHOP,
        variants=(r"L = -\frac{1}{n} \sum_{i=1}^n \left[y_i \log \hat y_i + (1 - y_i) \log(1 - \hat y_i)\right]", r"L = -\left[y \log \hat y + (1 - y) \log(1 - \hat y)\right]"),
    ),
    Result(
        "bernoulli_log_likelihood", ("log-likelihood", "log likelihood", "bernoulli"),
        r"\ell = \sum_{i=1}^n \left[y_i \log p_i + (1 - y_i) \log(1 - p_i)\right]", (Slot(r"\ell", "real", (), ("L", r"\mathcal L")), Y, Slot("p", "unit", (), (r"\hat y", r"\theta", r"\mu", r"\pi")), N),
        "derivation bernoulli_nll_eq", BISHOP, sign_is_open=True,
    ),
    Result(
        "cross_entropy_loss", ("cross-entropy", "cross entropy", "negative log-likelihood", "categorical"),
        r"L = -\sum_{k=1}^K y_k \log \hat y_k", (Slot("L", "real", (), ("J", r"\mathcal L", r"\ell", r"\mathrm{CE}", "H")), Y, YHAT, Slot("K", "natural", (), ("C",))),
        "definition", BISHOP,
        variants=(r"L = -\sum_{i=1}^n \sum_{k=1}^K y_{ik} \log \hat y_{ik}", r"L = -\frac{1}{n}\sum_{i=1}^n \sum_{k=1}^K y_{ik} \log \hat y_{ik}", r"L = -\sum_{c} y_c \log \hat y_c"),
    ),
    Result(
        "softmax", ("softmax", "multinomial logistic", "boltzmann"), r"s_k = \frac{e^{z_k}}{\sum_{j=1}^K e^{z_j}}",
        (Slot("s", "unit", (), ("p", r"\hat y", r"\sigma", r"\pi", r"\hat p", "y", "a")), Slot("z", "real", (), ("a", "o", "x", r"\theta", r"\eta")), Slot("K", "natural", (), ("C", "n"))),
        "definition", BISHOP,
        variants=(r"p(y = k \mid x) = \frac{e^{w_k^\top x}}{\sum_{j=1}^K e^{w_j^\top x}}",
                  r"s_k = \frac{e^{z_k / T}}{\sum_{j=1}^K e^{z_j / T}}"),
    ),
    Result(
        "softmax_jacobian", ("softmax", "jacobian"), r"\frac{\partial s_i}{\partial z_j} = s_i (\delta_{ij} - s_j)", (Slot("s", "unit", (), ("p", r"\hat y", r"\sigma", r"\pi")), Slot(r"\delta", "real")),
        "check softmax_jacobian", BISHOP, variants=(r"\frac{\partial s}{\partial z} = \operatorname{diag}(s) - s s^\top", r"J = \operatorname{diag}(s) - s s^\top"),
    ),
    Result(
        "softmax_cross_entropy_gradient", ("softmax", "cross-entropy", "logits"), r"\frac{\partial L}{\partial z_j} = \hat y_j - y_j",
        (Slot(r"\hat y", "unit", ("probability", "prediction"), ("p", "s", r"\hat p", "q", "a")), Slot("y", "unit", ("target", "one-hot", "label"), ("t",))), "check softmax_cross_entropy_gradient", BISHOP,
        variants=(r"\nabla_z L = \hat y - y", r"\frac{\partial L}{\partial z} = \hat y - y"),
    ),
    Result(
        "logistic_gradient", ("logistic regression", "gradient"), r"\nabla_w L = \sum_{i=1}^n (\sigma(w^\top x_i) - y_i) x_i",
        (Slot("w", "vector d", (), (r"\theta", r"\beta")), Slot("x", "vector d"), Slot("y", "unit", (), ("t",)), Slot(r"\sigma", "unit"), N), "check logistic_gradient", BISHOP,
        variants=(r"\nabla_w L = X^\top (\hat y - y)", r"\nabla_w L = \frac{1}{n} \sum_{i=1}^n (\sigma(w^\top x_i) - y_i) x_i", r"\nabla_w L = \sum_{i=1}^n (\hat y_i - y_i) x_i", r"\nabla_w L = \frac{1}{n} X^\top (\hat y - y)"),
        sign_is_open=True,
    ),
    Result(
        "logistic_hessian", ("hessian", "newton", "irls", "logistic"), r"H = X^\top S X", (Slot("H", "square d"), Slot("X", "matrix n d", (), (r"\Phi",)), Slot("S", "spd n", (), ("W", "R", "D"))), "check logistic_hessian", BISHOP,
        variants=(r"H = \sum_{i=1}^n \mu_i (1 - \mu_i) x_i x_i^\top",), sign_is_open=True,
    ),
    Result("hinge_loss", ("hinge",), r"\ell = \max(0, 1 - y f(x))", (Slot(r"\ell", "real", (), ("L", r"\mathcal L")),), "definition", "Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, chapter 12",
        variants=(r"\ell = \max(0, 1 - y w^\top x)", r"\ell = \max(0, 1 - y (w^\top x + b))", r"\ell = \max(0, 1 - y \hat y)", r"\ell = \max(0, 1 - z)")),
    Result("focal_loss", ("focal loss",), r"L = -(1 - p_t)^\gamma \log p_t", (Slot("p", "unit"),), "definition", "Lin et al. 2017, Focal Loss for Dense Object Detection", variants=(r"L = -\alpha_t (1 - p_t)^\gamma \log p_t",)),
    Result("label_smoothing", ("label smoothing",), r"\tilde y_k = (1 - \epsilon) y_k + \frac{\epsilon}{K}", (Slot(r"\epsilon", "unit", (), (r"\alpha",)), Slot("K", "natural", ("classes",))), "definition", "Szegedy et al. 2016, Rethinking the Inception Architecture"),
    Result("margin", ("margin", "support vector"), r"\gamma = \frac{2}{\|w\|}", (Slot("w", "vector d"), Slot(r"\gamma", "positive", (), ("m", r"\rho"))), "check margin", "Bishop, Pattern Recognition and Machine Learning, chapter 7", variants=(r"\gamma = \frac{1}{\|w\|}",)),
    Result("lda_direction", ("fisher", "linear discriminant"), r"w = S_W^{-1} (m_1 - m_2)", (Slot("S", "spd d", (), (r"\Sigma",)), Slot("m", "vector d", (), (r"\mu",)), Slot("w", "vector d")), "check lda_direction", BISHOP, variants=(r"w = S_W^{-1} (m_2 - m_1)",)),
)
