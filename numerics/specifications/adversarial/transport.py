"""WGAN and MMD-GAN: rows 139 and 141."""

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
from numerics.specifications.outcomes import at_most, close, equal, mean_is, worst
from reference_models.adversarial import transport
from reference_models.divergences import two_samples
from reference_models.divergences.transport import dual_value, wasserstein_of_laws_on_line


def _line(draw: Draw, k: int = 5) -> tuple[Tensor, Tensor, Tensor]:
    return draw.uniform(0.1, 1, k).cumsum(0), draw.simplex(k), draw.simplex(k)


def _primal(points: Tensor, p: Tensor, q: Tensor) -> float:
    """The least cost of moving p to q, as a linear programme."""
    import numpy as np
    from scipy.optimize import linprog

    k = len(p)
    cost = (points[:, None] - points).abs().flatten().tolist()
    rows = np.zeros((2 * k, k * k))
    for i in range(k):
        rows[i, i * k : (i + 1) * k] = 1
        rows[k + i, i::k] = 1
    found = linprog(cost, A_eq=rows, b_eq=[*p.tolist(), *q.tolist()], method="highs")
    return float(found.fun)


def _dual_is_primal(model: Model, draw: Draw) -> Outcome:
    points, p, q = _line(draw)
    value = model.critic_value(model.best_critic(p, q, points), p, q)
    primal = _primal(points, p, q)
    return worst(close(value, primal, 1e-7), close(model.distance(p, q, points), primal, 1e-7))


def _squared_gaps(points: Tensor, p: Tensor, q: Tensor) -> Tensor:
    return torch.sqrt(((p - q).cumsum(-1)[:-1] ** 2 * (points[1:] - points[:-1])).sum(-1))


def _lipschitz(model: Model, draw: Draw) -> Outcome:
    """The best critic has slope at most 1 between any two points; no critic of slope 1 does better."""
    points, p, q = _line(draw)
    f = model.best_critic(p, q, points)
    slopes = (f[:, None] - f).abs() - (points[:, None] - points).abs()
    steps = draw.uniform(-1, 1, 50, 4) * (points[1:] - points[:-1])
    others = torch.cat([torch.zeros(50, 1, dtype=p.dtype, device=p.device), steps.cumsum(-1)], -1)
    return worst(at_most(slopes, 0.0, 1e-12), at_most(model.critic_value(others, p, q), model.critic_value(f, p, q)))


def _unclipped(p: Tensor, q: Tensor, points: Tensor) -> Tensor:
    return 1.1 * transport.best_critic(p, q, points)


def _theta(model: Model, draw: Draw) -> Outcome:
    """Two parallel point masses θ apart: W_1 = |θ|, with a slope wherever θ isn't 0 (JSD is log 2 all along)."""
    theta = draw.uniform(0.2, 3) * torch.sign(draw.normal())
    points = torch.sort(torch.stack([0 * theta, theta])).values
    at_zero = (points == 0).to(torch.float64)
    return close(model.distance(at_zero, 1 - at_zero, points), theta.abs())


def _penalty(model: Model, draw: Draw) -> Outcome:
    """A linear critic w·x has penalty (|w| − 1)²; a unit one none; a bent one by its slopes at the mixtures."""
    real, fake, u, w = draw.normal(6, 3), draw.normal(6, 3), draw.uniform(0, 1, 6, 1), draw.normal(3)
    unit = w / w.norm()
    bent = model.gradient_penalty(lambda x: (x**2).sum(-1) / 2, real, fake, u)
    mixed = u * real + (1 - u) * fake
    return worst(
        close(model.gradient_penalty(lambda x: x @ w, real, fake, u), (w.norm() - 1) ** 2),
        equal(model.gradient_penalty(lambda x: x @ unit, real, fake, u), 0.0),
        close(bent, ((mixed.norm(dim=-1) - 1) ** 2).mean()),
    )


def _at_the_data(critic: transport.Critic, real: Tensor, fake: Tensor, u: Tensor) -> Tensor:
    return transport.gradient_penalty(critic, real, fake, torch.ones_like(u))


