"""What a document says of names saves a relation in which one seems to be wrong, if it holds with that."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted
from errata.checking.as_given import still_fails
from errata.checking.definitions import bodies_in
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.relations import stated
from errata.reading.sources import read_document


@pytest.mark.parametrize(
    ("given", "fails"),
    [
        ("c = a + b", True),  # it is about c, and doesn't make the sides equal
        ("c = b", False),
        ("c = b, b = a", False),
        ("c = 2", False),  # another value may be meant elsewhere
        (r"c = \|u\|", True),  # in other names: it says nothing
    ],
)
def test_a_relation_is_saved_by_what_makes_it_hold(given: str, fails: bool) -> None:
    pair = stated(parse(r"a (b + 1) = a c + a"))[0].pairs()[0]
    assert still_fails(pair, bodies_in([parse(given)]), 0) is fails


@pytest.mark.parametrize(("given", "wrong"), [("c = a + b", True), ("b = c", False)])
def test_a_wrong_name_is_told_unless_it_is_given_so(given: str, wrong: bool) -> None:
    steps = r"\begin{split} y &= \log c + a (b + c) \\ &= \log c + a b + a b \end{split}"
    notes = f"Let ${given}$. Then\n\n$$ {steps} $$\n"
    found = examine(read_document("notes.md", notes), Options()).judged
    assert any(isinstance(j.verdict, Refuted) for j in found) is wrong
