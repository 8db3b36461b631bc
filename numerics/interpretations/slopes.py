"""Derivatives of sentences in a number θ that laws and functions depend on: p_θ, f_θ.

In a world each law with that subscript has, beside its masses, rates at which they change, which are any numbers that
add up to zero; the rates of marginals and conditionals follow from them. A function with the subscript has a rate of
its own at each place, and any function has one for each of its arguments. The rest is the rules of differentiation.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from flint import arb, fmpq

from claims.sentences import (
    Apply,
    CrossEntropy,
    Density,
    Divergence,
    Entropy,
    Expectation,
    Number,
    Power,
    Product,
    Quotient,
    Sentence,
    Size,
    Sum,
    Total,
    Unknown,
    Value,
)
from numerics.interpretations.evaluation import (
    Names,
    Real,
    exact,
    logarithm,
    measure_of,
    outcomes,
    placed,
    settings,
    value,
)
from numerics.interpretations.worlds import World
from numerics.undetermined import Undetermined


def slope(world: World, s: Sentence, by: str, names: Names) -> Real:
    """The derivative of a sentence in ``by``. Raises Undetermined where it has none, or none is known."""
    rule = _RULES.get(type(s))
    if rule is None:
        raise Undetermined(f"the derivative of {type(s).__name__} is not known")
    return rule(world, s, by, names)


def _value(world: World, s: Value, by: str, names: Names) -> Real:
    return fmpq(1 if s.name == by else 0)


def _sum(world: World, s: Sum, by: str, names: Names) -> Real:
    total: Real = fmpq(0)
    for term in s.terms:
        total = total + slope(world, term, by, names)
    return total


def _product(world: World, s: Product, by: str, names: Names) -> Real:
    total: Real = fmpq(0)
    for i, factor in enumerate(s.factors):
        change = slope(world, factor, by, names)
        if not _is_zero(change):
            rest = (*s.factors[:i], *s.factors[i + 1 :])
            total = total + change * (value(world, Product(rest), names) if rest else fmpq(1))
    return total


def _quotient(world: World, s: Quotient, by: str, names: Names) -> Real:
    below = value(world, s.bottom, names)
    if _may_be_zero(below):
        raise Undetermined("a division by zero")
    fall = slope(world, s.bottom, by, names)
    first = slope(world, s.top, by, names) / below
    return first if _is_zero(fall) else first - value(world, s.top, names) * fall / (below * below)


def _power(world: World, s: Power, by: str, names: Names) -> Real:
    exponent = value(world, s.exponent, names)
    if not isinstance(exponent, fmpq) or exponent.q != 1 or not _is_zero(slope(world, s.exponent, by, names)):
        raise Undetermined("the derivative of a power that is no whole number")
    change = slope(world, s.base, by, names)
    if _is_zero(change):
        return fmpq(0)
    less = Power(s.base, Sum((s.exponent, _MINUS_ONE)))
    return exponent * value(world, less, names) * change


def _apply(world: World, s: Apply, by: str, names: Names) -> Real:
    change = slope(world, s.argument, by, names)
    if _is_zero(change):
        return fmpq(0)
    x = value(world, s.argument, names)
    match s.function:
        case "log":
            if _may_be_zero(x):
                raise Undetermined("the logarithm of zero")
            return change / x
        case "exp":
            return change * arb(x).exp()
        case "sqrt":
            root = arb(x).sqrt()
            return change / (2 * root)
        case _:
            raise Undetermined(f"the derivative of {s.function} is not known")


def _unknown(world: World, s: Unknown, by: str, names: Names) -> Real:
    if s.name in world.signature.codomains:
        raise Undetermined("a function whose values are those of a variable has no rate of change")
    places = tuple(exact(world, a, names) for a in s.arguments)
    total: Real = world.function(f"∂{s.name}", places) if world.moves(s.name, by) else fmpq(0)
    for i, argument in enumerate(s.arguments):
        change = slope(world, argument, by, names)
        if not _is_zero(change):
            total = total + world.function(f"∂{i}{s.name}", places) * change
    return total


def _density(world: World, s: Density, by: str, names: Names) -> Real:
    if not world.moves(s.law, by):
        return fmpq(0)
    head, at = placed(world, s.at, names)
    given, below = placed(world, s.given, names)
    if None in below:
        raise Undetermined("a condition of probability zero")
    if None in at:
        return fmpq(0)
    rate = _rate(world, s.law, by, head, given, (*at, *below))  # type: ignore[arg-type]
    return rate / measure_of(world, head, at)  # type: ignore[arg-type]


def _rate(
    world: World, law: str, by: str, head: tuple[str, ...], given: tuple[str, ...], outcome: tuple[int, ...]
) -> fmpq:
    """The rate of P(head | given): that of a quotient."""
    rates, table = world.slopes(law, by), world.table(law)
    joint = rates.marginal((*head, *given)).get(outcome, fmpq(0))
    if not given:
        return joint
    condition = outcome[len(head) :]
    whole = table.mass(given, (), condition)
    if whole == 0:
        raise Undetermined("a condition of probability zero")
    return joint / whole - table.mass((*head, *given), (), outcome) * rates.marginal(given).get(condition, fmpq(0)) / (
        whole * whole
    )


def _total(world: World, s: Total, by: str, names: Names) -> Real:
    total: Real = fmpq(0)
    for inner, measure in settings(world, s.over, names):
        total = total + slope(world, s.body, by, inner) * (measure if s.continuous else fmpq(1))
    return total


def _expectation(world: World, s: Expectation, by: str, names: Names) -> Real:
    if any(not _is_zero(slope(world, p.value, by, names)) for p in s.given):
        raise Undetermined("a condition that moves")
    inside = {**names, **{p.name: exact(world, p.value, names) for p in s.given if p.name}}
    conditions, below = placed(world, s.given, inside)
    variables = tuple(dict.fromkeys(b.variable for b in s.over))
    total: Real = fmpq(0)
    for inner, mass in outcomes(world, s.law, s.over, s.given, inside):
        total = total + slope(world, s.body, by, inner) * mass
        if world.moves(s.law, by):
            first = {b.variable: b.name for b in reversed(s.over)}
            at = tuple(world.index(v, inner[first[v]]) for v in variables)
            rate = _rate(world, s.law, by, variables, conditions, (*at, *below))  # type: ignore[arg-type]
            if rate != 0:
                total = total + value(world, s.body, inner) * rate
    return total


def _divergence(world: World, s: Divergence, by: str, names: Names) -> Real:
    """d KL = Σ dp (log p/q + 1) − p dq/q."""
    if s.kind != "KL":
        raise Undetermined(f"the derivative of {s.kind} is not known")
    total: Real = fmpq(0)
    for inner, measure in settings(world, s.over, names):
        p, q = value(world, s.p, inner), value(world, s.q, inner)
        dp, dq = slope(world, s.p, by, inner), slope(world, s.q, by, inner)
        if not _is_zero(dp):
            total = total + dp * (logarithm(p / q) + 1) * measure
        if not _is_zero(dq) and not _is_zero(p):
            total = total - p * dq / q * measure
    return total


def _cross_entropy(world: World, s: CrossEntropy, by: str, names: Names) -> Real:
    total: Real = fmpq(0)
    for inner, measure in settings(world, s.over, names):
        p, q = value(world, s.p, inner), value(world, s.q, inner)
        dp, dq = slope(world, s.p, by, inner), slope(world, s.q, by, inner)
        if not _is_zero(dp):
            total = total - dp * logarithm(q) * measure
        if not _is_zero(dq) and not _is_zero(p):
            total = total - p * dq / q * measure
    return total


def _is_zero(x: Real) -> bool:
    return isinstance(x, fmpq) and x == 0


def _may_be_zero(x: Real) -> bool:
    return bool(x == 0) if isinstance(x, fmpq) else bool(x.contains(0))


def _zero(world: World, s: Any, by: str, names: Names) -> Real:
    return fmpq(0)


def _entropy(world: World, s: Entropy, by: str, names: Names) -> Real:
    if world.moves(s.law, by):
        raise Undetermined("the derivative of an entropy is not known")
    return fmpq(0)


_MINUS_ONE = Number(Fraction(-1))
_RULES: dict[type, Callable[..., Real]] = {
    Number: _zero,
    Size: _zero,
    Value: _value,
    Sum: _sum,
    Product: _product,
    Quotient: _quotient,
    Power: _power,
    Apply: _apply,
    Unknown: _unknown,
    Density: _density,
    Total: _total,
    Expectation: _expectation,
    Divergence: _divergence,
    CrossEntropy: _cross_entropy,
    Entropy: _entropy,
}
