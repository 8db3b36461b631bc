"""The Indian buffet process. Standalone: imports math, torch; nothing of ours.

Source   Griffiths and Ghahramani 2011, section 4.
Shapes   a feature matrix is a list of rows, each a set of dish numbers; customers and dishes count from 1 and 0.
Here     α is the mass; customer i takes an old dish with chance m_k/i, then Poisson(α/i) new ones. Nats.
"""

import math
from collections.abc import Sequence

import torch


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
