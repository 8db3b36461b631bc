"""The terms of edited sides are those that are read anew, and little of an edited side is read at all."""

from __future__ import annotations

import pytest

from errata.checking.slips import slips
from errata.reading.edited_terms import EditedTerms, SettledTerms
from errata.reading.matrix_notation import Notes, usage, usage_with_edit
from errata.reading.matrix_terms import Reader, read_term
from errata.reading.parser import parse
from errata.reading.relations import Pair, stated
from errata.reading.shapes import readings, settled
from errata.reading.tree import walk
from errata.reading.vectors import Unlowered
from numerics.matrices import Term

RELATIONS = (
    r"(y - X b)^\mathrm{T} V^{-1} (y - X b) + 2 c = y^\mathrm{T} V^{-1} y - 2 b^\mathrm{T} X^\mathrm{T} V^{-1} y + c",
    r"\log |2 \pi A| + f(x + y) (A B) = n \log 2 + \mathrm{tr}(A B C) \cdot f(x) + \frac{1}{2} \sum_{i=1}^n x_i^2",
    r"(I_n - P) (A + I) = I - \mathrm{tr}(I) P A + 1_n 1_n^\mathrm{T}",
    r"A (B + C) + f (X) = A B + A C + g(X)",
)


def pair_of(latex: str) -> Pair:
    return stated(parse(latex))[0].pairs()[0]


def _read(pair: Pair, node: object) -> Term | None:
    try:
        return read_term(node, Notes(), usage(pair.left, pair.right, node))
    except Unlowered:
        return None


def _edited(terms: EditedTerms, node: object) -> Term | None:
    try:
        return terms.edited(node)
    except Unlowered:
        return None


@pytest.mark.parametrize("latex", RELATIONS)
def test_an_edited_side_is_read_as_if_nothing_were_remembered(latex: str) -> None:
    pair = pair_of(latex)
    terms = EditedTerms(pair.left, pair.right)
    staying = {id(n) for side in (pair.left, pair.right) for n in walk(side)}
    edits = [s.node for side, beside in ((pair.left, pair.right), (pair.right, pair.left)) for s in slips(side, beside)]
    assert len(edits) > 20
    for node in edits:
        assert usage_with_edit(node, staying, pair.left, pair.right) == usage(pair.left, pair.right, node)
        assert _edited(terms, node) == _read(pair, node)


def test_what_stays_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work is counted in nodes: reading all edits takes a fraction of what reading each anew takes."""
    pair = pair_of(RELATIONS[0])
    edits = [slip.node for slip in slips(pair.right, pair.left)]
    met: list[object] = []
    plain = Reader.of
    monkeypatch.setattr(Reader, "of", lambda self, node: met.append(node) or plain(self, node))
    terms = EditedTerms(pair.left, pair.right)
    for node in edits:
        _edited(terms, node)
    remembering, met[:] = len(met), []
    for node in edits:
        _read(pair, node)
    assert 3 * remembering < len(met)


def test_a_part_is_settled_once_and_as_it_is_alone() -> None:
    pair = pair_of(RELATIONS[0])
    notes, applied = Notes(), usage(pair.left, pair.right)
    left, right = (read_term(side, notes, applied) for side in (pair.left, pair.right))
    reading = readings(left, right, notes).ranked[0]
    together = SettledTerms(reading)
    for term in (left, right, left):
        assert together.of(term) == settled(term, reading)
    assert together.of(left) is together.of(left)
