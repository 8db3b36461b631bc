"""A sum whose bracket was left out after it had stood in the member before."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported, Undecided, Verdict
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document


def last(latex: str) -> Verdict:
    return examine(read_document("a.md", f"$$ {latex} $$\n"), Options()).judged[-1].verdict


@pytest.mark.parametrize(
    "latex",
    [
        r"g = \sum_{i=1}^n 2 (x_i - m) / (2 s) = \frac{\sum_{i=1}^n x_i - m}{s}",
        r"g = \frac{2}{s} \sum_{i=1}^n (x_i - m) = \frac2s \sum_{i=1}^n x_i - m",
    ],
)
def test_a_bracket_that_stood_before_may_be_left_out(latex: str) -> None:
    assert isinstance(last(latex), Undecided)


@pytest.mark.parametrize(
    "latex",
    [
        r"g = \sum_{i=1}^n 2 (x_i - m) / (2 s) = \frac{\sum_{i=1}^n x_i + m}{s}",
        r"g = \sum_{i=1}^n (x_i - m) / s = \frac{2 \sum_{i=1}^n x_i - m}{s}",
        r"g = \sum_{i=1}^n x_i - 2 n m = \sum_{i=1}^n x_i - m",  # nothing was bracketed
        r"g = \sum_{i=1}^n (x_i - m) = \sum_{i=1}^n x_i - 2 m",  # not what the bracket held
    ],
)
def test_another_slip_beside_it_is_found(latex: str) -> None:
    assert isinstance(last(latex), Refuted)


def test_the_narrow_sum_is_supported_as_it_stands() -> None:
    assert isinstance(last(r"g = \sum_{i=1}^n (x_i - m) = \sum_{i=1}^n x_i - n m"), Supported)


OPEN = r"g = \frac{\sum_{i=1}^n (x_i^2 - \bar{x} x_i)}{s} = \frac{\sum_{i=1}^n x_i^2 - 2 n \bar{x} @ + n \bar{x}^2}{s}"


def test_a_sum_may_take_in_what_has_its_variable_behind_it() -> None:
    wide = r"g = \sum_{i=1}^n (2 x_i - y_i) / (2 s) = \frac{\sum_{i=1}^n x_i - y_i / 2}{s}"
    assert isinstance(last(wide), Undecided | Supported)
    assert not isinstance(last(wide.replace("y_i / 2}{s}", "y_i}{s}")), Supported)


def test_a_sum_that_fails_however_far_it_reaches_is_refuted() -> None:
    assert isinstance(last(OPEN.replace("@", r"\bar{x}")), Supported)
    assert isinstance(last(OPEN.replace("@", "x_i")), Refuted)
