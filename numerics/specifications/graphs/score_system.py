"""GDSS: row 196."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from itertools import permutations
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
    Property,
    Result,
    Specification,
    Task,
)
from numerics.specifications.draws import Draw, t
from numerics.specifications.graphlets import NODES, Graphlets, karate, matrices, pairs_of
from numerics.specifications.outcomes import close, equal, gradient, worst
from numerics.specifications.training import curve, learned, sheet
from reference_models.diffusion import sde
from reference_models.graphs import score_system
from reference_models.graphs.score_system import Weights

LOW, HIGH = 0.1, 12.0


def _weights(draw: Draw, features: int = 2, d: int = 3) -> Weights:
    sizes = {
        "in": (d, features + 3), "own": (d, d), "near": (d, d), "node": (features, d),
        "pair": (d, 2 * d + 4), "mid": (d, d), "edge": (1, d),
    }  # fmt: skip
    return {name: draw.normal(*shape) / shape[1] ** 0.5 for name, shape in sizes.items()}


def _graph(draw: Draw, n: int = 4) -> tuple[Tensor, Tensor]:
    upper = torch.triu(draw.normal(n, n), 1)
    return draw.normal(n, 2), upper + upper.mT


def _kept_and_std(model: Model, at: Tensor) -> tuple[Tensor, Tensor]:
    """What is kept of the data at a time, and the standard deviation of the noise."""
    kept, variance = model.kernel(at, LOW, HIGH)
    return kept, torch.sqrt(variance)


def _forward_in_steps(model: Model, draw: Draw) -> Outcome:
    """Many small steps of dX = −β/2 X dt + √β dW: factors of the mean, and the variance that they leave."""
    end, steps = float(draw.uniform(0.3, 1)), 20_000
    dt = end / steps
    beta = LOW + (HIGH - LOW) * dt * (torch.arange(steps, device=draw.device).to(draw.tensor(0.0)) + 0.5)
    factor = torch.exp(torch.log1p(-beta / 2 * dt).sum())
    later = torch.exp(torch.log1p(-beta / 2 * dt).flip(0).cumsum(0).flip(0) - torch.log1p(-beta / 2 * dt))
    mean, variance = model.kernel(draw.tensor(end), LOW, HIGH)
    return worst(equal(mean, factor, 1e-3), equal(variance, (beta * dt * later**2).sum(), 1e-3))


def _no_half(at: Tensor, low: float, high: float) -> tuple[Tensor, Tensor]:
    mean, variance = sde.vp_kernel(at, low, high)
    return mean**2, variance


def _one_noise(model: Model, draw: Draw) -> Outcome:
    """The score of m A + σ ε, ten numbers of a graph being its coordinates, is −ε/σ: then the loss is 0."""
    (x, a), ex, ea = _graph(draw), draw.normal(4, 2), draw.normal(4, 4)
    mean, std = draw.uniform(0.2, 0.9), draw.uniform(0.3, 1)
    noised_x, noised_a = model.perturbed(x, a, mean, std, ex, ea)
    free = torch.cat([noised_x.flatten(), pairs_of(noised_a)])
    centre = torch.cat([mean * x.flatten(), mean * pairs_of(a)])
    slope = gradient(lambda z: -((z - centre) ** 2) / (2 * std**2), free)
    of_x, of_a = slope[:8].reshape(4, 2), matrices(slope[8:])
    return worst(
        equal(noised_a, noised_a.mT),
        equal(torch.diagonal(noised_a), 0.0),
        equal(score_system.loss(of_x, of_a, std, ex, ea), 0.0),
        close(noised_x[1, 0], mean * x[1, 0] + std * ex[1, 0]),
        close(noised_a[2, 1], mean * a[1, 2] + std * ea[1, 2]),
    )


def _two_noises(x: Tensor, a: Tensor, mean: Tensor, std: Tensor, ex: Tensor, ea: Tensor) -> tuple[Tensor, Tensor]:
    return score_system.perturbed(x, a, mean, std, ex, torch.triu(ea + ea.mT) / 2**0.5)


def _each_once(model: Model, draw: Draw) -> Outcome:
    (sx, sa), ex, ea, std = _graph(draw), draw.normal(4, 2), draw.normal(4, 4), draw.uniform(0.3, 1)
    errors = [std * sx[i, k] + ex[i, k] for i in range(4) for k in range(2)]
    errors += [std * sa[i, j] + ea[i, j] for i in range(4) for j in range(i + 1, 4)]
    return close(model.loss(sx, sa, std, ex, ea), torch.stack([e**2 for e in errors]).sum())


def _both_sides(score_x: Tensor, score_a: Tensor, std: Tensor, ex: Tensor, ea: Tensor) -> Tensor:
    whole = (std * score_a + score_system.mirrored(ea)) ** 2
    return ((std * score_x + ex) ** 2).sum((-2, -1)) + whole.sum((-2, -1))


def _written_out(model: Model, draw: Draw) -> Outcome:
    (x, a), w, at = _graph(draw, 3), _weights(draw), draw.uniform(0, 1)
    one = torch.ones_like(at)
    first = [torch.tanh(w["in"] @ torch.stack([*x[i], a[i].sum(), at, one])) for i in range(3)]
    near = [torch.stack([a[i, j] * first[j] for j in range(3)]).sum(0) for i in range(3)]
    h = [first[i] + torch.tanh(w["own"] @ first[i] + w["near"] @ near[i]) for i in range(3)]
    expected = torch.zeros(3, 3).to(a)
    for i, j in permutations(range(3), 2):
        walks = torch.stack([a[i, k] * a[k, j] for k in range(3)]).sum()
        p = torch.tanh(w["pair"] @ torch.cat([h[i] + h[j], h[i] * h[j], torch.stack([a[i, j], walks, at, one])]))
        expected[i, j] = torch.sigmoid(w["edge"] @ (p + torch.tanh(w["mid"] @ p)))[0]
    of_x, of_a = model.clean(x, a, at, w)
    return worst(close(of_x, torch.sigmoid(torch.stack([w["node"] @ v for v in h]))), close(of_a, expected))


def _timeless(x: Tensor, a: Tensor, at: Tensor, w: Weights) -> tuple[Tensor, Tensor]:
    return score_system.clean(x, a, 0 * at, w)


def _tweedie(model: Model, draw: Draw) -> Outcome:
    """Two clean graphs: the slope of the log of their noised mixture in each number, by autograd."""
    (x, a), (y, b), mean, std = _graph(draw, 3), _graph(draw, 3), draw.uniform(0.2, 0.9), draw.uniform(0.5, 1)
    i, j = torch.triu_indices(3, 3, 1, device=draw.device)
    atoms = [torch.cat([u.flatten(), v[i, j]]) for u, v in ((x, a), (y, b))]
    here = draw.normal(9)

    def log_p(z: Tensor) -> Tensor:
        return torch.logsumexp(torch.stack([-((z - mean * atom) ** 2).sum() / (2 * std**2) for atom in atoms]), 0)

    slope = gradient(log_p, here)
    far = torch.stack([-((here - mean * atom) ** 2).sum() / (2 * std**2) for atom in atoms])
    share = torch.softmax(far, 0)
    noised = torch.zeros(3, 3).to(a).index_put((i, j), here[6:])
    guess = (share[0] * x + share[1] * y, share[0] * a + share[1] * b)
    of_x, of_a = model.scores(here[:6].reshape(3, 2), noised + noised.mT, guess, mean, std)
    return worst(close(of_x.flatten(), slope[:6]), close(of_a[i, j], slope[6:]), close(of_a, of_a.mT))


def _one_deviation(
    x: Tensor, a: Tensor, guess: tuple[Tensor, Tensor], mean: Tensor, std: Tensor
) -> tuple[Tensor, Tensor]:
    return score_system.scores(x, a, guess, mean, torch.sqrt(std))


def _renumbered(model: Model, draw: Draw) -> Outcome:
    (x, a), w, at, order = _graph(draw), _weights(draw), draw.uniform(0, 1), draw.permutation(4)
    of_x, of_a = model.clean(x, a, at, w)
    turned = model.clean(x[order], a[order][:, order], at, w)
    return worst(close(turned[0], of_x[order]), close(turned[1], of_a[order][:, order]), close(of_a, of_a.mT))


def _numbered(x: Tensor, a: Tensor, at: Tensor, w: Weights) -> tuple[Tensor, Tensor]:
    return score_system.clean(x + 0.1 * torch.arange(len(x)).to(x)[:, None], a, at, w)


def _undone(model: Model, draw: Draw) -> Outcome:
    """Normal data of variance v: with its exact scores, small steps back from N(0, 1) end near variance v."""
    v, steps = draw.uniform(0.3, 2), 2000
    dt, spread = draw.tensor(1 / steps), torch.ones(2).to(v)
    ones, zero = torch.ones(2, 2).to(v), torch.zeros(2, 2).to(v)
    for k in range(steps, 0, -1):
        at = draw.tensor(k / steps)
        mean, variance = sde.vp_kernel(at, LOW, HIGH)
        beta, slope = LOW + (HIGH - LOW) * at, -1 / (mean**2 * v + variance)
        factor = [
            part[0, 1] for part in model.reverse_step(ones, ones, slope * ones, slope * ones, beta, dt, zero, zero)
        ]
        noise = [part[0, 1] for part in model.reverse_step(zero, zero, zero, zero, beta, dt, ones, ones)]
        spread = torch.stack(factor) ** 2 * spread + torch.stack(noise) ** 2
    return close(spread, v.expand(2), 0.02)


def _half_score(
    x: Tensor, a: Tensor, score_x: Tensor, score_a: Tensor, beta: Tensor, dt: Tensor, ex: Tensor, ea: Tensor
) -> tuple[Tensor, Tensor]:
    return score_system.reverse_step(x, a, score_x / 2, score_a / 2, beta, dt, ex, ea)


def _one_step(model: Model, draw: Draw) -> Outcome:
    """One entry of each, by hand."""
    (x, a), (sx, sa), ex, ea = _graph(draw), _graph(draw), draw.normal(4, 2), draw.normal(4, 4)
    beta, dt = draw.uniform(1, 5), draw.uniform(0.01, 0.1)
    of_x, of_a = model.reverse_step(x, a, sx, sa, beta, dt, ex, ea)
    return worst(
        close(of_x[2, 1], x[2, 1] * (1 + beta * dt / 2) + beta * dt * sx[2, 1] + (beta * dt) ** 0.5 * ex[2, 1]),
        close(of_a[3, 1], a[3, 1] * (1 + beta * dt / 2) + beta * dt * sa[3, 1] + (beta * dt) ** 0.5 * ea[1, 3]),
        close(of_a, of_a.mT),
    )


def _without_mirror(
    x: Tensor, a: Tensor, score_x: Tensor, score_a: Tensor, beta: Tensor, dt: Tensor, ex: Tensor, ea: Tensor
) -> tuple[Tensor, Tensor]:
    back_x, back_a = score_system.reverse_step(x, a, score_x, score_a, beta, dt, ex, 0 * ea)
    return back_x, back_a + torch.sqrt(beta * dt) * ea


def _from_scipy(inputs: Mapping[str, Any]) -> Answers:
    from scipy.integrate import solve_ivp

    low, high = inputs["low"], inputs["high"]

    def moments(at: float, y: Any) -> list[float]:
        beta = low + (high - low) * at
        return [-beta / 2 * y[0], beta * (1 - y[1])]

    found = [solve_ivp(moments, (0, end), [1.0, 0.0], rtol=1e-11, atol=1e-13).y[:, -1] for end in inputs["times"]]
    return {"mean": [one[0] for one in found], "std": [one[1] ** 0.5 for one in found]}


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    mean, variance = model.kernel(t(inputs["times"]), inputs["low"], inputs["high"])
    return {"mean": mean, "std": torch.sqrt(variance)}


def _clean_given(graphs: Graphlets, z: Tensor, mean: Tensor, std: Tensor) -> Tensor:
    """E[x_0 | x_t = z] of the ten numbers of a graph, over all 1024 graphs: (n, 10), (n,), (n,) -> (n, 10)."""
    atoms = graphs.sites.to(z)[graphs.law > 0]
    square = (z**2).sum(-1, keepdim=True) - 2 * mean[:, None] * z @ atoms.mT + mean[:, None] ** 2 * (atoms**2).sum(-1)
    shares = torch.softmax(torch.log(graphs.law[graphs.law > 0]) - square / (2 * std[:, None] ** 2), -1)
    return shares @ atoms


def _drawn(
    model: Model,
    draw: Draw,
    n: int,
    steps: int,
    clean: Callable[[Tensor, Tensor, Tensor], tuple[Tensor, Tensor]],
) -> Tensor:
    """Places of n graphs that come back from noise, each number rounded to 0 or 1."""
    x, a = draw.normal(n, NODES, 1), score_system.mirrored(draw.normal(n, NODES, NODES))
    times = draw.tensor(torch.linspace(1, 0.01, steps + 1, dtype=torch.float64))
    for k in range(steps):
        now, dt = times[k], times[k] - times[k + 1]
        mean, std = _kept_and_std(model, now.expand(n))
        slopes = model.scores(x, a, clean(x, a, now.expand(n)), mean, std)
        beta, ex, ea = LOW + (HIGH - LOW) * now, draw.normal(n, NODES, 1), draw.normal(n, NODES, NODES)
        x, a = model.reverse_step(x, a, *slopes, beta, dt, ex, ea)
    bits = (torch.cat([x[..., 0], pairs_of(a)], -1) > 0.5).long()
    found: Tensor = (bits * 2 ** torch.arange(NODES + 5, -1, -1, device=bits.device)).sum(-1)
    return found


def _friends(
    model: Model, draw: Draw, progress: Callable[[float], None], d: int = 24, rounds: int = 400, steps: int = 60
) -> Result:
    """Connected fours of the karate club: the learned scores beside the exact ones, and what is drawn."""
    graphs, generator = karate(draw), draw.generator()
    w = _weights(draw, 1, d)
    values, pairs = graphs.nodes.to(graphs.law)[..., None], graphs.edges.to(graphs.law)

    def noised(n: int) -> tuple[Tensor, ...]:
        picked, at = graphs.drawn(n, generator), draw.uniform(0.02, 1, n)
        mean, std = _kept_and_std(model, at)
        ex, ea = draw.normal(n, NODES, 1), draw.normal(n, NODES, NODES)
        return *model.perturbed(values[picked], pairs[picked], mean, std, ex, ea), at, mean, std, ex, ea

    def ours(x: Tensor, a: Tensor, at: Tensor) -> tuple[Tensor, Tensor]:
        of_x, of_a = model.clean(x, a, at, w)
        return of_x, of_a

    def exact(x: Tensor, a: Tensor, at: Tensor) -> tuple[Tensor, Tensor]:
        found = _clean_given(graphs, torch.cat([x[..., 0], pairs_of(a)], -1), *_kept_and_std(model, at))
        return found[:, :NODES, None], matrices(found[:, NODES:])

    def losses_of(clean: Callable[[Tensor, Tensor, Tensor], tuple[Tensor, Tensor]], seen: tuple[Tensor, ...]) -> Tensor:
        x, a, at, mean, std, ex, ea = seen
        found: Tensor = model.loss(*model.scores(x, a, clean(x, a, at), mean, std), std, ex, ea)
        return found

    losses = learned(
        [v.requires_grad_() for v in w.values()], lambda: losses_of(ours, noised(256)).mean(), rounds, 0.02, progress
    )
    with torch.no_grad():
        seen = noised(6000)
        reached, floor = (float(losses_of(clean, seen).mean()) for clean in (ours, exact))
        law, best = (
            torch.bincount(_drawn(model, draw, 3000, steps, clean), minlength=len(graphs.law)).to(graphs.law) / 3000
            for clean in (ours, exact)
        )
        ties = graphs.sites[:, NODES:].sum(-1).to(graphs.law)
        shown = torch.multinomial(law, 32, generator=generator)
    inside = graphs.law > 0
    return Result(
        (
            Figure("loss of the learned scores, its floor that of the exact ones", reached, floor, 0.25),
            Figure("how far it lies below its floor", max(0.0, floor - reached), 0.0, 0.02),
            Figure("share drawn that is in the data", float(law[inside].sum()), float(best[inside].sum()), 0.15),
            Figure("mean number of ties drawn", float(law @ ties), float(graphs.law @ ties), 0.3),
            Figure("total variation from data, by exact scores", float((best - graphs.law).abs().sum() / 2)),
            Figure("total variation from data, by learned scores", float((law - graphs.law).abs().sum() / 2)),
        ),
        (sheet("Ties drawn", pairs[shown].flatten(1)), curve("Denoising loss", losses)),
    )


GDSS = Specification(
    name="gdss",
    family="graphs",
    systems=(196,),
    title="GDSS: scores of node features and of the adjacency",
    statement="dG = −½β G dt + √β dW, s_X ≈ ∇_X log p_t(X, A), s_A ≈ ∇_A log p_t(X, A); both run back at once",
    page="reference_models.graphs.score_system",
    functions={
        "kernel": sde.vp_kernel,
        **{name: getattr(score_system, name) for name in ("perturbed", "clean", "scores", "loss", "reverse_step")},
    },
    properties=(
        Property(
            "the law at time t is that of small steps",
            _forward_in_steps,
            Mutant("m for √m", {"kernel": _no_half}),
        ),
        Property(
            "one noise a pair; the loss of −ε/σ is 0",
            _one_noise,
            Mutant("one side is noised", {"perturbed": _two_noises}),
        ),
        Property("nodes and pairs count once", _each_once, Mutant("pairs count twice", {"loss": _both_sides})),
        Property("the networks, written out", _written_out, Mutant("the time isn't told", {"clean": _timeless})),
        Property("Tweedie: the slope of a noised mixture", _tweedie, Mutant("σ for σ²", {"scores": _one_deviation})),
        Property(
            "renumbering nodes renumbers what is predicted",
            _renumbered,
            Mutant("nodes have numbers", {"clean": _numbered}),
        ),
        Property(
            "small steps back undo the noise of normal data",
            _undone,
            Mutant("half of the score", {"reverse_step": _half_score}),
        ),
        Property(
            "a step back, entry by entry", _one_step, Mutant("two noises a pair", {"reverse_step": _without_mirror})
        ),
    ),
    source="Jo, Lee and Hwang 2022, sections 3.1 to 3.3",
    oracles=(
        Oracle(
            package="scipy",
            inputs={"low": 0.1, "high": 12.0, "times": [0.05, 0.3, 0.6, 1.0]},
            ask=_from_scipy,
            tell=_ours,
            tolerance=1e-7,
            conversion="solve_ivp of dm = −½β m, dv = β (1 − v), in relative error 1e-11",
        ),
    ),
    task=Task(
        "connected fours of Zachary's karate club of networkx, clubs and ties as numbers",
        _friends,
        training=True,
        long=partial(_friends, d=48, rounds=2000, steps=200),
        long_data="the same fours, a wider network, smaller steps",
    ),
    conventions=("a pair is one coordinate", "time runs from data to noise", "one SDE for both"),
)

SPECIFICATIONS = (GDSS,)
