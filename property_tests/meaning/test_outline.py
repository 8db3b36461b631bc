"""Typed terms as outlines and as data say the same, and each symbol says once what it is."""

from __future__ import annotations

from errata.meaning.elaborate import elaborate, notations
from errata.meaning.outline import outline, tree
from errata.reading.parser import parse


def term(latex: str):  # type: ignore[no-untyped-def]
    [statement] = parse(latex, {}).statements
    return elaborate(statement, next(notations(statement)))


def test_an_operation_stands_over_its_parts() -> None:
    assert outline(term("a + 2 a b"), {"a": "real number"}).splitlines() == [
        "sum",
        "  a: real number",
        "  product",
        "    2",
        "    a",
        "    b: nothing is said of it",
    ]


def test_a_binder_says_where_its_variable_ranges() -> None:
    assert outline(term(r"\sum_{i=1}^n i"), {}).splitlines()[0] == "sum over i from 1 to n"
    assert outline(term(r"\mathbb{E}_{x \sim p}[x]"), {}).splitlines()[0] == "E over x ∼ p"
    assert outline(term(r"\sum_{x \in S} x"), {}).splitlines()[0] == "sum over x ∈ S"


def test_the_data_tell_what_the_outline_tells() -> None:
    found = tree(term(r"f(x) = \int_0^1 x \, dx"), {"x": "real number"})
    assert found["operation"] == "="
    call, integral = found["parts"]  # type: ignore[misc]
    assert call["symbol"] == "f" and call["kind"] is None and call["arguments"][0]["kind"] == "real number"
    assert integral["binder"] == "int" and [d["number"] for d in integral["domain"]] == ["0", "1"]
