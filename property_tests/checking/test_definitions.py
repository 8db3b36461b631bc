"""What a document defines supports what it says later; a slip is not supported by it, nor is a mere repetition."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported, Undecided
from errata.checking.definitions import bodies_in, gives_a_name
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.relations import stated
from errata.reading.sources import read_document

SUMS = r"Let $\mathrm{RSS} = \sum_{i=1}^n (y_i - a)^2$ and $\mathrm{TSS} = \sum_{i=1}^n (y_i - b)^2$. "
MATRICES = r"Let $P = X (X^\top X)^{-1} X^\top$ and $R = I_n - P$. "


def last(notes: str) -> Judged:
    return examine(read_document("notes.md", notes), Options()).judged[-1]


RIGHT = [
    (
        SUMS,
        r"$2 \mathrm{RSS} - \mathrm{TSS} = 2 \sum_{i=1}^n (y_i - a)^2 - \sum_{i=1}^n (y_i - b)^2$",
        "2 \\sum",
        "3 \\sum",
    ),
    (SUMS, r"$\frac{\mathrm{RSS}}{n} = \frac{1}{n} \sum_{i=1}^n (a - y_i)^2$", "(a - y_i)", "(b - y_i)"),
    (MATRICES, r"$R X = 0$", "R X", "P X"),
    (MATRICES, r"$P y + R y = y$", "+ R", "- R"),
]


@pytest.mark.parametrize(("given", "claim", "right", "wrong"), RIGHT)
def test_a_relation_is_supported_by_the_definitions_of_its_names(
    given: str, claim: str, right: str, wrong: str
) -> None:
    found = last(given + claim).verdict
    assert isinstance(found, Supported) and found.holds_if is not None and "definitions" in found.holds_if
    assert right in claim
    assert not isinstance(last(given + claim.replace(right, wrong)).verdict, Supported)
    assert not isinstance(last(claim).verdict, Supported)


def test_repeating_a_definition_is_no_evidence() -> None:
    assert not isinstance(last(SUMS + r"Again, $\mathrm{RSS} = \sum_{i=1}^n (y_i - a)^2$.").verdict, Supported)
    assert isinstance(last(SUMS + r"Again, $\mathrm{RSS} = \sum_{i=1}^n (a - y_i)^2$.").verdict, Supported)


@pytest.mark.parametrize(
    ("given", "hides"),
    [("c = 0.5", False), ("c = 1", True), ("c = 0", True), (r"\mathbf{u} = [3, -4]", False), ("c = d, d = 2", True)],
)
def test_a_value_hides_a_slip_where_it_is_its_own_square_or_that_of_another_name(given: str, hides: bool) -> None:
    pair, bodies = stated(parse(r"c u_1 = c^2 d \mathbf{u}"))[0].pairs()[0], bodies_in([parse(given)])
    assert gives_a_name(bodies, pair.left, pair.right) is hides


SOFTMAX = r"""Let $S_C = \sum_{d=1}^C e^{z_d}$. Then

$$ \frac{\partial y_i}{\partial z_i} = \frac{\partial}{\partial z_i} \frac{e^{z_i}}{S_C} = %s $$
"""


def test_the_power_of_an_indexed_name_is_that_of_its_definition() -> None:
    def last(right: str) -> object:
        return examine(read_document("a.md", SOFTMAX % right), Options()).judged[-1].verdict

    assert isinstance(last(r"\frac{e^{z_i} S_C - e^{z_i} e^{z_i}}{S_C^2}"), Supported)
    assert isinstance(last(r"\frac{e^{z_i} S_C + e^{z_i} e^{z_i}}{S_C^2}"), Refuted)
    assert isinstance(last(r"\frac{e^{z_i} S_C - e^{z_i} e^{z_i}}{S_C}"), Refuted)


KERNELS = r"""The first kernel is $$k(x_a, x_b) = \sigma^2 \exp(-\Vert x_a - x_b \Vert^2).$$ It is largest where $%s$.

The second one is

$$k(x_a, x_b) = \sigma^2 \left( 1 + \Vert x_a - x_b \Vert^2 \right)^{-\alpha}$$
"""


def test_that_two_members_are_equal_is_a_case_and_no_definition() -> None:
    assert isinstance(last(KERNELS % "x_a = x_b").verdict, Undecided)
    given = r"Let $h_1 = 2 c$. Then $$h_1^2 + h_2 = 4 c^2 + h_2.$$"
    assert isinstance(last(given).verdict, Supported)
