"""The layout-faithful tree of a formula: what stands where, before anything is said about what it means.

Every node knows its place (``start``, ``end``: offsets into the LaTeX of the formula). What is not understood is an
``Opaque`` node with its text; nothing is ever dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import Any

from claims.records import Record


class _Noted(Record, dict=True, cache_hash=True):
    """A base with a place (``__dict__``) for what is asked of a node again and again: its LaTeX once it has been
    written, the text that names are compared by, and the nodes below it once it has been walked.

    They are no fields: they neither count when nodes are compared nor go along to another process.
    """


class Num(_Noted):
    """A number as printed, thousands separators included."""

    start: int
    end: int
    text: str


class Sym(_Noted):
    """A symbol or a name; ``font`` is "" for plain italics and otherwise part of the name (x is not bold x)."""

    start: int
    end: int
    name: str
    font: str = ""
    latex: str = ""


class Text(_Noted):
    """Prose inside a formula."""

    start: int
    end: int
    text: str
    command: str = "text"


class Dots(_Noted):
    start: int
    end: int
    text: str


class Opaque(_Noted):
    """What the reader does not understand, as it stands."""

    start: int
    end: int
    text: str
    why: str


class Gap(_Noted):
    """Nothing, where something could stand: the left side of a row that continues a chain."""

    start: int
    end: int


class Accent(_Noted):
    start: int
    end: int
    kind: str
    body: Node


class Styled(_Noted):
    """A font around more than a name: a bold number, a boxed result."""

    start: int
    end: int
    command: str
    body: Node


class Script(_Noted):
    """A base with its scripts; ``primes`` counts ′ signs; ``sup_first`` keeps the order of the source, and so does
    ``under`` where the subscript stands under an operator by \\underset. ``unwritten`` is a square that a convention
    adds: s in N(μ, s), where that is a standard deviation."""

    start: int
    end: int
    base: Node
    sub: Node | None
    sup: Node | None
    primes: int = 0
    sup_first: bool = False
    under: bool = False
    unwritten: bool = False


class Frac(_Noted):
    start: int
    end: int
    top: Node
    bottom: Node
    command: str = r"\frac"


class Binom(_Noted):
    start: int
    end: int
    top: Node
    bottom: Node
    command: str = r"\binom"


class Root(_Noted):
    start: int
    end: int
    body: Node
    index: Node | None


class Group(_Noted):
    """Braces around more than one thing."""

    start: int
    end: int
    body: Node


class Fence(_Noted):
    """Brackets, bars or angles around something; ``.`` is an invisible bracket, "" one that is missing. ``variance`` is
    said of the parameters of a normal law of which the second one can be nothing else."""

    start: int
    end: int
    open: str
    body: Node | None
    close: str
    variance: bool = False


class Call(_Noted):
    """A name with a bracket after it; not ``sure`` where it may be a product."""

    start: int
    end: int
    head: Node
    fence: Node
    sure: bool


class Function(_Noted):
    """A named function with an argument that has no brackets of its own: log x, sin 2x."""

    start: int
    end: int
    head: Node
    argument: Node


class Big(_Noted):
    """An operator over a body: a sum, a product, an integral (with its differentials), a maximum, a limit."""

    start: int
    end: int
    head: Node
    body: Node | None
    differentials: tuple[Node, ...] = ()
    differential_first: bool = False


class Differential(_Noted):
    """dx under an integral."""

    start: int
    end: int
    d: Node
    variable: Node


class Prefix(_Noted):
    """A sign before its operand: −x, ∇L, ∂f, ∀x."""

    start: int
    end: int
    sign: Node
    operand: Node


class Postfix(_Noted):
    """A sign after its operand: n!, 5 %."""

    start: int
    end: int
    operand: Node
    sign: str


class Terms(_Noted):
    """A sum: ``signs[i]`` stands before ``items[i]``; the first is "" where none is written."""

    start: int
    end: int
    signs: tuple[str, ...]
    items: tuple[Node, ...]


class Factors(_Noted):
    """A product: ``signs[i]`` stands before ``items[i]``; "" is juxtaposition."""

    start: int
    end: int
    signs: tuple[str, ...]
    items: tuple[Node, ...]


class Relation(_Noted):
    """The sign of a chain as written, its canonical form, and what stands over it (``iid``, ``!``)."""

    start: int
    end: int
    sign: str
    latex: str
    over: Node | None = None


class Chain(_Noted):
    """a = b ≤ c: one more item than relations.

    ``remarks[i]`` is what is remarked beside ``items[i]`` before the chain goes on: the reason of its step, a unit, a
    condition. It is empty where nothing is remarked anywhere. All equations of a chain hold up to multiples of its
    ``modulus``, where it has one.
    """

    start: int
    end: int
    items: tuple[Node, ...]
    relations: tuple[Relation, ...]
    remarks: tuple[Node | None, ...] = ()
    modulus: Node | None = None


class Logic(_Noted):
    """Statements joined by ⇒, ⇔, ∧."""

    start: int
    end: int
    items: tuple[Node, ...]
    signs: tuple[str, ...]


class Bar(_Noted):
    """Two sides of a separator inside a bracket: x | z, p ‖ q, x : x > 0."""

    start: int
    end: int
    left: Node
    sign: str
    right: Node


class Phrase(_Noted):
    """Parts of a statement or a list: ``separators[i]`` (",", ";", "\\quad", or "") follows ``items[i]``."""

    start: int
    end: int
    items: tuple[Node, ...]
    separators: tuple[str, ...]


class Remark(_Noted):
    """What stands beside a row and is no part of its statement: by Bayes, n = 10."""

    start: int
    end: int
    body: Node


class Brace(_Noted):
    """\\underbrace and \\overbrace, with their label."""

    start: int
    end: int
    command: str
    body: Node
    label: Node | None


class Stack(_Noted):
    """\\overset, \\underset, \\stackrel: one thing over or under another."""

    start: int
    end: int
    command: str
    mark: Node
    body: Node


class Grid(_Noted):
    """A matrix, array or case distinction: rows of cells."""

    start: int
    end: int
    environment: str
    columns: str
    rows: tuple[tuple[Node, ...], ...]


class Lines(_Noted):
    """The statements of a display, in order; ``environment`` is "" where the formula has none."""

    start: int
    end: int
    environment: str
    statements: tuple[Node, ...]


Node = (
    Num | Sym | Text | Dots | Opaque | Gap | Accent | Styled | Script | Frac | Binom | Root | Group | Fence | Call
    | Function | Big | Differential | Prefix | Postfix | Terms | Factors | Relation | Chain | Logic | Bar | Phrase
    | Remark | Brace | Stack | Grid | Lines
)  # fmt: skip


def _child_fields(kind: Any) -> tuple[str, ...]:
    return tuple(name for name, held in kind.__annotations__.items() if "Node" in held or "Relation" in held)


child_fields: Callable[[type], tuple[str, ...]] = cache(_child_fields)
"""The fields of a kind of node that hold nodes, in the order of the text."""


def children(node: Node) -> Sequence[Node]:
    """The nodes directly below, in the order of the text."""
    return _below(type(node))(node)


def _children_of(kind: Any) -> Callable[[Any], Sequence[Node]]:
    """How the nodes below one of a kind are got: made once for each kind, since they are asked for very often."""
    held = [(name, kind.__annotations__[name]) for name in child_fields(kind)]
    if not held:
        return lambda node: ()
    get: Callable[[Any], Any] = attrgetter(*(name for name, _ in held))
    if all(type_ == "Node" for _, type_ in held):
        return get if len(held) > 1 else lambda node: (get(node),)
    if [type_ for _, type_ in held] == ["tuple[Node, ...]"]:
        return get
    return (lambda node: _flat(get(node))) if len(held) > 1 else lambda node: _flat((get(node),))


_below: Callable[[type], Callable[[Any], Sequence[Node]]] = cache(_children_of)


def _flat(values: tuple[Any, ...]) -> list[Node]:
    below: list[Node] = []
    for value in values:
        if value.__class__ is tuple:
            below += _flat(value)
        elif value is not None:
            below.append(value)
    return below


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, in the order of the text."""
    noted = node.__dict__
    try:
        below: tuple[Node, ...] = noted["walked"]
    except KeyError:
        below = noted["walked"] = _walked(node)
    return chain((node,), below)


def _walked(node: Node) -> tuple[Node, ...]:
    """All nodes below one, without recursion."""
    stack = [*reversed(_below(node.__class__)(node))]
    out: list[Node] = []
    while stack:
        n = stack.pop()
        out.append(n)
        if n.__class__ not in _LEAVES:
            stack.extend(reversed(_below(n.__class__)(n)))
    return tuple(out)


_LEAVES = frozenset({Num, Sym, Text, Dots, Gap})


def opaque_parts(node: Node) -> tuple[Opaque, ...]:
    """What was not understood, in the order of the text."""
    found: list[Opaque] = []
    stack = [node]
    while stack:
        n = stack.pop()
        if isinstance(n, Opaque):
            found.append(n)
        elif n.__class__ not in _LEAVES:
            stack.extend(reversed(_below(n.__class__)(n)))
    return tuple(found)
