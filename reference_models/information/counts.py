"""Entropies of laws of counts, by listing. Standalone: imports torch; nothing of ours.

Idea     the sum over outcomes of −p log p by torch's own laws; a multinomial law as the table of counts of
         every sequence of draws. The numbers of ways are counted with log-gamma.
Source   Cover and Thomas 2006, section 2.1.
Shapes   every argument is a scalar tensor; results are scalars. float64, nats.
Here     torch's negative binomial counts failures when given the probability of a failure.
Error    below 1e-10 (1 + |value|) for means up to a hundred.
"""

from itertools import product

import torch
from torch import Tensor
from torch.distributions import Binomial, Distribution, NegativeBinomial, Poisson


def log_prob(law: Distribution, x: Tensor) -> Tensor:
    """torch's log-mass."""
    value: Tensor = law.log_prob(x)
    return value


def outcomes(most: int) -> Tensor:
    """0, 1, …, most: (most + 1,)."""
    return torch.arange(most + 1, dtype=torch.float64)


def mean(law: Distribution, x: Tensor, f: Tensor) -> Tensor:
    """Σ p f over the outcomes listed: (outcomes,), (outcomes,) -> ()."""
    return (torch.exp(log_prob(law, x)) * f).sum()


def binomial(n: Tensor, p: Tensor) -> Tensor:
    """−E log of the mass over the number of orders of x successes in n tosses."""
    law, x = Binomial(int(n), p), outcomes(int(n))
    orders = torch.lgamma(n + 1) - torch.lgamma(x + 1) - torch.lgamma(n - x + 1)
    return -mean(law, x, log_prob(law, x)) + mean(law, x, orders)


def negative_binomial(m: Tensor, p: Tensor, most: int = 4000) -> Tensor:
    """−E log of the mass over the number of orders of x failures before the m-th success."""
    law, x = NegativeBinomial(m, probs=1 - p), outcomes(most)
    orders = torch.lgamma(x + m) - torch.lgamma(x + 1) - torch.lgamma(m)
    return -mean(law, x, log_prob(law, x)) + mean(law, x, orders)


def poisson(r: Tensor, most: int = 400) -> Tensor:
    """−E log of the mass times x!."""
    law, x = Poisson(r), outcomes(most)
    return -mean(law, x, log_prob(law, x)) - mean(law, x, torch.lgamma(x + 1))


def uniform(n: Tensor) -> Tensor:
    """−Σ p log p of n values alike."""
    p = torch.full((int(n),), 1 / float(n), dtype=torch.float64)
    return -(p * torch.log(p)).sum()


def multinomial_of_two(*weights: Tensor) -> Tensor:
    """−Σ P log P of the tables of two draws, collected from all ordered pairs."""
    p = torch.stack(weights) / torch.stack(weights).sum()
    tables: dict[tuple[int, ...], Tensor] = {}
    for pair in product(range(len(weights)), repeat=2):
        key = tuple(sorted(pair))
        tables[key] = tables.get(key, torch.zeros(())) + p[pair[0]] * p[pair[1]]
    masses = torch.stack(list(tables.values()))
    return -(masses * torch.log(masses)).sum()


if __name__ == "__main__":
    one = torch.tensor(1.0, dtype=torch.float64)
    print(binomial(one, one / 2), negative_binomial(one, one / 2), poisson(one))  # log 2, 2 log 2 and 1
