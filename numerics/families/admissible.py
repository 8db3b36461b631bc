"""Exact points at which a law has a meaning: its parameters in their domains, its values in its support."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

import sympy as sp
from flint import fmpq

from claims.domains import ClosedUnit, Domain, Integer, OpenUnit, Positive
from claims.laws import DiscreteUniform, Family, Uniform, Written, support_of
from claims.laws import domains_of as parameter_domains
from claims.notation import Normal
from numerics.balls import Undetermined, enclose, rational

Univariate = Family | Normal
_RANGES = ((fmpq(1, 2), fmpq(4)), (fmpq(2), fmpq(9)), (fmpq(1, 5), fmpq(5, 2)))
"""Where positive values are drawn from, in turn: moments of heavy tails exist for large ones only."""
TRIES = 100


def point(
    symbols: Sequence[sp.Symbol],
    laws: Sequence[Univariate],
    places: Mapping[sp.Symbol, Univariate],
    small: frozenset[sp.Symbol],
    unit: frozenset[sp.Symbol],
    within: Sequence[tuple[Univariate, Univariate]],
    turn: int,
    random: Random,
) -> dict[sp.Symbol, fmpq] | None:
    """A value for each symbol at which every law is admissible; None where none was found.

    A symbol in ``places`` lies in the support of its law, one in ``small`` is near zero, one in ``unit`` is a
    probability; a parameter lies in its domain, and any other symbol is positive. Of each pair in ``within`` the first
    law lives where the second does.
    """
    domains = domains_of(laws) | dict.fromkeys(unit, OpenUnit())
    plain = [s for s in symbols if s not in places]
    for attempt in range(TRIES):
        at = {s: _near_zero(random) if s in small else _drawn(domains.get(s), turn + attempt, random) for s in plain}
        if all(is_admissible(law, at) for law in laws) and all(lies_within(p, q, at) for p, q in within):
            try:
                return at | {s: _inside(places[s], at, random) for s in symbols if s in places}
            except Undetermined:
                continue
    return None


def outside(law: Univariate, at: Mapping[sp.Symbol, fmpq], upwards: bool) -> fmpq | None:
    """A value just outside of the support, above or below it; None where there is none or an end isn't rational."""
    support = support_of(law)
    try:
        if support.high is not sp.oo and (upwards or support.low is -sp.oo):
            return _exact(support.high, at) + 1
        return None if support.low is -sp.oo else _exact(support.low, at) - 1
    except Undetermined:
        return None


def domains_of(laws: Sequence[Univariate]) -> dict[sp.Symbol, Domain]:
    """The domain of each symbol that is a parameter by itself."""
    found: dict[sp.Symbol, Domain] = {}
    for law in laws:
        for argument, domain in parameter_domains(law):
            if isinstance(argument, sp.Symbol):
                found.setdefault(argument, domain)
    return found


def is_admissible(law: Univariate, at: Mapping[sp.Symbol, fmpq]) -> bool:
    """Whether the parameters of a law surely lie in their domains at a point."""
    try:
        inside = all(_contains(domain, argument, at) for argument, domain in parameter_domains(law))
        if inside and isinstance(law, Uniform | DiscreteUniform):
            low, high = (enclose(a, at=at) for a in law.args)
            return bool(low < high)
        if inside and isinstance(law, Written):
            return all(_begins_before_its_end(low, high, at) for _, low, high in law.pieces)
    except Undetermined:
        return False
    return inside


def lies_within(p: Univariate, q: Univariate, at: Mapping[sp.Symbol, fmpq]) -> bool:
    """Whether the support of p surely lies in that of q at a point."""
    inner, outer = support_of(p), support_of(q)
    try:
        low = outer.low is -sp.oo or bool(enclose(inner.low, at=at) >= enclose(outer.low, at=at))
        return low and (outer.high is sp.oo or bool(enclose(inner.high, at=at) <= enclose(outer.high, at=at)))
    except Undetermined:
        return False


def _begins_before_its_end(low: sp.Expr, high: sp.Expr, at: Mapping[sp.Symbol, fmpq]) -> bool:
    """Whether a range surely isn't empty. Raises Undetermined."""
    if low is -sp.oo or high is sp.oo:
        return True
    return low == high or bool(enclose(low, at=at) < enclose(high, at=at))


def _contains(domain: Domain, argument: sp.Expr, at: Mapping[sp.Symbol, fmpq]) -> bool:
    if isinstance(domain, Integer):
        value = rational(argument, at)
        return value is not None and value.q == 1 and (domain.least is None or value >= domain.least)
    ball = enclose(argument, at=at)
    if isinstance(domain, Positive):
        return bool(ball > 0)
    if isinstance(domain, OpenUnit | ClosedUnit):
        return bool(ball > 0) and bool(ball < 1)
    return True


def _drawn(domain: Domain | None, turn: int, random: Random) -> fmpq:
    if isinstance(domain, OpenUnit | ClosedUnit):
        return _between(fmpq(1, 9), fmpq(8, 9), random)
    if isinstance(domain, Integer):
        return fmpq(random.randint(2, 6))
    if domain is None or isinstance(domain, Positive):
        return _between(*_RANGES[turn % len(_RANGES)], random)
    return _between(fmpq(-3), fmpq(3), random)


def _near_zero(random: Random) -> fmpq:
    return _between(fmpq(1, 20), fmpq(1, 3), random) * random.choice((1, -1))


def _between(low: fmpq, high: fmpq, random: Random) -> fmpq:
    """A fraction strictly between two others, no round number."""
    bottom = random.choice((53, 61, 71, 83, 89, 97))
    return low + (high - low) * fmpq(random.randint(1, bottom - 1), bottom)


def _inside(law: Univariate, at: Mapping[sp.Symbol, fmpq], random: Random) -> fmpq:
    """A value in the support of a law."""
    support = support_of(law)
    if support.whole:
        low = _exact(support.low, at)
        span = 5 if support.high is sp.oo else int((_exact(support.high, at) - low).p)
        return low + random.randint(0, min(span, 5))
    if support.low is -sp.oo:
        return _between(fmpq(-3), fmpq(3), random)
    low = _exact(support.low, at)
    high = low + 4 if support.high is sp.oo else _exact(support.high, at)
    return _between(low, high, random)


def _exact(e: sp.Expr, at: Mapping[sp.Symbol, fmpq]) -> fmpq:
    found = rational(e, at)
    if found is None:
        raise Undetermined("an end of the support is not rational")
    return found
