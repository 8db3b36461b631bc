"""The Monte-Carlo route of any claim whose left side is made of averages of named laws. No page writes it.

n is fixed before anything is drawn; the error bar is that of a sequence which holds at every n; it is refused where the
tail is too heavy for a variance, and where the mean of so many draws is not near enough to normal at its alpha.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import lru_cache

import sympy as sp
import torch
from flint import arb
from torch import Tensor

from claims.claim import Claim
from claims.domains import Variable
from claims.evidence import Agreement, Evidence, Inconclusive
from numerics.balls import Undetermined, enclose
from numerics.points import CALM, NASTY, Point, at
from numerics.routes import Route, Trial, agreed_digits, compared
from numerics.sampling.averages import FLOAT64, LEAF, Average, average
from numerics.sampling.controls import DEGREES, Controlled, candidates
from numerics.sampling.engine import summed
from numerics.sampling.expectations import apart, has_means
from numerics.sampling.heavy_tails import KEPT, MOST_FOR_A_MEAN, shape_of_tail
from numerics.sampling.moments import moments_of
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
CHOICES = len(DEGREES) + 1
"""Ways of taking a mean among which the draws choose: each gets its part of alpha."""
MOST_TOLD = 1e12
"""A larger gain is rounding: nothing random is left."""
PAYS_FROM = 2**25
"""Samples from which compiling a loop of its own costs less than it saves: a second, for each shape of integrand."""


@dataclass(frozen=True)
class Sampling:
    """How the averages of a claim are taken: the plan that fixed n, or more samples, and who takes them."""

    samples: int | None = None
    executor: Executor | None = None
    precision: str = FLOAT64
    device: str = "cpu"
    plan: MeanPlan = PLAN
    controls: bool = True
    """Whether control variates are taken off where they pay."""

    @property
    def n(self) -> int:
        return self.samples or self.plan.n

    @property
    def detail(self) -> str:
        said = self.plan.detail
        if self.samples is not None:
            said = f"n={self.samples}, alpha={self.plan.alpha:g} at each point and any n"
        return said if self.precision == FLOAT64 else f"{said}; in {self.precision}, its rounding within the error"


@dataclass(frozen=True, slots=True)
class Sampled:
    """A ball, and how many times the draws the control variates were worth, of its means the one they helped least."""

    ball: arb
    gain: float


def by_sampling(how: Sampling | None = None) -> Route:
    """The route that samples the left side of whatever claim it is given."""
    how = how or Sampling()

    def drawn(claim: Claim, point: Point, attempt: int = 0) -> Sampled:
        return _remembered(claim.left, claim.where, tuple(sorted(point.items())), attempt, how)

    def derived(claim: Claim, point: Point, attempt: int = 0) -> arb:
        return drawn(claim, point, attempt).ball

    def run(claim: Claim) -> Evidence:
        try:
            tried = calm_places(claim)
            trial = Trial(NAME, tried, lambda point, attempt: derived(claim, point, attempt), LEAST_DIGITS, how.detail)
            found = compared(claim, trial)
            if not isinstance(found, Agreement):
                return found
            return replace(found, detail=how.detail + worth_of([drawn(claim, point).gain for point in tried]))
        except (TypeError, Undetermined, ValueError) as unread:
            return Inconclusive(NAME, str(unread))

    return Route(NAME, run, derived)


def worth_of(gains: Sequence[float]) -> str:
    """What control variates were worth over the points of a route, in words; nothing where they weren't used."""
    if max(gains) == 1:
        return ""
    low, high = (
        "any number of" if gain > MOST_TOLD else f"{gain:.1e}" if gain >= 1e4 else f"{gain:.3g}"
        for gain in (min(gains), max(gains))
    )
    return f"; control variates worth {low if low == high else f'{low} to {high}'} times the draws"


def calm_places(claim: Claim) -> tuple[Point, ...]:
    """Points near one, where errors are small; others too where there are too few of them."""
    calm = places(claim, CALM, POINTS)
    return calm if len(calm) == POINTS else places(claim, (*CALM, *NASTY), POINTS)


