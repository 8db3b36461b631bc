"""What a document gives for a name that has one index more than its definition: it may be that of one example."""

from __future__ import annotations

from errata.checking.coordinates.bodies import Body, bodies_of, use_of
from errata.reading.parser import parse
from errata.reading.tree import Node


def _parsed(latex: str) -> Node:
    (statement,) = parse(latex).statements
    return statement


def _of(name: str, head: str, body: str) -> int:
    node, defined = _parsed(name), use_of(_parsed(head))
    use = use_of(node)
    assert use is not None and defined is not None
    _, found = bodies_of(use, node, (Body(defined, _parsed(body), 0),))
    return len(found)


def test_a_name_may_be_taken_for_one_example() -> None:
    assert _of("p_i", "p(w)", r"\sigma(w^\top x)") == 1


def test_a_term_of_a_sum_is_none_of_its_examples() -> None:
    assert _of("J_i", "J(w)", r"\frac{1}{N} \sum_{i=1}^N (y_i - w x_i)^2") == 0
    assert _of("J_k", "J(w)", r"\frac{1}{N} \sum_{i=1}^N (y_i - w x_i)^2") == 1
