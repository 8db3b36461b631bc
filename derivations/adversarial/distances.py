"""Distances of laws as critics and kernels measure them: Wasserstein-1 on a line, and the maximum mean discrepancy.

Claim   a critic with slopes ±1 reaches what transport costs, and none does better; MMD is a distance of means
Route   summation by parts; the square of a sum opened; a Gaussian integral.
"""

from __future__ import annotations

from sympy import Abs, Expr, Function, Integral, exp, oo, pi, sign, sqrt

from claims.claim import Claim, Derivation, Relation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, symbols_of
from claims.grounds import Modulus, Times
from claims.laws import Bernoulli
from claims.notation import Density, Expectation, NamedLaw, Normal

WHERE_LINE = (
    *(Variable(f"c_{i}", Real(), f"F_p − F_q between points {i} and {i + 1}") for i in (1, 2)),
    *(Variable(f"w_{i}", Positive(), f"distance of points {i} and {i + 1}") for i in (1, 2)),
    Variable("f", Real(), "the critic at the first point"),
)
c1, c2, w1, w2, f = symbols_of(WHERE_LINE)
critic = (f, f - sign(c1) * w1, f - sign(c1) * w1 - sign(c2) * w2)
gap = critic[0] * c1 + critic[1] * (c2 - c1) + critic[2] * (-c2)

wasserstein_dual_eq = Derivation(
    claim=Claim(
        "wasserstein_dual_eq",
        gap,
        Abs(c1) * w1 + Abs(c2) * w2,
        WHERE_LINE,
        convention=(
            "three points on a line; c_i is the difference of the distribution functions, so p − q is c₁, c₂ − c₁, −c₂",
            "the critic has slope −sign(F_p − F_q): it is 1-Lipschitz, and the right side is what transport costs",
        ),
        source=Source("virtanen2020", "stats.wasserstein_distance"),
    ),
    steps=(
        Step("E_p f − E_q f for the critic", gap),
        Step(
            "summed by parts: each step of f times what lies between",
            (critic[0] - critic[1]) * c1 + (critic[1] - critic[2]) * c2,
        ),
        Step("c sign(c) = |c|", Abs(c1) * w1 + Abs(c2) * w2),
    ),
)

WHERE_ANY = (
    *WHERE_LINE,
    *(Variable(f"h_{i}", OpenUnit(), f"the critic's slope after point {i} is 2h − 1") for i in (1, 2)),
)
h1, h2 = symbols_of(WHERE_ANY)[5:]
rises = ((2 * h1 - 1) * w1, (2 * h2 - 1) * w2)
any_critic = f * c1 + (f + rises[0]) * (c2 - c1) + (f + rises[0] + rises[1]) * (-c2)

wasserstein_dual_le = Derivation(
    claim=Claim(
        "wasserstein_dual_le",
        any_critic,
        Abs(c1) * w1 + Abs(c2) * w2,
        WHERE_ANY,
        Relation.LE,
        convention=("three points on a line; slopes between −1 and 1: no such critic does better",),
        source=Source("weng2021", "from GAN to WGAN, Kantorovich-Rubinstein duality"),
    ),
    steps=(
        Step("E_p f − E_q f for any critic that rises or falls by less than the distance", any_critic),
        Step("summed by parts", -rises[0] * c1 - rises[1] * c2),
        Step(
            "a slope at most 1 in size takes at most |c|",
            Abs(c1) * w1 + Abs(c2) * w2,
            Relation.LE,
            (
                Times(h1 * w1, Modulus(-c1)),
                Times((1 - h1) * w1, Modulus(c1)),
                Times(h2 * w2, Modulus(-c2)),
                Times((1 - h2) * w2, Modulus(c2)),
            ),
        ),
    ),
)

