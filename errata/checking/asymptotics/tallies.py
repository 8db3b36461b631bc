"""What random laws of a member say of the limit of a statistic: that it holds, or that it goes elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

import sympy as sp

from claims.laws import ChiSquared
from claims.notation import Normal
from claims.records import Record
from errata.checking.asymptotics.bent import Form, form
from errata.checking.asymptotics.far_out import APART, SAME, SIZES, FarOut, far_out
from errata.checking.asymptotics.posed import FREE, Place, Posed, Told, places, posed
from errata.checking.asymptotics.samples import Sample
from errata.checking.coordinates.findings import Witness
from errata.reading.families.notation import LawNode
from errata.reading.families.terms import Laws, Univariate, built
from errata.reading.generic import Generic
from errata.reading.tree import Node
from numerics.balls import Undetermined, enclose
from numerics.families.moments import mean as mean_of
from numerics.families.moments import variance as variance_of
from numerics.few_values import FewValues

TURNS, MOST_TURNS = 10, 20
LEAST = 8
ABOUT = 3.0
"""How many standard deviations the mean of what tends to nothing may be off."""
NOTHING = 1e-9
"""What is told as zero."""


class Way(Record):
    """One way to read a limit: the left side with definitions put in or not, S_n a sum or not, and options of laws.

    ``law`` is the stated law; None where the right side is a number.
    """

    sample: Sample
    size: str
    left: Node
    law: LawNode | None
    sums: bool
    choice: dict[str, int]
    note: str


@dataclass
class Tally:
    """At how many laws of a member a limit holds and fails, and the first at which it fails."""

    way: Way
    known: bool
    """Whether all names in the limit have a meaning."""
    told: bool
    """Whether all moments of a member that count are known."""
    agree: int = 0
    differ: int = 0
    far_apart: int = 0
    """At how many of those where it fails no moments of the members could mend it: it grows, or falls to nothing."""
    first: Witness | None = None
    message: str = ""

    @property
    def fails(self) -> bool:
        """Whether the limit is wrong for all laws that a member may have."""
        sound = self.known and (self.told or self.far_apart == self.differ)
        return sound and self.differ >= LEAST and not self.agree


def tallied(way: Way, right: Node, seed: int, most: int = TURNS, fixed: Place = FREE) -> Tally | None:
    """What random laws of a member, with names that are ``fixed``, say of a limit; None where few values can't stand
    for them.

    Raises Unlowered, Undetermined.
    """
    of = posed(way.sample, way.size, way.left, right if way.law is None else way.left, way.sums, way.choice)
    stated = None if way.law is None else built(way.law, Generic({}), Laws({}, choice=way.choice))
    times = 1 if stated is None else 2
    strange = frozenset() if stated is None else stated.free_symbols - of.known - {of.size}
    known = not strange and of.degree is not None and not set(of.free) - of.known
    tally = Tally(way, known, of.law is not None or (of.degree or 0) * times <= 2)
    for at, few, told in islice(places(of, seed, MOST_TURNS, fixed), MOST_TURNS):
        if of.law is not None and few.moments is not None and not _is_told(of, few.moments, times):
            return None
        try:
            if stated is None:
                _tell_value(tally, of, at, few, told)
            else:
                _tell_law(tally, of, stated, at, few, told)
        except Undetermined:
            continue
        if tally.agree + tally.differ >= most:
            break
    return tally


def _is_told(of: Posed, moments: int, times: int) -> bool:
    """Whether the moments that a law of few values shares with that of a member tell all that is averaged."""
    return of.degree is not None and of.degree * times <= moments


def _tell_value(tally: Tally, of: Posed, at: Place, few: FewValues, told: Told) -> None:
    """Adds what one law of a member says of a statistic that is to tend to a number. Raises Undetermined."""
    off, goal = far_out(of, of.left - of.right, at, few), far_out(of, of.right, at, few)
    right, mean = goal.means[-1], off.means[-1]
    size = max(abs(right), abs(mean))
    if goal.spreads[-1] > SAME * size:
        return
    number = off.vanishes or off.spreads[-1] <= SAME * SAME * size
    if number and (abs(mean) <= SAME * abs(right) or abs(mean) <= ABOUT * off.spreads[-1] or off.falls):
        tally.agree += 1
    elif off.grows:
        tally.differ += 1
        tally.far_apart += 1
        _keep(tally, told, "grows without bound", _shown(right))
    elif not number and off.keeps_a_spread and off.spreads[-1] > APART * size:
        tally.differ += 1
        _keep(tally, told, f"stays random, with {_shown(off.spreads[-1])} for a deviation", _shown(right))
    elif number and off.keeps_a_mean and abs(mean) > APART * size:
        tally.differ += 1
        _keep(tally, told, f"tends to {_shown(mean + right)}", _shown(right))


def _keep(tally: Tally, told: Told, left: str, right: str) -> None:
    if tally.first is None:
        where = f" for {', '.join(f'{n} = {v}' for n, v in told)}" if told else ""
        tally.first = told, left.removeprefix("tends to "), right
        tally.message = f"as {tally.way.size} grows, the left side {left}{where}, and the right side is {right}"


def _tell_law(tally: Tally, of: Posed, stated: Univariate, at: Place, few: FewValues, told: Told) -> None:
    """Adds what one law of a member says of a statistic that is to have a law in the limit. Raises Undetermined."""
    if isinstance(stated, ChiSquared) and of.size not in stated.free_symbols:
        squared = form(of, of.left, at, few)
        if squared is not None and squared.cumulants[1] > SAME:
            _tell_form(tally, squared, float(enclose(stated.args[0], at=at).mid()), told)
            return
    normal = isinstance(stated, Normal)
    mean, variance = (stated.mean, stated.variance) if normal else (mean_of(stated), variance_of(stated))
    scaled = far_out(of, (of.left - mean) / sp.sqrt(variance), at, few)
    off = max(abs(scaled.means[-1]), abs(scaled.deviations[-1] - 1))
    far_apart = scaled.grows or scaled.vanishes
    if not far_apart and (not scaled.linear or not scaled.settles):
        return
    if not normal and of.size in stated.free_symbols:
        return
    if normal and not far_apart and off < SAME:
        tally.agree += 1
    elif far_apart or not normal or off > APART:
        tally.differ += 1
        tally.far_apart += far_apart
        if tally.first is None:
            _keep_law(tally, of, far_out(of, of.left, at, few), told, _moments(of, mean, variance, at, few))


def _tell_form(tally: Tally, squared: Form, degrees: float, told: Told) -> None:
    """Adds what it says of one that is to be chi-squared: a form whose cumulants are k, 2k and 8k has as eigenvalues k
    ones and zeros."""
    asked = degrees, 2 * degrees, 8 * degrees
    off = max(abs(a - b) / b for a, b in zip(squared.cumulants, asked, strict=True))
    if squared.pure and off < SAME:
        tally.agree += 1
    elif off > APART:
        tally.differ += 1
        left, right = (f"mean {_shown(k[0])} and variance {_shown(k[1])}" for k in (squared.cumulants, asked))
        where = f"for {', '.join(f'{n} = {v}' for n, v in told)} " if told else ""
        tally.first = tally.first or (told, left, right)
        message = f"{where}as {tally.way.size} grows, the left side has {left}; the stated law has {right}"
        tally.message = tally.message or message


def _moments(of: Posed, mean: sp.Expr, variance: sp.Expr, at: Place, few: FewValues) -> tuple[float, float]:
    """The mean and the variance of the stated law at the last size."""
    return far_out(of, mean, at, few).means[-1], far_out(of, variance, at, few).means[-1]


def _keep_law(tally: Tally, of: Posed, left: FarOut, told: Told, stated: tuple[float, float]) -> None:
    where = f"for {', '.join(f'{n} = {v}' for n, v in told)} " if told else ""
    right = f"mean {_shown(stated[0])} and variance {_shown(stated[1])}"
    mean, variance = _shown(left.means[-1]), _shown(left.deviations[-1] ** 2)
    far = f" at {of.size} = {SIZES[-1]}"
    if left.settles and not left.vanishes:
        tells = f"is nearly normal with mean {mean} and variance {variance}"
        tally.first = told, f"mean {mean} and variance {variance}", right
    else:
        tells = f"has mean {mean} and variance {left.deviations[-1] ** 2:.6g}{far}"
        tally.first = told, f"mean {mean} and variance {left.deviations[-1] ** 2:.6g}{far}", right
    tally.message = f"{where}as {of.size} grows, the left side {tells}; the stated law has {right}"


def _shown(value: float) -> str:
    return "0" if abs(value) < NOTHING else f"{value:.6g}"
