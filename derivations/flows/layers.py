"""Layers of normalizing flows: the log-determinants of coupling, 1×1, autoregressive and spline layers.

Claim   each layer's determinant is a product of few numbers
Route   derivatives entry by entry; a triangular matrix has the product of its diagonal for a determinant.
"""

from __future__ import annotations

from sympy import Derivative, Determinant, Expr, Matrix, exp, log

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, named, symbols_of


def jacobian(outputs: tuple[Expr, ...], inputs: tuple[Expr, ...]) -> Determinant:
    """det ∂outputs/∂inputs, an output a row."""
    return Determinant(Matrix([[Derivative(y, x) for x in inputs] for y in outputs]))


WHERE = (
    *(Variable(f"x_{i}", Real(), f"coordinate {i} before") for i in (1, 2, 3)),
    Variable("y", Real(), "the second coordinate after a coupling"),
    *(Variable(f"k_{i}", Real(), f"number {i} of the layer's network") for i in (1, 2, 3)),
)
x1, x2, x3, y, k1, k2, k3 = symbols_of(WHERE)
log_scale = k1 * x1 + k2 * x1**2
coupled = x2 * exp(log_scale) + k3 * x1**2
ANY = "(x₁, x₂) to (x₁, x₂ e^(σ(x₁)) + τ(x₁)); σ and τ may be any functions, quadratic here"

coupling_volume_eq = Derivation(
    claim=Claim(
        "coupling_volume_eq",
        log(jacobian((x1, coupled), (x1, x2))),
        log_scale,
        named(WHERE, "x_1 x_2 k_1 k_2 k_3"),
        convention=(ANY, "log is natural"),
        source=Source("dinh2016", "section 3.3"),
    ),
    steps=(
        Step("the log-determinant of an affine coupling", log(jacobian((x1, coupled), (x1, x2)))),
        Step("triangular: the slopes of σ and τ do not matter", log(Derivative(coupled, x2))),
        Step("the sum of the log-scales", log_scale),
    ),
)

uncoupled = (y - k3 * x1**2) * exp(-log_scale)

coupling_inverse_volume_eq = Derivation(
    claim=Claim(
        "coupling_inverse_volume_eq",
        log(jacobian((x1, uncoupled), (x1, y))),
        -log_scale,
        named(WHERE, "x_1 y k_1 k_2 k_3"),
        convention=(ANY, "x₁ is unchanged, so σ and τ are known and no network is inverted", "log is natural"),
        source=Source("dinh2016", "section 3.3"),
    ),
    steps=(
        Step("the log-determinant of the inverse (y − τ(x₁)) e^(−σ(x₁))", log(jacobian((x1, uncoupled), (x1, y)))),
        Step("triangular again", log(Derivative(uncoupled, y))),
        Step("minus the sum of the log-scales", -log_scale),
    ),
)

chain = (x1 * exp(k1), x2 * exp(k2 * x1) + k1 * x1**2, x3 * exp(k3 * x1 * x2) + k2 * x1 * x2)

autoregressive_volume_eq = Derivation(
    claim=Claim(
        "autoregressive_volume_eq",
        log(jacobian(chain, (x1, x2, x3))),
        k1 + k2 * x1 + k3 * x1 * x2,
        named(WHERE, "x_1 x_2 x_3 k_1 k_2 k_3"),
        convention=("each coordinate is scaled and shifted by functions of those before it", "log is natural"),
        source=Source("weng2021", "flow-based deep generative models"),
    ),
    steps=(
        Step("the log-determinant of three coordinates, each given those before", log(jacobian(chain, (x1, x2, x3)))),
        Step(
            "lower triangular: the product of the diagonal",
            log(Derivative(chain[0], x1) * Derivative(chain[1], x2) * Derivative(chain[2], x3)),
        ),
        Step("the derivative of each", log(exp(k1) * exp(k2 * x1) * exp(k3 * x1 * x2))),
        Step("the log of a product: the log-scales", k1 + k2 * x1 + k3 * x1 * x2),
    ),
)

