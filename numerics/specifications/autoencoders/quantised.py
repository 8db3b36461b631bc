"""VQ-VAE: row 135."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
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
from numerics.specifications.outcomes import at_most, close, equal, gradient, worst
from numerics.specifications.training import read
from reference_models.autoencoders import quantised


def _nearest(model: Model, draw: Draw) -> Outcome:
    z, codebook = draw.normal(20, 3), draw.normal(6, 3) * draw.uniform(0.3, 2, 6, 1)
    chosen = (z - model.quantised(z, codebook)).norm(dim=-1)
    return worst(
        at_most(chosen[:, None], torch.cdist(z, codebook), 1e-9),
        equal(model.quantised(codebook, codebook), codebook, detail="codes are their own nearest"),
    )


def _by_product(z: Tensor, codebook: Tensor) -> Tensor:
    return codebook[(z @ codebook.mT).argmax(-1)]


def _copies(model: Model, draw: Draw) -> Outcome:
    """In value the code; its gradient is the identity on z and nothing on the codebook."""
    z, codebook, v = draw.normal(5, 3), draw.normal(6, 3), draw.normal(5, 3)
    to_z = gradient(lambda at: model.straight_through(at, codebook) * v, z)
    to_codes = gradient(lambda at: (model.straight_through(z, at) * v) + 0 * at.sum(), codebook)
    return worst(
        close(model.straight_through(z, codebook), model.quantised(z, codebook)), close(to_z, v), equal(to_codes, 0.0)
    )


def _codes_learn(z: Tensor, codebook: Tensor) -> Tensor:
    return z.detach() * 0 + quantised.quantised(z, codebook) + z - z.detach()


def _signs(model: Model, draw: Draw) -> Outcome:
    """Which part moves what: gradients of the loss in z and in the codebook, written out."""
    z, codebook, beta = draw.normal(5, 3), draw.normal(4, 3), float(draw.uniform(0.1, 0.9))
    k = torch.cdist(z, codebook).argmin(-1)
    zero = torch.zeros(5, 1, dtype=torch.float64, device=draw.device)
    to_z = gradient(lambda at: model.loss(zero, zero, at, codebook, beta), z)
    to_codes = gradient(lambda at: model.loss(zero, zero, z, at, beta), codebook)
    expected = torch.zeros_like(codebook).index_add(0, k, 2 * (codebook[k] - z))
    return worst(close(to_z, 2 * beta * (z - codebook[k])), close(to_codes, expected))


def _beta_on_codes(x: Tensor, reconstruction: Tensor, z: Tensor, codebook: Tensor, beta: float) -> Tensor:
    fit = ((x - reconstruction) ** 2).sum(-1)
    return fit + beta * quantised.codebook_loss(z, codebook) + quantised.commitment_loss(z, codebook)


def _log_k(model: Model, draw: Draw) -> Outcome:
    k = draw.whole(2, 9)
    sure = torch.eye(k, dtype=torch.float64, device=draw.device)[draw.whole(0, k - 1)]
    uniform = torch.full((k,), 1 / k, dtype=torch.float64, device=draw.device)
    return close(model.kl(k), (torch.xlogy(sure, sure) - sure * torch.log(uniform)).sum())


def _fit_clusters(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """Eight far clusters: one code for each, so the loss per point is (1 + β) d σ², and codes carry log 8."""
    angle = 2 * math.pi * torch.arange(8, dtype=torch.float64, device=draw.device) / 8
    centres = 4 * torch.stack([torch.cos(angle), torch.sin(angle)], -1)
    std, beta, steps, n = 0.3, 0.25, 300, 1600
    labels = torch.arange(n, device=draw.device) % 8
    x = centres[labels] + std * draw.normal(n, 2)
    codebook = (centres + draw.normal(8, 2) / 2).requires_grad_()
    optimiser, kept = torch.optim.Adam([codebook], lr=0.05), []
    for step in range(steps):
        optimiser.zero_grad()
        loss = model.loss(x, model.straight_through(x, codebook).detach(), x, codebook, beta).mean()
        torch.autograd.backward(loss)
        optimiser.step()
        kept.append(loss.detach())
        progress((step + 1) / steps)
    losses = read(kept)
    codes = model.nearest(x, codebook.detach())
    share = torch.bincount(codes, minlength=8).double() / n
    entropy = float(-torch.xlogy(share, share).sum())
    mean = torch.stack([x[labels == k].mean(0) for k in range(8)])
    spread = float(((x - mean[labels]) ** 2).sum(-1).mean())
    picked = torch.multinomial(share, n, replacement=True, generator=draw.generator())
    width = (losses[-1] / (2 + beta) / 2) ** 0.5  # of a normal decoder, along each of two axes
    drawn = codebook.detach()[picked] + width * draw.normal(n, 2)
    return Result(
        figures=(
            Figure("distortion per point", losses[-1] / (2 + beta), predicted=spread, allowed=1e-3),
            Figure("entropy of the codes", entropy, predicted=math.log(8), allowed=1e-6, unit="nats"),
        ),
        panels=(
            Panel("a code, then noise", "points", {"points": x.T.tolist(), "draws": drawn.T.tolist()}),
            Panel("codes and points", "points", {"points": x.T.tolist(), "codes": codebook.detach().T.tolist()}),
            Panel("loss", "lines", {"loss": (range(steps), losses)}),
        ),
    )


def _by_scipy(inputs: Mapping[str, Any]) -> Answers:
    from scipy.cluster.vq import vq

    codes, distances = vq(np.array(inputs["z"]), np.array(inputs["codebook"]))
    return {"codes": codes, "codebook loss": distances**2}


def _our_codes(model: Model, inputs: Mapping[str, Any]) -> Answers:
    z, codebook = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("z", "codebook"))
    alone = model.loss(z, z, z, codebook, 0.0)  # without reconstruction and commitment
    return {"codes": model.nearest(z, codebook), "codebook loss": alone}


VQVAE = Specification(
    name="vqvae",
    family="autoencoders",
    systems=(135,),
    title="VQ-VAE",
    statement="k* = argmin_k |z − e_k|; |x − x̂|² + |sg(z) − e|² + β |z − sg(e)|²",
    page="reference_models.autoencoders.quantised",
    functions={
        "nearest": quantised.nearest,
        "quantised": quantised.quantised,
        "straight_through": quantised.straight_through,
        "loss": quantised.loss,
        "kl": quantised.kl,
    },
    properties=(
        Property(
            "no code is nearer, and codes are their own",
            _nearest,
            Mutant("the greatest product", {"quantised": _by_product}),
        ),
        Property(
            "straight through: the code's value, z's gradient",
            _copies,
            Mutant("the codebook gets a gradient too", {"straight_through": _codes_learn}),
        ),
        Property("β moves the encoder alone", _signs, Mutant("β weighs the codebook's loss", {"loss": _beta_on_codes})),
        Property(
            "KL to a uniform prior is log K", _log_k, Mutant("log(K − 1)", {"kl": lambda k: math.log(max(k - 1, 1))})
        ),
    ),
    source="van den Oord, Vinyals and Kavukcuoglu 2017, section 3",
    oracles=(
        Oracle(
            package="scipy",
            inputs={
                "z": [[0.1, 0.2], [-1.3, 0.4], [2.0, -0.6], [0.6, 0.6], [-0.2, -1.1]],
                "codebook": [[0.0, 0.0], [1.0, 1.0], [-1.0, 0.5], [1.5, -1.0]],
            },
            ask=_by_scipy,
            tell=_our_codes,
            tolerance=1e-12,
            conversion="cluster.vq gives codes and distances, not squared",
        ),
    ),
    task=Task("eight far clusters in the plane", _fit_clusters, training=True),
    conventions=("β weighs the commitment alone", "sums over coordinates"),
)

SPECIFICATIONS = (VQVAE,)
