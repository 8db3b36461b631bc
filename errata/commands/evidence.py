"""``errata derive --evidence``: the routes of a claim side by side, each with its error bar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import ceil, log10
from typing import TYPE_CHECKING, Any, assert_never

import click

from claims.records import Record

if TYPE_CHECKING:
    from flint import arb

    from claims.claim import Claim
    from claims.evidence import Evidence
    from numerics.points import Point
    from numerics.routes import Route
    from numerics.sampling.route import Sampling

SHOWN = 3
"""Points at which values are printed; every point of a route is judged."""
MOST_DIGITS = 17
MONTE_CARLO, SAMPLED = "monte-carlo", "sampled"
"""The route, and the word for a claim that has it; both are those of ``numerics.sampling.route``."""


class Witnessed(Record):
    """A route, what it found on the claim, and its value at the points shown."""

    route: str
    evidence: Evidence
    values: tuple[arb | str, ...]
    """A ball at each point, or why there is none."""


class SideBySide(Record):
    """The stated side and each route at the points shown."""

    points: tuple[Point, ...]
    stated: tuple[arb | str, ...]
    routes: tuple[Witnessed, ...]
    sampling: str = ""
    """Whether the claim is sampled, and if not, why; empty where nobody asked."""
    otherwise: str = ""
    """What of the sampling is not as it was asked for, and why; empty where all is."""

    @property
    def refuted(self) -> bool:
        from claims.evidence import Counterexample

        return any(isinstance(one.evidence, Counterexample) for one in self.routes)


def insist_on_models() -> None:
    """Raises a usage error with a way out where torch is missing, in which the reference models are written."""
    from importlib.util import find_spec

    if find_spec("torch") is None:
        raise click.UsageError("--evidence and --plot need the reference models: pip install 'errata[models]'")


def routes_of(claim: Claim, how: Sampling) -> tuple[tuple[Route, ...], str]:
    """The routes of the catalogue; where samples, a precision or a device are asked for, sampling by the same rule for
    every claim. And in words what is not as asked: a claim without float32 is drawn in float64.
    """
    from claims.records import replace
    from numerics.catalogue import casts_of, routes
    from numerics.sampling.averages import FLOAT64
    from numerics.sampling.route import NAME, Sampling, by_sampling, can_be_sampled, why_not_sampled

    found = routes(claim.name)
    casts = casts_of(found)
    if how == Sampling(executor=how.executor) or not can_be_sampled(claim, casts=casts):
        return found, ""
    why = why_not_sampled(claim, how.precision, casts)
    drawn = replace(how, precision=FLOAT64) if why else how
    said = f"drawn in {FLOAT64}, not in {how.precision} as asked: {why}" if why else ""
    return (*(route for route in found if route.name != NAME), by_sampling(drawn, casts)), said


def sampling_of(claim: Claim, routes: Sequence[Route]) -> str:
    """In words, whether one of the routes samples a claim, and if not, why: by the form of the claim."""
    from numerics.catalogue import casts_of
    from numerics.sampling.route import NAME, Applies, applies

    if any(route.name == NAME for route in routes):
        return Applies.YES.value
    found = applies(claim, casts_of(routes))
    return str((Applies.NOT_READ if found is Applies.YES else found).value)


def side_by_side(claim: Claim, how: Sampling, routes: Sequence[Route] | None = None) -> SideBySide:
    """What every route (of the catalogue, where none are given) finds on a claim, and the values at a few points."""
    from numerics.sampling.route import calm_places

    points = calm_places(claim)[:SHOWN]
    asked, otherwise = routes_of(claim, how) if routes is None else (routes, "")
    witnessed = tuple(
        Witnessed(route.name, route.run(claim), tuple(value_of(route, claim, point) for point in points))
        for route in asked
    )
    said = sampling_of(claim, asked) if routes is None else ""
    return SideBySide(points, tuple(stated(claim, point) for point in points), witnessed, said, otherwise)


def values_alone(claim: Claim, routes: Sequence[Route]) -> SideBySide:
    """The values of the left side at a few points, where there is no right side to hold them against."""
    from claims.evidence import Inconclusive
    from numerics.sampling.route import calm_places

    points = calm_places(claim)[:SHOWN]
    witnessed = (
        Witnessed(r.name, Inconclusive(r.name, "nothing is stated"), tuple(value_of(r, claim, p) for p in points))
        for r in routes
    )
    return SideBySide(points, tuple("nothing is stated" for _ in points), tuple(witnessed))


def stated(claim: Claim, point: Point) -> arb | str:
    """The right side at a point as a ball, or why it has none."""
    from numerics.balls import Undetermined, enclose
    from numerics.points import at

    try:
        return enclose(at(claim.right, point, claim.where), 256)
    except Undetermined as why:
        return str(why)


def value_of(route: Route, claim: Claim, point: Point) -> arb | str:
    """What a route gives at a point, or why it gives nothing."""
    from numerics.balls import Undetermined

    if route.value is None:
        return "judged at its own points"
    try:
        return route.value(claim, point)
    except (TypeError, ValueError, KeyError, Undetermined) as why:
        return str(why)


def as_text(found: SideBySide) -> str:
    """A block for each point, a line for each route; then what each route found over all of its points."""
    unsampled = [MONTE_CARLO] if found.sampling not in ("", SAMPLED) else []
    widest = max(len("stated"), *(len(one.route) for one in found.routes), *map(len, unsampled), 0)
    lines: list[str] = []
    for i, point in enumerate(found.points):
        lines.append(f"  at {', '.join(f'{n}={v}' for n, v in sorted(point.items())) or 'closed numbers'}")
        lines.append(f"    {'stated':<{widest}}  {bar(found.stated[i])}")
        lines += [f"    {one.route:<{widest}}  {bar(one.values[i])}" for one in found.routes]
    lines += [f"  {one.route:<{widest}}  {outcome(one.evidence)}" for one in found.routes]
    lines += [f"  {route:<{widest}}  {found.sampling}" for route in unsampled]
    lines += [f"  {MONTE_CARLO:<{widest}}  {found.otherwise}"] if found.otherwise else []
    return "\n".join(lines)


def bar(value: arb | str) -> str:
    """A value with its error: as many digits as the error leaves, MOST_DIGITS at most."""
    if isinstance(value, str):
        return f"– ({value})"
    if not value.is_finite():
        return "– (no value)"
    middle, error = float(value.mid()), float(value.rad())
    if not error:
        return f"{middle:.{MOST_DIGITS}g} exactly" if value.is_exact() else f"{middle:.{MOST_DIGITS}g}"
    digits = ceil(log10(max(abs(middle), error)) - log10(error)) + 1
    return f"{middle:.{min(max(digits, 1), MOST_DIGITS)}g} ± {error:.1e}"


def outcome(evidence: Evidence) -> str:
    """What a route found, in a line."""
    from claims.evidence import Agreement, Counterexample, Inconclusive, Proof

    match evidence:
        case Agreement():
            return f"agrees at {evidence.points} points, to {evidence.digits} digits at least ({evidence.detail})"
        case Counterexample():
            where = ", ".join(f"{name}={value}" for name, value in evidence.witness) or "closed numbers"
            return f"REFUTES at {where}: derived {evidence.left}, stated {evidence.right} ({evidence.detail})"
        case Inconclusive():
            return f"can't tell: {evidence.why}"
        case Proof():
            return "proved"
    assert_never(evidence)


def as_trees(found: SideBySide) -> list[dict[str, object]]:
    """The routes for JSON: what each found, and its values as strings, which lose no digit."""
    return [_tree(one, found.points) for one in found.routes]


def _tree(one: Witnessed, points: Sequence[Point]) -> dict[str, object]:
    from claims.evidence import Agreement, Counterexample, Inconclusive

    tree: dict[str, object] = {"route": one.route, "verdict": "inconclusive"}
    match one.evidence:
        case Agreement(points=count, digits=digits, detail=detail):
            tree |= {"verdict": "agrees", "points": count, "digits": digits, "detail": detail}
        case Counterexample(witness=witness, left=left, right=right, detail=detail):
            tree |= {"verdict": "refutes", "witness": dict(witness), "derived": left, "stated": right, "detail": detail}
        case Inconclusive(why=why):
            tree |= {"detail": why}
    tree["values"] = [
        {"at": {n: str(v) for n, v in point.items()}} | _value(value)
        for point, value in zip(points, one.values, strict=True)
    ]
    return tree


def totals(trees: Sequence[Mapping[str, Any]]) -> str:
    """What the routes of many derivations found, in a line, and how many claims are sampled, from their trees."""
    counts = Counter(route["verdict"] for tree in trees for route in tree["routes"] if "values" in route)
    sampling = Counter(tree["sampling"] for tree in trees)
    found = ", ".join(f"{counts[verdict]} {words}" for verdict, words in VERDICTS)
    said = ", ".join(f"{count} {words}" for words, count in sampling.most_common())
    otherwise = sum("sampling_otherwise" in tree for tree in trees)
    not_as_asked = f"; {otherwise} not as asked, as they say" if otherwise else ""
    return f"{len(trees)} derivations, {counts.total()} routes: {found}; {MONTE_CARLO}: {said}{not_as_asked}"


VERDICTS = (("agrees", "agree"), ("refutes", "refute"), ("inconclusive", "can't tell"))


def _value(value: arb | str) -> dict[str, str]:
    if isinstance(value, str):
        return {"none": value}
    return {"value": value.mid().str(MOST_DIGITS, radius=False), "error": value.rad().str(3, radius=False)}
