"""What extremes make best, in other words: exponents of normal densities, sums over one sample, values for problems."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported, Undecided
from errata.checking.coordinates.objectives import extreme_of, terms_of, value_of, with_exponents
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.sources import read_document
from errata.reading.tree import Node
from errata.reading.unparse import to_latex

PROBLEMS = "the problems are compared by where the extremes are attained"


def verdict(claim: str) -> object:
    return examine(read_document("a.md", f"Then ${claim}$.".encode()), Options()).judged[-1].verdict


def node(latex: str) -> Node:
    return parse(latex).statements[0]


@pytest.mark.parametrize(
    ("claim", "slips"),
    [
        (
            r"\arg\max_w \sum_i \log \mathcal{N}(y_i; w^\top x_i, \sigma^2) + \log \mathcal{N}(w; 0, \tau^2 I) "
            r"= \arg\min_w \sum_i (y_i - w^\top x_i)^2 + \frac{\sigma^2}{\tau^2} \|w\|^2",
            [
                (r"\frac{\sigma^2}{\tau^2}", r"\frac{\tau^2}{\sigma^2}"),
                (r"\frac{\sigma^2}{\tau^2}", r"\frac{\sigma}{\tau}"),
                (r"x_i)^2 + ", r"x_i)^2 - "),
                (r"\|w\|^2", r"\|w\|"),
                (r"+ \log", r"- \log"),
            ],
        ),
        (
            r"\arg\max_\theta \sum_i \log \mathcal{N}(y_i; f_\theta(x_i), \sigma^2) "
            r"= \arg\min_\theta \sum_i (y_i - f_\theta(x_i))^2",
            [(r"x_i))^2", r"x_i))"), (r"\sigma^2)", r"\sigma_i^2)"), ("= \\arg\\min_\\theta", "= \\arg\\max_\\theta")],
        ),
        (
            r"\arg\min_z - \log \mathcal{N}(z; a, c I) = \arg\min_z \|z - a\|^2",
            [("- a", "+ a"), (r"\|^2", r"\|^2 + z^\top a"), (r"\log", "")],
        ),
        (r"\arg\max_m \log \mathcal{N}(x; m, 3) = \arg\min_m (x - m)^2", [("x - m", "x + m"), (r"\log", r"m \log")]),
    ],
)
def test_a_normal_log_density_is_its_exponent(claim: str, slips: list[tuple[str, str]]) -> None:
    assert isinstance(found := verdict(claim), Supported)
    assert found.holds_if in (None, "for positive numbers")
    for old, new in slips:
        assert old in claim
        assert not isinstance(verdict(claim.replace(old, new, 1)), Supported), new


@pytest.mark.parametrize(
    "claim",
    [
        r"\arg\max_m m \log \mathcal{N}(x; m, 1) = \arg\min_m m (x - m)^2",
        r"\arg\max_m (1 + \log \mathcal{N}(x; m, 1))^2 = \arg\max_m (1 - \frac{1}{2} (x - m)^2)^2",
        r"\arg\max_{m, v} \log \mathcal{N}(x; m, v^2) = \arg\min_{m, v} (x - m)^2",
        r"\arg\max_v \log \mathcal{N}(x; m, v^2) = \arg\min_v \frac{(x - m)^2}{v^2}",
        r"\arg\max_m \log \mathcal{N}(x; m, c(m)) = \arg\min_m \frac{(x - m)^2}{c(m)}",
    ],
)
def test_where_what_is_left_out_matters_nothing_holds(claim: str) -> None:
    assert isinstance(verdict(claim), Undecided)


@pytest.mark.parametrize(
    ("claim", "condition"),
    [
        (r"\min_a \sum_i (x_i - a)^2 = \min_a 2 \sum_i (x_i - a)^2", PROBLEMS),
        (r"\min_\theta -\log p_\theta(x) = \max_\theta \log p_\theta(x)", PROBLEMS),
        (
            r"\min \sum_z - \log \mathcal{N}(z; 0, I) = \min \frac{1}{2} \sum_x |z|^2",
            f"both sums run over the same sample; {PROBLEMS}",
        ),
        (r"\min \sum_x |u|^2 = \min \frac{1}{2} \sum_x |g(x)|^2", f"u is g(x); {PROBLEMS}"),
    ],
)
def test_the_least_values_may_stand_for_the_problems(claim: str, condition: str) -> None:
    assert isinstance(found := verdict(claim), Supported)
    assert found.holds_if == condition


@pytest.mark.parametrize(
    "claim",
    [
        r"\min_a \sum_i (x_i - a)^2 = \min_a \sum_i |x_i - a|",
        r"\min_a \sum_i (x_i - a)^2 = \max_a \sum_i (x_i - a)^2",
        r"\min_a \sum_i (x_i - a)^2 = \min_a \sum_i (x_i + a)^2",
        r"\min \sum_z - \log \mathcal{N}(z; 0, I) = \min \frac{1}{2} \sum_x |z|",
        r"\min \sum_x |u|^2 = \min \frac{1}{2} \sum_x |g(x)|",
        r"\min_x \max_y f(x, y) = \max_y \min_x f(x, y)",
        r"\min_x f(x, y) = \min_y f(x, y)",
    ],
)
def test_values_of_other_problems_are_not_said_to_be_the_same_nor_refuted(claim: str) -> None:
    assert not isinstance(verdict(claim), Supported | Refuted)


def test_places_and_values_are_told_apart() -> None:
    place, value = node(r"\arg\min_\theta f(\theta)"), node(r"\min_\theta f(\theta)")
    assert (found := extreme_of(place)) is not None
    assert not found.value
    assert not found.largest
    assert value_of(place) is None
    assert extreme_of(value) is None
    assert (least := value_of(value)) is not None
    assert least.value


def test_exponents_stand_only_where_constants_do_not_matter() -> None:
    written = with_exponents(node(r"3 \log \mathcal{N}(x; m, 2 I) + a"), frozenset("m"))
    assert written is not None
    assert to_latex(written).replace(" ", "") == r"3(-\frac{\|x-(m)\|^2}{2(2)})+a"
    for other in (
        r"m \log \mathcal{N}(x; m, 2 I)",
        r"\mathcal{N}(x; m, 2 I)",
        r"\log \mathcal{N}(x; m, \Sigma)",
        "m^2",
    ):
        assert with_exponents(node(other), frozenset("m")) is None


def test_a_sum_over_a_sample_has_no_index_of_names() -> None:
    assert (term := terms_of(node(r"\frac{1}{2} \sum_z |z|^2"))) is not None
    assert to_latex(term).replace(" ", "") == r"\frac{1}{2}(|z|^2)"
    for other in (r"\sum_i x_i^2", r"\sum_{i=1}^n x^2", "x^2"):
        assert terms_of(node(other)) is None
