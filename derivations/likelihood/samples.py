"""Sums over a sample of any size: about the mean, along a line, and as likelihoods.

Claim   what is left about the mean, its products, the normal equations of a line, and which parameter is likeliest
Route   a sum is split into its terms, what has no index stands before it, and Σ 1 is n.
"""

from __future__ import annotations

from sympy import Derivative, Expr, Function, Product, Sum, Symbol, exp, factorial, log, pi

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Integer, OpenUnit, Positive, Real, Variable, named, symbols_of
from claims.laws import density_of
from claims.notation import Argmax, Argmin, Normal

SAMPLE = "x_1, …, x_n are any numbers, written x(i); n ≥ 1"
PAIRS = "(x_1, y_1), …, (x_n, y_n) are any pairs of numbers, written x(i), y(i); n ≥ 1"
DRAWS = "independent observations x_1, …, x_n of one law, written x(i); n ≥ 1"
MEAN = "x̄ = Σ x_i/n"

WHERE = (
    Variable("n", Integer(1), "the number of observations"),
    Variable("i", Integer(1), "counts the observations"),
    Variable("c", Real(), "any number"),
    Variable("a", Real(), "intercept of the line"),
    Variable("b", Real(), "slope of the line"),
    Variable("m", Real(), "the mean"),
    Variable("v", Positive(), "the VARIANCE σ²"),
    Variable("r", Positive(), "the rate"),
    Variable("p", OpenUnit(), "the probability of a 1"),
)
n, i, c, a, b, m, v, r, p = symbols_of(WHERE)
X, Y, W = Function("x", real=True), Function("y", real=True), Function("w", positive=True)
k = Function("k", integer=True, nonnegative=True)(i)
x, y, w = X(i), Y(i), W(i)


def over(f: Expr, index: Symbol = i) -> Sum:
    """Σ f over the sample."""
    return Sum(f, (index, 1, n))


def likelihood(density: Expr) -> Product:
    """The product of the densities of the observations."""
    return Product(density, (i, 1, n))


x_mean, y_mean = over(x) / n, over(y) / n

deviations_sum_eq = Derivation(
    claim=Claim(
        "deviations_sum_eq",
        over(x - c),
        n * (x_mean - c),
        named(WHERE, "n i c"),
        convention=(SAMPLE, MEAN, "the deviations from the mean, c = x̄, sum to zero"),
        source=Source("schumacher2020", "expression 5"),
    ),
    steps=(
        Step("the deviations from c", over(x - c)),
        Step("a sum of differences is a difference of sums, term by term", over(x) - over(c)),
        Step("Σ c = n c", n * (x_mean - c)),
    ),
)

squares_about_mean_eq = Derivation(
    claim=Claim(
        "squares_about_mean_eq",
        over((x - x_mean) ** 2),
        over(x**2) - n * x_mean**2,
        named(WHERE, "n i"),
        convention=(SAMPLE, MEAN, "divided by n it is the variance with n below, by n − 1 that with n − 1"),
        source=Source("schumacher2020", "equation 1"),
    ),
    steps=(
        Step("the squared deviations from the mean", over((x - x_mean) ** 2)),
        Step("the square written out, term by term", over(x**2 - 2 * x_mean * x + x_mean**2)),
        Step("Σ x_i = n x̄ and Σ x̄² = n x̄²", over(x**2) - n * x_mean**2),
    ),
)

squares_about_point_eq = Derivation(
    claim=Claim(
        "squares_about_point_eq",
        over((x - c) ** 2),
        over((x - x_mean) ** 2) + n * (x_mean - c) ** 2,
        named(WHERE, "n i c"),
        convention=(SAMPLE, MEAN, "of a variance and the square of a bias, one value for each observation"),
        source=Source("soch2020", "proof P61"),
    ),
    steps=(
        Step("the squared distances from c", over((x - c) ** 2)),
        Step(
            "x_i − c is x_i − x̄ and x̄ − c",
            over((x - x_mean) ** 2) + 2 * (x_mean - c) * over(x - x_mean) + n * (x_mean - c) ** 2,
        ),
        Step("the deviations sum to zero", over((x - x_mean) ** 2) + n * (x_mean - c) ** 2),
    ),
)

