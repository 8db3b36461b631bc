"""Jacobians of maps that a document gives in blocks: ∂f/∂z = [[I, 0], [∗, diag(e^s)]] for z = [z_A, z_B], where
z'_A = z_A and z'_B = z_B ⊙ e^{s(z_A)} + t(z_A).

The pieces act entry by entry, so that each block is I, 0 or diagonal with the derivative of a number by a number, which
is worked out and held against the matrix. An asterisk may be anything. It supports, and refutes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random

import sympy as sp

from claims.evidence import Agreement
from claims.records import Record, replace
from claims.verdict import Tried, decide
from errata.checking.context import At, State, root_of
from errata.checking.judgement import Judged, Kind
from errata.reading.generic import Generic, lower_generic
from errata.reading.matrix_notation import bare_names
from errata.reading.names import is_name, key, parameters
from errata.reading.relations import Pair, stated
from errata.reading.sentences.heads import argument_of, bare, letter
from errata.reading.substitution import rebuilt
from errata.reading.tree import Call, Factors, Fence, Frac, Grid, Node, Num, Phrase, Prefix, Script, Styled, Sym, walk
from errata.reading.vectors import Unlowered

REACH = 12
"""Formulas before a matrix in which the map is looked for."""
POINTS = 8
_BY_ENTRIES = frozenset({r"\odot", "⊙"})
_KNOWN = frozenset({"exp", "log"})
_ANY = frozenset({"*", "∗", "⋆", "·", "×"})


class _Map(Record):
    """The blocks of the argument, what each block of the value is, and the formulas that say so."""

    blocks: tuple[Node, ...]
    pieces: tuple[Node, ...]
    formulas: tuple[int, ...]


def judge_block_jacobian(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The support for a Jacobian in blocks by the map that the document gives; None where it gets none."""
    name = _derived_by(pair.left) if pair.relation.sign in ("=", "≡") else None
    grid = bare(pair.right)
    if name is None or not isinstance(grid, Grid):
        return None
    found = _map(state, at.index, name)
    if found is None or any(len(row) != len(found.blocks) for row in grid.rows) or len(grid.rows) != len(found.blocks):
        return None
    checked = 0
    for piece, row in zip(found.pieces, grid.rows, strict=True):
        for block, entry in zip(found.blocks, row, strict=True):
            if _is_any(entry):
                continue
            if not _holds(piece, block, entry, found.pieces, state.options.seed):
                return None
            checked += 1
    if not checked:
        return None
    lines = sorted({state.document.place(state.document.formulas[n].span.start).line for n in found.formulas})
    by = Agreement("blocks", checked * POINTS, 30, f"{checked} blocks at {POINTS} points")
    verdict = decide([Tried(f"with the map that lines {', '.join(map(str, lines))} give", (by,))])
    return replace(judged, kind=Kind.CLAIM, verdict=verdict)


def _derived_by(node: Node) -> str | None:
    """The key of z in ∂f/∂z."""
    if not isinstance(node, Frac) or not isinstance(node.top, Prefix) or not isinstance(node.bottom, Prefix):
        return None
    signs = (node.top.sign, node.bottom.sign)
    partial = all(isinstance(s, Sym) and s.name == "∂" for s in signs)
    return key(node.bottom.operand) if partial and is_name(node.bottom.operand) else None


def _map(state: State, index: int, name: str) -> _Map | None:
    """The last map before a formula whose argument, in blocks, has that name."""
    blocks: tuple[Node, ...] = ()
    pieces: dict[str, tuple[Node, int]] = {}
    start = -1
    for number in range(max(0, index - REACH), index):
        for left, right in _equations(state, number):
            listed = bare(right.body) if isinstance(right, Fence) and right.body is not None else right
            if key(left) == name and isinstance(listed, Phrase) and all(map(_is_block, listed.items)):
                blocks, pieces, start = listed.items, {}, number
            elif (below := _label(left)) is not None and below in {_label(b) for b in blocks}:
                pieces.setdefault(below, (right, number))
    labels = [_label(b) for b in blocks]
    if len(blocks) < 2 or not all(label in pieces for label in labels):
        return None
    parts = tuple(pieces[label] for label in labels if label is not None)
    return _Map(blocks, tuple(p for p, _ in parts), (start, *(n for _, n in parts)))


