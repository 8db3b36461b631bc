"""Comparing two samples: MMD, Kolmogorov-Smirnov, classifier two-sample test. Standalone: imports math, torch.

Source   Gretton et al. 2012, sections 2 and 3; Lopez-Paz and Oquab 2017; van der Vaart 1998, section 19.3.
Shapes   samples x (n, d) and y (m, d), on a line (n,) and (m,); kernel matrices (n, m); laws (k,); results (). float64.
Here     MMD is squared. The Gaussian kernel is e^(−|x − y|²/(2ℓ²)) with a length ℓ. The KS statistic is the largest gap
         of distribution functions, not scaled by √n.
"""

import math

import torch
from torch import Tensor


def gaussian_kernel(x: Tensor, y: Tensor, length: float | Tensor) -> Tensor:
    """k(x, y) = e^(−|x − y|²/(2ℓ²)): (n, d), (m, d) -> (n, m)."""
    square = ((x[:, None] - y) ** 2).sum(-1)
    return torch.exp(-square / (2 * length**2))


def linear_kernel(x: Tensor, y: Tensor) -> Tensor:
    """⟨x, y⟩."""
    return x @ y.mT


def mmd_of_laws(p: Tensor, q: Tensor, kernel: Tensor) -> Tensor:
    """E k(x, x′) + E k(y, y′) − 2 E k(x, y) for laws on k points and their kernel matrix (k, k)."""
    return p @ kernel @ p + q @ kernel @ q - 2 * p @ kernel @ q


def mmd_biased(kxx: Tensor, kyy: Tensor, kxy: Tensor) -> Tensor:
    """The same of two empirical laws, pairs of a point with itself included: never negative."""
    return kxx.mean() + kyy.mean() - 2 * kxy.mean()


def mmd_unbiased(kxx: Tensor, kyy: Tensor, kxy: Tensor) -> Tensor:
    """The U-statistic: pairs of a point with itself are left out, so that its mean is MMD²."""
    n, m = len(kxx), len(kyy)
    own = (kxx.sum() - kxx.trace()) / (n * (n - 1)) + (kyy.sum() - kyy.trace()) / (m * (m - 1))
    return own - 2 * kxy.mean()


def ks_statistic(x: Tensor, y: Tensor) -> Tensor:
    """sup_t |F_n(t) − G_m(t)| of two samples on a line."""
    points = torch.cat([x, y])
    f = (x <= points[:, None]).to(x.dtype).mean(-1)
    g = (y <= points[:, None]).to(y.dtype).mean(-1)
    return (f - g).abs().max()


def ks_limit(t: float, terms: int = 100) -> float:
    """P(√(nm/(n + m)) D > t) in the limit: 2 Σ_(j ≥ 1) (−1)^(j−1) e^(−2j²t²)."""
    return 2 * math.fsum((1 if j % 2 else -1) * math.exp(-2 * (j * t) ** 2) for j in range(1, terms))


def bayes_classifier(p: Tensor, q: Tensor) -> Tensor:
    """Whether an outcome is called p's, for a fair label: p > q, (k,) -> (k,) of zeros and ones."""
    return (p > q).to(p.dtype)


def expected_accuracy(rule: Tensor, p: Tensor, q: Tensor) -> Tensor:
    """½ P_p(rule) + ½ P_q(not rule)."""
    return ((rule * p).sum(-1) + ((1 - rule) * q).sum(-1)) / 2


def c2st_p_value(correct: int, n: int) -> Tensor:
    """P(Binomial(n, ½) ≥ correct): how surprising a held-out accuracy is where both laws are equal."""
    k = torch.arange(correct, n + 1, dtype=torch.float64)
    size = torch.tensor(float(n), dtype=torch.float64)
    ways = torch.lgamma(size + 1) - torch.lgamma(k + 1) - torch.lgamma(size - k + 1)
    return torch.exp(ways - n * math.log(2)).sum()
