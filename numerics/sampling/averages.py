"""An average to be taken: which laws are drawn in turn, and what is evaluated at each draw. Data that travels.

Work is cut at fixed places (leaves of 2¹⁶ samples; of 2²⁰ where a compiler fuses the whole leaf into one loop, 2²⁶ on a
graphics processor), and the moments of the leaves are merged in a fixed tree. So nothing depends on how leaves are
handed out: see ``engine``. In float32 the samples and the integrand are rounded, the moments are not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import sympy as sp
import torch
from torch import Tensor

from claims.laws import Family
from claims.notation import Law, Normal
from numerics.balls import enclose
from numerics.monte_carlo import SEED
from numerics.sampling.finite import Finite, finite, placed, side_by_side
from numerics.sampling.fused import can_be_fused, fused_leaf
from numerics.sampling.moments import Moments, moments_of
from numerics.sampling.native import can_be_compiled, native_leaf
from numerics.sampling.program import Program, program
from numerics.sampling.reduction import Net, Opposite, Way, independent, stream_of
from numerics.sampling.rounding import Rounded
from numerics.sampling.samplers import Number, must_be_listed, sampler
from numerics.sampling.single import Single
from numerics.sampling.streams import Stream

LEAF = 2**16
FUSED_LEAF = 2**20
FUSED_LEAF_ON_CUDA = 2**26
"""A kernel of fewer samples takes less time than to start it."""
MOST_OUTCOMES = 1024
MOST_OF_EACH = 64
"""Outcomes of a law whose masses are worked out at each draw."""
FLOAT32, FLOAT64 = "float32", "float64"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A law of which one variable is drawn: its parameters are numbers, or programs of the variables before it.

    Where ``least`` is given they are the masses of its outcomes, the whole numbers from there on.
    """

    law: Law
    parameters: tuple[float, ...] | tuple[Program, ...]
    least: int | None = None

    def draw(self, stream: Stream, samples: Tensor, first: int, before: Sequence[Tensor]) -> tuple[Tensor, int]:
        """The draws, and the first dimension that the next law may use."""
        given: tuple[Number, ...] = tuple(p(*before) if isinstance(p, Program) else p for p in self.parameters)
        if isinstance(self.law, Finite) or self.least is not None:
            drawn = finite(*given)
        else:
            drawn = sampler(self.law) if self._listed else sampler(self.law, *given)
        return drawn.draw(stream, samples, first) + (self.least or 0), first + drawn.dims

    def outcomes(self, before: Tensor) -> tuple[Tensor, Tensor] | None:
        """Chances, (rows or 1, outcomes), and values, (outcomes,), after what was drawn before, (rows, variables).

        None where there are not few.
        """
        if isinstance(self.law, Finite) or self.least is not None:
            given = [p(*before.T) if isinstance(p, Program) else torch.tensor([p]).double() for p in self.parameters]
            masses = side_by_side(given)
            places = torch.arange(masses.shape[-1], dtype=torch.float64) + (self.least or 0)
            return masses / masses.sum(-1, keepdim=True), places
        row = _listed(self.law)
        return None if row is None else (row[0][None, :], row[1])

    @property
    def numbers(self) -> list[float]:
        """The parameters that are numbers."""
        return [float(p) for p in self.parameters if not isinstance(p, Program)]

    @property
    def _listed(self) -> bool:
        """Whether the sampler may look at the exact law: all of its parameters are numbers."""
        return not self.law.free_symbols


