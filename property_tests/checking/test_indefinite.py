"""What holds for positive determinants or positive definite matrices only says so; what holds for all says nothing."""

from __future__ import annotations

import pytest

from errata.checking.linear import judge_linear
from errata.reading.parser import parse
from errata.reading.relations import stated


def condition(latex: str) -> str | None:
    ((chain,),) = (stated(parse(latex)),)
    found = judge_linear(chain.pairs()[0], 0)
    assert found is not None and type(found.verdict).__name__ == "Supported"
    return found.verdict.holds_if


@pytest.mark.parametrize(
    ("latex", "said"),
    [
        (r"|\det \mathbf{A}| = \det \mathbf{A}", "for positive determinants"),
        (r"\sqrt{\det(\mathbf{A})^2} = \det \mathbf{A}", "for positive determinants"),
        (r"|\det(\mathbf{A} \mathbf{B})| = \det(\mathbf{A}) \det(\mathbf{B})", "for positive determinants"),
        (r"\det(\mathbf{A} \mathbf{B}) = \det(\mathbf{A}) \det(\mathbf{B})", None),
        (r"\log \det(\mathbf{A} \mathbf{B}) = \log \det(\mathbf{A}) + \log \det(\mathbf{B})", None),
        (r"|\det(\mathbf{A})|^2 = \det(\mathbf{A})^2", None),
    ],
)
def test_determinants_of_either_sign_are_tried(latex: str, said: str | None) -> None:
    assert condition(latex) == said


def test_a_symmetric_matrix_may_be_indefinite() -> None:
    x, y = r"\mathbf{x}", r"\mathbf{y}"
    assert condition(rf"{x}^\top A {y} = {y}^\top A {x}") == "A symmetric"
    assert condition(rf"|{x}^\top A {x}| = {x}^\top A {x}") == "A symmetric and positive definite"
