"""What every page of a derivation is held to: its links, its routes, and slips planted in its end and in its steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import pytest
import sympy as sp

from claims.claim import Claim, Derivation, Relation, Step
from claims.domains import Variable
from claims.evidence import Agreement, Counterexample, Evidence, Inconclusive
from claims.notation import Normal
from claims.records import replace
from claims.verdict import Proved, Refuted, Tried, decide
from derivations.check import Holds, derive, linked
from numerics.balls import Undetermined
from numerics.casts import GIVEN, Cast, with_laws
from numerics.catalogue import evidence, routes
from numerics.named_laws import term_by_term
from numerics.points import CALM, NASTY, Point, at, free_variables, points
from numerics.quadrature import estimated
from numerics.routes import contradicts
from numerics.sampling.route import NAME as MONTE_CARLO
from numerics.slips import slips
from numerics.written import worth
from property_tests.planted import first_and_last_of_each_kind
from property_tests.slip_kinds import insist_on_every_kind, kind_of, spread

LEAST_POINTS = 8
SLOWEST_LINK_S = 5.0
SECONDS_FOR_A_SLIP = 2.0
"""In which no link from or to a slip may be proved; the true links take less."""
HALF, THIRD = sp.Rational(1, 2), sp.Rational(1, 3)
UNSEEN = (*NASTY, *CALM, *(sp.Rational(k, 23) for k in (1, 5, 11, 12, 18, 22)))
NAMED: Cast = {
    "p": Normal(HALF, 2),
    "q": Normal(-HALF, 1),
    "r": Normal(GIVEN / 3, HALF),
    "s": Normal(1 - GIVEN / 2, 3),
    "t": Normal(GIVEN, 1),
    "b": Normal(-1, HALF),
    "m": Normal(1, 2),
    "x": GIVEN**2 / 3 - 2 * GIVEN + HALF,
    "y": (GIVEN - 2) ** 2 / 5 - HALF,
    "z": GIVEN / 2 - GIVEN**2 / 5,
    "g": (GIVEN - 3) ** 2 / 4 - 1,
    "w": (GIVEN - 2) ** 2 / 3 + HALF,
    "k": (GIVEN - 2) ** 2 + 1,
    "a": (GIVEN - 1) ** 2 / 3 + HALF / 2,
    "Q": GIVEN / 3 - 1,
    "R": (GIVEN - 2) ** 2 / 4 - HALF,
    "V": 1 - GIVEN / 2,
    "W": (GIVEN - 1) ** 2 / 3 + HALF / 2,
    "D": GIVEN / 4 - HALF,
    "P": 1 / (1 + (GIVEN - 2) ** 2),
    "o": (GIVEN - 2) ** 2 / 4 + THIRD,
    "u": (GIVEN - 3) ** 2 / 5 + HALF,
    "v": 1 / (2 + (GIVEN - 1) ** 2),
}
MOST_SLIPS = 4
"""Slips tried in one step; the closed form gets more."""
MOST_OF_AN_END: Mapping[Relation, int] = {Relation.EQ: 16, Relation.LE: 6, Relation.GE: 6}
"""Slips tried in the right side; for an inequality each costs a search."""


class HeldPage:
    """The tests that every page of derivations has. A page's ``TestPage`` extends this and names its derivations."""

    derivations: ClassVar[tuple[Derivation, ...]]
    least: ClassVar[int] = 4
    """Slips in a right side that are refuted at least."""

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """One test for each derivation of the page."""
        if "derivation" in metafunc.fixturenames:
            metafunc.parametrize("derivation", self.derivations, ids=lambda d: d.claim.name)

    def least_of(self, derivation: Derivation) -> int:
        """The same for one derivation, where it depends on which."""
        return self.least

    def test_every_link_is_proved(self, derivation: Derivation) -> None:
        insist_on_links(derivation)

    def test_every_route_agrees(self, derivation: Derivation) -> None:
        insist_on_routes(derivation)

    def test_every_slip_in_the_closed_form_is_refuted(self, derivation: Derivation) -> None:
        insist_on_refuted_slips(derivation, self.least_of(derivation))

    def test_every_slip_in_a_step_fails_there(self, derivation: Derivation) -> None:
        insist_on_failing_steps(derivation)


def insist_on_links(derivation: Derivation) -> None:
    """Every link is proved, in reasonable time."""
    checked = derive(derivation)
    assert isinstance(checked.verdict, Proved), checked.verdict
    assert max(s.seconds for s in checked.steps) < SLOWEST_LINK_S


