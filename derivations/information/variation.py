"""Total variation of any two laws, in its forms, and Pinsker's inequality.

Claim   ½ ∫|p − q| = ∫ (p − q)⁺ = 1 − ∫ min(p, q) = the most by which an event's probabilities differ; KL ≥ 2 TV²
Route   |t − 1| is a maximum and a minimum at every point; an event counts at most the positive part of p − q; for
        Pinsker, t log t − t + 1 lies above a quotient, and that above a line in |t − 1|, at t = p/q.
"""

from __future__ import annotations

from sympy import Abs, Expr, Integer, Max, Min, Rational, Symbol, log, sign

from claims.claim import Claim, Derivation, Relation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, symbols_of
from claims.grounds import Mean, Modulus, OverTangent, Sign, Times
from claims.notation import KL, Density, Expectation, NamedLaw

NATS = "log is natural, so the value is in nats"
ANY = "any two laws with densities or masses, positive at the same points"
HALF = Rational(1, 2)

WHERE_LAWS = (Variable("x", Real(), "the point averaged over"),)
(x,) = symbols_of(WHERE_LAWS)
p, q = NamedLaw("p"), NamedLaw("q")
ratio = Density(p, x) / Density(q, x)


def under_q(f: Expr) -> Expectation:
    """E_{x ~ q}[f]."""
    return Expectation(f, x, q)


variation = under_q(Abs(ratio - 1)) / 2
"""½ ∫|p − q|."""

tv_positive_part_eq = Derivation(
    claim=Claim(
        "tv_positive_part_eq",
        variation,
        under_q(Max(ratio - 1, 0)),
        WHERE_LAWS,
        convention=(ANY, "TV is half the L¹ distance, between 0 and 1: E_q|p/q − 1|/2 = ½ ∫|p − q|"),
        source=Source("degenne2025", "total variation distance"),
    ),
    steps=(
        Step("half of ∫|p − q|", variation),
        Step("E_q[p/q] = ∫ p = 1", variation + under_q(ratio) / 2 - HALF),
        Step("max(t, 0) = (t + |t|)/2", under_q(Max(ratio - 1, 0))),
    ),
)

tv_overlap_eq = Derivation(
    claim=Claim(
        "tv_overlap_eq",
        variation,
        1 - under_q(Min(ratio, 1)),
        WHERE_LAWS,
        convention=(ANY, "∫ min(p, q) is the overlap, at most what two coupled draws can be equal with"),
        source=Source("degenne2025", "total variation distance"),
    ),
    steps=(
        Step("half of ∫|p − q|", variation),
        Step("E_q[p/q] = ∫ p = 1", 1 - under_q(ratio) / 2 - HALF + variation),
        Step("min(t, 1) = (t + 1 − |t − 1|)/2", 1 - under_q(Min(ratio, 1))),
    ),
)

WHERE_CLASS = (
    Variable("a", Positive(), "p at the class"),
    Variable("b", Positive(), "q at the class"),
    Variable("h", OpenUnit(), "how much of the class belongs to the event"),
)
a, b, h = symbols_of(WHERE_CLASS)

tv_class_le = Derivation(
    claim=Claim(
        "tv_class_le",
        h * (a - b),
        (a - b + Abs(a - b)) / 2,
        WHERE_CLASS,
        Relation.LE,
        convention=(
            "one class of any number; summed over the classes, with Σ p = Σ q: P(event) − Q(event) ≤ TV",
            "an event has h = 0 or 1 at each class; a randomised test any h between",
        ),
        source=Source("degenne2025", "total variation distance"),
    ),
    steps=(
        Step("what a class adds to P(event) − Q(event)", h * (a - b)),
        Step("the weights h and 1 − h of two sides", (a - b) / 2 + (2 * h - 1) * (a - b) / 2),
        Step(
            "2h − 1 is at most 1 in size",
            (a - b + Abs(a - b)) / 2,
            Relation.LE,
            (Times(h / 2, Modulus(a - b)), Times((1 - h) / 2, Modulus(b - a))),
        ),
    ),
)

WHERE_TABLES = (
    *(Variable(f"d_{i}", Real(), f"p − q at class {i}; at class 3 it is −d_1 − d_2") for i in (1, 2)),
    *(Variable(f"h_{i}", OpenUnit(), f"how much of class {i} belongs to the event") for i in (1, 2, 3)),
)
d1, d2, h1, h2, h3 = symbols_of(WHERE_TABLES)
D = (d1, d2, -d1 - d2)
"""p − q at each class."""


