"""Reference models behind the sampling engine: their draws as functions of (seed, check, sample).

A model takes its randomness as an argument: uniforms, normals, or a torch generator. The first two come from the
streams as they are; in the place of a generator's numbers stand those of the streams, by sample, so that neither the
size of a task nor who does it is seen. Draws are made in blocks of a fixed size.

What a specification states of its draws is a mean: of a moment, of an indicator, or of a ratio of two of its own
densities, which is one under the law below. It is held against a confidence sequence at an n fixed before looking, and
a planted mistake must be rejected at that n.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from math import ceil, prod
from typing import Any

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode

from numerics.monte_carlo import SEED
from numerics.sampling.engine import summed
from numerics.sampling.estimates import refused
from numerics.sampling.finite import placed
from numerics.sampling.moments import Moments, moments_of
from numerics.sampling.sequences import MeanPlan, mixture_radius
from numerics.sampling.streams import Stream
from numerics.specifications.contract import Model, Mutant

BLOCK = 2**13
"""Samples that a model draws at once: more than any other side of what it draws, so that sides aren't mixed up."""
ROUNDING = 1e-9
PLAN = MeanPlan(alpha=1e-9, discrepancy=0.05, false_pass=1e-3)
"""For each statement: a false alarm in 1e9; an error of 0.05 sd passes once in 1000."""


@dataclass
class Noise:
    """The randomness of some samples: each call takes the next dimensions of their stream."""

    stream: Stream
    samples: Tensor
    taken: int = 0

    def uniforms(self, *shape: int) -> Tensor:
        """Uniform on (0, 1): (count, *shape)."""
        return self._shaped(self.stream.uniforms_at, shape)

    def normals(self, *shape: int) -> Tensor:
        """Standard normals: (count, *shape)."""
        return self._shaped(self.stream.normals_at, shape)

    @property
    def count(self) -> int:
        return len(self.samples)

    @property
    def device(self) -> torch.device:
        """Where it is drawn."""
        return self.samples.device

    def beside(self, constants: Any) -> Any:
        """A constant, or a tuple of them, where the noise is drawn, so that they may meet."""
        return moved(constants, self.device)

    def _shaped(self, source: Callable[..., Tensor], shape: Sequence[int]) -> Tensor:
        dims = prod(shape)
        found = source(self.samples, dims, 0, self.taken)
        self.taken += dims + dims % 2
        return found.reshape(self.count, *shape)


class Fed(TorchFunctionMode):
    """While it is entered, what torch would draw with ``generator`` comes from the streams.

    Raises TypeError for a function of torch that draws in another way, or for no side of the samples' number.
    """

    def __init__(self, noise: Noise) -> None:
        super().__init__()
        self.noise = noise
        self.generator = torch.Generator(device=noise.device)

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs = dict(kwargs or {})
        if kwargs.get("generator") is not self.generator:
            return func(*args, **kwargs)
        if func in (torch.rand, torch.randn):
            return self._filled(func is torch.randn, _sides(args, kwargs)).to(kwargs.get("dtype") or torch.float32)
        if func is torch.multinomial:
            return self._placed(*args, **{k: v for k, v in kwargs.items() if k != "generator"})
        raise TypeError(f"{getattr(func, '__name__', func)} with a generator isn't fed from the streams")

    def _filled(self, normal: bool, sides: Sequence[int]) -> Tensor:
        if sides.count(self.noise.count) != 1:
            raise TypeError(f"which side of {tuple(sides)} are the {self.noise.count} samples?")
        where = sides.index(self.noise.count)
        rest = [*sides[:where], *sides[where + 1 :]]
        drawn = self.noise.normals(*rest) if normal else self.noise.uniforms(*rest)
        return drawn.movedim(0, where)

    def _placed(self, law: Tensor, num_samples: int, replacement: bool = False) -> Tensor:
        """Places drawn in proportion to weights; without replacement one after the other."""
        if law.dim() == 1 and num_samples == self.noise.count and replacement:
            return placed(self.noise.uniforms(), law.double()).long()
        if law.dim() != 2 or len(law) != self.noise.count or (replacement and num_samples != 1):
            raise TypeError(f"multinomial of {tuple(law.shape)}, {num_samples} times, isn't fed from the streams")
        left, found = law.double().clone(), []
        for _ in range(num_samples):
            ends = torch.cumsum(left / left.sum(-1, keepdim=True), -1)
            place = (self.noise.uniforms(1) >= ends).sum(-1, keepdim=True).clamp(max=law.shape[1] - 1)
            found.append(place)
            left = left.scatter(-1, place, 0.0)
        return torch.cat(found, -1)


def _sides(args: Sequence[Any], kwargs: Mapping[str, Any]) -> list[int]:
    sides = args[0] if args and isinstance(args[0], Sequence) else args or kwargs["size"]
    return [int(side) for side in sides]


