"""Planting slips in claims and derivations, and telling those that are errors from those that change nothing."""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp

from claims.claim import Claim, Derivation, Step
from claims.domains import Variable
from claims.records import replace
from numerics.balls import Undetermined, enclose
from numerics.points import CALM, at, free_variables, points
from numerics.quadrature import estimated
from numerics.slips import Slip, slips


def wrong(expression: sp.Expr, where: tuple[Variable, ...]) -> list[Slip]:
    """The slips of an expression that change its value."""
    return [s for s in slips(expression) if differs(expression, s.expression, where)]


def differs(left: sp.Expr, right: sp.Expr, where: tuple[Variable, ...]) -> bool:
    """Whether two expressions differ in value at some point, by quadrature: no derivation is asked."""
    variables = tuple({v: None for e in (left, right) for v in free_variables(e, where)})
    for point in points(variables, 6, pool=CALM):
        balls = [estimated(at(e, point, where)) for e in (left, right)]
        if not all(b.is_finite() for b in balls) or not balls[0].overlaps(balls[1]):
            return True
    return False


def first_and_last_of_each_kind(found: Sequence[Slip]) -> list[Slip]:
    """Enough for a step; the closed form gets them all."""
    kinds = {s.name: s for s in reversed(found)} | {f"{s.name}, last": s for s in found}
    return list({s.expression: s for s in kinds.values()}.values())


def with_slip(derivation: Derivation, place: int, expression: sp.Expr) -> Derivation:
    """The derivation with one step replaced; the claim follows where the step is its right side."""
    steps = list(derivation.steps)
    steps[place] = Step(steps[place].reason, expression)
    return Derivation(replace(derivation.claim, right=steps[-1].expression), tuple(steps))


def real_somewhere(claim: Claim) -> bool:
    """Whether the right side has a real value at some point: log(−σ²) has none."""
    for point in points(free_variables(claim.right, claim.where), 8):
        try:
            enclose(at(claim.right, point, claim.where))
        except Undetermined:
            continue
        return True
    return False
