"""The objective of a variational autoencoder: β and the decoder's variance, two layers of latents, the mean posterior.

Claim   a fixed decoder variance v is a β of 2v beside the plain squared error; a two-layer bound in its forms; the mean
        KL to the prior is information plus the KL of the mean posterior
Route   logs of products over the layers, each an expectation under what lies above it.
"""

from __future__ import annotations

from sympy import Expr, log, pi

from claims.claim import Claim, Derivation, Relation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, symbols_of
from claims.grounds import Tangent
from claims.notation import Argmin, Density, Expectation, Normal

NATS = "log is natural"

WHERE = (
    Variable("z", Real(), "the noise of the encoder, averaged over"),
    Variable("x", Real(), "the datum"),
    Variable("w", Real(), "the decoder's weight: its mean is w times the latent"),
    Variable("m", Real(), "mean of q"),
    Variable("s", Positive(), "standard deviation of q"),
    Variable("v", Positive(), "VARIANCE of the decoder"),
)
z, x, w, m, s, v = symbols_of(WHERE)
latent, NOISE = m + s * z, Normal(0, 1)
kl = (m**2 + s**2 - 1 - log(s**2)) / 2
negative_elbo = -Expectation(log(Density(Normal(w * latent, v), x)), z, NOISE) + kl
error = (x - w * m) ** 2 + w**2 * s**2

vae_loss_eq = Derivation(
    claim=Claim(
        "vae_loss_eq",
        negative_elbo,
        error / (2 * v) + log(2 * pi * v) / 2 + kl,
        WHERE,
        convention=(NATS, "decoder N(wz, v), q = N(m, s²), prior N(0, 1)", "E(x − wz)² = (x − wm)² + w²s²"),
        source=Source("kingma2013", "section 3, equation 10, and appendix C"),
    ),
    steps=(
        Step("−E_q log p(x | z) + KL(q ‖ p(z))", negative_elbo),
        Step(
            "the decoder's log-density is a square and a constant",
            Expectation((x - w * latent) ** 2, z, NOISE) / (2 * v) + log(2 * pi * v) / 2 + kl,
        ),
        Step("the mean square", error / (2 * v) + log(2 * pi * v) / 2 + kl),
    ),
)

beta_variance_eq = Derivation(
    claim=Claim(
        "beta_variance_eq",
        2 * v * negative_elbo,
        error + 2 * v * kl + v * log(2 * pi * v),
        WHERE,
        convention=(
            NATS,
            "squared error + β KL with β = 2v beside the plain SUM of squares (β = v beside half of it)",
            "for v held fixed; the constant does not matter then, and does where v is learned",
        ),
        source=Source("kim2024", "the abstract"),
    ),
    steps=(
        Step("2v times the negative ELBO", 2 * v * negative_elbo),
        Step("the mean square", 2 * v * (error / (2 * v) + log(2 * pi * v) / 2 + kl)),
        Step("2v multiplied out", error + 2 * v * kl + v * log(2 * pi * v)),
    ),
)

WHERE_VARIANCE = (
    Variable("v", Positive(), "VARIANCE of the decoder"),
    Variable("e", Positive(), "the mean squared error"),
)
e = symbols_of(WHERE_VARIANCE)[1]

decoder_variance_eq = Derivation(
    claim=Claim(
        "decoder_variance_eq",
        Argmin(e / (2 * v) + log(2 * pi * v) / 2, v),
        e,
        WHERE_VARIANCE,
        convention=(NATS, "per coordinate: the best decoder variance is the mean squared error, so that β = 2e"),
        source=Source("soch2020", "proof P223"),
    ),
    steps=(
        Step("the decoder variance of the least loss", Argmin(e / (2 * v) + log(2 * pi * v) / 2, v)),
        Step("the slope (v − e)/(2v²) is zero at e", e),
    ),
)

WHERE_LAYERS = (
    *(Variable(f"a_{k}", Positive(), f"p(z_2 = {k}), the top prior") for k in (1, 0)),
    *(Variable(f"b_{k}{j}", Positive(), f"p(z_1 = {k} | z_2 = {j})") for k in (1, 0) for j in (1, 0)),
    *(Variable(f"c_{k}", Positive(), f"p(x | z_1 = {k}) at the x that was seen") for k in (1, 0)),
    Variable("q", OpenUnit(), "q(z_1 = 1 | x)"),
    *(Variable(f"r_{k}", OpenUnit(), f"q(z_2 = 1 | z_1 = {k})") for k in (1, 0)),
)
a1, a0, b11, b10, b01, b00, c1, c0, q, r1, r0 = symbols_of(WHERE_LAYERS)
LAYERS = (
    (q, c1, r1, a1, b11),
    (q, c1, 1 - r1, a0, b10),
    (1 - q, c0, r0, a1, b01),
    (1 - q, c0, 1 - r0, a0, b00),
)
"""For z_1 and z_2 in turn: q(z_1), p(x | z_1), q(z_2 | z_1), p(z_2), p(z_1 | z_2)."""


