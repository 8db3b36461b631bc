"""Decoders and factor analysis: rows 29 and 30."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
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
from numerics.specifications.outcomes import at_most, equal, gradient, mean_is, true, worst
from reference_models.structured import linear_latent

PAGE = "reference_models.structured.linear_latent"
Decoder = Callable[[Tensor], Tensor]


def invertible(draw: Draw, d: int) -> Tensor:
    """A matrix of singular values from 0.5 to 2."""
    return draw.orthogonal(d) @ torch.diag(draw.uniform(0.5, 2, d)) @ draw.orthogonal(d)


def dense_log_prob(x: Tensor, mean: Tensor, cov: Tensor) -> Tensor:
    """log N(x | μ, Σ) by inverse and determinant."""
    off = x - mean
    squared = ((off @ torch.linalg.inv(cov)) * off).sum(-1)
    log_det: Tensor = torch.log(torch.linalg.det(2 * torch.pi * cov))
    return -(squared + log_det) / 2


def _linear_decoder(model: Model, draw: Draw) -> Outcome:
    w, b, var, x = draw.uniform(-0.5, 0.5, 3, 1), draw.normal(3), draw.uniform(0.5, 1), draw.normal(5, 3)
    expected = dense_log_prob(x, b, w @ w.mT + var * torch.eye(3).to(x))
    return equal(model.log_prob(x, lambda z: z @ w.mT + b, var), expected, 1e-8)


def _decoder_mass(model: Model, draw: Draw) -> Outcome:
    scale, var = draw.uniform(0.5, 2), draw.uniform(0.5, 1)
    t, w = (draw.tensor(a) for a in np.polynomial.legendre.leggauss(80))
    x = 10 * t[:, None]
    mass = 10 * w * torch.exp(model.log_prob(x, lambda z: scale * torch.sin(2 * z), var))
    return equal(mass.sum(), 1.0, 1e-8)


def _decoder_draws(model: Model, draw: Draw) -> Outcome:
    scale, var = draw.uniform(0.5, 2), draw.uniform(0.3, 0.6)
    z = draw.normal(20_000, 1)
    x = model.sample(lambda v: scale * v**2, var, z, draw.normal(20_000, 1))
    return worst(mean_is(x, scale), mean_is((x - scale * z**2) ** 2, var))


def _ratio(model: Model, draw: Draw) -> Outcome:
    side = draw.whole(8, 64)
    image = torch.zeros(side, side, 3)
    return worst(equal(model.ratio(side, side, 3, 32), image.numel() / 32), equal(model.ratio(256, 256, 3, 512), 384.0))


def _mean_log(x: Tensor, decode: Decoder, var: Tensor, nodes: int = 60) -> Tensor:
    t, w = (torch.as_tensor(a).to(x) for a in np.polynomial.hermite_e.hermegauss(nodes))
    off = x[:, None] - decode(t[:, None])
    inside = -(off**2).sum(-1) / (2 * var) - x.shape[1] / 2 * torch.log(2 * torch.pi * var)
    return inside @ (w / w.sum())


def _physicists(x: Tensor, decode: Decoder, var: Tensor, nodes: int = 60) -> Tensor:
    return linear_latent.decoder_log_prob(x, lambda z: decode(z / np.sqrt(2)), var, nodes)


def _unnormalised(x: Tensor, decode: Decoder, var: Tensor, nodes: int = 60) -> Tensor:
    return linear_latent.decoder_log_prob(x, decode, var, nodes) + np.log(2 * np.pi) / 2


def _variance_noise(decode: Decoder, var: Tensor, z: Tensor, noise: Tensor) -> Tensor:
    return decode(z) + var * noise


def _one_channel(width: int, height: int, channels: int, features: int) -> float:
    return width * height / features


DECODER = Specification(
    name="gaussian_decoder",
    family="structured",
    systems=(29,),
    title="Non-linear Gaussian latent model",
    statement="z ~ N(0, I), x | z ~ N(μ_φ(z), σ² I), p(x) = ∫ p(z) p(x | z) dz",
    page=PAGE,
    functions={
        "sample": linear_latent.decoder_sample,
        "log_prob": linear_latent.decoder_log_prob,
        "ratio": linear_latent.compression_ratio,
    },
    properties=(
        Property(
            "a linear decoder gives N(b, WWᵀ + σ² I)",
            _linear_decoder,
            Mutant("e^(−z²) nodes", {"log_prob": _physicists}),
        ),
        Property(
            "log of the integral, not integral of the log", _linear_decoder, Mutant("swapped", {"log_prob": _mean_log})
        ),
        Property("mass 1 with any decoder", _decoder_mass, Mutant("weights sum to √2π", {"log_prob": _unnormalised})),
        Property("ancestral draws have its moments", _decoder_draws, Mutant("σ² ε", {"sample": _variance_noise})),
        Property(
            "numbers of an image over numbers of its code", _ratio, Mutant("one channel", {"ratio": _one_channel})
        ),
    ),
    source="Bishop 2006, section 12.4",
    conventions=("var is σ²",),
)


def _factors(draw: Draw, d: int = 2) -> tuple[Tensor, Tensor, Tensor]:
    return draw.normal(4, d), draw.normal(4), draw.uniform(0.3, 2, 4)


def _marginal(model: Model, draw: Draw) -> Outcome:
    w, mean, psi = draw.uniform(-0.6, 0.6, 3, 1), draw.normal(3), draw.uniform(0.5, 2, 3)
    x = draw.normal(5, 3)
    t, weight = (draw.tensor(a) for a in np.polynomial.hermite_e.hermegauss(60))
    off = x[:, None] - mean - t[:, None] * w[:, 0]
    given = torch.exp(-(off**2 / psi).sum(-1) / 2) / torch.sqrt((2 * torch.pi * psi).prod())
    return equal(torch.exp(model.log_prob(x, w, mean, psi)), given @ (weight / weight.sum()), 1e-9)


def _rotations(model: Model, draw: Draw) -> Outcome:
    (w, mean, psi), x = _factors(draw), draw.normal(5, 4)
    return equal(model.log_prob(x, w @ draw.orthogonal(2), mean, psi), model.log_prob(x, w, mean, psi), 1e-9)


def _conditioned(model: Model, draw: Draw) -> Outcome:
    (w, mean, psi), x = _factors(draw), draw.normal(5, 4)
    regression = torch.linalg.solve(w @ w.mT + torch.diag(psi), w).mT  # Wᵀ Σ⁻¹, from the joint law of z and x
    found, cov = model.posterior(x, w, mean, psi)
    return worst(equal(found, (x - mean) @ regression.mT, 1e-9), equal(cov, torch.eye(2).to(x) - regression @ w, 1e-9))


def _em_rises(model: Model, draw: Draw) -> Outcome:
    w, mean, psi = _factors(draw, 1)
    x = mean + draw.normal(25, 1) @ w.mT + torch.sqrt(psi) * draw.normal(25, 4)
    w, psi, seen = torch.ones_like(w), torch.ones_like(psi), []
    for step in range(8):
        for _ in range(100 if step == 4 else 0):  # four steps far from the best, then four near it
            w, psi = linear_latent.fa_em_step(x, w, psi)
        seen.append(dense_log_prob(x, x.mean(0), w @ w.mT + torch.diag(psi)).sum())
        w, psi = model.em_step(x, w, psi)
    rises = torch.diff(torch.stack(seen))
    return worst(at_most(-rises, 0.0, 1e-9), true(rises[0] > 0))


def _em_step_best(model: Model, draw: Draw) -> Outcome:
    (w, _, psi), x = _factors(draw), draw.normal(20, 4)
    off = x - x.mean(0)
    z, g = linear_latent.fa_posterior(x, w, x.mean(0), psi)

    def expected(v: Tensor, noise: Tensor) -> Tensor:
        """E log p(x, z | W, Ψ) under the posterior of the old parameters, without constants."""
        squared = (off - z @ v.mT) ** 2 + torch.diagonal(v @ g @ v.mT)
        return -(squared / noise + torch.log(noise)).sum() / 2

    new, noise = model.em_step(x, w, psi)
    return worst(
        equal(gradient(lambda v: expected(v, noise), new), 0.0, 1e-8),
        equal(gradient(lambda v: expected(new, v), noise), 0.0, 1e-8),
    )


def _standard_deviations(x: Tensor, w: Tensor, mean: Tensor, psi: Tensor) -> Tensor:
    return linear_latent.fa_log_prob(x, w, mean, psi**2)


def _triangular(x: Tensor, w: Tensor, mean: Tensor, psi: Tensor) -> Tensor:
    return linear_latent.fa_log_prob(x, torch.tril(w), mean, psi)


def _without_prior(x: Tensor, w: Tensor, mean: Tensor, psi: Tensor) -> tuple[Tensor, Tensor]:
    scaled = w / psi[:, None]
    g: Tensor = torch.linalg.inv(w.mT @ scaled)
    return (x - mean) @ scaled @ g, g


def _certain(x: Tensor, w: Tensor, psi: Tensor) -> tuple[Tensor, Tensor]:
    off = x - x.mean(0)
    z, _ = linear_latent.fa_posterior(x, w, x.mean(0), psi)
    new: Tensor = torch.linalg.solve(z.mT @ z, z.mT @ off).mT
    return new, ((off - z @ new.mT) ** 2).mean(0)


def _about_zero(x: Tensor, w: Tensor, psi: Tensor) -> tuple[Tensor, Tensor]:
    new, noise = linear_latent.fa_em_step(x, w, psi)
    return new, noise * len(x) / (len(x) - 1)


def _from_fa(inputs: Mapping[str, Any]) -> Answers:
    from sklearn.decomposition import FactorAnalysis

    x = np.array(inputs["x"])
    fit = FactorAnalysis(1, svd_method="lapack", tol=1e-14, max_iter=50_000).fit(x)
    sign = np.sign(fit.components_[0, 0])
    return {
        "components": (sign * fit.components_[0]).tolist(),
        "noise": fit.noise_variance_.tolist(),
        "log_prob": fit.score_samples(x).tolist(),
        "z": (sign * fit.transform(x)[:, 0]).tolist(),
    }


def _fa_ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x = torch.tensor(inputs["x"], dtype=torch.float64)
    w, psi = torch.ones(x.shape[1], 1, dtype=torch.float64), x.var(0, correction=0)
    for _ in range(inputs["steps"]):
        w, psi = model.em_step(x, w, psi)
    z, _ = model.posterior(x, w, x.mean(0), psi)
    sign = torch.sign(w[0, 0])
    return {
        "components": sign * w[:, 0],
        "noise": psi,
        "log_prob": model.log_prob(x, w, x.mean(0), psi),
        "z": sign * z[:, 0],
    }


def standardised_wine(draw: Draw) -> Tensor:
    from sklearn.datasets import load_wine

    x = draw.tensor(load_wine().data)
    return (x - x.mean(0)) / x.std(0, correction=0)


def _wine_factors(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    from sklearn.decomposition import FactorAnalysis

    x, steps = standardised_wine(draw), 1000
    w, psi, seen = draw.normal(13, 3), torch.ones(13).to(x), []
    for step in range(steps):
        if step % 50 == 0:
            seen.append(float(model.log_prob(x, w, x.mean(0), psi).mean()))
            progress(step / steps)
        w, psi = model.em_step(x, w, psi)
    last = float(model.log_prob(x, w, x.mean(0), psi).mean())
    theirs = FactorAnalysis(3, svd_method="lapack", tol=1e-6, max_iter=1000).fit(x.cpu().numpy())
    plain, var = linear_latent.ppca_mle(x, 3)
    isotropic = float(linear_latent.fa_log_prob(x, plain, x.mean(0), var.expand(13)).mean())
    spread = torch.diagonal(w @ w.mT + torch.diag(psi))
    drawn = draw.normal(178, 3) @ w.mT + torch.sqrt(psi) * draw.normal(178, 13)
    progress(1.0)
    return Result(
        (
            Figure(
                "mean log-likelihood after EM, scikit-learn's", last, float(theirs.score(x.cpu().numpy())), 1e-3, "nats"
            ),
            Figure("largest gap of a fitted variance to the data's", float((spread - 1).abs().max()), 0.0, 1e-4),
            Figure("mean log-likelihood above that of probabilistic PCA", last - isotropic, None, None, "nats"),
        ),
        (
            Panel(
                "Flavanoids and proline",
                "points",
                {"draws": drawn[:, [6, 12]].mT.tolist(), "wine": x[:, [6, 12]].mT.tolist()},
            ),
            Panel("Mean log-likelihood by EM step", "lines", {"wine": (list(range(0, steps, 50)), seen)}),
        ),
    )


FACTOR_ANALYSIS = Specification(
    name="factor_analysis",
    family="structured",
    systems=(30,),
    title="Factor analysis",
    statement="x = W z + μ + ε, z ~ N(0, I), ε ~ N(0, Ψ): x ~ N(μ, WWᵀ + Ψ)",
    page=PAGE,
    functions={
        "log_prob": linear_latent.fa_log_prob,
        "posterior": linear_latent.fa_posterior,
        "em_step": linear_latent.fa_em_step,
    },
    properties=(
        Property("the marginal is the integral over z", _marginal, Mutant("Ψ²", {"log_prob": _standard_deviations})),
        Property("W may be rotated", _rotations, Mutant("W is read as lower triangular", {"log_prob": _triangular})),
        Property(
            "the posterior conditions the joint normal", _conditioned, Mutant("no prior", {"posterior": _without_prior})
        ),
        Property("EM never lowers the likelihood", _em_rises, Mutant("n − 1 for n in Ψ", {"em_step": _about_zero})),
        Property("the M-step maximises", _em_step_best, Mutant("z is taken for certain", {"em_step": _certain})),
    ),
    source="Bishop 2006, section 12.2.4",
    oracles=(
        Oracle(
            package="scikit-learn",
            inputs={
                "x": [
                    [0.4, 0.1, -0.9, 0.2],
                    [0.8, 0.5, 0.2, 1.5],
                    [-1.6, -1.0, -0.4, 0.0],
                    [-1.2, -1.0, 2.7, -2.1],
                    [0.6, 2.2, -0.4, 1.4],
                    [0.1, -0.8, -0.3, 0.5],
                    [-1.4, -1.0, 0.4, -1.2],
                    [0.5, 0.6, -0.5, 0.2],
                    [0.8, 1.0, -0.1, -0.2],
                    [0.8, -0.1, 0.4, -0.5],
                    [0.7, 0.0, -0.9, -0.2],
                    [0.6, 0.7, -1.2, -0.2],
                    [-0.6, -1.0, 0.8, -0.2],
                    [-1.3, 0.0, 1.0, -0.4],
                    [-1.0, 0.1, 0.6, 0.1],
                    [0.4, -0.5, -0.6, 0.3],
                ],
                "steps": 400,
            },
            ask=_from_fa,
            tell=_fa_ours,
            tolerance=1e-5,
            conversion="components_ is Wᵀ, first entry made positive; svd_method lapack; noise divides by n",
        ),
    ),
    task=Task("scikit-learn's wine, standardised, three factors", _wine_factors, training=True),
    conventions=("psi holds variances", "sample moments divide by n"),
)


SPECIFICATIONS = (DECODER, FACTOR_ANALYSIS)
