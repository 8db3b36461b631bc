"""Macros expand, keep the places of their arguments, and can't run away."""

from __future__ import annotations

import pytest

from errata.reading.document import Macro
from errata.reading.lexer import TooLarge, tokenize
from errata.reading.parser import parse
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
