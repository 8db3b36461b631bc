"""CLIP: row 170."""

from __future__ import annotations

import math
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
from numerics.specifications.outcomes import at_most, close, equal, gradient, true, worst
from numerics.specifications.training import read
from reference_models.multimodal import contrastive


def _pairs(draw: Draw) -> tuple[Tensor, Tensor, Tensor]:
    return draw.normal(6, 4), draw.normal(6, 4), draw.uniform(0.1, 1)


def _two_softmaxes(model: Model, draw: Draw) -> Outcome:
    """The mean of two classifications, each with the pair's own index for its label."""
    images, texts, tau = _pairs(draw)
    total = torch.zeros((), dtype=torch.float64, device=draw.device)
    for i in range(6):
        for one, many in ((images[i], texts), (texts[i], images)):
            cosine = torch.nn.functional.cosine_similarity(one[None], many)
            e = torch.exp(cosine / tau)
            total = total - torch.log(e[i] / e.sum()) / 12
    return close(model.loss(images, texts, tau), total)


def _one_direction(images: Tensor, texts: Tensor, tau: Tensor) -> Tensor:
    return contrastive.one_way(contrastive.scores(images, texts, tau))


def _rotation(model: Model, draw: Draw) -> Outcome:
    images, texts, tau = _pairs(draw)
    turn, size = draw.orthogonal(4), draw.uniform(0.5, 3, 6, 1)
    order = draw.permutation(6)
    found = model.loss(images, texts, tau)
    return worst(
        close(model.loss(size * images @ turn, texts @ turn, tau), found),
        close(model.loss(images[order], texts[order], tau), found),
        close(model.loss(texts, images, tau), found),
    )


def _unnormalised(images: Tensor, texts: Tensor, tau: Tensor) -> Tensor:
    s = images @ texts.mT / tau
    return (contrastive.one_way(s) + contrastive.one_way(s.mT)) / 2


def _slopes(model: Model, draw: Draw) -> Outcome:
    """∂L/∂s_ij = (p_ij − δ_ij)/n; a constant on a row changes nothing; equal scores give log n."""
    s = draw.normal(6, 6)
    p = torch.exp(s) / torch.exp(s).sum(1, keepdim=True)
    eye = torch.eye(6, dtype=s.dtype, device=s.device)
    return worst(
        close(gradient(model.one_way, s), (p - eye) / 6),
        close(model.one_way(s + draw.normal(6, 1)), model.one_way(s)),
        close(model.one_way(0 * s), math.log(6)),
    )


def _without_positive(s: Tensor) -> Tensor:
    eye = torch.eye(len(s), dtype=torch.bool, device=s.device)
    return (torch.logsumexp(s.masked_fill(eye, -torch.inf), -1) - torch.diagonal(s)).mean()


def _known_information(model: Model, draw: Draw) -> Outcome:
    """A law on 3 × 3: E(log n − L), over all batches of three pairs, is at most I and at most log 3."""
    law = draw.simplex(9).reshape(3, 3)
    px, py = law.sum(1), law.sum(0)
    best = torch.log(law / (px[:, None] * py))
    information = (law * best).sum()
    pairs = torch.cartesian_prod(*[torch.arange(9, device=draw.device)] * 3)  # (729, 3)
    weight = law.flatten()[pairs].prod(1)
    found = []
    for critic in (best, best + draw.normal(3, 1), draw.normal(3, 3)):
        table = critic[pairs[:, :, None] // 3, pairs[:, None] % 3]  # scores of x_i with y_j
        found.append((weight * torch.func.vmap(model.information_bound)(table)).sum())
    bounds = torch.stack(found)
    return worst(at_most(bounds, information), at_most(bounds, math.log(3)), close(bounds[0], bounds[1]))


def _information_without_positive(s: Tensor) -> Tensor:
    return math.log(s.shape[0]) - _without_positive(s)


def _diagonal(model: Model, draw: Draw) -> Outcome:
    """Matching pairs far apart from others: the loss nears 0 and every image finds its own prompt."""
    texts = draw.orthogonal(6)
    images, tau = 3 * texts, draw.tensor(0.02)
    p = model.zero_shot(images, texts, tau)
    return worst(
        equal(model.loss(images, texts, tau), 0.0, 1e-9), true((p.argmax(-1) == torch.arange(6, device=p.device)).all())
    )


def _sum_of_both(images: Tensor, texts: Tensor, tau: Tensor) -> Tensor:
    return contrastive.loss(images, texts, tau) + 0.1 * tau


def _zero_shot_is_bayes(model: Model, draw: Draw) -> Outcome:
    """Embeddings von Mises-Fisher about their class's prompt: Bayes' rule for equal shares."""
    prompts, image, tau = draw.normal(4, 3), draw.normal(5, 3), draw.uniform(0.2, 1)
    centres = prompts / torch.sqrt((prompts**2).sum(-1, keepdim=True))
    unit = image / torch.sqrt((image**2).sum(-1, keepdim=True))
    density = torch.exp((unit[:, None] * centres).sum(-1) / tau)  # up to a factor that all classes share
    return close(model.zero_shot(image, prompts, tau), density / density.sum(-1, keepdim=True))


def _raw_prompts(image: Tensor, prompts: Tensor, tau: Tensor) -> Tensor:
    return torch.softmax(contrastive.normalised(image) @ prompts.mT / tau, -1)


def _from_transformers(inputs: Mapping[str, Any]) -> Answers:
    from transformers.models.clip.modeling_clip import image_text_contrastive_loss

    images, texts = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("images", "texts"))
    unit = [z / z.norm(dim=-1, keepdim=True) for z in (images, texts)]
    return {"loss": float(image_text_contrastive_loss(unit[1] @ unit[0].T / inputs["tau"]))}


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    images, texts, tau = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("images", "texts", "tau"))
    return {"loss": model.loss(images, texts, tau)}


