"""The route that asks SciPy: means under its own laws, by its adaptive quadrature, in float64.

Nothing of ``claims.laws`` is used but the parameters, so a law that was written down wrongly is found out here. The
error is QUADPACK's estimate, ten times over; an estimate, not a bound.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from itertools import pairwise
from math import exp
from typing import Any

import numpy as np
import sympy as sp
from flint import arb
from scipy import integrate, stats

from claims import laws
from claims.claim import Claim
from claims.domains import Integer
from claims.evidence import Evidence, Inconclusive
from claims.notation import KL, Covariance, CrossEntropy, Entropy, Expectation, Law, Normal, Variance
from numerics.points import Point, at
from numerics.routes import Route, Trial, compared
from numerics.undetermined import Undetermined
from numerics.written import places

NAME = "scipy"
LEAST_DIGITS = 5
ROUNDING = 1e-7
MOST_TERMS, MORE_TERMS = 200_000, 40
"""Terms of a sum, and those beyond the quantile at 1 − 1e-14."""
CUTS = (0.0, 1.0, 3.0, 8.0, 20.0, 50.0)
"""Places t between which a mean is integrated: quantiles down to exp(−50)/2."""
NEAR = {"epsabs": 1e-11, "epsrel": 1e-11}
Function = Callable[[float], float]
_LAWS: Mapping[type[Law], Callable[..., Any]] = {
    Normal: lambda m, v: stats.norm(m, v**0.5),
    laws.Bernoulli: stats.bernoulli,
    laws.Binomial: stats.binom,
    laws.Poisson: stats.poisson,
    laws.Geometric: stats.geom,
    laws.GeometricFailures: lambda p: stats.geom(p, loc=-1),
    laws.NegativeBinomial: stats.nbinom,
    laws.NegativeBinomialTrials: lambda r, p: stats.nbinom(r, p, loc=r),
    laws.DiscreteUniform: lambda a, b: stats.randint(a, b + 1),
    laws.BetaBinomial: stats.betabinom,
    laws.Uniform: lambda a, b: stats.uniform(a, b - a),
    laws.Exponential: lambda rate: stats.expon(scale=1 / rate),
    laws.Gamma: lambda shape, rate: stats.gamma(shape, scale=1 / rate),
    laws.InverseGamma: lambda shape, scale: stats.invgamma(shape, scale=scale),
    laws.Beta: stats.beta,
    laws.ChiSquared: stats.chi2,
    laws.F: stats.f,
    laws.StudentT: stats.t,
    laws.Laplace: stats.laplace,
    laws.LogNormal: lambda m, v: stats.lognorm(v**0.5, scale=np.exp(m)),
    laws.Logistic: stats.logistic,
    laws.Pareto: lambda least, shape: stats.pareto(shape, scale=least),
    laws.Weibull: lambda shape, scale: stats.weibull_min(shape, scale=scale),
    laws.Rayleigh: lambda scale: stats.rayleigh(scale=scale),
    laws.Cauchy: stats.cauchy,
    laws.InverseGaussian: lambda mean, shape: stats.invgauss(mean / shape, scale=shape),
    laws.Wigner: lambda radius: stats.semicircular(scale=radius),
}


def by_scipy(pool: tuple[sp.Rational, ...], count: int) -> Route:
    """The route that asks SciPy for the left side, one piece of notation about named laws."""

    def derived(claim: Claim, point: Point, attempt: int = 0) -> arb:
        return asked(at(claim.left, point, claim.where))

    def run(claim: Claim) -> Evidence:
        try:
            tried = places(claim, pool, count)
            trial = Trial(NAME, tried, lambda p, n: derived(claim, p, n), LEAST_DIGITS, "SciPy's laws and quadrature")
            return compared(claim, trial)
        except (TypeError, Undetermined) as unread:
            return Inconclusive(NAME, str(unread))

    return Route(NAME, run, derived)


def asked(e: sp.Expr) -> arb:
    """The value of one piece of notation, with numbers for its parameters. Raises TypeError, or Undetermined."""
    match e:
        case KL(args=(p, q)):
            there, here = law_of(q), law_of(p)
            return mean_of(lambda x: log_of(here, x) - log_of(there, x), here)
        case Entropy(args=(p,)):
            return -mean_of(lambda x: log_of(law_of(p), x), law_of(p))
        case CrossEntropy(args=(p, q)):
            there = law_of(q)
            return -mean_of(lambda x: log_of(there, x), law_of(p))
        case Expectation(inside=(f,), variable=v, law=law):
            return mean_of(lambda x: value_at(f, v, x), law_of(law))
        case Variance(args=(f, v, law)):
            return asked(Covariance(f, f, v, law))
        case Covariance(args=(f, g, v, law)):
            here = law_of(law)
            first, second = (float(asked(Expectation(h, v, law)).mid()) for h in (f, g))
            return mean_of(lambda x: (value_at(f, v, x) - first) * (value_at(g, v, x) - second), here)
    raise TypeError(f"{e} ({type(e).__name__}) is not asked of SciPy")


def law_of(law: Law) -> Any:
    """SciPy's law, with the numbers that are the parameters of ``law``. Raises TypeError for one it has not."""
    if type(law) not in _LAWS:
        raise TypeError(f"{law} is not among SciPy's laws")
    whole = (isinstance(domain, Integer) for _, domain in laws.parameters_of(law))
    return _LAWS[type(law)](*(int(a) if n else float(a) for a, n in zip(law.args, whole, strict=True)))


