"""Preferences by torch's own losses, bisection and autograd. Standalone: imports torch; nothing of ours.

Idea     a preference is a softmax of two rewards; the optimum is where the objective's slope changes sign; slopes are
         autograd's; the distance to the optimum uses torch's categorical laws.
Source   Rafailov et al. 2023, sections 3 and 4.
Shapes   every argument is a scalar tensor, stacked to (answers,); results are scalars. float64, nats.
Here     beta weighs the KL penalty; q is the reference, p the policy; d is a difference of rewards over beta.
"""

import torch
from torch import Tensor
from torch.distributions import Categorical, kl_divergence
from torch.nn.functional import cross_entropy, logsigmoid


def preferred(r1: Tensor, r2: Tensor) -> Tensor:
    """P(1 ≻ 2)."""
    return torch.softmax(torch.stack([r1, r2]), 0)[0]


def slope_of_loss(r1: Tensor, r2: Tensor) -> Tensor:
    """The slope of torch's cross-entropy of two answers in the preferred reward."""
    at = r1.detach().clone().requires_grad_()
    value = cross_entropy(torch.stack([at, r2])[None, :], torch.tensor([0]))
    return torch.autograd.grad(value, at)[0]


def optimum(q: Tensor, d: Tensor) -> Tensor:
    """The probability of answer 1 at which p d − KL(p ‖ q) stops rising, by bisection on its slope in the logit."""
    low, high = torch.full_like(q, -60.0), torch.full_like(q, 60.0)
    for _ in range(80):
        logit = ((low + high) / 2).requires_grad_()
        p = torch.sigmoid(logit)
        penalty = p * (logsigmoid(logit) - torch.log(q)) + (1 - p) * (logsigmoid(-logit) - torch.log1p(-q))
        (slope,) = torch.autograd.grad(p * d - penalty, logit)
        low, high = (logit.detach(), high) if slope > 0 else (low, logit.detach())
    return torch.sigmoid((low + high) / 2)


def distance(rewards: Tensor, beta: Tensor, reference: Tensor, p1: Tensor, p2: Tensor) -> Tensor:
    """β log Z − β KL(policy ‖ optimum), the optimum being a categorical law: (3,), (), (3,), (), () -> ()."""
    scores = torch.log(reference) + rewards / beta
    policy = torch.stack([p1, p2, 1 - p1 - p2])
    apart = kl_divergence(Categorical(probs=policy, validate_args=False), Categorical(logits=scores))
    value: Tensor = beta * torch.logsumexp(scores, 0) - beta * apart
    return value


def implicit_difference(rewards: Tensor, beta: Tensor, reference: Tensor) -> Tensor:
    """β log(optimum/reference) of answer 1 less that of answer 2: (3,), (), (3,) -> ()."""
    best = torch.softmax(torch.log(reference) + rewards / beta, 0)
    implicit = beta * (torch.log(best) - torch.log(reference))
    return implicit[0] - implicit[1]


if __name__ == "__main__":
    one, half = torch.tensor([1.0, 0.5], dtype=torch.float64)
    print(optimum(half, one), torch.sigmoid(one))  # the same, twice
