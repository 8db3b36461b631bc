"""One penalty, many λ: what a prior's λ is in each convention, and in scikit-learn's; weight decay; other priors.

Claim   each objective is a multiple of another, or least at the same weight, for the λ named
Route   a positive factor and a constant don't move a minimum; the closed forms say which λ belong together.
"""

from __future__ import annotations

from sympy import Abs, Derivative, log, pi

from claims.claim import Claim, Derivation, Relation, Source, Step
from claims.domains import Integer, NonNegative, Positive, Real, Variable, symbols_of
from claims.grounds import Modulus, Sign, Tangent
from claims.notation import Argmin

SUMS = "one weight, no intercept: Y = Σ y², C = Σ xy, X = Σ x² over N observations, so Σ(y − wx)² = Y − 2wC + w²X"

WHERE = (
    Variable("w", Real(), "the weight"),
    Variable("Y", Positive(), "Σ y_i²"),
    Variable("C", Real(), "Σ x_i y_i"),
    Variable("X", Positive(), "Σ x_i²"),
    Variable("N", Integer(1), "the number of observations"),
    Variable("lam", Positive(), "the penalty λ in the convention named"),
    Variable("s", Positive(), "standard deviation of the noise"),
    Variable("t", Positive(), "standard deviation of the prior"),
)
w, Y, C, X, N, lam, s, t = symbols_of(WHERE)
errors = Y - 2 * w * C + w**2 * X

ridge_half_eq = Derivation(
    claim=Claim(
        "ridge_half_eq",
        Argmin(errors / 2 + lam * w**2 / 2, w),
        C / (X + lam),
        (*WHERE[:4], WHERE[5]),
        convention=(SUMS, "½Σ(y − wx)² + ½λw²: the same w, and the same λ, as without either ½"),
        source=Source("bishop2006", "section 3.1.4, equation 3.28"),
    ),
    steps=(
        Step("the weight of the least penalised half sum", Argmin(errors / 2 + lam * w**2 / 2, w)),
        Step("twice the objective has its least value at the same place", Argmin(errors + lam * w**2, w)),
        Step("the slope 2(X + λ)w − 2C is zero there", C / (X + lam)),
    ),
)

ridge_mean_eq = Derivation(
    claim=Claim(
        "ridge_mean_eq",
        Argmin(errors / N + lam * w**2, w),
        C / (X + N * lam),
        WHERE[:6],
        convention=(SUMS, "(1/N)Σ(y − wx)² + λw²: this λ is that beside the sum, over N"),
        source=Source("data100", "cross-validation and regularization, ridge regression"),
    ),
    steps=(
        Step("the weight of the least penalised mean", Argmin(errors / N + lam * w**2, w)),
        Step("N times the objective", Argmin(errors + N * lam * w**2, w)),
        Step("Nλ in the place of λ", C / (X + N * lam)),
    ),
)

ridge_half_mean_eq = Derivation(
    claim=Claim(
        "ridge_half_mean_eq",
        Argmin(errors / (2 * N) + lam * w**2, w),
        C / (X + 2 * N * lam),
        WHERE[:6],
        convention=(SUMS, "(1/2N)Σ(y − wx)² + λw²: this λ is that beside the sum, over 2N"),
        source=Source("data100", "cross-validation and regularization, ridge regression"),
    ),
    steps=(
        Step("the weight of the least penalised half mean", Argmin(errors / (2 * N) + lam * w**2, w)),
        Step("2N times the objective", Argmin(errors + 2 * N * lam * w**2, w)),
        Step("2Nλ in the place of λ", C / (X + 2 * N * lam)),
    ),
)

log_posterior = errors / (2 * s**2) + w**2 / (2 * t**2) + N * log(2 * pi * s**2) / 2 + log(2 * pi * t**2) / 2

