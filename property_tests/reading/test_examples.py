"""Numbered examples: what one of them gives ends with it, and what a text gives before them holds in all."""

from __future__ import annotations

import pytest

from claims.verdict import Proved, Refuted, Undecided
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.examples import is_of_another_example
from errata.reading.sources import read_document

HEADS = [
    ("**Example 1.**", "**Example 2.**"),
    ("*Example 1*:", "*Example 2*:"),
    ("### Exercise 3.1", "### Exercise 3.2"),
    ("Problem A.", "Problem B."),
    (r"\begin{example}", r"\begin{example}"),
    ("::: {.example}", "::: {.example}"),
    ("Beispiel 1 (Münze).", "Beispiel 2 (Würfel)."),
]


@pytest.mark.parametrize(("first", "second"), HEADS)
def test_an_example_ends_where_the_next_one_begins(first: str, second: str) -> None:
    text = f"{first} given\n\nmore\n\n{second} used"
    given, more, used = (text.index(word) for word in ("given", "more", "used"))
    assert is_of_another_example(text, given, used) and not is_of_another_example(text, given, more)


@pytest.mark.parametrize(
    "text",
    [
        "given\n\nExample 1. used",
        "Example 1. Let given be.\n\nExample 1 shows that it is used",
        "**Example 1.** given\n\n## Result\n\nused",
        "\\begin{example} given \\end{example}\n\\begin{example} x \\end{example}\n\\end{example}\n used",
        "Examples abound: given\n\nExamples are used",
    ],
)
def test_other_words_are_no_examples(text: str) -> None:
    assert not is_of_another_example(text, text.index("given"), text.index("used"))


def last(text: str) -> object:
    return examine(read_document("a.md", text), Options()).judged[-1].verdict


FIRST = "**Example 1.** Let $f(x) = x^2 + 1$. Then $f(3) = 10$.\n\n"


def test_a_function_of_one_example_refutes_nothing_in_the_next_one() -> None:
    said = last(FIRST + "**Example 2.** The map doubles. Then $f(3) = 6$.")
    assert isinstance(said, Undecided) and said.why == "f was given in another example"
    assert isinstance(last(FIRST + "**Example 2.** Let $f(x) = 2 x$. Then $f(3) = 6$."), Proved)


@pytest.mark.parametrize(
    "text",
    [
        FIRST + "It follows that $f(2) = 6$.",
        FIRST + "**Example 2.** Let $f(x) = 2 x$. Then $f(3) = 8$.",
        "Let $f(x) = x^2 + 1$.\n\n**Example 1.** So $f(0) = 1$.\n\n**Example 2.** So $f(3) = 6$.",
        "Example 1. Let $n = 10$ and $p = 0.3$.\n\nThe mean is $n p = 9$.",
    ],
)
def test_a_mistake_within_an_example_stays_one(text: str) -> None:
    assert isinstance(last(text), Refuted)
