"""Two closed numbers compared as notes mean them: exactly, or at the precision at which a decimal is printed.

The decimal that is the *result* stands for everything that rounds to it. Decimals in the expression it comes from are
data, taken exactly; where they are long enough to be results themselves, their own rounding is granted too, but then
the relation is only consistent, not proved.
"""

from __future__ import annotations

from enum import Enum
from functools import reduce
from itertools import permutations, product

import sympy as sp
from flint import arb, ctx, fmpq

from claims.evidence import Agreement, Counterexample, Evidence, Inconclusive, Proof
from claims.printed import Printed, as_printed
from claims.records import Record, replace
from numerics.balls import PRECISIONS, Decimals, Undetermined, enclose, free_of_decimals, rational


class Grade(Enum):
    """How two numbers stand to each other."""

    EQUAL = "equal"
    ROUNDED = "the correct rounding"
    CONSISTENT = "within the rounding of the printed numbers"
    TRUNCATED = "cut off, not rounded"
    ROUNDED_UP = "rounded up"
    LOOSE = "only about equal"
    MAGNITUDE = "of this order of magnitude"
    ORDERED = "in this order"
    WRONG = "different"
    WRONG_DIGIT = "not the correct rounding"
    WRONG_MAGNITUDE = "off by a power of ten"
    UNKNOWN = "not comparable"


HOLDS = frozenset({Grade.EQUAL, Grade.ROUNDED, Grade.CONSISTENT, Grade.MAGNITUDE, Grade.ORDERED})
CONDITIONAL = frozenset({Grade.TRUNCATED, Grade.ROUNDED_UP, Grade.LOOSE})
FAILS = frozenset({Grade.WRONG, Grade.WRONG_DIGIT, Grade.WRONG_MAGNITUDE})

MOST_MOVING = 6
"""Printed decimals up to which every combination of their roundings is looked at."""
MOST_TERMS = 5
"""Terms of a sum up to which each is held against the number that it is worked out to."""
POWER_NEAR = 0.1
"""How near to a bare power of ten after = a value is only loosely equal to it, rather than wrong."""
LEAST_COUNT = 20
"""A whole number from which on it may be a number of trials or samples, which one rounds up."""
LEAST_TOLD = sp.Rational(1, 20)
"""What the rounding of a number may be of it where its digits tell anything: two of them do, one does not."""
LAST_DIGIT_UNITS = 12
"""A result within this many units of its last digit is a wrong rounding; beyond it, a wrong value."""


class Outcome(Record):
    """What a comparison found. ``correct`` is the right result in the format of the printed one, where there is one."""

    grade: Grade
    evidence: Evidence
    value: str = ""
    correct: str | None = None
    component: int | None = None


class Stated(Record):
    """A number given as such: its value and half a unit of its last digit."""

    value: sp.Rational
    half: sp.Rational
    exponent: int
    """The power of ten of its last digit."""
    bare_power: bool = False
    """Whether it is 10^k without digits before it: an order of magnitude."""
    decimal: bool = False
    percent: bool = False


_EQUALS = frozenset({"=", "≡", "≐", ":="})
_NEARLY_EQUALS = frozenset({"≈", "≃", "≅", "∼"})


def compare(left: sp.Basic, sign: str, right: sp.Basic) -> Outcome:
    """Holds ``left sign right``? For vectors, by component. Signs: = ≈ ≠ < ≤ > ≥ ≪ ≫.

    Numbers that are given as about right only are taken as printed. Where the relation then fails, but need not for
    every number that they stand for, the outcome is unknown.
    """
    firm_left, firm_right = as_printed(left), as_printed(right)
    outcome = _compared(firm_left, sign, firm_right)
    if (firm_left, firm_right) == (left, right):
        return outcome
    if outcome.grade in FAILS | CONDITIONAL and _within_reach(left, sign, right):
        return _unknown("it rests on a number that is only given as about right")
    if outcome.grade in (Grade.EQUAL, Grade.ROUNDED):
        detail = f"{outcome.value} at the numbers as printed, which are only about right"
        return replace(outcome, grade=Grade.CONSISTENT, evidence=Agreement("ball", 1, 1, detail, exhaustive=True))
    return outcome


