"""Letters that a document applies to a name: a number in brackets after one of them is its argument."""

from __future__ import annotations

import pytest

from errata.reading.applied import applied_letters, defined_letters
from errata.reading.parser import parse
from errata.reading.tree import Call, Sym, walk


def calls(latex: str, functions: frozenset[str]) -> list[str]:
    return [latex[n.start : n.end] for n in walk(parse(latex, functions=functions)) if isinstance(n, Call)]


@pytest.mark.parametrize(
    ("latex", "letters"),
    [
        (r"\pi(i) P(i, j)", {"π"}),
        (r"\pi\left( s' \right) = x(t)", {"x"}),
        (r"\pi(x_1)", {"π"}),
        (r"2\pi(1 + x)", set()),
        (r"\log(x)", set()),
        (r"\pi(1)", set()),
    ],
)
def test_letters_before_one_name_in_brackets(latex, letters):
    assert applied_letters([latex]) == letters


def test_a_number_in_brackets_is_an_argument_of_what_is_applied():
    assert calls(r"\pi(2) = 2\pi(1)", frozenset({"π"})) == [r"\pi(2)", r"\pi(1)"]


@pytest.mark.parametrize("latex", [r"2\pi(1)", r"2\pi(1 + 3)"])
def test_elsewhere_it_is_a_factor(latex):
    assert calls(latex, frozenset()) == []


def test_a_sum_in_brackets_is_a_factor_still():
    assert calls(r"2\pi(1 + 3)", frozenset({"π"})) == []


def test_a_letter_before_a_lone_zero_is_applied():
    assert applied_letters([r"Y_t(1) - Y_{t}(0)"]) == {"Y"}
    assert applied_letters([r"b(1) + c(0.5) + (1 - p)(0) + f(0 + 1)"]) == set()
    assert calls(r"Y_t(1) - Y_t(0)", frozenset({"Y"})) == ["Y_t(1)", "Y_t(0)"]


@pytest.mark.parametrize(
    ("latex", "letters"),
    [
        (r"\rho(u) = 1/(1 + e^{-u})", {"ρ"}),
        (r"h(t) := t^2 + 1", {"h"}),
        (r"k(t) = 3", set()),  # the right side does not hold the name: it may be a product
        (r"a = k(t) + t", set()),
    ],
)
def test_a_letter_that_a_formula_defines_at_a_name_is_a_function(latex: str, letters: set[str]) -> None:
    assert defined_letters([latex]) == letters


def test_a_defined_function_is_applied_to_whatever_its_bracket_holds() -> None:
    def held(defined: frozenset[str]) -> list[str]:
        root = parse(r"y = \rho (u_1 - u_2)", defined=defined)
        return [n.head.name for n in walk(root) if isinstance(n, Call) and isinstance(n.head, Sym)]

    assert held(frozenset({"ρ"})) == ["ρ"]
    assert held(frozenset()) == []


@pytest.mark.parametrize(
    ("latex", "found"),
    [
        (r"E[g(z) c(z)] \le E[c(z)^2]", ["g(z)", "c(z)", "c(z)"]),
        (r"c\left(z\right)^2 = c\left(y\right)", ["c(z)", "c(y)"]),
        (r"g(z) c(z)^2", ["g(z)"]),  # c may be a number
        (r"c(z)^2 + c(z) = c z^2", ["c(z)"]),  # and is one here
        (r"c(1 - z)^2 + c(z)", ["c(z)"]),
    ],
)
def test_a_letter_that_is_applied_to_a_name_is_so_under_a_power_too(latex: str, found: list[str]) -> None:
    held = [call.replace(r"\left", "").replace(r"\right", "") for call in calls(latex, frozenset())]
    assert [call for call in held if not call.startswith("E")] == found
