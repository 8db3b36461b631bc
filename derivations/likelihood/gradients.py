"""Gradients of the classification losses.

Claim   the logit gradient of a cross-entropy is p − y, and the chain rule does the rest
Route   differentiate log-sum-exp: its derivative is the softmax.
"""

from __future__ import annotations

from sympy import Derivative, Expr, exp, log

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import ClosedUnit, Integer, Real, Variable, symbols_of

NATS = "log is natural"

WHERE_LOGISTIC = (
    Variable("w", Real(), "the weight"),
    Variable("x", Real(), "the input"),
    Variable("y", Integer(0, 1), "the label"),
)
w, x, y = symbols_of(WHERE_LOGISTIC)


def sigmoid(z: Expr) -> Expr:
    """1/(1 + e^(−z))."""
    return 1 / (1 + exp(-z))


bce = -y * log(sigmoid(w * x)) - (1 - y) * log(1 - sigmoid(w * x))

logistic_gradient_eq = Derivation(
    claim=Claim(
        "logistic_gradient_eq",
        Derivative(bce, w),
        (sigmoid(w * x) - y) * x,
        WHERE_LOGISTIC,
        convention=(NATS, "one observation, one weight; the loss is summed, not averaged"),
        source=Source("bishop2006", "section 4.3.2, equation 4.91"),
    ),
    steps=(
        Step("the slope of the binary cross-entropy", Derivative(bce, w)),
        Step("as softplus: log(1 + e^(wx)) − ywx", Derivative(log(1 + exp(w * x)) - y * w * x, w)),
        Step("the slope of each term", x * exp(w * x) / (1 + exp(w * x)) - y * x),
        Step("e^z/(1 + e^z) is the predicted probability", (sigmoid(w * x) - y) * x),
    ),
)

WHERE_SIGMOID = (Variable("z", Real(), "the logit"),)
(z,) = symbols_of(WHERE_SIGMOID)

sigmoid_slope_eq = Derivation(
    claim=Claim(
        "sigmoid_slope_eq",
        Derivative(sigmoid(z), z),
        sigmoid(z) * (1 - sigmoid(z)),
        WHERE_SIGMOID,
        convention=("σ(z) = 1/(1 + e^(−z))",),
        source=Source("goodfellow2016", "section 3.10"),
    ),
    steps=(
        Step("the slope of σ", Derivative(sigmoid(z), z)),
        Step("the derivative of a reciprocal", exp(-z) / (1 + exp(-z)) ** 2),
        Step("1 − σ = e^(−z)/(1 + e^(−z))", sigmoid(z) * (1 - sigmoid(z))),
    ),
)

WHERE_SOFTMAX = (
    *(Variable(f"z_{i}", Real(), f"logit {i} of three") for i in (1, 2, 3)),
    *(Variable(f"y_{i}", ClosedUnit(), f"weight of class {i} in the target; y_3 = 1 − y_1 − y_2") for i in (1, 2)),
)
z1, z2, z3, y1, y2 = symbols_of(WHERE_SOFTMAX)
total = exp(z1) + exp(z2) + exp(z3)
p1, p2, p3 = (exp(logit) / total for logit in (z1, z2, z3))

softmax_jacobian_diag_eq = Derivation(
    claim=Claim(
        "softmax_jacobian_diag_eq",
        Derivative(p1, z1),
        p1 * (1 - p1),
        WHERE_SOFTMAX[:3],
        convention=("three classes", "entry (1, 1) of diag(p) − p pᵀ; the others follow by renaming the classes"),
        source=Source("bishop2006", "section 4.3.4, equation 4.106"),
    ),
    steps=(
        Step("a probability by its own logit", Derivative(p1, z1)),
        Step("the derivative of a quotient", exp(z1) / total - exp(z1) ** 2 / total**2),
        Step("a common factor", p1 * (1 - p1)),
    ),
)

softmax_jacobian_off_eq = Derivation(
    claim=Claim(
        "softmax_jacobian_off_eq",
        Derivative(p1, z2),
        -p1 * p2,
        WHERE_SOFTMAX[:3],
        convention=("three classes", "entry (1, 2) of diag(p) − p pᵀ; the others follow by renaming the classes"),
        source=Source("bishop2006", "section 4.3.4, equation 4.106"),
    ),
    steps=(
        Step("a probability by another logit", Derivative(p1, z2)),
        Step("only the denominator moves: minus one factor for each class", -p1 * p2),
    ),
)

ce = -y1 * log(p1) - y2 * log(p2) - (1 - y1 - y2) * log(p3)

ce_logit_gradient_eq = Derivation(
    claim=Claim(
        "ce_logit_gradient_eq",
        Derivative(ce, z1),
        p1 - y1,
        WHERE_SOFTMAX,
        convention=(NATS, "three classes", "the target's weights sum to one"),
        source=Source("zhang2023", "softmax and cross-entropy loss"),
    ),
    steps=(
        Step("the slope of the cross-entropy", Derivative(ce, z1)),
        Step(
            "as log-sum-exp less the logits of the target",
            Derivative(log(total) - y1 * z1 - y2 * z2 - (1 - y1 - y2) * z3, z1),
        ),
        Step("the derivative of log-sum-exp is the softmax", p1 - y1),
    ),
)

DERIVATIONS = (
    logistic_gradient_eq,
    sigmoid_slope_eq,
    softmax_jacobian_diag_eq,
    softmax_jacobian_off_eq,
    ce_logit_gradient_eq,
)
