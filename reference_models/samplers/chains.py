"""Markov chains as matrices and as code. Standalone: imports torch; nothing of ours.

Idea     a chain on few states is a matrix of transition probabilities; leapfrog is run as it is used, with autograd's
         force.
Source   Bishop 2006, sections 11.2 and 11.3; Neal 2011, section 5.2.
Shapes   every argument is a scalar tensor; laws are (states,), chains (states, states); results are scalars. float64.
Here     chains act from the right: row i holds the probabilities of going from state i.
"""

import torch
from torch import Tensor


def metropolis(p1: Tensor, p2: Tensor, q12: Tensor, q21: Tensor) -> Tensor:
    """The chain on two states: what is rejected stays. (2, 2)."""
    there = q12 * torch.clamp(p2 * q21 / (p1 * q12), max=1)
    back = q21 * torch.clamp(p1 * q12 / (p2 * q21), max=1)
    return torch.stack([torch.stack([1 - there, there]), torch.stack([back, 1 - back])])


def flow_back(p1: Tensor, p2: Tensor, q12: Tensor, q21: Tensor) -> Tensor:
    """How often 2 goes to 1 when states have their target weight."""
    return (torch.diag(torch.stack([p1, p2])) @ metropolis(p1, p2, q12, q21))[1, 0]


def kept_by_metropolis(p1: Tensor, p2: Tensor, q12: Tensor, q21: Tensor) -> Tensor:
    """The weight of state 1 after 64 steps from the target."""
    chain: Tensor = torch.linalg.matrix_power(metropolis(p1, p2, q12, q21), 64)
    return (torch.stack([p1, p2]) @ chain)[0]


def kept_by_gibbs(j11: Tensor, j21: Tensor) -> Tensor:
    """The joint weight of (1, y) after x is drawn from its conditional law."""
    column = torch.stack([j11, j21])
    return (column @ (column / column.sum()).expand(2, 2))[0]


def force(x: Tensor, k: Tensor, c: Tensor) -> Tensor:
    """−U′ with U = kx²/2 + cx³/3, by torch's gradient."""
    slope: Tensor = torch.func.grad(lambda at: k * at**2 / 2 + c * at**3 / 3)(x)
    return -slope


def leapfrog(state: Tensor, h: Tensor, k: Tensor, c: Tensor) -> Tensor:
    """One step of (position, momentum): (2,) -> (2,)."""
    half = state[1] + h / 2 * force(state[0], k, c)
    moved = state[0] + h * half
    return torch.stack([moved, half + h / 2 * force(moved, k, c)])


def volume(x: Tensor, v: Tensor, h: Tensor, k: Tensor, c: Tensor) -> Tensor:
    """The determinant of a step's Jacobian."""
    value: Tensor = torch.linalg.det(torch.func.jacrev(lambda s: leapfrog(s, h, k, c))(torch.stack([x, v])))
    return value


def there_and_back(x: Tensor, v: Tensor, h: Tensor, k: Tensor, c: Tensor) -> Tensor:
    """A step, momentum turned round, a step, and turned round again: (2,)."""
    turn = torch.tensor([1.0, -1.0], dtype=x.dtype)
    return turn * leapfrog(turn * leapfrog(torch.stack([x, v]), h, k, c), h, k, c)


def position_again(x: Tensor, v: Tensor, h: Tensor, k: Tensor, c: Tensor) -> Tensor:
    """Its position."""
    return there_and_back(x, v, h, k, c)[0]


def momentum_again(x: Tensor, v: Tensor, h: Tensor, k: Tensor, c: Tensor) -> Tensor:
    """Its momentum."""
    return there_and_back(x, v, h, k, c)[1]


if __name__ == "__main__":
    one, half = torch.tensor([1.0, 0.5], dtype=torch.float64)
    print(there_and_back(one, half, half, one, half))  # 1, 1/2
