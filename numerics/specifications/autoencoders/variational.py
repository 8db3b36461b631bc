"""VAE and its identities, deep latent Gaussian models, IWAE, β-VAE, decoders: rows 132 to 134 and 220 to 222."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from itertools import pairwise, product
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
from numerics.specifications.outcomes import at_most, close, equal, gradient, mean_is, true, worst
from reference_models.autoencoders import variational


def _nodes(draw: Draw, d: int, n: int = 6) -> tuple[Tensor, Tensor]:
    """Nodes (n^d, d) and weights of E over N(0, I)."""
    t, w = np.polynomial.hermite_e.hermegauss(n)
    at = draw.tensor(list(product(t, repeat=d)))
    return at, draw.tensor(list(product(w / w.sum(), repeat=d))).prod(-1)


def _linear(draw: Draw) -> tuple[Tensor, Tensor, Tensor, Callable[[Tensor], Tensor]]:
    """W (3, 2), b (3,), s², and the decoder W z + b."""
    w, b, s2 = draw.normal(3, 2), draw.normal(3), draw.uniform(0.3, 1.5)
    return w, b, s2, lambda z: z @ w.mT + b


def _evidence(w: Tensor, b: Tensor, s2: Tensor, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """log p(x), and mean and covariance of p(z | x), of the linear model, as normal laws."""
    cov = w @ w.mT + s2 * torch.eye(len(b), dtype=w.dtype, device=w.device)
    post = torch.linalg.inv(torch.eye(w.shape[1], dtype=w.dtype, device=w.device) + w.mT @ w / s2)
    return torch.distributions.MultivariateNormal(b, cov).log_prob(x), post @ w.mT @ (x - b) / s2, post


def _gap(model: Model, draw: Draw) -> Outcome:
    """log p(x) − ELBO = KL(q ‖ p(z | x)), torch's own divergence of two normal laws."""
    (w, b, s2, decode), x = _linear(draw), draw.normal(3)
    mu, log_var = draw.normal(2), draw.normal(2)
    eps, weight = _nodes(draw, 2)
    elbo = weight @ model.elbo(x.expand(len(eps), 3), mu, log_var, decode, s2, eps)
    evidence, mean, cov = _evidence(w, b, s2, x)
    q = torch.distributions.MultivariateNormal(mu, torch.diag(torch.exp(log_var)))
    gap = torch.distributions.kl_divergence(q, torch.distributions.MultivariateNormal(mean, cov))
    return worst(close(evidence - elbo, gap, 1e-8), at_most(elbo, evidence, 1e-9))


def _half_lost(x: Tensor, mu: Tensor, log_var: Tensor, decode: variational.Decoder, s2: Tensor, eps: Tensor) -> Tensor:
    return variational.elbo(x, mu, log_var, decode, s2, eps) - variational.kl(mu, log_var)


def _kl_formula(model: Model, draw: Draw) -> Outcome:
    mu, log_var = draw.normal(4, 2), draw.normal(4, 2)
    eps, weight = _nodes(draw, 2)
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
    evidence, mean, cov = _evidence(w, b, s2, x)  # columns of W are orthogonal, so cov is diagonal
    eps, weight = _nodes(draw, 2, 30)
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
    at, eps = draw.normal(2, 2), draw.normal(n, 2)

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
    eps, weight = _nodes(draw, 2, 3)  # exact: the ELBO is quadratic in the noise
    optimiser, found, steps = torch.optim.Adam(free, lr=0.02), [], 600
    for step in range(steps):
        optimiser.zero_grad()
        mu, log_var = x @ free[1], free[2].expand(len(x), 2)
        terms = model.elbo(x.expand(9, -1, -1), mu, log_var, lambda z: z @ free[0].mT, torch.exp(free[3]), eps[:, None])
        loss = -(weight @ terms).mean()
        torch.autograd.backward(loss)
        optimiser.step()
        found.append(-float(loss.detach()))
        progress(0.3 * (step + 1) / steps)
    digits = draw.tensor(load_digits().data) / 16
    elbo, bound, losses = _fit_digits(model, draw, digits, progress)
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
            Panel("digits: negative ELBO", "lines", {"training": (range(len(losses)), losses)}),
        ),
    )


