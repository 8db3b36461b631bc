"""Sums along a sequence as torch code. Standalone: imports torch; nothing of ours.

Idea     run the recursion or add the terms one after the other; logits go through torch's own softmax and losses.
Source   Zhang et al. 2023, softmax and cross-entropy loss; nadavb 2026, the unrolled moving average.
Shapes   x, g, z are sequences (n,); all else is a scalar; results are scalars. float64.
Here     a moving average starts from zero; a return has its first reward undiscounted.
"""

import torch
from torch import Tensor


def differences(x: Tensor) -> Tensor:
    """Σ (x_{i+1} − x_i)."""
    return torch.diff(x).sum()


def fractions(n: Tensor) -> Tensor:
    """1/(1·2) + 1/(2·3) + … + 1/(n(n + 1))."""
    i = torch.arange(1, int(n) + 1, dtype=torch.float64)
    return (1 / (i * (i + 1))).sum()


def geometric(n: Tensor, r: Tensor) -> Tensor:
    """(1 − r)(1 + r + … + r^(n − 1)), the powers by repeated multiplication."""
    total, power = torch.zeros_like(r), torch.ones_like(r)
    for _ in range(int(n)):
        total, power = total + power, power * r
    return (1 - r) * total


def moving_average(g: Tensor, d: Tensor) -> Tensor:
    """The exponential moving average of all of g, step by step from zero."""
    average = torch.zeros_like(d)
    for one in g:
        average = d * average + (1 - d) * one
    return average


def discounted(x: Tensor, d: Tensor) -> Tensor:
    """x_1 + d x_2 + d² x_3 + …, from the last reward back."""
    later = torch.zeros_like(d)
    for one in x.flip(0):
        later = one + d * later
    return later


def log_partition(z: Tensor) -> Tensor:
    """log Σ exp z_i, by torch's logsumexp."""
    return torch.logsumexp(z, 0)


def cross_entropy(z: Tensor, true: Tensor) -> Tensor:
    """Minus the log of the softmax over all logits z, at the logit of the true class."""
    return -torch.log(torch.exp(true) / torch.exp(z).sum())


def logit_slopes(u: Tensor, v: Tensor, rest: Tensor) -> Tensor:
    """The slopes of the cross-entropy of class 0 in the logits u of that class and v of another: (2,).

    ``rest`` is Σ exp z over all other classes, given as two of them.
    """
    z = torch.stack([u, v, torch.log(rest / 3), torch.log(2 * rest / 3)]).detach().requires_grad_()
    (found,) = torch.autograd.grad(torch.nn.functional.cross_entropy(z, torch.tensor(0)), z)
    return found[:2]


if __name__ == "__main__":
    print(discounted(torch.tensor([1.0, 1.0, 1.0]), torch.tensor(0.5)))  # 1 + 1/2 + 1/4
