"""Terms that are missing, brackets that are too many and sums that end too early are put right by the other side."""

from __future__ import annotations

import pytest

from errata.checking.restored import restored
from errata.reading.names import key
from errata.reading.parser import parse
from errata.reading.tree import Node
from errata.reading.unparse import to_latex


def node(latex: str) -> Node:
    return parse(latex).statements[0]


@pytest.mark.parametrize(
    ("wrong", "beside", "right"),
    [
        ("c (x) A", "(x - m) B", "c ((x - m)) A"),
        ("c (- m) A", "(x - m) B", "c ((x - m)) A"),
        ("c (a + d) A", "(a + b + d) B", "c ((a + b + d)) A"),
        ("(a - b) c", "d", "(a - b c)"),
        ("d - (a - b) c", "e", "d - a - b c"),
        (r"\sum_{i=1}^{n-1} y_i", "e", r"\sum_{i=1}^{n} y_i"),
        (r"(\pi)^n", "e", r"(2 \pi)^n"),
        (r"a A^1", "A^{-1}", "a A^{-1}"),
        (r"a A^{1/2}", "A^{-1/2}", "a A^{- 1 / 2}"),
        (r"a A^{\frac{1}{2}}", "b", r"a A^{- \frac{1}{2}}"),
    ],
)
def test_what_was_there_is_among_the_edits(wrong: str, beside: str, right: str) -> None:
    assert key(node(right)) in {key(slip.node) for slip in restored(node(wrong), node(beside))}


@pytest.mark.parametrize(("whole", "beside"), [("x", "y"), ("x y", "a - b"), (r"\sum_{i=1}^n y_i", "c")])
def test_nothing_is_put_where_nothing_is_missing(whole: str, beside: str) -> None:
    assert not list(restored(node(whole), node(beside)))


def test_a_logarithm_that_the_other_side_takes_is_restored() -> None:
    """Γ(a) beside ln Γ(a); what stands in a logarithm already, or in none there, is left."""
    root, beside = (parse(latex).statements[0] for latex in (r"\Gamma(a) + \ln b + c", r"\ln \Gamma(a) + \ln b"))
    found = [to_latex(s.node) for s in restored(root, beside) if s.kind == "lost-log"]
    assert found == [r"\ln \Gamma(a) + \ln b + c"]
