"""VAE and its identities: rows 132 and 220."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
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
from numerics.specifications.outcomes import at_most, close, equal, mean_is, worst
from numerics.specifications.training import read, sheet
from reference_models.autoencoders import variational
from reference_models.inference import weights
from reference_models.structured import linear_latent


def hermite_nodes(draw: Draw, d: int, n: int = 6) -> tuple[Tensor, Tensor]:
    """Nodes (n^d, d) and weights of E over N(0, I)."""
    t, w = np.polynomial.hermite_e.hermegauss(n)
    at = draw.tensor(list(product(t, repeat=d)))
    return at, draw.tensor(list(product(w / w.sum(), repeat=d))).prod(-1)


def _linear(draw: Draw) -> tuple[Tensor, Tensor, Tensor, Callable[[Tensor], Tensor]]:
    """W (3, 2), b (3,), s², and the decoder W z + b."""
    w, b, s2 = draw.normal(3, 2), draw.normal(3), draw.uniform(0.3, 1.5)
    return w, b, s2, lambda z: z @ w.mT + b


def linear_evidence(w: Tensor, b: Tensor, s2: Tensor, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """log p(x), and mean and covariance of p(z | x), of the linear model, as normal laws."""
    cov = w @ w.mT + s2 * torch.eye(len(b), dtype=w.dtype, device=w.device)
    post = torch.linalg.inv(torch.eye(w.shape[1], dtype=w.dtype, device=w.device) + w.mT @ w / s2)
    return torch.distributions.MultivariateNormal(b, cov).log_prob(x), (x - b) @ w @ post / s2, post


def _gap(model: Model, draw: Draw) -> Outcome:
    """log p(x) − ELBO = KL(q ‖ p(z | x)), torch's own divergence of two normal laws."""
    (w, b, s2, decode), x = _linear(draw), draw.normal(3)
    mu, log_var = draw.normal(2), draw.normal(2)
    eps, weight = hermite_nodes(draw, 2)
    elbo = weight @ model.elbo(x.expand(len(eps), 3), mu, log_var, decode, s2, eps)
    evidence, mean, cov = linear_evidence(w, b, s2, x)
    q = torch.distributions.MultivariateNormal(mu, torch.diag(torch.exp(log_var)))
    gap = torch.distributions.kl_divergence(q, torch.distributions.MultivariateNormal(mean, cov))
    return worst(close(evidence - elbo, gap, 1e-8), at_most(elbo, evidence, 1e-9))


def _half_lost(x: Tensor, mu: Tensor, log_var: Tensor, decode: variational.Decoder, s2: Tensor, eps: Tensor) -> Tensor:
    return variational.elbo(x, mu, log_var, decode, s2, eps) - variational.kl(mu, log_var)


def _kl_formula(model: Model, draw: Draw) -> Outcome:
    mu, log_var = draw.normal(4, 2), draw.normal(4, 2)
    eps, weight = hermite_nodes(draw, 2)
    z = model.reparameterised(mu[:, None], log_var[:, None], eps)
    prior = torch.distributions.Normal(0.0, 1.0).log_prob(z).sum(-1)
    own = torch.distributions.Normal(mu[:, None], torch.exp(log_var / 2)[:, None]).log_prob(z).sum(-1)
    return close(model.kl(mu, log_var), (own - prior) @ weight, 1e-8)


def _log_std(mu: Tensor, log_var: Tensor) -> Tensor:
    return (mu**2 + torch.exp(log_var) - 1 - 2 * log_var).sum(-1) / 2


def _weights_mean(model: Model, draw: Draw) -> Outcome:
    """E e^{log w} = p(x), by nodes; Jensen: E log w is the ELBO."""
    w, b, s2, x = (
        draw.orthogonal(3)[:, :2] * draw.uniform(0.5, 2, 2),
        draw.normal(3),
        draw.uniform(0.3, 1.5),
        draw.normal(3),
    )
    evidence, mean, cov = linear_evidence(w, b, s2, x)  # columns of W are orthogonal, so cov is diagonal
    eps, weight = hermite_nodes(draw, 2, 30)
    log_var = torch.log(1.5 * torch.diagonal(cov))

    def decode(z: Tensor) -> Tensor:
        return z @ w.mT + b

    log_w = model.log_weight(x.expand(len(eps), 3), mean, log_var, decode, s2, eps)
    elbo = weight @ model.elbo(x.expand(len(eps), 3), mean, log_var, decode, s2, eps)
    return worst(
        close(torch.logsumexp(log_w + torch.log(weight), 0), evidence, 1e-6), close(weight @ log_w, elbo, 1e-8)
    )


