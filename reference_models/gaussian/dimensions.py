"""Independent parts and normal laws in several dimensions. Standalone: imports torch; nothing of ours.

Idea     a pair of tables is the table of all pairs; in d dimensions torch's own multivariate laws, with matrices that
         are written out, give their divergence and their entropy.
Source   Cover and Thomas 2006, sections 2.5 and 8.4.
Shapes   every argument is a scalar tensor or a table (outcomes,); results are scalars. float64, nats.
Here     an eigenvalue is a VARIANCE; s_1 and s_2 are STANDARD DEVIATIONS; n is the dimension less 1.
"""

import torch
from torch import Tensor
from torch.distributions import Distribution, MultivariateNormal, Normal, kl_divergence


def kl(p: Distribution, q: Distribution) -> Tensor:
    """torch's own divergence."""
    value: Tensor = kl_divergence(p, q)
    return value


def kl_of_pair(p: Tensor, q: Tensor, r: Tensor, s: Tensor) -> Tensor:
    """Σ over all pairs, in the table of p × r against that of q × s."""
    return torch.nn.functional.kl_div(torch.log(torch.outer(q, s)), torch.outer(p, r), reduction="sum")


def entropy_of_pair(p: Tensor, r: Tensor) -> Tensor:
    """−Σ over all pairs, in the table of p × r."""
    terms: Tensor = torch.special.entr(torch.outer(p, r))
    return terms.sum()


def one_more(d: Tensor, trace: Tensor, square: Tensor, log_det: Tensor, m: Tensor, eigenvalue: Tensor) -> Tensor:
    """The value in d dimensions, and torch's divergence of one normal coordinate from N(0, 1)."""
    return (trace + square - d - log_det) / 2 + kl(Normal(m, eigenvalue.sqrt()), Normal(0 * m, 0 * m + 1))


def entropy(d: Tensor, determinant: Tensor) -> Tensor:
    """torch's entropy of a normal law in d dimensions with correlated coordinates and this determinant."""
    lower = torch.eye(int(d), dtype=d.dtype) + torch.tril(torch.ones(int(d), int(d), dtype=d.dtype), -1) / 2
    lower[0, 0] = determinant.sqrt()
    law: Distribution = MultivariateNormal(torch.zeros(int(d), dtype=d.dtype), scale_tril=lower)
    value: Tensor = law.entropy()
    return value


def kl_isotropic(n: Tensor, s1: Tensor, s2: Tensor, distance: Tensor) -> Tensor:
    """torch's divergence of two isotropic laws in n + 1 dimensions, their means apart in every coordinate."""
    d = int(n) + 1
    eye, mean = torch.eye(d, dtype=n.dtype), torch.full((d,), float(distance) / d**0.5, dtype=n.dtype)
    return kl(MultivariateNormal(mean, s1**2 * eye), MultivariateNormal(0 * mean, s2**2 * eye))


if __name__ == "__main__":
    one, two = torch.tensor([1.0, 2.0], dtype=torch.float64)
    print(entropy(two, one), kl_isotropic(two, one, one, two))  # 2.83788 and 2
