"""Pins of learning: estimators, losses, structured models, graphs, views and evaluation."""

from __future__ import annotations

import math

import torch

from numerics.pins.contract import Pin, t
from reference_models.divergences import information as divergences_information
from reference_models.divergences import transport as divergences_transport
from reference_models.evaluation import features as evaluation_features
from reference_models.graphs import autoencoder as graphs_autoencoder
from reference_models.graphs import flow as graphs_flow
from reference_models.graphs import matching as graphs_matching
from reference_models.graphs import networks as graphs_networks
from reference_models.graphs import random as graphs_random
from reference_models.learning import estimation as learning_estimation
from reference_models.learning import gradients as learning_gradients
from reference_models.multimodal import contrastive as multimodal_contrastive
from reference_models.multimodal import views as multimodal_views
from reference_models.structured import estimators as structured_estimators
from reference_models.structured import linear_latent as structured_linear_latent
from reference_models.structured import markov as structured_markov
from reference_models.structured import messages as structured_messages
from reference_models.structured import undirected as structured_undirected

LOG2 = math.log(2)
PATH, EMPTY = [[0.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0]], [[0.0] * 3] * 3
FOUR = t([[1.0, 0.5], [-1.0, 2.0], [2.0, -1.0], [0.5, 0.0]])


def _spread(x: torch.Tensor, directions: torch.Tensor) -> torch.Tensor:
    """Variances of x along columns."""
    return (((x - x.mean(0)) @ directions) ** 2).mean(0)


