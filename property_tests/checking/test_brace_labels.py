"""A label "= …" below a brace says what the embraced comes to, unless it names it or calls it nothing."""

from __future__ import annotations

import pytest

from claims.verdict import Proved, Refuted, Supported, Verdict
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

BRACE = r"$$S = \underbrace{%s}_{%s} + 1$$"


def verdicts(embraced: str, label: str) -> dict[str, Verdict]:
    judged = examine(read_document("notes.md", BRACE % (embraced, label) + "\n"), Options()).judged
    return {f"{j.left} {j.relation} {j.right}": j.verdict for j in judged}


@pytest.mark.parametrize(
    ("embraced", "right", "wrong"),
    [
        ("(u + v)^2", "= u^2 + 2 u v + v^2", "= u^2 + u v + v^2"),
        ("4 + 5", "= 9", "= 8"),
        (r"\frac{1}{2} + \frac{1}{3}", r"= \frac{5}{6}", r"= \frac{2}{5}"),
    ],
)
def test_a_computation_below_a_brace_is_judged(embraced: str, right: str, wrong: str) -> None:
    assert any(isinstance(v, Proved | Supported) for v in verdicts(embraced, right).values())
    assert not any(isinstance(v, Refuted) for v in verdicts(embraced, right).values())
    assert any(isinstance(v, Refuted) for v in verdicts(embraced, wrong).values())


@pytest.mark.parametrize("label", ["= 0", "= A", r"\text{the gain}", "n", r"\ge 0"])
def test_other_labels_claim_nothing(label: str) -> None:
    assert len(verdicts("(u - v)", label)) == 1
