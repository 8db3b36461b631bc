"""Losses as negative log-likelihoods of any number of observations or classes.

Claim   −log Π p(y_i) is the sum of squares, of weighted squares, of absolute errors, of Poisson's and of logistic loss,
        each with the constants that losses drop; one class of many leaves −log of its probability, and smoothed labels
        a mean over all
Route   the log of a product is a sum, term by term; the terms that don't depend on i are counted.
"""

from __future__ import annotations

from sympy import Derivative, Expr, Function, Product, Sum, exp, gamma, log, pi, sqrt

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Integer, NonNegative, OpenUnit, Positive, Real, Variable, named, symbols_of
from claims.indicators import IsZero

LOG = "log is natural"
WHERE = (
    Variable("n", Integer(1), "the number of observations, or of classes"),
    Variable("i", Integer(1), "counts them"),
    Variable("v", Positive(), "the VARIANCE of the noise"),
    Variable("b", Positive(), "the scale of the Laplace law"),
    Variable("c", Integer(1), "the class that is true"),
    Variable("k", Integer(1), "how many classes come after it"),
    Variable("e", OpenUnit(), "how much of a label is spread over all classes"),
    Variable("a", Real(), "the weight of the first feature"),
    Variable("d", Real(), "the weight of the second"),
    Variable("l", NonNegative(), "λ, the penalty in ½|y − Xβ|² + ½λ|β|²"),
)
n, i, v, b, c, k, e, a, d, lam = symbols_of(WHERE)
PREDICTED, SEEN, OTHER = (Function(name, real=True)(i) for name in "xyz")
SPREAD, CHANCE, COUNT = (Function(name, positive=True)(i) for name in "wuk")
INDEPENDENT = "any number of independent observations, each with a prediction of its own"
MEAN = "over n it is a mean: a factor and a constant that no prediction enters change no minimum"


def over(f: Expr) -> Sum:
    """The sum over all observations."""
    return Sum(f, (i, 1, n))


def nll(f: Expr) -> Expr:
    """Minus the log of the product of all densities."""
    return -log(Product(f, (i, 1, n)))


def normal(variance: Expr) -> Expr:
    """N(y(i); x(i), variance)."""
    return exp(-((SEEN - PREDICTED) ** 2) / (2 * variance)) / sqrt(2 * pi * variance)


def steps_of(density: Expr, log_density: Expr, loss: Expr, reasons: tuple[str, str]) -> tuple[Step, ...]:
    """−log Π p = −Σ log p = the loss, for a density and its log."""
    return (
        Step("minus the log-likelihood", nll(density)),
        Step("the log of a product is a sum", -over(log(density))),
        Step(reasons[0], over(-log_density)),
        Step(reasons[1], loss),
    )


def square(variance: Expr) -> Expr:
    """log N(y(i); x(i), variance), written out."""
    return -((SEEN - PREDICTED) ** 2) / (2 * variance) - log(2 * pi * variance) / 2


COUNTED = "term by term: the constant is counted"
nll_normal_mse_any_eq = Derivation(
    claim=Claim(
        "nll_normal_mse_any_eq",
        nll(normal(v)),
        over((SEEN - PREDICTED) ** 2) / (2 * v) + n * log(2 * pi * v) / 2,
        named(WHERE, "n i v"),
        convention=(LOG, INDEPENDENT, MEAN),
        source=Source("goodfellow2016", "section 5.5.1"),
    ),
    steps=steps_of(
        normal(v),
        square(v),
        over((SEEN - PREDICTED) ** 2) / (2 * v) + n * log(2 * pi * v) / 2,
        ("the log of a product: a square and a constant", COUNTED),
    ),
)
nll_heteroscedastic_any_eq = Derivation(
    claim=Claim(
        "nll_heteroscedastic_any_eq",
        nll(normal(SPREAD)),
        over((SEEN - PREDICTED) ** 2 / SPREAD + log(SPREAD)) / 2 + n * log(2 * pi) / 2,
        named(WHERE, "n i"),
        convention=(LOG, INDEPENDENT, MEAN),
        source=Source("paszke2019", "nn.GaussianNLLLoss"),
    ),
    steps=steps_of(
        normal(SPREAD),
        square(SPREAD),
        over((SEEN - PREDICTED) ** 2 / SPREAD + log(SPREAD)) / 2 + n * log(2 * pi) / 2,
        (
            "the log of a product: a square over each variance w(i), and its log",
            "the log of a product: log 2π is counted",
        ),
    ),
)
nll_laplace_any_eq = Derivation(
    claim=Claim(
        "nll_laplace_any_eq",
        nll(exp(-SPREAD / b) / (2 * b)),
        over(SPREAD) / b + n * log(2 * b),
        named(WHERE, "n i b"),
        convention=(LOG, INDEPENDENT, MEAN),
        source=Source("goodfellow2016", "section 7.1.2"),
    ),
    steps=steps_of(
        exp(-SPREAD / b) / (2 * b),
        -SPREAD / b - log(2 * b),
        over(SPREAD) / b + n * log(2 * b),
        ("the log of a quotient: w(i) = |y_i − f_i| is how far off a prediction is", COUNTED),
    ),
)
nll_poisson_any_eq = Derivation(
    claim=Claim(
        "nll_poisson_any_eq",
        nll(CHANCE**COUNT * exp(-CHANCE) / gamma(COUNT + 1)),
        over(CHANCE - COUNT * log(CHANCE)) + over(log(gamma(COUNT + 1))),
        named(WHERE, "n i"),
        convention=(LOG, INDEPENDENT, MEAN),
        source=Source("paszke2019", "nn.PoissonNLLLoss"),
    ),
    steps=steps_of(
        CHANCE**COUNT * exp(-CHANCE) / gamma(COUNT + 1),
        COUNT * log(CHANCE) - CHANCE - log(gamma(COUNT + 1)),
        over(CHANCE - COUNT * log(CHANCE)) + over(log(gamma(COUNT + 1))),
        ("the log of a product: counts k(i), means u(i)", "term by term: what no mean enters stands apart"),
    ),
)
nll_logistic_any_eq = Derivation(
    claim=Claim(
        "nll_logistic_any_eq",
        nll(exp(SEEN * PREDICTED) / (1 + exp(PREDICTED))),
        over(log(1 + exp(PREDICTED))) - over(SEEN * PREDICTED),
        named(WHERE, "n i"),
        convention=(LOG, INDEPENDENT, MEAN),
        source=Source("goodfellow2016", "section 6.2.2.2"),
    ),
    steps=steps_of(
        exp(SEEN * PREDICTED) / (1 + exp(PREDICTED)),
        SEEN * PREDICTED - log(1 + exp(PREDICTED)),
        over(log(1 + exp(PREDICTED))) - over(SEEN * PREDICTED),
        ("the log of a quotient: x(i) is the logit, y(i) the label, 1 or 0", "term by term"),
    ),
)


