"""A longer training of CLIP: the upper and the lower half of a digit as its two views."""

from __future__ import annotations

from collections.abc import Callable
from math import log

import torch
from torch import Tensor

from numerics.specifications.contract import Figure, Model, Result
from numerics.specifications.draws import Draw
from numerics.specifications.training import Longer, curve, digits, learned, network, sheet, through

Progress = Callable[[float], None]


def clip(model: Model, draw: Draw, progress: Progress, d: int = 16, hidden: int = 128, steps: int = 2000) -> Result:
    """Which lower half belongs to which upper one, among 100 held-out digits; and the bound on their information."""
    data, n = digits(draw), 256
    upper, lower = network(draw, 32, hidden, hidden, d), network(draw, 32, hidden, hidden, d)
    log_tau = draw.tensor(-1.5).requires_grad_()

    def views(x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return through(x[:, :32], upper), through(x[:, 32:], lower), torch.exp(log_tau)

    def loss() -> Tensor:
        x = data.batch(draw, n)
        found: Tensor = model.loss(*views(x + 0.05 * draw.normal(n, 64)))
        return found

    losses = learned([*upper, *lower, log_tau], loss, steps, 2e-3, progress, 0.1)
    x = data.held_x[:100]
    with torch.no_grad():
        s = model.scores(*views(x))
        place = torch.arange(100, device=draw.device)
        first = (s.argmax(1) == place).to(x).mean()
        fifth = (s.topk(5, 1).indices == place[:, None]).any(1).to(x).mean()
        bound = float(model.information_bound(s))
        kinds = (data.held_y[s.argmax(1)] == data.held_y[:100]).to(x).mean()
        joined = torch.cat([x[:32, :32], x[s.argmax(1)[:32], 32:]], 1)
    return Result(
        (
            Figure("held-out: the right lower half is ranked first", float(first)),
            Figure("held-out: the right lower half is among the first five", float(fifth)),
            Figure("the first by chance", 0.01),
            Figure("held-out: the half ranked first is of the same class", float(kinds)),
            Figure("held-out bound on the information of the halves", bound, unit="nats"),
            Figure("greatest value of the bound, log n", log(100), unit="nats"),
        ),
        (sheet("Upper halves with the lower halves ranked first", joined), curve("Loss", losses)),
    )


LONG: Longer = {
    "clip": ("upper and lower halves of scikit-learn's digits", clip),
}
