"""Entropies of laws of counts: what is left beside the entropy of one draw is the mean log of a number of ways.

Claim   n tosses in order have n H(coin), their count less by the mean log of C(n, x); likewise for failures before the
        m-th success, and for draws of three classes; a Poisson count has r − r log r and the mean log of x!
Route   the log-mass is linear in x but for the log of a count of ways, and E x is known.
"""

from __future__ import annotations

from sympy import Expr, binomial, factorial, gamma, log

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Integer, OpenUnit, Positive, Real, Variable, symbols_of
from claims.laws import Binomial, DiscreteUniform, NegativeBinomial, Poisson
from claims.notation import Entropy, Expectation, Law

NATS = "log is natural, so the value is in nats"
NO_CLOSED_FORM = "the mean log of the number of ways is a sum without a closed form, so it stays on the left"
POINT = Variable("x", Real(), "the count summed over")


def coin(p: Expr) -> Expr:
    """−p log p − (1 − p) log(1 − p)."""
    return -p * log(p) - (1 - p) * log(1 - p)


WHERE_TOSSES = (
    POINT,
    Variable("n", Integer(1), "the number of tosses"),
    Variable("p", OpenUnit(), "the probability of success in one toss"),
)
x, n, p = symbols_of(WHERE_TOSSES)
successes = Binomial(n, p)


def mean(f: Expr, law: Law) -> Expectation:
    """E f(x) under a law."""
    return Expectation(f, x, law)


entropy_binomial_eq = Derivation(
    claim=Claim(
        "entropy_binomial_eq",
        Entropy(successes) + mean(log(binomial(n, x)), successes),
        n * coin(p),
        WHERE_TOSSES,
        convention=(
            NATS,
            NO_CLOSED_FORM,
            "any n: H(Bin(n, p)) = n H(coin) − E log C(n, x), so the count has at most the entropy of the tosses",
        ),
        source=Source("soch2020", "proof P335"),
    ),
    steps=(
        Step(
            "the entropy of the count, and the mean log of its number of orders",
            Entropy(successes) + mean(log(binomial(n, x)), successes),
        ),
        Step("the definition of H", -mean(log(successes.density(x)), successes) + mean(log(binomial(n, x)), successes)),
        Step(
            "the log of a product: log C(n, x) is in it too, with the other sign",
            -mean(x * log(p) + (n - x) * log(1 - p), successes),
        ),
        Step(
            "E is linear",
            -log(p) * mean(x, successes) - log(1 - p) * mean(n - x, successes),
        ),
        Step("E x = np", n * coin(p)),
    ),
)

WHERE_FAILURES = (
    POINT,
    Variable("m", Positive(), "the number of successes waited for; it need not be whole"),
    Variable("p", OpenUnit(), "the probability of success in one trial"),
)
m = symbols_of(WHERE_FAILURES)[1]
failures = NegativeBinomial(m, p)
ways = gamma(x + m) / (factorial(x) * gamma(m))

entropy_negative_binomial_eq = Derivation(
    claim=Claim(
        "entropy_negative_binomial_eq",
        Entropy(failures) + mean(log(ways), failures),
        m * coin(p) / p,
        WHERE_FAILURES,
        convention=(
            NATS,
            NO_CLOSED_FORM,
            "x counts the failures before the m-th success; counting trials shifts by m, H is the same",
            "m/p trials on average, each with the entropy of a coin; for m = 1 the geometric law, with one way each",
        ),
        source=Source("stackexchange", "mathematics, entropy of bivariate negative binomial, the question"),
    ),
    steps=(
        Step(
            "the entropy of the count, and the mean log of its number of orders",
            Entropy(failures) + mean(log(ways), failures),
        ),
        Step("the definition of H", -mean(log(failures.density(x)), failures) + mean(log(ways), failures)),
        Step(
            "the log of a product: the log of the ways is in it too, with the other sign",
            -mean(m * log(p) + x * log(1 - p), failures),
        ),
        Step("E is linear", -m * log(p) - log(1 - p) * mean(x, failures)),
        Step("E x = m(1 − p)/p", -m * log(p) - m * (1 - p) / p * log(1 - p)),
        Step("a coin's entropy for each of m/p trials", m * coin(p) / p),
    ),
)

