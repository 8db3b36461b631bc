"""Variational graph autoencoder: row 192."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
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
from numerics.specifications.outcomes import at_most, equal, repeated, true, worst
from numerics.specifications.training import read
from reference_models.autoencoders import variational
from reference_models.graphs import autoencoder


def _graph(draw: Draw, n: int = 5) -> Tensor:
    upper = torch.triu(draw.bits(n, n), 1)
    upper[0, 1] = 1.0
    return upper + upper.mT


def _probabilities(model: Model, draw: Draw) -> Outcome:
    z, turn = draw.normal(5, 2), draw.orthogonal(2)
    found = model.edge_probs(z)
    inner = torch.stack([torch.stack([(a * b).sum() for b in z]) for a in z])
    return worst(
        true((found > 0) & (found < 1)),
        equal(found, found.mT),
        equal(torch.log(found / (1 - found)), inner, 1e-8),
        equal(model.edge_probs(z @ turn), found),
    )


def _mass(model: Model, draw: Draw) -> Outcome:
    z = draw.normal(4, 2)
    places = [(i, j) for i in range(4) for j in range(i)]
    bits = torch.cartesian_prod(*[draw.tensor([0, 1])] * 6)
    graphs, p = torch.zeros(64, 4, 4).to(z), torch.sigmoid(z @ z.mT)
    expected = torch.ones(64).to(z)
    for k, (i, j) in enumerate(places):
        graphs[:, i, j] = graphs[:, j, i] = bits[:, k]
        expected = expected * torch.where(bits[:, k] == 1, p[i, j], 1 - p[i, j])
    found = torch.exp(model.log_likelihood(graphs, z))
    return worst(equal(found.sum(), 1.0), equal(found, expected))


def _equivariant(model: Model, draw: Draw) -> Outcome:
    a, x, weights = _graph(draw), draw.normal(5, 3), (draw.normal(3, 4), draw.normal(4, 2), draw.normal(4, 2))
    order = torch.tensor([4, 0, 1, 2, 3], device=draw.device)
    turned = model.encode(a[order][:, order], x[order], *weights)
    return worst(
        *(equal(moved, found[order]) for moved, found in zip(turned, model.encode(a, x, *weights), strict=True))
    )


def _spectrum(model: Model, draw: Draw) -> Outcome:
    a = _graph(draw)
    found, degrees = model.normalised(a), a.sum(1) + 1
    values = torch.linalg.eigvalsh((found + found.mT) / 2)
    return worst(
        equal(found, found.mT),
        equal(found @ torch.sqrt(degrees), torch.sqrt(degrees)),
        at_most(values.abs(), 1.0),
        equal(torch.diagonal(found), 1 / degrees),
    )


def _pair(draw: Draw) -> tuple[Tensor, Tensor, Tensor]:
    """A graph of two nodes, and the encoder's answer for one latent each."""
    a = draw.tensor([[0, 1], [1, 0]]) * draw.whole(0, 1)
    return a, draw.normal(2, 1), draw.uniform(-1.5, 0.5, 2, 1)


def _hermite(draw: Draw, n: int = 60) -> tuple[Tensor, Tensor]:
    t, w = (draw.tensor(v) for v in np.polynomial.hermite_e.hermegauss(n))
    return torch.cartesian_prod(t, t)[..., None], (w[:, None] * w).flatten() / w.sum() ** 2


def _bound(model: Model, draw: Draw) -> Outcome:
    a, mean, log_var = _pair(draw)
    noise, weight = _hermite(draw)
    z = torch.linspace(-9, 9, 361, dtype=torch.float64, device=draw.device)
    pairs = torch.cartesian_prod(z, z)
    prior = torch.exp(-(pairs**2).sum(-1) / 2) / (2 * torch.pi) * (z[1] - z[0]) ** 2
    likelihood = torch.nn.functional.logsigmoid(pairs.prod(-1) * (2 * a[0, 1] - 1))
    log_joint = torch.log(prior) + likelihood
    evidence = torch.logsumexp(log_joint, 0)
    var = torch.exp(log_var)[:, 0]
    q = torch.exp(-((pairs - mean[:, 0]) ** 2 / (2 * var)).sum(-1)) / (2 * torch.pi * torch.sqrt(var.prod()))
    q = q * (z[1] - z[0]) ** 2
    gap = (torch.xlogy(q, q) - q * (log_joint - evidence)).sum()  # KL(q ‖ p(z | A))
    found = weight @ model.elbo(a, mean, log_var, noise)
    return worst(at_most(found, evidence, 1e-7), equal(found + gap, evidence, 1e-5))


