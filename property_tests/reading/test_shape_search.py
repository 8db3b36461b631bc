"""Shapes found kind by kind, against those found from nothing for each choice of kinds."""

from __future__ import annotations

from itertools import product

import pytest

from errata.reading.dimensions import Inference, Kind, Mismatch
from errata.reading.matrix_notation import Notes, usage
from errata.reading.matrix_terms import read_term
from errata.reading.parser import parse
from errata.reading.relations import stated
from errata.reading.shape_search import Search
from numerics.matrices import Name, Term, rebuilt, subterms

RELATIONS = [
    r"A x + b = c",
    r"(X^\top V^{-1} X)^{-1} X^\top V^{-1} y = b",
    r"x^\top A x = \mathrm{tr}(A x x^\top)",
    r"\left[ \begin{matrix} A & B \\ 0 & C \end{matrix} \right] x = y",
    r"|A| = |B| |C|",
    r"\sum_{i=1}^n x_i x_i^\top = X^\top X",
    r"A \otimes B = C",
    r"a (A B)^\top = B^\top A^\top c",
]


def sides(latex: str) -> tuple[Term, Term]:
    pair = stated(parse(latex))[0].pairs()[0]
    both = (pair.left, pair.right)
    notes = Notes()
    once: dict[Term, Term] = {}
    left, right = (rebuilt(read_term(s, notes, usage(*both)), lambda t: once.setdefault(t, t)) for s in both)
    return left, right


def fits(left: Term, right: Term, kinds: dict[str, Kind]) -> bool:
    inference = Inference(kinds)
    try:
        inference.same(inference.of(left), inference.of(right))
        inference.settle()
    except Mismatch:
        return False
    return True


@pytest.mark.parametrize("latex", RELATIONS)
def test_kinds_fit_one_by_one_as_they_do_at_once(latex: str) -> None:
    left, right = sides(latex)
    names = sorted({t.key for side in (left, right) for t in subterms(side) if isinstance(t, Name)})[:5]
    search = Search(left, right)
    fitting = 0
    for chosen in product((Kind.SCALAR, Kind.COLUMN, Kind.MATRIX), repeat=len(names)):
        known, kinds = search.start(), dict[str, Kind]()
        for name, kind in zip(names, chosen, strict=True):
            kinds[name] = kind
            known = None if known is None else search.known(known, kinds, name)
            assert (known is not None) is fits(left, right, kinds), (latex, kinds)
            if known is None:
                break
        fitting += known is not None
    assert 0 < fitting < 3 ** len(names)


def test_what_one_choice_requires_leaves_another_one_alone() -> None:
    left, right = sides(r"A x = b")
    search = Search(left, right)
    start = search.start()
    assert start is not None
    matrix = search.known(start, {"A": Kind.MATRIX}, "A")
    assert matrix is not None
    before = dict(matrix.bound)
    assert search.known(matrix, {"A": Kind.MATRIX, "x": Kind.COLUMN}, "x") is not None
    assert matrix.bound == before and not start.bound
    number = search.known(start, {"A": Kind.SCALAR}, "A")
    assert number is not None and search.known(number, {"A": Kind.SCALAR, "x": Kind.COLUMN}, "x") is not None
