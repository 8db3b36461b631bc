"""The ELBO of two layers of binary latents, from the tables of both. Standalone: imports torch; nothing of ours.

Idea     p(x, z_1, z_2) and q(z_1, z_2) are 2 by 2 tables, built by broadcasting; the ELBO is a sum over their entries.
Source   Kingma and Welling 2013, section 2.2, for one layer.
Shapes   every argument is a scalar tensor; tables are (2, 2), z_1 down and z_2 across, value 1 first. float64, nats.
Here     a is p(z_2 = 1), b is p(z_1 = 1 | z_2), c is p(x | z_1); q is of the latent drawn first, r of the second.
"""

import torch
from torch import Tensor


def coin(p: Tensor) -> Tensor:
    """The probabilities of 1 and 0: (...) -> (..., 2)."""
    return torch.stack([p, 1 - p], -1)


def joint(a: Tensor, b1: Tensor, b0: Tensor, c1: Tensor, c0: Tensor) -> Tensor:
    """p(x, z_1, z_2) at the x that was seen."""
    return torch.stack([c1, c0])[:, None] * coin(torch.stack([b1, b0])).T * coin(a)[None, :]


def elbo(p: Tensor, q: Tensor) -> Tensor:
    """Σ q (log p − log q)."""
    return (q * (torch.log(p) - torch.log(q))).sum()


def drawn_upward(q: Tensor, r1: Tensor, r0: Tensor) -> Tensor:
    """q(z_1) q(z_2 | z_1)."""
    return coin(q)[:, None] * coin(torch.stack([r1, r0]))


def bottom_up(*numbers: Tensor) -> Tensor:
    """The ELBO of q(z_1) q(z_2 | z_1)."""
    return elbo(joint(*numbers[:5]), drawn_upward(*numbers[5:]))


def gap(*numbers: Tensor) -> Tensor:
    """log p(x) less that ELBO."""
    return torch.log(joint(*numbers[:5]).sum()) - bottom_up(*numbers)


def top_down(*numbers: Tensor) -> Tensor:
    """The ELBO of q(z_2) q(z_1 | z_2)."""
    return elbo(joint(*numbers[:5]), drawn_upward(*numbers[5:]).T)


if __name__ == "__main__":
    half = torch.full((8,), 0.5, dtype=torch.float64)
    print(gap(*half), top_down(*half))  # 0 and log 1/2
