"""Formulas of LaTeX are found where they stand; comments, verbatim text and definitions aren't read."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errata.reading.latex import read_latex
from errata.reading.plain_text import ReadingError
from errata.reading.sources import read_document


def found(text: str) -> list[tuple[str, str, int, int]]:
    """Delimiter, LaTeX, line and column of each formula."""
    page = read_latex(text, "page.tex")
    places = [page.place(f.span.start) for f in page.formulas]
    return [(f.delimiter, f.latex, p.line, p.column) for f, p in zip(page.formulas, places, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("let $x$ be", ("$", "x", 1, 6)),
        ("let\n$$ x $$", ("$$", "x", 2, 4)),
        (r"let \(x\) be", (r"\(", "x", 1, 7)),
        ("a\\\\[2pt]\n\\[ x \\\\[2pt] y \\]", (r"\[", r"x \\[2pt] y", 2, 4)),
        (r"\$5 and 5\% of $x$", ("$", "x", 1, 17)),
        ("$a % $no$\n b$", ("$", "a       \n b", 1, 2)),
        (r"$\text{if $x$}$", ("$", r"\text{if $x$}", 1, 2)),
        (r"\section{On $x$}", ("$", "x", 1, 14)),
        (r"\begin{tabular}{l} $x$ \end{tabular}", ("$", "x", 1, 21)),
        (r"\begin{displaymath}x\end{displaymath}", ("displaymath", r"\begin{displaymath}x\end{displaymath}", 1, 1)),
    ],
)
def test_each_delimiter_with_its_place(text: str, expected: tuple[str, str, int, int]) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "% $x$",
        r"\verb|$x$| \verb+$x$+",
        "\\begin{verbatim}\n$x$\n\\end{verbatim}",
        "\\begin{lstlisting}\n$x$ % \\end\n\\end{lstlisting}",
        "\\begin{comment}\n$x$\n\\end{comment}",
        r"\iffalse $x$ \fi",
        r"\newcommand{\x}[1]{$#1$}",
        "$x$\n\\begin{document}\n\\end{document}\n$y$",
        r"\url{http://a.b/$x$%20}",
    ],
)
def test_what_is_not_read(text: str) -> None:
    assert found(text) == []


def test_an_address_with_a_percent_sign_hides_nothing() -> None:
    assert [f[1] for f in found(r"\url{a%20b} $x$")] == ["x"]


def test_an_unclosed_dollar_sign_stays_in_its_paragraph() -> None:
    page = read_latex("so $x\nand\n\nthen $y$", "page.tex")
    assert [f.latex for f in page.formulas] == ["y"]
    assert [d.kind for d in page.damages] == ["unclosed-delimiter"]


def test_a_comment_line_ends_no_paragraph() -> None:
    assert [f[1].split() for f in found("$a\n% comment\n+ b$")] == [["a", "+", "b"]]


def test_macros_that_stand_for_a_display() -> None:
    text = r"\newcommand{\be}{\begin{equation}}\newcommand{\ee}{\end{equation}}" + "\n" + r"\be x = 1 \ee"
    assert found(text) == [(r"\be", "x = 1", 2, 5)]


def test_headings_and_comments() -> None:
    page = read_latex("\\chapter{A}\n\\section*[b]{B {c}}\n% errata: skip\n", "page.tex")
    assert [(h.title, h.level) for h in page.headings] == [("A", 2), ("B {c}", 3)]
    assert [page.text[c.start : c.end] for c in page.comments] == [" errata: skip"]


def test_macros_of_other_files(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    (notes / "parts").mkdir(parents=True)
    (tmp_path / "outside.tex").write_text(r"\newcommand{\outside}{1}")
    (notes / "main.tex").write_text(
        r"\usepackage{mine}\input{parts/one}\input{../outside}\input{/etc/passwd}\newcommand{\a}{own} $x$"
    )
    (notes / "parts" / "one.tex").write_text(
        r"\input{main}\input{parts/one}\newcommand{\a}{else}\newcommand{\b}{2} $y$"
    )
    (notes / "mine.sty").write_text(r"\newcommand{\c}[1]{3}")
    page = read_document(str(notes / "main.tex"))
    assert {n: m.body for n, m in page.macros.items()} == {"a": "own", "b": "2", "c": "3", "outside": "1"}
    assert [f.latex for f in page.formulas] == ["x"]


_LATEX = st.lists(st.sampled_from(["x_1", r"\frac{a}{b}", "=", r"\%", "y", r"\{", "&", "'"]), max_size=6).map(
    lambda atoms: " ".join(["x", *atoms, "z"])
)
_SHAPES = st.sampled_from(["$%s$", "$$%s$$", r"\(%s\)", r"\[%s\]", "$ %s $"])
_PROSE = st.lists(
    st.sampled_from(["so", "5\\%", "\\$5", "% $no$\n", "\\verb|$|", "\n\n", "\\\\[2pt]", "{a}"]), max_size=5
)


@given(st.lists(st.tuples(_PROSE, _SHAPES, _LATEX), max_size=8))
def test_random_formulas_in_random_prose_are_found_exactly(parts: list[tuple[list[str], str, str]]) -> None:
    text = "".join(" ".join([*prose, shape % latex, ""]) for prose, shape, latex in parts)
    page = read_latex(text, "page.tex")
    assert [f.latex for f in page.formulas] == [latex for _, _, latex in parts]
    assert all(page.text[f.span.start : f.span.end] == f.latex for f in page.formulas)


@pytest.mark.parametrize(
    "unit", ["$ ", "\\[", "\\begin{align}", "\\verb|", "\\def\\a{", "\\section{", "\\begin{tabular}", "\\iffalse ", "%"]
)
def test_time_is_linear_on_hostile_text(unit: str) -> None:
    """Eight times the text takes about eight times as long, where a quadratic reader needs 64 times."""

    def seconds(size: int) -> float:
        start = time.process_time()
        with suppress(ReadingError):
            read_latex(unit * (size // len(unit)), "page.tex")
        return time.process_time() - start

    small = min(seconds(20_000) for _ in range(3))
    large = min(seconds(160_000) for _ in range(3))
    assert large < 30 * max(small, 0.004)