def _equations(state: State, number: int) -> Iterator[tuple[Node, Node]]:
    for chain in (c.chain for c in stated(root_of(state, number))):
        if len(chain.items) == 2 and chain.relations[0].sign in ("=", ":=", "≡"):
            yield chain.items[0], chain.items[1]


def _is_block(node: Node) -> bool:
    return _label(node) is not None


def _label(node: Node) -> str | None:
    """A of z_A and of z'_A."""
    named = isinstance(node, Script) and node.sub is not None and node.sup is None and is_name(node.base)
    return key(node.sub) if named and isinstance(node, Script) and node.sub is not None else None


def _is_any(entry: Node) -> bool:
    return isinstance(entry, Sym) and entry.name in _ANY


def _holds(piece: Node, block: Node, entry: Node, pieces: Sequence[Node], seed: int) -> bool:
    """Whether the derivative of a piece in a block is what an entry says, number by number."""
    wanted = _entry(entry)
    matrices = any(name.removeprefix(r"\mathbf")[:1].isupper() for name in bare_names(piece))
    if wanted is None or matrices or any(_may_depend(n, block) for n in walk(piece)):
        return False
    generic = Generic({})
    try:
        value = lower_generic(_in_numbers(piece, {}), generic)
        stated_ = lower_generic(_in_numbers(wanted, _called(pieces)), generic)
        variable = lower_generic(_plain(block), generic)
    except (Unlowered, TypeError, ValueError, RecursionError):
        return False
    if generic.matrices or not isinstance(variable, sp.Symbol):
        return False
    apart = sp.diff(value, variable) - stated_
    random = Random(f"{seed} block")
    names = sorted(apart.free_symbols, key=str)
    points = ({s: sp.Rational(random.randint(1, 90), 17) for s in names} for _ in range(POINTS))
    return all(abs(sp.N(apart.subs(point), 30)) < 1e-25 for point in points)


def _entry(entry: Node) -> Node | None:
    """1 for I, 0 for 0 and v for diag(v); None for anything else, which is no diagonal block."""
    while isinstance(entry, Styled):
        entry = entry.body
    if isinstance(entry, Num):
        return entry if entry.text == "0" else None
    if isinstance(entry, Sym) and entry.name == "I":
        return Num(entry.start, entry.end, "1")
    diagonal = isinstance(entry, Call) and letter(entry.head)[0] in ("diag", "Diag")
    return argument_of(entry) if diagonal and isinstance(entry, Call) else None


def _may_depend(node: Node, block: Node) -> bool:
    """Whether a function of which nothing is known is one of a block."""
    if isinstance(node, Call) and letter(node.head)[0] not in _KNOWN:
        return parameters(node) is None or key(block) in (parameters(node) or ())
    return False


def _called(pieces: Sequence[Node]) -> Mapping[str, Node]:
    """The call of each function in the pieces by its letter, for a letter that stands alone: s for s(z_A)."""
    calls = [n for piece in pieces for n in walk(piece) if isinstance(n, Call) and letter(n.head)[0] not in _KNOWN]
    heads = {key(c.head): c for c in calls}
    return {name: c for name, c in heads.items() if len({key(d) for d in calls if key(d.head) == name}) == 1}


def _in_numbers(node: Node, called: Mapping[str, Node]) -> Node:
    """An expression of one entry: products by entries as products, functions of vectors as names of their values."""

    def plain(n: Node) -> Node | None:
        if isinstance(n, Call) and letter(n.head)[0] not in _KNOWN and parameters(n) is not None:
            return Sym(n.start, n.end, f"⟨{key(n)}⟩", "", f"⟨{key(n)}⟩")
        if isinstance(n, Factors) and _BY_ENTRIES & set(n.signs):
            signs = tuple("" if s in _BY_ENTRIES else s for s in n.signs)
            return replace(n, signs=signs, items=tuple(_in_numbers(i, called) for i in n.items))
        if isinstance(n, Sym | Script) and key(n) in called:
            return _in_numbers(called[key(n)], {})
        return _plain(n) if isinstance(n, Script) and is_name(n) else None

    return rebuilt(node, plain)


def _plain(node: Node) -> Node:
    """A name without its font."""
    return Sym(node.start, node.end, f"⟨{key(node)}⟩", "", f"⟨{key(node)}⟩")
