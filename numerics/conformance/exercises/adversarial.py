"""Losses from scores as exercises: the GAN's, binary cross-entropy, InfoNCE and CLIP from embeddings."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import logsigmoid

from numerics.conformance.exercise import Argument, Convention, Exercise, Positives, Reals, Whole
from numerics.specifications.catalogue import specification

gan = specification("gan").model
clip = specification("clip").model


def _without_fake(real: Tensor, fake: Tensor) -> Tensor:
    return -logsigmoid(real).mean()


def _labels_swapped(real: Tensor, fake: Tensor) -> Tensor:
    found: Tensor = gan.discriminator_loss(fake, real)
    return found


def _averaged(real: Tensor, fake: Tensor) -> Tensor:
    return gan.discriminator_loss(real, fake) / 2


DISCRIMINATOR = Exercise(
    model="gan",
    function="discriminator_loss",
    right=gan.discriminator_loss,
    arguments=(
        Argument("real", ("n",), Reals(), "logits of real data"),
        Argument("fake", ("m",), Reals(), "logits of generated data"),
    ),
    returns="(), −E log σ(real) − E log(1 − σ(fake))",
    conventions=(
        Convention("real and generated are exchanged", _labels_swapped),
        Convention("half of the sum of the two means", _averaged),
        Convention("generated data are left out", _without_fake),
    ),
    gradient_in=("real", "fake"),
    logarithmic=True,
    wide={"real": 800.0, "fake": 800.0},
)


def _saturating(fake: Tensor) -> Tensor:
    found: Tensor = gan.saturating_loss(fake)
    return found


def _non_saturating(fake: Tensor) -> Tensor:
    found: Tensor = gan.non_saturating_loss(fake)
    return found


def _of_wasserstein(fake: Tensor) -> Tensor:
    return -fake.mean()


GENERATOR = Exercise(
    model="gan",
    function="non_saturating_loss",
    right=gan.non_saturating_loss,
    arguments=(Argument("fake", ("n",), Reals(), "logits of generated data"),),
    returns="(), −E log σ(fake), which the generator minimises",
    conventions=(
        Convention("the saturating loss, E log(1 − σ)", _saturating),
        Convention("the critic's loss of a Wasserstein GAN", _of_wasserstein),
    ),
    gradient_in=("fake",),
    logarithmic=True,
    wide={"fake": 800.0},
)

SATURATING = Exercise(
    model="gan",
    function="saturating_loss",
    right=gan.saturating_loss,
    arguments=GENERATOR.arguments,
    returns="(), E log(1 − σ(fake)), which the generator minimises in the game itself",
    conventions=(Convention("the non-saturating loss, −E log σ", _non_saturating),),
    gradient_in=("fake",),
    logarithmic=True,
    wide={"fake": 800.0},
)


def bce_with_logits(logits: Tensor, y: Tensor) -> Tensor:
    """The mean of −log p(y) with p = σ(logits): two (n,) -> ()."""
    return (torch.nn.functional.softplus(logits) - y * logits).mean()


def _written_bce(logits: Tensor, y: Tensor) -> Tensor:
    return -(y * logsigmoid(logits) + (1 - y) * logsigmoid(-logits)).mean()


def _sigmoid_twice(logits: Tensor, y: Tensor) -> Tensor:
    return bce_with_logits(torch.sigmoid(logits), y)


def _ones_only(logits: Tensor, y: Tensor) -> Tensor:
    return -(y * logsigmoid(logits)).mean()


def _of_signs(logits: Tensor, y: Tensor) -> Tensor:
    return -logsigmoid(y * logits).mean()


BCE = Exercise(
    model="losses",
    function="bce_with_logits",
    right=bce_with_logits,
    arguments=(
        Argument("logits", ("n",), Reals(), "log-odds of 1, before the sigmoid"),
        Argument("y", ("n",), Whole(0, 1, as_float=True), "labels, 0 or 1"),
    ),
    returns="(), nats, the mean over n",
    conventions=(
        Convention("the sigmoid is taken twice", _sigmoid_twice),
        Convention("the labels 0 are left out: (1 − y) log(1 − p) is missing", _ones_only),
        Convention("log(1 + e^(−y z)) is the loss of labels −1 and 1; these are 0 and 1", _of_signs),
    ),
    gradient_in=("logits",),
    logarithmic=True,
    written=(_written_bce,),
    wide={"logits": 800.0},
)


def from_embeddings(a: Tensor, b: Tensor, tau: Tensor) -> Tensor:
    """InfoNCE of a_i with b_i among all b_j, of cosines over τ: two (n, d), () -> ()."""
    found: Tensor = clip.one_way(clip.scores(a, b, tau))
    return found


def _written_infonce(a: Tensor, b: Tensor, tau: Tensor) -> Tensor:
    a = a / a.norm(dim=-1, keepdim=True)
    b = b / b.norm(dim=-1, keepdim=True)
    log_p = torch.log_softmax(a @ b.mT / tau, -1)
    return -torch.diagonal(log_p).mean()


def _not_normalised(a: Tensor, b: Tensor, tau: Tensor) -> Tensor:
    found: Tensor = clip.one_way(a @ b.mT / tau)
    return found


def _both_ways(a: Tensor, b: Tensor, tau: Tensor) -> Tensor:
    found: Tensor = clip.loss(a, b, tau)
    return found


def _times_temperature(a: Tensor, b: Tensor, tau: Tensor) -> Tensor:
    return from_embeddings(a, b, 1 / tau)


def _temperature_twice(a: Tensor, b: Tensor, tau: Tensor) -> Tensor:
    return from_embeddings(a, b, tau**2)


def _of_columns(a: Tensor, b: Tensor, tau: Tensor) -> Tensor:
    return from_embeddings(b, a, tau)


EMBEDDINGS = (
    Argument("a", ("n", "d"), Positives(), "embeddings, not yet normalised"),
    Argument("b", ("n", "d"), Positives(), "those of the other view; b_i belongs to a_i"),
    Argument("tau", (), Positives(0.125, 2), "the temperature τ"),
)

INFONCE = Exercise(
    model="clip",
    function="infonce",
    right=from_embeddings,
    arguments=EMBEDDINGS,
    returns="(), nats: the mean over i of −log softmax_j(cos(a_i, b_j)/τ) at j = i",
    conventions=(
        Convention("the embeddings are not normalised", _not_normalised),
        Convention("both directions are averaged (CLIP's loss)", _both_ways),
        Convention("scores are multiplied by the temperature", _times_temperature),
        Convention("the temperature is applied twice", _temperature_twice),
        Convention("the softmax runs over the a, not the b", _of_columns),
    ),
    sizes={"n": (2, 4), "d": (2, 3)},
    gradient_in=("a", "b"),
    logarithmic=True,
    written=(_written_infonce,),
)


def _one_direction(a: Tensor, b: Tensor, tau: Tensor) -> Tensor:
    return from_embeddings(a, b, tau)


def _sum_of_directions(a: Tensor, b: Tensor, tau: Tensor) -> Tensor:
    return 2 * clip.loss(a, b, tau)


def _clip_temperature_twice(a: Tensor, b: Tensor, tau: Tensor) -> Tensor:
    found: Tensor = clip.loss(a, b, tau**2)
    return found


CLIP = Exercise(
    model="clip",
    function="loss",
    right=clip.loss,
    arguments=EMBEDDINGS,
    returns="(), nats: half of the losses in both directions, each a mean over n",
    conventions=(
        Convention("one direction only", _one_direction),
        Convention("the sum of both directions, not their mean", _sum_of_directions),
        Convention("the temperature is applied twice", _clip_temperature_twice),
    ),
    sizes={"n": (2, 4), "d": (2, 3)},
    gradient_in=("a", "b"),
    logarithmic=True,
)

EXERCISES = (DISCRIMINATOR, GENERATOR, SATURATING, BCE, INFONCE, CLIP)
