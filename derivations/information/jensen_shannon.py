"""Jensen-Shannon and Bregman divergences.

Claim   JS = H(mean) − mean of the H; 0 ≤ JS ≤ log 2; the Bregman divergence of Σ x log x is KL, that of x² the square
Route   logs of products, and log t ≤ t − 1.
"""

from __future__ import annotations

from collections.abc import Callable

from sympy import Derivative, Expr, Integer, Rational, Symbol, log

from claims.claim import Claim, Derivation, Lemma, Relation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, symbols_of
from claims.grounds import Ground, Mean, OverTangent, Sign, Tangent, Times
from claims.laws import Bernoulli
from claims.notation import KL, CrossEntropy, Density, Entropy, Expectation, NamedLaw
from derivations.information.identities import entropy_bernoulli_eq, kl_bernoulli_eq

NATS = "log is natural, so the value is in nats"

WHERE = (
    Variable("p", OpenUnit(), "the probability of 1 under the first law"),
    Variable("q", OpenUnit(), "the probability of 1 under the second law"),
)
p, q = symbols_of(WHERE)
m = (p + q) / 2
js = KL(Bernoulli(p), Bernoulli(m)) / 2 + KL(Bernoulli(q), Bernoulli(m)) / 2
OUTCOMES = ((p, q), (1 - p, 1 - q))
HALVES = "JS is the mean of both divergences from the even mixture m = (p + q)/2"


def from_middle(a: Expr) -> Expr:
    """The divergence of the coin a from the mixture, by outcome."""
    return a * log(a / m) + (1 - a) * log((1 - a) / (1 - m))


by_outcome = from_middle(p) / 2 + from_middle(q) / 2
coded = CrossEntropy(Bernoulli(p), Bernoulli(m)) / 2 + CrossEntropy(Bernoulli(q), Bernoulli(m)) / 2
own = Entropy(Bernoulli(p)) / 2 + Entropy(Bernoulli(q)) / 2
HALF = Rational(1, 2)
LISTED = (Lemma(kl_bernoulli_eq, ((q, m),), HALF), Lemma(kl_bernoulli_eq, ((p, q), (q, m)), HALF))
ENTROPIES = tuple(
    Lemma(entropy_bernoulli_eq, ((p, place),), weight) for place, weight in ((m, Integer(1)), (p, -HALF), (q, -HALF))
)


def plain_entropy(a: Expr) -> Expr:
    """−a log a − (1 − a) log(1 − a)."""
    return -a * log(a) - (1 - a) * log(1 - a)


plain = plain_entropy(m) - plain_entropy(p) / 2 - plain_entropy(q) / 2

js_entropy_eq = Derivation(
    claim=Claim(
        "js_entropy_eq",
        js,
        plain,
        WHERE,
        convention=(NATS, HALVES),
        source=Source("sargent2026", "divergence measures, Jensen-Shannon divergence"),
    ),
    steps=(
        Step("half of either divergence from the mixture", js),
        Step("KL(p ‖ m) = H(p, m) − H(p) by the definitions, and so with q", coded - own),
        Step(
            "log m does not ask which law it is averaged under: E x = m under their mixture",
            Entropy(Bernoulli(m)) - own,
        ),
        Step("entropy_bernoulli_eq, three times", plain, lemmas=ENTROPIES),
    ),
)

js_nonneg = Derivation(
    claim=Claim(
        "js_nonneg",
        js,
        Integer(0),
        WHERE,
        Relation.GE,
        convention=(NATS, HALVES, "zero where p = q"),
        source=Source("goodfellow2014", "section 4.1, theorem 1"),
    ),
    steps=(
        Step("half of either divergence from the mixture", js),
        Step("kl_bernoulli_eq, twice", by_outcome, lemmas=LISTED),
        Step(
            "log t ≤ t − 1 for t = m/p and t = m/q, whose means are 1",
            Integer(0),
            Relation.GE,
            tuple(Tangent((a + b) / (2 * c), c / 2) for a, b in OUTCOMES for c in (a, b)),
        ),
    ),
)

js_le = Derivation(
    claim=Claim(
        "js_le",
        js,
        log(2),
        WHERE,
        Relation.LE,
        convention=(NATS, HALVES, "approached by laws that share no outcome"),
        source=Source("sargent2026", "divergence measures, Jensen-Shannon divergence"),
    ),
    steps=(
        Step("half of either divergence from the mixture", js),
        Step("kl_bernoulli_eq, twice", by_outcome, lemmas=LISTED),
        Step(
            "p/(p + q) < 1, so the log of 2p/(p + q) is at most log 2",
            log(2),
            Relation.LE,
            (
                *(Tangent(c / (a + b), c / 2) for a, b in OUTCOMES for c in (a, b)),
                *(Sign(a * b / (a + b)) for a, b in OUTCOMES),
            ),
        ),
    ),
)

WHERE_LAWS = (Variable("x", Real(), "the point averaged over"),)
(x,) = symbols_of(WHERE_LAWS)
one, other = NamedLaw("p"), NamedLaw("q")
t = Symbol("t", positive=True)
ANY = "any two laws with densities or masses, positive at the same points; m = (p + q)/2, so that p/m = 2/(1 + q/p)"


def ratio(above: NamedLaw, below: NamedLaw) -> Expr:
    """The density of one law over that of the other."""
    return Density(above, x) / Density(below, x)


def halves(of: Callable[[Expr], Expr]) -> Expr:
    """Half the mean of a function of q/p under p, and half that of p/q under q."""
    return Expectation(of(ratio(other, one)), x, one) / 2 + Expectation(of(ratio(one, other)), x, other) / 2


