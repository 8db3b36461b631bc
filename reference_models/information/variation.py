"""Total variation and divergence from their definitions. Standalone: imports torch; nothing of ours.

Idea     a table is a torch tensor; the largest difference of an event's probabilities is looked for among all events of
         a table; for two densities, the trapezoid rule on the line, after x = e^u on the half-line and
         x = 1/(1 + e^(−u)) between 0 and 1.
Source   Cover and Thomas 2006, section 11.6.
Shapes   arguments are scalar tensors or torch's laws; results are scalars. float64, nats.
Error    of the divergence, below 1e-9 (1 + |value|) for densities that fall off on both sides within e^60.
"""

import torch
from torch import Tensor
from torch.distributions import Distribution, constraints


def log_prob(law: Distribution, x: Tensor) -> Tensor:
    """torch's log-density."""
    value: Tensor = law.log_prob(x)
    return value


def events(classes: int) -> Tensor:
    """Every set of classes, as ones and zeros: (2^classes, classes)."""
    return torch.cartesian_prod(*[torch.tensor([0.0, 1.0], dtype=torch.float64)] * classes)


def largest_difference(p: Tensor, q: Tensor) -> Tensor:
    """The largest P(event) − Q(event) over all events: (classes,), (classes,) -> ()."""
    return (events(len(p)) @ (p - q)).max()


def variation(p: Distribution, q: Distribution) -> Tensor:
    """The total variation of two laws on the same few whole numbers, by all events."""
    outcomes = p.enumerate_support()
    return largest_difference(torch.exp(log_prob(p, outcomes)), torch.exp(log_prob(q, outcomes)))


def event_difference(d1: Tensor, d2: Tensor, h1: Tensor, h2: Tensor, h3: Tensor) -> Tensor:
    """P − Q of a randomised test on three classes, given p − q at the first two."""
    return torch.dot(torch.stack([h1, h2, h3]), torch.stack([d1, d2, -d1 - d2]))


def class_difference(a: Tensor, b: Tensor, h: Tensor) -> Tensor:
    """What a class adds to the difference of two probabilities of an event."""
    return h * a - h * b


def positive_part(d: Tensor) -> Tensor:
    """d where it is above 0, else 0."""
    return torch.relu(d)


def nodes(law: Distribution, step: float = 1 / 64) -> tuple[Tensor, Tensor]:
    """Points of the law's support and the lengths they stand for: (nodes,), (nodes,)."""
    u = torch.arange(-60.0, 60.0, step, dtype=torch.float64)
    if law.support is constraints.real:
        return u, torch.full_like(u, step)
    if isinstance(law.support, constraints.interval):
        x = torch.sigmoid(u[u.abs() < 34])
        width = law.support.upper_bound - law.support.lower_bound
        return law.support.lower_bound + width * x, width * x * (1 - x) * step
    x = torch.exp(u[u < 7])
    return x, x * step


def kl(p: Distribution, q: Distribution) -> Tensor:
    """∫ p log p/q on the support of the first law."""
    if p.support is constraints.boolean:
        x, lengths = torch.tensor([0.0, 1.0], dtype=torch.float64), torch.ones(2, dtype=torch.float64)
    else:
        x, lengths = nodes(p)
    log_p = log_prob(p, x)
    return (torch.exp(log_p) * (log_p - log_prob(q, x)) * lengths).sum()


if __name__ == "__main__":
    p, q = torch.tensor([0.5, 0.3, 0.2]), torch.tensor([0.2, 0.3, 0.5])
    print(largest_difference(p.double(), q.double()))  # 0.3, by the first class alone
