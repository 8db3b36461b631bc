"""Flow matching over tables of places and paths. Standalone: imports torch; nothing of ours.

Source   Brosse 2026, the marginal velocity and the losses; Hertrich, Chambolle and Delon 2025, equation 2.
Shapes   joint masses of places and paths and the velocities of paths are (places, paths); a model gives (places,).
Here     x_t = (1 − t) x_0 + t x_1, noise at 0 and data at 1. A loss is a mean of squares, not halved. float64.
"""

from torch import Tensor


def conditional_loss(model: Tensor, velocities: Tensor, joint: Tensor) -> Tensor:
    """E (model − velocity of the path)²."""
    return (joint * (model[:, None] - velocities) ** 2).sum()


def marginal_velocity(velocities: Tensor, joint: Tensor) -> Tensor:
    """The mean velocity of the paths through each place: (places,)."""
    return (joint * velocities).sum(1) / joint.sum(1)


def straight_velocity(x: Tensor, end: Tensor, t: Tensor) -> Tensor:
    """x_1 − x_0 of the straight path through x at time t that ends at ``end``."""
    start = (x - t * end) / (1 - t)
    return end - start
