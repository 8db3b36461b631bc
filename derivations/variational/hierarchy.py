"""The ELBO of two layers of latents in its other forms: as a gap, with an entropy, with one KL, and from the top down.

Claim   log p(x) − ELBO = KL(q(z₁, z₂) ‖ p(z₁, z₂ | x)); ELBO = E log joint + entropies; = reconstruction − KL of the
        pairs; and with q drawn from the top down, = reconstruction − KL(top) − E KL(bottom)
Route   the log of a product is a sum, and what depends on one layer alone is averaged over it.
"""

from __future__ import annotations

from sympy import Expr, log

from claims.claim import Claim, Derivation, Relation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, symbols_of
from claims.grounds import Mean, Tangent
from claims.notation import KL, Density, Expectation, NamedLaw

NATS = "log is natural, so the value is in nats"
BOTH = "one datum, both latents 0 or 1, of any positive probabilities"
HIERARCHY = Source("tomczak2022", "hierarchical latent variable models, top-down VAEs")

WHERE = (
    Variable("a", OpenUnit(), "p(z_2 = 1), the top prior"),
    Variable("b_1", OpenUnit(), "p(z_1 = 1 | z_2 = 1)"),
    Variable("b_0", OpenUnit(), "p(z_1 = 1 | z_2 = 0)"),
    *(Variable(f"c_{k}", Positive(), f"p(x | z_1 = {k}) at the x that was seen") for k in (1, 0)),
    Variable("q", OpenUnit(), "q of the latent drawn first, at 1"),
    *(Variable(f"r_{k}", OpenUnit(), f"q of the latent drawn second, at 1, where the first is {k}") for k in (1, 0)),
)
a, b1, b0, c1, c0, q, r1, r0 = symbols_of(WHERE)
UP = (
    (q, r1, c1, a, b1),
    (q, 1 - r1, c1, 1 - a, b0),
    (1 - q, r0, c0, a, 1 - b1),
    (1 - q, 1 - r0, c0, 1 - a, 1 - b0),
)
"""Drawn from the bottom up, z_1 first: q(z_1), q(z_2 | z_1), p(x | z_1), p(z_2), p(z_1 | z_2) of each pair."""
DOWN = (
    (q, r1, c1, a, b1),
    (q, 1 - r1, c0, a, 1 - b1),
    (1 - q, r0, c1, 1 - a, b0),
    (1 - q, 1 - r0, c0, 1 - a, 1 - b0),
)
"""Drawn from the top down, z_2 first: q(z_2), q(z_1 | z_2), p(x | z_1), p(z_2), p(z_1 | z_2) of each pair."""


def summed(terms: tuple[Expr, ...]) -> Expr:
    """The sum over the four pairs."""
    return terms[0] + terms[1] + terms[2] + terms[3]


def between(p: Expr, r: Expr) -> Expr:
    """KL of two coins, written out."""
    return p * log(p / r) + (1 - p) * log((1 - p) / (1 - r))


def coin(p: Expr) -> Expr:
    """−p log p − (1 − p) log(1 − p)."""
    return -p * log(p) - (1 - p) * log(1 - p)


elbo = summed(tuple(f * s * (log(c * top * below) - log(f * s)) for f, s, c, top, below in UP))
evidence = c1 * (a * b1 + (1 - a) * b0) + c0 * (a * (1 - b1) + (1 - a) * (1 - b0))
to_posterior = summed(tuple(f * s * log(f * s * evidence / (c * top * below)) for f, s, c, top, below in UP))

hierarchical_gap_eq = Derivation(
    claim=Claim(
        "hierarchical_gap_eq",
        log(evidence) - elbo,
        to_posterior,
        WHERE,
        convention=(
            NATS,
            BOTH,
            "q(z_1) q(z_2 | z_1); the right side is KL(q(z_1, z_2) ‖ p(z_1, z_2 | x)), zero at the posterior",
        ),
        source=Source("luo2022", "hierarchical variational autoencoders"),
    ),
    steps=(
        Step("log p(x) less the ELBO", log(evidence) - elbo),
        Step(
            "the probabilities of the pairs sum to one",
            summed(tuple(f * s * (log(evidence) + log(f * s) - log(c * top * below)) for f, s, c, top, below in UP)),
        ),
        Step("p(z_1, z_2 | x) = p(x, z_1, z_2)/p(x)", to_posterior),
    ),
)

