"""Simple Monte Carlo (83), importance sampling (84), the IWAE bound (86)."""

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
from numerics.specifications.outcomes import at_most, close, equal, true, worst
from reference_models.inference import weights

PAGE = "reference_models.inference.weights"
NODES = 48


def _tuples(law: Tensor, k: int) -> tuple[Tensor, Tensor]:
    """Every tuple of k independent draws from a finite law, and its probability."""
    index = torch.cartesian_prod(*[torch.arange(len(law), device=law.device)] * k).reshape(-1, k)
    return index, law[index].prod(-1)


def _simple_unbiased(model: Model, draw: Draw) -> Outcome:
    law, f = draw.simplex(3), draw.uniform(0.1, 2, 3)
    mean = (law * f).sum()
    variance = (law * (f - mean) ** 2).sum()
    outcomes = []
    for k in (1, 3):
        index, chance = _tuples(law, k)
        estimate = model.simple_estimate(f[index])
        outcomes += [
            equal((chance * estimate).sum(), mean),
            equal((chance * (estimate - mean) ** 2).sum(), variance / k),
        ]
    return worst(*outcomes)


def _log_low(model: Model, draw: Draw) -> Outcome:
    """E log p̂ lies below log p, and comes nearer with more draws."""
    law, f = draw.simplex(3), draw.uniform(0.1, 2, 3)
    means = []
    for k in (1, 2, 4):
        index, chance = _tuples(law, k)
        means.append((chance * model.log_mean_exp(torch.log(f)[index])).sum())
    ladder = torch.stack([*means, torch.log((law * f).sum())])
    return true((ladder[1:] > ladder[:-1] + 1e-9), "each bound lies above the one before")


SIMPLE = Specification(
    name="simple_monte_carlo",
    family="inference",
    systems=(83,),
    title="Simple Monte Carlo",
    statement="(1/K) Σ f(z_k), z_k ~ p",
    page=PAGE,
    functions={"simple_estimate": weights.simple_estimate, "log_mean_exp": weights.log_mean_exp},
    properties=(
        Property(
            "unbiased, with variance Var f/K: all tuples of draws",
            _simple_unbiased,
            Mutant("divided by K + 1", {"simple_estimate": lambda v: v.sum(-1) / (v.shape[-1] + 1)}),
        ),
        Property(
            "the logarithm of the estimate is too low on average, less so for larger K",
            _log_low,
            Mutant("the mean of the logarithms", {"log_mean_exp": lambda v: v.mean(-1)}),
        ),
    ),
    source="Owen 2013, chapter 2",
    conventions=("draws along the last axis",),
)


def _importance_unbiased(model: Model, draw: Draw) -> Outcome:
    p, q, f = draw.simplex(4), draw.simplex(4), draw.normal(4)
    index, chance = _tuples(q, 2)
    log_w = model.log_weights(torch.log(p), torch.log(q))[index]
    return equal((chance * model.importance_estimate(f[index], log_w)).sum(), (p * f).sum())


def _chi_square(model: Model, draw: Draw) -> Outcome:
    p, q = draw.simplex(4), draw.simplex(4)
    w = torch.exp(model.log_weights(torch.log(p), torch.log(q)))
    return close((q * w**2).sum() - (q * w).sum() ** 2, (p**2 / q).sum() - 1)


def _zero_variance(model: Model, draw: Draw) -> Outcome:
    """With q the posterior, every weight p(x, z)/q(z) is the evidence."""
    joint = draw.simplex(4) * draw.uniform(0.2, 3)
    log_w = model.log_weights(torch.log(joint), torch.log(joint / joint.sum()))
    return worst(equal(torch.exp(log_w), joint.sum()), close(model.effective_size(log_w), 4.0))


def _support(model: Model, draw: Draw) -> Outcome:
    """Where q misses an outcome of p, the mean is that outcome's share too low."""
    p, q, f = draw.simplex(4), draw.simplex(4), draw.uniform(0.5, 2, 4)
    q = q * draw.tensor([1, 1, 1, 0])
    q = q / q.sum()
    log_w = model.log_weights(torch.log(p[:3]), torch.log(q[:3]))
    terms = torch.stack([model.importance_estimate(f[i : i + 1], log_w[i : i + 1]) for i in range(3)])
    return equal((q[:3] * terms).sum(), (p * f).sum() - p[3] * f[3])


