"""Samplers of the reference models over several variables: networks, mixtures and texts."""

from __future__ import annotations

from collections.abc import Callable
from math import erf, sqrt
from typing import Any

import torch
from torch import Tensor

from numerics.sampling.drawn_laws import CHANCES, COV, LOGITS, slip, tensor
from numerics.sampling.models import Fed, ModelSampler, Noise, Stated, generated
from numerics.specifications.contract import Model

LOW = tensor(0.2)
PRIOR = CHANCES
TABLE = torch.tensor([[0.7, 0.3], [0.1, 0.9], [0.5, 0.5]], dtype=torch.float64)
PARENTS: tuple[tuple[int, ...], ...] = ((), (0,), (0, 1))
TABLES = (
    tensor(0.3, 0.7),
    torch.tensor([[0.9, 0.1], [0.2, 0.8]], dtype=torch.float64),
    torch.tensor([[[0.5, 0.5], [0.1, 0.9]], [[0.8, 0.2], [0.3, 0.7]]], dtype=torch.float64),
)
BITS = torch.cartesian_prod(*[tensor(0.0, 1.0)] * 3)
WEIGHTS = torch.tensor([[0.0, 0.0, 0.0], [1.5, 0.0, 0.0], [-2.0, 1.0, 0.0]], dtype=torch.float64)
BIAS = tensor(0.4, -0.6, 0.2)
PAIR, STDS = WEIGHTS[:2, :2], tensor(1.0, 0.5)
NADE = (
    torch.tensor([[1.0, -0.5, 0.3], [0.2, 1.5, -1.0]], dtype=torch.float64), tensor(0.1, -0.2),
    torch.tensor([[0.5, -1.0], [2.0, 0.3], [-1.5, 1.0]], dtype=torch.float64), BIAS,
)  # fmt: skip
MIXED = (CHANCES, torch.tensor([[0.0, 0.0], [3.0, 1.0], [-2.0, 2.0]], dtype=torch.float64), torch.stack([COV] * 3))
RBM = (torch.tensor([[1.0, -0.5], [0.7, 1.2]], dtype=torch.float64), tensor(0.2, -0.3), tensor(-0.4, 0.1))


def moment(what: str, f: Callable[[Tensor], Tensor], mean: Callable[[Model], float]) -> Stated:
    """A mean of a function of draws."""
    return Stated(what, lambda m, x: f(x.double()), mean)


def spread(what: str, value: float) -> Stated:
    """E x² of a first coordinate."""
    return moment(what, lambda x: x.reshape(len(x), -1)[:, 0] ** 2, lambda m: value)


def bits_of(log_prob: Callable[[Model, Tensor], Tensor]) -> tuple[Stated, ...]:
    """Mean of the last of three bits, and of the product of the first and the last, by all eight rows."""

    def by_rows(of: Callable[[Tensor], Tensor]) -> Callable[[Model], float]:
        return lambda m: float((torch.exp(log_prob(m, BITS)) * of(BITS)).sum())

    last, both = (lambda x: x[:, 2]), (lambda x: x[:, 0] * x[:, 2])
    return (
        moment("P(x_2 = 1) by all rows", last, by_rows(last)),
        moment("P(x_0 = x_2 = 1) by all rows", both, by_rows(both)),
    )


def _rows_at_half(*arguments: Any) -> Tensor:
    """Bits of a fair coin, whatever the model."""
    n, generator = arguments[-2:]
    return (torch.rand((n, 3), generator=generator, dtype=torch.float64) < 0.5).double()


def _language(x: Tensor) -> Tensor:
    """Logits of three tokens that lean on the one before."""
    logits = LOGITS.to(x.device)
    table = torch.stack([logits, logits.flip(0), torch.zeros_like(logits)])
    return logits.expand(len(x), 3) if x.shape[1] == 0 else table[x[:, -1]]


def _sequence(model: Model, noise: Noise) -> Tensor:
    with Fed(noise) as fed:
        found: Tensor = model.sample(_language, noise.count, 2, 1.0, fed.generator)
    return found


def _second_is(token: int) -> float:
    first = torch.softmax(LOGITS, -1)
    return float(sum(first[k] * torch.softmax(_language(torch.tensor([[k]])), -1)[0, token] for k in range(3)))


def _attended(model: Model, noise: Noise) -> Tensor:
    features = torch.arange(6, dtype=torch.float64, device=noise.device).reshape(3, 2).expand(noise.count, 3, 2)
    with Fed(noise) as fed:
        found: Tensor = model.hard_context(noise.beside(CHANCES).expand(noise.count, 3), features, fed.generator)
    return found


def _share_of_ones(model: Model) -> float:
    rows = BITS.long()
    return float((torch.exp(model.log_joint(rows, PARENTS, TABLES)) * rows[:, 2]).sum())


