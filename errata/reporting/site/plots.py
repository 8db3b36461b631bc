"""A picture of a refuted relation in one or two names: both sides along the first, and the witness where they part.

Drawn only where the sides, computed anew here, come to what the counterexample says that they are at the witness.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from functools import reduce
from html import escape
from operator import mul

import numpy as np
import sympy as sp
from numpy.typing import NDArray

from claims.evidence import Counterexample
from claims.records import Record
from claims.verdict import Refuted
from errata.checking.judgement import Judged
from errata.reading.document import Document
from errata.reading.generic import Generic, lower_generic
from errata.reading.parser import parse
from errata.reading.relations import stated
from errata.reading.vectors import Unlowered
from errata.reporting.symbols import as_written

Array = NDArray[np.float64]
POINTS = 161
WIDTH, HEIGHT, EDGE = 460, 190, 34
CLOSE = 1e-3
MOST_NAMES = 2


class Plot(Record):
    """Both sides at some values of a name; ``fixed`` says where the other one is held."""

    name: str
    fixed: str | None
    at: tuple[float, ...]
    left: tuple[float, ...]
    right: tuple[float, ...]
    witness: tuple[float, float, float]
    """The value of the name, and of the two sides there."""


class NotDrawn(Exception):
    """A function that this file does not compute."""


def plot_of(judged: Judged, document: Document) -> Plot | None:
    """Both sides of a refuted relation around its witness; None where that can't be drawn honestly."""
    if not isinstance(judged.verdict, Refuted) or not 1 <= len(judged.verdict.by.witness) <= MOST_NAMES:
        return None
    by = judged.verdict.by
    point = {name: value for name, text in by.witness if (value := _number(text)) is not None}
    if len(point) != len(by.witness):
        return None
    try:
        sides = _sides(judged, document)
        if sides is None or not {str(s) for side in sides for s in side.free_symbols} <= set(point):
            return None
        return _drawn(sides, point, by, f"{judged.left} {judged.right}")
    except (NotDrawn, Unlowered, ArithmeticError, ValueError, TypeError):
        return None


def _drawn(sides: tuple[sp.Basic, sp.Basic], point: Mapping[str, float], by: Counterexample, latex: str) -> Plot | None:
    free = {str(s) for side in sides for s in side.free_symbols}
    name = next((n for n in point if n in free), None)
    if name is None:
        return None
    here = point[name]
    exact = [float(_value(side, {n: np.array([v]) for n, v in point.items()})[0]) for side in sides]
    said = (_number(by.left), _number(by.right))
    if any(s is None or not math.isclose(v, s, rel_tol=CLOSE, abs_tol=CLOSE) for v, s in zip(exact, said, strict=True)):
        return None
    reach = max(1.0, abs(here))
    at = np.linspace(here - reach, here + reach, POINTS)
    others = {n: np.full(POINTS, v) for n, v in point.items()}
    left, right = (_value(side, {**others, name: at}) for side in sides)
    if np.isfinite(left).sum() < POINTS // 3 or np.isfinite(right).sum() < POINTS // 3:
        return None
    fixed = ", ".join(f"{as_written(n, latex)} = {v:g}" for n, v in point.items() if n != name and n in free)
    return Plot(
        as_written(name, latex), fixed or None, tuple(at), tuple(left), tuple(right), (here, exact[0], exact[1])
    )  # fmt: skip


def _sides(judged: Judged, document: Document) -> tuple[sp.Basic, sp.Basic] | None:
    chains = stated(parse(f"{judged.left} {judged.relation} {judged.right}", document.macros))
    if len(chains) != 1 or len(chains[0].pairs()) != 1:
        return None
    [pair] = chains[0].pairs()
    generic = Generic({})
    left, right = lower_generic(pair.left, generic), lower_generic(pair.right, generic)
    return None if generic.uninterpreted or generic.matrices else (left, right)


def _number(text: str) -> float | None:
    """The number in 1/2, 0.25, or 0.257390…"""
    try:
        return float(Fraction(text.rstrip("…")))
    except (ValueError, ZeroDivisionError):
        return None


