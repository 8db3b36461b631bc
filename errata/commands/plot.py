"""``errata derive --plot``: the closed form as a line over one parameter, its routes as points with error bars."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from errata.commands.evidence import insist_on_models, stated, value_of

if TYPE_CHECKING:
    from flint import arb

    from claims.claim import Claim
    from claims.domains import Domain, Variable

FORMS = (".svg", ".png", ".pdf")
LINE, MARKS = 61, 9
MARKERS = "o s ^ D v P X".split()


def draw(claim: Claim, picture: str, over: str | None) -> None:
    """Draw a claim into a file. Raises a usage error, with a way out, for what can't be drawn."""
    insist_on_models()
    insist_on_matplotlib(picture, "or use --evidence")
    from matplotlib.figure import Figure

    variable = parameter(claim, over)
    figure = Figure(figsize=(7, 5.5), layout="constrained")
    above, below = figure.subplots(2, sharex=True, height_ratios=(3, 1))
    _fill(above, below, claim, variable)
    try:
        figure.savefig(picture)
    except OSError as error:
        raise click.UsageError(f"can't write {picture}: {error.strerror}") from None


def insist_on_matplotlib(picture: str, instead: str = "or leave --plot out") -> None:
    """Raises a usage error with a way out for a file that can't be drawn into, or where matplotlib is missing."""
    from importlib.util import find_spec

    if Path(picture).suffix.lower() not in FORMS:
        raise click.UsageError(f"--plot {picture}: the file must end in one of {', '.join(FORMS)}")
    if find_spec("matplotlib") is None:
        raise click.UsageError(f"--plot needs matplotlib: pip install 'errata[plot]', {instead}")


def parameter(claim: Claim, over: str | None) -> Variable:
    """The variable drawn along the axis: the one asked for, or the first that is no whole number."""
    from claims.domains import ClosedUnit, NonNegative, OpenUnit, Positive, Real
    from numerics.points import free_variables

    continuous = [
        v
        for v in free_variables(claim.right, claim.where)
        if isinstance(v.domain, Real | Positive | NonNegative | OpenUnit | ClosedUnit)
    ]
    names = ", ".join(v.name for v in continuous) or "none"
    if over is None and continuous:
        return continuous[0]
    chosen = [v for v in continuous if v.name == over]
    if not chosen:
        raise click.UsageError(f"{claim.name} has no continuous parameter {over or ''}: it has {names}")
    return chosen[0]


def places(domain: Domain, count: int) -> list[Any]:
    """Exact values along a domain, from end to end of the stretch that is drawn."""
    import sympy as sp

    from claims.domains import ClosedUnit, OpenUnit, Real

    match domain:
        case Real():
            low, high = sp.Rational(-5, 2), sp.Rational(5, 2)
        case OpenUnit() | ClosedUnit():
            low, high = sp.Rational(1, 50), sp.Rational(49, 50)
        case _:
            low, high = sp.Rational(1, 4), sp.Integer(4)
    return [low + (high - low) * sp.Rational(i, count - 1) for i in range(count)]


def _fill(axes: Any, below: Any, claim: Claim, variable: Variable) -> None:
    """The values above; below, how far each route is from what is stated, and the widest error bar as a band."""
    from numerics.catalogue import routes
    from numerics.sampling.route import calm_places

    rest = calm_places(claim)[0]
    _line(axes, [(float(x), stated(claim, {**rest, variable.name: x})) for x in places(variable.domain, LINE)])
    coarse = [{**rest, variable.name: x} for x in places(variable.domain, MARKS)]
    bands: list[list[tuple[float, float, float]]] = []
    for i, route in enumerate(routes(claim.name)):
        found = [(float(point[variable.name]), value_of(route, claim, point)) for point in coarse]
        size = max(11 - 2.5 * i, 3)
        _marks(axes, route.name, _numbers(found), MARKERS[i % len(MARKERS)], size)
        away = [(x, _less(value, stated(claim, point))) for (x, value), point in zip(found, coarse, strict=True)]
        bands.append(_numbers(away))
        _marks(below, route.name, bands[-1], MARKERS[i % len(MARKERS)], size / 2)
    widest = max(bands, key=lambda band: sum(e for _, _, e in band), default=[])
    below.fill_between([x for x, _, _ in widest], [-e for *_, e in widest], [e for *_, e in widest], alpha=0.2)
    below.set_xlabel(variable.name)
    below.set_ylabel("route − stated")
    fixed = ", ".join(f"{name} = {value}" for name, value in sorted(rest.items()) if name != variable.name)
    axes.set_title(f"{claim.name}{f'   ({fixed})' if fixed else ''}", fontsize=10)
    axes.legend(fontsize=8)


def _less(value: arb | str, other: arb | str) -> arb | str:
    """The difference of two balls; where one is missing, why."""
    if isinstance(value, str) or isinstance(other, str):
        return value if isinstance(value, str) else other
    return value - other


def _line(axes: Any, found: Sequence[tuple[float, arb | str]]) -> None:
    there = _numbers(found)
    axes.plot([x for x, _, _ in there], [y for _, y, _ in there], color="black", linewidth=1, label="stated")
    if not there:
        print("the closed form has no value at any point drawn", file=sys.stderr)


def _marks(axes: Any, name: str, there: Sequence[tuple[float, float, float]], marker: str, size: float) -> None:
    """Hollow points with error bars, each route's smaller than the one before, so that those which agree are seen."""
    style: Mapping[str, Any] = {"fmt": marker, "markersize": size, "fillstyle": "none", "capsize": 3, "linewidth": 1}
    axes.errorbar([x for x, _, _ in there], [y for _, y, _ in there], [e for _, _, e in there], label=name, **style)


def _numbers(found: Sequence[tuple[float, arb | str]]) -> list[tuple[float, float, float]]:
    """Place, middle and error of what has a value."""
    return [(x, float(v.mid()), float(v.rad())) for x, v in found if not isinstance(v, str) and v.is_finite()]
