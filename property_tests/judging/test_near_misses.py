"""Steps and bounds that the page supports but for one slip, and those that may rest on something unsaid."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported, Undecided
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def last(page: str) -> Judged:
    return examine(read_document("a.md", page.encode()), Options()).judged[-1]


GATE = (
    "With $\\rho(u) = 1/(1 + e^{-u})$,\n\n$$\\frac{e^{u_1}}{e^{u_1} + e^{u_2}} = \\frac{1}{1 + e^{u_2 - u_1}} = %s$$\n"
)
SHRINK = "Put $S = (A^\\top A + \\kappa I)^{-1}$. Then\n\n$$r = S A^\\top A w - w = %s$$\n"
BOUND = "A code made for $q$ costs $H(p, q) = -\\sum_x p(x) \\log q(x)$ on average. No code is better:\n\n$$%s$$\n"
TWINS = (
    (GATE, r"\rho(u_1 - u_2)", r"\rho(u_2 - u_1)"),
    (SHRINK, r"-\kappa S w", r"\kappa S w"),
    (BOUND, r"H(p, q) \ge H(p)", r"H(p, q) \le H(p)"),
    ("For $Y \\ge 0$ and $c > 0$:\n\n$$%s$$\n", r"P(Y \ge c) \le \frac{E[Y]}{c}", r"P(Y \ge c) \le \frac{c}{E[Y]}"),
)


@pytest.mark.parametrize(("page", "right", "wrong"), TWINS)
def test_what_the_page_supports_but_for_a_slip_is_refuted(page: str, right: str, wrong: str) -> None:
    assert isinstance(last(page % right).verdict, Supported)
    found = last(page % wrong)
    assert isinstance(found.verdict, Refuted) and found.rule == "E311"
    assert found.verdict.repair is not None
    assert found.verdict.by.left != found.verdict.by.right


@pytest.mark.parametrize(
    "page",
    [
        GATE % r"\tau(u_1 - u_2)",  # a function of which nothing is known
        SHRINK % r"\mu S w",  # another name may be meant
        "Then $$\\mathrm{TSS} = \\sum_{i=1}^n (y_i - \\bar y)^2 = \\sum_{i=1}^n (\\bar y - y_i)^2$$",  # no slip at all
        "$$P^2 = M (M^\\top M)^{-1} M^\\top M (M^\\top M)^{-1} M^\\top = M (M^\\top M)^{-1} M^\\top = P$$",
        # cases of it are said to be, not that it is so
        "Under a condition more may be told: $I(X; Z \\mid W) > I(X; Y \\mid W)$ is possible.",
        "Since $r^2 = y$,\n\n$$\\frac{e^{-y/2}}{c}\\, A\\, dr = \\frac{e^{-y/2}}{c}\\, A\\, \\frac{dy}{2 \\sqrt y}$$\n",
    ],
)
def test_what_may_rest_on_something_else_is_not_refuted(page: str) -> None:
    assert not isinstance(last(page).verdict, Refuted)


def test_the_witness_meets_the_definitions_of_the_page() -> None:
    by = last(GATE % r"\rho(u_2 - u_1)").verdict
    assert isinstance(by, Refuted)
    assert {name for name, _ in by.by.witness} == {"u[1]", "u[2]"}  # no free value of ρ


@pytest.mark.parametrize("event", ["Y = X", "Y = +X"])
def test_that_two_variables_are_equal_is_no_sure_event(event: str) -> None:
    found = last(f"Let $X$ be standard normal and $Y = W X$ with a fair sign $W$. Then $$p({event}) = \\frac11$$")
    assert not isinstance(found.verdict, Supported)


def test_a_value_of_a_variable_is_still_one() -> None:
    page = "For a discrete $Y$ and any $y$: $$P(Y = y) = \\sum_x P(Y = y \\mid X = x) P(X = x)$$"
    assert isinstance(last(page).verdict, Supported)
    assert isinstance(last(page.replace("P(X = x)", "P(X = x)^2")).verdict, Refuted | Undecided)


def test_the_mean_of_a_square_may_be_written_as_the_square_of_a_mean() -> None:
    page = r"The variance is $$\sigma^2 = Var(X) = E(X - E[X])^2 = \sum_x (x - \mu)^2 P_X(x)$$"
    assert not any(isinstance(j.verdict, Refuted) for j in examine(read_document("a.md", page), Options()).judged)


@pytest.mark.parametrize("sign", [r"\le", r"\ge"])
def test_a_bound_on_a_function_that_may_be_anything_is_neither_supported_nor_refuted(sign: str) -> None:
    page = "For all $u, v$: $$h(v) %s h(u) + \\langle \\nabla h(u), v - u \\rangle + \\frac{\\kappa}{2} \\|v - u\\|^2$$"
    assert isinstance(last(page % sign).verdict, Undecided)


def test_a_bound_that_holds_for_all_vectors_still_is_supported() -> None:
    page = "By Cauchy and Schwarz $$|x^\\top y| \\le \\|x\\| \\|y\\|$$"
    assert isinstance(last(page).verdict, Supported)
    assert isinstance(last(page.replace("le", "ge")).verdict, Refuted)


def test_two_values_of_one_function_may_be_equal() -> None:
    page = "We have $v(s_2) = 1 + \\gamma v(s_4)$, $v(s_3) = 1 + \\gamma v(s_4)$. At $\\gamma = 0.9$: %s"
    assert not isinstance(last(page % "$v(s_4) = v(s_3) = v(s_2)$.").verdict, Refuted)
