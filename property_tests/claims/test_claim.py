"""A claim or a derivation of the wrong form is refused, with a message that says what to write instead."""

from __future__ import annotations

import pytest
import sympy as sp

from claims.claim import Claim, Derivation, Relation, Step
from claims.domains import Positive, Real, Variable, Vector, symbols_of
from claims.grounds import Sign
from claims.notation import KL, Expectation, NamedLaw, Normal

WHERE = (Variable("x", Real()), Variable("s", Positive()))
x, s = symbols_of(WHERE)
SQUARE = Claim("square_eq", (x + s) ** 2, x**2 + 2 * s * x + s**2, WHERE)
LEFT, RIGHT = Step("left", SQUARE.left), Step("multiply out", SQUARE.right)


def test_a_claim_reads_as_a_line():
    assert SQUARE.statement == "(s + x)**2 = s**2 + 2*s*x + x**2"
    assert (
        Claim("kl_nonneg", KL(NamedLaw("p"), NamedLaw("q")), sp.Integer(0), (), Relation.GE).statement
        == "KL(p ‖ q) ≥ 0"
    )


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ((Variable("x", Real()),), 's is not in where; add Variable\\("s"'),
        ((*WHERE, Variable("s", Positive())), "s stands twice in where"),
        ((Variable("x", Real()), Variable("s", Real())), "s does not carry the flags of its domain Real"),
    ],
)
def test_where_must_declare_each_free_symbol_as_it_is_used(where, message):
    with pytest.raises(ValueError, match=message):
        Claim("square_eq", SQUARE.left, SQUARE.right, where)


def test_a_claim_needs_a_name():
    with pytest.raises(ValueError, match="needs a name"):
        Claim("", x, x, WHERE)


def test_a_bound_letter_need_not_be_declared_for_a_claim():
    t = sp.Symbol("t", real=True)
    assert Claim("mean_eq", Expectation(t, t, Normal(x, s)), x, WHERE).right == x


def test_a_vector_is_declared_by_name():
    mu = sp.MatrixSymbol("mu", 2, 1)
    assert Claim("norm_eq", (mu.T * mu)[0, 0], (mu.T * mu)[0, 0], (Variable("mu", Vector(2)),))


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ((LEFT,), "two steps or more"),
        ((Step("left", x), RIGHT), r"step 1 must be the left side \(s \+ x\)\*\*2, not x"),
        ((LEFT, Step("end", x)), r"step 2, the last, must be the right side .*, not x"),
        ((LEFT, LEFT, RIGHT), r"step 2 \('left'\) repeats step 1"),
        ((LEFT, Step("halves", SQUARE.right + sp.Float(0.5)), RIGHT), "step 2: 0.5.* is a decimal; write Rational"),
        ((LEFT, Step("zero", sp.nan), RIGHT), "step 2: nan has no value"),
        ((LEFT, Step("other", SQUARE.right + sp.Symbol("y")), RIGHT), "step 2: y is not in where"),
        ((LEFT, Step("flags", SQUARE.right + sp.Symbol("s")), RIGHT), "step 2: s does not carry the flags"),
    ],
)
def test_a_chain_that_can_derive_nothing_is_refused(steps, message):
    with pytest.raises(ValueError, match=message):
        Derivation(SQUARE, steps)


AT_MOST, AT_LEAST = (Claim("square_le", SQUARE.left, SQUARE.right, WHERE, r) for r in (Relation.LE, Relation.GE))
BELOW, ABOVE = (Step("bound", SQUARE.right, r) for r in (Relation.LE, Relation.GE))


@pytest.mark.parametrize(
    ("claim", "step", "message"),
    [
        (AT_MOST, RIGHT, "derives '=', not '≤'"),
        (SQUARE, BELOW, "≤ does not lead to '='"),
        (AT_MOST, ABOVE, "≥ does not lead to '≤'"),
        (Claim("square_lt", SQUARE.left, SQUARE.right, WHERE, Relation.LT), BELOW, "derives =, ≤ or ≥, not '<'"),
        (SQUARE, Step("bound", SQUARE.right, grounds=(Sign(x**2),)), "an equality stands on no grounds"),
    ],
)
def test_links_add_up_to_the_relation_of_the_claim(claim, step, message):
    with pytest.raises(ValueError, match=message):
        Derivation(claim, (LEFT, step))


def test_a_chain_may_mix_equalities_with_inequalities_of_one_kind():
    assert Derivation(AT_LEAST, (LEFT, ABOVE)).claim.relation is Relation.GE
    assert len(Derivation(AT_MOST, (LEFT, Step("more", SQUARE.left + s, Relation.LE), BELOW)).steps) == 3
