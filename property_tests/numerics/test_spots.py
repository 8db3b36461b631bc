"""The points of a choice of shapes: each has one value, whoever asks first, and keeps what was evaluated there."""

from __future__ import annotations

from flint import arb_mat, ctx, fmpq

from numerics.drawn import MOST_MISSED, tally
from numerics.matrices import (
    ONE,
    Apply,
    Blocks,
    Dim,
    Identity,
    Name,
    Number,
    Pairwise,
    Power,
    Product,
    Sum,
    Transpose,
)
from numerics.matrix_values import MOST_KEPT, evaluate
from numerics.random_matrices import MANNERS, Manner, Structure
from numerics.spots import MOST_KNOWN, TURNS, Drawn, Spots, spots_of

R: Dim = (("X.r",),)
C: Dim = (("X.c",),)
X, V = Name("X"), Name("V")
DRAWN = Drawn({"X": (R, C), "V": (R, R)}, ("X.r", "X.c"), spd=frozenset({"V"}))
MINUS = Number(fmpq(-1))


def test_a_point_is_the_same_whichever_is_asked_for_first() -> None:
    one, other = Spots(DRAWN, 0), Spots(DRAWN, 0)
    asked = [(turn, manner) for turn in range(4) for manner in MANNERS]
    first = {at: one.spot(*at).exact for at in asked}
    last = {at: other.spot(*at).exact for at in reversed(asked)}
    assert first == last
    assert len({str(exact) for exact in first.values()}) == len(asked)


def test_points_are_kept_for_one_choice_and_seed() -> None:
    spot = spots_of(DRAWN, 0).spot(0, Manner.POSITIVE)
    assert spots_of(DRAWN.with_spd(DRAWN.spd), 0).spot(0, Manner.POSITIVE) is spot
    plain = spots_of(DRAWN.with_spd(frozenset()), 0).spot(0, Manner.POSITIVE)
    assert plain.exact["V"] != spot.exact["V"] == spot.exact["V"].transpose()
    assert spots_of(DRAWN, 1).spot(0, Manner.POSITIVE).exact != spot.exact
    turned = Drawn(DRAWN.shapes, DRAWN.dims, structure=Structure.ORTHOGONAL)
    assert spots_of(turned, 0).spot(0, Manner.POSITIVE).exact["V"] != spot.exact["V"]


def test_what_is_known_of_a_point_is_of_one_precision_and_bounded() -> None:
    spot = Spots(DRAWN, 0).spot(0, Manner.POSITIVE)
    part = Product((V, X))
    with ctx.workprec(200):
        exact = evaluate(part, spot.at(200))
    with ctx.workprec(20):
        rough = evaluate(part, spot.at(20))
    assert spot.at(200).known == {part: exact}
    assert not exact.overlaps(arb_mat(exact.nrows(), exact.ncols())) and rough.overlaps(exact)
    assert max(e.rad() for e in rough.entries()) > 2 * max(e.rad() for e in exact.entries())
    known = spot.at(20).known
    assert known is not None
    known.update({Product((Number(fmpq(n)), X)): rough for n in range(MOST_KNOWN + 1)})
    assert spot.at(20).known == {}


def test_a_large_value_is_not_kept() -> None:
    spot = Spots(DRAWN, 0).spot(1, Manner.POSITIVE)
    power = Pairwise("⊗", V, V)
    value = evaluate(power, spot.at(53))
    assert value.nrows() * value.ncols() > MOST_KEPT and spot.at(53).known == {}


def test_dimensions_without_a_value_are_left_out() -> None:
    gram = Product((Transpose(X), Power(V, MINUS), X))
    hat = Product((X, Power(gram, MINUS), Transpose(X), Power(V, MINUS)))
    spots = spots_of(DRAWN, 0)
    with_values = {turn for turn in range(TURNS) if spots.has_values(turn, hat, hat)}
    assert 0 not in with_values and 1 in with_values
    assert with_values == {t for t in range(TURNS) if spots.spot(t, Manner.POSITIVE).sizes["X.r"]
                           >= spots.spot(t, Manner.POSITIVE).sizes["X.c"]}  # fmt: skip
    found = tally(Product((hat, hat)), hat, DRAWN, 0)
    assert found.differ == 0 and found.agree >= 10


