"""How often intervals miss and checks err, counted: ``python -m benchmarks.coverage`` prints the tables.

Coverage: each interval is given draws of a law whose mean is known, many times over; a sequence has missed where it
excludes the mean at any number of draws. Size and power: a planned check is given a true claim, and one that is off by
its discrepancy. Rates come with Clopper and Pearson's interval at 1e-3, so that a table says how much it knows.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import sympy as sp
import torch
from flint import arb
from numpy.typing import NDArray

from benchmarks.machine import machine
from claims import laws
from claims.notation import Expectation, Law, Normal
from numerics.monte_carlo import Plan, radius
from numerics.sampling.estimates import Sampling, sampled
from numerics.sampling.exact_laws import of_law
from numerics.sampling.heavy_tails import KEPT, MOST_FOR_A_MEAN, MOST_FOR_WEIGHTS, shape_of_tail
from numerics.sampling.moments import Moments
from numerics.sampling.samplers import sampler
from numerics.sampling.sequences import (
    MeanPlan,
    binomial_interval,
    empirical_bernstein,
    exponential_interval,
    mixture_factor,
    not_yet_normal,
    two_sided,
)
from numerics.sampling.streams import Stream

Array = NDArray[np.float64]
LEVEL = 1e-3
"""Of the intervals around the rates that are printed."""
LOOKS_FROM = 20


@dataclass(frozen=True, slots=True)
class Counted:
    """How often something happened in so many runs, beside what was promised."""

    name: str
    law: str
    promised: str
    hits: int
    runs: int

    @property
    def row(self) -> str:
        low, high = binomial_interval(self.hits, self.runs, LEVEL)
        return f"| {self.name} | {self.law} | {self.promised} | {self.hits / self.runs:.4g} | {low:.3g} … {high:.3g} |"


def draws(law: Law, rows: int, columns: int, name: str = "") -> Array:
    """Independent draws, (rows, columns)."""
    found = sampler(law).draw(Stream(f"coverage {name} {law}"), torch.arange(rows * columns), 0)
    return np.asarray(found.numpy().reshape(rows, columns), dtype=np.float64)


LAWS: tuple[tuple[Law, float], ...] = (
    (Normal(0, 1), 0.0),
    (laws.Beta(2, 5), 2 / 7),
    (laws.Exponential(1), 1.0),
    (laws.Bernoulli(sp.Rational(1, 20)), 0.05),
)
"""Laws and their means: symmetric, skewed and bounded, skewed, rare."""


def sequences(runs: int, n: int, alpha: float) -> list[Counted]:
    """Misses at any number of draws from 20 to n."""
    found = []
    t = np.arange(1, n + 1)
    for law, mean in LAWS:
        values = draws(law, runs, n)
        means = np.cumsum(values, 1) / t
        spreads = np.sqrt(np.maximum(np.cumsum(values**2, 1) - t * means**2, 0) / np.maximum(t - 1, 1))
        near = normal_from(law, n, alpha)
        for name, factor, first in (
            ("fixed-n interval, looked at all the time", two_sided(alpha) / np.sqrt(t), LOOKS_FROM),
            ("normal mixture, any n", mixture_factor(t, alpha, n), LOOKS_FROM),
            (f"normal mixture, from {near} on, where it isn't refused", mixture_factor(t, alpha, n), near),
        ):
            missed = (np.abs(means - mean) > factor * spreads)[:, first:].any(1)
            found.append(Counted(name, str(law), f"≤ {alpha:g}", int(missed.sum()), runs))
        if isinstance(law, laws.Beta | laws.Bernoulli):
            ends = [empirical_bernstein(row, alpha) for row in values]
            hits = sum(bool((np.abs(centre - mean) > radius).any()) for centre, radius in ends)
            found.append(Counted("empirical Bernstein, any n", str(law), f"≤ {alpha:g}", hits, runs))
    return found


def normal_from(law: Law, n: int, alpha: float) -> int:
    """The number of draws from which the mean of a law is taken to be near enough to normal."""
    values = draws(law, 1, 200_000, "shape")[0]
    away = (values - values.mean()) / values.std()
    skewness, kurtosis = float((away**3).mean()), float((away**4).mean()) - 3
    z = two_sided(alpha)
    return next((k for k in range(LOOKS_FROM, n, 10) if not_yet_normal(z, k, skewness, kurtosis) is None), n - 1)


def small_alpha(runs: int, alpha: float) -> list[Counted]:
    """Where the normal law lies: thirty skewed draws, an interval for one n, and the exact law beside it."""
    values = draws(laws.Exponential(1), runs, 30, "small")
    means, spreads = values.mean(1), values.std(1, ddof=1)
    low, high = exponential_interval(30.0, 30, alpha)
    hits = (values < 0.05).sum(1)
    p = float(-np.expm1(-0.05))
    ends = [binomial_interval(k, 30, alpha) for k in range(31)]
    rough = np.sqrt(hits / 30 * (1 - hits / 30) / 30)
    counts = (
        ("z interval", "mean of 30 Exp(1)", (abs(means - 1) > two_sided(alpha) * spreads / sqrt(30)).sum()),
        ("gamma law", "mean of 30 Exp(1)", ((means * low > 1) | (means * high < 1)).sum()),
        ("z interval", f"Bin(30, {p:.4f})", (abs(hits / 30 - p) > two_sided(alpha) * rough).sum()),
        ("Clopper-Pearson", f"Bin(30, {p:.4f})", sum(not ends[k][0] <= p <= ends[k][1] for k in hits)),
    )
    return [Counted(name, law, f"≤ {alpha:g}", int(count), runs) for name, law, count in counts]


X = sp.Symbol("x", real=True)
SUMS: tuple[tuple[sp.Expr, Law, sp.Expr], ...] = (
    (X, laws.Bernoulli(sp.Rational(1, 20)), sp.Rational(1, 20)),
    (X, laws.Binomial(3, sp.Rational(1, 20)), sp.Rational(3, 20)),
    (X, laws.Poisson(sp.Rational(1, 5)), sp.Rational(1, 5)),
    (X, laws.Gamma(sp.Rational(1, 2), 1), sp.Rational(1, 2)),
    (X, laws.ChiSquared(1), sp.Integer(1)),
    (X, Normal(0, 1), sp.Integer(0)),
    (X**2, Normal(0, 1), sp.Integer(1)),
)
"""What is averaged, under which law, and its mean: each a sum whose law is known."""


def sums_of_known_law(runs: int, n: int, alpha: float) -> list[Counted]:
    """Misses of the laws that routes lean on, and of a z interval beside each, for means of n draws."""
    found = []
    for f, law, mean in SUMS:
        exact = of_law(f, X, law)
        if exact is None:
            raise RuntimeError(f"the law of a sum of {f} under {law} is not known")
        values = draws(law, runs, n, "sums")
        values = values**2 if f == X**2 else values
        means, true = values.mean(1), float(mean)
        different, where = np.unique(means, return_inverse=True)
        ends = [exact.ends(Moments(n, float(m), 0.0), alpha) or (np.nan, np.nan) for m in different]
        hits = np.array([not low <= true <= high for low, high in ends])[where].sum()
        rough = (abs(means - true) > two_sided(alpha) * values.std(1, ddof=1) / sqrt(n)).sum()
        words = f"{f} under {law}, n={n}"
        found.append(Counted(exact.name, words, f"≤ {alpha:g}", int(hits), runs))
        found.append(Counted("z interval", words, f"≤ {alpha:g}", int(rough), runs))
    return found


def size_and_power(runs: int) -> list[Counted]:
    """Planned checks on a true claim, on one off by their discrepancy, and on one off by half of it."""
    found = []
    for alpha, discrepancy, false_pass in ((0.01, 0.2, 0.01), (1e-3, 0.1, 1e-2)):
        plan = MeanPlan(alpha, discrepancy, false_pass)
        older = Plan(alpha, discrepancy, false_pass, scale=sqrt(2))
        found += _errors(
            "mixture", plan, plan.n, float(mixture_factor(plan.n, alpha, plan.n)), runs, spread_known=False
        )
        found += _errors("sub-gamma", older, older.n, radius(older, 1.0), runs, spread_known=True)
    return found


def _errors(
    name: str, plan: MeanPlan | Plan, n: int, factor: float, runs: int, spread_known: bool
) -> Iterator[Counted]:
    means, spreads = _standardised(runs, n)
    far = np.full(runs, factor) if spread_known else factor * spreads
    for words, off, promised in (
        ("false alarm", 0.0, f"≤ {plan.alpha:g}"),
        (f"pass, off by {plan.discrepancy:g} sd", plan.discrepancy, f"≤ {plan.false_pass:g}"),
        (f"pass, off by {plan.discrepancy / 2:g} sd", plan.discrepancy / 2, "nothing"),
    ):
        rejected = int((abs(means - off) > far).sum())
        yield Counted(words, f"{name}, n={n}", promised, runs - rejected if off else rejected, runs)


def _standardised(runs: int, n: int) -> tuple[Array, Array]:
    """Means and deviations of n draws of a standardised chi-squared law with 8 degrees of freedom."""
    means, spreads = [], []
    for i in range(0, runs, 200):
        values = (draws(laws.ChiSquared(8), min(200, runs - i), n, f"power {n} {i}") - 8) / 4
        means.append(values.mean(1))
        spreads.append(values.std(1))
    return np.concatenate(means), np.concatenate(spreads)


def refusals(runs: int, n: int) -> list[Counted]:
    """How often a tail of known shape is refused, for a mean and for importance weights."""
    found = []
    for law, shape in ((laws.Exponential(1), 0), (laws.Pareto(1, 4), 0.25), (laws.Pareto(1, 1), 1.0)):
        values = np.sort(draws(law, runs, n, "tails"), 1)[:, -KEPT:]
        shapes = np.array([shape_of_tail(row) for row in values])
        for words, most in (("refused for a mean", MOST_FOR_A_MEAN), ("refused as weights", MOST_FOR_WEIGHTS)):
            wanted = "1" if shape >= most else "0"
            found.append(Counted(words, f"{law}, shape {shape:g}", wanted, int((shapes >= most).sum()), runs))
    return found


def whole_routes(runs: int, alpha: float, off: float = 0.0) -> list[Counted]:
    """Misses of what a route gives, whichever way it takes: plain draws, controls, opposite pairs or nets.

    ``off`` is added to the true means: a mistake, which must be seen.
    """
    x = sp.Symbol("x", real=True)
    how = Sampling(plan=MeanPlan(alpha, 0.03, 1e-3))
    found = []
    for f, law, mean in (
        (sp.exp(x / 4), Normal(0, 1), sp.exp(sp.Rational(1, 32))),
        (x**2, laws.Beta(2, 5), sp.Rational(3, 28)),
        (sp.log(1 + x), laws.Exponential(1), sp.E * sp.expint(1, 1)),
        (x, laws.Bernoulli(sp.Rational(1, 50)), sp.Rational(1, 50)),
        (x, laws.Poisson(sp.Rational(1, 5)), sp.Rational(1, 5)),
    ):
        exact = arb(str(sp.N(mean, 40))) + off
        balls = (sampled(Expectation(f, x, law), f"coverage {run}", how) for run in range(runs))
        hits = sum(not ball.overlaps(exact) for ball in balls)
        found.append(Counted("the ball of a route", f"{f}, {law}", f"≤ {alpha:g}", hits, runs))
    return found


def of_counts(rows: Sequence[Counted]) -> str:
    """A Markdown table of rates."""
    return "\n".join(["| what | law | promised | seen | interval |", "|---" * 5 + "|", *(row.row for row in rows)])


def main() -> None:
    """Counts and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.coverage", description=__doc__)
    parser.add_argument("--few", action="store_true", help="a tenth of the runs")
    few = parser.parse_args().few
    torch.set_num_threads(1)
    share = 10 if few else 1
    print(f"Machine: {machine()}.\n\n### Misses at any of 20 to 5000 draws\n")
    print(of_counts(sequences(1000 // share, 5000, 0.05)))
    print(f"\n### Misses at a small alpha, one n\n\n{of_counts(small_alpha(200_000 // share, 1e-4))}")
    print(f"\n### Sums whose law is known, one n\n\n{of_counts(sums_of_known_law(200_000 // share, 30, 1e-4))}")
    print(f"\n### Size and power of planned checks\n\n{of_counts(size_and_power(2000 // share))}")
    print(f"\n### Misses of whole routes, any way taken\n\n{of_counts(whole_routes(60 // share, 0.05))}")
    print(f"\n### Heavy tails, 50 000 draws\n\n{of_counts(refusals(100 // share, 50_000))}")


if __name__ == "__main__":
    main()
