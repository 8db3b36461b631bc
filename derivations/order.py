"""Inequalities: what each ground is worth, and whether its facts are proved.

Tangent   t − 1 − log t falls before t = 1 and rises after it, and is zero there
Triangle  |a + b| ≤ |a| + |b| for real a and b
LeastAt   f′ has the sign of x − place, by SymPy's flags and factors: f is least there
OverTangent  f″ ≥ 0, so f lies above its tangent at any place
Jensen    f″ ≥ 0, so f lies above its tangent at Σ wᵢ xᵢ; the weighted sum of what is between is the gap
Mean      the expectation of what is never negative; under E a density counts as positive, since E only sees where it is
Gibbs     −KL(p ‖ q) = E_p log q/p ≤ E_p[q/p − 1] ≤ 0
Nothing is tried at points, and what SymPy's flags don't say counts as not known.
"""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from claims.domains import Domain, OpenUnit, Positive, Real
from claims.grounds import Gibbs, Ground, Jensen, LeastAt, Mean, Modulus, OverTangent, Sign, Tangent, Times, Triangle
from claims.laws import Family, support_of
from claims.notation import Density, Expectation, Law, Normal
from derivations.canonical import canonical, is_plainly_real, opaque, vanishes
from derivations.extrema import inside_out, is_smooth, lies_in
from derivations.in_order import is_law
from derivations.signs import by_condition, by_sign


def gap_of(ground: Ground) -> sp.Expr:
    """The expression that ``ground`` says is never negative."""
    match ground:
        case Sign(term):
            return term
        case Modulus(a):
            return sp.Abs(a) - a
        case Triangle(a, b):
            return sp.Abs(a) + sp.Abs(b) - sp.Abs(a + b)
        case Tangent(t, weight):
            return weight * (t - 1 - sp.log(t))
        case LeastAt(f, x, place):
            return f - f.subs(x, place)
        case OverTangent(f, x, place, point):
            return f.subs(x, point) - f.subs(x, place) - sp.diff(f, x).subs(x, place) * (point - place)
        case Jensen(f, x, weights, points):
            pairs = tuple(zip(weights, points, strict=True))
            centre = sp.Add(*(w * p for w, p in pairs))
            return sp.Add(*(w * f.subs(x, p) for w, p in pairs)) - f.subs(x, centre)
        case Mean(inner, x, law):
            return Expectation(gap_of(inner), x, law)
        case Times(weight, inner):
            return weight * gap_of(inner)
        case Gibbs(p, q):
            x = sp.Dummy("x", real=True)
            return Expectation(sp.log(_density(p, x)) - sp.log(_density(q, x)), x, p)


def stands(ground: Ground, domains: Mapping[str, Domain]) -> bool:
    """Whether everything that ``ground`` rests on is proved."""
    match ground:
        case Sign(term):
            return is_never_negative(term, domains)
        case Modulus(a):
            return bool(a.is_real)
        case Triangle(a, b):
            return bool(a.is_real and b.is_real)
        case Tangent(t, weight):
            return _is_positive(t, domains) and is_never_negative(weight, domains)
        case LeastAt(f, x, place):
            inside = x.name in domains and is_smooth(f, domains) and lies_in(place, domains[x.name], domains)
            return inside and is_never_negative((x - place) * sp.diff(f, x), domains)
        case OverTangent(f, x, place, point):
            return _is_convex(f, x, domains) and _fits(place, x, domains) and _fits(point, x, domains)
        case Jensen(f, x, weights, points):
            fair = all(is_never_negative(w, domains) for w in weights) and _is_zero(sp.Add(*weights) - 1, domains)
            return fair and _is_convex(f, x, domains) and all(_fits(p, x, domains) for p in points)
        case Mean(inner, x, law):
            here = {**domains, x.name: Real()}
            return is_plainly_real(x) and is_law(law, domains) and stands(inner, here)
        case Times(weight, inner):
            return is_never_negative(weight, domains) and stands(inner, domains)
        case Gibbs(p, q):
            return is_law(p, domains) and is_law(q, domains) and _may_meet(p, q)


