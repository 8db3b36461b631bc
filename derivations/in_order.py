"""Whether the parameters of a law surely make it one, and which law's mass lies where another's does.

A variance may be zero and a probability may be 0 or 1: there the law has one value. A law that is a name is one by what
it is.
"""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from claims.domains import ClosedUnit, Domain, Integer, OpenUnit, Positive, Real
from claims.laws import Bernoulli, Binomial, DiscreteUniform, Family, Uniform, Written, domains_of, support_of
from claims.notation import Law, NamedLaw, Normal
from derivations.extrema import inside_out, lies_in


def is_law(law: Law, domains: Mapping[str, Domain]) -> bool:
    """Whether ``law`` is a law for all values in ``domains``; False where that is not known."""
    match law:
        case NamedLaw():
            return True
        case Uniform(args=(a, b)):
            return _is_real(a, domains) and _is_real(b, domains) and bool((b - a).is_positive)
        case DiscreteUniform(args=(a, b)):
            return bool(a.is_integer and b.is_integer and (b - a).is_nonnegative)
        case Normal(mean=mean, variance=variance):
            return _is_real(mean, domains) and (bool(variance.is_nonnegative) or lies_in(variance, Positive(), domains))
        case Bernoulli() | Binomial():
            return all(_may_be(a, ClosedUnit() if isinstance(d, OpenUnit) else d, domains) for a, d in domains_of(law))
        case Family():
            return all(_may_be(argument, domain, domains) for argument, domain in domains_of(law))
        case _:
            return False


def holds_mass_of(law: Family | Normal, under: Family | Normal) -> bool:
    """Whether the support of ``law`` surely holds that of ``under``; one given in pieces may have gaps."""
    there, here = support_of(law), support_of(under)
    if isinstance(law, Written) or there.whole is not here.whole:
        return False
    below = there.low == here.low or (here.low - there.low).is_extended_nonnegative
    return bool(below and (there.high == here.high or (there.high - here.high).is_extended_nonnegative))


def may_be_one_value(law: Law) -> bool:
    """Whether a law has all its mass at one place for some of the values that its parameters may take: no variance,
    or a probability of 0 or 1.
    """
    match law:
        case Normal(variance=variance):
            return not variance.is_positive
        case Bernoulli() | Binomial():
            return not (law.args[-1].is_positive and sp.factor(sp.together(1 - law.args[-1])).is_positive)
        case _:
            return False


def may_be_weighed(law: Law, towards: Law) -> bool:
    """Whether draws from ``law`` reach wherever ``towards`` has mass: by the supports of families. Of a law that is a
    name nothing is known, so only what reaches everywhere reaches it; that a name reaches far enough is the page's to
    state.
    """
    if not isinstance(law, Family | Normal):
        return True
    if may_be_one_value(law):
        return False
    if isinstance(towards, Family | Normal):
        return holds_mass_of(law, towards)
    support = support_of(law)
    return not support.whole and support.low == -sp.oo and support.high == sp.oo


def _may_be(argument: sp.Expr, domain: Domain, domains: Mapping[str, Domain]) -> bool:
    match domain:
        case Real():
            return _is_real(argument, domains)
        case Integer(least, most):
            above = least is None or (argument - least).is_nonnegative
            return bool(argument.is_integer and above and (most is None or (most - argument).is_nonnegative))
        case ClosedUnit():
            return lies_in(argument, OpenUnit(), domains) or _is_closed_unit(argument, domains)
        case _:
            return lies_in(argument, domain, domains)


def _is_closed_unit(argument: sp.Expr, domains: Mapping[str, Domain]) -> bool:
    plain = {argument, sp.expand(1 - argument)}
    named = any(isinstance(domains.get(str(e)), ClosedUnit) for e in plain if isinstance(e, sp.Symbol))
    return named or bool(argument.is_nonnegative and (1 - argument).is_nonnegative)


def _is_real(argument: sp.Expr, domains: Mapping[str, Domain]) -> bool:
    return bool(argument.is_real or inside_out(argument, domains).is_real)