def _without_prior(
    x: Tensor, mu: Tensor, log_var: Tensor, decode: variational.Decoder, s2: Tensor, eps: Tensor
) -> Tensor:
    z = variational.reparameterised(mu, log_var, eps)
    own = variational.log_normal(z, mu, torch.exp(log_var).expand_as(z))
    return variational.log_normal(x, decode(z), s2.expand_as(x)) - own


def _unbiased(model: Model, draw: Draw) -> Outcome:
    """The mean pathwise gradient in μ and log σ² is that of the exact ELBO of the linear model."""
    (w, b, s2, decode), x, n = _linear(draw), draw.normal(3), 5000
    at, eps = torch.stack([draw.normal(2), draw.uniform(0.8, 1.4, 2)]), draw.normal(n, 2)  # σ² far from σ

    def exact(v: Tensor) -> Tensor:
        mu, var = v[0], torch.exp(v[1])
        r = x - b - w @ mu
        fit = -(r @ r + (w**2 @ var).sum()) / (2 * s2)
        return fit - (mu**2 + var - 1 - v[1]).sum() / 2

    def one(v: Tensor, e: Tensor) -> Tensor:
        return model.elbo(x, v[0], v[1], decode, s2, e)

    slopes = torch.func.vmap(torch.func.grad(one), (None, 0))(at, eps)
    return mean_is(slopes, torch.func.grad(exact)(at))


def _variance_for_std(mu: Tensor, log_var: Tensor, eps: Tensor) -> Tensor:
    return mu + torch.exp(log_var) * eps


def _std_elbo(x: Tensor, mu: Tensor, log_var: Tensor, decode: variational.Decoder, s2: Tensor, eps: Tensor) -> Tensor:
    z = _variance_for_std(mu, log_var, eps)
    return variational.log_normal(x, decode(z), s2.expand_as(x)) - variational.kl(mu, log_var)


def _split(model: Model, draw: Draw) -> Outcome:
    q, prior, data = draw.simplex(4, 3), draw.simplex(3), draw.simplex(4)
    return close(model.average_kl(q, prior, data), model.code_information(q, data) + model.aggregate_kl(q, prior, data))


def _ppca_is_optimum(model: Model, draw: Draw) -> Outcome:
    """The likelihood of the data is flat at the closed form, and no other W nearby is likelier."""
    x = draw.normal(40, 4) @ draw.spd(4)
    w, s2 = model.ppca(x, 2)
    cov = torch.cov(x.mT, correction=0)

    def mean_log_prob(v: Tensor) -> Tensor:
        c = v[:8].reshape(4, 2) @ v[:8].reshape(4, 2).mT + v[8] * torch.eye(4, dtype=v.dtype, device=v.device)
        return -(torch.linalg.slogdet(c)[1] + torch.trace(torch.linalg.solve(c, cov))) / 2

    at = torch.cat([w.flatten(), s2[None]])
    return equal(torch.func.grad(mean_log_prob)(at), 0.0, 1e-7)


def _unshrunk(x: Tensor, d: int) -> tuple[Tensor, Tensor]:
    values, vectors = torch.linalg.eigh(torch.cov(x.mT, correction=0))
    return vectors[:, -d:] * torch.sqrt(values[-d:]), values[:-d].mean()


