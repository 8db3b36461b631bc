"""Inequalities beside the one that their sentence starts from: what follows, what is excluded, what is left alone."""

from __future__ import annotations

import pytest

from claims.verdict import Proved, Refuted, Verdict
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def last(notes: str) -> Judged:
    return examine(read_document("a.md", notes), Options()).judged[-1]


def verdict(notes: str) -> Verdict:
    return last(notes).verdict


@pytest.mark.parametrize(
    ("notes", "right", "wrong"),
    [
        ("If the offer is low, $b < v$, then the surplus $%s > 0$ is kept.", "v - b", "b - v"),
        (r"The bound holds, $L \le \ell$, so that $%s$.", r"\ell - L \ge 0", r"2 L - 2 \ell > 0"),
        ("Since $a^2 > b + c$, therefore $%s < 0$.", "2 b + 2 c - 2 a^2", "2 a^2 - 2 b - 2 c"),
        (r"With $x < y$ we have then $%s$.", r"3 x \le 3 y", r"3 x \ge 3 y"),
        ("Where $p > q$, hence $q < p$, so $%s < 0$.", "q - p", "p - q"),
    ],
)
def test_a_difference_has_the_sign_that_its_sentence_gives_it(notes: str, right: str, wrong: str) -> None:
    assert isinstance(verdict(notes % right), Proved)
    found = last(notes % wrong)
    assert isinstance(found.verdict, Refuted) and found.rule == "E317" and found.verdict.by.witness


@pytest.mark.parametrize(
    "notes",
    [
        "The cases $a < b$ and $a - b > 0$ differ.",
        "If $a < b$ then all is well, but if $a - b > 0$ it is not.",
        "Let $a < b$. Then $a - b > 0$ would be odd.",
        "With $a < b$, so to say, either side may win, or $a - b > 0$.",
        r"We have $a \le b$, so that $a - b \ge 0$ only at the end.",
        "We have $a < b$, so that $a - c > 0$.",
        "We have $a < b$, so that $a^2 - b^2 > 0$.",
        "We have $x_1 < y$, so that $x_2 - y > 0$.",
        "It is $a < b$, then $a > b$.",
    ],
)
def test_where_the_first_does_not_decide_the_second_nothing_is_said(notes: str) -> None:
    assert not isinstance(verdict(notes), Refuted)