map_ridge_eq = Derivation(
    claim=Claim(
        "map_ridge_eq",
        Argmin(log_posterior, w),
        C / (X + s**2 / t**2),
        (*WHERE[:5], *WHERE[6:]),
        convention=(
            SUMS,
            "minus the log-posterior: noise N(0, s²), prior N(0, t²) on the weight",
            "λ = s²/t² beside Σ(y − wx)² and beside ½Σ with ½λ: scikit-learn's Ridge(alpha = s²/t²)",
        ),
        source=Source("bishop2006", "section 3.3.1, equation 3.55"),
    ),
    steps=(
        Step("the weight of the greatest posterior", Argmin(log_posterior, w)),
        Step("2s² times what depends on w", Argmin(errors + s**2 / t**2 * w**2, w)),
        Step("ridge with λ = s²/t²", C / (X + s**2 / t**2)),
    ),
)

WHERE_PLAIN = (*WHERE[:5], Variable("lam", Positive(), "λ beside the plain sum of squares"))
plain_lasso = errors + lam * Abs(w)

lasso_sklearn_eq = Derivation(
    claim=Claim(
        "lasso_sklearn_eq",
        plain_lasso,
        2 * N * (errors / (2 * N) + lam / (2 * N) * Abs(w)),
        WHERE_PLAIN,
        convention=(
            SUMS,
            "scikit-learn's Lasso is least at (1/2N)Σ(y − wx)² + alpha|w|: alpha = λ/(2N), while Ridge's alpha is λ",
        ),
        source=Source("pedregosa2011", "linear_model.Lasso"),
    ),
    steps=(
        Step("Σ(y − wx)² + λ|w|", plain_lasso),
        Step("each term over 2N, times 2N", 2 * N * (errors / (2 * N) + lam / (2 * N) * Abs(w))),
    ),
)

WHERE_NET = (
    *WHERE[:5],
    Variable("a", Positive(), "λ_1 beside the plain sum, on |w|"),
    Variable("b", Positive(), "λ_2 beside the plain sum, on w²"),
)
a, b = symbols_of(WHERE_NET)[5:]
alpha = (a + 2 * b) / (2 * N)
ratio = a / (a + 2 * b)
net = errors + a * Abs(w) + b * w**2
sklearn_net = errors / (2 * N) + alpha * ratio * Abs(w) + alpha * (1 - ratio) / 2 * w**2

elastic_net_sklearn_eq = Derivation(
    claim=Claim(
        "elastic_net_sklearn_eq",
        net,
        2 * N * sklearn_net,
        WHERE_NET,
        convention=(
            SUMS,
            "scikit-learn: (1/2N)Σ + alpha·l1_ratio·|w| + ½alpha(1 − l1_ratio)w²",
            "alpha = (λ_1 + 2λ_2)/(2N), l1_ratio = λ_1/(λ_1 + 2λ_2)",
        ),
        source=Source("pedregosa2011", "linear_model.ElasticNet"),
    ),
    steps=(
        Step("Σ(y − wx)² + λ_1|w| + λ_2w²", net),
        Step(
            "each term over 2N, times 2N",
            2 * N * (errors / (2 * N) + a / (2 * N) * Abs(w) + b / (2 * N) * w**2),
        ),
        Step("alpha·l1_ratio = λ_1/(2N) and alpha(1 − l1_ratio)/2 = λ_2/(2N)", 2 * N * sklearn_net),
    ),
)

WHERE_DECAY = (
    Variable("w", Real(), "the weight"),
    Variable("g", Real(), "the slope of the loss without penalty, at w"),
    Variable("h", Positive(), "the step size η"),
    Variable("lam", Positive(), "the penalty λ"),
)
g, h = symbols_of(WHERE_DECAY)[1:3]
stepped = w - h * (g + Derivative(lam * w**2, w))

weight_decay_eq = Derivation(
    claim=Claim(
        "weight_decay_eq",
        stepped,
        (1 - 2 * h * lam) * w - h * g,
        WHERE_DECAY,
        convention=(
            "plain gradient descent on loss + λw²; with ½λw² the factor is 1 − ηλ",
            "with momentum or Adam a penalty is not the same as shrinking the weight",
        ),
        source=Source("goodfellow2016", "section 7.1.1"),
    ),
    steps=(
        Step("one step against the slope of loss and penalty", stepped),
        Step("the slope of λw² is 2λw", w - h * g - 2 * h * lam * w),
        Step("the weight shrinks by a factor, then moves", (1 - 2 * h * lam) * w - h * g),
    ),
)

