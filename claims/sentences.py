"""Sentences of probability about abstract laws, as data: what a formula says before any law is known.

A *variable* is what a law is about (``x`` for both X and x); a *name* is what stands in the formula. A name of a
variable stands for one of the variable's values, given from outside or bound by an expectation, a sum or an integral.
A law is known by its letter alone. All logarithms are natural, so information is in nats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache
from typing import TypeVar, cast

from claims.records import Record, fields, replace


class Number(Record):
    """A rational number."""

    value: Fraction


class Value(Record):
    """What a name stands for: a parameter, or a value of a variable."""

    name: str


class Size(Record):
    """How many values a variable has."""

    variable: str


class Sum(Record):
    terms: tuple[Sentence, ...]


class Product(Record):
    factors: tuple[Sentence, ...]


class Quotient(Record):
    top: Sentence
    bottom: Sentence


class Power(Record):
    base: Sentence
    exponent: Sentence


class Apply(Record):
    """A function with a meaning: log, exp, sqrt or abs."""

    function: str
    argument: Sentence


class Unknown(Record):
    """A function that may be anything, at its arguments."""

    name: str
    arguments: tuple[Sentence, ...]


class Place(Record):
    """A variable at a value; inside of what stands under this condition, ``name`` stands for the value too."""

    variable: str
    value: Sentence
    name: str = ""


class Bound(Record):
    """A name that ranges over the values of a variable."""

    name: str
    variable: str


class Density(Record):
    """p(at | given): the density, or mass, of a law with respect to the measure of each variable in ``at``."""

    law: str
    at: tuple[Place, ...]
    given: tuple[Place, ...] = ()


class Compare(Record):
    """The event that two values stand in a relation: one of = ≠ < ≤ > ≥."""

    left: Sentence
    sign: str
    right: Sentence


class Occurs(Record):
    """An event that is only named; its variable is 1 where it occurs and 0 elsewhere."""

    variable: str


class Every(Record):
    """All of these events; the sure event where there are none."""

    events: tuple[Event, ...]


class Some(Record):
    """At least one of these events."""

    events: tuple[Event, ...]


class Complement(Record):
    event: Event


class Probability(Record):
    """P(event | given) under a law, over all values of the ``over`` names; other names keep their values."""

    law: str
    event: Event
    over: tuple[Bound, ...]
    given: Event | None = None


class Indicator(Record):
    """1 where the event holds and 0 elsewhere."""

    event: Event


class Total(Record):
    """The sum (``continuous``: the integral) over all values of the ``over`` names."""

    body: Sentence
    over: tuple[Bound, ...]
    continuous: bool


class Expectation(Record):
    """E[body | given] under a law, over all values of the ``over`` names."""

    law: str
    body: Sentence
    over: tuple[Bound, ...]
    given: tuple[Place, ...] = ()


class Covariance(Record):
    """Cov(left, right | given); with both the same it is the variance."""

    law: str
    left: Sentence
    right: Sentence
    over: tuple[Bound, ...]
    given: tuple[Place, ...] = ()


class Extremum(Record):
    """The set of values of the ``over`` names at which the body is largest (or smallest)."""

    body: Sentence
    over: tuple[Bound, ...]
    largest: bool


class Divergence(Record):
    """KL, JS or TV between two densities, over all values of the ``over`` names."""

    kind: str
    p: Sentence
    q: Sentence
    over: tuple[Bound, ...]


class CrossEntropy(Record):
    """−∫ p log q over all values of the ``over`` names; the entropy of p where q is p."""

    p: Sentence
    q: Sentence
    over: tuple[Bound, ...]


class Entropy(Record):
    """H(of | given, at) of variables under a law: averaged over ``given``, and held at the values of ``at``."""

    law: str
    of: tuple[str, ...]
    given: tuple[str, ...] = ()
    at: tuple[Place, ...] = ()


class MutualInformation(Record):
    """I(left; right | given) of variables under a law, averaged over ``given``."""

    law: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    given: tuple[str, ...] = ()


class Slope(Record):
    """The derivative of a sentence in a number, on which every law and function with that subscript depends."""

    body: Sentence
    by: str


Event = Compare | Occurs | Every | Some | Complement
Sentence = (
    Number | Value | Size | Sum | Product | Quotient | Power | Apply | Unknown | Density | Probability
    | Indicator | Total | Expectation | Covariance | Divergence | CrossEntropy | Entropy | MutualInformation | Extremum
    | Slope
)  # fmt: skip
Part = Sentence | Event | Place | Bound
AnyPart = TypeVar("AnyPart", bound=Part)


def parts(sentence: Part) -> Iterator[Part]:
    """A sentence and everything in it."""
    stack: list[Part] = [sentence]
    while stack:
        part = stack.pop()
        yield part
        stack.extend(_inside(part))


def occurrence(variable: str) -> str:
    """The name under which it stands whether an event occurs; no formula can contain it."""
    return f"∈{variable}"


def free_names(part: Part) -> frozenset[str]:
    """The names in a sentence that nothing in it binds, parameters included."""
    match part:
        case Value(name=name):
            return frozenset({name})
        case Occurs(variable=variable):
            return frozenset({occurrence(variable)})
        case Expectation(body=body, over=over, given=given):
            return _outside((body,), over, given)
        case Covariance(left=left, right=right, over=over, given=given):
            return _outside((left, right), over, given)
        case Divergence(p=p, q=q, over=over) | CrossEntropy(p=p, q=q, over=over):
            return _outside((p, q), over, ())
        case Total(body=body, over=over) | Extremum(body=body, over=over):
            return _outside((body,), over, ())
        case Probability(event=event, over=over, given=condition):
            return _outside((event,) if condition is None else (event, condition), over, ())
        case _:
            return frozenset().union(*(free_names(p) for p in _inside(part)))


def _outside(bodies: tuple[Part, ...], over: tuple[Bound, ...], given: tuple[Place, ...]) -> frozenset[str]:
    bound = {b.name for b in over} | {p.name for p in given}
    inner = frozenset().union(*map(free_names, bodies)) - bound
    return inner.union(*(free_names(p.value) for p in given))


def _inside(part: Part) -> Iterator[Part]:
    """The parts directly in a part."""
    for name in _holders(type(part)):
        value = getattr(part, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Record):  # every record in a part is one
                yield cast("Part", item)


@lru_cache(maxsize=64)
def _holders(of: type[Part]) -> tuple[str, ...]:
    """The fields of a part that may hold parts."""
    return tuple(name for name in fields(of) if of.__annotations__[name] not in _PLAIN)


_PLAIN = frozenset({"str", "bool", "Fraction", "tuple[str, ...]"})
"""What a field may be that holds no part."""


def with_parts(part: AnyPart, change: Callable[[Part], Part]) -> AnyPart:
    """A part, of whatever kind, with each part directly in it changed."""
    changes: dict[str, object] = {}
    for name in fields(part):
        value = getattr(part, name)
        if isinstance(value, tuple):
            changes[name] = tuple(change(v) if isinstance(v, Part) else v for v in value)
        elif isinstance(value, Part):
            changes[name] = change(value)
    return replace(part, **changes) if changes else part  # type: ignore[arg-type]
