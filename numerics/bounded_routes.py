"""Which Gauss routes of the catalogue carry a bound, by which theorem, and whether it meets the value by definition."""

from __future__ import annotations

from flint import arb

from claims.claim import Claim
from claims.records import Record
from derivations.catalogue import derivations
from numerics.balls import Undetermined
from numerics.bounded import Bounded
from numerics.catalogue import routes
from numerics.gauss import calm_points
from numerics.means import averaged
from numerics.points import Point, at
from numerics.written import worth

AN_ESTIMATE = "an estimate, no bound"


class Row(Record):
    """A claim with a Gauss route: the points, those with a bound, and by what."""

    claim: str
    points: int
    bounded: int
    by: str
    widest: float
    """The largest radius of a bound."""
    enclosed: int
    met: int


def measured(most: int | None = None) -> list[Row]:
    """A row for each claim of the catalogue that has a quadrature route by the rules of its laws."""
    rows: list[Row] = []
    for one in derivations():
        if len(rows) == most:
            break
        if any(route.by_gauss for route in routes(one.claim.name)):
            rows.append(_row(one.claim))
    return rows


def _row(claim: Claim) -> Row:
    tried = calm_points(claim)
    found = [averaged(at(claim.left, point, claim.where)) for point in tried]
    bounds = [(point, one) for point, one in zip(tried, found, strict=True) if isinstance(one, Bounded)]
    meets = [one.ball.overlaps(true) for point, one in bounds if (true := _defined(claim, point)) is not None]
    by = sorted({one.by or "rounding alone" for _, one in bounds}) or [AN_ESTIMATE]
    widest = max((float(one.ball.rad()) for _, one in bounds), default=float("inf"))
    return Row(claim.name, len(tried), len(bounds), "; ".join(by), widest, len(meets), sum(meets))


def _defined(claim: Claim, point: Point) -> arb | None:
    try:
        return worth(claim.left, point, claim.where)
    except (TypeError, Undetermined, ValueError):
        return None