def over_layers(terms: tuple[Expr, ...]) -> Expr:
    """Σ q(z_1) q(z_2 | z_1) · term over the four pairs."""
    weights = tuple(first * second for first, _, second, _, _ in LAYERS)
    products = tuple(weight * term for weight, term in zip(weights, terms, strict=True))
    return products[0] + products[1] + products[2] + products[3]


def between(p: Expr, r: Expr) -> Expr:
    """KL of two coins, written out."""
    return p * log(p / r) + (1 - p) * log((1 - p) / (1 - r))


joint_form = over_layers(
    tuple(log(like) + log(below) + log(top) - log(first) - log(second) for first, like, second, top, below in LAYERS)
)
reconstruction = q * log(c1) + (1 - q) * log(c0)
top_kl = q * (r1 * log(r1 / a1) + (1 - r1) * log((1 - r1) / a0)) + (1 - q) * (
    r0 * log(r0 / a1) + (1 - r0) * log((1 - r0) / a0)
)
matching = over_layers(tuple(log(below) - log(first) for first, _, _, _, below in LAYERS))

hierarchical_elbo_eq = Derivation(
    claim=Claim(
        "hierarchical_elbo_eq",
        joint_form,
        reconstruction + matching - top_kl,
        WHERE_LAYERS,
        convention=(
            NATS,
            "q(z_1 | x) q(z_2 | z_1) against p(z_2) p(z_1 | z_2) p(x | z_1): one datum, all latents 0 or 1",
            "neither needs the p of a layer to sum to one",
            "reconstruction + E[log p(z_1 | z_2) − log q(z_1 | x)] − E KL(q(z_2 | z_1) ‖ p(z_2))",
        ),
        source=Source("luo2022", "hierarchical variational autoencoders"),
    ),
    steps=(
        Step("E_q[log p(x, z_1, z_2) − log q(z_1, z_2)]", joint_form),
        Step(
            "three expectations",
            over_layers(tuple(log(like) for _, like, _, _, _ in LAYERS))
            + matching
            + over_layers(tuple(log(top) - log(second) for _, _, second, top, _ in LAYERS)),
        ),
        Step("the first needs z_1 alone, the last is a KL at each z_1", reconstruction + matching - top_kl),
    ),
)

evidence = c1 * (a1 * b11 + a0 * b10) + c0 * (a1 * b01 + a0 * b00)

hierarchical_elbo_le = Derivation(
    claim=Claim(
        "hierarchical_elbo_le",
        joint_form,
        log(evidence),
        WHERE_LAYERS,
        Relation.LE,
        convention=(NATS, "the right side is log p(x), both latents summed out"),
        source=Source("luo2022", "hierarchical variational autoencoders"),
    ),
    steps=(
        Step("E_q[log p(x, z_1, z_2) − log q(z_1, z_2)]", joint_form),
        Step(
            "log t ≤ t − 1 for t = p(z_1, z_2 | x)/q(z_1, z_2)",
            log(evidence),
            Relation.LE,
            tuple(
                Tangent(like * top * below / (first * second * evidence), first * second)
                for first, like, second, top, below in LAYERS
            ),
        ),
    ),
)

WHERE_DATA = (
    Variable("q", OpenUnit(), "q(z = 1) at the first datum"),
    Variable("r", OpenUnit(), "q(z = 1) at the second datum"),
    Variable("c", OpenUnit(), "p(z = 1)"),
)
_, r, c = symbols_of(WHERE_DATA)
mean_q = (q + r) / 2
mean_kl = between(q, c) / 2 + between(r, c) / 2

aggregated_posterior_eq = Derivation(
    claim=Claim(
        "aggregated_posterior_eq",
        mean_kl,
        between(q, mean_q) / 2 + between(r, mean_q) / 2 + between(mean_q, c),
        WHERE_DATA,
        convention=(
            NATS,
            "two data of equal weight",
            "the mean KL to the prior = I(datum; z) + KL(mean posterior ‖ prior)",
        ),
        source=Source("tomczak2022", "priors, the regularization term"),
    ),
    steps=(
        Step("the mean of both KL terms", mean_kl),
        Step(
            "log q/p(z) = log q/q̄ + log q̄/p(z)",
            between(q, mean_q) / 2
            + between(r, mean_q) / 2
            + mean_q * (log(mean_q) - log(c))
            + (1 - mean_q) * (log(1 - mean_q) - log(1 - c)),
        ),
        Step(
            "the second part sees the mean posterior q̄ alone",
            between(q, mean_q) / 2 + between(r, mean_q) / 2 + between(mean_q, c),
        ),
    ),
)

DERIVATIONS = (
    vae_loss_eq,
    beta_variance_eq,
    decoder_variance_eq,
    hierarchical_elbo_eq,
    hierarchical_elbo_le,
    aggregated_posterior_eq,
)
