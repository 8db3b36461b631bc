"""A link rests on the rules without which it is not proved; a text that names another one is told."""

from __future__ import annotations

import pytest
import sympy as sp

from claims.claim import Claim, Derivation, Lemma, Relation, Step
from claims.domains import OpenUnit, Positive, Real, Variable, symbols_of
from claims.grounds import Jensen, Tangent
from claims.notation import KL, Argmin, CrossEntropy, Density, Entropy, Expectation, NamedLaw, Normal
from claims.records import replace
from derivations.ablation import How, all_rest, rests
from derivations.catalogue import derivation
from derivations.check import Broken, Holds, Open, derive, linked
from derivations.rules import Rule, named_in

WHERE = (
    Variable("x", Real()),
    Variable("m", Real()),
    Variable("s", Positive()),
    Variable("z", Positive()),
    Variable("w", OpenUnit()),
    Variable("y", Real()),
)
x, m, s, z, w, y = symbols_of(WHERE)
p, q, normal = NamedLaw("p"), NamedLaw("q"), Normal(m, s**2)
ratio = Density(p, x) / Density(q, x)
u = sp.Symbol("u", positive=True)

NEEDS = [
    (Expectation(2 * x + s, x, p), 2 * Expectation(x, x, p) + s, {Rule.LINEARITY}),
    (Expectation(x**2, x, normal), m**2 + s**2, {Rule.MEANS}),
    (Expectation((x - m) ** 2, x, normal), s**2, {Rule.MEANS, Rule.LINEARITY}),
    (Expectation(ratio, x, q), sp.Integer(1), {Rule.WEIGHTS}),
    (Expectation(ratio**2, x, q), Expectation(ratio, x, p), {Rule.WEIGHTS}),
    (Expectation(ratio**3, x, q), Expectation(ratio**2, x, p), {Rule.WEIGHTS}),
    (sp.log(s * z), sp.log(s) + sp.log(z), {Rule.LOGS}),
    (sp.Derivative(x * sp.sin(x), x), sp.sin(x) + x * sp.cos(x), {Rule.SLOPE}),
    (Argmin((x - m) ** 2, x), m, {Rule.EXTREMUM}),
    (sp.Integral(sp.exp(-x * s), (x, 0, sp.oo)), 1 / s, {Rule.INTEGRAL}),
    (sp.Limit(sp.sin(z) / z, z, 0), sp.Integer(1), {Rule.LIMIT}),
    (sp.Abs(x) + x, 2 * sp.Max(x, 0), {Rule.SIGNS}),
    (Entropy(p), CrossEntropy(p, q) - KL(p, q), {Rule.DEFINITION, Rule.LINEARITY, Rule.LOGS}),
    (KL(p, q), Expectation(sp.log(ratio), x, p), {Rule.DEFINITION}),
    (Entropy(normal), -Expectation(sp.log(Density(normal, y)), y, normal), {Rule.DEFINITION}),
    (Expectation(Expectation(x * y + m, x, q), y, p), Expectation(Expectation(y * x + m, y, q), x, p), set()),
    (Expectation(Expectation(x * y**2, x, q), y, p), Expectation(x, x, q) * Expectation(x**2, x, p), {Rule.LINEARITY}),
]


@pytest.mark.parametrize(("left", "right", "rules"), NEEDS)
def test_a_link_needs_the_rule_that_proves_it(left, right, rules):
    assert linked(left, Step("so", right), WHERE) == Holds()
    assert set(rests(left, Step("so", right), WHERE).needed) == rules


def test_algebra_needs_no_rule():
    found = rests((x + m) ** 2, Step("multiplied out", x**2 + 2 * m * x + m**2), WHERE)
    assert (found.how, found.needed, found.unneeded) == (How.ALGEBRA, (), ())


