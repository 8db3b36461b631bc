"""Tails of any law: Markov, Chebyshev and Chernoff, and Hoeffding's lemma with its bound.

Claim   P(X ≥ a) ≤ E X/a, P(|X − m| ≥ a) ≤ E(X − m)²/a², P(X ≥ a) ≤ E e^(λ(X − a)); E e^(λX) ≤ e^(λEX + λ²c²/8) for X
        in a range of length c, and P(K/n ≥ p + t) ≤ e^(−2nt²) for the share of ones among n draws
Route   an indicator lies below what bounds it, in each case of its condition, and E keeps the order; e^v lies below
        its chord and above its tangents.
"""

from __future__ import annotations

from sympy import Expr, Function, Integer, exp, log

from claims.claim import Claim, Derivation, Lemma, Relation, Source, Step
from claims.domains import Integer as Whole
from claims.domains import OpenUnit, Positive, Real, Variable, named, symbols_of
from claims.grounds import Jensen, Mean, OverTangent, Sign, Tangent, Times
from claims.indicators import IsNonNegative
from claims.laws import Binomial
from claims.notation import Argmin, Expectation, Law, NamedLaw, Normal

WHERE = (
    Variable("x", Real(), "the point averaged over"),
    Variable("v", Real(), "where e^v is compared with its chord or its tangent"),
    Variable("y", Positive(), "where y^n is compared with its tangent"),
    Variable("n", Whole(1), "the number of draws"),
    Variable("a", Positive(), "the level that is reached, or how far from m"),
    Variable("b", Real(), "the level that is reached"),
    Variable("m", Real(), "the mean, or any centre"),
    Variable("s", Positive(), "the STANDARD DEVIATION"),
    Variable("u", Real(), "the exponent of the bound"),
    Variable("l", Positive(), "the exponent λ of the bound, above zero"),
    Variable("c", Positive(), "the length of the range of X"),
    Variable("p", OpenUnit(), "the probability of a one"),
    Variable("q", OpenUnit(), "the share of ones that is reached"),
    Variable("t", Positive(), "how far above its mean a share lies"),
)
x, v, y, n, a, b, m, s, u, lam, c, p, q, t = symbols_of(WHERE)
law = NamedLaw("p")
W, T = Function("w", positive=True)(x), Function("g", real=True)(x)
ANY = "any law p of x for which the expectations are finite"
INDICATOR = "the mean of 1[…] is a probability"
COIN = "K ~ Bin(n, p): the number of ones among n draws of a coin"


def mean(f: Expr, of: Law = law) -> Expectation:
    """E f(x), x following ``of``."""
    return Expectation(f, x, of)


def reached(by: Expr) -> IsNonNegative:
    """1[by ≥ 0]."""
    return IsNonNegative(by)


markov_le = Derivation(
    claim=Claim(
        "markov_le",
        mean(reached(W - a)),
        mean(W) / a,
        named(WHERE, "x a"),
        Relation.LE,
        convention=(ANY, INDICATOR, "X = w(x) is any positive variable: P(X ≥ a) ≤ E X/a"),
        source=Source("data102", "lecture 18, Markov's inequality"),
    ),
    steps=(
        Step("P(X ≥ a), the mean of an indicator", mean(reached(W - a))),
        Step(
            "1[X ≥ a] ≤ X/a, since X/a is never negative and at least 1 there",
            mean(W / a),
            Relation.LE,
            (Mean(Sign(W / a - reached(W - a)), x, law),),
        ),
        Step("E is linear", mean(W) / a),
    ),
)

square = (T - m) ** 2

chebyshev_le = Derivation(
    claim=Claim(
        "chebyshev_le",
        mean(reached(square - a**2)),
        mean(square) / a**2,
        named(WHERE, "x a m"),
        Relation.LE,
        convention=(
            ANY,
            INDICATOR,
            "X = g(x) is any real variable: P(|X − m| ≥ a) ≤ E(X − m)²/a², of any centre m",
        ),
        source=Source("data102", "lecture 18, Markov's inequality"),
    ),
    steps=(
        Step("P((X − m)² ≥ a²), the mean of an indicator", mean(reached(square - a**2))),
        Step(
            "Markov's inequality for the square: the indicator is at most (X − m)²/a²",
            mean(square / a**2),
            Relation.LE,
            (Mean(Sign(square / a**2 - reached(square - a**2)), x, law),),
        ),
        Step("E is linear", mean(square) / a**2),
    ),
)


def chernoff(above: Expr, rate: Expr, of: Law = law) -> tuple[Mean, Mean, Mean]:
    """Why E 1[d ≥ 0] ≤ E e^(λd): where d ≥ 0 the tangent 1 + λd lies between them, elsewhere e^(λd) ≥ 0."""
    there = reached(above)
    return (
        Mean(Times(there, Tangent(exp(rate * above))), x, of),
        Mean(Sign(there * rate * above), x, of),
        Mean(Sign((1 - there) * exp(rate * above)), x, of),
    )


