"""Reverse KL of a normal law from an even mixture of two: when it stays in the middle and when it chooses a mode.

Claim   KL(N(m, 1) ‖ ½N(−c, 1) + ½N(c, 1)) = (m² + c²)/2 − E log cosh(c(m + z)); its curvature in m is at least 1 − c²,
        and in the middle at most 1 − c²/√(1 + 2c²): it doesn't choose below c = 1, and does above c² = 1 + √2
Route   the mixture is a normal density times cosh(cy); E and the slope change places.
"""

from __future__ import annotations

from sympy import Derivative, Expr, Integer, exp, log, pi, sqrt

from claims.claim import Claim, Derivation, Relation, Source, Step
from claims.domains import Positive, Real, Variable, named, symbols_of
from claims.grounds import Mean, OverTangent, Sign, Tangent, Times
from claims.notation import Density, Expectation, Normal

NATS = "log is natural, so the value is in nats"
SET_UP = "q = N(m, 1) comes first; the target has even modes at −c and c of variance 1; x = m + z, z ~ N(0, 1)"
NOISE = Normal(0, 1)

WHERE = (
    Variable("z", Real(), "standard normal noise, averaged over"),
    Variable("m", Real(), "mean of the fitted normal"),
    Variable("c", Positive(), "half the distance of the modes"),
)
z, m, c = symbols_of(WHERE)
at = m + z


def cosh(y: Expr) -> Expr:
    """cosh in exponentials."""
    return (exp(y) + exp(-y)) / 2


def tanh(y: Expr) -> Expr:
    """tanh in exponentials."""
    return (exp(y) - exp(-y)) / (exp(y) + exp(-y))


def over_noise(f: Expr) -> Expectation:
    """E over the noise."""
    return Expectation(f, z, NOISE)


log_cosh = log(cosh(c * at))
log_target = -(at**2) / 2 - log(2 * pi) / 2 - c**2 / 2 + log_cosh
divergence = over_noise(log(Density(Normal(m, 1), at)) - log_target)

reverse_kl_two_modes_eq = Derivation(
    claim=Claim(
        "reverse_kl_two_modes_eq",
        divergence + over_noise(log_cosh),
        (m**2 + c**2) / 2,
        WHERE,
        convention=(NATS, SET_UP, "the log of the mixture by two_modes_eq"),
        source=Source("bishop2006", "section 10.1.2"),
    ),
    steps=(
        Step("the reverse KL, and E log cosh(cx)", divergence + over_noise(log_cosh)),
        Step("log q(x) = −z²/2 − ½ log 2π; log cosh cancels", over_noise(-(z**2) / 2 + at**2 / 2 + c**2 / 2)),
        Step("E z² = 1 and E(m + z)² = m² + 1", (m**2 + c**2) / 2),
    ),
)

log_cosh_slope_eq = Derivation(
    claim=Claim(
        "log_cosh_slope_eq",
        Derivative(log_cosh, m),
        c * tanh(c * at),
        WHERE,
        convention=(NATS, "so the slope of the reverse KL in m is m − c E tanh(cx): zero in the middle, by symmetry"),
        source=Source("bishop2006", "section 10.1.2"),
    ),
    steps=(
        Step("the slope of log cosh(c(m + z)) in m", Derivative(log_cosh, m)),
        Step("sinh over cosh, times c", c * tanh(c * at)),
    ),
)

tanh_slope_eq = Derivation(
    claim=Claim(
        "tanh_slope_eq",
        Derivative(c * tanh(c * at), m),
        c**2 * (1 - tanh(c * at) ** 2),
        WHERE,
        convention=("so the curvature of the reverse KL in m is 1 − c² E[1 − tanh²(cx)]",),
        source=Source("bishop2006", "section 10.1.2"),
    ),
    steps=(
        Step("the slope of c tanh(c(m + z)) in m", Derivative(c * tanh(c * at), m)),
        Step("tanh′ = 1 − tanh²", c**2 * (1 - tanh(c * at) ** 2)),
    ),
)

