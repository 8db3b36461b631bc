"""InfoNCE, and CLIP: two views aligned by a softmax cross-entropy either way. Standalone: imports math, torch.

Source   Radford et al. 2021, section 2.3; van den Oord et al. 2018, section 2.3 (the bound).
Shapes   embeddings of images and texts are (n, d), pair i with pair i; scores (*batch, n, n), rows images. nats.
Here     τ is a temperature: scores are cosines over τ, learned as log(1/τ). The loss is the MEAN of both directions,
         each a mean over the batch, the positive among the n candidates.
"""

import math

import torch
from torch import Tensor


def normalised(z: Tensor) -> Tensor:
    """z/|z| along the last axis."""
    length: Tensor = z.norm(dim=-1, keepdim=True)
    return z / length


def scores(images: Tensor, texts: Tensor, tau: Tensor) -> Tensor:
    """s_ij = cos(image_i, text_j)/τ."""
    return normalised(images) @ normalised(texts).mT / tau


def one_way(scores: Tensor) -> Tensor:
    """InfoNCE, (1/n) Σ_i logsumexp_j s_ij − s_ii: (*batch, n, n) -> (*batch,)."""
    return (torch.logsumexp(scores, -1) - scores.diagonal(dim1=-2, dim2=-1)).mean(-1)


def both_ways(scores: Tensor) -> Tensor:
    """Half of image to text plus half of text to image: (*batch, n, n) -> (*batch,)."""
    return (one_way(scores) + one_way(scores.mT)) / 2


def loss(images: Tensor, texts: Tensor, tau: Tensor) -> Tensor:
    """CLIP's loss of embeddings: both ways."""
    return both_ways(scores(images, texts, tau))


def information_bound(s: Tensor) -> Tensor:
    """log n − L ≤ I(X; Y), with L the one-way loss; never above log n."""
    return math.log(s.shape[0]) - one_way(s)


def zero_shot(image: Tensor, prompts: Tensor, tau: Tensor) -> Tensor:
    """Probabilities of classes from their prompts' embeddings: (*batch, d), (classes, d) -> (*batch, classes)."""
    return torch.softmax(normalised(image) @ normalised(prompts).mT / tau, -1)
