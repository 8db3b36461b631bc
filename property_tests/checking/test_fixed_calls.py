"""Functions without a body that are applied to one thing only are numbers; a slip beside them is told."""

from __future__ import annotations

import pytest

from errata.checking.examine import examine
from errata.checking.fixed_calls import with_numbers
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.relations import Pair, stated
from errata.reading.sources import read_document


def pair_of(latex: str) -> Pair:
    return stated(parse(latex))[0].pairs()[0]


def verdict(latex: str) -> str:
    document = read_document("page.md", f"$$ {latex} $$".encode())
    return type(examine(document, Options(), lambda *_: None, {}).judged[-1].verdict).__name__


RIGHT = r"Z = G_X(t) \cdot (a - t)^2 + G_X(t) \cdot b = G_X(t) \cdot [(a - t)^2 + b]"


def test_a_step_beside_a_function_holds_for_all_its_values() -> None:
    assert verdict(RIGHT) in ("Proved", "Supported")


@pytest.mark.parametrize(
    "wrong",
    [
        RIGHT.replace(r"[(a - t)^2", r"[(a)^2"),
        RIGHT.replace(r"[(a - t)^2 + b]", r"[(a - t)^2 + b^2]"),
        RIGHT.replace(r"[(a - t)^2 + b]", r"[(b - t)^2 + b]"),
    ],
)
def test_a_slip_beside_a_function_is_refuted(wrong: str) -> None:
    assert verdict(wrong) == "Refuted"


@pytest.mark.parametrize(
    "open_",
    [
        r"Z = g(x) (a - b)^2 = g(x) (a + b) (a + b)^3",  # no single slip
        r"Z = g(x) (a - b) + h(x) = g(x) (a - b)",  # h may vanish
        r"Z = g(x) + g(y) (a - b)^2 = g(x) + g(y) (a)^2",  # g may be anything
        r"Z = \sum_{x=1}^n g(x) (a - b) = \sum_{x=1}^n g(x) (a)",  # the sum runs over what it is applied to
    ],
)
def test_what_is_no_number_is_left_alone(open_: str) -> None:
    assert verdict(open_) == "Undecided"


@pytest.mark.parametrize(
    "latex", [r"g(x) + g(y) = a", r"\frac{d}{dx} g(x) = a", r"\int g(x) dx = a", r"\sin(x) = a", r"a = b"]
)
def test_what_is_applied_to_several_things_or_runs_is_none(latex: str) -> None:
    pair = pair_of(latex)
    assert with_numbers(pair) is pair
