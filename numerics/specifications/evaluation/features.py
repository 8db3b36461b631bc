"""Inception score (177), precision and recall (179), CLIP score (181)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import (
    Answers,
    Model,
    Mutant,
    Oracle,
    Outcome,
    Property,
    Specification,
)
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, close, equal, worst
from reference_models.evaluation import features

PAGE = "reference_models.evaluation.features"


def _information(model: Model, draw: Draw) -> Outcome:
    """Its logarithm is the mutual information of the sample's index and its label."""
    probs = draw.simplex(7, 4)
    joint = probs / 7
    found = (joint * torch.log(joint / joint.sum(0) / joint.sum(1, keepdim=True))).sum()
    return close(torch.log(model.inception_score(probs)), found)


def _score_range(model: Model, draw: Draw) -> Outcome:
    probs = draw.simplex(7, 4)
    sure = torch.eye(4, dtype=probs.dtype, device=probs.device)
    return worst(
        at_most(model.inception_score(probs), 4.0),
        at_most(1.0, model.inception_score(probs)),
        close(model.inception_score(sure), 4.0),
        close(model.inception_score(probs[:1].expand(5, 4)), 1.0),
    )


def _blind(model: Model, draw: Draw) -> Outcome:
    """One image of each class, copied, scores as many different ones do: it sees no collapse within a class."""
    sure = torch.eye(4, dtype=torch.float64, device=draw.device)
    order = draw.permutation(12)
    return close(model.inception_score(sure.repeat(3, 1)[order]), model.inception_score(sure))


def _split_mean(probs: Tensor) -> Tensor:
    halves = [features.inception_score(part) for part in probs.chunk(2)]
    return torch.stack(halves).mean()


def _torchmetrics_is(inputs: Mapping[str, Any]) -> Answers:
    from torchmetrics.image.inception import InceptionScore

    class Same(torch.nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            return x

    made = InceptionScore(feature=Same(), splits=1).set_dtype(torch.float64)
    made.update(torch.tensor(inputs["logits"], dtype=torch.float64))
    return {"score": made.compute()[0]}


def _our_is(model: Model, inputs: Mapping[str, Any]) -> Answers:
    return {"score": model.inception_score(torch.softmax(torch.tensor(inputs["logits"], dtype=torch.float64), -1))}


INCEPTION = Specification(
    name="inception_score",
    family="evaluation",
    systems=(177,),
    title="Inception score",
    statement="IS = exp E_x KL(p(y | x) ‖ p(y))",
    page=PAGE,
    functions={"inception_score": features.inception_score},
    properties=(
        Property(
            "its logarithm is mutual information",
            _information,
            Mutant(
                "KL(p(y) ‖ p(y | x))",
                {"inception_score": lambda p: torch.exp((p.mean(0) * torch.log(p.mean(0) / p)).sum(-1).mean())},
            ),
        ),
        Property(
            "between 1 and the number of classes, which one sure sample of each attains",
            _score_range,
            Mutant("two halves are scored apart", {"inception_score": _split_mean}),
        ),
        Property(
            "blind to what varies within a class",
            _blind,
            Mutant("a sum over samples", {"inception_score": lambda p: features.inception_score(p) ** (len(p) / 4)}),
        ),
    ),
    source="Salimans et al. 2016",
    oracles=(
        Oracle(
            package="torchmetrics",
            inputs={"logits": [[2.0, 0.1, -1.0], [0.0, 1.5, 0.3], [-0.5, 0.2, 2.2], [1.0, 1.0, 0.0]]},
            ask=_torchmetrics_is,
            tell=_our_is,
            tolerance=1e-10,
            conversion="InceptionScore with an identity for the network, logits for features, and one split",
        ),
    ),
    conventions=("not divided into splits",),
)


def _same_sets(model: Model, draw: Draw) -> Outcome:
    x = draw.normal(9, 2)
    far = x + 100
    return worst(
        equal(model.precision(x, x, 1), 1.0),
        equal(model.recall(x, x, 1), 1.0),
        equal(model.coverage(x, x, 1), 1.0),
        equal(model.precision(x, far, 1), 0.0),
        equal(model.recall(x, far, 1), 0.0),
    )


def _by_hand(model: Model, draw: Draw) -> Outcome:
    real, fake, k = draw.normal(10, 2), 0.7 * draw.normal(8, 2), draw.whole(2, 3)

    def inside(centres: Tensor, points: Tensor) -> Tensor:
        balls = []
        for c in centres:
            reach = ((centres - c) ** 2).sum(-1).sort().values[k]
            balls.append(((points - c) ** 2).sum(-1) < reach)
        return torch.stack(balls)

    at = inside(real, fake)
    return worst(
        equal(model.precision(real, fake, k), at.any(0).double().mean()),
        equal(model.recall(real, fake, k), inside(fake, real).any(0).double().mean()),
        equal(model.density(real, fake, k), at.double().sum() / (k * len(fake))),
        equal(model.coverage(real, fake, k), at.any(1).double().mean()),
    )


def _roles(model: Model, draw: Draw) -> Outcome:
    """Recall is precision with roles swapped; fakes from one of two far clusters have precision 1, recall ½."""
    a = draw.normal(12, 2)
    real = torch.cat([a, draw.normal(12, 2) + 50])
    return worst(
        equal(model.recall(real, a, 2), model.precision(a, real, 2)),
        equal(model.precision(real, a, 2), 1.0),
        equal(model.recall(real, a, 2), 0.5),
    )


def _prdc(inputs: Mapping[str, Any]) -> Answers:
    import numpy as np
    from prdc import compute_prdc

    return dict(compute_prdc(np.array(inputs["real"]), np.array(inputs["fake"]), inputs["k"]))


def _our_prdc(model: Model, inputs: Mapping[str, Any]) -> Answers:
    real, fake = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("real", "fake"))
    return {n: getattr(model, n)(real, fake, inputs["k"]) for n in ("precision", "recall", "density", "coverage")}


