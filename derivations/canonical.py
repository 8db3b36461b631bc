"""One form for expressions that are equal by definition, by linearity of E, and by the moments of named laws.

An expectation is split into terms where each is known to have a mean; under a law that is a name that is supposed, and
a page lists it where it isn't plain.
"""

from __future__ import annotations

from functools import lru_cache

import sympy as sp

from claims.laws import Family, Support, support_of
from claims.notation import (
    KL,
    Covariance,
    CrossEntropy,
    Density,
    Entropy,
    Expectation,
    Law,
    NamedLaw,
    Notation,
    Variance,
)
from derivations.definitions import unfolded
from derivations.in_order import may_be_weighed
from derivations.integrable import has_mean
from derivations.mean_values import mean_value
from derivations.moments import moment, two_valued
from derivations.slopes import is_bent, is_entire
from derivations.sums import has_terms, letter_of_sum, normal_sum, with_known_places

BORDERLINE = (Expectation, KL, CrossEntropy, Entropy, sp.Sum, sp.Product, sp.Integral, sp.Limit, sp.Derivative)
"""What may have no value although all that stands in it has one."""


@lru_cache(maxsize=4096)
def canonical(expr: sp.Basic) -> sp.Basic:
    """``expr`` unfolded, its expectations split into terms, and each term that is a moment replaced by its value."""
    return _settled(unfolded(expr))


def vanishes(expr: sp.Expr) -> bool:
    """Whether a canonical expression is zero as a quotient of polynomials in its logs, roots and notation."""
    plain = _plain(expr)
    return bool(sp.expand(sp.fraction(sp.together(plain))[0]) == 0)


def simplifies_away(expr: sp.Expr) -> bool:
    """Whether SymPy simplifies a canonical expression to zero: slow, and for where ``vanishes`` is not enough."""
    return bool(sp.simplify(_plain(expr)) == 0)


def _settled(expr: sp.Basic) -> sp.Basic:
    if isinstance(expr, Expectation):
        return _expectation(expr)
    if not expr.args:
        return expr
    if isinstance(expr, sp.Derivative):
        return _slope_of_settled(expr)
    if isinstance(expr, sp.Sum):
        return normal_sum(expr.func(*(_settled(a) for a in with_known_places(expr).args)))
    return expr.func(*(_settled(a) for a in expr.args))


def _slope_of_settled(expr: sp.Derivative) -> sp.Expr:
    """A slope that was not taken, of the value of what stands there: that of a mean under a law that moves."""
    inside = _settled(expr.expr)
    moved = sp.Derivative(inside, *expr.variables)
    ends = any(x.is_nonnegative and not x.is_positive for x in expr.variables)
    return moved if ends or inside == expr.expr else _settled(unfolded(moved))


def _expectation(expr: Expectation) -> sp.Expr:
    """The sum of the expectations of its terms."""
    x = sp.Dummy("x", **expr.variable.assumptions0)
    integrand = _without_extremes(_settled(expr.inside[0].subs(expr.variable, x)))
    law = _settled(expr.law)
    listed = two_valued(integrand, x, law)
    if listed is not None:
        return listed
    terms = sp.Add.make_args(sp.expand(_logs_split(integrand, surely_positive(x, law))))
    if not all(is_surely_finite(t, x, law) for t in terms):
        return _named(sp.expand(integrand), x, law)
    return sp.Add(*(_term(t, x, law) for t in terms))


def is_surely_finite(term: sp.Expr, x: sp.Symbol, law: Law) -> bool:
    """Whether a term has a mean under ``law``: by a rule for its value, or by how fast it grows."""
    rest = term.as_independent(x, as_Add=False)[1]
    return has_mean(rest, x, law) or not _term(rest, x, law).has(Expectation)


def without_value(expr: sp.Expr) -> frozenset[sp.Expr]:
    """The expectations, sums, integrals, limits and slopes that ``expr`` means, whether or not they drop out of its
    canonical form, that are not known to have a value: each in that form.
    """
    bound = expr.atoms(sp.Symbol) - expr.free_symbols
    apart = (e for e in expr.atoms(*BORDERLINE) if bound.isdisjoint(e.free_symbols))
    spoken = (canonical(e) for e in (expr, *apart, *_means_in(expr)))
    every = {e for found in spoken for e in found.atoms(*BORDERLINE)}
    return frozenset(e for e in every if not _has_value(e))


