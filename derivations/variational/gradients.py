"""Gradients of expectations: reparameterised, by the score function, and the naive one that is wrong.

Claim   ∂/∂m E f(m + sz) = E f′; ∂/∂θ E_{q_θ} f = E_{q_θ}[f ∂ log q_θ]; a constant taken off f changes nothing; the mean
        slope at a fixed sample misses the law's own change
Route   with noise of a fixed law E and the slope change places; a law of two values is a sum.
"""

from __future__ import annotations

from sympy import Derivative, Expr

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, symbols_of
from claims.laws import Bernoulli
from claims.notation import Expectation, Normal

NOISE = Normal(0, 1)

WHERE = (
    Variable("z", Real(), "standard normal noise, averaged over"),
    Variable("x", Real(), "the latent, averaged over"),
    Variable("m", Real(), "mean of the latent, a parameter"),
    Variable("s", Positive(), "standard deviation of the latent, a parameter"),
    Variable("a", Real(), "coefficient of the cube"),
    Variable("b", Real(), "coefficient of the square"),
)
z, x, m, s, a, b = symbols_of(WHERE)
(c,) = symbols_of((Variable("c", Real()),))


def cubic(y: Expr) -> Expr:
    """A function of the latent; any with finite moments will do."""
    return a * y**3 + b * y**2


latent = Normal(m, s**2)
moments = a * (m**3 + 3 * m * s**2) + b * (m**2 + s**2)

reparameterised_eq = Derivation(
    claim=Claim(
        "reparameterised_eq",
        Expectation(cubic(m + s * z), z, NOISE),
        moments,
        WHERE,
        convention=("x = m + sz, z ~ N(0, 1): the same law as x ~ N(m, s²)", "s is a standard deviation"),
        source=Source("kingma2013", "section 2.4"),
    ),
    steps=(
        Step("the mean over the noise", Expectation(cubic(m + s * z), z, NOISE)),
        Step("the mean over the latent", Expectation(cubic(x), x, latent)),
        Step("the moments of N(m, s²)", moments),
    ),
)

pathwise_slope = 3 * a * (m**2 + s**2) + 2 * b * m

pathwise_gradient_eq = Derivation(
    claim=Claim(
        "pathwise_gradient_eq",
        Expectation(3 * a * (m + s * z) ** 2 + 2 * b * (m + s * z), z, NOISE),
        pathwise_slope,
        WHERE,
        convention=("E f′(m + sz), the reparameterisation gradient in m, for f = ax³ + bx²", "right side: ∂/∂m E f"),
        source=Source("kingma2013", "section 2.4"),
    ),
    steps=(
        Step(
            "the mean slope along the path x = m + sz",
            Expectation(3 * a * (m + s * z) ** 2 + 2 * b * (m + s * z), z, NOISE),
        ),
        Step("the slope of the mean", Derivative(Expectation(cubic(m + s * z), z, NOISE), m)),
        Step("by the moments of N(m, s²)", Derivative(moments, m)),
        Step("the slope in m", pathwise_slope),
    ),
)

score = (x - m) / s**2

score_gradient_eq = Derivation(
    claim=Claim(
        "score_gradient_eq",
        Expectation(cubic(x) * score, x, latent),
        pathwise_slope,
        WHERE,
        convention=(
            "E[f(x) ∂ log q(x)/∂m], ∂ log N(x; m, s²)/∂m = (x − m)/s²",
            "the same mean as the pathwise gradient",
        ),
        source=Source("kingma2013", "section 2.2"),
    ),
    steps=(
        Step("the function times the score of its law", Expectation(cubic(x) * score, x, latent)),
        Step(
            "in the noise: f times z/s",
            Expectation(cubic(m + s * z) * z / s, z, NOISE),
        ),
        Step("Stein: E[f(m + sz) z] = s E f′", Expectation(3 * a * (m + s * z) ** 2 + 2 * b * (m + s * z), z, NOISE)),
        Step("the moments of the noise", pathwise_slope),
    ),
)

baselined = Expectation((cubic(x) - c) * score, x, latent)

baseline_eq = Derivation(
    claim=Claim(
        "baseline_eq",
        baselined,
        pathwise_slope,
        (*WHERE[1:], Variable("c", Real(), "the baseline")),
        convention=(
            "E score = 0, so that a baseline c taken off f leaves the gradient as it is; its variance it changes",
        ),
        source=Source("goodfellow2016", "section 20.9.1"),
    ),
    steps=(
        Step("the score-function gradient with a baseline", baselined),
        Step(
            "the baseline times the mean score",
            Expectation(cubic(x) * score, x, latent) - c * Expectation(score, x, latent),
        ),
        Step("E(x − m) = 0, and the gradient without a baseline", pathwise_slope),
    ),
)

WHERE_COIN = (
    Variable("x", Real(), "the latent, 0 or 1, averaged over"),
    Variable("t", OpenUnit(), "θ = q(x = 1), the parameter"),
    Variable("u", Real(), "f(1) at any θ"),
    Variable("v", Real(), "f(0) at any θ"),
    Variable("w", Real(), "how fast f itself grows with θ, at either outcome"),
)
y, t, u, v, w = symbols_of(WHERE_COIN)
coin = Bernoulli(t)
f = u * y + v * (1 - y) + w * t

score_gradient_coin_eq = Derivation(
    claim=Claim(
        "score_gradient_coin_eq",
        Derivative(t * (u + w * t) + (1 - t) * (v + w * t), t),
        u - v + w,
        WHERE_COIN,
        convention=("∂/∂θ E_{q_θ} f_θ(x) with f_θ = f + wθ: the law's own change u − v, and the function's, w",),
        source=Source("kingma2013", "section 2.2"),
    ),
    steps=(
        Step("the slope of the mean of f over both outcomes", Derivative(t * (u + w * t) + (1 - t) * (v + w * t), t)),
        Step(
            "E[f ∂ log q] + E[∂f], with ∂ log q = x/θ − (1 − x)/(1 − θ)",
            Expectation(f * (y / t - (1 - y) / (1 - t)) + w, y, coin),
        ),
        Step("both outcomes", u - v + w),
    ),
)

naive_gradient_eq = Derivation(
    claim=Claim(
        "naive_gradient_eq",
        Derivative(t * (u + w * t) + (1 - t) * (v + w * t), t) - w,
        u - v,
        WHERE_COIN,
        convention=(
            "the naive gradient E[∂f] holds the sample fixed; what it misses is u − v, zero where f is constant",
        ),
        source=Source("goodfellow2016", "section 20.9.1"),
    ),
    steps=(
        Step(
            "the slope of the mean less the mean of the slope",
            Derivative(t * (u + w * t) + (1 - t) * (v + w * t), t) - w,
        ),
        Step("E[f ∂ log q] is left", Expectation(f * (y / t - (1 - y) / (1 - t)), y, coin)),
        Step("both outcomes", u - v),
    ),
)

DERIVATIONS = (
    reparameterised_eq,
    pathwise_gradient_eq,
    score_gradient_eq,
    baseline_eq,
    score_gradient_coin_eq,
    naive_gradient_eq,
)
