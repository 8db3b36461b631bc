"""Laws of variables moved and scaled from one row to the next: what follows, slips in it, what stays silent."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def last(notes: str) -> Judged:
    return examine(read_document("a.md", notes), Options()).judged[-1]


LIMIT = r"""For i.i.d. variables of finite variance
$$ \sqrt{n}(\bar{X}_n - \mu) \xrightarrow{d} \mathcal{N}(0, \sigma^2) $$
$$ %s $$
"""


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (
            r"\frac{\sqrt{n}(\bar{X}_n - \mu)}{\sigma} \approx \mathcal{N}(0, 1)",
            r"\frac{\sqrt{n}(\bar{X}_n - \mu)}{n} \approx \mathcal{N}(0, 1)",
        ),
        (
            r"\bar{X}_n \approx \mathcal{N}(\mu, \sigma^2/n)",
            r"\bar{X}_n \approx \mathcal{N}(\mu, \sigma^2/\sqrt{n})",
        ),
        (
            r"\sqrt{n}(\mu - \bar{X}_n) \rightsquigarrow \mathcal{N}(0, \sigma^2)",
            r"\sqrt{n}(\mu - \bar{X}_n) \rightsquigarrow \mathcal{N}(\mu, \sigma^2)",
        ),
        (
            r"\frac{\bar{X}_n - \mu}{\sigma/\sqrt{n}} \sim \mathcal{N}(0, 1)",
            r"\frac{\bar{X}_n - \mu}{\sigma^2/\sqrt{n}} \sim \mathcal{N}(0, 1)",
        ),
    ],
)
def test_the_law_follows_from_the_row_before(right: str, wrong: str) -> None:
    assert isinstance(last(LIMIT % right).verdict, Supported)
    found = last(LIMIT % wrong)
    assert isinstance(found.verdict, Refuted) and found.rule == "E316"
    assert dict(found.verdict.by.witness)["n"] and "line 2" in str(found.message)


@pytest.mark.parametrize(
    "row",
    [
        r"\frac{\sqrt{n}(\bar{X}_n - \mu)}{S} \approx \mathcal{N}(0, 1)",  # an estimate in place of σ
        r"\sqrt{n}(\bar{X}_n - \mu) \approx \mathcal{N}(0, 1)",  # in another case, perhaps
        r"\sqrt{n}(\bar{Y}_n - \mu) \approx \mathcal{N}(0, 1)",
        r"n (\bar{X}_n - \mu)^2 \approx \mathcal{N}(0, 1)",
        r"2\sqrt{n}(\bar{X}_n - \mu) \approx \mathcal{N}(0, \tau^2)",
    ],
)
def test_where_a_row_is_about_something_else_nothing_is_said(row: str) -> None:
    assert not isinstance(last(LIMIT % row).verdict, Refuted | Supported)


def test_a_heading_or_other_words_between_part_the_rows() -> None:
    wrong = LIMIT % r"\bar{X}_n \approx \mathcal{N}(\mu, \sigma^2)"
    assert isinstance(last(wrong).verdict, Refuted)
    assert not isinstance(last(wrong.replace("$$\n$$ \\bar", "$$\n\n# Another\n\n$$ \\bar")).verdict, Refuted)
    assert not isinstance(last(wrong.replace("$$\n$$ \\bar", "$$\nIf we suppose\n$$ \\bar")).verdict, Refuted)


def test_both_spreads_may_be_standard_deviations() -> None:
    rows = r"$$ Z - m \sim \mathcal{N}(0, s) \\ 2 (Z - m) \sim \mathcal{N}(0, %s) $$"
    found = last(rows % "2 s").verdict
    assert isinstance(found, Supported) and found.holds_if == "the second parameter of N(·, ·) is a standard deviation"
    assert isinstance(last(rows % "4 s").verdict, Supported)
    assert isinstance(last(rows % "8 s").verdict, Refuted)


@pytest.mark.parametrize("second", ["X - Y", "X", "2 X + Y"])
def test_a_sum_of_two_variables_says_nothing_of_another(second: str) -> None:
    notes = rf"We have $X + Y \sim \mathcal{{N}}(m + k, s^2)$. Now ${second} \sim \mathcal{{N}}(m - k, s^2)$."
    assert not isinstance(last(notes).verdict, Refuted | Supported)
