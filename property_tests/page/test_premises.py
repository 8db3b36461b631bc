"""Premises in words, and sentences that suppose nothing but what is put into the worlds."""

import pytest

from errata.checking.examine import examine
from errata.checking.options import Options
from errata.page.premises import is_premised_in_words
from errata.reading.sources import read_document


@pytest.mark.parametrize(
    "sentence",
    [
        "If the events $A$ and $B$ can't both happen (they are **disjointed**), then",
        "When $X$ is comonotone with $Y$, it follows that",
        "Suppose that $Z$ never exceeds $W$. ".rstrip(". "),
        "Whenever two draws share no card, we have",
    ],
)
def test_what_is_not_understood_is_a_premise(sentence: str) -> None:
    assert is_premised_in_words(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "If $X$ and $Y$ are independent random variables, then",
        "Suppose that $X$ has mean $\\mu$ and variance $\\sigma^2$",
        "For any two events we have",
        "If $x > 1$ then",
        "The following are comonotone:",
    ],
)
def test_what_is_put_into_the_worlds_is_none(sentence: str) -> None:
    assert not is_premised_in_words(sentence)


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("If two events $A$ and $B$ can't both happen, then", "Undecided"),
        ("For any two events $A$ and $B$,", "Refuted"),
        ("If $A$ and $B$ are events, then", "Refuted"),
    ],
)
def test_a_law_is_refuted_only_where_its_premise_was_read(words: str, verdict: str) -> None:
    page = f"{words} the chance of either of them is the sum of both:\n\n$$P(A \\cup B) = P(A) + P(B)$$"
    judged = examine(read_document("a.md", page), Options()).judged
    assert [type(j.verdict).__name__ for j in judged] == [verdict]
