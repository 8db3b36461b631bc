"""Numbers in statements about laws stay within the bounds that the page gives."""

from __future__ import annotations

import pytest
from flint import fmpq

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document
from numerics.interpretations.signature import Signature
from numerics.interpretations.worlds import POSITIVE, World

PAGE = "For a nonnegative random variable $X$%s\n\n$$P(X \\ge \\lambda E[X]) \\ge %s \\frac{(E[X])^2}{E[X^2]}.$$\n"


def last(page: str) -> Judged:
    return examine(read_document("a.md", page.encode()), Options()).judged[-1]


def test_a_bound_for_numbers_below_one_holds_where_the_page_says_that_they_are() -> None:
    assert isinstance(last(PAGE % (" and $0 < \\lambda < 1$", r"(1 - \lambda)^2")).verdict, Supported)
    assert not isinstance(last(PAGE % (" and $\\lambda > 0$", r"(1 - \lambda)^2")).verdict, Supported)


def test_a_wrong_bound_is_not_supported_within_them() -> None:
    assert not isinstance(last(PAGE % (" and $0 < \\lambda < 1$", r"(1 + \lambda)^2")).verdict, Supported)


@pytest.mark.parametrize(("low", "high"), [(fmpq(0), fmpq(1)), (fmpq(2), None), (None, fmpq(-1)), (None, None)])
def test_a_free_number_is_drawn_between_its_ends(low: fmpq | None, high: fmpq | None) -> None:
    signature = Signature({"p": ("x",)}, {}, bounds={"a": (low, high)})
    drawn = [World(POSITIVE, signature, f"{seed}").parameter("a") for seed in range(30)]
    assert all((low is None or low < a) and (high is None or a < high) for a in drawn)
    assert len(set(drawn)) > 20


@pytest.mark.parametrize("words", ["If uniform prior on $K$:", "Under a uniform prior,"])
def test_a_premise_without_a_verb_is_one(words: str) -> None:
    page = f"{words}\n\n$$\\frac{{p(K_1 | D)}}{{p(K_2 | D)}} = \\frac{{p(D | K_1)}}{{p(D | K_2)}}$$\n"
    assert not isinstance(last(page).verdict, Refuted)
    assert isinstance(last(page.replace(words, "For the two models")).verdict, Refuted)
