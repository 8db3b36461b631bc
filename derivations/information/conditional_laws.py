"""Chain rules for any laws: a second variable whose law depends on the first.

Claim   KL of two pairs is KL of the first parts plus the mean KL of the second; so is entropy; a part tells no more
        than the pair, one channel for both adds nothing; the mean KL from any law is information and what it is off
Route   the log of a product is a sum, and what depends on the first variable alone is averaged over it; log t ≤ t − 1.
"""

from __future__ import annotations

from sympy import Expr, Integer, log

from claims.claim import Claim, Derivation, Lemma, Relation, Source, Step
from claims.domains import Real, Variable, symbols_of
from claims.grounds import Mean, Tangent
from claims.notation import KL, Density, Entropy, Expectation, NamedLaw

NATS = "log is natural, so the value is in nats"
ANY = "any laws with densities or masses, positive at the same points, for which the expectations are finite"
PAIR = "x ~ p, then y ~ s(· | x), so that p(x) s(y | x) is the law of the pair"

WHERE = (
    Variable("x", Real(), "the first variable, averaged over"),
    Variable("y", Real(), "the second variable, whose law depends on the first, averaged over"),
)
x, y = symbols_of(WHERE)
p, q, r, b = (NamedLaw(name) for name in "pqrb")
s, t = NamedLaw("s", x), NamedLaw("t", x)


def over_pair(f: Expr) -> Expectation:
    """E f(x, y) with x ~ p and y ~ s(· | x)."""
    return Expectation(Expectation(f, y, s), x, p)


def over_first(f: Expr) -> Expectation:
    """E f(x) with x ~ p."""
    return Expectation(f, x, p)


pair_ratio = log(Density(p, x) * Density(s, y) / (Density(q, x) * Density(t, y)))
chained = KL(p, q) + over_first(KL(s, t))

kl_chain_any_eq = Derivation(
    claim=Claim(
        "kl_chain_any_eq",
        over_pair(pair_ratio),
        chained,
        WHERE,
        convention=(
            NATS,
            ANY,
            PAIR,
            "the other pair has q(x) t(y | x)",
            "the divergence given x is averaged under the first law",
        ),
        source=Source("cover2006", "section 2.5"),
    ),
    steps=(
        Step("KL of the two pairs", over_pair(pair_ratio)),
        Step(
            "the log of a product is a sum",
            over_pair(log(Density(p, x) / Density(q, x)) + log(Density(s, y) / Density(t, y))),
        ),
        Step("the first part does not depend on y: the definition of KL, twice", chained),
    ),
)

pair_entropy = -over_pair(log(Density(p, x) * Density(s, y)))

entropy_chain_any_eq = Derivation(
    claim=Claim(
        "entropy_chain_any_eq",
        pair_entropy,
        Entropy(p) + over_first(Entropy(s)),
        WHERE,
        convention=(NATS, ANY, PAIR, "H(Y | X) is the mean over x of the entropy of s(· | x)"),
        source=Source("cover2006", "section 2.2"),
    ),
    steps=(
        Step("−E log p(x) s(y | x)", pair_entropy),
        Step("the log of a product is a sum", -over_pair(log(Density(p, x)) + log(Density(s, y)))),
        Step("the first part does not depend on y: H(X) + H(Y | X)", Entropy(p) + over_first(Entropy(s))),
    ),
)

kl_part_le = Derivation(
    claim=Claim(
        "kl_part_le",
        KL(p, q),
        over_pair(pair_ratio),
        WHERE,
        Relation.LE,
        convention=(
            NATS,
            ANY,
            PAIR,
            "the other pair has q(x) t(y | x); what is left out of both pairs can only lower KL",
            "listed in either order: by kl_same_channel_eq, a channel's outputs have no more KL than its inputs",
        ),
        source=Source("soch2020", "proof P165"),
    ),
    steps=(
        Step("KL of one part of each pair", KL(p, q)),
        Step("E_s[t/s] = ∫ t = 1 at every x", KL(p, q) - over_pair(Density(t, y) / Density(s, y) - 1)),
        Step(
            "log t ≤ t − 1 at t(y | x)/s(y | x)",
            KL(p, q) - over_pair(log(Density(t, y) / Density(s, y))),
            Relation.LE,
            (Mean(Mean(Tangent(Density(t, y) / Density(s, y)), y, s), x, p),),
        ),
        Step("the log of a quotient, upside down", KL(p, q) + over_pair(log(Density(s, y) / Density(t, y)))),
        Step("the definition of KL at every x", chained),
        Step(
            "KL of the pairs (kl_chain_any_eq)",
            over_pair(pair_ratio),
            lemmas=(Lemma(kl_chain_any_eq, weight=-Integer(1)),),
        ),
    ),
)

