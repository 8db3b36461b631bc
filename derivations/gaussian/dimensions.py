"""Normal laws in any dimension: independent parts add, and the dimension enters by induction or by a chi-squared law.

Claim   KL and entropy of independent pairs add, for any laws; KL(N(m, S) ‖ N(0, I)) = ½(tr S + |m|² − d − log det S) in
        one dimension more; entropy in d dimensions; KL of two isotropic laws in d dimensions
Route   the log of a product is a sum; the squared length of d standard coordinates is χ²(d), of mean d.
"""

from __future__ import annotations

from sympy import E, Expr, log, pi

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Integer, Positive, Real, Variable, symbols_of
from claims.laws import ChiSquared
from claims.notation import KL, Density, Entropy, Expectation, NamedLaw, Normal

NATS = "log is natural, so the value is in nats"
ANY = "any laws with densities or masses, positive at the same points"

WHERE_PAIR = (
    Variable("x", Real(), "the first coordinate"),
    Variable("y", Real(), "the second coordinate, independent of the first"),
)
x, y = symbols_of(WHERE_PAIR)
p, q, r, s = (NamedLaw(name) for name in "pqrs")


def over_pair(f: Expr) -> Expectation:
    """E f(x, y) with x ~ p and y ~ r, independent."""
    return Expectation(Expectation(f, x, p), y, r)


pair_ratio = log(Density(p, x) * Density(r, y) / (Density(q, x) * Density(s, y)))

kl_product_eq = Derivation(
    claim=Claim(
        "kl_product_eq",
        over_pair(pair_ratio),
        KL(p, q) + KL(r, s),
        WHERE_PAIR,
        convention=(
            NATS,
            ANY,
            "KL(p × r ‖ q × s) for two coordinates or two groups of them: so for n independent ones, KL is a sum of n",
        ),
        source=Source("soch2020", "proof P116"),
    ),
    steps=(
        Step("KL of the joint laws", over_pair(pair_ratio)),
        Step(
            "the log of a product is a sum",
            over_pair(log(Density(p, x) / Density(q, x)) + log(Density(r, y) / Density(s, y))),
        ),
        Step(
            "E is linear: each part depends on one coordinate alone",
            Expectation(log(Density(p, x) / Density(q, x)), x, p)
            + Expectation(log(Density(r, y) / Density(s, y)), y, r),
        ),
        Step("the definition of KL, twice", KL(p, q) + KL(r, s)),
    ),
)

pair_density = log(Density(p, x) * Density(r, y))

entropy_product_eq = Derivation(
    claim=Claim(
        "entropy_product_eq",
        -over_pair(pair_density),
        Entropy(p) + Entropy(r),
        WHERE_PAIR,
        convention=(NATS, ANY, "H(x, y) of independent x and y, or groups of them; without independence it is less"),
        source=Source("cover2006", "section 2.2"),
    ),
    steps=(
        Step("the entropy of the pair", -over_pair(pair_density)),
        Step("the log of a product is a sum", -over_pair(log(Density(p, x))) - Expectation(log(Density(r, y)), y, r)),
        Step("the first part does not depend on y", Entropy(p) + Entropy(r)),
    ),
)

WHERE_ONE_MORE = (
    Variable("x", Real(), "the coordinate that comes in, averaged over"),
    Variable("d", Integer(1), "the dimension so far"),
    Variable("T", Positive(), "tr S so far"),
    Variable("M", Positive(), "|m|² so far"),
    Variable("L", Real(), "log det S so far"),
    Variable("m", Real(), "its mean"),
    Variable("l", Positive(), "its VARIANCE, the eigenvalue that comes in"),
)
_, d, trace, square, log_det, m, eigenvalue = symbols_of(WHERE_ONE_MORE)
so_far = (trace + square - d - log_det) / 2
coordinate = Normal(m, eigenvalue)
one_more = so_far + KL(coordinate, Normal(0, 1))
with_it = ((trace + eigenvalue) + (square + m**2) - (d + 1) - (log_det + log(eigenvalue))) / 2

