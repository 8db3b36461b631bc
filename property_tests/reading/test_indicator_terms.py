"""Conditions as numbers that are 0 or 1: by hand, over ranges and sets, and as limits of integrals."""

from __future__ import annotations

import pytest
import sympy as sp
from flint import fmpq

from claims.indicators import IsPositive, IsZero
from errata.reading.indicator_terms import holding, narrowed
from errata.reading.indicators import asked_by
from errata.reading.lowering import lower
from errata.reading.parser import parse as parsed
from errata.reading.scope import Scope
from errata.reading.tree import Node, Sym
from errata.reading.vectors import Unlowered
from numerics.balls import enclose, rational

x, a = sp.symbols("x a", real=True)


def _parse(latex: str) -> Node:
    (statement,) = parsed(latex).statements
    return statement


def _worth(node: Node) -> sp.Expr:
    return x if isinstance(node, Sym) else lower(node, Scope()).expression


def _membership(element: Node | None, among: Node) -> sp.Expr:
    assert isinstance(among, Sym)
    return sp.Symbol(among.name)


def _at(latex: str, value: fmpq) -> fmpq | None:
    asked = asked_by(_parse(latex))
    assert asked is not None
    return rational(holding(asked, _worth, _membership), {x: value})


@pytest.mark.parametrize(
    ("latex", "inside", "outside"),
    [
        (r"\mathbb{1}[1 < x \le 2]", [fmpq(3, 2), fmpq(2)], [fmpq(1), fmpq(5, 2)]),
        (r"\mathbb{1}_{[1, 2)}(x)", [fmpq(1), fmpq(3, 2)], [fmpq(0), fmpq(2)]),
        (r"\mathbb{1}\{x \in (0, \infty)\}", [fmpq(1, 9), fmpq(99)], [fmpq(0), fmpq(-1)]),
        (r"\mathbb{1}\{x \in \{1, 3\}\}", [fmpq(1), fmpq(3)], [fmpq(2), fmpq(1, 3)]),
        (r"\mathbb{1}\{x \notin \{1, 3\}\}", [fmpq(2)], [fmpq(1), fmpq(3)]),
        (r"\mathbb{1}\{x > 0, x \neq 1\}", [fmpq(2)], [fmpq(1), fmpq(-1)]),
    ],
)
def test_it_is_one_inside_and_zero_outside(latex: str, inside: list[fmpq], outside: list[fmpq]) -> None:
    assert [_at(latex, v) for v in inside] == [1] * len(inside)
    assert [_at(latex, v) for v in outside] == [0] * len(outside)


@pytest.mark.parametrize(
    ("latex", "wanted"),
    [
        (r"\mathbb{1}_{A \cup B}", lambda p, q: p or q),
        (r"\mathbb{1}_{A \cap B}", lambda p, q: p and q),
        (r"\mathbb{1}_{A \setminus B}", lambda p, q: p and not q),
        (r"\mathbb{1}_{A^c}", lambda p, q: not p),
    ],
)
def test_sets_follow_their_signs(latex: str, wanted) -> None:
    asked = asked_by(_parse(latex))
    assert asked is not None
    value = holding(asked, _worth, _membership)
    for p in (0, 1):
        for q in (0, 1):
            assert rational(value, {sp.Symbol("A"): fmpq(p), sp.Symbol("B"): fmpq(q)}) == int(wanted(p, q))


def test_numbers_have_no_sets() -> None:
    with pytest.raises(Unlowered):
        lower(_parse(r"\mathbb{1}_A"), Scope())


def test_an_integral_runs_where_its_indicators_are_one() -> None:
    found = narrowed(sp.exp(-x) * IsPositive(x - a), x, -sp.oo, sp.oo)
    assert found.limits[0][1:] == (a, sp.oo)
    assert abs(enclose(found, at={a: fmpq(1)}) - sp.exp(-1).evalf(30)) < 1e-10
    both = narrowed(x * IsPositive(x - a) * IsPositive(2 - x), x, sp.Integer(0), sp.Integer(5))
    assert abs(enclose(both, at={a: fmpq(1)}) - fmpq(3, 2)) < 1e-10
    assert enclose(both, at={a: fmpq(3)}) == 0


def test_what_gives_no_end_stays_in_the_integral() -> None:
    for kept in (IsPositive(x**2 - 1), IsZero(x), IsPositive(3 * x - 1)):
        assert narrowed(kept * x, x, sp.Integer(0), sp.Integer(2)).function.has(kept)