products_about_means_eq = Derivation(
    claim=Claim(
        "products_about_means_eq",
        over((x - x_mean) * (y - y_mean)),
        over(x * y) - n * x_mean * y_mean,
        named(WHERE, "n i"),
        convention=(PAIRS, MEAN, "ȳ = Σ y_i/n", "divided by n it is the covariance of the pairs"),
        source=Source("soch2020", "proof P271"),
    ),
    steps=(
        Step("the products of the deviations", over((x - x_mean) * (y - y_mean))),
        Step(
            "the product written out, term by term",
            over(x * y - y_mean * x - x_mean * y + x_mean * y_mean),
        ),
        Step("Σ x_i = n x̄ and Σ y_i = n ȳ", over(x * y) - n * x_mean * y_mean),
    ),
)

mean_argmin_eq = Derivation(
    claim=Claim(
        "mean_argmin_eq",
        Argmin(over((x - c) ** 2), c),
        x_mean,
        named(WHERE, "n i c"),
        convention=(SAMPLE, MEAN),
        source=Source("soch2020", "proof P469"),
    ),
    steps=(
        Step("where the squared distances are least", Argmin(over((x - c) ** 2), c)),
        Step("about the mean", Argmin(over((x - x_mean) ** 2) + n * (x_mean - c) ** 2, c)),
        Step("the slope 2n (c − x̄) is zero at the mean alone, and rises through it", x_mean),
    ),
)

squares = over((y - a - b * x) ** 2)
LINE = "the line a + b x; set to zero, one of the two normal equations of least squares"

regression_intercept_slope_eq = Derivation(
    claim=Claim(
        "regression_intercept_slope_eq",
        Derivative(squares, a),
        -2 * (over(y) - n * a - b * over(x)),
        named(WHERE, "n i a b"),
        convention=(PAIRS, LINE),
        source=Source("soch2020", "proof P271"),
    ),
    steps=(
        Step("the squared residuals, as the intercept moves", Derivative(squares, a)),
        Step("the chain rule, term by term", -2 * over(y - a - b * x)),
        Step("what has no index stands before the sum", -2 * (over(y) - n * a - b * over(x))),
    ),
)

regression_weight_slope_eq = Derivation(
    claim=Claim(
        "regression_weight_slope_eq",
        Derivative(squares, b),
        -2 * (over(x * y) - a * over(x) - b * over(x**2)),
        named(WHERE, "n i a b"),
        convention=(PAIRS, LINE),
        source=Source("soch2020", "proof P271"),
    ),
    steps=(
        Step("the squared residuals, as the weight moves", Derivative(squares, b)),
        Step("the chain rule, term by term", -2 * over(x * (y - a - b * x))),
        Step("what has no index stands before the sum", -2 * (over(x * y) - a * over(x) - b * over(x**2))),
    ),
)

residuals_sum_eq = Derivation(
    claim=Claim(
        "residuals_sum_eq",
        over(y - a - b * x),
        n * (y_mean - a - b * x_mean),
        named(WHERE, "n i a b"),
        convention=(PAIRS, MEAN, "ȳ = Σ y_i/n", "zero just where the line goes through the means, a = ȳ − b x̄"),
        source=Source("soch2020", "proof P276"),
    ),
    steps=(
        Step("the residuals", over(y - a - b * x)),
        Step("term by term", over(y) - over(a) - b * over(x)),
        Step("Σ a = n a", n * (y_mean - a - b * x_mean)),
    ),
)

errors = density_of(Normal(a + b * x, v), y)

nll_line_any_eq = Derivation(
    claim=Claim(
        "nll_line_any_eq",
        -log(likelihood(errors)),
        over((y - a - b * x) ** 2) / (2 * v) + n * log(2 * pi * v) / 2,
        named(WHERE, "n i a b v"),
        convention=(
            PAIRS,
            "y_i ~ N(a + b x_i, v), independent, with the VARIANCE v",
            "with b = 0 a sample of one law; the second term does not depend on the line: least squares",
        ),
        source=Source("zhang2023", "the normal distribution and squared loss"),
    ),
    steps=(
        Step("minus the log-likelihood", -log(likelihood(errors))),
        Step("the log of a product is a sum", -over(log(errors))),
        Step("the log of an exponential", over((y - a - b * x) ** 2) / (2 * v) + n * log(2 * pi * v) / 2),
    ),
)

normal = density_of(Normal(m, v), x)

