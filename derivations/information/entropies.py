"""Entropies of named laws, each from −E log p.

Claim   H of the Laplace, geometric, gamma, beta, log-normal, discrete uniform and categorical laws, in nats
Route   the log-density is a sum of terms whose means are known: E|x − m|, E x, E log x, E log(1 − x).
"""

from __future__ import annotations

from sympy import Abs, E, Expr, Function, Rational, Sum, beta, digamma, gamma, log, pi

from claims.claim import Claim, Derivation, Relation, Source, Step
from claims.domains import Integer, OpenUnit, Positive, Real, Variable, symbols_of
from claims.grounds import Jensen, Tangent
from claims.laws import Beta, Gamma, Geometric, Laplace, LogNormal
from claims.notation import Entropy, Expectation

NATS = "log is natural, so the value is in nats"
DENSITY = "differential entropy: it depends on the unit of x and may be negative"
POINT = Variable("x", Real(), "the point integrated over")

WHERE_LAPLACE = (
    POINT,
    Variable("m", Real(), "the mean and median"),
    Variable("b", Positive(), "the scale; the variance is 2b²"),
)
x, m, b = symbols_of(WHERE_LAPLACE)
laplace = Laplace(m, b)

entropy_laplace_eq = Derivation(
    claim=Claim(
        "entropy_laplace_eq",
        Entropy(laplace),
        1 + log(2 * b),
        WHERE_LAPLACE,
        convention=(NATS, DENSITY, "b is a scale, not a standard deviation"),
        source=Source("virtanen2020", "stats, Laplace distribution"),
    ),
    steps=(
        Step("the differential entropy", Entropy(laplace)),
        Step("the definition: −E log p(x)", -Expectation(log(laplace.density(x)), x, laplace)),
        Step("the log of a quotient: a distance and a constant", Expectation(Abs(x - m) / b + log(2 * b), x, laplace)),
        Step("E is linear", Expectation(Abs(x - m), x, laplace) / b + log(2 * b)),
        Step("E|x − m| = b", 1 + log(2 * b)),
    ),
)

WHERE_GEOMETRIC = (POINT, Variable("p", OpenUnit(), "the probability of success in one trial"))
p = symbols_of(WHERE_GEOMETRIC)[1]
trials = Geometric(p)
binary = -p * log(p) - (1 - p) * log(1 - p)

entropy_geometric_eq = Derivation(
    claim=Claim(
        "entropy_geometric_eq",
        Entropy(trials),
        binary / p,
        WHERE_GEOMETRIC,
        convention=(
            NATS,
            "trials up to and with the first success: 1, 2, …",
            "counting failures shifts, H is the same",
        ),
        source=Source("dillon2017", "distributions.Geometric.entropy"),
    ),
    steps=(
        Step("the entropy of the first success", Entropy(trials)),
        Step("the definition: −E log p(x)", -Expectation(log(trials.density(x)), x, trials)),
        Step("the log of a product", -Expectation(log(p) + (x - 1) * log(1 - p), x, trials)),
        Step("E is linear", -log(p) - log(1 - p) * Expectation(x - 1, x, trials)),
        Step("E x = 1/p", -log(p) - (1 / p - 1) * log(1 - p)),
        Step("a coin's entropy for each of 1/p trials", binary / p),
    ),
)

WHERE_GAMMA = (
    POINT,
    Variable("a", Positive(), "the shape"),
    Variable("r", Positive(), "the RATE"),
)
_, a, r = symbols_of(WHERE_GAMMA)
waiting = Gamma(a, r)

entropy_gamma_eq = Derivation(
    claim=Claim(
        "entropy_gamma_eq",
        Entropy(waiting),
        a - log(r) + log(gamma(a)) + (1 - a) * digamma(a),
        WHERE_GAMMA,
        convention=(NATS, DENSITY, "the second parameter is a rate; ψ = Γ′/Γ"),
        source=Source("virtanen2020", "stats, gamma distribution"),
    ),
    steps=(
        Step("the differential entropy", Entropy(waiting)),
        Step("the definition: −E log p(x)", -Expectation(log(waiting.density(x)), x, waiting)),
        Step(
            "the log of a product",
            Expectation(log(gamma(a)) - a * log(r) - (a - 1) * log(x) + r * x, x, waiting),
        ),
        Step(
            "E is linear",
            log(gamma(a)) - a * log(r) - (a - 1) * Expectation(log(x), x, waiting) + r * Expectation(x, x, waiting),
        ),
        Step(
            "E log x = ψ(a) − log r and E x = a/r",
            log(gamma(a)) - a * log(r) - (a - 1) * (digamma(a) - log(r)) + a,
        ),
        Step("collect log r", a - log(r) + log(gamma(a)) + (1 - a) * digamma(a)),
    ),
)

