"""Slopes of a softmax and of its cross-entropy, for any number of classes, in the logit of any one of them.

Claim   ∂p_k/∂z_k = p_k (1 − p_k), ∂p_l/∂z_k = −p_k p_l for l ≠ k, and the cross-entropy's slope is p_k Σ y − y_k
Route   a letter is added to one logit of the sequence; in the sum over all classes that class stands apart.
"""

from __future__ import annotations

from sympy import Derivative, Expr, Function, Sum, exp, log

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Integer, Real, Variable, named, symbols_of
from claims.indicators import IsZero

NATS = "log is natural"
CLASSES = "k + d + m classes, of which k is any and k + d another (which is called the later one is a matter of names)"
SHIFTED = "v is added to logit k alone, z_i + v 1[i = k]: the slope in v is that in the logit, and so at every v"

WHERE = (
    Variable("k", Integer(1), "the class whose logit moves"),
    Variable("d", Integer(1), "how far the other class is from it"),
    Variable("m", Integer(0), "the classes after that"),
    Variable("i", Integer(1), "counts the classes"),
    Variable("j", Integer(1), "counts the classes inside of the loss"),
    Variable("v", Real(), "what is added to logit k"),
)
k, d, m, i, j, v = symbols_of(WHERE)
Z, Y = Function("z", real=True), Function("y", real=True)
total = Sum(exp(Z(j) + v * IsZero(j - k)), (j, 1, k + d + m))
own, other = exp(Z(k) + v) / total, exp(Z(k + d)) / total


def over(f: Expr) -> Sum:
    """Σ f over all classes."""
    return Sum(f, (i, 1, k + d + m))


softmax_any_own_eq = Derivation(
    claim=Claim(
        "softmax_any_own_eq",
        Derivative(own, v),
        own * (1 - own),
        named(WHERE, "k d m j v"),
        convention=(CLASSES, SHIFTED, "p_k = e^(z_k + v)/Σ e^(z_j + v 1[j = k])"),
        source=Source("bishop2006", "section 4.3.4, equation 4.106"),
    ),
    steps=(
        Step("a probability by its own logit", Derivative(own, v)),
        Step("the derivative of a quotient: of the sum only class k moves", own - exp(Z(k) + v) ** 2 / total**2),
        Step("a common factor", own * (1 - own)),
    ),
)

softmax_any_other_eq = Derivation(
    claim=Claim(
        "softmax_any_other_eq",
        Derivative(other, v),
        -own * other,
        named(WHERE, "k d m j v"),
        convention=(CLASSES, SHIFTED, "the probability of class k + d, as logit k moves"),
        source=Source("bishop2006", "section 4.3.4, equation 4.106"),
    ),
    steps=(
        Step("a probability by another logit", Derivative(other, v)),
        Step("only the sum moves, by class k: the derivative of a reciprocal", -own * other),
    ),
)

loss = over(Y(i) * (log(total) - Z(i) - v * IsZero(i - k)))

ce_any_slope_eq = Derivation(
    claim=Claim(
        "ce_any_slope_eq",
        Derivative(loss, v),
        own * over(Y(i)) - Y(k),
        WHERE,
        convention=(NATS, CLASSES, SHIFTED, "−Σ y_i log p_i, any targets y_i: where they sum to one, p_k − y_k"),
        source=Source("zhang2023", "softmax and cross-entropy loss"),
    ),
    steps=(
        Step("the cross-entropy, as logit k moves", Derivative(loss, v)),
        Step(
            "term by term: what all classes share, and the logits of the targets",
            Derivative(log(total) * over(Y(i)) - over(Y(i) * Z(i)) - v * Y(k), v),
        ),
        Step("the derivative of log-sum-exp is the softmax", own * over(Y(i)) - Y(k)),
    ),
)

DERIVATIONS = (softmax_any_own_eq, softmax_any_other_eq, ce_any_slope_eq)