def summed(terms: tuple[Expr, ...]) -> Expr:
    """The sum over the classes."""
    return terms[0] + terms[1] + terms[2]


half_distance = summed(tuple(Abs(d) for d in D)) / 2
difference = summed(tuple(h * d for h, d in zip((h1, h2, h3), D, strict=True)))

tv_event_le = Derivation(
    claim=Claim(
        "tv_event_le",
        difference,
        half_distance,
        WHERE_TABLES,
        Relation.LE,
        convention=(
            "three classes, with Σ p = Σ q = 1",
            "no event, and no randomised test, tells p from q by more than TV",
        ),
        source=Source("degenne2025", "total variation distance"),
    ),
    steps=(
        Step("P(event) − Q(event)", difference),
        Step(
            "p and q have one sum, so h counts from 1/2",
            summed(tuple((2 * h - 1) / 2 * d for h, d in zip((h1, h2, h3), D, strict=True))),
        ),
        Step(
            "each class adds at most half of |p − q|",
            half_distance,
            Relation.LE,
            tuple(
                ground
                for h, d in zip((h1, h2, h3), D, strict=True)
                for ground in (Times(h / 2, Modulus(d)), Times((1 - h) / 2, Modulus(-d)))
            ),
        ),
    ),
)

WHERE_DIFFERENCE = (Variable("d", Real(), "p − q at the class"),)
(d,) = symbols_of(WHERE_DIFFERENCE)

tv_class_eq = Derivation(
    claim=Claim(
        "tv_class_eq",
        (1 + sign(d)) * d / 2,
        (d + Abs(d)) / 2,
        WHERE_DIFFERENCE,
        convention=(
            "one class of any number; summed over the classes, with Σ d = 0: P(event) − Q(event) = ½ Σ|d| = TV",
            "the event is that of all classes with p > q, so TV is reached; a class with p = q adds nothing either way",
        ),
        source=Source("degenne2025", "total variation distance"),
    ),
    steps=(
        Step("what a class adds where the event takes it for p > q alone", (1 + sign(d)) * d / 2),
        Step("multiplied out", d / 2 + sign(d) * d / 2),
        Step("d sign(d) = |d|", (d + Abs(d)) / 2),
    ),
)

t = Symbol("t", positive=True)
bent, below = t * log(t) - t + 1, 3 * (t - 1) ** 2 / (2 * (t + 2))
line = 3 * (ratio - 1) ** 2 / (2 * (ratio + 2)) - 2 * variation * Abs(ratio - 1) + 2 * variation**2 * (ratio + 2) / 3

pinsker_ge = Derivation(
    claim=Claim(
        "pinsker_ge",
        KL(p, q),
        2 * variation**2,
        WHERE_LAWS,
        Relation.GE,
        convention=(NATS, ANY, "the right side is 2 TV(p, q)²; in bits it is 2 TV²/log 2"),
        source=Source("cover2006", "chapter 11, the bound by the L1 distance"),
    ),
    steps=(
        Step("the divergence of p from q", KL(p, q)),
        Step("the definition: E_p log p(x)/q(x)", Expectation(log(ratio), x, p)),
        Step("E_p[f] = ∫ f p = E_q[f t] at t = p/q", under_q(ratio * log(ratio))),
        Step("E_q[p/q] = ∫ p = 1", under_q(bent.subs(t, ratio))),
        Step(
            "t log t − t + 1 − 3(t − 1)²/(2(t + 2)) is convex, with value and slope 0 at t = 1",
            under_q(below.subs(t, ratio)),
            Relation.GE,
            (Mean(OverTangent(bent - below, t, Integer(1), ratio), x, q),),
        ),
        Step(
            "(3|t − 1| − 2v(t + 2))² ≥ 0 at v = TV",
            2 * variation * under_q(Abs(ratio - 1)) - 2 * variation**2 * under_q(ratio + 2) / 3,
            Relation.GE,
            (Mean(Sign(line), x, q),),
        ),
        Step("E_q|t − 1| is 2v, and E_q[p/q] = 1", 2 * variation**2),
    ),
)

DERIVATIONS = (
    tv_positive_part_eq,
    tv_overlap_eq,
    tv_class_le,
    tv_class_eq,
    tv_event_le,
    pinsker_ge,
)