def _has_value(e: sp.Expr) -> bool:
    """Whether a mean exists, a sum has finitely many terms, an integral is of what is smooth between finite ends, and a
    slope of what has no corners.
    """
    match e:
        case Expectation():
            return has_mean(e.inside[0], e.variable, e.law)
        case sp.Sum() | sp.Product():
            return all(map(has_terms, e.limits))
        case sp.Derivative():
            return not any(x.is_integer or is_bent(e.expr, x) for x in e.variables)
        case sp.Integral():
            return all(
                len(limit) == 3 and limit[1].is_finite and limit[2].is_finite for limit in e.limits
            ) and is_entire(e.function)
        case _:
            return False


def _means_in(expr: sp.Expr) -> set[sp.Expr]:
    """The expectations that the variances and covariances in ``expr`` are made of."""
    pairs = {(e.inside[0], e.inside[-1], e.variable, e.args[-1]) for e in expr.atoms(Variance, Covariance)}
    return {Expectation(f, x, law) for a, b, x, law in pairs for f in (a, b, a * b) if not law.has(x)}


def spread(expr: Expectation) -> sp.Expr:
    """An expectation as the sum of those of its terms, with logs split and constants before them, without values."""
    x, law = expr.variable, expr.law
    parts = sp.Add.make_args(sp.expand(_logs_split(expr.inside[0], surely_positive(x, law))))
    split = (part.as_independent(x, as_Add=False) for part in parts)
    return sp.Add(*(constant if rest == 1 else constant * Expectation(rest, x, law) for constant, rest in split))


def _term(term: sp.Expr, x: sp.Symbol, law: Law) -> sp.Expr:
    constant, rest = term.as_independent(x, as_Add=False)
    weighed = _reweighted(rest, x, law)
    if weighed is not None:
        return constant * _expectation(weighed)
    power = _power(rest, x)
    if power == 0:
        return constant
    known = moment(power, law) if power is not None and is_plainly_real(x) else None
    known = mean_value(_one_exponential(rest), x, law) if known is None and is_plainly_real(x) else known
    if known is not None:
        return constant * known
    return constant * _named(rest, x, law)


def _one_exponential(rest: sp.Expr) -> sp.Expr:
    """e^a e^b as e^(a + b)."""
    parts = [f.args[0] for f in sp.Mul.make_args(rest) if isinstance(f, sp.exp)]
    return rest / sp.Mul(*map(sp.exp, parts)) * sp.exp(sp.Add(*parts)) if len(parts) > 1 else rest


def _reweighted(rest: sp.Expr, x: sp.Symbol, law: Law) -> Expectation | None:
    """E_{x ~ p}[f q(x)/p(x)] as E_{x ~ q}[f], where p reaches wherever q has mass; once, where there are powers."""
    powers = dict(f.as_base_exp() for f in sp.Mul.make_args(rest))
    own = Density(law, x)
    above = [
        f
        for f, power in powers.items()
        if isinstance(f, Density) and power.is_Integer and power > 0
        if f.point == x and not f.law.has(x) and may_be_weighed(law, f.law)
    ]
    below = powers.get(own, sp.S.Zero)
    if not (below.is_Integer and below < 0) or not above:
        return None
    return Expectation(rest * own / above[0], x, above[0].law)


def is_plainly_real(x: sp.Symbol) -> bool:
    """A variable that SymPy takes for any real: of x > 0 it makes √x² = x, which a law on the line does not bear."""
    return bool(x.assumptions0 == sp.Symbol("x", real=True).assumptions0)


def _named(rest: sp.Expr, x: sp.Symbol, law: Law) -> Expectation:
    """An expectation that stays, its variable named by what is nested in it, so that letters don't matter."""
    within = [e.variable.dummy_index for e in rest.atoms(Expectation)]
    name = sp.Dummy("x", dummy_index=max(within, default=0) + 1, **x.assumptions0)
    return Expectation(rest.subs(x, name), name, law)


def _power(rest: sp.Expr, x: sp.Symbol) -> int | None:
    if rest == 1:
        return 0
    if rest == x:
        return 1
    if isinstance(rest, sp.Pow) and rest.base == x and rest.exp.is_Integer and rest.exp > 0:
        return int(rest.exp)
    return None


def _logs_split(expr: sp.Expr, sure: tuple[sp.Expr, ...] = ()) -> sp.Expr:
    """log(ab) as log a + log b where a is positive. A density counts as positive, and so does what is ``sure`` to be
    under the law: E only sees where there is mass.
    """
    positive = {d: sp.Dummy("d", positive=True) for d in (*sure, *expr.atoms(Density))}
    return sp.expand_log(_without_beta(expr).xreplace(positive)).xreplace({v: k for k, v in positive.items()})


def _without_beta(expr: sp.Expr) -> sp.Expr:
    """B(a, b) as Γ(a)Γ(b)/Γ(a + b), which SymPy knows to be positive."""
    return expr.replace(sp.beta, lambda a, b: sp.gamma(a) * sp.gamma(b) / sp.gamma(a + b))