NETWORKS: tuple[ModelSampler, ...] = (
    ModelSampler(
        "external_noise",
        lambda m, noise: m.gumbel_argmax(noise.beside(LOGITS), noise.uniforms(3)),
        (
            moment(
                "P(argmax = 2) is softmax's", lambda x: (x == 2).double(), lambda m: float(torch.softmax(LOGITS, -1)[2])
            ),
        ),
        slip("gumbel_argmax", "logits without noise of Gumbel", lambda logits, u: torch.argmax(logits + u, -1)),
    ),
    ModelSampler(
        "gumbel_softmax",
        lambda m, noise: m.gumbel_max(noise.beside(LOGITS), noise.uniforms(3)),
        (
            moment(
                "P(argmax = 0) is softmax's", lambda x: (x == 0).double(), lambda m: float(torch.softmax(LOGITS, -1)[0])
            ),
        ),
        slip("gumbel_max", "log u for −log(−log u)", lambda logits, u: torch.argmax(logits + torch.log(u), -1)),
    ),
    ModelSampler(
        "box_muller",
        lambda m, noise: m.box_muller(noise.uniforms(2)),
        (
            spread("Var x_0 = 1", 1.0),
            moment("P(|x_1| < 1)", lambda x: (x[:, 1].abs() < 1).double(), lambda m: erf(sqrt(0.5))),
        ),
        slip(
            "box_muller",
            "√(−ln u) for √(−2 ln u)",
            lambda u: torch.sqrt(-torch.log(u[:, :1])) * torch.cos(2 * torch.pi * u[:, 1:]).expand(-1, 2),
        ),
    ),
    ModelSampler(
        "gaussian_generator",
        lambda m, noise: m.sample(tensor(2.0), LOW, noise.normals()),
        (moment("Var x", lambda x: (x - 2) ** 2, lambda m: float(LOW)),),
        slip("sample", "the variance for the deviation", lambda mean, var, noise: mean + var * noise),
    ),
    ModelSampler(
        "coin_generator",
        lambda m, noise: m.sample(LOW, noise.uniforms()),
        (moment("P(x = 1)", lambda x: x, lambda m: float(LOW)),),
        slip("sample", "ones above ρ", lambda p, u: (u > p).to(p.dtype)),
    ),
    ModelSampler(
        "latent_variable_model",
        lambda m, noise: m.ancestral(*noise.beside((PRIOR, TABLE)), noise.uniforms(2)),
        (
            moment(
                "P(x = 1) is the marginal",
                lambda x: (x[:, 1] == 1).double(),
                lambda m: float(torch.exp(m.log_marginal(PRIOR, TABLE))[1]),
            ),
            moment(
                "P(z = 1, x = 1) is p(x) p(z | x)",
                lambda x: ((x[:, 0] == 1) & (x[:, 1] == 1)).double(),
                lambda m: float(torch.exp(m.log_marginal(PRIOR, TABLE))[1] * m.posterior(PRIOR, TABLE)[1, 1]),
            ),
        ),
        slip(
            "ancestral",
            "one uniform for both",
            lambda prior, likelihood, u: torch.stack(
                [
                    z := (u[:, :1] >= torch.cumsum(prior, -1)[:-1]).sum(-1),
                    (u[:, :1] >= torch.cumsum(likelihood, -1)[z, :-1]).sum(-1),
                ],
                -1,
            ),
        ),
    ),
    ModelSampler(
        "gmm",
        lambda m, noise: m.sample(*noise.beside(MIXED), noise.uniforms(), noise.normals(2)),
        (
            moment("E x_0", lambda x: x[:, 0], lambda m: float(m.moments(*MIXED)[0][0])),
            moment(
                "Cov(x_0, x_1)",
                lambda x: (x[:, 0] - 1.4 + 0.5) * (x[:, 1] - 1.1),
                lambda m: float(m.moments(*MIXED)[1][0, 1]),
            ),
        ),
        slip(
            "sample",
            "components equally often",
            lambda w, means, covs, u, noise: means[(3 * u).long()] + noise @ torch.linalg.cholesky(covs[0]).mT,
        ),
    ),
    ModelSampler(
        "gaussian_decoder",
        lambda m, noise: m.sample(lambda z: 2 * z, LOW, noise.normals(1), noise.normals(1)),
        (
            spread("Var x = 4 + σ²", 4.2),
            Stated(
                "a wider decoder: a ratio of densities has mean 1",
                lambda m, x: torch.exp(m.log_prob(x, lambda z: 1.8 * z, LOW) - m.log_prob(x, lambda z: 2 * z, LOW)),
                lambda m: 1.0,
            ),
        ),
        slip("sample", "the variance for the deviation", lambda decode, var, z, noise: decode(z) + 4 * var * noise),
    ),
    ModelSampler(
        "bayesian_network",
        lambda m, noise: m.sample(range(3), PARENTS, noise.beside(TABLES), noise.uniforms(3)),
        (
            moment(
                "P(x_2 = 1) by the joint table",
                lambda x: x[:, 2],
                lambda m: float(m.joint(PARENTS, TABLES)[:, :, 1].sum()),
            ),
            moment(
                "P(x_0 = x_1 = 1)", lambda x: x[:, 0] * x[:, 1], lambda m: float(m.joint(PARENTS, TABLES)[1, 1].sum())
            ),
        ),
        slip("sample", "parents not read", lambda order, parents, tables, u: (u > 0.5).long()),
    ),
    ModelSampler(
        "ancestral_sampling",
        lambda m, noise: m.ancestral_sample(range(3), PARENTS, noise.beside(TABLES), noise.uniforms(3)),
        (moment("P(x_2 = 1)", lambda x: x[:, 2], _share_of_ones),),
        slip(
            "ancestral_sample",
            "children first",
            lambda order, parents, tables, u: (u < 0.5).long(),
        ),
    ),
    ModelSampler(
        "fvsbn",
        generated("sample")(WEIGHTS, BIAS),
        bits_of(lambda m, x: m.log_prob(x, WEIGHTS, BIAS)),
        slip("sample", "weights not read", _rows_at_half),
    ),
    ModelSampler(
        "nade",
        generated("sample")(*NADE),
        bits_of(lambda m, x: m.log_prob(x, *NADE)),
        slip("sample", "weights not read", _rows_at_half),
    ),
    ModelSampler(
        "sigmoid_belief_network",
        generated("sigmoid_sample")(WEIGHTS, BIAS),
        bits_of(lambda m, x: m.sigmoid_log_joint(x, WEIGHTS, BIAS)),
        slip("sigmoid_sample", "weights not read", _rows_at_half),
    ),
    ModelSampler(
        "gaussian_belief_network",
        lambda m, noise: m.gaussian_network(noise.normals(2), noise.beside(PAIR), torch.tanh, noise.beside(STDS)),
        (
            Stated(
                "another deviation: a ratio of densities has mean 1",
                lambda m, x: torch.exp(
                    m.gaussian_network_log_prob(x, PAIR.to(x), torch.tanh, x.new_tensor([0.9, 0.4]))
                    - m.gaussian_network_log_prob(x, PAIR.to(x), torch.tanh, STDS.to(x))
                ),
                lambda m: 1.0,
            ),
        ),
        slip("gaussian_network", "without parents", lambda noise, weights, f, std: std * noise),
    ),
    ModelSampler(
        "cvae",
        generated("generated")(torch.stack([PRIOR, PRIOR.flip(0)]), torch.stack([TABLE, TABLE]), 1),
        (
            moment(
                "P(u = 1 | c) is the evidence",
                lambda x: x,
                lambda m: float(
                    torch.exp(m.log_evidence(torch.stack([PRIOR, PRIOR.flip(0)]), torch.stack([TABLE, TABLE])))[1, 1]
                ),
            ),
        ),
        slip(
            "generated",
            "the condition not read",
            lambda prior, likelihood, c, n, generator: (
                torch.rand(n, generator=generator, dtype=torch.float64) >= (prior[0] @ likelihood[0])[0]
            ).long(),
        ),
    ),
    ModelSampler(
        "language_model",
        _sequence,
        (moment("P(second token = 1)", lambda x: (x[:, 1] == 1).double(), lambda m: _second_is(1)),),
        slip(
            "sample",
            "the token before not read",
            lambda network, n, length, temperature, generator: torch.multinomial(
                torch.softmax(LOGITS.to(generator.device), -1).expand(n, 3), 2, generator=generator
            ),
        ),
    ),
    ModelSampler(
        "cross_attention",
        _attended,
        (
            moment(
                "its mean is the soft context",
                lambda x: x[:, 1],
                lambda m: float(m.soft_context(CHANCES[None], torch.arange(6.0).double().reshape(1, 3, 2))[0, 1]),
            ),
        ),
        slip(
            "hard_context",
            "places equally often",
            lambda weights, features, generator: (
                features[:, 1] * 0
                + features[
                    torch.arange(len(features)), torch.multinomial(weights * 0 + 1, 1, generator=generator)[:, 0]
                ]
            ),
        ),
    ),
    ModelSampler(
        "restricted_boltzmann_machine",
        lambda m, noise: m.gibbs_step(
            noise.beside(torch.zeros(noise.count, 2).double()), noise.beside(RBM), noise.uniforms(4)
        ),
        (
            moment(
                "P(v' = (1, 1) | v = 0) is the kernel's",
                lambda x: x[:, 0] * x[:, 1],
                lambda m: float(m.block_kernel(RBM)[0, 3]),
            ),
        ),
        slip("gibbs_step", "hidden units not read", lambda v, rbm, u: (u[:, :2] < 0.5).double()),
    ),
    ModelSampler(
        "classifier_free_guidance",
        lambda m, noise: m.dropped(
            *noise.beside((torch.ones(noise.count, 1).double(), tensor(0.0))), noise.uniforms(), 0.2
        ),
        (moment("P(the condition is kept)", lambda x: x[:, 0], lambda m: 0.8),),
        slip("dropped", "kept where it is dropped", lambda c, null, u, rate: torch.where((u < rate)[:, None], c, null)),
    ),
)
"""Networks of variables, and texts."""
