"""How far estimated weights lie from the true ones: at given inputs, and at normal inputs drawn anew.

Claim   least squares is off by s² Σ 1/d_j² = s² tr (XᵀX)⁻¹ for singular values d_j of the inputs; ridge by
        Σ (λ²β_j² + s²d_j²)/(d_j² + λ)²; the shortest of all exact fits by s² Σ 1/d_j² and what it can't see of β; at
        normal inputs by s² p/(n − p − 1) below the threshold, and b²(1 − n/p) + s² n/(p − n − 1) beyond it
Route   along the singular vectors of X every weight has a noise of its own; 1/χ² has the mean 1/(k − 2).
"""

from __future__ import annotations

from sympy import Expr, Function, Sum

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Integer, NonNegative, Positive, Real, Variable, named, symbols_of
from claims.laws import Beta, ChiSquared
from claims.notation import Expectation, Normal

WHERE = (
    Variable("z", Real(), "the noise along a singular vector, averaged over"),
    Variable("s", Positive(), "the STANDARD DEVIATION of the noise"),
    Variable("l", NonNegative(), "λ, the penalty in |y − Xβ|² + λ|β|²"),
    Variable(
        "n", Integer(1), "the number of singular values above zero; of observations, where there are more weights"
    ),
    Variable("d", Integer(1), "the number of weights, where there are more observations"),
    Variable(
        "k", Integer(1), "how many of the one there are beyond the other, less 1; or directions that no input has"
    ),
    Variable("i", Integer(1), "counts the singular values, the directions, or the observations"),
    Variable("b", Positive(), "the length of the true weights"),
    Variable("u", Real(), "the squared length of a feature less its projection on the others, averaged over"),
    Variable("a", Real(), "the share of |β|² in the span of the observed inputs, averaged over"),
)
z, s, lam, n, d, k, i, b, u, a = symbols_of(WHERE)
SINGULAR, WEIGHT, UNSEEN = Function("w", positive=True)(i), Function("x", real=True)(i), Function("y", real=True)(i)
FIXED = (
    "y = Xβ + ε, ε ~ N(0, s²I), X fixed: along its singular vectors X is diagonal, w(i) its singular values, x(i) the "
    "coordinates of β, and the noise stays N(0, s²I)"
)
RANDOM = "all entries of X are independent N(0, 1); for inputs of another variance, divided by it"
DESCENT = Source("lafon2021", "theorem 19 and its proof")
NOISE = Normal(0, s**2)


def over(f: Expr, most: Expr = n) -> Sum:
    """Σ f from 1 on."""
    return Sum(f, (i, 1, most))


def mean(f: Expr) -> Expectation:
    """E f(z) over the noise."""
    return Expectation(f, z, NOISE)


ols_weights_any_eq = Derivation(
    claim=Claim(
        "ols_weights_any_eq",
        over(mean((z / SINGULAR) ** 2)),
        s**2 * over(1 / SINGULAR**2),
        named(WHERE, "z s n i"),
        convention=(
            FIXED,
            "X has full column rank: β̂ − β = (XᵀX)⁻¹Xᵀε is z/d along each, and Σ 1/d² = tr (XᵀX)⁻¹",
            "any number of observations and weights; the weights have no bias",
        ),
        source=Source("soch2020", "proof P400"),
    ),
    steps=(
        Step("the expected squared distance from β, along the singular vectors", over(mean((z / SINGULAR) ** 2))),
        Step("E is linear", over(mean(z**2) / SINGULAR**2)),
        Step("E z² = s²", s**2 * over(1 / SINGULAR**2)),
    ),
)

off = (SINGULAR * z - lam * WEIGHT) / (SINGULAR**2 + lam)

ridge_weights_any_eq = Derivation(
    claim=Claim(
        "ridge_weights_any_eq",
        over(mean(off**2)),
        over((lam**2 * WEIGHT**2 + s**2 * SINGULAR**2) / (SINGULAR**2 + lam) ** 2),
        named(WHERE, "z s l n i"),
        convention=(
            FIXED,
            "β̂ = (XᵀX + λI)⁻¹Xᵀy is d(dβ + z)/(d² + λ) along each: off by (dz − λβ)/(d² + λ)",
            "squared bias and variance apart: λ²|(XᵀX + λI)⁻¹β|² and s² tr (XᵀX + λI)⁻²XᵀX",
        ),
        source=Source("yeh2019", "theorem 1 and corollary 1"),
    ),
    steps=(
        Step("the expected squared distance from β, along the singular vectors", over(mean(off**2))),
        Step(
            "E is linear",
            over(
                (lam**2 * WEIGHT**2 - 2 * lam * SINGULAR * WEIGHT * mean(z) + SINGULAR**2 * mean(z**2))
                / (SINGULAR**2 + lam) ** 2
            ),
        ),
        Step("E z = 0 and E z² = s²", over((lam**2 * WEIGHT**2 + s**2 * SINGULAR**2) / (SINGULAR**2 + lam) ** 2)),
    ),
)

