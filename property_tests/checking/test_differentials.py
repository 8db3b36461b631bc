"""Differentials are told from products with a number d."""

from __future__ import annotations

import pytest

from errata.checking.differentials import equates_differentials, without_measure
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.relations import stated
from errata.reading.sources import read_document


@pytest.mark.parametrize(
    "latex",
    [
        r"\mathrm{d}(AB) = \mathrm{d}A B + A \mathrm{d}B",
        r"d \operatorname{tr}(B^{-1}) = \operatorname{tr}[-B^{-1} dB B^{-1}]",
        r"d(x^T x) = 2 x^T dx",
        r"dA^{-1} = -A^{-1} dA A^{-1}",
        r"\operatorname{vec}(X dX + dX X) = \operatorname{vec}(d(X^2))",
    ],
)
def test_a_d_in_every_term_may_be_that_of_a_differential(latex: str) -> None:
    (pair,) = stated(parse(latex))[0].pairs()
    assert equates_differentials(pair)
    judged = examine(read_document("p.md", f"$$y = {latex}$$".encode()), Options(), lambda *_: None, {}).judged
    assert all(j.rule is None for j in judged)


@pytest.mark.parametrize(
    ("latex", "said"),
    [
        (r"a y \, y \exp(-y) \, dy = a y^2 \exp(-y) \, dy", "Proved Supported"),
        (r"a y \, y \exp(-y) \, dy = a y^2 \exp(-2 y) \, dy", "Refuted"),
        (r"a y \, y \exp(-y) \, dy = a y^2 \exp(-2 x) \, dx", "Undecided"),
    ],
)
def test_two_numbers_times_one_measure_are_compared(latex: str, said: str) -> None:
    judged = examine(read_document("p.md", f"$$z = {latex}$$".encode()), Options(), lambda *_: None, {}).judged
    assert type(judged[-1].verdict).__name__ in said


@pytest.mark.parametrize(
    "latex",
    [r"d \sigma^2 = \operatorname{tr}(\sigma^2 I)", r"d(a + b) = da + b", r"(a + d)^2 = a^2 + d^2", r"x^T x = 2 x^T y"],
)
def test_a_number_d_is_none(latex: str) -> None:
    (pair,) = stated(parse(latex))[0].pairs()
    assert not equates_differentials(pair)


@pytest.mark.parametrize(("factor", "said"), [("y", "Proved"), ("y^2", "Refuted")])
def test_a_derivative_beside_a_measure_is_no_second_one(factor: str, said: str) -> None:
    inner = r"e^{a y - z} \, \mathrm{d}y"
    latex = rf"$$ \frac{{\mathrm{{d}}}}{{\mathrm{{d}}a}} {inner} = {factor} {inner} $$"
    judged = examine(read_document("p.md", latex.encode()), Options(), lambda *_: None, {}).judged
    assert type(judged[-1].verdict).__name__ == said


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"y \exp[a y - e^y]", r"2 y \exp[a y - e^y]"),
        (r"y \exp[a y - e^y]", r"-y \exp[a y - e^y]"),
        (r"y \exp[a y - e^y]", r"a \exp[a y - e^y]"),
    ],
)
def test_what_stands_before_one_measure_is_judged(right: str, wrong: str) -> None:
    found = []
    for side in (right, wrong):
        text = rf"$$ \frac{{\mathrm{{d}}}}{{\mathrm{{d}} a}} \exp[a y - e^y] \, dy = {side} \, dy $$"
        (judged,) = examine(read_document("p.md", text.encode()), Options(), lambda *_: None, {}).judged
        found.append(type(judged.verdict).__name__)
    assert found[0] in ("Supported", "Proved") and found[1] == "Refuted"


@pytest.mark.parametrize(
    "latex",
    [
        r"f(y) \, dy = g(x) \, dx",
        r"d(x^T x) = 2 x^T dx",
        r"\frac{dy}{y} = dy",
        r"f(y) = g(y)",
        r"x \, dy + dx = x \, dy",
    ],
)
def test_measures_stay_where_they_are_not_one(latex: str) -> None:
    (pair,) = stated(parse(latex))[0].pairs()
    assert without_measure(pair) is None


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"a x e^{-x} \frac{dx}{x}", r"a x e^{-x} \frac{2 {dx}}{x}"),
        (r"a x e^{-x} \frac{dx}{x}", r"- a x e^{-x} \frac{dx}{x}"),
    ],
)
def test_a_measure_over_a_fraction_is_one_too(right: str, wrong: str) -> None:
    for side, said in ((right, "Proved Supported"), (wrong, "Refuted")):
        latex = rf"$$ y = a e^{{-x}} \, dx = {side} $$"
        judged = examine(read_document("p.md", latex.encode()), Options(), lambda *_: None, {}).judged
        assert type(judged[-1].verdict).__name__ in said
