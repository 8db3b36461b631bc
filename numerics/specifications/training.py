"""What the long trainings share: data that scikit-learn ships, small networks, the loop, and sheets of images."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import torch
from torch import Tensor

from numerics.specifications.contract import Model, Panel, Result, Specification
from numerics.specifications.draws import Draw

Longer = Mapping[str, tuple[str, Callable[[Model, Draw, Callable[[float], None]], Result]]]
"""For names of specifications, what data the longer version of the task takes, and that version."""


@dataclass(frozen=True)
class Split:
    """Data in random order, the last of them held out: x is (n, d) and y (n,) int64."""

    x: Tensor
    y: Tensor
    held_x: Tensor
    held_y: Tensor

    def batch(self, draw: Draw, n: int) -> Tensor:
        """n rows drawn with replacement."""
        return self.x[draw.integers(0, len(self.x) - 1, n)]


def digits(draw: Draw) -> Split:
    """scikit-learn's 1797 digits of 8 × 8 pixels in [0, 1], 297 of them held out."""
    from sklearn.datasets import load_digits

    data = load_digits()
    order = draw.permutation(len(data.data))
    x, y = draw.tensor(data.data)[order] / 16, torch.as_tensor(data.target, device=draw.device)[order].long()
    return Split(x[:1500], y[:1500], x[1500:], y[1500:])


def words(x: Tensor, pixels: Sequence[int]) -> Tensor:
    """Which of the 2^n words of zeros and ones some pixels are, the first the highest bit: (rows, 64) -> (rows,)."""
    bits = (x[:, list(pixels)] > 0.5).long()
    found: Tensor = (bits << torch.arange(len(pixels) - 1, -1, -1, device=x.device)).sum(-1)
    return found


def law_of_words(draw: Draw, pixels: Sequence[int]) -> Tensor:
    """The frequencies of those words among all 1797 digits: (2^n,)."""
    data = digits(draw)
    counts = torch.bincount(words(torch.cat([data.x, data.held_x]), pixels), minlength=2 ** len(pixels))
    return counts / counts.sum().to(torch.float64)


@dataclass(frozen=True)
class Axes:
    """The first principal axes of digits, scaled to variance 1: coordinates are (x − mean) @ into."""

    mean: Tensor
    into: Tensor
    back: Tensor

    def codes(self, x: Tensor) -> Tensor:
        """(n, 64) -> (n, d)."""
        return (x - self.mean) @ self.into

    def images(self, z: Tensor) -> Tensor:
        """(n, d) -> (n, 64)."""
        return self.mean + z @ self.back


def principal(x: Tensor, d: int) -> Axes:
    """The d axes of greatest variance of the rows of x."""
    values, vectors = torch.linalg.eigh(torch.cov(x.mT, correction=0))
    vectors, std = vectors[:, -d:].flip(1), torch.sqrt(values[-d:].flip(0))
    return Axes(x.mean(0), vectors / std, (vectors * std).mT)


def network(draw: Draw, *sizes: int) -> list[Tensor]:
    """Weights (in, out) of deviation 1/√in and biases 0, in turn, all to be learned."""
    found = []
    for a, b in pairwise(sizes):
        found += [draw.normal(a, b) / a**0.5, draw.tensor([0.0] * b)]
    return [w.requires_grad_() for w in found]


def through(x: Tensor, at: Sequence[Tensor]) -> Tensor:
    """Linear layers with SiLU between them."""
    for w, b in zip(at[:-2:2], at[1:-2:2], strict=True):
        x = torch.nn.functional.silu(x @ w + b)
    return x @ at[-2] + at[-1]


def learned(
    parameters: Sequence[Tensor],
    loss: Callable[[], Tensor],
    steps: int,
    rate: float,
    progress: Callable[[float], None],
    decay: float = 0.0,
) -> list[float]:
    """The loss at each step of Adam, whose rate falls to 0 along a cosine; ``decay`` is decoupled."""
    optimiser = torch.optim.AdamW(parameters, lr=rate, weight_decay=decay)
    schedule, losses = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps), []
    for step in range(steps):
        optimiser.zero_grad()
        value = loss()
        torch.autograd.backward(value)
        optimiser.step()
        schedule.step()
        losses.append(value.detach())
        progress((step + 1) / steps)
    return read(losses)


def read(kept: Sequence[Tensor]) -> list[float]:
    """Numbers of a training, one from each step, read at once: to read each as it comes makes a device wait."""
    found: list[float] = torch.stack(list(kept)).tolist() if kept else []
    return found


def curve(title: str, losses: Sequence[float]) -> Panel:
    """A picture of a loss by step."""
    return Panel(title, "lines", {"training": (list(range(len(losses))), list(losses))})


def sheet(title: str, images: Tensor, columns: int = 8) -> Panel:
    """Square images (n, side²) side by side, n a multiple of ``columns``; numbers are cut to [0, 1]."""
    side = round(images.shape[-1] ** 0.5)
    grid = images.clamp(0, 1).reshape(-1, columns, side, side).transpose(1, 2).reshape(-1, columns * side)
    return Panel(title, "image", {"draws": grid.tolist()})


def nearest_centroid(train: Split, images: Tensor) -> Tensor:
    """The class whose mean image is nearest: (n,) int64."""
    means = torch.stack([train.x[train.y == k].mean(0) for k in range(10)])
    return torch.cdist(images, means).argmin(-1)


def lengthened(specifications: Sequence[Specification], longer: Longer) -> tuple[Specification, ...]:
    """The specifications, those named with a longer version of their task. Raises KeyError for one without a task."""
    tasks = {one.name: one.task for one in specifications if one.task is not None}
    more = {name: replace(tasks[name], long=run, long_data=data) for name, (data, run) in longer.items()}
    return tuple(replace(one, task=more.get(one.name, one.task)) for one in specifications)
