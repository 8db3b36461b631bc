"""Densities against another implementation; distribution functions and quantiles by quadrature of the densities."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np
from scipy import integrate, optimize, stats

from property_tests.meaning.checks import laws
from property_tests.meaning.checks.laws import Case, Values
from property_tests.meaning.checks.stated import Check, Pairs, Stated, sequence

AT, LEVEL = 1.9, 0.3
Cases = tuple[tuple[Case, str | None], ...]


@cache
def mass_below(law: Any, x: float) -> float:
    """P(X ≤ x) by quadrature of the density, or by summing the masses."""
    low, _ = law.support()
    if laws.is_discrete(law):
        return float(sum(law.pmf(k) for k in range(int(low), int(x) + 1)))
    middle = min(float(law.ppf(0.02)), x)
    return float(sum(integrate.quad(law.pdf, a, b, epsabs=1e-12)[0] for a, b in ((low, middle), (middle, x)) if a < b))


def normal_below(z: float) -> float:
    """Φ(z)."""
    return mass_below(stats.norm(), z)


def error_function(z: float) -> float:
    """erf z by its integral."""
    return float(2 / math.sqrt(math.pi) * integrate.quad(lambda t: math.exp(-t * t), 0, z, epsabs=1e-13)[0])


KNOWN: Values = {"Φ": normal_below, "erf": error_function, "Φ^-1": lambda u: stats.norm().isf(1 - u)}


def density(*cases: tuple[Case, str | None], x: float = AT, **more: Any) -> Check:
    """That a right side is the density of a law at a point."""
    return laws.under(*cases, truth=lambda law, _: law.pdf(x), x=x, **more)


def below(*cases: tuple[Case, str | None], x: float = AT) -> Check:
    """That a right side is the distribution function of a law at a point."""
    return laws.under(*cases, truth=lambda law, _: mass_below(law, x), x=x, **KNOWN)


def quantile(*cases: tuple[Case, str | None], level: float = LEVEL) -> Check:
    """That the mass of a law below a right side is the level."""

    def check(stated: Stated) -> Pairs:
        ((law, at),) = laws.under(*cases, truth=lambda law, _: law, p=level, **KNOWN)(stated)
        return [(level, mass_below(law, float(at)))]

    return check


def median(case: Case) -> Check:
    """That half of the mass of a law lies below a right side."""
    return quantile((case, None), level=0.5)


@cache
def _greatest(law: Any) -> float:
    if laws.is_discrete(law):
        low, high = law.support()
        return float(max(range(int(low), int(high) + 1), key=law.pmf))
    ends = (float(law.ppf(0.001)), float(law.ppf(0.999)))

    def steepness(x: float, step: float = 1e-4) -> float:
        return float(law.logpdf(x + step) - law.logpdf(x - step))

    return float(optimize.brentq(steepness, *ends, xtol=1e-12))


def mode(case: Case) -> Check:
    """That a right side is where the density of a law is greatest."""
    return laws.under((case, None), truth=lambda law, _: _greatest(law))


def hazard(case: Case) -> Check:
    """That a right side is the density at a point over the mass above it."""
    return laws.under((case, None), truth=lambda law, _: law.pdf(AT) / (1 - mass_below(law, AT)), x=AT)


def _von_mises(stated: Stated) -> Pairs:
    law, values = laws.VON_MISES
    bessel = integrate.quad(lambda t: math.exp(1.7 * math.cos(t)), 0, math.pi, epsabs=1e-13)[0] / math.pi
    return [(law.pdf(1.1), stated.right({**values, "x": 1.1, "I[κ,under[0]]": bessel}))]


SHARES, WEIGHTS = [0.2, 0.5, 0.3], [2.0, 3.0, 1.5]
NUMBERED: Values = {"K": 3, "x": sequence(SHARES), "α": lambda *k: WEIGHTS[k[0] - 1] if k else tuple(WEIGHTS)}


def _dirichlet(stated: Stated) -> Pairs:
    """The density, whose normaliser is an integral over the simplex."""
    first, second, third = (w - 1 for w in WEIGHTS)
    whole = integrate.dblquad(
        lambda y, x: x**first * y**second * (1 - x - y) ** third, 0, 1, 0, lambda x: 1 - x, epsabs=1e-11, epsrel=1e-9
    )[0]
    truth = math.prod(s ** (w - 1) for s, w in zip(SHARES, WEIGHTS, strict=True)) / whole
    return [(truth, stated.right({**laws.FUNCTIONS, **NUMBERED, "B": lambda *_: whole, "B(α)": whole}))]


def _dirichlet_covariance(stated: Stated) -> Pairs:
    draws = stats.dirichlet([2.0, 3.0, 4.0])
    nodes, weights = np.polynomial.legendre.leggauss(40)
    nodes, weights = (nodes + 1) / 2, weights / 2
    places = [
        (x, (1 - x) * y, v * w * (1 - x))
        for (x, v), (y, w) in itertools.product(zip(nodes, weights, strict=True), repeat=2)
    ]
    mass = [w * draws.pdf([x, y, 1 - x - y]) for x, y, w in places]
    means = [sum(m * p[n] for m, p in zip(mass, places, strict=True)) for n in (0, 1)]
    truth = sum(m * p[0] * p[1] for m, p in zip(mass, places, strict=True)) - means[0] * means[1]
    numbered = {0: 9.0, 1: 2.0, 2: 3.0}
    return [(truth, stated.right({"α": lambda k: numbered[k], "i": 1, "j": 2}))]


@cache
def _throws(n: int) -> tuple[tuple[tuple[int, ...], float], ...]:
    """The counts of n draws among three kinds, by each sequence of draws, with their probabilities."""
    found: dict[tuple[int, ...], float] = {}
    for draws in itertools.product(range(3), repeat=n):
        counts = tuple(draws.count(k) for k in range(3))
        found[counts] = found.get(counts, 0.0) + math.prod(SHARES[d] for d in draws)
    return tuple(found.items())


def _multinomial(stated: Stated) -> Pairs:
    counts, truth = next(t for t in _throws(5) if t[0] == (1, 3, 1))
    return [(truth, stated.right({"n": 5, "K": 3, "p": sequence(SHARES), "x": sequence(counts)}))]


def _multinomial_covariance(stated: Stated) -> Pairs:
    truth = sum(w * c[0] * c[1] for c, w in _throws(5)) - 25 * SHARES[0] * SHARES[1]
    return [(truth, stated.right({"n": 5, "p": sequence(SHARES), "i": 1, "j": 2}))]


def _multinomial_variance(stated: Stated) -> Pairs:
    truth = sum(w * c[0] ** 2 for c, w in _throws(5)) - (5 * SHARES[0]) ** 2
    return [(truth, stated.right({"n": 5, "p": sequence(SHARES), "i": 1}))]


@cache
def _urn() -> float:
    """Two marked ones among four draws out of nine, five of which are marked, by each set of draws."""
    sets = list(itertools.combinations(range(9), 4))
    return sum(sum(x < 5 for x in s) == 2 for s in sets) / len(sets)


def _hypergeometric(stated: Stated) -> Pairs:
    return [(_urn(), stated.right({"N": 9, "K": 5, "n": 4, "k": 2}))]


@cache
def _runs(p: float, r: int, failures: int) -> float:
    """The probability of a number of failures before the r-th success, by each sequence of tosses."""
    tosses = itertools.product((0, 1), repeat=failures + r - 1)
    return sum(p ** sum(t) * (1 - p) ** (len(t) - sum(t)) for t in tosses if sum(t) == r - 1) * p


def _negative_binomial(p: float, trials: bool) -> Check:
    values = {"p": 0.3, "r": 3, "n": 5, "k": 5 if trials else 2}
    return lambda stated: [(_runs(p, 3, 2), stated.right(values))]


@cache
def _mixture() -> tuple[float, ...]:
    """The masses of a binomial number whose p has a beta law, by quadrature in p."""

    def mass(k: int) -> float:
        return float(integrate.quad(lambda p: p ** (k + 1.3) * (1 - p) ** (7.6 - k), 0, 1, epsabs=1e-13)[0])

    masses = [math.comb(7, k) * mass(k) for k in range(8)]
    return tuple(m / sum(masses) for m in masses)


def _mixed(f: Callable[[float], float]) -> float:
    return sum(f(k) * m for k, m in enumerate(_mixture()))


MIXED: Values = {"a": 2.3, "b": 1.6, "n": 7, "k": 3}


def _mixed_mass(stated: Stated) -> Pairs:
    return [(_mixed(lambda k: float(k == 3)), stated.right({**laws.FUNCTIONS, **MIXED}))]


def _mixed_mean(stated: Stated) -> Pairs:
    return [(_mixed(lambda k: k), stated.right(MIXED))]


def _mixed_variance(stated: Stated) -> Pairs:
    return [(_mixed(lambda k: k**2) - _mixed(lambda k: k) ** 2, stated.right(MIXED))]


def _numbers(order: int) -> Check:
    """Of a whole number drawn evenly from a range, which starts at 1 where its end is n."""

    def check(stated: Stated) -> Pairs:
        numbers = range(1, 7) if "n" in stated.text else range(2, 8)
        mean = sum(numbers) / 6
        truth = mean if order == 1 else sum((x - mean) ** 2 for x in numbers) / 6
        return [(truth, stated.right({"n": 6, "a": 2, "b": 7}))]

    return check


def _extreme(pick: Callable[..., float]) -> Check:
    """The share of all triples of three values whose extreme is at most the middle one."""

    def check(stated: Stated) -> Pairs:
        masses = {1: 0.2, 2: 0.5, 3: 0.3}
        truth = sum(math.prod(masses[x] for x in xs) for xs in itertools.product(masses, repeat=3) if pick(xs) <= 2)
        return [(truth, stated.right({"F": lambda _: 0.7, "x": 2, "n": 3}))]

    return check


def _order_statistic(stated: Stated) -> Pairs:
    """The slope of the chance that at least k of n lie below, by all subsets."""
    n, k, x = 4, 2, 0.6
    law = stats.expon()

    def at_least(y: float) -> float:
        p = float(law.cdf(y))
        return sum(
            math.prod(p if inside else 1 - p for inside in which)
            for which in itertools.product((True, False), repeat=n) if sum(which) >= k
        )  # fmt: skip

    truth = (at_least(x + 1e-4) - at_least(x - 1e-4)) / 2e-4
    values = {"F": law.cdf, "f": law.pdf, "f(x)": law.pdf(x), "n": n, "k": k, "x": x}
    return [(truth, stated.right(values))]


def _uniform_order(stated: Stated) -> Pairs:
    """E of the second of three, ∫ P(U > x) dx."""
    n, k = 3, 2

    def above(x: float) -> float:
        return sum(math.comb(n, j) * x**j * (1 - x) ** (n - j) for j in range(k))

    return [(integrate.quad(above, 0, 1)[0], stated.right({"n": n, "k": k}))]


def _competing(stated: Stated) -> Pairs:
    truth = integrate.quad(lambda t: 1.7 * math.exp(-1.7 * t) * math.exp(-0.6 * t), 0, math.inf, epsabs=1e-12)[0]
    return [(truth, stated.right({"λ": 1.7, "μ": 0.6, "λ_{1}": 1.7, "λ_{2}": 0.6}))]


STUDENTS: Cases = (((stats.t(9.5, 0.4, 1.3), {"ν": 9.5, "μ": 0.4, "σ": 1.3}), "σ"), (laws.STUDENT, None))
LOGISTICS: Cases = ((laws.LOGISTIC, "μ"), (laws.STANDARD_LOGISTIC, None))
GUMBELS: Cases = ((laws.GUMBEL, "μ"), (laws.STANDARD_GUMBEL, None))
CAUCHYS: Cases = ((laws.CAUCHY, "m"), ((stats.cauchy(), {}), None))
HALF = (stats.halfnorm(scale=1.3), {"σ": 1.3})

CHECKS: Mapping[str, Check] = {
    "pareto_density": density((laws.PARETO, None)),
    "rayleigh_density": density((laws.RAYLEIGH, None)),
    "weibull_density": density((laws.WEIBULL, None)),
    "logistic_law_density": density(*LOGISTICS),
    "gumbel_density": density(*GUMBELS),
    "student_density": density(*STUDENTS),
    "chi_squared_density": density((laws.CHI_SQUARED, None)),
    "inverse_gamma_density": density((laws.INVERSE_GAMMA, None), x=0.3),
    "von_mises_density": _von_mises,
    "half_normal_density": density((HALF, None)),
    "dirichlet_density": _dirichlet,
    "multinomial_pmf": _multinomial,
    "hypergeometric_pmf": _hypergeometric,
    "negative_binomial_pmf": _negative_binomial(0.3, False),
    "beta_binomial_pmf": _mixed_mass,
    "beta_binomial_mean": _mixed_mean,
    "beta_binomial_variance": _mixed_variance,
    "multinomial_covariance": _multinomial_covariance,
    "multinomial_variance": _multinomial_variance,
    "dirichlet_covariance": _dirichlet_covariance,
    "discrete_uniform_mean": _numbers(1),
    "discrete_uniform_variance": _numbers(2),
    "normal_cdf": below((laws.NORMAL, "μ"), (laws.STANDARD, None)),
    "uniform_cdf": below((laws.UNIFORM, None)),
    "pareto_cdf": below((laws.PARETO, None)),
    "rayleigh_cdf": below((laws.RAYLEIGH, None)),
    "logistic_law_cdf": below(*LOGISTICS),
    "gumbel_cdf": below(*GUMBELS),
    "cauchy_cdf": below(*CAUCHYS),
    "laplace_cdf": lambda s: [*below((laws.LAPLACE, None))(s), *below((laws.LAPLACE, None), x=0.1)(s)],
    "lognormal_cdf": below((laws.LOGNORMAL, None)),
    "geometric_cdf": below((laws.GEOMETRIC, None), x=3),
    "normal_quantile": quantile((laws.NORMAL, None)),
    "uniform_quantile": quantile((laws.UNIFORM, None)),
    "pareto_quantile": quantile((laws.PARETO, None)),
    "rayleigh_quantile": quantile((laws.RAYLEIGH, None)),
    "weibull_quantile": quantile((laws.WEIBULL, None)),
    "logistic_law_quantile": quantile(*LOGISTICS),
    "gumbel_quantile": quantile(*GUMBELS),
    "cauchy_quantile": quantile(*CAUCHYS),
    "weibull_median": median(laws.WEIBULL),
    "rayleigh_median": median(laws.RAYLEIGH),
    "pareto_median": median(laws.PARETO),
    "lognormal_median": median(laws.LOGNORMAL),
    "gumbel_median": median(laws.GUMBEL),
    "gamma_mode": mode(laws.GAMMA),
    "inverse_gamma_mode": mode(laws.INVERSE_GAMMA),
    "beta_mode": mode(laws.BETA),
    "lognormal_mode": mode(laws.LOGNORMAL),
    "weibull_mode": mode(laws.WEIBULL),
    "chi_squared_mode": mode((stats.chi2(5.5), {"k": 5.5})),
    "binomial_mode": mode(laws.BINOMIAL),
    "weibull_hazard": hazard(laws.WEIBULL),
    "pareto_hazard": hazard(laws.PARETO),
    "maximum_cdf": _extreme(max),
    "minimum_cdf": _extreme(min),
    "order_statistic_density": _order_statistic,
    "uniform_order_statistic_mean": _uniform_order,
    "competing_exponentials": _competing,
}

OTHERS: Mapping[str, Mapping[int, Check | str]] = {
    "negative_binomial_pmf": {
        2: _negative_binomial(0.3, True),
        3: _negative_binomial(0.3, True),
        4: _negative_binomial(0.7, False),
    },
    "discrete_uniform_variance": {2: "the variance of the continuous law on [a, b], which goes by the same name"},
    "geometric_cdf": dict.fromkeys((2, 3), below((laws.FAILURES, None), x=3)),
}
"""Other conventions with a check of their own, by their number among the variants; or why there is none."""
