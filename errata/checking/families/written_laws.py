"""The laws in a document, those among them that it gives by the formula of a density.

Such a density counts as a law where its total mass is one at random parameters: all of them positive, or all of them
probabilities.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from random import Random

import sympy as sp
from flint import arb

from claims.laws import Written
from claims.records import Record
from errata.checking.context import State, root_of
from errata.reading.families.notation import LawNode, Option
from errata.reading.families.said import Said, laws_said
from errata.reading.families.terms import free_names
from errata.reading.families.written_densities import WrittenDensity, written_densities
from errata.reading.generic import Generic, lower_generic, symbol_of, whole_numbers
from errata.reading.names import is_name, key
from errata.reading.supports import Support
from errata.reading.tree import Node, walk
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined, enclose
from numerics.families.admissible import point
from numerics.families.moments import total_mass

POINTS = 4
"""Choices of the parameters at which the total mass has to be one."""
WRITTEN = "the density of line "
PLACE = sp.Dummy("x", real=True)
"""The variable of every density, which no document can name."""


def said_in(state: State) -> tuple[Said, ...]:
    """Every law that the document states, in order: by its name, or by the formula of a density."""
    if state.said is None:
        state.said = laws_said(state.document, state.normals.meant)
    if not state.densities_heard:
        state.densities_heard = True
        written = [s for d in written_densities(state.document, partial(root_of, state)) for s in _said(state, d)]
        state.said = tuple(sorted((*state.said, *written), key=lambda s: s.place))
    return state.said


def _said(state: State, density: WrittenDensity) -> Iterator[Said]:
    try:
        made = _law(density, state.document.place(density.place).line, state.options.seed)
    except (Unlowered, TypeError, ValueError, RecursionError):
        made = None
    if made is not None:
        yield Said(density.of, None, made, density.formula, density.place, False)


def _law(density: WrittenDensity, line: int, seed: int) -> LawNode | None:
    """The law of a density, where its total mass is one."""
    names = _parameters(density)
    counted = _counted(density) & names.keys()
    random = Random(f"{seed} {line}")
    for unit in (frozenset[str](), frozenset(names) - counted):
        form = _Form(density, tuple(names), frozenset(counted), unit)
        if all(form.has_mass_one(turn, random) for turn in range(POINTS if names else 1)):
            return LawNode(
                f"{WRITTEN}{line}", tuple(names.values()), (Option(form.law),), written=True, given=density.given
            )
        if not names:
            return None
    return None


def _parameters(density: WrittenDensity) -> dict[str, Node]:
    """The names in a density and in its ranges but for its variable."""
    ends = (end for _, support in density.pieces for end in (support.low, support.high) if end is not None)
    nodes = [n for part in (*(body for body, _ in density.pieces), *ends) for n in walk(part)]
    free = set().union(*(free_names(body) for body, _ in density.pieces), *map(free_names, ends))
    free |= {key(n) for _, s in density.pieces for n in (s.low, s.high) if n is not None and is_name(n)}
    return {key(n): n for n in nodes if is_name(n) and key(n) in free - {key(density.variable)}}


def _counted(density: WrittenDensity) -> set[str]:
    """The names in a density that are whole numbers."""
    ends = (end for _, s in density.pieces if s.whole for end in (s.low, s.high) if end is not None)
    return {*whole_numbers(*(body for body, _ in density.pieces))[0], *(key(e) for e in ends if is_name(e))}


class _Form(Record):
    """A density as a law of its parameters: which of them are whole numbers, and which are probabilities."""

    density: WrittenDensity
    names: tuple[str, ...]
    counted: frozenset[str]
    unit: frozenset[str]

    def law(self, *values: sp.Expr) -> Written:
        """The law at values of its parameters. Raises Unlowered."""
        given = dict(zip(self.names, values, strict=True))
        generic = Generic({n: int(given[n]) for n in self.counted if given[n].is_Integer})
        pieces = [self._piece(body, support, given, generic) for body, support in self.density.pieces]
        if generic.uninterpreted or generic.matrices or generic.means or generic.marked:
            raise Unlowered("a density with unknown parts")
        whole = sp.true if self.density.pieces[0][1].whole else sp.false
        counted, unit = ([given[n] for n in self.names if n in group] for group in (self.counted, self.unit))
        return Written(sp.Tuple(*pieces), whole, sp.Tuple(*counted), sp.Tuple(*unit))

    def _piece(self, body: Node, support: Support, given: Mapping[str, sp.Expr], generic: Generic) -> sp.Tuple:
        formula, low, high = (
            None if n is None else lower_generic(n, generic) for n in (body, support.low, support.high)
        )
        place = symbol_of(self.density.variable, generic)
        values = {generic.symbols[n]: value for n, value in given.items() if n in generic.symbols}
        if formula is None or isinstance(formula, sp.Tuple):
            raise Unlowered("a density with vectors")
        ends = (e if e is None else e.xreplace(values) for e in (low, high))
        first, last = (infinite if e is None else e for e, infinite in zip(ends, (-sp.oo, sp.oo), strict=True))
        return sp.Tuple(sp.Lambda(PLACE, formula.xreplace({**values, place: PLACE})), first, last)

    def has_mass_one(self, turn: int, random: Random) -> bool:
        """Whether the total mass is one at random parameters."""
        whole = {n: sp.Integer(random.randint(2, 5)) for n in self.names if n in self.counted}
        free = [sp.Symbol(n, real=True) for n in self.names if n not in self.counted]
        law = self.law(*(whole.get(n) or sp.Symbol(n, real=True) for n in self.names))
        at = point(free, [law], {}, frozenset(), frozenset(), [], turn, random)
        try:
            return at is not None and bool(enclose(total_mass(law), at=at).overlaps(arb(1)))
        except Undetermined:
            return False
