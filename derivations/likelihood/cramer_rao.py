"""The bound of Cramér and Rao: no unbiased estimate varies less than one over the information, and means reach it.

Claim   Cov(T, S)² ≤ Var T · Var S under any law; the slope of E T along an exponential family is Cov(T, S), S the
        score, so that (∂ E T/∂η)² ≤ Var T · I(η); the means of n normal, Bernoulli, Poisson and exponential draws
        reach it: Var · n I = 1
Route   for two draws, the mean of (T S′ − T′ S)² is twice what is between the sides; slopes are taken under E.
"""

from __future__ import annotations

from sympy import Derivative, Expr, Function, exp
from sympy import Integer as Whole

from claims.claim import Claim, Derivation, Relation, Source, Step
from claims.domains import Integer, OpenUnit, Positive, Real, Variable, named, symbols_of
from claims.grounds import Mean, Sign
from claims.laws import Bernoulli, Binomial, Exponential, Family, Gamma, Poisson
from claims.notation import Covariance, Expectation, Law, NamedLaw, Normal, Variance

WHERE = (
    Variable("x", Real(), "one draw, averaged over; in the last four, a sum of n draws, or their mean"),
    Variable("y", Real(), "another draw, averaged over"),
    Variable("e", Real(), "the natural parameter η"),
    Variable("n", Integer(1), "the number of draws"),
    Variable("m", Real(), "the mean of the normal law"),
    Variable("s", Positive(), "its STANDARD DEVIATION"),
    Variable("p", OpenUnit(), "the probability of a one"),
    Variable("r", Positive(), "the mean of the count, or of the exponential time"),
)
x, y, e, n, m, s, p, r = symbols_of(WHERE)
law = NamedLaw("p")
T, stat = Function("g", real=True), Function("z", real=True)
ANY = "any law p for which the expectations are finite, T and S any functions of the draw, written g and z"
FAMILY = "the member η has density e^(ηS − A(η)) under p, any base law; its score is S − E_η S, S written z"
SWAP = "E and the slope change places, as they may where E e^(ηS) is finite around η"
BOUND = Source("gundersen2019", "equations 1 and 2")


def under(f: Expr, of: Law = law, draw: Expr = x) -> Expectation:
    """The mean of f over one draw."""
    return Expectation(f, draw, of)


def both(f: Expr) -> Expectation:
    """The mean of f over two independent draws."""
    return under(under(f, draw=y))


def weighted(f: Expr) -> Expr:
    """E_η f: the mean under the member η."""
    return under(f * exp(e * stat(x))) / under(exp(e * stat(x)))


def crossed(a: Expr, b: Expr) -> Expr:
    """(T S′ − T′ S)² of two draws, both functions less their means ``a`` and ``b``."""
    return ((T(x) - a) * (stat(y) - b) - (T(y) - a) * (stat(x) - b)) ** 2


centre_t, centre_s = under(T(x)), under(stat(x))
joint = Covariance(T(x), stat(x), x, law)
spread = Variance(T(x), x, law) * Variance(stat(x), x, law)
gap = both(crossed(centre_t, centre_s)) / 2

covariance_squared_le = Derivation(
    claim=Claim(
        "covariance_squared_le",
        joint**2,
        spread,
        named(WHERE, "x y"),
        Relation.LE,
        convention=(ANY, "the inequality of Cauchy and Schwarz for T − E T and S − E S"),
        source=BOUND,
    ),
    steps=(
        Step("the square of the covariance", joint**2),
        Step("the definition of the covariance", under((T(x) - centre_t) * (stat(x) - centre_s)) ** 2),
        Step("of two draws, (T S′ − T′ S)²/2 has the mean Var T Var S − Cov²: E is linear", spread - gap),
        Step(
            "the mean of a square",
            spread,
            Relation.LE,
            (Mean(Mean(Sign(crossed(centre_t, centre_s) / 2), y, law), x, law),),
        ),
    ),
)

mean_t, mean_s = weighted(T(x)), weighted(stat(x))

score_covariance_eq = Derivation(
    claim=Claim(
        "score_covariance_eq",
        Derivative(mean_t, e),
        weighted((T(x) - mean_t) * (stat(x) - mean_s)),
        named(WHERE, "x e"),
        convention=(ANY, FAMILY, SWAP, "the slope of the mean of T is its covariance with the score"),
        source=BOUND,
    ),
    steps=(
        Step("the slope of E_η T", Derivative(mean_t, e)),
        Step("the quotient rule, under E", weighted(T(x) * stat(x)) - mean_t * mean_s),
        Step(
            "E is linear: the mean product less the product of the means",
            weighted((T(x) - mean_t) * (stat(x) - mean_s)),
        ),
    ),
)

