"""Formulas of reStructuredText, Org, Sweave and Python notebooks, at their places; what isn't read says the way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from errata.commands.settling import comment_of, with_comment
from errata.reading.discover import discover
from errata.reading.document import Document
from errata.reading.sources import ReadingError, read_document


def placed(page: Document) -> list[tuple[int, str]]:
    return [(page.place(f.span.start).line, f.latex) for f in page.formulas]


def is_in_place(page: Document) -> bool:
    """Whether each formula begins and ends with the characters that stand at its place in the file."""
    ends = [(f.latex[0], f.latex[-1], f.offset(0), f.span.end - 1) for f in page.formulas]
    return all((page.text[a], page.text[b]) == (first, last) for first, last, a, b in ends)


RST = """\
A title
=======

.. a comment with :math:`x`
   that goes on: :math:`x`

The mean :math:`\\mu`
is here, ``:math:`no``` is code, and :math:`a
+ b` goes on.

.. math:: c = d
   :label: one

.. math::
   :nowrap:

   e = f

   g = h

.. math::

   \\begin{aligned}
   i &= j

   \\end{aligned}

.. code-block:: python

   # :math:`x`

Code::

   :math:`x`

Below
-----
   Still :math:`k`.
"""


def test_restructured_text() -> None:
    page = read_document("a.rst", RST)
    aligned = "\\begin{aligned}\n   i &= j\n\n   \\end{aligned}"
    assert placed(page) == [
        (7, "\\mu"),
        (8, "a\n+ b"),
        (11, "c = d"),
        (17, "e = f"),
        (19, "g = h"),
        (23, aligned),
        (38, "k"),
    ]
    assert [f.display for f in page.formulas] == [False, False, True, True, True, True, False]
    assert [(h.title, h.level) for h in page.headings] == [("A title", 1), ("Below", 2)]
    assert [page.text[c.start : c.end].split()[:2] for c in page.comments] == [["a", "comment"]]


def test_macros_and_the_author_in_restructured_text() -> None:
    page = read_document("a.rst", ".. math::\n\n   \\newcommand{\\half}{0.5} 1 - \\half = 0.5\n\n.. errata: skip\n")
    assert page.macros["half"].body == "0.5" and page.formulas[0].latex.endswith("1 - \\half = 0.5")
    assert "errata: skip" in page.text[page.comments[0].start : page.comments[0].end]


ORG = """\
#+TITLE: On $x$
#+LATEX_HEADER: \\newcommand{\\half}{0.5}
* Means
The mean \\(\\mu\\) and $\\sigma$ cost $5 or $6.
# a comment with $x$
\\[ a = b \\]
#+begin_src latex
$x$
#+end_src
: $x$
** Sums of =$x$= and ~$x$~
\\begin{align}
c &= d
\\end{align}
"""


def test_org() -> None:
    page = read_document("a.org", ORG)
    assert placed(page) == [
        (4, "\\mu"),
        (4, "\\sigma"),
        (6, "a = b"),
        (12, "\\begin{align}\nc &= d\n\\end{align}"),
    ]
    assert [h.level for h in page.headings] == [1, 2] and page.macros["half"].body == "0.5"


def test_sweave() -> None:
    text = "\\begin{document}\nSo $a$.\n<<echo=FALSE>>=\nx <- y$z; u$v\n@\nThen $b$.\n\\end{document}\n"
    page = read_document("a.Rnw", text)
    assert placed(page) == [(2, "a"), (6, "b")] and page.text == text


PERCENT = """\
# ---
# jupyter: x
# ---

# %% [markdown]
# # Title
# The law is $a = b$, and
# $$
# c = d
# $$

# %%
# not $x$
y = "$x$"

# %% [markdown]
r\"\"\"
So $e$.
\"\"\"
"""

LIGHT = """\
# ---
# jupyter:
#   jupytext:
#     text_representation:
#       format_name: light
# ---

# So $a = b$.

x = 1  # and $x$

# + [markdown]
# Then $c$.
# -
"""

MARIMO = '''\
import marimo

@app.cell
def _(mo):
    mo.md(
        r"""
        # Title

        So $a = \\\\frac{1}{2}$ and

        $$
        b = c
        $$
        """
    )

@app.cell
def _(mo):
    mo.md("""In $\\\\alpha$ too.""")
    mo.md(f"""And ${{d}}$.""")
'''


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (PERCENT, [(7, "a = b"), (9, "c = d"), (18, "e")]),
        (LIGHT, [(8, "a = b"), (13, "c")]),
        (MARIMO.replace("\\\\frac", "\\frac"), [(9, "a = \\frac{1}{2}"), (12, "b = c"), (19, "\\alpha"), (20, "{d}")]),
    ],
    ids=["percent", "light", "marimo"],
)
def test_notebooks_as_python(source: str, expected: list[tuple[int, str]]) -> None:
    page = read_document("a.py", source)
    assert placed(page) == expected and is_in_place(page)


def test_a_search_takes_python_files_with_cells_alone(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(PERCENT)
    (tmp_path / "b.py").write_text("# $x$\n")
    assert [Path(f).name for f in discover([str(tmp_path)]).files] == ["a.py"]
    assert not read_document(str(tmp_path / "b.py")).formulas


@pytest.mark.parametrize(("path", "way"), [("a.typ", "pandoc notes.typ"), ("a.docx", "pandoc"), ("a.pdf", "source")])
def test_what_is_not_read_says_the_way_out(path: str, way: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read_document(path, "$x$")
    assert way in caught.value.remedy


@pytest.mark.parametrize(
    ("path", "source", "comment"),
    [
        ("a.rst", "So :math:`a = b`.\n", ".. errata: skip\n"),
        ("a.org", "So $a = b$.\n", "# errata: skip"),
        ("a.Rnw", "So $a = b$.\n", "% errata: skip"),
        ("a.py", "# %% [markdown]\n# So $a = b$.\n", "# <!-- errata: skip -->"),
    ],
)
def test_a_comment_of_the_author_is_written_as_each_kind_of_file_takes_it(path: str, source: str, comment: str) -> None:
    page = read_document(path, source)
    assert comment_of(page, "skip") == comment
    told = with_comment(page, 0, "skip")
    again = read_document(path, told.text)
    assert [told.text[c.start : c.end].strip() for c in told.comments] == ["errata: skip"]
    assert [again.text[c.start : c.end].strip() for c in again.comments] == ["errata: skip"]
    assert [f.span for f in again.formulas] == [f.span for f in told.formulas]
