"""Two numbers compared as notes mean them: each grade is reached, and the neighbouring mistake is not."""

from __future__ import annotations

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from claims.evidence import Counterexample
from claims.printed import Printed, about, as_printed
from errata.reading.lowering import lower
from errata.reading.parser import parse
from errata.reading.relations import stated
from errata.reading.scope import Scope
from numerics.balls import Decimals, Undetermined, enclose, rational
from numerics.comparison import FAILS, HOLDS, Grade, Outcome, compare


def graded(latex: str) -> Outcome:
    """The outcome of the one relation in a formula of closed numbers."""
    (chain,) = stated(parse(latex))
    (pair,) = chain.pairs()
    left, right = lower(pair.left, Scope()), lower(pair.right, Scope())
    return compare(left.expression, pair.relation.sign, right.expression)


@pytest.mark.parametrize(
    ("latex", "grade"),
    [
        (r"2 + 6 = 8", Grade.EQUAL),
        (r"2 + 6 = 9", Grade.WRONG),
        (r"0.7 \cdot 0.3 \cdot 0.7 = 0.147", Grade.EQUAL),
        (r"0.7 \cdot 0.3 \cdot 0.7 = 0.157", Grade.WRONG_DIGIT),
        (r"0.7 \cdot 0.3 \cdot 0.7 = 0.247", Grade.WRONG),
        (r"-\log 0.5 = 0.693", Grade.ROUNDED),
        (r"-\log 0.5 = 0.694", Grade.WRONG_DIGIT),
        (r"-\log 0.5 = 0.963", Grade.WRONG),
        (r"-\log 0.5 = -0.693", Grade.WRONG),
        (r"\frac{2}{3} \approx 0.67", Grade.ROUNDED),
        (r"\frac{2}{3} \approx 0.66", Grade.TRUNCATED),
        (r"\frac{2}{3} \approx 0.65", Grade.WRONG_DIGIT),
        (r"\frac{1}{3} = 0.3", Grade.ROUNDED),
        (r"0.5^{1000} \approx 10^{-301}", Grade.MAGNITUDE),
        (r"0.5^{1000} \approx 10^{-303}", Grade.WRONG_MAGNITUDE),
        (r"0.02 \cdot 0.3 = 0.06", Grade.WRONG_MAGNITUDE),
        (r"e^{8} = 2981", Grade.LOOSE),
        (r"\sqrt{2} = 1", Grade.WRONG),
        (r"\sqrt{700/3} = \sqrt{233}", Grade.LOOSE),
        (r"\sqrt{700/3} = \sqrt{234}", Grade.WRONG),
        (r"\sqrt{20/3} = \sqrt{7}", Grade.WRONG),
        (r"\sqrt{9 + 5} = \sqrt{15}", Grade.WRONG),
        (r"\log 8 = 3 \log 2", Grade.EQUAL),
        (r"\log 8 = 2 \log 3", Grade.WRONG),
        (r"-\log_2 10^{-6} \approx 20", Grade.ROUNDED),
        (r"-\log_2 10^{-6} \approx 21", Grade.WRONG_DIGIT),
        (r"512 \times 512 \times 3 \approx 800{,}000", Grade.ROUNDED),
        (r"512 \times 512 \times 3 \approx 800K", Grade.ROUNDED),
        (r"512 \times 512 \times 3 = 800{,}000", Grade.WRONG),
        (r"0.7 \cdot 0.336 + 0.3 \cdot (-0.511) = 0.235 - 0.153", Grade.CONSISTENT),
        (r"0.7 \cdot 0.336 + 0.3 \cdot (-0.511) = -0.153 + 0.235", Grade.CONSISTENT),
        (r"90 - 2.345 \cdot 6.2 - 0.216 \cdot 85 = 90 - 14.539 - 18.36", Grade.EQUAL),
        (r"90 - 2.345 \cdot 6.2 - 0.216 \cdot 85 = 90 - 14.539 - 18.37", Grade.CONSISTENT),
        (r"90 - 2.345 \cdot 6.2 - 0.216 \cdot 85 = 90 - 14.579 - 18.36", Grade.WRONG),
        (r"0.7 \cdot 0.336 + 0.3 \cdot (-0.511) = 0.235 + 0.153", Grade.WRONG),
        (r"[0.659, 0.242] - [1, 0] = [-0.341, 0.242]", Grade.EQUAL),
        (r"[0.659, 0.242] - [1, 0] = [-0.341, 0.224]", Grade.WRONG),
        (r"\|(3, -4)\|_2^2 = 25", Grade.EQUAL),
        (r"\|(3, -4)\|_1 = 7", Grade.EQUAL),
        (r"\|(3, -4)\|_1 = 5", Grade.WRONG),
        (r"5! = 120", Grade.EQUAL),
        (r"\binom{5}{2} = 10", Grade.EQUAL),
        (r"\sum_{i=1}^{4} i^2 = 30", Grade.EQUAL),
        (r"\sum_{i=1}^{4} i^2 = 29", Grade.WRONG),
        (r"\prod_{i=1}^{0} i = 1", Grade.EQUAL),
        (r"3 < 2", Grade.WRONG),
        (r"\pi < 3.15", Grade.ORDERED),
        (r"35\% = 0.35", Grade.EQUAL),
        (r"\frac{1}{3} \approx 33\%", Grade.ROUNDED),
        (r"\frac{1}{3} = 34\%", Grade.WRONG_DIGIT),
        (r"1.96 \approx 2", Grade.ROUNDED),
        (r"2 \approx 1.96", Grade.ROUNDED),
        (r"1.96 \approx 3", Grade.WRONG),
        (r"48.35 \approx 48", Grade.ROUNDED),
        (r"48.35 \approx 46", Grade.WRONG_DIGIT),
        (r"\frac{38416}{100} \approx 385", Grade.ROUNDED_UP),
        (r"\frac{38416}{100} \approx 386", Grade.WRONG_DIGIT),
        (r"\frac{1.1}{0.9} \approx 2", Grade.WRONG),
        (r"1/0 = 2", Grade.UNKNOWN),
        (r"\log (-1) = 2.5", Grade.UNKNOWN),
        (r"9^{9^{9^{9}}} = 1.5", Grade.UNKNOWN),
    ],
)
def test_grades(latex: str, grade: Grade) -> None:
    outcome = graded(latex)
    assert outcome.grade is grade, outcome
    if grade in FAILS:
        assert isinstance(outcome.evidence, Counterexample) and outcome.evidence.confirmed


