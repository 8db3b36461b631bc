"""Exact points at which a difference is visibly not zero."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Basic, Derivative, Expr, Function, Integral, Limit, Rational, Sum, nan
from sympy.core.function import AppliedUndef

from claims.domains import Variable, contains, symbol_of
from claims.notation import Notation

MOST_TERMS = 50
"""Terms that are added up one by one."""

TURNS = 4
"""How many points are tried before giving up."""

DIGITS = (30, 60)
LEAST_GAP = Rational(1, 10**15)
POOL = tuple(
    Rational(*ratio)
    for ratio in ((1, 2), (-3, 1), (5, 7), (2, 1), (-7, 5), (3, 1), (1, 10), (11, 3), (-1, 1), (1, 1), (5, 1), (0, 1))
)

BINDING = (Derivative, Integral, Limit, Sum)
"""What may bind a letter; anything else has it replaced as it stands, which is quicker."""

Witness = tuple[tuple[str, str], ...]


def witnesses(
    gap: Expr, where: tuple[Variable, ...], turns: int = TURNS, above: bool = False
) -> Iterator[tuple[Witness, str]]:
    """Points of ``where`` at which ``gap`` is away from zero by 1e-15 at 30 digits and at 60, each with the gap there.

    With ``above``, only points where it is above zero. In turn k the variable in place j has the value k + j of the
    pool, and from ``TURNS`` on also strides, so that two variables don't always move together.
    """
    if gap.atoms(Notation):
        return
    members = gap.atoms(AppliedUndef)
    free = {s.name for s in gap.free_symbols}
    used = tuple(v for v in where if v.name in free)
    for turn in range(turns):
        point = {v: _value(v, turn + place * (1 + turn // TURNS)) for place, v in enumerate(used)}
        if None in point.values():
            return
        values = {symbol_of(v): value for v, value in point.items()}
        here = gap.xreplace({e: _member(e, turn) for e in members})
        here = _added_up(here.subs(values)) if gap.has(*BINDING) else here.xreplace(values)
        sizes = [_number(here, digits) for digits in DIGITS]
        if all(_is_apart(size, above) for size in sizes):
            yield tuple((v.name, str(value)) for v, value in point.items()), str(sizes[0].n(6))


def _added_up(here: Expr) -> Expr:
    """Sums of a few numbers term by term: they are quicker to add than sums whose convergence is looked into."""
    found = {e: e.doit() for e in here.atoms(Sum) if all(_is_short(limit) for limit in e.limits)}
    return here.xreplace({e: value for e, value in found.items() if not value.has(Sum)})


def _is_short(limit: Basic) -> bool:
    return len(limit) == 3 and all(end.is_Integer for end in limit[1:]) and limit[2] - limit[1] < MOST_TERMS


def _member(e: AppliedUndef, turn: int) -> Expr:
    """A member of a sequence that is known by its name: another sequence for each name and at each turn."""
    if len(e.args) != 1:
        return e
    place, letter = e.args[0], sum(map(ord, e.func.__name__))
    moved = (place - turn - letter % 3) ** 2 + letter % 5
    if e.is_integer or e.is_nonnegative:
        return (1 + moved) / (1 if e.is_integer else 3)
    return (moved - 2 * place) / 3 if e.is_real else e


def _number(here: Expr, digits: int) -> Expr:
    """A number to so many digits; not a number where SymPy can't work it out."""
    try:
        return here.evalf(digits)
    except (TypeError, ValueError, NotImplementedError):
        return nan


def _is_apart(size: Expr, above: bool) -> bool:
    """Whether a number is clearly not zero; with ``above``, clearly positive."""
    if not (size.is_number and size.is_finite) or size.atoms(Function):
        return False
    return bool(size.is_real and size > LEAST_GAP) if above else bool(abs(size) > LEAST_GAP)


def _value(variable: Variable, turn: int) -> Rational | None:
    """A value in the variable's domain, another at each turn; None where the pool has none (a vector, say)."""
    admissible = [r for r in POOL if contains(variable.domain, r)]
    return admissible[turn % len(admissible)] if admissible else None
