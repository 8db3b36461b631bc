"""Values of terms of linear algebra, against the same in exact rationals, and what random matrices promise."""

from __future__ import annotations

from random import Random

import pytest
from flint import arb, arb_mat, fmpq, fmpq_mat
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.balls import Undetermined
from numerics.drawn import agrees_at, first_place, tally
from numerics.matrices import (
    Apply,
    Blocks,
    Constant,
    Identity,
    Name,
    Number,
    Pairwise,
    Point,
    Power,
    Product,
    Sum,
    Total,
    Transpose,
    Zero,
    below,
    distinct,
    rebuilt,
    size,
    subterms,
    with_shared_parts,
)
from numerics.matrix_values import apart, evaluate
from numerics.random_matrices import Structure, compact, matrix
from numerics.spots import Drawn

A, B, X = Name("A"), Name("B"), Name("x")
MINUS = Number(fmpq(-1))
ENTRY = st.fractions(min_value=-9, max_value=9, max_denominator=7).map(lambda q: fmpq(q.numerator, q.denominator))


def square(n: int) -> st.SearchStrategy[fmpq_mat]:
    return st.lists(ENTRY, min_size=n * n, max_size=n * n).map(lambda e: fmpq_mat(n, n, e))


def at(**values: fmpq_mat) -> Point:
    return Point({k: arb_mat(v) for k, v in values.items()}, {"n": 3})


def holds(value: arb_mat, exact: fmpq_mat) -> bool:
    return bool(value.contains(exact))


@settings(max_examples=50, deadline=None)
@given(square(3), square(3))
def test_arithmetic_holds_the_exact_value(a: fmpq_mat, b: fmpq_mat) -> None:
    point = at(A=a, B=b)
    assert holds(evaluate(Product((A, B)), point), a * b)
    assert holds(evaluate(Sum((1, -1), (A, B)), point), a - b)
    assert holds(evaluate(Transpose(A), point), a.transpose())
    assert holds(evaluate(Apply("det", A), point), fmpq_mat([[a.det()]]))
    if a.det():
        assert holds(evaluate(Power(A, MINUS), point), a.inv())


@settings(max_examples=20, deadline=None)
@given(square(3), square(3))
def test_equal_parts_are_evaluated_once_and_mean_the_same(a: fmpq_mat, b: fmpq_mat) -> None:
    one, other = (Product((Transpose(A), Sum((1, 1), (A, B)))) for _ in range(2))
    term = Sum((1, -1, 1), (one, Apply("tr", other), Product((other, B))))
    plain = at(A=a, B=b)
    known = Point(plain.values, plain.sizes, known={})
    scaled = Sum((1, 1), (Product((Apply("tr", one), A)), Product((other, B))))
    inner = a.transpose() * (a + b)
    trace = sum((inner[i, i] for i in range(3)), fmpq(0))
    assert holds(evaluate(scaled, known), a * trace + inner * b)
    assert holds(evaluate(scaled, plain), a * trace + inner * b)
    assert holds(known.known[one], inner)
    with pytest.raises(Undetermined):
        evaluate(term, known)  # a trace is no matrix, whether its matrix is known or not


def test_parts_under_an_index_are_not_remembered() -> None:
    total = Total("i", Number(fmpq(3)), Product((Name("x[]", ("i",)), Name("x[]", ("i",)))))
    values = {f"x[][{i}]": arb_mat([[i]]) for i in (1, 2, 3)}
    assert evaluate(total, Point(values, {}, known={})) == arb_mat([[14]])


@settings(max_examples=20, deadline=None)
@given(square(2), square(2))
def test_vec_and_kronecker_fit_together(a: fmpq_mat, b: fmpq_mat) -> None:
    point = at(A=a, B=b)
    left = evaluate(Apply("vec", Product((A, B))), point)
    right = evaluate(Product((Pairwise("⊗", Transpose(B), Identity(((), ()))), Apply("vec", A))), point)
    assert not apart(left, right)


def test_a_sum_runs_over_the_members_of_a_family() -> None:
    values = {f"x[][{i}]": arb_mat([[i]]) for i in range(1, 5)}
    total = Total("i", Number(fmpq(4)), Name("x[]", ("i",)))
    assert evaluate(total, Point(values, {}))[0, 0] == 10


def test_a_zero_block_takes_the_shape_that_is_left() -> None:
    blocks = Blocks(((A, Zero()), (Zero(), Constant(1, (("n",),), ((),)))))
    value = evaluate(blocks, at(A=fmpq_mat([[1, 2], [3, 4]])))
    assert (value.nrows(), value.ncols()) == (5, 3)
    assert value[4, 2] == 1 and value[0, 2] == 0


