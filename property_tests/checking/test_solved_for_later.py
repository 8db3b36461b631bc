"""Equations for a name that had another value: in a case of its own, spoken of, tried, or solved a little later."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Verdict
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.examples import is_of_another_case
from errata.reading.sources import read_document


def verdicts(notes: str) -> list[Verdict]:
    return [j.verdict for j in examine(read_document("notes.md", notes + "\n"), Options()).judged]


def fails(notes: str) -> bool:
    return any(isinstance(verdict, Refuted) for verdict in verdicts(notes))


SOLVED = [
    (
        "First, $m + 4 = 1$, so $m = -3$, is too small.\n\nSecond, $m + 4 = 9$ and $k + 4 = 5$. $$m = 9 - 4 = %s$$",
        "5",
        "6",
    ),
    (
        "A square has $n = 4$ sides.\n\nFor the other, $(n - 2) \\cdot 180 = 540 + 360$. So $(n - 2) \\cdot 180 = 900$,"
        " $n - 2 = 900 / 180$ and $n = %s$.",
        "5 + 2",
        "5 + 4",
    ),
    (
        "The rule is $a (1 + r) = 40$. It gives $a = 16$.\n\nThe rate is then $r = -3/5$.\n\n"
        "We go back to the %s $a (1 + r) = 40$.",
        "equation",
        "value",
    ),
    ("If $n = 4$, then:\n\n$$f = 1/2$$\n\n%s, then:\n\n$$25 + 5 f = 20$$", "If $n = 5$", "So"),
    ("Let $a = 2$ and $b = 3$. Then\n\n$$1 = \\frac12 + \\frac13$$\n\n%s", "But this does not equal 1.", "This is it."),
    ("The points are\n\n$$%s = 22$$", r"\left[ \frac{228}{10} \right]", r"\left( \frac{228}{10} \right)"),
    ("Let $x = 3$ and $y = 3$.\n\nThe %s $$x^2 + y^2 = 13$$", "equation of the circle is", "total is"),
]


@pytest.mark.parametrize(("notes", "open_", "claimed"), SOLVED)
def test_an_equation_for_a_name_is_no_claim_on_its_old_value(notes: str, open_: str, claimed: str) -> None:
    assert not fails(notes % open_)
    assert fails(notes % claimed)


def test_a_case_ends_with_the_next_one_of_its_name() -> None:
    text = "- For $b = 2$: given\n\nmore\n\n- For $b = 3$: used\n\n- For $c = 1$: other"
    given, more, used = (text.index(word) for word in ("given", "more", "used"))
    assert is_of_another_case(text, given, used) and not is_of_another_case(text, given, more)
    assert not is_of_another_case(text, used, text.index("other"))
