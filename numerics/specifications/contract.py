"""What a specification is: functions, properties that they must have, mistakes to reject, an oracle, a task."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import isfinite
from types import MappingProxyType
from typing import Any

from numerics.specifications.draws import Draw

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Model:
    """The functions of a reference model under their names, as attributes; some of them perhaps replaced."""

    functions: Mapping[str, Callable[..., Any]]

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """The function of that name. Raises AttributeError for a name that the specification doesn't list."""
        try:
            return self.functions[name]
        except KeyError:
            raise AttributeError(f"the specification lists no function {name}") from None

    def but(self, replaced: Mapping[str, Callable[..., Any]]) -> Model:
        """The same with some functions replaced. Raises KeyError for one that isn't there."""
        unknown = sorted(set(replaced) - set(self.functions))
        if unknown:
            raise KeyError(f"can't replace {', '.join(unknown)}: the specification lists {', '.join(self.functions)}")
        return replace(self, functions=MappingProxyType({**self.functions, **replaced}))


@dataclass(frozen=True)
class Outcome:
    """How far a property was missed, how far it may be, and what was compared. NaN and infinity never pass."""

    error: float
    allowed: float
    detail: str = ""

    @property
    def passed(self) -> bool:
        """Whether the error is a number within what is allowed."""
        return isfinite(self.error) and self.error <= self.allowed


@dataclass(frozen=True)
class Mutant:
    """A planted mistake: what it is in words, and the functions that make it."""

    slip: str
    functions: Mapping[str, Callable[..., Any]]


@dataclass(frozen=True)
class Property:
    """Something that the functions must satisfy on every draw, and a mistake that it must reject."""

    name: str
    check: Callable[[Model, Draw], Outcome]
    mutant: Mutant


@dataclass(frozen=True)
class Oracle:
    """An independent package that answers the same questions.

    ``inputs`` are plain numbers and lists; ``ask(inputs)`` imports the package and returns its answers, converted to
    the specification's conventions as ``conversion`` says; ``tell(model, inputs)`` returns ours under the same names.
    The package's answers are kept in ``golden/<name>.json`` beside its version, so that it need not be installed.
    """

    package: str
    inputs: Mapping[str, Any]
    ask: Callable[[Mapping[str, Any]], Answers]
    tell: Callable[[Model, Mapping[str, Any]], Answers]
    tolerance: float
    conversion: str


@dataclass(frozen=True)
class Figure:
    """A number that a task found, and, where theory predicts one, the prediction and how far off it may lie."""

    name: str
    value: float
    predicted: float | None = None
    allowed: float | None = None
    unit: str = ""

    @property
    def as_predicted(self) -> bool:
        """Whether the value is a number, and lies within what is allowed of its prediction if it has one."""
        if self.predicted is None:
            return isfinite(self.value)
        return isfinite(self.value) and abs(self.value - self.predicted) <= (self.allowed or 0.0)


@dataclass(frozen=True)
class Panel:
    """One picture: ``kind`` is lines, points, bars, image or text; each series has a label and its numbers.

    A series of lines, points or bars is ``(x, y)``; of an image, rows of numbers from 0 (black) to 1 (white); of text,
    its lines, and the series stand side by side.
    """

    title: str
    kind: str
    series: Mapping[str, Any]


@dataclass(frozen=True)
class Result:
    """What a task found."""

    figures: Sequence[Figure]
    panels: Sequence[Panel] = ()


@dataclass(frozen=True)
class Task:
    """A small real task: what data it takes, and what is found on it. ``long`` is the version for a GPU.

    ``long_data`` is what the longer version takes; empty where it takes the same.

    A task reports its progress by calling its second argument with a fraction from 0 to 1.
    """

    data: str
    run: Callable[[Model, Draw, Callable[[float], None]], Result]
    training: bool = False
    long: Callable[[Model, Draw, Callable[[float], None]], Result] | None = None
    long_data: str = ""


@dataclass(frozen=True)
class Specification:
    """A system that is specified by running code.

    ``name`` is what ``errata run`` takes; ``systems`` are the rows it covers; ``statement`` is the defining equation in
    one line; ``page`` is the module of reference_models that holds ``functions``; ``source`` is where it is defined.
    """

    name: str
    family: str
    systems: tuple[int, ...]
    title: str
    statement: str
    page: str
    functions: Mapping[str, Callable[..., Any]]
    properties: tuple[Property, ...]
    source: str
    oracles: tuple[Oracle, ...] = ()
    task: Task | None = None
    conventions: tuple[str, ...] = field(default=())

    @property
    def pages(self) -> Mapping[str, tuple[str, ...]]:
        """The modules that hold the functions, ``page`` first, and the names that the functions have here."""
        found: dict[str, tuple[str, ...]] = {self.page: ()}
        for name, function in self.functions.items():
            found[function.__module__] = (*found.get(function.__module__, ()), name)
        return MappingProxyType(found)

    @property
    def model(self) -> Model:
        """The functions, none replaced."""
        return Model(MappingProxyType(dict(self.functions)))
