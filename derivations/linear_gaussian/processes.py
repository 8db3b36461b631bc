"""Gaussian-process regression, a datum at a time, with a linear kernel for any data, and the bound of sparse processes.

Claim   given one noisy datum more, f(x*) has the mean m* + k(x*, x)(y − m)/(k(x, x) + s²) and the variance
        k(x*, x*) − k(x*, x)²/(k(x, x) + s²), k and m those given the data before; with k = t x x′ that is ridge's;
        log N(y; 0, q + s²) − (k − q)/(2s²) ≤ log N(y; 0, k + s²)
Route   f(x*) is a line in f(x) and noise of its own; f(x) given y is normal; E f² = mean² + variance.
"""

from __future__ import annotations

from sympy import Expr, Function, Integral, Sum, exp, log, oo, pi
from sympy import Integer as Whole
from sympy import Rational as Ratio

from claims.claim import Claim, Derivation, Relation, Source, Step
from claims.domains import Integer, NonNegative, Positive, Real, Variable, named, symbols_of
from claims.grounds import Sign, Tangent
from claims.notation import Density, Expectation, Normal

WHERE = (
    Variable("f", Real(), "f(x), the value at the datum, averaged or integrated over"),
    Variable("e", Real(), "what f(x*) has of its own, averaged over"),
    Variable("y", Real(), "the noisy datum, f(x) and noise"),
    Variable("m", Real(), "the mean of f(x*) given the data before"),
    Variable("h", Real(), "the mean of f(x) given the data before"),
    Variable("k", Positive(), "k(x, x), the VARIANCE of f(x) given the data before"),
    Variable("c", Real(), "k(x*, x), the covariance of f(x*) and f(x) given the data before"),
    Variable("v", Positive(), "the VARIANCE of f(x*) given f(x), k(x*, x*) − c²/k"),
    Variable("s", Positive(), "the STANDARD DEVIATION of the noise"),
    Variable("u", Real(), "K_fu K_uu⁻¹u, the mean of f(x) given the inducing values, integrated over"),
    Variable("q", Positive(), "its VARIANCE, q = K_fu K_uu⁻¹K_uf"),
    Variable("d", Positive(), "the VARIANCE of f(x) given the inducing values, k(x, x) − q"),
    Variable("t", Positive(), "the VARIANCE of the weight"),
    Variable("b", Real(), "the input at which f is asked for, x*"),
    Variable("a", NonNegative(), "by how much 1/vᵀS⁻¹v is above s²"),
    Variable("L", Real(), "log det S"),
    Variable("B", Positive(), "yᵀS⁻¹y"),
    Variable("n", Integer(1), "the number of data"),
    Variable("i", Integer(1), "counts the data"),
)
f, e, y, m, h, k, c, v, s, u, q, d, t, b, a, L, B, n, i = symbols_of(WHERE)
X, Y = Function("x", real=True)(i), Function("y", real=True)(i)
BEFORE = "m, h, k and c are the process's given the data before; without any, its own mean and kernel"
STEP = "so, by induction, k(x*, ·)(K + s²I)⁻¹ is what any data are weighed with (conditional_mean_any_step_eq)"
OBSERVED = "y ~ N(f(x), s²): given y, f(x) ~ N(h + k(y − h)/(k + s²), ks²/(k + s²)) (kalman_update_mean_eq)"
NOTHING = Whole(0)
NOTES = Source("tfp2026", "GaussianProcessRegressionModel, mathematical details")
SPARSE = Source("gpflow2026", "derivation of SGPR equations, marginal likelihood bound")

given = Normal(h + k / (k + s**2) * (y - h), k * s**2 / (k + s**2))
value = m + c / k * (f - h)
predicted = m + c / (k + s**2) * (y - h)

gp_mean_any_step_eq = Derivation(
    claim=Claim(
        "gp_mean_any_step_eq",
        Expectation(value, f, given),
        predicted,
        named(WHERE, "f y m h k c s"),
        convention=(BEFORE, OBSERVED, "f(x*) is m + c(f(x) − h)/k and noise of its own, of mean zero", STEP),
        source=NOTES,
    ),
    steps=(
        Step("the mean of f(x*) given f(x), averaged over f(x) given y", Expectation(value, f, given)),
        Step("E is linear", m + c / k * Expectation(f - h, f, given)),
        Step("E f = h + k(y − h)/(k + s²)", predicted),
    ),
)

own = Normal(0, v)
left_over = Expectation(Expectation((value + e - predicted) ** 2, e, own), f, given)

