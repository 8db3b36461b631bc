"""Macro definitions of TeX, tables of MathJax, tables in YAML, and where a site keeps them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errata.reading.definitions import definitions, macros_of
from errata.reading.document import Macro
from errata.reading.macro_tables import macros_of_tables
from errata.reading.macro_yaml import macros_of_yaml
from errata.reading.sources import read_document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\newcommand{\R}{\mathbb{R}}", Macro("R", 0, r"\mathbb{R}")),
        (r"\newcommand\R{\mathbb R}", Macro("R", 0, r"\mathbb R")),
        (r"\renewcommand*{\v}[1]{\mathbf{#1}}", Macro("v", 1, r"\mathbf{#1}")),
        (r"\newcommand{\E}[2][p]{E_{#1} #2}", Macro("E", 2, "E_{#1} #2", "p")),
        (r"\DeclareRobustCommand{\a}{b}", Macro("a", 0, "b")),
        (r"\def\two#1#2{#2\{#1}", Macro("two", 2, r"#2\{#1")),
        (r"\gdef\a{b}", Macro("a", 0, "b")),
        (r"\let\eps=\varepsilon", Macro("eps", 0, r"\varepsilon")),
        (r"\let\eps\varepsilon", Macro("eps", 0, r"\varepsilon")),
        (r"\DeclareMathOperator{\KL}{KL}", Macro("KL", 0, r"\operatorname{KL}")),
        (r"\DeclareMathOperator*{\amax}{arg\,max}", Macro("amax", 0, r"\operatorname*{arg\,max}")),
        (r"\NewDocumentCommand{\kl}{m m}{#1|#2}", Macro("kl", 2, "#1|#2")),
        (r"\NewDocumentCommand\kl{O{q} m}{#1|#2}", Macro("kl", 2, "#1|#2", "q")),
    ],
)
def test_each_way_to_define(text: str, expected: Macro) -> None:
    (found,) = definitions(f"a {text} b")
    assert found.macro == expected
    assert f"a {text} b"[found.span.start : found.span.end] == text


@pytest.mark.parametrize(
    "text",
    [r"\newcommand{\R", r"\newcommand{\R}{", r"\def\a(#1){b}", r"\newcommander{\R}{x}", r"\let", r"\newcommand{R}{x}"],
)
def test_what_is_not_understood_is_passed_over(text: str) -> None:
    assert definitions(text) == []


def test_the_last_definition_counts_but_provided_ones_yield() -> None:
    text = r"\newcommand{\a}{1}\renewcommand{\a}{2}\providecommand{\a}{3}\providecommand{\b}{4}"
    assert {n: m.body for n, m in macros_of(definitions(text)).items()} == {"a": "2", "b": "4"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r'macros: {RR: "\\mathbb{R}"}', [Macro("RR", 0, r"\mathbb{R}")]),
        (r"""'macros' : { "\\RR" : '\\mathbb{R}', }""", [Macro("RR", 0, r"\mathbb{R}")]),
        (
            r'Macros: {b: ["{\\bf #1}", 1], E: ["E_{#1}#2", 2, "p"]}',
            [Macro("b", 1, r"{\bf #1}"), Macro("E", 2, "E_{#1}#2", "p")],
        ),
        ("macros: {a: `x`, // note\n /* , b: 'no' */ c: String.raw`\\d`}", [Macro("a", 0, "x"), Macro("c", 0, r"\d")]),
        ("macros: {two: '#1#2'}", [Macro("two", 2, "#1#2")]),
        ("macros: {a: '1', b: f(x), c: '2'}", [Macro("a", 0, "1")]),
        ("macros: {a", []),
        ("macros: {{{{", []),
        ("macros: undefined", []),
        ("macros: {'__proto__': 'x', 'a b': 'y'}", []),
    ],
)
def test_tables_in_javascript(text: str, expected: list[Macro]) -> None:
    assert list(macros_of_tables(f"MathJax = {{tex: {{{text}}}}}").values()) == expected


def test_tables_in_yaml() -> None:
    text = r"""
sphinx:
  mathjax3_config:
    tex:
      macros:
        "N": "\\mathbb{N}"
        floor: ["\\lfloor#1\\rfloor", 1]
        # note
        bare: \mathbf
other: 1
project:
  math:
    '\R': '\mathbb{R}'
    '\E':
      macro: 'E_{#1}'
      title: no
"""
    found = {n: (m.arity, m.body) for n, m in macros_of_yaml(text).items()}
    assert found == {
        "N": (0, r"\mathbb{N}"),
        "floor": (1, r"\lfloor#1\rfloor"),
        "bare": (0, r"\mathbf"),
        "R": (0, r"\mathbb{R}"),
        "E": (1, "E_{#1}"),
    }


@given(st.text(r"macros: {}[]'\"\n\\a#1,`/*", max_size=60))
def test_any_table_is_read_without_a_crash(text: str) -> None:
    macros_of_tables("macros: {" + text)
    macros_of_yaml("macros:\n  " + text)
    definitions("\\newcommand" + text)


def test_a_site_keeps_macros_in_its_layouts_and_settings(tmp_path: Path) -> None:
    for name, text in {
        "_config.yml": "title: x\n",
        "_layouts/default.html": r"<script>MathJax = {tex: {macros: {RR: '\\mathbb{R}', own: 'site'}}}</script>",
        "_includes/deep/math.html": r"$$\newcommand{\EE}{\mathbb{E}}$$",
        "notes/week/one.md": r"$$\newcommand{\own}{page}$$ $\RR$",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    page = read_document(str(tmp_path / "notes" / "week" / "one.md"))
    assert {n: m.body for n, m in page.macros.items()} == {"RR": r"\mathbb{R}", "EE": r"\mathbb{E}", "own": "page"}


def test_layouts_of_no_site_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "_layouts").mkdir()
    (tmp_path / "_layouts" / "default.html").write_text("macros: {RR: 'x'}")
    (tmp_path / "page.md").write_text("$x$")
    assert not read_document(str(tmp_path / "page.md")).macros


def test_a_folder_of_posts_marks_a_site_too(tmp_path: Path) -> None:
    for name, text in {
        "_posts/2020-01-01-one.md": r"$\RR$",
        "_includes/math.html": r"\(\newcommand{\RR}{\mathbb{R}}\)",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert read_document(str(tmp_path / "_posts/2020-01-01-one.md")).macros["RR"].body == r"\mathbb{R}"
