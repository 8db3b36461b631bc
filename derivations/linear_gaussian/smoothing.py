"""The step back of the smoother of Rauch, Tung and Striebel, in one dimension.

Claim   given the next state x′, the state is N(m + C(x′ − am), P − C²(a²P + Q)), C = Pa/(a²P + Q); given all data it
        has the mean m + C(m′ − am) and the variance P + C²(P′ − (a²P + Q)), m′ and P′ those of the next state there
Route   Bayes for two normal densities; then the means over the next state.
"""

from __future__ import annotations

from sympy import Expr, log, pi

from claims.claim import Claim, Derivation, Relation, Source, Step
from claims.domains import Positive, Real, Variable, named, symbols_of
from claims.grounds import Sign
from claims.notation import Density, Expectation, Normal

WHERE = (
    Variable("x", Real(), "the state"),
    Variable("y", Real(), "the next state, averaged over"),
    Variable("e", Real(), "what the state has of its own given the next, averaged over"),
    Variable("m", Real(), "the mean of the state given the data so far"),
    Variable("P", Positive(), "its VARIANCE"),
    Variable("a", Real(), "factor of the state in a step"),
    Variable("Q", Positive(), "VARIANCE of the state's noise"),
    Variable("w", Real(), "the mean of the next state given all data"),
    Variable("R", Positive(), "its VARIANCE"),
    Variable("d", Positive(), "by how much R is below the VARIANCE that is predicted"),
)
x, y, e, m, P, a, Q, w, R, d = symbols_of(WHERE)
predicted = a**2 * P + Q
C = P * a / predicted
MODEL = "x′ = a x + noise of variance Q; m and P are the filter's, a²P + Q is the variance of x′ predicted from them"
LATER = "given x′, later data say nothing more of x"
THEOREM = Source("redam2026", "the RTS smoother, theorem 8.2")
own = P * Q / predicted


joint = log(Density(Normal(m, P), x)) + log(Density(Normal(a * x, Q), y))


def log_normal(at: Expr, mean: Expr, variance: Expr) -> Expr:
    """log N(at; mean, variance), written out."""
    return -(log(2 * pi * variance) + (at - mean) ** 2 / variance) / 2


separate = log_normal(x, m, P) + log_normal(y, a * x, Q) - log_normal(y, a * m, predicted)
written = log_normal(x, m + C * (y - a * m), own)

rts_given_next_eq = Derivation(
    claim=Claim(
        "rts_given_next_eq",
        joint - log(Density(Normal(a * m, predicted), y)),
        written,
        named(WHERE, "x y m P a Q"),
        convention=(
            MODEL,
            "log p(x) + log p(x′ | x) − log p(x′) is that of N(m + C(x′ − am), PQ/(a²P + Q)), C = Pa/(a²P + Q)",
            "its variance PQ/(a²P + Q) is P − C²(a²P + Q)",
        ),
        source=THEOREM,
    ),
    steps=(
        Step("Bayes: log p(x | x′)", joint - log(Density(Normal(a * m, predicted), y))),
        Step("the log of a normal density, in each of the three", separate),
        Step("the squares completed", written),
    ),
)

smoothed = Normal(w, R)

rts_mean_eq = Derivation(
    claim=Claim(
        "rts_mean_eq",
        Expectation(m + C * (y - a * m), y, smoothed),
        m + C * (w - a * m),
        named(WHERE, "y m P a Q w R"),
        convention=(MODEL, LATER, "C = Pa/(a²P + Q) is the smoother's gain"),
        source=THEOREM,
    ),
    steps=(
        Step(
            "the mean given the next state, averaged over that given all data",
            Expectation(m + C * (y - a * m), y, smoothed),
        ),
        Step("E is linear", m + C * Expectation(y - a * m, y, smoothed)),
        Step("E x′ = m′", m + C * (w - a * m)),
    ),
)

deviation = Expectation(
    Expectation((m + C * (y - a * m) + e - (m + C * (w - a * m))) ** 2, e, Normal(0, own)), y, smoothed
)

rts_variance_eq = Derivation(
    claim=Claim(
        "rts_variance_eq",
        deviation,
        P + C**2 * (R - predicted),
        named(WHERE, "y e m P a Q w R"),
        convention=(MODEL, LATER, "C = Pa/(a²P + Q); R is the smoothed variance of the next state"),
        source=THEOREM,
    ),
    steps=(
        Step("the expected squared deviation from the smoothed mean", deviation),
        Step(
            "E is linear: what the state has of its own is apart", own + C**2 * Expectation((y - w) ** 2, y, smoothed)
        ),
        Step("E (x′ − m′)² = R, and PQ/(a²P + Q) = P − C²(a²P + Q)", P + C**2 * (R - predicted)),
    ),
)

rts_variance_le = Derivation(
    claim=Claim(
        "rts_variance_le",
        P + C**2 * ((predicted - d) - predicted),
        P,
        named(WHERE, "P a Q d"),
        Relation.LE,
        convention=(
            MODEL,
            "R = a²P + Q − d: the next state is known better than predicted, and so this one than filtered",
        ),
        source=THEOREM,
    ),
    steps=(
        Step("the smoothed variance", P + C**2 * ((predicted - d) - predicted)),
        Step("a square times d is taken off", P, Relation.LE, (Sign(C**2 * d),)),
    ),
)

DERIVATIONS = (rts_given_next_eq, rts_mean_eq, rts_variance_eq, rts_variance_le)
