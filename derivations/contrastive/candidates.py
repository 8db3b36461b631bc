"""InfoNCE as a bound for any laws and any critic: the candidates are draws, and draws of one law may change places.

Claim   E[N e^f(x₁)/Σ e^f(x_j)] = 1 where all candidates are drawn from q; so E_p(log N − loss) ≤ KL(p ‖ q); what the
        bound lacks at the best critic is the mean log of the mean ratio
Route   one of N shares is a share like the others, and they sum to one; log t ≤ t − 1 for the share's weight.
"""

from __future__ import annotations

from sympy import Expr, Integer, log

from claims.claim import Claim, Derivation, Lemma, Relation, Source, Step
from claims.domains import Real, Variable, symbols_of
from claims.grounds import Mean, Tangent
from claims.notation import KL, Density, Expectation, NamedLaw

NATS = "log is natural, so the value is in nats"
ANY = "any laws with densities or masses, positive at the same points, for which the expectations are finite"
DRAWN = "three candidates: x is drawn from p = p(x | c), y and z from q = p(x), all independent given the context c"
CRITIC = "e^f = t/q for a law t: any critic with a finite mean of e^f under q, since a factor of e^f cancels"
SOURCE = Source("dillon2017", "vi.mutual_information.lower_bound_info_nce")

WHERE = (
    Variable("x", Real(), "the positive, averaged over"),
    Variable("y", Real(), "a negative, averaged over"),
    Variable("z", Real(), "another negative, averaged over"),
)
x, y, z = symbols_of(WHERE)
p, q, tilted = NamedLaw("p"), NamedLaw("q"), NamedLaw("t")


def over(f: Expr, first: NamedLaw) -> Expectation:
    """The mean of ``f`` where x ~ first and y, z ~ q."""
    return Expectation(Expectation(Expectation(f, z, q), y, q), x, first)


def ratio(law: NamedLaw, at: Expr) -> Expr:
    """The density of ``law`` over that of q."""
    return Density(law, at) / Density(q, at)


total = ratio(tilted, x) + ratio(tilted, y) + ratio(tilted, z)
share = ratio(tilted, x) / total

infonce_share_eq = Derivation(
    claim=Claim(
        "infonce_share_eq",
        over(3 * share, q),
        Integer(1),
        WHERE,
        convention=(ANY, "all three candidates are drawn from q", CRITIC),
        source=SOURCE,
    ),
    steps=(
        Step("three times the share of the first candidate", over(3 * share, q)),
        Step(
            "draws of one law may change places, so every candidate has the same mean share",
            over(share + ratio(tilted, y) / total + ratio(tilted, z) / total, q),
        ),
        Step("the shares sum to one", Integer(1)),
    ),
)

estimate = over(log(3 * share), p)
weight = 3 * share / ratio(p, x)

infonce_any_laws_le = Derivation(
    claim=Claim(
        "infonce_any_laws_le",
        estimate,
        KL(p, q),
        WHERE,
        Relation.LE,
        convention=(
            NATS,
            ANY,
            DRAWN,
            CRITIC,
            "E(log N − loss) ≤ KL(p(x | c) ‖ p(x)) for one context; the mean over contexts bounds I(x; c)",
        ),
        source=SOURCE,
    ),
    steps=(
        Step("log N less the loss", estimate),
        Step("the log of a product: N share = p/q · the rest", over(log(ratio(p, x)), p) + over(log(weight), p)),
        Step("the definition of KL(p ‖ q), in which y and z are not", KL(p, q) + over(log(weight), p)),
        Step(
            "log t ≤ t − 1 for t = N share · q/p",
            KL(p, q) + over(weight, p) - 1,
            Relation.LE,
            (Mean(Mean(Mean(Tangent(weight), z, q), y, q), x, p),),
        ),
        Step("E_p[f q/p] = ∫ f q: all are drawn from q", KL(p, q) + over(3 * share, q) - 1),
        Step("that has the mean 1 (infonce_share_eq)", KL(p, q), lemmas=(Lemma(infonce_share_eq),)),
    ),
)

best = ratio(p, x) + ratio(p, y) + ratio(p, z)

infonce_any_laws_gap_eq = Derivation(
    claim=Claim(
        "infonce_any_laws_gap_eq",
        KL(p, q) - over(log(3 * ratio(p, x) / best), p),
        over(log(best / 3), p),
        WHERE,
        convention=(
            NATS,
            ANY,
            DRAWN,
            "at the best critic, e^f = p/q: the mean log of the mean ratio, which falls to 0 as negatives are added",
        ),
        source=SOURCE,
    ),
    steps=(
        Step("KL(p ‖ q) less log N − loss", KL(p, q) - over(log(3 * ratio(p, x) / best), p)),
        Step(
            "the definition of KL(p ‖ q), in which y and z are not",
            over(log(ratio(p, x)), p) - over(log(3 * ratio(p, x) / best), p),
        ),
        Step("the log of a quotient: log p/q is taken off", over(log(best / 3), p)),
    ),
)

DERIVATIONS = (infonce_share_eq, infonce_any_laws_le, infonce_any_laws_gap_eq)
