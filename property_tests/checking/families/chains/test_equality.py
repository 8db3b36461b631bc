"""Whether expressions in the numbers of a chain are equal."""

from __future__ import annotations

import pytest

from errata.checking.context import State
from errata.checking.families.chains.equality import holds, judged
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.sources import read_document


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (r"\sqrt{a_t} \sqrt{1 - a_t}", r"\sqrt{a_t - a_t^2}", True),
        (r"\prod_{s=1}^t \sqrt{a_s}", r"\sqrt{\prod_{s=1}^t a_s}", True),
        (r"\sqrt{a_t^2}", "a_t", True),
        (r"\sqrt{a_t}", "a_t", False),
        (r"\prod_{s=1}^{t-1} a_s", r"\prod_{s=1}^t a_s", False),
        (r"\sqrt{(c - 1)^2}", "1 - c", True),
    ],
)
def test_expressions(one, other, equal):
    sides = [parse(side).statements[0] for side in (one, other)]
    assert holds(judged(State(read_document("a.md", b""), Options()), *sides)) is equal


def test_what_cannot_be_read_is_not_equal():
    assert not holds(None)
