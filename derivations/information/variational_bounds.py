"""Divergences as suprema: the Gibbs variational principle, Donsker and Varadhan, and its tangent.

Claim   E_q[f] − β KL(q ‖ p) = β log Z − β KL(q ‖ p e^(f/β)/Z), at most β log Z, reached at the tilted law; KL(p ‖ q) is
        at least E_p[T] − log E_q[e^T], and that at least E_p[T] − E_q[e^(T − 1)]
Route   any f with a finite Z is β log(Z t/p), where t is the tilted law; then logs of products, and log t ≤ t − 1.
"""

from __future__ import annotations

from sympy import Expr, exp, log

from claims.claim import Claim, Derivation, Lemma, Relation, Source, Step
from claims.domains import Positive, Real, Variable, named, symbols_of
from claims.grounds import Mean, Tangent
from claims.notation import KL, Density, Expectation, NamedLaw

NATS = "log is natural, so the value is in nats"
ANY = "any laws with densities or masses, positive at the same points, for which the expectations are finite"
LEMMA = Source("burklight2026", "the statements of both")

WHERE = (
    Variable("x", Real(), "the point averaged over"),
    Variable("beta", Positive(), "the weight of the divergence"),
    Variable("Z", Positive(), "the mean of e^(f/β) under p, or of e^T under q"),
)
x, beta, partition = symbols_of(WHERE)
p, q, tilted = NamedLaw("p"), NamedLaw("q"), NamedLaw("t")
TILTED = "t = p e^(f/β)/Z is the tilted law, Z = E_p e^(f/β), so f = β log(Z t/p): any f with a finite Z"


def under(law: NamedLaw, f: Expr) -> Expectation:
    """E_{x ~ law}[f]."""
    return Expectation(f, x, law)


reward = beta * log(partition * Density(tilted, x) / Density(p, x))
objective = under(q, reward) - beta * KL(q, p)

gibbs_partition_eq = Derivation(
    claim=Claim(
        "gibbs_partition_eq",
        under(p, partition * Density(tilted, x) / Density(p, x)),
        partition,
        named(WHERE, "x Z"),
        convention=(ANY, "t = p e^(f/β)/Z is the tilted law, so that e^(f/β) = Z t/p: Z is its mean under p"),
        source=LEMMA,
    ),
    steps=(
        Step("E_p e^(f/β)", under(p, partition * Density(tilted, x) / Density(p, x))),
        Step("p · t/p = t: an integral under t", under(tilted, partition)),
        Step("a constant", partition),
    ),
)

gibbs_variational_eq = Derivation(
    claim=Claim(
        "gibbs_variational_eq",
        objective,
        beta * log(partition) - beta * KL(q, tilted),
        WHERE,
        convention=(NATS, ANY, TILTED, "E_q[f] − β KL(q ‖ p) = β log Z − β KL(q ‖ t), for every q"),
        source=LEMMA,
    ),
    steps=(
        Step("E_q[f] less β times the divergence from p", objective),
        Step("the definition of KL(q ‖ p)", under(q, reward) - beta * under(q, log(Density(q, x) / Density(p, x)))),
        Step(
            "the log of a product: p cancels",
            beta * log(partition) - beta * under(q, log(Density(q, x) / Density(tilted, x))),
        ),
        Step("the definition of KL(q ‖ t)", beta * log(partition) - beta * KL(q, tilted)),
    ),
)

gibbs_variational_le = Derivation(
    claim=Claim(
        "gibbs_variational_le",
        objective,
        beta * log(partition),
        WHERE,
        Relation.LE,
        convention=(NATS, ANY, TILTED, "no q does better than β log Z, and q = t reaches it (gibbs_reached_eq)"),
        source=LEMMA,
    ),
    steps=(
        Step("E_q[f] less β times the divergence from p", objective),
        Step(
            "β log Z less a divergence (gibbs_variational_eq)",
            beta * log(partition) - beta * KL(q, tilted),
            lemmas=(Lemma(gibbs_variational_eq),),
        ),
        Step(
            "the definition of KL(q ‖ t)",
            beta * log(partition) - beta * under(q, log(Density(q, x) / Density(tilted, x))),
        ),
        Step(
            "the log of a quotient, upside down",
            beta * log(partition) + beta * under(q, log(Density(tilted, x) / Density(q, x))),
        ),
        Step(
            "log t ≤ t − 1 for the ratio of the tilted law to q",
            beta * log(partition) + beta * under(q, Density(tilted, x) / Density(q, x) - 1),
            Relation.LE,
            (Mean(Tangent(Density(tilted, x) / Density(q, x), beta), x, q),),
        ),
        Step("E_q[t/q] = ∫ t = 1", beta * log(partition)),
    ),
)

