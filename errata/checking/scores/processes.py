"""Processes that keep a density: Langevin steps have p for their stationary law, dx = [f − g² ∇ log p] dt + g dw̄ runs
back the process dx = f dt + g dw.

A process moves the density of its state by the Fokker–Planck equation. That of the one that is stated has to move p as
little as the stationary law moves, or by as much back as the forward process moves it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.records import Record, replace
from errata.checking.context import At, State, roots_of
from errata.checking.scores.stated import applied, is_density
from errata.reading.gloss import glossed
from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.relations import Pair, stated
from errata.reading.substitution import rebuilt
from errata.reading.tree import (
    Accent,
    Call,
    Chain,
    Factors,
    Function,
    Group,
    Lines,
    Node,
    Prefix,
    Script,
    Sym,
    Terms,
    walk,
)
from errata.reading.unparse import to_latex

REACH = 400
_LANGEVIN = re.compile(r"\bLangevin\b", re.I)
_REVERSE = re.compile(r"\b(?:revers\w*|backwards?)\b", re.I)
_NOISE = frozenset({"w", "W", "B", "z", "η", "ε", "ϵ", "ξ"})
_TIMES = frozenset({"t", "τ"})


class Process(Record):
    """What the state moves by, and how much noise there is, as LaTeX; the point is the state."""

    drift: str
    noise: str
    point: Node


class Kept(Record):
    """The equation of the density that a process has to fulfil, and what it says of it."""

    pair: Pair
    told: str


def kept_by(state: State, at: At, pair: Pair) -> Kept | None:
    """The equation that a stated process is judged by; None where a relation states none, or nothing is said of it."""
    pair = replace(pair, right=rebuilt(pair.right, _at_the_point))
    process = process_of(pair)
    density = None if process is None else _density_in(pair.right)
    if process is None or density is None:
        return None
    span = at.formula.span
    near = glossed(state.document.text[max(0, span.start - REACH) : span.start])
    p = to_latex(density)
    forward = _forward(roots_of(state), at.index, process) if _REVERSE.search(near) else None
    if forward is not None:
        first, line = forward
        moved = rf"\left( {process.drift} - \left( {first.drift} \right) \right)"
        spread = rf"\left( \left( {process.noise} \right)^2 + \left( {first.noise} \right)^2 \right)"
        told = f"it runs the process of line {state.document.place(state.document.formulas[line].span.start).line} back"
        moves = rf"\nabla \cdot \left( {moved} {p} \right) + \frac{{1}}{{2}} {spread} \Delta {p}"
        return Kept(_equation(pair, moves), told)
    if not _LANGEVIN.search(near):
        return None
    left = rf"\nabla \cdot \left( \left( {process.drift} \right) {p} \right)"
    left += rf" - \frac{{1}}{{2}} \left( {process.noise} \right)^2 \Delta {p}"
    return Kept(_equation(pair, left), f"{key(density)} is its stationary law")


def _at_the_point(node: Node) -> Node | None:
    """∇_x log p(x_t) as the slope at x_t, in which it is meant."""
    match node:
        case Prefix(
            sign=Script(base=Sym(name="∇") as nabla, sub=sub, sup=None), operand=Function(argument=Call() as at)
        ):
            taken = applied(at)
            if taken is not None and sub is not None and {_letter(p) for p in taken.points[:1]} == {_letter(sub)}:
                return replace(node, sign=nabla)
    return None


def _equation(pair: Pair, left: str) -> Pair:
    sides = (parse(left).statements[0], parse("0").statements[0])
    return replace(pair, left=sides[0], right=sides[1], position=0)


def process_of(pair: Pair) -> Process | None:
    """The parts of dx = b dt + c dw and of x_{t+1} = x_t + b + c η; None for anything else."""
    left = pair.left
    while isinstance(left, Group):
        left = left.body
    if isinstance(left, Terms) and left.signs == ("-",):
        left = left.items[0]
    if not isinstance(pair.right, Terms):
        return None
    terms = list(zip(pair.right.signs, pair.right.items, strict=True))
    if isinstance(left, Factors) and len(left.items) == 2 and key(left.items[0]) == "d" and is_name(left.items[1]):
        drifts = [(s, rest) for s, i in terms if (rest := _before_d(i, _TIMES)) is not None]
        noises = [rest for _, i in terms if (rest := _before_d(i, _NOISE)) is not None]
        point = left.items[1]
    elif isinstance(left, Script) and left.sub is not None and is_name(left):
        same = [i for _, i in terms if isinstance(i, Script) and key(i.base) == key(left.base)]
        noises = [rest for _, i in terms if (rest := _before_noise(i)) is not None]
        drifts = [(s, to_latex(i)) for s, i in terms if i not in same and _before_noise(i) is None]
        if len(same) != 1:
            return None
        point = same[0]
    else:
        return None
    if len(noises) != 1 or not drifts or len(drifts) + 1 + isinstance(left, Script) != len(terms):
        return None
    drift = " ".join(f"{sign or '+'} {rest}" for sign, rest in drifts).removeprefix("+ ")
    return Process(drift, noises[0], point)


def _before_d(item: Node, letters: frozenset[str]) -> str | None:
    """What stands before dt, or before the step dw of the noise."""
    if not isinstance(item, Factors) or len(item.items) < 2 or key(item.items[-2]) != "d":
        return None
    if _letter(item.items[-1]) not in letters:
        return None
    rest = item.items[:-2]
    return to_latex(replace(item, items=rest, signs=item.signs[:-2])) if rest else "1"


def _before_noise(item: Node) -> str | None:
    """c of c η_t."""
    if not isinstance(item, Factors) or len(item.items) < 2 or _letter(item.items[-1]) not in _NOISE:
        return None
    return to_latex(replace(item, items=item.items[:-1], signs=item.signs[:-1]))


def _letter(node: Node) -> str:
    while isinstance(node, Script | Accent | Group):
        node = node.base if isinstance(node, Script) else node.body
    return node.name if isinstance(node, Sym) else ""


def _density_in(node: Node) -> Node | None:
    """The one density of whose logarithm the slope stands in a node."""
    found = {}
    for n in walk(node):
        if isinstance(n, Prefix) and _letter(n.sign) == "∇" and isinstance(n.operand, Function):
            inner = n.operand.argument
            if is_density(inner.head if isinstance(inner, Call) else inner):
                found[key(inner)] = inner
    return next(iter(found.values())) if len(found) == 1 else None


def _forward(roots: Sequence[Lines], place: int, back: Process) -> tuple[Process, int] | None:
    """The nearest process before a place that moves the same state, without a slope in it, and its formula."""
    for number in range(place - 1, -1, -1):
        for chain in stated(roots[number]):
            pair = chain.pairs()[0]
            if isinstance(chain.chain, Chain) and pair.relation.sign == "=" and _density_in(pair.right) is None:
                found = process_of(pair)
                if found is not None and key(found.point) == key(back.point):
                    return found, number
    return None
