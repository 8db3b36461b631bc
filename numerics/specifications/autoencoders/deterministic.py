"""Autoencoders: plain, penalised and denoising: rows 130, 131, 217 and 218."""

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
from numerics.specifications.outcomes import at_most, close, equal, gradient, true, worst
from numerics.specifications.training import read
from reference_models.autoencoders import deterministic

Map = Callable[[Tensor], Tensor]


def _cloud(draw: Draw) -> Tensor:
    return draw.normal(30, 4) @ draw.spd(4) + draw.normal(4)


def _linear(mean: Tensor, basis: Tensor) -> tuple[Map, Map]:
    return (lambda x: (x - mean) @ basis), (lambda z: z @ basis.mT + mean)


def _principal(model: Model, draw: Draw) -> Outcome:
    """What is lost is the sum of the least eigenvalues of the covariance; the loss is flat there in every weight."""
    x = _cloud(draw)
    mean, basis = model.linear_optimum(x, 2)
    values = torch.linalg.eigvalsh(torch.cov(x.mT, correction=0))
    lost = model.reconstruction_loss(x, *_linear(mean, basis)).mean()

    def at(w: Tensor) -> Tensor:
        encoder, decoder, offset = w[:4, :2], w[4:8, :2], w[8]
        return model.reconstruction_loss(x, lambda v: (v - mean) @ encoder, lambda z: z @ decoder.mT + offset).mean()

    zero = torch.zeros(4, 2, dtype=x.dtype, device=x.device)
    weights = torch.cat([torch.cat([basis, zero], 1), torch.cat([basis, zero], 1), mean[None]])
    return worst(close(lost, values[:2].sum()), equal(gradient(at, weights), 0.0, 1e-9))


def _uncentred(x: Tensor, d: int) -> tuple[Tensor, Tensor]:
    return x.mean(0), torch.linalg.svd(x, full_matrices=False)[2][:d].mT


def _none_better(model: Model, draw: Draw) -> Outcome:
    x = _cloud(draw)
    best = model.reconstruction_loss(x, *_linear(*model.linear_optimum(x, 2))).mean()
    others = []
    for _ in range(20):
        code = (x - x.mean(0)) @ draw.normal(4, 2)
        weights = torch.linalg.lstsq(torch.cat([code, torch.ones_like(code[:, :1])], 1), x).solution  # best decoder
        others.append(((x - torch.cat([code, torch.ones_like(code[:, :1])], 1) @ weights) ** 2).sum(-1).mean())
    return at_most(best, torch.stack(others), 1e-9)


def _least_directions(x: Tensor, d: int) -> tuple[Tensor, Tensor]:
    return x.mean(0), torch.linalg.svd(x - x.mean(0), full_matrices=False)[2][-d:].mT


