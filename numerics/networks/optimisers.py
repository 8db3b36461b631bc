"""The routes of optimisers: sequences and laws in the place of names, and torch's steps and autograd."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor

from claims.laws import Binomial, Exponential
from claims.notation import Normal
from numerics.casts import GIVEN, Cast
from numerics.expected import mean, members, polynomial, scalar
from numerics.likelihood.samples import SIZES
from numerics.named_laws import HALF, THIRD, by_cast, interpreted
from numerics.points import CALM, Point
from numerics.slopes import slope
from numerics.written import standing_on, torch_model
from reference_models.learning.optimisation import adam_step, gradient_step, heavy_ball_step

SEQUENCES: tuple[Cast, ...] = tuple(
    {
        "g": (GIVEN - k) ** 2 / 5 - sp.Rational(k, 2),
        "a": GIVEN / 2 - sp.Rational(k, 3),
        "z": (GIVEN - 2) ** 2 / k - HALF,
        "y": 1 - GIVEN / 3 + sp.Rational(k, 5),
    }
    for k in range(1, 11)
)
"""Gradients, features at two data, and weights."""
LAWS: tuple[Cast, ...] = tuple(
    {"p": law, "g": formula}
    for law in (Binomial(2, THIRD), Binomial(3, HALF), Normal(HALF, 2), Exponential(2), Exponential(HALF))
    for formula in (GIVEN - THIRD, (GIVEN - HALF) ** 2)
)
"""The law of a minibatch, and the gradient there or its square."""


def _velocity(gradients: Tensor, momentum: Tensor) -> float:
    theta = velocity = torch.zeros_like(momentum)
    for g in gradients:
        theta, velocity = heavy_ball_step(theta, velocity, g, 1.0, float(momentum))
    return float(velocity)


def _momentum(cast: Cast, place: Point) -> float:
    return _velocity(members(cast, "g", 1, int(place["n"]) + 1), scalar(place, "d"))


def _constant(cast: Cast, place: Point) -> float:
    return _velocity(scalar(place, "c").expand(int(place["n"])), scalar(place, "d"))


def _first_moment(cast: Cast, place: Point) -> float:
    """Adam's first moment after n steps of the mean gradient: it is linear in the gradients."""
    g, decay = mean(cast["p"], polynomial(cast, "g")), float(place["d"])
    theta = m = v = torch.zeros_like(g)
    for step in range(1, int(place["n"]) + 1):
        theta, m, v = adam_step(theta, m, v, g, step, 1.0, decay, 0.5, 1.0)
    return float(m)


def _loss_slope(cast: Cast, place: Point) -> float:
    """Autograd in the weight that moves."""
    by = int(place["k"])
    features, weights = (members(cast, name, 1, by + int(place["m"])) for name in "ay")

    def loss(shift: Tensor) -> Tensor:
        moved = weights + shift * torch.nn.functional.one_hot(torch.tensor(by - 1), len(weights))
        return (features @ moved - scalar(place, "c")) ** 2 / 2

    return float(slope(loss)(scalar(place, "v")))


def _output(cast: Cast, place: Point) -> float:
    """The output after a step of gradient descent, whose gradient is autograd's."""
    a, z, weights = (members(cast, name, 1, int(place["n"])) for name in "azy")
    features = torch.stack([a, z])
    targets = features @ weights - torch.stack([scalar(place, "u"), scalar(place, "w")])
    at = weights.clone().requires_grad_()
    gradient = torch.autograd.grad(((features @ at - targets) ** 2).sum() / 2, at)[0]
    return float(a @ gradient_step(weights, gradient, float(place["h"])))


def _loss(t: Tensor, y: Tensor, f: Tensor, rate: Tensor) -> Tensor:
    return ((f - y) * torch.exp(-rate * t)) ** 2 / 2


ROUTES = {
    "momentum_step_eq": (interpreted(SEQUENCES, SIZES), by_cast(_momentum, SEQUENCES, 1e-10, SIZES)),
    "momentum_constant_eq": (interpreted(SEQUENCES, SIZES), by_cast(_constant, SEQUENCES, 1e-10, SIZES)),
    "adam_bias_eq": (interpreted(LAWS, SIZES), by_cast(_first_moment, LAWS, 1e-9, SIZES)),
    "linear_slope_any_eq": (interpreted(SEQUENCES, SIZES), by_cast(_loss_slope, SEQUENCES, 1e-10, SIZES)),
    "ntk_step_eq": (interpreted(SEQUENCES, SIZES), by_cast(_output, SEQUENCES, 1e-10, SIZES)),
    "residual_decay_eq": standing_on(torch_model(slope(_loss), "t", "c", "f", "e"), 1e-10, CALM),
}
