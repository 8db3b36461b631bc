"""Formulas of HTML: decoded, with the origin of every character."""

from __future__ import annotations

import html
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errata.reading.html import read_html

DOLLARS = "<script>MathJax = {tex: {inlineMath: [['$', '$'], ['\\\\(', '\\\\)']]}}</script>"


def found(text: str) -> list[tuple[str, str, bool]]:
    return [(f.delimiter, f.latex, f.display) for f in read_html(text, "page.html").formulas]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"<p>\(x\)</p>", (r"\(", "x", False)),
        (r"<p>\[ x \]</p>", (r"\[", "x", True)),
        ("<div>$$\nx\n$$</div>", ("$$", "x", True)),
        (DOLLARS + "<p>so $x$</p>", ("$", "x", False)),
        ('<span class="math inline">\\(x\\)</span>', (r"\(", "x", False)),
        (r"<p>\begin{align} x \end{align}</p>", ("align", r"\begin{align} x \end{align}", True)),
        ('<script type="math/tex">x < 1</script>', ("script", "x < 1", False)),
        ('<script type="math/tex; mode=display">% <![CDATA[\nx & y %]]></script>', ("script", "x & y", True)),
        (
            '<span class="katex"><math><mi>x</mi><annotation encoding="application/x-tex">x</annotation></math></span>',
            ("annotation", "x", False),
        ),
        (
            '<span class="katex-display"><math><annotation encoding="application/x-tex">x &lt; 1</annotation></math>',
            ("annotation", "x < 1", True),
        ),
    ],
)
def test_each_delimiter(text: str, expected: tuple[str, str, bool]) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "<p>$x$ without a setting</p>",
        DOLLARS + "<p>costs $5 and $6</p>",
        r"<pre>\(x\)</pre>",
        r"<p><code>\(x\)</code></p>",
        r"<script>'\\(x\\)'</script>",
        r"<style>\(x\)</style>",
        r"<!-- \(x\) -->",
        r"<a title='\(x\)'>a</a>",
        r"<p>\(x</p><p>y\)</p>",
    ],
)
def test_what_is_not_a_formula(text: str) -> None:
    assert found(text) == []


def test_every_character_has_its_origin() -> None:
    text = "<p>é</p>\n<p>so \\(a &lt; b &amp; c\\)</p>"
    page = read_html(text, "page.html")
    (formula,) = page.formulas
    assert formula.latex == "a < b & c"
    assert [text[formula.offset(i)] for i in range(9)] == list("a & b & c")
    assert text[formula.span.start : formula.span.end] == "a &lt; b &amp; c"
    assert page.place(formula.offset(4)).column == 16


def test_markup_inside_a_formula_is_damage() -> None:
    text = r"<p>\(p<em>\theta(x), q</em>\phi\) and \(y\)</p>"
    page = read_html(text, "page.html")
    assert [f.latex for f in page.formulas] == ["y"]
    (damage,) = page.damages
    assert damage.kind == "markup-in-formula"
    assert text[damage.span.start : damage.span.end] == r"p<em>\theta(x), q</em>\phi"


def test_headings_comments_and_macros() -> None:
    script = '<script>window.MathJax = {TeX: {Macros: {RR: "\\\\mathbb{R}", two: ["#1#1", 1]}}}</script>'
    page = read_html(script + "<h2 id='a'>On \\(x\\) &amp; <b>more</b></h2><!-- errata: skip -->", "page.html")
    assert [(h.title, h.level) for h in page.headings] == [(r"On \(x\) & more", 2)]
    assert [page.text[c.start : c.end] for c in page.comments] == [" errata: skip "]
    assert {n: (m.arity, m.body) for n, m in page.macros.items()} == {"RR": (0, r"\mathbb{R}"), "two": (1, "#1#1")}


_LATEX = st.text("abx_1^{}<>&=+ \"'é", min_size=1, max_size=12).map(lambda s: "x" + s + "z")


@given(st.lists(st.tuples(st.sampled_from(["<p>a ", "<li><b>a</b> ", "&nbsp;", "<br>"]), _LATEX), max_size=6))
def test_escaped_formulas_come_back(parts: list[tuple[str, str]]) -> None:
    text = "".join(f"{before}\\({html.escape(latex)}\\) " for before, latex in parts)
    page = read_html(text, "page.html")
    assert [f.latex for f in page.formulas] == [latex for _, latex in parts]
    for formula in page.formulas:
        assert html.unescape(text[formula.span.start : formula.span.end]) == formula.latex


_SOUP = st.lists(
    st.sampled_from(
        r"""< > & &lt; &# ; <p> </p> <script> </script> <pre> </pre> <h1> </h1> <td> <table> </table> <tr> <!-- -->
        <math> </math> <annotation \( \) $$ \[ <em> " ' = x encoding="application/x-tex" <!DOCTYPE""".split()
    )
    | st.sampled_from([" ", "\n"]),
    max_size=50,
).map("".join)


@given(_SOUP)
def test_any_text_is_read_and_every_span_lies_in_it(text: str) -> None:
    page = read_html(text, "page.html")
    for span in [x.span for x in (*page.formulas, *page.damages, *page.headings, *page.tables)]:
        assert 0 <= span.start <= span.end <= len(text)


@pytest.mark.parametrize(
    "unit", ["<a ", "<a '", '<a "<', "<!--", "<script>", "<pre>", "&lt;", "&", "<td>", "<table>", "\\("]
)
def test_time_is_linear_on_hostile_text(unit: str) -> None:
    """Eight times the text takes about eight times as long, where a quadratic reader needs 64 times."""

    def seconds(size: int) -> float:
        start = time.process_time()
        read_html(unit * (size // len(unit)), "page.html")
        return time.process_time() - start

    small = min(seconds(20_000) for _ in range(3))
    large = min(seconds(160_000) for _ in range(3))
    assert large < 30 * max(small, 0.004)