def insist_on_routes(derivation: Derivation) -> None:
    """Two routes at least, and each agrees at enough points."""
    found = evidence(derivation.claim)
    assert len(found) >= 2
    for e in found:
        assert isinstance(e, Agreement), e
        assert e.points >= LEAST_POINTS, e


def insist_on_refuted_slips(derivation: Derivation, least: int = 4) -> None:
    """Every slip that changes the right side, and leaves it a value, is refuted: ``least`` of them or more.

    Of an inequality, every slip that is not refuted leaves it true, as far as points that no route has seen can tell.
    Of very many slips, as many as ``MOST_OF_AN_END`` are tried, evenly spread; and of each of the four kinds that
    apply, one at least is refuted.
    """
    claim, refuted = derivation.claim, 0
    kinds: set[str | None] = set()
    for slip in spread(slips(claim.right), MOST_OF_AN_END[claim.relation]):
        mutant = replace(claim, right=slip.expression)
        found = until_refuted(mutant)
        if isinstance(decide([Tried(None, found)]), Refuted):
            refuted += 1
            kinds.add(kind_of(slip))
        elif claim.relation is not Relation.EQ:
            assert not fails_somewhere(claim.left, claim.relation, slip.expression, claim.where), slip
        elif differs(claim.right, slip.expression, claim.where):
            assert all(isinstance(e, Inconclusive) for e in found), (slip, found)
            assert all(_has_no_value(e) for e in found if e.route != MONTE_CARLO), (slip, found)
    assert refuted >= least, refuted
    insist_on_every_kind(claim, {kind for kind in kinds if kind is not None})


def until_refuted(claim: Claim) -> tuple[Evidence, ...]:
    """What the routes find, up to the first that refutes."""
    found: list[Evidence] = []
    for route in routes(claim.name):
        found.append(route.run(claim))
        if isinstance(found[-1], Counterexample):
            break
    return tuple(found)


def insist_on_failing_steps(derivation: Derivation) -> None:
    """A slip in a step between the first and the last breaks the link to the step before it.

    A slip in a step of an inequality may leave it true, and then it may be proved.
    """
    where = derivation.claim.where
    for before, step in zip(derivation.steps, derivation.steps[1:-1], strict=False):
        for slip in first_and_last_of_each_kind(slips(step.expression))[:MOST_SLIPS]:
            if step.relation is Relation.EQ and not differs(step.expression, slip.expression, where):
                continue
            slipped = Step(step.reason, slip.expression, step.relation, step.grounds)
            if linked(before.expression, slipped, where, SECONDS_FOR_A_SLIP) == Holds():
                assert step.relation is not Relation.EQ, (step.reason, slip)
                assert not fails_somewhere(before.expression, step.relation, slip.expression, where), slip


def fails_somewhere(left: sp.Expr, relation: Relation, right: sp.Expr, where: tuple[Variable, ...]) -> bool:
    """Whether an inequality is false at one of many points, other ones than the routes try."""
    used = tuple(v for v in where if v in (*free_variables(left, where), *free_variables(right, where)))
    return any(_is_false(left, relation, right, point, where) for point in points(used, 40, pool=UNSEEN, seed=1))


def _is_false(left: sp.Expr, relation: Relation, right: sp.Expr, point: Point, where: tuple[Variable, ...]) -> bool:
    try:
        return contradicts(relation, worth(left, point, where), worth(right, point, where))
    except (Undetermined, TypeError):
        return False


def differs(left: sp.Expr, right: sp.Expr, where: tuple[Variable, ...]) -> bool:
    """Whether two expressions differ in value at some point, or one has none there: no derivation is asked."""
    return any(_apart(left, right, point, where) for point in points(free_variables(left, where), 4, pool=CALM))


def _apart(left: sp.Expr, right: sp.Expr, point: Point, where: tuple[Variable, ...]) -> bool:
    """By definition in high precision; nested expectations by quadrature; apart where only one side has a value.

    A law that is a name is a normal one here, a sequence has a formula: sides that differ under those differ.
    """
    ends = {s: point[s.name] for side in (left, right) for s in side.free_symbols if s.is_integer and s.name in point}
    left, right = (term_by_term(with_laws(side, NAMED), ends) for side in (left, right))
    try:
        return not worth(left, point, where).overlaps(worth(right, point, where))
    except (Undetermined, TypeError):
        try:
            balls = [estimated(at(side, point, where)) for side in (left, right)]
        except TypeError:
            return True
        return not all(ball.is_finite() for ball in balls) or not balls[0].overlaps(balls[1])


def _has_no_value(found: Evidence) -> bool:
    """Whether a route stopped because the slip left the right side without a value: a pole, the log of less than 0."""
    return isinstance(found, Inconclusive) and found.why.startswith("only -1 digits")
