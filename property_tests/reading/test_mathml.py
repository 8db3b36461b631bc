"""MathML that shows a formula is read as the LaTeX it stands for, at its places."""

from __future__ import annotations

import pytest

from errata.reading.explain import read_latex
from errata.reading.html import read_html


def words(inside: str) -> str:
    (formula,) = read_html(f"<p>So <math>{inside}</math> is.</p>", "a.html").formulas
    return read_latex(formula.latex).words


@pytest.mark.parametrize(
    ("inside", "read"),
    [
        ("<mi>a</mi><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac>", "a = 1/2"),
        ("<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt>", read_latex(r"\sqrt{x + 1}").words),
        ("<msup><mi>x</mi><mn>2</mn></msup><mo>−</mo><msub><mi>y</mi><mi>i</mi></msub>", "x^2 - y_i"),
        ("<mi>log</mi><mo>&#8289;</mo><mi>θ</mi>", "log(θ)"),
        ("<mover><mi>x</mi><mo>¯</mo></mover><mo>≤</mo><mi>b</mi>", "x̄ ≤ b"),
        ("<mi>KL</mi><mo>(</mo><mi>p</mi><mo>‖</mo><mi>q</mi><mo>)</mo>", "KL(p ‖ q)"),
        (
            "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>"
            "<msub><mi>x</mi><mi>i</mi></msub>",
            "sum[(i = 1)..n](x_i)",
        ),
        (
            "<mo>[</mo><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable><mo>]</mo>",
            words('<mfenced open="[" close="]"><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable>'
                  "</mfenced>"),
        ),
    ],
)  # fmt: skip
def test_elements(inside: str, read: str) -> None:
    assert words(inside) == read


def test_places_and_displays() -> None:
    text = '<p>So</p>\n<math display="block"><mrow><mi>u</mi>\n<mo>=</mo><mi>w</mi></mrow></math>'
    (formula,) = read_html(text, "a.html").formulas
    assert formula.display and "".join(formula.latex.split()) == "u=w"
    for sign in "u=w":
        at = formula.offset(formula.latex.index(sign))
        assert text[at] == sign
    assert text[formula.span.start : formula.span.end].startswith("<mrow>")


def test_an_annotation_in_tex_wins() -> None:
    tex = '<annotation encoding="application/x-tex">u = v</annotation>'
    text = f"<math><semantics><mrow><mi>w</mi></mrow>{tex}</semantics></math>"
    assert [f.latex for f in read_html(text, "a.html").formulas] == ["u = v"]


def test_no_formula_is_made_of_nothing_or_of_what_is_too_deep() -> None:
    assert not read_html("<math></math><math><mtext>a word</mtext></math>", "a.html").formulas
    deep = "<mrow>" * 200 + "<mi>x</mi>" + "</mrow>" * 200
    assert not read_html(f"<math>{deep}</math>", "a.html").formulas
