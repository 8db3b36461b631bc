"""From a main file to its chapters: what LaTeX and Markdown take in, and what the list of a book names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from errata.cli import main
from errata.reading.discover import discover
from errata.reading.followed import named_in
from errata.reading.sources import read_document
from property_tests.reading.test_discover import names, plant

MAIN = r"""\documentclass{book}
\input{symbols}
\begin{document}
\include{one/first} % \input{hidden}
\subimport{two/}{second}
\import{three}{third}
\subfile{four/fourth.tex}
\begin{verbatim}
\input{shown}
\end{verbatim}
\input fifth
\end{document}
"""
CHAPTERS = {
    "symbols.tex": r"\newcommand{\E}{\mathbb{E}}",
    "one/first.tex": r"So $1 + 1 = 2$. \input{one/inner}",
    "one/inner.tex": "So $1 + 2 = 3$.",
    "two/second.tex": r"So $2 + 2 = 4$. \input{beside}",
    "two/beside.tex": "So $2 + 3 = 5$.",
    "three/third.tex": "So $3 + 3 = 6$.",
    "four/fourth.tex": r"\documentclass[../main]{subfiles} \begin{document} $4 + 4 = 8$ \end{document}",
    "fifth.tex": "So $5 + 5 = 10$.",
    "hidden.tex": "$x$",
    "shown.tex": "$x$",
}


def test_latex_is_followed_in_its_order(tmp_path: Path) -> None:
    plant(tmp_path, {"main.tex": MAIN, **CHAPTERS})
    assert names(tmp_path, "main.tex") == [
        "main.tex",
        "one/first.tex",
        "one/inner.tex",
        "two/second.tex",
        "two/beside.tex",
        "three/third.tex",
        "four/fourth.tex",
        "fifth.tex",
    ]


def test_files_that_take_each_other_in_are_read_once(tmp_path: Path) -> None:
    plant(tmp_path, {"main.tex": r"$a$ \input{other}", "other.tex": r"$b$ \input{main}\input{other}"})
    assert names(tmp_path, "main.tex", "other.tex") == ["main.tex", "other.tex"]


def test_chapters_and_macros_out_of_the_folder(tmp_path: Path) -> None:
    book = r"\documentclass{book}\input{../common/symbols}\begin{document}\input{../parts/one}\end{document}"
    symbols = r"\newcommand{\half}{\frac{1}{2}}"
    plant(tmp_path, {"src/main.tex": book, "common/symbols.tex": symbols, "parts/one.tex": r"$\half = 0.5$"})
    assert names(tmp_path, "src/main.tex") == ["src/main.tex", "parts/one.tex"]
    assert "half" in read_document(str(tmp_path / "src/main.tex")).macros


TOC = """
format: jb-book
root: intro
parts:
  - chapters:
    - file: ch/a  # first
    - file: ch/b
"""
QUARTO = """
book:
  title: "T.md of"
  chapters:
    - intro.md
    - part: ch/a.md
      chapters: [ch/b.qmd]
"""
MYST = """
project:
  toc:
    - file: intro.md
    - title: x
      children:
        - file: ch/a.md
        - file: ch/b.qmd
"""


@pytest.mark.parametrize(("name", "text"), [("_toc.yml", TOC), ("_quarto.yml", QUARTO), ("myst.yml", MYST)])
def test_the_list_of_a_book_stands_for_its_chapters(name: str, text: str, tmp_path: Path) -> None:
    plant(tmp_path, {name: text} | dict.fromkeys(["intro.md", "ch/a.md", "ch/b.qmd", "other.md"], "$x$"))
    assert names(tmp_path, name) == ["intro.md", "ch/a.md", "ch/b.qmd"]


def test_a_summary_and_includes_of_markdown(tmp_path: Path) -> None:
    summary = "# Summary\n- [A](a.md)\n- [B](sub/b.md#part)\n- [Away](https://example.org/c.md)\n"
    files = {"SUMMARY.md": summary, "a.md": "$x$ {{< include _part.md >}}", "sub/b.md": "$y$", "_part.md": "$z$"}
    plant(tmp_path, files)
    assert names(tmp_path, "SUMMARY.md") == ["SUMMARY.md", "a.md", "_part.md", "sub/b.md"]
    plant(tmp_path, {"README.md": summary})
    assert names(tmp_path, "README.md") == ["README.md"]  # links of any other page are only links


def test_a_list_in_a_folder_adds_what_lies_outside(tmp_path: Path) -> None:
    plant(
        tmp_path, {"book/_toc.yml": "root: a\nchapters:\n- file: ../more/b\n", "book/a.md": "$x$", "more/b.md": "$y$"}
    )
    assert names(tmp_path, "book") == ["book/a.md", "more/b.md"]


def test_a_chapter_that_a_book_lists_and_lacks_is_an_error(tmp_path: Path) -> None:
    plant(tmp_path, {"_toc.yml": "root: a\nchapters:\n- file: gone\n", "a.md": "$x$"})
    found = discover([str(tmp_path / "_toc.yml")])
    assert [os.path.basename(f) for f in found.files] == ["a.md"]
    [error] = found.errors
    assert error.path.endswith("gone.md") and "_toc.yml lists it" in error.why


def test_sphinx_names_its_pages_in_toctrees() -> None:
    text = (
        ".. toctree::\n   :maxdepth: 2\n\n   intro\n   Second <ch/second>\n   self\n\nText.\n\n.. include:: part.rst\n"
    )
    found = [named.names[0] for named in named_in(text, "index.rst")]
    assert sorted(found) == ["ch/second.md", "intro.md", "part.rst"]


def test_a_finding_stands_at_its_own_file_and_line(tmp_path: Path) -> None:
    book = "\\documentclass{book}\n\\begin{document}\n\\include{one}\n\\include{gone}\n\\end{document}\n"
    plant(tmp_path, {"main.tex": book, "one.tex": "Here\n$1 + 1 = 3$.\n"})
    ran = CliRunner().invoke(main, ["check", str(tmp_path / "main.tex"), "--no-cache", "-j", "1"])
    assert ran.exit_code == 1
    assert f"{tmp_path / 'one.tex'}:2:" in ran.stdout
    gone = f"{tmp_path / 'gone.tex'} ({tmp_path / 'main.tex'}:4)"
    assert f"warning: named in the notes and not found: {gone}" in ran.stdout


@pytest.mark.parametrize(
    ("settings", "front"),
    [
        ("format:\n  html:\n    include-in-header: heads/own.html\n", ""),
        ("format:\n  pdf:\n    include-in-header:\n      - file: heads/own.html\n", ""),
        ("project: x\n", "---\ninclude-in-header: heads/own.html\n---\n"),
    ],
)
def test_macros_in_the_header_of_quarto(settings: str, front: str, tmp_path: Path) -> None:
    head = "<div>$\\newcommand{\\half}{0.5}$</div>"
    plant(tmp_path, {"_quarto.yml": settings, "a.qmd": f"{front}So $\\half$.", "heads/own.html": head})
    assert read_document(str(tmp_path / "a.qmd")).macros["half"].body == "0.5"


def test_a_header_that_nothing_names_defines_nothing(tmp_path: Path) -> None:
    head = "$\\newcommand{\\half}{0.5}$"
    plant(tmp_path, {"_quarto.yml": "project: x\n", "a.qmd": "So $\\half$.", "heads/own.html": head})
    assert "half" not in read_document(str(tmp_path / "a.qmd")).macros
