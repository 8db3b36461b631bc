"""ELBO (87), mean-field inference (88), stochastic and amortised inference (89), refinement by a chain (90)."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from math import pi

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
from numerics.specifications.outcomes import at_most, close, equal, gradient, worst
from numerics.specifications.training import read
from reference_models.inference import variational

PAGE = "reference_models.inference.variational"


def _kl(q: Tensor, p: Tensor) -> Tensor:
    return (q * torch.log(q / p)).sum(-1)


def _gap(model: Model, draw: Draw) -> Outcome:
    q, joint = draw.simplex(5, 4), draw.simplex(4) * draw.uniform(0.1, 2)
    evidence = joint.sum()
    found = model.elbo(q, torch.log(joint))
    best = model.elbo(joint / evidence, torch.log(joint))
    return worst(equal(torch.log(evidence) - found, _kl(q, joint / evidence)), equal(best, torch.log(evidence)))


def _two_forms(model: Model, draw: Draw) -> Outcome:
    q, prior, likelihood = draw.simplex(5, 4), draw.simplex(4), draw.uniform(0.1, 1, 4)
    found = model.elbo_by_parts(q, torch.log(prior), torch.log(likelihood))
    posterior = prior * likelihood / (prior * likelihood).sum()
    return worst(
        equal(found, model.elbo(q, torch.log(prior * likelihood))),
        equal(found, torch.log((prior * likelihood).sum()) - _kl(q, posterior)),
    )


ELBO = Specification(
    name="elbo",
    family="inference",
    systems=(87,),
    title="Evidence lower bound",
    statement="ELBO = E_q[log p(x, z) − log q(z)] = log p(x) − KL(q ‖ p(z | x))",
    page=PAGE,
    functions={"elbo": variational.elbo, "elbo_by_parts": variational.elbo_by_parts},
    properties=(
        Property(
            "log p(x) − ELBO is KL(q ‖ posterior), 0 at the posterior",
            _gap,
            Mutant("the entropy of q is left out", {"elbo": lambda q, j: (q * j).sum(-1)}),
        ),
        Property(
            "reconstruction − KL to the prior is the same",
            _two_forms,
            Mutant(
                "the KL runs from the prior",
                {"elbo_by_parts": lambda q, prior, lik: (q * lik).sum(-1) - (prior.exp() * (prior - q.log())).sum(-1)},
            ),
        ),
    ),
    source="Bishop 2006, section 9.4",
    conventions=("nats", "0 log 0 = 0"),
)


def _whole(factors: list[Tensor]) -> Tensor:
    found = factors[0]
    for f in factors[1:]:
        found = found[..., None] * f
    return found


def _ascends(model: Model, draw: Draw) -> Outcome:
    return worst(*[_ascent(model, draw) for _ in range(3)])


def _ascent(model: Model, draw: Draw) -> Outcome:
    joint = draw.simplex(18).reshape(3, 2, 3) ** 2
    factors = [draw.simplex(k) for k in joint.shape]
    bounds = []
    for _ in range(6):
        for i in range(3):
            factors[i] = model.mean_field_update(factors, torch.log(joint), i)
            q = _whole(factors)
            bounds.append((q * torch.log(joint / q)).sum())
    ladder = torch.stack(bounds)
    return worst(at_most(ladder[:-1], ladder[1:], 1e-12), at_most(ladder[-1], torch.log(joint.sum())))


def _averaged(factors: list[Tensor], log_joint: Tensor, i: int) -> Tensor:
    """q_i ∝ E_(q_∖i) p(x, z)."""
    mean = torch.exp(log_joint)
    for axis in reversed(range(len(factors))):
        if axis != i:
            mean = torch.tensordot(mean, factors[axis], dims=([axis], [0]))
    return mean / mean.sum()


def _best_factor(model: Model, draw: Draw) -> Outcome:
    """The update is stationary for the ELBO as a function of one factor's logits."""
    joint = draw.simplex(18).reshape(3, 2, 3)
    factors = [draw.simplex(k) for k in joint.shape]
    i = draw.whole(0, 2)
    new = model.mean_field_update(factors, torch.log(joint), i)

    def bound(logits: Tensor) -> Tensor:
        q = _whole([torch.softmax(logits, -1) if j == i else f for j, f in enumerate(factors)])
        return (q * torch.log(joint / q)).sum()

    return equal(gradient(bound, torch.log(new)), 0.0)


