"""Classifier guidance and classifier-free guidance: rows 162 and 163."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import torch
from torch import Tensor

from numerics.specifications.contract import (
    Figure,
    Model,
    Mutant,
    Outcome,
    Panel,
    Property,
    Result,
    Specification,
    Task,
)
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import close, equal, gradient, true, worst
from reference_models.diffusion import guidance


def _classes(draw: Draw) -> tuple[Tensor, Tensor, Tensor]:
    """Means (3, 2), deviations (3, 1), shares (3,) of three classes of normals."""
    return draw.normal(3, 2), draw.uniform(0.6, 1.5, 3, 1), draw.simplex(3)


def _log_joint(at: tuple[Tensor, Tensor, Tensor], x: Tensor) -> Tensor:
    """log p(x, y) for each class: (*batch, 2) -> (*batch, 3)."""
    m, s, w = at
    return torch.distributions.Normal(m, s).log_prob(x[..., None, :]).sum(-1) + torch.log(w)


def _bayes(model: Model, draw: Draw) -> Outcome:
    at, x = _classes(draw), draw.normal(5, 2)
    score = gradient(lambda v: torch.logsumexp(_log_joint(at, v), -1), x)

    def log_classifier(v: Tensor) -> Tensor:
        return torch.log_softmax(_log_joint(at, v), -1)[..., 1]

    exact = (at[0][1] - x) / at[1][1] ** 2  # ∇ log p(x | y = 1)
    return close(model.classifier_guided(score, log_classifier, x, draw.tensor(1.0)), exact)


def _descends(score: Tensor, log_classifier: Callable[[Tensor], Tensor], x: Tensor, w: Tensor) -> Tensor:
    return guidance.classifier_guided(score, log_classifier, x, -w)


def _tilted(model: Model, draw: Draw) -> Outcome:
    """Any w: the score of p(x) p(y | x)^w, by autograd."""
    at, x, w = _classes(draw), draw.normal(5, 2), draw.uniform(0.5, 5)
    score = gradient(lambda v: torch.logsumexp(_log_joint(at, v), -1), x)

    def log_classifier(v: Tensor) -> Tensor:
        return torch.log_softmax(_log_joint(at, v), -1)[..., 1]

    expected = gradient(lambda v: torch.logsumexp(_log_joint(at, v), -1) + w * log_classifier(v), x)
    return close(model.classifier_guided(score, log_classifier, x, w), expected)


def _joint_slope(score: Tensor, log_classifier: Callable[[Tensor], Tensor], x: Tensor, w: Tensor) -> Tensor:
    return w * guidance.classifier_guided(score, log_classifier, x, torch.ones_like(w))


def _in_noise(model: Model, draw: Draw) -> Outcome:
    at, x, w, bar = _classes(draw), draw.normal(5, 2), draw.uniform(0.5, 3), draw.uniform(0.1, 0.9)
    score = gradient(lambda v: torch.logsumexp(_log_joint(at, v), -1), x)

    def log_classifier(v: Tensor) -> Tensor:
        return torch.log_softmax(_log_joint(at, v), -1)[..., 1]

    eps = model.guided_noise(-torch.sqrt(1 - bar) * score, log_classifier, x, bar, w)
    return close(-eps / torch.sqrt(1 - bar), model.classifier_guided(score, log_classifier, x, w))


def _unscaled(eps: Tensor, log_classifier: Callable[[Tensor], Tensor], x: Tensor, bar: Tensor, w: Tensor) -> Tensor:
    return guidance.classifier_guided(eps, log_classifier, x, -w)


CLASSIFIER = Specification(
    name="classifier_guidance",
    family="diffusion",
    systems=(162,),
    title="Classifier guidance",
    statement="∇ log p(x) + w ∇ log p(y | x)",
    page="reference_models.diffusion.guidance",
    functions={"classifier_guided": guidance.classifier_guided, "guided_noise": guidance.guided_noise},
    properties=(
        Property(
            "w = 1 is the conditional score, by Bayes' rule",
            _bayes,
            Mutant("down the classifier's slope", {"classifier_guided": _descends}),
        ),
        Property(
            "the score of p(x) p(y|x)^w for every w",
            _tilted,
            Mutant("w multiplies both terms", {"classifier_guided": _joint_slope}),
        ),
        Property("the same in terms of noise", _in_noise, Mutant("√(1 − ᾱ) is lost", {"guided_noise": _unscaled})),
    ),
    source="Dhariwal and Nichol 2021, section 4",
)


def _ends(model: Model, draw: Draw) -> Outcome:
    u, c = draw.normal(4, 3), draw.normal(4, 3)
    zero, one = draw.tensor(0.0), draw.tensor(1.0)
    return worst(equal(model.free(u, c, zero), u), equal(model.free(u, c, one), c))


def _papers_scale(u: Tensor, c: Tensor, s: Tensor) -> Tensor:
    return (1 + s) * c - s * u


def _power(model: Model, draw: Draw) -> Outcome:
    """At one level: the score of p^{1−s} p_c^s, by autograd."""
    at, x, s = _classes(draw), draw.normal(5, 2), draw.uniform(0, 4)

    def whole(v: Tensor) -> Tensor:
        return torch.logsumexp(_log_joint(at, v), -1)

    def one(v: Tensor) -> Tensor:
        return _log_joint(at, v)[..., 1]

    expected = gradient(lambda v: (1 - s) * whole(v) + s * one(v), x)
    return close(model.free(gradient(whole, x), gradient(one, x), s), expected)


def _added(u: Tensor, c: Tensor, s: Tensor) -> Tensor:
    return u + s * c


def _twice(model: Model, draw: Draw) -> Outcome:
    a, x, c, s = draw.normal(3, 3), draw.normal(4, 3), draw.normal(4, 3), draw.uniform(1.5, 4)
    calls: list[bool] = []

    def network(v: Tensor, given: Tensor | None) -> Tensor:
        calls.append(given is None)
        return torch.tanh(v @ a.mT if given is None else v @ a.mT + given)

    found = model.free_noise(network, x, c, s)
    return worst(
        close(found, (1 - s) * torch.tanh(x @ a.mT) + s * torch.tanh(x @ a.mT + c)),
        true(sorted(calls) == [False, True], f"{len(calls)} evaluations"),
    )


def _conditional_only(network: Callable[[Tensor, Tensor | None], Tensor], x: Tensor, c: Tensor, s: Tensor) -> Tensor:
    return network(x, s * c) + 0 * network(x, None)  # scales the condition, not the difference


def _not_a_diffusion(model: Model, draw: Draw) -> Outcome:
    """Two normal laws: at t = 0 guidance is exact for the tilted law, later it isn't that law's diffusion."""
    s, x = draw.uniform(2.0, 3.0), draw.uniform(0.5, 1.5) * torch.sign(draw.normal())
    wide, narrow = draw.tensor(1.0), draw.tensor(0.25)  # variances of p and of p_c, both about 0
    tilted = 1 / ((1 - s) / wide + s / narrow)

    def gap(bar: Tensor) -> Tensor:
        def score(variance: Tensor) -> Tensor:
            return -x / (bar * variance + 1 - bar)

        return (model.free(score(wide), score(narrow), s) - score(tilted)).abs()

    return worst(equal(gap(draw.tensor(1.0)), 0.0), true(gap(draw.tensor(0.5)) > 0.05, "off at ᾱ = 1/2"))


def _dropping(model: Model, draw: Draw) -> Outcome:
    c, null, u, rate = draw.normal(500, 2), draw.normal(2), draw.uniform(0, 1, 500), float(draw.uniform(0.1, 0.4))
    found = model.dropped(c, null, u, rate)
    expected = torch.stack([null if float(v) < rate else row for row, v in zip(c, u, strict=True)])
    return equal(found, expected)


def _guided_samples(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """Guide the ODE of two normal laws on the line by exact scores: deviations of the samples at growing scales."""
    scales, steps, wide, narrow, found = [0.0, 1.0, 2.0, 4.0], 2000, 1.0, 0.25, []
    for i, scale in enumerate(scales):
        x = draw.tensor(1.0)  # linear: where one deviation of the noise ends is the deviation of the samples
        sigma = torch.linspace(60.0, 0.0, steps + 1, dtype=torch.float64) ** 2 / 60  # VE: variance v + σ²
        x = x * sigma[0]
        for now, then in pairwise(sigma):
            middle = (now + then) / 2

            def slope(v: Tensor, at: Tensor, scale: float = scale) -> Tensor:
                u, c = -v / (wide + at**2), -v / (narrow + at**2)
                return -at * model.free(u, c, torch.tensor(scale, dtype=torch.float64, device=v.device))

            half = x + (then - now) / 2 * slope(x, now)
            x = x + (then - now) * slope(half, middle)
        found.append(float(x))
        progress((i + 1) / len(scales))
    exact = [wide ** ((1 - s) / 2) * narrow ** (s / 2) for s in scales]  # ∏ of the deviations to 1 − s and s
    return Result(
        figures=tuple(
            Figure(f"deviation at s = {s:g}", value, predicted=law, allowed=0.002)
            for s, value, law in zip(scales, found, exact, strict=True)
        ),
        panels=(
            Panel(
                "deviation of guided samples, and of the tilted law",
                "lines",
                {
                    "guided": (scales, found),
                    "tilted": (scales, [float(((1 - s) / wide + s / narrow) ** -0.5) for s in scales]),
                },
            ),
        ),
    )


FREE = Specification(
    name="classifier_free_guidance",
    family="diffusion",
    systems=(163,),
    title="Classifier-free guidance",
    statement="ε_u + s (ε_c − ε_u)",
    page="reference_models.diffusion.guidance",
    functions={"free": guidance.free, "free_noise": guidance.free_noise, "dropped": guidance.dropped},
    properties=(
        Property("s = 0 and s = 1", _ends, Mutant("s counts from the condition: 1 + s", {"free": _papers_scale})),
        Property(
            "the score of p^{1−s} p_c^s at each level",
            _power,
            Mutant("ε_u isn't taken from ε_c", {"free": _added}),
        ),
        Property(
            "two evaluations",
            _twice,
            Mutant("the condition is scaled instead", {"free_noise": _conditional_only}),
        ),
        Property(
            "not the diffusion of the tilted law",
            _not_a_diffusion,
            Mutant("s counts from the condition: 1 + s", {"free": _papers_scale}),
        ),
        Property(
            "in training a share of conditions is dropped",
            _dropping,
            Mutant(
                "that share is kept",
                {"dropped": lambda c, null, u, rate: guidance.dropped(c, null, 1 - u, 1 - rate)},
            ),
        ),
    ),
    source="Ho and Salimans 2022, section 3",
    task=Task("two normal laws about 0, their exact scores", _guided_samples),
    conventions=("s = 1 + w of the paper",),
)

SPECIFICATIONS = (CLASSIFIER, FREE)
