"""Where an expression has a value: what must not be zero in it, and which of its laws are laws.

Two sides are equal for all values only if they have a value at the same places: (x² − 1)/(x − 1) has none at x = 1,
and x + 1 has one there. What both sides lack at the same places they may lack: the claim speaks of the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sympy as sp
from sympy.core.function import AppliedUndef

from claims.domains import Domain
from claims.laws import Family, support_of
from claims.notation import (
    KL,
    Binder,
    Covariance,
    CrossEntropy,
    Density,
    Entropy,
    Expectation,
    Law,
    NamedLaw,
    Normal,
    Notation,
    Variance,
)
from derivations.canonical import canonical, is_plainly_real, surely_positive
from derivations.definitions import unfolded
from derivations.extrema import inside_out
from derivations.in_order import is_law, may_be_one_value
from derivations.slopes import BENT
from derivations.sums import by_letters

TAME = (
    sp.exp, sp.sin, sp.cos, sp.sinh, sp.cosh, sp.tanh, sp.erf, sp.erfc, sp.atan, sp.re, sp.im, sp.conjugate, *BENT,
)  # fmt: skip
"""Functions that have a value at every real place."""
GAMMA = sp.Symbol("gamma")
FACTORIALS = (sp.gamma, sp.loggamma, sp.digamma, sp.polygamma)


class Pole(sp.Function):  # type: ignore[misc]  # sympy is untyped
    """Zero where a function, given by a letter of its own, has no value at its arguments."""


def lawless(expr: sp.Basic, domains: Mapping[str, Domain]) -> Law | None:
    """A law in ``expr`` whose parameters may be out of order; None where there is none."""
    laws = sorted(expr.atoms(Law), key=sp.default_sort_key)
    return next((law for law in laws if not is_law(law, domains)), None)


def misplaced(expr: sp.Basic) -> Binder | None:
    """A mean over a letter whose flags promise what its law does not keep, as x > 0 under a law on the line; None where
    there is none. Of a law that is a name the page states where it has its mass.
    """
    drawn = sorted(expr.atoms(Expectation, Variance, Covariance), key=sp.default_sort_key)
    return next((e for e in drawn if not _keeps(e.args[-1], e.variable)), None)


def _keeps(law: Law, x: sp.Symbol) -> bool:
    """Whether the support of a law lies where the flags of ``x`` say."""
    if not isinstance(law, Family | Normal):
        return True
    support = support_of(law)
    if x.is_positive:
        above = support.low.is_positive or (support.low.is_nonnegative and not support.whole)
    else:
        above = not x.is_nonnegative or support.low.is_nonnegative
    return bool(above and (support.whole or not x.is_integer))


def holes(expr: sp.Basic, domains: Mapping[str, Domain]) -> frozenset[sp.Expr]:
    """What must not be zero for ``expr`` to have a value and may be, in irreducible factors."""
    found: set[sp.Expr] = set()
    for e in _divisors(expr):
        found |= _factors(e, domains)
    return frozenset(found)


def _divisors(expr: sp.Basic) -> Iterator[sp.Expr]:
    """All that must not be zero, by the rules of each node."""
    match expr:
        case Expectation() | Variance() | Covariance() if isinstance(expr.args[-1], Family | Normal):
            yield from _under(expr, expr.args[-1])
            return
        case sp.Lambda():
            return
        case sp.Limit(args=(f, v, *_)):
            yield from (e for e in _divisors(f) if not e.has(v))
            return
        case sp.Sum() if (written := unfolded(expr)) != expr and not isinstance(written, sp.Sum):
            yield from _divisors(written)
            return
        case sp.Sum(function=f, limits=(*inner, limit)) if len(limit) == 3:
            within = _divisors(sp.Sum(f, *inner) if inner else f)
            yield from (_at_some_place(e, limit[0], limit[1]) for e in within)
            return
        case sp.Integral(function=f, limits=limits):
            yield from (e for e in _divisors(f) if not e.has(*(limit[0] for limit in limits)))
            return
        case sp.Derivative(expr=f, variables=variables):
            yield from _divisors(f)
            if not f.has(Notation) and not isinstance(f, AppliedUndef):
                yield from _divisors(sp.diff(unfolded(f), *variables))
            return
    yield from _own(expr)
    for a in expr.args:
        yield from _divisors(a)


def _at_some_place(e: sp.Expr, i: sp.Symbol, low: sp.Expr) -> sp.Expr:
    """What must not be zero, at a place of a range from ``low`` on; another letter than those of ranges in it."""
    within = [d.dummy_index for d in e.atoms(sp.Dummy) if d.name == "i"]
    flags = {"nonnegative": low.is_nonnegative, "positive": low.is_positive}
    known = {k: True for k, is_known in flags.items() if is_known}
    return e.xreplace({i: sp.Dummy("i", dummy_index=max(within, default=-1) + 1, integer=True, **known)})


def _own(expr: sp.Basic) -> Iterator[sp.Expr]:
    match expr:
        case sp.exp() | sp.Atom():
            return
        case Density(law=Normal() as law):
            yield law.variance
        case KL() | CrossEntropy() | Entropy():
            yield from (law.variance for law in expr.args if isinstance(law, Normal))
        case sp.Pow(base=base, exp=power):
            if not (power.is_nonnegative or base.is_nonzero):
                yield base
        case sp.log(args=(inside,)):
            yield inside
        case sp.tan(args=(a,)) | sp.sec(args=(a,)):
            yield sp.cos(a)
        case sp.cot(args=(a,)) | sp.csc(args=(a,)):
            yield sp.sin(a)
        case sp.factorial(args=(a,)) | sp.binomial(args=(a, _)):
            yield Pole(GAMMA, a + 1)
        case sp.beta(args=parts):
            yield from (Pole(GAMMA, a) for a in parts)
        case sp.Function() if isinstance(expr, FACTORIALS):
            yield Pole(GAMMA, expr.args[-1])
        case sp.Function() if not isinstance(expr, TAME) and not isinstance(expr, AppliedUndef):
            yield Pole(sp.Symbol(expr.func.__name__), *expr.args)


def _under(expr: Binder, law: Family | Normal) -> Iterator[sp.Expr]:
    """Under a density single places don't count, of whole numbers each does, and so does the one place of a normal law
    without variance. Where there is mass the density itself is positive.
    """
    support = support_of(law)
    place = sp.Dummy(
        "x",
        dummy_index=0,
        real=True,
        integer=support.whole or None,
        nonnegative=support.low.is_nonnegative or None,
        positive=support.low.is_positive or None,
    )
    alone = isinstance(law, Normal) and may_be_one_value(law)
    sure = () if alone else (Density(law, expr.variable), *surely_positive(expr.variable, law))
    here = {e: sp.Dummy("mass", positive=True) for e in sure}
    for e in (e.xreplace(here) for a in expr.inside for e in _divisors(a)):
        if not e.has(expr.variable):
            yield e
        elif support.whole or alone:
            yield e.xreplace({expr.variable: place})
    for a in expr.outside:
        yield from _divisors(a)


def _factors(e: sp.Expr, domains: Mapping[str, Domain]) -> frozenset[sp.Expr]:
    """The irreducible factors of what must not be zero that may be; a density that is a name counts as positive where
    it is spoken of, which is the page's to state. A number or a mean that isn't known not to be zero may be zero.
    """
    plain = _plain(e, domains)
    known = plain if plain.free_symbols else canonical(plain)
    if _is_nonzero(by_letters(known), domains):
        return frozenset()
    if not (plain.free_symbols or known.has(Expectation)):
        return frozenset((known,))
    if isinstance(plain, Pole):
        return frozenset() if plain.args[0] == GAMMA and plain.args[1].is_positive else frozenset((plain,))
    try:
        _, parts = sp.factor_list(sp.numer(sp.together(plain)))
    except sp.PolynomialError:
        return frozenset((plain,))
    factors = (part.args[0] if isinstance(part, sp.Abs) else part for part, _ in parts)
    return frozenset(-f if f.could_extract_minus_sign() else f for f in factors if not _is_nonzero(f, domains))


def _plain(e: sp.Expr, domains: Mapping[str, Domain]) -> sp.Expr:
    """``e`` by its meaning, where densities that are positive everywhere are letters."""
    meant = unfolded(e)
    seen = {d for d in meant.atoms(Density) if d.free_symbols <= meant.free_symbols and _reaches(d.law, domains)}
    meant = meant.xreplace({d: sp.Dummy(str(d.law), dummy_index=0, positive=True) for d in seen})
    meant = meant.replace(lambda a: isinstance(a, Expectation) and _is_mean_of_positive(a, domains), _above_zero)
    meant = meant.replace(sp.binomial, _ways).replace(sp.beta, lambda a, b: sp.gamma(a) * sp.gamma(b) / sp.gamma(a + b))
    return sp.trigsimp(meant) if meant.has(sp.sin, sp.cos) else meant


def _is_mean_of_positive(e: Expectation, domains: Mapping[str, Domain]) -> bool:
    """Whether ``e`` averages what is positive wherever it is spoken of: then it is positive, where it has a value."""
    seen = {d for d in e.inside[0].atoms(Density) if _reaches(d.law, domains)}
    inside = e.inside[0].xreplace({d: sp.Dummy(str(d.law), positive=True) for d in seen})
    known = is_plainly_real(e.variable) and not inside.has(Notation)
    return known and bool(inside_out(inside, domains).is_positive)


def _above_zero(e: Expectation) -> sp.Symbol:
    return sp.Dummy("mean", positive=True)


def _ways(n: sp.Expr, k: sp.Expr) -> sp.Expr:
    """A binomial coefficient; of k ≤ n, it counts something and is positive."""
    counts = k.is_integer and k.is_nonnegative and sp.expand(n - k).is_nonnegative
    return sp.Dummy("ways", positive=True) if counts else sp.binomial(n, k)


def _reaches(law: Law, domains: Mapping[str, Domain]) -> bool:
    return isinstance(law, NamedLaw) or (isinstance(law, Normal) and _is_nonzero(law.variance, domains))


def _is_nonzero(e: sp.Expr, domains: Mapping[str, Domain]) -> bool:
    if e.is_nonzero or e.is_positive:
        return True
    opened = inside_out(e, domains).replace(sp.exp, _over_one)
    whole = sp.factor(sp.together(opened))
    return bool(opened.is_nonzero or whole.is_nonzero or _is_all_positive(whole) or _has_no_root(whole))


def _over_one(exponent: sp.Expr) -> sp.Expr:
    """e^g for a positive g is one and something positive."""
    return 1 + sp.Dummy("e", positive=True) if exponent.is_positive else sp.exp(exponent)


def _is_all_positive(e: sp.Expr) -> bool:
    terms = sp.Add.make_args(sp.expand(e))
    return all(t.is_nonnegative for t in terms) and any(t.is_positive for t in terms)


def _has_no_root(e: sp.Expr) -> bool:
    """Whether ``e`` is a square polynomial in a real letter whose discriminant is negative."""
    for x in sorted((s for s in e.free_symbols if s.is_real), key=sp.default_sort_key):
        square = sp.Poly(e, x) if e.is_polynomial(x) else None
        if square is not None and square.degree() == 2:
            a, b, c = square.all_coeffs()
            if _is_all_positive(4 * a * c - b**2):
                return True
    return False
