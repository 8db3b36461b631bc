"""A label before a quantity is no factor of it; a factor is."""

from __future__ import annotations

import pytest

from claims.verdict import Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.quantity_labels import without_quantity_label
from errata.reading.sources import read_document
from errata.reading.unparse import to_latex


@pytest.mark.parametrize(
    ("latex", "left"),
    [
        (r"\text{Mean} \cdot \mathbb{E}[Y]", r"\mathbb{E}[Y]"),
        (r"\text{Variance} \cdot \mathrm{Var}[Y]", r"\mathrm{Var}[Y]"),
        (r"\text{Mean} \cdot \mathrm{Var}[Y]", r"\text{Mean} \cdot \mathrm{Var}[Y]"),
        (r"\text{Rate} \cdot \mathbb{E}[Y]", r"\text{Rate} \cdot \mathbb{E}[Y]"),
        (r"\text{Mean} \mathbb{E}[Y] c", r"\text{Mean} \mathbb{E}[Y] c"),
    ],
)
def test_only_the_name_of_a_quantity_is_its_label(latex: str, left: str) -> None:
    assert to_latex(without_quantity_label(parse(latex).statements[0])) == left


PAGE = r"""
# Bernoulli · the law

$$Y \sim \text{Bernoulli}(p)$$

# %s · moments

$$\text{Variance} \cdot \text{Var}[Y] = \mathbb{E}[Y^2] - \mathbb{E}[Y]^2 = %s$$
"""


def supported(page: str) -> list[bool]:
    return [isinstance(j.verdict, Supported) for j in examine(read_document("a.md", page.encode()), Options()).judged][
        1:
    ]


def test_the_law_of_a_subject_is_in_force_for_all_its_aspects() -> None:
    assert supported(PAGE % ("Bernoulli", "p - p^2")) == [True, True]
    assert supported(PAGE % ("Bernoulli", "p + p^2")) == [True, False]
    assert supported(PAGE % ("Beta", "p - p^2")) == [True, False]


def test_a_product_in_words_is_said_before_it_is_written_out() -> None:
    page = r"$$\text{Posterior} \propto \text{Likelihood} \times \text{Prior} \cdot p^2 \cdot p (1 - p) = %s$$"

    def last(page: str) -> str:
        return type(examine(read_document("a.md", page.encode()), Options()).judged[-1].verdict).__name__

    assert last(page % "p^3 - p^4") == "Proved" and last(page % "p^3 - p^3") == "Refuted"
    assert last(page.replace("Prior", "Rate") % "p^3 - p^4") == "Undecided"