curvature = 1 - c**2 * over_noise(1 - tanh(c * at) ** 2)

reverse_kl_curvature_ge = Derivation(
    claim=Claim(
        "reverse_kl_curvature_ge",
        curvature,
        1 - c**2,
        WHERE,
        Relation.GE,
        convention=(
            NATS,
            SET_UP,
            "for c ≤ 1 the reverse KL is convex in m and least in the middle: there it does not choose",
            "the middle turns from a minimum into a maximum where c² E[1 − tanh²(cz)] = 1",
        ),
        source=Source("bishop2006", "section 10.1.2"),
    ),
    steps=(
        Step("1 − c² E[1 − tanh²(cx)], the slope in m of m − c E tanh(cx)", curvature),
        Step("E is linear", 1 - c**2 + c**2 * over_noise(tanh(c * at) ** 2)),
        Step(
            "tanh² is not negative",
            1 - c**2,
            Relation.GE,
            (Times(c**2, Mean(Sign(tanh(c * at) ** 2), z, NOISE)),),
        ),
    ),
)

sech_squared_eq = Derivation(
    claim=Claim(
        "sech_squared_eq",
        1 - tanh(c * z) ** 2,
        1 / cosh(c * z) ** 2,
        named(WHERE, "z c"),
        convention=("so the curvature in the middle is 1 − c² E[1/cosh²(cz)]",),
        source=Source("bishop2006", "section 10.1.2"),
    ),
    steps=(
        Step("1 − tanh²", 1 - tanh(c * z) ** 2),
        Step("(e^y + e^(−y))² − (e^y − e^(−y))² = 4", 4 / (exp(c * z) + exp(-c * z)) ** 2),
        Step("one over the square of cosh", 1 / cosh(c * z) ** 2),
    ),
)

middle = 1 - c**2 * over_noise(1 / cosh(c * z) ** 2)
square = (c * z) ** 2
below = square / 2 - log(cosh(c * z))
"""y²/2 − log cosh y at y = cz: convex, for its second derivative is tanh², and zero with its slope at y = 0."""

reverse_kl_middle_le = Derivation(
    claim=Claim(
        "reverse_kl_middle_le",
        middle,
        1 - c**2 / sqrt(1 + 2 * c**2),
        named(WHERE, "z c"),
        Relation.LE,
        convention=(
            NATS,
            SET_UP,
            "the curvature of the reverse KL at m = 0, by tanh_slope_eq and sech_squared_eq",
            "below zero where c⁴ > 1 + 2c², c² > 1 + √2: there the middle is a maximum, and a mode is chosen",
        ),
        source=Source("bishop2006", "section 10.1.2"),
    ),
    steps=(
        Step("the curvature in the middle", middle),
        Step(
            "log t ≤ t − 1 at t = e^(y²)/cosh² y, so 1/cosh² y ≥ e^(−y²)(1 + y² − 2 log cosh y)",
            1 - c**2 * over_noise(exp(-square) * (1 + 2 * below)),
            Relation.LE,
            (Mean(Tangent(exp(square) / cosh(c * z) ** 2, c**2 * exp(-square)), z, NOISE),),
        ),
        Step(
            "y²/2 − log cosh y is convex, and zero with its slope at 0",
            1 - c**2 * over_noise(exp(-square)),
            Relation.LE,
            (Mean(Times(2 * c**2 * exp(-square), OverTangent(below, z, Integer(0), z)), z, NOISE),),
        ),
        Step("E e^(−c²z²) = 1/√(1 + 2c²)", 1 - c**2 / sqrt(1 + 2 * c**2)),
    ),
)

DERIVATIONS = (
    reverse_kl_two_modes_eq,
    log_cosh_slope_eq,
    tanh_slope_eq,
    reverse_kl_curvature_ge,
    sech_squared_eq,
    reverse_kl_middle_le,
)
