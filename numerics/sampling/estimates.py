"""The value of a closed expression by sampling: each mean a ball from its own draws, the rest arithmetic on balls.

n is fixed before anything is drawn. Where the law of a sum of plain draws is known the error bar is that law's
(``exact_laws``). Elsewhere it is that of a sequence which holds at every n, and refused where the tail is too heavy for
a variance, and where the mean of so many draws is not near enough to normal at its alpha.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass

import sympy as sp
import torch
from flint import arb
from scipy.stats import t as student
from torch import Tensor

from claims.records import replace
from numerics.balls import Undetermined, enclose
from numerics.routes import agreed_digits
from numerics.sampling.averages import FLOAT64, LEAF, Average, average
from numerics.sampling.controls import DEGREES, LEAST_GAIN, Controlled, candidates, reduced
from numerics.sampling.engine import summed
from numerics.sampling.exact_laws import ExactLaw, of_law, of_outcomes
from numerics.sampling.expectations import Mean, apart
from numerics.sampling.heavy_tails import KEPT, MOST_FOR_A_MEAN, shape_of_tail
from numerics.sampling.moments import moments_of
from numerics.sampling.reduction import NET, REPLICATES, Way, evaluations_each, independent
from numerics.sampling.sequences import MeanPlan, mixture_radius, not_yet_normal, quantile_moved, two_sided

PLAN = MeanPlan(alpha=2e-10, discrepancy=0.03, false_pass=1e-3)
"""For each point: a false alarm in 5e9; an error of 0.03 sd passes once in 1000; n follows."""
LEAST_DIGITS = 1
MOST_TIMES = 16
"""How often the planned n may be taken where it leaves no digit; the radius holds at every n."""
LOOKS = 3
"""How often a mean may be looked at on the way there, each time with its part of alpha where it isn't a sequence."""
WIDER = 1.3
"""By which the interval of the means of few nets exceeds Student's, for the skewness and kurtosis that is let through.
"""
ROUNDING = 1e-12
CHOICES = len(DEGREES) + 3
"""Ways of taking a mean among which the draws choose: each gets its part of alpha."""
MOST_TOLD = 1e12
"""A larger gain is rounding: nothing random is left."""
ENOUGH = 1e4
"""Controls that are worth so many times the draws are taken without a look at other ways."""
LEAST_OF_NETS = 4.0
"""Nets are of fewer evaluations than the plan has, and must make up for them."""
PAYS_FROM = 2**25
"""Samples from which compiling a loop of its own costs less than it saves: a second, for each shape of integrand."""


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the averages of a claim are taken: the plan that fixed n, or more samples, and who takes them."""

    samples: int | None = None
    executor: Executor | None = None
    precision: str = FLOAT64
    device: str = "cpu"
    plan: MeanPlan = PLAN
    controls: bool = True
    """Whether control variates are taken off where they pay."""
    roughly: bool = False
    """Whether a mean is wanted without an error to be stated, to find where to look."""

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
    """A ball, and what took off variance: of its means the one that was helped least, and how many times the draws."""

    ball: arb
    gain: float
    way: Way = Way.PLAIN
    laws: tuple[str, ...] = ()
    """The exact laws of sums that decided, where the central limit theorem wasn't leant on."""


def sampled(e: sp.Expr, check: str, how: Sampling) -> arb:
    """The value of a closed expression as a ball, by sampling. Raises TypeError or Undetermined where it can't be."""
    return estimate(e, check, how, {}).ball


