"""What the words around a formula say of its symbols."""

from __future__ import annotations

from functools import partial

from errata.judging.core import all_names, first_name
from errata.page.surroundings import surroundings
from errata.reading.document import Document
from errata.reading.parser import parse
from errata.reading.sources import read_document
from errata.reading.tree import Lines


def root_of(page: Document, index: int) -> Lines:
    return parse(page.formulas[index].latex)


def test_words_beside_a_symbol_are_those_of_its_noun_phrase() -> None:
    text = (
        "With process noise $Q$ and the covariance of the measurement noise $R$, where $H$ is the observation matrix."
    )
    page = read_document("a.md", f"{text}\n\n$$K = 1$$".encode())
    around = surroundings(page, 3, partial(root_of, page), first_name, all_names)
    assert "process noise" in around.said["Q"] and "process" not in around.said["R"]
    assert "measurement noise" in around.said["R"]
    assert "observation matrix" in around.said["H"]
    assert {"Q", "R", "H"} <= around.mentioned


def test_titles_are_those_of_the_sections_that_a_formula_stands_in() -> None:
    page = read_document("a.md", b"# Kalman\n\n## Gain\n\n$a = 1$\n\n# Beta\n\n$b = 2$\n")
    first, last = (surroundings(page, n, partial(root_of, page), first_name, all_names).text for n in (0, 1))
    assert "Kalman" in first and "Gain" in first
    assert "Kalman" not in last and "Beta" in last