def _fit_digits(
    model: Model, draw: Draw, x: Tensor, progress: Callable[[float], None]
) -> tuple[float, float, list[float]]:
    """ELBO and bound on held-out digits, of a VAE with eight latents and a hidden layer each way."""
    shapes = ((64, 64), (64,), (64, 16), (16,), (8, 64), (64,), (64, 64), (64,), ())
    at = [(draw.normal(*s) / max(s[0] if s else 1, 1) ** 0.5 * (len(s) == 2)).requires_grad_() for s in shapes]
    order = draw.permutation(len(x))
    train, test = x[order[:1500]], x[order[1500:]]

    def encode(v: Tensor) -> tuple[Tensor, Tensor]:
        out = torch.tanh(v @ at[0] + at[1]) @ at[2] + at[3]
        return out[..., :8], out[..., 8:]

    def decode(z: Tensor) -> Tensor:
        return torch.sigmoid(torch.tanh(z @ at[4] + at[5]) @ at[6] + at[7])

    optimiser, losses, steps = torch.optim.Adam(at, lr=3e-3), [], 1200
    for step in range(steps):
        optimiser.zero_grad()
        batch = train[draw.integers(0, 1499, 100)]
        loss = -model.elbo(batch, *encode(batch), decode, 0.003 + torch.exp(at[8] - 2), draw.normal(100, 8)).mean()
        torch.autograd.backward(loss)
        optimiser.step()
        losses.append(float(loss.detach()))
        progress(0.3 + 0.7 * (step + 1) / steps)
    with torch.no_grad():
        variance, eps = 0.003 + torch.exp(at[8] - 2), draw.normal(50, len(test), 8)
        log_w = model.log_weight(test.expand(50, -1, -1), *encode(test), decode, variance, eps)
        elbo = float(model.elbo(test.expand(50, -1, -1), *encode(test), decode, variance, eps).mean())
    return elbo, float(variational.iwae(log_w).mean()), losses


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
        name: getattr(variational, name)
        for name in (
            "kl reparameterised log_normal elbo log_weight average_kl code_information aggregate_kl ppca".split()
        )
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


def _layered(model: Model, draw: Draw) -> Outcome:
    """Two linear layers: the covariance is G₁G₁ᵀ + W G₂ G₂ᵀ Wᵀ, by the slopes in the noise."""
    w, g1, g2 = draw.normal(3, 2), draw.normal(3, 3), draw.normal(2, 2)

    def run(noise: Tensor) -> Tensor:
        top = model.dlgm_layer(torch.zeros(2, dtype=torch.float64, device=draw.device), g2, noise[:2])
        return model.dlgm_layer(w @ top, g1, noise[2:])

    slopes = torch.func.jacrev(run)(torch.zeros(5, dtype=torch.float64, device=draw.device))
    return close(slopes @ slopes.mT, g1 @ g1.mT + w @ g2 @ g2.mT @ w.mT)


def _cubic(draw: Draw) -> Callable[[Tensor], Tensor]:
    a, b, c = draw.normal(2), draw.normal(2, 2), draw.normal(2)
    return lambda z: (a @ z) ** 3 + z @ b @ z + torch.sin(c @ z)


def _bonnet(model: Model, draw: Draw) -> Outcome:
    f, mu, root = _cubic(draw), draw.normal(2), draw.normal(2, 2) / 2
    noise, weights = _nodes(draw, 2, 24)

    def mean(m: Tensor) -> Tensor:
        return weights @ torch.func.vmap(f)(m + noise @ root.mT)

    return close(model.bonnet(f, mu, root, noise, weights), torch.func.grad(mean)(mu), 1e-7)


def _at_the_mean(f: Callable[[Tensor], Tensor], mu: Tensor, root: Tensor, noise: Tensor, weights: Tensor) -> Tensor:
    return torch.func.grad(f)(mu)


def _price(model: Model, draw: Draw) -> Outcome:
    """Against the slope of E f in every entry of C, its root taken again by Cholesky."""
    f, mu, cov = _cubic(draw), draw.normal(2), draw.spd(2) / 2
    noise, weights = _nodes(draw, 2, 30)

    def mean(c: Tensor) -> Tensor:
        return weights @ torch.func.vmap(f)(mu + noise @ torch.linalg.cholesky((c + c.mT) / 2).mT)

    found = model.price(f, mu, torch.linalg.cholesky(cov), noise, weights)
    return close(found, torch.func.grad(mean)(cov), 1e-5)


