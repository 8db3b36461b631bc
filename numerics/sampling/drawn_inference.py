"""Samplers of reference models whose draws decide what is drawn next, or how much: matrices of dishes, texts that are
decoded, latents that are denoised and decoded, and the bound of an encoder.

Where a loop would end as the draws say, a mask of a stated length stands instead: at most 24 dishes for three customers
(α = 1.5: more come with a chance below 1e-14), texts of three tokens.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

from numerics.sampling.drawn_laws import CHANCES, slip, tensor
from numerics.sampling.drawn_networks import moment
from numerics.sampling.drawn_paths import BARS, chain_variance
from numerics.sampling.models import Fed, ModelSampler, Noise, Stated, moved
from numerics.specifications.contract import Model
from reference_models.diffusion import latent
from reference_models.inference import decoding, variational
from reference_models.structured import buffet

MASS, CUSTOMERS, DISHES = 1.5, 3, 24
FIRST = CHANCES
SECOND = torch.tensor([[0.6, 0.3, 0.1], [0.2, 0.2, 0.6], [0.1, 0.8, 0.1]], dtype=torch.float64)
THIRD = torch.stack([SECOND, SECOND.flip(-1), SECOND.roll(1, -1)])
"""The third token, given the second (rows) and the first."""
LENGTH = 3
CONDITION = tensor(1.5, -0.5)
ISOMETRY = torch.tensor([[1.0, 0.0], [0.0, 0.6], [0.0, 0.8]], dtype=torch.float64)
DATUM, ENCODER, SLOPE, SPREAD = 1.3, tensor(0.4, 0.1, -0.2), tensor(1.2), tensor(0.7)
"""One datum, an encoder (a, b, log std) that isn't the posterior, and the model z ~ N(0, 1), x ~ N(wz, var)."""


def _dishes(m: Model, noise: Noise) -> Tensor:
    found: Tensor = m.sample_masked(MASS, CUSTOMERS, DISHES, noise.uniforms(CUSTOMERS, DISHES + 1))
    return found


def _only_one_shared(rows: Tensor) -> Tensor:
    """Whether one dish in all is taken, by every customer."""
    return ((rows.sum((1, 2)) == CUSTOMERS) & rows[:, :, 0].all(-1)).double()


def _fewer_shared(alpha: float, n: int, most: int, u: Tensor) -> Tensor:
    """Old dishes with chance (m_k/i)², by a function of the uniforms."""
    return buffet.sample_masked(alpha, n, most, torch.cat([u[..., :most].sqrt(), u[..., most:]], -1))


def _log_next(prefix: Tensor) -> Tensor:
    first, second, third = moved((FIRST, SECOND, THIRD), prefix.device)
    if prefix.shape[1] == 0:
        return torch.log(first).expand(len(prefix), -1)
    rows = second[prefix[:, 0]] if prefix.shape[1] == 1 else third[prefix[:, 0], prefix[:, 1]]
    return torch.log(rows)


def _one_by_one(prefix: tuple[int, ...]) -> Tensor:
    return _log_next(torch.tensor([prefix], dtype=torch.int64))[0]


def _texts(m: Model, noise: Noise) -> Tensor:
    with Fed(noise) as fed:
        found: Tensor = m.sampled_many(_log_next, LENGTH, noise.count, fed.generator)
    return found


def _is_greedy(m: Model, texts: Tensor) -> Tensor:
    return (texts == torch.tensor(m.greedy(_one_by_one, LENGTH), device=texts.device)).all(-1).double()


def _chance_of_greedy(m: Model) -> float:
    """Π p(x_t | x_<t) along the greedy text."""
    text = m.greedy(_one_by_one, LENGTH)
    return math.exp(sum(float(_one_by_one(text[:t])[x]) for t, x in enumerate(text)))


def _last_is(token: int) -> float:
    return float((FIRST[:, None, None] * SECOND[:, :, None] * THIRD).sum((0, 1))[token])


