"""Notebooks: Markdown cells only, each by itself, with places by cell and line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errata.reading.document import Place
from errata.reading.notebook import read_notebook
from errata.reading.plain_text import ReadingError


def notebook(*cells: tuple[str, object]) -> str:
    return json.dumps({"nbformat": 4, "cells": [{"cell_type": kind, "source": source} for kind, source in cells]})


def test_places_count_cells_of_the_file_and_lines_of_the_cell() -> None:
    text = notebook(
        ("markdown", ["# T\n", "let $a$"]), ("code", "'$no$'"), ("markdown", "$$\r\nb\r\n$$"), ("raw", "$no$")
    )
    page = read_notebook(text, "a.ipynb")
    assert [(f.latex, page.place(f.span.start)) for f in page.formulas] == [
        ("a", Place(2, 6, 1)),
        ("b", Place(2, 1, 3)),
    ]
    assert [page.text[f.span.start : f.span.end] for f in page.formulas] == ["a", "b"]
    assert page.cell_numbers == (1, 3)
    assert [page.text[h.span.start : h.span.end] for h in page.headings] == ["# T"]


def test_an_unclosed_fence_ends_with_its_cell() -> None:
    page = read_notebook(notebook(("markdown", "```\n$no$"), ("markdown", "$a$")), "a.ipynb")
    assert [f.latex for f in page.formulas] == ["a"]


def test_tables_damages_comments_and_macros_move_with_their_cell() -> None:
    second = "|a|b|\n|-|-|\n|1|2|\n\n(\\tau) <!-- c --> $\\def\\x{y}$"
    page = read_notebook(notebook(("markdown", "first"), ("markdown", second)), "a.ipynb")
    spans = [page.tables[0].rows[0][1].span, page.damages[0].span, page.comments[0]]
    assert [page.text[s.start : s.end] for s in spans] == ["2", "(\\tau)", " c "]
    assert page.macros["x"].body == "y"


def test_the_older_layout_with_worksheets() -> None:
    text = json.dumps({"worksheets": [{"cells": [{"cell_type": "markdown", "source": "$a$"}]}]})
    assert [f.latex for f in read_notebook(text, "a.ipynb").formulas] == ["a"]


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"cells": 3}', "[" * 100_000, '{"cells": "x"}'])
def test_what_is_no_notebook_is_a_clear_error(text: str) -> None:
    with pytest.raises(ReadingError, match="JSON"):
        read_notebook(text, "a.ipynb")


def test_odd_cells_are_passed_over() -> None:
    cells = [None, 3, {}, {"cell_type": "markdown"}, {"cell_type": "markdown", "source": [1, "$a$", None]}]
    page = read_notebook(json.dumps({"cells": cells}), "a.ipynb")
    assert [f.latex for f in page.formulas] == ["a"]


@given(st.lists(st.tuples(st.booleans(), st.text("a $\n\\alpha`#|-", max_size=20)), max_size=5))
def test_every_formula_lies_in_its_cell(cells: list[tuple[bool, str]]) -> None:
    page = read_notebook(notebook(*(("markdown" if m else "code", s) for m, s in cells)), "a.ipynb")
    sources = dict(enumerate((s for _, s in cells), 1))
    for formula in page.formulas:
        place = page.place(formula.span.start)
        assert place.cell is not None
        line = sources[place.cell].split("\n")[place.line - 1]
        assert line[place.column - 1] == formula.latex[0]
