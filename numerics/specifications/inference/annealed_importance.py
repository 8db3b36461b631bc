"""Annealed importance sampling: row 85."""

from __future__ import annotations

from collections.abc import Callable

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
from numerics.specifications.outcomes import at_most, close, equal, worst
from reference_models.inference import weights

PAGE = "reference_models.inference.weights"


def _annealing(draw: Draw) -> tuple[Tensor, Tensor, Tensor]:
    """Four unnormalised laws on three states, kernels that keep the second and third, and every path of three."""
    log_f = draw.normal(4, 3)
    kernels = []
    for law in torch.softmax(log_f[1:3], -1):
        moves = torch.clamp(law / law[:, None], max=1) / 3
        moves = moves - torch.diag(moves.diagonal())
        kernels.append(moves + torch.diag(1 - moves.sum(-1)))
    paths = torch.cartesian_prod(*[torch.arange(3, device=log_f.device)] * 3)
    return log_f, torch.stack(kernels), paths


def _log_ratio(log_f: Tensor) -> Tensor:
    return torch.logsumexp(log_f[-1], -1) - torch.logsumexp(log_f[0], -1)


def _ais_unbiased(model: Model, draw: Draw) -> Outcome:
    log_f, kernels, paths = _annealing(draw)
    chance = torch.exp(model.annealed_path_log_prob(paths, log_f, kernels))
    w = torch.exp(model.annealed_log_weight(paths, log_f))
    return worst(equal(chance.sum(), 1.0), close((chance * w).sum(), torch.exp(_log_ratio(log_f))))


def _jarzynski(model: Model, draw: Draw) -> Outcome:
    """Forward E log w lies below log Z_n/Z_0, that of reversed paths above it."""
    log_f, kernels, paths = _annealing(draw)
    chance = torch.exp(model.annealed_path_log_prob(paths, log_f, kernels))
    log_w = model.annealed_log_weight(paths, log_f)
    return worst(
        at_most((chance * log_w).sum(), _log_ratio(log_f)),
        at_most(_log_ratio(log_f), _reverse_mean(log_f, kernels, log_w, paths)),
    )


def _reverse_mean(log_f: Tensor, kernels: Tensor, log_w: Tensor, paths: Tensor) -> Tensor:
    """E log w over paths x_2 ~ f_3, drawn back through the reversed kernels."""
    law = torch.softmax(log_f, -1)
    x0, x1, x2 = paths.unbind(-1)
    turned = [kernels[j].mT * law[j + 1] / law[j + 1][:, None] for j in (0, 1)]
    return (law[3][x2] * turned[1][x2, x1] * turned[0][x1, x0] * log_w).sum()


def _late(path: Tensor, log_f: Tensor) -> Tensor:
    """f_k/f_(k−1) is taken at x_k: one step too late."""
    later = torch.cat([path[..., 1:], path[..., -1:]], -1)
    return weights.annealed_log_weight(later, log_f)


def _ais_task(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """log Z of a chain of 20 spins against the transfer matrix: 2 000 paths through 100 temperatures."""
    d, n, levels, coupling = 20, 2000, 100, 0.6
    s = 2 * draw.bits(n, d) - 1
    log_w = torch.zeros(n, dtype=torch.float64, device=draw.device)
    even = torch.arange(d, device=draw.device) % 2 == 0
    for level in range(levels):
        log_w = log_w + coupling / levels * (s[:, 1:] * s[:, :-1]).sum(-1)
        for half in (even, ~even):
            near = torch.nn.functional.pad(s, (1, 1))
            field = coupling * (level + 1) / levels * (near[:, :-2] + near[:, 2:])
            new = torch.where(draw.uniform(0, 1, n, d) < torch.sigmoid(2 * field), 1.0, -1.0)
            s = torch.where(half, new, s)
        progress((level + 1) / levels)
    start = d * torch.log(draw.tensor(2.0))
    exact = start + (d - 1) * torch.log(torch.cosh(draw.tensor(coupling)))
    found = start + model.log_mean_exp(log_w)
    error = float(torch.exp(log_w).std() / torch.exp(log_w).mean() / n**0.5)
    return Result(
        (
            Figure("log Z", float(found), float(exact), 6 * error, "nats"),
            Figure("its standard error", error, unit="nats"),
            Figure("effective number of paths", float(weights.effective_size(log_w))),
        ),
        (Panel("log-weights", "points", {"paths": (list(range(0, n, 10)), log_w[::10].tolist())}),),
    )


ANNEALED = Specification(
    name="annealed_importance_sampling",
    family="inference",
    systems=(85,),
    title="Annealed importance sampling",
    statement="w = Π_k f_k(x_(k−1))/f_(k−1)(x_(k−1)), E w = Z_n/Z_0",
    page=PAGE,
    functions={
        "annealed_log_weight": weights.annealed_log_weight,
        "annealed_path_log_prob": weights.annealed_path_log_prob,
        "log_mean_exp": weights.log_mean_exp,
    },
    properties=(
        Property(
            "E w is the ratio of normalisers (Jarzynski's equality): every path",
            _ais_unbiased,
            Mutant("f_k/f_(k−1) is taken at x_k", {"annealed_log_weight": _late}),
        ),
        Property(
            "E log w lies below log Z_n/Z_0, and above it over reversed paths",
            _jarzynski,
            Mutant(
                "the ratios stand upside down",
                {"annealed_log_weight": lambda x, f: -weights.annealed_log_weight(x, f)},
            ),
        ),
    ),
    source="Neal 2001, sections 2 and 3",
    task=Task("a chain of 20 spins, whose log Z the transfer matrix gives", _ais_task),
    conventions=("f_0 is the start", "log-weights"),
)

SPECIFICATIONS = (ANNEALED,)
