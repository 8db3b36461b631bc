"""Samplers of the reference models of random graphs."""

from __future__ import annotations

import torch
from torch import Tensor

from numerics.sampling.drawn_laws import slip, tensor
from numerics.sampling.drawn_networks import LOW, moment
from numerics.sampling.models import ModelSampler, Stated, generated
from numerics.specifications.contract import Model

BLOCKS, GROUPS = torch.tensor([[0.8, 0.1], [0.1, 0.6]], dtype=torch.float64), torch.tensor([0, 0, 1, 1])
BETAS, LIMIT = tensor(0.1, 0.3), tensor(0.8, 0.2)


def _blocks(m: Model, x: Tensor, share: float) -> Tensor:
    """log p(x), all probabilities times a share."""
    found: Tensor = m.log_prob(x, GROUPS.to(x.device), share * BLOCKS.to(x.device))
    return found


def _edges(grown: Tensor) -> Tensor:
    """Degree of the first node."""
    return (grown == 0).sum((-1, -2)).double()


def _first_degree(model: Model) -> float:
    """By the chance of each target: d is 1, and each new node adds an edge to it with chance attach(d)."""
    laws: list[tuple[float, tuple[float, ...]]] = [(1.0, (1.0, 1.0))]
    for _ in range(2):
        grown = []
        for chance, degrees in laws:
            share = model.attach(torch.tensor(degrees, dtype=torch.float64))
            for k in range(len(degrees)):
                after = [d + (i == k) for i, d in enumerate(degrees)]
                grown.append((chance * float(share[k]), (*after, 1.0)))
        laws = grown
    return sum(chance * degrees[0] for chance, degrees in laws)


GRAPHS: tuple[ModelSampler, ...] = (
    ModelSampler(
        "erdos_renyi",
        lambda m, noise: m.sample(LOW, noise.uniforms(4, 4)),
        (
            moment(
                "P(degree = 1) is its mass",
                lambda x: (x[:, 0].sum(-1) == 1).double(),
                lambda m: float(torch.exp(m.degree_log_prob(tensor(1.0), 4, LOW))),
            ),
            Stated("E triangles = C(4, 3) p³", lambda m, x: m.triangles(x), lambda m: 4 * float(LOW) ** 3),
        ),
        slip("sample", "both halves drawn", lambda p, u: ((u < p) | (u.mT < p)).to(u.dtype)),
    ),
    ModelSampler(
        "stochastic_block_model",
        lambda m, noise: m.sample(*noise.beside((GROUPS, BLOCKS)), noise.uniforms(4, 4)),
        (
            moment("P(an edge within the first block)", lambda x: x[:, 0, 1], lambda m: float(BLOCKS[0, 0])),
            Stated(
                "other blocks: a ratio of probabilities has mean 1",
                lambda m, x: torch.exp(_blocks(m, x, 0.9) - _blocks(m, x, 1.0)),
                lambda m: 1.0,
            ),
        ),
        slip("sample", "blocks not read", lambda z, blocks, u: (u < 0.4).to(u.dtype)),
    ),
    ModelSampler(
        "barabasi_albert",
        generated("grow")(4, 1),
        (moment("E degree of the first node", _edges, _first_degree),),
        slip(
            "grow",
            "targets equally often",
            lambda n, m, graphs, generator: torch.stack(
                [
                    (new := torch.arange(1, n, device=generator.device)).expand(graphs, -1),
                    (torch.rand((graphs, n - 1), generator=generator) * new).long(),
                ],
                -1,
            ),
        ),
    ),
    ModelSampler(
        "graph_diffusion",
        lambda m, noise: m.noise_graph(
            torch.ones(noise.count, 3, 3, dtype=torch.int64, device=noise.device),
            2,
            *noise.beside((BETAS, LIMIT)),
            noise.uniforms(3, 3),
        ),
        (
            moment(
                "P(an edge at t = 2) by the kernel",
                lambda x: x[:, 0, 1],
                lambda m: float(m.marginal(BETAS, 2, LIMIT)[1, 1]),
            ),
        ),
        slip("noise_graph", "one step for two", lambda a, t, betas, limit, u: (u < 0.9).long() * a),
    ),
)
"""Graphs from uniforms, from a generator, and noised."""