mle_normal_mean_any_eq = Derivation(
    claim=Claim(
        "mle_normal_mean_any_eq",
        Argmax(log(likelihood(normal)), m),
        x_mean,
        named(WHERE, "n i m v"),
        convention=(DRAWS, "any known VARIANCE v"),
        source=Source("soch2020", "proof P223"),
    ),
    steps=(
        Step("the place of the greatest likelihood", Argmax(log(likelihood(normal)), m)),
        Step("the log of a product is a sum", Argmax(-over((x - m) ** 2) / (2 * v) - n * log(2 * pi * v) / 2, m)),
        Step("the slope n (x̄ − m)/v is zero at the mean alone, and falls through it", x_mean),
    ),
)

score_normal_var_any_eq = Derivation(
    claim=Claim(
        "score_normal_var_any_eq",
        Derivative(log(likelihood(normal)), v),
        n / (2 * v**2) * (over((x - m) ** 2) / n - v),
        named(WHERE, "n i m v"),
        convention=(DRAWS, "zero where v is Σ (x_i − m)²/n, divided by n; above zero before, below it after"),
        source=Source("soch2020", "proof P223"),
    ),
    steps=(
        Step("the slope of the log-likelihood in the variance", Derivative(log(likelihood(normal)), v)),
        Step(
            "the log of a product is a sum",
            Derivative(-over((x - m) ** 2) / (2 * v) - n * log(2 * pi * v) / 2, v),
        ),
        Step("the derivative of each", n / (2 * v**2) * (over((x - m) ** 2) / n - v)),
    ),
)

mle_exponential_any_eq = Derivation(
    claim=Claim(
        "mle_exponential_any_eq",
        Argmax(log(likelihood(r * exp(-r * w))), r),
        n / over(w),
        named(WHERE, "n i r"),
        convention=("independent waiting times w_1, …, w_n > 0, written w(i); n ≥ 1", "a RATE, one over the mean"),
        source=Source("sargent2026a", "maximum likelihood estimation, exercise 1"),
    ),
    steps=(
        Step("the place of the greatest likelihood", Argmax(log(likelihood(r * exp(-r * w))), r)),
        Step("the log of a product is a sum", Argmax(n * log(r) - r * over(w), r)),
        Step("the slope n/r − Σ w_i is zero at one over the mean alone, and falls through it", n / over(w)),
    ),
)

counts = r**k * exp(-r) / factorial(k)

score_poisson_any_eq = Derivation(
    claim=Claim(
        "score_poisson_any_eq",
        Derivative(log(likelihood(counts)), r),
        n / r * (over(k) / n - r),
        named(WHERE, "n i r"),
        convention=(
            "independent counts k_1, …, k_n, written k(i); n ≥ 1",
            "zero where the rate is the mean count; above zero before, below it after",
        ),
        source=Source("soch2020", "proof P27"),
    ),
    steps=(
        Step("the slope of the log-likelihood in the rate", Derivative(log(likelihood(counts)), r)),
        Step(
            "the log of a product is a sum",
            Derivative(log(r) * over(k) - n * r - over(log(factorial(k))), r),
        ),
        Step("the derivative of each", n / r * (over(k) / n - r)),
    ),
)

coins = over(x * log(p) + (1 - x) * log(1 - p))

score_bernoulli_any_eq = Derivation(
    claim=Claim(
        "score_bernoulli_any_eq",
        Derivative(coins, p),
        n * (x_mean - p) / (p * (1 - p)),
        named(WHERE, "n i p"),
        convention=(
            "independent labels x_1, …, x_n, 0 or 1, written x(i); n ≥ 1",
            "zero where p is the share of ones; above zero before, below it after",
        ),
        source=Source("soch2020", "proof P381"),
    ),
    steps=(
        Step("the slope of the log-likelihood in p", Derivative(coins, p)),
        Step("the derivative of each", over(x) / p - (n - over(x)) / (1 - p)),
        Step("over one denominator", n * (x_mean - p) / (p * (1 - p))),
    ),
)

DERIVATIONS = (
    deviations_sum_eq,
    squares_about_mean_eq,
    squares_about_point_eq,
    products_about_means_eq,
    mean_argmin_eq,
    regression_intercept_slope_eq,
    regression_weight_slope_eq,
    residuals_sum_eq,
    nll_line_any_eq,
    mle_normal_mean_any_eq,
    score_normal_var_any_eq,
    mle_exponential_any_eq,
    score_poisson_any_eq,
    score_bernoulli_any_eq,
)