EXPONENTIAL = "1[d ≥ 0] ≤ e^(λd): log t ≤ t − 1 at t = e^(λd)"

chernoff_le = Derivation(
    claim=Claim(
        "chernoff_le",
        mean(reached(T - b)),
        exp(-lam * b) * mean(exp(lam * T)),
        named(WHERE, "x l b"),
        Relation.LE,
        convention=(ANY, INDICATOR, "X = g(x) is any real variable: P(X ≥ b) ≤ e^(−λb) E e^(λX) for every λ > 0"),
        source=Source("adhikari2026", "section 19.4, Chernoff bound"),
    ),
    steps=(
        Step("P(X ≥ b), the mean of an indicator", mean(reached(T - b))),
        Step(EXPONENTIAL, mean(exp(lam * (T - b))), Relation.LE, chernoff(T - b, lam)),
        Step("E is linear: e^(−λb) is a constant", exp(-lam * b) * mean(exp(lam * T))),
    ),
)

SPREAD = Normal(m, s**2)
beyond = x - m - a
BEST = a / s**2

chernoff_normal_le = Derivation(
    claim=Claim(
        "chernoff_normal_le",
        mean(reached(beyond), SPREAD),
        exp(-(a**2) / (2 * s**2)),
        named(WHERE, "x a m s"),
        Relation.LE,
        convention=(INDICATOR, "P(X − m ≥ a) for X ~ N(m, s²), with the best exponent λ = a/s² (chernoff_normal_eq)"),
        source=Source("adhikari2026", "section 19.4, Chernoff bound"),
    ),
    steps=(
        Step("P(X ≥ m + a), the mean of an indicator", mean(reached(beyond), SPREAD)),
        Step(EXPONENTIAL, mean(exp(BEST * beyond), SPREAD), Relation.LE, chernoff(beyond, BEST, SPREAD)),
        Step("E e^(λX) = e^(λm + λ²s²/2), at λ = a/s²", exp(-(a**2) / (2 * s**2))),
    ),
)

total = 1 - p + p * exp(u)
lead = u**2 / 8 + p * u - log(total)

hoeffding_coin_le = Derivation(
    claim=Claim(
        "hoeffding_coin_le",
        exp(-p * u) * total,
        exp(u**2 / 8),
        named(WHERE, "v p u"),
        Relation.LE,
        convention=("E e^(u(X − p)) of a coin with P(X = 1) = p, the mean of X",),
        source=Source("wikipedia", "Hoeffding's lemma, proof"),
    ),
    steps=(
        Step("e^(−pu) (1 − p + p e^u)", exp(-p * u) * total),
        Step(
            "u²/8 less the log of that is convex in u, and flat and zero at u = 0; e^v is convex",
            exp(u**2 / 8),
            Relation.LE,
            (
                OverTangent(exp(v), v, log(total) - p * u, u**2 / 8),
                Times(exp(-p * u) * total, OverTangent(lead, u, Integer(0), u)),
            ),
        ),
    ),
)

share = W / (1 + W)
centre = mean(share)
SHARE = "Y = w(x)/(1 + w(x)), w > 0: any variable between 0 and 1; X = b + cY lies between b and b + c"
above = b + c * share

hoeffding_lemma_le = Derivation(
    claim=Claim(
        "hoeffding_lemma_le",
        mean(exp(u * above)),
        exp(u * mean(above) + u**2 * c**2 / 8),
        named(WHERE, "x v u b c"),
        Relation.LE,
        convention=(ANY, SHARE, "E e^(u(X − EX)) ≤ e^(u²c²/8), both sides times e^(uEX), for X in a range of length c"),
        source=Source("wikipedia", "Hoeffding's lemma, statement"),
    ),
    steps=(
        Step("E e^(uX)", mean(exp(u * above))),
        Step("E is linear: e^(ub) is a constant", exp(u * b) * mean(exp(u * c * share))),
        Step(
            "e^(ucY) is convex: it lies below its chord, between Y = 0 and Y = 1",
            exp(u * b) * (1 - centre + centre * exp(u * c)),
            Relation.LE,
            (Times(exp(u * b), Mean(Jensen(exp(u * c * v), v, (1 - share, share), (Integer(0), Integer(1))), x, law)),),
        ),
        Step(
            "a coin with the mean of Y (hoeffding_coin_le)",
            exp(u * b + u * c * centre + u**2 * c**2 / 8),
            Relation.LE,
            lemmas=(Lemma(hoeffding_coin_le, ((p, centre), (u, u * c)), exp(u * b + u * c * centre)),),
        ),
        Step("E is linear: b and c stand before it", exp(u * mean(above) + u**2 * c**2 / 8)),
    ),
)

exponent = n * (u**2 * c**2 / 8 - u * t)

