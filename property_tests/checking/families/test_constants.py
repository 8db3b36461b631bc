"""Names that the text calls constants: as summands and as factors of densities, and where no constant can be meant."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.constants import constants_said
from errata.reading.sources import read_document

MODEL = "# Model\n\nThe model is $$ p(v | h) = \\mathcal{N}(v; m_h, s^2 I) $$\n"


def last(relation: str, before: str = "With a constant $c$ we get", after: str = ""):
    text = f"{MODEL}\n{before} $$ {relation} $$ {after}\n"
    return examine(read_document("notes.md", text.encode()), Options()).judged[-1]


RIGHT = [
    r"-\log p(v | h) = c + \frac{1}{2 s^2} \|v - m_h\|^2",
    r"\log p(v | h) = c - \frac{1}{2 s^2} \|v - m_h\|^2",
    r"p(v | h) = c \exp(-\frac{1}{2 s^2} \|v - m_h\|^2)",
]
WRONG = [
    r"-\log p(v | h) = c \frac{1}{2 s^2} \|v - m_h\|^2",
    r"-\log p(v | h) = c + \frac{1}{s^2} \|v - m_h\|^2",
    r"-\log p(v | h) = c - \frac{1}{2 s^2} \|v - m_h\|^2",
    r"\log p(v | h) = c - \frac{1}{2 s} \|v - m_h\|^2",
]


@pytest.mark.parametrize("relation", RIGHT)
def test_what_holds_for_some_constant_is_supported(relation):
    found = last(relation).verdict
    assert isinstance(found, Supported)
    assert "c is a constant" in found.holds_if


@pytest.mark.parametrize("relation", WRONG)
def test_what_holds_for_no_constant_is_refuted(relation):
    assert isinstance(last(relation).verdict, Refuted)


def test_a_factor_that_should_be_a_summand_is_mended():
    found = last(WRONG[0])
    assert found.verdict.repair.latex == r"c + \frac{1}{2 s^2} \|v - m_h\|^2"
    assert "as a summand does" in found.message


@pytest.mark.parametrize("relation", WRONG[:3])
def test_the_witness_is_small(relation):
    """Two coordinates, and plain values."""
    by = last(relation).verdict.by
    assert len(by.witness) == 5
    assert {name.partition("[")[2] for name, _ in by.witness} == {"", "1]", "2]"}
    assert all(len(value) < 5 for _, values in by.witness for value in values.split(", then "))


def test_a_factor_in_an_exponent_is_no_constant():
    assert not isinstance(last(r"p(v | h) = \exp(-c \|v - m_h\|^2)").verdict, Supported | Refuted)


@pytest.mark.parametrize("before", ["Hence", "With the constant matrix $c$ we get", "With a constant $k$ we get"])
def test_a_name_that_is_not_called_a_constant_is_none(before):
    assert not isinstance(last(RIGHT[0], before).verdict, Supported | Refuted)
    assert not isinstance(last(WRONG[0], before).verdict, Supported | Refuted)


def test_what_is_called_a_constant_before_and_after_a_formula():
    assert constants_said("Then, let $c$ be constant,", "") == constants_said("", "where $c$ is a constant.") == {"c"}
    assert constants_said("for some constant $\\kappa$", "") == {"\\kappa"}
    assert constants_said("let $S$ be a constant matrix", "") == frozenset()
    assert constants_said("Let $c$ be a constant. Then", "") == frozenset()


@pytest.mark.parametrize(
    "before", ["Up to terms without $h$, with a constant $c$,", "Ignoring the rest, with a constant $c$"]
)
def test_where_something_is_left_out_nothing_is_refuted(before):
    assert not isinstance(last(WRONG[0], before).verdict, Supported | Refuted)