def _whole_hessian(f: Callable[[Tensor], Tensor], mu: Tensor, root: Tensor, noise: Tensor, weights: Tensor) -> Tensor:
    return 2 * variational.price(f, mu, root, noise, weights)


DLGM = Specification(
    name="dlgm",
    family="autoencoders",
    systems=(133,),
    title="Deep latent Gaussian model",
    statement="h_l = T_l(h_{l+1}) + G_l ξ_l; ∇_μ E f = E ∇f, ∇_C E f = ½ E ∇²f",
    page="reference_models.autoencoders.variational",
    functions={"dlgm_layer": variational.dlgm_layer, "bonnet": variational.bonnet, "price": variational.price},
    properties=(
        Property(
            "linear layers add covariances",
            _layered,
            Mutant("G transposed", {"dlgm_layer": lambda mean, root, noise: mean + noise @ root}),
        ),
        Property("Bonnet's identity", _bonnet, Mutant("the slope at the mean", {"bonnet": _at_the_mean})),
        Property("Price's identity", _price, Mutant("the factor 1/2 is lost", {"price": _whole_hessian})),
    ),
    source="Rezende, Mohamed and Wierstra 2014, sections 3 and 4",
    conventions=("G_l is a root of the covariance",),
)


def _tuples(model: Model, joint: Tensor, q: Tensor, k: int) -> Tensor:
    """E of the bound over all K-tuples of states drawn from q, exactly."""
    log_w = torch.log(joint / q)
    index = torch.cartesian_prod(*[torch.arange(len(q), device=q.device)] * k).reshape(-1, k)
    return (q[index].prod(-1) * model.iwae(log_w[index].mT)).sum()


def _ordered(model: Model, draw: Draw) -> Outcome:
    joint, q = draw.simplex(4)[:3], draw.simplex(3)  # p(x, z) over three z, with p(x) < 1
    bounds = torch.stack([_tuples(model, joint, q, k) for k in (1, 2, 3, 4)])
    elbo = (q * torch.log(joint / q)).sum()
    evidence, w = torch.log(joint.sum()), joint / q
    pairs = (q[:, None] * q * torch.log((w[:, None] + w) / 2)).sum()
    ordered = worst(at_most(bounds[:-1], bounds[1:]), at_most(bounds[-1], evidence))
    return worst(ordered, close(bounds[0], elbo), close(bounds[1], pairs))


def _mean_of_logs(log_w: Tensor) -> Tensor:
    return log_w.mean(0)


def _tight(model: Model, draw: Draw) -> Outcome:
    joint = draw.simplex(4)[:3]
    evidence = torch.log(joint.sum())
    return worst(*(close(_tuples(model, joint, joint / joint.sum(), k), evidence) for k in (1, 2, 3)))


def _sum_of_weights(log_w: Tensor) -> Tensor:
    return torch.logsumexp(log_w, 0)


def _encoder_noise(model: Model, draw: Draw) -> Outcome:
    """Signal to noise of the encoder's gradient in μ falls from K = 1 to K = 128; that of the decoder's rises."""
    n, a, x = 2000, 0.7, 1.0
    eps = draw.normal(128, n)

    def bound(phi: Tensor, k: int, e: Tensor) -> Tensor:
        z = phi[0] + 0.8 * e[:k]
        normal = torch.distributions.Normal
        log_w = normal(phi[1] * z, 1.0).log_prob(draw.tensor(x)) + normal(0.0, 1.0).log_prob(z) + e[:k] ** 2 / 2
        return model.iwae(log_w)

    ratio = []
    for k in (1, 128):
        slopes = torch.func.vmap(torch.func.grad(lambda p, e, k=k: bound(p, k, e)), (None, 1))(
            draw.tensor([a * x / (1 + a**2) + 0.3, a]), eps
        )
        ratio.append(slopes.mean(0).abs() / slopes.std(0))
    return true(bool(ratio[1][0] < ratio[0][0] / 2) and bool(ratio[1][1] > 2 * ratio[0][1]), f"{ratio}")


def _bound_of_first(log_w: Tensor) -> Tensor:
    return log_w[0]