def test_what_a_leaf_leaves_alone_stays_the_same_object() -> None:
    inner, other = Product((Transpose(A), Power(A, MINUS))), Apply("tr", Pairwise("⊙", B, B))
    term = Sum((1, -1), (inner, Blocks(((other, Zero()),))))
    assert rebuilt(term, lambda t: t) is term
    changed = rebuilt(term, lambda t: X if t == B else t)
    assert isinstance(changed, Sum) and changed.items[0] is inner
    assert changed == Sum((1, -1), (inner, Blocks(((Apply("tr", Pairwise("⊙", X, X)), Zero()),))))
    assert [*subterms(changed)][:3] == [changed, inner, Transpose(A)]
    total = Total("i", Name("n"), Name("x[]", ("i",)))
    assert [*subterms(total)] == [total, *below(total)] == [total, Name("n"), Name("x[]", ("i",))]


def test_dimensions_are_sums_of_products() -> None:
    assert size((("n", "p"), ("n",), ()), {"n": 2, "p": 3}) == 9


@pytest.mark.parametrize(
    "term",
    [
        Sum((1, 1), (A, X)),
        Product((X, A)),
        Power(Product((A, Zero())), MINUS),
        Power(A, Number(fmpq(1, 2))),
        Apply("log", Sum((-1,), (Number(fmpq(2)),))),
        Name("unknown"),
        Identity((("n", "n", "n", "n"),)),
    ],
)
def test_what_has_no_value_says_so(term: object) -> None:
    with pytest.raises(Undetermined):
        evaluate(term, at(A=fmpq_mat([[1, 2], [3, 4]]), x=fmpq_mat([[1], [2]])))  # type: ignore[arg-type]


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_random_matrices_are_what_they_are_called(n: int) -> None:
    random, eye = Random(n), fmpq_mat([[int(i == j) for j in range(n)] for i in range(n)])
    definite = matrix(n, n, True, None, random)
    assert definite == definite.transpose() and definite.det() > 0
    assert matrix(n, n, False, None, random).det() > 0
    rotation = matrix(n, n, False, Structure.ORTHOGONAL, random)
    assert rotation.transpose() * rotation == eye
    projection = matrix(n, n, False, Structure.PROJECTION, random)
    assert projection * projection == projection == projection.transpose()
    tall = matrix(n + 1, n, False, Structure.ORTHONORMAL, random)
    assert tall.transpose() * tall == eye


SQUARE = {"A": ((("n",),), (("n",),)), "B": ((("n",),), (("n",),))}


def test_a_swap_shows_in_every_dimension_above_one_and_in_none_below() -> None:
    found = tally(Product((A, B)), Product((B, A)), Drawn(SQUARE, ("n",)), 0)
    assert found.high == 0 and found.differ_high >= 3
    assert found.agree and found.first is not None
    assert dict(found.first.point)["A"].startswith("[")


def test_equal_terms_agree_at_enough_points_of_three_dimensions() -> None:
    found = tally(Transpose(Product((A, B))), Product((Transpose(B), Transpose(A))), Drawn(SQUARE, ("n",)), 0)
    assert found.differ == 0 and found.agree >= 8 and found.assignments >= 3 and found.high >= 3


def test_a_term_without_a_value_counts_as_neither() -> None:
    nowhere = Power(Sum((1, -1), (A, A)), MINUS)
    found = tally(nowhere, nowhere, Drawn(SQUARE, ("n",)), 0)
    assert (found.agree, found.differ) == (0, 0)


def test_a_matrix_is_shown_on_one_line() -> None:
    assert compact(fmpq_mat([[1, fmpq(1, 2)], [0, 4]])) == "[1 1/2; 0 4]"
    assert compact(fmpq_mat([[3]])) == "3"
    assert arb(1) == 1


def test_an_edited_side_is_held_against_the_other_one_at_one_point():
    place = first_place(Product((A, B)), Product((B, A)), Drawn(SQUARE, ("n",)), 0)
    assert place is not None
    assert agrees_at(place, Product((A, B)), on_left=False)
    assert agrees_at(place, Product((B, A)), on_left=True)
    assert not agrees_at(place, Product((B, A)), on_left=False)
    assert not agrees_at(place, Transpose(Product((B, A))), on_left=True)


def test_what_stands_in_several_places_is_met_once_and_where_it_stands_first():
    shared = Product((A, X))
    term = Sum((1, 1, 1), (shared, Transpose(shared), Power(B, MINUS)))
    assert [*distinct(term, B)] == [*dict.fromkeys(subterms(term))]
    assert not [*distinct()]


def test_equal_parts_of_terms_become_one_object():
    left, right = Product((Sum((1, -1), (A, B)), X)), Transpose(Sum((1, -1), (Name("A"), Name("B"))))
    one, other = with_shared_parts(left, right)
    assert (one, other) == (left, right)
    assert one.items[0] is other.body
    assert len([*distinct(one, other)]) == len({*subterms(left), *subterms(right)})