def estimate(e: sp.Expr, check: str, how: Sampling, known: Mapping[sp.Symbol, arb]) -> Sampled:
    """The same, with what is known of free symbols, and what the control variates were worth."""
    parts = apart(e)
    alpha = how.plan.alpha / max(len(parts.means), 1)
    wanted = {
        symbol: average(f"{check}, mean {i}", mean.integrand, dict(mean.laws), how.device, how.precision)
        for i, (symbol, mean) in enumerate(parts.means.items())
    }
    choose = _plain if how.roughly else _chosen
    exact = {symbol: None if how.roughly else _exact_law(parts.means[symbol], one) for symbol, one in wanted.items()}
    better = {symbol: choose(one, alpha, how, exact[symbol]) for symbol, one in wanted.items()}
    least = min(better.values(), key=lambda one: one.gain, default=None)
    worth = (1.0, Way.PLAIN) if least is None else (least.gain, least.way)
    n = how.n
    while True:
        bars = {symbol: _bar(one, alpha / CHOICES, n, how, exact[symbol]) for symbol, one in better.items()}
        found = enclose(parts.expression, at={**known, **{symbol: bar.ball for symbol, bar in bars.items()}})
        if agreed_digits(found) >= LEAST_DIGITS or how.samples or n >= MOST_TIMES * how.n:
            return Sampled(found, *worth, laws=tuple(sorted({bar.law for bar in bars.values() if bar.law})))
        n *= 4  # the radius holds at every n together, so going on costs nothing


def _plain(wanted: Average, alpha: float, how: Sampling, exact: ExactLaw | None) -> Controlled:
    return Controlled(wanted)


def _exact_law(mean: Mean, wanted: Average) -> ExactLaw | None:
    """The law of the sum of plain draws, where it is known and draws aren't rounded to float32."""
    if wanted.single:
        return None
    few = wanted.outcomes
    if few is not None and (known := of_outcomes(few[1])) is not None:
        return known
    return of_law(mean.integrand, *mean.laws[0]) if len(mean.laws) == 1 else None


def _chosen(wanted: Average, alpha: float, how: Sampling, exact: ExactLaw | None) -> Controlled:
    """With the controls that help most and leave draws whose mean has an error; the chance alpha is for all of them.

    Plain draws whose sum has an exact law always have one. Raises Undetermined where not even plain draws have one.
    """
    few = wanted.outcomes
    if few is not None and exact is None:
        why = _by_outcomes(*few, how.n, alpha / CHOICES)
        if why is not None:
            raise Undetermined(why)
    open_tail = heavy(wanted.values(0, min(LEAF, how.n))) if few is None else None
    for one in _by_gain(wanted, how):
        if exact is not None and one.way is Way.PLAIN:
            return one
        if open_tail is not None and one.average.way is not Way.PLAIN:
            continue  # what cancels in a pair, or within a net, has a mean by accident
        values = one.average.values(0, min(LEAF, how.n))
        if one.average.is_constant or one.leaves_nothing(float(values.std())) or (few is not None and one.gain == 1):
            return one
        why = _refused_way(one, values, how, alpha / CHOICES, few is None)
        if why is None:
            return one
    raise Undetermined(why or "there are no draws")


