"""Tables of Markdown, slides, LaTeX and HTML, with exact cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errata.reading.document import Document
from errata.reading.html import read_html
from errata.reading.latex import read_latex
from errata.reading.markdown import read_markdown

Rows = list[list[str]]


def rows(document: Document) -> list[Rows]:
    """The texts of all tables; each cell's span must hold its text."""
    for table in document.tables:
        for cell in (c for row in (table.header, *table.rows) for c in row):
            assert document.text[cell.span.start : cell.span.end] == cell.text
    return [[[c.text for c in row] for row in (t.header, *t.rows)] for t in document.tables]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| a | b |\n|---|:-:|\n| 1 | $x|y$ |\n", [["a", "b"], ["1", "$x|y$"]]),
        ("a | b\n- | -\n1 | `x|y`\n\nno", [["a", "b"], ["1", "`x|y`"]]),
        ("|a|b|\n|-|-|\n|1 \\| 2||\n", [["a", "b"], ["1 \\| 2", ""]]),
        ("> |a|b|\n> |-|-|\n> |1|2|\n", [["a", "b"], ["1", "2"]]),
        ("text\n\nA\tB\n1\t$x$\n2\t\n", [["A", "B"], ["1", "$x$"]]),
    ],
)
def test_tables_of_markdown(text: str, expected: Rows) -> None:
    assert rows(read_markdown(text, "page.md")) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "a | b\nc | d\n",
        "A\tB\n",
        "A\tB\n\nC\tD\n",
        "\tA\n\tB\n",
        "- \ta\n- \tb\n",
        "```\na\tb\nc\td\n```",
        "|a|\n\n|-|",
    ],
)
def test_what_is_no_table(text: str) -> None:
    assert rows(read_markdown(text, "page.md")) == []


def test_table_of_latex() -> None:
    text = r"""\begin{tabular}{l|c} \toprule
A & $b$ \\ \hline % a comment & more
{1 & 2} & \& 3 \\[2pt]
\end{tabular}"""
    assert rows(read_latex(text, "page.tex")) == [[["A", "$b$"], ["{1 & 2}", r"\& 3"]]]


def test_tables_with_a_width() -> None:
    text = r"\begin{tabularx}{\textwidth}{ll} a & b \\ c & d \end{tabularx}"
    assert rows(read_latex(text, "page.tex")) == [[["a", "b"], ["c", "d"]]]


def test_table_of_html() -> None:
    text = "<table><thead><tr><th> a <th>b</tr></thead><tr><td>1</td><td>\\(x\\)</td></tr></table>"
    assert rows(read_html(text, "page.html")) == [[["a", "b"], ["1", "\\(x\\)"]]]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"H(X \| Y)", "H(X  | Y)"),
        (r"p_\theta(x \| z)", r"p_\theta(x  | z)"),
        (r"D(p \| q)", r"D(p \| q)"),
        (r"\|x\|^2", r"\|x\|^2"),
        (r"D(p \\| q)", r"D(p  \| q)"),
        (r"\log \|A\|", r"\log \|A\|"),
    ],
)
def test_a_pipe_that_a_row_asks_to_escape_is_the_one_that_is_meant(written: str, read: str) -> None:
    page = read_markdown(f"| a | b |\n|---|---|\n| c | ${written}$ |\n\nBeside it ${written}$.\n", "page.md")
    assert [f.latex for f in page.formulas] == [read, written]


_CELL = st.text("ab $x_1.", max_size=6).map(str.strip)


@given(st.lists(st.lists(_CELL, min_size=2, max_size=2), min_size=2, max_size=5))
def test_a_table_of_pipes_comes_back(cells: Rows) -> None:
    lines = ["| " + " | ".join(row) + " |" for row in cells]
    text = "\n".join([lines[0], "|---|---|", *lines[1:]])
    page = read_markdown(text, "page.md")
    if not any("|" in f.latex for f in page.formulas):
        assert rows(page) == [cells]
