"""The value of a sentence in a world: exact where it is rational, a ball where logarithms or roots come in.

What is multiplied by an exact zero is zero, even where it has no value: 0 log 0 and p(x | y) p(y) at impossible y.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Any, TypeAlias

from flint import arb, fmpq, fmpz

from claims.sentences import (
    Apply,
    Bound,
    Compare,
    Complement,
    Covariance,
    CrossEntropy,
    Density,
    Divergence,
    Entropy,
    Every,
    Expectation,
    Extremum,
    Indicator,
    MutualInformation,
    Number,
    Occurs,
    Place,
    Power,
    Probability,
    Product,
    Quotient,
    Sentence,
    Size,
    Slope,
    Some,
    Sum,
    Total,
    Unknown,
    Value,
    occurrence,
)
from numerics.interpretations.worlds import World
from numerics.undetermined import Undetermined

Real: TypeAlias = fmpq | arb
Places = frozenset[tuple[str, ...]]
"""Where an extremum is attained: for each variable, the value."""
Names = Mapping[str, fmpq]
MOST_BITS = 20_000
ONE = fmpq(1)


def value(world: World, sentence: Sentence, names: Names) -> Real:
    """The value of a sentence where ``names`` have these values. Raises Undetermined where it has none."""
    return _RULES[type(sentence)](world, sentence, names)


def exact(world: World, sentence: object, names: Mapping[str, fmpq]) -> fmpq:
    """The value of a sentence that must be rational."""
    found = value(world, sentence, names)  # type: ignore[arg-type]
    if not isinstance(found, fmpq):
        raise Undetermined("a place that is not rational")
    return found


def holds(world: World, event: Any, names: Names) -> bool:
    """Whether an event happens."""
    match event:
        case Compare(left=left, sign=sign, right=right):
            return _compares(value(world, left, names), sign, value(world, right, names))
        case Occurs(variable=variable):
            if occurrence(variable) not in names:
                raise Undetermined("an event that no probability and no mean is taken of")
            return bool(names[occurrence(variable)] == 1)
        case Every(events=events):
            return all(holds(world, e, names) for e in events)
        case Some(events=events):
            return any(holds(world, e, names) for e in events)
        case Complement(event=inner):
            return not holds(world, inner, names)
        case _:
            raise Undetermined(f"{type(event).__name__} is no event")


def logarithm(x: Real) -> arb:
    if isinstance(x, fmpq):
        if x <= 0:
            raise Undetermined("the logarithm of a number that is not positive")
        return arb(x).log()
    if x > 0:
        return x.log()
    raise Undetermined("the logarithm of a number that may not be positive")


def _compares(left: Real, sign: str, right: Real) -> bool:
    if not (isinstance(left, fmpq) and isinstance(right, fmpq)) and arb(left).overlaps(arb(right)):
        raise Undetermined("two values that can't be told apart")
    match sign:
        case "=":
            return bool(left == right)
        case "≠":
            return bool(left != right)
        case "<":
            return bool(left < right)
        case ">":
            return bool(left > right)
        case "≤":
            return bool(left <= right)
        case _:
            return bool(left >= right)


def _name(world: World, s: Value, names: Names) -> Real:
    found = names.get(s.name)
    return world.parameter(s.name) if found is None else found


def _sum(world: World, s: Sum, names: Names) -> Real:
    total: Real = fmpq(0)
    for term in s.terms:
        total = total + value(world, term, names)
    return total


def _product(world: World, s: Product, names: Names) -> Real:
    total: Real = fmpq(1)
    missing: Undetermined | None = None
    for factor in s.factors:
        try:
            part = value(world, factor, names)
        except Undetermined as why:
            missing = why
            continue
        if isinstance(part, fmpq) and part == 0:
            return fmpq(0)
        total = total * part
    if missing is not None:
        raise missing
    return total


def _quotient(world: World, s: Quotient, names: Names) -> Real:
    return _divided(value(world, s.top, names), value(world, s.bottom, names))


def _divided(top: Real, bottom: Real) -> Real:
    if (bottom == 0) if isinstance(bottom, fmpq) else bottom.contains(0):
        raise Undetermined("a division by zero")
    return top / bottom


def _power(world: World, s: Power, names: Names) -> Real:
    base, exponent = value(world, s.base, names), value(world, s.exponent, names)
    if isinstance(exponent, fmpq) and exponent.q == 1:
        n = int(exponent.p)
        if n < 0:
            base, n = _divided(fmpq(1), base), -n
        if isinstance(base, fmpq):
            if max(int(base.p).bit_length(), int(base.q).bit_length()) * n > MOST_BITS:
                raise Undetermined("a power that is too large")
            return base**n
        return base ** fmpz(n)
    if isinstance(base, fmpq) and base == 0 and exponent > 0:
        return fmpq(0)
    if not base > 0:
        raise Undetermined("a broken power of a number that may not be positive")
    return arb(base) ** arb(exponent)


def _apply(world: World, s: Apply, names: Names) -> Real:
    x = value(world, s.argument, names)
    match s.function:
        case "log":
            return fmpq(0) if isinstance(x, fmpq) and x == 1 else logarithm(x)
        case "exp":
            return arb(x).exp()
        case "abs":
            return abs(x)
        case "sqrt":
            if not x >= 0:
                raise Undetermined("the root of a number that may be negative")
            return arb(x).sqrt()
        case _:
            raise Undetermined(f"{s.function} is not evaluated")


def _unknown(world: World, s: Unknown, names: Names) -> Real:
    return world.function(s.name, tuple(exact(world, a, names) for a in s.arguments))


def _density(world: World, s: Density, names: Names) -> Real:
    head, at = placed(world, s.at, names)
    given, below = placed(world, s.given, names)
    if None in below:
        raise Undetermined("a condition of probability zero")
    if None in at:
        return fmpq(0)
    mass = world.table(s.law).mass(head, given, (*at, *below))  # type: ignore[arg-type]
    return mass / measure_of(world, head, at) if world.kind.weighted else mass  # type: ignore[arg-type]


def placed(
    world: World, places: tuple[Place, ...], names: Names
) -> tuple[tuple[str, ...], tuple[int | None, ...]]:  # fmt: skip
    """The variables of places, and which of their values they are at."""
    if not places:
        return (), ()
    variables = tuple(p.variable for p in places)
    return variables, tuple(world.index(p.variable, exact(world, p.value, names)) for p in places)


def measure_of(world: World, variables: tuple[str, ...], outcome: tuple[int, ...]) -> fmpq:
    total = ONE
    if world.kind.weighted:
        for v, i in zip(variables, outcome, strict=True):
            total *= world.measure(v, i)
    return total


def settings(world: World, over: tuple[Bound, ...], names: Names) -> Iterator[tuple[dict[str, fmpq], fmpq]]:
    """Each choice of values for names, with its measure; names of one variable have the same value."""
    variables = tuple(dict.fromkeys(b.variable for b in over))
    for outcome in product(*(range(len(world.support(v))) for v in variables)):
        at = dict(zip(variables, outcome, strict=True))
        chosen = {b.name: world.support(b.variable)[at[b.variable]] for b in over}
        yield {**names, **chosen}, measure_of(world, variables, outcome)


def _total(world: World, s: Total, names: Names) -> Real:
    total: Real = fmpq(0)
    weighted = s.continuous and world.kind.weighted
    for inner, measure in settings(world, s.over, names):
        part = value(world, s.body, inner)
        total = total + (part * measure if weighted else part)
    return total


def outcomes(
    world: World, law: str, over: tuple[Bound, ...], given: tuple[Place, ...], names: Names
) -> list[tuple[dict[str, fmpq], fmpq]]:
    """The choices of values for names that are possible under a law, with their probabilities."""
    variables = tuple(dict.fromkeys(b.variable for b in over))
    conditions, below = placed(world, given, names)
    if None in below:
        raise Undetermined("a condition of probability zero")
    table = world.table(law)
    out = []
    for outcome in product(*(range(len(world.support(v))) for v in variables)):
        mass = table.mass(variables, conditions, (*outcome, *below))  # type: ignore[arg-type]
        if mass != 0:
            at = dict(zip(variables, outcome, strict=True))
            out.append(({**names, **{b.name: world.support(b.variable)[at[b.variable]] for b in over}}, mass))
    return out


def _expectation(world: World, s: Expectation, names: Names) -> Real:
    inside = {**names, **{p.name: exact(world, p.value, names) for p in s.given if p.name}}
    total: Real = fmpq(0)
    for inner, mass in outcomes(world, s.law, s.over, s.given, inside):
        total = total + value(world, s.body, inner) * mass
    return total


def places(world: World, s: Extremum, names: Names) -> Places:
    """Where the body of an extremum is largest or smallest. Raises Undetermined where that can't be told."""
    best: Real | None = None
    found: set[tuple[str, ...]] = set()
    for inner, _ in settings(world, s.over, names):
        at = tuple(str(inner[b.name]) for b in s.over)
        here = value(world, s.body, inner)
        here = here if s.largest else -here
        if best is None or _above(here, best):
            best, found = here, {at}
        elif not _above(best, here):
            found.add(at)
    return frozenset(found)


