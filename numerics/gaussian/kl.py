"""Four routes to KL(N(m₁, s₁²) ‖ N(m₂, s₂²)), none of which uses a moment, let alone the closed form.

``integral``     ∫ p log p/q in rigorous balls, 50 digits, tails bounded by hand;
``reference``    the torch model, by Gauss-Hermite quadrature;
``monte-carlo``  the mean of log p/q over draws from p, with n fixed before looking;
``as written``   the left side of the claim, read as numbers by the same rules for every claim.

s is a standard deviation, p comes first, log is natural: nats.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
import sympy as sp
import torch
from flint import acb, arb, ctx, fmpq
from numpy.typing import NDArray

from claims.domains import Positive, Real, Variable
from numerics.monte_carlo import Plan, generator, radius
from numerics.points import CALM, Point, points
from numerics.routes import Derived, Route, Trial, as_written, route
from reference_models.gaussian.kl import kl

Four = tuple[sp.Rational, sp.Rational, sp.Rational, sp.Rational]
"""m₁, s₁, m₂, s₂."""

REACH = (17, 25)
"""Standard deviations integrated on either side; the tail beyond is bounded and added."""

DIGITS = (50, 100)
NODES = (32, 64)
ROUNDING = 1e-12
"""The reference model is right to within ROUNDING (10 + KL); its docstring says why."""

PLAN = Plan(alpha=1e-9, discrepancy=0.02, false_pass=1e-3, scale=float(np.sqrt(2)))
"""For each point: a false alarm in 1e9; an error of 0.02 sd of log p/q passes once in 1000; n follows."""


def integral(four: Four, attempt: int = 0) -> arb:
    """KL from its definition as a ball: ``acb.integral`` over a finite range, and a bound on the rest."""
    with ctx.workdps(DIGITS[attempt] + 10):
        m1, s1, m2, s2 = (arb(fmpq(int(v.numerator), int(v.denominator))) for v in four)

        def integrand(t: acb, analytic: bool) -> acb:
            x = m1 + s1 * t
            density = (-(t**2) / 2).exp() / (2 * arb.pi()).sqrt()
            return density * (_log_normal(x, m1, s1) - _log_normal(x, m2, s2))

        reach = REACH[attempt]
        middle = acb.integral(integrand, -reach, reach).real
        return middle + arb(0, _tail(reach, m1, s1, m2, s2).upper())


def reference(four: Four, attempt: int = 0) -> arb:
    """KL by the reference model, as a ball of the width of its rounding."""
    m1, s1, m2, s2 = (torch.tensor([[float(v)]], dtype=torch.float64) for v in four)
    value = kl(m1, s1, m2, s2, nodes=NODES[attempt]).item()
    return arb(value, ROUNDING * (10 + abs(value)))


def monte_carlo(four: Four, attempt: int = 0) -> arb:
    """KL as the mean log-ratio of ``PLAN.n`` draws from p: a ball that misses the truth with chance ``PLAN.alpha``."""
    t = generator("kl_normal", four, attempt).standard_normal(PLAN.n)
    mean = float(log_ratio(t, four).mean())
    return arb(mean, radius(PLAN, deviation(four)) + 1e-12 * (10 + abs(mean)))


def log_ratio(t: NDArray[np.float64], four: Four) -> NDArray[np.float64]:
    """log p(x)/q(x) at x = m₁ + s₁ t, elementwise."""
    m1, s1, m2, s2 = map(float, four)
    x = m1 + s1 * t
    return _log_density(x, m1, s1) - _log_density(x, m2, s2)


def deviation(four: Four) -> float:
    """The standard deviation of log p(x)/q(x) under p, read off three of its values.

    For normals the log-ratio is a constant plus α(t² − 1) + βt with t ~ N(0, 1). Its variance is v = 2α² + β², and
    −log(1 − u)/2 − u/2 ≤ u²/(4(1 − u)) gives log E e^(λ·) ≤ λ²v/(2(1 − 2|α|λ)): a sub-gamma law of scale 2|α| ≤ √2 sd.
    """
    left, middle, right = log_ratio(np.array([-1.0, 0.0, 1.0]), four)
    alpha, beta = (left + right) / 2 - middle, (right - left) / 2
    return float(np.sqrt(2 * alpha**2 + beta**2))


def _log_density(x: NDArray[np.float64], m: float, s: float) -> NDArray[np.float64]:
    return np.asarray(-(((x - m) / s) ** 2) / 2 - np.log(s * np.sqrt(2 * np.pi)))


def _log_normal(x: acb, m: arb, s: arb) -> acb:
    return -(((x - m) / s) ** 2) / 2 - (s * (2 * arb.pi()).sqrt()).log()


def _tail(reach: int, m1: arb, s1: arb, m2: arb, s2: arb) -> arb:
    """A bound on what lies beyond ``reach`` ≥ 1: there |log p/q| ≤ K t², and ∫_T^∞ t² φ ≤ φ(T)(T + 1/T)."""
    steepest = abs((s2 / s1).log()) + arb(1) / 2 + ((abs(m1 - m2) + s1) / s2) ** 2 / 2
    density = (-(arb(reach) ** 2) / 2).exp() / (2 * arb.pi()).sqrt()
    return 2 * steepest * density * (reach + arb(1) / reach)


GENERAL = (
    Variable("m_1", Real()),
    Variable("s_1", Positive()),
    Variable("m_2", Real()),
    Variable("s_2", Positive()),
)
STANDARD = (Variable("mu", Real()), Variable("sigma", Positive()))


def general(point: Point) -> Four:
    return point["m_1"], point["s_1"], point["m_2"], point["s_2"]


def standard(point: Point) -> Four:
    return point["mu"], point["sigma"], sp.Integer(0), sp.Integer(1)


def _routes(variables: tuple[Variable, ...], four: Callable[[Point], Four]) -> tuple[Route, ...]:
    nasty, calm = points(variables, 12), points(variables, 8, pool=CALM)

    def derived(value: Callable[[Four, int], arb]) -> Derived:
        kept = lru_cache(maxsize=64)(value)  # the points stay the same from claim to claim
        return lambda point, attempt: kept(four(point), attempt)

    return (
        route(Trial("integral", nasty, derived(integral), 45, "the integral of p log p/q in rigorous balls")),
        route(Trial("reference", nasty, derived(reference), 9, "the torch model, Gauss-Hermite quadrature")),
        route(Trial("monte-carlo", calm, derived(monte_carlo), 1, PLAN.detail)),
        as_written(calm),
    )


ROUTES = {
    "kl_normal_eq": _routes(GENERAL, general),
    "kl_normal_std_eq": _routes(STANDARD, standard),
}
