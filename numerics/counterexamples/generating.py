"""Generators: score matching, contrastive losses, diffusion, flows and the two directions of the divergence."""

from __future__ import annotations

from flint import acb, arb, fmpq

from numerics.counterexamples.normal_moments import covariance, moment
from numerics.counterexamples.parabola import lowest
from numerics.counterexamples.refutation import Refutation

HALF = fmpq(1, 2)
BETAS = (fmpq(1, 10), fmpq(2, 10))
"""Noise added by two steps; ᾱ₂ = 9/10 · 8/10."""


def _quartic_moment(power: int) -> arb:
    """E |x|^power under the density proportional to exp(−x⁴)."""
    return arb(fmpq(power + 1, 4)).gamma() / arb(fmpq(1, 4)).gamma()


def _noise_weight(first: arb, second: arb) -> arb:
    """The weight of |ε − ε̂|² in the ELBO at step 2, with steps of these sizes and σ² = β."""
    return second / (2 * (1 - second) * (1 - (1 - first) * (1 - second)))


def _even_second() -> arb:
    """The second step after 1/10 that has the weight of the first: 9β² + β = 1."""
    return (arb(37).sqrt() - 1) / 18


def _squared_sech(half_distance: int) -> arb:
    """At most E[1 − tanh²(cz)], z ~ N(0, 1): the integral over [−6, 6]."""

    def integrand(z: acb, _: bool) -> acb:
        return (-z * z / 2).exp() / (half_distance * z).cosh() ** 2

    return (acb.integral(integrand, -6, 6) / (2 * acb.pi()).sqrt()).real


def _best_score(*starts: int) -> fmpq:
    """The constant with the least mean squared distance to the scores x₀ − x_t at x_t = 0, variance 1."""
    return lowest(lambda s: sum(((s - start) ** 2 for start in starts), fmpq(0)) / len(starts))


INDEPENDENT = ((fmpq(1, 4), fmpq(1, 4)), (fmpq(1, 4), fmpq(1, 4)))
"""The joint table of two independent fair coins."""
COPIED = ((fmpq(1, 2), fmpq(0)), (fmpq(0), fmpq(1, 2)))
"""That of a fair coin and its copy."""


def _constant_critic(candidates: int) -> arb:
    """InfoNCE, −log of the softmax at the right candidate, where every score is 0."""
    scores = [arb(0)] * candidates
    return sum((s.exp() for s in scores), arb(0)).log() - scores[0]


def _information(joint: tuple[tuple[fmpq, ...], ...]) -> arb:
    """Σ p log(p/(row · column)) of a table."""
    rows, columns = [sum(r, fmpq(0)) for r in joint], [sum(c, fmpq(0)) for c in zip(*joint, strict=True)]
    terms = (p * arb(p / (rows[i] * columns[j])).log() for i, r in enumerate(joint) for j, p in enumerate(r) if p)
    return sum(terms, arb(0))


def _fourth_and_squared_second(distance: int) -> tuple[fmpq, fmpq]:
    """E x⁴ and 3 (E x²)² of an even mixture of N(−distance, 1) and N(distance, 1)."""
    fourth, second = ((moment(k, distance) + moment(k, -distance)) / 2 for k in (4, 2))
    return fourth, 3 * second**2


def _mean_gap() -> fmpq:
    """How far apart the m are that minimise KL(N(0, 4) ‖ N(m, 1)) and KL(N(m, 1) ‖ N(0, 4)), logarithms left out."""
    forward = lowest(lambda m: (4 + m**2) / (2 * fmpq(1)))
    reverse = lowest(lambda m: (1 + m**2) / (2 * fmpq(4)))
    return abs(forward - reverse)


score_matching_is_likelihood = Refutation(
    name="score_matching_is_likelihood",
    says="matching scores and minimising the divergence choose the same model",
    left="the best t by score matching in the family exp(−t x⁴)",
    relation="=",
    right="the best t by divergence",
    witness="data N(0, 1): 3 E x² / (4 E x⁶) = 1/20 against 1/(4 E x⁴) = 1/12",
    sides=lambda: (3 * moment(2) / (4 * moment(6)), 1 / (4 * moment(4))),
    holds_if="the family holds the law of the data; or squares are weighted by g²/2 over all noise levels",
    saved_at="data from exp(−x⁴)",
    saved=lambda: (3 * _quartic_moment(2) / (4 * _quartic_moment(6)), 1 / (4 * _quartic_moment(4))),
    derived=("hyvarinen_integrand_eq", "denoising_normal_eq"),
)