def _normalised(model: Model, draw: Draw) -> Outcome:
    f, log_w, c = draw.normal(6), draw.normal(6), draw.normal()
    w = torch.exp(log_w)
    return worst(
        equal(model.self_normalised_estimate(f, log_w + c), (w * f).sum() / w.sum()),
        equal(model.self_normalised_estimate(0 * f + 2, log_w), 2.0),
        equal(model.effective_size(log_w + c), w.sum() ** 2 / (w**2).sum()),
    )


def _rare(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """P(Z > 4) = 3.17e-5 from 20 000 draws of N(4, 1): where as many plain draws have 0.6 hits on average."""
    n = 20_000
    z = 4 + draw.normal(n)
    log_w = model.log_weights(-(z**2) / 2, -((z - 4) ** 2) / 2)
    hits = (z > 4).double()
    found = model.importance_estimate(hits, log_w)
    error = (hits * torch.exp(log_w)).std() / n**0.5
    exact = torch.special.ndtr(draw.tensor(-4.0))
    progress(1.0)
    return Result(
        (
            Figure("P(Z > 4)", float(found), float(exact), 6 * float(error)),
            Figure("its standard error, relative", float(error / exact)),
            Figure("hits among plain draws", float((draw.normal(n) > 4).sum())),
        ),
    )


IMPORTANCE = Specification(
    name="importance_sampling",
    family="inference",
    systems=(84,),
    title="Importance sampling",
    statement="E_p f = E_q[f p/q] ≈ (1/K) Σ w_k f(z_k), w = p/q",
    page=PAGE,
    functions={
        "log_weights": weights.log_weights,
        "importance_estimate": weights.importance_estimate,
        "self_normalised_estimate": weights.self_normalised_estimate,
        "effective_size": weights.effective_size,
    },
    properties=(
        Property(
            "unbiased: all pairs of draws",
            _importance_unbiased,
            Mutant("weights are normalised to mean 1", {"importance_estimate": weights.self_normalised_estimate}),
        ),
        Property(
            "the weights' variance is χ²(p ‖ q)",
            _chi_square,
            Mutant("the ratio is upside down", {"log_weights": lambda p, q: q - p}),
        ),
        Property(
            "with the posterior as q the variance is 0",
            _zero_variance,
            Mutant("q is left out of the weight", {"log_weights": lambda p, q: p}),
        ),
        Property(
            "what q can't draw is missing from the mean",
            _support,
            Mutant("weights are normalised", {"importance_estimate": weights.self_normalised_estimate}),
        ),
        Property(
            "self-normalised estimates and the effective size are free of the normalisers",
            _normalised,
            Mutant(
                "the square is taken of each weight only",
                {"effective_size": lambda w: torch.exp(2 * w).sum(-1) / torch.exp(w).sum(-1) ** 2},
            ),
        ),
    ),
    source="Owen 2013, chapter 9",
    task=Task("the tail of a normal law beyond four", _rare),
    conventions=("weights are logarithmic",),
)


def _ladder(model: Model, draw: Draw, near: float = 0.0) -> tuple[Tensor, Tensor, Tensor]:
    """Bounds for K = 1 to 4; q is a mixture of a random law and, with a share ``near``, of the posterior."""
    joint, q = draw.simplex(3) * draw.uniform(0.2, 1), draw.simplex(3)
    q = (1 - near) * q + near * joint / joint.sum()
    bounds = []
    for k in (1, 2, 3, 4):
        index, chance = _tuples(q, k)
        bounds.append((chance * model.iwae_bound(torch.log(joint / q)[index])).sum())
    return torch.stack(bounds), joint, q


def _monotone(model: Model, draw: Draw) -> Outcome:
    bounds, joint, _ = _ladder(model, draw)
    ladder = torch.cat([bounds, torch.log(joint.sum())[None]])
    return true(ladder[1:] > ladder[:-1] + 1e-9, "strictly, by more than rounding")


def _first_is_elbo(model: Model, draw: Draw) -> Outcome:
    bounds, joint, q = _ladder(model, draw, 0.9)  # its gap is below log 4, so that a lost log K shows
    kl = (q * torch.log(q / joint * joint.sum())).sum()
    return worst(close(bounds[0], torch.log(joint.sum()) - kl), at_most(bounds[3], torch.log(joint.sum())))


def _limit(model: Model, draw: Draw) -> Outcome:
    """The gap falls as Var w/(2K): at K copies of the exact law of weights, it is gone."""
    joint, q = draw.simplex(3), draw.tensor([0.25, 0.25, 0.5])
    many = torch.log(joint / q).repeat_interleave(torch.tensor([250, 250, 500], device=q.device))
    return equal(model.iwae_bound(many), torch.log(joint.sum()))


def _same_mean_slope(model: Model, draw: Draw) -> Outcome:
    """Means over two normal latents at nodes: plain by autograd through the path, and reparameterised twice."""
    t, w = (draw.tensor(each.tolist()) for each in np.polynomial.hermite_e.hermegauss(NODES))
    eps, chance = torch.cartesian_prod(t, t), torch.cartesian_prod(w, w).prod(-1) / w.sum() ** 2
    mean, std, rates = draw.uniform(-1, 1), draw.uniform(0.6, 0.9), draw.uniform(0.5, 1, 2)
    pull = draw.uniform(0.5, 1)

    def log_joint(z: Tensor) -> Tensor:
        return -(z**2) / 2 + torch.nn.functional.logsigmoid(pull * z)

    phi = torch.zeros_like(eps[:, :1]).requires_grad_()
    z = weights.latent_path(eps, mean, std, rates, phi)
    log_q = weights.latent_law(mean, std, rates, phi).log_prob(z)
    (plain,) = torch.autograd.grad(weights.iwae_bound(log_joint(z) - log_q).sum(), phi)
    at = z.detach().requires_grad_()
    log_w = log_joint(at) + (at - mean) ** 2 / (2 * std**2)
    (slope,) = torch.autograd.grad(log_w.sum(), at)
    doubly = model.doubly_reparameterised(log_w.detach(), slope * (rates[0] + rates[1] * eps))
    return close(chance @ doubly, chance @ plain[:, 0], 1e-6)


def _tightens(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """One datum x = 2 of z ~ N(0, 1), x | z ~ N(z, 1) with q the prior: bounds for K = 1, 8, 64 of 20 000 estimates."""
    x, n = 2.0, 20_000
    evidence = -(x**2) / 4 - torch.log(draw.tensor(4 * torch.pi)) / 2
    found = []
    for i, k in enumerate((1, 8, 64)):
        log_w = -((x - draw.normal(n, k)) ** 2) / 2 - torch.log(draw.tensor(2 * torch.pi)) / 2
        found.append(float(model.iwae_bound(log_w).mean()))
        progress((i + 1) / 3)
    elbo = -(x**2 + 1) / 2 - torch.log(draw.tensor(2 * torch.pi)) / 2  # E_q log p(x | z); the KL to the prior is 0
    ordered = float(found[0] < found[1] < found[2] < float(evidence))
    return Result(
        (
            Figure("L₁, the ELBO", found[0], float(elbo), 0.1, "nats"),
            Figure("L₈", found[1], unit="nats"),
            Figure("L₆₄", found[2], float(evidence), 0.05, "nats"),
            Figure("bounds rise with K, to log p(x) at most", ordered, 1.0, 0.0),
        ),
        (Panel("bound against K", "points", {"found": ([1, 8, 64], found)}),),
    )


IWAE = Specification(
    name="iwae_bound",
    family="inference",
    systems=(86,),
    title="Importance-weighted bound",
    statement="L_K = E log (1/K) Σ p(x, z_k)/q(z_k | x) ≤ L_(K+1) ≤ log p(x)",
    page=PAGE,
    functions={"iwae_bound": weights.iwae_bound, "doubly_reparameterised": weights.doubly_reparameterised},
    properties=(
        Property(
            "the bound rises with K and stays below log p(x): all tuples of draws",
            _monotone,
            Mutant("the mean of the logarithms", {"iwae_bound": lambda w: w.mean(-1)}),
        ),
        Property(
            "K = 1 is the ELBO, log p(x) − KL(q ‖ p(z | x))",
            _first_is_elbo,
            Mutant("log K is not subtracted", {"iwae_bound": lambda w: torch.logsumexp(w, -1)}),
        ),
        Property(
            "weights in their exact proportions give log p(x)",
            _limit,
            Mutant("the median weight", {"iwae_bound": lambda w: w.median(-1).values}),
        ),
        Property(
            "reparameterised twice, the gradient has the mean of the plain one: two normal latents at nodes",
            _same_mean_slope,
            Mutant(
                "the weights are not squared",
                {"doubly_reparameterised": lambda w, along: (torch.softmax(w, -1) * along).sum(-1)},
            ),
        ),
    ),
    source="Burda et al. 2016, section 3; Shi 2020, section 5",
    task=Task("one datum of a normal latent-variable model", _tightens),
    conventions=("log of the mean, not mean of the log",),
)

SPECIFICATIONS = (SIMPLE, IMPORTANCE, IWAE)