DECIMALS = st.decimals("-999", "999", places=3, allow_nan=False)


@given(DECIMALS, DECIMALS)
def test_a_right_sum_of_decimals_is_never_refuted_and_a_changed_one_always(a: object, b: object) -> None:
    total = a + b  # type: ignore[operator]
    assert graded(f"({a}) + ({b}) = {total}").grade in HOLDS
    wrong = total + 7
    assert graded(f"({a}) + ({b}) = {wrong}").grade in FAILS


@given(st.integers(1, 9999), st.integers(1, 9999), st.integers(1, 6))
def test_every_correct_rounding_of_a_quotient_holds_and_the_next_decimal_does_not(n: int, d: int, places: int) -> None:
    exact = sp.Rational(n, d)
    unit = sp.Rational(1, 10**places)
    low = sp.floor(exact / unit)
    near = low if exact - low * unit < unit / 2 else low + 1
    text = f"{int(near) // 10**places}.{int(near) % 10**places:0{places}d}"
    assert graded(f"\\frac{{{n}}}{{{d}}} \\approx {text}").grade in HOLDS
    far = int(near) + 3
    text = f"{far // 10**places}.{far % 10**places:0{places}d}"
    assert graded(f"\\frac{{{n}}}{{{d}}} \\approx {text}").grade in FAILS


@given(st.fractions("1/1000", 1000, max_denominator=1000))
def test_a_ball_holds_the_exact_value(q: object) -> None:
    value = sp.Rational(str(q))
    logarithm = enclose(sp.log(value, evaluate=False))
    assert enclose(sp.exp(sp.log(value, evaluate=False), evaluate=False)).overlaps(enclose(value))
    assert logarithm.rad() < 1e-30


