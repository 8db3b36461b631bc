"""Formulas that an export has damaged are read as they stood before, at their places; sound text is left alone."""

from __future__ import annotations

import pytest

from errata.reading.document import Document
from errata.reading.markdown import read_markdown

PAGE = "We learn\n\n[\nf_\\theta(x) = x\n]\n\n"


def formulas(text: str) -> list[str]:
    return [f.latex for f in read_markdown(text, "page.md").formulas]


@pytest.mark.parametrize(
    ("inside", "read"),
    [
        ("\\mathcal{J}*i = g*\\phi(u)", "\\mathcal{J}_i = g_\\phi(u)"),
        ("\\mathbb{E}*{u} [ h(u) ]", "\\mathbb{E}_{u} [ h(u) ]"),
        ("\\alpha(t) , \\left| u \\right|^2", "\\alpha(t) \\, \\left| u \\right|^2"),
        ("D(\\alpha ,|, \\beta)", "D(\\alpha \\,\\|\\, \\beta)"),
        ("\\theta = frac{1}{2}", "\\theta = \\frac{1}{2}"),
        ("\\max \\left{ \\alpha, 2 \\right}", "\\max \\left\\{ \\alpha, 2 \\right\\}"),
        ("u \\in {1,\\dots,m}", "u \\in \\{1,\\dots,m\\}"),
        ("\\alpha &= 1 \\\n\\beta &= 2", "\\alpha &= 1 \\\\\n\\beta &= 2"),
        ("2*3 + 3*\\alpha", "2*3 + 3*\\alpha"),  # a lone star has no partner: a product
        ("\\operatorname*{argmax}*{u} \\alpha", "\\operatorname*{argmax}_{u} \\alpha"),
        ("x_1 , x_2 \\in \\mathbb{R}", "x_1 , x_2 \\in \\mathbb{R}"),
    ],
)
def test_what_was_broken_in_a_display(inside: str, read: str) -> None:
    assert formulas(f"So\n\n[\n{inside}\n]\n") == [read]


def test_places_are_those_of_the_page() -> None:
    text = "> Here\n>\n> [\n> \\gamma*{12} ,|, u = v\n> + \\delta\n> ]\n"
    (formula,) = read_markdown(text, "page.md").formulas
    for sign in ("gamma", "12", "u", "v", "delta"):
        assert text[formula.offset(formula.latex.index(sign)) :].startswith(sign)
    assert text[formula.span.end - 5 : formula.span.end] == "delta"


def test_a_lost_sign_has_two_readings() -> None:
    (formula,) = read_markdown("So\n\n[\n\\alpha = \\beta\n\n* \\gamma\n  ]\n", "page.md").formulas
    assert formula.latex.replace(" ", "") == "\\alpha=\\beta\n\n+\\gamma"
    assert formula.other == formula.latex.replace("+", "-") and "list bullet" in formula.damage


def test_no_sign_was_lost_where_it_is_written() -> None:
    (formula,) = read_markdown("So\n\n[\n\\alpha = \\beta\n+ \\gamma\n]\n", "page.md").formulas
    assert formula.other == "" and formula.damage == "its delimiters were lost"


@pytest.mark.parametrize(
    ("prose", "read"),
    [
        ("the score (s_\\theta(x)) of it", ["s_\\theta(x)"]),
        ("a pair ((x_i, y_i)) of them", ["(x_i, y_i)"]),
        ("a batch (N) with (j=i) and (I(z; z'))", ["N", "j=i", "I(z; z')"]),
        ("models (log \\theta too) here", []),
        ("see (Smith, 2003), (e.g., a dog) and item(s) (1)", []),
        ("a [link](x_1) and f(x) stay", []),
        ("`(x_i)` is code", []),
    ],
)
def test_formulas_in_plain_parentheses(prose: str, read: list[str]) -> None:
    assert formulas(PAGE + prose + "\n")[1:] == read


def test_plain_parentheses_of_a_sound_page_are_left_alone() -> None:
    assert formulas("With $x = 1$, a batch (N) and (x_i) are prose.\n") == ["x = 1"]


def test_each_damage_is_said_once() -> None:
    page: Document = read_markdown(PAGE + "with (\\theta) and (x)\n", "page.md")
    assert [d.kind for d in page.damages] == ["bracketed-display", "lost-delimiters", "lost-delimiters"]
