"""Which sums run over a sample, and what their summand is of the variable itself."""

from __future__ import annotations

import pytest

from errata.checking.sample_sums import member_base, sample_sums
from errata.reading.parser import parse
from errata.reading.unparse import to_latex


def only(text):
    return list(sample_sums(parse(text).statements[0]))


@pytest.mark.parametrize(
    ("text", "divided"),
    [
        (r"\frac{1}{M} \sum_{j=1}^M g(v_j)", True),
        (r"\frac{1}{M} \sum_j g(v_j)", True),
        (r"\frac{\sum_{j=1}^M g(v_j)}{M}", True),
        (r"\sum_{j=1}^M g(v_j)", False),
        (r"\frac{1}{M} \sum_{j=1}^M g(v^{(j)})", True),
    ],
)
def test_a_sum_over_a_sample_has_one_member(text, divided):
    (found,) = only(text)
    assert (found.divided, to_latex(found.base), to_latex(found.size)) == (divided, "v", "M")
    assert to_latex(found.summand_at(found.base)) == "g(v)"


def test_a_power_of_a_member_is_one_of_the_variable():
    (found,) = only(r"\frac{1}{M} \sum_{j=1}^M v_j^2")
    assert to_latex(found.summand_at(parse("V").statements[0])) == "(V)^2"


@pytest.mark.parametrize(
    "text",
    [
        r"\frac{1}{M-1} \sum_{j=1}^M g(v_j)",
        r"\frac{1}{K} \sum_{j=1}^M g(v_j)",
        r"\frac{1}{M} \sum_{j=2}^M g(v_j)",
        r"\frac{1}{M} \sum_{k=1}^M g(v_j)",
        r"\frac{1}{M} \sum_{j=1}^M j g(v_j)",
        r"\frac{1}{M} \sum_{j=1}^M g(v_j, w_j)",
        r"\frac{1}{M} \sum_{j=1}^M \sum_k g(v_j, k)",
        r"\sum_j g(v_j)",
        r"\prod_{j=1}^M g(v_j)",
    ],
)
def test_other_sums_are_none(text):
    assert only(text) == []


def test_a_member_is_a_name_with_one_index():
    assert to_latex(member_base(parse("v_j").statements[0])) == "v"
    assert member_base(parse("v_{j+1}").statements[0]) is None
    assert member_base(parse("v").statements[0]) is None