score_matching_on_a_half_line = Refutation(
    name="score_matching_on_a_half_line",
    says="E[s²/2 + s′] stands for the distance to the unknown score",
    left="the rate that minimises E[s²/2 + s′] for s = −t",
    relation="=",
    right="the rate with the least distance of scores",
    witness="exponential data of rate 1 on [0, ∞): 0 against 1, since the density ends at 0 with a jump",
    sides=lambda: (lowest(lambda t: t**2 / 2), lowest(lambda t: (1 - t) ** 2 / 2)),
    holds_if="density times score vanishes at the ends of the support",
    saved_at="data N(0, 1), s = −t x: t² E x²/2 − t is least at 1",
    saved=lambda: (lowest(lambda t: t**2 / 2 - t), lowest(lambda t: (1 - t) ** 2 / 2)),
    derived=("hyvarinen_integrand_eq", "hyvarinen_normal_eq"),
)

network_learns_the_conditional_score = Refutation(
    name="network_learns_the_conditional_score",
    says="a network of (x_t, t) approximates the score of q(x_t | x₀)",
    left="the best value at x_t = 0",
    relation="=",
    right="the score of q(x_t | x₀ = 1) there",
    witness="data ±1, noise of variance 1: 0, the mean of +1 and −1, against 1",
    sides=lambda: (_best_score(1, -1), fmpq(1)),
    holds_if="the score of the marginal q(x_t) is meant, the mean of the conditional ones given x_t",
    saved_at="data that is always 1",
    saved=lambda: (_best_score(1), fmpq(1)),
    derived=("denoising_two_points_eq", "tweedie_two_points_eq"),
)

contrastive_loss_bounds_information = Refutation(
    name="contrastive_loss_bounds_information",
    says="a contrastive loss is a lower bound on mutual information",
    left="InfoNCE at a constant critic with 8 candidates",
    relation="≤",
    right="the mutual information",
    witness="independent pairs: log 8 against 0",
    sides=lambda: (_constant_critic(8), _information(INDEPENDENT)),
    holds_if="log N minus the loss is meant",
    saved_at="the same critic and a fair coin with its copy: 0 against log 2",
    saved=lambda: (arb(8).log() - _constant_critic(8), _information(COPIED)),
    derived=("infonce_bound_le", "infonce_gap_eq"),
)

contrastive_bound_reaches_information = Refutation(
    name="contrastive_bound_reaches_information",
    says="minimising InfoNCE maximises mutual information",
    left="log N, the most that the bound log N − loss can be",
    relation="≥",
    right="the mutual information",
    witness="N = 2 and pairs that agree on one of 8 values: log 2 against log 8",
    sides=lambda: (arb(2).log(), arb(8).log()),
    holds_if="the information is below log N; above, the bound no longer sees it",
    saved_at="N = 16",
    saved=lambda: (arb(16).log(), arb(8).log()),
    derived=("infonce_ceiling_le", "infonce_bound_le"),
)

cosine_makes_a_metric = Refutation(
    name="cosine_makes_a_metric",
    says="similarity of embeddings by their cosine makes a metric space",
    left="1 − cos of the angle from 0 to 90 degrees",
    relation="≤",
    right="the same over 45 degrees, twice",
    witness="1 against 2 − √2: the triangle inequality fails",
    sides=lambda: (fmpq(1), 2 - arb(2).sqrt()),
    holds_if="the angle, or the distance of the normalised vectors, is taken",
    saved_at="distances √2 and 2 √(2 − √2)",
    saved=lambda: (arb(2).sqrt(), 2 * (2 - arb(2).sqrt()).sqrt()),
)

jump_without_the_bar = Refutation(
    name="jump_without_the_bar",
    says="x_t = √α_t x₀ + √(1 − α_t) ε with α_t = 1 − β_t",
    left="the square of the factor of x₀ after two steps",
    relation="=",
    right="α₂",
    witness="β = 1/10 and 2/10: 18/25 against 4/5",
    sides=lambda: ((1 - BETAS[0]) * (1 - BETAS[1]), 1 - BETAS[1]),
    holds_if="α_t is read as the product ᾱ_t, or t = 1",
    saved_at="after one step",
    saved=lambda: (1 - BETAS[0], 1 - BETAS[0]),
    derived=("jump_step_eq", "jump_variance_eq", "posterior_mean_of_noise_eq"),
)

bound_weighs_noise_evenly = Refutation(
    name="bound_weighs_noise_evenly",
    says="the ELBO of a diffusion is the plain squared error of the noise",
    left="the weight of step 1 in the ELBO",
    relation="=",
    right="the weight of step 2",
    witness="β = 1/10 and 2/10 with σ² = β: 5/9 against 25/56",
    sides=lambda: (
        BETAS[0] / (2 * (1 - BETAS[0]) * BETAS[0]),
        BETAS[1] / (2 * (1 - BETAS[1]) * (1 - (1 - BETAS[0]) * (1 - BETAS[1]))),
    ),
    holds_if="the weights are dropped on purpose, or the schedule makes them equal",
    saved_at="β = 1/10 and (√37 − 1)/18",
    saved=lambda: (arb(fmpq(5, 9)), _noise_weight(arb(fmpq(1, 10)), _even_second())),
    derived=("kl_term_noise_eq", "simple_loss_drops_eq"),
)

