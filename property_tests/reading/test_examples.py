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


SOLVED = [
    "\\begin{example}\nCoins.\n\\end{example}\n\\begin{solution}\ngiven\n\\end{solution}\n",
    "::: {.example}\nCoins.\n:::\n\n:::{.solution}\ngiven\n:::\n\n",
    "#### Solution to Exercise @one\n\ngiven\n\n",
]


@pytest.mark.parametrize("solved", SOLVED)
def test_a_solution_is_that_of_its_example(solved: str) -> None:
    text = solved + solved.replace("given", "used")
    given, used = text.index("given"), text.index("used")
    assert is_of_another_example(text, given, used)
    if "Coins" in solved:
        assert not is_of_another_example(text, text.index("Coins"), given)


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


COUNTED = """**Example 1.** Here $f(1) = 1/2$.

**Example 2.** Let $f(0) = f(1)$. Then $f(2) = f(1) = f(0)$, and

$$f(0) (1 + e) = %s$$
"""


def test_what_was_found_from_a_value_of_another_example_refutes_nothing() -> None:
    assert isinstance(last(COUNTED % "1"), Undecided)
    assert isinstance(last((COUNTED % "1").replace("**Example 2.** Let", "Let")), Refuted)


SPAN = """Let $r = 1/2$. Then $4 r = 2$.

%s

In general $r %s 2n \\cdot \\frac1n = 2$. Hence

$$1 - (1 + r) e^{-r} \\geq 1 - (1 + 2) e^{-2} = 1 - 3 e^{-2}$$
"""


def steps(text: str) -> list[object]:
    return [judged.verdict for judged in examine(read_document("a.md", text), Options()).judged]


def test_a_value_ends_where_a_chain_excludes_it() -> None:
    assert not any(isinstance(verdict, Refuted) for verdict in steps(SPAN % ("\n\n".join(["More."] * 5), "\\geq")))
    assert any(isinstance(verdict, Refuted) for verdict in steps(SPAN % ("\n\n".join(["More."] * 5), "\\leq")))