WHERE_T = (
    Variable("w", Real(), "the weight"),
    Variable("n", Positive(), "degrees of freedom ν"),
)
n = symbols_of(WHERE_T)[1]
student = (n + 1) / 2 * log(1 + w**2 / n)

student_slope_eq = Derivation(
    claim=Claim(
        "student_slope_eq",
        Derivative(student, w),
        (n + 1) * w / (n + w**2),
        WHERE_T,
        convention=(
            "minus the log of the Student-t prior, but for a constant",
            "near 0 like L2, far out it falls as (ν + 1)/w",
        ),
        source=Source("virtanen2020", "stats, Student t distribution"),
    ),
    steps=(
        Step("the slope of ½(ν + 1) log(1 + w²/ν)", Derivative(student, w)),
        Step("the slope of a log", (n + 1) / 2 * (2 * w / n) / (1 + w**2 / n)),
        Step("ν into the denominator", (n + 1) * w / (n + w**2)),
    ),
)

student_penalty_le = Derivation(
    claim=Claim(
        "student_penalty_le",
        student,
        (n + 1) / (2 * n) * w**2,
        WHERE_T,
        Relation.LE,
        convention=("the Student-t penalty is below the square that it starts as: large weights cost less",),
        source=Source("virtanen2020", "stats, Student t distribution"),
    ),
    steps=(
        Step("minus the log of the prior, but for a constant", student),
        Step("log u ≤ u − 1", (n + 1) / (2 * n) * w**2, Relation.LE, (Tangent(1 + w**2 / n, (n + 1) / 2),)),
    ),
)

WHERE_SOFT = (
    Variable("v", Real(), "any weight"),
    Variable("z", Real(), "the target, the weight of least squares"),
    Variable("d", NonNegative(), "by how much λ is above |z|: λ = |z| + d"),
)
v, z, d = symbols_of(WHERE_SOFT)
threshold = Abs(z) + d
at_any = (v - z) ** 2 / 2 + threshold * Abs(v)

lasso_zero_ge = Derivation(
    claim=Claim(
        "lasso_zero_ge",
        at_any,
        z**2 / 2,
        WHERE_SOFT,
        Relation.GE,
        convention=("½(v − z)² + λ|v| with λ ≥ |z|", "the right side is its value at v = 0: there it is least"),
        source=Source("goodfellow2016", "section 7.1.2"),
    ),
    steps=(
        Step("half the squared error and the penalty", at_any),
        Step("the square written out", v**2 / 2 + z**2 / 2 - v * z + Abs(v) * Abs(z) + d * Abs(v)),
        Step(
            "vz ≤ |v||z|, and squares are not negative",
            z**2 / 2,
            Relation.GE,
            (Modulus(v * z), Sign(v**2 / 2 + d * Abs(v))),
        ),
    ),
)

WHERE_FLAT = (*WHERE[:4], Variable("c", Positive(), "the constant density of the prior"))
c = symbols_of(WHERE_FLAT)[4]

map_flat_prior_eq = Derivation(
    claim=Claim(
        "map_flat_prior_eq",
        Argmin(errors - log(c), w),
        C / X,
        WHERE_FLAT,
        convention=(SUMS, "a flat prior, improper on the line: MAP is maximum likelihood, here least squares"),
        source=Source("adhikari2026", "section 20.3, MLE and MAP"),
    ),
    steps=(
        Step("minus log-likelihood (on a scale of its own) less the log of the prior", Argmin(errors - log(c), w)),
        Step("a constant moves no minimum", Argmin(errors, w)),
        Step("least squares", C / X),
    ),
)

DERIVATIONS = (
    ridge_half_eq,
    ridge_mean_eq,
    ridge_half_mean_eq,
    map_ridge_eq,
    lasso_sklearn_eq,
    elastic_net_sklearn_eq,
    weight_decay_eq,
    student_slope_eq,
    student_penalty_le,
    lasso_zero_ge,
    map_flat_prior_eq,
)
