"""Sums along a sequence: what telescopes, powers of a rate, discounted returns, exponentials of any number of classes.

Claim   neighbours cancel; powers sum to one closed form; a return is one reward and the rest; a softmax knows no shift
Route   ranges are shifted to one another, and the terms in which they differ stand beside them.
"""

from __future__ import annotations

from sympy import Derivative, Expr, Function, Sum, exp, log

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Integer, OpenUnit, Positive, Real, Variable, named, symbols_of

WHERE = (
    Variable("n", Integer(1), "the number of terms, of steps or of classes"),
    Variable("i", Integer(0), "counts them"),
    Variable("k", Integer(1), "one class"),
    Variable("r", Real(), "the rate of a geometric series"),
    Variable("d", OpenUnit(), "discount, or decay of a moving average"),
    Variable("c", Real(), "a shift of all logits"),
    Variable("u", Real(), "the logit of the true class"),
    Variable("v", Real(), "the logit of another class"),
    Variable("R", Positive(), "Σ exp z over all the other classes"),
)
n, i, k, r, d, c, u, v, R = symbols_of(WHERE)
X, G, Z = (Function(name, real=True) for name in "xgz")


def over(f: Expr, low: Expr | int = 1, high: Expr = n) -> Sum:
    """Σ f, from 1 to n where nothing else is said."""
    return Sum(f, (i, low, high))


telescope_eq = Derivation(
    claim=Claim(
        "telescope_eq",
        over(X(i + 1) - X(i)),
        X(n + 1) - X(1),
        named(WHERE, "n i"),
        convention=("x_1, …, x_{n+1} are any numbers, written x(i); n ≥ 1 differences",),
        source=Source("planetmath", "the definition"),
    ),
    steps=(
        Step("the differences of neighbours", over(X(i + 1) - X(i))),
        Step("term by term, the first counted one further", Sum(X(i), (i, 2, n + 1)) - over(X(i))),
        Step("neighbours cancel, but for the last and the first", X(n + 1) - X(1)),
    ),
)

telescope_fractions_eq = Derivation(
    claim=Claim(
        "telescope_fractions_eq",
        over(1 / (i * (i + 1))),
        1 - 1 / (n + 1),
        named(WHERE, "n i"),
        convention=("n ≥ 1",),
        source=Source("planetmath", "the example"),
    ),
    steps=(
        Step("the terms", over(1 / (i * (i + 1)))),
        Step("each as a difference, term by term", over(1 / i) - over(1 / (i + 1))),
        Step("neighbours cancel, but for the first and the last", 1 - 1 / (n + 1)),
    ),
)

geometric_sum_eq = Derivation(
    claim=Claim(
        "geometric_sum_eq",
        (1 - r) * over(r**i, 0, n - 1),
        1 - r**n,
        named(WHERE, "n i r"),
        convention=("n ≥ 1 terms, from 1 to r^(n − 1)", "any r; where r is not 1 both sides may be divided by 1 − r"),
        source=Source("nadavb2026", "equation 13"),
    ),
    steps=(
        Step("1 − r times the powers of r", (1 - r) * over(r**i, 0, n - 1)),
        Step("term by term, the second counted one further", over(r**i, 0, n - 1) - over(r**i)),
        Step("neighbours cancel, but for the first and the last", 1 - r**n),
    ),
)


def moving_average(steps: Expr) -> Expr:
    """(1 − d) Σ d^(steps − i) g_i, from zero."""
    return (1 - d) * Sum(d ** (steps - i) * G(i), (i, 1, steps))


moving_average_step_eq = Derivation(
    claim=Claim(
        "moving_average_step_eq",
        d * moving_average(n) + (1 - d) * G(n + 1),
        moving_average(n + 1),
        named(WHERE, "n i d"),
        convention=(
            "g_1, …, g_{n+1} are any numbers, written g(i): gradients, or their squares",
            "the average starts from zero: its weights sum to 1 − d^n, by which Adam divides (geometric_sum_eq)",
        ),
        source=Source("nadavb2026", "equation 12"),
    ),
    steps=(
        Step("a step of the moving average", d * moving_average(n) + (1 - d) * G(n + 1)),
        Step(
            "the decay goes into the sum, term by term",
            (1 - d) * Sum(d ** (n + 1 - i) * G(i), (i, 1, n)) + (1 - d) * G(n + 1),
        ),
        Step("the new term is the last, of weight d⁰: what has no index stands before the sum", moving_average(n + 1)),
    ),
)

