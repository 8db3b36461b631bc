"""Repairs as edits of the author's source, and names as the author writes them."""

from __future__ import annotations

import pytest

from claims.verdict import Repair
from errata.reading.document import Document, Formula, Macro, Span
from errata.reporting.edits import Edit, approximate_sign, edit_of, smallest, told_apart
from errata.reporting.symbols import as_written, in_authors_symbols


@pytest.mark.parametrize(
    ("source", "wanted", "edited"),
    [
        ("0.694", "0.693", "0.693"),
        (r"\frac{(a-b)^2}{\sigma_2^2}", r"\frac{(a - b)^2}{2 \sigma_2^2}", r"\frac{(a-b)^2}{2\sigma_2^2}"),
        (r"\tfrac{1}{1-e^s}", r"\frac{1}{1 + e^s}", r"\tfrac{1}{1+e^s}"),
        (r"\mathcal N\left(x;\mu\right)", r"\mathcal{N}(x ; \nu)", r"\mathcal N\left(x;\nu\right)"),
        (r"y^2", r"\frac{1}{2} y^2", r"\frac{1}{2}y^2"),
        (r"\log(2\pi\sigma)", r"\log(2 \pi \sigma^2)", r"\log(2\pi\sigma^2)"),
        (r"\ln x", r"\log y", r"\ln y"),
        (r"\frac{1}{x}", r"\frac{2 \cdot 1}{x}", r"\frac{2 \cdot 1}{x}"),  # and not 21/x
        ("a 4", r"a \cdot 2 \cdot 4", r"a 2 \cdot 4"),
        ("21", r"2 \cdot 1", r"2 \cdot 1"),
    ],
)
def test_the_fewest_tokens_change(source: str, wanted: str, edited: str) -> None:
    found = smallest(source, wanted)
    assert found is not None
    start, end, text = found
    assert source[:start] + text + source[end:] == edited


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        (r"\theta^h", r"\theta^{h + 1}"),  # what is put in would stand outside of the exponent
        ("a + b", "c + d"),
        ("", "x"),
    ],
)
def test_what_is_no_single_edit_is_none(source: str, wanted: str) -> None:
    assert smallest(source, wanted) is None


def test_the_authors_macros_are_kept() -> None:
    macros = {"half": Macro("half", 0, r"\frac{1}{2}"), "E": Macro("E", 0, r"\mathbb{E}")}
    latex = r"\half\E[x] - \sigma"
    document = Document("a.md", f"so ${latex}$", (Formula(latex, Span(4, 4 + len(latex)), False, "$"),), macros=macros)
    [formula] = document.formulas
    wanted = Repair(r"\frac{1}{2} \mathbb{E}[x] - \sigma^2", "square")
    found = edit_of(document, formula, formula.span, formula.span, wanted)
    assert found == Edit(Span(4 + len(latex), 4 + len(latex)), "^2")
    inside = Repair(r"\frac{1}{3} \mathbb{E}[x] - \sigma", "value")  # the 2 is the macro's, and used elsewhere
    assert edit_of(document, formula, formula.span, formula.span, inside) is None


def approximated(latex: str, start: int = 0, end: int | None = None) -> str | None:
    """A formula with the sign of its approximation, of which a relation is a part."""
    document = Document("a.md", f"so ${latex}$", (Formula(latex, Span(4, 4 + len(latex)), False, "$"),))
    where = Span(4 + start, 4 + (len(latex) if end is None else end))
    edit = approximate_sign(document, document.formulas[0], where)
    return edit and latex[: edit.span.start - 4] + edit.text + latex[edit.span.end - 4 :]


@pytest.mark.parametrize(
    ("latex", "mended"),
    [
        ("7^5=16807", r"7^5\approx16807"),
        (r"\sqrt{99} &= n", r"\sqrt{99} &\approx n"),
        (r"\pi^2=a", r"\pi^2\approx a"),  # and not \approxa
        (r"\sum_{k=1}^{9} \sqrt{k} = 19", r"\sum_{k=1}^{9} \sqrt{k} \approx 19"),
        (r"\{e^3\} = 20", r"\{e^3\} \approx 20"),
    ],
)
def test_the_sign_of_an_approximation_stands_where_the_equals_sign_did(latex: str, mended: str) -> None:
    assert approximated(latex) == mended


