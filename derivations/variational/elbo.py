"""The evidence lower bound for a latent variable with two values: its forms, its gap, its best q, and the free energy.

Claim   log p(x) = ELBO + KL(q ‖ p(z | x)); the ELBO three ways; the best q is the posterior, at fixed θ alone
Route   Bayes' rule and logs of products; log t ≤ t − 1 for the bound.
"""

from __future__ import annotations

from sympy import Expr, Symbol, exp, log

from claims.claim import Claim, Derivation, Relation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, symbols_of
from claims.grounds import Jensen, Tangent
from claims.notation import Argmax, Argmin

NATS = "log is natural, so the value is in nats"
BOUND = "ELBO = E_q[log p(x, z) − log q(z)], at the x that was seen; z is 1 or 0"

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


def between(p: Expr, r: Expr) -> Expr:
    """KL of two coins, written out."""
    return p * log(p / r) + (1 - p) * log((1 - p) / (1 - r))


def coin(p: Expr) -> Expr:
    """The entropy of a coin, written out."""
    return -p * log(p) - (1 - p) * log(1 - p)


elbo_entropy_eq = Derivation(
    claim=Claim(
        "elbo_entropy_eq",
        elbo,
        q * log(j1) + (1 - q) * log(j0) + coin(q),
        WHERE,
        convention=(NATS, BOUND, "expected log joint plus the entropy of q"),
        source=Source("goodfellow2016", "section 19.1"),
    ),
    steps=(
        Step("E_q[log p(x, z) − log q(z)]", elbo),
        Step("the entropy of q apart", q * log(j1) + (1 - q) * log(j0) + coin(q)),
    ),
)

reconstruction = q * log(a) + (1 - q) * log(b)

elbo_reconstruction_eq = Derivation(
    claim=Claim(
        "elbo_reconstruction_eq",
        elbo,
        reconstruction - between(q, c),
        WHERE,
        convention=(NATS, BOUND, "reconstruction E_q log p(x | z), less KL(q(z | x) ‖ p(z)), q first"),
        source=Source("kingma2013", "section 2.2, equation 3"),
    ),
    steps=(
        Step("E_q[log p(x, z) − log q(z)]", elbo),
        Step(
            "p(x, z) = p(z) p(x | z)",
            q * (log(c) + log(a) - log(q)) + (1 - q) * (log(1 - c) + log(b) - log(1 - q)),
        ),
        Step("the likelihood apart from prior and q", reconstruction - between(q, c)),
    ),
)

elbo_gap_eq = Derivation(
    claim=Claim(
        "elbo_gap_eq",
        log(evidence) - elbo,
        between(q, posterior),
        WHERE,
        convention=(NATS, BOUND, "KL(q(z | x) ‖ p(z | x)): zero where q is the posterior"),
        source=Source("bishop2006", "section 9.4, equation 9.70"),
    ),
    steps=(
        Step("log p(x) less the ELBO", log(evidence) - elbo),
        Step(
            "log p(x) under E_q, for q sums to one",
            q * (log(evidence) - log(j1) + log(q)) + (1 - q) * (log(evidence) - log(j0) + log(1 - q)),
        ),
        Step("p(x, z)/p(x) = p(z | x)", between(q, posterior)),
    ),
)

elbo_le_log_evidence = Derivation(
    claim=Claim(
        "elbo_le_log_evidence",
        elbo,
        log(evidence),
        WHERE,
        Relation.LE,
        convention=(NATS, BOUND, "for every q; equal where q is the posterior"),
        source=Source("kingma2013", "section 2.2"),
    ),
    steps=(
        Step("E_q[log p(x, z) − log q(z)]", elbo),
        Step("the log of a ratio", q * log(j1 / q) + (1 - q) * log(j0 / (1 - q))),
        Step(
            "log t ≤ t − 1 for t = p(z | x)/q(z), whose mean under q is 1",
            log(evidence),
            Relation.LE,
            (Tangent(posterior / q, q), Tangent((1 - posterior) / (1 - q), 1 - q)),
        ),
    ),
)

elbo_le_of_jensen = Derivation(
    claim=Claim(
        "elbo_le_of_jensen",
        q * log(j1 / q) + (1 - q) * log(j0 / (1 - q)),
        log(evidence),
        WHERE,
        Relation.LE,
        convention=(NATS, BOUND, "the same bound by the concavity of log, which does not show the gap"),
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
        convention=(NATS, BOUND, "at fixed θ (here a, b and c) the greatest ELBO is the least KL to the posterior"),
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
        convention=(NATS, BOUND, "at fixed q the ELBO's best prior is q itself"),
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

WHERE_ENERGY = (
    Variable("E", Real(), "the energy of state 1; state 0 has none"),
    Variable("q", OpenUnit(), "the probability of state 1"),
)
energy = symbols_of(WHERE_ENERGY)[0]
free_energy = q * energy - coin(q)
boltzmann = exp(-energy) / (1 + exp(-energy))

free_energy_eq = Derivation(
    claim=Claim(
        "free_energy_eq",
        free_energy,
        -log(1 + exp(-energy)) + between(q, boltzmann),
        WHERE_ENERGY,
        convention=(NATS, "two states, temperature 1", "F = E_q[energy] − H(q) = −log Z + KL(q ‖ e^(−energy)/Z)"),
        source=Source("kuleshov2025", "variational inference, the variational lower bound"),
    ),
    steps=(
        Step("mean energy less entropy", free_energy),
        Step("energies as minus logs", q * log(q / exp(-energy)) + (1 - q) * log(1 - q)),
        Step(
            "log Z added and taken away",
            -log(1 + exp(-energy)) + between(q, boltzmann),
        ),
    ),
)

DERIVATIONS = (
    elbo_entropy_eq,
    elbo_reconstruction_eq,
    elbo_gap_eq,
    elbo_le_log_evidence,
    elbo_le_of_jensen,
    elbo_argmax_eq,
    elbo_argmax_theta_eq,
    gap_argmin_theta_eq,
    free_energy_eq,
)
