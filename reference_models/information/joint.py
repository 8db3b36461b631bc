"""Entropies and information of two variables, from the table of their joint law. Standalone: imports torch.

Idea     the joint table is built outcome by outcome; marginals are its sums; entropies and divergences are torch's own.
Source   Cover and Thomas 2006, chapter 2 and section 8.5.
Shapes   every argument is a scalar tensor; results are scalars; tables are (2, 2), X down and Y across. float64, nats.
Error    rounding alone for tables; Gauss-Hermite with 32 nodes for the normal law.
"""

import numpy as np
import torch
from torch import Tensor
from torch.distributions import Distribution, Normal


def log_prob(law: Distribution, x: Tensor) -> Tensor:
    """torch's log-density."""
    value: Tensor = law.log_prob(x)
    return value


def joint(a: Tensor, b: Tensor, c: Tensor) -> Tensor:
    """P(X, Y) for P(X = 1) = a, P(Y = 1 | X = 1) = b and P(Y = 1 | X = 0) = c: (2, 2)."""
    given = torch.stack([torch.stack([1 - c, c]), torch.stack([1 - b, b])])
    return torch.stack([1 - a, a])[:, None] * given


def entropy(table: Tensor) -> Tensor:
    """−Σ p log p by torch's entr."""
    terms: Tensor = torch.special.entr(table)
    return terms.sum()


def kl(p: Tensor, q: Tensor) -> Tensor:
    """Σ p log p/q by torch's own loss."""
    return torch.nn.functional.kl_div(torch.log(q), p, reduction="sum")


def joint_entropy(a: Tensor, b: Tensor, c: Tensor) -> Tensor:
    """H(X, Y)."""
    return entropy(joint(a, b, c))


def information(a: Tensor, b: Tensor, c: Tensor) -> Tensor:
    """I(X; Y) as the divergence of the joint table from the product of its margins."""
    table = joint(a, b, c)
    return kl(table, table.sum(1, keepdim=True) * table.sum(0, keepdim=True))


def conditional_entropy(a: Tensor, b: Tensor, c: Tensor) -> Tensor:
    """H(Y | X), row by row."""
    table = joint(a, b, c)
    rows = table.sum(1)
    return sum((rows[i] * entropy(table[i] / rows[i]) for i in range(2)), torch.zeros_like(a))


def joint_kl(a: Tensor, b: Tensor, c: Tensor, d: Tensor, e: Tensor, f: Tensor) -> Tensor:
    """KL between two joint tables."""
    return kl(joint(a, b, c), joint(d, e, f))


def passed_kl(p: Tensor, q: Tensor, g: Tensor, h: Tensor) -> Tensor:
    """KL between the laws of Z, where Y is 1 with probability p or q and Z is made of Y by one channel."""
    channel = torch.stack([torch.stack([1 - h, h]), torch.stack([1 - g, g])])
    return kl(torch.stack([1 - p, p]) @ channel, torch.stack([1 - q, q]) @ channel)


def passed_information(a: Tensor, b: Tensor, c: Tensor, m: Tensor, g: Tensor, h: Tensor) -> Tensor:
    """Σ p(x, z) log p(z | x)/p(z), with P(Y = 1) = m in p(z): the table of X and Y times the channel from Y to Z."""
    channel = torch.stack([torch.stack([1 - h, h]), torch.stack([1 - g, g])])
    table, of_z = joint(a, b, c) @ channel, torch.stack([1 - m, m]) @ channel
    return kl(table, table.sum(1, keepdim=True) * of_z)


def normal_information(s: Tensor, r: Tensor) -> Tensor:
    """E log p(x, y)/(p(x) p(y)) for two normals of correlation r and deviations 1 and s, Gauss-Hermite in both."""
    t, w = (torch.as_tensor(v) for v in np.polynomial.hermite_e.hermegauss(32))
    x, u = t[:, None], t[None, :]
    rest = s * torch.sqrt(1 - r**2)
    y = s * r * x + rest * u
    ratio = log_prob(Normal(s * r * x, rest), y) - log_prob(Normal(torch.zeros_like(s), s), y)
    return (w[:, None] * w[None, :] * ratio).sum() / (2 * torch.pi)


if __name__ == "__main__":
    half, most, least = torch.tensor([0.5, 0.9, 0.1], dtype=torch.float64)
    print(information(half, most, least), joint_entropy(half, most, least))
