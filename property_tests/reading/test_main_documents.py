"""A chapter has the macros of the document that takes it in, as they are where it does."""

from __future__ import annotations

from pathlib import Path

import pytest

from errata.reading.main_documents import macros_of_main
from errata.reading.sources import read_document

BOOK = r"""\documentclass{book}
\newcommand{\own}{book}
\include{symbols}
\begin{document}
\input{parts/first}
\input{parts/second}
\end{document}
"""
SYMBOLS = r"\newcommand{\V}[1]{\boldsymbol{#1}} \newcommand{\late}{symbols}"


def _written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        file = folder / (name.replace("__", "/") + ".tex")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder


@pytest.mark.parametrize("name", ["parts__first", "parts__second"])
def test_a_chapter_has_the_macros_of_its_book(tmp_path: Path, name: str) -> None:
    _written(tmp_path, book=BOOK, symbols=SYMBOLS, parts__first="$x$", parts__second="$x$")
    macros = read_document(str(tmp_path / f"{name.replace('__', '/')}.tex")).macros
    assert (macros["V"].arity, macros["own"].body) == (1, "book")


def test_its_own_macros_and_those_that_it_takes_in_win(tmp_path: Path) -> None:
    chapter = r"\newcommand{\own}{chapter} \input{more} $x$"
    _written(tmp_path, book=BOOK, symbols=SYMBOLS, parts__first=chapter, parts__more=r"\newcommand{\late}{more}")
    macros = read_document(str(tmp_path / "parts/first.tex")).macros
    assert (macros["own"].body, macros["late"].body) == ("chapter", "more")


def test_what_a_later_chapter_defines_is_not_yet_said(tmp_path: Path) -> None:
    _written(tmp_path, book=BOOK, symbols=SYMBOLS, parts__first="$x$", parts__second=r"\renewcommand{\late}{second}")
    assert read_document(str(tmp_path / "parts/first.tex")).macros["late"].body == "symbols"


def test_a_document_that_does_not_take_it_in_gives_nothing(tmp_path: Path) -> None:
    _written(tmp_path, book=BOOK, symbols=SYMBOLS, parts__first="$x$", parts__other="$x$")
    assert not read_document(str(tmp_path / "parts/other.tex")).macros


def test_an_inclusion_in_a_comment_gives_nothing(tmp_path: Path) -> None:
    _written(tmp_path, book=BOOK.replace(r"\input{parts/first}", r"% \input{parts/first}"), symbols=SYMBOLS)
    _written(tmp_path, parts__first="$x$")
    assert not read_document(str(tmp_path / "parts/first.tex")).macros


def test_a_document_with_a_class_of_its_own_is_no_chapter(tmp_path: Path) -> None:
    _written(tmp_path, book=BOOK, symbols=SYMBOLS, parts__first=r"\documentclass{article} $x$")
    assert not read_document(str(tmp_path / "parts/first.tex")).macros


def test_a_subfile_names_its_main_document(tmp_path: Path) -> None:
    subfile = r"\documentclass[../book]{subfiles} \begin{document} $x$ \end{document}"
    _written(tmp_path, book=BOOK.replace("input", "subfile"), symbols=SYMBOLS, parts__first=subfile)
    assert read_document(str(tmp_path / "parts/first.tex")).macros["own"].body == "book"


def test_no_document_is_looked_for_beyond_a_repository(tmp_path: Path) -> None:
    _written(tmp_path, book=BOOK, symbols=SYMBOLS, parts__first="$x$")
    (tmp_path / "parts" / ".git").mkdir()
    assert not macros_of_main("$x$", str(tmp_path / "parts" / "first.tex"))
    assert not macros_of_main("$x$", str(tmp_path / "absent" / "folder" / "first.tex"))


def test_files_that_take_in_each_other_come_to_an_end(tmp_path: Path) -> None:
    _written(tmp_path, book=BOOK, symbols=r"\input{book} \newcommand{\a}{b}", parts__first=r"\input{first} $x$")
    assert read_document(str(tmp_path / "parts/first.tex")).macros["a"].body == "b"
