"""The best constant prediction for each loss: mean, median, mode; and the risk that is left.

Claim   E(y − c)² = Var y + (c − E y)², so the mean is best; the middle of three targets is best for |y − c|; the
        likeliest class is best for the share of errors
Route   linearity of E; the triangle inequality; a probability is at most the greatest one.
"""

from __future__ import annotations

from sympy import Abs

from claims.claim import Claim, Derivation, Relation, Source, Step
from claims.domains import NonNegative, OpenUnit, Real, Variable, symbols_of
from claims.grounds import Modulus, Sign
from claims.laws import Bernoulli
from claims.notation import Expectation, NamedLaw, Variance

law = NamedLaw("p")
ANY = "any law of y with a variance; with x given, the law of y given x"

WHERE_MEAN = (
    Variable("y", Real(), "the target, averaged over"),
    Variable("c", Real(), "the prediction"),
)
y, c = symbols_of(WHERE_MEAN)
mean = Expectation(y, y, law)
risk = Expectation((y - c) ** 2, y, law)

squared_risk_eq = Derivation(
    claim=Claim(
        "squared_risk_eq",
        risk,
        Expectation(y**2, y, law) - mean**2 + (c - mean) ** 2,
        WHERE_MEAN,
        convention=(ANY, "Var y + (c − E y)²: noise that no prediction removes, and a square about the mean"),
        source=Source("bishop2006", "section 1.5.5, equation 1.90"),
    ),
    steps=(
        Step("the mean squared error of a constant", risk),
        Step("E is linear", Expectation(y**2, y, law) - 2 * c * mean + c**2),
        Step("variance and bias", Variance(y, y, law) + (c - mean) ** 2),
        Step("Var y = E y² − (E y)², by definition", Expectation(y**2, y, law) - mean**2 + (c - mean) ** 2),
    ),
)

squared_risk_ge = Derivation(
    claim=Claim(
        "squared_risk_ge",
        risk,
        Expectation(y**2, y, law) - mean**2,
        WHERE_MEAN,
        Relation.GE,
        convention=(ANY, "equal at c = E y: the conditional mean is the best predictor for squared error"),
        source=Source("bishop2006", "section 1.5.5, equation 1.90"),
    ),
    steps=(
        Step("the mean squared error of a constant", risk),
        Step("variance and bias", Expectation(y**2, y, law) - mean**2 + (c - mean) ** 2),
        Step(
            "a square is not negative",
            Expectation(y**2, y, law) - mean**2,
            Relation.GE,
            (Sign((c - mean) ** 2),),
        ),
    ),
)

WHERE_MEDIAN = (
    Variable("m", Real(), "the middle target"),
    Variable("a", NonNegative(), "by how much the least is below it"),
    Variable("b", NonNegative(), "by how much the greatest is above it"),
    Variable("c", Real(), "the prediction"),
)
m, a, b, _ = symbols_of(WHERE_MEDIAN)
distances = Abs(c - m + a) + Abs(c - m) + Abs(m + b - c)

median_risk_ge = Derivation(
    claim=Claim(
        "median_risk_ge",
        distances,
        a + b,
        WHERE_MEDIAN,
        Relation.GE,
        convention=("three targets m − a, m, m + b", "the right side is the sum of distances from the median m"),
        source=Source("soch2020", "proof P471"),
    ),
    steps=(
        Step("the sum of absolute errors", distances),
        Step(
            "|c − m + a| ≥ c − m + a and |m + b − c| ≥ m + b − c",
            Abs(c - m) + a + b,
            Relation.GE,
            (Modulus(c - m + a), Modulus(m + b - c)),
        ),
        Step("|c − m| ≥ 0", a + b, Relation.GE),
    ),
)

WHERE_MODE = (
    Variable("y", Real(), "the class, 0 or 1, averaged over"),
    Variable("d", NonNegative(), "by how much class 1 is likelier than class 0, as odds: p = (1 + d)/(2 + d)"),
    Variable("c", OpenUnit(), "how often class 1 is predicted"),
)
d, guess = symbols_of(WHERE_MODE)[1:]
likely = (1 + d) / (2 + d)
errors = Expectation(guess * (1 - y) + (1 - guess) * y, y, Bernoulli(likely))

mode_risk_ge = Derivation(
    claim=Claim(
        "mode_risk_ge",
        errors,
        1 / (2 + d),
        WHERE_MODE,
        Relation.GE,
        convention=(
            "two classes, the first guess at random or not",
            "the right side is the risk of always saying class 1",
        ),
        source=Source("gneiting2017", "the abstract"),
    ),
    steps=(
        Step("the chance of an error", errors),
        Step("by outcome", guess / (2 + d) + (1 - guess) * likely),
        Step(
            "each guess of class 0 costs d/(2 + d) more",
            1 / (2 + d),
            Relation.GE,
            (Sign((1 - guess) * d / (2 + d)),),
        ),
    ),
)

WHERE_PROBABILITY = (
    Variable("y", Real(), "the label, averaged over"),
    Variable("p", OpenUnit(), "the probability of label 1"),
    Variable("c", Real(), "the prediction"),
)
p = symbols_of(WHERE_PROBABILITY)[1]
brier = Expectation((y - c) ** 2, y, Bernoulli(p))

brier_eq = Derivation(
    claim=Claim(
        "brier_eq",
        brier,
        p * (1 - p) + (c - p) ** 2,
        WHERE_PROBABILITY,
        convention=("labels 0 and 1", "least at c = p: squared error on labels is honest about probabilities too"),
        source=Source("soch2020", "proof P445"),
    ),
    steps=(
        Step("the mean squared error of a predicted probability", brier),
        Step("by outcome", (1 - p) * c**2 + p * (1 - c) ** 2),
        Step("a square about p", p * (1 - p) + (c - p) ** 2),
    ),
)

WHERE_EMPIRICAL = (
    *(Variable(f"l_{i}", Real(), f"loss on observation {i}, 0 or 1, averaged over") for i in (1, 2)),
    Variable("p", OpenUnit(), "the risk: the chance of an error on a new observation"),
)
l1, l2 = symbols_of(WHERE_EMPIRICAL)[:2]
error = Bernoulli(p)
empirical = Expectation(Expectation((l1 + l2) / 2, l1, error), l2, error)

empirical_risk_eq = Derivation(
    claim=Claim(
        "empirical_risk_eq",
        empirical,
        p,
        WHERE_EMPIRICAL,
        convention=(
            "two independent observations, a model chosen before they were seen: unbiased then, and only then",
        ),
        source=Source("soch2020", "proof P53"),
    ),
    steps=(
        Step("the empirical risk, averaged over samples", empirical),
        Step("E is linear", Expectation(l1, l1, error) / 2 + Expectation(l2, l2, error) / 2),
        Step("both have the same law", p),
    ),
)

DERIVATIONS = (
    squared_risk_eq,
    squared_risk_ge,
    median_risk_ge,
    mode_risk_ge,
    brier_eq,
    empirical_risk_eq,
)
