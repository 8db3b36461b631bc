"""Maximum likelihood, Bayesian learning, MAP, least squares, intervals. Standalone: math and torch; nothing of ours.

Source   Casella and Berger 2002, chapters 7 and 10; Bishop 2006, chapters 1 and 3;
         Efron and Tibshirani 1993, chapter 6.
Shapes   observations lie along the first axis, (n, *batch); a design X is (n, d), responses y are (n,). float64, nats.
Here     ``var`` is a variance, ``rate`` an inverse mean; a prior N(0, tau2 I) has the variance tau2, a Laplace prior
         the scale b. Log-likelihoods are sums over the data, a ``mean_nll`` is their mean with the sign changed.
"""

import math
from collections.abc import Callable

import torch
from torch import Tensor


def mean_nll(log_prob: Tensor) -> Tensor:
    """−(1/n) Σ log p(x_i | θ), the empirical risk of the log loss: (n, *batch) -> (*batch,)."""
    return -log_prob.mean(0)


def normal_log_prob(x: Tensor, mean: Tensor, var: Tensor) -> Tensor:
    """log N(x | mean, var)."""
    return -((x - mean) ** 2) / (2 * var) - torch.log(2 * math.pi * var) / 2


def normal_mle(x: Tensor) -> tuple[Tensor, Tensor]:
    """The mean and the variance that maximise Σ log N(x_i | mean, var): divided by n, not n − 1."""
    mean = x.mean(0)
    return mean, ((x - mean) ** 2).mean(0)


def exponential_mle(x: Tensor) -> Tensor:
    """The rate that maximises Σ (log rate − rate x_i): n / Σ x_i."""
    return x.shape[0] / x.sum(0)


def categorical_nll(counts: Tensor, probs: Tensor) -> Tensor:
    """−Σ_k (n_k / n) log π_k: (*batch, k), (*batch, k) -> (*batch,)."""
    return -torch.xlogy(counts / counts.sum(-1, keepdim=True), probs).sum(-1)


def categorical_mle(counts: Tensor) -> Tensor:
    """The frequencies n_k / n."""
    return counts / counts.sum(-1, keepdim=True)


def log_evidence(log_prior: Tensor, log_likelihood: Tensor) -> Tensor:
    """log p(D) = log Σ_θ p(θ) Π_i p(x_i | θ): (k,), (n, k) -> (), the sum over a grid of k parameters."""
    return torch.logsumexp(log_prior + log_likelihood.sum(0), -1)


def log_posterior(log_prior: Tensor, log_likelihood: Tensor) -> Tensor:
    """log p(θ | D) = log p(θ) + Σ_i log p(x_i | θ) − log p(D): (k,), (n, k) -> (k,)."""
    return log_prior + log_likelihood.sum(0) - log_evidence(log_prior, log_likelihood)


def log_predictive(log_posterior: Tensor, log_likelihood: Tensor) -> Tensor:
    """log p(x′ | D) = log Σ_θ p(x′ | θ) p(θ | D): (k,), (*batch, k) -> (*batch,)."""
    return torch.logsumexp(log_posterior + log_likelihood, -1)


def negative_log_posterior(X: Tensor, y: Tensor, w: Tensor, var: Tensor, tau2: Tensor) -> Tensor:
    """−Σ log N(y_i | x_iᵀw, var) − log N(w | 0, tau2 I), up to a constant in w: (n, d), (n,), (d,) -> ()."""
    return ((y - X @ w) ** 2).sum() / (2 * var) + (w**2).sum() / (2 * tau2)


def ridge(X: Tensor, y: Tensor, var: Tensor | float, tau2: Tensor | float) -> Tensor:
    """The MAP estimate under N(0, tau2 I): (XᵀX + (var / tau2) I)⁻¹ Xᵀy, (d,)."""
    eye = torch.eye(X.shape[1], dtype=X.dtype, device=X.device)
    found: Tensor = torch.linalg.solve(X.mT @ X + var / tau2 * eye, X.mT @ y)
    return found


def soft_threshold(z: Tensor, t: Tensor) -> Tensor:
    """argmin_w (w − z)²/2 + t |w|: sign(z) max(|z| − t, 0)."""
    return torch.sign(z) * torch.clamp(z.abs() - t, min=0)


def lasso(X: Tensor, y: Tensor, var: Tensor | float, b: Tensor | float, sweeps: int = 200) -> Tensor:
    """argmin_w |y − Xw|²/(2 var) + |w|₁/b, the MAP estimate under Laplace(0, b), one coordinate at a time: (d,)."""
    w = torch.zeros_like(X[0])
    for _ in range(sweeps):
        for j in range(X.shape[1]):
            others = y - X @ w + X[:, j] * w[j]  # what coordinate j has left to explain
            square = (X[:, j] ** 2).sum()
            w[j] = soft_threshold(X[:, j] @ others / square, var / (b * square))
    return w


def beta_map(a: Tensor, b: Tensor, successes: Tensor, failures: Tensor) -> Tensor:
    """The mode in p of p^(a+s−1) (1−p)^(b+f−1), for a + s > 1 and b + f > 1."""
    return (a + successes - 1) / (a + b + successes + failures - 2)


def beta_map_of_logit(a: Tensor, b: Tensor, successes: Tensor, failures: Tensor) -> Tensor:
    """The p at the mode in u = logit p: the Jacobian dp/du = p(1−p) makes it (a + s)/(a + b + s + f)."""
    return (a + successes) / (a + b + successes + failures)


def least_squares(X: Tensor, y: Tensor) -> Tensor:
    """argmin_w |y − Xw|² by the normal equations: (XᵀX)⁻¹ Xᵀy, (d,)."""
    found: Tensor = torch.linalg.solve(X.mT @ X, X.mT @ y)
    return found


def fisher_information(probs: Callable[[Tensor], Tensor], theta: Tensor) -> Tensor:
    """I(θ) = Σ_x p(x | θ) (∂ log p(x | θ)/∂θ)² for a law on finitely many outcomes: () -> ()."""
    p = probs(theta)
    slope: Tensor = torch.func.jacrev(probs)(theta)
    return (slope**2 / p).sum()  # p (p′/p)²


def wald_interval(estimate: Tensor, information: Tensor, n: int, z: float) -> tuple[Tensor, Tensor]:
    """θ̂ ± z / √(n I(θ̂)), where I is the information in one observation."""
    half = z / torch.sqrt(n * information)
    return estimate - half, estimate + half


def bootstrap(x: Tensor, statistic: Callable[[Tensor], Tensor], indices: Tensor) -> Tensor:
    """The statistic of resamples: x (n,), indices (b, n) of draws with replacement -> (b,)."""
    return torch.stack([statistic(x[row]) for row in indices])
