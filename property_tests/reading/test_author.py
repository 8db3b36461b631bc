"""What an author says in comments: each statement becomes data, and none is silently dropped."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errata.reading.author import (
    Binds,
    Domain,
    Expect,
    HasLaw,
    LogIs,
    Misunderstood,
    NormalTakes,
    Skip,
    instructions,
    said_in,
)
from errata.reading.lowering import LogBase
from errata.reading.names import key
from errata.reading.sources import read_document
from errata.reading.words import words


def told(text: str) -> list[str]:
    """What a statement says, in words."""
    return [_told(i) for i in instructions(text)]


def _told(instruction: object) -> str:
    match instruction:
        case Domain(pairs=pairs, whole=whole):
            bounds = " and ".join(f"{words(p.left)} {p.relation.sign} {words(p.right)}" for p in pairs)
            return f"{bounds} whole" if whole else bounds
        case Binds(name=name, value=value):
            return f"{words(name)} is {words(value)}"
        case HasLaw(name=name, family=family, law=law):
            return f"{words(name)} has {family}: {words(law)}"
        case Misunderstood(why=why):
            return f"? {why}"
        case NormalTakes(spread=spread):
            return f"N takes a {spread.value}"
        case _:
            return repr(instruction)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("let sigma > 0", ["σ > 0"]),
        (r"let \sigma > 0", ["σ > 0"]),
        ("domain sigma > 0", ["σ > 0"]),
        ("let 0 < p < 1", ["0 < p and p < 1"]),
        ("let x in [0, 1]", ["x ≥ 0 and x ≤ 1"]),
        ("let x in (0, inf)", ["x > 0"]),
        ("let n in N", ["n ≥ 0 whole"]),
        (r"let n \in \mathbb{N}", ["n ≥ 0 whole"]),
        ("let k in Z, r in R+", [" whole", "r > 0"]),
        ("let mu = 1, sigma = 0.5", ["μ is 1", "σ is 0.5"]),
        ("let a = sqrt(2)*pi", ["a is √(2)·π"]),
        ("p = Normal(mu, sigma^2)", ["p has Normal: Normal(μ, σ^2)"]),
        ("X ~ Normal(mu, sigma^2)", ["X has Normal: Normal(μ, σ^2)"]),
        ("X ~ N(mu, sigma^2)", ["X has N: N(μ, σ^2)"]),
        ("X ~ Gamma(a, b)", ["X has Gamma: Gamma(a, b)"]),
        ("let x_12 <= 3", ["x_12 ≤ 3"]),
        (r"let \mathrm{rate} > 0", ["rate > 0"]),
        ("N takes a variance", ["N takes a variance"]),
        ("let N take a standard deviation", ["N takes a standard deviation"]),
        (r"\mathcal{N}(mu, sigma) takes the standard  deviation", ["N takes a standard deviation"]),
        ("normal takes a precision", ["? N can't take “precision”: it takes a variance or a standard deviation"]),
    ],
)
def test_a_statement_is_understood(text: str, said: list[str]) -> None:
    assert told(text) == said


def test_orders_and_bases() -> None:
    assert list(instructions("skip because it is\n an exercise")) == [Skip("it is an exercise", False)]
    assert list(instructions("skip section because of rounding")) == [Skip("of rounding", True)]
    assert list(instructions("expect e311")) == [Expect("E311")]
    bases = {"base 2": LogBase.TWO, "10": LogBase.TEN, "natural": LogBase.NATURAL, "to the base e": LogBase.NATURAL}
    assert {text: next(iter(instructions(f"log is {text}"))) for text in bases} == {
        text: LogIs(base) for text, base in bases.items()
    }


@pytest.mark.parametrize("name", ["sigma", "x", "theta_1", "varphi", "x_12"])
def test_a_name_without_its_backslash_is_the_name_of_the_formulas(name: str) -> None:
    (plain,) = instructions(f"let {name} > 0")
    latex = {"x": "x", "x_12": "x_{12}"}.get(name, f"\\{name}")
    (as_in_formulas,) = instructions(f"let {latex} > 0")
    assert isinstance(plain, Domain) and isinstance(as_in_formulas, Domain)
    assert key(plain.name) == key(as_in_formulas.name)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("skip", "needs a reason"),
        ("skip because", "needs a reason"),
        ("skip because …", "needs a reason"),
        ("skip section", "needs a reason"),
        ("expect", "takes a code"),
        ("expect wrong-step", "takes a code"),
        ("log is base 7", "no base of the logarithm"),
        ("let", "needs a relation"),
        ("let sgima > 0", "“sgima” is neither a letter"),
        ("let a < b", "by numbers"),
        ("let 1 > 0", "by numbers"),
        ("let = 1", "one side of the relation is missing"),
        ("let x in {1, 2}", "a set is"),
        ("let 2x in [0, 1]", "must be a name"),
        ("let x + 1 = 2", "must be a name"),
        ("let x \\to 3", "nothing can be said with →"),
        ("let x", "must be a relation"),
        ("{{{ > 3", "can't be read"),
        ("ship because of rain", "no statement that is known"),
    ],
)
def test_what_cannot_be_understood_says_why(text: str, why: str) -> None:
    (said,) = told(text)
    assert said.startswith("? ") and why in said


@given(st.text(max_size=60))
def test_any_statement_says_something(text: str) -> None:
    """No statement raises, and only one of blanks says nothing."""
    assert list(instructions(text)) or not text.strip()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.md", "Text.\n\n<!-- errata: let a > 0; skip because of b -->\n\n$x = 1$\n"),
        ("a.html", "<p>Text.</p>\n<!-- errata: let a > 0; skip because of b -->\n<p>\\(x = 1\\)</p>\n"),
        ("a.tex", "Text.\n% errata: let a > 0; skip because of b\n$x = 1$\n"),
    ],
)
def test_comments_are_heard_in_every_kind_of_notes(path: str, text: str) -> None:
    document = read_document(path, text)
    found = [(type(s.instruction), document.text[s.span.start : s.span.end]) for s in said_in(document)]
    assert found == [(Domain, "let a > 0"), (Skip, "skip because of b")]


def test_comments_are_heard_in_the_cells_of_a_notebook() -> None:
    cells = [{"cell_type": "markdown", "source": ["Text.\n", f"<!-- errata: {s} -->\n"]} for s in ("let a > 0", "huh")]
    document = read_document("a.ipynb", json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5}))
    first, second = said_in(document)
    assert isinstance(first.instruction, Domain) and isinstance(second.instruction, Misunderstood)
    assert document.place(second.span.start).cell == 2


def test_other_comments_are_left_alone_and_a_lost_colon_is_not() -> None:
    comments = "<!-- errata of the second edition --><!-- TODO --><!-- errata let x > 0 --><!-- errata: -->"
    said = said_in(read_document("a.md", f"{comments}\n\n```\n<!-- errata: x -->\n```\n"))
    why = [s.instruction.why for s in said if isinstance(s.instruction, Misunderstood)]
    assert why == ["a colon is missing after “errata”", "nothing is said"]


def test_there_is_an_end_to_what_is_heard() -> None:
    many = said_in(read_document("a.md", "<!-- errata: let a > 0 -->\n" * 1_500))
    assert len(many) == 1_001 and isinstance(many[-1].instruction, Misunderstood)
    *_, last = said_in(read_document("a.md", f"<!-- errata: let a > 0; {'x' * 50_000} -->\n"))
    assert isinstance(last.instruction, Misunderstood) and "10,000 characters" in last.instruction.why