_FUNCTIONS = {
    sp.exp: np.exp, sp.log: np.log, sp.sin: np.sin, sp.cos: np.cos, sp.tan: np.tan, sp.tanh: np.tanh,
    sp.sinh: np.sinh, sp.cosh: np.cosh, sp.Abs: np.abs, sp.atan: np.arctan,
}  # fmt: skip


def _value(term: sp.Basic, at: Mapping[str, Array]) -> Array:
    """A term at many points at once; not a number where it has no real value."""
    with np.errstate(all="ignore"):
        found: Array = np.asarray(_computed(term, at), dtype=float) + np.zeros(len(next(iter(at.values()))))
        return np.where(np.isfinite(found), found, np.nan)


def _computed(term: sp.Basic, at: Mapping[str, Array]) -> Array | float:
    match term:
        case sp.Symbol():
            return at[str(term)]
        case sp.Number() | sp.NumberSymbol():
            return float(term)
        case sp.Add():
            return sum((_computed(a, at) for a in term.args), 0.0)
        case sp.Mul():
            return reduce(mul, (_computed(a, at) for a in term.args), 1.0)
        case sp.Pow(base=base, exp=exponent):
            power: Array = np.power(np.asarray(_computed(base, at), dtype=float), _computed(exponent, at))
            return power
        case _ if term.func in _FUNCTIONS and len(term.args) == 1:
            found: Array = _FUNCTIONS[term.func](_computed(term.args[0], at))
            return found
        case _:
            raise NotDrawn


def svg(plot: Plot) -> str:
    """The picture, for a page: it takes its colours from the page."""
    values = [v for v in (*plot.left, *plot.right, *plot.witness[1:]) if math.isfinite(v)]
    ordered = sorted(values)
    cut = len(ordered) // 20  # near a pole the rest would be flat
    low, high = min(ordered[cut], *plot.witness[1:]), max(ordered[-1 - cut], *plot.witness[1:])
    margin = 0.08 * (high - low) or 1.0
    low, high = low - margin, high + margin
    first, last = plot.at[0], plot.at[-1]

    def x(value: float) -> float:
        return EDGE + (value - first) / (last - first) * (WIDTH - 2 * EDGE)

    def y(value: float) -> float:
        return HEIGHT - EDGE + 8 - (value - low) / (high - low) * (HEIGHT - 1.4 * EDGE)

    def path(side: tuple[float, ...]) -> str:
        out, pen = [], "M"
        for at, value in zip(plot.at, side, strict=True):
            if math.isfinite(value) and low <= value <= high:
                out.append(f"{pen}{x(at):.1f} {y(value):.1f}")
                pen = "L"
            else:
                pen = "M"
        return "".join(out)

    here, left, right = plot.witness
    said = f"along {plot.name}" + (f", with {plot.fixed}" if plot.fixed else "")
    return (
        f'<figure class="plot"><svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="both sides {escape(said, quote=True)}; they differ at {here:g}">'
        f'<path class="axis" d="M{EDGE} {HEIGHT - EDGE + 8}H{WIDTH - EDGE}"/>'
        f'<text x="{EDGE}" y="{HEIGHT - 8}">{first:.3g}</text>'
        f'<text x="{WIDTH - EDGE}" y="{HEIGHT - 8}" text-anchor="end">{last:.3g}</text>'
        f'<path class="left" d="{path(plot.left)}"/><path class="right" d="{path(plot.right)}"/>'
        f'<path class="gap" d="M{x(here):.1f} {y(left):.1f}V{y(right):.1f}"/>'
        f'<circle class="left" cx="{x(here):.1f}" cy="{y(left):.1f}" r="4"/>'
        f'<circle class="right" cx="{x(here):.1f}" cy="{y(right):.1f}" r="4"/></svg>'
        f'<figcaption><span class="left">left side</span> and <span class="right">right side</span> {escape(said)}; '
        f"the witness at {here:g}</figcaption></figure>"
    )