def _above(a: Real, b: Real) -> bool:
    """Whether a is larger than b. Balls that meet count as equal."""
    if isinstance(a, fmpq) and isinstance(b, fmpq):
        return bool(a > b)
    return not arb(a).overlaps(arb(b)) and bool(a > b)


def _extremum(world: World, s: Extremum, names: Names) -> Real:
    raise Undetermined("a set of places is no number")


def _covariance(world: World, s: Covariance, names: Names) -> Real:
    def mean(body: Sentence) -> Real:
        return _expectation(world, Expectation(s.law, body, s.over, s.given), names)

    return mean(Product((s.left, s.right))) - mean(s.left) * mean(s.right)


def _probability(world: World, s: Probability, names: Names) -> Real:
    total = below = fmpq(0)
    for inner, mass in outcomes(world, s.law, s.over, (), names):
        if s.given is None or holds(world, s.given, inner):
            below += mass
            if holds(world, s.event, inner):
                total += mass
    return _divided(total, below) if s.given is not None else total


def _indicator(world: World, s: Indicator, names: Names) -> Real:
    return fmpq(1 if holds(world, s.event, names) else 0)


def _divergence(world: World, s: Divergence, names: Names) -> Real:
    total: Real = fmpq(0)
    for inner, measure in settings(world, s.over, names):
        p, q = value(world, s.p, inner), value(world, s.q, inner)
        total = total + _gap(s.kind, p, q) * measure
    return total