def _fit_vae(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """A linear VAE on wine comes to the PPCA optimum; a small VAE on digits has ELBO ≤ IWAE bound."""
    from sklearn.datasets import load_digits, load_wine

    x = draw.tensor(load_wine().data)
    x = (x - x.mean(0)) / x.std(0, correction=0)
    w, s2 = model.ppca(x, 2)
    eye = torch.eye(13, dtype=x.dtype, device=x.device)
    best = float(torch.distributions.MultivariateNormal(0 * x[0], w @ w.mT + s2 * eye).log_prob(x).mean())
    free = [(0.1 * draw.normal(*s)).requires_grad_() for s in ((13, 2), (13, 2), (2,), ())]
    eps, weight = hermite_nodes(draw, 2, 3)  # exact: the ELBO is quadratic in the noise
    optimiser, kept, steps = torch.optim.Adam(free, lr=0.02), [], 600
    for step in range(steps):
        optimiser.zero_grad()
        mu, log_var = x @ free[1], free[2].expand(len(x), 2)
        terms = model.elbo(x.expand(9, -1, -1), mu, log_var, lambda z: z @ free[0].mT, torch.exp(free[3]), eps[:, None])
        loss = -(weight @ terms).mean()
        torch.autograd.backward(loss)
        optimiser.step()
        kept.append(-loss.detach())
        progress(0.3 * (step + 1) / steps)
    found = read(kept)
    digits = draw.tensor(load_digits().data) / 16
    elbo, bound, losses, drawn = _fit_digits(model, draw, digits, progress)
    return Result(
        figures=(
            Figure("wine: ELBO of the linear VAE", found[-1], predicted=best, allowed=0.01, unit="nats"),
            Figure("digits: ELBO", elbo, unit="nats"),
            Figure("digits: IWAE bound, K = 50", bound, unit="nats"),
            Figure("the ELBO is below: 1", float(elbo <= bound), predicted=1.0, allowed=0.0),
        ),
        panels=(
            Panel(
                "wine: ELBO against PPCA", "lines", {"ELBO": (range(steps), found), "PPCA": ([0, steps], 2 * [best])}
            ),
            sheet("digits: draws", drawn),
            Panel("digits: negative ELBO", "lines", {"training": (range(len(losses)), losses)}),
        ),
    )


def _fit_digits(
    model: Model, draw: Draw, x: Tensor, progress: Callable[[float], None]
) -> tuple[float, float, list[float], Tensor]:
    """ELBO and bound on held-out digits, losses and draws, of a VAE of eight latents and a hidden layer each way."""
    shapes = ((64, 64), (64,), (64, 16), (16,), (8, 64), (64,), (64, 64), (64,), ())
    at = [(draw.normal(*s) / max(s[0] if s else 1, 1) ** 0.5 * (len(s) == 2)).requires_grad_() for s in shapes]
    order = draw.permutation(len(x))
    train, test = x[order[:1500]], x[order[1500:]]

    def encode(v: Tensor) -> tuple[Tensor, Tensor]:
        out = torch.tanh(v @ at[0] + at[1]) @ at[2] + at[3]
        return out[..., :8], out[..., 8:]

    def decode(z: Tensor) -> Tensor:
        return torch.sigmoid(torch.tanh(z @ at[4] + at[5]) @ at[6] + at[7])

    optimiser, kept, steps = torch.optim.Adam(at, lr=3e-3), [], 1200
    for step in range(steps):
        optimiser.zero_grad()
        batch = train[draw.integers(0, 1499, 100)]
        loss = -model.elbo(batch, *encode(batch), decode, 0.003 + torch.exp(at[8] - 2), draw.normal(100, 8)).mean()
        torch.autograd.backward(loss)
        optimiser.step()
        kept.append(loss.detach())
        progress(0.3 + 0.7 * (step + 1) / steps)
    losses = read(kept)
    with torch.no_grad():
        variance, eps = 0.003 + torch.exp(at[8] - 2), draw.normal(50, len(test), 8)
        log_w = model.log_weight(test.expand(50, -1, -1), *encode(test), decode, variance, eps)
        elbo = float(model.elbo(test.expand(50, -1, -1), *encode(test), decode, variance, eps).mean())
        drawn = decode(draw.normal(32, 8))
    return elbo, float(weights.iwae_bound(log_w.mT).mean()), losses, drawn


def _ppca_from_sklearn(inputs: Mapping[str, Any]) -> Answers:
    from sklearn.decomposition import PCA

    x = np.array(inputs["x"])
    found = PCA(2).fit(x)
    share = (len(x) - 1) / len(x)
    return {"covariance": (found.get_covariance() * share).tolist(), "variance": found.noise_variance_ * share}


def _ppca_answers(model: Model, inputs: Mapping[str, Any]) -> Answers:
    w, s2 = model.ppca(torch.tensor(inputs["x"], dtype=torch.float64), 2)
    return {"covariance": w @ w.mT + s2 * torch.eye(len(w), dtype=w.dtype), "variance": s2}


def _kl_from_torch(inputs: Mapping[str, Any]) -> Answers:
    mu, log_var = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("mu", "log_var"))
    q, prior = torch.distributions.Normal(mu, torch.exp(log_var / 2)), torch.distributions.Normal(0 * mu, 0 * mu + 1)
    return {"kl": torch.distributions.kl_divergence(q, prior).sum(-1).tolist()}