inverse_keeps_the_order = Refutation(
    name="inverse_keeps_the_order",
    says="the inverse of f_K ∘ … ∘ f₁ is f_K⁻¹ ∘ … ∘ f₁⁻¹",
    left="f₂⁻¹(f₁⁻¹(f₂(f₁(1))))",
    relation="=",
    right="1",
    witness="f₁ doubles, f₂ adds 1: 3 is taken back to 1/2",
    sides=lambda: ((2 * fmpq(1) + 1) / 2 - 1, fmpq(1)),
    holds_if="the inverses come in reverse order: f₁⁻¹ ∘ … ∘ f_K⁻¹",
    saved_at="f₁⁻¹(f₂⁻¹(3))",
    saved=lambda: ((2 * fmpq(1) + 1 - 1) / 2, fmpq(1)),
    derived=("composition_volume_eq",),
)

coupling_leaves_groups_independent = Refutation(
    name="coupling_leaves_groups_independent",
    says="a coupling layer assumes that its two groups are independent",
    left="the covariance of the groups after the layer",
    relation="=",
    right="0",
    witness="independent standard normals, shift t(z_A) = z_A: 1",
    sides=lambda: (covariance((1, 0), (1, 1)), fmpq(0)),
    holds_if="scale and shift do not depend on the other group; it is the input that is split, not the data",
    saved_at="a constant shift",
    saved=lambda: (covariance((1, 0), (0, 1)), fmpq(0)),
    derived=("coupling_volume_eq",),
)

triangular_maps_lose_dependence = Refutation(
    name="triangular_maps_lose_dependence",
    says="a triangular Jacobian, or an autoregressive order, makes a dimension independent of later ones",
    left="the covariance of z₁ and 4/5 z₁ + 3/5 z₂",
    relation="=",
    right="0",
    witness="standard normals: covariance 4/5, with determinant 3/5 read off the diagonal",
    sides=lambda: (covariance((1, 0), (fmpq(4, 5), fmpq(3, 5))), fmpq(0)),
    holds_if="the map is diagonal; a triangular one reaches every covariance (Cholesky)",
    saved_at="z₁ and z₂",
    saved=lambda: (covariance((1, 0), (0, 1)), fmpq(0)),
    derived=("autoregressive_volume_eq", "coupling_volume_eq"),
)

both_directions_disagree = Refutation(
    name="both_directions_disagree",
    says="no model but the true one minimises both directions of the divergence",
    left="how far apart the two best parameters are",
    relation=">",
    right="0",
    witness="N(m, 1) against N(0, 4): m²/2 and m²/8 are both least at 0",
    sides=lambda: (_mean_gap(), fmpq(0)),
    holds_if="the family makes them differ",
    saved_at="(t, (1−t)/2, (1−t)/2) against (5, 4, 1)/10: 1/2 and 5/9",
    saved=lambda: (fmpq(5, 9) - fmpq(1, 2), fmpq(0)),
    derived=("kl_normal_eq",),
)

reverse_divergence_picks_a_mode = Refutation(
    name="reverse_divergence_picks_a_mode",
    says="a normal fitted by reverse KL to two modes picks one of them",
    left="the curvature of the divergence in the middle, which is negative where it picks",
    relation="<",
    right="0",
    witness="unit modes at ±1/2: at least 1 − c² = 3/4, so the middle is best",
    sides=lambda: (1 - HALF**2, fmpq(0)),
    holds_if="the modes are far enough apart for their width",
    saved_at="unit modes at ±2",
    saved=lambda: (1 - 4 * _squared_sech(2), fmpq(0)),
    derived=("reverse_kl_curvature_ge", "reverse_kl_two_modes_eq"),
)

normal_conditionals_are_universal = Refutation(
    name="normal_conditionals_are_universal",
    says="an autoregressive model represents every distribution",
    left="the fourth moment of the first variable",
    relation="=",
    right="three times its squared second moment, as normal conditionals force",
    witness="an even mixture of N(−2, 1) and N(2, 1): 43 against 75",
    sides=lambda: _fourth_and_squared_second(2),
    holds_if="each conditional may be any law, as with a softmax over all values",
    saved_at="N(0, 1)",
    saved=lambda: _fourth_and_squared_second(0),
    derived=("two_modes_eq",),
)

CASES = (
    score_matching_is_likelihood,
    score_matching_on_a_half_line,
    network_learns_the_conditional_score,
    contrastive_loss_bounds_information,
    contrastive_bound_reaches_information,
    cosine_makes_a_metric,
    jump_without_the_bar,
    bound_weighs_noise_evenly,
    inverse_keeps_the_order,
    coupling_leaves_groups_independent,
    triangular_maps_lose_dependence,
    both_directions_disagree,
    reverse_divergence_picks_a_mode,
    normal_conditionals_are_universal,
)