kl_normal_any_step_eq = Derivation(
    claim=Claim(
        "kl_normal_any_step_eq",
        one_more,
        with_it,
        WHERE_ONE_MORE,
        convention=(
            NATS,
            "the step of an induction on d; the first dimension is kl_normal_std_eq, and parts add by kl_product_eq",
            "coordinates along the eigenvectors of S, in which it is diagonal: a rotation changes no term",
            "so ½(tr S + |m|² − d − log det S) in any dimension; an affine map that takes q to N(0, I) gives the "
            "general case, with S = S₂⁻¹ S₁ and |m|² = (m₂ − m₁)ᵀ S₂⁻¹ (m₂ − m₁)",
        ),
        source=Source("kingma2013", "appendix B"),
    ),
    steps=(
        Step("the value in d dimensions, and the coordinate's own KL (kl_product_eq)", one_more),
        Step(
            "the definition of KL",
            so_far + Expectation(log(Density(coordinate, x) / Density(Normal(0, 1), x)), x, coordinate),
        ),
        Step(
            "the log of a quotient is a quadratic",
            so_far + Expectation(x**2 / 2 - (x - m) ** 2 / (2 * eigenvalue) - log(eigenvalue) / 2, x, coordinate),
        ),
        Step("E x² = m² + λ and E(x − m)² = λ: trace, square, dimension and log-determinant each gain a term", with_it),
    ),
)

WHERE_LENGTH = (
    Variable("u", Real(), "the squared distance (x − m)ᵀ S⁻¹ (x − m), averaged over"),
    Variable("d", Integer(1), "the dimension"),
    Variable("D", Positive(), "det S"),
)
u, _, determinant = symbols_of(WHERE_LENGTH)
length = ChiSquared(d)
surprise = Expectation(d * log(2 * pi) / 2 + log(determinant) / 2 + u / 2, u, length)

entropy_normal_any_eq = Derivation(
    claim=Claim(
        "entropy_normal_any_eq",
        surprise,
        log((2 * pi * E) ** d * determinant) / 2,
        WHERE_LENGTH,
        convention=(
            NATS,
            "differential entropy: it depends on the unit of x and may be negative",
            "any dimension and any S: −log N(x; m, S) depends on x by u alone, and u of a normal x follows χ²(d)",
        ),
        source=Source("soch2020", "proof P100"),
    ),
    steps=(
        Step("−E log of (2π)^(−d/2) (det S)^(−1/2) e^(−u/2)", surprise),
        Step("E u = d, a mean square of 1 for each of d coordinates", (d * log(2 * pi) + log(determinant) + d) / 2),
        Step("d = d log e", log((2 * pi * E) ** d * determinant) / 2),
    ),
)

WHERE_ISOTROPIC = (
    Variable("z", Real(), "the coordinate along the difference of the means, in units of s_1"),
    Variable("u", Real(), "the squared length across it, in units of s_1²"),
    Variable("n", Integer(1), "the dimension less 1"),
    Variable("s_1", Positive(), "standard deviation of each coordinate of p"),
    Variable("s_2", Positive(), "standard deviation of each coordinate of q"),
    Variable("m", Positive(), "the distance of the means"),
)
z, _, n, s1, s2, distance = symbols_of(WHERE_ISOTROPIC)
along = Expectation((s1 * z + distance) ** 2 / (2 * s2**2) - z**2 / 2, z, Normal(0, 1))
across = Expectation(s1**2 * u / (2 * s2**2) - u / 2, u, ChiSquared(n))

kl_isotropic_any_eq = Derivation(
    claim=Claim(
        "kl_isotropic_any_eq",
        (n + 1) * log(s2 / s1) + along + across,
        (n + 1) * log(s2 / s1) + ((n + 1) * s1**2 + distance**2) / (2 * s2**2) - (n + 1) / 2,
        WHERE_ISOTROPIC,
        convention=(
            NATS,
            "KL(N(m₁, s₁² I) ‖ N(m₂, s₂² I)) in n + 1 dimensions, p first; m = |m₁ − m₂|",
            "turned so that the means differ in the first coordinate; across it n standard coordinates, u ~ χ²(n)",
        ),
        source=Source("kingma2013", "appendix B"),
    ),
    steps=(
        Step(
            "E log p/q, along the difference of the means and across it",
            (n + 1) * log(s2 / s1) + along + across,
        ),
        Step(
            "E z = 0, E z² = 1 and E u = n",
            (n + 1) * log(s2 / s1) + (s1**2 + distance**2) / (2 * s2**2) - (n + 1) / 2 + n * s1**2 / (2 * s2**2),
        ),
        Step(
            "n and 1 make the dimension",
            (n + 1) * log(s2 / s1) + ((n + 1) * s1**2 + distance**2) / (2 * s2**2) - (n + 1) / 2,
        ),
    ),
)

DERIVATIONS = (
    kl_product_eq,
    entropy_product_eq,
    kl_normal_any_step_eq,
    entropy_normal_any_eq,
    kl_isotropic_any_eq,
)
