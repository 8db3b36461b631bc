"""The evidence lower bound for any laws: its forms, its gap, the free energy; which arg max is which, for two values.

Claim   log p(x) = ELBO + KL(q ‖ p(z | x)); the ELBO three ways; the best q is the posterior, at fixed θ alone
Route   Bayes' rule, p(x, z) = p(x) p(z | x), makes the log of the joint a sum; log t ≤ t − 1 for the bound.
"""

from __future__ import annotations

from sympy import Expr, Symbol, log

from claims.claim import Claim, Derivation, Relation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, named, symbols_of
from claims.grounds import Jensen, Mean, Tangent
from claims.notation import KL, Argmax, Argmin, Density, Entropy, Expectation, NamedLaw

NATS = "log is natural, so the value is in nats"
ANY = "any laws with densities or masses, positive at the same points, for which the expectations are finite"
BAYES = "at the x that was seen p(x, z) = e r(z): e = p(x) is the evidence, r = p(z | x) the posterior, by Bayes' rule"
BOUND = "ELBO = E_q[log p(x, z) − log q(z)]"

WHERE_LAWS = (
    Variable("z", Real(), "the latent, averaged over"),
    Variable("e", Positive(), "p(x), the evidence at the x that was seen"),
    Variable("T", Positive(), "the temperature"),
    Variable("Z", Positive(), "the partition function"),
)
z, e, temperature, partition = symbols_of(WHERE_LAWS)
LATENT = named(WHERE_LAWS, "z e")
guide, exact, prior, boltzmann = NamedLaw("q"), NamedLaw("r"), NamedLaw("p"), NamedLaw("b")


def under_q(f: Expr) -> Expectation:
    """E_{z ~ q}[f]."""
    return Expectation(f, z, guide)


log_joint = log(e * Density(exact, z))
bound = under_q(log_joint - log(Density(guide, z)))

elbo_entropy_eq = Derivation(
    claim=Claim(
        "elbo_entropy_eq",
        bound,
        under_q(log_joint) + Entropy(guide),
        LATENT,
        convention=(NATS, ANY, BAYES, BOUND, "expected log joint plus the entropy of q"),
        source=Source("goodfellow2016", "section 19.1"),
    ),
    steps=(
        Step("E_q[log p(x, z) − log q(z)]", bound),
        Step("E is linear: log q apart", under_q(log_joint) - under_q(log(Density(guide, z)))),
        Step("the definition of the entropy", under_q(log_joint) + Entropy(guide)),
    ),
)

log_likelihood = log(e * Density(exact, z) / Density(prior, z))

elbo_reconstruction_eq = Derivation(
    claim=Claim(
        "elbo_reconstruction_eq",
        bound,
        under_q(log_likelihood) - KL(guide, prior),
        LATENT,
        convention=(
            NATS,
            ANY,
            BAYES,
            BOUND,
            "p = p(z) is the prior, so p(x | z) = e r(z)/p(z)",
            "reconstruction E_q log p(x | z), less KL(q(z | x) ‖ p(z)), q first",
        ),
        source=Source("kingma2013", "section 2.2, equation 3"),
    ),
    steps=(
        Step("E_q[log p(x, z) − log q(z)]", bound),
        Step(
            "p(x, z) = p(x | z) p(z), and the log of a product is a sum",
            under_q(log_likelihood - log(Density(guide, z) / Density(prior, z))),
        ),
        Step("E is linear, and the definition of KL(q ‖ p)", under_q(log_likelihood) - KL(guide, prior)),
    ),
)

elbo_gap_eq = Derivation(
    claim=Claim(
        "elbo_gap_eq",
        log(e) - bound,
        KL(guide, exact),
        LATENT,
        convention=(NATS, ANY, BAYES, BOUND, "KL(q(z | x) ‖ p(z | x)): zero where q is the posterior"),
        source=Source("bishop2006", "section 9.4, equation 9.70"),
    ),
    steps=(
        Step("log p(x) less the ELBO", log(e) - bound),
        Step("the log of a quotient, and E is linear", under_q(log(Density(guide, z) / Density(exact, z)))),
        Step("the definition of KL(q ‖ r)", KL(guide, exact)),
    ),
)