@pytest.mark.parametrize("latex", ["a = b = 3", r"n := 20", r"e^{x=3} < 20", r"e^3 \= 20"])
def test_without_one_equals_sign_outside_of_braces_there_is_none_to_change(latex: str) -> None:
    assert approximated(latex) is None


def test_of_a_chain_the_sign_between_the_two_sides_changes() -> None:
    assert approximated("a = e^3 = 20", 4) == r"a = e^3 \approx 20"
    assert approximated("a = e^3 = 20", 0, 7) == r"a \approx e^3 = 20"


def test_a_formula_that_was_written_otherwise_has_no_sign_to_change() -> None:
    document = Document(
        "a.md", "so √99 = 10", (Formula(r"\sqrt{99} = 10", Span(3, 11), False, "$", origins=(3,) * 14),)
    )
    assert approximate_sign(document, document.formulas[0], Span(3, 11)) is None


def test_a_repair_may_be_of_the_whole_side() -> None:
    latex = r"1 - p &= \frac{1}{1 - e^{s}} = q"
    document = Document("a.md", f"so ${latex}$", (Formula(latex, Span(4, 4 + len(latex)), False, "$"),))
    at = 4 + latex.index("1 - e")
    repair = Repair(r"\frac{1}{1 + e^s}", "sign")
    [formula] = document.formulas
    assert edit_of(document, formula, formula.span, Span(at, at + 9), repair) == Edit(Span(at + 2, at + 3), "+")
    other = Repair(r"\frac{2}{1 + e^s}", "sign")
    assert edit_of(document, formula, formula.span, Span(at, at + 9), other) is None


def test_a_label_says_whether_it_is_missing() -> None:
    label = "a factor 1/2 is missing or too many (right side)"
    assert told_apart(label, "y^2", r"\frac{1}{2} y^2") == "a factor 1/2 is missing (right side)"
    assert told_apart(label, r"\tfrac12 y^2", "y^2") == "a factor 1/2 is too many (right side)"
    assert told_apart(label, "2y", "3y") == label
    two = "a factor 2 is missing or too many (right side)"
    assert told_apart(two, "3x", "6x") == "a factor 2 is missing (right side)"
    assert told_apart(two, "2/x", "1/x") == "a factor 2 is too many (right side)"
    assert told_apart(two, "3x", "4x") == two
    assert told_apart("a sign is wrong", "y", "-y") == "a sign is wrong"


@pytest.mark.parametrize(
    ("name", "latex", "written"),
    [
        (r"\mu[1]", r"\mu_{1} + \mu_2", r"\mu_{1}"),
        (r"\hat{\sigma}^2", r"\sqrt{\hat\sigma^2 / n}", r"\hat\sigma^2"),
        (r"P(+\midD)", r"P(+) = P(+ \mid D) P(D)", r"P(+ \mid D)"),
        ("n", r"\nu + n", "n"),
        ("x[1, 2]", "y", "x_{1,2}"),
    ],
)
def test_a_witness_speaks_of_the_authors_names(name: str, latex: str, written: str) -> None:
    assert as_written(name, latex) == written


def test_messages_speak_of_them_too() -> None:
    assert in_authors_symbols(r"at \mu[1] = 1/2, x[12] = 3 it is 2") == r"at \mu_1 = 1/2, x_{12} = 3 it is 2"
    assert in_authors_symbols("nothing to do") == "nothing to do"


def test_the_brackets_of_an_operator_hold_no_index() -> None:
    for text in ("E[X] has no value here", "Var[y] = H[p]"):
        assert in_authors_symbols(text) == text
    assert in_authors_symbols("x[t] and E[1, 2]") == "x_t and E_{1,2}"