shortest = over(mean((z / SINGULAR) ** 2)) + over(UNSEEN**2, k)

minimum_norm_weights_any_eq = Derivation(
    claim=Claim(
        "minimum_norm_weights_any_eq",
        shortest,
        s**2 * over(1 / SINGULAR**2) + over(UNSEEN**2, k),
        named(WHERE, "z s n k i"),
        convention=(
            FIXED,
            "more weights than observations, X of full row rank: X⁺y is β + z/d along each singular vector, and 0 in"
            " the k directions that no input has, where y(i) are the coordinates of β",
            "squared bias |(I − X⁺X)β|², variance s² tr (XXᵀ)⁻¹: the shortest of all weights that fit exactly",
        ),
        source=DESCENT,
    ),
    steps=(
        Step("the expected squared distance from β, seen and unseen", shortest),
        Step("E is linear", over(mean(z**2) / SINGULAR**2) + over(UNSEEN**2, k)),
        Step("E z² = s²", s**2 * over(1 / SINGULAR**2) + over(UNSEEN**2, k)),
    ),
)

own, other, both = over(WEIGHT**2), over(UNSEEN**2), over(WEIGHT * UNSEEN)
plain = own * other - both**2

ols_beside_another_any_eq = Derivation(
    claim=Claim(
        "ols_beside_another_any_eq",
        over((other * WEIGHT - both * UNSEEN) ** 2),
        other * plain,
        named(WHERE, "n i"),
        convention=(
            "two features x and y, any number of observations: the noise enters the weight of x by the factors "
            "(Σy² x − Σxy y)/(Σx² Σy² − (Σxy)²)",
            "so its variance, s² times the sum of their squares, is s² Σy²/(Σx² Σy² − (Σxy)²), an entry of s²(XᵀX)⁻¹",
        ),
        source=Source("soch2020", "proof P400"),
    ),
    steps=(
        Step(
            "the sum of the squared factors, times the squared determinant", over((other * WEIGHT - both * UNSEEN) ** 2)
        ),
        Step("a square, summed term by term", other**2 * own - 2 * other * both * both + both**2 * other),
        Step("(Σy²)² Σx² − Σy² (Σxy)²", other * plain),
    ),
)

WITHIN = ChiSquared(k + 2)

ols_random_inputs_eq = Derivation(
    claim=Claim(
        "ols_random_inputs_eq",
        d * Expectation(s**2 / u, u, WITHIN),
        s**2 * d / k,
        named(WHERE, "s d k u"),
        convention=(
            RANDOM,
            "p = d weights, n = d + 1 + k observations: σ² p/(n − p − 1), and s² more on new noise",
            "of (XᵀX)⁻¹ each diagonal entry is 1/u: u is what the other p − 1 features leave of one, χ²(n − p + 1)",
            "n = p + 1 is left out: there 1/u has no mean",
        ),
        source=DESCENT,
    ),
    steps=(
        Step("s² E tr (XᵀX)⁻¹, a weight like the other", d * Expectation(s**2 / u, u, WITHIN)),
        Step("E is linear", s**2 * d * Expectation(1 / u, u, WITHIN)),
        Step("E 1/u = 1/k for χ²(k + 2)", s**2 * d / k),
    ),
)

TAKEN = Beta(n / 2, (k + 1) / 2)
beyond = Expectation(b**2 * (1 - a), a, TAKEN) + n * Expectation(s**2 / u, u, WITHIN)

minimum_norm_random_inputs_eq = Derivation(
    claim=Claim(
        "minimum_norm_random_inputs_eq",
        beyond,
        b**2 * (k + 1) / (n + k + 1) + s**2 * n / k,
        named(WHERE, "s n k b u a"),
        convention=(
            RANDOM,
            "p = n + 1 + k weights: b²(1 − n/p) + σ² n/(p − n − 1), with b = |β|; it falls again as p grows",
            "the span of n normal inputs is as likely any other: it has a share a ~ Beta(n/2, (p − n)/2) of |β|²",
            "tr (XXᵀ)⁻¹ as tr (XᵀX)⁻¹ of ols_random_inputs_eq, n and p in each other's place",
        ),
        source=DESCENT,
    ),
    steps=(
        Step("what the inputs don't see of β, and s² E tr (XXᵀ)⁻¹", beyond),
        Step("E is linear", b**2 * (1 - Expectation(a, a, TAKEN)) + s**2 * n * Expectation(1 / u, u, WITHIN)),
        Step("E a = n/p and E 1/u = 1/k", b**2 * (k + 1) / (n + k + 1) + s**2 * n / k),
    ),
)

DERIVATIONS = (
    ols_weights_any_eq,
    ridge_weights_any_eq,
    minimum_norm_weights_any_eq,
    ols_beside_another_any_eq,
    ols_random_inputs_eq,
    minimum_norm_random_inputs_eq,
)