elbo_le_log_evidence = Derivation(
    claim=Claim(
        "elbo_le_log_evidence",
        bound,
        log(e),
        LATENT,
        Relation.LE,
        convention=(NATS, ANY, BAYES, BOUND, "for every q; equal where q is the posterior (elbo_at_posterior_eq)"),
        source=Source("kingma2013", "section 2.2"),
    ),
    steps=(
        Step("E_q[log p(x, z) − log q(z)]", bound),
        Step("log p(x) comes out of E", log(e) + under_q(log(Density(exact, z) / Density(guide, z)))),
        Step(
            "log t ≤ t − 1 for t = p(z | x)/q(z)",
            log(e) + under_q(Density(exact, z) / Density(guide, z) - 1),
            Relation.LE,
            (Mean(Tangent(Density(exact, z) / Density(guide, z)), z, guide),),
        ),
        Step("its mean is ∫ p(z | x) dz = 1", log(e)),
    ),
)

at_posterior = Expectation(log_joint - log(Density(exact, z)), z, exact)

elbo_at_posterior_eq = Derivation(
    claim=Claim(
        "elbo_at_posterior_eq",
        at_posterior,
        log(e),
        LATENT,
        convention=(NATS, ANY, BAYES, "q is the posterior r: the bound of the E-step is tight"),
        source=Source("bishop2006", "section 9.4"),
    ),
    steps=(
        Step("E_r[log p(x, z) − log r(z)]", at_posterior),
        Step("the log of a product is a sum", Expectation(log(e), z, exact)),
        Step("a constant", log(e)),
    ),
)

weight = e * Density(exact, z) / Density(guide, z)

importance_evidence_eq = Derivation(
    claim=Claim(
        "importance_evidence_eq",
        under_q(weight),
        e,
        LATENT,
        convention=(
            ANY,
            BAYES,
            "E_q[p(x, z)/q(z)] = p(x); with the prior for q, the evidence is the mean likelihood E_{p(z)} p(x | z)",
        ),
        source=Source("burda2016", "section 3, theorem 1"),
    ),
    steps=(
        Step("the mean importance weight p(x, z)/q(z)", under_q(weight)),
        Step("q · r/q = r: an integral under r", Expectation(e, z, exact)),
        Step("a constant", e),
    ),
)

energy = -temperature * log(partition * Density(boltzmann, z))
free_energy = under_q(energy) - temperature * Entropy(guide)

free_energy_eq = Derivation(
    claim=Claim(
        "free_energy_eq",
        free_energy,
        -temperature * log(partition) + temperature * KL(guide, boltzmann),
        named(WHERE_LAWS, "z T Z"),
        convention=(
            NATS,
            ANY,
            "b(z) = e^(−energy(z)/T)/Z is Boltzmann's law, so energy(z) = −T log(Z b(z)): any energy with a finite Z",
            "F = E_q[energy] − T H(q) = −T log Z + T KL(q ‖ b)",
        ),
        source=Source("kuleshov2025", "variational inference, the variational lower bound"),
    ),
    steps=(
        Step("mean energy less T times the entropy", free_energy),
        Step("the definition: −E log q(z)", under_q(energy) + temperature * under_q(log(Density(guide, z)))),
        Step(
            "the log of a product: energies are minus logs",
            -temperature * log(partition) + temperature * under_q(log(Density(guide, z) / Density(boltzmann, z))),
        ),
        Step("the definition of KL(q ‖ b)", -temperature * log(partition) + temperature * KL(guide, boltzmann)),
    ),
)

TWO = "z is 1 or 0"

WHERE = (
    Variable("c", OpenUnit(), "p(z = 1), the prior"),
    Variable("a", Positive(), "p(x | z = 1), the likelihood at the x that was seen"),
    Variable("b", Positive(), "p(x | z = 0)"),
    Variable("q", OpenUnit(), "q(z = 1 | x), the approximate posterior"),
)
c, a, b, q = symbols_of(WHERE)
u = Symbol("u", positive=True)
j1, j0 = c * a, (1 - c) * b
evidence = j1 + j0
posterior = j1 / evidence
elbo = q * (log(j1) - log(q)) + (1 - q) * (log(j0) - log(1 - q))