same_channel = over_pair(log(Density(p, x) * Density(s, y)) - log(Density(q, x) * Density(s, y)))

kl_same_channel_eq = Derivation(
    claim=Claim(
        "kl_same_channel_eq",
        same_channel,
        KL(p, q),
        WHERE,
        convention=(
            NATS,
            ANY,
            PAIR,
            "the other pair has q(x) s(y | x), the same channel",
            "KL of the pairs is KL of the inputs, so by kl_part_le KL of the outputs is no more: data processing",
        ),
        source=Source("soch2020", "proof P165"),
    ),
    steps=(
        Step("KL of input and output", same_channel),
        Step("the log of a product is a sum: the channel cancels", over_pair(log(Density(p, x) / Density(q, x)))),
        Step("E is linear: nothing depends on y", over_first(log(Density(p, x) / Density(q, x)))),
        Step("the definition of KL", KL(p, q)),
    ),
)

OUTPUT = "r is the law of y alone, E_p s(y | x); what is shown holds for any law r in its place"
information = over_pair(log(Density(p, x) * Density(s, y)) - log(Density(p, x) * Density(r, y)))

mi_mean_kl_any_eq = Derivation(
    claim=Claim(
        "mi_mean_kl_any_eq",
        information,
        over_first(KL(s, r)),
        WHERE,
        convention=(
            NATS,
            ANY,
            PAIR,
            OUTPUT,
            "I(X; Y) = KL(p(x, y) ‖ p(x) r(y)), the mean KL of p(y | x) from r",
        ),
        source=Source("cover2006", "section 2.5"),
    ),
    steps=(
        Step("KL of the pair from independent ones", information),
        Step("the log of a product is a sum: p(x) cancels", over_pair(log(Density(s, y) / Density(r, y)))),
        Step("the definition of KL at every x", over_first(KL(s, r))),
    ),
)

mi_nonneg_any = Derivation(
    claim=Claim(
        "mi_nonneg_any",
        over_first(KL(s, r)),
        Integer(0),
        WHERE,
        Relation.GE,
        convention=(NATS, ANY, PAIR, OUTPUT, "I(X; Y) ≥ 0; H(Y | X) is at most H(Y)"),
        source=Source("cover2006", "section 2.6"),
    ),
    steps=(
        Step("the mean over x of KL(s(· | x) ‖ r)", over_first(KL(s, r))),
        Step("the definition of KL at every x", over_pair(log(Density(s, y) / Density(r, y)))),
        Step("the log of a quotient, upside down", -over_pair(log(Density(r, y) / Density(s, y)))),
        Step(
            "log t ≤ t − 1 at r(y)/s(y | x)",
            -over_pair(Density(r, y) / Density(s, y) - 1),
            Relation.GE,
            (Mean(Mean(Tangent(Density(r, y) / Density(s, y)), y, s), x, p),),
        ),
        Step("E_s[r/s] = ∫ r = 1 at every x", Integer(0)),
    ),
)

decoded = over_pair(log(Density(t, y)) - log(Density(r, y)))

barber_agakov_ge = Derivation(
    claim=Claim(
        "barber_agakov_ge",
        over_first(KL(s, r)),
        decoded,
        WHERE,
        Relation.GE,
        convention=(
            NATS,
            ANY,
            PAIR,
            OUTPUT,
            "I(X; Y) ≥ H(Y) + E log t(y | x) for any decoder t, where H(Y) = −E log r(y); equal where t is s",
        ),
        source=Source("dillon2017", "vi.mutual_information.lower_bound_barber_agakov"),
    ),
    steps=(
        Step("I(X; Y), the mean over x of KL(s(· | x) ‖ r)", over_first(KL(s, r))),
        Step("the definition of KL at every x", over_pair(log(Density(s, y) / Density(r, y)))),
        Step(
            "the log of a quotient: s/r = t/r over t/s",
            decoded - over_pair(log(Density(t, y) / Density(s, y))),
        ),
        Step(
            "log t ≤ t − 1 at t(y | x)/s(y | x)",
            decoded - over_pair(Density(t, y) / Density(s, y) - 1),
            Relation.GE,
            (Mean(Mean(Tangent(Density(t, y) / Density(s, y)), y, s), x, p),),
        ),
        Step("E_s[t/s] = ∫ t = 1 at every x", decoded),
    ),
)

