"""Inception score (177), FID (178), precision and recall (179), CLIP score (181)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import (
    Answers,
    Figure,
    Model,
    Mutant,
    Oracle,
    Outcome,
    Panel,
    Property,
    Result,
    Specification,
    Task,
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


def _distance(model: Model, draw: Draw) -> Outcome:
    """The cost of the optimal linear map between the two normal laws."""
    m1, m2, c1, c2 = draw.normal(3), draw.normal(3), draw.spd(3), draw.spd(3)
    values, vectors = torch.linalg.eigh(c1)
    half, back = (vectors @ torch.diag(values**s) @ vectors.mT for s in (0.5, -0.5))
    w, u = torch.linalg.eigh(half @ c2 @ half)
    move = back @ (u @ torch.diag(torch.sqrt(w)) @ u.mT) @ back - torch.eye(3, dtype=c1.dtype, device=c1.device)
    found = model.frechet_distance(m1, c1, m2, c2)
    return worst(
        close(found, ((m1 - m2) ** 2).sum() + torch.trace(move @ c1 @ move.mT), 1e-8),
        close(found, model.frechet_distance(m2, c2, m1, c1), 1e-8),
    )


def _only_moments(model: Model, draw: Draw) -> Outcome:
    """Signs and a normal sample with the same first two moments are at 0, and rotations change nothing."""
    signs = torch.cartesian_prod(*[draw.tensor([-1, 1])] * 3)
    z = draw.normal(8, 3)
    z = z - z.mean(0)
    white = z @ torch.linalg.inv(torch.linalg.cholesky(z.mT @ z / 8)).mT
    a, b, turn = draw.normal(9, 3), draw.normal(7, 3) + 1, draw.orthogonal(3)
    return worst(equal(model.fid(signs, white), 0.0, 1e-7), close(model.fid(a @ turn, b @ turn), model.fid(a, b), 1e-7))


def _finite_bias(model: Model, draw: Draw) -> Outcome:
    """Two small samples of one law are far apart; the mean over draws falls as 1/n, and is above 0."""
    sizes = []
    for n in (20, 160):
        sizes.append(torch.stack([model.fid(draw.normal(n, 3), draw.normal(n, 3)) for _ in range(25)]).mean())
    gap = sizes[0] / sizes[1]
    return worst(at_most(0.05, sizes[0]), at_most(3.0, gap))


def _torchmetrics_fid(inputs: Mapping[str, Any]) -> Answers:
    import numpy as np
    from torchmetrics.image.fid import _compute_fid

    stats = []
    for name in ("real", "fake"):
        x = np.array(inputs[name])
        stats += [torch.tensor(x.mean(0)), torch.tensor(np.cov(x, rowvar=False))]
    return {"fid": _compute_fid(*stats)}


def _our_fid(model: Model, inputs: Mapping[str, Any]) -> Answers:
    return {"fid": model.fid(*(torch.tensor(inputs[k], dtype=torch.float64) for k in ("real", "fake")))}


def _bias_task(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """FID of two samples of N(0, I) in 8 dimensions at growing n: n times the mean tends to a constant.

    Means contribute 2d/n, covariances d(d + 1)/(2n) to first order.
    """
    d, found = 8, []
    counts = (50, 100, 200, 400, 800)
    for i, n in enumerate(counts):
        found.append(float(torch.stack([model.fid(draw.normal(n, d), draw.normal(n, d)) for _ in range(100)]).mean()))
        progress((i + 1) / len(counts))
    first_order = 2 * d + d * (d + 1) / 2
    return Result(
        (
            Figure("n times FID at n = 800", found[-1] * counts[-1], first_order, 0.12 * first_order),
            Figure("FID of equal laws at n = 50", found[0]),
        ),
        (
            Panel(
                "FID of equal laws",
                "lines",
                {"found": (list(counts), found), "first order": (list(counts), [first_order / n for n in counts])},
            ),
        ),
    )


FID = Specification(
    name="frechet_inception_distance",
    family="evaluation",
    systems=(178,),
    title="Fréchet inception distance",
    statement="FID = |m₁ − m₂|² + tr(C₁ + C₂ − 2(C₁C₂)^½)",
    page=PAGE,
    functions={"frechet_distance": features.frechet_distance, "fid": features.fid},
    properties=(
        Property(
            "it is W₂² of the two normal laws, symmetric",
            _distance,
            Mutant("the root", {"frechet_distance": lambda *x: torch.sqrt(features.frechet_distance(*x))}),
        ),
        Property(
            "0 for equal moments, whatever the laws; rotations change nothing",
            _only_moments,
            Mutant(
                "only variances count, not covariances",
                {"fid": lambda a, b: ((a.mean(0) - b.mean(0)) ** 2).sum() + ((a.std(0) - b.std(0)) ** 2).sum()},
            ),
        ),
        Property(
            "samples of one law are above 0, by about 1/n",
            _finite_bias,
            Mutant(
                "a sum over samples stands for the covariance",
                {
                    "fid": lambda a, b: features.frechet_distance(
                        a.mean(0), len(a) * features.moments(a)[1], b.mean(0), len(b) * features.moments(b)[1]
                    )
                },
            ),
        ),
    ),
    source="Heusel et al. 2017",
    oracles=(
        Oracle(
            package="torchmetrics",
            inputs={
                "real": [[0.1, 0.5], [-1.0, 0.3], [0.7, 1.2], [0.2, -0.4], [1.1, 0.9]],
                "fake": [[1.1, 0.0], [0.4, -0.8], [-0.6, 0.9], [0.3, 0.3]],
            },
            ask=_torchmetrics_fid,
            tell=_our_fid,
            tolerance=1e-10,
            conversion="its own formula on given features' moments, covariances over n − 1",
        ),
    ),
    task=Task("pairs of samples of one normal law in 8 dimensions", _bias_task),
    conventions=("squared", "covariances over n − 1", "features are given"),
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

SPECIFICATIONS = (INCEPTION, FID, PRECISION, CLIP)
