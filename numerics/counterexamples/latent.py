"""Latent variables: evidence bounds, autoencoders, hierarchies, EM and gradients of expectations. Values in nats."""

from __future__ import annotations

from flint import arb, fmpq

from numerics.counterexamples.normal_moments import variance
from numerics.counterexamples.parabola import lowest
from numerics.counterexamples.refutation import Refutation, Sides

HALF = fmpq(1, 2)


def _negative_elbo(a: fmpq, b: fmpq, c: fmpq, q: fmpq) -> arb:
    """A two-state latent with prior c: likelihoods a at state 1, b at state 0; q is the state's law."""
    return -(q * (arb(a * c) / q).log() + (1 - q) * (arb(b * (1 - c)) / (1 - q)).log())


def _surprise(a: fmpq, b: fmpq, c: fmpq) -> arb:
    return -arb(a * c + b * (1 - c)).log()


def _gap(a: fmpq, b: fmpq, c: fmpq, q: fmpq) -> arb:
    """KL(q ‖ posterior)."""
    posterior = a * c / (a * c + b * (1 - c))
    return q * (arb(q) / posterior).log() + (1 - q) * (arb(1 - q) / (1 - posterior)).log()


def _binary_posterior(start: int, later: int, flip: fmpq) -> fmpq:
    """q(z₁ = 1 | z₂, x) where z₁ copies x with chance 9/10 and z₂ copies z₁ with chance 1 − flip."""
    prior = fmpq(9, 10) if start else fmpq(1, 10)
    one = 1 - flip if later else flip
    return prior * one / (prior * one + (1 - prior) * (1 - one))


def _kl_to_fair(p: fmpq) -> arb:
    return p * arb(2 * p).log() + (1 - p) * arb(2 * (1 - p)).log()


def _even_modes_gain(data: fmpq, apart: fmpq) -> arb:
    """What the log-likelihood of ±data gains per point when two unit normals at 0 move to ±apart."""
    return arb(data * apart).cosh().log() - apart**2 / 2


LINE = (0, 1)
"""f(z) = z, by the coefficients of its powers."""


def _with_samples_fixed(f: tuple[int, ...]) -> tuple[int, ...]:
    """d/dm f(z) with z held fixed: no power of z has m in it."""
    return (0,) * len(f)


def _by_score(f: tuple[int, ...]) -> tuple[int, ...]:
    """f(z) times the score z of N(m, 1) in m, at m = 0."""
    return (0, *f)


def _by_path(f: tuple[int, ...]) -> tuple[int, ...]:
    """d/dm f(m + z) at m = 0."""
    return tuple(k * c for k, c in enumerate(f))[1:]


def _waves(k: int) -> Sides:
    """Variances of the two gradients of E sin(k(m + z)) in m at 0: pathwise, and with the score z."""
    decay = (-arb(2) * k**2).exp()
    mean = (k * (-arb(k**2) / 2).exp()) ** 2
    return k**2 * (1 + decay) / 2 - mean, HALF - HALF * (1 - 4 * k**2) * decay - mean


def _shared_sides(q: fmpq) -> Sides:
    return _negative_elbo(fmpq(4, 5), fmpq(1, 5), HALF, q), _surprise(fmpq(4, 5), fmpq(1, 5), HALF)


def _best_mean(weight: fmpq) -> fmpq:
    """The encoder mean m with the least E weight·(1 − z)² + KL, z ~ N(m, 1/4), the decoder's mean being z.

    Terms without m are left out.
    """
    return lowest(lambda m: weight * ((1 - m) ** 2 + fmpq(1, 4)) + m**2 / 2)


elbo_is_a_divergence = Refutation(
    name="elbo_is_a_divergence",
    says="the ELBO is, up to sign, the divergence of q from the posterior",
    left="−ELBO",
    relation="=",
    right="KL(q ‖ p(z | x))",
    witness="two states, prior 1/2, likelihoods 4/5 and 1/5, q = 1/2: 0.916 against 0.223",
    sides=lambda: (
        _negative_elbo(fmpq(4, 5), fmpq(1, 5), HALF, HALF),
        _gap(fmpq(4, 5), fmpq(1, 5), HALF, HALF),
    ),
    holds_if="log p(x) is added: ELBO = log p(x) − KL; without it p(x) = 1",
    saved_at="likelihoods 1 and 1, q = 1/4",
    saved=lambda: (
        _negative_elbo(fmpq(1), fmpq(1), HALF, fmpq(1, 4)),
        _gap(fmpq(1), fmpq(1), HALF, fmpq(1, 4)),
    ),
    derived=("elbo_gap_eq",),
)

negative_elbo_is_a_likelihood = Refutation(
    name="negative_elbo_is_a_likelihood",
    says="the VAE loss is a negative log-likelihood",
    left="−ELBO",
    relation="=",
    right="−log p(x)",
    witness="two states, prior 1/2, likelihoods 4/5 and 1/5, q = 1/2: 0.916 against 0.693",
    sides=lambda: _shared_sides(HALF),
    holds_if="q is the posterior; otherwise −ELBO is larger",
    saved_at="q = 4/5, the posterior",
    saved=lambda: _shared_sides(fmpq(4, 5)),
    derived=("elbo_gap_eq", "elbo_le_log_evidence", "simple_loss_drops_eq", "game_value_eq"),
)

