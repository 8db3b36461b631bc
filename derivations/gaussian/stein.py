"""Normal noise added to any law: Stein's identity, Tweedie's formula, the heat equation and de Bruijn's identity.

Claim   (x − m) g N(x; m, v) − v g′ N(x; m, v) is the slope of −v g N(x; m, v), so that E (x − m) g = v E g′; with p_t
        the density of X + √t Z, E(X | x) = x + t ∂ log p_t, ∂p_t/∂t = ½ ∂²p_t/∂x², and the entropy grows by half the
        Fisher information
Route   slopes of the normal density, taken under the mean over X, whatever its law. What is left as the slope of
        something that vanishes far out integrates to zero.
"""

from __future__ import annotations

from sympy import Derivative, Expr, Function, exp, log

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Positive, Real, Variable, named, symbols_of
from claims.notation import Density, Entropy, Expectation, NamedLaw, Normal

WHERE = (
    Variable("x", Real(), "the point; what is seen"),
    Variable("y", Real(), "a draw of X, averaged over"),
    Variable("m", Real(), "the mean of the normal law"),
    Variable("v", Positive(), "its VARIANCE"),
    Variable("u", Real(), "the exponent of a test function"),
    Variable("a", Real(), "how much the first of two variables moves with the noise"),
    Variable("b", Real(), "how much the second moves with it"),
    Variable("t", Positive(), "the VARIANCE of the noise, time"),
)
x, y, m, v, u, a, b, t = symbols_of(WHERE)
law = NamedLaw("p")
g = Function("g", real=True)(x)
NORMAL = Normal(m, v)
PARTS = "what is left is the slope of g N(x; m, v), which integrates to zero where that vanishes far out"
NOISE = "p_t(x) = E N(x; X, t), the density of X + √t Z for any law p of X, Z ~ N(0, 1) independent"
ANY_NOISE = "E and the slopes change places, as they may under a normal kernel"


def under(f: Expr, draw: Expr = x, of: Normal | NamedLaw = NORMAL) -> Expectation:
    """The mean of f."""
    return Expectation(f, draw, of)


shape = Density(NORMAL, x)

stein_integrand_eq = Derivation(
    claim=Claim(
        "stein_integrand_eq",
        (x - m) * g * shape - v * Derivative(g, x) * shape,
        -v * Derivative(g * shape, x),
        named(WHERE, "x m v"),
        convention=("g is any function with a slope", PARTS, "so E (X − m) g(X) = v E g′(X) for X ~ N(m, v)"),
        source=Source("wikipedia", "Stein's lemma, statement"),
    ),
    steps=(
        Step("what is averaged on either side, as one integrand", (x - m) * g * shape - v * Derivative(g, x) * shape),
        Step(
            "the slope of the normal density is −(x − m)/v times it",
            -v * (g * Derivative(shape, x) + Derivative(g, x) * shape),
        ),
        Step("the product rule", -v * Derivative(g * shape, x)),
    ),
)

test = exp(u * x)

stein_exponential_eq = Derivation(
    claim=Claim(
        "stein_exponential_eq",
        under((x - m) * test),
        v * u * exp(m * u + v * u**2 / 2),
        named(WHERE, "x m v u"),
        convention=(
            "E (X − m) g(X) = v E g′(X) with nothing left at the ends, for every g = e^(ux)",
            "both sides are linear in g: it holds for sums of exponentials, and by slopes in u for polynomials",
        ),
        source=Source("wikipedia", "Stein's lemma, statement"),
    ),
    steps=(
        Step("E (X − m) e^(uX)", under((x - m) * test)),
        Step("v times the mean of the derivative of the test function", v * under(Derivative(test, x))),
        Step("E e^(uX) = e^(um + u²v/2), and the slope of e^(ux) is u times it", v * u * exp(m * u + v * u**2 / 2)),
    ),
)

NOISES = (Normal(0, 1), Normal(m, v))


def of_pair(f: Expr) -> Expectation:
    """The mean over z ~ N(0, 1), written x, and w ~ N(m, v), written y."""
    return under(under(f, x, NOISES[0]), y, NOISES[1])


second = exp(u * (b * x + y))

stein_covariance_eq = Derivation(
    claim=Claim(
        "stein_covariance_eq",
        of_pair(a * x * second),
        a * b * u * exp(u * m + u**2 * (v + b**2) / 2),
        named(WHERE, "x y m v u a b"),
        convention=(
            "Cov(X, g(Y)) = Cov(X, Y) E g′(Y) for jointly normal X = az, of mean 0, and Y = bz + w; every g = e^(uy)",
            "z ~ N(0, 1) is written x, and w ~ N(m, v) is written y: every normal pair is of this form",
        ),
        source=Source("wikipedia", "Stein's lemma, multidimensional"),
    ),
    steps=(
        Step("E X g(Y)", of_pair(a * x * second)),
        Step(
            "E z f(z) = E f′(z), which is b times the mean of g′, and a b is the covariance",
            a * b * of_pair(u * second),
        ),
        Step("E e^(uY) = e^(um + u²(v + b²)/2)", a * b * u * exp(u * m + u**2 * (v + b**2) / 2)),
    ),
)

