"""Information content, Shannon's grouping axiom, and what a code must cost.

Claim   content adds over independent events and grows with rarity; H(p) ≤ mean length of any code < H(p) + 1
Route   logs of products; Gibbs' inequality between p and the weights 2^(−length), which Kraft's sum bounds by one.
"""

from __future__ import annotations

from sympy import Expr, Integer, log

from claims.claim import Claim, Derivation, Relation, Source, Step
from claims.domains import NonNegative, OpenUnit, Positive, Real, Variable, symbols_of
from claims.grounds import Mean, Sign, Tangent
from claims.notation import Density, Entropy, Expectation, NamedLaw

NATS = "log is natural: contents and entropies in nats; a length in bits is worth log 2 nats each"

WHERE_EVENTS = (
    Variable("p", OpenUnit(), "the probability of one event"),
    Variable("q", OpenUnit(), "that of an independent event, or of a further condition"),
)
p, q = symbols_of(WHERE_EVENTS)

content_sum_eq = Derivation(
    claim=Claim(
        "content_sum_eq",
        -log(p * q),
        -log(p) - log(q),
        WHERE_EVENTS,
        convention=(NATS, "the content of an event is −log of its probability", "the events are independent"),
        source=Source("goodfellow2016", "section 3.13"),
    ),
    steps=(
        Step("the content of both events", -log(p * q)),
        Step("the log of a product is a sum", -log(p) - log(q)),
    ),
)

content_rarer_ge = Derivation(
    claim=Claim(
        "content_rarer_ge",
        -log(p * q),
        -log(p) + (1 - q),
        WHERE_EVENTS,
        Relation.GE,
        convention=(NATS, "an event rarer by the factor q tells more: by 1 − q > 0 at least"),
        source=Source("goodfellow2016", "section 3.13"),
    ),
    steps=(
        Step("the content of the rarer event", -log(p * q)),
        Step("the log of a product is a sum", -log(p) - log(q)),
        Step("log q ≤ q − 1", -log(p) + (1 - q), Relation.GE, (Tangent(q),)),
    ),
)

A, B, C = p, (1 - p) * q, (1 - p) * (1 - q)


def coin(a: Expr) -> Expr:
    """−a log a − (1 − a) log(1 − a)."""
    return -a * log(a) - (1 - a) * log(1 - a)


whole = -A * log(A) - B * log(B) - C * log(C)

entropy_grouping_eq = Derivation(
    claim=Claim(
        "entropy_grouping_eq",
        whole,
        coin(p) + (1 - p) * coin(q),
        WHERE_EVENTS,
        convention=(NATS, "three outcomes: the first of probability p; q shares out the rest"),
        source=Source("mackay2003", "section 2.5"),
    ),
    steps=(
        Step("the entropy of three outcomes", whole),
        Step(
            "logs of the products",
            -A * log(p) - B * (log(1 - p) + log(q)) - C * (log(1 - p) + log(1 - q)),
        ),
        Step("first or not; and where not, which", coin(p) + (1 - p) * coin(q)),
    ),
)

WHERE_CODE = (
    *(Variable(f"w_{i}", Positive(), f"weight of symbol {i}; p_i = w_i/Σw") for i in (1, 2, 3)),
    *(Variable(f"k_{i}", Positive(), f"2 to minus the length of word {i}, up to a common factor") for i in (1, 2, 3)),
    Variable("u", NonNegative(), "what Kraft's sum leaves unused, on the same scale"),
)
w1, w2, w3, k1, k2, k3, unused = symbols_of(WHERE_CODE)
P = tuple(w / (w1 + w2 + w3) for w in (w1, w2, w3))
K = tuple(k / (k1 + k2 + k3 + unused) for k in (k1, k2, k3))
KRAFT = "lengths −log₂ K_i with K_1 + K_2 + K_3 ≤ 1, Kraft's inequality; every such code is of this form"


def summed(terms: tuple[Expr, ...]) -> Expr:
    """The sum over the three symbols."""
    return terms[0] + terms[1] + terms[2]


length = -summed(tuple(a * log(b) for a, b in zip(P, K, strict=True))) / log(2)
entropy = -summed(tuple(a * log(a) for a in P))

source_coding_ge = Derivation(
    claim=Claim(
        "source_coding_ge",
        length,
        entropy / log(2),
        WHERE_CODE,
        Relation.GE,
        convention=("lengths and entropy in bits", "three symbols", KRAFT),
        source=Source("cover2006", "section 5.3"),
    ),
    steps=(
        Step("the mean length Σ p_i ℓ_i, ℓ_i = −log₂ K_i", length),
        Step(
            "log t ≤ t − 1 for t = K/p",
            (entropy + 1 - summed(K)) / log(2),
            Relation.GE,
            tuple(Tangent(b / a, a / log(2)) for a, b in zip(P, K, strict=True)),
        ),
        Step(
            "Kraft: ΣK ≤ 1",
            entropy / log(2),
            Relation.GE,
            (Sign(unused / (k1 + k2 + k3 + unused) / log(2)),),
        ),
    ),
)

