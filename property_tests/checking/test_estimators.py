"""Estimators that a text calls unbiased, averaged over all samples of a law with two outcomes."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def last(text: str, latex: str) -> Judged:
    return examine(read_document("page.md", f"{text}\n\n$$\n{latex}\n$$\n".encode()), Options()).judged[-1]


VARIANCE = "The unbiased sample variance is given by"
COVARIANCE = "An unbiased estimator of the covariance is"


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        (VARIANCE, r"s^2 = \frac{1}{n-1} \sum_{i=1}^n (x_i - \bar{x})^2"),
        (VARIANCE, r"s^2 = \frac{1}{n-1} \left( \sum_{i=1}^n x_i^2 - n \bar{x}^2 \right)"),
        (COVARIANCE, r"S = \frac{1}{n-1} \sum_{i=1}^n (x_i - \bar{x}) (y_i - \bar{y})^\mathrm{T}"),
        ("The unbiased estimator of the mean is", r"m = \frac{1}{n} \sum_{i=1}^n x_i"),
    ],
)
def test_an_unbiased_estimator_is_supported(text: str, latex: str) -> None:
    assert isinstance(last(text, latex).verdict, Supported)


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        (VARIANCE, r"s^2 = \frac{1}{n} \sum_{i=1}^n (x_i - \bar{x})^2"),
        (VARIANCE, r"s^2 = \frac{1}{n-1} \sum_{i=1}^n (x_i^2 - \bar{x})^2"),
        (VARIANCE, r"s^2 = \frac{1}{n-1} \left( \sum_{i=1}^n x_i^2 + n \bar{x}^2 \right)"),
        (COVARIANCE, r"S = \frac{1}{n} \sum_{i=1}^n (x_i - \bar{x}) (y_i - \bar{y})^\mathrm{T}"),
        (
            "the unbiased sample variance matrix is given by",
            r"S = \frac{1}{n} \sum_{i=1}^n (x_i - \bar{x}) (y_i - \bar{y})^\mathrm{T}",
        ),
        ("The unbiased estimator of the mean is", r"m = \frac{1}{n-1} \sum_{i=1}^n x_i"),
    ],
)
def test_a_biased_one_is_refuted(text: str, latex: str) -> None:
    found = last(text, latex)
    assert isinstance(found.verdict, Refuted)
    assert found.rule == "E314"


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        (VARIANCE, r"s^3 = \frac{1}{n-1} \sum_{i=1}^n (x_i - \bar{x})^2"),
        ("The biased sample variance is", r"s^2 = \frac{1}{n} \sum_{i=1}^n (x_i - \bar{x})^2"),
        ("This is not an unbiased estimator of the variance:", r"s^2 = \frac{1}{n} \sum_{i=1}^n (x_i - \bar{x})^2"),
        (
            "With $r$ regressors the unbiased residual variance is",
            r"s^2 = \frac{1}{n-r} \sum_{i=1}^n (y_i - \hat{y}_i)^2",
        ),
        ("where the sample mean and the unbiased sample variance are", r"m = \frac{1}{n} \sum_{i=1}^n x_i"),
        ("It is unbiased.", r"s^2 = \frac{1}{n} \sum_{i=1}^n (x_i - \bar{x})^2"),
    ],
)
def test_other_estimators_are_left_alone(text: str, latex: str) -> None:
    assert not isinstance(last(text, latex).verdict, Refuted | Supported)


@pytest.mark.parametrize("slip", ["n-2", r"\frac{1}{2} n - 1"])
def test_a_size_that_a_slip_leaves_without_a_value_doesn_t_hide_another(slip: str) -> None:
    latex = r"s^2 = \frac{1}{@} \sum_{i=1}^n (x_i - \bar{x})^2".replace("@", slip)
    assert isinstance(last(VARIANCE, latex).verdict, Refuted)


def test_what_is_summed_may_have_lost_its_members() -> None:
    assert isinstance(last(VARIANCE, r"s^2 = \frac{1}{n-1} \sum_{i=1}^n (n - \bar{x})^2").verdict, Refuted)


@pytest.mark.parametrize("head", ["s", r"\hat{\sigma}"])
def test_a_deviation_is_no_variance(head: str) -> None:
    latex = rf"{head} = \frac{{1}}{{n-1}} \sum_{{i=1}}^n (x_i - \bar{{x}})^2"
    assert not isinstance(last(VARIANCE, latex).verdict, Supported)
    assert isinstance(last(VARIANCE, latex.replace(head, f"{head}^2", 1)).verdict, Supported)


def test_the_divisor_n_of_a_known_mean_is_right_and_confirmed():
    divisor_n = last("With a known mean an unbiased variance is", r"s^2 = \frac{1}{n} \sum_{i=1}^n (x_i - \mu)^2")
    assert isinstance(divisor_n.verdict, Supported)
    divisor_less = last("With a known mean an unbiased variance is", r"s^2 = \frac{1}{n-1} \sum_{i=1}^n (x_i - \mu)^2")
    assert not isinstance(divisor_less.verdict, Supported)