energy = summed(tuple(f * s * log(c * top * below) for f, s, c, top, below in UP))

hierarchical_entropy_eq = Derivation(
    claim=Claim(
        "hierarchical_entropy_eq",
        elbo,
        energy + coin(q) + q * coin(r1) + (1 - q) * coin(r0),
        WHERE,
        convention=(
            NATS,
            BOTH,
            "E log p(x, z_1, z_2) + H(q(z_1)) + E H(q(z_2 | z_1)), by the chain rule",
        ),
        source=Source("luo2022", "hierarchical variational autoencoders"),
    ),
    steps=(
        Step("E[log p(x, z_1, z_2) − log q(z_1, z_2)]", elbo),
        Step(
            "log q(z_1, z_2) = log q(z_1) + log q(z_2 | z_1)",
            energy - summed(tuple(f * s * (log(f) + log(s)) for f, s, _, _, _ in UP)),
        ),
        Step("the first entropy does not depend on z_2", energy + coin(q) + q * coin(r1) + (1 - q) * coin(r0)),
    ),
)

reconstruction = q * log(c1) + (1 - q) * log(c0)
to_prior = summed(tuple(f * s * log(f * s / (top * below)) for f, s, _, top, below in UP))

hierarchical_joint_kl_eq = Derivation(
    claim=Claim(
        "hierarchical_joint_kl_eq",
        elbo,
        reconstruction - to_prior,
        WHERE,
        convention=(
            NATS,
            BOTH,
            "reconstruction − KL(q(z_1, z_2) ‖ p(z_1, z_2)), as for one latent",
        ),
        source=Source("luo2022", "hierarchical variational autoencoders"),
    ),
    steps=(
        Step("E[log p(x, z_1, z_2) − log q(z_1, z_2)]", elbo),
        Step(
            "the likelihood apart from the prior",
            summed(tuple(f * s * log(c) for f, s, c, _, _ in UP)) - to_prior,
        ),
        Step("the likelihood needs z_1 alone", reconstruction - to_prior),
    ),
)

down = summed(tuple(f * s * (log(c * top * below) - log(f * s)) for f, s, c, top, below in DOWN))
seen = q * (r1 * log(c1) + (1 - r1) * log(c0)) + (1 - q) * (r0 * log(c1) + (1 - r0) * log(c0))
layers = between(q, a) + q * between(r1, b1) + (1 - q) * between(r0, b0)

hierarchical_top_down_eq = Derivation(
    claim=Claim(
        "hierarchical_top_down_eq",
        down,
        seen - layers,
        WHERE,
        convention=(
            NATS,
            BOTH,
            "q(z_2) q(z_1 | z_2), drawn as the prior is: reconstruction − KL(q(z_2) ‖ p(z_2)) − E KL(q(z_1 | z_2) ‖ "
            "p(z_1 | z_2)), a KL for each layer",
        ),
        source=HIERARCHY,
    ),
    steps=(
        Step("E[log p(x, z_1, z_2) − log q(z_1, z_2)]", down),
        Step(
            "the log in three",
            summed(tuple(f * s * (log(c) - log(f / top) - log(s / below)) for f, s, c, top, below in DOWN)),
        ),
        Step("the top layer's ratio does not depend on z_1", seen - layers),
    ),
)

WHERE_ANY = (
    Variable("y", Real(), "the latent drawn first, averaged over"),
    Variable("z", Real(), "the latent drawn second, averaged over"),
    Variable("v", Positive(), "the evidence p(x)"),
)
y, z, evidence_of = symbols_of(WHERE_ANY)
guide, guided = NamedLaw("p"), NamedLaw("s", y)
exact, exact_below = NamedLaw("r"), NamedLaw("t", y)
prior, prior_below = NamedLaw("q"), NamedLaw("b", y)
ANY = (
    "any laws of two latents: q(z₁, z₂) is p(y) s(z | y) here, and the posterior r(y) t(z | y), so that the joint"
    " with x is v r(y) t(z | y)"
)