def _within_reach(left: sp.Basic, sign: str, right: sp.Basic) -> bool:
    """Whether some of the numbers that those about right stand for may let the relation hold."""
    if isinstance(left, sp.Tuple) or isinstance(right, sp.Tuple):
        return True
    try:
        a, b = (_span(side, sign in _NEARLY_EQUALS) for side in (left, right))
    except Undetermined:
        return True
    return bool(a.overlaps(b)) or sign not in _EQUALS | _NEARLY_EQUALS


def _span(side: sp.Basic, approximate: bool) -> arb:
    """All that a side may stand for: a result within its rounding, a computation with its data within theirs."""
    result = stated(side, approximate)
    if result is not None and (result.decimal or approximate):
        return enclose(result.value - result.half).union(enclose(result.value + result.half))
    return enclose(side, decimals=Decimals.ROUNDED)


def _compared(left: sp.Basic, sign: str, right: sp.Basic) -> Outcome:
    if isinstance(left, sp.Tuple) and isinstance(right, sp.Tuple) and len(left) == len(right):
        return _componentwise(left, sign, right)
    if isinstance(left, sp.Tuple) or isinstance(right, sp.Tuple):
        return _unknown("a vector and a number are compared")
    try:
        if sign in _EQUALS:
            return _equality(left, right, approximate=False)
        if sign in _NEARLY_EQUALS:
            return _equality(left, right, approximate=True)
        return _order(left, sign, right)
    except Undetermined as reason:
        return _unknown(str(reason))


def _componentwise(left: sp.Tuple, sign: str, right: sp.Tuple) -> Outcome:
    outcomes = [_compared(a, sign, b) for a, b in zip(left, right, strict=True)]
    for wanted in (FAILS, {Grade.UNKNOWN}, CONDITIONAL):
        for i, o in enumerate(outcomes):
            if o.grade in wanted:
                return Outcome(o.grade, o.evidence, o.value, o.correct, i + 1)
    for o in outcomes:
        if o.grade is not Grade.EQUAL:
            return o
    return outcomes[0] if outcomes else _unknown("empty vectors")


def stated(e: sp.Basic, approximate: bool) -> Stated | None:
    """The number that an expression states as a result; None where it is a computation.

    After ≈ the trailing zeros of a whole number carry no precision: ≈ 200,000 is right to one digit.
    """
    scale, exponent, negative = e, 0, False
    bare = percent = False
    if isinstance(scale, sp.Mul) and scale.args[0] == -1 and len(scale.args) == 2:
        negative, scale = True, scale.args[1]
    if isinstance(scale, sp.Mul) and len(scale.args) == 2:
        power = _power_of_ten(scale.args[1])
        if power is not None:
            scale, exponent = scale.args[0], power
        elif scale.args[1] == sp.Rational(1, 100):
            scale, exponent, percent = scale.args[0], -2, True
    elif (power := _power_of_ten(scale)) is not None and isinstance(scale, sp.Pow):
        scale, exponent, bare = sp.Integer(1), power, True
    if isinstance(scale, sp.Mul) and scale.args[0] == -1 and len(scale.args) == 2:
        negative, scale = not negative, scale.args[1]
    sign = -1 if negative else 1
    if isinstance(scale, Printed):
        unit = sp.Integer(10) ** exponent
        last = exponent - len(scale.text.partition(".")[2])
        return Stated(sign * scale.value * unit, scale.half * unit, last, decimal=True, percent=percent)
    if isinstance(scale, sp.Integer):
        digits = str(abs(int(scale)))
        zeros = len(digits) - len(digits.rstrip("0")) if approximate and int(scale) else 0
        unit = sp.Integer(10) ** (exponent + zeros)
        return Stated(sign * scale * sp.Integer(10) ** exponent, unit / 2, exponent + zeros, bare, percent, percent)
    return None


def consistent(first: sp.Basic, factor: sp.Basic, second: sp.Basic) -> bool:
    """Whether two printed results can be roundings of one value, the second of it ``factor`` times the first."""
    a, b = stated(first, False), stated(second, False)
    if a is None or b is None:
        return False
    scale = enclose(factor)
    low, high = ((a.value + sign * a.half) * sp.Integer(1) for sign in (-1, 1))
    spread = enclose(low).union(enclose(high)) * scale
    return bool(spread.overlaps(enclose(b.value - b.half).union(enclose(b.value + b.half))))


def _power_of_ten(e: sp.Basic) -> int | None:
    if isinstance(e, sp.Pow) and e.base == 10:
        k = rational(e.exp)
        if k is not None and k.q == 1 and abs(int(k.p)) < 10_000:
            return int(k.p)
    return None


