"""A longer training of a restricted Boltzmann machine: held-out digits, and chains that start in noise."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from numerics.specifications.contract import Figure, Model, Panel, Result
from numerics.specifications.draws import Draw
from numerics.specifications.training import Longer, digits, sheet
from reference_models.energy import boltzmann

Progress = Callable[[float], None]


def _log_likelihood(rbm: boltzmann.RBM, x: Tensor) -> float:
    return float(-boltzmann.free_energy(x, rbm).mean() - boltzmann.log_partition(rbm))


def contrastive_divergence(
    model: Model, draw: Draw, progress: Progress, hidden: int = 16, k: int = 5, epochs: int = 150
) -> Result:
    """k steps for each update, a rate that falls: held-out log-likelihoods, the normaliser exact by 2^hidden terms."""
    data = digits(draw)
    x, held = ((part > 0.5).to(data.x) for part in (data.x, data.held_x))
    rate = (x.sum(0) + 1) / (len(x) + 2)
    rbm: boltzmann.RBM = (0.01 * draw.normal(64, hidden), torch.logit(rate), 0 * draw.normal(hidden))
    curve = [_log_likelihood(rbm, held)]
    for epoch in range(epochs):
        size = 0.1 * (1 - epoch / epochs)
        for batch in x[draw.permutation(len(x))].split(50):
            after = batch
            for _ in range(k):
                after = boltzmann.gibbs_step(after, rbm, draw.uniform(0, 1, len(batch), 64 + hidden))
            step = model.contrastive_gradient(batch, after, rbm)
            rbm = (rbm[0] + size * step[0], rbm[1] + size * step[1], rbm[2] + size * step[2])
        if epoch % 10 == 9:
            curve.append(_log_likelihood(rbm, held))
        progress((epoch + 1) / epochs)
    v = draw.bits(32, 64)
    for _ in range(1000):
        v = boltzmann.gibbs_step(v, rbm, draw.uniform(0, 1, 32, 64 + hidden))
    apart = float(torch.distributions.Bernoulli(rate).log_prob(held).sum(-1).mean())
    return Result(
        (
            Figure("held-out log-likelihood before training", curve[0], unit="nats a digit"),
            Figure("held-out log-likelihood of independent pixels", apart, unit="nats a digit"),
            Figure("held-out log-likelihood after training", curve[-1], unit="nats a digit"),
            Figure(
                "log-likelihood after training, of the digits trained on", _log_likelihood(rbm, x), unit="nats a digit"
            ),
        ),
        (
            sheet(
                "Pixels' chances after 1000 steps from noise",
                boltzmann.visible_prob(boltzmann.hidden_prob(v, rbm), rbm),
            ),
            Panel("Held-out log-likelihood", "lines", {"every ten epochs": (list(range(len(curve))), curve)}),
        ),
    )


LONG: Longer = {
    "contrastive_divergence": ("scikit-learn's digits, 8 × 8, binarised, 297 held out", contrastive_divergence),
}
