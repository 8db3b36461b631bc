"""Information of three variables from the table of their joint law. Standalone: imports torch; nothing of ours.

Idea     the table is normalised, margins are its sums, and every information is torch's own divergence of two tables.
Source   Cover and Thomas 2006, chapter 2.
Shapes   eight weights, of X, Y, Z in binary order, as scalar tensors; tables are (2, 2, 2). float64, nats.
Error    rounding alone.
"""

import torch
from torch import Tensor


def table(*weights: Tensor) -> Tensor:
    """The joint law: eight () -> (2, 2, 2)."""
    j = torch.stack(weights).reshape(2, 2, 2)
    return j / j.sum()


def kl(p: Tensor, q: Tensor) -> Tensor:
    """Σ p log p/q by torch's own loss."""
    return torch.nn.functional.kl_div(torch.log(q), p, reduction="sum")


def with_both(*weights: Tensor) -> Tensor:
    """I(X; Y, Z): the table beside the product of p(x) and p(y, z)."""
    p = table(*weights)
    return kl(p, p.sum((1, 2), keepdim=True) * p.sum(0, keepdim=True))


def with_one(*weights: Tensor) -> Tensor:
    """I(X; Y)."""
    p = table(*weights).sum(2)
    return kl(p, p.sum(1, keepdim=True) * p.sum(0, keepdim=True))


def given_one(*weights: Tensor) -> Tensor:
    """I(X; Z | Y): the mean over Y of the information of the tables given Y."""
    p = table(*weights)
    of_y = p.sum((0, 2))
    given = [p[:, y] / of_y[y] for y in (0, 1)]
    return torch.stack(
        [of_y[y] * kl(g, g.sum(1, keepdim=True) * g.sum(0, keepdim=True)) for y, g in enumerate(given)]
    ).sum()


if __name__ == "__main__":
    weights = torch.arange(1.0, 9.0, dtype=torch.float64)
    print(with_both(*weights), with_one(*weights) + given_one(*weights))  # the same number