gp_variance_any_step_eq = Derivation(
    claim=Claim(
        "gp_variance_any_step_eq",
        left_over,
        (v + c**2 / k) - c**2 / (k + s**2),
        named(WHERE, "f e y m h k c v s"),
        convention=(BEFORE, OBSERVED, "k(x*, x*) = v + c²/k", "the datum itself does not matter, its place does", STEP),
        source=NOTES,
    ),
    steps=(
        Step("the expected squared deviation from the predicted mean", left_over),
        Step(
            "E is linear: what f(x*) has of its own is apart, with mean zero",
            v + Expectation((value - predicted) ** 2, f, given),
        ),
        Step("E f² = mean² + ks²/(k + s²): c²s²/(k(k + s²)) is left of it", (v + c**2 / k) - c**2 / (k + s**2)),
    ),
)

gp_variance_le = Derivation(
    claim=Claim(
        "gp_variance_le",
        (v + c**2 / k) - c**2 / (k + s**2),
        v + c**2 / k,
        named(WHERE, "k c v s"),
        Relation.LE,
        convention=(BEFORE, "the variance given one datum more, and before", "data never make it greater"),
        source=NOTES,
    ),
    steps=(
        Step("the variance given one datum more", (v + c**2 / k) - c**2 / (k + s**2)),
        Step("a square over a variance is taken off", v + c**2 / k, Relation.LE, (Sign(c**2 / (k + s**2)),)),
    ),
)


def over(term: Expr) -> Sum:
    """The sum over the data."""
    return Sum(term, (i, 1, n))


weight = t * over(X * Y) / (s**2 + t * over(X**2))

gp_linear_kernel_any_eq = Derivation(
    claim=Claim(
        "gp_linear_kernel_any_eq",
        over(t * b * X * (Y - X * weight) / s**2),
        b * over(X * Y) / (over(X**2) + s**2 / t),
        named(WHERE, "b t s n i"),
        convention=(
            "k(x, x′) = t x x′: left is k(x*, ·)ᵀ(K + s²I)⁻¹y, as (K + s²I)⁻¹y = (y − x tΣxy/(s² + tΣx²))/s² "
            "(sherman_morrison_any_eq)",
            "the right side is x* times ridge regression's weight with λ = s²/t",
        ),
        source=NOTES,
    ),
    steps=(
        Step("k(x*, x_i) times the i-th residual over s², summed", over(t * b * X * (Y - X * weight) / s**2)),
        Step("term by term", t * b / s**2 * (over(X * Y) - weight * over(X**2))),
        Step("over s² + tΣx², and both over t", b * over(X * Y) / (over(X**2) + s**2 / t)),
    ),
)


def log_normal(variance: Expr, mean: Expr = NOTHING) -> Expr:
    """log N(y; mean, variance), written out."""
    return -(log(2 * pi * variance) + (y - mean) ** 2 / variance) / 2


at_mean = log_normal(s**2, u)
expected = Expectation(log(Density(Normal(f, s**2), y)), f, Normal(u, d))
INDUCED = "given any number of inducing values, f(x) ~ N(u, d), where u = K_fu K_uu⁻¹u is a normal variable, N(0, q)"

sparse_expected_eq = Derivation(
    claim=Claim(
        "sparse_expected_eq",
        expected,
        at_mean - d / (2 * s**2),
        named(WHERE, "f y u d s"),
        convention=(INDUCED, "log is natural", "the trace term −tr(K − Q)/(2s²), a datum's share of it"),
        source=SPARSE,
    ),
    steps=(
        Step("E log N(y; f, s²), f given the inducing values", expected),
        Step(
            "the log of a normal density",
            at_mean + (y - u) ** 2 / (2 * s**2) - Expectation((y - f) ** 2, f, Normal(u, d)) / (2 * s**2),
        ),
        Step("E (y − f)² = (y − u)² + d", at_mean - d / (2 * s**2)),
    ),
)

collapsed = Integral(exp(log(Density(Normal(u, s**2), y)) - d / (2 * s**2)) * Density(Normal(0, q), u), (u, -oo, oo))

sparse_collapsed_eq = Derivation(
    claim=Claim(
        "sparse_collapsed_eq",
        log(collapsed),
        log_normal(q + s**2) - d / (2 * s**2),
        named(WHERE, "y u q d s"),
        convention=(
            INDUCED,
            "log ∫ e^(E log p(y | f)) p(u) du is the bound at the best law of the inducing values (elbo_gap_eq)",
        ),
        source=SPARSE,
    ),
    steps=(
        Step("the log of the integral over the inducing values", log(collapsed)),
        Step(
            "the integral of two normal densities, the trace term before it",
            log(exp(-d / (2 * s**2)) * Density(Normal(0, q + s**2), y)),
        ),
        Step("the log of a product", log_normal(q + s**2) - d / (2 * s**2)),
    ),
)

