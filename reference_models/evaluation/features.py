"""Scores of generated images from features: Inception score, FID, precision and recall, CLIP score.

Standalone: imports torch; nothing of ours.
Source   Salimans et al. 2016; Heusel et al. 2017; Kynkäänniemi et al. 2019, section 2; Naeem et al. 2020;
         Hessel et al. 2021, section 3.
Shapes   features are (n, d), class probabilities (n, k), results (). float64, nats.
Here     the features are given, no network is run. FID is the squared distance, with covariances over n − 1. The k-th
         neighbour excludes the point itself, and balls are open. CLIP's score is weighted by w = 2.5 and not negative.
"""

import torch
from torch import Tensor


def inception_score(probs: Tensor) -> Tensor:
    """exp (1/n) Σ KL(p(y | x_i) ‖ p(y)), with p(y) the mean over the same samples, undivided: (n, k) -> ()."""
    marginal = probs.mean(0)
    return torch.exp((torch.xlogy(probs, probs) - torch.xlogy(probs, marginal)).sum(-1).mean())


def moments(x: Tensor) -> tuple[Tensor, Tensor]:
    """The mean and the covariance over n − 1: (n, d) -> (d,), (d, d)."""
    mean = x.mean(0)
    return mean, (x - mean).mT @ (x - mean) / (len(x) - 1)


def frechet_distance(m1: Tensor, c1: Tensor, m2: Tensor, c2: Tensor) -> Tensor:
    """|m₁ − m₂|² + tr(C₁ + C₂ − 2(C₁C₂)^½); the root's trace is the sum of the roots of C₁C₂'s eigenvalues."""
    values = torch.linalg.eigvals(c1 @ c2).real.clamp_min(0)
    trace = (c1 + c2).diagonal().sum() - 2 * torch.sqrt(values).sum()
    return ((m1 - m2) ** 2).sum() + trace


def fid(real: Tensor, fake: Tensor) -> Tensor:
    """The Fréchet distance of normal laws with the samples' moments."""
    return frechet_distance(*moments(real), *moments(fake))


def radii(x: Tensor, k: int) -> Tensor:
    """The distance of each point to its k-th nearest other: (n, d) -> (n,)."""
    return torch.cdist(x, x, compute_mode="donot_use_mm_for_euclid_dist").kthvalue(k + 1, -1).values  # itself is first


def precision(real: Tensor, fake: Tensor, k: int) -> Tensor:
    """The share of fakes that lie in some real point's ball."""
    apart = torch.cdist(real, fake, compute_mode="donot_use_mm_for_euclid_dist")
    return (apart < radii(real, k)[:, None]).any(0).to(real.dtype).mean()


def recall(real: Tensor, fake: Tensor, k: int) -> Tensor:
    """The share of real points that lie in some fake's ball."""
    return precision(fake, real, k)


def density(real: Tensor, fake: Tensor, k: int) -> Tensor:
    """The mean number of real balls around a fake, over k."""
    apart = torch.cdist(real, fake, compute_mode="donot_use_mm_for_euclid_dist")
    return (apart < radii(real, k)[:, None]).to(real.dtype).sum(0).mean() / k


def coverage(real: Tensor, fake: Tensor, k: int) -> Tensor:
    """The share of real balls that hold a fake."""
    apart = torch.cdist(real, fake, compute_mode="donot_use_mm_for_euclid_dist")
    return (apart < radii(real, k)[:, None]).any(1).to(real.dtype).mean()


def clip_score(image: Tensor, text: Tensor, weight: float = 2.5) -> Tensor:
    """w max(cos(image, text), 0), for each pair of rows: (n, d) twice -> (n,)."""
    cosine = torch.nn.functional.cosine_similarity(image, text, dim=-1)
    return weight * cosine.clamp_min(0)
