"""The Monte-Carlo route of any claim whose left side is made of averages of named laws. No page writes it.

n is fixed before anything is drawn; the error bar is that of a sequence which holds at every n; it is refused where the
tail is too heavy for a variance, and where the mean of so many draws is not near enough to normal at its alpha.
"""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import lru_cache

import sympy as sp
import torch
from flint import arb

from claims.claim import Claim
from claims.domains import Variable
from claims.evidence import Evidence, Inconclusive
from numerics.balls import Undetermined, enclose
from numerics.points import CALM, NASTY, Point, at
from numerics.routes import Route, Trial, agreed_digits, compared
from numerics.sampling.averages import LEAF, Average, average
from numerics.sampling.engine import summed
from numerics.sampling.expectations import apart, has_means
from numerics.sampling.fused import compiler
from numerics.sampling.heavy_tails import KEPT, MOST_FOR_A_MEAN, shape_of_tail
from numerics.sampling.moments import Moments
from numerics.sampling.sequences import MeanPlan, mixture_radius, not_yet_normal, two_sided
from numerics.written import places

NAME = "monte-carlo"
PLAN = MeanPlan(alpha=1e-9, discrepancy=0.02, false_pass=1e-3)
"""For each point: a false alarm in 1e9; an error of 0.02 sd passes once in 1000; n follows."""
POINTS = 8
LEAST_DIGITS = 1
MOST_TIMES = 16
"""How often the planned n may be taken where it leaves no digit; the radius holds at every n."""
ROUNDING = 1e-12
PAYS_FROM = 2**29
"""Samples from which compiling a loop of its own costs less than it saves: some 20 s, for each shape of integrand."""


@dataclass(frozen=True)
class Sampling:
    """How the averages of a claim are taken: the plan that fixed n, or more samples, and who takes them."""

    plan: MeanPlan = PLAN
    samples: int | None = None
    executor: Executor | None = None

    @property
    def n(self) -> int:
        return self.samples or self.plan.n

    @property
    def detail(self) -> str:
        if self.samples is None:
            return self.plan.detail
        return f"n={self.samples}, alpha={self.plan.alpha:g} at each point and any n"


def by_sampling(how: Sampling | None = None) -> Route:
    """The route that samples the left side of whatever claim it is given."""
    how = how or Sampling()

    def derived(claim: Claim, point: Point, attempt: int = 0) -> arb:
        return _remembered(claim.left, claim.where, tuple(sorted(point.items())), attempt, how)

    def run(claim: Claim) -> Evidence:
        try:
            tried = calm_places(claim)
            trial = Trial(NAME, tried, lambda point, attempt: derived(claim, point, attempt), LEAST_DIGITS, how.detail)
            return compared(claim, trial)
        except (TypeError, Undetermined, ValueError) as unread:
            return Inconclusive(NAME, str(unread))

    return Route(NAME, run, derived)


def calm_places(claim: Claim) -> tuple[Point, ...]:
    """Points near one, where errors are small; others too where there are too few of them."""
    calm = places(claim, CALM, POINTS)
    return calm if len(calm) == POINTS else places(claim, (*CALM, *NASTY), POINTS)


def can_be_sampled(claim: Claim) -> bool:
    """Whether the left side is made of averages that can be drawn, at enough points."""
    if not has_means(claim.left):
        return False
    try:
        tried = calm_places(claim)
        for mean in apart(at(claim.left, tried[0], claim.where)).means.values():
            average("probe", mean.integrand, dict(mean.laws))
    except (TypeError, Undetermined, ValueError):
        return False
    return len(tried) == POINTS


@lru_cache(maxsize=1024)
def _remembered(
    left: sp.Expr,
    where: tuple[Variable, ...],
    items: tuple[tuple[str, sp.Rational], ...],
    attempt: int,
    how: Sampling,
) -> arb:
    return sampled(at(left, dict(items), where), f"{left} at {items}, attempt {attempt}", how)


def sampled(e: sp.Expr, check: str, how: Sampling) -> arb:
    """The value of a closed expression as a ball, by sampling. Raises TypeError or Undetermined where it can't be."""
    parts = apart(e)
    alpha = how.plan.alpha / max(len(parts.means), 1)
    wanted = {
        symbol: average(f"{check}, mean {i}", mean.integrand, dict(mean.laws))
        for i, (symbol, mean) in enumerate(parts.means.items())
    }
    n = how.n
    while True:
        found = enclose(parts.expression, at={symbol: _ball(w, alpha, n, how) for symbol, w in wanted.items()})
        if agreed_digits(found) >= LEAST_DIGITS or how.samples or n >= MOST_TIMES * how.n:
            return found
        n *= 4  # the radius holds at every n together, so going on costs nothing


def _ball(wanted: Average, alpha: float, n: int, how: Sampling) -> arb:
    fused = wanted.normal is not None and n >= PAYS_FROM and compiler() is not None
    found = summed(replace(wanted, fused=fused), n, how.executor)
    _insist_on_a_mean(wanted, found, alpha)
    radius = mixture_radius(found, alpha, how.n)
    return arb(found.mean, radius + ROUNDING * (10 + abs(found.mean)))


def _insist_on_a_mean(wanted: Average, found: Moments, alpha: float) -> None:
    """Raises Undetermined where the radius would say nothing; judged by the first draws."""
    values = wanted.values(0, min(LEAF, found.n))
    if not bool(values.isfinite().all()):
        raise Undetermined("a draw has no finite value")
    if found.m2 == 0.0:
        return
    away = values - values.mean()
    shape = shape_of_tail(torch.topk(away.abs(), min(KEPT, len(away))).values.tolist())
    if shape >= MOST_FOR_A_MEAN:
        raise Undetermined(f"the draws have a tail of shape {shape:.2f}, which may have no variance")
    spread = float(away.square().mean()) ** 0.5 or 1.0
    skewness, kurtosis = (float(((away / spread) ** k).mean()) for k in (3, 4))
    why = not_yet_normal(two_sided(alpha), found.n, skewness, kurtosis - 3)
    if why is not None:
        raise Undetermined(why)
