"""The one form of sums: what is equal for any n has one form, and it is equal to what was written at every n tried."""

from __future__ import annotations

import pytest
import sympy as sp
from sympy import Product, Sum, log

from claims.domains import Integer, Positive, Real, Variable, symbols_of
from claims.notation import Argmax
from derivations.canonical import canonical, vanishes
from derivations.check import Broken, Holds, link
from derivations.sums import letter_of_sum, log_of_product, normal_sum

WHERE = (Variable("n", Integer(1)), Variable("t", Integer(0)), Variable("c", Real()), Variable("v", Positive()))
n, t, c, v = symbols_of(WHERE)
i, j = sp.symbols("i j", integer=True)
a, b = (sp.Function(name, real=True) for name in "ab")
w = sp.Function("w", positive=True)

WRITTEN = [
    Sum(c * a(i) + v, (i, 1, n)),
    Sum(a(i + 2) * b(i + 1), (i, 0, n)),
    Sum((a(i) - Sum(a(i), (i, 1, n)) / n) ** 2, (i, 1, n)),
    Sum(a(n - i), (i, 0, n - 1)),
    Sum(a(n + t - i) * i, (i, 1, n)),
    Sum(v**i * a(t + i + 1), (i, 0, n)),
    Sum(1 / (i * (i + 2)), (i, 1, n)),
    Sum(log((i + 1) / i), (i, 1, n)),
    Sum(i**3 - 2 * i, (i, 0, n + 1)),
    Sum(v**i * 3**i, (i, 2, n + 2)),
    Sum(i * v**i, (i, 1, n)),
    Sum(a(i) * b(j), (i, 1, n), (j, 1, n + 1)),
    Sum(Sum(a(j), (j, 1, i)), (i, 1, n)),
    Sum(a(i), (i, t + 1, t + 3)),
    Sum(a(i), (i, n, 2 * n)),
    Sum(c, (i, 0, n - 1)),
]


def at(e: sp.Expr, size: int) -> sp.Expr:
    """The value with n and t whole numbers, and members of sequences as letters."""
    return sp.expand(sp.expand_log(written_out(e.subs({n: size, t: 2})), force=True))


def written_out(e: sp.Expr) -> sp.Expr:
    """Every sum term by term, from the outside in."""
    if not isinstance(e, Sum):
        return e.func(*map(written_out, e.args)) if e.args else e
    *inner, (index, low, high) = e.limits
    term = Sum(e.function, *inner) if inner else e.function
    return sp.Add(*(written_out(term.subs(index, k)) for k in range(int(low), int(high) + 1)))


@pytest.mark.parametrize("total", WRITTEN, ids=str)
def test_the_one_form_has_the_value_of_what_was_written(total):
    form = canonical(total)
    for size in (1, 2, 5):
        assert sp.simplify(at(total, size) - at(form, size)) == 0
    assert canonical(form) == form


@pytest.mark.parametrize("total", WRITTEN, ids=str)
def test_a_form_that_is_off_has_another_value(total):
    form = canonical(total).subs({n: n + 1, t: t + 1})
    assert any(sp.simplify(at(total, size) - at(form, size)) != 0 for size in (1, 2, 5))


def test_a_range_that_may_have_less_than_no_terms_stays_as_it_is():
    for total in (
        Sum(a(i), (i, 1, n - 2)),
        Sum(a(i), (i, n + 2, n)),
        Sum(a(i), (i, 1, sp.oo)),
        Sum(a(i), (i, 1, n / 2)),
        Sum(a(n), (n, 0, t)),
    ):
        assert normal_sum(total) == total


def test_a_term_without_a_value_is_not_added_beside_a_range():
    assert canonical(Sum(1 / i, (i, 1, n + 1))).has(1 / (n + 1))
    held = Sum(1 / (i - 3), (i, 4, n + 4))
    form = canonical(held)
    assert not form.has(sp.zoo, sp.nan) and at(form, 3) == at(held, 3)


def test_the_log_of_a_product_of_positive_factors_is_a_sum():
    assert vanishes(canonical(log(Product(w(i) * v, (i, 1, n)))) - canonical(Sum(log(w(i)), (i, 1, n)) + n * log(v)))
    assert log_of_product(Product(a(i), (i, 1, n))) is None
    assert log_of_product(Product(w(i), (i, 1, n - 2))) is None


def test_the_best_place_of_a_sum_and_what_is_not_known_of_its_sign():
    best = Argmax(Sum(log(v) - v * w(i), (i, 1, n)), v)
    assert link(best, n / Sum(w(i), (i, 1, n)), WHERE) == Holds()
    of_any_sign = Argmax(Sum(log(v) - v * a(i), (i, 1, n)), v)
    assert link(of_any_sign, n / Sum(a(i), (i, 1, n)), WHERE) != Holds()
    empty = Argmax(Sum(log(v) - v * w(i), (i, 1, t)), v)
    assert link(empty, t / Sum(w(i), (i, 1, t)), WHERE) != Holds()


def test_a_false_sum_is_refuted_at_members_of_a_sequence():
    wrong = link(Sum(a(i) * b(i), (i, 1, n)), Sum(a(i), (i, 1, n)) * Sum(b(i), (i, 1, n)), WHERE)
    assert isinstance(wrong, Broken)
    assert dict(wrong.witness)["n"] in ("2", "3", "5")


def test_no_index_takes_the_place_of_another():
    """Sums within sums, with one letter for both indices too, and an inner sum that runs up to the outer place."""
    nested, one_letter = Sum(Sum(a(i) * b(j), (j, 1, n)), (i, 1, n)), Sum(a(i) * Sum(b(i), (i, 1, n)), (i, 1, n))
    assert canonical(nested) == canonical(one_letter) == canonical(Sum(a(i), (i, 1, n)) * Sum(b(i), (i, 1, n)))
    running = Sum(a(i) * Sum(a(j), (j, 1, i)), (i, 1, n))
    form = canonical(running)
    assert canonical(form) == form != canonical(Sum(a(i), (i, 1, n)) ** 2)
    assert at(running, 4) == at(form, 4)
    deep = Sum(a(i) * b(j) * a(i + j), (j, 1, n), (i, 1, n))
    assert at(deep, 3) == at(canonical(deep), 3)
    assert link(deep, Sum(a(i) * b(i) * a(2 * i), (i, 1, n)), WHERE) != Holds()


def test_a_sum_counts_as_positive_where_it_has_a_positive_term():
    some = Sum(w(i), (i, 1, n))
    assert letter_of_sum(some).is_positive
    assert letter_of_sum(Sum(w(i), (i, 1, t))).is_positive is None
    assert letter_of_sum(Sum(w(i), (i, 1, t))).is_nonnegative
    of_places = sp.Symbol("i", integer=True, positive=True)
    for unsure in (Sum(a(i), (i, 1, n)), Sum(w(i), (i, 1, n - 2)), Sum(of_places, (of_places, 0, t))):
        assert letter_of_sum(unsure).is_nonnegative is None
    assert link(log(v * some), log(v) + log(some), WHERE) == Holds()
    assert link(sp.sqrt(Sum(a(i), (i, 1, n)) ** 2), Sum(a(i), (i, 1, n)), WHERE) != Holds()
    assert link(sp.sqrt(some**2), some, WHERE) == Holds()


def test_a_range_with_a_place_of_no_value_is_not_one_without_it():
    """1/i has none at 0."""
    split = i**2 + i
    for low, holds in ((0, False), (-1, False), (1, True)):
        found = link(Sum((i + 1) / split, (i, low, n)), Sum(1 / i, (i, 1, n)), WHERE)
        assert (found == Holds()) is holds, low
