"""Gradients of the importance-weighted bound, for any number of samples, reparameterised once and twice.

Claim   ∂ log (1/K Σ w_i) = Σ w̃_i ∂ log w_i, with w̃ the normalised weights; w̃ − ∂w̃/∂ log w = w̃²; so that along the
        path z = μ + σε the gradient is Σ w̃_i² ∂ log w_i/∂z_i ∂z_i/∂φ
Route   a sum of exponentials, by value and slope; a score is taken for a path by the product rule, of which a slope
        that integrates to zero is left.
"""

from __future__ import annotations

from sympy import Derivative, Expr, Function, S, Sum, Symbol, exp, log

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Integer, Positive, Real, Variable, named, symbols_of
from claims.indicators import IsZero
from claims.notation import Density, Normal

WHERE = (
    Variable("n", Integer(1), "K, the number of samples"),
    Variable("k", Integer(1), "the sample whose weight moves"),
    Variable("m", Integer(0), "the samples after it"),
    Variable("i", Integer(1), "counts them"),
    Variable("j", Integer(1), "counts them inside of a weight"),
    Variable("v", Real(), "how far the parameter, or a log weight, is moved"),
    Variable("x", Real(), "the latent, one sample"),
    Variable("u", Real(), "μ, the mean of the latent"),
    Variable("s", Positive(), "σ, its STANDARD DEVIATION"),
    Variable("a", Real(), "how fast μ goes with the parameter φ"),
    Variable("b", Real(), "how fast σ goes with it"),
    Variable("c", Positive(), "the weights of all other samples, added"),
)
n, k, m, i, j, v, x, u, s, a, b, c = symbols_of(WHERE)
Z, X = Function("z", real=True), Function("x", real=True)
G, L = Function("g", real=True)(x), Function("z", real=True)(x)


def weighed(f: Expr, index: Symbol = i) -> Sum:
    """Σ w f, where the log weight of a sample is z(i) + v x(i)."""
    return Sum(exp(Z(index) + v * X(index)) * f, (index, 1, n))


total = weighed(S.One, j)
bound = log(weighed(S.One) / n)
BURDA = Source("burda2016", "section 3")
DREG = Source("shi2020", "section 5, how to fix IWAE")
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

every = Sum(exp(Z(j) + v * IsZero(j - k)), (j, 1, k + m))
own = exp(Z(k) + v) / every

dreg_weight_any_eq = Derivation(
    claim=Claim(
        "dreg_weight_any_eq",
        own - Derivative(own, v),
        own**2,
        named(WHERE, "k m j v"),
        convention=(
            "k + m samples, of which k is any; v is added to the log weight z(k) alone, so that the slope in v is"
            " ∂w̃_k/∂ log w_k",
            "the first w̃ weighs the slope of log w along the path, the second is what the score is taken for",
        ),
        source=DREG,
    ),
    steps=(
        Step("a normalised weight, less how fast it grows with its own log weight", own - Derivative(own, v)),
        Step("the derivative of a quotient: the weight times what others have", own - own * (1 - own)),
        Step("a common factor", own**2),
    ),
)

q = Density(Normal(u, s**2), x)
path = a + b * (x - u) / s
drift = a * Derivative(q, u) + b * Derivative(q, s)
PATH = (
    "q = N(μ, σ²) is the law of the latent, z = μ + σε; φ moves μ by a and σ by b, so that ∂z/∂φ = a + b(z − μ)/σ at a"
    " held ε, and ∂q/∂φ = q ∂ log q/∂φ is a ∂q/∂μ + b ∂q/∂σ"
)

score_as_path_integrand_eq = Derivation(
    claim=Claim(
        "score_as_path_integrand_eq",
        G * drift - Derivative(G, x) * path * q,
        -Derivative(G * path * q, x),
        named(WHERE, "x u s a b"),
        convention=(
            PATH,
            "g is any function with a slope; what is left is a slope, which integrates to zero where g ∂z/∂φ q vanishes"
            " far out: E[g ∂ log q/∂φ] = E[g′ ∂z/∂φ]",
            "of several latents, one at a time, the others held",
        ),
        source=DREG,
    ),
    steps=(
        Step("what is averaged on either side, as one integrand", G * drift - Derivative(G, x) * path * q),
        Step(
            "the law goes with its points: the derivative of q in φ is that of −q ∂z/∂φ in z",
            -G * Derivative(path * q, x) - Derivative(G, x) * path * q,
        ),
        Step("the product rule", -Derivative(G * path * q, x)),
    ),
)

share = exp(L) / (c + exp(L))
twice = share**2 * Derivative(L, x) * path * q

dreg_integrand_eq = Derivation(
    claim=Claim(
        "dreg_integrand_eq",
        share * (Derivative(L, x) * path * q - drift),
        twice + Derivative(share * path * q, x),
        named(WHERE, "x u s a b c"),
        convention=(
            PATH,
            "any number of samples: z(x) is the log weight of this one as it depends on its latent, w̃ = w/(c + w); at a"
            " held ε its log weight goes by ∂ log w/∂z ∂z/∂φ − ∂ log q/∂φ",
            "what is left is a slope, which integrates to zero where w̃ ∂z/∂φ q vanishes far out: over all samples"
            " ∂ E log (1/K Σ w) = E Σ w̃² ∂ log w/∂z ∂z/∂φ",
        ),
        source=DREG,
    ),
    steps=(
        Step(
            "a sample's share of the gradient, along its path",
            share * (Derivative(L, x) * path * q - drift),
        ),
        Step(
            "the score is taken for the path, by the product rule: the slope of w̃ ∂z/∂φ q is left",
            share * Derivative(L, x) * path * q - (Derivative(share, x) * path * q - Derivative(share * path * q, x)),
        ),
        Step(
            "the derivative of w̃ is w̃(1 − w̃) times that of log w",
            share * Derivative(L, x) * path * q
            - share * (1 - share) * Derivative(L, x) * path * q
            + Derivative(share * path * q, x),
        ),
        Step("w̃ − w̃(1 − w̃) = w̃²", twice + Derivative(share * path * q, x)),
    ),
)

DERIVATIONS = (iwae_gradient_any_eq, dreg_weight_any_eq, score_as_path_integrand_eq, dreg_integrand_eq)