def test_a_ground_is_needed_where_the_inequality_fails_without_it():
    low = w * sp.log(s) + (1 - w) * sp.log(z)
    ground = Jensen(-sp.log(u), u, (w, 1 - w), (s, z))
    step = Step("Jensen", sp.log(w * s + (1 - w) * z), Relation.LE, (ground,))
    assert linked(low, step, WHERE) == Holds()
    assert Rule.JENSEN in rests(low, step, WHERE).needed
    idle = Step("log z ≤ z − 1", s + 1, Relation.LE, (Tangent(z),))
    assert Rule.TANGENT not in rests(s - z + sp.log(z), idle, WHERE).needed or linked(s, idle, WHERE) != Holds()


@pytest.mark.parametrize(
    ("reason", "rules"),
    [
        ("E is linear", {Rule.LINEARITY, Rule.MEANS}),
        ("the chain rule", {Rule.SLOPE}),
        ("E x² = m² + s²", {Rule.MEANS}),
        ("log t ≤ t − 1 for t = m/p", {Rule.TANGENT}),
    ],
)
def test_words_name_rules(reason, rules):
    assert frozenset(rules) in named_in(reason)
    wrong = rests((x + m) ** 2, Step(reason, x**2 + 2 * m * x + m**2), WHERE)
    assert wrong.unneeded


@pytest.mark.parametrize("name", ["kl_normal_eq", "mi_grows_ge", "fisher_poisson_eq", "affine_generating_any_eq"])
def test_the_texts_of_some_derivations_name_what_they_need(name):
    assert [found.unneeded for found in all_rest(derivation(name))] == [()] * (len(derivation(name).steps) - 1)


SQUARE = Derivation(
    Claim("square_eq", (x + z) ** 2, x**2 + 2 * z * x + z**2, WHERE),
    (Step("a square", (x + z) ** 2), Step("multiplied out", x**2 + 2 * z * x + z**2)),
)
FALSE = Derivation(
    Claim("false_eq", sp.log(z**2 + x), 2 * sp.log(z), WHERE),
    (Step("a log", sp.log(z**2 + x)), Step("no", 2 * sp.log(z))),
)
BELOW = Derivation(
    Claim("log_le", sp.log(z), z - 1, WHERE, Relation.LE),
    (Step("a log", sp.log(z)), Step("its tangent", z - 1, Relation.LE, (Tangent(z),))),
)


def test_a_lemma_is_used_at_other_letters_and_weighted():
    step = Step(
        "by square_eq", 3 * m**2 + 6 * m * s + 3 * s**2, lemmas=(Lemma(SQUARE, ((x, m), (z, s)), sp.Integer(3)),)
    )
    assert linked(3 * (m + s) ** 2, step, WHERE) == Holds()
    assert rests(3 * (m + s) ** 2, step, WHERE).said == "algebra"
    under = Step("by log_le", w * (s - 1), Relation.LE, lemmas=(Lemma(BELOW, ((z, s),), w),))
    assert linked(w * sp.log(s), under, WHERE) == Holds()
    assert rests(w * sp.log(s), under, WHERE).needed == (Rule.LEMMA,)


@pytest.mark.parametrize(
    "lemma",
    [
        Lemma(SQUARE, ((x, m), (z, m)), sp.Integer(3)),
        Lemma(FALSE, ((z, s),)),
        Lemma(BELOW, ((z, s),)),
    ],
    ids=["a letter off its domain", "not derived", "an inequality for an equality"],
)
def test_a_lemma_that_does_not_hold_there_proves_nothing(lemma):
    step = Step("by a lemma", 3 * m**2 + 6 * m * s + 3 * s**2, lemmas=(lemma,))
    assert isinstance(linked(3 * (m + s) ** 2, step, WHERE), Open)


def test_an_inequality_is_not_used_with_a_weight_that_may_be_negative():
    under = Step("by log_le", m * (s - 1), Relation.LE, lemmas=(Lemma(BELOW, ((z, s),), m),))
    assert isinstance(linked(m * sp.log(s), under, WHERE), Open | Broken)


def test_a_derivation_says_whether_it_is_proved_at_once():
    assert derive(derivation("kl_normal_eq")).in_one
    assert not derive(derivation("infonce_ceiling_le")).in_one
    assert not derive(replace(FALSE, steps=FALSE.steps)).in_one
