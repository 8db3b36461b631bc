"""What a relation brings in is no claim; one of the same shape that could be wrong stays one."""

from __future__ import annotations

import pytest

from claims.verdict import NotAClaim, Supported, Undecided
from errata.checking.examine import examine
from errata.checking.judgement import Judged, Kind
from errata.checking.options import Options
from errata.reading.sources import read_document


def judged(page: str) -> list[Judged]:
    return list(examine(read_document("page.md", page.encode()), Options()).judged)


def last(page: str) -> Judged:
    return judged(page)[-1]


BOUND = r"$$\log p(x) \geq \mathbb{E}_{q(z|x)}[\log p(x, z) - \log q(z|x)] = %s$$"


def test_a_function_that_a_chain_ends_in_is_defined_by_it() -> None:
    assert last(BOUND % "B(x; q)").kind is Kind.DEFINITION


@pytest.mark.parametrize("end", ["B(x; r)", "p(x)", "H(q)"])
def test_what_has_other_arguments_or_is_known_is_not_defined_by_it(end: str) -> None:
    assert last(BOUND % end).kind is Kind.CLAIM


def test_a_name_spoken_of_before_is_not_defined_by_the_end_of_a_chain() -> None:
    assert last(r"Let $B(x; q) = q(x)$." + "\n\n" + BOUND % "B(x; q)").kind is Kind.CLAIM


def test_what_a_chain_defines_is_used() -> None:
    page = BOUND % "B(x; q)" + "\n\n" + r"$$\log p(x) - B(x; q) = %s$$"
    assert isinstance(last(page % r"\mathrm{KL}(q(z|x) \| p(z|x))").verdict, Supported)
    assert isinstance(last(page % r"\mathrm{KL}(p(z|x) \| q(z|x))").verdict, Undecided)


SLOPE = r"$$\nabla_w \|y - X w\|^2 = %s X^\top (y - X w) = 0$$"


def test_a_derivative_that_is_worked_out_is_set_to_zero() -> None:
    first, second = judged(SLOPE % "-2")
    assert isinstance(first.verdict, Supported)
    assert second.kind is Kind.EQUATION_TO_SOLVE


def test_a_derivative_that_is_wrong_is_not_excused_by_being_set_to_zero() -> None:
    assert not isinstance(judged(SLOPE % "2")[0].verdict, Supported | NotAClaim)


def test_what_is_no_derivative_is_not_set_to_zero() -> None:
    assert last(r"$$f(w) = \|y - X w\|^2 = 0$$").kind is not Kind.DEFINITION


DRAWN = "Let $y = 2$ be seen.\n\n$$y = g_w(x) + e, \\quad e \\sim %s$$"


def test_what_noise_is_added_to_gives_the_sum() -> None:
    assert judged(DRAWN % r"p_e(\cdot)")[1].kind is Kind.GIVEN


def test_a_sum_without_a_law_in_it_is_a_claim() -> None:
    assert judged("Let $y = 2$ be seen.\n\n$$y = g_w(x) + e$$")[1].kind is Kind.CLAIM


def test_a_draw_from_a_law_that_was_given_is_a_claim() -> None:
    page = "Let $u = 2$ be seen, and $u \\sim N(m, s^2)$.\n\n$$u = m + s^2 e, \\quad e \\sim N(0, 1)$$"
    assert judged(page)[2].kind is Kind.CLAIM


CASES = "- $\\rho_{ij} %s 0$: the two are linked\n- $\\rho_{ij} %s 0$: they are not\n"


def test_cases_that_exclude_each_other_are_told_apart() -> None:
    assert {j.kind for j in judged(CASES % (r"\neq", "="))} <= {Kind.CONSTRAINT, Kind.GIVEN}


def test_a_single_case_is_a_claim() -> None:
    assert last(r"- $R[i, j] \neq 0$: the two are linked").kind is Kind.CLAIM


@pytest.mark.parametrize(
    ("before", "relation", "kind"),
    [
        ("", r"P(z = k) = w_k", Kind.GIVEN),
        ("", r"P(z = k) = w_j", Kind.CLAIM),
        (r"Let $w_k = v_k^2$. ", r"P(z = k) = w_k", Kind.CLAIM),
        ("", r"\hat r_w(x) = \sigma(w x)", Kind.DEFINITION),
        ("", r"p(x) = \sum_k w_k N(x; m_k, s_k)", Kind.GIVEN),
        ("", r"p(x) = \sum_k w_k N(x; m_k, s_j)", Kind.CLAIM),
        ("", r"p(x) = \sum_k w_k N(y; m_k, s_k)", Kind.CLAIM),
        ("", r"p(x \mid z) = \sum_k w_k N(x; m_k, s_k)", Kind.CLAIM),
    ],
)
def test_chances_and_weights_are_given(before: str, relation: str, kind: Kind) -> None:
    assert last(f"{before}There is\n\n$${relation}$$").kind is kind


def test_a_draw_may_tell_its_law_once() -> None:
    assert last(r"Draw $z \sim p(z) = N(0, 1)$.").kind is Kind.GIVEN
    assert last(r"$$p(z) = N(0, 2)$$ Draw $z \sim p(z) = N(0, 1)$.").kind is not Kind.GIVEN


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("Let $y = 2$ be seen.\n\n- $e \\sim N(0, 1)$\n- $y = m + s e$\n", Kind.GIVEN),
        ("Let $y = 2$ be seen.\n\n- $e \\sim N(0, 1)$\n- A word on what is to come.\n- $y = m + s e$\n", Kind.CLAIM),
        ("Let $y = 2$ be seen.\n\n- $e \\sim N(0, 1)$\n- $y = m + s d$\n", Kind.CLAIM),
        ("Let $y = 2$ and $y \\sim N(m, s)$ be seen.\n\n- $e \\sim N(0, 1)$\n- $y = m + s^2 e$\n", Kind.CLAIM),
    ],
)
def test_noise_may_be_drawn_right_beside(page: str, kind: Kind) -> None:
    assert last(page).kind is kind


@pytest.mark.parametrize(
    ("relation", "kind"),
    [
        ("y = g(e, x) = m + s e x", Kind.DEFINITION),
        ("y = g(e, x) = m + s e", Kind.CLAIM),
        ("y = g(e, x) = m + g(x, e)", Kind.CLAIM),
        ("y = p(e, x) = m + s e x", Kind.CLAIM),
        ("2 y = g(e, x) = m + s e x", Kind.CLAIM),
        ("y = g^{-1}(x) = m + s x", Kind.CLAIM),
        ("y = g'(x) = m + s x", Kind.CLAIM),
        ("y = E(x) = m + s x", Kind.CLAIM),
    ],
)
def test_a_function_may_be_defined_in_passing(relation: str, kind: Kind) -> None:
    assert last(f"Let $y = 2$ be seen.\n\n$${relation}$$").kind is kind


def test_a_function_spoken_of_before_is_not_defined_in_passing() -> None:
    assert last("Let $y = 2$ and $g(e, x) = e$ be seen.\n\n$$y = g(e, x) = m + s e x$$").kind is Kind.CLAIM
