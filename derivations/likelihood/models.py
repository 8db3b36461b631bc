"""Likelihoods of whole models: isotropic and heteroscedastic normals, least squares, categories, exponential families.

Claim   products become sums; normal NLLs are weighted squared errors; frequencies are the best table; the mean of a
        sufficient statistic is the slope of the log-normaliser
Route   logs of products; Gibbs' inequality for the table; derivatives of log Σ e^….
"""

from __future__ import annotations

from sympy import Derivative, Expr, exp, log, pi

from claims.claim import Claim, Derivation, Relation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, symbols_of
from claims.grounds import Tangent
from claims.notation import Density, Normal

NATS = "log is natural"

WHERE_PAIR = (
    *(Variable(f"y_{i}", Real(), f"coordinate {i} of the target") for i in (1, 2)),
    *(Variable(f"m_{i}", Real(), f"coordinate {i} of the prediction") for i in (1, 2)),
    *(Variable(f"s_{i}", Positive(), f"predicted standard deviation of coordinate {i}") for i in (1, 2)),
)
y1, y2, m1, m2, s1, s2 = symbols_of(WHERE_PAIR)
isotropic = Density(Normal(m1, s1**2), y1) * Density(Normal(m2, s1**2), y2)
squared = (y1 - m1) ** 2 + (y2 - m2) ** 2

nll_isotropic_eq = Derivation(
    claim=Claim(
        "nll_isotropic_eq",
        -log(isotropic),
        squared / (2 * s1**2) + 2 * log(s1) + log(2 * pi),
        WHERE_PAIR[:5],
        convention=(NATS, "d = 2, covariance s²I: d log s + (d/2) log 2π", "‖y − m‖² is the SUM over coordinates"),
        source=Source("goodfellow2016", "section 5.5.1"),
    ),
    steps=(
        Step("minus the log of a product over coordinates", -log(isotropic)),
        Step(
            "the log of a product is a sum",
            -log(Density(Normal(m1, s1**2), y1)) - log(Density(Normal(m2, s1**2), y2)),
        ),
        Step("one square and one normaliser from each", squared / (2 * s1**2) + 2 * log(s1) + log(2 * pi)),
    ),
)

own = Density(Normal(m1, s1**2), y1) * Density(Normal(m2, s2**2), y2)
weighted = (y1 - m1) ** 2 / (2 * s1**2) + (y2 - m2) ** 2 / (2 * s2**2) + log(s1) + log(s2) + log(2 * pi)

nll_heteroscedastic_eq = Derivation(
    claim=Claim(
        "nll_heteroscedastic_eq",
        -log(own),
        weighted,
        WHERE_PAIR,
        convention=(NATS, "two independent targets, each with its own predicted deviation: log s may not be left out"),
        source=Source("paszke2019", "nn.GaussianNLLLoss"),
    ),
    steps=(
        Step("minus the log of a product over targets", -log(own)),
        Step(
            "the log of a product is a sum",
            -log(Density(Normal(m1, s1**2), y1)) - log(Density(Normal(m2, s2**2), y2)),
        ),
        Step("each square weighted by its own precision", weighted),
    ),
)

WHERE_OLS = (
    *(Variable(f"w_{i}", Real(), f"weight {i}") for i in (1, 2)),
    *(Variable(f"y_{i}", Real(), f"target {i}") for i in (1, 2, 3)),
    *(Variable(f"x_{i}{k}", Real(), f"input {k} of observation {i}") for i in (1, 2, 3) for k in (1, 2)),
)
w1, w2 = symbols_of(WHERE_OLS)[:2]
DATA = symbols_of(WHERE_OLS)[2:]
TARGETS = DATA[:3]
ROWS = tuple(zip(DATA[3::2], DATA[4::2], strict=True))


def summed(terms: tuple[Expr, ...]) -> Expr:
    """The sum over three."""
    return terms[0] + terms[1] + terms[2]


residual_sum = summed(tuple((y - w1 * a - w2 * b) ** 2 for y, (a, b) in zip(TARGETS, ROWS, strict=True)))
gram = (summed(tuple(a * a for a, _ in ROWS)), summed(tuple(a * b for a, b in ROWS)))
normal_equation = 2 * (
    gram[0] * w1 + gram[1] * w2 - summed(tuple(a * y for y, (a, _) in zip(TARGETS, ROWS, strict=True)))
)

ols_normal_equations_eq = Derivation(
    claim=Claim(
        "ols_normal_equations_eq",
        Derivative(residual_sum, w1),
        normal_equation,
        WHERE_OLS,
        convention=("three observations, two weights; w_2 by renaming", "2(XᵀXw − Xᵀy): zero where XᵀXw = Xᵀy"),
        source=Source("soch2020", "proof P2"),
    ),
    steps=(
        Step("the slope of the sum of squares in the first weight", Derivative(residual_sum, w1)),
        Step(
            "each residual times its input",
            -2 * summed(tuple(a * (y - w1 * a - w2 * b) for y, (a, b) in zip(TARGETS, ROWS, strict=True))),
        ),
        Step("the entries of XᵀX and Xᵀy", normal_equation),
    ),
)