def _zero_sum(model: Model, draw: Draw) -> Outcome:
    """Critic and generator play against each other: moving every fake by δ changes both by the same, with signs."""
    real, fake, w, delta = draw.normal(6, 3), draw.normal(6, 3), draw.normal(3), draw.normal(3)

    def f(x: Tensor) -> Tensor:
        return x @ w

    change = model.critic_loss(f, real, fake + delta) - model.critic_loss(f, real, fake)
    other = model.generator_loss(f, fake + delta) - model.generator_loss(f, fake)
    return worst(close(change, delta @ w), close(other, -change))


def _clip(model: Model, draw: Draw) -> Outcome:
    w = torch.cat([0.05 * draw.normal(20), draw.uniform(-0.009, 0.009, 20)])
    found = model.clipped(w, 0.01)
    return worst(at_most(found.abs(), 0.01), equal(found[20:], w[20:]))


def _from_pot(inputs: Mapping[str, Any]) -> Answers:
    import numpy as np
    import ot

    points, p, q = (np.array(inputs[name]) for name in ("points", "p", "q"))
    cost = np.abs(points[:, None] - points[None])
    return {"distance": float(ot.emd2(p, q, cost))}


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    points, p, q = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("points", "p", "q"))
    return {"distance": model.distance(p, q, points)}