def _gap(kind: str, p: Real, q: Real) -> Real:
    """What one value adds to a divergence."""
    if kind == "TV":
        return abs(p - q) / 2
    if kind == "JS":
        middle = (p + q) / 2
        return (_gap("KL", p, middle) + _gap("KL", q, middle)) / 2
    return fmpq(0) if isinstance(p, fmpq) and p == 0 else p * logarithm(_divided(p, q))


def _cross_entropy(world: World, s: CrossEntropy, names: Names) -> Real:
    total: Real = fmpq(0)
    for inner, measure in settings(world, s.over, names):
        p = value(world, s.p, inner)
        if not (isinstance(p, fmpq) and p == 0):
            total = total - p * logarithm(value(world, s.q, inner)) * measure
    return total


def _entropy(world: World, s: Entropy, names: Names) -> Real:
    table = world.table(s.law)
    conditions, below = placed(world, s.at, names)
    if None in below:
        raise Undetermined("a condition of probability zero")
    total: Real = fmpq(0)
    for outcome in product(*(range(len(world.support(v))) for v in (*s.of, *s.given))):
        of, given = outcome[: len(s.of)], outcome[len(s.of) :]
        mass = table.mass((*s.of, *s.given), conditions, (*outcome, *below))  # type: ignore[arg-type]
        if mass != 0:
            inner = table.mass(s.of, (*s.given, *conditions), (*of, *given, *below))  # type: ignore[arg-type]
            total = total - mass * logarithm(inner / measure_of(world, s.of, of))
    return total


def _information(world: World, s: MutualInformation, names: Names) -> Real:
    table = world.table(s.law)
    variables = (*s.left, *s.right, *s.given)
    if len(set(variables)) < len(variables):
        raise Undetermined("the information of a variable about itself")
    n, m = len(s.left), len(s.left) + len(s.right)
    total: Real = fmpq(0)
    for outcome in product(*(range(len(world.support(v))) for v in variables)):
        mass = table.mass(variables, (), outcome)
        if mass != 0:
            left, right, given = outcome[:n], outcome[n:m], outcome[m:]
            both = table.mass((*s.left, *s.right), s.given, outcome)
            apart = table.mass(s.left, s.given, (*left, *given)) * table.mass(s.right, s.given, (*right, *given))
            total = total + mass * logarithm(both / apart)
    return total


def _slope(world: World, s: Slope, names: Names) -> Real:
    from numerics.interpretations.slopes import slope

    return slope(world, s.body, s.by, names)


_RULES: dict[type, Callable[..., Real]] = {
    Number: lambda world, s, names: fmpq(s.value.numerator, s.value.denominator),
    Size: lambda world, s, names: fmpq(len(world.support(s.variable))),
    Value: _name,
    Sum: _sum,
    Product: _product,
    Quotient: _quotient,
    Power: _power,
    Apply: _apply,
    Unknown: _unknown,
    Density: _density,
    Total: _total,
    Expectation: _expectation,
    Extremum: _extremum,
    Covariance: _covariance,
    Probability: _probability,
    Indicator: _indicator,
    Divergence: _divergence,
    CrossEntropy: _cross_entropy,
    Entropy: _entropy,
    MutualInformation: _information,
    Slope: _slope,
}
