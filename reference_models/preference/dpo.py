"""Preferences by torch's own losses, bisection and autograd. Standalone: imports torch; nothing of ours.

Idea     a preference is a softmax of two rewards; the optimum is where the objective's slope changes sign; slopes are
         autograd's; the distance to the optimum uses torch's categorical laws.
Source   Rafailov et al. 2023, sections 3 and 4.
Shapes   arguments are scalar tensors, or torch's laws of few answers; results are scalars. float64, nats.
Here     beta weighs the KL penalty; q is the reference, p the policy; d is a difference of rewards over beta.
"""

import torch
from torch import Tensor
from torch.distributions import Categorical, Distribution, kl_divergence
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


def rewards_of(best: Distribution, reference: Distribution, beta: Tensor, mass: Tensor) -> tuple[Tensor, Tensor]:
    """The rewards whose optimum is ``best`` and whose partition function is ``mass``, and the log-reference."""
    answers = reference.enumerate_support()
    log_q: Tensor = reference.log_prob(answers)
    return beta * (torch.log(mass) + best.log_prob(answers) - log_q), log_q


def distance(policy: Distribution, reference: Distribution, best: Distribution, beta: Tensor, mass: Tensor) -> Tensor:
    """β log Z − β KL(policy ‖ optimum), both worked out from the rewards by logsumexp and softmax."""
    rewards, log_q = rewards_of(best, reference, beta, mass)
    scores = log_q + rewards / beta
    chances = torch.exp(policy.log_prob(reference.enumerate_support()))
    apart = kl_divergence(Categorical(probs=chances), Categorical(logits=scores))
    value: Tensor = beta * torch.logsumexp(scores, 0) - beta * apart
    return value


def implicit(reward: Tensor, beta: Tensor, chance: Tensor, mass: Tensor) -> Tensor:
    """β log(optimum/reference) of an answer."""
    best = torch.exp(torch.log(chance) + reward / beta - torch.log(mass))
    return beta * torch.log(best / chance)


def implicit_reward(r: Tensor, beta: Tensor, q: Tensor, mass: Tensor) -> Tensor:
    """β log(optimum/reference) and β log Z."""
    return implicit(r, beta, q, mass) + beta * torch.log(mass)


def implicit_difference(r1: Tensor, r2: Tensor, beta: Tensor, q1: Tensor, q2: Tensor, mass: Tensor) -> Tensor:
    """β log(optimum/reference) of answer 1 less that of answer 2."""
    return implicit(r1, beta, q1, mass) - implicit(r2, beta, q2, mass)


def implicit_preference(r1: Tensor, r2: Tensor, beta: Tensor, q1: Tensor, q2: Tensor, mass: Tensor) -> Tensor:
    """P(1 ≻ 2) by the implicit rewards."""
    return torch.exp(logsigmoid(implicit_difference(r1, r2, beta, q1, q2, mass)))


if __name__ == "__main__":
    one, half = torch.tensor([1.0, 0.5], dtype=torch.float64)
    print(optimum(half, one), torch.sigmoid(one))  # the same, twice
