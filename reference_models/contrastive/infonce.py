"""InfoNCE and CLIP with torch's own cross-entropy. Standalone: imports torch; nothing of ours.

Idea     the loss is torch's cross-entropy; slopes are autograd's; the best critic comes from listing which candidate
         was drawn; the gap of the bound is what is left of the log-ratio.
Source   van den Oord et al. 2018, section 2.3; Radford et al. 2021, section 2.3.
Shapes   every argument is a scalar tensor; similarities are stacked to (candidates,) or (images, texts). float64, nats.
"""

import math

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy


def loss(s1: Tensor, s2: Tensor, s3: Tensor, temperature: Tensor) -> Tensor:
    """Cross-entropy of three candidates, the first right."""
    logits = torch.stack([s1, s2, s3]) / temperature
    return cross_entropy(logits[None, :], torch.tensor([0]))


def slope(which: int, s1: Tensor, s2: Tensor, s3: Tensor, temperature: Tensor) -> Tensor:
    """The slope of the loss in one similarity, by autograd."""
    scores = [s.detach().clone().requires_grad_() for s in (s1, s2, s3)]
    return torch.autograd.grad(loss(scores[0], scores[1], scores[2], temperature), scores[which])[0]


def slope_positive(s1: Tensor, s2: Tensor, s3: Tensor, temperature: Tensor) -> Tensor:
    """In the positive's similarity."""
    return slope(0, s1, s2, s3, temperature)


def slope_negative(s1: Tensor, s2: Tensor, s3: Tensor, temperature: Tensor) -> Tensor:
    """In the first negative's similarity."""
    return slope(1, s1, s2, s3, temperature)


def drawn_first(joint: Tensor, marginal: Tensor) -> Tensor:
    """The probability that candidate 1 was drawn with the context: (3,), (3,) -> (). One row for each that may be."""
    rows = marginal.expand(3, 3).clone()
    rows.diagonal().copy_(joint)
    cases = rows.prod(1)
    return cases[0] / cases.sum()


def gap(r1: Tensor, r2: Tensor, r3: Tensor) -> Tensor:
    """log r₁ less (log 3 − loss), the loss with similarities log r_i at temperature 1."""
    scores = torch.log(torch.stack([r1, r2, r3]))
    return scores[0] - (
        torch.log(torch.tensor(3.0, dtype=r1.dtype)) - cross_entropy(scores[None, :], torch.tensor([0]))
    )


def expected_bound(a: Tensor, b: Tensor) -> Tensor:
    """E(log 2 − loss) over a positive and one negative, all four pairs of outcomes, similarities log p(x | c)/p(x)."""
    given, alone = torch.stack([1 - a, a]), torch.stack([1 - b, b])
    scores = torch.log(given / alone)
    pairs = torch.cartesian_prod(torch.arange(2), torch.arange(2))  # (4, 2): positive, negative
    losses = cross_entropy(scores[pairs], torch.zeros(4, dtype=torch.long), reduction="none")
    return (given[pairs[:, 0]] * alone[pairs[:, 1]] * (math.log(2) - losses)).sum()


def bound(r1: Tensor, r2: Tensor, r3: Tensor) -> Tensor:
    """log 3 − loss, the loss with similarities log r_i at temperature 1."""
    return math.log(3) - loss(torch.log(r1), torch.log(r2), torch.log(r3), torch.ones_like(r1))


def clip_loss(s11: Tensor, s12: Tensor, s21: Tensor, s22: Tensor) -> Tensor:
    """The mean of torch's cross-entropy over rows and over columns, the diagonal being right."""
    logits = torch.stack([torch.stack([s11, s12]), torch.stack([s21, s22])])
    right = torch.arange(2)
    return (cross_entropy(logits, right) + cross_entropy(logits.T, right)) / 2


if __name__ == "__main__":
    one = torch.tensor(1.0, dtype=torch.float64)
    print(loss(one, one, one, one))  # log 3
