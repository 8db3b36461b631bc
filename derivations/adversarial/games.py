"""What adversarial training measures: the optimal discriminator, Jensen-Shannon, Wasserstein-1, and the kernel mean.

Claim   D* = p/(p + q); at D* the game is worth 2 JS − log 4; the critic's slopes are ±1; MMD is a distance of means
Route   a slope that changes sign once; logs of products; summation by parts; the square of a sum opened.
"""

from __future__ import annotations

from sympy import Abs, Derivative, Expr, Integral, exp, log, oo, pi, sign, sqrt

from claims.claim import Claim, Derivation, Relation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, symbols_of
from claims.grounds import Modulus, Times
from claims.laws import Bernoulli
from claims.notation import KL, Argmax, Density, Expectation, Normal

NATS = "log is natural, so values are in nats"

WHERE = (
    Variable("D", OpenUnit(), "the discriminator's probability of real"),
    Variable("p", Positive(), "density of the data at a point"),
    Variable("q", Positive(), "density of the generator there"),
    Variable("a", Real(), "the discriminator's logit of real"),
)
D, p, q, a = symbols_of(WHERE)
pointwise = p * log(D) + q * log(1 - D)

optimal_discriminator_eq = Derivation(
    claim=Claim(
        "optimal_discriminator_eq",
        Argmax(pointwise, D),
        p / (p + q),
        WHERE,
        convention=("at each point apart: a network that can take any value there", "as many fakes as data are seen"),
        source=Source("goodfellow2014", "proposition 1"),
    ),
    steps=(
        Step("where the integrand p log D + q log(1 − D) is greatest", Argmax(pointwise, D)),
        Step("over p + q, a cross-entropy", Argmax(p / (p + q) * log(D) + q / (p + q) * log(1 - D), D)),
        Step("the slope p/D − q/(1 − D) falls through zero once", p / (p + q)),
    ),
)

WHERE_COINS = (
    Variable("p", OpenUnit(), "probability of outcome 1 in the data"),
    Variable("q", OpenUnit(), "probability of outcome 1 from the generator"),
)
pc, qc = symbols_of(WHERE_COINS)


def log_share(one: Expr, other: Expr) -> Expr:
    """log of the optimal discriminator."""
    return log(one / (one + other))


game = (
    pc * log_share(pc, qc)
    + (1 - pc) * log_share(1 - pc, 1 - qc)
    + qc * log_share(qc, pc)
    + (1 - qc) * log_share(1 - qc, 1 - pc)
)
middle = Bernoulli((pc + qc) / 2)
divergence = (
    pc * log(2 * pc / (pc + qc))
    + (1 - pc) * log(2 * (1 - pc) / (2 - pc - qc))
    + qc * log(2 * qc / (pc + qc))
    + (1 - qc) * log(2 * (1 - qc) / (2 - pc - qc))
)

game_value_eq = Derivation(
    claim=Claim(
        "game_value_eq",
        game,
        divergence - log(4),
        WHERE_COINS,
        convention=(NATS, "two outcomes", "JS = ½KL(p ‖ m) + ½KL(q ‖ m) with m = (p + q)/2"),
        source=Source("goodfellow2014", "theorem 1"),
    ),
    steps=(
        Step("E_p log D* + E_q log(1 − D*)", game),
        Step(
            "a 2 above and below: divergences from the middle",
            KL(Bernoulli(pc), middle) + KL(Bernoulli(qc), middle) - 2 * log(2),
        ),
        Step("2 JS − log 4", divergence - log(4)),
    ),
)

fake = 1 / (1 + exp(-a))

saturating_slope_eq = Derivation(
    claim=Claim(
        "saturating_slope_eq",
        Derivative(log(1 - fake), a),
        -1 / (1 + exp(-a)),
        WHERE,
        convention=("D = 1/(1 + e^(−a)) on a fake; the generator lowers log(1 − D)", "vanishes where D is near 0"),
        source=Source("goodfellow2014", "section 3"),
    ),
    steps=(
        Step("the slope of log(1 − D) in the logit", Derivative(log(1 - fake), a)),
        Step("1 − D = 1/(1 + e^a)", -Derivative(log(1 + exp(a)), a)),
        Step("minus D", -1 / (1 + exp(-a))),
    ),
)

non_saturating_slope_eq = Derivation(
    claim=Claim(
        "non_saturating_slope_eq",
        Derivative(-log(fake), a),
        -1 / (1 + exp(a)),
        WHERE,
        convention=("D = 1/(1 + e^(−a)) on a fake; the generator lowers −log D", "close to −1 where D is near 0"),
        source=Source("goodfellow2014", "section 3"),
    ),
    steps=(
        Step("the slope of −log D in the logit", Derivative(-log(fake), a)),
        Step("−log D = log(1 + e^(−a))", Derivative(log(1 + exp(-a)), a)),
        Step("minus 1 − D", -1 / (1 + exp(a))),
    ),
)

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
        source=Source("peyre2019", "remark 2.30 and section 6.1"),
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
        source=Source("peyre2019", "section 6.1"),
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

WHERE_KERNEL = (
    *(Variable(n, Real(), f"draw {n}, averaged over") for n in ("x", "y")),
    *WHERE_COINS,
    *(Variable(f"k_{ij}", Real(), f"kernel of outcomes {ij[0]} and {ij[1]}") for ij in ("00", "01", "11")),
)
x, y, _, _, k00, k01, k11 = symbols_of(WHERE_KERNEL)


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
        source=Source("gretton2012", "lemma 6"),
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
        source=Source("gretton2012", "section 2.2"),
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
    optimal_discriminator_eq,
    game_value_eq,
    saturating_slope_eq,
    non_saturating_slope_eq,
    wasserstein_dual_eq,
    wasserstein_dual_le,
    mmd_coins_eq,
    mmd_kernel_mean_eq,
)
