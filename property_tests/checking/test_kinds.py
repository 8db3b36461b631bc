"""What is marked over a sign of equality says whether it defines."""

from __future__ import annotations

import pytest

from errata.checking.examine import examine
from errata.checking.judgement import Kind
from errata.checking.options import Options
from errata.reading.sources import read_document


@pytest.mark.parametrize(
    ("sign", "kind"),
    [
        (r"\stackrel{\text{def}}{=}", Kind.DEFINITION),
        (r"\overset{\mathrm{def.}}{=}", Kind.DEFINITION),
        (r"\overset{\triangle}{=}", Kind.DEFINITION),
        (r"\stackrel{\Delta}{=}", Kind.DEFINITION),
        (r"\stackrel{(1)}{=}", Kind.CLAIM),
        (r"\overset{!}{=}", Kind.CLAIM),
        ("=", Kind.CLAIM),
    ],
)
def test_a_mark_of_a_definition_defines(sign: str, kind: Kind) -> None:
    page = f"There is $p(x) = q(x)$ and\n\n$$p(x) {sign} q(x) r(x)$$"
    assert examine(read_document("page.md", page.encode()), Options()).judged[-1].kind is kind