hoeffding_exponent_eq = Derivation(
    claim=Claim(
        "hoeffding_exponent_eq",
        Argmin(exponent, u),
        4 * t / c**2,
        named(WHERE, "n u c t"),
        convention=(
            "P(X̄ − E X ≥ t) ≤ e^(−nut) (E e^(u(X − EX)))^n ≤ e^(n(u²c²/8 − ut)) for n independent draws",
            "at the best u the bound is e^(−2nt²/c²)",
        ),
        source=Source("zhang2023a", "theorem 2.16"),
    ),
    steps=(
        Step("where the exponent is least", Argmin(exponent, u)),
        Step("the square completed: what is left does not depend on u", Argmin((u - 4 * t / c**2) ** 2, u)),
        Step("a square is least at its zero", 4 * t / c**2),
    ),
)


ONES = Binomial(n, p)


def towards(level: Expr, rate: Expr) -> tuple[Step, Step]:
    """P(K ≥ level), and Chernoff's bound on it."""
    above = x - level
    return (
        Step("P(K ≥ …), the mean of an indicator", mean(reached(above), ONES)),
        Step(EXPONENTIAL, mean(exp(rate * above), ONES), Relation.LE, chernoff(above, rate, ONES)),
    )


GENERATING = "E e^(λK) = (1 − p + p e^λ)^n"

chernoff_binomial_le = Derivation(
    claim=Claim(
        "chernoff_binomial_le",
        mean(reached(x - n * q), ONES),
        exp(-n * lam * q) * (1 - p + p * exp(lam)) ** n,
        named(WHERE, "x n p q l"),
        Relation.LE,
        convention=(INDICATOR, COIN, "P(K ≥ nq) ≤ (e^(−λq) E e^(λX))^n, λ > 0; the best λ is positive for q > p"),
        source=Source("zhang2023a", "theorem 2.17"),
    ),
    steps=(
        *towards(n * q, lam),
        Step(GENERATING, exp(-n * lam * q) * (1 - p + p * exp(lam)) ** n),
    ),
)

one = exp(-4 * t * p) * (1 - p + p * exp(4 * t))
weight = exp(-4 * n * t**2)

hoeffding_binomial_le = Derivation(
    claim=Claim(
        "hoeffding_binomial_le",
        mean(reached(x - n * (p + t)), ONES),
        exp(-2 * n * t**2),
        named(WHERE, "x y n p t"),
        Relation.LE,
        convention=(INDICATOR, COIN, "P(K/n ≥ p + t) ≤ e^(−2nt²); λ = 4t is the best exponent (hoeffding_exponent_eq)"),
        source=Source("zhang2023a", "theorem 2.16"),
    ),
    steps=(
        *towards(n * (p + t), 4 * t),
        Step(GENERATING, weight * one**n),
        Step(
            "E e^(λ(X − p)) is at most e^(λ²/8) (hoeffding_coin_le), and y^n is convex",
            exp(-2 * n * t**2),
            Relation.LE,
            (Times(weight, OverTangent(y**n, y, one, exp(2 * t**2))),),
            (Lemma(hoeffding_coin_le, ((u, 4 * t),), n * weight * one**n / one),),
        ),
    ),
)

rate = 4 * t / c**2
each = mean(exp(rate * above))
least = exp(rate * mean(above) + rate**2 * c**2 / 8)
scale = exp(-n * rate * (mean(above) + t))

hoeffding_mean_le = Derivation(
    claim=Claim(
        "hoeffding_mean_le",
        scale * each**n,
        exp(-2 * n * t**2 / c**2),
        named(WHERE, "x v y u n b c t"),
        Relation.LE,
        convention=(
            ANY,
            SHARE,
            "left is e^(−λn(EX + t)) E e^(λΣX) of n independent draws at λ = 4t/c²: by chernoff_le for their sum it is"
            " at least P(X̄ − EX ≥ t); independence, a product of means for the mean of a product, is supposed",
        ),
        source=Source("zhang2023a", "theorem 2.16"),
    ),
    steps=(
        Step("the mean of a product of n draws, each E e^(λX)", scale * each**n),
        Step(
            "a draw has E e^(λX) at most e^(λEX + λ²c²/8) (hoeffding_lemma_le), and y^n is convex",
            exp(-2 * n * t**2 / c**2),
            Relation.LE,
            (Times(scale, OverTangent(y**n, y, each, least)),),
            (Lemma(hoeffding_lemma_le, ((u, rate),), n * scale * each**n / each),),
        ),
    ),
)

DERIVATIONS = (
    markov_le,
    chebyshev_le,
    chernoff_le,
    chernoff_normal_le,
    hoeffding_coin_le,
    hoeffding_lemma_le,
    hoeffding_exponent_eq,
    chernoff_binomial_le,
    hoeffding_binomial_le,
    hoeffding_mean_le,
)
