"""One form for sums over ranges with letters at their ends: Σ from 1 to n of what no constant and no sum is left in.

A sum is split into the terms of what it runs over, and what does not depend on its index stands before it; Σ 1 is the
number of terms, powers of the index and of a base have their closed forms. Members x(i + c) of a sequence are counted
from c on, so that all ranges with the same letters at their ends become one range, with terms beside it. The index is
named by what is nested in it. All of this holds of a range of at least no terms (b ≥ a − 1), and of no other is said
anything: there Σ from a to b may mean nothing, or less than nothing (Karr 1981).

A summand that asks whether its index is at a place, 1[i = k], has that place apart where it is one of the range.

A sequence is a function of whole numbers that is known by its name, of real or positive values as its flags say.
"""

from __future__ import annotations

from itertools import count

import sympy as sp
from sympy.core.function import AppliedUndef

from claims.indicators import IsZero

MOST_TERMS = 12
"""Terms that are written beside a sum, or in place of one."""
MOST_POWER = 6


def normal_sum(total: sp.Sum) -> sp.Expr:
    """A sum whose summand has its canonical form, in the one form; itself where its range may have no meaning."""
    *inner, limit = total.limits
    f = normal_sum(sp.Sum(total.function, *inner)) if inner else total.function
    apart = _place_apart(f, limit)
    if apart is not None:
        others, beside = apart
        return normal_sum(sp.Sum(others, limit)) + beside
    found = _over(f, limit)
    return total if found is None else found


def with_known_places(total: sp.Sum) -> sp.Sum:
    """A sum with an index that is known to be positive, or zero and above, where its range is."""
    *inner, (i, *ends) = total.limits
    if not has_terms(sp.Tuple(i, *ends)):
        return total
    place = sp.Dummy("i", integer=True, **_flags(ends[0]))
    inside = (with_known_places(sp.Sum(total.function, *inner)) if inner else total.function).subs(i, place)
    return sp.Sum(inside, (place, *ends))


def log_of_product(product: sp.Product) -> sp.Expr | None:
    """log Π f as Σ log f, for positive f over one range of at least no terms; None for others."""
    if len(product.limits) != 1 or not product.function.is_positive or not has_terms(product.limits[0]):
        return None
    return sp.Sum(sp.expand_log(sp.log(product.function)), product.limits[0])


def letters_for_sums(f: sp.Expr, x: sp.Symbol) -> dict[sp.Expr, sp.Symbol]:
    """A letter for each sum and each member of a sequence in ``f`` that does not depend on x, with what is known of
    its sign.
    """
    return {e: letter_of_sum(e) for e in _outermost(f) if not e.has(x) and _is_real(e)}


def _over(f: sp.Expr, limit: sp.Tuple) -> sp.Expr | None:
    if not has_terms(limit):
        return None
    return sp.Add(*(_of_term(term, *limit) for term in _terms(f, limit[0])))


def _place_apart(f: sp.Expr, limit: sp.Tuple) -> tuple[sp.Expr, sp.Expr] | None:
    """What is summed where a summand asks whether its index is at a place, 1[i = k], and what that place adds; None
    where none is asked for, or where it isn't known whether the place is one of the range.
    """
    if not has_terms(limit):
        return None
    i, low, high = limit
    for asked in sorted((e for e in f.atoms(IsZero) if e.has(i)), key=sp.default_sort_key):
        by = sp.expand(asked.args[0]).coeff(i)
        place = sp.expand(i - asked.args[0] / by) if by in (1, -1) else i
        if place.has(i) or not place.is_integer:
            continue
        others = f.xreplace({asked: sp.S.Zero})
        if (low - place).is_positive or (place - high).is_positive:
            return others, sp.S.Zero
        beside = f.xreplace({asked: sp.S.One}).subs(i, place) - others.subs(i, place)
        inside = (place - low).is_nonnegative and (high - place).is_nonnegative
        if inside and not beside.has(sp.zoo, sp.nan, sp.oo):
            return others, beside
    return None


def has_terms(limit: sp.Tuple) -> bool:
    """Whether a range surely has at least no terms, all of them whole numbers that the flags of the index allow."""
    if len(limit) != 3:
        return False
    i, low, high = limit
    size = sp.expand(high - low + 1)
    allowed = (not i.is_positive or low.is_positive) and (not i.is_nonnegative or low.is_nonnegative)
    return bool(i.is_integer and low.is_integer and high.is_integer and size.is_nonnegative and allowed)


