"""Named laws of another implementation beside the letters of their parameters, and means under them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from scipy import integrate, special, stats

from errata.meaning.terms import heads
from property_tests.meaning.checks.distributions import gamma
from property_tests.meaning.checks.stated import Check, Pairs, Stated, slope

Values = Mapping[str, Any]
Case = tuple[Any, Values]
"""A law, and the values of the letters of its parameters in every convention at once."""


def digamma(x: float) -> float:
    """ψ(x), the slope of log Γ by differences of its integral."""
    return float(slope(lambda y: math.log(gamma(y)), x, 1e-2))


def log_factorial(n: int) -> float:
    """log n! as a sum."""
    return sum(math.log(k) for k in range(1, n + 1))


def beta_function(a: float, b: float) -> float:
    """B(a, b) by its integral."""
    return float(integrate.quad(lambda x: x ** (a - 1) * (1 - x) ** (b - 1), 0, 1, epsabs=1e-13)[0])


FUNCTIONS: Values = {"Γ": gamma, "ψ": digamma, "B": beta_function, "i": 1j}
NORMAL: Case = (stats.norm(0.4, 1.3), {"μ": 0.4, "σ": 1.3})
CENTRED: Case = (stats.norm(0, 1.3), {"σ": 1.3})
STANDARD: Case = (stats.norm(), {})
EXPONENTIAL: Case = (stats.expon(scale=1 / 1.7), {"λ": 1.7, "θ": 1 / 1.7})
GAMMA: Case = (stats.gamma(2.3, scale=1 / 1.7), {"a": 2.3, "b": 1.7, "θ": 1 / 1.7})
INVERSE_GAMMA: Case = (stats.invgamma(6.5, scale=1.7), {"a": 6.5, "b": 1.7})
CHI_SQUARED: Case = (stats.chi2(3.5), {"k": 3.5})
BERNOULLI: Case = (stats.bernoulli(0.3), {"p": 0.3, "q": 0.7})
BINOMIAL: Case = (stats.binom(7, 0.3), {"p": 0.3, "q": 0.7, "n": 7})
GEOMETRIC: Case = (stats.geom(0.3), {"p": 0.3, "q": 0.7})
FAILURES: Case = (stats.nbinom(1, 0.3), {"p": 0.3, "q": 0.7})
NEGATIVE_BINOMIAL: Case = (stats.nbinom(3, 0.3), {"p": 0.3, "q": 0.7, "r": 3})
POISSON: Case = (stats.poisson(2.7), {"λ": 2.7})
UNIFORM: Case = (stats.uniform(-1.2, 3.7), {"a": -1.2, "b": 2.5})
FROM_ZERO: Case = (stats.uniform(0, 2.5), {"θ": 2.5})
UNIT_INTERVAL: Case = (stats.uniform(), {})
SYMMETRIC: Case = (stats.uniform(-2.5, 5), {"θ": 2.5})
LAPLACE: Case = (stats.laplace(0.4, 0.6), {"μ": 0.4, "b": 0.6})
CENTRED_LAPLACE: Case = (stats.laplace(0, 0.6), {"b": 0.6, "λ": 1 / 0.6})
LOGISTIC: Case = (stats.logistic(0.4, 0.6), {"μ": 0.4, "s": 0.6})
STANDARD_LOGISTIC: Case = (stats.logistic(), {})
GUMBEL: Case = (stats.gumbel_r(0.4, 0.6), {"μ": 0.4, "β": 0.6, "γ": -special.digamma(1)})
STANDARD_GUMBEL: Case = (stats.gumbel_r(), {"γ": -special.digamma(1)})
BETA: Case = (stats.beta(2.3, 1.6), {"a": 2.3, "b": 1.6})
LOGNORMAL: Case = (stats.lognorm(0.6, scale=math.exp(0.4)), {"μ": 0.4, "σ": 0.6})
WEIBULL: Case = (stats.weibull_min(1.7, scale=2.2), {"λ": 2.2, "k": 1.7})
PARETO: Case = (stats.pareto(6.5, scale=1.7), {"a": 6.5, "m": 1.7})
CAUCHY: Case = (stats.cauchy(0.4, 0.7), {"m": 0.4, "γ": 0.7})
RAYLEIGH: Case = (stats.rayleigh(scale=1.7), {"σ": 1.7})
STUDENT: Case = (stats.t(9.5), {"ν": 9.5})
VON_MISES: Case = (stats.vonmises(1.7, loc=0.4), {"κ": 1.7, "μ": 0.4})
HYPERGEOMETRIC: Case = (stats.hypergeom(20, 7, 6), {"N": 20, "K": 7, "n": 6})


def is_discrete(law: Any) -> bool:
    """Whether a law has masses."""
    return hasattr(law.dist, "pmf")


def mean(law: Any, f: Callable[[float], complex]) -> complex:
    """E f(X) by quadrature of the density, or by summing the masses."""
    low, high = law.support()
    if is_discrete(law):
        ks = range(int(low), int(min(high, 400)) + 1)
        return complex(sum(f(k) * law.pmf(k) for k in ks))
    ends = (low, *(float(law.ppf(u)) for u in (0.01, 0.5, 0.99)), high)
    total = 0j
    for a, b in itertools.pairwise(ends):
        for unit, part in ((1, np.real), (1j, np.imag)):

            def integrand(x: float, part: Callable[[complex], float] = part) -> float:
                density = float(law.pdf(x))
                return float(part(f(x) * density)) if density else 0.0

            total += unit * integrate.quad(integrand, a, b, epsabs=1e-12, epsrel=1e-10, limit=300)[0]
    return total


def under(*cases: tuple[Case, str | None], truth: Callable[[Any, Stated], Any], **more: Any) -> Check:
    """That a right side is a value of the law whose letters it has.

    Each case goes with a letter that only its forms have, or with None: the first whose letter stands in the form is
    meant, else the first without one.
    """

    def check(stated: Stated) -> Pairs:
        letters = heads(stated.form.right)
        law, values = next(case for case, letter in cases if letter is None or letter in letters)
        return [(truth(law, stated), stated.right({**FUNCTIONS, **values, **more}))]

    return check