elbo_over_both_closes_the_gap = Refutation(
    name="elbo_over_both_closes_the_gap",
    says="maximising the ELBO, over the decoder too, minimises the divergence of q from the posterior",
    left="the prior that maximises the ELBO",
    relation="=",
    right="the prior that minimises the divergence",
    witness="two states, likelihoods 4/5 and 1/5, q = 1/2: 1/2 against 1/5",
    sides=lambda: (HALF, fmpq(1, 5) * HALF / (fmpq(4, 5) * HALF + fmpq(1, 5) * HALF)),
    holds_if="the model is held fixed and only q moves: then log p(x) is constant",
    saved_at="the best q at prior 1/2, for both",
    saved=lambda: (fmpq(2, 5) / (fmpq(2, 5) + fmpq(1, 10)), fmpq(4, 5)),
    derived=("elbo_argmax_theta_eq", "gap_argmin_theta_eq", "elbo_argmax_eq"),
)

squared_error_plus_divergence_is_elbo = Refutation(
    name="squared_error_plus_divergence_is_elbo",
    says="|x − x̂|² + KL is the negative ELBO of a decoder with variance 1",
    left="the encoder mean with the least |x − z|² + KL",
    relation="=",
    right="that with the greatest ELBO",
    witness="x = 1, decoder z: the slopes 2(m − 1) + m and (m − 1) + m vanish at 2/3 and 1/2",
    sides=lambda: (_best_mean(fmpq(1)), _best_mean(1 / (2 * fmpq(1)))),
    holds_if="the decoder's variance is 1/2 (or half the squared error is taken, or β is 2)",
    saved_at="variance 1/2: (m − 1)/(1/2) + m",
    saved=lambda: (_best_mean(fmpq(1)), _best_mean(1 / (2 * HALF))),
    derived=("vae_loss_eq", "beta_variance_eq"),
)

likelihood_of_codes_is_divergence = Refutation(
    name="likelihood_of_codes_is_divergence",
    says="minimising the negative log-likelihood of codes under N(0, 1) minimises their divergence from it",
    left="E[−log N(z; 0, 1)] for codes of variance 1, whose divergence is 0",
    relation="≤",
    right="the same for codes of variance 1/4",
    witness="log(2π)/2 + 1/2 against log(2π)/2 + 1/8: without the entropy the codes shrink to 0",
    sides=lambda: ((2 * arb.pi()).log() / 2 + fmpq(1, 2), (2 * arb.pi()).log() / 2 + fmpq(1, 8)),
    holds_if="the entropy of the codes is held fixed",
    saved_at="variance 1, means 0 and 1",
    saved=lambda: ((2 * arb.pi()).log() / 2 + fmpq(1, 2), (2 * arb.pi()).log() / 2 + 1),
    derived=("kl_normal_std_eq", "cross_entropy_eq"),
)

image_density_has_one_normaliser = Refutation(
    name="image_density_has_one_normaliser",
    says="a unit normal around an image has the normaliser 1/√(2π)",
    left="the density at the mean in d dimensions",
    relation="=",
    right="1/√(2π)",
    witness="d = 2: 1/(2π)",
    sides=lambda: (1 / (2 * arb.pi()), 1 / (2 * arb.pi()).sqrt()),
    holds_if="one pixel is meant (d = 1), and pixels are multiplied",
    saved_at="d = 1",
    saved=lambda: ((2 * arb.pi()) ** (-HALF), 1 / (2 * arb.pi()).sqrt()),
    derived=("nll_isotropic_eq",),
)

standard_normal_is_least_informed = Refutation(
    name="standard_normal_is_least_informed",
    says="N(0, 1) is the least informative continuous prior",
    left="its entropy",
    relation="≥",
    right="the entropy of another law",
    witness="N(0, 4) has log 2 more",
    sides=lambda: (
        (2 * arb.pi() * arb(1).exp()).log() / 2,
        (2 * arb.pi() * arb(1).exp() * 4).log() / 2,
    ),
    holds_if="mean and variance are prescribed",
    saved_at="the uniform law of variance 1",
    saved=lambda: ((2 * arb.pi() * arb(1).exp()).log() / 2, arb(12).log() / 2),
    derived=("maxent_normal_le", "maxent_normal_var_le"),
)

divergence_needs_no_average = Refutation(
    name="divergence_needs_no_average",
    says="in a hierarchical ELBO a divergence between conditional laws stands without an expectation",
    left="KL(q(z₁ | z₂, x) ‖ p(z₁ | z₂)) at z₂ = 1",
    relation="=",
    right="that at z₂ = 0",
    witness="x = 0, copies that fail in 1 of 10 cases, p fair: 0 against 0.627",
    sides=lambda: (
        _kl_to_fair(_binary_posterior(0, 1, fmpq(1, 10))),
        _kl_to_fair(_binary_posterior(0, 0, fmpq(1, 10))),
    ),
    holds_if="it is averaged over z₂ under q (or does not depend on it)",
    saved_at="a z₂ that ignores z₁",
    saved=lambda: (_kl_to_fair(_binary_posterior(0, 1, HALF)), _kl_to_fair(_binary_posterior(0, 0, HALF))),
    derived=("hierarchical_elbo_eq",),
)

