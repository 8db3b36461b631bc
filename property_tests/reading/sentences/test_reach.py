"""Logarithms without brackets before several laws: both reaches are read."""

from __future__ import annotations

import pytest

from errata.reading.parser import parse
from errata.reading.relations import stated
from errata.reading.sentences.reach import NARROW, narrowed
from errata.reading.sentences.readings import readings
from errata.reading.unparse import to_latex


@pytest.mark.parametrize(
    ("latex", "narrow"),
    [
        (r"\log p(x) q(z)", r"\log p(x) \cdot q(z)"),
        (r"\int \log p(x | z) q(z) dz", None),
    ],
)
def test_the_logarithm_is_taken_of_the_first_factor(latex, narrow):
    node = parse(latex).statements[0]
    found = narrowed(node)
    assert found is not node
    if narrow is not None:
        assert to_latex(found).replace(" ", "") == to_latex(parse(narrow).statements[0]).replace(r"\cdot", "").replace(
            " ", ""
        )


@pytest.mark.parametrize("latex", [r"\log p(x)", r"\log (p(x) q(z))", r"\log 2 \pi \sigma^2"])
def test_one_factor_or_brackets_leave_no_choice(latex):
    node = parse(latex).statements[0]
    assert narrowed(node) is node


def test_both_are_readings_and_the_second_says_so():
    pair = stated(parse(r"E_{q(z)}[\log p(x | z)] = \int \log p(x | z) q(z) dz"))[0].pairs()[0]
    found = readings(pair.left, pair.right)
    assert found[0].condition != NARROW
    assert NARROW in (found[-1].condition or "")
