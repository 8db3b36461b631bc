"""What trees mean: each notation gives the term that a reader of notes has in mind."""

from __future__ import annotations

import pytest

from errata.meaning.elaborate import elaborate, notations, spelled
from errata.meaning.terms import Const, walk
from errata.meaning.unelaborated import Unelaborated
from errata.reading.parser import parse

SAME = (
    (r"\frac{a}{b}", r"a b^{-1}"),
    (r"\sqrt{x}", r"x^{1/2}"),
    (r"\exp(x)", r"e^{x}"),
    (r"A^\top", r"A^{\top}"),
    (r"x^{(i)}", r"x_i"),
    (r"\log_2 x", r"\frac{\log x}{\log 2}"),
    (r"\mathbb E[X]", r"\operatorname{E}[X]"),
    (r"D_{\mathrm{KL}}(q \,\|\, p)", r"\mathrm{KL}(q \,\|\, p)"),
    (r"x_1 + \dots + x_n", r"\sum_{k=1}^n x_k"),
    (r"p(x; \theta)", r"p(x \mid \theta)"),
    (r"\nabla f(x)^\top", r"(\nabla f(x))^\top"),
)


def term(latex: str) -> str:
    root = parse(latex)
    return spelled(elaborate(root.statements[0], next(notations(root)))).replace("·k", "k")


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_notations_of_one_thing_are_one_term(one: str, other: str) -> None:
    assert term(one) == term(other)


DIFFERENT = (
    (r"x_{ij}", r"x_{ji}"),
    (r"p(x \mid z)", r"p(z \mid x)"),
    (r"A B", r"B A"),
    (r"\theta_{\text{old}}", r"\theta"),
    (r"\|x\|^2", r"\|x\|_1^2"),
    (r"\sum_{i=1}^n x_i", r"\sum_{i=0}^n x_i"),
)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_things_are_two_terms(one: str, other: str) -> None:
    assert term(one) != term(other)


def test_pi_is_a_number_unless_the_formula_makes_it_a_name() -> None:
    assert term(r"2 \pi") == "mul[2,π]"
    names = parse(r"\pi_k + \pi")
    assert next(notations(names)).pi_names
    assert not next(notations(parse(r"2 \pi"))).pi_names


def test_a_bracket_after_a_capital_is_a_factor_unless_it_is_applied_to_names() -> None:
    assert term("K (y - x)") == "mul[K,add[y,mul[-1,x]]]"
    assert term("V(s)") == "V(s)"


def test_a_sum_above_a_letter_is_a_power_and_no_label() -> None:
    assert term(r"p^{\sum_{i=1}^n x_i}") == "pow[p,sum<i:range:1,n>[x_{i}]]"


def test_primes_transpose_in_the_second_reading() -> None:
    first, second = list(notations(parse("x'y")))[:2]
    root = parse("x'y").statements[0]
    assert spelled(elaborate(root, first)) == "mul[x′,y]"
    assert spelled(elaborate(root, second)) == "mul[transpose[x],y]"


@pytest.mark.parametrize("latex", [r"\int f(x)", r"a \pm b", r"x_1, \dots"])
def test_what_has_no_meaning_is_said_to_have_none(latex: str) -> None:
    root = parse(latex)
    with pytest.raises(Unelaborated):
        for node in root.statements:
            elaborated = elaborate(node, next(notations(root)))
            if "dots" in spelled(elaborated):
                raise Unelaborated("a list without an end")


@pytest.mark.parametrize("letter", ["H", "P"])
def test_what_stands_after_a_bar_is_a_condition_and_not_another_argument(letter: str) -> None:
    assert term(rf"{letter}(X \mid Y)") == f"{letter}[X,given[Y]]"
    assert term(rf"{letter}(X, Y)") == f"{letter}[X,Y]"
    assert term(r"I(X; Y \mid Z)") == "I[X,Y,given[Z]]"


def test_a_prime_on_a_named_function_is_not_dropped() -> None:
    with pytest.raises(Unelaborated, match="prime"):
        term(r"\tanh'(x)")
    assert term(r"\tanh(x)") == "tanh[x]"


def test_a_power_of_pi_is_one_of_the_number() -> None:
    assert term(r"\frac{\pi^2}{6}") == "mul[1/6,pow[π,2]]"
    root = parse(r"\frac{\pi^2}{6}")
    powered = elaborate(root.statements[0], next(notations(root)))
    assert Const("π") in set(walk(powered))
    named = parse(r"\pi_k^2")
    assert Const("π") not in set(walk(elaborate(named.statements[0], next(notations(named)))))
