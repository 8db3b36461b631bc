"""Gradients of the importance-weighted bound, for any number of samples.

Claim   ∂ log (1/K Σ w_i) = Σ w̃_i ∂ log w_i, with w̃ the normalised weights
Route   a sum of exponentials, by value and slope.
"""

from __future__ import annotations

from sympy import Derivative, Expr, Function, S, Sum, Symbol, exp, log

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Integer, Real, Variable, named, symbols_of

WHERE = (
    Variable("n", Integer(1), "K, the number of samples"),
    Variable("i", Integer(1), "counts them"),
    Variable("j", Integer(1), "counts them inside of a weight"),
    Variable("v", Real(), "how far the parameter is moved"),
)
n, i, j, v = symbols_of(WHERE)
Z, X = Function("z", real=True), Function("x", real=True)


def weighed(f: Expr, index: Symbol = i) -> Sum:
    """Σ w f, where the log weight of a sample is z(i) + v x(i)."""
    return Sum(exp(Z(index) + v * X(index)) * f, (index, 1, n))


total = weighed(S.One, j)
bound = log(weighed(S.One) / n)
BURDA = Source("burda2016", "section 3")
SAMPLES = (
    "K = n samples, drawn and held; the log weight of sample i, log p(x, z_i)/q(z_i | x), is z(i) and moves by v"
    " x(i): it"
    " agrees with any log weight in value and slope"
)

iwae_gradient_any_eq = Derivation(
    claim=Claim(
        "iwae_gradient_any_eq",
        Derivative(bound, v),
        weighed(X(i) / total),
        named(WHERE, "n i j v"),
        convention=(SAMPLES, "w̃_i = w_i/Σ w are the normalised weights; with reparameterised samples, at each draw"),
        source=BURDA,
    ),
    steps=(
        Step("the slope of the log of the mean weight", Derivative(bound, v)),
        Step("the derivative of a log: 1/K drops out", Derivative(total, v) / total),
        Step("the derivative of a sum, term by term: a weight times the slope of its log", weighed(X(i) / total)),
    ),
)

DERIVATIONS = (iwae_gradient_any_eq,)
