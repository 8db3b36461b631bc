"""What stands before a computation is its label, unless the computation says itself what it is of."""

from __future__ import annotations

from claims.verdict import Proved, Refuted
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def last(notes: str) -> Judged:
    return examine(read_document("notes.md", notes), Options()).judged[-1]


def test_a_product_before_a_computation_has_its_value() -> None:
    notes = "The sum is $A B$:\n\n$$1^2 + 3^2 = 10$$\n\nHence $A B + 1 = 11$."
    assert isinstance(last(notes).verdict, Proved)
    assert isinstance(last(notes.replace("= 11", "= 12")).verdict, Refuted)


def test_a_square_that_is_computed_is_no_value_of_the_product_before_it() -> None:
    notes = "Here $R^2 = 0.92$.\n\nTo find $S T$:\n\n$$R^2 = 1 - \\frac{E}{S T}$$\n\nSo $S T = 25000$."
    assert not isinstance(last(notes).verdict, Refuted)
