"""The bound of a diffusion along a path, and over all paths of three steps, from tables. Standalone: imports torch.

Idea     forward steps are made by Bayes' rule and multiplied one by one; the law of all three states is one table.
Source   Ho, Jain and Abbeel 2020, section 2 and appendix A.
Shapes   along a path p, j, r are (T,): p(x_{t−1} | x_t), q(x_t | x_0), q(x_{t−1} | x_t, x_0), r[0] not used. Laws are
         torch's, on the whole numbers from 0; a channel is a function from a value to a law. Results are scalars, nats.
"""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.distributions import Distribution

Channel = Callable[[float], Distribution]


def log_path(p: Tensor, j: Tensor, r: Tensor, prior: Tensor) -> Tensor:
    """log p(x_{0:T}) − log q(x_{1:T} | x_0), both as products along the path."""
    model, forward = prior.clone(), j[0].clone()
    for t in range(len(p)):
        model = model * p[t]
        if t > 0:
            forward = forward * (r[t] * j[t] / j[t - 1])
    return torch.log(model / forward)


def masses(law: Distribution) -> Tensor:
    """The mass of each value: (values,)."""
    return torch.exp(law.log_prob(law.enumerate_support()))


def rows(values: int, channel: Channel) -> Tensor:
    """The law of the next variable at 0, 1, …: (values, outputs)."""
    return torch.stack([masses(channel(float(k))) for k in range(values)])


def joint(end: Distribution, second: Channel, first: Channel) -> Tensor:
    """The table of x_3, x_2 and x_1, drawn in that order: (values of x_3, of x_2, of x_1)."""
    top = masses(end)
    middle = rows(len(top), second)
    return top[:, None, None] * middle[:, :, None] * rows(middle.shape[1], first)


def elbo(
    j: Distribution, k: Distribution, d: Distribution, e: Tensor, r: Channel, u: Channel, s: Channel, v: Channel
) -> Tensor:
    """Σ q(path) (log e d(x_1) p(path) − log q(path)), the path drawn by j, r, s, and the model's by k, u, v."""
    path, model = joint(j, r, s), joint(k, u, v)
    return (path * (torch.log(e * masses(d) * model) - torch.log(path))).sum()
