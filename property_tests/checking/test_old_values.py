"""A computed value stands until what was given beside it is given anew."""

from __future__ import annotations

import pytest

from claims.verdict import NotAClaim, Refuted, Verdict
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

GIVEN = r"Here $r = (0.5, 0.5)$, $H = \log 2 \approx 0.693$. "


def verdict(notes: str) -> Verdict:
    return examine(read_document("notes.md", notes + "\n"), Options()).judged[-1].verdict


@pytest.mark.parametrize("anew", ["Now $r = (0.8, 0.2)$, so $H = 0.50$.", "例: $r = (0.8, 0.2)$ → $H \\approx 0.50$。"])
def test_a_value_of_a_new_case_is_given(anew: str) -> None:
    assert isinstance(verdict(GIVEN + anew), NotAClaim)


@pytest.mark.parametrize("more", ["So $H = 0.50$.", "Now $q = (0.8, 0.2)$, so $H = 0.50$."])
def test_a_value_of_the_same_case_is_refuted(more: str) -> None:
    assert isinstance(verdict(GIVEN + more), Refuted)


def test_what_was_given_in_another_sentence_is_not_beside_it() -> None:
    assert isinstance(verdict(r"Let $r = 3$. Here $H = \log 2 \approx 0.693$. Now $r = 4$, so $H = 0.50$."), Refuted)


ROOTS = r"Two real numbers solve $r^2 = 2$, "


@pytest.mark.parametrize(
    "both",
    [
        r"namely $r = \sqrt 2$ and $r = -\sqrt 2$.",
        r"namely $r = \sqrt{2}$, or $r = -\sqrt{2}$.",
        r"namely \(r = \sqrt 2\) and \(r = -\sqrt 2\).",
        r"so that $$r = \sqrt 2 \text{ or } r = -\sqrt 2.$$",
    ],
)
def test_two_solutions_joined_by_a_word_do_not_contradict_each_other(both: str) -> None:
    assert isinstance(verdict(ROOTS + both), NotAClaim)


@pytest.mark.parametrize(
    "apart",
    [
        "Let $r = \\sqrt 2$. Some words.\n\nThen $r = -\\sqrt 2$.",
        "Let $h = 6$ and $N = 10$. We have $r = h/N$ and $r = 0.7$.",  # the second follows from names
    ],
)
def test_what_is_said_apart_or_follows_from_names_is_still_refuted(apart: str) -> None:
    assert isinstance(verdict(apart), Refuted)