def over_classes(f: Expr) -> Sum:
    """The sum over c + k classes."""
    return Sum(f, (i, 1, c + k))


CLASSES = "c + k classes, any number: class c is the true one, with k after it; u(i) are the model's probabilities"
one_hot_any_eq = Derivation(
    claim=Claim(
        "one_hot_any_eq",
        -over_classes(IsZero(i - c) * log(CHANCE)),
        -log(CHANCE.subs(i, c)),
        named(WHERE, "i c k"),
        convention=(LOG, CLASSES, "−Σ y log p for a one-hot y: IsZero(i − c) is 1 at i = c and 0 elsewhere"),
        source=Source("zhang2023", "softmax and cross-entropy loss"),
    ),
    steps=(
        Step("the cross-entropy from a one-hot label", -over_classes(IsZero(i - c) * log(CHANCE))),
        Step("term by term: one is left", -log(CHANCE.subs(i, c))),
    ),
)

smoothed = (1 - e) * IsZero(i - c) + e / (c + k)
label_smoothing_any_eq = Derivation(
    claim=Claim(
        "label_smoothing_any_eq",
        -over_classes(smoothed * log(CHANCE)),
        -(1 - e) * log(CHANCE.subs(i, c)) - e / (c + k) * over_classes(log(CHANCE)),
        named(WHERE, "i c k e"),
        convention=(
            LOG,
            CLASSES,
            "e is spread over all classes, the true one among them; it comes to 1 − e + e/(c + k)",
        ),
        source=Source("paszke2019", "nn.CrossEntropyLoss, label_smoothing"),
    ),
    steps=(
        Step("the cross-entropy from a smoothed label", -over_classes(smoothed * log(CHANCE))),
        Step(
            "term by term: the one-hot part, and the even part",
            -(1 - e) * over_classes(IsZero(i - c) * log(CHANCE)) - e / (c + k) * over_classes(log(CHANCE)),
        ),
        Step(
            "term by term: one is left of the one-hot part",
            -(1 - e) * log(CHANCE.subs(i, c)) - e / (c + k) * over_classes(log(CHANCE)),
        ),
    ),
)

residual = SEEN - a * PREDICTED - d * OTHER
objective = over(residual**2) / 2 + lam * (a**2 + d**2) / 2
ridge_slope_any_eq = Derivation(
    claim=Claim(
        "ridge_slope_any_eq",
        Derivative(objective, a),
        (over(PREDICTED**2) + lam) * a + over(PREDICTED * OTHER) * d - over(PREDICTED * SEEN),
        named(WHERE, "n i a d l"),
        convention=(
            "two features x(i) and z(i), targets y(i), any number of observations: a row of (XᵀX + λI)β − Xᵀy",
            "zero is a normal equation, of least squares at λ = 0; with more features a term like the second for each",
        ),
        source=Source("data100", "cross-validation and regularization, ridge regression"),
    ),
    steps=(
        Step("the slope in the weight of x", Derivative(objective, a)),
        Step("the chain rule, term by term", -over(PREDICTED * residual) + lam * a),
        Step(
            "term by term: sums of squares and of products",
            (over(PREDICTED**2) + lam) * a + over(PREDICTED * OTHER) * d - over(PREDICTED * SEEN),
        ),
    ),
)

DERIVATIONS = (
    nll_normal_mse_any_eq,
    nll_heteroscedastic_any_eq,
    nll_laplace_any_eq,
    nll_poisson_any_eq,
    nll_logistic_any_eq,
    one_hot_any_eq,
    label_smoothing_any_eq,
    ridge_slope_any_eq,
)