WHERE_ARRIVALS = (POINT, Variable("r", Positive(), "the rate, which is the mean"))
r = symbols_of(WHERE_ARRIVALS)[1]
arrivals = Poisson(r)

entropy_poisson_eq = Derivation(
    claim=Claim(
        "entropy_poisson_eq",
        Entropy(arrivals) - mean(log(factorial(x)), arrivals),
        r - r * log(r),
        WHERE_ARRIVALS,
        convention=(NATS, "H(Poisson(r)) = r − r log r + E log x!, where E log x! is a series without a closed form"),
        source=Source("soch2020", "proof P486"),
    ),
    steps=(
        Step("the entropy less the mean log of x!", Entropy(arrivals) - mean(log(factorial(x)), arrivals)),
        Step("the definition of H", -mean(log(arrivals.density(x)), arrivals) - mean(log(factorial(x)), arrivals)),
        Step("the log of a product: log x! is in it too, with the other sign", -mean(x * log(r) - r, arrivals)),
        Step("E is linear", r - log(r) * mean(x, arrivals)),
        Step("E x = r", r - r * log(r)),
    ),
)

WHERE_ENDS = (POINT, Variable("n", Integer(1), "the number of values"))

entropy_discrete_uniform_eq = Derivation(
    claim=Claim(
        "entropy_discrete_uniform_eq",
        Entropy(DiscreteUniform(1, n)),
        log(n),
        WHERE_ENDS,
        convention=(NATS, "log₂ n bits: the questions to single out one of n; any n values, not only 1 to n"),
        source=Source("soch2020", "proof P410"),
    ),
    steps=(
        Step("the entropy of n values alike", Entropy(DiscreteUniform(1, n))),
        Step("the definition: −E log p(x)", -mean(log(1 / n), DiscreteUniform(1, n))),
        Step("the log of a quotient: every value has the log-mass −log n", mean(log(n), DiscreteUniform(1, n))),
        Step("a constant is its own mean", log(n)),
    ),
)

WHERE_CLASSES = tuple(Variable(f"w_{i}", Positive(), f"weight of class {i}; divided by their sum") for i in (1, 2, 3))
w1, w2, w3 = symbols_of(WHERE_CLASSES)
P1, P2, P3 = (w / (w1 + w2 + w3) for w in (w1, w2, w3))
OF_TWO = ((P1**2, 1), (P2**2, 1), (P3**2, 1), (2 * P1 * P2, 2), (2 * P1 * P3, 2), (2 * P2 * P3, 2))
"""The probability of each table of two draws, and in how many orders it comes."""


def over_tables(terms: tuple[Expr, ...]) -> Expr:
    """The sum over the six tables."""
    return terms[0] + terms[1] + terms[2] + terms[3] + terms[4] + terms[5]


of_one = -P1 * log(P1) - P2 * log(P2) - P3 * log(P3)
apart = 1 - P1**2 - P2**2 - P3**2

entropy_multinomial_of_two_eq = Derivation(
    claim=Claim(
        "entropy_multinomial_of_two_eq",
        -over_tables(tuple(mass * log(mass) for mass, _ in OF_TWO)),
        2 * of_one - apart * log(2),
        WHERE_CLASSES,
        convention=(
            NATS,
            "two draws from three classes of probability w_i/(w_1 + w_2 + w_3), counted",
            "for n draws, H = n H(one draw) − E log of n!/(x_1! x_2! x_3!); here those orders are 2 or 1",
        ),
        source=Source("soch2020", "proof P337"),
    ),
    steps=(
        Step("−Σ P log P over the tables", -over_tables(tuple(mass * log(mass) for mass, _ in OF_TWO))),
        Step(
            "log P is the log of the orders and of one order",
            -over_tables(tuple(mass * (log(mass / orders) + log(orders)) for mass, orders in OF_TWO)),
        ),
        Step("logs of products: 2 H(one draw); two orders unless both are alike", 2 * of_one - apart * log(2)),
    ),
)

DERIVATIONS = (
    entropy_binomial_eq,
    entropy_negative_binomial_eq,
    entropy_poisson_eq,
    entropy_discrete_uniform_eq,
    entropy_multinomial_of_two_eq,
)
