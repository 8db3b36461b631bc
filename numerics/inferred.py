"""Routes to scores, posteriors and maximum likelihood estimates that ask SciPy, and share no algebra with a derivation.

score       differences of SciPy's log density
posterior   SciPy's prior times SciPy's likelihood at a point, over the mean of the likelihood under the prior
estimate    SciPy draws a sample, and its log-likelihood is searched for its maximum; the closed form is read at the
            means of that sample
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import exp, inf

import numpy as np
import sympy as sp
from flint import arb
from scipy import optimize

from claims.claim import Claim
from claims.domains import Domain, Integer, OpenUnit, Positive, Variable, symbol_of
from claims.evidence import Evidence, Inconclusive
from claims.laws import Family
from claims.notation import Normal
from derivations.inferences import Estimate, Inference, Posterior, Score
from numerics.balls import Undetermined
from numerics.by_scipy import NAME, law_of, log_of, mean_of, value_at
from numerics.points import Point
from numerics.routes import Route, Trial, compared
from numerics.sampling.route import calm_places

SAMPLES, DRAWS = 6, 60
"""Samples that an estimate is tried on, and the draws in each."""
NEAR = 1e-6
"""What a search in float64 may be off by, relative to 1 + |value|."""
WIDTH = 1e-4
"""Half the width of a difference, relative to the room there is."""
GRID = 60
REACH = 14.0
"""How far the search goes: from e^−14 to e^14 for what is positive."""
Univariate = Family | Normal
Values = Mapping[sp.Symbol, float]
Domains = Mapping[str, Domain]
TRIED = {Score: 8, Posterior: 4}
"""Points of each kind of question."""


def by_asking(asked: Inference, drawn: Univariate, where: tuple[Variable, ...]) -> Route:
    """The route for a question; ``drawn`` is the law that observations are drawn from, with letters of its own."""
    domains = {v.name: v.domain for v in where}
    if isinstance(asked, Estimate):
        return Route(NAME, lambda claim: _estimated(claim, asked, drawn, domains))

    @lru_cache(maxsize=64)
    def value(items: tuple[tuple[sp.Symbol, float], ...]) -> arb:
        return _slope(asked, dict(items), domains) if isinstance(asked, Score) else _by_bayes(asked, dict(items))

    def derived(claim: Claim, point: Point, attempt: int = 0) -> arb:
        values = {symbol_of(v): float(point[v.name]) for v in claim.where if v.name in point}
        with np.errstate(all="ignore"):
            return value(tuple(values.items()))

    def run(claim: Claim) -> Evidence:
        how = "differences of SciPy's log density" if isinstance(asked, Score) else "SciPy's prior times likelihood"
        try:
            tried = calm_places(claim)[: TRIED[type(asked)]]
            return compared(claim, Trial(NAME, tried, lambda p, n: derived(claim, p, n), 5, how))
        except (TypeError, ValueError, Undetermined) as unread:
            return Inconclusive(NAME, str(unread))

    return Route(NAME, run, derived)


def _at(law: Univariate, values: Values) -> Univariate:
    return law.xreplace({s: sp.Integer(v) if isinstance(v, int) else sp.Float(v, 17) for s, v in values.items()})  # type: ignore[no-any-return]


def _number(e: sp.Expr, values: Values) -> float:
    return float(e.xreplace({s: sp.Float(v, 17) for s, v in values.items()}))


def _slope(asked: Score, values: Values, domains: Domains) -> arb:
    """The difference quotient at two widths, put together so that the term in the square of the width goes."""

    def height(t: float) -> float:
        there = {**values, asked.by: t}
        return float(log_of(law_of(_at(asked.law, there)), _number(asked.at, there)))

    place = values[asked.by]
    h = WIDTH * _room(place, domains[asked.by.name])
    wide, close = ((height(place + w) - height(place - w)) / (2 * w) for w in (h, h / 2))
    value = (4 * close - wide) / 3
    if not np.isfinite(value):
        raise Undetermined("SciPy finds no finite slope")
    return arb(value, abs(value - close) + 1e-8 * (1 + abs(value)) + 1e-15 * abs(height(place)) / h)


def _room(place: float, domain: Domain) -> float:
    """How far a place is from the ends of its range."""
    if isinstance(domain, OpenUnit):
        return min(place, 1 - place)
    return place if isinstance(domain, Positive) else 1.0


def _by_bayes(asked: Posterior, values: Values) -> arb:
    """Prior times likelihood, over the mean of the likelihood under the prior."""
    prior, place = law_of(_at(asked.prior, values)), values[asked.by]
    low, high = prior.support()
    others = {s: v for s, v in values.items() if s != asked.by}
    seen = [(_number(x, others), n) for x, count in asked.seen if (n := _number(count, others))]
    law = _at(asked.law, others)
    at = law.args.index(asked.by)

    def log_likelihood(t: float) -> float:
        there = law_of(law.func(*law.args[:at], sp.Float(t, 17), *law.args[at + 1 :]))
        return float(sum(n * log_of(there, x) for x, n in seen))

    here = log_likelihood(place)

    def likelihood(t: float) -> float:
        relative = log_likelihood(t) - here if low < t < high else -inf
        return exp(relative) if np.isfinite(relative) else 0.0

    return arb(float(prior.pdf(place))) / mean_of(likelihood, prior)


def _estimated(claim: Claim, asked: Estimate, drawn: Univariate, domains: Domains) -> Evidence:
    found: dict[tuple[tuple[str, sp.Rational], ...], float] = {}
    try:
        for seed in range(SAMPLES):
            draw = np.random.default_rng(seed)
            values: dict[sp.Symbol, float] = {
                s: _drawn(domains[s.name], draw) for s in sorted(drawn.free_symbols, key=str)
            }
            sample = np.asarray(law_of(_at(drawn, values)).rvs(size=DRAWS, random_state=draw), dtype=float)
            values |= _statistics(asked, sample, values)
            known = {s: v for s, v in values.items() if s != asked.by}
            point = {v.name: sp.Rational(known[symbol_of(v)]) for v in claim.where if symbol_of(v) in known}
            found[tuple(sorted(point.items()))] = _highest(asked, sample, known, domains[asked.by.name])
    except (TypeError, ValueError, Undetermined) as unread:
        return Inconclusive(NAME, str(unread))

    def derived(point: Point, attempt: int) -> arb:
        value = found[tuple(sorted(point.items()))]
        return arb(value, NEAR * (1 + abs(value)))

    points = tuple(dict(items) for items in found)
    detail = f"SciPy's log-likelihood of {SAMPLES} samples of {DRAWS}, searched"
    return compared(claim, Trial(NAME, points, derived, 5, detail))


def _drawn(domain: Domain, draw: np.random.Generator) -> float:
    """A value of a parameter."""
    if isinstance(domain, Integer):
        return int(draw.integers(2, 7))
    if isinstance(domain, OpenUnit):
        return float(draw.uniform(0.2, 0.8))
    return float(draw.uniform(0.5, 2.5) if isinstance(domain, Positive) else draw.normal())


def _statistics(asked: Estimate, sample: np.ndarray, values: Values) -> dict[sp.Symbol, float]:
    """The letter of each statistic: the value of it that makes the stated mean that of the sample."""
    found: dict[sp.Symbol, float] = {}
    for one in asked.statistics:
        of = one.of.xreplace({s: sp.Float(v, 17) for s, v in values.items() if s != asked.x})
        seen = np.array([value_at(of, asked.x, x) for x in sample])
        if one.spread:
            found[one.letter] = float(np.var(seen))
            continue
        empty, full = (_number(one.value, {**values, **found, one.letter: at}) for at in (0.0, 1.0))
        found[one.letter] = (float(np.mean(seen)) - empty) / (full - empty)
    return found


def _highest(asked: Estimate, sample: np.ndarray, values: Values, domain: Domain) -> float:
    """Where the log-likelihood of a sample is greatest, by a grid and then Brent's search. Raises Undetermined."""
    places, counts = np.unique(sample, return_counts=True)

    def place(z: float) -> float:
        if isinstance(domain, OpenUnit):
            return 1 / (1 + exp(-z))
        return exp(z) if isinstance(domain, Positive) else z

    def depth(z: float) -> float:
        law = law_of(_at(asked.law, {**values, asked.by: place(z)}))
        total = float(counts @ log_of(law, places))
        return -total if np.isfinite(total) else inf

    with np.errstate(all="ignore"):
        grid = np.linspace(-REACH, REACH, GRID)
        depths = [depth(z) for z in grid]
        best = int(np.argmin(depths))
        if best in (0, GRID - 1) or not np.isfinite(depths[best]):
            raise Undetermined("the log-likelihood has no maximum within reach")
        options = {"xatol": 1e-11}
        bounds = (grid[best - 1], grid[best + 1])
        return place(float(optimize.minimize_scalar(depth, bounds=bounds, method="bounded", options=options).x))