def test_printed_decimals_are_widened_only_where_they_can_be_results() -> None:
    assert enclose(Printed("0.5"), decimals=Decimals.ROUNDED).rad() == 0
    assert enclose(Printed("0.693"), decimals=Decimals.ROUNDED).rad() > 4e-4
    assert enclose(Printed("0.693")).rad() < 1e-30


def test_exact_rationals_stay_within_bounds() -> None:
    tower = sp.Pow(9, sp.Pow(9, sp.Integer(9), evaluate=False), evaluate=False)
    assert rational(tower) is None
    with pytest.raises(Undetermined):
        enclose(sp.Pow(9, sp.Pow(9, tower, evaluate=False), evaluate=False))


def test_a_printed_number_survives_pickling() -> None:
    import pickle

    node = pickle.loads(pickle.dumps(Printed("0.70", -3)))
    assert (node.value, node.half, node.text) == (sp.Rational(7, 10000), sp.Rational(1, 200000), "0.70e-3")


def test_a_number_that_is_only_about_right_neither_proves_nor_refutes_within_its_rounding() -> None:
    one = about(sp.Integer(1))
    bits = sp.Mul(-1, sp.log(one, evaluate=False), sp.Pow(sp.log(2), -1, evaluate=False), evaluate=False)
    assert compare(bits, "≈", sp.Integer(0)).grade is Grade.CONSISTENT
    assert compare(bits, "≈", sp.Integer(1)).grade is Grade.UNKNOWN
    assert compare(bits, "≈", sp.Integer(3)).grade in FAILS
    assert compare(about(sp.Integer(300)), "=", sp.Integer(320)).grade is Grade.UNKNOWN
    assert compare(about(sp.Integer(300)), "=", sp.Integer(360)).grade in FAILS
    assert compare(sp.Integer(300), "=", sp.Integer(320)).grade in FAILS
    assert compare(about(Printed("0.7")), "<", Printed("0.72")).grade is Grade.ORDERED
    assert compare(about(Printed("0.7")), "<", Printed("0.68")).grade is Grade.UNKNOWN
    assert compare(sp.Tuple(about(sp.Integer(2))), "=", sp.Tuple(sp.Integer(3))).grade is Grade.UNKNOWN


def test_what_a_number_that_is_about_right_stands_for() -> None:
    import pickle

    many = about(sp.Integer(-2400))
    (node,) = many.atoms(Printed)
    assert (node.value, node.half, node.about) == (2400, 50, True)
    assert pickle.loads(pickle.dumps(node)) == node
    assert node != Printed("24", 2)
    assert as_printed(many) == -2400
    assert about(sp.Symbol("x")) == sp.Symbol("x")


@pytest.mark.parametrize(
    ("left", "right", "grade"),
    [
        ("12", r"2 \times 3 \times 3", Grade.WRONG),
        ("12", r"2 \times 2 \times 3", Grade.EQUAL),
        ("1000", "2^5", Grade.WRONG),
        ("7", "3/4", Grade.WRONG),
        ("120", "4!", Grade.WRONG),
        ("120", "5!", Grade.EQUAL),
        ("40", r"20^2", Grade.WRONG_MAGNITUDE),
        ("100", r"\sqrt{10001}", Grade.LOOSE),
        ("2^{13}", "1", Grade.WRONG),
        ("2^{13}", "81920", Grade.WRONG_MAGNITUDE),
        ("34^2", "115.6", Grade.WRONG_MAGNITUDE),
    ],
)
def test_a_whole_number_is_exact_on_either_side(left: str, right: str, grade: Grade) -> None:
    sides = (lower(parse(side).statements[0], Scope()).expression for side in (left, right))
    one, other = sides
    assert compare(one, "=", other).grade is grade


def test_a_quotient_that_is_rounded_to_a_whole_number_is_only_loosely_equal() -> None:
    assert compare(sp.Rational(100_000, 35), "=", sp.Integer(2857)).grade is Grade.LOOSE
    assert compare(sp.Rational(100_000, 35), "=", sp.Integer(2858)).grade is Grade.WRONG
    assert compare(sp.Rational(7, 2), "=", sp.Integer(4)).grade is Grade.WRONG
