"""Which names stand for standard normal noise."""

from __future__ import annotations

from errata.checking.context import State
from errata.checking.families.chains.noise import is_noise, may_be_noise, noises
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.sources import read_document


def known(text: str) -> dict[str, int]:
    return noises(State(read_document("a.md", text.encode()), Options()))


def test_what_is_said_in_formulas_and_in_words():
    assert known(r"$e_t \sim \mathcal{N}(0, I)$") == {"e": 1}
    assert known(r"$\mathbf{e} \sim \mathcal{N}(\mathbf{0}, \mathbf{I})$") == {"e": 1}
    assert known(r"$e \sim \mathcal{N}(0, 1)$") == {"e": 1}
    assert known(r"where $e$ is standard normal.") == {"e": 1}


def test_another_law_leaves_it_open():
    assert known(r"$e \sim \mathcal{N}(0, 2 I)$") == {}
    assert known(r"$e \sim \mathcal{N}(0, I)$ or $e \sim \mathcal{N}(m, I)$") == {}
    assert known(r"$e \sim \mathrm{Exp}(1)$") == {}


def test_names_of_noise():
    letters = {"e": 1}
    rows = [("e", True, True), ("e_t", True, True), (r"\hat e", False, True), (r"\epsilon", False, True)]
    for latex, sure, possible in (*rows, (r"e_\theta", False, False), ("x", False, False)):
        node = parse(latex).statements[0]
        assert (is_noise(node, letters), may_be_noise(node, letters)) == (sure, possible), latex
