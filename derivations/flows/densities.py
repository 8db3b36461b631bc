"""Densities of images: change of variables on the line and in the plane, in steps, in continuous time, and by probes.

Claim   p_Y(y) = p_X(x) |det ∂x/∂y|, either way; composed maps multiply; in time the log-determinant grows by the trace
Route   derivatives entry by entry, determinants and limits of them; finite sums over random signs.
"""

from __future__ import annotations

from sympy import Derivative, Determinant, Expr, Limit, Matrix, Rational, cos, erf, exp, log, pi, sin, sqrt

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Positive, Real, Variable, named, symbols_of
from claims.laws import Bernoulli, LogNormal, density_of
from claims.notation import Expectation, Normal

HALF = Rational(1, 2)


def jacobian(outputs: tuple[Expr, ...], inputs: tuple[Expr, ...]) -> Determinant:
    """det ∂outputs/∂inputs, an output a row."""
    return Determinant(Matrix([[Derivative(y, x) for x in inputs] for y in outputs]))


WHERE_LINE = (
    Variable("y", Positive(), "the point after the map"),
    Variable("a", Positive(), "scale"),
    Variable("b", Real(), "shift"),
    Variable("m", Real(), "mean of x, before the map"),
    Variable("s", Positive(), "standard deviation of x"),
)
y, a, b, m, s = symbols_of(WHERE_LINE)
cdf = (1 + erf((log(y) - m) / (sqrt(2) * s))) / 2

density_of_image_eq = Derivation(
    claim=Claim(
        "density_of_image_eq",
        Derivative(cdf, y),
        LogNormal(m, s**2).density(y),
        named(WHERE_LINE, "y m s"),
        convention=("y = e^x with x normal: P(Y ≤ y) = P(X ≤ log y)", "s² is the variance of log y"),
        source=Source("soch2020", "proof P310"),
    ),
    steps=(
        Step("the slope of the distribution function of y", Derivative(cdf, y)),
        Step(
            "the chain rule: p_X(log y) times the slope of log y",
            density_of(Normal(m, s**2), log(y)) * Derivative(log(y), y),
        ),
        Step("the log-normal density", LogNormal(m, s**2).density(y)),
    ),
)

before = (log(y) - b) / a
inverted = log(density_of(Normal(m, s**2), before)) + log(Derivative(before, y))
written_out = -((before - m) ** 2) / (2 * s**2) - log(2 * pi * s**2) / 2 - log(a) - log(y)

log_density_either_way_eq = Derivation(
    claim=Claim(
        "log_density_either_way_eq",
        inverted,
        written_out,
        WHERE_LINE,
        convention=("y = e^(a x + b), so x = (log y − b)/a and the slope of the map is a e^(a x + b) = a y",),
        source=Source("weng2021", "flow-based deep generative models"),
    ),
    steps=(
        Step("log p_X(x) plus the log of the slope of the inverse, at y", inverted),
        Step("or minus the log of the slope of the map, at x", log(density_of(Normal(m, s**2), before)) - log(a * y)),
        Step("written out", written_out),
    ),
)

WHERE = (
    *(Variable(f"x_{i}", Real(), f"coordinate {i}") for i in (1, 2)),
    Variable("r", Positive(), "radius"),
    Variable("phi", Real(), "angle"),
    Variable("a", Positive(), "entry 11 of a matrix"),
    Variable("b", Real(), "entry 21"),
    Variable("d", Positive(), "entry 22"),
    Variable("c", Real(), "entry 12"),
    Variable("y", Positive(), "the first coordinate after the first layer"),
    *(Variable(f"k_{i}", Real(), f"log-scale of layer {i} per unit") for i in (1, 2)),
    Variable("h", Positive(), "a short time"),
    *(Variable(f"v_{i}", Real(), f"coordinate {i} of the probe, averaged over") for i in (1, 2)),
)
x1, x2, r, phi, _, _, d, c, _, k1, k2, h, v1, v2 = symbols_of(WHERE)

polar_volume_eq = Derivation(
    claim=Claim(
        "polar_volume_eq",
        jacobian((r * cos(phi), r * sin(phi)), (r, phi)),
        r,
        named(WHERE, "r phi"),
        convention=("(r, φ) to (r cos φ, r sin φ)",),
        source=Source("soch2020", "proof P196"),
    ),
    steps=(
        Step("the determinant of the map from polar coordinates", jacobian((r * cos(phi), r * sin(phi)), (r, phi))),
        Step("∂x/∂r ∂y/∂φ − ∂x/∂φ ∂y/∂r", r * cos(phi) * cos(phi) + r * sin(phi) * sin(phi)),
        Step("cos² + sin² = 1", r),
    ),
)

solved1, solved2 = x1 / a, (x2 - b * x1 / a) / d
pushed = exp(-(solved1**2 + solved2**2) / 2) / (2 * pi) / Determinant(Matrix([[a, 0], [b, d]]))
s11, s12, s22 = a**2, a * b, b**2 + d**2
det_cov = s11 * s22 - s12**2
mahalanobis = (s22 * x1**2 - 2 * s12 * x1 * x2 + s11 * x2**2) / det_cov

density_of_affine_image_eq = Derivation(
    claim=Claim(
        "density_of_affine_image_eq",
        pushed,
        exp(-mahalanobis / 2) / (2 * pi * sqrt(det_cov)),
        named(WHERE, "x_1 x_2 a b d"),
        convention=("x = L z with z standard normal and L = ((a, 0), (b, d)); the covariance is L Lᵀ",),
        source=Source("soch2020", "proof P255"),
    ),
    steps=(
        Step("the density at z = L⁻¹ x over |det L|", pushed),
        Step("det L = a d, and (det L)² = det L Lᵀ", exp(-(solved1**2 + solved2**2) / 2) / (2 * pi * sqrt(det_cov))),
        Step("zᵀ z = xᵀ (L Lᵀ)⁻¹ x", exp(-mahalanobis / 2) / (2 * pi * sqrt(det_cov))),
    ),
)


