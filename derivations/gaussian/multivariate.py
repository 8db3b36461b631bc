"""Normal laws in two and three dimensions: divergence, entropy, and linear maps, the matrices written out.

Claim   KL(N(m, Σ₁) ‖ N(n, Σ₂)) = ½[tr Σ₂⁻¹Σ₁ + (n − m)ᵀΣ₂⁻¹(n − m) − d + log det Σ₂/det Σ₁], and what follows
Route   x = m + Lz with z standard normal; the log-ratio is a quadratic in z, of which second moments suffice.
"""

from __future__ import annotations

from sympy import E, Expr, Matrix, log, pi

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Positive, Real, Variable, symbols_of
from claims.notation import Expectation, Normal

NATS = "log is natural, so the value is in nats"
ORDER = "p first, q second"
FACTORS = "Σ = LLᵀ with L lower triangular and a positive diagonal: every covariance matrix is of this form"
NOISE = Normal(0, 1)

WHERE = (
    *(Variable(f"z_{i}", Real(), f"coordinate {i} of standard normal noise, integrated over") for i in (1, 2)),
    *(Variable(f"m_{i}", Real(), f"coordinate {i} of the mean of p") for i in (1, 2)),
    Variable("a", Positive(), "L_11 of p"),
    Variable("b", Real(), "L_21 of p"),
    Variable("c", Positive(), "L_22 of p"),
    *(Variable(f"n_{i}", Real(), f"coordinate {i} of the mean of q") for i in (1, 2)),
    Variable("f", Positive(), "L_11 of q"),
    Variable("g", Real(), "L_21 of q"),
    Variable("h", Positive(), "L_22 of q"),
)
z1, z2, m1, m2, a, b, c, n1, n2, f, g, h = symbols_of(WHERE)


def over_noise(value: Expr) -> Expectation:
    """E over both coordinates of the noise."""
    return Expectation(Expectation(value, z1, NOISE), z2, NOISE)


def log_density(x1: Expr, x2: Expr, mean: tuple[Expr, Expr], factor: tuple[Expr, Expr, Expr]) -> Expr:
    """log N(x; mean, LLᵀ) in two dimensions: −½‖L⁻¹(x − mean)‖² − log det L − log 2π."""
    first = (x1 - mean[0]) / factor[0]
    second = (x2 - mean[1] - factor[1] * first) / factor[2]
    return -(first**2 + second**2) / 2 - log(factor[0] * factor[2]) - log(2 * pi)


x1, x2 = m1 + a * z1, m2 + b * z1 + c * z2
own = log_density(x1, x2, (m1, m2), (a, b, c))
kl_of_two = over_noise(own - log_density(x1, x2, (n1, n2), (f, g, h)))
cov_p = Matrix([[a**2, a * b], [a * b, b**2 + c**2]])
inverse_q = Matrix([[g**2 + h**2, -f * g], [-f * g, f**2]]) / (f**2 * h**2)
gap = Matrix([n1 - m1, n2 - m2])
first_off = (x1 - n1) / f
second_off = (x2 - n2 - g * first_off) / h
trace, square = (inverse_q * cov_p).trace(), (gap.T * inverse_q * gap)[0, 0]
closed_kl = (trace + square - 2 + 2 * log(f * h / (a * c))) / 2

kl_normal_of_two_eq = Derivation(
    claim=Claim(
        "kl_normal_of_two_eq",
        kl_of_two,
        closed_kl,
        WHERE,
        convention=(NATS, ORDER, FACTORS, "d = 2; det Σ₁ = a²c², det Σ₂ = f²h²", "x = m + Lz for x ~ p"),
        source=Source("soch2020", "proof P92"),
    ),
    steps=(
        Step("E_p[log p − log q], x = m + Lz", kl_of_two),
        Step(
            "E is linear: −H(p), and E −log q", over_noise(own) - over_noise(log_density(x1, x2, (n1, n2), (f, g, h)))
        ),
        Step(
            "‖L⁻¹(x − m)‖² = ‖z‖²: E ‖z‖² = 2",
            -1 - log(a * c) - log(2 * pi) - over_noise(log_density(x1, x2, (n1, n2), (f, g, h))),
        ),
        Step(
            "the log of a quotient: 2π cancels", log(f * h / (a * c)) - 1 + over_noise(first_off**2 + second_off**2) / 2
        ),
        Step(
            "E z = 0 and E zzᵀ = I, in each coordinate of L₂⁻¹(x − n)",
            log(f * h / (a * c))
            - 1
            + ((a**2 + gap[0] ** 2) / f**2 + ((b - a * g / f) ** 2 + c**2 + (gap[1] - gap[0] * g / f) ** 2) / h**2) / 2,
        ),
        Step("sorted by the matrices: a trace, and the square of the means' distance", closed_kl),
    ),
)

WHERE_STD = WHERE[:7]
kl_std = over_noise(own + (x1**2 + x2**2) / 2 + log(2 * pi))
closed_std = (a**2 + b**2 + c**2 + m1**2 + m2**2 - 2 - 2 * log(a * c)) / 2

