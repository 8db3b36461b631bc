"""Returns, values and gradients of policies, by recursion and by autograd. Standalone: imports torch; nothing of ours.

Idea     advantages are accumulated backwards; values are found by applying Bellman's operator until nothing moves.
Source   drdh 2026, other advantages; freeenergy 2026, the performance difference lemma.
Shapes   every argument is a scalar tensor; results are scalars. float64.
Here     g is the discount, l is λ; p, q, a and b are probabilities of STAYING in a state.
Error    the values are iterated until they move by less than 1e-13.
"""

import torch
from torch import Tensor

MOST = 20000
STILL = 1e-13


def gae(
    r0: Tensor, r1: Tensor, r2: Tensor, v0: Tensor, v1: Tensor, v2: Tensor, v3: Tensor, g: Tensor, lam: Tensor
) -> Tensor:
    """The advantage of the first of three steps, backwards: A_t = δ_t + γλ A_(t+1)."""
    found = torch.zeros_like(g)
    for reward, here, there in ((r2, v2, v3), (r1, v1, v2), (r0, v0, v1)):
        found = reward + g * there - here + g * lam * found
    return found


def value(first: Tensor, second: Tensor, rewards: Tensor, g: Tensor) -> Tensor:
    """The values of two states, by Bellman's operator over and over."""
    stay = torch.stack([torch.stack([first, 1 - first]), torch.stack([1 - second, second])])
    found = torch.zeros_like(rewards)
    for _ in range(MOST):
        after = rewards + g * stay @ found
        if torch.max(torch.abs(after - found)) < STILL:
            return after
        found = after
    return found


def gain(v: Tensor, u1: Tensor, u2: Tensor, g: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """How much more state 1 is worth under the new policy than the v that it was worth."""
    return value(a, b, torch.stack([u1, u2]), g)[0] - v


def slope(r1: Tensor, r2: Tensor, r3: Tensor, z1: Tensor, z2: Tensor, z3: Tensor) -> Tensor:
    """The slope of the mean reward of a softmax policy in its first logit, by autograd."""
    logits = torch.stack([z1, z2, z3]).detach().requires_grad_()
    mean = (torch.softmax(logits, 0) * torch.stack([r1, r2, r3])).sum()
    return torch.autograd.grad(mean, logits)[0][0]
