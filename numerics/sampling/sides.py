"""One side of a claim by sampling: its reading, what stands beside the averages, and its value at a point.

What holds no average is read by its definition (``numerics.written``): a density at a point, a derivative.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import sympy as sp
from flint import arb, fmpq

from claims.domains import Variable, symbol_of
from claims.notation import Argmax, Argmin, Notation
from claims.records import replace
from numerics.points import Point, at
from numerics.sampling.estimates import Sampled, Sampling, estimate
from numerics.sampling.expectations import STOCHASTIC, has_means
from numerics.sampling.proposals import as_average
from numerics.sampling.readings import Form, reading
from numerics.sampling.search import place_of_extremum
from numerics.sampling.slopes import SLACK, slope, sloped
from numerics.written import worth

FEW = 2**12
"""Draws by which a search is steered."""


@dataclass(frozen=True, slots=True)
class Search:
    """An arg min or arg max of something averaged: the slope, the variable it turns in, and which way."""

    slope: Side
    variable: sp.Symbol
    rising: bool


@dataclass(frozen=True, slots=True)
class Side:
    """An expression in averages and letters; each letter of ``beside`` and ``searches`` stands for what is named."""

    form: Form
    expression: sp.Expr
    beside: tuple[tuple[sp.Symbol, sp.Expr], ...] = ()
    searches: tuple[tuple[sp.Symbol, Search], ...] = ()
    is_slope: bool = False

    def value(self, where: tuple[Variable, ...], point: Point, check: str, how: Sampling) -> Sampled:
        """The value at a point. Raises TypeError or Undetermined where it has none."""
        if self.searches:
            how = replace(how, plan=replace(how.plan, alpha=how.plan.alpha / (1 + len(self.searches))))
        known = {symbol: worth(part, point, where) for symbol, part in self.beside}
        known |= {symbol: _found(one, where, point, check, how) for symbol, one in self.searches}
        e = self.closed(where, point)
        found = estimate(e, check, how, known)
        if not self.is_slope:
            return found
        return replace(found, ball=found.ball + arb(0, SLACK) * (1 + abs(found.ball)))

    def closed(self, where: tuple[Variable, ...], point: Point) -> sp.Expr:
        """The expression at a point, its integrals as averages where they are what is averaged."""
        e = _placed(self.expression, point, where)
        return _opened(e) if self.form is Form.INTEGRAL else e


@lru_cache(maxsize=512)
def side(e: sp.Expr) -> Side:
    """A side of a claim, read. Raises TypeError where it averages nothing, or asks of an average what isn't known."""
    found = reading(e)
    if not found.is_random:
        raise TypeError(f"nothing is random in {e}")
    return _side(found.expression, found.form)


def _side(e: sp.Expr, form: Form, is_slope: bool = False) -> Side:
    beside: dict[sp.Expr, sp.Symbol] = {}
    searches: dict[sp.Symbol, Search] = {}

    def named(part: sp.Basic) -> sp.Basic:
        if isinstance(part, Argmin | Argmax) and has_means(part):
            symbol = sp.Dummy("best", real=True)
            turning = _side(slope(part.inside[0], part.variable), form, is_slope=True)
            searches[symbol] = Search(turning, part.variable, isinstance(part, Argmin))
            return symbol
        if isinstance(part, STOCHASTIC) or not part.args:
            return part
        if isinstance(part, sp.Integral) and form is Form.INTEGRAL:
            return part
        if not has_means(part) and isinstance(part, Notation | sp.Derivative | sp.Limit | sp.Determinant):
            return beside.setdefault(part, sp.Dummy("beside", real=True))
        return part.func(*map(named, part.args))

    plain = sloped(e)
    expression = named(plain)
    known = tuple((symbol, part) for part, symbol in beside.items())
    return Side(form, expression, known, tuple(searches.items()), is_slope or plain != e)


def _found(one: Search, where: tuple[Variable, ...], point: Point, check: str, how: Sampling) -> arb:
    domain = next(v.domain for v in where if v.name == one.variable.name)
    check = f"{check}, slope in {one.variable}"

    def there(place: fmpq) -> Point:
        return {**point, one.variable.name: sp.Rational(int(place.p), int(place.q))}

    def height(place: fmpq) -> float:
        few = replace(how, samples=FEW, executor=None, roughly=True)
        return float(one.slope.value(where, there(place), check, few).ball.mid())

    def slope_at(place: fmpq, alpha: float) -> arb:
        rarely = replace(how, samples=how.n, plan=replace(how.plan, alpha=alpha))
        return one.slope.value(where, there(place), check, rarely).ball

    return place_of_extremum(height, slope_at, domain, one.rising, how.plan.alpha)


def _placed(e: sp.Expr, point: Point, where: tuple[Variable, ...]) -> sp.Expr:
    """``at``, without SymPy's search for what else a substitution may mean, where no letter is bound anywhere."""
    values = {symbol_of(v): point[v.name] for v in where if v.name in point}
    bound = {s for part in sp.preorder_traversal(e) for s in getattr(part, "bound_symbols", ())}
    return at(e, point, where) if bound & values.keys() else e.xreplace(values)


@lru_cache(maxsize=512)
def _opened(e: sp.Basic) -> sp.Basic:
    if isinstance(e, sp.Integral):
        return as_average(e)
    return e.func(*map(_opened, e.args)) if e.args and not isinstance(e, Notation) else e