WHERE_ONE_MORE = (
    Variable("B", Real(), "what the steps so far bring: each step of f times F_p − F_q there"),
    Variable("c", Real(), "F_p − F_q after the last point so far"),
    Variable("d", Real(), "p − q at the point that comes in"),
    Variable("f", Real(), "the critic at the last point so far"),
    Variable("w", Positive(), "distance to the point that comes in"),
    Variable("h", OpenUnit(), "the critic falls by (2h − 1) w on the way"),
)
so_far, c, d, _, w, h = symbols_of(WHERE_ONE_MORE)
fall = (2 * h - 1) * w

wasserstein_step_le = Derivation(
    claim=Claim(
        "wasserstein_step_le",
        so_far + c * f + d * (f - fall),
        so_far + w * Abs(c) + (c + d) * (f - fall),
        WHERE_ONE_MORE,
        Relation.LE,
        convention=(
            "the step of an induction on the points: over those so far E_p f − E_q f is B + c f, B at most Σ w|c|",
            "after the last F_p − F_q = 0: over any n points no critic of slopes within ±1 exceeds Σ w|F_p − F_q|",
        ),
        source=Source("virtanen2020", "stats.wasserstein_distance"),
    ),
    steps=(
        Step("E_p f − E_q f over the points so far, and at the next", so_far + c * f + d * (f - fall)),
        Step("summed by parts: c f = c · fall + c (f − fall)", so_far + c * fall + (c + d) * (f - fall)),
        Step(
            "a slope at most 1 in size takes at most |c|",
            so_far + w * Abs(c) + (c + d) * (f - fall),
            Relation.LE,
            (Times(h * w, Modulus(c)), Times((1 - h) * w, Modulus(-c))),
        ),
    ),
)

steepest = sign(c) * w

wasserstein_step_eq = Derivation(
    claim=Claim(
        "wasserstein_step_eq",
        so_far + c * f + d * (f - steepest),
        so_far + w * Abs(c) + (c + d) * (f - steepest),
        WHERE_ONE_MORE[:5],
        convention=(
            "the same step for the critic of slope −sign(F_p − F_q): over any n points it reaches Σ w|F_p − F_q|",
        ),
        source=Source("virtanen2020", "stats.wasserstein_distance"),
    ),
    steps=(
        Step("E_p f − E_q f over the points so far, and at the next", so_far + c * f + d * (f - steepest)),
        Step("summed by parts", so_far + c * steepest + (c + d) * (f - steepest)),
        Step("c sign(c) = |c|", so_far + w * Abs(c) + (c + d) * (f - steepest)),
    ),
)

WHERE_KERNEL = (
    *(Variable(n, Real(), f"draw {n}, averaged over") for n in ("x", "y")),
    Variable("p", OpenUnit(), "probability of outcome 1 in the data"),
    Variable("q", OpenUnit(), "probability of outcome 1 from the generator"),
    *(Variable(f"k_{ij}", Real(), f"kernel of outcomes {ij[0]} and {ij[1]}") for ij in ("00", "01", "11")),
)
x, y, pc, qc, k00, k01, k11 = symbols_of(WHERE_KERNEL)


def kernel(s: Expr, t: Expr) -> Expr:
    """The symmetric kernel of two outcomes 0 or 1."""
    return k00 * (1 - s) * (1 - t) + k01 * (s * (1 - t) + t * (1 - s)) + k11 * s * t


def mean_kernel(first: Expr, second: Expr) -> Expr:
    """E k(x, y) with independent draws from two coins."""
    return Expectation(Expectation(kernel(x, y), x, Bernoulli(first)), y, Bernoulli(second))


squared_distance = mean_kernel(pc, pc) - 2 * mean_kernel(pc, qc) + mean_kernel(qc, qc)

mmd_coins_eq = Derivation(
    claim=Claim(
        "mmd_coins_eq",
        squared_distance,
        (pc - qc) ** 2 * (k00 - 2 * k01 + k11),
        WHERE_KERNEL,
        convention=("MMD² with its square; two outcomes and any symmetric kernel",),
        source=Source("suzuki2021", "losses.MMD"),
    ),
    steps=(
        Step("E k(x, x′) − 2 E k(x, y) + E k(y, y′)", squared_distance),
        Step(
            "the draws are independent: products of p − q, of opposite sign at the two outcomes",
            (pc - qc) ** 2 * k11 - 2 * (pc - qc) ** 2 * k01 + (pc - qc) ** 2 * k00,
        ),
        Step("collected", (pc - qc) ** 2 * (k00 - 2 * k01 + k11)),
    ),
)

