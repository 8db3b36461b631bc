"""The law of a member of a normal chain given an earlier one, by what the document says of each step, or of all of them
at once: the mean has the factor ∏ a_s and the variance is ∑_s b_s ∏_{r>s} a_r².
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.records import Record
from errata.checking.context import At, State, roots_of
from errata.checking.families.chains.defined_families import (
    Bodies,
    families_of,
    filled,
    renamed,
    same_expression,
    spare_letters,
    unfolded,
)
from errata.checking.families.chains.equality import holds, judged
from errata.checking.families.chains.kernels import Kernel, follows, index_of, is_first, laws_in
from errata.reading.names import key
from errata.reading.relations import Pair
from errata.reading.tree import Node, Num, Sym

ZERO = Num(0, 0, "0")
_RENAMES = re.compile(
    r"\b(?:notations?|conventions?|redefin\w*|renam\w*|abus\w*|(?:omit|drop)\w* the bar|overload\w*|"
    r"(?:now|here)\s+(?:denote|write|let|use)\w*|DDIM|flow[ -]matching)\b",
    re.I,
)
"""Words after which a letter may stand for something else."""


class Forward(Record):
    """What is known of a chain at an index: the slope and the spread of a step, or those from the beginning on."""

    slope: Node
    spread: Node
    index: Node
    line: int
    place: int
    bodies: Bodies
    by_steps: bool

    @property
    def said(self) -> str:
        """Where it is known from."""
        return f"line {self.line} gives the law {'of each step' if self.by_steps else 'after many steps'}"

    def is_left_behind(self, state: State, at: At) -> bool:
        """Whether the text changes its notation between the law and a relation, so that letters may be others."""
        place = self.place
        first, last = sorted((place, at.formula.span.start))
        return _RENAMES.search(state.document.text, first, last) is not None

    def factor(self, start: Node, end: Node) -> Node | None:
        """What a member is multiplied by in the mean of a later one."""
        if not self.by_steps:
            return renamed(self.slope, self.index, end) if key(start) == "0" else None
        first, _ = spare_letters(self.slope, self.spread, start, end)
        slope = renamed(self.slope, self.index, first)
        return filled(r"\prod_{F=S+1}^{E} A", F=first, S=start, E=end, A=slope)

    def variance(self, start: Node, end: Node) -> Node | None:
        """The variance of a member given an earlier one."""
        if not self.by_steps:
            return renamed(self.spread, self.index, end) if key(start) == "0" else None
        first, later = spare_letters(self.slope, self.spread, start, end)
        slope, spread = renamed(self.slope, self.index, later), renamed(self.spread, self.index, first)
        template = r"\sum_{F=S+1}^{E} B \prod_{R=F+1}^{E} A^2"
        return filled(template, F=first, S=start, E=end, B=spread, R=later, A=slope)

    def step(self, end: Node) -> tuple[Node, Node] | None:
        """The slope and the spread of the step to a member."""
        if not self.by_steps:
            return None
        return renamed(self.slope, self.index, end), renamed(self.spread, self.index, end)


def forward_of(state: State, letter: str, law: str | None = None, at_once: bool = True) -> Forward | None:
    """What the document says of the chain of a letter, by its steps if it gives these; None where it says nothing, or
    more than one thing. ``at_once`` says whether the law after many steps will do."""
    every = list(_kernels(state, letter, law))
    if not every:
        return None
    bodies = families_of(state)
    steps = [(k, place) for k, place in every if isinstance(index_of(k.to), Sym) and follows(k.to, k.given)]
    jumps = [(k, place) for k, place in every if isinstance(index_of(k.to), Sym) and is_first(k.given)]
    if steps or not at_once:
        return _one(state, steps, bodies, True)
    return _one(state, jumps, bodies, False)


def _kernels(state: State, letter: str, law: str | None) -> Iterator[tuple[Kernel, int]]:
    """The laws of the members of a chain given one other, each with its place."""
    for found, number in laws_in(roots_of(state)):
        if isinstance(found, Kernel) and key(found.to.base) == letter and law in (None, found.law):
            yield found, state.document.formulas[number].span.start


def _one(state: State, found: list[tuple[Kernel, int]], bodies: Bodies, by_steps: bool) -> Forward | None:
    """The one thing that is said; None where several are."""
    if not found:
        return None
    first, place = found[0]
    index = index_of(first.to)
    slope, spread = (unfolded(n, bodies) for n in (first.slope, first.spread))
    for other, _ in found[1:]:
        here = [unfolded(renamed(n, index_of(other.to), index), bodies) for n in (other.slope, other.spread)]
        if not _are_equal(state, here[0], slope) or not _are_equal(state, here[1], spread):
            return None
    return Forward(slope, spread, index, state.document.place(place).line, place, bodies, by_steps)


def _are_equal(state: State, one: Node, other: Node) -> bool:
    return same_expression(one, other) or holds(judged(state, one, other))


def is_equation(pair: Pair) -> bool:
    """Whether a relation says that two things are equal."""
    return pair.relation.sign in ("=", "≡")
