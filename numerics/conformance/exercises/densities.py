"""Log-densities as exercises: normal vectors, gamma, Poisson, and the affine flow."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from numerics.conformance.exercise import (
    Argument,
    Convention,
    Covariances,
    Exercise,
    Invertible,
    Positives,
    Reals,
    Whole,
)
from reference_models.distributions.counts import poisson_log_prob
from reference_models.distributions.normal import log_prob as normal_log_prob
from reference_models.distributions.waiting import gamma_log_prob
from reference_models.flows.composition import affine


def _of_precision(x: Tensor, mean: Tensor, cov: Tensor) -> Tensor:
    return normal_log_prob(x, mean, torch.linalg.inv(cov))


def _without_log_det(x: Tensor, mean: Tensor, cov: Tensor) -> Tensor:
    return normal_log_prob(x, mean, cov) + torch.linalg.slogdet(cov)[1] / 2


def _whole_log_det(x: Tensor, mean: Tensor, cov: Tensor) -> Tensor:
    return normal_log_prob(x, mean, cov) - torch.linalg.slogdet(cov)[1] / 2


def _constant_of_one_dimension(x: Tensor, mean: Tensor, cov: Tensor) -> Tensor:
    return normal_log_prob(x, mean, cov) + (x.shape[-1] - 1) / 2 * math.log(2 * math.pi)


def _without_half(x: Tensor, mean: Tensor, cov: Tensor) -> Tensor:
    off = (x - mean)[..., None]
    return normal_log_prob(x, mean, cov) - (off.mT @ torch.linalg.solve(cov, off))[..., 0, 0] / 2


NORMAL = Exercise(
    model="normal",
    function="log_prob",
    right=normal_log_prob,
    arguments=(
        Argument("x", ("n", "d"), Reals(-3, 3), "points"),
        Argument("mean", ("d",), Reals(-3, 3), "the mean"),
        Argument("cov", ("d", "d"), Covariances(), "the covariance, not its inverse and not its root"),
    ),
    returns="(n,) nats",
    conventions=(
        Convention("the covariance is taken for a precision", _of_precision),
        Convention("½ log |Σ| is missing", _without_log_det),
        Convention("log |Σ| without the ½", _whole_log_det),
        Convention("the constant is that of one dimension: ½ log 2π for d/2 log 2π", _constant_of_one_dimension),
        Convention("the quadratic form lacks its ½", _without_half),
    ),
    gradient_in=("mean",),
    logarithmic=True,
    wide={"x": 60.0},
)


def _of_scale(x: Tensor, shape: Tensor, rate: Tensor) -> Tensor:
    return gamma_log_prob(x, shape, 1 / rate)


def _without_gamma(x: Tensor, shape: Tensor, rate: Tensor) -> Tensor:
    return gamma_log_prob(x, shape, rate) + torch.lgamma(shape)


def _whole_power(x: Tensor, shape: Tensor, rate: Tensor) -> Tensor:
    return gamma_log_prob(x, shape, rate) + torch.log(x)


def _without_rate(x: Tensor, shape: Tensor, rate: Tensor) -> Tensor:
    return gamma_log_prob(x, shape, rate) - shape * torch.log(rate)


GAMMA = Exercise(
    model="gamma",
    function="log_prob",
    right=gamma_log_prob,
    arguments=(
        Argument("x", ("n",), Positives(), "values"),
        Argument("shape", (), Positives(), "the shape k"),
        Argument("rate", (), Positives(), "the rate λ, one over the scale"),
    ),
    returns="(n,) nats",
    conventions=(
        Convention("the rate is taken for a scale", _of_scale),
        Convention("log Γ(k) is missing", _without_gamma),
        Convention("x^k for x^(k − 1)", _whole_power),
        Convention("k log λ is missing", _without_rate),
    ),
    gradient_in=("x", "rate"),
    logarithmic=True,
)


def _without_factorial(k: Tensor, rate: Tensor) -> Tensor:
    return poisson_log_prob(k, rate) + torch.lgamma(k + 1)


def _of_log_rate(k: Tensor, rate: Tensor) -> Tensor:
    return poisson_log_prob(k, torch.exp(rate))


def _factorial_of_next(k: Tensor, rate: Tensor) -> Tensor:
    return poisson_log_prob(k, rate) - torch.log(k + 1)


POISSON = Exercise(
    model="poisson",
    function="log_prob",
    right=poisson_log_prob,
    arguments=(
        Argument("k", ("n",), Whole(0, 9, as_float=True), "counts, as floating-point numbers"),
        Argument("rate", ("n",), Positives(), "the rate, which is the mean"),
    ),
    returns="(n,) nats",
    conventions=(
        Convention("log k! is missing", _without_factorial),
        Convention("the rate is taken for its logarithm", _of_log_rate),
        Convention("(k + 1)! for k!", _factorial_of_next),
    ),
    edges=({"k": [0.0], "rate": [1e-3]}, {"k": [9.0], "rate": [50.0]}),
    gradient_in=("rate",),
    logarithmic=True,
)


def _no_log_det(z: Tensor, a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    x, log_det = affine(z, a, b)
    return x, torch.zeros_like(log_det)


def _log_det_of_inverse(z: Tensor, a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    x, log_det = affine(z, a, b)
    return x, -log_det


def _transposed(z: Tensor, a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    return z @ a + b, affine(z, a, b)[1]


def _log_det_of_diagonal(z: Tensor, a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    x, log_det = affine(z, a, b)
    return x, torch.log(a.diagonal().abs()).sum().expand_as(log_det)


AFFINE = Exercise(
    model="elementwise_flows",
    function="affine",
    right=affine,
    arguments=(
        Argument("z", ("n", "d"), Reals(-3, 3), "points of the base space"),
        Argument("a", ("d", "d"), Invertible(), "the matrix A"),
        Argument("b", ("d",), Reals(-3, 3), "the shift"),
    ),
    returns="x = A z + b (n, d), log |det A| (n,) nats",
    conventions=(
        Convention("the log-determinant is missing", _no_log_det),
        Convention("the log-determinant is that of the inverse map", _log_det_of_inverse),
        Convention("the log-determinant is that of a diagonal matrix", _log_det_of_diagonal),
        Convention("A is applied transposed", _transposed),
    ),
    gradient_in=("z",),
)

EXERCISES = (NORMAL, GAMMA, POISSON, AFFINE)
