"""Integrals of which one has the larger integrand everywhere."""

from __future__ import annotations

import pytest

from claims.evidence import Counterexample
from claims.verdict import Refuted
from errata.checking.integrand_order import judge_order
from errata.reading.parser import parse
from errata.reading.relations import Pair, stated


def pair(latex: str) -> Pair:
    (chain,) = stated(parse(latex))
    return chain.pairs()[0]


@pytest.mark.parametrize(
    ("latex", "said"),
    [
        (r"\int_{-\infty}^\infty e^{-x^2} \, dx = \int_{-\infty}^\infty e^{-\frac{1}{2} x^2} \, dx", "smaller"),
        (
            r"\int_0^\infty x^{a-1} e^{-b x} \, dx = \frac{1}{2} \int_0^\infty x^{a-1} e^{-b x} \frac{1}{1+x} \, dx",
            "larger",
        ),
    ],
)
def test_the_larger_integrand_is_named(latex: str, said: str) -> None:
    found = judge_order(pair(latex), 0)
    assert found is not None and isinstance(found.verdict, Refuted)
    assert found.message is not None and said in found.message


@pytest.mark.parametrize(
    "latex",
    [
        r"\int_{-\infty}^\infty e^{-(x - m)^2} \, dx = \int_{-\infty}^\infty e^{-(x - 2 m)^2} \, dx",  # equal, moved
        r"\int_{-\infty}^\infty e^{-x^2} \, dx = \int_{-\infty}^\infty e^{-x^2} + x e^{-x^2} \, dx",  # an odd part
        r"\int_{-\infty}^\infty e^{-x^2} \, dx = \int_{-\infty}^\infty e^{-x^2} \, dx",
        r"\int_0^\infty e^{-x} \, dx = \int_1^\infty 2 e^{-x} \, dx",
        r"\int_0^1 p(x) \, dx = \frac{1}{2}",
    ],
)
def test_integrands_that_cross_or_agree_settle_nothing(latex: str) -> None:
    assert judge_order(pair(latex), 0) is None


def test_one_choice_of_the_names_is_enough_to_tell() -> None:
    wrong = pair(r"\int_0^\infty x^{k} e^{-b x} \, dx = \int_0^\infty x^{k} e^{-a x} \, dx")
    found = judge_order(wrong, 0)
    assert found is not None and isinstance(found.verdict, Refuted)
    assert isinstance(found.verdict.by, Counterexample) and {n for n, _ in found.verdict.by.witness} >= {"a", "b", "x"}