def _equality(left: sp.Basic, right: sp.Basic, approximate: bool) -> Outcome:
    exact_left, exact_right = rational(left), rational(right)
    if exact_left is not None and exact_left == exact_right:
        text = _fraction(exact_left)
        return Outcome(Grade.EQUAL, Proof("exact rationals", (f"both sides are {text}",)), text)
    result, source = _stated_result(left, right, approximate)
    printed = not (free_of_decimals(left) and free_of_decimals(right))
    if result is not None and (result.decimal or approximate):
        return _against_result(left, right, source, result, approximate)
    if printed:
        return _between_expressions(left, right)
    if approximate:
        return _roughly(left, right)
    return _exactly(left, right, result, source)


def _stated_result(left: sp.Basic, right: sp.Basic, approximate: bool) -> tuple[Stated | None, sp.Basic]:
    """The side that is stated as a result, if any, and the side it is the result of.

    It is the right side unless the left alone is a decimal. Of two numbers joined by ≈ it is the coarser one, on
    whichever side: 1.96 ≈ 2 and 2 ≈ 1.96.
    """
    before, after = stated(left, approximate), stated(right, approximate)
    if before is None or after is None:
        return (after, left) if before is None else (before, right)
    if approximate:
        return (after, left) if after.half >= before.half else (before, right)
    return (before, right) if before.decimal and not after.decimal else (after, left)


def _against_result(left: sp.Basic, right: sp.Basic, source: sp.Basic, result: Stated, approximate: bool) -> Outcome:
    """An expression against the number that is printed as its value."""
    value = enclose(source)
    shown = digits(value)
    if result.bare_power and approximate:
        return _magnitude(value, result, shown)
    low, high = result.value - result.half, result.value + result.half
    inside = _within(source, low, high)
    if inside is True:
        detail = f"the value is {shown}; the printed number stands for {_plain(low)} to {_plain(high)}"
        return Outcome(Grade.ROUNDED, Proof("ball", (detail,)), shown)
    if inside is None:
        return _unknown("the value lies on the border of two roundings")
    if _overlaps(source, low, high):
        detail = f"{shown} differs from the printed {_plain(result.value)} by no more than the printed inputs allow"
        return Outcome(Grade.CONSISTENT, Agreement("ball", 1, result.half.p and 3, detail, exhaustive=True), shown)
    correct = _printed_like(value, result)
    if _truncates(source, result):
        detail = f"{shown} with its digits cut off"
        return Outcome(Grade.TRUNCATED, Agreement("ball", 1, 2, detail, exhaustive=True), shown, correct)
    if _is_next_whole_number(source, result):
        detail = f"{shown} rounded up"
        return Outcome(Grade.ROUNDED_UP, Agreement("ball", 1, 2, detail, exhaustive=True), shown, correct)
    grade = _severity(source, result)
    if grade is Grade.WRONG_MAGNITUDE:
        correct = _shifted(value, result)
    elif grade is not Grade.WRONG_DIGIT and not approximate and not result.percent:
        correct = _decimal(source) or correct
    return Outcome(grade, _apart(left, right, "ball"), shown, correct)


def _within(source: sp.Basic, low: sp.Rational, high: sp.Rational) -> bool | None:
    """Whether the value surely lies in [low, high]; None where no precision tells."""
    exact = rational(source)
    if exact is not None:
        return bool(fmpq(int(low.p), int(low.q)) <= exact <= fmpq(int(high.p), int(high.q)))
    for bits in PRECISIONS:
        ball = enclose(source, bits)
        a, b = _ball(low, bits), _ball(high, bits)
        if a < ball < b:
            return True
        if ball < a or ball > b:
            return False
    return None


def _overlaps(source: sp.Basic, low: sp.Rational, high: sp.Rational) -> bool:
    """Whether the rounding of the decimals in an expression can bring its value into [low, high]."""
    if free_of_decimals(source):
        return False
    try:
        ball = enclose(source, decimals=Decimals.ROUNDED)
    except Undetermined:
        return False
    if float(ball.rad()) == 0.0 or ball < _ball(low) or ball > _ball(high):
        return False
    return _reaches(source, low, high)


