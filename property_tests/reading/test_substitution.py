"""What is put into a tree changes the parts that hold it; the others stay the same nodes."""

from __future__ import annotations

import pytest

from errata.reading.parser import parse
from errata.reading.substitution import called, instance, replaced, unfolded
from errata.reading.tree import Terms
from errata.reading.unparse import to_latex

WHOLE = r"\frac{a}{b} + c_1^2 \log(d) - f(x) \sum_{i=1}^{n} e_i"


def tree(latex: str) -> Terms:
    (node,) = parse(latex).statements
    assert isinstance(node, Terms)
    return node


BODY = tree("u + v")


@pytest.mark.parametrize("change", [replaced, unfolded, called])
def test_a_tree_in_which_nothing_is_put_stays_the_same_node(change):
    node = tree(WHOLE)
    assert change(node, {}) is node
    assert change(node, {"z": BODY}) is node


@pytest.mark.parametrize("change", [replaced, unfolded])
@pytest.mark.parametrize(("name", "changed"), [("a", 0), ("d", 1), ("c_1", 1), ("e_i", 2)])
def test_only_what_holds_a_name_changes(change, name, changed):
    node = tree(WHOLE)
    put_in = change(node, {name: BODY})
    assert to_latex(put_in) != to_latex(node)
    assert "u + v" in to_latex(put_in)
    assert [old is not new for old, new in zip(node.items, put_in.items, strict=True)] == [
        i == changed for i in range(3)
    ]


def test_a_function_is_put_in_where_it_is_called():
    node = tree(WHOLE)
    put_in = called(node, {"f": ("x", BODY)})
    assert put_in.items[:2] == node.items[:2]
    assert put_in.items[0] is node.items[0]
    assert "u + v" in to_latex(put_in.items[2])


@pytest.mark.parametrize(
    ("call", "put_in"),
    [
        ("f(x)", "(x + v)"),
        ("f(2 y)", "((2 y) + v)"),
        ("f(f(y))", "((((y) + v)) + v)"),
        ("g(y)", "g(y)"),
        ("f(y, z)", "f(y , z)"),
    ],
)
def test_a_function_is_put_in_at_its_own_argument(call, put_in):
    (node,) = parse(call).statements
    assert to_latex(called(node, {"f": ("x", tree("x + v"))})) == put_in


def test_no_name_of_an_argument_is_caught_by_a_sum():
    (call, harmless) = (parse(text).statements[0] for text in ("f(i)", "f(j)"))
    functions = {"f": ("x", parse(r"\sum_{i=1}^3 i x").statements[0])}
    assert called(call, functions) is call
    assert called(harmless, functions) is not harmless


@pytest.mark.parametrize(
    ("body", "at_a"),
    [
        (r"\int_0^z e^{-t^2} dt", r"\int_0^{(a)} e^{- t^2} d t"),
        (r"\sum_{k=z}^3 k z", r"\sum_{k = (a)}^3 k (a)"),
        (r"\sum_{z=0}^3 z", None),
        (r"\int z \, dz", None),
        (r"x_z + z", None),
    ],
)
def test_a_body_at_another_value_of_its_parameter(body: str, at_a: str | None) -> None:
    (node,), (value,) = parse(body).statements, parse("a").statements
    found = instance(node, {"z": value})
    assert (None if found is None else to_latex(found)) == at_a


def test_a_body_that_is_put_in_at_two_places_is_one_node():
    first, last = unfolded(tree("a + a"), {"a": tree("b + u"), "b": BODY}).items
    assert first is not last
    assert first.body is last.body
    assert to_latex(first) == "((u + v) + u)"


def test_no_name_is_put_in_its_own_body_whichever_comes_first():
    put_in = unfolded(tree("a + b + a_1^2"), {"a": tree("b + c"), "b": tree("a + d"), "a_1": tree("a - b")})
    assert to_latex(put_in) == "((a + d) + c) + ((b + c) + d) + (((a + d) + c) - ((b + c) + d))^2"


@pytest.mark.parametrize("change", [replaced, unfolded])
def test_a_name_with_an_index_is_another_one_under_a_power_too(change):
    bodies = {"X": parse("A + B").statements[0]}
    for name in ("X_0", r"X_0^\top", "X_0^2"):
        node = parse(name).statements[0]
        assert change(node, bodies) is node
    assert to_latex(change(parse(r"X^\top").statements[0], bodies)) == r"(A + B)^{\top}"