def _bounds_in_k(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """The bound of a linear model whose evidence is known, at growing K."""
    w, s2, x = draw.tensor([[1.0, 0.5], [-0.3, 1.2], [0.8, -0.7]]), draw.tensor(0.3), draw.tensor([1.0, -0.5, 0.8])
    evidence, mean, _ = _evidence(w, draw.tensor([0.0, 0.0, 0.0]), s2, x)
    mu, log_var, counts, found = mean + 0.3, draw.tensor([0.0, 0.0]), [1, 2, 8, 64, 512], []
    for i, k in enumerate(counts):
        eps = draw.normal(k, 4096, 2)
        log_w = variational.log_weight(x.expand(k, 4096, 3), mu, log_var, lambda z: z @ w.mT, s2, eps)
        found.append(float(model.iwae(log_w).mean()))
        progress((i + 1) / len(counts))
    exact = _evidence(w, draw.tensor([0.0, 0.0, 0.0]), s2, x)
    q = torch.distributions.MultivariateNormal(mu, torch.diag(torch.exp(log_var)))
    gap = torch.distributions.kl_divergence(q, torch.distributions.MultivariateNormal(exact[1], exact[2]))
    rising = all(a < b for a, b in pairwise(found))
    return Result(
        figures=(
            Figure("bound at K = 1", found[0], predicted=float(evidence - gap), allowed=0.6, unit="nats"),
            Figure("bound at K = 512", found[-1], predicted=float(evidence), allowed=0.05, unit="nats"),
            Figure("bounds rise with K: 1", float(rising), predicted=1.0, allowed=0.0),
        ),
        panels=(
            Panel(
                "bound against K",
                "lines",
                {"bound": (list(range(5)), found), "log p(x)": ([0, 4], 2 * [float(evidence)])},
            ),
        ),
    )


IWAE = Specification(
    name="iwae",
    family="autoencoders",
    systems=(134,),
    title="Importance-weighted autoencoder",
    statement="L_K = E log (1/K) Σ_k p(x, z_k)/q(z_k | x)",
    page="reference_models.autoencoders.variational",
    functions={"iwae": variational.iwae},
    properties=(
        Property(
            "L_1 is the ELBO, L_K ≤ L_{K+1} ≤ log p(x), by all tuples",
            _ordered,
            Mutant("the mean of the logs", {"iwae": _mean_of_logs}),
        ),
        Property(
            "with the posterior every bound is log p(x)",
            _tight,
            Mutant("log K isn't taken off", {"iwae": _sum_of_weights}),
        ),
        Property(
            "the encoder's gradient loses signal with K, the decoder's gains",
            _encoder_noise,
            Mutant("only the first weight counts", {"iwae": _bound_of_first}),
        ),
    ),
    source="Burda, Grosse and Salakhutdinov 2016, section 3; Rainforth et al. 2018",
    task=Task("a linear model of three numbers, whose evidence is known", _bounds_in_k),
    conventions=("log of the mean of weights",),
)


def _is_scaled_elbo(model: Model, draw: Draw) -> Outcome:
    x, mean, mu, log_var = draw.normal(5, 3), draw.normal(5, 3), draw.normal(5, 2), draw.normal(5, 2)
    beta = draw.uniform(0.2, 4)
    law = torch.distributions.Normal(mean, torch.sqrt(beta / 2))
    q, prior = torch.distributions.Normal(mu, torch.exp(log_var / 2)), torch.distributions.Normal(0.0, 1.0)
    kl = torch.distributions.kl_divergence(q, prior).sum(-1)
    elbo = law.log_prob(x).sum(-1) - kl
    gap = model.beta_loss(x, mean, mu, log_var, beta) + beta * elbo
    return close(gap, -beta * 3 / 2 * torch.log(torch.pi * beta), 1e-8, "a constant in all but β")


def _beta_on_fit(x: Tensor, reconstruction: Tensor, mu: Tensor, log_var: Tensor, beta: Tensor) -> Tensor:
    return beta * ((x - reconstruction) ** 2).sum(-1) + variational.kl(mu, log_var)


def _unit_variance(model: Model, draw: Draw) -> Outcome:
    """½|x − x̂|² + KL is half of the loss at β = 2: the same gradients."""
    x, mu, log_var = draw.normal(5, 3), draw.normal(5, 2), draw.normal(5, 2)
    w, two = draw.normal(3, 2), draw.tensor(2.0)
    found = gradient(lambda m: model.beta_loss(x, m @ w.mT, m, log_var, two) / 2, mu)
    return close(found, (mu @ w.mT - x) @ w + mu)


BETA_VAE = Specification(
    name="beta_vae",
    family="autoencoders",
    systems=(221,),
    title="β-VAE",
    statement="L = |x − x̂|² + β KL = β (−ELBO at s² = β/2) + const",
    page="reference_models.autoencoders.variational",
    functions={"beta_loss": variational.beta_loss},
    properties=(
        Property(
            "β times the negative ELBO at decoder variance β/2",
            _is_scaled_elbo,
            Mutant("β weighs the fit", {"beta_loss": _beta_on_fit}),
        ),
        Property("β = 2 is unit variance", _unit_variance, Mutant("β weighs the fit", {"beta_loss": _beta_on_fit})),
    ),
    source="Higgins et al. 2017, section 2",
    conventions=("the fit is a sum of squares without 1/2",),
)


def _full_covariance(model: Model, draw: Draw) -> Outcome:
    x, mean, cov = draw.normal(5, 3), draw.normal(5, 3), draw.spd(3)
    r = x - mean
    quadratic = torch.einsum("ni,ij,nj->n", r, torch.linalg.inv(cov), r)
    expected = -quadratic / 2 - torch.log(torch.det(cov)) / 2 - 1.5 * math.log(2 * math.pi)
    return close(model.log_normal_full(x, mean, cov), expected, 1e-8)


def _whole_log_det(x: Tensor, mean: Tensor, cov: Tensor) -> Tensor:
    return variational.log_normal_full(x, mean, cov) - torch.linalg.slogdet(cov)[1] / 2


def _isotropic(model: Model, draw: Draw) -> Outcome:
    x, mean, s2 = draw.normal(5, 3), draw.normal(5, 3), draw.uniform(0.2, 3)
    eye = torch.eye(3, dtype=torch.float64, device=draw.device)
    return close(model.log_normal(x, mean, s2), model.log_normal_full(x, mean, s2 * eye))


def _without_d(x: Tensor, mean: Tensor, variance: Tensor) -> Tensor:
    return -((x - mean) ** 2).sum(-1) / (2 * variance) - torch.log(2 * math.pi * variance) / 2


def _unbounded(model: Model, draw: Draw) -> Outcome:
    """Where x = D(z), log p rises by log 10 for each tenfold smaller σ; with a floor it is bounded by the floor's."""
    x, floor = draw.normal(1, 3), 1e-2
    sizes = [-20.0, -40.0, -80.0]
    free = [float(model.log_normal(x, x, torch.exp(draw.tensor(s)))) for s in sizes]
    held = [float(model.log_normal(x, x, model.floored(draw.tensor(s), floor))) for s in sizes]
    top = -1.5 * math.log(2 * math.pi * floor)
    return worst(close(free[1] - free[0], 30.0), close(free[2] - free[1], 60.0), at_most(draw.tensor(held), top, 1e-6))


DECODER_COVARIANCE = Specification(
    name="decoder_covariance",
    family="autoencoders",
    systems=(222,),
    title="Covariances of a Gaussian decoder",
    statement="log p = −½ rᵀ C⁻¹ r − ½ log |C| − (D/2) log 2π",
    page="reference_models.autoencoders.variational",
    functions={
        "log_normal": variational.log_normal,
        "log_normal_full": variational.log_normal_full,
        "floored": variational.floored,
    },
    properties=(
        Property(
            "a full covariance", _full_covariance, Mutant("log |C| without 1/2", {"log_normal_full": _whole_log_det})
        ),
        Property("C = s² I", _isotropic, Mutant("one normaliser for D coordinates", {"log_normal": _without_d})),
        Property(
            "no bound as σ → 0 at r = 0, but with a floor",
            _unbounded,
            Mutant("the floor multiplies", {"floored": lambda log_var, floor: floor * torch.exp(log_var)}),
        ),
    ),
    source="Rybkin et al. 2021, section 3; Mattei and Frellsen 2018",
)

SPECIFICATIONS = (VAE, DLGM, IWAE, BETA_VAE, DECODER_COVARIANCE)