WHERE_BETA = (
    POINT,
    Variable("a", Positive(), "α"),
    Variable("b", Positive(), "β"),
)
share = Beta(a, b)
constant = beta(a, b, evaluate=False)
closed_beta = log(constant) - (a - 1) * digamma(a) - (b - 1) * digamma(b) + (a + b - 2) * digamma(a + b)

entropy_beta_eq = Derivation(
    claim=Claim(
        "entropy_beta_eq",
        Entropy(share),
        closed_beta,
        WHERE_BETA,
        convention=(NATS, DENSITY, "never above 0, the entropy of the uniform law Beta(1, 1)"),
        source=Source("virtanen2020", "stats.beta.entropy"),
    ),
    steps=(
        Step("the differential entropy", Entropy(share)),
        Step("the definition: −E log p(x)", -Expectation(log(share.density(x)), x, share)),
        Step(
            "the log of a product",
            Expectation(log(constant) - (a - 1) * log(x) - (b - 1) * log(1 - x), x, share),
        ),
        Step(
            "E is linear",
            log(constant) - (a - 1) * Expectation(log(x), x, share) - (b - 1) * Expectation(log(1 - x), x, share),
        ),
        Step(
            "E log x = ψ(a) − ψ(a + b), and b for a",
            log(constant) - (a - 1) * (digamma(a) - digamma(a + b)) - (b - 1) * (digamma(b) - digamma(a + b)),
        ),
        Step("collect ψ(a + b)", closed_beta),
    ),
)

WHERE_LOGNORMAL = (
    POINT,
    Variable("m", Real(), "mean of log x"),
    Variable("s", Positive(), "standard deviation of log x"),
)
s = symbols_of(WHERE_LOGNORMAL)[2]
multiplied = LogNormal(m, s**2)

entropy_lognormal_eq = Derivation(
    claim=Claim(
        "entropy_lognormal_eq",
        Entropy(multiplied),
        m + log(2 * pi * E * s**2) / 2,
        WHERE_LOGNORMAL,
        convention=(NATS, DENSITY, "m and s² are mean and variance of the logarithm"),
        source=Source("virtanen2020", "stats, log-normal distribution"),
    ),
    steps=(
        Step("the differential entropy", Entropy(multiplied)),
        Step("the definition: −E log p(x)", -Expectation(log(multiplied.density(x)), x, multiplied)),
        Step(
            "the log of a product: the density of log x, and 1/x from the change of variable",
            Expectation(log(x) + (log(x) - m) ** 2 / (2 * s**2) + log(2 * pi * s**2) / 2, x, multiplied),
        ),
        Step(
            "E is linear",
            Expectation(log(x), x, multiplied)
            + Expectation((log(x) - m) ** 2, x, multiplied) / (2 * s**2)
            + log(2 * pi * s**2) / 2,
        ),
        Step("E log x = m and Var log x = s²", m + Rational(1, 2) + log(2 * pi * s**2) / 2),
        Step("1/2 = log(e)/2", m + log(2 * pi * E * s**2) / 2),
    ),
)

WHERE_TABLE = tuple(Variable(f"w_{i}", Positive(), f"weight of class {i}; divided by their sum") for i in (1, 2, 3))
w1, w2, w3 = symbols_of(WHERE_TABLE)
total = w1 + w2 + w3
WEIGHTS = (w1, w2, w3)
TABLE = (
    "three classes of probability w_i/(w_1 + w_2 + w_3): every table of three positive probabilities is one of these"
)


def summed(terms: tuple[Expr, ...]) -> Expr:
    """The sum over the classes."""
    return terms[0] + terms[1] + terms[2]