def _two_views(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """Pairs of normals with correlation 0.8 in each of two coordinates: the bound comes up to their information."""
    r, steps, n = 0.8, 1000, 128
    information = -math.log(1 - r**2)  # −½ log(1 − r²) for each coordinate
    at = [(0.3 * draw.normal(*s)).requires_grad_() for s in ((2, 5), (5,), (5, 5))]
    optimiser, kept = torch.optim.Adam(at, lr=0.01), []

    def pairs(size: int) -> tuple[Tensor, Tensor]:
        x = draw.normal(size, 2)
        return x, r * x + math.sqrt(1 - r**2) * draw.normal(size, 2)

    def critic(x: Tensor, y: Tensor) -> Tensor:
        def features(v: Tensor) -> Tensor:
            return torch.stack([v[:, 0], v[:, 1], v[:, 0] ** 2, v[:, 1] ** 2, v[:, 0] * v[:, 1]], -1)

        return features(x) @ at[2] @ features(y).mT + features(x) @ at[1][:, None] + (features(y) @ at[1])[None]

    for step in range(steps):
        optimiser.param_groups[0]["lr"] = 0.01 * min(1.0, 2 * (1 - step / steps))
        optimiser.zero_grad()
        bound = model.information_bound(critic(*pairs(n)))
        torch.autograd.backward(-bound)
        optimiser.step()
        kept.append(bound.detach())
        progress((step + 1) / steps)
    found = read(kept)
    with torch.no_grad():
        learned = torch.stack([model.information_bound(critic(*pairs(n))) for _ in range(200)]).mean()

        def log_ratio(x: Tensor, y: Tensor) -> Tensor:  # log p(x, y)/p(x) p(y), the best critic
            out = torch.zeros(len(x), len(y), dtype=x.dtype, device=x.device)
            for i in range(2):
                u, v = x[:, None, i], y[None, :, i]
                out = out - (r**2 * (u**2 + v**2) - 2 * r * u * v) / (2 * (1 - r**2)) - math.log(1 - r**2) / 2
            return out

        best = torch.stack([model.information_bound(log_ratio(*pairs(n))) for _ in range(200)]).mean()
    return Result(
        figures=(
            Figure("bound of the learned critic", float(learned), predicted=float(best), allowed=0.06, unit="nats"),
            Figure("bound of the exact log-ratio", float(best), predicted=information, allowed=0.06, unit="nats"),
            Figure("the learned bound is below I: 1", float(float(learned) <= information + 0.02), 1.0, 0.0),
        ),
        panels=(
            Panel(
                "bound against I(X; Y)",
                "lines",
                {"bound": (range(steps), found), "I": ([0, steps], [information, information])},
            ),
        ),
    )


CLIP = Specification(
    name="clip",
    family="multimodal",
    systems=(170,),
    title="CLIP",
    statement="L = ½ mean_i [logsumexp_j s_ij − s_ii] + ½ mean_i [logsumexp_j s_ji − s_ii], s = cosine/τ",
    page="reference_models.multimodal.contrastive",
    functions={
        name: getattr(contrastive, name) for name in ("scores", "one_way", "loss", "information_bound", "zero_shot")
    },
    properties=(
        Property(
            "two classifications of the batch, averaged",
            _two_softmaxes,
            Mutant("image to text only", {"loss": _one_direction}),
        ),
        Property(
            "the same under a joint rotation, lengths, order, and swapped views",
            _rotation,
            Mutant("embeddings aren't normalised", {"loss": _unnormalised}),
        ),
        Property(
            "slopes p − δ; rows may be shifted; equal scores give log n",
            _slopes,
            Mutant("the positive is left out of the sum", {"one_way": _without_positive}),
        ),
        Property(
            "log n − L is at most I(X; Y), over all batches of three",
            _known_information,
            Mutant("the positive is left out of the sum", {"information_bound": _information_without_positive}),
        ),
        Property("pairs on the diagonal have loss 0", _diagonal, Mutant("τ is penalised", {"loss": _sum_of_both})),
        Property(
            "zero-shot classes are Bayes' rule on the sphere",
            _zero_shot_is_bayes,
            Mutant("prompts aren't normalised", {"zero_shot": _raw_prompts}),
        ),
    ),
    source="Radford et al. 2021, section 2.3; van den Oord, Li and Vinyals 2018, section 2.3",
    oracles=(
        Oracle(
            package="transformers",
            inputs={
                "images": [[0.5, -1.0, 0.2], [1.0, 0.3, -0.4], [-0.7, 0.9, 1.1]],
                "texts": [[0.6, -0.8, 0.1], [0.2, 0.5, -1.0], [-0.3, 0.4, 0.9]],
                "tau": 0.3,
            },
            ask=_from_transformers,
            tell=_ours,
            tolerance=1e-10,
            conversion="its contrastive loss takes scores with texts as rows and averages both directions",
        ),
    ),
    task=Task("pairs of correlated normals, whose information is known", _two_views, training=True),
    conventions=("τ divides cosines", "the mean of both directions", "the positive is among the candidates"),
)

SPECIFICATIONS = (CLIP,)