ENTRIES = (("a", "11"), ("b", "12"), ("c", "21"), ("d", "22"))
WHERE_MIX = (
    *(
        Variable(n, Real(), f"entry {e} of the 1×1 kernel")
        for n, e in zip("abcd", ("11", "12", "21", "22"), strict=True)
    ),
    Variable("l", Real(), "the entry of L below its diagonal of ones"),
    *(Variable(f"u_{i}", Positive(), f"entry {i} of U") for i in ("11", "22")),
    Variable("u_12", Real(), "the entry of U above its diagonal"),
)
a, b, c, d, low, u11, u22, u12 = symbols_of(WHERE_MIX)
one_pixel = a * d - b * c
two_pixels = Determinant(Matrix([[a, b, 0, 0], [c, d, 0, 0], [0, 0, a, b], [0, 0, c, d]]))

pixelwise_volume_eq = Derivation(
    claim=Claim(
        "pixelwise_volume_eq",
        two_pixels,
        one_pixel**2,
        named(WHERE_MIX, "a b c d"),
        convention=("a 1×1 convolution of two channels on two pixels; for height × width pixels the power is h w",),
        source=Source("weng2021", "flow-based deep generative models"),
    ),
    steps=(
        Step("the determinant of the same kernel at both pixels", two_pixels),
        Step("blocks on the diagonal: a product", Determinant(Matrix([[a, b], [c, d]])) ** 2),
        Step("ad − bc for each pixel", one_pixel**2),
    ),
)

by_factors = Determinant(Matrix([[u11, u12], [low * u11, low * u12 + u22]]))

lu_volume_eq = Derivation(
    claim=Claim(
        "lu_volume_eq",
        log(by_factors),
        log(u11) + log(u22),
        named(WHERE_MIX, "l u_11 u_22 u_12"),
        convention=("the kernel is L U with ones on the diagonal of L; a permutation before it changes only the sign",),
        source=Source("lippe2024", "advanced normalizing flows"),
    ),
    steps=(
        Step("the log-determinant of L U, multiplied out", log(by_factors)),
        Step("ad − bc", log(u11 * (low * u12 + u22) - u12 * low * u11)),
        Step("the diagonal of U", log(u11) + log(u22)),
    ),
)

WHERE_SPLINE = (
    Variable("xi", OpenUnit(), "the place in the bin, from 0 to 1"),
    Variable("s", Positive(), "slope of the bin, height over width"),
    Variable("d_0", Positive(), "derivative at its lower end"),
    Variable("d_1", Positive(), "derivative at its upper end"),
)
xi, s, d0, d1 = symbols_of(WHERE_SPLINE)
below = s + (d1 + d0 - 2 * s) * xi * (1 - xi)
above = s * xi**2 + d0 * xi * (1 - xi)
spline_slope = s**2 * (d1 * xi**2 + 2 * s * xi * (1 - xi) + d0 * (1 - xi) ** 2) / below**2

spline_slope_eq = Derivation(
    claim=Claim(
        "spline_slope_eq",
        Derivative(s * above / below, xi),
        spline_slope,
        WHERE_SPLINE,
        convention=(
            "a bin of a monotonic rational-quadratic spline; output and place both over the bin's width, which cancels",
            "at ξ = 0 it is δ_0, at ξ = 1 it is δ_1, and it is never zero",
        ),
        source=Source("dillon2017", "bijectors.RationalQuadraticSpline"),
    ),
    steps=(
        Step("the slope of the spline within a bin", Derivative(s * above / below, xi)),
        Step("the quotient rule", s * (Derivative(above, xi) * below - above * Derivative(below, xi)) / below**2),
        Step("collected", spline_slope),
    ),
)

DERIVATIONS = (
    coupling_volume_eq,
    coupling_inverse_volume_eq,
    autoregressive_volume_eq,
    pixelwise_volume_eq,
    lu_volume_eq,
    spline_slope_eq,
)