@dataclass(frozen=True, slots=True)
class Average:
    """E f under laws drawn one after the other; ``check`` names the stream. ``fused`` compiles the inner loop.

    ``precision`` is that of a draw and of f at it; moments are float64.
    """

    check: str
    drawn: tuple[Drawn, ...]
    integrand: Program
    seed: int = SEED
    device: str = "cpu"
    fused: bool = False
    precision: str = FLOAT64
    way: Way = Way.PLAIN
    """What the draws are made of; ``n`` counts evaluations of the integrand, moments count independent numbers."""

    def values(self, start: int, count: int) -> Tensor:
        """f at samples start … start + count − 1: float64, (count,), though rounded to float32 where that is asked."""
        here = self._values(self._stream(), start, count).double()
        if self.way is not Way.ANTITHETIC:
            return here
        return (here + self._values(Opposite(self.check, self.seed, self.device), start, count).double()) / 2

    def rounding(self, start: int, count: int) -> Tensor:
        """How far each of ``values`` in float32 may be from what exact arithmetic gives: float64, (count,).

        Raises TypeError where a sampler or the integrand has no stated rounding.
        """
        found: object = self._values(Single(self.check, self.seed, self.device, bounded=True), start, count)
        if not isinstance(found, Rounded):
            raise TypeError("float32 has no stated rounding for this law")
        return found.error

    def _stream(self) -> Stream:
        if self.single:
            return Single(self.check, self.seed, self.device)
        return stream_of(self.way, self.check, self.seed, self.device)

    @property
    def single(self) -> bool:
        return self.precision == FLOAT32

    def _values(self, stream: Stream, start: int, count: int) -> Tensor:
        kept = start == 0 and count <= LEAF and not isinstance(stream, Single)
        xs = first_draws(self.drawn, stream, count) if kept else _draws(self.drawn, stream, start, count)
        return torch.broadcast_to(self.integrand(*xs), (count,))

    @property
    def normal(self) -> tuple[float, float] | None:
        """Mean and standard deviation of one normal law of known parameters, the case that is compiled whole."""
        return _normal(self.drawn)

    @property
    def outcomes(self) -> tuple[Tensor, Tensor] | None:
        """The chance of each outcome and the value there, where there are few; None elsewhere."""
        chances, places = torch.ones(1, dtype=torch.float64), torch.zeros(1, 0, dtype=torch.float64)
        for one in self.drawn:
            row = one.outcomes(places)
            if row is None or len(places) * len(row[1]) > MOST_OUTCOMES:
                return None
            chances = (chances[:, None] * row[0]).reshape(-1)
            beside = row[1].repeat(len(places))[:, None]
            places = torch.cat([places.repeat_interleave(len(row[1]), 0), beside], 1)
        return chances, torch.broadcast_to(self.integrand(*places.T), chances.shape)

    @property
    def is_constant(self) -> bool:
        """Whether the integrand depends on no draw."""
        return not _varies(self.integrand.tree)

    @property
    def jumps(self) -> bool:
        """Whether the integrand has jumps: within a net one part alone tells where, and few replicates don't."""
        whole = (
            isinstance(one.law, Finite) or (isinstance(one.law, Family) and one.law.support.whole) for one in self.drawn
        )
        return any(whole) or _has_jumps(self.integrand.tree)

    @property
    def can_be_fused(self) -> bool:
        """Whether this machine can compile the inner loop: one normal law, and a compiler for the device."""
        if self.normal is None:
            return False
        return can_be_compiled(self.integrand.tree) if self.device == "cpu" else can_be_fused(self.device)

    @property
    def whole(self) -> int:
        """Samples in a leaf that is compiled."""
        return FUSED_LEAF if self.device == "cpu" else FUSED_LEAF_ON_CUDA

    def leaves(self, n: int) -> list[tuple[int, int]]:
        """Start and size of each leaf of n samples: compiled ones first, then what is left."""
        n //= 2 if self.way is Way.ANTITHETIC else 1
        size = self.whole
        whole = n // size if self.fused and self.normal is not None else 0
        rest = range(whole * size, n, LEAF)
        return [(i * size, size) for i in range(whole)] + [(s, min(LEAF, n - s)) for s in rest]

    def part(self, start: int, count: int) -> Moments:
        """The moments of one leaf. A machine that can't compile its loop does without, to the same rounding."""
        if not self.fused or self.normal is None or count != self.whole:
            return moments_of(independent(self.values(start, count), self.way))
        stream = Stream(self.check, self.seed, self.device)
        given = (self.integrand, stream, *self.normal, _pivot(self), start, count, self.single)
        if self.device != "cpu":
            return fused_leaf(*given)
        return native_leaf(*given) or moments_of(self.values(start, count))


@lru_cache(maxsize=8)
def first_draws(drawn: tuple[Drawn, ...], stream: Stream, count: int) -> tuple[Tensor, ...]:
    """The draws of a first leaf, at which an average is looked at in many ways before it is taken."""
    return _draws(drawn, stream, 0, count)


