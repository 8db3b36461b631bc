"""Pairs of which the second law depends on the first value, from tables. Standalone: imports torch; nothing of ours.

Idea     the law of a pair is a table, one row for each value of the first; entropies and divergences are its sums.
Source   Cover and Thomas 2006, sections 2.2 to 2.6.
Shapes   laws are torch's, of few values; a channel is a function from a value to a law. Results are scalars, in nats.
Error    rounding alone, below 1e-12 (1 + |value|).
"""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.distributions import Bernoulli, Distribution

Channel = Callable[[float], Distribution]


def masses(law: Distribution) -> Tensor:
    """The mass of each value: (values,)."""
    value: Tensor = torch.exp(law.log_prob(law.enumerate_support()))
    return value


def rows(law: Distribution, channel: Channel) -> Tensor:
    """The law of the second variable at each value of the first: (values, outputs)."""
    return torch.stack([masses(channel(float(x))) for x in law.enumerate_support()])


def table(law: Distribution, channel: Channel) -> Tensor:
    """The joint law: (values, outputs)."""
    return masses(law)[:, None] * rows(law, channel)


def kl_of_tables(one: Tensor, other: Tensor) -> Tensor:
    """Σ p log p/q by torch's own divergence."""
    value: Tensor = torch.nn.functional.kl_div(torch.log(other), one, reduction="sum")
    return value


def kl_of_pairs(p: Distribution, q: Distribution, s: Channel, t: Channel) -> Tensor:
    """KL of the pair (p, s) from the pair (q, t)."""
    return kl_of_tables(table(p, s), table(q, t))


def entropy_of_pair(p: Distribution, s: Channel) -> Tensor:
    """The entropy of the joint table."""
    value: Tensor = torch.special.entr(table(p, s)).sum()
    return value


def kl_of_first(p: Distribution, q: Distribution, s: Channel, t: Channel) -> Tensor:
    """KL of the first variable alone, by summing out the second."""
    return kl_of_tables(table(p, s).sum(1), table(q, t).sum(1))


def kl_of_one_channel(p: Distribution, q: Distribution, s: Channel) -> Tensor:
    """KL of input and output where both inputs go through one channel."""
    return kl_of_pairs(p, q, s, s)


def kl_from_independent(p: Distribution, r: Distribution, s: Channel) -> Tensor:
    """KL of the pair from independent variables of the laws p and r."""
    return kl_of_tables(table(p, s), torch.outer(masses(p), masses(r)))


def mean_kl(p: Distribution, b: Distribution, s: Channel) -> Tensor:
    """The mean over the first variable of the divergence of the second from b, a row at a time."""
    each = torch.stack([kl_of_tables(row, masses(b)) for row in rows(p, s)])
    return torch.dot(masses(p), each)


if __name__ == "__main__":
    half = torch.tensor(0.5, dtype=torch.float64)

    def noisy(x: float) -> Distribution:
        return Bernoulli(half / 2 + half * x)

    print(mean_kl(Bernoulli(half), Bernoulli(half), noisy))  # log 2 less the entropy of a coin of 1/4
