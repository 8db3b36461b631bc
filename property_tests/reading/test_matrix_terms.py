"""A definition that is put in at several places is read once, and as if each place had its own copy."""

from __future__ import annotations

import pytest

from claims.records import replace
from errata.reading.matrix_notation import Notes, usage
from errata.reading.matrix_terms import read_term
from errata.reading.parser import parse
from errata.reading.substitution import unfolded
from errata.reading.tree import Node, child_fields
from numerics.matrices import Identity, Term, distinct


def tree(latex: str) -> Node:
    (node,) = parse(latex).statements
    return node


def copied(node: Node) -> Node:
    """An equal tree, no two parts of which are one node."""
    return replace(node, **{name: _copied_in(getattr(node, name)) for name in child_fields(type(node))})


def _copied_in(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(map(_copied_in, value))
    return None if value is None else copied(value)


def read(node: Node) -> tuple[Term, Notes]:
    notes = Notes()
    return read_term(node, notes, usage(node)), notes


@pytest.mark.parametrize(
    ("side", "body"),
    [
        (r"A^{-1} b + b^T b", r"X^T \hat{y} - B c"),
        (r"b^{-1} + A + b^{-1} b", r"2 (c - d)^{-1}"),
        (r"b + A b", r"(c + d)^{-1}"),
        (r"\sum_{i=1}^n b x_i + \sum_{j=1}^n b x_j + b", r"\frac{A}{2} c^T"),
        (r"A^{-1} b + B b", r"I - f(c) A^{-1}"),
        (r"b A b", r"I_n + 0_{n,m} C"),
    ],
)
def test_the_terms_and_the_notes_are_those_of_copies(side, body):
    put_in = unfolded(tree(side), {"b": tree(body)})
    assert read(put_in) == read(copied(put_in))


def test_each_identity_without_a_size_has_its_own():
    term, _ = read(unfolded(tree(r"A^{-1} b + B b"), {"b": tree("I - C")}))
    assert len({t.dim for t in distinct(term) if isinstance(t, Identity)}) == 2


def test_what_is_read_once_is_one_term():
    term, _ = read(unfolded(tree(r"A^{-1} b + B b"), {"b": tree("A - C")}))
    first, last = (product.items[1] for product in term.items)
    assert first is last
