"""Terms: one substitution, which captures nothing."""

from __future__ import annotations

from errata.meaning.elaborate import spelled
from errata.meaning.terms import Bind, Ref, add, free_heads, mul, number, power, substitute

X, Y, N = Ref("x"), Ref("y"), Ref("n")


def test_a_product_keeps_its_order_and_takes_numbers_to_the_front() -> None:
    assert spelled(mul(X, number(2), Y, number(3))) == "mul[6,x,y]"
    assert spelled(mul(number(1), X)) == "x"


def test_sums_within_sums_are_one_sum() -> None:
    assert add(X, add(Y, N)) == add(X, Y, N)


def test_powers_of_numbers_are_worked_out_and_a_division_by_zero_is_left() -> None:
    assert power(number(2), number(10)) == number(1024)
    assert spelled(power(number(0), number(-1))) == "pow[0,-1]"


def test_a_binder_binds_its_body_and_not_its_ends() -> None:
    total = Bind("sum", ("n",), "range", (number(1), N), X)
    assert free_heads(total) == ("n", "x")


def test_substitution_leaves_what_is_bound() -> None:
    total = Bind("sum", ("x",), "set", (Ref("S"),), mul(X, Y))
    assert substitute(total, {"x": number(3)}) == total


def test_substitution_renames_what_it_would_capture() -> None:
    total = Bind("sum", ("x",), "set", (Ref("S"),), mul(X, Y))
    put_in = substitute(total, {"y": X})
    assert isinstance(put_in, Bind)
    assert put_in.variables != ("x",)
    assert "x" in free_heads(put_in), "the x that was put in stays free"


def test_a_function_is_renamed_where_it_is_applied() -> None:
    applied = Ref("f", (), (X,))
    assert substitute(applied, {"f": Ref("g")}) == Ref("g", (), (X,))
    assert substitute(applied, {"f": number(2)}) == applied