def _terms(f: sp.Expr, i: sp.Symbol) -> tuple[sp.Expr, ...]:
    """The terms of a summand: products and logs of products expanded, quotients of polynomials in i apart."""
    parts = sp.Add.make_args(sp.expand(sp.expand_log(f)))
    return tuple(t for part in parts for t in sp.Add.make_args(_apart(part, i)))


def _apart(term: sp.Expr, i: sp.Symbol) -> sp.Expr:
    constant, rest = term.as_independent(i, as_Add=False)
    if rest.atoms(AppliedUndef, sp.Sum) or not rest.is_rational_function(i) or rest.is_polynomial(i):
        return term
    return sp.expand(constant * sp.apart(rest, i))


def _of_term(term: sp.Expr, i: sp.Symbol, low: sp.Expr, high: sp.Expr) -> sp.Expr:
    constant, rest = term.as_independent(i, as_Add=False)
    size = sp.expand(high - low + 1)
    if rest == 1:
        return constant * size
    if size.is_Integer and size <= MOST_TERMS:
        return constant * sp.Add(*(rest.subs(i, low + k) for k in range(int(size))))
    exchanged = _exchanged(rest, i, low, high)
    if exchanged is not None:
        return constant * normal_sum(exchanged)
    turned = _turned(rest, i, low, high)
    offset = _offset(turned, i)
    if turned != rest or offset != 0:
        moved = turned.subs(i, i - offset) if offset != 0 else turned
        j = sp.Dummy("i", integer=True, **_flags(sp.expand(low + offset)))
        terms = _terms(moved.subs(i, j), j)
        return constant * sp.Add(*(_of_term(t, j, sp.expand(low + offset), sp.expand(high + offset)) for t in terms))
    closed = _closed(rest, i, low, high)
    return constant * (_in_one_range(rest, i, low, high) if closed is None else closed)


def _exchanged(rest: sp.Expr, i: sp.Symbol, low: sp.Expr, high: sp.Expr) -> sp.Sum | None:
    """Σ_i w(i) Σ_{j ≤ i} f(j), both from ``low`` on, as Σ_j f(j) Σ_{i ≥ j} w(i), where that has a closed form."""
    partial = [e for e in sp.Mul.make_args(rest) if isinstance(e, sp.Sum)]
    if len(partial) != 1 or len(partial[0].limits) != 1 or len(partial[0].limits[0]) != 3:
        return None
    j, *ends = partial[0].limits[0]
    weight = rest / partial[0]
    if ends != [low, i] or partial[0].function.has(i) or weight.has(j, sp.Sum, AppliedUndef):
        return None
    k = sp.Dummy("i", integer=True, **_flags(low))
    ends_in = _closed(weight.subs(i, k), k, j, high) if weight != 1 else high - j + 1
    return None if ends_in is None else sp.Sum(partial[0].function * ends_in, (j, low, high))


def _turned(rest: sp.Expr, i: sp.Symbol, low: sp.Expr, high: sp.Expr) -> sp.Expr:
    """What is counted down, x(n − i), counted up."""
    places = _places(rest, i)
    downwards = bool(places) and all(sp.expand(place + i).has(i) is False for place in places)
    return sp.expand(rest.subs(i, low + high - i)) if downwards else rest


def _offset(rest: sp.Expr, i: sp.Symbol) -> sp.Expr:
    """The least c of the places i + c that a term speaks of, where they are whole numbers apart; 0 elsewhere."""
    offsets = [sp.expand(place - i) for place in _places(rest, i)]
    if not offsets or any(c.has(i) for c in offsets):
        return sp.S.Zero
    apart = [sp.expand(c - offsets[0]) for c in offsets]
    return offsets[0] + min(apart) if all(c.is_Integer for c in apart) else sp.S.Zero


def _places(rest: sp.Expr, i: sp.Symbol) -> list[sp.Expr]:
    """The members of sequences that a term speaks of, by their places; in one without any, i + c wherever it stands."""
    members = [e.args[0] for e in rest.atoms(AppliedUndef) if len(e.args) == 1 and e.has(i)]
    return members or _sums_with(rest, i)


