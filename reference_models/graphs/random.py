"""Random graphs by listing edges, torch's laws and running recursions. Standalone: imports torch; nothing of ours.

Idea     a degree's law is a sum over all sets of edges; the Poisson law is torch's; the spectrum is torch's; shares of
         degrees come from running the recursion from m on.
Source   Newman 2018, sections 11.3 and 13.1; Abbe 2018, sections 2 and 3.
Shapes   every argument is a scalar tensor; results are scalars. float64.
Here     p and q are probabilities of edges; lam is an expected degree; k a degree.
"""

import math

import torch
from torch import Tensor
from torch.distributions import Distribution, Poisson


def edge_sets(p: Tensor) -> tuple[Tensor, Tensor]:
    """Degree and probability of each of the eight sets of edges to three nodes: (8,) each."""
    edges = torch.cartesian_prod(*[torch.tensor([0.0, 1.0], dtype=p.dtype)] * 3)  # (8, 3)
    return edges.sum(1), torch.where(edges == 1, p, 1 - p).prod(1)


def generating(p: Tensor, z: Tensor) -> Tensor:
    """E z^degree."""
    degrees, weights = edge_sets(p)
    return (weights * z**degrees).sum()


def degree_variance(p: Tensor) -> Tensor:
    """Var(degree)."""
    degrees, weights = edge_sets(p)
    return (weights * (degrees - (weights * degrees).sum()) ** 2).sum()


def poisson(lam: Tensor, k: Tensor) -> Tensor:
    """torch's Poisson probabilities."""
    law: Distribution = Poisson(lam, validate_args=False)
    value: Tensor = law.log_prob(k)
    return torch.exp(value)


def poisson_generating(lam: Tensor, z: Tensor) -> Tensor:
    """Σ z^k P(k), to k = 200."""
    k = torch.arange(201, dtype=lam.dtype)
    return (z**k * poisson(lam, k)).sum()


def poisson_ratio(lam: Tensor, k: Tensor) -> Tensor:
    """P(k + 1)/P(k)."""
    return poisson(lam, k + 1) / poisson(lam, k)


def characteristic(n: Tensor, p: Tensor, q: Tensor, x: Tensor) -> Tensor:
    """Π (eigenvalue − x), torch's eigenvalues of the expected edges between two blocks."""
    blocks = n * torch.stack([torch.stack([p, q]), torch.stack([q, p])])
    eigenvalues: Tensor = torch.linalg.eigvalsh(blocks)
    return (eigenvalues - x).prod()


def log_odds_given_edge(w: Tensor, p: Tensor, q: Tensor) -> Tensor:
    """The logit of P(same block | edge), from the table of block and edge."""
    table = torch.stack([torch.stack([w * p, w * (1 - p)]), torch.stack([(1 - w) * q, (1 - w) * (1 - q)])])
    given = table[:, 0] / table[:, 0].sum()
    return torch.logit(given[0])


def shares(m: Tensor, steps: int) -> Tensor:
    """Shares of degrees m, m + 1, … from the balance of what comes and what leaves: (steps,)."""
    found = [2 / (2 + m)]  # 1 new node comes at m, and m/2 of its share leaves
    degree = m
    for _ in range(steps - 1):
        found.append(degree / 2 * found[-1] / (1 + (degree + 1) / 2))
        degree = degree + 1
    return torch.stack(found)


def share_after(k: Tensor, m: Tensor) -> Tensor:
    """The share of degree k + 1, for any k > 0: a Beta function, whose ratios solve the balance."""
    return m * (m + 1) * torch.exp(torch.lgamma(k + 1) + math.log(2) - torch.lgamma(k + 4))


def share(k: Tensor, m: Tensor) -> Tensor:
    """The share of degree k."""
    return share_after(k - 1, m)


def exponent(m: Tensor) -> Tensor:
    """Minus the slope of log share in log k at k = 10¹², by autograd."""
    log_k = torch.tensor(math.log(1e12), dtype=m.dtype, requires_grad=True)
    k = torch.exp(log_k)
    log_share = torch.log(2 * m * (m + 1)) - torch.log(k) - torch.log(k + 1) - torch.log(k + 2)
    return -torch.autograd.grad(log_share, log_k)[0]


def growth(m: Tensor, t: Tensor, s: Tensor) -> Tensor:
    """k/(2t) with k from 400 Runge-Kutta steps of dk/dt = k/(2t), in log t, from m at s."""
    steps = 400
    h = (torch.log(t) - torch.log(s)) / steps
    k = m
    for _ in range(steps):
        k = k * (1 + h / 2 + (h / 2) ** 2 / 2 + (h / 2) ** 3 / 6 + (h / 2) ** 4 / 24)
    return k / (2 * t)


if __name__ == "__main__":
    two = torch.tensor(2.0, dtype=torch.float64)
    print(shares(two, 4), share(two, two))  # the first of them is 1/2