def over_both(f: Expr) -> Expectation:
    """E over the first latent, and the second given it."""
    return Expectation(Expectation(f, z, guided), y, guide)


below_one = Density(exact, y) * Density(exact_below, z) / (Density(guide, y) * Density(guided, z))
bound = over_both(log(evidence_of * below_one))

hierarchical_gap_any_eq = Derivation(
    claim=Claim(
        "hierarchical_gap_any_eq",
        log(evidence_of) - bound,
        KL(guide, exact) + Expectation(KL(guided, exact_below), y, guide),
        WHERE_ANY,
        convention=(NATS, ANY, "the gap is KL(q(z₁, z₂) ‖ p(z₁, z₂ | x)), a KL for each layer; drawn in either order"),
        source=HIERARCHY,
    ),
    steps=(
        Step("log p(x) less the ELBO", log(evidence_of) - bound),
        Step(
            "the log of a product is a sum",
            over_both(log(Density(guide, y) / Density(exact, y)) + log(Density(guided, z) / Density(exact_below, z))),
        ),
        Step(
            "E is linear: the first ratio does not depend on z",
            Expectation(log(Density(guide, y) / Density(exact, y)), y, guide)
            + over_both(log(Density(guided, z) / Density(exact_below, z))),
        ),
        Step("the definition of KL, twice", KL(guide, exact) + Expectation(KL(guided, exact_below), y, guide)),
    ),
)

hierarchical_elbo_any_le = Derivation(
    claim=Claim(
        "hierarchical_elbo_any_le",
        bound,
        log(evidence_of),
        WHERE_ANY,
        Relation.LE,
        convention=(NATS, ANY, "equal where q is the posterior of both"),
        source=HIERARCHY,
    ),
    steps=(
        Step("E[log p(x, z₁, z₂) − log q(z₁, z₂)]", bound),
        Step("the log of a product: log p(x) comes out of E", log(evidence_of) + over_both(log(below_one))),
        Step(
            "log u ≤ u − 1 for the posterior over q",
            log(evidence_of) + over_both(below_one - 1),
            Relation.LE,
            (Mean(Mean(Tangent(below_one), z, guided), y, guide),),
        ),
        Step("its mean is the ∫ of the posterior, 1", log(evidence_of)),
    ),
)

likelihood = over_both(
    log(evidence_of * Density(exact, y) * Density(exact_below, z) / (Density(prior, y) * Density(prior_below, z)))
)

hierarchical_top_down_any_eq = Derivation(
    claim=Claim(
        "hierarchical_top_down_any_eq",
        bound,
        likelihood - KL(guide, prior) - Expectation(KL(guided, prior_below), y, guide),
        WHERE_ANY,
        convention=(
            NATS,
            ANY,
            "the prior is q(y) b(z | y), drawn from the top down as q is: p(x | y, z) is the joint over it",
            "reconstruction − KL(top) − E KL(bottom given the top)",
        ),
        source=HIERARCHY,
    ),
    steps=(
        Step("E[log p(x, z₁, z₂) − log q(z₁, z₂)]", bound),
        Step(
            "the log of a product, in three",
            likelihood
            - over_both(log(Density(guide, y) / Density(prior, y)))
            - over_both(log(Density(guided, z) / Density(prior_below, z))),
        ),
        Step(
            "the definition of KL, twice; the top layer's ratio does not depend on z",
            likelihood - KL(guide, prior) - Expectation(KL(guided, prior_below), y, guide),
        ),
    ),
)

DERIVATIONS = (
    hierarchical_gap_eq,
    hierarchical_entropy_eq,
    hierarchical_joint_kl_eq,
    hierarchical_top_down_eq,
    hierarchical_gap_any_eq,
    hierarchical_elbo_any_le,
    hierarchical_top_down_any_eq,
)
