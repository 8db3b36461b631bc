"""Dots at the head of a display stand for the end of the last one."""

from __future__ import annotations

import pytest

from claims.verdict import Supported, Undecided
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

PAGE = "$$h(x) %s (a + b) x$$\n\nWith $c = 2$, which changes nothing, we go on:\n\n%s$$\\dots = %s$$"


@pytest.mark.parametrize(
    ("sign", "between", "right", "holds"),
    [
        ("=", "", "x a + x b", True),
        ("=", "", "x a - x b", False),
        (r"\leq", "", "x a + x b", False),
        ("=", "It is long " * 200, "x a + x b", False),
    ],
)
def test_dots_go_on_from_the_last_display(sign: str, between: str, right: str, holds: bool) -> None:
    page = PAGE % (sign, between, right)
    verdict = examine(read_document("page.md", page.encode()), Options()).judged[-1].verdict
    assert isinstance(verdict, Supported if holds else Undecided)
    if isinstance(verdict, Supported):
        assert verdict.holds_if == "it goes on from line 1"
