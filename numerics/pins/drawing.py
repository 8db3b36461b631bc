"""Pins of laws, samplers and generators: by the random numbers that they are given, or by the values that can occur."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from numerics.pins.contract import Pin, normals, seeded, t, uniforms
from reference_models.autoencoders import variational as autoencoders_variational
from reference_models.autoregressive import sigmoid as autoregressive_sigmoid
from reference_models.autoregressive import transformers as autoregressive_transformers
from reference_models.distributions import categories as distributions_categories
from reference_models.distributions import counts as distributions_counts
from reference_models.distributions import heavy as distributions_heavy
from reference_models.distributions import intervals as distributions_intervals
from reference_models.distributions import noise as distributions_noise
from reference_models.distributions import normal as distributions_normal
from reference_models.distributions import trials as distributions_trials
from reference_models.distributions import waiting as distributions_waiting
from reference_models.energy import belief_networks as energy_belief_networks
from reference_models.energy import boltzmann as energy_boltzmann
from reference_models.graphs import edges as graphs_edges
from reference_models.inference import chains as inference_chains
from reference_models.inference import decoding as inference_decoding
from reference_models.inference import dynamics as inference_dynamics
from reference_models.inference import forward as inference_forward
from reference_models.multimodal import attention as multimodal_attention
from reference_models.structured import generators as structured_generators
from reference_models.structured import linear_latent as structured_linear_latent
from reference_models.structured import mixtures as structured_mixtures
from reference_models.structured import tosses as structured_tosses

BITS = "a bit is zero or one, and both occur among so many"


def _flat(x: Tensor) -> Tensor:
    return 0 * x


PINS: tuple[Pin, ...] = (
    Pin(distributions_trials.bernoulli_sample, lambda f: torch.unique(f(t(0.5), 60, seeded())), lambda: [0, 1], BITS),
    Pin(
        distributions_trials.binomial_sample,
        lambda f: torch.unique(f(2, t(0.5), 60, seeded())),
        lambda: [0, 1, 2],
        "two tosses: none, one or two",
    ),
    Pin(
        distributions_categories.categorical_mle,
        lambda f: f(torch.tensor([0, 0, 2, 1]), 3),
        lambda: [0.5, 0.25, 0.25],
        "two of four, one, one",
    ),
    Pin(
        distributions_categories.multinomial_sample,
        lambda f: torch.unique(f(2, t(0.5, 0.5), 60, seeded())),
        lambda: [0, 1, 2],
        "counts of two tosses",
    ),
    Pin(
        distributions_counts.geometric_sample,
        lambda f: torch.unique(f(t(0.5), 60, seeded()))[:2],
        lambda: [1, 2],
        "the first success is the first toss or the second, …",
    ),
    Pin(
        distributions_counts.negative_binomial_sample,
        lambda f: torch.unique(f(3, t(0.8), 60, seeded()))[:2],
        lambda: [3, 4],
        "three successes take three tosses or more",
    ),
    Pin(
        distributions_counts.poisson_sample,
        lambda f: torch.unique(f(t(1.0), 60, seeded()))[:3],
        lambda: [0, 1, 2],
        "a count is whole",
    ),
    Pin(
        distributions_heavy.student_sample,
        lambda f: f(1, 5, seeded()),
        lambda: normals(5, 2)[:, 0] / normals(5, 2)[:, 1].abs(),
        "with one degree of freedom a ratio of two normals",
    ),
    Pin(
        distributions_intervals.beta_sample,
        lambda f: f(1, 1, 4, seeded()),
        lambda: 1 / (1 + torch.log(1 - uniforms(4, 2)[:, 1]) / torch.log(1 - uniforms(4, 2)[:, 0])),
        "a share of two waits, each −log(1 − u)",
    ),
    Pin(
        distributions_intervals.dirichlet_sample,
        lambda f: f([2, 1, 3], 4, seeded()).sum(1),
        lambda: [1, 1, 1, 1],
        "shares sum to 1",
    ),
    Pin(distributions_noise.additive_sample, lambda f: f(t(1.0), t(2.0), t(3.0)), lambda: 7, "1 + 2 · 3"),
    Pin(
        distributions_normal.sample,
        lambda f: f(t(1.0, 2.0), t([[4.0, 0.0], [0.0, 9.0]]), 3, seeded()) - t(1.0, 2.0),
        lambda: normals(3, 2) * t(2.0, 3.0),
        "deviations 2 and 3 times the noise",
    ),
    Pin(
        distributions_waiting.exponential_sample,
        lambda f: torch.exp(-2 * f(t(2.0), 5, seeded())),
        lambda: 1 - uniforms(5),
        "the survival at a draw is one less its uniform",
    ),
    Pin(
        distributions_waiting.gamma_sample,
        lambda f: torch.exp(-2 * f(1, t(2.0), 5, seeded())),
        lambda: 1 - uniforms(5),
        "the first arrival is an exponential wait",
    ),
    Pin(structured_generators.coin_sample, lambda f: f(t(0.3), t(0.2, 0.4)), lambda: [1, 0], "0.2 < 0.3 < 0.4"),
    Pin(structured_generators.heights_sample, lambda f: f(t(1.0), t(4.0), t(3.0)), lambda: 7, "1 + √4 · 3"),
    Pin(
        structured_linear_latent.decoder_sample,
        lambda f: f(lambda z: 2 * z, t(4.0), t(1.0), t(3.0)),
        lambda: 8,
        "2 · 1 + √4 · 3",
    ),
    Pin(
        structured_mixtures.sample,
        lambda f: f(t(0.5, 0.5), t([[0.0], [10.0]]), t([[[4.0]], [[9.0]]]), t(0.1, 0.9), t([[1.0], [1.0]])),
        lambda: [[2], [13]],
        "the first component 0 + √4, the second 10 + √9",
    ),
    Pin(
        structured_tosses.run_program,
        lambda f: f(t([[0.2, 0.5], [0.7, 0.5]]), t(1.0, 0.0), t(0.5, 0.5)),
        lambda: ([0, 1], [1, 0]),
        "the first coin always shows 1, the second never",
    ),
    Pin(
        autoregressive_sigmoid.fvsbn_sample,
        lambda f: torch.unique(f(0 * t([[1.0]]), t(0.0)[None], 60, seeded())),
        lambda: [0, 1],
        BITS,
    ),
    Pin(
        autoregressive_sigmoid.nade_sample,
        lambda f: torch.unique(f(t([[0.0]]), t([0.0]), t([[0.0]]), t([0.0]), 60, seeded())),
        lambda: [0, 1],
        BITS,
    ),
    Pin(
        energy_belief_networks.sigmoid_sample,
        lambda f: torch.unique(f(t([[0.0]]), t([0.0]), 60, seeded())),
        lambda: [0, 1],
        BITS,
    ),
    Pin(
        energy_belief_networks.gaussian_network,
        lambda f: f(t([[1.0, 1.0]]), t([[0.0, 0.0], [2.0, 0.0]]), lambda x: x, t(1.0, 0.5)),
        lambda: [[1, 2.5]],
        "1, then 2 · 1 + 1/2",
    ),
    Pin(
        energy_boltzmann.gibbs_step,
        lambda f: f(t([[0.0]]), (t([[0.0]]), t([0.0]), t([0.0])), t([[0.9, 0.4]])),
        lambda: [[1]],
        "without weights a unit is on below 1/2: 0.4",
    ),
    Pin(
        graphs_edges.er_sample,
        lambda f: f(t(0.5), t([[0.9, 0.2], [0.9, 0.9]])),
        lambda: [[0, 1], [1, 0]],
        "the uniform above the diagonal is below 1/2",
    ),
    Pin(
        graphs_edges.sbm_sample,
        lambda f: f(torch.tensor([0, 1]), t([[0.0, 0.5], [0.5, 0.0]]), t([[0.9, 0.2], [0.9, 0.9]])),
        lambda: [[0, 1], [1, 0]],
        "0.2 is below the chance between the blocks",
    ),
    Pin(
        graphs_edges.from_pairs,
        lambda f: f(t(1.0, 2.0, 3.0), 3),
        lambda: [[0, 1, 2], [1, 0, 3], [2, 3, 0]],
        "pairs (0, 1), (0, 2), (1, 2)",
    ),
    Pin(
        multimodal_attention.hard_context,
        lambda f: f(t([[0.0, 1.0]]), t([[[1.0, 2.0], [3.0, 4.0]]]), seeded()),
        lambda: [[3, 4]],
        "the second place is certain",
    ),
    Pin(
        autoencoders_variational.dlgm_layer,
        lambda f: f(t(1.0, 2.0), t([[1.0, 0.0], [2.0, 3.0]]), t(1.0, -1.0)),
        lambda: [2, 1],
        "(1, 2) + (1, 2 − 3)",
    ),
    Pin(
        autoregressive_transformers.weights,
        lambda f: f(3, 2, 4, 1, seeded())["tokens"],
        lambda: normals(3, 4) / 2,
        "half of the first normals drawn",
    ),
    Pin(
        inference_forward.box_muller,
        lambda f: f(t([[math.exp(-2), 0.125]])),
        lambda: [[2**0.5, 2**0.5]],
        "the radius √4 at 45°",
    ),
    Pin(
        inference_chains.gaussian_gibbs_sweep,
        lambda f: f(t([[1.0, 1.0]]), t([[2.0, 1.0], [1.0, 2.0]]), t([[2**0.5, 0.0]])),
        lambda: [[0.5, -0.25]],
        "−1/2 + √2/√2, then −(1/2)/2",
    ),
    Pin(
        inference_chains.random_walk_step,
        lambda f: f(t([[1.0], [2.0]]), lambda x: _flat(x)[:, 0], t([[0.5], [-3.0]]), t(0.5, 0.5))[0],
        lambda: [[1.5], [-1]],
        "under a flat density every step is taken",
    ),
    Pin(
        inference_dynamics.annealed_langevin,
        lambda f: f(t([1.0]), lambda x, std: 0 * x, (2.0, 1.0), 1.0, t([[[1.0]], [[1.0]]])),
        lambda: [4],
        "sizes 4 and 1: 1 + √4 + √1",
    ),
    Pin(
        inference_dynamics.energy,
        lambda f: f(t([[2.0]]), t([[3.0]]), lambda q: -(q**2).sum(-1) / 2, t(0.5)),
        lambda: [4.25],
        "4/2 + 9/4: a mass of 2",
    ),
    Pin(
        inference_dynamics.hmc_step,
        lambda f: f(t([[1.0]]), t([[1.0]]), t([0.5]), lambda q: _flat(q)[:, 0], _flat, 0.1, 3, t([4.0]))[0],
        lambda: [[1.6]],
        "free: mass 1/4, momentum 1/2, velocity 2 for 0.3",
    ),
    Pin(
        inference_decoding.sequence_log_prob,
        lambda f: f(lambda prefix: torch.log(t(0.25, 0.75)), (0, 1)),
        lambda: math.log(3 / 16),
        "1/4 · 3/4",
    ),
)
"""Whatever draws, and steps of chains."""
