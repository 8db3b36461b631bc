"""Growing graphs: rows 189 and 190."""

from __future__ import annotations

import torch
from torch import Tensor

from numerics.specifications.contract import Model, Mutant, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import equal, frequencies_are, gradient, true, worst
from reference_models.divergences import two_samples
from reference_models.graphs import attachment

PAGE = "reference_models.graphs.attachment"


def _proportional(model: Model, draw: Draw) -> Outcome:
    degrees = draw.integers(1, 6, 5).to(torch.float64) + draw.tensor([0, 0, 0, 0, 3])
    found = model.attach(degrees)
    return worst(equal(found.sum(), 1.0), equal(found / found[0], degrees / degrees[0]))


def _edge_count(model: Model, draw: Draw) -> Outcome:
    n, m = draw.whole(8, 14), draw.whole(2, 3)
    found = model.grow(n, m, 3, draw.generator())
    degrees = attachment.degrees_of(found, n)
    size = found.shape[1]
    distinct = [len({frozenset(e) for e in graph}) for graph in found.tolist()]
    return worst(
        equal(float(size), float((n - m - 1) * m + m)),
        equal(degrees.sum(-1), 2.0 * size),
        equal(draw.tensor(distinct), float(size), detail="no edge twice"),
        true(degrees >= torch.where(torch.arange(n, device=degrees.device) > m, m, 1)),
    )


def _degree_law(steps: int) -> Tensor:
    """The law of the centre's degree of a star of two nodes after some steps, m = 1, by listing every choice."""
    law: dict[tuple[int, ...], float] = {(1, 1): 1.0}
    for _ in range(steps):
        grown: dict[tuple[int, ...], float] = {}
        for degrees, chance in law.items():
            for j, d in enumerate(degrees):
                new = (*(x + (k == j) for k, x in enumerate(degrees)), 1)
                grown[new] = grown.get(new, 0.0) + chance * d / sum(degrees)
        law = grown
    top = steps + 1
    return torch.tensor([sum(c for d, c in law.items() if d[0] == k) for k in range(1, top + 1)], dtype=torch.float64)


def _grown_law(model: Model, draw: Draw) -> Outcome:
    steps = 3
    found = model.grow(steps + 2, 1, 10_000, draw.generator())
    return frequencies_are(attachment.degrees_of(found, steps + 2)[:, 0] - 1, _degree_law(steps))


def _balance(model: Model, draw: Draw) -> Outcome:
    m = draw.whole(1, 4)
    k = draw.tensor(range(m, 4000))
    share = model.share(k, m)
    gain = torch.cat([draw.tensor([1.0]), (k[:-1] * share[:-1]) / 2])  # new nodes come at degree m
    return worst(
        equal(share, gain - k * share / 2),  # p_k = ((k − 1) p_{k−1} − k p_k)/2, and 1 − m p_m/2 at k = m
        equal(share.sum() + m * (m + 1) / (4000.0 * 4001), 1.0, 1e-9),
        equal((k * share).sum() + 2 * m * (m + 1) / 4001.0, 2.0 * m, 1e-9),
    )


def _from_recursion(model: Model, draw: Draw) -> Outcome:
    m, top = draw.whole(1, 3), 40
    counts, k = torch.zeros(top).to(draw.tensor(0.0)), draw.tensor(range(top))
    counts[1], counts[m] = m, counts[m] + 1  # a star
    edges, n = float(m), m + 1
    for _ in range(700):
        moving = m * k * counts / (2 * edges)
        counts = counts - moving + torch.cat([draw.tensor([0.0]), moving[:-1]])
        counts[m] = counts[m] + 1
        edges, n = edges + m, n + 1
    low = slice(m, m + 4)
    return equal(counts[low] / n, model.share(k, m)[low], 1e-2, detail="mean-field growth to 700 nodes")


def _exponent(model: Model, draw: Draw) -> Outcome:
    m, k = draw.whole(1, 4), torch.exp(draw.uniform(18, 20))
    slope = gradient(lambda v: torch.log(model.share(torch.exp(v), m)), torch.log(k))
    return equal(slope, -3.0, 1e-6)


def _uniformly(degrees: Tensor) -> Tensor:
    return (degrees + 1) / (degrees + 1).sum(-1, keepdim=True)


def _repeats(n: int, m: int, graphs: int, generator: torch.Generator) -> Tensor:
    found = attachment.grow(n, m, graphs, generator)
    found[:, m + 1 :: m, 1] = found[:, m::m, 1][:, : found[:, m + 1 :: m].shape[1]]  # the second target is the first
    return found


def _blind(n: int, m: int, graphs: int, generator: torch.Generator) -> Tensor:
    found = attachment.grow(m + 1, m, graphs, generator)
    for new in range(m + 1, n):
        even = torch.ones(graphs, new, device=generator.device)
        targets = torch.multinomial(even, m, replacement=False, generator=generator)
        found = torch.cat([found, torch.stack([torch.full_like(targets, new), targets], -1)], 1)
    return found


