"""Jensen-Shannon and Bregman divergences.

Claim   JS = H(mean) − mean of the H; 0 ≤ JS ≤ log 2; the Bregman divergence of Σ x log x is KL, that of x² the square
Route   logs of products, and log t ≤ t − 1.
"""

from __future__ import annotations

from sympy import Derivative, Expr, Integer, log

from claims.claim import Claim, Derivation, Relation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, symbols_of
from claims.grounds import Sign, Tangent
from claims.laws import Bernoulli
from claims.notation import KL, Entropy

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


def listed(a: Expr, b: Expr) -> Expr:
    """One outcome's part of JS."""
    return a / 2 * log(2 * a / (a + b)) + b / 2 * log(2 * b / (a + b))


by_outcome = listed(p, q) + listed(1 - p, 1 - q)
entropies = Entropy(Bernoulli(m)) - Entropy(Bernoulli(p)) / 2 - Entropy(Bernoulli(q)) / 2


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
        Step("the cross-entropies with m add up to H(m)", entropies),
        Step("by outcome", plain),
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
        Step("by outcome", by_outcome),
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
        Step("by outcome", by_outcome),
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
    bregman_negentropy_eq,
    bregman_negentropy_nonneg,
    bregman_square_eq,
)