PINS: tuple[Pin, ...] = (
    Pin(
        learning_estimation.bootstrap,
        lambda f: f(t(1.0, 2.0, 3.0), torch.mean, torch.tensor([[0, 0, 1], [2, 2, 2]])),
        lambda: [4 / 3, 3],
        "means of 1, 1, 2 and of 3, 3, 3",
    ),
    Pin(learning_estimation.mean_nll, lambda f: f(t(-1.0, -3.0)), lambda: 2, "the mean of 1 and 3"),
    Pin(
        learning_estimation.negative_log_posterior,
        lambda f: f(t([[1.0, 0.0], [0.0, 1.0]]), t(2.0, 2.0), t(1.0, 2.0), t(0.5), t(2.0)),
        lambda: 2.25,
        "1/1 + 5/4",
    ),
    Pin(
        learning_estimation.normal_log_prob,
        lambda f: f(t(1.0), t(3.0), t(4.0)),
        lambda: -0.5 - math.log(8 * math.pi) / 2,
        "two less the mean, a variance of 4",
    ),
    Pin(learning_estimation.wald_interval, lambda f: f(t(1.0), t(4.0), 25, 2.0), lambda: (0.8, 1.2), "2/√100"),
    Pin(
        learning_gradients.normal_score,
        lambda f: f(t([5.0]), t(1.0), t(2.0)),
        lambda: [[1, 1.5]],
        "z = 2: z/2, (z² − 1)/2",
    ),
    Pin(
        structured_estimators.logistic_loss,
        lambda f: f(t([[1.0]]), t([1.0]), t([math.log(3)])),
        lambda: math.log(4 / 3),
        "the label has probability 3/4",
    ),
    Pin(
        structured_linear_latent.canonical_correlations,
        lambda f: (lambda a: (_spread(FOUR, a[1]), a[0]))(f(FOUR, FOUR)),
        lambda: ([1, 1], [1, 1]),
        "x with itself; along each direction x has variance 1",
    ),
    Pin(
        structured_linear_latent.canonical_correlations,
        lambda f: _spread(FOUR, f(FOUR + 1, FOUR)[2]),
        lambda: [1, 1],
        "and so has y",
    ),
    Pin(
        structured_linear_latent.inverse_root,
        lambda f: f(t([[4.0, 0.0], [0.0, 9.0]])),
        lambda: [[0.5, 0], [0, 1 / 3]],
        "1/√4 and 1/√9",
    ),
    Pin(
        structured_markov.backward,
        lambda f: f(torch.tensor([0, 1]), t([[0.5, 0.5], [0.25, 0.75]]), t([[0.2, 0.8], [0.6, 0.4]])),
        lambda: [[0.6, 0.5], [1, 1]],
        "0.5 · 0.8 + 0.5 · 0.4, and 0.25 · 0.8 + 0.75 · 0.4",
    ),
    Pin(
        structured_messages.propagate,
        lambda f: (lambda m: (m[0, 1], m[1, 0]))(
            f(t([[1.0, 3.0], [1.0, 1.0]]), {(0, 1): t([[1.0, 1.0], [0.0, 1.0]])}, 1)
        ),
        lambda: ([0.2, 0.8], [2 / 3, 1 / 3]),
        "(1, 4) and (2, 1), normalised",
    ),
    Pin(
        structured_undirected.hopfield_update,
        lambda f: f(t(1.0, 1.0), t([[0.0, -1.0], [-1.0, 0.0]]), 0),
        lambda: [-1, 1],
        "the field of the first is −1",
    ),
    Pin(structured_undirected.hopfield_weights, lambda f: f(t([[1.0, -1.0]])), lambda: [[0, -0.5], [-0.5, 0]], "−1/2"),
    Pin(structured_undirected.states, lambda f: f(1), lambda: [[-1], [1]], "one spin, down and up"),
    Pin(
        structured_undirected.unnormalised,
        lambda f: f([[0, 1], [1]], [t([[1.0, 2.0], [3.0, 4.0]]), t(10.0, 100.0)], [2, 2]),
        lambda: [[10, 200], [30, 400]],
        "columns times 10 and 100",
    ),
    Pin(
        graphs_autoencoder.encode,
        lambda f: f(t([[0.0, 1.0], [1.0, 0.0]]), t([[1.0], [3.0]]), t([[1.0]]), t([[1.0]]), t([[-2.0]])),
        lambda: ([[2], [2]], [[-4], [-4]]),
        "two joined nodes both get the mean, 2",
    ),
    Pin(
        graphs_flow.scale_and_shift,
        lambda f: f(t([[0.0, 1.0], [1.0, 0.0]]), t([[1.0], [2.0]]), t([[0.1]]), t([[2.0]])),
        lambda: ([[math.tanh(0.3)]] * 2, [[6], [6]]),
        "each node and its neighbour: 3",
    ),
    Pin(graphs_flow.swap, lambda f: f(t(1.0, 2.0, 3.0, 4.0)), lambda: [3, 4, 1, 2], "halves exchanged"),
    Pin(
        graphs_matching.assignment_cost,
        lambda f: f(t([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([1, 0])),
        lambda: 5,
        "2 + 3",
    ),
    Pin(
        graphs_matching.best_matching,
        lambda f: f(t(PATH), t(EMPTY))[0],
        lambda: 2,
        "both edges of a path are missing",
    ),
    Pin(
        graphs_networks.graph_network,
        lambda f: f(t([[0.0, 1.0], [1.0, 0.0]]), t([[1.0], [2.0]]), t([[2.0]]), t([[3.0]]), t([1.0]), 1),
        lambda: [17],
        "2 + 6 + 1 and 4 + 3 + 1",
    ),
    Pin(
        graphs_random.shares,
        lambda f: f(t(1.0), 3),
        lambda: [2 / 3, 1 / 6, 1 / 15],
        "4/(k (k + 1)(k + 2)) for one edge a node",
    ),
    Pin(
        evaluation_features.moments,
        lambda f: f(t([[0.0, 0.0], [2.0, 4.0]])),
        lambda: ([1, 2], [[2, 4], [4, 8]]),
        "deviations ±(1, 2), over n − 1 = 1",
    ),
    Pin(divergences_information.shannon_lengths, lambda f: f(t(0.5, 0.25, 0.2)), lambda: [1, 2, 3], "whole bits"),
    Pin(
        divergences_transport.dual_value,
        lambda f: f(t(0.0, 1.0, 2.0), t(0.2, 0.3, 0.5), t(0.5, 0.3, 0.2)),
        lambda: 0.6,
        "2 · 0.3",
    ),
    Pin(
        multimodal_contrastive.information_bound,
        lambda f: f(math.log(3) * torch.eye(2, dtype=torch.float64)),
        lambda: math.log(1.5),
        "log 2 − log 4/3",
    ),
    Pin(multimodal_contrastive.normalised, lambda f: f(t(3.0, 4.0)), lambda: [0.6, 0.8], "over 5"),
    Pin(
        multimodal_views.inverse_root,
        lambda f: f(t([[4.0, 0.0], [0.0, 9.0]])),
        lambda: [[0.5, 0], [0, 1 / 3]],
        "1/√4, 1/√9",
    ),
    Pin(
        multimodal_views.mean_log_likelihood,
        lambda f: f(t([[1.0], [-1.0]]), t([[0.0], [0.0]]), torch.eye(2, dtype=torch.float64)),
        lambda: -0.5 - math.log(2 * math.pi),
        "a square of 1 on the mean, two standard normals",
    ),
)
"""What is fitted, matched and scored."""
