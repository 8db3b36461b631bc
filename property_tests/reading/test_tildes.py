"""A formula with subscripts between tildes isn't read, since what else it lost can't be known."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.sources import read_document
from errata.reading.tildes import WHY
from errata.reading.tree import Opaque


@pytest.mark.parametrize("latex", ["h~0~:~5~=~7~=0", "(v~ij~) = ~ij~ = + ~i~ + ~j~"])
def test_lost_subscripts_are_no_numbers(latex: str) -> None:
    (whole,) = parse(latex).statements
    assert isinstance(whole, Opaque) and whole.why == WHY
    assert examine(read_document("a.md", f"We have $${latex}$$".encode()), Options()).judged == ()


def test_blanks_hide_no_mistake() -> None:
    (judged,) = examine(read_document("a.md", b"We have $3~+~4~=~8$"), Options()).judged
    assert isinstance(judged.verdict, Refuted)