def _draws(drawn: tuple[Drawn, ...], stream: Stream, start: int, count: int) -> tuple[Tensor, ...]:
    """What each law in turn gives at samples start … start + count − 1."""
    if (normal := _normal(drawn)) is not None:
        mean, deviation = normal
        return (mean + deviation * stream.normals(start, count),)
    if len(drawn) == 1 and isinstance(drawn[0].law, Finite):
        return (placed(_places(stream, start, count), torch.tensor(drawn[0].numbers, dtype=torch.float64)),)
    samples, first = torch.arange(start, start + count, device=stream.device), 0
    xs: list[Tensor] = []
    for one in drawn:
        x, first = one.draw(stream, samples, first, xs)
        xs.append(x)
    return tuple(xs)


def _normal(drawn: tuple[Drawn, ...]) -> tuple[float, float] | None:
    if len(drawn) != 1 or not isinstance(drawn[0].law, Normal):
        return None
    mean, variance = drawn[0].numbers
    return mean, variance**0.5


@lru_cache(maxsize=64)
def _pivot(wanted: Average) -> float:
    """A number near the mean, from which a compiled leaf counts its distances."""
    return float(wanted.values(0, 4096).mean())


def _has_jumps(tree: object) -> bool:
    return isinstance(tree, tuple) and (tree[0] in ("floor", "ceil", "sign", "table") or any(map(_has_jumps, tree[1:])))


def _varies(tree: object) -> bool:
    return isinstance(tree, tuple) and (tree[0] == "x" or any(map(_varies, tree[1:])))


def _places(stream: Stream, start: int, count: int) -> Tensor:
    """Uniform numbers, (count,): where there is no net, both of a block."""
    if isinstance(stream, Net):
        return stream.uniforms(start, count)[:, 0]
    first = start // 2
    both = stream.uniforms(first, (start + count + 1) // 2 - first, 2).reshape(-1)
    return both[start - 2 * first : start - 2 * first + count]


def _listed(law: Law) -> tuple[Tensor, Tensor] | None:
    """Chances and values of a law of few outcomes with known parameters."""
    whole = None if law.free_symbols else _few(law, MOST_OUTCOMES)
    if whole is None or not isinstance(law, Family):
        return None
    places = torch.arange(whole.start, whole.stop, dtype=torch.float64)
    k = sp.Dummy("k", integer=True)
    chances = program(sp.exp(sp.log(law.density(k))), (k,))(places)
    return torch.broadcast_to(chances, places.shape), places


def _few(law: Law, most: int) -> range | None:
    """The outcomes of a law of whole numbers between fixed ends; None for others, and where there are more."""
    if not isinstance(law, Family) or not law.support.whole:
        return None
    low, high = law.support.low, law.support.high
    if not (low.is_Integer and high.is_Integer) or high - low >= most:
        return None
    return range(int(low), int(high) + 1)


def _after(law: Law, names: Sequence[sp.Symbol]) -> Drawn:
    """A law that depends on the draws before it: by its parameters, or where no transformation gives it by its masses.

    Raises TypeError for one that has too many outcomes for that.
    """
    whole = _few(law, MOST_OF_EACH) if must_be_listed(law) else None
    if whole is None or not isinstance(law, Family):
        return Drawn(law, tuple(program(p, names) for p in law.args))
    return Drawn(law, tuple(program(law.density(sp.Integer(k)), names) for k in whole), whole.start)


def average(
    check: str, integrand: sp.Expr, laws: Mapping[sp.Symbol, Law], device: str = "cpu", precision: str = FLOAT64
) -> Average:
    """The average of an expression under laws drawn in order, each of which may depend on those before it.

    Raises TypeError for a law or notation without a reading, or without a stated rounding in float32; Undetermined for
    a parameter without a value.
    """
    drawn: list[Drawn] = []
    names: list[sp.Symbol] = []
    for variable, law in laws.items():
        if not isinstance(law, Family | Normal | Finite):
            raise TypeError(f"{law} has no sampler")
        if law.free_symbols & set(names):
            drawn.append(_after(law, names))
        else:
            drawn.append(Drawn(law, tuple(float(enclose(p).mid()) for p in law.args)))
        names.append(variable)
    made = Average(check, tuple(drawn), program(integrand, names), device=device, precision=precision)
    made.values(0, 1)  # an unknown law is refused here, not in a worker
    if made.single:
        made.rounding(0, 1)
    return made
