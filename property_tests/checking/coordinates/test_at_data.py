"""Gradients at the numbers of an example, of losses by their names."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

EXAMPLE = r"""Fit $\hat{y} = w x$ to $(x_1, y_1) = (1, 1.5)$, $(x_2, y_2) = (3, 2.5)$. The least squares estimate is

$$ \hat{w} = \frac{9}{10} = 0.9 $$

Check that the gradient should be zero:

$$ \nabla_w \mathrm{MSE}(\hat{w}) = %s $$
"""


def verdict(claim: str, notes: str = EXAMPLE) -> object:
    judged = examine(read_document("a.md", notes % claim), Options()).judged
    return next(j.verdict for j in judged if "MSE" in j.left)


@pytest.mark.parametrize("claim", [r"2 \cdot 10 \cdot (\hat{w} - 9/10)", r"-2 (9 - 10 \hat{w})"])
def test_a_gradient_at_the_estimate_is_zero_for_every_form_of_the_loss(claim):
    found = verdict(claim)
    assert isinstance(found, Supported) and found.holds_if is not None
    assert found.holds_if.startswith(r"at \hat{w} =") and "MSE" not in found.holds_if


@pytest.mark.parametrize("claim", [r"2 \cdot 10 \cdot (\hat{w} - 9/12)", r"-2 (9 + 10 \hat{w})", r"20 \hat{w}"])
def test_a_slip_in_it_is_refuted(claim):
    found = verdict(claim)
    assert isinstance(found, Refuted) and found.by.witness


def test_elsewhere_the_form_that_holds_is_named():
    away = EXAMPLE.replace(r"\frac{9}{10} = 0.9", "2").replace("The least squares estimate is", "Start at")
    found = verdict(r"20 \cdot (\hat{w} - 9/10)", away)
    assert isinstance(found, Supported) and found.holds_if is not None and r"MSE = \sum" in found.holds_if
    mean = verdict(r"10 \cdot (\hat{w} - 9/10)", away)
    assert isinstance(mean, Supported) and mean.holds_if is not None and r"\frac{1}{N}" in mean.holds_if
    assert isinstance(verdict(r"30 \cdot (\hat{w} - 9/10)", away), Refuted)


def test_what_rounding_explains_is_not_refuted():
    rounded = EXAMPLE.replace(r"\frac{9}{10} = 0.9", "0.903")
    assert not isinstance(verdict(r"20 \cdot (\hat{w} - 0.903)", rounded), Refuted)


def test_without_data_or_model_nothing_is_said():
    for lost in (r"$(x_2, y_2) = (3, 2.5)$", r"$\hat{y} = w x$"):
        assert not isinstance(verdict(r"20 \hat{w}", EXAMPLE.replace(lost, "")), Supported)
    assert not isinstance(verdict(r"20 \hat{w}", EXAMPLE.replace(r"$\hat{y} = w x$", "")), Refuted)


def test_numbers_of_an_example_before_are_not_mixed_in():
    before = "First $x_1 = 7$, $x_2 = 8$, $x_3 = 9$, $y_1 = 1$, $y_2 = 1$, $y_3 = 2$. Let $u = v$. Let $r = s$.\n\n"
    found = verdict(r"2 \cdot 10 \cdot (\hat{w} - 9/10)", before + EXAMPLE)
    assert isinstance(found, Supported)