def both(of: Callable[[Expr], Ground]) -> tuple[Ground, ...]:
    """The grounds that hold at every point, half of each, under p and under q."""
    pairs = ((ratio(other, one), one), (ratio(one, other), other))
    return tuple(Times(HALF, Mean(of(r), x, law)) for r, law in pairs)


from_mixture = halves(lambda r: log(2 / (1 + r)))

js_any_nonneg = Derivation(
    claim=Claim(
        "js_any_nonneg",
        from_mixture,
        Integer(0),
        WHERE_LAWS,
        Relation.GE,
        convention=(NATS, HALVES, ANY, "zero where p = q"),
        source=Source("goodfellow2014", "section 4.1, theorem 1"),
    ),
    steps=(
        Step("half the mean log of p/m under p, and of q/m under q", from_mixture),
        Step("the log of a quotient", log(2) - halves(lambda r: log(1 + r))),
        Step(
            "−log is convex: log u ≤ log 2 + (u − 2)/2 for u = 1 + q/p and u = 1 + p/q",
            -halves(lambda r: (r - 1) / 2),
            Relation.GE,
            both(lambda r: OverTangent(-log(t), t, Integer(2), 1 + r)),
        ),
        Step("E_p[q/p] = ∫ q = 1 and E_q[p/q] = ∫ p = 1", Integer(0)),
    ),
)

js_any_le = Derivation(
    claim=Claim(
        "js_any_le",
        from_mixture,
        log(2),
        WHERE_LAWS,
        Relation.LE,
        convention=(NATS, HALVES, ANY, "approached by laws that share no outcome"),
        source=Source("sargent2026", "divergence measures, Jensen-Shannon divergence"),
    ),
    steps=(
        Step("half the mean log of p/m under p, and of q/m under q", from_mixture),
        Step("the log of a quotient", log(2) - halves(lambda r: log(1 + r))),
        Step("log(1 + q/p) and log(1 + p/q) are never negative", log(2), Relation.LE, both(lambda r: Sign(log(1 + r)))),
    ),
)

WHERE_WEIGHTS = (
    *(Variable(f"x_{i}", Positive(), f"coordinate {i} of x") for i in (1, 2)),
    *(Variable(f"y_{i}", Positive(), f"coordinate {i} of y") for i in (1, 2)),
)
x1, x2, y1, y2 = symbols_of(WHERE_WEIGHTS)


def convex(a: Expr, b: Expr) -> Expr:
    """The negative entropy Σ x log x."""
    return a * log(a) + b * log(b)


bregman = (
    convex(x1, x2)
    - convex(y1, y2)
    - (x1 - y1) * Derivative(convex(y1, y2), y1)
    - (x2 - y2) * Derivative(convex(y1, y2), y2)
)
generalised = x1 * log(x1 / y1) + x2 * log(x2 / y2) - x1 - x2 + y1 + y2

bregman_negentropy_eq = Derivation(
    claim=Claim(
        "bregman_negentropy_eq",
        bregman,
        generalised,
        WHERE_WEIGHTS,
        convention=(
            NATS,
            "D(x, y) = φ(x) − φ(y) − ∇φ(y)·(x − y), φ = Σ x log x, two coordinates",
            "where both sum to one the right side is KL(x ‖ y)",
        ),
        source=Source("murphy2023", "section 5.1.10, equation 5.83"),
    ),
    steps=(
        Step("φ(x) above the tangent of φ at y", bregman),
        Step(
            "the slope of y log y is log y + 1",
            convex(x1, x2) - convex(y1, y2) - (x1 - y1) * (log(y1) + 1) - (x2 - y2) * (log(y2) + 1),
        ),
        Step("the logs collected", generalised),
    ),
)

bregman_negentropy_nonneg = Derivation(
    claim=Claim(
        "bregman_negentropy_nonneg",
        bregman,
        Integer(0),
        WHERE_WEIGHTS,
        Relation.GE,
        convention=(NATS, "φ = Σ x log x, two coordinates", "holds for weights that don't sum to one"),
        source=Source("murphy2023", "section 5.1.10, equation 5.83"),
    ),
    steps=(
        Step("φ(x) above the tangent of φ at y", bregman),
        Step("the generalised KL divergence", generalised),
        Step("log t ≤ t − 1 for t = y/x", Integer(0), Relation.GE, (Tangent(y1 / x1, x1), Tangent(y2 / x2, x2))),
    ),
)

WHERE_SQUARE = (
    Variable("x", Real(), "any point"),
    Variable("y", Real(), "the point of the tangent"),
)
x, y = symbols_of(WHERE_SQUARE)

bregman_square_eq = Derivation(
    claim=Claim(
        "bregman_square_eq",
        x**2 - y**2 - (x - y) * Derivative(y**2, y),
        (x - y) ** 2,
        WHERE_SQUARE,
        convention=("D(x, y) = φ(x) − φ(y) − φ′(y)(x − y) with φ = x²",),
        source=Source("murphy2023", "section 5.1.10, equation 5.83"),
    ),
    steps=(
        Step("x² above the tangent at y", x**2 - y**2 - (x - y) * Derivative(y**2, y)),
        Step("the slope of y² is 2y", x**2 - y**2 - 2 * y * (x - y)),
        Step("a square", (x - y) ** 2),
    ),
)

DERIVATIONS = (
    js_entropy_eq,
    js_nonneg,
    js_le,
    js_any_nonneg,
    js_any_le,
    bregman_negentropy_eq,
    bregman_negentropy_nonneg,
    bregman_square_eq,
)
