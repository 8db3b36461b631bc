"""The law between two members of a chain: both factors of the mean and the variance are held against Bayes."""

from __future__ import annotations

import pytest

from claims.verdict import NotAClaim, Refuted, Supported
from property_tests.checking.families.chains.pages import (
    ALPHAS,
    BETAS,
    DRAW,
    EXPLODING,
    IN_ALPHA,
    NOISE,
    STEP,
    verdict_of,
    verdicts_of,
)

LAST = r"\frac{\sqrt{\alpha_t} (1 - \bar\alpha_{t-1})}{1 - \bar\alpha_t}"
FIRST = r"\frac{\sqrt{\bar\alpha_{t-1}} \beta_t}{1 - \bar\alpha_t}"
SPREAD = r"\frac{1 - \bar\alpha_{t-1}}{1 - \bar\alpha_t} \beta_t"
NAMED = r"$q(x_{t-1} | x_t, x_0) = \mathcal{N}(x_{t-1}; \tilde\mu_t(x_t, x_0), \tilde\beta_t I)$"
IN_NOISE = r"\frac{1}{\sqrt{\alpha_t}} (x_t - \frac{\beta_t}{\sqrt{1 - \bar\alpha_t}} \epsilon)"
WRONG_PARTS = [
    (FIRST, LAST, SPREAD, "x_t"),
    (LAST, LAST, SPREAD, "x_0"),
    (LAST.replace("{t-1}", "t"), FIRST, SPREAD, "x_t"),
    (LAST, FIRST.replace(r"\beta_t", r"\alpha_t"), SPREAD, "x_0"),
    (LAST, FIRST.replace("{t-1}", "t"), SPREAD, "x_0"),
    (LAST, FIRST, r"\frac{1 - \bar\alpha_t}{1 - \bar\alpha_{t-1}} \beta_t", "variance"),
    (LAST, FIRST, r"\beta_t", "variance"),
    (LAST, FIRST, r"(1 - \bar\alpha_{t-1})", "variance"),
    (LAST, FIRST, r"\frac{1 - \alpha_{t-1}}{1 - \alpha_t} \beta_t", "variance"),
]


def law(last: str, first: str, spread: str) -> str:
    return rf"q(x_{{t-1}} \mid x_t, x_0) = \mathcal{{N}}(x_{{t-1}}; {last} x_t + {first} x_0, {spread} I)"


def page(relation: str, step: str = STEP, said: str = ALPHAS) -> str:
    return f"The chain is {step} with {said}. Then $${relation}$$"


@pytest.mark.parametrize(("step", "said"), [(STEP, ALPHAS), (IN_ALPHA, BETAS)])
def test_the_law_written_out(step, said):
    found = verdict_of(page(law(LAST, FIRST, SPREAD), step, said))
    assert isinstance(found, Supported)
    assert found.holds_if == "given what line 1 says"


@pytest.mark.parametrize(("last", "first", "spread", "part"), WRONG_PARTS)
def test_wrong_parts(last, first, spread, part):
    assert isinstance(verdict_of(page(law(last, first, spread))), Refuted), part


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize(
    ("relation", "right"),
    [
        (rf"\tilde\mu_t(x_t, x_0) = {LAST} x_t + {FIRST} x_0", True),
        (rf"\tilde\mu_t = {FIRST} x_0 + {LAST} x_t", True),
        (rf"\tilde\mu_t(x_t, x_0) = {FIRST} x_t + {LAST} x_0", False),
        (rf"\tilde\beta_t = {SPREAD}", True),
        (r"\tilde\beta_t = 1 / (\frac{\alpha_t}{\beta_t} + \frac{1}{1 - \bar\alpha_{t-1}})", True),
        (r"\tilde\beta_t = 1 / (\frac{\alpha_t}{\beta_t} + \frac{1}{1 - \bar\alpha_t})", False),
        (r"\tilde\beta_t = \frac{1 - \bar\alpha_t}{1 - \bar\alpha_{t-1}} \beta_t", False),
    ],
)
def test_its_parameters_by_name(relation, right, before):
    shown = f"${relation}$, and the law is {NAMED}." if before else f"The law is {NAMED} with ${relation}$."
    found = [v for v in verdicts_of(f"The chain is {STEP} with {ALPHAS}. {shown}") if not isinstance(v, NotAClaim)]
    assert [type(v) for v in found] == [Supported if right else Refuted]


@pytest.mark.parametrize(
    ("relation", "right"),
    [
        (IN_NOISE, True),
        (IN_NOISE.replace(r"\sqrt{1 - \bar\alpha_t}", r"1 - \bar\alpha_t"), False),
        (IN_NOISE.replace(r"\sqrt{\alpha_t}", r"\alpha_t"), False),
        (IN_NOISE.replace("x_t -", "x_t +"), False),
        (IN_NOISE.replace(r"\frac{\beta_t}", r"\frac{1 - \bar\alpha_t}"), False),
        (IN_NOISE.replace(r"\sqrt{1 - \bar\alpha_t}", r"\sqrt{1 - \alpha_t}"), False),
        (rf"{LAST} x_t + {FIRST} \frac{{x_t - \sqrt{{1 - \bar\alpha_t}} \epsilon}}{{\sqrt{{\bar\alpha_t}}}}", True),
    ],
)
def test_the_mean_in_terms_of_the_noise(relation, right):
    said = f"{ALPHAS}, {NOISE} and {DRAW}; moreover {NAMED}"
    assert isinstance(verdict_of(page(rf"\tilde\mu_t = {relation}", said=said)), Supported if right else Refuted)


def test_the_sign_of_the_noise_is_open_where_no_draw_is_written():
    wrong = IN_NOISE.replace("x_t -", "x_t +")
    assert not isinstance(verdict_of(page(rf"\tilde\mu_t = {wrong}", said=f"{ALPHAS}, {NAMED}")), Refuted | Supported)


def test_a_chain_that_explodes():
    said = r"$v_t = \sum_{s=1}^t b_s$"
    right = law(r"\frac{v_{t-1}}{v_t}", r"\frac{b_t}{v_t}", r"\frac{v_{t-1}}{v_t} b_t")
    assert isinstance(verdict_of(page(right, EXPLODING, said)), Supported)
    wrong = law(r"\frac{b_t}{v_t}", r"\frac{v_{t-1}}{v_t}", r"\frac{v_{t-1}}{v_t} b_t")
    assert isinstance(verdict_of(page(wrong, EXPLODING, said)), Refuted)


@pytest.mark.parametrize(
    "relation",
    [
        law(LAST, FIRST, SPREAD).replace("q(", "p("),
        law(LAST, r"\gamma_t", SPREAD),
        law(LAST, FIRST, r"\sigma_t^2"),
        rf"\mu_\theta(x_t, t) = {IN_NOISE}",
        r"q(x_{t-1} \mid x_t, x_0) = \mathcal{N}(x_{t-1}; m_t, \beta_t A)",
    ],
)
def test_what_settles_nothing(relation):
    assert not isinstance(verdict_of(page(relation, said=f"{ALPHAS} and {DRAW}")), Refuted | Supported)