def _is_convex(f: sp.Expr, x: sp.Symbol, domains: Mapping[str, Domain]) -> bool:
    """Whether f″ ≥ 0 throughout the range of ``x``, by whose flags it is any real or any above zero: f″ of a letter
    that is flagged otherwise, as a whole number, tells of no range in which points may lie.
    """
    here = {**domains, x.name: Real()}
    ranges = (sp.Symbol("x", real=True).assumptions0, sp.Symbol("x", positive=True).assumptions0)
    return x.assumptions0 in ranges and is_smooth(f, here) and is_never_negative(sp.diff(f, x, 2), here)


def _density(law: Law, x: sp.Symbol) -> sp.Expr:
    return law.density(x) if isinstance(law, Family) else Density(law, x)


def _may_meet(p: Law, q: Law) -> bool:
    """Whether p ≪ q: by the supports of families; for a name it is the page's to state."""
    known = isinstance(p, Family | Normal) and isinstance(q, Family | Normal)
    return support_of(p) == support_of(q) if known else True


def is_never_negative(expr: sp.Expr, domains: Mapping[str, Domain]) -> bool:
    """Whether ``expr`` ≥ 0 by the flags of its factors, or of its terms, whatever the signs of its letters."""
    plain = inside_out(opaque(expr, sure=True), domains)
    return all(any(_is_so_by_sign(way) for way in case) for case in by_condition(plain))


def _is_so_by_sign(expr: sp.Expr) -> bool:
    return all(_is_plainly_so(case) for case in by_sign(expr))


def _is_plainly_so(expr: sp.Expr) -> bool:
    if expr.is_nonnegative:
        return True
    whole = sp.factor(sp.together(expr))
    if whole.is_nonnegative:
        return True
    terms = sp.Add.make_args(sp.expand(expr))
    return len(terms) > 1 and all(sp.factor(t).is_nonnegative for t in terms)


def _is_positive(expr: sp.Expr, domains: Mapping[str, Domain]) -> bool:
    plain = inside_out(opaque(expr, sure=True), domains)
    return bool(plain.is_positive or sp.factor(sp.together(plain)).is_positive)


def lies_as_mean(value: sp.Expr, domain: Domain, domains: Mapping[str, Domain]) -> bool:
    """Whether a value with means of one law in it lies in ``domain``: it is the mean of what lies there everywhere."""
    inside = _in_one_mean(value)
    if inside is None or not isinstance(domain, Positive | OpenUnit):
        return False
    return _is_positive(inside, domains) and (isinstance(domain, Positive) or _is_positive(1 - inside, domains))


def _in_one_mean(value: sp.Expr) -> sp.Expr | None:
    """f where ``value`` is E f(x), sums and multiples of means under one law taken together; None for anything else."""
    means = sorted(value.atoms(Expectation), key=sp.default_sort_key)
    if not means or any(e.law != means[0].law or not is_plainly_real(e.variable) for e in means):
        return None
    x = sp.Dummy("x", real=True)
    letters = {e: sp.Dummy("mean") for e in means}
    plain = value.xreplace(letters)
    if any(sp.diff(plain, a).free_symbols & set(letters.values()) for a in letters.values()):
        return None
    return plain.xreplace({letters[e]: e.inside[0].subs(e.variable, x) for e in means})


def _is_zero(expr: sp.Expr, domains: Mapping[str, Domain]) -> bool:
    return vanishes(canonical(inside_out(expr, domains)))


def _fits(point: sp.Expr, x: sp.Symbol, domains: Mapping[str, Domain]) -> bool:
    """Whether a point lies in the range that the flags of the symbol x speak of."""
    plain = opaque(point, sure=True)
    return _is_positive(point, domains) if x.is_positive else bool(plain.is_real or inside_out(plain, domains).is_real)