def test_points_are_looked_at_until_one_refuses() -> None:
    left, right = Product((X, Transpose(X))), Sum((1, 1), (Product((X, Transpose(X))), V))
    whole, refused = tally(left, right, DRAWN, 0), tally(left, right, DRAWN, 0, until_refused=True)
    assert whole.agree == refused.agree == 0 and whole.differ_high > 3
    assert refused.differ == refused.differ_positive == 1
    assert tally(left, left, DRAWN, 0, until_refused=True) == tally(left, left, DRAWN, 0)


def test_numbers_of_one_point_differ() -> None:
    names = [*"abcdefgh"]
    drawn = Drawn({name: (((),), ((),)) for name in names}, ())
    for seed in range(20):
        for manner in MANNERS:
            exact = Spots(drawn, seed).spot(0, manner).exact
            assert len({exact[name][0, 0] for name in names}) == len(names)


def test_columns_are_orthonormal_only_where_there_is_room_for_them() -> None:
    for structure, rows_first in ((Structure.ORTHONORMAL, False), (Structure.ORTHONORMAL_ROWS, True)):
        spots = Spots(Drawn({"X": (R, C)}, ("X.r", "X.c"), structure=structure), 0)
        turns = [t for t in range(TURNS) if spots.has_values(t, X)]
        assert turns
        for x in (spots.spot(t, Manner.POSITIVE).exact["X"] for t in turns):
            square = x * x.transpose() if rows_first else x.transpose() * x
            assert [[int(i == j) for j in range(square.ncols())] for i in range(square.nrows())] == square.tolist()


def test_what_is_singular_at_one_point_is_tried_at_no_other_of_the_same_sizes() -> None:
    x, y = Name("x"), Name("y")
    beside = Blocks(((x, y),))
    inner = Power(Product((Transpose(beside), beside)), MINUS)
    rest = Sum((1, -1), (Identity(R), Product((beside, inner, Transpose(beside)))))
    inverse = Power(Product((Transpose(X), rest, X)), MINUS)
    drawn = Drawn({"X": (R, C), "x": (R, ((),)), "y": (R, ((),))}, ("X.r", "X.c"))
    found = tally(inverse, inverse, drawn, 0)
    tried = spots_of(drawn, 0).spots
    assert found.agree >= 8 and (1, Manner.POSITIVE) in tried and (1, Manner.BOTH_SIGNS) not in tried


def test_a_function_without_a_value_is_given_up_and_one_with_few_is_not() -> None:
    a, b = Name("a"), Name("b")
    drawn = Drawn({"a": (ONE, ONE), "b": (ONE, ONE)}, ())
    never = Apply("log", Product((MINUS, Power(a, Number(fmpq(2))))))
    assert tally(never, never, drawn, 0, patient=False).agree == 0 and len(spots_of(drawn, 0).spots) == MOST_MISSED
    assert tally(never, never, drawn, 0).agree == 0 and len(spots_of(drawn, 0).spots) == TURNS * len(MANNERS)
    seldom = Apply("log", Sum((1, -1), (a, b)))
    assert tally(seldom, seldom, drawn, 0, patient=False).agree >= 8


def test_in_dimensions_in_which_a_number_that_is_inverted_is_zero_no_other_numbers_are_tried() -> None:
    y = Name("y")
    inner = Power(Product((Transpose(X), X)), MINUS)
    rest = Sum((1, -1), (Identity(R), Product((X, inner, Transpose(X)))))
    inverse = Power(Product((Transpose(y), rest, y)), MINUS)
    square = Drawn({"X": (R, R), "y": (R, ((),))}, ("X.r",))
    assert tally(inverse, inverse, square, 0, patient=False).agree == 0
    tried = [*spots_of(square, 0).spots]
    assert len(tried) * len(MANNERS) == MOST_MISSED and {manner for _, manner in tried} == {MANNERS[0]}
    assert tally(inverse, inverse, square, 0).agree == 0 and len(spots_of(square, 0).spots) == TURNS * len(MANNERS)
    tall = Drawn({"X": (R, C), "y": (R, ((),))}, ("X.r", "X.c"))
    assert tally(inverse, inverse, tall, 0, patient=False).agree >= 8