def _half(k: Tensor, m: int) -> Tensor:
    return torch.where(k >= m, 2 * m**2 / (k * (k + 1) ** 2), 0.0)


def _square_law(k: Tensor, m: int) -> Tensor:
    return torch.where(k >= m, m / (k * (k + 1)), 0.0)


BA = Specification(
    name="barabasi_albert",
    family="graphs",
    systems=(189,),
    title="Preferential attachment (Barabási-Albert)",
    statement="P(new node takes j) = d_j/Σ d; P(k) = 2m(m + 1)/(k(k + 1)(k + 2))",
    page=PAGE,
    functions={"attach": attachment.attach, "grow": attachment.grow, "share": attachment.degree_share},
    properties=(
        Property("chances are in proportion to degrees", _proportional, Mutant("d + 1 for d", {"attach": _uniformly})),
        Property(
            "m distinct edges a node, degrees sum to 2|E|",
            _edge_count,
            Mutant("one target m times", {"grow": _repeats}),
        ),
        Property(
            "growth has its law, by listing all choices", _grown_law, Mutant("targets are uniform", {"grow": _blind})
        ),
        Property("shares balance, sum to 1, mean 2m", _balance, Mutant("2m²/(k(k + 1)²)", {"share": _half})),
        Property("growth on average tends to them", _from_recursion, Mutant("m/(k(k + 1))", {"share": _square_law})),
        Property("exponent 3", _exponent, Mutant("m/(k(k + 1))", {"share": _square_law})),
    ),
    source="Barabási and Albert 1999",
    conventions=("starts from a star on m + 1 nodes", "targets of a node are distinct"),
)


def _plain(model: Model, draw: Draw) -> Outcome:
    degrees = draw.integers(1, 6, 5).to(torch.float64)
    one = torch.ones_like(degrees)
    return worst(
        equal(model.attach(degrees, one, draw.tensor(1.0)), degrees / degrees.sum()),
        equal(model.attach(degrees, one, draw.tensor(0.0)), 0.2),
    )


def _relative(model: Model, draw: Draw) -> Outcome:
    degrees, h, gamma = draw.integers(1, 6, 5).to(torch.float64), draw.uniform(0.2, 2, 5), draw.uniform(0.3, 2)
    found = model.attach(degrees, h, gamma)
    odds = (h / h[0]) * torch.exp(gamma * (torch.log(degrees) - torch.log(degrees[0])))
    return worst(
        equal(found.sum(), 1.0), equal(found / found[0], odds), equal(model.attach(degrees, 3 * h, gamma), found)
    )


def _near(model: Model, draw: Draw) -> Outcome:
    x, others, s = draw.normal(2), draw.normal(6, 2), draw.uniform(0.3, 2)
    h = model.similarity(x[None], others, s)[0]
    distance = torch.sqrt(((x - others) ** 2).sum(-1))
    order = torch.argsort(distance)
    turn, shift = draw.orthogonal(2), draw.normal(2)
    return worst(
        true(torch.diff(h[order]) < 0),
        equal(torch.log(h) * 2 * s**2, -(distance**2), 1e-9),
        equal(model.similarity(x[None] @ turn + shift, others @ turn + shift, s)[0], h),
    )


def _linear_gamma(degrees: Tensor, similarity: Tensor, gamma: Tensor) -> Tensor:
    weight = similarity * degrees * gamma
    return weight / weight.sum(-1, keepdim=True).clamp_min(1e-300)


def _added(degrees: Tensor, similarity: Tensor, gamma: Tensor) -> Tensor:
    weight = similarity + degrees**gamma
    return weight / weight.sum(-1, keepdim=True)


def _by_variance(x: Tensor, y: Tensor, length: Tensor) -> Tensor:
    return two_samples.gaussian_kernel(x, y, torch.sqrt(length))


FEATURES = Specification(
    name="feature_attachment",
    family="graphs",
    systems=(190,),
    title="Feature-conditioned attachment",
    statement="P(new node i takes j) ∝ h(x_i, x_j) d_j^γ",
    page=PAGE,
    functions={"attach": attachment.attach_by_features, "similarity": two_samples.gaussian_kernel},
    properties=(
        Property(
            "h = 1 and γ = 1 is preferential attachment", _plain, Mutant("γ d for d^γ", {"attach": _linear_gamma})
        ),
        Property("odds are h times d^γ, whatever h's scale", _relative, Mutant("h + d^γ", {"attach": _added})),
        Property("similar nodes are likelier", _near, Mutant("s for s²", {"similarity": _by_variance})),
    ),
    source="Newman 2018, section 13.1",
)

SPECIFICATIONS = (BA, FEATURES)
