"""Densities of vectors up to a factor: what completes a square holds, and a planted slip does not."""

from __future__ import annotations

import pytest

from claims.verdict import Supported, Verdict
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

HEAD = r"p(x) \propto \exp(-\frac{1}{2} (x^T \Lambda x - 2 \mu^T \Lambda x + \mu^T \Lambda \mu))"


def last(latex: str) -> Verdict:
    return examine(read_document("a.md", f"$$ {latex} $$"), Options()).judged[-1].verdict


@pytest.mark.parametrize("sign", ["=", r"\propto"])
@pytest.mark.parametrize(
    ("right", "holds"),
    [
        (r"-\frac{1}{2} x^T \Lambda x + (\Lambda \mu)^T x", True),
        (r"-\frac{1}{2} (x - \mu)^T \Lambda (x - \mu) + a^T b", True),
        (r"-\frac{1}{2} x^T \Lambda x + 2 (\Lambda \mu)^T x", False),
        (r"-x^T \Lambda x + (\Lambda \mu)^T x", False),
    ],
)
def test_what_differs_by_a_term_without_the_variable_is_proportional(sign: str, right: str, holds: bool) -> None:
    assert isinstance(last(rf"{HEAD} {sign} \exp({right})"), Supported) is holds
