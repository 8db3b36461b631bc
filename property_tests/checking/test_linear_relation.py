"""A relation of matrices in dimension one: what fails there gets no support, and what holds in general never does."""

from __future__ import annotations

import pytest

from claims.verdict import Supported
from errata.checking.examine import examine
from errata.checking.linear import judge_linear, supported_linear
from errata.checking.linear_relation import fails_as_numbers, fails_at_once, relation_of
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.relations import Pair, stated
from errata.reading.sources import read_document
from errata.reading.vectors import Unlowered
from numerics.drawn import tally
from numerics.spots import Drawn

T = r"^\mathrm{T}"
HOLD = (
    r"\mathrm{tr}(A B) = \mathrm{tr}(B A)",
    "(A B)' = B' A'",
    "x' A y = y' A' x",
    r"\log |A B| = \log |A| + \log |B|",
    "(A B)^{-1} = B^{-1} A^{-1}",
    r"\mathrm{tr}(I_n) = n",
    "1_n' 1_n = n",
    "(y - X b)' (y - X b) = y' y - 2 y' X b + b' X' X b",
    r"x' \Sigma^{-1} m = m' \Sigma^{-1} x",
    r"|c A| = c^n |A|",
)
FAIL = (
    r"\mathrm{tr}(A B) = \mathrm{tr}(B A A)",
    "x' A y = 2 y' A' x",
    r"\log |A B| = \log |A| - \log |B|",
    "(y - X b)' (y - X b) = y' y - 2 y' X b - b' X' X b",
    r"x' \Sigma^{-1} m = m' \Sigma x",
    r"\log (y' y - n m^2) + \log |A| = \log (y' y - n m^2) - \log |A|",
)


def pair_of(latex: str) -> Pair:
    return stated(parse(latex.replace("'", T)))[0].pairs()[0]


@pytest.mark.parametrize("latex", HOLD)
@pytest.mark.parametrize("tied", [True, False])
def test_what_holds_in_general_is_never_let_go(latex: str, tied: bool) -> None:
    pair = pair_of(latex)
    assert not fails_at_once(pair.left, pair.right, tied=True)
    found = supported_linear(pair, 0) if tied else judge_linear(pair, 0)
    assert found is not None and isinstance(found.verdict, Supported)


@pytest.mark.parametrize("latex", FAIL)
def test_what_fails_is_let_go_before_any_shape_is_looked_for(latex: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pair = pair_of(latex)
    assert fails_at_once(pair.left, pair.right) and fails_at_once(pair.left, pair.right, tied=True)
    monkeypatch.setattr("errata.checking.linear.shaped", lambda *_: pytest.fail("shapes were looked for"))
    assert judge_linear(pair, 0, plainly=True) is None
    assert supported_linear(pair, 0) is None


@pytest.mark.parametrize(
    ("latex", "looks"),
    [("c' A d + c' d = d' A' c - d' c", 1), ("c' A d + n c' d = d' A' c - n d' c", 2)],
)
def test_no_condition_is_tried_where_dimension_one_refuses(
    monkeypatch: pytest.MonkeyPatch, latex: str, looks: int
) -> None:
    """The points of a relation that may be refuted are looked at once, and not again under each condition; once more
    where special matrices may save it after no number could, which may be a dimension."""
    asked: list[bool] = []
    monkeypatch.setattr("errata.checking.linear.tally", lambda *a, **k: asked.append(True) or tally(*a, **k))
    found = judge_linear(pair_of(latex), 0)
    assert found is not None and len(asked) == looks


def test_what_fails_for_one_size_only_is_left_to_the_points() -> None:
    """n is a number of its own, or else that of the rows: in dimension one it is one."""
    pair = pair_of(r"\mathrm{tr}(A A^{-1}) = n")
    assert fails_at_once(pair.left, pair.right) and not fails_at_once(pair.left, pair.right, tied=True)


def test_what_is_no_relation_of_terms_is_left() -> None:
    pair = pair_of(r"\frac{d f}{d x} = A")
    with pytest.raises(Unlowered):
        relation_of(pair.left, pair.right)
    assert not fails_at_once(pair.left, pair.right)


def test_symmetry_alone_is_not_tried_where_dimension_one_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A number that is a dimension may save what fails in dimension one; that a matrix is symmetric can't."""
    asked: list[Drawn] = []
    monkeypatch.setattr("errata.checking.linear.tally", lambda *a, **k: asked.append(a[2]) or tally(*a, **k))
    found = supported_linear(pair_of(r"\mathrm{tr}(A A^{-1}) = n"), 0)
    assert found is not None and isinstance(found.verdict, Supported)
    assert asked and not any(drawn.spd and not drawn.tied for drawn in asked)


@pytest.mark.parametrize("latex", FAIL)
def test_what_fails_in_dimension_one_fails_as_one_of_numbers(latex: str) -> None:
    assert fails_as_numbers(pair_of(latex))


@pytest.mark.parametrize(
    "latex",
    [
        *HOLD[:-1],  # the last one takes n for a dimension, which numbers don't
        "a + b = a - b",  # of numbers alone
        r"A' \bar{x} = A' x_1",  # the bar may be a mean
        r"A' \overline{x} = A' x_1",
        r"A' A \sin(x)^2 + A' A \cos(x)^2 = A' A",  # functions that numbers know more of
        "A' f(2 b) = 2 A' f(b + b)",
        r"A' \sum_{i=1}^n x_i = 2 A'",  # no value in dimension one
    ],
)
def test_what_may_hold_of_numbers_is_looked_at(latex: str) -> None:
    assert not fails_as_numbers(pair_of(latex))


def test_what_is_put_in_after_a_capital_is_a_factor() -> None:
    text = (
        r"Let $\hat\beta = (X^\top X)^{-1} X^\top y$ and $\hat e = y - X \hat\beta$. "
        r"Then $$X^\top \hat e = %s$$"
    )

    def verdict(right: str) -> str:
        return type(examine(read_document("page.md", text % right), Options()).judged[-1].verdict).__name__

    assert verdict("0") == "Supported"
    assert verdict("y") == "Undecided"