small, large = q + s**2, q + d + s**2

sparse_bound_le = Derivation(
    claim=Claim(
        "sparse_bound_le",
        log_normal(small) - d / (2 * s**2),
        log_normal(large),
        named(WHERE, "y q d s"),
        Relation.LE,
        convention=(
            INDUCED,
            "log is natural",
            "k(x, x) = q + d: Titsias' bound is at most the log evidence; one datum",
        ),
        source=SPARSE,
    ),
    steps=(
        Step("log N(y; 0, q + s²) − d/(2s²)", log_normal(small) - d / (2 * s**2)),
        Step(
            "log t ≤ t − 1 for the ratio of the variances, and q + s² is at least s²",
            log_normal(large),
            Relation.LE,
            (
                Tangent(large / small, Ratio(1, 2)),
                Sign(d / (2 * s**2) - d / (2 * small)),
                Sign(y**2 / (2 * small) - y**2 / (2 * large)),
            ),
        ),
    ),
)

INDUCING, HELD = Function("z", real=True)(i), Function("w", positive=True)(i)
expected_all = over(Expectation(log(Density(Normal(f, s**2), Y)), f, Normal(INDUCING, HELD)))
fitted = -n * log(2 * pi * s**2) / 2 - over((Y - INDUCING) ** 2) / (2 * s**2)

sparse_expected_any_eq = Derivation(
    claim=Claim(
        "sparse_expected_any_eq",
        expected_all,
        fitted - over(HELD) / (2 * s**2),
        named(WHERE, "f s n i"),
        convention=(
            "any number of data and of inducing values u: given these, f(x_i) ~ N(z(i), w(i)), where z = K_fu K_uu⁻¹u "
            "and w is the diagonal of K − Q, Q = K_fu K_uu⁻¹K_uf",
            "log is natural; log N(y; z, s²I) less the trace term tr(K − Q)/(2s²)",
        ),
        source=SPARSE,
    ),
    steps=(
        Step("Σ E log N(y_i; f_i, s²), each f_i given the inducing values", expected_all),
        Step(
            "the log of a normal density, and E is linear",
            -n * log(2 * pi * s**2) / 2 - over(Expectation((Y - f) ** 2, f, Normal(INDUCING, HELD))) / (2 * s**2),
        ),
        Step("E (y − f)² = (y − z)² + w", fitted - over(HELD) / (2 * s**2)),
    ),
)

along = 1 / (s**2 + a)
before_it = -(L + B) / 2 - d / (2 * s**2)
with_it = -(L + log(1 + d * along) + B - d * h**2 / (1 + d * along)) / 2

sparse_bound_any_step_le = Derivation(
    claim=Claim(
        "sparse_bound_any_step_le",
        before_it,
        with_it,
        named(WHERE, "h s d a L B"),
        Relation.LE,
        convention=(
            "any number of data: S is Q + s²I and what was added so far, L = log det S, B = yᵀS⁻¹y; one eigenvector v"
            " of K − Q more, of eigenvalue d, with vᵀS⁻¹v = 1/(s² + a) and h = vᵀS⁻¹y",
            "det(S + dvvᵀ) by determinant_lemma_any_step_eq, (S + dvvᵀ)⁻¹ by sherman_morrison_any_eq",
            "so, by induction over eigenvectors, log N(y; 0, Q + s²I) − tr(K − Q)/(2s²) ≤ log N(y; 0, K + s²I):"
            " Titsias' bound for any number of data and of inducing values",
        ),
        source=SPARSE,
    ),
    steps=(
        Step("log N(y; 0, S) less d/(2s²), without the constant", before_it),
        Step(
            "log t ≤ t − 1 at t = 1 + d vᵀS⁻¹v, at most 1 + d/s²; the square that is taken off is not below zero",
            with_it,
            Relation.LE,
            (
                Tangent(1 + d * along, Ratio(1, 2)),
                Sign(d / (2 * s**2) - d * along / 2),
                Sign(d * h**2 / (2 * (1 + d * along))),
            ),
        ),
    ),
)

DERIVATIONS = (
    gp_mean_any_step_eq,
    gp_variance_any_step_eq,
    gp_variance_le,
    gp_linear_kernel_any_eq,
    sparse_expected_eq,
    sparse_collapsed_eq,
    sparse_bound_le,
    sparse_expected_any_eq,
    sparse_bound_any_step_le,
)
