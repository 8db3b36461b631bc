"""Adversarial learning (61), InfoNCE and CLIP (62, 210)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import log
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
from numerics.specifications.outcomes import at_most, equal, gradient, worst
from numerics.specifications.training import read
from reference_models.adversarial import gan
from reference_models.multimodal import contrastive as views

PAGE = "reference_models.adversarial.gan"


def _laws(draw: Draw) -> tuple[Tensor, Tensor]:
    return draw.simplex(5), draw.simplex(5)


def _best(model: Model, draw: Draw) -> Outcome:
    p, q = _laws(draw)
    d = model.best_discriminator(p, q)
    others = (d + draw.uniform(-0.3, 0.3, 6, 5)).clamp(0.01, 0.99)
    return worst(
        equal(gradient(lambda v: model.value(p, q, v), d), 0.0),
        at_most(model.value(p, q, others), model.value(p, q, d)),
    )


def _value(model: Model, draw: Draw) -> Outcome:
    p, q = _laws(draw)
    m = (p + q) / 2
    js = ((p * torch.log(p / m)).sum() + (q * torch.log(q / m)).sum()) / 2
    return equal(model.value(p, q, model.best_discriminator(p, q)), 2 * js - log(4))


def _same_fixed_point(model: Model, draw: Draw) -> Outcome:
    logits, d = draw.normal(5), draw.uniform(0.1, 0.9, 5)

    def loss(t: Tensor) -> Tensor:
        return model.generator_loss(torch.softmax(t, -1), d)

    law = torch.softmax(logits, -1)
    expected = -law * (torch.log(d) - (law * torch.log(d)).sum())
    return equal(gradient(loss, logits), expected)


ADVERSARIAL = Specification(
    name="adversarial_learning",
    family="learning",
    systems=(61,),
    title="Adversarial learning",
    statement="min_G max_D E_data log D + E_model log(1 − D)",
    page=PAGE,
    functions={
        "value": gan.value,
        "best_discriminator": gan.best_discriminator,
        "generator_loss": gan.non_saturating_value,
    },
    properties=(
        Property(
            "D* is stationary and no other discriminator does better",
            _best,
            Mutant("the model's share for the data's", {"best_discriminator": lambda p, q: q / (p + q)}),
        ),
        Property(
            "the value at D* is 2 JS − log 4",
            _value,
            Mutant(
                "the generator's term is E log D with its sign changed",
                {"value": lambda p, q, d: (p * d.log()).sum(-1) - (q * d.log()).sum(-1)},
            ),
        ),
        Property(
            "the non-saturating loss has the generator's gradient −E[(log D) ∇log p]",
            _same_fixed_point,
            Mutant(
                "the saturating loss E log(1 − D)",
                {"generator_loss": lambda q, d: torch.xlogy(q, 1 - d).sum(-1)},
            ),
        ),
    ),
    source="Goodfellow et al. 2014, section 4",
    conventions=("nats", "finite laws"),
)


def _cross_entropy(model: Model, draw: Draw) -> Outcome:
    s = draw.normal(3, 5, 5) * 2
    label = torch.arange(5, device=s.device).expand(3, 5)
    rows = torch.nn.functional.cross_entropy(s.reshape(-1, 5), label.reshape(-1), reduction="none").reshape(3, 5)
    return equal(model.infonce(s), rows.mean(-1))


def _slopes(model: Model, draw: Draw) -> Outcome:
    s = draw.normal(5, 5)
    eye = torch.eye(5, dtype=s.dtype, device=s.device)
    return equal(gradient(model.infonce, s), (torch.softmax(s, -1) - eye) / 5)


def _range(model: Model, draw: Draw) -> Outcome:
    s, c = draw.normal(6, 6) * 3, draw.normal(6, 1)
    return worst(
        at_most(0.0, model.infonce(s)),
        equal(model.infonce(s + c), model.infonce(s)),
        equal(model.infonce(torch.zeros_like(s) + c), log(6)),
    )


def _mean_loss(model: Model, joint: Tensor, critic: Tensor, n: int) -> Tensor:
    """E L over all batches of n independent pairs of a finite joint law."""
    kx, ky = joint.shape
    batches = torch.cartesian_prod(*[torch.arange(kx * ky, device=joint.device)] * n)
    x, y = batches // ky, batches % ky
    return (joint.flatten()[batches].prod(-1) * model.infonce(critic[x[:, :, None], y[:, None, :]])).sum()


def _information(joint: Tensor) -> Tensor:
    return (joint * torch.log(joint / joint.sum(1, keepdim=True) / joint.sum(0))).sum()


def _bound(model: Model, draw: Draw) -> Outcome:
    joint = draw.simplex(4).reshape(2, 2) * 0.2 + 0.4 * torch.eye(2, dtype=torch.float64, device=draw.device)
    pmi = torch.log(joint / joint.sum(1, keepdim=True) / joint.sum(0))
    bounds = [log(3) - _mean_loss(model, joint, critic, 3) for critic in (draw.normal(2, 2), pmi)]
    return at_most(torch.stack(bounds), _information(joint))


def _optimum(model: Model, draw: Draw) -> Outcome:
    joint = draw.simplex(6).reshape(3, 2)
    pmi = torch.log(joint / joint.sum(1, keepdim=True) / joint.sum(0)) + draw.normal(3, 1)
    return equal(gradient(lambda critic: _mean_loss(model, joint, critic, 3), pmi), 0.0)


def _symmetry(model: Model, draw: Draw) -> Outcome:
    x, y, t, order = draw.normal(5, 3), draw.normal(5, 3), draw.uniform(0.1, 2), draw.permutation(5)
    scale = draw.uniform(0.5, 3, 5, 1)
    at = model.clip_loss(x, y, t)
    return worst(
        equal(model.clip_loss(y, x, t), at),
        equal(model.clip_loss(x[order], y[order], t), at),
        equal(model.clip_loss(scale * x, y, t), at),
    )


def _transformers(inputs: Mapping[str, Any]) -> Answers:
    from transformers.models.clip.modeling_clip import image_text_contrastive_loss

    x, y = (torch.nn.functional.normalize(torch.tensor(inputs[k], dtype=torch.float64), dim=-1) for k in ("x", "y"))
    return {"loss": image_text_contrastive_loss(y @ x.mT / inputs["temperature"])}


def _our_clip(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, y, t = (torch.tensor(inputs[k], dtype=torch.float64) for k in ("x", "y", "temperature"))
    return {"loss": model.clip_loss(x, y, t)}


def _two_views(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """A quadratic critic of two normal views with correlation 0.8, trained on batches of 128.

    The optimum is log p(x, y)/(p(x) p(y)) + c(x): its xy has the weight ρ/(1 − ρ²), its y² −ρ²/(2(1 − ρ²)).
    """
    rho, n, steps = 0.8, 128, 1200
    theta = torch.zeros(2, dtype=torch.float64, device=draw.device, requires_grad=True)
    made, kept = torch.optim.Adam([theta], lr=0.02), []
    tail: list[Tensor] = []
    for step in range(steps):
        x = draw.normal(n)
        y = rho * x + (1 - rho**2) ** 0.5 * draw.normal(n)
        loss = model.infonce(theta[0] * x[:, None] * y + theta[1] * y**2)
        made.zero_grad()
        loss.backward()
        made.step()
        kept.append(log(n) - loss.detach())
        if step >= steps - 600:
            tail.append(theta.detach().clone())
        progress((step + 1) / steps)
    curve = read(kept)
    found = torch.stack(tail).mean(0)
    information = -log(1 - rho**2) / 2
    return Result(
        (
            Figure("weight of xy", float(found[0]), rho / (1 - rho**2), 0.15),
            Figure("weight of y²", float(found[1]), -(rho**2) / (2 * (1 - rho**2)), 0.1),
            Figure("log N − L, mean of the last 600", sum(curve[-600:]) / 600, information, 0.03, "nats"),
        ),
        (Panel("bound", "lines", {"log N − L": (list(range(0, steps, 10)), curve[::10])}),),
    )


INFONCE = Specification(
    name="infonce",
    family="learning",
    systems=(62, 210),
    title="Contrastive learning: InfoNCE and CLIP",
    statement="L = (1/N) Σ_i [log Σ_j e^(s_ij) − s_ii]; I(X; Y) ≥ log N − E L",
    page="reference_models.multimodal.contrastive",
    functions={
        "infonce": views.one_way,
        "cosine_scores": views.scores,
        "clip_loss": views.loss,
    },
    properties=(
        Property(
            "the cross-entropy of finding the partner of each row",
            _cross_entropy,
            Mutant("columns compete instead of rows", {"infonce": lambda s: views.one_way(s.mT)}),
        ),
        Property(
            "the slope by s_ij is (p_ij − δ_ij)/N",
            _slopes,
            Mutant("a sum over the rows, not their mean", {"infonce": lambda s: views.one_way(s) * s.shape[-1]}),
        ),
        Property(
            "not negative, log N for equal scores, free of a constant for each row",
            _range,
            Mutant(
                "the positive is left out of the denominator",
                {
                    "infonce": lambda s: (
                        views.one_way(s) + torch.log1p(-torch.softmax(s, -1).diagonal(dim1=-2, dim2=-1)).mean(-1)
                    )
                },
            ),
        ),
        Property(
            "log N − E L is at most the mutual information: every batch of three pairs",
            _bound,
            Mutant(
                "the positive is left out of the denominator",
                {
                    "infonce": lambda s: (
                        views.one_way(s) + torch.log1p(-torch.softmax(s, -1).diagonal(dim1=-2, dim2=-1)).mean(-1)
                    )
                },
            ),
        ),
        Property(
            "E L is stationary at the pointwise mutual information plus any c(x)",
            _optimum,
            Mutant("columns compete instead of rows", {"infonce": lambda s: views.one_way(s.mT)}),
        ),
        Property(
            "CLIP's loss: the same from either side, in any order, at any length of the vectors",
            _symmetry,
            Mutant(
                "only one direction",
                {"clip_loss": lambda x, y, t: views.one_way(views.scores(x, y, t))},
            ),
        ),
    ),
    source="van den Oord et al. 2018, section 2; Radford et al. 2021, section 2",
    oracles=(
        Oracle(
            package="transformers",
            inputs={
                "x": [[1.0, 0.2, -0.5], [0.3, -1.0, 0.4], [-0.8, 0.1, 0.9]],
                "y": [[0.7, 0.1, -0.2], [0.1, -0.4, 0.9], [-0.5, 0.6, 0.3]],
                "temperature": 0.3,
            },
            ask=_transformers,
            tell=_our_clip,
            tolerance=1e-12,
            conversion="it takes the scores, normalised and divided by the temperature, text by image",
        ),
    ),
    task=Task("batches of two correlated normal views", _two_views, training=True),
    conventions=("the positive is in the denominator", "mean over rows; CLIP the mean of both directions"),
)

SPECIFICATIONS = (ADVERSARIAL, INFONCE)