@dataclass(frozen=True)
class Stated:
    """A mean that a specification states of its draws: the statistic of draws (count, …) -> (count,), and the mean."""

    what: str
    statistic: Callable[[Model, Tensor], Tensor]
    mean: Callable[[Model], float]


@dataclass(frozen=True)
class ModelSampler:
    """How a model is drawn: ``draw`` gives (count, …) for as many samples as its noise is for.

    ``name`` is that of the specification whose functions it is given; ``mutant`` is a planted mistake in them.
    """

    name: str
    draw: Callable[[Model, Noise], Tensor]
    states: tuple[Stated, ...]
    mutant: Mutant


def moved(constants: Any, device: torch.device) -> Any:
    """The constants, and those in their tuples, on a device."""
    if isinstance(constants, Tensor):
        return constants.to(device)
    return tuple(moved(one, device) for one in constants) if isinstance(constants, tuple) else constants


def generated(name: str) -> Callable[..., Callable[[Model, Noise], Tensor]]:
    """A draw by a function that takes its number of samples and a generator: ``generated("sample")(p)``.

    Tensors among the arguments are moved to where the noise is drawn.
    """

    def with_arguments(*before: Any, axis_first: bool = True) -> Callable[[Model, Noise], Tensor]:
        def draw(model: Model, noise: Noise) -> Tensor:
            with Fed(noise) as fed:
                found: Tensor = getattr(model, name)(*noise.beside(before), noise.count, fed.generator)
            return found

        return draw

    return with_arguments


@dataclass(frozen=True)
class ModelAverage:
    """One statement of a registered model, to be averaged. It holds names and places, so that it travels."""

    name: str
    place: int
    check: str
    mutated: bool = False
    seed: int = SEED
    device: str = "cpu"

    @property
    def sampler(self) -> ModelSampler:
        from numerics.sampling.registry import sampler_of

        return sampler_of(self.name)

    @property
    def model(self) -> Model:
        """The functions that draw: those of the specification, or with the planted mistake among them."""
        from numerics.sampling.registry import model_of

        return model_of(self.name).but(self.sampler.mutant.functions) if self.mutated else model_of(self.name)

    def values(self, start: int, count: int) -> Tensor:
        """The statistic at samples start … start + count − 1: float64, (count,)."""
        first, last = start // BLOCK, ceil((start + count) / BLOCK)
        whole = torch.cat([self._block(k) for k in range(first, last)])
        return whole[start - first * BLOCK : start - first * BLOCK + count]

    def _block(self, number: int) -> Tensor:
        samples = torch.arange(number * BLOCK, (number + 1) * BLOCK, device=self.device)
        noise = Noise(Stream(self.check, self.seed, self.device), samples)
        drawn = self.sampler.draw(self.model, noise)
        return self.sampler.states[self.place].statistic(self.model, drawn).double()

    def leaves(self, n: int) -> list[tuple[int, int]]:
        """Whole blocks, as many as hold n samples."""
        return [(start, BLOCK) for start in range(0, n, BLOCK)]

    def part(self, start: int, count: int) -> Moments:
        return moments_of(self.values(start, count))


@dataclass(frozen=True)
class HeldStatement:
    """What draws showed of one statement: their mean, how far it may be off, and what was stated."""

    what: str
    drawn: float
    radius: float
    stated: float
    n: int
    refusal: str | None

    @property
    def holds(self) -> bool:
        """Whether the stated mean lies within the error; never where there is none to be stated."""
        return self.refusal is None and abs(self.drawn - self.stated) <= self.radius


def held_statements(
    name: str,
    mutated: bool = False,
    device: str = "cpu",
    executor: Executor | None = None,
    chunk: int = 16 * BLOCK,
    samples: int | None = None,
    seed: int = SEED,
) -> tuple[HeldStatement, ...]:
    """Every statement of a registered model held against its draws, or against those of the planted mistake.

    ``samples`` are as many as are planned, or more or fewer, in whole blocks. What is stated always comes from the
    functions as they are. Raises KeyError for a model that isn't registered.
    """
    from numerics.sampling.registry import model_of, sampler_of

    return tuple(
        _held(ModelAverage(name, place, f"{name}, {one.what}", mutated, seed, device), one, one.mean(model_of(name)),
              executor, chunk, samples or PLAN.n)
        for place, one in enumerate(sampler_of(name).states)
    )  # fmt: skip


def planned() -> int:
    """The draws that a statement is held with, in whole blocks."""
    return BLOCK * ceil(PLAN.n / BLOCK)


def _held(
    wanted: ModelAverage, one: Stated, stated: float, executor: Executor | None, chunk: int, samples: int
) -> HeldStatement:
    n = BLOCK * ceil(samples / BLOCK)
    why = refused(wanted.values(0, BLOCK), n, PLAN.alpha)
    found = summed(wanted, n, executor, chunk)
    radius = mixture_radius(found, PLAN.alpha, samples) + ROUNDING * (1 + abs(found.mean))
    return HeldStatement(one.what, found.mean, radius, stated, n, why)
