"""Notation stays as it is written, binds its variable, and prints as it is read."""

from __future__ import annotations

import pytest
import sympy as sp

from claims.notation import (
    KL,
    Argmax,
    Argmin,
    Binder,
    Covariance,
    CrossEntropy,
    Density,
    Entropy,
    Expectation,
    Indicator,
    MutualInformation,
    NamedLaw,
    Normal,
    Variance,
)

x, y, m = sp.symbols("x y m", real=True)
s = sp.Symbol("s", positive=True)
p, q, normal = NamedLaw("p"), NamedLaw("q"), Normal(m, s**2)

PRINTED = [
    (KL(p, q), "KL(p ‖ q)"),
    (KL(normal, Normal(0, 1)), "KL(N(m, s**2) ‖ N(0, 1))"),
    (Entropy(p), "H(p)"),
    (CrossEntropy(p, q), "H(p, q)"),
    (Density(p, x), "p(x)"),
    (Density(normal, x), "N(x; m, s**2)"),
    (Expectation(x**2, x, p), "E_{x ~ p}[x**2]"),
    (Variance(x, x, p), "Var_{x ~ p}[x]"),
    (Covariance(x, x**2, x, p), "Cov_{x ~ p}[x, x**2]"),
    (Argmin((x - m) ** 2, x), "argmin_{x}[(-m + x)**2]"),
    (Argmax(m * x, x), "argmax_{x}[m*x]"),
    (Indicator(x > 0), "1[x > 0]"),
    (MutualInformation(x, y, p), "I_{p}(x; y)"),
]
NODES = [node for node, _ in PRINTED]
BINDERS = [node for node in NODES if isinstance(node, Binder)]


@pytest.mark.parametrize(("node", "text"), PRINTED)
def test_it_prints_as_it_is_read(node, text):
    assert str(node) == text


@pytest.mark.parametrize("node", NODES)
def test_nothing_evaluates_it(node):
    assert node.doit() == node
    assert isinstance(sp.expand(node), type(node))
    assert isinstance(sp.simplify(node), type(node))
    assert node.func(*node.args) == node
    assert node.diff(s) in (0, sp.Derivative(node, s))


@pytest.mark.parametrize("node", BINDERS)
def test_substituting_for_the_bound_variable_changes_nothing(node):
    assert x not in node.free_symbols
    assert node.subs(x, 3) == node
    assert node.subs(x**2, 3) == node


def test_substitution_captures_nothing():
    moved = Expectation(m * x, x, p).subs(m, x)
    assert moved.free_symbols == {x}
    assert moved.variable != x


def test_the_law_of_a_variable_lies_outside_its_scope():
    node = Expectation(x, x, Normal(x, 1))
    assert node.free_symbols == {x}
    assert node.subs(x, 3) == Expectation(x, x, Normal(3, 1))


def test_only_a_symbol_can_be_bound():
    with pytest.raises(TypeError, match="Expectation binds a symbol as argument 2"):
        Expectation(x, x + 1, p)


@pytest.mark.parametrize("made", [lambda: Normal("m", 1), lambda: Density(p, "x")])
def test_text_is_never_parsed(made):
    with pytest.raises(sp.SympifyError):
        made()


def test_a_law_is_its_name_or_its_parameters():
    assert NamedLaw("p") == p != q
    assert Normal(m, s) != Normal(m, s**2)
    assert (normal.mean, normal.variance) == (m, s**2)
