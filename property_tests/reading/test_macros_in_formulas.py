"""Macros expand, keep the places of their arguments, and can't run away."""

from __future__ import annotations

from pathlib import Path

import pytest

from errata.reading.definitions import definitions, macros_of
from errata.reading.document import Macro
from errata.reading.lexer import TooLarge, tokenize
from errata.reading.parser import parse
from errata.reading.sources import read_document
from errata.reading.tree import Opaque, Sym, walk
from errata.reading.words import words

MACROS = {
    "E": Macro("E", 2, r"\mathbb{E}_{#1}\left[#2\right]"),
    "KL": Macro("KL", 2, r"\mathrm{KL}(#1 \,\|\, #2)"),
    "norm": Macro("norm", 2, r"\mathcal{N}(#1, #2)", optional="0"),
    "loop": Macro("loop", 0, r"\loop \loop"),
    "says": Macro("says", 1, r"\text{when #1}"),
}


def test_arguments_are_put_in() -> None:
    assert words(parse(r"\E{p}{x^2} = \KL{p}{q}", MACROS)) == "E_p[x^2] = KL(p ‖ q)"


def test_an_optional_argument_has_its_default() -> None:
    assert words(parse(r"\norm{1}", MACROS)) == "N(0, 1)"
    assert words(parse(r"\norm[2]{1}", MACROS)) == "N(2, 1)"


def test_an_argument_keeps_its_place_and_the_body_has_the_place_of_the_call() -> None:
    latex = r"a + \KL{p}{q}"
    places = {n.name: (n.start, n.end) for n in walk(parse(latex, MACROS)) if isinstance(n, Sym)}
    assert places["p"] == (latex.index("p"), latex.index("p") + 1)
    assert places["KL"] == (4, 7)


def test_an_argument_in_a_text_is_put_in_as_text() -> None:
    assert words(parse(r"x \says{y}", MACROS)) == "x “when y”"


def test_a_bottomless_macro_is_refused() -> None:
    with pytest.raises(TooLarge, match="without end"):
        tokenize(r"\loop", MACROS)
    (statement,) = parse(r"\loop", MACROS).statements
    assert isinstance(statement, Opaque)


def test_a_definition_inside_a_formula_says_nothing() -> None:
    assert words(parse(r"\newcommand{\E}[1]{\mathbb{E}[#1]} a = b")) == "a = b"


@pytest.mark.parametrize(
    ("definition", "use", "said"),
    [
        (r"\NewDocumentCommand\grow{s m}{\IfBooleanTF{#1}{h}{g}(#2)}", r"\grow{x}", "g(x)"),
        (r"\NewDocumentCommand{\Mean}{o m}{\mathbb{E}_{#1}[#2]}", r"\Mean[p]{x}", "E_p[x]"),
        (
            r"\DeclarePairedDelimiter{\size}{\lvert}{\rvert}",
            r"\size*{x} + \size[\big]{y} + \size{z}",
            "|x| + |y| + |z|",
        ),
        (r"\DeclarePairedDelimiterX{\from}[2]{(}{)}{#1\,\delimsize\|\,#2}", r"\from{p}{q}", "(p ‖ q)"),
        (r"\DeclarePairedDelimiterXPP{\prob}[1]{P}{(}{)}{}{#1}", r"\prob{A}", "P(A)"),
        (r"\newcommandx{\add}[2][1=x]{#1+#2}", r"\add{y}, \add[a]{y}", "x + y, a + y"),
        (r"\let\eps=\varepsilon", r"\eps^2", "ε^2"),
    ],
)
def test_definitions_of_packages_are_followed(definition: str, use: str, said: str) -> None:
    macros = macros_of(definitions(definition))
    assert words(parse(use, macros)) == said


def test_a_sign_that_is_drawn_is_known_by_its_name() -> None:
    page = r"\def\independent{\protect\mathpalette{\protect\independenT}{\perp}} $X \independent Y$"
    document = read_document("page.tex", page.encode())
    assert words(parse(document.formulas[-1].latex, document.macros)) == "X ⊥ Y"


def test_macros_are_looked_for_in_the_files_named_for_them(tmp_path: Path) -> None:
    (tmp_path / "chapters").mkdir()
    (tmp_path / "macros.tex").write_text(r"\newcommand{\gain}{g} \newcommand{\loss}{l}")
    (tmp_path / "chapters" / "_macros.md").write_text(r"$\newcommand{\loss}{L}$")
    (tmp_path / "chapters" / "one.md").write_text(r"$$\gain(x) = \loss(x)$$")
    document = read_document(str(tmp_path / "chapters" / "one.md"))
    assert words(parse(document.formulas[0].latex, document.macros)) == "g(x) = L(x)"