def _divergence(model: Model, draw: Draw) -> Outcome:
    _, mean, log_var = _pair(draw)
    noise, weight = _hermite(draw, 8)
    z = mean + torch.exp(log_var / 2) * noise
    log_ratio = (-(noise**2) / 2 - log_var / 2 + z**2 / 2).sum((-2, -1))  # log q − log p
    return worst(
        equal(model.kl(mean, log_var).sum(-1), weight @ log_ratio), equal(model.kl(0 * mean, 0 * log_var), 0.0)
    )


def _distances(z: Tensor) -> Tensor:
    off = ((z[..., :, None, :] - z[..., None, :, :]) ** 2).sum(-1)
    return torch.sigmoid(-off)


def _both_triangles(adjacency: Tensor, z: Tensor) -> Tensor:
    return 2 * autoencoder.log_likelihood(adjacency, z)


def _positions(adjacency: Tensor, x: Tensor, w0: Tensor, w1: Tensor, w2: Tensor) -> tuple[Tensor, Tensor]:
    place = 0.1 * torch.arange(len(x)).to(x)[:, None]
    return autoencoder.encode(adjacency, x + place, w0, w1, w2)


def _row_normalised(adjacency: Tensor) -> Tensor:
    looped = adjacency + torch.eye(adjacency.shape[-1]).to(adjacency)
    return looped / looped.sum(-1, keepdim=True)


def _no_half(mean: Tensor, log_var: Tensor) -> Tensor:
    return (mean**2 + torch.exp(log_var) - 1 - log_var / 2).sum(-1) / 2


def _variance_noise(adjacency: Tensor, mean: Tensor, log_var: Tensor, noise: Tensor) -> Tensor:
    moved = autoencoder.log_likelihood(adjacency, mean + torch.exp(log_var) * noise)
    return moved - variational.kl(mean, log_var).sum(-1)