def _sums_with(e: sp.Expr, i: sp.Symbol) -> list[sp.Expr]:
    if e == i or (isinstance(e, sp.Add) and i in e.args):
        return [e]
    return [place for a in e.args for place in _sums_with(a, i)]


def _closed(rest: sp.Expr, i: sp.Symbol, low: sp.Expr, high: sp.Expr) -> sp.Expr | None:
    """Σ i^k by Faulhaber's formula, and Σ r^i = (r^low − r^(high + 1))/(1 − r); None for others."""
    if isinstance(rest, sp.Symbol) or (isinstance(rest, sp.Pow) and rest.base == i and rest.exp.is_Integer):
        _, power = rest.as_base_exp()
        return sp.expand(sp.summation(rest, (i, low, high))) if 0 < power <= MOST_POWER else None
    factors = sp.Mul.make_args(rest)
    if not all(isinstance(f, sp.Pow | sp.exp) and not f.as_base_exp()[0].has(i) for f in factors):
        return None
    rates = [(f.as_base_exp()[0], sp.expand(f.as_base_exp()[1] / i)) for f in factors]
    if any(rate.has(i) for _, rate in rates):
        return None
    ratio = sp.Mul(*(base**rate for base, rate in rates))
    return None if sp.expand(ratio) == 1 else (ratio**low - ratio ** (high + 1)) / (1 - ratio)


def _in_one_range(rest: sp.Expr, i: sp.Symbol, low: sp.Expr, high: sp.Expr) -> sp.Expr:
    """Σ from A + 1 to B, A and B without a number of their own, and the terms by which it differs."""
    (below, start), (above, end) = low.as_coeff_Add(), high.as_coeff_Add()
    added = [*(start + k for k in range(int(below), 1)), *(end + k for k in range(1, int(above) + 1))]
    taken = [*(start + k for k in range(1, int(below))), *(end + k for k in range(int(above) + 1, 1))]
    beside = [*(rest.subs(i, place) for place in added), *(-rest.subs(i, place) for place in taken)]
    if len(beside) > MOST_TERMS or not all(term.is_finite for term in beside):
        start, end, beside = low - 1, high, []
    j = _index(i, start + 1, end, rest)
    return sp.Sum(rest.subs(i, j), (j, start + 1, end)) + sp.Add(*beside)


def _index(i: sp.Symbol, low: sp.Expr, high: sp.Expr, summand: sp.Expr) -> sp.Symbol:
    """A name for the index of a range that no other index there has, the same whatever letter it was written with."""
    taken = {d.dummy_index for e in (low, high, summand) for d in e.atoms(sp.Dummy) if d.name == "i" and d != i}
    number = next(k for k in count(1) if k not in taken)
    return sp.Dummy("i", dummy_index=number, integer=True, **_flags(low))


def _flags(low: sp.Expr) -> dict[str, bool]:
    """What the places of a range are known to be by its first."""
    return {"positive": True} if low.is_positive else {"nonnegative": True} if low.is_nonnegative else {}


def _outermost(f: sp.Basic) -> list[sp.Expr]:
    if isinstance(f, sp.Sum | AppliedUndef):
        return [f]
    return list(dict.fromkeys(e for a in f.args for e in _outermost(a)))


def _is_real(e: sp.Expr) -> bool:
    return bool(e.function.is_real if isinstance(e, sp.Sum) else e.is_real)


def letter_of_sum(e: sp.Expr) -> sp.Symbol:
    """A letter for a sum or a member of a sequence; a sum of terms that are never negative is none, and one of positive
    terms is positive where there is a term.
    """
    if not isinstance(e, sp.Sum):
        return sp.Dummy("member", real=True, positive=e.is_positive, negative=e.is_negative)
    if not (e.function.is_nonnegative and all(map(has_terms, e.limits))):
        return sp.Dummy("sum", real=True if e.function.is_real else None)
    some = e.function.is_positive and all(sp.expand(high - low + 1).is_positive for _, low, high in e.limits)
    return sp.Dummy("sum", **{"positive" if some else "nonnegative": True})


def by_letters(f: sp.Basic) -> sp.Basic:
    """``f`` with a letter for each sum, from the inside out; they tell the sign of ``f``, and nothing else."""
    return f.replace(lambda e: isinstance(e, sp.Sum), letter_of_sum)
