"""arg min and arg max of a function of one variable, by the sign of its derivative.

Where f′ = h · (something positive) on the whole range of x, and h falls (rises) strictly and is zero at r, then f rises
before r and falls after it (falls, then rises): r is its only maximum (minimum). Everything that this rests on is asked
of SymPy's flags; what they don't say leaves the notation as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import sympy as sp

from claims.domains import Domain, NonNegative, OpenUnit, Positive, Real
from claims.notation import Argmax, Argmin
from derivations.sums import letters_for_sums

PLAIN = (sp.Add, sp.Mul, sp.Pow, sp.exp, sp.log, sp.Symbol, sp.Number, sp.NumberSymbol)
"""What a function may be made of."""


def optimum(f: sp.Expr, x: sp.Symbol, kind: type[Argmin] | type[Argmax], domains: Mapping[str, Domain]) -> sp.Expr:
    """The only place in the range of ``x`` where ``f`` is least (greatest); ``kind(f, x)`` where no proof was found."""
    found, letters = None, letters_for_sums(f, x)
    plain = f.xreplace(letters)
    if x.name in domains and is_smooth(plain, domains):
        found = _crossing(sp.diff(plain, x), x, 1 if kind is Argmin else -1, domains)
    return kind(f, x) if found is None else found.xreplace({letter: e for e, letter in letters.items()})


def inside_out(expr: sp.Expr, domains: Mapping[str, Domain]) -> sp.Expr:
    """``expr`` with each symbol that lies strictly between 0 and 1 written 1/(1 + t), t > 0: a bijection, after which
    SymPy knows that 1 − p is positive too. The same p always becomes the same t. Sums are factored, but for those with
    logs, where it would take long and tell nothing of a sign.
    """
    return _opened(expr, _between(expr, domains))


def by_odds(expr: sp.Expr, domains: Mapping[str, Domain]) -> sp.Expr:
    """``expr`` with the letters of ``inside_out``, and nothing else changed."""
    return _with_odds(expr, _odds(_between(expr, domains)))


def _between(expr: sp.Expr, domains: Mapping[str, Domain]) -> frozenset[sp.Symbol]:
    letters = (s for s in expr.free_symbols if not isinstance(s, sp.Dummy))
    return frozenset(s for s in letters if isinstance(domains.get(s.name), OpenUnit))


def _odds(between: frozenset[sp.Symbol]) -> dict[sp.Symbol, sp.Symbol]:
    return {s: sp.Dummy(f"{s.name}_odds", dummy_index=0, positive=True) for s in between}


def _with_odds(expr: sp.Expr, odds: Mapping[sp.Symbol, sp.Symbol]) -> sp.Expr:
    return expr.subs({p: 1 / (1 + t) for p, t in odds.items()})


@lru_cache(maxsize=4096)
def _opened(expr: sp.Expr, between: frozenset[sp.Symbol]) -> sp.Expr:
    odds = _odds(between)
    opened = _with_odds(expr, odds)
    return opened.replace(
        lambda e: isinstance(e, sp.Add) and not e.has(sp.log) and not e.free_symbols.isdisjoint(odds.values()),
        lambda e: sp.factor(sp.together(e)),
    )


def _crossing(slope: sp.Expr, x: sp.Symbol, wanted: int, domains: Mapping[str, Domain]) -> sp.Expr | None:
    """Where ``slope`` changes sign, if it does so once: from −wanted to +wanted."""
    top, bottom = sp.fraction(sp.together(slope))
    constant, factors = sp.factor_list(top)
    below, divisors = sp.factor_list(bottom) if bottom.free_symbols else (bottom, [])
    parts = [(constant, 1), *factors, *divisors, (below, 1)]
    sign, turning = 1, []
    for part, power in parts:
        known = _sign(part, domains)
        if known is not None:
            sign *= known**power
        elif power == 1:
            turning.append(part)
        else:
            return None
    if len(turning) != 1:
        return None
    (h,) = turning
    trend = _sign(sp.factor(sp.diff(h, x)), domains)
    if trend is None or sign * trend != wanted:
        return None
    here = domains[x.name]
    inside = [root for root, short in _roots(h, x) if lies_in(short, here, domains) or lies_in(root, here, domains)]
    return inside[0] if len(inside) == 1 else None


def _roots(h: sp.Expr, x: sp.Symbol) -> list[tuple[sp.Expr, sp.Expr]]:
    """Where ``h`` is zero, in full and with one letter for what doesn't depend on x: solving is slow in many."""
    rest, moving = h.as_independent(x, as_Add=True)
    scale, core = sp.factor(moving).as_independent(x, as_Add=False)
    if not scale.is_nonzero:
        scale, core = sp.Integer(1), moving
    rest = sp.factor(rest / scale)
    letter = sp.Dummy("rest", **{k: True for k in ("positive", "negative", "real") if getattr(rest, f"is_{k}")})
    plain = core + (letter if rest.free_symbols else rest)
    try:
        found = sp.solve(plain, x) if core.has(x) else []
    except NotImplementedError:
        return []
    return [(r.subs(letter, rest), r) for r in found if sp.simplify(plain.subs(x, r)) == 0]


def is_smooth(f: sp.Expr, domains: Mapping[str, Domain]) -> bool:
    """Whether ``f`` is surely real and differentiable: logs and roots of what is positive, no division by zero.

    The slope alone doesn't tell: log(−x) has the slope 1/x where it has no real value.
    """
    if any(not isinstance(e, PLAIN) for e in sp.preorder_traversal(f)) or any(not s.is_real for s in f.free_symbols):
        return False
    powers = [e for e in f.atoms(sp.Pow) if not e.exp.is_integer or not e.exp.is_nonnegative]
    inside = [*(e.args[0] for e in f.atoms(sp.log)), *(e.base for e in powers if not e.exp.is_integer)]
    divisors = [e.base for e in powers if e.exp.is_integer]
    return all(_sign(e, domains) == 1 for e in inside) and all(_sign(e, domains) is not None for e in divisors)


def _sign(expr: sp.Expr, domains: Mapping[str, Domain]) -> int | None:
    """1 or −1 where the sign of ``expr`` is known, None elsewhere."""
    opened = sp.factor(sp.together(inside_out(expr, domains)))
    return 1 if opened.is_positive else -1 if opened.is_negative else None


def lies_in(root: sp.Expr, domain: Domain, domains: Mapping[str, Domain]) -> bool:
    match domain:
        case Real():
            return bool(root.is_real)
        case Positive():
            return _sign(root, domains) == 1
        case NonNegative():
            return root == 0 or _sign(root, domains) == 1
        case OpenUnit():
            return _sign(root, domains) == 1 and _sign(1 - root, domains) == 1
        case _:
            return False