WHERE_ANY = (
    Variable("x", Real(), "a draw from the first law, averaged over"),
    Variable("y", Real(), "another draw, averaged over"),
)
x, y = symbols_of(WHERE_ANY)
p_any, q_any = NamedLaw("p"), NamedLaw("q")
feature = Function("g", real=True)


def of_pairs(first: NamedLaw, second: NamedLaw) -> Expectation:
    """E of the product of the features of two independent draws."""
    return Expectation(Expectation(feature(x) * feature(y), y, second), x, first)


def of_one(law: NamedLaw) -> Expectation:
    """E of the feature."""
    return Expectation(feature(x), x, law)


mmd_feature_any_eq = Derivation(
    claim=Claim(
        "mmd_feature_any_eq",
        of_pairs(p_any, p_any) - 2 * of_pairs(p_any, q_any) + of_pairs(q_any, q_any),
        (of_one(p_any) - of_one(q_any)) ** 2,
        WHERE_ANY,
        convention=(
            "any two laws, any feature with means; the draws are independent",
            "for k(x, y) = Σ_j φ_j(x) φ_j(y), any number of features, both sides add up: MMD² = |E_p φ − E_q φ|²",
        ),
        source=Source("suzuki2021", "losses.MMD"),
    ),
    steps=(
        Step(
            "E k(x, x′) − 2 E k(x, y) + E k(y, y′) for k(x, y) = φ(x) φ(y)",
            of_pairs(p_any, p_any) - 2 * of_pairs(p_any, q_any) + of_pairs(q_any, q_any),
        ),
        Step(
            "E is linear: of independent draws the product of means",
            of_one(p_any) ** 2 - 2 * of_one(p_any) * of_one(q_any) + of_one(q_any) ** 2,
        ),
        Step("a square", (of_one(p_any) - of_one(q_any)) ** 2),
    ),
)

WHERE_GAUSS = (
    Variable("u", Real(), "x − y, integrated over"),
    Variable("m", Real(), "difference of the means"),
    Variable("s", Positive(), "standard deviation of either law"),
    Variable("ell", Positive(), "length scale of the kernel"),
)
u, m, s, ell = symbols_of(WHERE_GAUSS)
mean_of_kernel = Integral(exp(-(u**2) / (2 * ell**2)) * Density(Normal(m, 2 * s**2), u), (u, -oo, oo))
kernel_mean = ell / sqrt(ell**2 + 2 * s**2) * exp(-(m**2) / (2 * (ell**2 + 2 * s**2)))

mmd_kernel_mean_eq = Derivation(
    claim=Claim(
        "mmd_kernel_mean_eq",
        mean_of_kernel,
        kernel_mean,
        WHERE_GAUSS,
        convention=(
            "k(x, y) = e^(−(x − y)²/(2ℓ²)), x and y independent N(·, s²): x − y is N(m, 2s²)",
            "MMD² is twice the value at m = 0 less twice the value at m",
        ),
        source=Source("paleyes2019", "quadrature.kernels.QuadratureRBFGaussianMeasure"),
    ),
    steps=(
        Step("E k(x, y), as an integral over the difference", mean_of_kernel),
        Step(
            "the kernel is √(2π) ℓ times a normal density: variances add",
            sqrt(2 * pi) * ell * Density(Normal(m, 2 * s**2 + ell**2), 0),
        ),
        Step("written out", kernel_mean),
    ),
)

DERIVATIONS = (
    wasserstein_dual_eq,
    wasserstein_dual_le,
    wasserstein_step_le,
    wasserstein_step_eq,
    mmd_coins_eq,
    mmd_feature_any_eq,
    mmd_kernel_mean_eq,
)
