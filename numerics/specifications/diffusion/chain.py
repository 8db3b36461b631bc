"""Diffusion chains and DDPM: rows 152 and 153."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
    Panel,
    Property,
    Result,
    Specification,
    Task,
)
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, close, equal, gradient, worst
from numerics.specifications.training import read
from reference_models.autoencoders import hierarchical
from reference_models.diffusion import chain


def _tables(draw: Draw) -> tuple[Tensor, Tensor, Tensor]:
    q, p = draw.simplex(3, 3, 3), draw.simplex(3, 3, 3)
    return q, draw.simplex(3), p


def _telescopes(model: Model, draw: Draw) -> Outcome:
    at = _tables(draw)
    return close(model.telescoped_elbo(*at), model.path_elbo(*at))


def _way_back_free(q: Tensor, prior: Tensor, p: Tensor) -> Tensor:
    """The wrong regrouping: q(x_{t−1} | x_t) without x_0, from the marginals under a uniform x_0."""
    k = prior.numel()
    eye = torch.eye(k, dtype=prior.dtype, device=prior.device)
    at = [eye]
    for kernel in q:
        at.append(at[-1] @ kernel)
    total = (at[1] * torch.log(p[0]).mT).sum(1)
    for t in range(2, len(q) + 1):
        margin = at[t - 1].mean(0)
        back = margin[:, None] * q[t - 1] / (margin @ q[t - 1])  # (x_{t−1}, x_t)
        total = total - at[t] @ (back * (torch.log(back) - torch.log(p[t - 1]).mT)).sum(0)
    return total - (at[-1] * torch.log(at[-1] / prior)).sum(1)


def _below_evidence(model: Model, draw: Draw) -> Outcome:
    q, prior, p = _tables(draw)
    evidence = torch.log(prior @ p[2] @ p[1] @ p[0])
    start = draw.simplex(3)
    laws = [start]
    for kernel in q:
        laws.append(laws[-1] @ kernel)
    best = torch.stack([(laws[t][:, None] * q[t]).mT / laws[t + 1][:, None] for t in range(3)])
    exact = (start * (model.path_elbo(q, laws[-1], best) - torch.log(start))).sum()  # the true way back: tight
    return worst(at_most(model.path_elbo(q, prior, p), evidence), equal(exact, 0.0, 1e-9))


def _without_entropy(q: Tensor, prior: Tensor, p: Tensor) -> Tensor:
    k = prior.numel()
    paths = torch.cartesian_prod(*[torch.arange(k, device=q.device)] * (len(q) + 1))
    forward = torch.stack([q[t][paths[:, t], paths[:, t + 1]] for t in range(len(q))]).prod(0)
    backward = torch.stack([p[t][paths[:, t + 1], paths[:, t]] for t in range(len(p))]).prod(0) * prior[paths[:, -1]]
    return torch.zeros_like(prior).index_add(0, paths[:, 0], forward * torch.log(backward))


def _reverse_is_gaussian(model: Model, draw: Draw) -> Outcome:
    """Excess kurtosis of q(x_{t−1} | x_t), x_{t−1} a mixture of two normals, at small β: near 0."""
    centre, at = draw.uniform(1.0, 1.5), draw.uniform(-0.1, 0.1)
    x = torch.linspace(-5, 5, 4001, dtype=torch.float64, device=draw.device)
    normal = torch.distributions.Normal
    data = torch.logaddexp(normal(centre, 0.5).log_prob(x), normal(-centre, 0.5).log_prob(x))
    sizes = []
    for beta in (0.003, 0.001):
        mean = model.step(x, draw.tensor(beta), torch.zeros_like(x))
        std = model.step(draw.tensor(0.0), draw.tensor(beta), draw.tensor(1.0))
        log_w = data + normal(mean, std).log_prob(at)
        w = torch.softmax(log_w, 0)
        m = (w * x).sum()
        v = (w * (x - m) ** 2).sum()
        sizes.append(abs(float((w * (x - m) ** 4).sum() / v**2 - 3)))
    return worst(equal(sizes[0], 0.0, 0.02), equal(sizes[1], 0.0, 0.02))


def _variance_added(x: Tensor, beta: Tensor, noise: Tensor) -> Tensor:
    return torch.sqrt(1 - beta) * x + torch.sqrt(beta + 0.3) * noise


DIFFUSION = Specification(
    name="diffusion_chain",
    family="diffusion",
    systems=(152,),
    title="Diffusion probabilistic model",
    statement="log p(x_0) ≥ E_q log p(x_0 … x_T)/q(x_1 … x_T | x_0), fixed kernels q, learned way back p",
    page="reference_models.diffusion.chain",
    functions={
        "path_elbo": hierarchical.path_elbo,
        "telescoped_elbo": hierarchical.telescoped_elbo,
        "step": chain.step,
    },
    properties=(
        Property(
            "the ELBO telescopes into KLs given x_0, on random tables",
            _telescopes,
            Mutant("the way back is not given x_0", {"telescoped_elbo": _way_back_free}),
        ),
        Property(
            "below log p(x_0), and equal for the true way back",
            _below_evidence,
            Mutant("−log q is left out", {"path_elbo": _without_entropy}),
        ),
        Property(
            "the way back of a small step is nearly normal",
            _reverse_is_gaussian,
            Mutant("0.3 of variance is added to every step", {"step": _variance_added}),
        ),
    ),
    source="Sohl-Dickstein et al. 2015, section 2",
    conventions=("finite states, exact sums", "t = 0 is data"),
)


def random_schedule(draw: Draw, steps: int = 6) -> Tensor:
    return chain.bars_of(draw.uniform(0.02, 0.4, steps))


def _composition(model: Model, draw: Draw) -> Outcome:
    """T steps of unit-Jacobian noise have the variance and the mean of one jump."""
    beta, x0 = draw.uniform(0.02, 0.4, 5), draw.normal()

    def run(noise: Tensor) -> Tensor:
        x = x0
        for b, e in zip(beta, noise, strict=True):
            x = model.step(x, b, e)
        return x

    slopes = gradient(run, torch.zeros(5, dtype=torch.float64, device=draw.device))
    bar = model.bars_of(beta)[-1]
    once = gradient(lambda e: model.jump(x0, bar, e), draw.tensor(0.0))
    zero = torch.zeros(5, dtype=torch.float64, device=draw.device)
    return worst(close((slopes**2).sum(), once**2), close(run(zero), model.jump(x0, bar, draw.tensor(0.0))))


def _std_for_variance(x0: Tensor, bar: Tensor, noise: Tensor) -> Tensor:
    return torch.sqrt(bar) * x0 + (1 - bar) * noise


def _bayes(model: Model, draw: Draw) -> Outcome:
    """Mean and variance of q(x_{t−1} | x_t, x_0) from the joint normal law of both given x_0."""
    bars, t, x0, x = random_schedule(draw), draw.whole(2, 6), draw.normal(3), draw.normal(3)
    bar, before = bars[t], bars[t - 1]
    alpha = bar / before
    both, own, other = torch.sqrt(alpha) * (1 - before), 1 - before, 1 - bar  # covariances given x_0
    gain = both / other
    mean = torch.sqrt(before) * x0 + gain * (x - torch.sqrt(bar) * x0)
    found, variance = model.posterior(x, x0, bar, before)
    return worst(close(found, mean), close(variance, own - gain * both))


def _swapped(x: Tensor, x0: Tensor, bar: Tensor, before: Tensor) -> tuple[Tensor, Tensor]:
    alpha = bar / before
    mean = (torch.sqrt(before) * (1 - alpha) * x0 + torch.sqrt(alpha) * (1 - before) * x) / (1 - bar)
    return mean, 1 - alpha


def _forms(model: Model, draw: Draw) -> Outcome:
    bars, t = random_schedule(draw), draw.whole(2, 6)
    bar, before, x0, noise = bars[t], bars[t - 1], draw.normal(4, 3), draw.normal(4, 3)
    x = model.jump(x0, bar, noise)
    score = gradient(lambda v: torch.distributions.Normal(torch.sqrt(bar) * x0, torch.sqrt(1 - bar)).log_prob(v), x)
    v = model.velocity_of(x0, noise, bar)
    return worst(
        close(model.start_of(x, noise, bar), x0),
        close(model.score_of(noise, bar), score),
        close(torch.sqrt(bar) * x - torch.sqrt(1 - bar) * v, x0),
        close(model.reverse_mean(x, noise, bar, before), model.posterior(x, x0, bar, before)[0]),
    )


def _one_alpha(x: Tensor, eps: Tensor, bar: Tensor, before: Tensor) -> Tensor:
    alpha = bar / before
    return (x - (1 - alpha) / torch.sqrt(1 - alpha) * eps) / torch.sqrt(alpha)


def _weights(model: Model, draw: Draw) -> Outcome:
    bars, t = random_schedule(draw), draw.whole(2, 6)
    bar, before, x0, noise, guess = bars[t], bars[t - 1], draw.normal(3), draw.normal(3), draw.normal(3)
    x = chain.jump(x0, bar, noise)
    mean, variance = chain.posterior(x, x0, bar, before)
    law = torch.distributions.Normal(mean, torch.sqrt(variance))
    other = torch.distributions.Normal(chain.reverse_mean(x, guess, bar, before), torch.sqrt(variance))
    expected = torch.distributions.kl_divergence(law, other).sum()
    return close(model.loss_weight(bar, before) * ((noise - guess) ** 2).sum(), expected)


def _without_half(bar: Tensor, before: Tensor) -> Tensor:
    return 2 * chain.loss_weight(bar, before)


def best_noise(mean: Tensor, std: Tensor, bars: Tensor) -> chain.Network:
    """The best noise prediction for data N(mean, std²)."""

    def eps(x: Tensor, t: int) -> Tensor:
        variance = bars[t] * std**2 + 1 - bars[t]
        return torch.sqrt(1 - bars[t]) * (x - torch.sqrt(bars[t]) * mean) / variance

    return eps


def _sampler(model: Model, draw: Draw) -> Outcome:
    """With the exact noise of a point mass, sampling ends in it whatever the noise."""
    bars, point = random_schedule(draw), draw.normal(1)
    eps = best_noise(point, draw.tensor(0.0), bars)
    return close(model.sample(eps, draw.normal(6, 5, 1), bars), point.expand(5, 1), 1e-8)


def _noise_at_the_end(eps: chain.Network, noise: Tensor, bars: Tensor) -> Tensor:
    return chain.sample(eps, noise, bars) + torch.sqrt(1 - bars[1]) * noise[0]


def _from_diffusers(inputs: Mapping[str, Any]) -> Answers:
    from diffusers import DDIMScheduler, DDPMScheduler

    found = DDPMScheduler(num_train_timesteps=1000, clip_sample=False, variance_type="fixed_small")
    double = torch.linspace(1e-4, 0.02, 1000, dtype=torch.float64)
    found.betas, found.alphas = double, 1 - double
    found.alphas_cumprod, found.one = torch.cumprod(1 - double, 0), torch.tensor(1.0, dtype=torch.float64)
    x, eps = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "eps"))
    times = inputs["t"]
    other = DDIMScheduler(num_train_timesteps=1000, clip_sample=False)
    other.alphas_cumprod, other.final_alpha_cumprod = found.alphas_cumprod, found.one
    other.set_timesteps(1000)
    return {
        "variance": [float(found._get_variance(t - 1)) for t in times],
        "jump": [found.add_noise(x, eps, torch.tensor([t - 1])).tolist() for t in times],
        "velocity": [found.get_velocity(x, eps, torch.tensor([t - 1])).tolist() for t in times],
        "start": [other.step(eps, t - 1, x).pred_original_sample.tolist() for t in times],
    }


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, eps = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "eps"))
    bars = model.bars_of(model.linear_schedule(1000))
    times = inputs["t"]
    return {
        "variance": torch.stack([model.posterior(x, x, bars[t], bars[t - 1])[1] for t in times]),
        "jump": torch.stack([model.jump(x, bars[t], eps) for t in times]),
        "velocity": torch.stack([model.velocity_of(x, eps, bars[t]) for t in times]),
        "start": torch.stack([model.start_of(x, eps, bars[t]) for t in times]),
    }


def _fit_noise(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """A small network learns the noise of N(1, 1/2²): its loss comes down to the floor, samples have the law."""
    steps, mean, std = 40, draw.tensor(1.0), draw.tensor(0.5)
    bars = model.bars_of(torch.linspace(0.01, 0.3, steps, dtype=torch.float64, device=draw.device))
    share = bars[1:] * std**2 / (bars[1:] * std**2 + 1 - bars[1:])
    floor = float(share.mean())  # E|ε − E[ε|x_t]|² = ᾱ s²/(ᾱ s² + 1 − ᾱ)
    at = [(0.5 * draw.normal(*s)).requires_grad_() for s in ((3, 48), (48,), (48, 48), (48,), (48, 1))]

    def network(x: Tensor, t: Tensor) -> Tensor:
        level = torch.sqrt(1 - bars[t])[:, None].expand(len(x), 1)
        h = torch.tanh(torch.cat([x, level, torch.sqrt(1 - level**2)], 1) @ at[0] + at[1])
        return torch.tanh(h @ at[2] + at[3]) @ at[4]

    optimiser, kept, rounds = torch.optim.Adam(at, lr=3e-3), [], 1200
    for step in range(rounds):
        optimiser.param_groups[0]["lr"] = 3e-3 * min(1.0, 2 * (1 - step / rounds))
        optimiser.zero_grad()
        t = draw.integers(1, steps, 256)
        noise, x0 = draw.normal(256, 1), mean + std * draw.normal(256, 1)
        loss = ((noise - network(model.jump(x0, bars[t][:, None], noise), t)) ** 2).mean()
        torch.autograd.backward(loss)
        optimiser.step()
        kept.append(loss.detach())
        progress(0.9 * (step + 1) / rounds)
    losses = read(kept)
    with torch.no_grad():
        t = torch.arange(1, steps + 1, device=draw.device).repeat(2000)
        noise, x0 = draw.normal(len(t), 1), mean + std * draw.normal(len(t), 1)
        found = float(((noise - network(model.jump(x0, bars[t][:, None], noise), t)) ** 2).mean())
        flat = torch.ones(4000, dtype=torch.int64, device=draw.device)
        drawn = model.sample(lambda x, k: network(x, k * flat), draw.normal(steps, 4000, 1), bars)
    exact = model.sample(best_noise(mean, std, bars), draw.normal(steps, 4000, 1), bars)
    edges = torch.linspace(-1, 3, 41, dtype=torch.float64)
    share, ideal = (torch.histogram(x[:, 0].cpu(), edges).hist / (4000 * 0.1) for x in (drawn, exact))
    middles = (edges[1:] + edges[:-1]) / 2
    density = torch.exp(torch.distributions.Normal(mean.cpu(), std.cpu()).log_prob(middles))
    return Result(
        figures=(
            Figure("noise loss on new points", found, predicted=floor, allowed=0.02),
            Figure("mean of the samples", float(drawn.mean()), predicted=1.0, allowed=0.06),
            Figure("deviation of the samples", float(drawn.std()), predicted=float(exact.std()), allowed=0.06),
        ),
        panels=(
            Panel(
                "draws",
                "lines",
                {
                    "draws": (middles, share),
                    "with the exact noise": (middles, ideal),
                    "N(1, 1/2²)": (middles, density),
                },
            ),
            Panel(
                "loss against its floor",
                "lines",
                {"loss": (range(rounds), losses), "floor": ([0, rounds - 1], [floor, floor])},
            ),
        ),
    )


DDPM = Specification(
    name="ddpm",
    family="diffusion",
    systems=(153,),
    title="DDPM",
    statement="q(x_t | x_0) = N(√ᾱ_t x_0, (1 − ᾱ_t) I), L = E|ε − ε_θ(x_t, t)|²",
    page="reference_models.diffusion.chain",
    functions={
        name: getattr(chain, name)
        for name in (
            "linear_schedule bars_of step jump start_of score_of velocity_of posterior reverse_mean loss_weight sample"
        ).split()
    },
    properties=(
        Property("steps compose to the jump", _composition, Mutant("1 − ᾱ for its root", {"jump": _std_for_variance})),
        Property(
            "the way back given x_0 is the conditional of a joint normal",
            _bayes,
            Mutant("β_t for its variance", {"posterior": _swapped}),
        ),
        Property(
            "noise, start, velocity, score and mean say the same",
            _forms,
            Mutant("√(1 − α_t) for √(1 − ᾱ_t)", {"reverse_mean": _one_alpha}),
        ),
        Property(
            "the weight of the noise error is that of the KL",
            _weights,
            Mutant("the factor 1/2 is lost", {"loss_weight": _without_half}),
        ),
        Property(
            "exact noise of a point leads back to it",
            _sampler,
            Mutant("noise is added after the last step", {"sample": _noise_at_the_end}),
        ),
    ),
    source="Ho, Jain and Abbeel 2020, sections 2 and 3",
    oracles=(
        Oracle(
            package="diffusers",
            inputs={"x": [0.3, -1.2, 0.8], "eps": [1.1, 0.4, -0.9], "t": [2, 11, 501, 1000]},
            ask=_from_diffusers,
            tell=_ours,
            tolerance=1e-9,
            conversion="diffusers counts t from 0; its float32 schedule is replaced by the same one in float64",
        ),
    ),
    task=Task("a normal law on the line", _fit_noise, training=True),
    conventions=("β and σ² are variances", "t = 1 … T", "no noise at t = 1"),
)


SPECIFICATIONS = (DIFFUSION, DDPM)