kernel = Density(Normal(y, t), x)
smoothed = under(kernel, y, law)
OF_NOISE = (NOISE, ANY_NOISE)

tweedie_any_law_eq = Derivation(
    claim=Claim(
        "tweedie_any_law_eq",
        x + t * Derivative(log(smoothed), x),
        under(y * kernel, y, law) / smoothed,
        named(WHERE, "x y t"),
        convention=(*OF_NOISE, "the right side is E(X | x), the posterior mean, by Bayes: the prior is any law"),
        source=Source("lee2025", "Tweedie's formula"),
    ),
    steps=(
        Step("x + t ∂ log p_t(x)/∂x", x + t * Derivative(log(smoothed), x)),
        Step("the chain rule for the log", x + t * Derivative(smoothed, x) / smoothed),
        Step("the slope of the normal density, under E", x + t * under((y - x) / t * kernel, y, law) / smoothed),
        Step("E is linear: x cancels", under(y * kernel, y, law) / smoothed),
    ),
)

heat_equation_eq = Derivation(
    claim=Claim(
        "heat_equation_eq",
        Derivative(smoothed, t),
        Derivative(smoothed, (x, 2)) / 2,
        named(WHERE, "x y t"),
        convention=(*OF_NOISE, "t is a variance; with t a standard deviation the factor would be t, not 1/2"),
        source=Source("noogram2026", "de Bruijn identity"),
    ),
    steps=(
        Step("the slope of the density in the variance of the noise", Derivative(smoothed, t)),
        Step(
            "the derivative of the normal density in its variance, under E",
            under(((x - y) ** 2 / t**2 - 1 / t) / 2 * kernel, y, law),
        ),
        Step("half the second derivative in the point", Derivative(smoothed, (x, 2)) / 2),
    ),
)

produced = -Derivative(smoothed * log(smoothed), t)
slope = Derivative(log(smoothed), x)
flow = Derivative((1 + log(smoothed)) * Derivative(smoothed, x), x)

de_bruijn_integrand_eq = Derivation(
    claim=Claim(
        "de_bruijn_integrand_eq",
        slope**2 * smoothed / 2 - flow / 2,
        produced,
        named(WHERE, "x y t"),
        convention=(
            *OF_NOISE,
            "log is natural",
            "over all x: J/2 = ½ ∫ p_t (∂ log p_t)² = ∂h(X + √t Z)/∂t, where (1 + log p_t) ∂p_t vanishes far out",
        ),
        source=Source("noogram2026", "de Bruijn identity"),
    ),
    steps=(
        Step("half of what the information integrates, less a slope in x", slope**2 * smoothed / 2 - flow / 2),
        Step("the chain rule: p ∂ log p = ∂p", slope * Derivative(smoothed, x) / 2 - flow / 2),
        Step("the product rule: of the slope there is left", -(1 + log(smoothed)) * Derivative(smoothed, (x, 2)) / 2),
        Step("the heat equation: half of ∂²/∂x² is ∂/∂t", -(1 + log(smoothed)) * Derivative(smoothed, t)),
        Step("the product rule, as time goes", produced),
    ),
)

grown = Normal(m, v + t)
score = Derivative(log(Density(grown, x)), x)

de_bruijn_normal_eq = Derivation(
    claim=Claim(
        "de_bruijn_normal_eq",
        under(score**2, x, grown) / 2,
        1 / (2 * (v + t)),
        named(WHERE, "x m v t"),
        convention=("X ~ N(m, v), so X + √t Z ~ N(m, v + t)", "log is natural", "J/2 = ∂h/∂t, J = E (∂ log p)²"),
        source=Source("noogram2026", "de Bruijn identity"),
    ),
    steps=(
        Step("half the information about the place", under(score**2, x, grown) / 2),
        Step("the derivative of a log density: −(x − m)/(v + t)", under((x - m) ** 2, x, grown) / (2 * (v + t) ** 2)),
        Step("the growth of the entropy: E (x − m)² = v + t, and its derivative", Derivative(Entropy(grown), t)),
        Step("the definition of the entropy, ½ log(2πe (v + t)), and the derivative of the log", 1 / (2 * (v + t))),
    ),
)

DERIVATIONS = (
    stein_integrand_eq,
    stein_exponential_eq,
    stein_covariance_eq,
    tweedie_any_law_eq,
    heat_equation_eq,
    de_bruijn_integrand_eq,
    de_bruijn_normal_eq,
)
