"""Parts of a relation held against what a chain makes them."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted
from errata.checking.context import State
from errata.checking.families.chains.equality import holds, judged
from errata.checking.families.chains.holding import factors_in, names_in
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.sources import read_document
from errata.reading.tree import Node
from property_tests.checking.families.chains.pages import ALPHAS, NOISE, STEP, verdict_of


def node(latex: str) -> Node:
    return parse(latex).statements[0]


def state() -> State:
    return State(read_document("a.md", b"$a = b$"), Options())


@pytest.mark.parametrize(
    ("side", "expected"),
    [
        (r"a x + b y", ("a", "b")),
        (r"\frac{x - b y}{c}", (r"\frac{1}{c}", r"-\frac{b}{c}")),
        (r"a (x - b y) + x", ("a + 1", "-a b")),
        (r"a x + b y + c", None),
        (r"a x y", None),
        (r"a x^2 + y", None),
        (r"f(x) + y", None),
    ],
)
def test_factors_of_names(side, expected):
    found = factors_in(state(), node(side), [node("x"), node("y")])
    if expected is None:
        assert found is None
        return
    assert found is not None
    for one, other in zip(found, expected, strict=True):
        assert holds(judged(state(), one, node(other)))


def test_names_but_for_those_of_functions():
    found = names_in(node("e_1 + e(e_2) + x_1"), lambda n: True)
    assert [n.end - n.start for n in found] == [3, 3, 3]


def test_witnesses_have_positive_variances():
    page = f"Each step is {STEP} with {ALPHAS}, and the noise is {NOISE}. Then "
    for relation in (r"x_t = \sqrt{\bar\alpha_t} x_0 + (1 - \bar\alpha_t) \epsilon",
                     r"q(x_t \mid x_0) = \mathcal{N}(x_t; \bar\alpha_t x_0, (1 - \bar\alpha_t) I)"):  # fmt: skip
        verdict = verdict_of(f"{page}$${relation}$$")
        assert isinstance(verdict, Refuted)
        drawn = {name: value for name, value in verdict.by.witness if "[" in name}
        assert drawn
        for value in drawn.values():
            top, _, bottom = value.partition("/")
            assert 0 < int(top) / int(bottom) < 1
