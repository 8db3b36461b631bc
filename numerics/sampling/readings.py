"""Where an average hides in an expression: sums over tables, integrals, and shares of exponential weights.

A reading is made of the form alone, for every claim by the same rules, in this order:

1. averages of named laws, as they are written;
2. Σ w_k f_k, the values f_k made of logarithms or absolute values and the weights w_k of none: an outcome is drawn in
   proportion to the weights. Weights that sum to a number are a law; others are a measure, if all have one sign;
3. an integral between limits: a point is drawn from a proposal (``proposals``), and weighted;
4. e^{a_k} f/Σ e^{a_j}, a share of weights made of exponentials: an outcome is drawn in proportion to the weights;
5. Σ w_k f_k of rational parts, where some part w_k of each term sums to one.

The last two only where nothing of the first three is there. A claim neither of whose sides has a reading averages
nothing: nothing is random in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, product

import sympy as sp

from claims.claim import Claim
from claims.laws import Family, density_of
from claims.notation import Argmax, Argmin, Density, Expectation, NamedLaw, Normal, Notation
from numerics.sampling.expectations import has_means
from numerics.sampling.finite import Finite, Lookup

VALUED = (sp.log, sp.Abs, sp.sign, sp.digamma, sp.loggamma)
"""What makes a factor of a term a value rather than a weight."""
OPENED = (sp.Derivative, Argmin, Argmax)
"""Asks about a function, which may itself hold an average."""
CLOSED = (sp.Limit, sp.Determinant, sp.MatrixBase, sp.Sum)
MOST_OUTCOMES = 16
MOST_TERMS, MOST_FACTORS = 3, 4
"""Of sums whose weights are looked for among all parts of their terms."""
PROBE = 101
"""Where rational parts are tried before they are proved to sum to one."""


class Form(StrEnum):
    """What is averaged in a side of a claim."""

    AVERAGES = "averages of named laws"
    SUM = "a sum over a table"
    INTEGRAL = "an integral"
    SHARE = "a share of weights"
    PARTS = "a sum whose weights are parts of its terms"
    NAMES = "averages of laws known by name"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Reading:
    """An expression in which what is averaged stands as expectations, or as integrals, and the form of what it was."""

    expression: sp.Expr
    form: Form

    @property
    def is_random(self) -> bool:
        return self.form is not Form.NOTHING


def reading(e: sp.Basic) -> Reading:
    """The first reading that finds something to average. Densities at points are written out in it."""
    if e.has(NamedLaw):
        return Reading(e, Form.NAMES if has_means(e) else Form.NOTHING)
    if has_means(e):
        return Reading(e, Form.AVERAGES)
    found = _walked(e, sum_over_table)
    if has_means(found):
        return Reading(found, Form.SUM)
    if _has_integrals(e):
        return Reading(e, Form.INTEGRAL)
    for rule, form in ((share_of_weights, Form.SHARE), (sum_of_parts, Form.PARTS)):
        found = _walked(e, rule)
        if has_means(found):
            return Reading(found, form)
    return Reading(e, Form.NOTHING)


def nothing_is_random(claim: Claim) -> bool:
    """Whether neither side of a claim averages anything, so that there is nothing to draw."""
    return not reading(claim.left).is_random and not reading(claim.right).is_random


def _has_integrals(e: sp.Basic) -> bool:
    return any(
        isinstance(part, sp.Integral) and len(part.limits) == 1 and len(part.limits[0]) == 3
        for part in sp.preorder_traversal(e)
    )


Rule = Callable[[sp.Expr], sp.Expr | None]


def _walked(e: sp.Basic, rule: Rule) -> sp.Basic:
    """The expression with a rule applied to its largest parts that it fits."""
    if not e.args or isinstance(e, CLOSED):
        return e
    if isinstance(e, OPENED):
        return e.func(_walked(e.args[0], rule), *e.args[1:])
    if isinstance(e, Notation):
        return e
    found = rule(e) if isinstance(e, sp.Add | sp.Mul | sp.Pow) else None
    return e.func(*(_walked(a, rule) for a in e.args)) if found is None else found


def drawn_from(weights: Sequence[sp.Expr], values: Sequence[sp.Expr]) -> sp.Expr:
    """The mean of a value under a law over a list, as an expectation."""
    place = sp.Symbol("outcome", real=True)
    return Expectation(Lookup(place, *map(_written, values)), place, Finite(*map(_written, weights)))


def _written(e: sp.Expr) -> sp.Expr:
    """With densities as formulas, which a table holds as numbers."""
    known = {d: density_of(d.law, d.point) for d in e.atoms(Density) if isinstance(d.law, Family | Normal)}
    return e.xreplace(known)


def sum_over_table(e: sp.Expr) -> sp.Expr | None:
    """Rule 2: a sum of weighted values as a multiple of a mean, and what stands beside it; None for other forms."""
    if not isinstance(e, sp.Add):
        return None
    weighted = [_weighted(term) for term in e.args]
    beside = [term for term, (_, value) in zip(e.args, weighted, strict=True) if value is None]
    rows = [(weight, value) for weight, value in weighted if value is not None]
    if not all(weight.is_number for weight, _ in rows):  # a constant is no weight beside weights that vary
        beside += [weight * value for weight, value in rows if weight.is_number]
        rows = [row for row in rows if not row[0].is_number]
    merged = _merged(rows)
    for table in (merged, rows) if len(merged) < len(rows) else (rows,):
        found = _as_mean(_turned(table), beside)
        if found is not None:
            return found
    return None


Row = tuple[sp.Expr, sp.Expr]
"""A weight and a value."""


def _as_mean(table: Sequence[Row], beside: Sequence[sp.Expr]) -> sp.Expr | None:
    weights, values = [w for w, _ in table], [v for _, v in table]
    if not 2 <= len(table) <= MOST_OUTCOMES or any(w.has(*OPENED) for w in weights):
        return None
    total = sp.cancel(sp.together(sp.Add(*weights)))
    if total.is_number and (not total.is_positive or (total != 1 and all(w.is_number for w in weights))):
        return None
    one_sign = len({bool(v.as_coeff_Mul()[0].is_negative) for v in values}) == 1
    if not total.is_number and (beside or not one_sign or any(_may_be_negative(w) for w in weights)):
        return None
    left = []
    for term in beside:
        place = next((k for k, w in enumerate(weights) if _holds(term, w)), None)
        if place is None:
            left.append(term)
        else:
            values[place] += term / weights[place]
    return sp.Add(total * drawn_from(weights, values), *left)


def _weighted(term: sp.Expr) -> tuple[sp.Expr, sp.Expr | None]:
    """The weight and the value of a term; no value where it has none."""
    number, rest = term.as_coeff_Mul()
    factors = sp.Mul.make_args(rest)
    values = [f for f in factors if f.has(*VALUED)]
    if not values:
        return sp.S.One, None
    sign = sp.Integer(-1) if number.is_negative else sp.S.One
    weight = sp.Mul(abs(number), *(f for f in factors if f not in values))
    return weight, sp.Mul(sign, *values)


def _merged(rows: Sequence[Row]) -> list[Row]:
    """Rows of one weight as one: p log p and −p log q are one outcome."""
    table: dict[sp.Expr, list[sp.Expr]] = {}
    for weight, value in rows:
        table.setdefault(weight, []).append(value)
    return [(weight, sp.Add(*values)) for weight, values in table.items()]


def _turned(rows: Sequence[Row]) -> list[Row]:
    """With a weight that is written as less than nothing turned over: 2e/3 − 1 where the others sum to 2e/3."""
    if sp.cancel(sp.together(sp.Add(*(w for w, _ in rows)))).is_number:
        return list(rows)
    for i, (weight, value) in enumerate(rows):
        turned = [*rows[:i], (-weight, -value), *rows[i + 1 :]]
        total = sp.cancel(sp.together(sp.Add(*(w for w, _ in turned))))
        if isinstance(weight, sp.Add) and total.is_number and total.is_positive:
            return turned
    return list(rows)


def _may_be_negative(weight: sp.Expr) -> bool:
    return not (weight.is_nonnegative or _is_gibbs(weight))


def _holds(term: sp.Expr, weight: sp.Expr) -> bool:
    """Whether the weight is a factor of the term."""
    factors = sp.Mul.make_args(term)
    return not weight.is_number and all(w in factors for w in sp.Mul.make_args(weight))


def share_of_weights(e: sp.Expr) -> sp.Expr | None:
    """Rule 4: d_k f/Σ d_j with exponentials among the d_j as the mean of f at outcome k, zero at the others."""
    factors = list(sp.Mul.make_args(e))
    for below in factors:
        if not (isinstance(below, sp.Pow) and below.exp == -1 and isinstance(below.base, sp.Add)):
            continue
        weights = below.base.args
        if len(weights) > MOST_OUTCOMES or not all(_is_gibbs(w) for w in weights):
            continue
        if not any(w.has(sp.exp) for w in weights):
            continue
        above = [f for f in factors if f is not below]
        values = _numerators(above, weights)
        if values is not None:
            return drawn_from(weights, values)
    return None


def _is_gibbs(weight: sp.Expr) -> bool:
    """Whether a weight is surely positive as it is written."""
    positive = (isinstance(f, sp.exp | Density) or f.is_positive for f in sp.Mul.make_args(weight))
    return all(p or _is_complement(f) for p, f in zip(positive, sp.Mul.make_args(weight), strict=True))


def _is_complement(f: sp.Expr) -> bool:
    """1 − w with w of the open unit interval, whose letter says no more than that it is positive."""
    return bool(f.is_Add and f.args[0] == 1 and len(f.args) == 2 and (1 - f).is_Symbol and (1 - f).is_positive)


def _numerators(above: Sequence[sp.Expr], weights: Sequence[sp.Expr]) -> list[sp.Expr] | None:
    """The value at each outcome, where a product is a weight times something, or a sum of such."""
    sums = [f for f in above if isinstance(f, sp.Add)]
    for one in sums:
        places = [_which(sp.Mul.make_args(t), weights) for t in one.args]
        if all(p is not None for p in places):
            rest = sp.Mul(*(f for f in above if f is not one))
            values: list[sp.Expr] = [sp.S.Zero] * len(weights)
            for place, term in zip(places, one.args, strict=True):
                assert place is not None
                values[place] += term / weights[place] * rest
            return values
    place = _which(above, weights)
    if place is None:
        return None
    whole = sp.Mul(*above) / weights[place]
    return [whole if k == place else sp.S.Zero for k in range(len(weights))]


def _which(factors: Sequence[sp.Expr], weights: Sequence[sp.Expr]) -> int | None:
    """Which weight is among the factors; a weight of one only where no other is."""
    fitting = [k for k, w in enumerate(weights) if all(f in factors for f in sp.Mul.make_args(w)) or w == 1]
    return max(fitting, key=lambda k: len(sp.Mul.make_args(weights[k])) * (weights[k] != 1), default=None)


def sum_of_parts(e: sp.Expr) -> sp.Expr | None:
    """Rule 5: parts of the terms of a short sum that sum to one, tried at numbers first and then proved."""
    if not isinstance(e, sp.Add) or not 2 <= len(e.args) <= MOST_TERMS or not e.is_rational_function():
        return None
    parted = [_parts(term) for term in e.args]
    letters = sorted(e.free_symbols, key=str)
    probe = {s: sp.Rational(7 * i + 3, PROBE) for i, s in enumerate(letters)}
    numbers = [[part.xreplace(probe) for part, _ in parts] for parts in parted]
    for choice in product(*(range(len(parts)) for parts in parted)):
        if sum(row[k] for row, k in zip(numbers, choice, strict=True)) != 1:
            continue
        weights = [parts[k][0] for parts, k in zip(parted, choice, strict=True)]
        if any(w.is_number or w.is_negative for w in weights):
            continue
        if sp.cancel(sp.Add(*weights)) == 1:
            return drawn_from(weights, [parts[k][1] for parts, k in zip(parted, choice, strict=True)])
    return None


def _parts(term: sp.Expr) -> list[tuple[sp.Expr, sp.Expr]]:
    """Each proper part of a product, and what is left of it."""
    factors = sp.Mul.make_args(term)
    return list(_split(factors)) if len(factors) <= MOST_FACTORS else []


def _split(factors: Sequence[sp.Expr]) -> Iterator[tuple[sp.Expr, sp.Expr]]:
    for size in range(1, len(factors)):
        for inside in combinations(range(len(factors)), size):
            outside = (f for i, f in enumerate(factors) if i not in inside)
            yield sp.Mul(*(factors[i] for i in inside)), sp.Mul(*outside)