def _reaches(source: sp.Basic, low: sp.Rational, high: sp.Rational) -> bool:
    """Whether the value gets near [low, high] when each printed decimal is moved to an end of its rounding, the same
    end wherever it stands: in KL(r ‖ r) no rounding of r makes a difference.

    The span of these values is widened by its own width, since a value may be greatest between two ends. Many decimals
    are left to the ball.
    """
    results = (p for p in source.atoms(Printed) if p.about or p.is_long)
    moving = sorted(results, key=str)
    if len(moving) > MOST_MOVING:
        return True
    try:
        ends = [
            enclose(source.xreplace({p: p.value + sign * p.half for p, sign in zip(moving, signs, strict=True)}))
            for signs in product((-1, 1), repeat=len(moving))
        ]
    except Undetermined:
        return True
    span = reduce(lambda a, b: a.union(b), ends)
    widened = span + arb(0, float(span.rad()) * 2)
    return not (widened < _ball(low) or widened > _ball(high))


def _truncates(source: sp.Basic, result: Stated) -> bool:
    unit = 2 * result.half
    next_one = result.value + (unit if result.value >= 0 else -unit)
    low, high = sorted((result.value, next_one))
    exact = rational(source)
    reaches = exact is not None and exact == fmpq(int(next_one.p), int(next_one.q))  # 1.4 is not cut off to 1.3
    return result.value != 0 and not reaches and _within(source, low, high) is True


def _is_next_whole_number(source: sp.Basic, result: Stated) -> bool:
    """Whether a whole number, large enough to count something, is the next one above a value: 385 after 384.16."""
    if result.decimal or result.bare_power or result.value < LEAST_COUNT:
        return False
    whole, exact = result.value - 1, rational(source)
    if exact is not None and exact.q == 1:
        return False
    return result.exponent >= 0 and _within(source, whole, result.value) is True


def _severity(source: sp.Basic, result: Stated) -> Grade:
    value = enclose(source)
    units = abs(value - _ball(result.value)) / _ball(2 * result.half)
    if units < LAST_DIGIT_UNITS and abs(value - _ball(result.value)) < abs(value) / 10:
        return Grade.WRONG_DIGIT
    if result.value != 0 and not value.contains(0):
        ratio = abs(value / _ball(result.value))
        rounding = result.half / abs(result.value)
        within = rounding if result.bare_power or rounding <= LEAST_TOLD else sp.Integer(0)
        for k in (-6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6):
            tenfold = _ball(sp.Integer(10) ** k)
            if abs(ratio / tenfold - 1) < _ball(within) + _ball(sp.Rational(1, 10**12)):
                return Grade.WRONG_MAGNITUDE
    return Grade.WRONG


def _magnitude(value: arb, result: Stated, shown: str) -> Outcome:
    """A bare power of ten after ≈ states an order of magnitude."""
    if not value > 0:
        return Outcome(Grade.WRONG, _counter(shown, _plain(result.value), "ball"), shown)
    gap = value.log() / arb(10).log() - result.exponent
    if -0.55 < gap < 1:  # the nearest power, or the one that begins its digits: 4 · 10^26 ≈ 10^26
        detail = f"the value is {shown}"
        return Outcome(Grade.MAGNITUDE, Agreement("ball", 1, 1, detail, exhaustive=True), shown)
    return Outcome(Grade.WRONG_MAGNITUDE, _counter(shown, f"10^{result.exponent}", "ball"), shown)


def _between_expressions(left: sp.Basic, right: sp.Basic) -> Outcome:
    """Two computations with printed decimals in them."""
    if _meet(left, right):
        shown = digits(enclose(left))
        detail = "the sides differ by no more than the rounding of the printed numbers"
        return Outcome(Grade.CONSISTENT, Agreement("ball", 1, 3, detail, exhaustive=True), shown)
    return Outcome(Grade.WRONG, _apart(left, right, "ball"), digits(enclose(left)))


def _meet(source: sp.Basic, outcome: sp.Basic) -> bool:
    """Whether the rounding of what is printed lets the second expression follow from the first.

    Decimals that the second shares with the first are data in both. Its other decimals are results, however short.
    """
    data = {p: p.value for p in outcome.atoms(Printed) & source.atoms(Printed)}
    first = enclose(source, decimals=Decimals.ROUNDED)
    if not first.overlaps(enclose(outcome.xreplace(data), decimals=Decimals.RESULTS)):
        return False
    worked, results = _worked_terms(source, outcome)
    return not worked or any(
        all(_meet(term, result) for term, result in zip(worked, each, strict=True)) for each in permutations(results)
    )