off = over_pair(log(Density(r, y) / Density(b, y)))

mean_kl_any_eq = Derivation(
    claim=Claim(
        "mean_kl_any_eq",
        over_first(KL(s, b)),
        over_first(KL(s, r)) + off,
        WHERE,
        convention=(
            NATS,
            ANY,
            PAIR,
            OUTPUT,
            "b is any other law: x a datum, s its posterior, b the prior, r the aggregated posterior",
            "the last term is KL(r ‖ b), with y drawn by way of x: no b is nearer to all s(· | x) on average than r",
        ),
        source=Source("tomczak2022", "priors, the regularization term"),
    ),
    steps=(
        Step("the mean divergence from b", over_first(KL(s, b))),
        Step("the definition of KL at every x", over_pair(log(Density(s, y) / Density(b, y)))),
        Step(
            "the log of a product: s/b = s/r · r/b",
            over_pair(log(Density(s, y) / Density(r, y)) + log(Density(r, y) / Density(b, y))),
        ),
        Step("E is linear, and the definition of KL at every x", over_first(KL(s, r)) + off),
    ),
)

log_marginal = over_pair(log(Density(r, y)))

mi_entropies_any_eq = Derivation(
    claim=Claim(
        "mi_entropies_any_eq",
        over_first(KL(s, r)),
        -log_marginal - over_first(Entropy(s)),
        WHERE,
        convention=(
            NATS,
            ANY,
            PAIR,
            OUTPUT,
            "I(X; Y) = H(Y) − H(Y | X): with r the law of y, −E log r(y) is H(Y), drawn by way of x",
        ),
        source=Source("cover2006", "section 2.4"),
    ),
    steps=(
        Step("the mean over x of KL(s(· | x) ‖ r)", over_first(KL(s, r))),
        Step("the definition of KL at every x", over_pair(log(Density(s, y) / Density(r, y)))),
        Step("the log of a quotient", over_pair(log(Density(s, y))) - log_marginal),
        Step("the definition of H at every x", -log_marginal - over_first(Entropy(s))),
    ),
)

conditioning_entropy_any_le = Derivation(
    claim=Claim(
        "conditioning_entropy_any_le",
        over_first(Entropy(s)),
        -log_marginal,
        WHERE,
        Relation.LE,
        convention=(
            NATS,
            ANY,
            PAIR,
            OUTPUT,
            "H(Y | X) ≤ H(Y), which is −E log r(y): on average, knowing x never adds entropy",
        ),
        source=Source("cover2006", "section 2.6"),
    ),
    steps=(
        Step("H(Y | X), the mean over x of the entropy of s(· | x)", over_first(Entropy(s))),
        Step("the definition of H at every x", -over_pair(log(Density(s, y)))),
        Step(
            "E_s[r/s] = ∫ r = 1 at every x",
            -over_pair(log(Density(s, y))) - over_pair(Density(r, y) / Density(s, y) - 1),
        ),
        Step(
            "log t ≤ t − 1 at r(y)/s(y | x)",
            -over_pair(log(Density(s, y))) - over_pair(log(Density(r, y) / Density(s, y))),
            Relation.LE,
            (Mean(Mean(Tangent(Density(r, y) / Density(s, y)), y, s), x, p),),
        ),
        Step("the log of a quotient: s cancels", -log_marginal),
    ),
)

DERIVATIONS = (
    kl_chain_any_eq,
    entropy_chain_any_eq,
    kl_part_le,
    kl_same_channel_eq,
    mi_mean_kl_any_eq,
    mi_nonneg_any,
    barber_agakov_ge,
    mean_kl_any_eq,
    mi_entropies_any_eq,
    conditioning_entropy_any_le,
)