elbo_le_of_jensen = Derivation(
    claim=Claim(
        "elbo_le_of_jensen",
        q * log(j1 / q) + (1 - q) * log(j0 / (1 - q)),
        log(evidence),
        WHERE,
        Relation.LE,
        convention=(NATS, BOUND, TWO, "the same bound by the concavity of log, which does not show the gap"),
        source=Source("bishop2006", "section 9.4"),
    ),
    steps=(
        Step("E_q log(p(x, z)/q(z))", q * log(j1 / q) + (1 - q) * log(j0 / (1 - q))),
        Step(
            "Jensen: the log of the mean is above the mean of the logs, and E_q[p(x, z)/q(z)] = Σ_z p(x, z)",
            log(evidence),
            Relation.LE,
            (Jensen(-log(u), u, (q, 1 - q), (j1 / q, j0 / (1 - q))),),
        ),
    ),
)

elbo_argmax_eq = Derivation(
    claim=Claim(
        "elbo_argmax_eq",
        Argmax(elbo, q),
        posterior,
        WHERE,
        convention=(
            NATS,
            BOUND,
            TWO,
            "at fixed θ (a, b, c) the greatest ELBO is the least KL to the posterior",
        ),
        source=Source("bishop2006", "section 9.4"),
    ),
    steps=(
        Step("the q of the greatest ELBO", Argmax(elbo, q)),
        Step("the logit of q must be the log-ratio of the joints", posterior),
    ),
)

WHERE_THETA = (
    Variable("t", OpenUnit(), "θ = p(z = 1), now to be learned"),
    *WHERE[1:],
)
t = symbols_of(WHERE_THETA)[0]
elbo_of_theta = q * (log(t * a) - log(q)) + (1 - q) * (log((1 - t) * b) - log(1 - q))
gap_of_theta = q * log(q * (t * a + (1 - t) * b) / (t * a)) + (1 - q) * log(
    (1 - q) * (t * a + (1 - t) * b) / ((1 - t) * b)
)

elbo_argmax_theta_eq = Derivation(
    claim=Claim(
        "elbo_argmax_theta_eq",
        Argmax(elbo_of_theta, t),
        q,
        WHERE_THETA,
        convention=(NATS, BOUND, TWO, "at fixed q the ELBO's best prior is q itself"),
        source=Source("bishop2006", "section 9.4"),
    ),
    steps=(
        Step("the θ of the greatest ELBO", Argmax(elbo_of_theta, t)),
        Step("only q log θ + (1 − q) log(1 − θ) depends on θ", q),
    ),
)

gap_argmin_theta_eq = Derivation(
    claim=Claim(
        "gap_argmin_theta_eq",
        Argmin(gap_of_theta, t),
        q * b / (q * b + (1 - q) * a),
        WHERE_THETA,
        convention=(
            NATS,
            "KL(q ‖ p_θ(z | x)) is least elsewhere, where the posterior is q: not at θ = q unless a = b",
            "with θ free, raising the ELBO and closing its gap are two aims: log p_θ(x) moves too",
        ),
        source=Source("bishop2006", "section 9.4"),
    ),
    steps=(
        Step("the θ of the least gap", Argmin(gap_of_theta, t)),
        Step("the odds θa/((1 − θ)b) must be those of q", q * b / (q * b + (1 - q) * a)),
    ),
)

DERIVATIONS = (
    elbo_entropy_eq,
    elbo_reconstruction_eq,
    elbo_gap_eq,
    elbo_le_log_evidence,
    elbo_at_posterior_eq,
    importance_evidence_eq,
    elbo_le_of_jensen,
    elbo_argmax_eq,
    elbo_argmax_theta_eq,
    gap_argmin_theta_eq,
    free_energy_eq,
)