def _gaussian(model: Model, draw: Draw) -> Outcome:
    """Coordinate ascent ends at the target's mean with variances 1/Λ_ii, below the marginal ones."""
    precision, target, mean = draw.spd(3), draw.normal(3), draw.normal(3)
    precision = precision + 0.5 * torch.eye(3, dtype=torch.float64, device=draw.device)
    variances = []
    for sweep in range(150):
        for i in range(3):
            found, var = model.gaussian_mean_field_update(mean, target, precision, i)
            mean = torch.cat([mean[:i], found[None], mean[i + 1 :]])
            if sweep == 0:
                variances.append(var)
    kept = torch.stack(variances)
    marginal = torch.linalg.inv(precision).diagonal()
    return worst(equal(mean, target, 1e-6), at_most(kept, marginal), close(1 / kept, precision.diagonal()))


def _shrinks(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """A normal law with correlation 0.9: the means are found, and variances come out 1 − ρ² = 0.19 times too small."""
    rho, target = 0.9, draw.normal(2)
    precision = torch.linalg.inv(draw.tensor([[1, rho], [rho, 1]]))
    mean, curve, variances = target + 3, [], []
    for sweep in range(60):
        for i in range(2):
            found, var = model.gaussian_mean_field_update(mean, target, precision, i)
            mean = torch.cat([mean[:i], found[None], mean[i + 1 :]])
            variances.append(float(var))
        curve.append(float((mean - target).abs().max()))
        progress((sweep + 1) / 60)
    rate = (curve[40] / curve[20]) ** (1 / 20)
    return Result(
        (
            Figure("variance over the marginal one", variances[-1], 1 - rho**2, 1e-10),
            Figure("rate of a sweep", rate, rho**2, 1e-6),
            Figure("error of the mean", curve[-1], 0.0, 1e-4),
        ),
        (Panel("error of the mean", "lines", {"sweeps": (list(range(60)), curve)}),),
    )


MEAN_FIELD = Specification(
    name="mean_field",
    family="inference",
    systems=(88,),
    title="Mean-field variational inference",
    statement="q_i ∝ exp E_(q_∖i) log p(x, z)",
    page=PAGE,
    functions={
        "mean_field_update": variational.mean_field_update,
        "gaussian_mean_field_update": variational.gaussian_mean_field_update,
    },
    properties=(
        Property(
            "no update lowers the ELBO",
            _ascends,
            Mutant(
                "the joint is averaged, not its logarithm",
                {"mean_field_update": _averaged},
            ),
        ),
        Property(
            "an update is stationary for the ELBO",
            _best_factor,
            Mutant(
                "the conditional law at the others' modes",
                {
                    "mean_field_update": lambda f, j, i: variational.mean_field_update(
                        [torch.nn.functional.one_hot(q.argmax(), len(q)).to(q.dtype) for q in f], j, i
                    )
                },
            ),
        ),
        Property(
            "for a normal law: exact means, variances 1/Λ_ii, below the marginal ones",
            _gaussian,
            Mutant(
                "the marginal variances",
                {
                    "gaussian_mean_field_update": lambda m, t, p, i: (
                        variational.gaussian_mean_field_update(m, t, p, i)[0],
                        torch.linalg.inv(p)[i, i],
                    )
                },
            ),
        ),
    ),
    source="Bishop 2006, section 10.1",
    task=Task("a normal law with correlation 0.9", _shrinks),
    conventions=("precision Λ, not covariance",),
)


def _hermite(draw: Draw) -> tuple[Tensor, Tensor]:
    x, w = (draw.tensor(a) for a in np.polynomial.hermite_e.hermegauss(8))
    return x, w / w.sum()


def _mean_bound(model: Model, x: Tensor, encoder: Tensor, w: Tensor, var: Tensor, draw: Draw) -> Tensor:
    eps, weight = _hermite(draw)
    rows = [model.elbo_sample(xi.expand(8), eps, encoder, w, var) for xi in x]
    return (torch.stack(rows) * weight).sum(-1)


def _amortisation(model: Model, draw: Draw) -> Outcome:
    """ELBO_i = log p(x_i) − KL(q(z | x_i) ‖ p(z | x_i)), with both laws known."""
    x, w, var, encoder = draw.normal(4), draw.uniform(0.5, 2), draw.uniform(0.3, 1), draw.normal(3) * 0.5
    total = w**2 + var
    evidence = -(x**2) / (2 * total) - torch.log(2 * pi * total) / 2
    mean, spread = w * x / total, var / total
    a, b, log_std = encoder
    kl = (torch.exp(2 * log_std) + (a * x + b - mean) ** 2) / (2 * spread) - 0.5 - log_std + torch.log(spread) / 2
    return close(_mean_bound(model, x, encoder, w, var, draw), evidence - kl)


def _no_gap(model: Model, draw: Draw) -> Outcome:
    x, w, var = draw.normal(4), draw.uniform(0.5, 2), draw.uniform(0.3, 1)
    total = w**2 + var
    best = torch.stack([w / total, 0 * w, torch.log(var / total) / 2])
    samples = model.elbo_sample(x, draw.normal(4), best, w, var)
    return close(samples, -(x**2) / (2 * total) - torch.log(2 * pi * total) / 2)


def _unbiased(model: Model, draw: Draw) -> Outcome:
    """The gradient over every minibatch of 2 of 4, by the encoder: its mean is the gradient of the whole bound."""
    x, w, var, encoder = draw.normal(4), draw.uniform(0.5, 2), draw.uniform(0.3, 1), draw.normal(3) * 0.5
    batches = [list(b) for b in itertools.combinations(range(4), 2)]

    def rows(theta: Tensor) -> Tensor:
        bounds = _mean_bound(model, x, theta, w, var, draw)
        return torch.stack([model.minibatch_elbo(bounds[b], 4) for b in batches]).mean()

    total = w**2 + var

    def whole(theta: Tensor) -> Tensor:
        a, b, log_std = theta.unbind(-1)
        mean, spread = w * x / total, var / total
        kl = (torch.exp(2 * log_std) + (a * x + b - mean) ** 2) / (2 * spread) - 0.5 - log_std + torch.log(spread) / 2
        return -kl.sum()

    return close(gradient(rows, encoder), gradient(whole, encoder))


def _encoder(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """An encoder trained on 200 data in batches of 20: its slope comes to w/(w² + σ²), its ELBO to log p(x)."""
    n, w, var = 200, draw.tensor(1.5), draw.tensor(0.5)
    x = w * draw.normal(n) + torch.sqrt(var) * draw.normal(n)
    theta = torch.zeros(3, dtype=torch.float64, device=draw.device, requires_grad=True)
    made, kept = torch.optim.Adam([theta], lr=0.02), []
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(made, 1500)
    for step in range(1500):
        batch = draw.permutation(n)[:20]
        bound = model.minibatch_elbo(model.elbo_sample(x[batch], draw.normal(20), theta, w, var), n)
        made.zero_grad()
        (-bound / n).backward()
        made.step()
        schedule.step()
        kept.append(bound.detach() / n)
        progress((step + 1) / 1500)
    curve = read(kept)
    total = w**2 + var
    evidence = (-(x**2) / (2 * total) - torch.log(2 * torch.pi * total) / 2).mean()
    at = theta.detach()
    final = torch.stack([model.elbo_sample(x, draw.normal(n), at, w, var).mean() for _ in range(50)]).mean()
    return Result(
        (
            Figure("slope of the encoder", float(at[0]), float(w / total), 0.03),
            Figure("its standard deviation", float(torch.exp(at[2])), float(torch.sqrt(var / total)), 0.03),
            Figure("ELBO", float(final), float(evidence), 0.02, "nats a datum"),
        ),
        (Panel("ELBO", "lines", {"minibatches": (list(range(0, 1500, 10)), curve[::10])}),),
    )


AMORTISED = Specification(
    name="amortised_inference",
    family="inference",
    systems=(89,),
    title="Stochastic and amortised variational inference",
    statement="max_φ (n/m) Σ_(i in batch) E_ε[log p(x_i, z) − log q_φ(z | x_i)], z = g_φ(x_i, ε)",
    page=PAGE,
    functions={"elbo_sample": variational.elbo_sample, "minibatch_elbo": variational.minibatch_elbo},
    properties=(
        Property(
            "each datum's bound falls short of log p(x) by the KL of its own posterior",
            _amortisation,
            Mutant(
                "log q lacks its log std",
                {"elbo_sample": lambda x, e, t, w, v: variational.elbo_sample(x, e, t, w, v) - t[-1]},
            ),
        ),
        Property(
            "with the posterior as encoder every sample is log p(x)",
            _no_gap,
            Mutant(
                "q is taken at its mean",
                {"elbo_sample": lambda x, e, t, w, v: variational.elbo_sample(x, e, t, w, v) - e**2 / 2},
            ),
        ),
        Property(
            "a minibatch's gradient is unbiased: all of them",
            _unbiased,
            Mutant("a minibatch's mean", {"minibatch_elbo": lambda terms, n: terms.mean()}),
        ),
    ),
    source="Hoffman et al. 2013; Kingma and Welling 2014, section 2",
    task=Task("200 simulated data of a normal latent-variable model", _encoder, training=True),
    conventions=("the encoder gives log std",),
)


def _chain(draw: Draw) -> tuple[Tensor, Tensor]:
    """A posterior on four states and a lazy kernel that keeps it without being reversible or symmetric."""
    p = draw.simplex(4)
    moves = torch.clamp(p / p[:, None], max=1) / 4
    moves = moves - torch.diag(moves.diagonal())
    return p, moves + torch.diag(1 - moves.sum(-1))


def _never_further(model: Model, draw: Draw) -> Outcome:
    p, kernel = _chain(draw)
    q = torch.cat([draw.simplex(10, 4), p[None]])
    gaps = torch.stack([_kl(model.refined(q, kernel, t), p) for t in range(8)])
    return at_most(gaps[1:], gaps[:-1])


def _arrives(model: Model, draw: Draw) -> Outcome:
    p, kernel = _chain(draw)
    q = draw.simplex(4)
    slow = torch.linalg.eigvals(kernel).abs().sort().values[-2]
    after = model.refined(q, kernel, 25)
    few = q @ torch.linalg.matrix_power(kernel, 3)
    near = at_most((after - p).abs().sum(), slow**25 * torch.sqrt(((q - p) ** 2 / p).sum()) + 1e-9)
    return worst(equal(model.refined(q, kernel, 3), few), near, equal(model.refined(p, kernel, 3), p))


REFINED = Specification(
    name="variational_then_chain",
    family="inference",
    systems=(90,),
    title="Variational inference refined by a Markov chain",
    statement="q_t = q K^t, pK = p: KL(q_t ‖ p) never rises",
    page=PAGE,
    functions={"refined": variational.refined},
    properties=(
        Property(
            "KL to the posterior never rises along the chain",
            _never_further,
            Mutant(
                "the kernel acts from the wrong side",
                {"refined": lambda q, k, t: q @ torch.linalg.matrix_power(k, t).mT},
            ),
        ),
        Property(
            "the posterior stays, and everything comes to it at the second eigenvalue's rate",
            _arrives,
            Mutant("one step is lost", {"refined": lambda q, k, t: variational.refined(q, k, t - 1)}),
        ),
    ),
    source="Cover and Thomas 2006, section 4.4",
    conventions=("laws are rows",),
)

SPECIFICATIONS = (ELBO, MEAN_FIELD, AMORTISED, REFINED)
