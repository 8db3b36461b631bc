"""A bar that nothing closes is named, with the place where it opens; bars that are closed, or only part, are none."""

from __future__ import annotations

import pytest

from claims.verdict import Unread
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.sources import read_document
from errata.reading.tree import Opaque, walk


def unclosed(latex: str) -> list[tuple[str, int]]:
    nodes = (n for statement in parse(latex).statements for n in walk(statement))
    return [(n.text, n.start) for n in nodes if isinstance(n, Opaque) and "opens here and is not closed" in n.why]


@pytest.mark.parametrize(
    ("latex", "bar", "start"),
    [
        ("|u - 2 = 5", "|", 0),
        (r"a + |u - v = 5", "|", 4),
        (r"g(u) = \| v - 1", r"\|", 7),
    ],
)
def test_an_open_bar_is_named_where_it_opens(latex: str, bar: str, start: int) -> None:
    assert unclosed(latex) == [(bar, start)]
    judged = examine(read_document("page.md", f"So ${latex}$.\n"), Options()).judged
    assert [type(j.verdict) for j in judged] == [Unread]
    assert isinstance(judged[0].verdict, Unread) and f"the bar {bar} opens here" in judged[0].verdict.why


@pytest.mark.parametrize(
    "latex",
    ["|u - 2| = 5", r"a + \|u\| = 5", r"p(u | v) = a + |b|", r"U | V \sim p", r"\{u | u > 2\}", r"f(u)|_{u = 0} = 1"],
)
def test_bars_that_close_or_part_are_none(latex: str) -> None:
    assert unclosed(latex) == []
