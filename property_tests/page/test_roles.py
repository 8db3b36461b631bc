"""The roles of symbols in words: a noun counts where an article, a preposition or a verb of saying leads to it."""

from __future__ import annotations

import pytest

from errata.page.roles import roles_in
from errata.page.surroundings import words_beside
from errata.reading.markdown import read_markdown


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("The growth rate $a$ is small.", ["growth rate"]),
        ("We start with learning rate $a$.", ["learning rate"]),
        ("Here $a$ denotes the mean of the crops.", ["mean of the crops"]),
        ("The prior of $a$ is the law of trees.", ["law of trees"]),
        ("where $a$ is symmetric.", []),
        ("We draw $a$ once more.", []),
        ("A pear weighs grams $a$ times.", []),
        ("This is why $a$ holds.", []),
        ("Look at $a$; it goes down.", []),
    ],
)
def test_a_role_is_a_noun_of_the_symbol(text: str, roles: list[str]) -> None:
    document = read_markdown(text, "a.md")
    formula = document.formulas[0]
    assert list(roles_in(words_beside(document, formula), text[: formula.span.start], False)) == roles


def test_a_clause_belongs_to_the_symbol_before_it() -> None:
    text = "Let $b$ be the weights, $a$ the size."
    document = read_markdown(text, "a.md")
    first, second = ([*roles_in(words_beside(document, f), text[: f.span.start], False)] for f in document.formulas)
    assert (first, second) == (["weights"], ["size"])


def test_a_plural_says_what_a_whole_number_counts() -> None:
    text = "They have $a$ baskets."
    document = read_markdown(text, "a.md")
    formula = document.formulas[0]
    words, before = words_beside(document, formula), text[: formula.span.start]
    assert list(roles_in(words, before, True)) == ["baskets"]
    assert list(roles_in(words, before, False)) == []