def _fit_wine(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """A linear autoencoder by gradient descent on standardised wine: it loses what PCA loses."""
    from sklearn.datasets import load_wine

    x = draw.tensor(load_wine().data)
    x = (x - x.mean(0)) / x.std(0, correction=0)
    floor = float(torch.linalg.eigvalsh(torch.cov(x.mT, correction=0))[:-3].sum())
    encoder, decoder = (0.1 * draw.normal(13, 3)).requires_grad_(), (0.1 * draw.normal(13, 3)).requires_grad_()
    optimiser, kept, steps = torch.optim.Adam([encoder, decoder], lr=0.02), [], 600
    for step in range(steps):
        optimiser.zero_grad()
        loss = model.reconstruction_loss(x, lambda v: v @ encoder, lambda z: z @ decoder.mT).mean()
        torch.autograd.backward(loss)
        optimiser.step()
        kept.append(loss.detach())
        progress((step + 1) / steps)
    losses = read(kept)
    basis = model.linear_optimum(x, 3)[1]
    with torch.no_grad():
        found = torch.linalg.qr(decoder)[0]
        cosine = float(torch.linalg.svdvals(found.mT @ basis).min())
    return Result(
        figures=(
            Figure("loss per wine", losses[-1], predicted=floor, allowed=1e-3),
            Figure("least cosine between the subspaces", cosine, predicted=1.0, allowed=1e-3),
        ),
        panels=(
            Panel("loss against PCA's", "lines", {"loss": (range(steps), losses), "PCA": ([0, steps], 2 * [floor])}),
        ),
    )


def _from_sklearn(inputs: Mapping[str, Any]) -> Answers:
    import numpy as np
    from sklearn.decomposition import PCA

    found = PCA(2).fit(np.array(inputs["x"]))
    return {"mean": found.mean_.tolist(), "projection": (found.components_.T @ found.components_).tolist()}


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    mean, basis = model.linear_optimum(torch.tensor(inputs["x"], dtype=torch.float64), 2)
    return {"mean": mean, "projection": basis @ basis.mT}


AUTOENCODER = Specification(
    name="autoencoder",
    family="autoencoders",
    systems=(130,),
    title="Autoencoder",
    statement="min |x − g(f(x))|²; linear f and g span the principal subspace",
    page="reference_models.autoencoders.deterministic",
    functions={
        "reconstruction_loss": deterministic.reconstruction_loss,
        "linear_optimum": deterministic.linear_optimum,
    },
    properties=(
        Property(
            "the linear optimum loses the least eigenvalues, and is flat",
            _principal,
            Mutant("directions of uncentred data", {"linear_optimum": _uncentred}),
        ),
        Property(
            "no other linear code does better",
            _none_better,
            Mutant("the least directions", {"linear_optimum": _least_directions}),
        ),
    ),
    source="Baldi and Hornik 1989",
    oracles=(
        Oracle(
            package="scikit-learn",
            inputs={"x": [[((5 * r + 3 * c * c + r * c) % 11 - 5) / 3 for c in range(4)] for r in range(9)]},
            ask=_from_sklearn,
            tell=_ours,
            tolerance=1e-10,
            conversion="PCA's components are rows, up to sign: projections are compared",
        ),
    ),
    task=Task("scikit-learn's wine, standardised", _fit_wine, training=True),
)


def _idempotent(model: Model, draw: Draw) -> Outcome:
    """P P = P where E(D(z)) = z (an orthonormal basis bent by sinh); not for a basis of another length."""
    basis, x = draw.orthogonal(4)[:, :2], draw.normal(5, 4)

    def encode(v: Tensor) -> Tensor:
        return torch.asinh(v @ basis)

    def decode(z: Tensor) -> Tensor:
        return torch.sinh(z) @ basis.mT

    once = model.projection(x, encode, decode)
    twice = model.projection(once, encode, decode)
    other = model.projection(x, encode, lambda z: 1.2 * decode(z))
    again = model.projection(other, encode, lambda z: 1.2 * decode(z))
    return worst(close(twice, once), true(float((again - other).abs().max()) > 1e-3, "not idempotent for another"))


def _residual(x: Tensor, encode: Map, decode: Map) -> Tensor:
    return x - 0.5 * decode(encode(x))


def _second_order(model: Model, draw: Draw) -> Outcome:
    w, v, z, direction = draw.normal(5, 2), draw.normal(3, 5), draw.normal(2), draw.normal(2)

    def decode(code: Tensor) -> Tensor:
        return torch.tanh(code @ w.mT) @ v.mT

    errors = []
    for h in (1e-2, 1e-3):
        errors.append(float((decode(z + h * direction) - model.linearised(decode, z, h * direction)).norm()))
    return equal(errors[1] / errors[0], 0.0, 0.03, "a tenth of the step, a hundredth of the error")


def _slopes_of_codes(model: Model, draw: Draw) -> Outcome:
    """Rows of J_E are gradients of the codes; columns of J_D are what linearised D adds."""
    basis, z = draw.normal(4, 2), draw.normal(2)

    def decode(code: Tensor) -> Tensor:
        return torch.tanh(code) @ basis.mT

    expected = basis * (1 - torch.tanh(z) ** 2)
    eye = torch.eye(2, dtype=z.dtype, device=z.device)
    columns = torch.stack([model.linearised(decode, z, e) - decode(z) for e in eye], 1)
    return close(columns, expected)


def _half_slope(decode: Map, z: Tensor, delta: Tensor) -> Tensor:
    return decode(z) + torch.func.jvp(decode, (z,), (delta,))[1] / 2


AE_GEOMETRY = Specification(
    name="autoencoder_geometry",
    family="autoencoders",
    systems=(217,),
    title="Autoencoder: projection and Jacobians",
    statement="P(x) = D(E(x)); D(z + δ) = D(z) + J_D δ + O(|δ|²)",
    page="reference_models.autoencoders.deterministic",
    functions={"projection": deterministic.projection, "linearised": deterministic.linearised},
    properties=(
        Property(
            "idempotent where E(D(z)) = z, and not elsewhere",
            _idempotent,
            Mutant("the residual of half the projection", {"projection": _residual}),
        ),
        Property(
            "the linearised decoder is off by the square of the step",
            _second_order,
            Mutant("half of the slope", {"linearised": _half_slope}),
        ),
        Property(
            "columns of J_D are slopes of the decoder",
            _slopes_of_codes,
            Mutant("half of the slope", {"linearised": _half_slope}),
        ),
    ),
    source="Goodfellow, Bengio and Courville 2016, chapter 14",
)


def _rescaled(model: Model, draw: Draw) -> Outcome:
    """E → c E, D → D(·/c): the first term stays, the second falls as c²."""
    (encode, decode), x, weight = _linear(draw.normal(4), draw.normal(4, 2)), draw.normal(6, 4), draw.uniform(0.5, 2)
    fit = ((x - decode(encode(x))) ** 2).sum(-1)
    size = (encode(x) ** 2).sum(-1)
    found = []
    for c in (1.0, 0.1, 1e-5):
        found.append(model.penalised_loss(x, lambda v, c=c: c * encode(v), lambda z, c=c: decode(z / c), weight))
    return worst(
        close(found[0], fit + weight * size), close(found[1], fit + weight * size / 100), close(found[2], fit, 1e-7)
    )


def _penalises_output(x: Tensor, encode: Map, decode: Map, weight: Tensor) -> Tensor:
    z = encode(x)
    return ((x - decode(z)) ** 2).sum(-1) + weight * (decode(z) ** 2).sum(-1)


def _nll_is_not_kl(model: Model, draw: Draw) -> Outcome:
    """KL(q ‖ N(0, I)) = E_q NLL − H(q): for a normal q by torch's own divergence, nodes for the mean."""
    import numpy as np

    mu, std = draw.normal(), draw.uniform(0.3, 2)
    nodes, w = (torch.as_tensor(v, device=draw.device) for v in np.polynomial.hermite_e.hermegauss(4))
    mean = (w / w.sum() * model.code_nll((mu + std * nodes)[:, None])).sum()
    law, prior = torch.distributions.Normal(mu, std), torch.distributions.Normal(0 * mu, 0 * mu + 1)
    return close(mean - law.entropy(), torch.distributions.kl_divergence(law, prior))


PENALISED = Specification(
    name="penalised_autoencoder",
    family="autoencoders",
    systems=(218,),
    title="Autoencoder with a penalty on the codes",
    statement="Σ |x − D(E(x))|² + λ |E(x)|²; −log N(z | 0, I) = (d/2) log 2π + |z|²/2",
    page="reference_models.autoencoders.deterministic",
    functions={"penalised_loss": deterministic.penalised_loss, "code_nll": deterministic.code_nll},
    properties=(
        Property(
            "shrinking the codes kills the penalty and keeps the fit",
            _rescaled,
            Mutant("the reconstruction is penalised", {"penalised_loss": _penalises_output}),
        ),
        Property(
            "KL = NLL of the codes − their entropy",
            _nll_is_not_kl,
            Mutant(
                "the factor 1/2 is lost",
                {"code_nll": lambda z: deterministic.code_nll(z) + (z**2).sum(-1) / 2},
            ),
        ),
    ),
    source="Goodfellow, Bengio and Courville 2016, section 14.2",
)


def _best_is_mean(model: Model, draw: Draw) -> Outcome:
    """Two points on a line: the loss, by nodes of the noise, is flat at E[x | x̃] in any direction."""
    points, std = draw.normal(2, 1), draw.uniform(0.4, 1.0)
    u = torch.linspace(-9, 9, 2001, dtype=torch.float64, device=draw.device)
    w = torch.exp(-(u**2) / 2) / torch.exp(-(u**2) / 2).sum()

    def loss(a: Tensor) -> Tensor:
        def reconstruct(v: Tensor) -> Tensor:
            return model.best_denoiser(v, points, std) + a[0] * torch.sin(v) + a[1] + a[2] * v

        terms = [model.denoising_loss(p.expand(2001, 1), u[:, None], std, reconstruct) for p in points]
        return sum((w * t).sum() for t in terms) / 2

    return equal(torch.func.grad(loss)(draw.tensor([0.0, 0.0, 0.0])), 0.0, 1e-9)


def _std_as_variance(noisy: Tensor, points: Tensor, std: Tensor) -> Tensor:
    return deterministic.best_denoiser(noisy, points, torch.sqrt(std))


def _tweedie(model: Model, draw: Draw) -> Outcome:
    points, std, noisy = draw.normal(4, 2), draw.uniform(0.4, 1.0), draw.normal(5, 2)
    law = torch.distributions.Normal(points, std)
    score = gradient(lambda v: torch.logsumexp(law.log_prob(v[:, None]).sum(-1), -1), noisy)
    return close(model.denoised_by_score(noisy, score, std), model.best_denoiser(noisy, points, std))


DENOISING = Specification(
    name="denoising_autoencoder",
    family="autoencoders",
    systems=(131,),
    title="Denoising autoencoder",
    statement="min E|x − r(x + σ ε)|², r*(x̃) = E[x | x̃] = x̃ + σ² ∇ log p_σ(x̃)",
    page="reference_models.autoencoders.deterministic",
    functions={
        "denoising_loss": deterministic.denoising_loss,
        "best_denoiser": deterministic.best_denoiser,
        "denoised_by_score": deterministic.denoised_by_score,
    },
    properties=(
        Property(
            "the loss is flat at the posterior mean",
            _best_is_mean,
            Mutant("σ is taken for a variance", {"best_denoiser": _std_as_variance}),
        ),
        Property(
            "Tweedie: the mean by the score",
            _tweedie,
            Mutant("σ for σ²", {"denoised_by_score": lambda x, score, std: x + std * score}),
        ),
    ),
    source="Vincent 2011, section 4",
    conventions=("σ is a standard deviation",),
)

SPECIFICATIONS = (AUTOENCODER, DENOISING, AE_GEOMETRY, PENALISED)