def log_of(frozen: Any, x: Any) -> Any:
    """SciPy's log density or log mass, at a number or at each of an array."""
    return frozen.logpmf(x) if hasattr(frozen, "logpmf") and _is_whole(frozen) else frozen.logpdf(x)


def _is_whole(frozen: Any) -> bool:
    return isinstance(frozen.dist, stats.rv_discrete)


def mean_of(f: Function, frozen: Any) -> arb:
    """E f, between the quantiles at which next to nothing is left. Raises Undetermined."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        value, error = _sum(f, frozen) if _is_whole(frozen) else _integral(f, frozen)
    if not np.isfinite(value) or not np.isfinite(error):
        raise Undetermined("SciPy finds no finite value")
    return arb(value, 10 * error + ROUNDING * (1 + abs(value)))


def _sum(f: Function, frozen: Any) -> tuple[float, float]:
    low, high = map(float, frozen.support())
    ends = np.isfinite(high)
    last = high if ends else float(frozen.ppf(1 - 1e-14)) + MORE_TERMS
    if not last - low < MOST_TERMS:
        raise Undetermined("too many terms for SciPy")
    terms = [f(k) * float(frozen.pmf(k)) for k in np.arange(low, last + 1)]
    return float(np.sum(terms)), 0.0 if ends else abs(terms[-1])


def _integral(f: Function, frozen: Any) -> tuple[float, float]:
    """∫ f(quantile(u)) du, from both ends inwards in t = −log 2u: where a density is infinite, this is not."""

    def halves(t: float) -> tuple[float, float]:
        u = exp(-t) / 2
        return u * f(float(frozen.ppf(u))), u * f(float(frozen.isf(u)))

    found = [integrate.quad(lambda t: sum(halves(t)), a, b, limit=200, **NEAR) for a, b in pairwise(CUTS)]
    beyond = 10 * sum(map(abs, halves(CUTS[-1])))  # each by itself: halves that cancel may both be infinite
    return float(sum(v for v, _ in found)), float(sum(e for _, e in found)) + beyond


def value_at(e: sp.Basic, v: sp.Symbol, x: float) -> float:
    """An elementary expression of one variable in float64. Raises TypeError for anything else."""
    match e:
        case sp.Symbol() if e == v:
            return x
        case sp.Number() | sp.NumberSymbol():
            return float(e)
        case sp.Add():
            return float(sum(value_at(a, v, x) for a in e.args))
        case sp.Mul():
            return float(np.prod([value_at(a, v, x) for a in e.args]))
        case sp.exp():
            return float(np.exp(value_at(e.args[0], v, x)))
        case sp.Pow(base=base, exp=power):
            return float(np.power(value_at(base, v, x), value_at(power, v, x)))
        case sp.log():
            return float(np.log(value_at(e.args[0], v, x)))
        case sp.Abs():
            return abs(value_at(e.args[0], v, x))
    raise TypeError(f"{e} ({type(e).__name__}) has no value in float64 here")