inverted_encoder_forgets_the_image = Refutation(
    name="inverted_encoder_forgets_the_image",
    says="the reverse step of the encoder is q(z₁ | z₂), by Bayes' rule without the image",
    left="q(z₁ = 1 | z₂ = 1, x = 0), which the sum of divergences needs",
    relation="=",
    right="q(z₁ = 1 | z₂ = 1)",
    witness="x fair, copies that fail in 1 of 10 cases: 1/2 against 9/10",
    sides=lambda: (
        _binary_posterior(0, 1, fmpq(1, 10)),
        fmpq(1, 2) * fmpq(9, 10) / (fmpq(1, 2) * fmpq(9, 10) + fmpq(1, 2) * fmpq(1, 10)),
    ),
    holds_if="every law in Bayes' rule is taken given x",
    saved_at="the same with q(z₁ | x) and q(z₂ | x)",
    saved=lambda: (
        _binary_posterior(0, 1, fmpq(1, 10)),
        fmpq(1, 10) * fmpq(9, 10) / (fmpq(1, 10) * fmpq(9, 10) + fmpq(9, 10) * fmpq(1, 10)),
    ),
    derived=("hierarchical_elbo_eq", "elbo_telescoped_eq"),
)

em_ends_at_a_maximum = Refutation(
    name="em_ends_at_a_maximum",
    says="EM converges to a local maximum of the likelihood",
    left="what the log-likelihood of ±2 gains when two equal means at 0, where EM stays, move to ±1/10",
    relation="≤",
    right="0",
    witness="unit variances, equal weights: log cosh(1/5) − 1/200 > 0, a saddle",
    sides=lambda: (_even_modes_gain(fmpq(2), fmpq(1, 10)), fmpq(0)),
    holds_if="the start is not on such a symmetry; in general EM ends at a stationary point",
    saved_at="data ±1/2, where the middle is a maximum",
    saved=lambda: (_even_modes_gain(HALF, fmpq(1, 10)), fmpq(0)),
    derived=("em_ascent_ge", "em_mean_eq"),
)

diagonal_posteriors_are_universal = Refutation(
    name="diagonal_posteriors_are_universal",
    says="a network with a diagonal normal output approximates every posterior",
    left="the least divergence of independent normals from a normal with correlation 4/5",
    relation="=",
    right="0",
    witness="−log(1 − ρ²)/2 = log(5/3), however rich the network",
    sides=lambda: (-arb(1 - fmpq(16, 25)).log() / 2, fmpq(0)),
    holds_if="the posteriors are diagonal normals: the network is universal in their parameters, not in the law",
    saved_at="correlation 0",
    saved=lambda: (-arb(1).log() / 2, fmpq(0)),
    derived=("mean_field_var_le", "mean_field_var_eq"),
)

naive_gradient_is_noisy = Refutation(
    name="naive_gradient_is_noisy",
    says="differentiating a Monte Carlo mean with the samples held fixed gives gradients of high variance",
    left="the variance of that gradient in the mean of the law",
    relation=">",
    right="0",
    witness="f(z) = z: the fixed samples do not move, so it is 0 with variance 0, where 1 is right; it is biased only",
    sides=lambda: (variance(_with_samples_fixed(LINE)), fmpq(0)),
    holds_if="the score-function estimator is meant, which is unbiased and noisy",
    saved_at="f(z) = z under N(0, 1): Var z² = 2",
    saved=lambda: (variance(_by_score(LINE)), fmpq(0)),
    derived=("naive_gradient_eq", "score_gradient_eq", "pathwise_gradient_eq"),
)

pathwise_is_less_noisy = Refutation(
    name="pathwise_is_less_noisy",
    says="the reparameterised gradient has low variance, lower than the score-function gradient",
    left="the variance of the pathwise gradient",
    relation="≤",
    right="that of the score-function gradient",
    witness="f(z) = sin(50 z) under N(0, 1): 1250 against 1/2",
    sides=lambda: _waves(50),
    holds_if="f is smooth at the scale of the noise",
    saved_at="f(z) = z: 0 against 2",
    saved=lambda: (variance(_by_path(LINE)), variance(_by_score(LINE))),
    derived=("pathwise_gradient_eq", "score_gradient_eq"),
)

CASES = (
    elbo_is_a_divergence,
    negative_elbo_is_a_likelihood,
    elbo_over_both_closes_the_gap,
    squared_error_plus_divergence_is_elbo,
    likelihood_of_codes_is_divergence,
    image_density_has_one_normaliser,
    standard_normal_is_least_informed,
    divergence_needs_no_average,
    inverted_encoder_forgets_the_image,
    em_ends_at_a_maximum,
    diagonal_posteriors_are_universal,
    naive_gradient_is_noisy,
    pathwise_is_less_noisy,
)