rewards = over(d**i * X(i + 1), 0)
return_step_eq = Derivation(
    claim=Claim(
        "return_step_eq",
        rewards,
        X(1) + d * over(d**i * X(i + 2), 0, n - 1),
        named(WHERE, "n i d"),
        convention=(
            "rewards x_1, …, x_{n+1} after now, written x(i), and none later; n ≥ 1",
            "G_t = R_{t+1} + γ G_{t+1}, with γ written d",
        ),
        source=Source("stackexchange", "the return given the discount factor and a sequence of rewards"),
    ),
    steps=(
        Step("the discounted rewards", rewards),
        Step("the first of them apart, term by term", X(1) + over(d**i * X(i + 1))),
        Step(
            "counted from the next step, one discount: what has no index stands before the sum",
            X(1) + d * over(d**i * X(i + 2), 0, n - 1),
        ),
    ),
)

partition = over(exp(Z(i)))
ANY_CLASSES = "logits z_1, …, z_n of any number n ≥ 1 of classes, written z(i)"

logsumexp_any_eq = Derivation(
    claim=Claim(
        "logsumexp_any_eq",
        c + log(over(exp(Z(i) - c))),
        log(partition),
        named(WHERE, "n i c"),
        convention=(ANY_CLASSES, "c is most often the greatest of them, so that nothing overflows"),
        source=Source("stan2026", "user's guide, floating point arithmetic, log sum of exponentials"),
    ),
    steps=(
        Step("the shifted form", c + log(over(exp(Z(i) - c)))),
        Step("exp(−c) has no index and stands before the sum", c + log(exp(-c) * partition)),
        Step("the log of a product", log(partition)),
    ),
)

ce_any_eq = Derivation(
    claim=Claim(
        "ce_any_eq",
        -log(exp(Z(k)) / partition),
        log(partition) - Z(k),
        named(WHERE, "n i k"),
        convention=(ANY_CLASSES, "class k is the true one"),
        source=Source("zhang2023", "softmax and cross-entropy loss"),
    ),
    steps=(
        Step("minus the log of the softmax", -log(exp(Z(k)) / partition)),
        Step("the log of a quotient", log(partition) - Z(k)),
    ),
)

loss = log(exp(u) + exp(v) + R) - u
REST = "any number of further classes, by R, the sum of their exponentials"

ce_true_slope_eq = Derivation(
    claim=Claim(
        "ce_true_slope_eq",
        Derivative(loss, u),
        exp(u) / (exp(u) + exp(v) + R) - 1,
        named(WHERE, "u v R"),
        convention=(REST, "p̂ − 1 at the true class: p̂ − y with y = 1"),
        source=Source("zhang2023", "softmax and cross-entropy loss"),
    ),
    steps=(
        Step("the loss, as the logit of the true class moves", Derivative(loss, u)),
        Step("the derivative of the log and of u", exp(u) / (exp(u) + exp(v) + R) - 1),
    ),
)

ce_other_slope_eq = Derivation(
    claim=Claim(
        "ce_other_slope_eq",
        Derivative(loss, v),
        exp(v) / (exp(u) + exp(v) + R),
        named(WHERE, "u v R"),
        convention=(REST, "p̂ at any other class: p̂ − y with y = 0"),
        source=Source("zhang2023", "softmax and cross-entropy loss"),
    ),
    steps=(
        Step("the loss, as the logit of another class moves", Derivative(loss, v)),
        Step("the derivative of the log", exp(v) / (exp(u) + exp(v) + R)),
    ),
)

DERIVATIONS = (
    telescope_eq,
    telescope_fractions_eq,
    geometric_sum_eq,
    moving_average_step_eq,
    return_step_eq,
    logsumexp_any_eq,
    ce_any_eq,
    ce_true_slope_eq,
    ce_other_slope_eq,
)
