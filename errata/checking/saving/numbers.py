"""What would make a refuted relation of numbers hold: a name is 0, 1 or 1/2, two names are equal, a sum has one term,
some numbers sum to one.

Each condition is put into both sides, which have to agree at all random points of the other names then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import combinations, islice

import sympy as sp

from errata.checking.algebra import TURNS, Lowered, lowered
from errata.checking.customary_conditions import points_in_common, saving_condition
from errata.reading.generic import upper_limits
from errata.reading.lowering import negative
from errata.reading.relations import Pair
from errata.reading.vectors import Unlowered, added
from numerics.identity import vanishes

MOST_TRIED = 24
MOST_NAMES = 5
"""Names beyond which the sides are not looked at."""
_ACCENT = re.compile(r"\\(bar|hat|tilde|overline|mathbf)([A-Za-z])(?![A-Za-z])")
"""An accent on a letter, as the name of a symbol has it: \\barx."""
Put = Mapping[sp.Symbol, sp.Expr]


def saves_numbers(pair: Pair, text: str, seed: int) -> str | None:
    """The first condition under which a relation of numbers holds; None where none of them saves it."""
    try:
        turns = [lowered(pair, turn) for turn in range(TURNS)]
    except (Unlowered, RecursionError):
        return None
    if any(t.generic.matrices or t.generic.uninterpreted or t.generic.approached for t in turns):
        return None
    for name in upper_limits(pair.left, pair.right):
        if _holds_for_one_term(pair, name, seed):
            return f"{name} = 1"
    customary = saving_condition(pair, text, seed)
    if customary is not None and customary.general:
        return customary.text
    for says, put_in in islice(_conditions(turns), MOST_TRIED):
        if _holds(turns, put_in, seed):
            return _ACCENT.sub(r"\\\1{\2}", says)
    return None


def _holds_for_one_term(pair: Pair, name: str, seed: int) -> bool:
    """Whether both sides are the same where a sum has one term."""
    try:
        once = lowered(pair, fixed={name: 1})
    except (Unlowered, RecursionError, ZeroDivisionError):
        return False
    return points_in_common([(once, {})], seed) > 0 and not vanishes(once.left, seed)


def _conditions(turns: list[Lowered]) -> Iterator[tuple[str, dict[str, sp.Expr]]]:
    """The customary conditions on names, those that take least away first."""
    met = sorted(set.intersection(*({s.name for s in t.symbols} for t in turns)))
    names = [name for name in met if "[" not in name]
    families = sorted({name.partition("[")[0] for t in turns for s in t.symbols for name in [s.name] if "[" in name})
    if len(names) > MOST_NAMES:
        return
    for one, other in combinations(names, 2):
        yield f"{other} = {one}", {other: sp.Symbol(one, real=True)}
        yield f"{one} + {other} = 1", {other: added([sp.Integer(1), negative(sp.Symbol(one, real=True))])}
    for value in (sp.Integer(1), sp.Rational(1, 2), sp.Integer(0)):
        yield from ((f"{name} = {value}", {name: value}) for name in names)
    for family in families:
        yield f"the {family}_i are equal", {f"{family}[]": sp.Symbol(f"{family}[1]", real=True)}


def _holds(turns: list[Lowered], put_in: Mapping[str, sp.Expr], seed: int) -> bool:
    pairs = [(t, _of(t, put_in)) for t in turns]
    if not points_in_common(pairs, seed):
        return False
    return not all(vanishes(t.left.subs(put), seed) for t, put in pairs)


def _of(found: Lowered, put_in: Mapping[str, sp.Expr]) -> Put:
    """The values by the symbols of a relation; those of a family for all its members but the first."""
    values: dict[sp.Symbol, sp.Expr] = {}
    for symbol in found.symbols:
        family = f"{symbol.name.partition('[')[0]}[]"
        value = put_in.get(symbol.name, put_in.get(family) if "[" in symbol.name else None)
        if value is not None and value != symbol:
            values[symbol] = value
    return values
