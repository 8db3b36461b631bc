"""The step back of the smoother of Rauch, Tung and Striebel, in one dimension and in any.

Claim   given the next state x′, the state is N(m + C(x′ − am), P − C²(a²P + Q)), C = Pa/(a²P + Q); given all data it
        has the mean m + C(m′ − am) and the variance P + C²(P′ − (a²P + Q)), m′ and P′ those of the next state there
        in any dimension m + C(m′ − Am) and P + C(P′ − (APAᵀ + Q))Cᵀ, C = PAᵀ(APAᵀ + Q)⁻¹
Route   Bayes for two normal densities; then the means over the next state, a row or a direction at a time.
"""

from __future__ import annotations

from sympy import Expr, Function, Sum, log, pi

from claims.claim import Claim, Derivation, Relation, Source, Step
from claims.domains import Integer, Positive, Real, Variable, named, symbols_of
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

WHERE_ANY = (
    Variable("t", Real(), "a coordinate of the next state, averaged over"),
    Variable("n", Integer(1), "the number of coordinates"),
    Variable("i", Integer(1), "counts them"),
    *named(WHERE, "y e m"),
    Variable("w", Real(), "the mean of gᵀx′ given all data"),
    Variable("a", Real(), "gᵀAm, its mean as predicted"),
    Variable("q", Positive(), "the VARIANCE of vᵀx given the next state, vᵀPv − gᵀP′g"),
    Variable("c", Positive(), "gᵀP′g, the VARIANCE of gᵀx′ as predicted"),
    Variable("r", Positive(), "its VARIANCE given all data, gᵀRg"),
)
t, n, i, _, _, _, mean_of_all, as_predicted, q, c, r = symbols_of(WHERE_ANY)
GAIN, EXPECTED, SMOOTHED, SPREAD = (
    *(Function(name, real=True)(i) for name in "xyz"),
    Function("w", positive=True)(i),
)
MATRICES = (
    "states of any dimension: x′ = Ax + noise of covariance Q, P′ = APAᵀ + Q, and the gain is C = PAᵀP′⁻¹, that of"
    " conditioning on x′ (conditional_mean_any_step_eq)"
)


def over(f: Expr) -> Sum:
    """The sum over the coordinates of the next state."""
    return Sum(f, (i, 1, n))


corrected = m + over(GAIN * Expectation(t - EXPECTED, t, Normal(SMOOTHED, SPREAD)))

rts_mean_any_eq = Derivation(
    claim=Claim(
        "rts_mean_any_eq",
        corrected,
        m + over(GAIN * (SMOOTHED - EXPECTED)),
        named(WHERE_ANY, "t n i m"),
        convention=(
            MATRICES,
            LATER,
            "a coordinate of m + C(m′ − Am): x(i) is its row of C, y(i) a coordinate of Am, z(i) and w(i) the mean and"
            " the variance of that of the next state given all data",
        ),
        source=THEOREM,
    ),
    steps=(
        Step("the mean given the next state, averaged over that given all data", corrected),
        Step("E is linear", m + over(GAIN * (Expectation(t, t, Normal(SMOOTHED, SPREAD)) - EXPECTED))),
        Step("E x′ = m′", m + over(GAIN * (SMOOTHED - EXPECTED))),
    ),
)

in_direction = Expectation(
    Expectation(((m + y - as_predicted + e) - (m + mean_of_all - as_predicted)) ** 2, e, Normal(0, q)),
    y,
    Normal(mean_of_all, r),
)

rts_variance_any_eq = Derivation(
    claim=Claim(
        "rts_variance_any_eq",
        in_direction,
        (q + c) + (r - c),
        named(WHERE_ANY, "y e m w a q c r"),
        convention=(
            MATRICES,
            LATER,
            "in any direction v, with g = Cᵀv: vᵀx is vᵀm + gᵀ(x′ − Am), and something of its own",
            "vᵀPv is q + gᵀP′g, since CP′ = PAᵀ: so the variance is vᵀ(P + C(R − P′)Cᵀ)v, for every v",
        ),
        source=THEOREM,
    ),
    steps=(
        Step("the expected squared deviation of vᵀx from its smoothed mean", in_direction),
        Step(
            "E is linear: what the state has of its own is apart",
            Expectation(e**2, e, Normal(0, q)) + Expectation((y - mean_of_all) ** 2, y, Normal(mean_of_all, r)),
        ),
        Step("E e² = q and E (gᵀ(x′ − m′))² = gᵀRg; gᵀP′g added and taken away", (q + c) + (r - c)),
    ),
)

DERIVATIONS = (
    rts_given_next_eq,
    rts_mean_eq,
    rts_variance_eq,
    rts_variance_le,
    rts_mean_any_eq,
    rts_variance_any_eq,
)
