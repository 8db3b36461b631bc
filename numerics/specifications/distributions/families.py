"""Boltzmann laws, exponential families and the empirical law: rows 17, 18 and 19."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import Answers, Model, Mutant, Oracle, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, equal, gradient, true, worst
from reference_models.distributions import families

PAGE = "reference_models.distributions.families"


def _tempered(model: Model, draw: Draw) -> Outcome:
    energy, t = draw.normal(4, 5), draw.uniform(0.3, 3, 4)
    power = model.boltzmann(energy, torch.ones_like(t)) ** (1 / t[:, None])
    return equal(model.boltzmann(energy, t), power / power.sum(-1, keepdim=True))


def _by_definition(model: Model, draw: Draw) -> Outcome:
    energy, t = draw.normal(4, 5), draw.uniform(0.3, 3, 4)
    weights = torch.exp(-energy / t[:, None])
    return worst(
        equal(model.boltzmann(energy, t), weights / weights.sum(-1, keepdim=True)),
        equal(model.log_partition(energy, t), torch.log(weights.sum(-1))),
    )


def _heating(model: Model, draw: Draw) -> Outcome:
    energy, t = draw.normal(4, 5), draw.uniform(0.3, 3, 4)
    rise = gradient(lambda v: model.entropy(energy, v), t)
    p = model.boltzmann(energy, t)
    variance = (p * energy**2).sum(-1) - (p * energy).sum(-1) ** 2
    return worst(at_most(-rise, 0.0), equal(rise, variance / t**3, 1e-8))


def _extremes(model: Model, draw: Draw) -> Outcome:
    energy = draw.tensor([0.0, 1.0, 0.0, 2.0]) + draw.normal(1)
    cold, hot = model.boltzmann(energy, draw.tensor(1e-2)), model.boltzmann(energy, draw.tensor(1e9))
    return worst(equal(cold, draw.tensor([0.5, 0, 0.5, 0])), equal(hot, 0.25, 1e-8))


def _offsets(model: Model, draw: Draw) -> Outcome:
    energy, t, c = draw.normal(4, 5), draw.uniform(0.3, 3, 4), draw.uniform(-300, 300)
    return worst(
        equal(model.boltzmann(energy + c, t), model.boltzmann(energy, t), 1e-9),
        equal(model.entropy(energy + c, t), model.entropy(energy, t), 1e-9),
        equal(model.log_partition(energy + c, t), model.log_partition(energy, t) - c / t, 1e-9),
    )


def _uphill(energy: Tensor, temperature: Tensor) -> Tensor:
    return torch.softmax(energy / temperature[..., None], -1)


def _multiplied(energy: Tensor, temperature: Tensor) -> Tensor:
    return torch.softmax(-energy * temperature[..., None], -1)


def _free_energy(energy: Tensor, temperature: Tensor) -> Tensor:
    return -temperature * torch.logsumexp(-energy / temperature[..., None], -1)


def _without_energy(energy: Tensor, temperature: Tensor) -> Tensor:
    return torch.logsumexp(-energy / temperature[..., None], -1)


def _boltzmann_asked(inputs: Mapping[str, Any]) -> Answers:
    import numpy as np
    from scipy.special import logsumexp, softmax
    from scipy.stats import entropy

    scaled = -np.array(inputs["energy"]) / np.array(inputs["temperature"])[:, None]
    p = softmax(scaled, axis=1)
    return {
        "boltzmann": p.tolist(),
        "log_partition": logsumexp(scaled, axis=1).tolist(),
        "entropy": entropy(p, axis=1).tolist(),
    }


def _boltzmann_told(model: Model, inputs: Mapping[str, Any]) -> Answers:
    parts = [torch.tensor(inputs[name], dtype=torch.float64) for name in ("energy", "temperature")]
    return {
        "boltzmann": model.boltzmann(*parts),
        "log_partition": model.log_partition(*parts),
        "entropy": model.entropy(*parts),
    }


BOLTZMANN = Specification(
    name="boltzmann",
    family="distributions",
    systems=(17,),
    title="Boltzmann law",
    statement="p_T(x) = e^(−E(x)/T) / Z_T",
    page=PAGE,
    functions={
        "boltzmann": families.boltzmann,
        "log_partition": families.boltzmann_log_partition,
        "entropy": families.boltzmann_entropy,
    },
    properties=(
        Property("weights over their sum", _by_definition, Mutant("e^(+E/T)", {"boltzmann": _uphill})),
        Property("p_T ∝ p_1^(1/T)", _tempered, Mutant("p_1^T", {"boltzmann": _multiplied})),
        Property("dH/dT = Var E/T³ ≥ 0", _heating, Mutant("H is log Z alone", {"entropy": _without_energy})),
        Property("cold: the minima; hot: uniform", _extremes, Mutant("p_1^T", {"boltzmann": _multiplied})),
        Property(
            "E + c changes nothing but log Z", _offsets, Mutant("the free energy", {"log_partition": _free_energy})
        ),
    ),
    source="MacKay 2003, chapter 31",
    oracles=(
        Oracle(
            package="scipy",
            inputs={"energy": [[0.0, 1.0, -0.5], [3.0, 0.2, 0.1]], "temperature": [0.5, 2.0]},
            ask=_boltzmann_asked,
            tell=_boltzmann_told,
            tolerance=1e-12,
            conversion="softmax of −E/T; entropy in nats",
        ),
    ),
    conventions=("k_B = 1", "nats"),
)


def _family(draw: Draw) -> tuple[Tensor, Tensor, Tensor]:
    return draw.normal(2), draw.normal(6, 2), draw.normal(6)


def _unit_mass(model: Model, draw: Draw) -> Outcome:
    eta, statistics, base = _family(draw)
    weights = torch.exp(base) * torch.exp(statistics @ eta)
    return equal(torch.exp(model.log_prob(eta, statistics, base)), weights / weights.sum())


def _first_derivative(model: Model, draw: Draw) -> Outcome:
    eta, statistics, base = _family(draw)
    slope = gradient(lambda v: model.log_partition(v, statistics, base), eta)
    return equal(slope, torch.exp(model.log_prob(eta, statistics, base)) @ statistics)


def _second_derivative(model: Model, draw: Draw) -> Outcome:
    eta, statistics, base = _family(draw)
    curvature = torch.func.hessian(lambda v: model.log_partition(v, statistics, base))(eta)
    p = torch.exp(model.log_prob(eta, statistics, base))
    off = statistics - p @ statistics
    return equal(curvature, off.mT @ (p[:, None] * off), 1e-9)


def _matched(model: Model, draw: Draw) -> Outcome:
    _, statistics, base = _family(draw)
    x = torch.cat([torch.arange(6, device=draw.device), draw.integers(0, 5, 8)])
    found = model.moment_match(statistics[x].mean(0), statistics, base)
    likelihood = gradient(lambda v: model.log_prob(v, statistics, base)[x].mean(), found)
    return equal(likelihood, 0.0, 1e-9)


def _ising_member(model: Model, draw: Draw) -> Outcome:
    statistics, eta = model.ising_statistics(3).to(draw.device), draw.normal(6)
    total = draw.tensor(0.0)
    for a in (-1, 1):
        for b in (-1, 1):
            for c in (-1, 1):
                total = total + torch.exp(
                    eta[0] * a + eta[1] * b + eta[2] * c + eta[3] * a * b + eta[4] * a * c + eta[5] * b * c
                )
    return worst(
        equal(model.log_partition(eta, statistics, torch.zeros_like(statistics[:, 0])), torch.log(total)),
        true(statistics.shape[0] == 2**3),
    )


def _no_base(eta: Tensor, statistics: Tensor, log_base: Tensor) -> Tensor:
    return torch.logsumexp(eta @ statistics.mT, -1)


def _averaged(eta: Tensor, statistics: Tensor, log_base: Tensor) -> Tensor:
    mean: Tensor = torch.log(torch.tensor(float(statistics.shape[0])))
    return 2 * families.log_partition(eta / 2, statistics, log_base) - mean


def _no_base_prob(eta: Tensor, statistics: Tensor, log_base: Tensor) -> Tensor:
    return torch.log_softmax(eta @ statistics.mT, -1)


def _one_step(target: Tensor, statistics: Tensor, log_base: Tensor, steps: int = 60) -> Tensor:
    return families.moment_match(target, statistics, log_base, 1)


def _with_squares(n: int) -> Tensor:
    states = families.ising_statistics(n)[:, :n]
    first, second = torch.triu_indices(n, n, 0)[:, : n * (n - 1) // 2]
    return torch.cat([states, states[:, first] * states[:, second]], 1)


EXPONENTIAL_FAMILY = Specification(
    name="exponential_family",
    family="distributions",
    systems=(18,),
    title="Exponential family",
    statement="p(x) = h(x) e^(ηᵀT(x) − A(η)), A = log Σ h e^(ηᵀT)",
    page=PAGE,
    functions={
        "log_partition": families.log_partition,
        "log_prob": families.log_prob,
        "moment_match": families.moment_match,
        "ising_statistics": families.ising_statistics,
    },
    properties=(
        Property("weights over their sum", _unit_mass, Mutant("h is missing", {"log_prob": _no_base_prob})),
        Property("∇A = E T", _first_derivative, Mutant("h is missing from A", {"log_partition": _no_base})),
        Property("∇²A = Cov T", _second_derivative, Mutant("2A(η/2) − log N", {"log_partition": _averaged})),
        Property("the MLE matches moments", _matched, Mutant("one step", {"moment_match": _one_step})),
        Property(
            "the Ising member sums 2ⁿ states",
            _ising_member,
            Mutant("s_i s_i among the pairs", {"ising_statistics": _with_squares}),
        ),
    ),
    source="Wainwright and Jordan 2008, section 3",
    conventions=("finite sets; log h is an argument",),
)


def _shares(model: Model, draw: Draw) -> Outcome:
    x = draw.integers(0, 3, 15)
    expected = torch.stack([(x == k).to(torch.float64).mean() for k in range(4)])
    return equal(model.empirical(x, 4), expected)


def _kl_is_likelihood(model: Model, draw: Draw) -> Outcome:
    x = torch.cat([draw.integers(0, 1, 11), torch.arange(4, device=draw.device)])
    laws = draw.simplex(6, 4)
    share = model.empirical(x, 4)
    kl = (torch.xlogy(share, share) - share * torch.log(laws)).sum(-1)
    nll = -torch.log(laws)[:, x].mean(-1)
    entropy = -torch.xlogy(share, share).sum()
    own = (torch.xlogy(share, share) - torch.xlogy(share, share)).sum()
    return worst(equal(kl + entropy, nll), at_most(own, kl), true(kl.argmin() == nll.argmin()))


def _plug_in(model: Model, draw: Draw) -> Outcome:
    x, values = draw.integers(0, 3, 12), draw.normal(4)
    share, seen = model.empirical(x, 4), values[x]
    mean = share @ values
    return worst(
        equal(model.plug_in_mean(seen), mean), equal(model.plug_in_variance(seen), share @ (values - mean) ** 2)
    )


def _smoothed(x: Tensor, k: int) -> Tensor:
    return (torch.bincount(x, minlength=k) + 1.0).to(torch.float64) / (x.shape[0] + k)


def _distinct(x: Tensor, k: int) -> Tensor:
    seen = (torch.bincount(x, minlength=k) > 0).to(torch.float64)
    return seen / seen.sum()


def _corrected(x: Tensor) -> Tensor:
    return x.var(0)


def _middle(x: Tensor) -> Tensor:
    return x.median(0).values


EMPIRICAL = Specification(
    name="empirical",
    family="distributions",
    systems=(19,),
    title="Empirical distribution",
    statement="p̂ = (1/n) Σ δ_{x_i}",
    page=PAGE,
    functions={
        "empirical": families.empirical,
        "plug_in_mean": families.plug_in_mean,
        "plug_in_variance": families.plug_in_variance,
    },
    properties=(
        Property("shares of each value", _shares, Mutant("a count is added to each", {"empirical": _smoothed})),
        Property(
            "KL(p̂ ‖ q) + H(p̂) is the mean negative log-likelihood",
            _kl_is_likelihood,
            Mutant("values count once", {"empirical": _distinct}),
        ),
        Property("plug-in mean and variance", _plug_in, Mutant("1/(n − 1)", {"plug_in_variance": _corrected})),
        Property("plug-in mean", _plug_in, Mutant("the middle value", {"plug_in_mean": _middle})),
    ),
    source="Wasserman 2004, chapter 7",
    conventions=("variances divide by n",),
)

SPECIFICATIONS = (BOLTZMANN, EXPONENTIAL_FAMILY, EMPIRICAL)
