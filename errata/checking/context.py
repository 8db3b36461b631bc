"""Where judging stands in a document: what has been said so far, and what surrounds a relation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

import sympy as sp
from flint import fmpq

from claims.records import Record
from errata.checking.author import Author
from errata.checking.definitions import Definition, bodies_in, definitions_in
from errata.checking.facts import Facts
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.checking.page_laws import PageLaws
from errata.checking.parts import Noted
from errata.checking.rearranged import Equation
from errata.checking.structure_shapes import Shapes
from errata.checking.tabular import Given, Tables
from errata.checking.usable import Known, known_of
from errata.reading.applied import applied_letters, defined_letters
from errata.reading.document import Document, Formula, Span
from errata.reading.families.models import Model
from errata.reading.families.said import Said
from errata.reading.going_on import going_on
from errata.reading.lowering import LogBase
from errata.reading.normals import Normals
from errata.reading.parser import parse
from errata.reading.relations import Stated
from errata.reading.said_matrices import SaidMatrix
from errata.reading.said_ranks import SaidRank, said_ranks
from errata.reading.said_samples import SaidSample
from errata.reading.scope import Scope
from errata.reading.tree import Lines, Node


class Statement(Record):
    """``left`` = members, as one chain of a formula states it."""

    formula: int
    left: Node
    members: tuple[Node, ...]
    section: tuple[tuple[int, str], ...]
    """The headings over it, each with its level."""
    anew: bool
    """Whether the text before the formula announces something new."""
    laws: frozenset[str]
    """The laws that the sentence before it names in words."""
    display: bool
    """Whether it stands in a display."""
    start: int
    """Where the chain starts in the document."""
    end: int = 0
    derived: bool = False
    """Whether each of its steps was judged to hold, so that it is more than a definition."""


@dataclass
class State:
    """What the document has said up to here."""

    document: Document
    options: Options
    scope: Scope = field(default_factory=Scope)
    introduced: frozenset[str] = frozenset()
    defined: frozenset[tuple[str, str]] = frozenset()
    """What the document has defined, a name or a call beside its expression; to say it again claims nothing."""
    headings: int = 0
    titles: Mapping[int, str] = field(default_factory=dict)
    """The last heading of each level that is still open."""
    carried: Mapping[int, str] = field(default_factory=dict)
    """The headings under the section before, where the current section goes on with it."""
    tables: Tables = field(default_factory=lambda: Tables({}, (), ()))
    template: tuple[Node, tuple[tuple[Given, ...], ...]] | None = None
    """A formula in the names of a table's columns, and the table's rows."""
    template_line: int = 0
    known: Known | None = None
    """What the document says of its names; found when it is first asked for."""
    parsed: dict[int, Lines] = field(default_factory=dict)
    """The trees of the formulas that have been asked for, by their number."""
    functions: frozenset[str] | None = None
    """The letters that the document applies to a name; found when the first formula is read."""
    called: frozenset[str] = frozenset()
    """The letters that the document defines as functions; found with those."""
    roots: tuple[Lines, ...] | None = None
    """The trees of all formulas, once they have been asked for."""
    definitions: Mapping[str, Definition] | None = None
    bodies: Mapping[str, tuple[Node, ...]] | None = None
    """Every expression that the document gives for each name; found when first asked for."""
    means: frozenset[str] | None = None
    """The names with a bar that the document says are means of their families; found when first asked for."""
    laws: PageLaws | None = None
    """What the document says of its laws; found when it is first asked for."""
    said: tuple[Said, ...] | None = None
    """What the document says of the laws of its variables; found when it is first asked for."""
    densities_heard: bool = False
    """Whether the laws that are given by densities are among those said."""
    models: tuple[Model, ...] | None = None
    """The laws that the document gives quantities once others are known; found when they are first asked for."""
    told: frozenset[str] | None = None
    """Letters of special functions that the document names; found when they are first asked for."""
    bound: frozenset[str] | None = None
    """The names that the document gives a value or an expression; found when it is first asked for."""
    conventions: dict[str, object] = field(default_factory=dict)
    """Which relations hold under one parameterisation of a law only, by the laws and the parameterisation."""
    facts: Facts = field(default_factory=dict)
    """What has been established of quantities so far."""
    stock: dict[tuple[str, str], Noted] = field(default_factory=dict)
    """The equations stated so far, by the keys of their sides."""
    equations: tuple[Equation, ...] = ()
    """The last equations of the section, the latest first."""
    stated: tuple[tuple[int, Equation], ...] = ()
    """The equations that the open sections state and nothing speaks against, each with the level of its section."""
    bounds: dict[str, tuple[fmpq | None, fmpq | None]] = field(default_factory=dict)
    """The range of each name that a constraint has stated so far."""
    shapes: Shapes | None = None
    """The shapes of matrices that the document states; found when they are first asked for."""
    ranks: tuple[SaidRank, ...] | None = None
    """The ranks that the sentences of the document state; found when they are first asked for."""
    matrices: tuple[SaidMatrix, ...] | None = None
    """What the sentences of the document say matrices to be; found when it is first asked for."""
    samples: tuple[SaidSample, ...] | None = None
    """What the document says of samples; found when it is first asked for."""
    statements: dict[str, list[Statement]] = field(default_factory=dict)
    """What was said of each quantity, by its left side."""
    author: Author = field(default_factory=Author)
    """What the author's comments have said."""
    normals: Normals = field(default_factory=Normals)
    """What the author says the second parameter of N(μ, ·) to be, and where."""
    mends: bool = True
    """Whether a relation that fails is looked at for the slip in it; not while the edits of one are tried."""
    in_turn: list[Judged] = field(default_factory=list)
    """What has been judged so far of the formula in turn, in case its time runs out."""


