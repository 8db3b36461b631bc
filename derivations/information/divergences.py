"""Divergences and the inequalities between them.

Claim   KL ≥ 0 by Gibbs and by Jensen, zero only between equals; Pinsker; KL ≤ log(1 + χ²); JS between 0 and log 2
Route   log t ≤ t − 1, the convexity of t log t and of −log, and for Pinsker the sign of a slope.
"""

from __future__ import annotations

from sympy import Expr, Integer, Symbol, log, sqrt

from claims.claim import Claim, Derivation, Lemma, Relation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, symbols_of
from claims.grounds import Jensen, LeastAt, Mean, Tangent
from claims.laws import Bernoulli
from claims.notation import KL, Density, Expectation, NamedLaw
from derivations.information.identities import kl_bernoulli_eq

NATS = "log is natural, so the value is in nats"
ORDER = "p first, q second"
ZERO = Integer(0)
t = Symbol("t", positive=True)

WHERE_LAWS = (Variable("x", Real(), "the point integrated over"),)
(x,) = symbols_of(WHERE_LAWS)
first, second = NamedLaw("p"), NamedLaw("q")
ratio = Density(second, x) / Density(first, x)

kl_nonneg = Derivation(
    claim=Claim(
        "kl_nonneg",
        KL(first, second),
        ZERO,
        WHERE_LAWS,
        Relation.GE,
        convention=(NATS, ORDER, "any two laws with densities or masses, positive at the same points"),
        source=Source("cover2006", "section 2.6"),
    ),
    steps=(
        Step("the divergence of p from q", KL(first, second)),
        Step("the definition: E log p(x)/q(x)", Expectation(log(Density(first, x) / Density(second, x)), x, first)),
        Step("the log of a quotient, upside down", -Expectation(log(ratio), x, first)),
        Step(
            "Gibbs: log t ≤ t − 1 at every point, and so on average",
            -Expectation(ratio - 1, x, first),
            Relation.GE,
            (Mean(Tangent(ratio), x, first),),
        ),
        Step("E_p[q/p] = ∫ q = 1", ZERO),
    ),
)

WHERE = (
    *(Variable(f"v_{i}", Positive(), f"weight of class {i} under p; divided by their sum") for i in (1, 2, 3)),
    *(Variable(f"w_{i}", Positive(), f"weight of class {i} under q; divided by their sum") for i in (1, 2, 3)),
)
v1, v2, v3, w1, w2, w3 = symbols_of(WHERE)
P = tuple(v / (v1 + v2 + v3) for v in (v1, v2, v3))
Q = tuple(w / (w1 + w2 + w3) for w in (w1, w2, w3))
TABLES = "three classes, p_i = v_i/Σv and q_i = w_i/Σw: every two tables of positive probabilities are of this form"


def summed(terms: tuple[Expr, ...]) -> Expr:
    """The sum over the classes."""
    return terms[0] + terms[1] + terms[2]


divergence = summed(tuple(a * log(a / b) for a, b in zip(P, Q, strict=True)))

kl_nonneg_of_jensen = Derivation(
    claim=Claim(
        "kl_nonneg_of_jensen",
        divergence,
        ZERO,
        WHERE,
        Relation.GE,
        convention=(NATS, ORDER, TABLES, "the f-divergence of f(t) = t log t; any convex f with f(1) = 0 will do"),
        source=Source("cover2006", "section 2.6"),
    ),
    steps=(
        Step("Σ p log p/q", divergence),
        Step(
            "E_q[f(p/q)] with f(t) = t log t",
            summed(tuple(b * (a / b * log(a / b)) for a, b in zip(P, Q, strict=True))) + summed(Q) - 1,
        ),
        Step(
            "f is convex: f(E_q[p/q]) = f(1) = 0",
            ZERO,
            Relation.GE,
            (Jensen(t * log(t), t, Q, tuple(a / b for a, b in zip(P, Q, strict=True))),),
        ),
    ),
)

hellinger = summed(tuple((sqrt(a) - sqrt(b)) ** 2 for a, b in zip(P, Q, strict=True)))

kl_hellinger_ge = Derivation(
    claim=Claim(
        "kl_hellinger_ge",
        divergence,
        hellinger,
        WHERE,
        Relation.GE,
        convention=(NATS, ORDER, TABLES, "the right side is zero only where p = q, and so then is KL"),
        source=Source("degenne2025", "Hellinger distance and Rényi divergence"),
    ),
    steps=(
        Step("Σ p log p/q", divergence),
        Step(
            "log q/p = 2 log √(q/p) ≤ 2(√(q/p) − 1)",
            summed(tuple(2 * a - 2 * sqrt(a) * sqrt(b) for a, b in zip(P, Q, strict=True))),
            Relation.GE,
            tuple(Tangent(sqrt(b) / sqrt(a), 2 * a) for a, b in zip(P, Q, strict=True)),
        ),
        Step("p and q sum to one: a sum of squares", hellinger),
    ),
)

collision = summed(tuple(a**2 / b for a, b in zip(P, Q, strict=True)))

