"""Functions that are typed as bare letters, and the letters beside them that stay a product or an index."""

from __future__ import annotations

import pytest

from claims.verdict import Proved, Refuted, Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.sources import read_document
from errata.reading.unparse import to_latex
from errata.reading.words import words


def read(latex: str) -> str:
    return words(parse(latex).statements[0])


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("log(x)", "log(x)"),
        ("-plog(p)", "-p·log(p)"),
        ("log_2 x", "log_2(x)"),
        (r"log\frac{a}{b}", "log(a/b)"),
        (r"min\;max(f)", "min(max(f))"),
        (r"log \, p", "log(p)"),
        ("ln \\sigma", "ln(σ)"),
        ("xcos(y)", "x·cos(y)"),
        ("max(0, x)", "max(0, x)"),
        ("max_i x_i", "max[i](x_i)"),
        ("argmax_i x_i", "argmax[i](x_i)"),
        ("exp\\left(x\\right)", "exp(x)"),
        ("rank(A)", "rank(A)"),
    ],
)
def test_a_function_is_one_name(latex: str, expected: str) -> None:
    assert read(latex) == expected


@pytest.mark.parametrize(
    "latex", ["w_{max}", "x_{log}", "asin(x)", "catalog(x)", "e x p (x)", "k l n", "hardmax(x)", "max"]
)
def test_other_letters_are_not(latex: str) -> None:
    names = ("log", "exp", "sin", "max", "ln")
    assert not any(rf"\{name}" in to_latex(parse(latex)) for name in names)


def test_a_function_that_tex_has_no_command_for_is_written_as_an_operator() -> None:
    assert to_latex(parse("rank(A)")) == r"\operatorname{rank}(A)"


def verdict(text: str) -> object:
    return examine(read_document("page.md", text.encode()), Options()).judged[-1].verdict


def test_what_is_typed_so_is_judged() -> None:
    assert isinstance(verdict("$log(a b) = log(a) + log(b)$"), Supported)
    assert isinstance(verdict("$-(0.25 log_2(0.25) + 0.75 log_2(0.75)) = 0.811$"), Proved)
    assert isinstance(verdict("$-(0.25 log_2(0.25) + 0.75 log_2(0.75)) = 0.911$"), Refuted)


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"sign\left(x + b\right)", "sign(x + b)"),
        (r"exp(-x)", "exp(-x)"),
        (r"LL(\theta)", "LL(θ)"),
        (r"X X^T", "X·X^T"),
        (r"XX^T", "X·X^T"),
        (r"\mathrm{sign}(x)", "sign(x)"),
        (r"x_{max}(t)", "x_max(t)"),
    ],
)
def test_functions_may_be_typed_as_bare_letters(latex: str, shown: str) -> None:
    assert words(parse(latex)) == shown
