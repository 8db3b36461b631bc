"""Graph diffusion: row 196."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import product

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
from numerics.specifications.outcomes import equal, frequencies_are, worst
from numerics.specifications.training import read, sheet
from reference_models.graphs import diffusion


def _noise(draw: Draw, steps: int = 4) -> tuple[Tensor, Tensor]:
    return draw.uniform(0.1, 0.4, steps), draw.simplex(3)


def _product(model: Model, draw: Draw) -> Outcome:
    betas, limit = _noise(draw)
    found = torch.eye(3).to(betas)
    checks = [equal(model.marginal(betas, 0, limit), found)]
    for t in range(1, 5):
        found = found @ model.step(betas[t - 1], limit)
        checks.append(equal(model.marginal(betas, t, limit), found))
    return worst(*checks, equal(found.sum(-1), 1.0))


def _stationary(model: Model, draw: Draw) -> Outcome:
    betas, limit = _noise(draw)
    step = model.step(betas[0], limit)
    return worst(
        equal(limit @ step, limit),
        equal(torch.linalg.matrix_power(step, 400), limit.expand(3, 3), 1e-9),
        equal(torch.diagonal(step), 1 - betas[0] + betas[0] * limit),
    )


def _bayes(model: Model, draw: Draw) -> Outcome:
    betas, limit = _noise(draw)
    t, x_0 = draw.whole(2, 4), draw.whole(0, 2)
    steps = [(1 - b) * torch.eye(3).to(b) + b * limit.expand(3, 3) for b in betas]
    paths = torch.tensor(list(product(range(3), repeat=t)), device=draw.device)
    chance = steps[0][x_0, paths[:, 0]]
    for s in range(1, t):
        chance = chance * steps[s][paths[:, s - 1], paths[:, s]]
    joint = torch.zeros(3, 3).to(betas).index_put((paths[:, -2], paths[:, -1]), chance, accumulate=True)
    x_t = torch.arange(3, device=draw.device)
    found = model.posterior(x_t, torch.full_like(x_t, x_0), t, betas, limit)
    return equal(found, (joint / joint.sum(0)).mT)


def _reversed(model: Model, draw: Draw) -> Outcome:
    (betas, limit), data = _noise(draw), draw.simplex(3)
    law = data @ diffusion.marginal_matrix(betas, 4, limit)
    checks, x_t = [], torch.arange(3, device=draw.device)
    for t in range(4, 0, -1):
        forward = data[:, None] * diffusion.marginal_matrix(betas, t, limit)
        clean = (forward / forward.sum(0)).mT  # p(x_0 | x_t), the best denoiser
        law = law @ model.reverse(x_t, clean, t, betas, limit)
        checks.append(equal(law, data @ diffusion.marginal_matrix(betas, t - 1, limit)))
    return worst(*checks)


def _symmetric_noise(model: Model, draw: Draw) -> Outcome:
    betas, limit = _noise(draw)
    a = torch.tensor([[0, 1, 2], [1, 0, 0], [2, 0, 0]], device=draw.device)
    found = model.noise_graph(a.expand(10_000, 3, 3), 3, betas, limit, draw.uniform(0, 1, 10_000, 3, 3))
    law = diffusion.marginal_matrix(betas, 3, limit)
    pair = found[:, 0, 1] * 3 + found[:, 0, 2]
    return worst(
        equal(found, found.mT),
        equal(torch.diagonal(found, dim1=-2, dim2=-1), 0),
        frequencies_are(pair, (law[1][:, None] * law[2]).flatten()),
    )


def _exchangeable(model: Model, draw: Draw) -> Outcome:
    betas, limit = _noise(draw)
    upper = torch.triu(draw.integers(0, 2, 4, 4), 1)
    a, order = upper + upper.mT, torch.tensor([3, 0, 1, 2], device=draw.device)

    def denoise(graph: Tensor) -> Tensor:
        degree = (graph > 0).to(torch.float64).sum(-1)
        score = torch.stack([-(degree[:, None] + degree), degree[:, None] * degree, (graph == 2).to(degree)], -1)
        return torch.softmax(score / 3, -1)  # renumbering nodes renumbers it

    turned = a[order][:, order]
    found = model.reverse(a, denoise(a), 3, betas, limit)
    return worst(
        equal(model.reverse(turned, denoise(turned), 3, betas, limit), found[order][:, order]),
        equal(found, found.transpose(0, 1)),
        equal(found.sum(-1), 1.0),
    )


def _gaussian(model: Model, draw: Draw) -> Outcome:
    betas, upper = draw.uniform(0.1, 0.4, 3), torch.triu(draw.normal(3, 3), 1)
    a = upper + upper.mT

    def run(noise: Tensor) -> Tensor:
        x = a
        for beta, e in zip(betas, noise, strict=True):
            x = model.gaussian_step(x, beta, e)
        return x

    zero = torch.zeros(3, 3, 3).to(a)
    slope = torch.func.jacrev(lambda e: run(e)[0, 1])(zero)
    mean, var = model.gaussian_marginal(a, 3, betas)
    end = run(draw.normal(3, 3, 3))
    return worst(
        equal(mean, run(zero)), equal(var, (slope**2).sum()), equal(end, end.mT), equal(torch.diagonal(end), 0.0)
    )


def _columns(beta: Tensor, limit: Tensor) -> Tensor:
    return diffusion.step_matrix(beta, limit).mT


def _one_step_more(betas: Tensor, t: int, limit: Tensor) -> Tensor:
    return diffusion.marginal_matrix(betas, t + 1, limit)


def _same_time(x_t: Tensor, x_0: Tensor, t: int, betas: Tensor, limit: Tensor) -> Tensor:
    step = diffusion.step_matrix(betas[t - 1], limit)
    weight = step[:, x_t].movedim(0, -1) * diffusion.marginal_matrix(betas, t, limit)[x_0]
    return weight / weight.sum(-1, keepdim=True)


def _likeliest(x_t: Tensor, clean: Tensor, t: int, betas: Tensor, limit: Tensor) -> Tensor:
    return diffusion.posterior(x_t, clean.argmax(-1), t, betas, limit)


def _by_place(x_t: Tensor, clean: Tensor, t: int, betas: Tensor, limit: Tensor) -> Tensor:
    early = diffusion.reverse_step(x_t, clean, t - 1, betas, limit)
    found = diffusion.reverse_step(x_t, clean, t, betas, limit)
    found[0] = early[0]  # the first node is a step ahead
    return found


def _each_side(adjacency: Tensor, t: int, betas: Tensor, limit: Tensor, u: Tensor) -> Tensor:
    one = diffusion.noise_graph(adjacency, t, betas, limit, u)
    return torch.maximum(one, diffusion.noise_graph(adjacency, t, betas, limit, u.mT))


def _without_root(a_0: Tensor, t: int, betas: Tensor) -> tuple[Tensor, Tensor]:
    alpha = (1 - betas[:t]).prod()
    return alpha * a_0, 1 - alpha


def _asymmetric(a: Tensor, beta: Tensor, noise: Tensor) -> Tensor:
    return torch.sqrt(1 - beta) * a + torch.sqrt(beta) * (noise + noise.mT) / 2


def _connected_graphs(draw: Draw) -> tuple[Tensor, Tensor]:
    """All 64 edge sets of 4 nodes, (64, 6), and the uniform law on the 38 that connect them."""
    bits = torch.cartesian_prod(*[torch.arange(2)] * 6).to(draw.device)
    i, j = torch.triu_indices(4, 4, 1)
    a = torch.zeros(64, 4, 4).to(draw.tensor(0.0))
    a[:, i, j] = bits.to(a)
    reach = torch.linalg.matrix_power(a + a.mT + torch.eye(4).to(a), 3)
    good = (reach[:, 0] > 0).all(-1).to(a)
    return bits, good / good.sum()


def _paths(bits: Tensor, per_edge: Tensor) -> Tensor:
    """Transition matrix between edge sets whose edges move independently: (64, 6, 2) -> (64, 64)."""
    picked = torch.stack([per_edge[:, e, bits[:, e]] for e in range(6)])
    return picked.prod(0)


def _drawn_graphs(moves: list[Tensor], bits: Tensor, n: int, generator: torch.Generator) -> Tensor:
    """Adjacency matrices by the whole chain back from noise, framed in grey: (n, 36)."""
    at = torch.randint(0, len(bits), (n,), generator=generator, device=bits.device)
    for move in moves:
        at = torch.multinomial(move[at], 1, generator=generator)[:, 0]
    i, j = torch.triu_indices(4, 4, 1) + 1
    framed = torch.full((n, 6, 6), 0.5, dtype=moves[0].dtype, device=bits.device)
    framed[:, 1:5, 1:5] = 0
    framed[:, i, j] = framed[:, j, i] = bits[at].to(framed)
    return framed.flatten(1)


def _small_graphs(
    model: Model, draw: Draw, progress: Callable[[float], None], hidden: int = 64, rounds: int = 1500
) -> Result:
    bits, data = _connected_graphs(draw)
    steps, limit = 10, draw.tensor([0.5, 0.5])
    betas = draw.tensor([0.08 + 0.04 * t for t in range(steps)])
    forward = []  # q(A_t, A_0) for each t
    for t in range(1, steps + 1):
        each = diffusion.marginal_matrix(betas, t, limit)[bits]  # (64, 6, 2)
        forward.append(data[:, None] * _paths(bits, each))
    best = torch.stack([(f.mT @ bits.to(f)) / f.sum(0)[:, None] for f in forward])  # E[A_0 | A_t]: (T, 64, 6)
    weight = torch.stack([f.sum(0) for f in forward]) / steps
    floor = -(weight[..., None] * (torch.xlogy(best, best) + torch.xlogy(1 - best, 1 - best))).sum()
    inputs = torch.cat(
        [bits.to(best).expand(steps, 64, 6), torch.eye(steps).to(best)[:, None].expand(steps, 64, steps)], -1
    )
    sizes = ((6 + steps, hidden), (hidden, hidden), (hidden, 6))
    layers = [(draw.normal(*s) / s[0] ** 0.5).requires_grad_(True) for s in sizes]
    shifts = [torch.zeros(s[1]).to(best).requires_grad_(True) for s in sizes]

    def logits(x: Tensor) -> Tensor:
        for w, b in zip(layers[:-1], shifts[:-1], strict=True):
            x = torch.nn.functional.silu(x @ w + b)
        return x @ layers[-1] + shifts[-1]

    optimiser, kept = torch.optim.Adam([*layers, *shifts], lr=4e-3), []
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, rounds)
    flat, generator = torch.stack(forward).flatten() / steps, draw.generator()
    for k in range(rounds):  # a time, a graph and its noised graph at once, from their joint law
        picked = torch.multinomial(flat, 512, replacement=True, generator=generator)
        time, clean, noised = picked // 4096, picked // 64 % 64, picked % 64
        loss = torch.nn.functional.binary_cross_entropy_with_logits(logits(inputs[time, noised]), bits[clean].to(best))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        kept.append(6 * loss.detach())
        progress(0.9 * (k + 1) / rounds)
    seen = read(kept)
    with torch.no_grad():
        p = torch.sigmoid(logits(inputs))
        reached = -(weight[..., None] * (best * torch.log(p) + (1 - best) * torch.log1p(-p))).sum()
        law, ideal = (forward[-1].sum(0) for _ in range(2))
        back = []
        for t in range(steps, 0, -1):
            for_both = [torch.stack([1 - c, c], -1) for c in (p[t - 1], best[t - 1])]
            moves = [_paths(bits, model.reverse(bits, c, t, betas, limit)) for c in for_both]
            law, ideal = law @ moves[0], ideal @ moves[1]
            back.append(moves[0])
        drawn = _drawn_graphs(back, bits, 32, draw.generator())
    progress(1.0)
    off, ideal_off = float((law - data).abs().sum() / 2), float((ideal - data).abs().sum() / 2)
    return Result(
        (
            Figure(
                "expected loss of the trained denoiser, its floor H(edges | noised)",
                float(reached),
                float(floor),
                0.03,
                "nats",
            ),
            Figure("how far the loss lies below its floor", max(0.0, float(floor - reached)), 0.0, 1e-9, "nats"),
            Figure("total variation of generated from data", off),
            Figure("the same with the best denoiser: edges move independently", ideal_off),
            Figure("share of generated graphs that are connected", float(law[data > 0].sum())),
            Figure("mass of the generated law", float(law.sum()), 1.0, 1e-9),
        ),
        (
            sheet("Adjacency matrices drawn", drawn),
            Panel("Loss by step", "lines", {"all connected graphs on 4 nodes": (list(range(rounds)), seen)}),
        ),
    )


GRAPH_DIFFUSION = Specification(
    name="graph_diffusion",
    family="graphs",
    systems=(196,),
    title="Graph diffusion, categorical and Gaussian",
    statement="Q_t = (1 − β_t) I + β_t 1 mᵀ, Q̄_t = ᾱ_t I + (1 − ᾱ_t) 1 mᵀ; A_t = √(1 − β_t) A_{t−1} + √β_t E",
    page="reference_models.graphs.diffusion",
    functions={
        "step": diffusion.step_matrix,
        "marginal": diffusion.marginal_matrix,
        "posterior": diffusion.posterior,
        "reverse": diffusion.reverse_step,
        "noise_graph": diffusion.noise_graph,
        "gaussian_marginal": diffusion.gaussian_marginal,
        "gaussian_step": diffusion.gaussian_step,
    },
    properties=(
        Property("Q̄_t is the product of steps", _product, Mutant("t + 1 steps", {"marginal": _one_step_more})),
        Property("m is stationary and the limit", _stationary, Mutant("columns for rows", {"step": _columns})),
        Property("the posterior is Bayes' rule on paths", _bayes, Mutant("Q̄_t for Q̄_{t−1}", {"posterior": _same_time})),
        Property(
            "the best denoiser undoes the noise in law",
            _reversed,
            Mutant("the likeliest edge", {"reverse": _likeliest}),
        ),
        Property(
            "noise is symmetric and has its law",
            _symmetric_noise,
            Mutant("the larger of two draws", {"noise_graph": _each_side}),
        ),
        Property(
            "renumbering commutes with a reverse step",
            _exchangeable,
            Mutant("the first node is ahead", {"reverse": _by_place}),
        ),
        Property(
            "Gaussian: the marginal composes steps", _gaussian, Mutant("ᾱ for √ᾱ", {"gaussian_marginal": _without_root})
        ),
        Property(
            "Gaussian: one noise a pair", _gaussian, Mutant("both sides averaged", {"gaussian_step": _asymmetric})
        ),
    ),
    source="Vignac et al. 2023, section 3",
    task=Task(
        "all 38 connected graphs on 4 labelled nodes",
        _small_graphs,
        training=True,
        long=partial(_small_graphs, hidden=128, rounds=4000),
        long_data="the same graphs, a wider network for longer",
    ),
    conventions=("rows of Q are laws of the next value", "β_t is β[t − 1]", "one noise for each pair"),
)

SPECIFICATIONS = (GRAPH_DIFFUSION,)