def _learn_critic(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """A critic with penalty between N(0, 1) and N(−3, 1); and the game on eight points with the best critic."""
    steps, weight = 800, 10.0
    at = [(0.5 * draw.normal(*s)).requires_grad_() for s in ((1, 32), (32,), (32, 1))]
    middles = (torch.arange(64, dtype=torch.float64, device=draw.device)[:, None] + 0.5) / 64
    real = torch.special.ndtri(middles)  # quantiles of N(0, 1) for draws

    def critic(x: Tensor) -> Tensor:
        return (torch.nn.functional.leaky_relu(x @ at[0] + at[1], 0.2) @ at[2])[..., 0]

    learner = torch.optim.Adam(at, lr=1e-2, betas=(0.0, 0.9))
    for step in range(steps):
        learner.param_groups[0]["lr"] = 1e-2 * (1 - step / steps)
        learner.zero_grad()
        penalty = model.gradient_penalty(critic, real, real - 3, draw.uniform(0, 1, 64, 1))
        torch.autograd.backward(model.critic_loss(critic, real, real - 3) + weight * penalty)
        learner.step()
        progress(0.8 * (step + 1) / steps)
    value = -float(model.critic_loss(critic, real, real - 3).detach())
    slope = torch.func.grad(lambda s: model.generator_loss(critic, s + real))(draw.tensor(-3.0))
    points, p, b, found = draw.uniform(0.1, 1, 8).cumsum(0), draw.simplex(8), draw.normal(8), []
    for step in range(4000):
        q = torch.softmax(b, -1)
        f = model.best_critic(p, q, points)
        found.append(float(model.critic_value(f, p, q)))
        b = b + 0.5 * (1 - step / 4000) * q * (f - (q * f).sum())  # up the critic, through the softmax
    progress(1.0)
    drawn = torch.multinomial(torch.softmax(b, -1), 5000, replacement=True, generator=draw.generator())
    share, places = torch.bincount(drawn, minlength=8) / 5000, list(range(8))
    slack = 1 + 3 / (2 * weight)  # a linear critic of slope s has 3 s − λ (s − 1)², greatest at s = 1 + 3/(2 λ)
    return Result(
        figures=(
            Figure("critic's value: W_1 = 3, times the penalty's slack", value, predicted=3 * slack, allowed=0.25),
            Figure("slope of the generator's loss in its shift", float(slope.detach()), predicted=-slack, allowed=0.15),
            Figure("W_1 at the end of the game on eight points", found[-1], predicted=0.0, allowed=0.01),
        ),
        panels=(
            Panel("eight points", "bars", {"data": (places, p.tolist()), "draws": (places, share.tolist())}),
            Panel("W_1 in the game on eight points", "lines", {"W_1": (range(4000), found)}),
        ),
    )


WGAN = Specification(
    name="wgan",
    family="adversarial",
    systems=(139,),
    title="Wasserstein GAN",
    statement="min_G max_{|f|_L ≤ 1} E f(x) − E f(G(z)) = W_1(p, q)",
    page="reference_models.adversarial.transport",
    functions={
        "critic_value": dual_value,
        "distance": wasserstein_of_laws_on_line,
        **{
            name: getattr(transport, name)
            for name in "best_critic critic_loss generator_loss gradient_penalty clipped".split()
        },
    },
    properties=(
        Property(
            "the dual is the primal, a linear programme",
            _dual_is_primal,
            Mutant("the square of the gap of distribution functions", {"distance": _squared_gaps}),
        ),
        Property(
            "the best critic has slope at most 1", _lipschitz, Mutant("a slope of 1.1", {"best_critic": _unclipped})
        ),
        Property(
            "two point masses: |θ|",
            _theta,
            Mutant("its square", {"distance": lambda p, q, x: wasserstein_of_laws_on_line(p, q, x) ** 2}),
        ),
        Property(
            "the penalty is taken at mixtures", _penalty, Mutant("at the data only", {"gradient_penalty": _at_the_data})
        ),
        Property(
            "the losses are opposite in the fakes",
            _zero_sum,
            Mutant("the generator's sign", {"generator_loss": lambda f, x: f(x).mean()}),
        ),
        Property("clipped weights", _clip, Mutant("scaled instead", {"clipped": lambda w, c: w * c / w.abs().max()})),
    ),
    source="Arjovsky, Chintala and Bottou 2017, sections 2 and 3; Gulrajani et al. 2017, section 4",
    oracles=(
        Oracle(
            package="POT",
            inputs={"points": [0.0, 0.5, 1.2, 3.0], "p": [0.1, 0.4, 0.2, 0.3], "q": [0.25, 0.25, 0.3, 0.2]},
            ask=_from_pot,
            tell=_ours,
            tolerance=1e-10,
            conversion="emd2 with the absolute distance as its cost",
        ),
    ),
    task=Task("two normal laws three apart, and two laws on eight points", _learn_critic, training=True),
    conventions=("the critic lowers E f(fake) − E f(real)", "W_1 with the absolute distance"),
)


def _kernels(model: Model, x: Tensor, y: Tensor, length: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Of the first sample with itself, of the second, and of both."""
    return model.kernel(x, x, length), model.kernel(y, y, length), model.kernel(x, y, length)


def _law_distance(model: Model, draw: Draw) -> Outcome:
    """On a finite space: 0 iff equal, and the square of a distance of mean embeddings (a root of the kernel)."""
    points, p, q = draw.normal(5, 2), draw.simplex(5), draw.simplex(5)
    gram = model.kernel(points, points, draw.tensor(1.0))
    values, vectors = torch.linalg.eigh(gram)
    features = vectors * torch.sqrt(values.clamp_min(0))  # k(x, y) = φ(x)·φ(y)
    embedded = p @ features - q @ features
    return worst(equal(model.of_laws(p, p, gram), 0.0), close(model.of_laws(p, q, gram), embedded @ embedded))


def _cross_term_once(p: Tensor, q: Tensor, gram: Tensor) -> Tensor:
    return p @ gram @ p + q @ gram @ q - p @ gram @ q


def _closed_form(model: Model, draw: Draw) -> Outcome:
    """E k(x, y) for normals by nodes: the mean of the kernel of N(a, s²) and N(b, r²) is a normal density's shape."""
    import numpy as np

    a, b, s, r, length = (
        draw.normal(),
        draw.normal(),
        draw.uniform(0.5, 1),
        draw.uniform(0.5, 1),
        draw.uniform(0.8, 1.5),
    )
    t, w = np.polynomial.hermite_e.hermegauss(40)
    nodes, weights = draw.tensor(t), draw.tensor(w / w.sum())
    gram = model.kernel((a + s * nodes)[:, None], (b + r * nodes)[:, None], length)
    total = s**2 + r**2 + length**2
    return close(weights @ gram @ weights, length / torch.sqrt(total) * torch.exp(-((a - b) ** 2) / (2 * total)), 1e-6)


def _unhalved(x: Tensor, y: Tensor, length: Tensor) -> Tensor:
    return torch.exp(-((x[:, None] - y[None]) ** 2).sum(-1) / length**2)


def _unbiased(model: Model, draw: Draw) -> Outcome:
    """The mean over small samples is the exact value for two normal laws (0 where they are equal)."""
    n, length, shift = 2500, draw.tensor(1.0), draw.uniform(0.5, 1.5)
    x, y = draw.normal(n, 4, 1), draw.normal(n, 4, 1)
    found = torch.func.vmap(lambda u, v: model.unbiased(*_kernels(model, u, v, length)))(x, y + shift)
    same = torch.func.vmap(lambda u, v: model.unbiased(*_kernels(model, u, v, length)))(x, y)
    k = 1 / torch.sqrt(draw.tensor(3.0))  # E k for two standard normals, l = 1
    return worst(mean_is(found, 2 * k - 2 * k * torch.exp(-(shift**2) / 6)), mean_is(same, 0.0))


def _both_forms(model: Model, draw: Draw) -> Outcome:
    x, y, length = draw.normal(5, 2), draw.normal(4, 2), draw.uniform(0.5, 2)
    gram = model.kernel(torch.cat([x, y]), torch.cat([x, y]), length)
    p = torch.cat([draw.tensor([0.2] * 5), draw.tensor([0.0] * 4)])
    q = torch.cat([draw.tensor([0.0] * 5), draw.tensor([0.25] * 4)])
    return worst(
        close(model.biased(*_kernels(model, x, y, length)), model.of_laws(p, q, gram)),
        at_most(-model.biased(*_kernels(model, x, y, length)), 0.0),
    )


def _from_sklearn(inputs: Mapping[str, Any]) -> Answers:
    import numpy as np
    from sklearn.metrics.pairwise import rbf_kernel

    x, y = np.array(inputs["x"]), np.array(inputs["y"])
    gamma = 1 / (2 * inputs["length"] ** 2)
    a, b, c = rbf_kernel(x, x, gamma), rbf_kernel(y, y, gamma), rbf_kernel(x, y, gamma)
    n, m = len(x), len(y)
    return {
        "biased": float(a.mean() + b.mean() - 2 * c.mean()),
        "unbiased": float(
            (a.sum() - np.trace(a)) / (n * (n - 1)) + (b.sum() - np.trace(b)) / (m * (m - 1)) - 2 * c.mean()
        ),
    }


def _mmd_answers(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, y, length = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "y", "length"))
    kernels = _kernels(model, x, y, length)
    return {"biased": model.biased(*kernels), "unbiased": model.unbiased(*kernels)}


MMD = Specification(
    name="mmd_gan",
    family="adversarial",
    systems=(141,),
    title="Generative moment matching, MMD-GAN",
    statement="MMD² = E k(x, x′) + E k(y, y′) − 2 E k(x, y)",
    page="reference_models.divergences.two_samples",
    functions={
        "kernel": two_samples.gaussian_kernel,
        "unbiased": two_samples.mmd_unbiased,
        "biased": two_samples.mmd_biased,
        "of_laws": two_samples.mmd_of_laws,
    },
    properties=(
        Property(
            "the squared distance of mean embeddings, 0 at equality",
            _law_distance,
            Mutant("the cross term counts once", {"of_laws": _cross_term_once}),
        ),
        Property("the mean kernel of two normal laws", _closed_form, Mutant("l² for 2 l²", {"kernel": _unhalved})),
        Property(
            "unbiased, by the mean over small samples",
            _unbiased,
            Mutant("every pair counts, with itself", {"unbiased": two_samples.mmd_biased}),
        ),
        Property(
            "the biased form is that of the empirical laws",
            _both_forms,
            Mutant("pairs with themselves are left out", {"biased": two_samples.mmd_unbiased}),
        ),
    ),
    source="Gretton et al. 2012, section 2; Li, Swersky and Zemel 2015",
    oracles=(
        Oracle(
            package="scikit-learn",
            inputs={
                "x": [[0.0, 1.0], [0.5, -0.5], [1.5, 0.2]],
                "y": [[0.3, 0.3], [2.0, -1.0], [0.1, 0.9], [1.0, 1.0]],
                "length": 0.8,
            },
            ask=_from_sklearn,
            tell=_mmd_answers,
            tolerance=1e-12,
            conversion="rbf_kernel's gamma is 1/(2 l²)",
        ),
    ),
    conventions=("the Gaussian kernel's l is a length", "squared, not its root"),
)

SPECIFICATIONS = (WGAN, MMD)