WHERE_WRONG = WHERE_CODE[:6]
Q = tuple(k / (k1 + k2 + k3) for k in (k1, k2, k3))
wrong_length = -summed(tuple(a * log(b) / log(2) for a, b in zip(P, Q, strict=True)))
excess = summed(tuple(a * log(a / b) for a, b in zip(P, Q, strict=True)))

wrong_code_eq = Derivation(
    claim=Claim(
        "wrong_code_eq",
        wrong_length,
        (entropy + excess) / log(2),
        WHERE_WRONG,
        convention=("lengths in bits", "the ideal code of q, ℓ_i = −log₂ q_i, for symbols that follow p"),
        source=Source("cover2006", "section 5.4"),
    ),
    steps=(
        Step("the mean length of the code of q under p", wrong_length),
        Step(
            "log q = log p − log p/q",
            -summed(tuple(a * (log(a) - log(a / b)) for a, b in zip(P, Q, strict=True))) / log(2),
        ),
        Step("H(p) + KL(p ‖ q), in bits", (entropy + excess) / log(2)),
    ),
)

WHERE_ROUNDED = (
    *WHERE_CODE[:3],
    *(Variable(f"f_{i}", OpenUnit(), f"what rounding up adds to length {i}") for i in (1, 2, 3)),
)
ROUNDING = symbols_of(WHERE_ROUNDED)[3:]
rounded = summed(tuple(a * (-log(a) / log(2) + f) for a, f in zip(P, ROUNDING, strict=True)))

shannon_code_le = Derivation(
    claim=Claim(
        "shannon_code_le",
        rounded,
        entropy / log(2) + 1,
        WHERE_ROUNDED,
        Relation.LE,
        convention=("lengths in bits", "ℓ_i = −log₂ p_i rounded up, which keeps Kraft's inequality"),
        source=Source("cover2006", "section 5.4"),
    ),
    steps=(
        Step("the mean length of the rounded code", rounded),
        Step(
            "rounding adds less than one bit to each",
            summed(tuple(a * (-log(a) / log(2) + 1) for a in P)),
            Relation.LE,
            tuple(Sign(a * (1 - f)) for a, f in zip(P, ROUNDING, strict=True)),
        ),
        Step("the probabilities sum to one", entropy / log(2) + 1),
    ),
)

certain_nonneg = Derivation(
    claim=Claim(
        "certain_nonneg",
        -log(p),
        Integer(0),
        WHERE_EVENTS[:1],
        Relation.GE,
        convention=(NATS, "zero where p = 1, the content of what was certain"),
        source=Source("goodfellow2016", "section 3.13"),
    ),
    steps=(
        Step("the content of an event", -log(p)),
        Step("log p ≤ p − 1", 1 - p, Relation.GE, (Tangent(p),)),
        Step("p < 1", Integer(0), Relation.GE),
    ),
)

WHERE_ANY = (
    Variable("x", Real(), "the word, averaged over"),
    Variable("K", Positive(), "Kraft's sum, Σ 2^(−length) over all words"),
)
x, kraft = symbols_of(WHERE_ANY)
law, words = NamedLaw("p"), NamedLaw("t")
length = Expectation(-log(kraft * Density(words, x)), x, law)
surprise = -Expectation(log(Density(law, x)), x, law)
ratio = Density(words, x) / Density(law, x)

source_coding_any_ge = Derivation(
    claim=Claim(
        "source_coding_any_ge",
        length,
        Entropy(law) + (1 - kraft),
        WHERE_ANY,
        Relation.GE,
        convention=(
            NATS,
            "any law over any set of words: t = 2^(−length)/K, so that the length is −log(K t) nats",
            "a code that can be told apart has K ≤ 1 (Kraft), and so no mean length below the entropy",
        ),
        source=Source("cover2006", "section 5.3"),
    ),
    steps=(
        Step("the mean length", length),
        Step("the log of a product: t = t/p · p", surprise - Expectation(log(ratio), x, law) - log(kraft)),
        Step(
            "log u ≤ u − 1 at u = t/p",
            surprise - Expectation(ratio - 1, x, law) - log(kraft),
            Relation.GE,
            (Mean(Tangent(ratio), x, law),),
        ),
        Step("E_p[t/p] = ∫ t = 1", surprise - log(kraft)),
        Step("log K ≤ K − 1", surprise - (kraft - 1), Relation.GE, (Tangent(kraft),)),
        Step("the definition of H", Entropy(law) + (1 - kraft)),
    ),
)

DERIVATIONS = (
    content_sum_eq,
    content_rarer_ge,
    certain_nonneg,
    entropy_grouping_eq,
    source_coding_ge,
    wrong_code_eq,
    shannon_code_le,
    source_coding_any_ge,
)