def _without_extremes(expr: sp.Expr) -> sp.Expr:
    """The greater of two as (a + b + |a − b|)/2, and the lesser as (a + b − |a − b|)/2."""
    for kind, turn in ((sp.Max, 1), (sp.Min, -1)):
        expr = expr.replace(
            lambda e, kind=kind: isinstance(e, kind) and len(e.args) == 2,
            lambda e, turn=turn: (e.args[0] + e.args[1] + turn * sp.Abs(e.args[0] - e.args[1])) / 2,
        )
    return expr


def surely_positive(x: sp.Symbol, law: Law) -> tuple[sp.Expr, ...]:
    """What is above zero wherever ``law`` has mass: x on the half-line, 1 − x too between 0 and 1, and x! of counts."""
    match support_of(law) if isinstance(law, Family) else None:
        case Support(low=sp.S.Zero, high=sp.S.One, whole=False):
            return (x, 1 - x)
        case Support(low=low, whole=whole) if low.is_positive or (low.is_nonnegative and not whole):
            return (x,)
        case Support(whole=True):
            return tuple(sorted(_ways(law.density(x), x), key=sp.default_sort_key))
    return ()


def _ways(mass: sp.Expr, x: sp.Symbol) -> set[sp.Expr]:
    """The factorials and binomial coefficients of a mass, which count something: they are positive where mass is."""
    return {e for e in mass.atoms(sp.binomial, sp.factorial, sp.gamma) if e.has(x)}


def opaque(expr: sp.Expr, sure: bool = False) -> sp.Expr:
    """Notation as symbols, one for each distinct node, and so is what is left of a derivative, an integral, a sum or a
    limit: of a mere symbol each would have a value, and SymPy takes more of them than has one. With ``sure``, densities
    count as positive, so do means of what is positive, and means of what is real are real.
    """
    bound = expr.atoms(sp.Derivative, sp.Integral, sp.Sum, sp.Product, sp.Limit, sp.Subs)
    names = {e: letter_of_sum(e) if isinstance(e, sp.Sum) else sp.Dummy("n") for e in bound}
    for node in expr.atoms(Notation):
        positive = True if sure and _is_surely_positive(node) else None
        real = True if sure and _is_surely_real(node) else None
        names[node] = sp.Dummy("n", positive=positive, real=real, nonnegative=node.is_nonnegative)
    return expr.xreplace(names)


def _is_surely_real(node: Notation) -> bool:
    """Whether a node is real: a mean of what is real wherever its law reaches; of a name the page states where."""
    if not isinstance(node, Expectation) or isinstance(node.law, NamedLaw):
        return True
    sure = {e: sp.Dummy("x", positive=True) for e in surely_positive(node.variable, node.law)}
    inside = opaque(node.inside[0].xreplace(sure), sure=True)
    return bool(inside.replace(sp.log, lambda a: sp.Dummy("log", real=True) if a.is_nonnegative else sp.log(a)).is_real)


def _is_surely_positive(node: Notation) -> bool:
    positive = isinstance(node, Expectation) and is_plainly_real(node.variable)
    return isinstance(node, Density) or (positive and bool(opaque(node.inside[0], sure=True).is_positive))


def _plain(expr: sp.Expr) -> sp.Expr:
    """Logs split, and notation that is left replaced by symbols, one for each distinct node."""
    return _logs_of_products(opaque(_without_beta(expr)))


def _logs_of_products(expr: sp.Expr) -> sp.Expr:
    """Each log of a sum as the log of a product, where there is one, and that split where the factors are positive."""
    return sp.expand_log(expr.replace(sp.log, _log_of_product))


def _log_of_product(inside: sp.Expr) -> sp.Expr:
    """log(e^a + e^b) and log(1 + e^(b − a)) differ by a: powers of e count as powers of positive numbers here."""
    positive: dict[sp.Expr, sp.Symbol] = {}

    def powers(exponent: sp.Expr) -> sp.Expr:
        parts = [term.as_coeff_Mul(rational=True) for term in sp.Add.make_args(sp.expand(exponent))]
        if not all(base.is_real for _, base in parts):
            return sp.exp(exponent)
        return sp.Mul(*(positive.setdefault(base, sp.Dummy("e", positive=True)) ** power for power, base in parts))

    product = sp.factor(sp.together(inside.replace(sp.exp, powers)))
    logs = {sp.log(e): base for base, e in positive.items()}
    return sp.expand_log(sp.log(product)).xreplace(logs).xreplace({e: sp.exp(base) for base, e in positive.items()})
