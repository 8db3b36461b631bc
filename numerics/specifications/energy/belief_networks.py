"""Sigmoid belief network (109), Helmholtz machine and wake-sleep (110), non-linear Gaussian belief network (111)."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from math import pi

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
from numerics.specifications.outcomes import close, equal, frequencies_are, jacobian_log_det, true, worst
from reference_models.energy import belief_networks as bn

PAGE = "reference_models.energy.belief_networks"


def _states(draw: Draw, d: int) -> Tensor:
    return draw.tensor(list(itertools.product((0, 1), repeat=d)))


def _network(draw: Draw, d: int = 4) -> tuple[Tensor, Tensor]:
    return torch.tril(1.5 * draw.normal(d, d), -1), draw.normal(d)


def _normalised(model: Model, draw: Draw) -> Outcome:
    weights, bias = _network(draw)
    s = _states(draw, 4)
    found = torch.exp(model.sigmoid_log_joint(s, weights, bias))
    product = torch.ones_like(found)
    for i in range(4):
        on = 1 / (1 + torch.exp(-sum((weights[i, j] * s[:, j] for j in range(i)), bias[i])))
        product = product * torch.where(s[:, i] == 1, on, 1 - on)
    return worst(equal(found.sum(), 1.0), equal(found, product))


def _ancestral(model: Model, draw: Draw) -> Outcome:
    weights, bias = _network(draw)
    s = model.sigmoid_sample(weights, bias, 40_000, draw.generator())
    law = torch.exp(bn.sigmoid_log_joint(_states(draw, 4), weights, bias))
    return frequencies_are(s @ draw.tensor([8, 4, 2, 1]), law)


def _explaining_away(model: Model, draw: Draw) -> Outcome:
    """Two independent causes of one effect: once it is seen, one cause makes the other less likely."""
    w, bias = draw.uniform(2, 4), draw.tensor([-1, -1, -3])
    weights = torch.zeros(3, 3, dtype=torch.float64, device=draw.device)
    weights[2, :2] = w
    joint = torch.exp(model.sigmoid_log_joint(_states(draw, 3), weights, bias)).reshape(2, 2, 2)
    causes, seen = joint.sum(2), joint[:, :, 1] / joint[:, :, 1].sum()
    apart = causes - causes.sum(1, keepdim=True) * causes.sum(0)
    alone, both = seen[1].sum(), seen[1, 1] / seen[:, 1].sum()
    return worst(equal(apart, 0.0), true(both < alone - 0.01, "less likely"))


SIGMOID = Specification(
    name="sigmoid_belief_network",
    family="energy",
    systems=(109,),
    title="Sigmoid belief network",
    statement="P(s_i = 1 | s_<i) = σ(Σ_j w_ij s_j + b_i)",
    page=PAGE,
    functions={"sigmoid_log_joint": bn.sigmoid_log_joint, "sigmoid_sample": bn.sigmoid_sample},
    properties=(
        Property(
            "the product of the conditionals sums to 1 over all states",
            _normalised,
            Mutant(
                "a unit's parents are its children",
                {"sigmoid_log_joint": lambda s, w, b: bn.sigmoid_log_joint(s, w.mT, b)},
            ),
        ),
        Property(
            "draws, parents first, have the joint law",
            _ancestral,
            Mutant(
                "a unit's parents are its children",
                {"sigmoid_sample": lambda w, b, n, g: bn.sigmoid_sample(w.mT, b, n, g)},
            ),
        ),
        Property(
            "explaining away: independent causes depend once their effect is seen",
            _explaining_away,
            Mutant(
                "undirected: energies add without normalising each unit",
                {
                    "sigmoid_log_joint": lambda s, w, b: torch.log_softmax((s * (s @ w.mT + b)).sum(-1), -1),
                },
            ),
        ),
    ),
    source="Neal 1992",
    conventions=("weights are strictly lower triangular",),
)


def _pairs(draw: Draw, m: int, d: int) -> tuple[Tensor, Tensor]:
    """Every hidden state with every visible one."""
    h, v = _states(draw, m), _states(draw, d)
    return h.repeat_interleave(len(v), 0), v.repeat(len(h), 1)


def _machine(draw: Draw, m: int = 2) -> tuple[tuple[Tensor, ...], tuple[Tensor, ...]]:
    return (draw.normal(m), draw.normal(m, 3), draw.normal(3)), (draw.normal(3, m), draw.normal(m))


def _wake(model: Model, draw: Draw) -> Outcome:
    """Its mean under data and recognition is the gradient of the ELBO by the generative parameters."""
    theta, phi = _machine(draw)
    h, v = _pairs(draw, 2, 3)
    data = draw.simplex(8).repeat(4)
    chance = data * torch.exp(bn.recognition_log_prob(h, v, *phi))
    found = [(chance.reshape(-1, *[1] * (u.ndim - 1)) * u).sum(0) for u in model.wake_update(v, h, *theta)]

    def bound(params: tuple[Tensor, ...]) -> Tensor:
        return (chance * model.helmholtz_log_joint(v, h, *params)).sum()

    wanted = torch.func.grad(bound)(theta)
    return worst(*[equal(a, b) for a, b in zip(found, wanted, strict=True)])


def _sleep_mean(model: Model, theta: tuple[Tensor, ...], phi: tuple[Tensor, ...], draw: Draw, m: int) -> list[Tensor]:
    h, v = _pairs(draw, m, 3)
    chance = torch.exp(bn.helmholtz_log_joint(v, h, *theta))
    return [(chance.reshape(-1, *[1] * (u.ndim - 1)) * u).sum(0) for u in model.sleep_update(v, h, *phi)]


def _sleep(model: Model, draw: Draw) -> Outcome:
    """Its mean under dreams is the gradient of −E_p(v) KL(p(h | v) ‖ q(h | v)) by the recognition parameters."""
    theta, phi = _machine(draw)
    h, v = _pairs(draw, 2, 3)
    joint = torch.exp(bn.helmholtz_log_joint(v, h, *theta)).reshape(4, 8)
    posterior = joint / joint.sum(0)

    def minus_kl(params: tuple[Tensor, ...]) -> Tensor:
        q = torch.exp(model.recognition_log_prob(h, v, *params)).reshape(4, 8)
        return -(joint.sum(0) * (posterior * torch.log(posterior / q)).sum(0)).sum()

    wanted = torch.func.grad(minus_kl)(phi)
    return worst(*[equal(a, b) for a, b in zip(_sleep_mean(model, theta, phi, draw, 2), wanted, strict=True)])


def _two_objectives(model: Model, draw: Draw) -> Outcome:
    """Sleep isn't the ELBO's gradient, unless q is the posterior, where both vanish: one hidden unit gets there."""
    theta, phi = _machine(draw, 1)
    prior, w, b = theta
    exact = (w.mT, prior + (torch.nn.functional.softplus(b) - torch.nn.functional.softplus(w[0] + b)).sum())
    h, v = _pairs(draw, 1, 3)
    visible = torch.exp(bn.helmholtz_log_joint(v, h, *theta)).reshape(2, 8).sum(0).repeat(2)

    def elbo(params: tuple[Tensor, ...]) -> Tensor:
        log_q = bn.recognition_log_prob(h, v, *params)
        return (visible * torch.exp(log_q) * (bn.helmholtz_log_joint(v, h, *theta) - log_q)).sum()

    away = torch.func.grad(elbo)(phi)[0] - _sleep_mean(model, theta, phi, draw, 1)[0]
    zero = [*torch.func.grad(elbo)(exact), *_sleep_mean(model, theta, exact, draw, 1)]
    return worst(true(away.abs().max() > 1e-5, "two directions"), *[equal(g, 0.0) for g in zero])


def _bars(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """Wake and sleep on the vertical and horizontal bars of a 2 × 2 square, exact expectations: the bound rises."""
    data = draw.tensor([[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0], [0, 1, 0, 1]])
    m = 3
    theta = [0.1 * draw.normal(m), 0.1 * draw.normal(m, 4), 0.1 * draw.normal(4)]
    phi = [0.1 * draw.normal(4, m), 0.1 * draw.normal(m)]
    h, every = _states(draw, m), _states(draw, 4)
    curve = []
    for step in range(1500):
        v, causes = data.repeat_interleave(len(h), 0), h.repeat(4, 1)
        chance = torch.exp(model.recognition_log_prob(causes, v, *phi)) / 4
        up = model.wake_update(v, causes, *theta)
        theta = [t + 0.3 * (chance.reshape(-1, *[1] * (u.ndim - 1)) * u).sum(0) for t, u in zip(theta, up, strict=True)]
        dreams, causes = every.repeat(len(h), 1), h.repeat_interleave(len(every), 0)
        chance = torch.exp(model.helmholtz_log_joint(dreams, causes, *theta))
        down = model.sleep_update(dreams, causes, *phi)
        phi = [t + 0.3 * (chance.reshape(-1, *[1] * (u.ndim - 1)) * u).sum(0) for t, u in zip(phi, down, strict=True)]
        if step % 100 == 99:
            curve.append(float(torch.logsumexp(model.helmholtz_log_joint(data[:, None], h, *theta), 1).mean()))
        progress((step + 1) / 1500)
    uniform = -4 * 0.6931471805599453
    between = float(uniform < curve[-1] <= uniform / 2)
    return Result(
        (
            Figure("log-likelihood of the uniform law", uniform, unit="nats"),
            Figure("log-likelihood", curve[-1], unit="nats"),
            Figure("above the uniform law, below the best (−log 4): 1 if so", between, 1.0, 0.0),
        ),
        (Panel("log-likelihood", "lines", {"wake-sleep": (list(range(len(curve))), curve)}),),
    )


HELMHOLTZ = Specification(
    name="helmholtz_machine",
    family="energy",
    systems=(110,),
    title="Helmholtz machine with wake-sleep",
    statement="wake: ∇_θ log p_θ(v, h), h ~ q; sleep: ∇_φ log q_φ(h | v), (h, v) ~ p",
    page=PAGE,
    functions={
        "helmholtz_log_joint": bn.helmholtz_log_joint,
        "recognition_log_prob": bn.recognition_log_prob,
        "wake_update": bn.wake_update,
        "sleep_update": bn.sleep_update,
    },
    properties=(
        Property(
            "wake is the ELBO's gradient by the generative weights: all states",
            _wake,
            Mutant(
                "the visible prediction is subtracted from 1, not from the data",
                {"wake_update": lambda v, h, p, w, b: bn.wake_update(torch.ones_like(v), h, p, w, b)},
            ),
        ),
        Property(
            "sleep lowers KL(p(h | v) ‖ q), the reverse direction, over dreams",
            _sleep,
            Mutant(
                "the hidden units' prediction is left out",
                {"sleep_update": lambda v, h, w, b: (v[..., :, None] * h[..., None, :], h)},
            ),
        ),
        Property(
            "together they descend on no one objective; both rest at the posterior",
            _two_objectives,
            Mutant(
                "recognition is blind to the data's bias",
                {"sleep_update": lambda v, h, w, b: bn.sleep_update(v, h, w, 0 * b)},
            ),
        ),
    ),
    source="Hinton et al. 1995; Dayan et al. 1995",
    task=Task("four bars in a square", _bars, training=True),
    conventions=("one hidden layer", "updates ascend"),
)


def _linear(model: Model, draw: Draw) -> Outcome:
    """With f(a) = a the law is N(0, (1 − W)⁻¹ S² (1 − W)⁻ᵀ)."""
    weights, std, x = torch.tril(draw.normal(4, 4), -1), draw.uniform(0.4, 1.5, 4), draw.normal(5, 4)
    back = torch.linalg.inv(torch.eye(4, dtype=x.dtype, device=x.device) - weights)
    cov = back @ torch.diag(std**2) @ back.mT
    square = (x * torch.linalg.solve(cov, x.mT).mT).sum(-1)
    wanted = -square / 2 - torch.logdet(2 * pi * cov) / 2
    return close(model.gaussian_network_log_prob(x, weights, lambda a: a, std), wanted)


def _pushed(model: Model, draw: Draw) -> Outcome:
    """log p(x(ε)) = log N(ε; 0, 1) − log |det ∂x/∂ε|, whatever f."""
    weights, std, noise = torch.tril(draw.normal(3, 3), -1), draw.uniform(0.4, 1.5, 3), draw.normal(4, 3)

    def made(e: Tensor) -> Tensor:
        return model.gaussian_network(e, weights, torch.tanh, std)

    log_noise = (-(noise**2) / 2).sum(-1) - 1.5 * torch.log(draw.tensor(2 * pi))
    found = model.gaussian_network_log_prob(made(noise), weights, torch.tanh, std)
    return close(found, log_noise - jacobian_log_det(made, noise))


GAUSSIAN = Specification(
    name="gaussian_belief_network",
    family="energy",
    systems=(111,),
    title="Non-linear Gaussian belief network",
    statement="x_i = f(Σ_(j<i) w_ij x_j) + σ_i ε_i",
    page=PAGE,
    functions={"gaussian_network": bn.gaussian_network, "gaussian_network_log_prob": bn.gaussian_network_log_prob},
    properties=(
        Property(
            "a linear f gives a joint normal law",
            _linear,
            Mutant(
                "variances stand for standard deviations",
                {"gaussian_network_log_prob": lambda x, w, f, s: bn.gaussian_network_log_prob(x, w, f, s**2)},
            ),
        ),
        Property(
            "the density is that of the noise, pushed forward",
            _pushed,
            Mutant(
                "f is applied to each parent",
                {
                    "gaussian_network_log_prob": lambda x, w, f, s: bn.gaussian_network_log_prob(
                        x, w, lambda a: f(x) @ torch.tril(w, -1).mT, s
                    )
                },
            ),
        ),
    ),
    source="Frey and Hinton 1999",
    conventions=("std, not variance", "in order"),
)

SPECIFICATIONS = (SIGMOID, HELMHOLTZ, GAUSSIAN)