def _denoised(m: Model, noise: Noise) -> Tensor:
    """z_T from its marginal, ancestral steps with the best ε̂ where z_0 ~ N(c, I/4), and an isometry for a decoder."""
    condition, isometry = noise.beside((CONDITION, ISOMETRY))
    last = torch.sqrt(BARS[-1]) * condition + torch.sqrt(BARS[-1] / 4 + 1 - BARS[-1]) * noise.normals(2)
    steps = torch.stack([last, *(noise.normals(2) for _ in range(len(BARS) - 2))])

    def eps(z: Tensor, bar: Tensor, c: Tensor) -> Tensor:
        return torch.sqrt(1 - bar) * (z - torch.sqrt(bar) * c) / (bar / 4 + 1 - bar)

    found: Tensor = m.latent_sample(eps, lambda z: z @ isometry.mT, condition, BARS, steps)
    return found


def _bound(m: Model, noise: Noise) -> Tensor:
    x = torch.full((noise.count,), DATUM, dtype=torch.float64, device=noise.device)
    found: Tensor = m.elbo_sample(x, noise.normals(), ENCODER, SLOPE, SPREAD)
    return found


def _log_evidence() -> float:
    total = float(SLOPE**2 + SPREAD)
    return -(DATUM**2) / (2 * total) - math.log(2 * math.pi * total) / 2


def _gap() -> float:
    """KL(q(z | x) ‖ p(z | x)) of two normal laws."""
    a, b, log_std = (float(v) for v in ENCODER)
    total = float(SLOPE**2 + SPREAD)
    mean, variance = float(SLOPE) * DATUM / total, float(SPREAD) / total
    away = (math.exp(2 * log_std) + (a * DATUM + b - mean) ** 2) / variance
    return 0.5 * (away - 1 + math.log(variance) - 2 * float(log_std))


INFERENCE: tuple[ModelSampler, ...] = (
    ModelSampler(
        "indian_buffet",
        _dishes,
        (
            moment(
                "α H_n dishes in all",
                lambda rows: rows.amax(1).sum(-1),
                lambda m: MASS * sum(1 / i for i in range(1, CUSTOMERS + 1)),
            ),
            moment("any two customers share α/2", lambda rows: (rows[:, 1] * rows[:, 2]).sum(-1), lambda m: MASS / 2),
            moment(
                "one dish, taken by all, is as frequent as those choices",
                _only_one_shared,
                lambda m: math.exp(m.sequential_log_prob([{0}] * CUSTOMERS, MASS)),
            ),
        ),
        slip("sample_masked", "(m_k/i)² for m_k/i", _fewer_shared),
    ),
    ModelSampler(
        "greedy_decoding",
        _texts,
        (
            Stated("the greedy text is as frequent as it is probable", _is_greedy, _chance_of_greedy),
            moment("P(last token = 2) by all texts", lambda x: (x[:, -1] == 2).double(), lambda m: _last_is(2)),
        ),
        slip(
            "sampled_many",
            "the first token for all that came before",
            lambda following, length, n, generator: decoding.sampled_many(
                lambda x: following(x[:, :1].expand_as(x)), length, n, generator
            ),
        ),
    ),
    ModelSampler(
        "latent_diffusion",
        _denoised,
        (
            moment("E x is D(c)", lambda x: x[:, 0], lambda m: float(CONDITION[0])),
            moment(
                "Var x_2 of the linear chain, decoded",
                lambda x: (x[:, 2] - 0.8 * CONDITION[1]) ** 2,
                lambda m: 0.64 * chain_variance(),
            ),
        ),
        slip(
            "latent_sample",
            "the latent is rescaled before decoding",
            lambda eps, decode, c, bars, noise: latent.latent_sample(
                eps, lambda z: decode(z / torch.sqrt(bars[1])), c, bars, noise
            ),
        ),
    ),
    ModelSampler(
        "amortised_inference",
        _bound,
        (
            moment("E is log p(x) − KL(q ‖ posterior)", lambda x: x, lambda m: _log_evidence() - _gap()),
            moment("E p(x, z)/q(z | x) is p(x)", torch.exp, lambda m: math.exp(_log_evidence())),
        ),
        slip(
            "elbo_sample",
            "log q lacks its log std",
            lambda x, noise, encoder, w, var: variational.elbo_sample(x, noise, encoder, w, var) - encoder[-1],
        ),
    ),
)
"""Models whose draws decide what is drawn next, and one bound that is drawn."""
