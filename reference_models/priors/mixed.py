"""MAP losses of mixed and heavy-tailed priors as torch code. Standalone: imports torch; nothing of ours.

Idea     the noise and the heavy-tailed prior are torch's own laws; the mixed prior is its weight, and the logistic loss
         torch's binary cross-entropy on the label 0 or 1 instead of ±1. Nothing is collected by hand.
Source   the density in ``torch.distributions.StudentT``; ``torch.nn.functional.binary_cross_entropy_with_logits``.
Shapes   every argument is a scalar tensor; results are scalars. float64, nats.
Here     s is the STANDARD DEVIATION of the noise; a and b are rates of |w| and w² in the exponent; lam stands beside
         half the squared weight, with the plain sum of losses.
Error    values are rounded at 1e-15 of their terms.
"""

import torch
from torch import Tensor
from torch.distributions import Distribution, Normal, StudentT


def log_prob(law: Distribution, x: Tensor) -> Tensor:
    """torch's log-density."""
    value: Tensor = law.log_prob(x)
    return value


def elastic_net(y: Tensor, x: Tensor, w: Tensor, s: Tensor, a: Tensor, b: Tensor, z: Tensor) -> Tensor:
    """−log p(y | w) p(w) for a prior of weight e^(−a|w| − b w²) and integral z."""
    return -log_prob(Normal(w * x, s), y) - torch.log(torch.exp(-a * w.abs()) * torch.exp(-b * w.square()) / z)


def student(y: Tensor, x: Tensor, w: Tensor, s: Tensor, d: Tensor) -> Tensor:
    """−log p(y | w) p(w) with a Student-t prior of d degrees of freedom."""
    return -log_prob(Normal(w * x, s), y) - log_prob(StudentT(d), w)


def logistic(z_1: Tensor, z_2: Tensor, w: Tensor, lam: Tensor) -> Tensor:
    """The penalised logistic loss of two observations whose inputs times labels are z_1 and z_2."""
    margins = torch.stack([z_1, z_2]) * w
    cross = torch.nn.functional.binary_cross_entropy_with_logits
    return cross(margins, torch.ones_like(margins), reduction="sum") + lam * w.square() / 2


if __name__ == "__main__":
    one, zero = torch.tensor([1.0, 0.0], dtype=torch.float64)
    print(logistic(one, -one, zero, one))  # 2 log 2