reached = under(tilted, reward) - beta * KL(tilted, p)

gibbs_reached_eq = Derivation(
    claim=Claim(
        "gibbs_reached_eq",
        reached,
        beta * log(partition),
        WHERE,
        convention=(NATS, ANY, TILTED, "the objective at q = t"),
        source=LEMMA,
    ),
    steps=(
        Step("E_t[f] less β times the divergence of t from p", reached),
        Step(
            "the definition of KL(t ‖ p)",
            under(tilted, reward) - beta * under(tilted, log(Density(tilted, x) / Density(p, x))),
        ),
        Step("the log of a product: f is β log t/p and a constant", beta * log(partition)),
    ),
)

CRITIC = "e^T = Z t/q for a law t, Z = E_q e^T: any critic T with a finite Z; KL(p ‖ q) is reached at T = log p/q + c"
critic = log(partition * Density(tilted, x) / Density(q, x))
odds = partition * Density(tilted, x) / Density(q, x)
donsker = under(p, critic) - log(under(q, odds))

donsker_varadhan_le = Derivation(
    claim=Claim(
        "donsker_varadhan_le",
        donsker,
        KL(p, q),
        named(WHERE, "x Z"),
        Relation.LE,
        convention=(NATS, ANY, CRITIC, "E_p[T] − log E_q[e^T] ≤ KL(p ‖ q)"),
        source=LEMMA,
    ),
    steps=(
        Step("E_p[T] − log E_q[e^T]", donsker),
        Step("E_q[t/q] = ∫ t = 1", under(p, critic) - log(partition)),
        Step(
            "the log of a product: t/q = t/p · p/q",
            under(p, log(Density(tilted, x) / Density(p, x))) + under(p, log(Density(p, x) / Density(q, x))),
        ),
        Step("the definition of KL(p ‖ q)", under(p, log(Density(tilted, x) / Density(p, x))) + KL(p, q)),
        Step(
            "log t ≤ t − 1 for the ratio of the critic's law to p",
            under(p, Density(tilted, x) / Density(p, x) - 1) + KL(p, q),
            Relation.LE,
            (Mean(Tangent(Density(tilted, x) / Density(p, x)), x, p),),
        ),
        Step("E_p[t/p] = ∫ t = 1", KL(p, q)),
    ),
)

donsker_varadhan_gap_eq = Derivation(
    claim=Claim(
        "donsker_varadhan_gap_eq",
        KL(p, q) - donsker,
        KL(p, tilted),
        named(WHERE, "x Z"),
        convention=(NATS, ANY, CRITIC, "what the bound lacks is KL(p ‖ q e^T/Z)"),
        source=LEMMA,
    ),
    steps=(
        Step("KL(p ‖ q) less the bound", KL(p, q) - donsker),
        Step("E_q[t/q] = ∫ t = 1", KL(p, q) - under(p, critic) + log(partition)),
        Step(
            "the definition of KL(p ‖ q)",
            under(p, log(Density(p, x) / Density(q, x))) - under(p, critic) + log(partition),
        ),
        Step("the log of a product: q and Z cancel", under(p, log(Density(p, x) / Density(tilted, x)))),
        Step("the definition of KL(p ‖ t)", KL(p, tilted)),
    ),
)

tangent_bound = under(p, critic) - under(q, exp(-1) * odds)

nwj_le = Derivation(
    claim=Claim(
        "nwj_le",
        tangent_bound,
        donsker,
        named(WHERE, "x Z"),
        Relation.LE,
        convention=(
            NATS,
            ANY,
            CRITIC,
            "E_p[T] − E_q[e^(T − 1)], of Nguyen, Wainwright and Jordan, lies below Donsker and Varadhan's bound",
            "equal where Z = e; KL(p ‖ q) is reached at T = 1 + log p/q alone",
        ),
        source=Source("dillon2017", "vi.mutual_information.lower_bound_nguyen_wainwright_jordan"),
    ),
    steps=(
        Step("E_p[T] − E_q[e^(T − 1)]", tangent_bound),
        Step("E_q[t/q] = ∫ t = 1", under(p, critic) - exp(-1) * partition),
        Step(
            "log t ≤ t − 1 for t = Z/e",
            under(p, critic) - log(partition),
            Relation.LE,
            (Tangent(exp(-1) * partition),),
        ),
        Step("Z = E_q[e^T]", donsker),
    ),
)

DERIVATIONS = (
    gibbs_partition_eq,
    gibbs_variational_eq,
    gibbs_variational_le,
    gibbs_reached_eq,
    donsker_varadhan_le,
    donsker_varadhan_gap_eq,
    nwj_le,
)