def _karate(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    import networkx as nx

    a = draw.tensor(nx.to_numpy_array(nx.karate_club_graph(), weight=None))
    n, steps = len(a), 300
    x = torch.eye(n).to(a)
    weights = [(0.3 * draw.normal(*shape)).requires_grad_(True) for shape in ((n, 16), (16, 4), (16, 4))]
    optimiser, kept = torch.optim.Adam(weights, lr=0.02), []
    for step in range(steps):
        mean, log_var = model.encode(a, x, *weights)
        bound = model.elbo(a, mean, log_var, draw.normal(8, n, 4)).mean()
        optimiser.zero_grad()
        (-bound).backward()
        optimiser.step()
        kept.append(bound.detach())
        progress(0.7 * (step + 1) / steps)
    seen = read(kept)
    with torch.no_grad():
        mean, log_var = model.encode(a, x, *weights)
        samples = model.elbo(a, mean, log_var, draw.normal(2000, n, 4))
        logit = mean @ mean.mT
        i, j = torch.triu_indices(n, n, 1)
        edge = a[i, j] == 1
        ranked = (logit[i, j][edge][:, None] > logit[i, j][~edge]).to(a).mean()
    exact, estimate, error = _four_nodes(draw)
    again = _edges(model.edge_probs(mean + torch.exp(log_var / 2) * draw.normal(n, 4)), draw)
    free = _edges(model.edge_probs(draw.normal(n, 4)), draw)
    bar = torch.full((n, 1), 0.5).to(a)
    progress(1.0)
    return Result(
        (
            Figure("4-cycle: importance-weighted log-evidence, the quadrature's", estimate, exact, 5 * error, "nats"),
            Figure("karate: bound at the end", float(samples.mean()), None, None, "nats"),
            Figure("karate: bound at the start", seen[0], None, None, "nats"),
            Figure("karate: chance that an edge outranks a gap", float(ranked)),
        ),
        (
            Panel(
                "the club, a draw of q, of the prior",
                "image",
                {"draws": torch.cat([a, bar, again, bar, free], 1).tolist()},
            ),
            Panel("Bound by step", "lines", {"karate club": (list(range(steps)), seen)}),
            Panel("First two latent means", "points", {"members": (mean[:, 0].tolist(), mean[:, 1].tolist())}),
        ),
    )


def _edges(chance: Tensor, draw: Draw) -> Tensor:
    """An undirected graph without loops whose edges are drawn apart: (n, n) of zeros and ones."""
    upper = torch.triu((draw.uniform(0, 1, *chance.shape) < chance).to(chance), 1)
    return upper + upper.mT


def _four_nodes(draw: Draw) -> tuple[float, float, float]:
    """log p(A) of a 4-cycle with one latent a node: by quadrature, by importance weights, and their standard error."""
    a = draw.tensor([[0, 1, 0, 1], [1, 0, 1, 0], [0, 1, 0, 1], [1, 0, 1, 0]])
    t, w = (draw.tensor(v) for v in np.polynomial.hermite_e.hermegauss(24))
    z, weight = torch.cartesian_prod(t, t, t, t)[..., None], torch.cartesian_prod(*[w / w.sum()] * 4).prod(-1)
    exact = torch.log(weight @ torch.exp(autoencoder.log_likelihood(a, z)))
    noise, mean, log_var = draw.normal(200_000, 4, 1), torch.zeros(4, 1).to(a), torch.full((4, 1), 0.2).to(a)
    moved = torch.exp(log_var / 2) * noise
    log_q = (-(noise**2) / 2 - log_var / 2).sum((-2, -1))
    log_w = autoencoder.log_likelihood(a, mean + moved) - (moved**2).sum((-2, -1)) / 2 - log_q
    ratio = torch.exp(log_w)
    return float(exact), float(torch.log(ratio.mean())), float(ratio.std() / ratio.mean() / np.sqrt(len(ratio)))


VGAE = Specification(
    name="graph_vae",
    family="graphs",
    systems=(192,),
    title="Variational graph autoencoder",
    statement="q(z | A, X) by two graph convolutions, p(A_ij = 1 | z) = σ(z_iᵀ z_j), ELBO = E log p(A | z) − KL",
    page="reference_models.graphs.autoencoder",
    functions={
        "normalised": autoencoder.normalised,
        "encode": autoencoder.encode,
        "edge_probs": autoencoder.edge_probs,
        "log_likelihood": autoencoder.log_likelihood,
        "kl": variational.kl,
        "elbo": autoencoder.elbo,
    },
    properties=(
        Property(
            "edge probabilities by inner products", _probabilities, Mutant("by distances", {"edge_probs": _distances})
        ),
        Property("mass 1 given z", _mass, Mutant("each pair twice", {"log_likelihood": _both_triangles})),
        Property(
            "renumbering nodes renumbers the code",
            _equivariant,
            Mutant("nodes know their place", {"encode": _positions}),
        ),
        Property(
            "symmetric, with √degree of eigenvalue 1",
            repeated(_spectrum, 6),
            Mutant("D⁻¹(A + I)", {"normalised": _row_normalised}),
        ),
        Property("the bound plus its gap is log p(A)", _bound, Mutant("σ² for σ", {"elbo": _variance_noise})),
        Property("KL by its integral", _divergence, Mutant("half of log σ²", {"kl": _no_half})),
    ),
    source="Kipf and Welling 2016, section 1",
    task=Task("Zachary's karate club of networkx, and a 4-cycle", _karate, training=True),
    conventions=("each pair of nodes once", "log_var is log σ²"),
)

SPECIFICATIONS = (VGAE,)