kl_normal_of_two_std_eq = Derivation(
    claim=Claim(
        "kl_normal_of_two_std_eq",
        kl_std,
        closed_std,
        WHERE_STD,
        convention=(NATS, ORDER, FACTORS, "q = N(0, I): ½[tr Σ + ‖m‖² − 2 − log det Σ]"),
        source=Source("kingma2013", "appendix B"),
    ),
    steps=(
        Step("E_p[log p − log q], x = m + Lz", kl_std),
        Step(
            "‖z‖² has mean 2, and the log of the constants cancels",
            over_noise((x1**2 + x2**2) / 2) - 1 - log(a * c),
        ),
        Step("E‖x‖² = ‖m‖² + tr LLᵀ", closed_std),
    ),
)

entropy_of_two = -over_noise(own)

entropy_normal_of_two_eq = Derivation(
    claim=Claim(
        "entropy_normal_of_two_eq",
        entropy_of_two,
        log((2 * pi * E) ** 2 * (a * c) ** 2) / 2,
        WHERE_STD,
        convention=(NATS, FACTORS, "½ log det(2πeΣ), det Σ = a²c²; the mean doesn't matter"),
        source=Source("soch2020", "proof P100"),
    ),
    steps=(
        Step("−E log p, x = m + Lz", entropy_of_two),
        Step("‖z‖² has mean 2", 1 + log(a * c) + log(2 * pi)),
        Step("1 = log(e²)/2", log((2 * pi * E) ** 2 * (a * c) ** 2) / 2),
    ),
)

DIMENSIONS = (1, 2, 3)
WHERE_DIAGONAL = (
    *(Variable(f"z_{i}", Real(), f"coordinate {i} of standard normal noise, integrated over") for i in DIMENSIONS),
    *(Variable(f"m_{i}", Real(), f"coordinate {i} of the mean of p") for i in DIMENSIONS),
    *(Variable(f"s_{i}", Positive(), f"standard deviation of p along axis {i}") for i in DIMENSIONS),
)
z3 = symbols_of(WHERE_DIAGONAL)[2]
MEANS, STDS = symbols_of(WHERE_DIAGONAL)[3:6], symbols_of(WHERE_DIAGONAL)[6:]
AXES = tuple(zip((z1, z2, z3), MEANS, STDS, strict=True))
parts = tuple((m + s * z) ** 2 / 2 - z**2 / 2 - log(s) for z, m, s in AXES)
kl_diagonal = Expectation(over_noise(parts[0] + parts[1] + parts[2]), z3, NOISE)
plain_axis = tuple((m**2 + s**2 - 1) / 2 - log(s) for _, m, s in AXES)
by_axis = tuple((m**2 + s**2 - 1 - log(s**2)) / 2 for _, m, s in AXES)

kl_normal_diagonal_eq = Derivation(
    claim=Claim(
        "kl_normal_diagonal_eq",
        kl_diagonal,
        by_axis[0] + by_axis[1] + by_axis[2],
        WHERE_DIAGONAL,
        convention=(NATS, ORDER, "d = 3, Σ diagonal, q = N(0, I)", "the log-ratio of densities is written per axis"),
        source=Source("kingma2013", "appendix B"),
    ),
    steps=(
        Step("E_p[log p − log q], x = m + sz on each axis", kl_diagonal),
        Step(
            "an axis has only its own noise",
            Expectation(parts[0], z1, NOISE) + Expectation(parts[1], z2, NOISE) + Expectation(parts[2], z3, NOISE),
        ),
        Step("E(m + sz)² = m² + s² and E z² = 1, on each axis", plain_axis[0] + plain_axis[1] + plain_axis[2]),
        Step("the log of a power: log s² = 2 log s", by_axis[0] + by_axis[1] + by_axis[2]),
    ),
)

WHERE_MAP = (
    *WHERE_STD,
    *(Variable(f"A_{j}", Real(), f"coefficient {j} of the first row of A") for j in (1, 2)),
    *(Variable(f"B_{j}", Real(), f"coefficient {j} of the second row of A") for j in (1, 2)),
)
A1, A2, B1, B2 = symbols_of(WHERE_MAP)[7:]
mapped = over_noise((A1 * (x1 - m1) + A2 * (x2 - m2)) * (B1 * (x1 - m1) + B2 * (x2 - m2)))
mapped_cov = A1 * (a**2 * B1 + a * b * B2) + A2 * (a * b * B1 + (b**2 + c**2) * B2)

linear_map_cov_eq = Derivation(
    claim=Claim(
        "linear_map_cov_eq",
        mapped,
        mapped_cov,
        WHERE_MAP,
        convention=(FACTORS, "the covariance of two rows of Ax: an entry of AΣAᵀ; A stands on the left"),
        source=Source("soch2020", "proof P348"),
    ),
    steps=(
        Step("the mean product of two rows of A(x − m)", mapped),
        Step(
            "x − m = Lz",
            over_noise(((A1 * a + A2 * b) * z1 + A2 * c * z2) * ((B1 * a + B2 * b) * z1 + B2 * c * z2)),
        ),
        Step("E zzᵀ = I", (A1 * a + A2 * b) * (B1 * a + B2 * b) + A2 * B2 * c**2),
        Step("the entries of Σ = LLᵀ", mapped_cov),
    ),
)

DERIVATIONS = (
    kl_normal_of_two_eq,
    kl_normal_of_two_std_eq,
    entropy_normal_of_two_eq,
    kl_normal_diagonal_eq,
    linear_map_cov_eq,
)