WHERE_TABLE = (
    *(Variable(f"k_{i}", Positive(), f"how often class {i} was seen") for i in (1, 2, 3)),
    *(Variable(f"w_{i}", Positive(), f"weight of class {i} in the model; divided by their sum") for i in (1, 2, 3)),
)
k1, k2, k3, v1, v2, v3 = symbols_of(WHERE_TABLE)
COUNTS, total = (k1, k2, k3), k1 + k2 + k3
MODEL = tuple(v / (v1 + v2 + v3) for v in (v1, v2, v3))
likelihood = summed(tuple(k * log(p) for k, p in zip(COUNTS, MODEL, strict=True)))
at_frequencies = summed(tuple(k * log(k / total) for k in COUNTS))

mle_categorical_le = Derivation(
    claim=Claim(
        "mle_categorical_le",
        likelihood,
        at_frequencies,
        WHERE_TABLE,
        Relation.LE,
        convention=(
            NATS,
            "three classes",
            "the right side is the value at the frequencies k/n: no table has a greater one",
        ),
        source=Source("bishop2006", "section 2.2, equation 2.33"),
    ),
    steps=(
        Step("the log-likelihood of any table", likelihood),
        Step(
            "log t ≤ t − 1 for t = np/k; np and k have the sum n",
            at_frequencies,
            Relation.LE,
            tuple(Tangent(total * p / k, k) for k, p in zip(COUNTS, MODEL, strict=True)),
        ),
    ),
)

WHERE_LAGRANGE = (
    Variable("p", OpenUnit(), "the model's probability of one class"),
    Variable("k", Positive(), "how often it was seen"),
    Variable("l", Real(), "the multiplier of the constraint Σp = 1"),
)
p, k, multiplier = symbols_of(WHERE_LAGRANGE)

lagrange_categorical_eq = Derivation(
    claim=Claim(
        "lagrange_categorical_eq",
        Derivative(k * log(p) - multiplier * p, p),
        (k - multiplier * p) / p,
        WHERE_LAGRANGE,
        convention=("one class of Σ k log p − λ(Σ p − 1)", "zero at p = k/λ; the constraint then makes λ = n"),
        source=Source("bishop2006", "section 2.2, equation 2.33"),
    ),
    steps=(
        Step("the slope of the Lagrangian in one probability", Derivative(k * log(p) - multiplier * p, p)),
        Step("of a log, and of a line", k / p - multiplier),
        Step("over one denominator", (k - multiplier * p) / p),
    ),
)

WHERE_FAMILY = (
    Variable("e", Real(), "the natural parameter η"),
    *(Variable(f"t_{i}", Real(), f"value of the sufficient statistic at outcome {i}") for i in (1, 2, 3)),
    *(Variable(f"h_{i}", Positive(), f"base weight of outcome {i}") for i in (1, 2, 3)),
)
eta, t1, t2, t3, h1, h2, h3 = symbols_of(WHERE_FAMILY)
OUTCOMES = ((t1, h1), (t2, h2), (t3, h3))
partition = summed(tuple(h * exp(eta * t) for t, h in OUTCOMES))
mean_statistic = summed(tuple(t * h * exp(eta * t) for t, h in OUTCOMES)) / partition

exponential_family_mean_eq = Derivation(
    claim=Claim(
        "exponential_family_mean_eq",
        Derivative(log(partition), eta),
        mean_statistic,
        WHERE_FAMILY,
        convention=(
            "p(x) ∝ h(x) e^(ηT(x)) on three outcomes, A = log Σ h e^(ηT)",
            "A′(η) = E T: at the MLE it is the mean of T seen",
        ),
        source=Source("bishop2006", "section 2.4, equation 2.226"),
    ),
    steps=(
        Step("the slope of the log-normaliser", Derivative(log(partition), eta)),
        Step("the slope of each exponential, over the normaliser", mean_statistic),
    ),
)

WHERE_GLM = (
    Variable("w", Real(), "the weight"),
    Variable("x", Real(), "the input"),
    Variable("y", Real(), "the target"),
)
w, x, y = symbols_of(WHERE_GLM)

glm_poisson_slope_eq = Derivation(
    claim=Claim(
        "glm_poisson_slope_eq",
        Derivative(exp(w * x) - y * w * x, w),
        (exp(w * x) - y) * x,
        WHERE_GLM,
        convention=(
            "−log Poisson(y; e^(wx)) but for log y!: A(η) − yη with η = wx",
            "the GLM identity with a canonical link: (A′(η) − y)x = (mean − target) · input",
        ),
        source=Source("zhang2023", "softmax and cross-entropy loss"),
    ),
    steps=(
        Step("the slope of A(wx) − ywx with A = exp", Derivative(exp(w * x) - y * w * x, w)),
        Step("(predicted mean − target) · input", (exp(w * x) - y) * x),
    ),
)

DERIVATIONS = (
    nll_isotropic_eq,
    nll_heteroscedastic_eq,
    ols_normal_equations_eq,
    mle_categorical_le,
    lagrange_categorical_eq,
    exponential_family_mean_eq,
    glm_poisson_slope_eq,
)