def _worked_terms(source: sp.Basic, outcome: sp.Basic) -> tuple[list[sp.Basic], list[sp.Basic]]:
    """The terms of a sum that are worked out to one number each, and these: what one product may be rounded by doesn't
    excuse the next one. Nothing where the terms don't go one for one."""
    left, right = sp.Add.make_args(source), sp.Add.make_args(outcome)
    worked, results = [t for t in left if t not in right], [t for t in right if t not in left]
    if len(left) == 1 or len(worked) != len(results) or len(worked) > MOST_TERMS:
        return [], []
    if not all(map(_is_one_number, results)) or any(map(_is_one_number, worked)):
        return [], []
    return worked, results


def _is_one_number(term: sp.Basic) -> bool:
    """Whether a term is a single number, with its sign."""
    return isinstance(-term, sp.Number | Printed) or isinstance(term, sp.Number | Printed)


def _exactly(left: sp.Basic, right: sp.Basic, result: Stated | None, source: sp.Basic) -> Outcome:
    """Two exact expressions joined by =; ``source`` is the one that ``result`` is the result of, where there is one."""
    if rational(left) is not None and rational(right) is not None:
        grade = Grade.WRONG
        if result is not None and _severity(source, result) is Grade.WRONG_MAGNITUDE:
            grade = Grade.WRONG_MAGNITUDE
        shown = digits(enclose(source))
        if result is not None and (_nearly(source, result) or (result.bare_power and _is_of_magnitude(source, result))):
            return Outcome(Grade.LOOSE, Agreement("ball", 1, 1, f"the value is {shown}", exhaustive=True), shown)
        correct = _fraction(rational(source)) if result is not None and source is left else None
        return Outcome(grade, _apart(left, right, "exact rationals"), shown, correct)
    difference = sp.Add(left, sp.Mul(-1, right, evaluate=False), evaluate=False)
    for bits in PRECISIONS:
        if not enclose(difference, bits).contains(0):
            shown = digits(enclose(source))
            if result is not None and _nearly(source, result):
                detail = f"the value is {shown}"
                return Outcome(Grade.LOOSE, Agreement("ball", 1, 1, detail, exhaustive=True), shown)
            if (under := _under_root(left)) is not None and (rounded_to := _under_root(right)) is not None:
                inside = _exactly(under, rounded_to, stated(rounded_to, False), under)
                if inside.grade is Grade.LOOSE:
                    return replace(inside, value=shown)
            return Outcome(Grade.WRONG, _apart(left, right, "ball"), shown)
    decimal_digits = PRECISIONS[-1] * 3 // 10
    detail = f"the sides agree to {decimal_digits} digits"
    return Outcome(Grade.EQUAL, Agreement("ball", 1, decimal_digits, detail, exhaustive=True), digits(enclose(left)))


def _under_root(e: sp.Basic) -> sp.Basic | None:
    """What stands under the square root that an expression is: the 267 of √267, which may be rounded."""
    return e.base if isinstance(e, sp.Pow) and e.exp == sp.Rational(1, 2) else None


def _is_of_magnitude(source: sp.Basic, result: Stated) -> bool:
    """Whether a bare power of ten after = is what a value is near to: 2^{10} = 10^3."""
    return bool(abs(enclose(source) / _ball(result.value) - 1) < POWER_NEAR)


def _nearly(source: sp.Basic, result: Stated) -> bool:
    """Whether a whole number beside = is the rounding of a value, and close to it."""
    close = abs(enclose(source) - _ball(result.value)) < abs(enclose(source)) / 100
    return close and _within(source, result.value - result.half, result.value + result.half) is True


def _roughly(left: sp.Basic, right: sp.Basic) -> Outcome:
    """Two exact expressions joined by ≈, with nothing that says how close is close."""
    a, b = enclose(left), enclose(right)
    if abs(a - b) <= abs(b) / 20:
        detail = f"{digits(a)} and {digits(b)}"
        return Outcome(Grade.CONSISTENT, Agreement("ball", 1, 1, detail, exhaustive=True), digits(a))
    return _unknown(f"≈ between {digits(a)} and {digits(b)} does not say how close is meant")