class At(Record):
    """Where a pair stands: its formula, its chain, and what the text around it says."""

    index: int
    formula: Formula
    chain: Stated
    base: LogBase | None
    prose: str
    origin: sp.Basic | None


def ranks_of(state: State) -> tuple[SaidRank, ...]:
    """The ranks that the sentences of the document state."""
    if state.ranks is None:
        state.ranks = tuple(said_ranks(state.document))
    return state.ranks


def roots_of(state: State) -> tuple[Lines, ...]:
    """The trees of all formulas of the document, made when they are first asked for."""
    if state.roots is None:
        state.roots = tuple(root_of(state, index) for index in range(len(state.document.formulas)))
    return state.roots


def root_of(state: State, index: int) -> Lines:
    """The tree of one formula: the same one whenever it is asked for, so that what is known of it stays known."""
    if index not in state.parsed:
        if state.functions is None:
            state.functions = applied_letters(f.latex for f in state.document.formulas)
            state.called = defined_letters(f.latex for f in state.document.formulas)
        formula = state.document.formulas[index]
        root = parse(formula.latex, state.document.macros, state.functions, state.called)
        whole = going_on(root, state.document, index, partial(root_of, state))
        state.parsed[index] = state.normals.meant(index, whole)
    return state.parsed[index]


def known_in(state: State) -> Known:
    """What the document says of its names, for linear algebra."""
    if state.known is None:
        state.known = known_of(roots_of(state))
    return state.known


def definitions_of(state: State) -> Mapping[str, Node]:
    """The first expression that the document gives for each name."""
    return {name: definition.body for name, definition in definitions_in_force(state).items()}


def definitions_in_force(state: State) -> Mapping[str, Definition]:
    """The definitions of the document by the names that they define."""
    if state.definitions is None:
        state.definitions = definitions_in(roots_of(state))
    return state.definitions


def bodies_of(state: State) -> Mapping[str, tuple[Node, ...]]:
    """Every expression that the document gives for each name."""
    if state.bodies is None:
        state.bodies = bodies_in(roots_of(state))
    return state.bodies


def span_of(formula: Formula, start: int, end: int) -> Span:
    first = formula.offset(start)
    last = formula.offset(end - 1) + 1 if end > start else first
    return Span(first, max(first, last))