def can_be_sampled(claim: Claim, precision: str = FLOAT64) -> bool:
    """Whether the left side is made of averages that can be drawn, at enough points."""
    if not has_means(claim.left):
        return False
    try:
        tried = calm_places(claim)
        for mean in apart(at(claim.left, tried[0], claim.where)).means.values():
            average("probe", mean.integrand, dict(mean.laws), precision=precision)
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
) -> Sampled:
    return _sampled(at(left, dict(items), where), f"{left} at {items}, attempt {attempt}", how)


def sampled(e: sp.Expr, check: str, how: Sampling) -> arb:
    """The value of a closed expression as a ball, by sampling. Raises TypeError or Undetermined where it can't be."""
    return _sampled(e, check, how).ball


def _sampled(e: sp.Expr, check: str, how: Sampling) -> Sampled:
    parts = apart(e)
    alpha = how.plan.alpha / max(len(parts.means), 1)
    wanted = {
        symbol: average(f"{check}, mean {i}", mean.integrand, dict(mean.laws), how.device, how.precision)
        for i, (symbol, mean) in enumerate(parts.means.items())
    }
    better = {symbol: _chosen(one, alpha, how) for symbol, one in wanted.items()}
    gain = min((one.gain for one in better.values()), default=1.0)
    n = how.n
    while True:
        found = enclose(
            parts.expression, at={symbol: _ball(one, alpha / CHOICES, n, how) for symbol, one in better.items()}
        )
        if agreed_digits(found) >= LEAST_DIGITS or how.samples or n >= MOST_TIMES * how.n:
            return Sampled(found, gain)
        n *= 4  # the radius holds at every n together, so going on costs nothing


def _chosen(wanted: Average, alpha: float, how: Sampling) -> Controlled:
    """With the controls that help most and leave draws whose mean has an error; the chance alpha is for all of them.

    Raises Undetermined where not even the plain draws have one.
    """
    for one in candidates(wanted) if how.controls else [Controlled(wanted)]:
        values = one.average.values(0, min(LEAF, how.n))
        why = refused(values, how.n, alpha / CHOICES)
        if why is None or one.leaves_nothing(float(values.std())):
            return one
    raise Undetermined(why)


def _ball(one: Controlled, alpha: float, n: int, how: Sampling) -> arb:
    wanted = one.average
    if one.gain > MOST_TOLD:
        n = min(n, LEAF)  # nothing random is left to average out
    fused = n >= PAYS_FROM and wanted.can_be_fused
    found = summed(replace(wanted, fused=fused), n, how.executor)
    alpha, rounding = (alpha / 2, rounding_of(wanted, alpha / 2)) if wanted.single else (alpha, 0.0)
    rounding += ROUNDING * (10 + abs(found.mean) + one.plain_deviation)
    return arb(found.mean, mixture_radius(found, alpha, how.n) + rounding)


def rounding_of(wanted: Average, alpha: float) -> float:
    """How far float32 may move the mean: at most the mean of the bounds of single draws, but for chance alpha.

    Those bounds are worked out at the first draws. Raises Undetermined where one is infinite or their tail too heavy.
    """
    errors = wanted.rounding(0, LEAF)
    why = refused(errors, LEAF, alpha)
    if why is not None:
        raise Undetermined(why)
    found = moments_of(errors)
    return found.mean + mixture_radius(found, alpha, LEAF)


def refused(values: Tensor, n: int, alpha: float) -> str | None:
    """Why the mean of n draws has no error to be stated, judged by the first of them; None where it has one."""
    if not bool(values.isfinite().all()):
        return "a draw has no finite value"
    away = values - values.mean()
    spread = float(away.square().mean()) ** 0.5
    if spread == 0.0:
        return None
    shape = shape_of_tail(torch.topk(away.abs(), min(KEPT, len(away))).values.tolist())
    if shape >= MOST_FOR_A_MEAN:
        return f"the draws have a tail of shape {shape:.2f}, which may have no variance"
    skewness, kurtosis = (float(((away / spread) ** k).mean()) for k in (3, 4))
    return not_yet_normal(two_sided(alpha), n, skewness, kurtosis - 3)
