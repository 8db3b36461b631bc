"""A value that is given in a case says nothing beyond it; beside each, the same words about one case, judged."""

from __future__ import annotations

import pytest

from errata.checking.examine import examine
from errata.checking.options import Options
from errata.page.cases import is_given_in_a_case
from errata.reading.sources import read_document


def verdicts(text: str) -> list[str]:
    document = read_document("page.md", text.encode())
    return [type(j.verdict).__name__ for j in examine(document, Options(), lambda *_: None, {}).judged]


@pytest.mark.parametrize(
    "text",
    [
        r"If $m = 6$, then $k^2 + p^2 = 5$, so $k = 2$ and $p = 1$. If $m = 5$, then $k^2 + p^2 = 16$.",
        r"We need $c = 4$. There are two possibilities: $(a, b) = (2, 4)$ or $(a, b) = (3, 3)$. Then $a + b + c = 11$.",
        "Thus $x = 1$ or $y = 2$.\n\nSuppose that $x = 1$. Then $z = -2$.\n\n"
        "Suppose that $y = 2$. Then $x + 2 z = 9$.",
        r"Setting $y = 2$, we see that $f(1) = 2$." + "\n\nNow we need $y + y = 6$.",
        "Case 1. $f(x) = 2 - x$. Then $f(0) = 2$. Case 2. Here $f(0) = 0$.",
        r"Consider $a = 1$, $b = 2$. Here $|a - b| = |1 - 2| = 1$."
        "\n\nConsider another one. Here $|a - b| = |5 - 1| = 4$.",
    ],
)  # fmt: skip
def test_a_case_that_is_over_refutes_nothing(text: str) -> None:
    assert "Refuted" not in verdicts(text)


@pytest.mark.parametrize(
    "text",
    [
        r"With $m = 6$ we get $k = 2$ and $p = 1$. Then $k^2 + p^2 = 16$.",
        r"We choose $c = 4$ and $(a, b) = (3, 3)$. Then $a + b + c = 11$.",
        "Suppose that $x = 1$. Then $z = -2$. It follows that $x + 2 z = 9$.",
        r"If $m = 6$, then $k = 2$, so that $k + m = 9$.",
        "Case 1. $f(x) = 2 - x$. Then $f(0) = 3$.",
        r"Consider $a = 1$, $b = 2$. Here $|a - b| = |1 - 2| = 4$.",
    ],
)
def test_within_its_case_a_value_is_used(text: str) -> None:
    assert "Refuted" in verdicts(text)


def test_the_place_of_use_decides() -> None:
    text = r"If $n = 3$, then $x = 1$. If $n = 4$, then $x = 2$. In all, $x > 0$."
    given = text.index("$x = 1$") + 1
    assert not is_given_in_a_case(text, given, given + 5, text.index(". If $n = 4"), "x")
    assert is_given_in_a_case(text, given, given + 5, text.index("x = 2"), "x")
