"""The Indian buffet process. Standalone: imports math, torch; nothing of ours.

Source   Griffiths and Ghahramani 2011, section 4.
Shapes   a feature matrix is a list of rows, each a set of dish numbers; customers and dishes count from 1 and 0. Many
         matrices at once are (draws, customers, dishes), true where a dish is taken.
Here     α is the mass; customer i takes an old dish with chance m_k/i, then Poisson(α/i) new ones. Nats.
"""

import math
from collections.abc import Sequence

import torch
from torch import Tensor


def harmonic(n: int) -> float:
    """H_n = 1 + 1/2 + … + 1/n."""
    return sum(1 / i for i in range(1, n + 1))


def sample(alpha: float, n: int, generator: torch.Generator) -> list[set[int]]:
    """The dishes of n customers, one after the other."""
    rows: list[set[int]] = []
    taken: list[int] = []  # how often each dish was taken
    for i in range(1, n + 1):
        u = torch.rand(len(taken), generator=generator, dtype=torch.float64, device=generator.device).tolist()
        row = {k for k, m in enumerate(taken) if u[k] < m / i}
        rate = torch.tensor(alpha / i, dtype=torch.float64, device=generator.device)
        new = int(torch.poisson(rate, generator=generator))
        row |= set(range(len(taken), len(taken) + new))
        taken = [m + (k in row) for k, m in enumerate(taken)] + [1] * new
        rows.append(row)
    return rows


def sample_masked(alpha: float, n: int, most: int, u: Tensor) -> Tensor:
    """Many draws of n customers at once, at most ``most`` dishes: (draws, n, most + 1) uniforms -> (draws, n, most).

    Dishes stand in the order of their first customer, behind a mask of those that are known; further ones are left off,
    which α H_n far below ``most`` makes rare. The last uniform of a customer is that of the number of new dishes.
    """
    place = torch.arange(most, device=u.device)
    taken, known = torch.zeros_like(u[:, 0, :most]), torch.zeros_like(u[:, 0, :1])
    rows: list[Tensor] = []
    for i in range(1, n + 1):
        counts = torch.arange(most, dtype=u.dtype, device=u.device)
        mass = torch.exp(counts * math.log(alpha / i) - alpha / i - torch.lgamma(counts + 1))
        new = (u[:, i - 1, most:] >= torch.cumsum(mass, 0)).sum(-1, keepdim=True)
        old = (place < known) & (u[:, i - 1, :most] < taken / i)
        row = old | ((place >= known) & (place < known + new))
        taken, known = taken + row, (known + new).clamp(max=most)
        rows.append(row)
    return torch.stack(rows, 1)


def sequential_log_prob(rows: Sequence[set[int]], alpha: float) -> float:
    """log probability of the customers' choices: old dishes by Bernoulli(m_k/i), the number of new ones by Poisson."""
    total, taken = 0.0, dict[int, int]()
    for i, row in enumerate(rows, 1):
        for dish, m in taken.items():
            total += math.log(m / i if dish in row else 1 - m / i)
        new = len(row - set(taken))
        total += new * math.log(alpha / i) - alpha / i - math.lgamma(new + 1)
        taken = {k: taken.get(k, 0) + (k in row) for k in set(taken) | row}
    return total


def class_log_prob(rows: Sequence[set[int]], alpha: float) -> float:
    """log P of the matrix up to the order of dishes: α^K/Π K_h! e^(−α H_n) Π_k (n − m_k)! (m_k − 1)!/n!."""
    n, dishes = len(rows), sorted(set().union(*rows))
    histories = [tuple(k in row for row in rows) for k in dishes]
    total = len(dishes) * math.log(alpha) - alpha * harmonic(n)
    total -= sum(math.lgamma(histories.count(h) + 1) for h in set(histories))
    for h in histories:
        m = sum(h)
        total += math.lgamma(n - m + 1) + math.lgamma(m) - math.lgamma(n + 1)
    return total
