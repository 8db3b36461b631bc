"""Integrals compared under the integral sign: a constant ratio other than one refutes, a varying one says nothing."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.integrands import agree_everywhere, judge_integrals
from errata.reading.parser import parse
from errata.reading.relations import Pair, stated
from numerics.balls import enclose


def pair(latex: str) -> Pair:
    (chain,) = stated(parse(latex))
    return chain.pairs()[0]


@pytest.mark.parametrize(
    ("latex", "slip"),
    [
        (r"\int_a^b e^{x + c} \, dx = e^c \int_a^b e^x \, dx", ("e^c ", "e^{2c} ")),
        (r"\int \frac{x^2}{2} p(x) \, dx = \frac{1}{2} \int x^2 p(x) \, dx", (r"\frac{1}{2} ", r"\frac{1}{4} ")),
        (r"\int_0^1 x^{a-1} x^b \, dx = \int_0^1 x^{a+b-1} \, dx", (r"= \int", r"= 2 \int")),
        (r"\int_0^\infty \lambda e^{-\lambda x} \, dx = \lambda \int_0^\infty e^{-\lambda x} \, dx", ("= ", "= -")),
    ],
)
def test_a_factor_moved_out_is_supported_and_a_wrong_one_is_refuted(latex: str, slip: tuple[str, str]) -> None:
    found = judge_integrals(pair(latex), 0)
    assert found is not None and isinstance(found.verdict, Supported)
    wrong = judge_integrals(pair(latex.replace(*slip)), 0)
    if slip[1] != "= -":  # a sign before the factor is a sum of one term, which is not read as a product
        assert wrong is not None and isinstance(wrong.verdict, Refuted)


def test_functions_without_a_body_support_but_never_refute_soundly() -> None:
    wrong = judge_integrals(pair(r"\int 2 p(x) \, dx = 3 \int p(x) \, dx"), 0)
    assert wrong is not None and isinstance(wrong.verdict, Refuted) and not wrong.sound


@pytest.mark.parametrize(
    "latex",
    [
        r"\int_0^1 2x \, dx = \int_0^1 1 \, dx",  # both are 1: a ratio that varies settles nothing
        r"\int_0^1 x \, dx = \int_0^2 x \, dx",  # other limits
        r"\int_0^1 x \, dx = \int_0^1 y \, dy",  # other variables
        r"x \int_0^1 x \, dx = 2x \int_0^1 x \, dx",  # the variable outside as well
        r"\int_0^1 x \, dx = \frac{1}{2}",
    ],
)
def test_what_the_integrands_do_not_settle_is_left(latex: str) -> None:
    assert judge_integrals(pair(latex), 0) is None


def test_agreement_of_matrices_in_dimension_one_is_no_support() -> None:
    right = r"\int_{\mathbb{R}^n} e^{x^\top A x + c} \, dx = e^c \int_{\mathbb{R}^n} e^{x^\top A x} \, dx"
    assert judge_integrals(pair(right), 0) is None
    wrong = judge_integrals(pair(right.replace("= e^c", "= e^{2c}")), 0)
    assert wrong is not None and isinstance(wrong.verdict, Refuted) and wrong.where == ("in dimension one",)


def test_whole_numbers_of_the_same_size_hide_no_wrong_name() -> None:
    right = r"\int_0^1 \binom{n}{x} p^{a+x} \, dp = \binom{n}{x} \int_0^1 p^{a+x} \, dp"
    found = judge_integrals(pair(right), 0)
    assert found is not None and isinstance(found.verdict, Supported)
    wrong = judge_integrals(pair(right.replace(r"= \binom{n}{x}", r"= \binom{n}{n}")), 0)
    assert wrong is not None and isinstance(wrong.verdict, Refuted)


def test_of_integrands_that_differ_one_place_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit is asked only whether it agrees, so that no more is evaluated than both sides at one place."""
    looked: list[object] = []
    monkeypatch.setattr(
        "errata.checking.integrands.enclose", lambda e, *a, **k: looked.append(e) or enclose(e, *a, **k)
    )
    wrong = pair(r"\int_a^b e^{x + c} \, dx = e^{2 c} \int_a^b e^x \, dx")
    assert not agree_everywhere(wrong, 0) and len(looked) == 2
    assert judge_integrals(wrong, 0) is not None and len(looked) > 50
    assert agree_everywhere(pair(r"\int_a^b e^{x + c} \, dx = e^c \int_a^b e^x \, dx"), 0)