chi_squared_eq = Derivation(
    claim=Claim(
        "chi_squared_eq",
        summed(tuple((a - b) ** 2 / b for a, b in zip(P, Q, strict=True))),
        collision - 1,
        WHERE,
        convention=(ORDER, TABLES, "χ²(p ‖ q) = E_q[(p/q − 1)²], the f-divergence of f(t) = (t − 1)²"),
        source=Source("dillon2017", "vi.pearson"),
    ),
    steps=(
        Step(
            "the squared excess, weighted by 1/q",
            summed(tuple((a - b) ** 2 / b for a, b in zip(P, Q, strict=True))),
        ),
        Step("the square written out", summed(tuple(a**2 / b - 2 * a + b for a, b in zip(P, Q, strict=True)))),
        Step("p and q sum to one", collision - 1),
    ),
)

kl_chi_squared_le = Derivation(
    claim=Claim(
        "kl_chi_squared_le",
        divergence,
        log(collision),
        WHERE,
        Relation.LE,
        convention=(NATS, ORDER, TABLES, "the right side is log(1 + χ²(p ‖ q))"),
        source=Source("degenne2025", "Rényi divergence, its order"),
    ),
    steps=(
        Step("E_p[log p/q]", divergence),
        Step(
            "Jensen: log is concave",
            log(collision),
            Relation.LE,
            (Jensen(-log(t), t, P, tuple(a / b for a, b in zip(P, Q, strict=True))),),
        ),
    ),
)

merged = P[0] * log(P[0] / Q[0]) + (1 - P[0]) * log((1 - P[0]) / (1 - Q[0]))
rest_ratio = (Q[1] / (1 - Q[0])) / (P[1] / (1 - P[0])), (Q[2] / (1 - Q[0])) / (P[2] / (1 - P[0]))

kl_merged_ge = Derivation(
    claim=Claim(
        "kl_merged_ge",
        divergence,
        merged,
        WHERE,
        Relation.GE,
        convention=(NATS, ORDER, TABLES, "classes 2 and 3 are no longer told apart: data processing for KL"),
        source=Source("soch2020", "proof P165"),
    ),
    steps=(
        Step("Σ p log p/q", divergence),
        Step(
            "the log-sum inequality: log t ≤ t − 1 for the conditional probabilities of 2 and 3",
            merged,
            Relation.GE,
            (Tangent(rest_ratio[0], P[1]), Tangent(rest_ratio[1], P[2])),
        ),
    ),
)

WHERE_COINS = (
    Variable("p", OpenUnit(), "the probability of 1 under the first law"),
    Variable("q", OpenUnit(), "the probability of 1 under the second law"),
)
p, q = symbols_of(WHERE_COINS)
coins = KL(Bernoulli(p), Bernoulli(q))
of_coins = p * log(p / q) + (1 - p) * log((1 - p) / (1 - q))

pinsker_bernoulli_ge = Derivation(
    claim=Claim(
        "pinsker_bernoulli_ge",
        coins,
        2 * (p - q) ** 2,
        WHERE_COINS,
        Relation.GE,
        convention=(
            NATS,
            ORDER,
            "|p − q| is the total variation; with classes merged (kl_merged_ge) it holds for any two laws",
        ),
        source=Source("cover2006", "chapter 11, the bound by the L1 distance"),
    ),
    steps=(
        Step("the divergence of two coins", coins),
        Step("kl_bernoulli_eq", of_coins, lemmas=(Lemma(kl_bernoulli_eq),)),
        Step(
            "the excess over 2(p − q)² has the slope (q − p)(1/(q(1 − q)) − 4) in q, and q(1 − q) ≤ 1/4",
            2 * (p - q) ** 2,
            Relation.GE,
            (LeastAt(of_coins - 2 * (p - q) ** 2, q, p),),
        ),
    ),
)

kl_asymmetry_eq = Derivation(
    claim=Claim(
        "kl_asymmetry_eq",
        coins - KL(Bernoulli(q), Bernoulli(p)),
        (p + q) * log(p / q) + (2 - p - q) * log((1 - p) / (1 - q)),
        WHERE_COINS,
        convention=(NATS, ORDER, "zero where p = q or p + q = 1, and nowhere else: KL is not symmetric"),
        source=Source("soch2020", "proof P419"),
    ),
    steps=(
        Step("the one less the other", coins - KL(Bernoulli(q), Bernoulli(p))),
        Step(
            "kl_bernoulli_eq, twice",
            of_coins - q * log(q / p) - (1 - q) * log((1 - q) / (1 - p)),
            lemmas=(Lemma(kl_bernoulli_eq), Lemma(kl_bernoulli_eq, ((p, q), (q, p)), Integer(-1))),
        ),
        Step("the logs collected", (p + q) * log(p / q) + (2 - p - q) * log((1 - p) / (1 - q))),
    ),
)

DERIVATIONS = (
    kl_nonneg,
    kl_nonneg_of_jensen,
    kl_hellinger_ge,
    chi_squared_eq,
    kl_chi_squared_le,
    kl_merged_ge,
    pinsker_bernoulli_ge,
    kl_asymmetry_eq,
)