table_entropy = -summed(tuple(w / total * log(w / total) for w in WEIGHTS))

entropy_categorical_eq = Derivation(
    claim=Claim(
        "entropy_categorical_eq",
        table_entropy,
        log(total) - summed(tuple(w * log(w) for w in WEIGHTS)) / total,
        WHERE_TABLE,
        convention=(NATS, TABLE, "with w = e^z: H = log Σ e^z − Σ p z, the entropy from logits"),
        source=Source("soch2020", "proof P336"),
    ),
    steps=(
        Step("−Σ p log p", table_entropy),
        Step("log w/Σw = log w − log Σw", summed(tuple(w / total * (log(total) - log(w)) for w in WEIGHTS))),
        Step("the probabilities sum to one", log(total) - summed(tuple(w * log(w) for w in WEIGHTS)) / total),
    ),
)

entropy_categorical_le = Derivation(
    claim=Claim(
        "entropy_categorical_le",
        table_entropy,
        log(3),
        WHERE_TABLE,
        Relation.LE,
        convention=(NATS, TABLE, "equal where all are 1/3, the discrete uniform law, whose entropy is log 3"),
        source=Source("soch2020", "proof P411"),
    ),
    steps=(
        Step("−Σ p log p", table_entropy),
        Step(
            "log 1/(3p) ≤ 1/(3p) − 1, weighted by p",
            log(3) + summed(tuple(w / total * (total / (3 * w) - 1) for w in WEIGHTS)),
            Relation.LE,
            tuple(Tangent(total / (3 * w), w / total) for w in WEIGHTS),
        ),
        Step("Σ p · 1/(3p) = 1 = Σ p", log(3)),
    ),
)

entropy_categorical_ge = Derivation(
    claim=Claim(
        "entropy_categorical_ge",
        table_entropy,
        -log(summed(tuple(w**2 for w in WEIGHTS)) / total**2),
        WHERE_TABLE,
        Relation.GE,
        convention=(NATS, TABLE, "the right side is the collision (Rényi) entropy −log Σ p²; it is positive, so H is"),
        source=Source("cover2006", "section 2.10"),
    ),
    steps=(
        Step("−E log p", table_entropy),
        Step(
            "−log is convex: Jensen",
            -log(summed(tuple(w**2 for w in WEIGHTS)) / total**2),
            Relation.GE,
            (Jensen(-log(s), s, tuple(w / total for w in WEIGHTS), tuple(w / total for w in WEIGHTS)),),
        ),
    ),
)

WHERE_ANY = (
    Variable("n", Integer(1), "the number of classes"),
    Variable("i", Integer(1), "counts them"),
)
n, i = symbols_of(WHERE_ANY)
WEIGHT = Function("w", positive=True)(i)


def over(f: Expr) -> Sum:
    """The sum over any number of classes."""
    return Sum(f, (i, 1, n))


share_of = WEIGHT / over(WEIGHT)

entropy_categorical_any_eq = Derivation(
    claim=Claim(
        "entropy_categorical_any_eq",
        -over(share_of * log(share_of)),
        log(over(WEIGHT)) - over(WEIGHT * log(WEIGHT)) / over(WEIGHT),
        WHERE_ANY,
        convention=(
            NATS,
            "any number of classes of probability w_i/Σw",
            "with w = e^z: H = log Σ e^z − Σ p z, the entropy from logits",
        ),
        source=Source("soch2020", "proof P336"),
    ),
    steps=(
        Step("−Σ p log p", -over(share_of * log(share_of))),
        Step("the log of a quotient", -over(share_of * (log(WEIGHT) - log(over(WEIGHT))))),
        Step(
            "term by term: the probabilities sum to one",
            log(over(WEIGHT)) - over(WEIGHT * log(WEIGHT)) / over(WEIGHT),
        ),
    ),
)

DERIVATIONS = (
    entropy_laplace_eq,
    entropy_geometric_eq,
    entropy_gamma_eq,
    entropy_beta_eq,
    entropy_lognormal_eq,
    entropy_categorical_eq,
    entropy_categorical_le,
    entropy_categorical_ge,
    entropy_categorical_any_eq,
)
