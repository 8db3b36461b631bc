"""Fisher information of named laws, and the best exponent of a tail bound.

Claim   E[score²] = −E[slope of the score], with its value for each law; Chernoff's exponent of a normal law
Route   scores are polynomials in x, of which the first moments of the law suffice.
"""

from __future__ import annotations

from sympy import Derivative, Expr, Symbol

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, named, symbols_of
from claims.laws import Bernoulli, Exponential, Family, Poisson
from claims.notation import Argmin, Expectation, Normal

WHERE = (
    Variable("x", Real(), "one observation, averaged over"),
    Variable("lambda", Positive(), "mean of the Poisson law, or rate of the exponential"),
    Variable("p", OpenUnit(), "probability of a one"),
    Variable("m", Real(), "mean of the normal law"),
    Variable("s", Positive(), "STANDARD DEVIATION of the normal law"),
    Variable("t", Real(), "exponent of the bound, chosen"),
    Variable("a", Positive(), "how far above the mean the tail begins"),
)
x, rate, p, m, s, t, a = symbols_of(WHERE)
MOMENTS = "the derivative, and the moments of the law"
SCORE = "the score is ∂ log p(x)/∂ of the parameter, written out; one observation, n of them have n times as much"
BY_THEOREM = Source("breheny2026", "Fisher information")


def mean_square(score: Expr, law: Family | Normal) -> Expr:
    """The information as it is defined: the mean square of the score."""
    return Expectation(score**2, x, law)


def steps_of(score: Expr, by: Symbol, value: Expr, law: Family | Normal, last: str = MOMENTS) -> tuple[Step, ...]:
    """E[score²] = −E[slope of the score] = ``value``."""
    return (
        Step("the mean square of the score", mean_square(score, law)),
        Step("minus the mean of ∂ score/∂ of the parameter", -Expectation(Derivative(score, by), x, law)),
        Step(last, value),
    )


score_poisson = x / rate - 1

fisher_poisson_eq = Derivation(
    claim=Claim(
        "fisher_poisson_eq",
        mean_square(score_poisson, Poisson(rate)),
        1 / rate,
        named(WHERE, "x lambda"),
        convention=(SCORE,),
        source=Source("stackexchange", "Fisher information of a Poisson variable"),
    ),
    steps=steps_of(score_poisson, rate, 1 / rate, Poisson(rate)),
)

score_bernoulli = x / p - (1 - x) / (1 - p)

fisher_bernoulli_eq = Derivation(
    claim=Claim(
        "fisher_bernoulli_eq",
        mean_square(score_bernoulli, Bernoulli(p)),
        1 / (p * (1 - p)),
        named(WHERE, "x p"),
        convention=(SCORE,),
        source=BY_THEOREM,
    ),
    steps=steps_of(score_bernoulli, p, 1 / (p * (1 - p)), Bernoulli(p)),
)

score_normal_mean = (x - m) / s**2

fisher_normal_mean_eq = Derivation(
    claim=Claim(
        "fisher_normal_mean_eq",
        mean_square(score_normal_mean, Normal(m, s**2)),
        s**-2,
        named(WHERE, "x m s"),
        convention=(SCORE,),
        source=BY_THEOREM,
    ),
    steps=steps_of(score_normal_mean, m, s**-2, Normal(m, s**2), "the derivative of a line"),
)

score_normal_std = (x - m) ** 2 / s**3 - 1 / s

fisher_normal_std_eq = Derivation(
    claim=Claim(
        "fisher_normal_std_eq",
        mean_square(score_normal_std, Normal(m, s**2)),
        2 / s**2,
        named(WHERE, "x m s"),
        convention=(SCORE,),
        source=BY_THEOREM,
    ),
    steps=steps_of(score_normal_std, s, 2 / s**2, Normal(m, s**2)),
)

DECAY = Exponential(rate)
from_rate = Expectation((1 / rate - x) ** 2, x, DECAY)

fisher_exponential_eq = Derivation(
    claim=Claim(
        "fisher_exponential_eq",
        from_rate,
        rate**-2,
        named(WHERE, "x lambda"),
        convention=(SCORE, "λ is the rate, so that the mean is 1/λ; in the mean μ it is 1/μ² as well"),
        source=BY_THEOREM,
    ),
    steps=(
        Step("the mean square of the score", from_rate),
        Step("multiplied out", rate**-2 - 2 * Expectation(x, x, DECAY) / rate + Expectation(x**2, x, DECAY)),
        Step("the moments 1/λ and 2/λ²", rate**-2),
    ),
)

exponent = Argmin(s**2 * t**2 / 2 - t * a, t)

chernoff_normal_eq = Derivation(
    claim=Claim(
        "chernoff_normal_eq",
        exponent,
        a / s**2,
        named(WHERE, "t a s"),
        convention=(
            "P(X − m ≥ a) ≤ exp(log E e^(t(X − m)) − ta) for every t > 0, and log E e^(t(X − m)) = s²t²/2",
            "at the best t the bound is exp(−a²/(2s²))",
        ),
        source=Source("adhikari2026", "section 19.4, Chernoff bound"),
    ),
    steps=(
        Step("where the log of the bound is least", exponent),
        Step("the square completed: what is left does not depend on t", Argmin((t - a / s**2) ** 2, t)),
        Step("a square is least at its zero", a / s**2),
    ),
)

DERIVATIONS = (
    fisher_poisson_eq,
    fisher_bernoulli_eq,
    fisher_exponential_eq,
    fisher_normal_mean_eq,
    fisher_normal_std_eq,
    chernoff_normal_eq,
)