after1, after2 = x1, x2 * exp(k1 * x1)
first = jacobian((after1, after2), (x1, x2))
both = jacobian((after1 * exp(k2 * after2), after2), (x1, x2))

composition_volume_eq = Derivation(
    claim=Claim(
        "composition_volume_eq",
        log(both),
        k1 * x1 + k2 * x2 * exp(k1 * x1),
        named(WHERE, "x_1 x_2 y k_1 k_2"),
        convention=(
            "first (x₁, x₂ e^(k₁ x₁)), then (y₁ e^(k₂ y₂), y₂)",
            "each layer's log-determinant is taken at its own input, not at that of the first",
        ),
        source=Source("weng2021", "flow-based deep generative models"),
    ),
    steps=(
        Step("the log-determinant of the composed map", log(both)),
        Step(
            "the second layer's at its input y₂ = x₂ e^(k₁ x₁), plus the first layer's",
            log(Derivative(y * exp(k2 * after2), y)) + log(first),
        ),
        Step("both log-scales", k1 * x1 + k2 * x2 * exp(k1 * x1)),
    ),
)

flow_for_h = log(Determinant(Matrix([[1 + h * a, h * c], [h * b, 1 + h * d]]))) / h

trace_formula_eq = Derivation(
    claim=Claim(
        "trace_formula_eq",
        Limit(flow_for_h, h, 0),
        a + d,
        named(WHERE, "a b d c h"),
        convention=(
            "dz/dt = A z with A = ((a, c), (b, d)); for a short time h the map is I + h A",
            "d log p(z(t))/dt is minus this trace",
        ),
        source=Source("chen2018", "theorem 1 and appendix A"),
    ),
    steps=(
        Step("the log-determinant that a short time adds, per unit of time", Limit(flow_for_h, h, 0)),
        Step("the determinant", Limit(log(1 + h * (a + d) + h**2 * (a * d - b * c)) / h, h, 0)),
        Step("log(1 + u) is u for small u", a + d),
    ),
)


def over_probes(f: Expr) -> Expr:
    """E over two independent random signs 2v − 1."""
    coin = Bernoulli(HALF)
    return Expectation(Expectation(f, v1, coin), v2, coin)


def form(p: Expr, q: Expr) -> Expr:
    """(p, q) A (p, q)ᵀ with A = ((a, c), (b, d))."""
    return a * p**2 + (b + c) * p * q + d * q**2


by_signs = form(2 * v1 - 1, 2 * v2 - 1)

hutchinson_mean_eq = Derivation(
    claim=Claim(
        "hutchinson_mean_eq",
        over_probes(by_signs),
        a + d,
        named(WHERE, "a b d c v_1 v_2"),
        convention=("probes of independent random signs; any probe with E v vᵀ = I will do",),
        source=Source("massias2024", "the Hutchinson trick"),
    ),
    steps=(
        Step("the mean of vᵀ A v", over_probes(by_signs)),
        Step("squares of signs are 1", a + d + (b + c) * over_probes((2 * v1 - 1) * (2 * v2 - 1))),
        Step("independent signs are uncorrelated", a + d),
    ),
)

hutchinson_variance_sign_eq = Derivation(
    claim=Claim(
        "hutchinson_variance_sign_eq",
        over_probes((by_signs - (a + d)) ** 2),
        (b + c) ** 2,
        named(WHERE, "a b d c v_1 v_2"),
        convention=("probes of random signs: only entries off the diagonal add variance",),
        source=Source("massias2024", "proposition 2"),
    ),
    steps=(
        Step("the mean squared deviation of vᵀ A v from the trace", over_probes((by_signs - (a + d)) ** 2)),
        Step("the diagonal cancels", over_probes(((b + c) * (2 * v1 - 1) * (2 * v2 - 1)) ** 2)),
        Step("squares of signs are 1", (b + c) ** 2),
    ),
)


def over_normals(f: Expr) -> Expr:
    """E over two independent standard normal probes."""
    return Expectation(Expectation(f, v1, Normal(0, 1)), v2, Normal(0, 1))


hutchinson_variance_normal_eq = Derivation(
    claim=Claim(
        "hutchinson_variance_normal_eq",
        over_normals((form(v1, v2) - (a + d)) ** 2),
        2 * a**2 + 2 * d**2 + (b + c) ** 2,
        named(WHERE, "a b d c v_1 v_2"),
        convention=("standard normal probes: the diagonal adds its share too, E v⁴ − 1 = 2",),
        source=Source("massias2024", "proposition 1"),
    ),
    steps=(
        Step("the mean squared deviation of vᵀ A v from the trace", over_normals((form(v1, v2) - (a + d)) ** 2)),
        Step(
            "the terms are uncorrelated",
            a**2 * over_normals((v1**2 - 1) ** 2)
            + d**2 * over_normals((v2**2 - 1) ** 2)
            + (b + c) ** 2 * over_normals(v1**2 * v2**2),
        ),
        Step("E v⁴ = 3 and E v² = 1", 2 * a**2 + 2 * d**2 + (b + c) ** 2),
    ),
)

DERIVATIONS = (
    density_of_image_eq,
    log_density_either_way_eq,
    polar_volume_eq,
    density_of_affine_image_eq,
    composition_volume_eq,
    trace_formula_eq,
    hutchinson_mean_eq,
    hutchinson_variance_sign_eq,
    hutchinson_variance_normal_eq,
)