def _order(left: sp.Basic, sign: str, right: sp.Basic) -> Outcome:
    difference = sp.Add(left, sp.Mul(-1, right, evaluate=False), evaluate=False)
    exact = rational(difference)
    strict = {"<": -1, ">": 1, "≪": -1, "≫": 1}.get(sign)
    loose = {"≤": -1, "≥": 1}.get(sign)
    for bits in PRECISIONS:
        ball = enclose(difference, bits)
        side = -1 if ball < 0 else 1 if ball > 0 else 0 if exact == 0 else None
        if side is None:
            continue
        holds = side != 0 if sign == "≠" else side == strict if strict else side in (0, loose) if loose else None
        if holds is None:
            return _unknown(f"the relation {sign} is not arithmetic")
        shown = f"{digits(enclose(left))} and {digits(enclose(right))}"
        if not holds and sign == "≠":
            return Outcome(Grade.WRONG, _counter(shown, shown, "exact rationals"), shown)
        if holds:
            return Outcome(Grade.ORDERED, Proof("ball", (f"the sides are {shown}",)), shown)
        if not free_of_decimals(difference) and enclose(difference, decimals=Decimals.ROUNDED).contains(0):
            return _unknown("the order depends on the rounding of the printed numbers")
        return Outcome(Grade.WRONG, _apart(left, right, "ball"), shown)
    return _unknown("no precision tells the sides apart")


def _apart(left: sp.Basic, right: sp.Basic, route: str) -> Counterexample:
    """The sides, enclosed at two precisions; confirmed where they are apart at both."""
    confirmed = all(not enclose(left, bits).overlaps(enclose(right, bits)) for bits in PRECISIONS[:2])
    a, b = digits(enclose(left)), digits(enclose(right))
    return Counterexample(route, (), a, b, f"left {a}, right {b}", admissible=True, confirmed=confirmed)


def _counter(left: str, right: str, route: str) -> Counterexample:
    return Counterexample(route, (), left, right, f"left {left}, right {right}", admissible=True, confirmed=True)


def _unknown(why: str) -> Outcome:
    return Outcome(Grade.UNKNOWN, Inconclusive("ball", why))


def _ball(q: sp.Rational, bits: int = PRECISIONS[0]) -> arb:
    return enclose(sp.Rational(q), bits)


def rounded(value: arb, exponent: int) -> str | None:
    """The value rounded to the power of ten of a printed number's last digit, as text; None where it is a tie."""
    before = ctx.prec
    ctx.prec = PRECISIONS[1]
    try:
        scaled = value * arb(10) ** (-exponent) + arb(1) / 2
        whole = scaled.floor().unique_fmpz()
    finally:
        ctx.prec = before
    if whole is None:
        return None
    n = int(whole)
    if exponent >= 0:
        return str(n * 10**exponent)
    text = str(abs(n)).rjust(1 - exponent, "0")
    return ("-" if n < 0 else "") + text[:exponent] + "." + text[exponent:]


def _printed_like(value: arb, result: Stated) -> str | None:
    """The right value in the format of the printed one."""
    if not result.percent:
        return rounded(value, result.exponent)
    text = rounded(value * 100, result.exponent + 2)
    return None if text is None else text + r"\%"


def _shifted(value: arb, result: Stated) -> str | None:
    """The right value with as many digits as the printed one, whose digits are right."""
    for k in range(-12, 13):
        moved = replace(result, exponent=result.exponent + k)
        tenfold = _ball(result.value * sp.Integer(10) ** k)
        if abs(value / tenfold - 1) < _ball(result.half / abs(result.value)) + _ball(sp.Rational(1, 10**12)):
            return _printed_like(value, moved)
    return _printed_like(value, result)


def _decimal(source: sp.Basic) -> str | None:
    """The exact value as a short decimal, where it is one: 0.0095 + 0.0495 is 0.059."""
    exact = rational(source)
    if exact is None:
        return None
    for places in range(7):
        shifted = exact * 10**places
        if shifted.q == 1:
            return rounded(enclose(source), -places) if places else str(int(shifted.p))
    return None


def digits(value: arb, count: int = 6) -> str:
    """The value with a few correct digits, an ellipsis after them where there are more: 0.693147…"""
    text: str = value.str(count + 2, radius=False)
    if "e" in text:
        return str(value.str(count, radius=False))
    exact: str = value.str(30, radius=False)
    short = exact.rstrip("0").rstrip(".") if "." in exact else exact
    if len(short) <= len(text):
        return short
    return text[:-2] + "…" if "." in text[:-2] else text


def _fraction(q: fmpq | None) -> str:
    return "" if q is None else str(q)


def _plain(q: sp.Rational) -> str:
    return digits(_ball(q), 12)