information = weighted((stat(x) - mean_s) ** 2)
variance = weighted((T(x) - mean_t) ** 2)
two = exp(e * stat(x)) * exp(e * stat(y)) / under(exp(e * stat(x))) ** 2

cramer_rao_le = Derivation(
    claim=Claim(
        "cramer_rao_le",
        Derivative(mean_t, e) ** 2,
        variance * information,
        named(WHERE, "x y e"),
        Relation.LE,
        convention=(
            ANY,
            FAMILY,
            SWAP,
            "T is any estimate: (∂ E T/∂η)² ≤ Var T · I(η), the information being Var S; where E T = η, Var T ≥ 1/I(η)",
            "of another parameter θ both slopes have the factor ∂η/∂θ: the bound is the same for it",
        ),
        source=BOUND,
    ),
    steps=(
        Step("the square of the slope of E_η T", Derivative(mean_t, e) ** 2),
        Step("the derivative is the covariance with the score", weighted((T(x) - mean_t) * (stat(x) - mean_s)) ** 2),
        Step(
            "of two draws, (T S′ − T′ S)²/2 has the mean Var T Var S − Cov²: E is linear",
            variance * information - both(two * crossed(mean_t, mean_s)) / 2,
        ),
        Step(
            "the mean of a square",
            variance * information,
            Relation.LE,
            (Mean(Mean(Sign(two * crossed(mean_t, mean_s) / 2), y, law), x, law),),
        ),
    ),
)

ONE = "so the bound is reached: no unbiased estimate varies less"


def efficient(
    name: str,
    estimate: Expr,
    of: Family | Normal,
    score: Expr,
    draw: Family | Normal,
    spread: Expr,
    letters: str,
    why: str,
    source: Source,
) -> tuple[Claim, tuple[Step, ...]]:
    """The claim and the steps of E (estimate − its mean)² · n E score² = 1; ``of`` is the law of the estimate, ``draw``
    that of one draw."""
    left = under(estimate**2, of) * n * under(score**2, draw)
    claim = Claim(
        name,
        left,
        Whole(1),
        named(WHERE, letters),
        convention=(why, "I = E score² of one draw; n draws have n I", ONE),
        source=source,
    )
    return claim, (
        Step("the variance of the mean, times the information of n draws", left),
        Step("the moments of the mean of n draws", spread * n * under(score**2, draw)),
        Step("the moments of the score of one", Whole(1)),
    )


efficient_normal_eq = Derivation(
    *efficient(
        "efficient_normal_eq",
        x - m,
        Normal(m, s**2 / n),
        (x - m) / s**2,
        Normal(m, s**2),
        s**2 / n,
        "x n m s",
        "the mean of n draws of N(m, s²) follows N(m, s²/n)",
        Source("une2026", "section 8.3, examples 8.5 and 8.7"),
    )
)
efficient_bernoulli_eq = Derivation(
    *efficient(
        "efficient_bernoulli_eq",
        x / n - p,
        Binomial(n, p),
        x / p - (1 - x) / (1 - p),
        Bernoulli(p),
        p * (1 - p) / n,
        "x n p",
        "the sum of n draws of Bern(p) follows Bin(n, p)",
        Source("movsisyan2026", "proof of efficiency of Bernoulli"),
    )
)
efficient_poisson_eq = Derivation(
    *efficient(
        "efficient_poisson_eq",
        x / n - r,
        Poisson(n * r),
        x / r - 1,
        Poisson(r),
        r / n,
        "x n r",
        "the sum of n draws of Poisson(r) follows Poisson(nr)",
        Source("une2026", "section 8.3, examples 8.5 and 8.7"),
    )
)
efficient_exponential_eq = Derivation(
    *efficient(
        "efficient_exponential_eq",
        x / n - r,
        Gamma(n, 1 / r),
        x / r**2 - 1 / r,
        Exponential(1 / r),
        r**2 / n,
        "x n r",
        "the sum of n exponential times of mean r follows Gamma(n, 1/r); r is the mean, not the rate",
        Source("numerade2026", "Cramér-Rao lower bounds, part d"),
    )
)

DERIVATIONS = (
    covariance_squared_le,
    score_covariance_eq,
    cramer_rao_le,
    efficient_normal_eq,
    efficient_bernoulli_eq,
    efficient_poisson_eq,
    efficient_exponential_eq,
)