def _kl_answers(model: Model, inputs: Mapping[str, Any]) -> Answers:
    mu, log_var = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("mu", "log_var"))
    return {"kl": model.kl(mu, log_var)}


VAE = Specification(
    name="vae",
    family="autoencoders",
    systems=(132, 220),
    title="Variational autoencoder",
    statement="ELBO = E_q log p(x | z) − KL(q(z | x) ‖ N(0, I)), q(z | x) = N(μ(x), diag σ²(x))",
    page="reference_models.autoencoders.variational",
    functions={
        **{
            name: getattr(variational, name)
            for name in "kl reparameterised log_normal elbo log_weight average_kl code_information aggregate_kl".split()
        },
        "ppca": linear_latent.ppca_mle,
    },
    properties=(
        Property(
            "log p(x) = ELBO + KL(q ‖ posterior), linear decoder",
            _gap,
            Mutant("the KL counts twice", {"elbo": _half_lost}),
        ),
        Property("the KL by nodes", _kl_formula, Mutant("log σ² is taken for log σ", {"kl": _log_std})),
        Property(
            "weights have mean p(x), and log-weights the ELBO",
            _weights_mean,
            Mutant("the prior is left out", {"log_weight": _without_prior}),
        ),
        Property("pathwise gradients are unbiased", _unbiased, Mutant("σ² for σ in μ + σ ε", {"elbo": _std_elbo})),
        Property(
            "E KL(q ‖ p) = I(x; z) + KL(q(z) ‖ p), on tables",
            _split,
            Mutant(
                "the aggregate weighs all data alike",
                {"aggregate_kl": lambda q, prior, data: variational.aggregate_kl(q, prior, 0 * data + 1 / len(data))},
            ),
        ),
        Property(
            "probabilistic PCA is where the linear model is likeliest",
            _ppca_is_optimum,
            Mutant("σ² isn't taken from the eigenvalues", {"ppca": _unshrunk}),
        ),
    ),
    source="Kingma and Welling 2014, sections 2 and 3; Tipping and Bishop 1999",
    oracles=(
        Oracle(
            package="scikit-learn",
            inputs={"x": [[((5 * r + 3 * c * c + r * c) % 11 - 5) / 3 for c in range(4)] for r in range(9)]},
            ask=_ppca_from_sklearn,
            tell=_ppca_answers,
            tolerance=1e-10,
            conversion="PCA divides by n − 1: its covariance is multiplied by (n − 1)/n",
        ),
        Oracle(
            package="torch",
            inputs={"mu": [[0.3, -1.2], [0.0, 2.0]], "log_var": [[0.5, -0.7], [0.0, 1.1]]},
            ask=_kl_from_torch,
            tell=_kl_answers,
            tolerance=1e-12,
            conversion="torch's Normal takes a standard deviation, e^{log σ²/2}",
        ),
    ),
    task=Task("scikit-learn's wine and digits", _fit_vae, training=True),
    conventions=("the encoder gives log σ²", "sums over coordinates", "natural logarithm"),
)


SPECIFICATIONS = (VAE,)