def _refused_way(one: Controlled, values: Tensor, how: Sampling, alpha: float, tail_is_open: bool) -> str | None:
    """Why the mean of such draws has no error to be stated, of nets both of their points and of their means."""
    way = one.average.way
    why = refused(values, how.n // (2 if way is Way.ANTITHETIC else 1), alpha) if tail_is_open else None
    if why is None and way is Way.NET:
        means = independent(values, way)
        return "all nets gave the same" if float(means.std()) == 0.0 else _skewed(means, REPLICATES, alpha)
    return why


def _skewed(means: Tensor, replicates: int, alpha: float) -> str | None:
    """Why the means of nets are too far from normal for a wider interval to make up for it."""
    away = (means - means.mean()) / means.std()
    skewness, kurtosis = (float((away**k).mean()) for k in (3, 4))
    z = two_sided(alpha)
    if quantile_moved(z, replicates, skewness, kurtosis - 3) <= (WIDER - 1) * z:
        return None
    return f"the means of nets have skewness {skewness:.3g} and kurtosis {kurtosis:.3g}"


def _by_gain(wanted: Average, how: Sampling) -> list[Controlled]:
    """The ways that are worth more than plain draws, the best first, and plain draws."""
    if not how.controls:
        return [Controlled(wanted)]
    *better, plain = candidates(wanted)
    known = max((one.gain for one in better), default=1.0)
    if not (wanted.single or wanted.jumps or known > ENOUGH or (how.n >= PAYS_FROM and wanted.can_be_fused)):
        better += [one for one in [reduced(wanted, Way.ANTITHETIC)] if one.gain >= LEAST_GAIN]
        if how.n >= NET * REPLICATES:
            better += [one for one in [reduced(wanted, Way.NET)] if one.gain >= LEAST_OF_NETS]
    return [*sorted(better, key=lambda one: one.gain, reverse=True), plain]


def _by_outcomes(chances: Tensor, values: Tensor, n: int, alpha: float) -> str | None:
    """The same where every outcome is known: what is rare may be missing from the draws. The mean isn't looked at."""
    if not bool(values.isfinite().all()):
        return "an outcome has no finite value"
    away = values - (chances * values).sum()
    spread = float((chances * away.square()).sum()) ** 0.5
    if spread <= float(values.abs().max()) * 1e-14:
        return None
    skewness, kurtosis = (float((chances * (away / spread) ** k).sum()) for k in (3, 4))
    return not_yet_normal(two_sided(alpha), n, skewness, kurtosis - 3)


@dataclass(frozen=True, slots=True)
class _Bar:
    """A mean as a ball, and the exact law that decided its radius, if one did."""

    ball: arb
    law: str = ""


def _bar(one: Controlled, alpha: float, n: int, how: Sampling, exact: ExactLaw | None) -> _Bar:
    wanted = one.average
    if one.gain > MOST_TOLD:
        n = min(n, LEAF)  # nothing random is left to average out
    if wanted.way is Way.NET:
        whole = NET * REPLICATES * max(n // ((how.samples and NET * REPLICATES) or how.n), 1)
        return _Bar(_ball_of_nets(one, alpha, whole, how))
    fused = wanted.way is Way.PLAIN and n >= PAYS_FROM and wanted.can_be_fused
    found = summed(replace(wanted, fused=fused), n, how.executor)
    ends = exact.ends(found, alpha / LOOKS) if exact is not None and one.way is Way.PLAIN else None
    if exact is not None and ends is not None:
        room = arb(0, ROUNDING * (10 + abs(found.mean) + found.deviation))
        return _Bar(arb(ends[0]).union(arb(ends[1])) + room, exact.name)
    alpha, rounding = (alpha / 2, rounding_of(wanted, alpha / 2)) if wanted.single else (alpha, 0.0)
    rounding += ROUNDING * (10 + abs(found.mean) + one.plain_deviation)
    return _Bar(arb(found.mean, mixture_radius(found, alpha, how.n / evaluations_each(wanted.way)) + rounding))


def _ball_of_nets(one: Controlled, alpha: float, n: int, how: Sampling) -> arb:
    """Whole replicates, as many as are fixed before looking: their mean is off as Student's t says."""
    found = summed(one.average, n, how.executor)
    far = float(student.isf(alpha / (2 * LOOKS), found.n - 1))
    rounding = ROUNDING * (10 + abs(found.mean) + one.plain_deviation)
    return arb(found.mean, WIDER * far * found.deviation / found.n**0.5 + rounding)


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
        return "all draws are the same: what is rarer has not been seen"
    if (why := heavy(values)) is not None:
        return why
    skewness, kurtosis = (float(((away / spread) ** k).mean()) for k in (3, 4))
    return not_yet_normal(two_sided(alpha), n, skewness, kurtosis - 3)


def heavy(values: Tensor) -> str | None:
    """Why draws seem to have no variance; None where they have one, or are no numbers, which is told elsewhere."""
    if not bool(values.isfinite().all()):
        return None
    shape = shape_of_tail(torch.topk((values - values.mean()).abs(), min(KEPT, len(values))).values.tolist())
    return (
        f"the draws have a tail of shape {shape:.2f}, which may have no variance" if shape >= MOST_FOR_A_MEAN else None
    )