def _with_itself(real: Tensor, fake: Tensor, k: int) -> Tensor:
    reach = torch.cdist(real, real).kthvalue(k, -1).values
    return (torch.cdist(real, fake) < reach[:, None]).any(0).double().mean()


PRECISION = Specification(
    name="precision_and_recall",
    family="evaluation",
    systems=(179,),
    title="Precision and recall for distributions, density and coverage",
    statement="precision = share of fakes in ∪ B(real, k-th neighbour)",
    page=PAGE,
    functions={name: getattr(features, name) for name in ("precision", "recall", "density", "coverage")},
    properties=(
        Property(
            "1 for equal sets, 0 for sets far apart",
            _same_sets,
            Mutant("the nearest neighbour is the point itself", {"precision": _with_itself}),
        ),
        Property(
            "balls drawn one by one give the same",
            _by_hand,
            Mutant("density isn't divided by k", {"density": lambda r, f, k: features.density(r, f, k) * k}),
        ),
        Property(
            "swapping roles swaps precision and recall",
            _roles,
            Mutant("recall asks for real balls around fakes", {"recall": features.precision}),
        ),
    ),
    source="Kynkäänniemi et al. 2019, section 2; Naeem et al. 2020",
    oracles=(
        Oracle(
            package="prdc",
            inputs={
                "real": [[0.1, 0.5], [-1.0, 0.3], [0.7, 1.2], [0.2, -0.4], [1.1, 0.9], [-0.3, 0.8]],
                "fake": [[1.1, 0.0], [0.4, -0.8], [-0.6, 0.9], [0.3, 0.3], [2.5, 2.5]],
                "k": 2,
            },
            ask=_prdc,
            tell=_our_prdc,
            tolerance=1e-12,
            conversion="the k-th neighbour excludes the point, balls are open, in both",
        ),
    ),
    conventions=("the point itself is no neighbour", "open balls"),
)


def _clip_range(model: Model, draw: Draw) -> Outcome:
    a, b, scale = draw.normal(20, 4), draw.normal(20, 4), draw.uniform(0.1, 9, 20, 1)
    found = model.clip_score(a, b)
    angle = torch.acos(((a * b).sum(-1) / torch.linalg.norm(a, dim=-1) / torch.linalg.norm(b, dim=-1)).clamp(-1, 1))
    return worst(
        at_most(found, 2.5),
        at_most(0.0, found),
        equal(model.clip_score(a, 3 * a), 2.5),
        equal(model.clip_score(a, -a), 0.0),
        equal(model.clip_score(scale * a, b), found),
        equal(found, 2.5 * torch.cos(angle).clamp_min(0), 1e-8),
    )


def _negative(model: Model, draw: Draw) -> Outcome:
    """Opposed pairs don't pull a mean below that of unrelated ones."""
    a = draw.normal(6, 3)
    mixed = torch.cat([model.clip_score(a, a), model.clip_score(a, -a)])
    return equal(mixed.mean(), 1.25)


CLIP = Specification(
    name="clip_score",
    family="evaluation",
    systems=(181,),
    title="CLIP score",
    statement="w max(cos(image, text), 0)",
    page=PAGE,
    functions={"clip_score": features.clip_score},
    properties=(
        Property(
            "from 0 to w, free of lengths, w cos of the angle",
            _clip_range,
            Mutant("vectors aren't normalised", {"clip_score": lambda a, b: 2.5 * (a * b).sum(-1).clamp_min(0)}),
        ),
        Property(
            "negative cosines count as 0",
            _negative,
            Mutant(
                "they keep their sign",
                {"clip_score": lambda a, b: 2.5 * torch.nn.functional.cosine_similarity(a, b, dim=-1)},
            ),
        ),
    ),
    source="Hessel et al. 2021, section 3",
    conventions=("w = 2.5",),
)

SPECIFICATIONS = (INCEPTION, PRECISION, CLIP)
