"""Three definite integrals, recognised by their integrand: nothing is searched for, so nothing runs away.

Beta     ∫_0^1 t^(a−1) (1 − t)^(b−1) dt = Γ(a) Γ(b)/Γ(a + b)            for a, b > 0
Gamma    ∫_0^∞ t^(a−1) e^(−r t) dt     = Γ(a)/r^a                       for a, r > 0
Gauss    ∫ e^(−A t² + B t + C) dt      = √(π/A) e^(B²/(4A) + C)         for A > 0, over the whole line
"""

from __future__ import annotations

import sympy as sp

MOST_FACTORS = 64
"""Γ(a + n)/Γ(a) is a product for whole n up to this one."""


def standard_integral(f: sp.Expr, t: sp.Symbol, low: sp.Expr, high: sp.Expr) -> sp.Expr | None:
    """The integral of ``f`` from ``low`` to ``high``; None where it isn't one of the three, or where a sign that the
    rule needs is not known.
    """
    constant, powers = _powers(f, t)
    match (low, high):
        case (sp.S.Zero, sp.S.One):
            value = _beta(powers, t)
        case (sp.S.Zero, sp.S.Infinity):
            value = _gamma(powers, t)
        case (sp.S.NegativeInfinity, sp.S.Infinity):
            value = _gauss(powers, t)
        case _:
            return None
    return None if value is None else constant * value


def _powers(f: sp.Expr, t: sp.Symbol) -> tuple[sp.Expr, dict[sp.Expr, sp.Expr]]:
    """``f`` as a constant times powers: the exponent of each base that depends on t, of e among them."""
    constant: sp.Expr = sp.Integer(1)
    powers: dict[sp.Expr, sp.Expr] = {}
    for factor in sp.Mul.make_args(f):
        base, exponent = factor.as_base_exp()
        if isinstance(base, sp.Mul) and exponent.is_integer:
            for part in base.args:
                inner, power = part.as_base_exp()
                powers[inner] = powers.get(inner, sp.Integer(0)) + power * exponent
        else:
            powers[base] = powers.get(base, sp.Integer(0)) + exponent
    for base in list(powers):
        if not base.has(t) and not powers[base].has(t):
            constant *= base ** powers.pop(base)
    return constant, {base: sp.expand(power) for base, power in powers.items() if power != 0}


def _beta(powers: dict[sp.Expr, sp.Expr], t: sp.Symbol) -> sp.Expr | None:
    if any(power.has(t) for power in powers.values()) or not set(powers) <= {t, 1 - t}:
        return None
    a, b = powers.get(t, sp.Integer(0)) + 1, powers.get(1 - t, sp.Integer(0)) + 1
    if not (a.is_positive and b.is_positive):
        return None
    if a.is_Integer:
        a, b = b, a
    if b.is_Integer and b <= MOST_FACTORS:
        return sp.gamma(b) / sp.Mul(*(a + j for j in range(int(b))))
    return sp.gamma(a) * sp.gamma(b) / sp.gamma(a + b)


def _gamma(powers: dict[sp.Expr, sp.Expr], t: sp.Symbol) -> sp.Expr | None:
    constant, exponent = powers.get(sp.E, sp.Integer(0)).as_independent(t, as_Add=True)
    rate, power = sp.cancel(-exponent / t), powers.get(t, sp.Integer(0))
    if not set(powers) <= {t, sp.E} or rate.has(t) or power.has(t):
        return None
    rate = sp.factor_terms(rate)
    if not (rate.is_positive and (power + 1).is_positive):
        return None
    return sp.exp(constant) * sp.gamma(power + 1) / rate ** (power + 1)


def _gauss(powers: dict[sp.Expr, sp.Expr], t: sp.Symbol) -> sp.Expr | None:
    if set(powers) != {sp.E}:
        return None
    exponent = powers[sp.E].as_poly(t)
    if exponent is None or exponent.degree() != 2:
        return None
    square, linear, rest = (exponent.coeff_monomial(t**k) for k in (2, 1, 0))
    a = sp.together(-square)
    if not a.is_positive:
        return None
    return sp.sqrt(sp.pi / a) * sp.exp(linear**2 / (4 * a) + rest)
