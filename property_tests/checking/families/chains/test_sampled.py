"""Draws from a normal chain: right ones are supported, and no wrong neighbour is."""

from __future__ import annotations

import pytest

from claims.verdict import Proved, Refuted, Supported
from property_tests.checking.families.chains.pages import (
    ALPHAS,
    BETAS,
    BOLD,
    DRAW,
    EXPLODING,
    IN_ALPHA,
    NOISE,
    STEP,
    verdict_of,
)

MANY = r"x_t = \sqrt{\bar\alpha_t} x_0 + \sqrt{1 - \bar\alpha_t} \epsilon"
WRONG = [
    r"x_t = \sqrt{\bar\alpha_t} x_0 + (1 - \bar\alpha_t) \epsilon",
    r"x_t = \bar\alpha_t x_0 + \sqrt{1 - \bar\alpha_t} \epsilon",
    r"x_t = \sqrt{\alpha_t} x_0 + \sqrt{1 - \alpha_t} \epsilon",
    r"x_t = \sqrt{\alpha_t} x_0 + \sqrt{1 - \bar\alpha_t} \epsilon",
    r"x_t = \sqrt{\bar\alpha_t} x_0 + \sqrt{1 - \alpha_t} \epsilon",
    r"x_t = \sqrt{\bar\alpha_t} x_0 + \sqrt{\bar\alpha_t} \epsilon",
    r"x_t = -\sqrt{\bar\alpha_t} x_0 + \sqrt{1 - \bar\alpha_t} \epsilon",
    r"x_t = \sqrt{1 - \bar\alpha_t} x_0 + \sqrt{\bar\alpha_t} \epsilon",
]
ONE = [
    (r"x_t = \sqrt{\alpha_t} x_{t-1} + \sqrt{1 - \alpha_t} \epsilon", True),
    (r"x_t = \sqrt{\alpha_t} x_{t-1} + \beta_t \epsilon", False),
    (r"x_t = \alpha_t x_{t-1} + \sqrt{\beta_t} \epsilon", False),
    (r"x_t = \sqrt{\alpha_t \alpha_{t-1}} x_{t-2} + \sqrt{1 - \alpha_t \alpha_{t-1}} \epsilon", True),
    (r"x_t = \sqrt{\alpha_t \alpha_{t-1}} x_{t-2} + \sqrt{1 - \alpha_t - \alpha_{t-1}} \epsilon", False),
    (r"x_0 = \frac{1}{\sqrt{\bar\alpha_t}} (x_t - \sqrt{1 - \bar\alpha_t} \epsilon)", True),
    (r"x_0 = \frac{x_t - \sqrt{1 - \bar\alpha_t} \epsilon}{\sqrt{\bar\alpha_t}}", True),
    (r"x_0 = \frac{x_t - \sqrt{1 - \bar\alpha_t} \epsilon}{\bar\alpha_t}", False),
    (r"x_0 = \frac{x_t - (1 - \bar\alpha_t) \epsilon}{\sqrt{\bar\alpha_t}}", False),
    (r"x_0 = \frac{x_t + \sqrt{1 - \bar\alpha_t} \epsilon}{\sqrt{\bar\alpha_t}}", False),
]
SILENT = [
    r"x_t = \sqrt{\bar\alpha_t} x_0 + \sqrt{1 - \bar\alpha_t} \epsilon_\theta",
    r"x_{t-1} = \frac{1}{\sqrt{\alpha_t}} x_t + \sqrt{\beta_t} \epsilon",
    r"x_t = (1 - t) x_0 + t \epsilon",
    r"x_t = x_0 + \sigma_t \epsilon",
    r"x_t = \gamma_t x_0 + \sqrt{1 - \bar\alpha_t} \epsilon",
    r"x_t = \sqrt{\bar\alpha_t} x_1 + \sqrt{1 - \bar\alpha_t} \epsilon",
    r"x_{t-1} = \sqrt{\bar\alpha_{t-1}} x_0 + \sqrt{1 - \bar\alpha_{t-1} - \sigma_t^2} \epsilon",
]


def page(step: str, said: str, relation: str, noise: str = NOISE) -> str:
    return f"The chain is {step} with {said}. The noise is {noise}. Then $${relation}$$"


@pytest.mark.parametrize(("step", "said"), [(STEP, ALPHAS), (IN_ALPHA, BETAS), (STEP, ALPHAS + ", " + BETAS)])
def test_the_draw_after_many_steps(step, said):
    found = verdict_of(page(step, said, MANY))
    assert isinstance(found, Supported)
    assert found.holds_if == "given what line 1 says"
    for wrong in WRONG:
        assert isinstance(verdict_of(page(step, said, wrong)), Refuted), wrong


@pytest.mark.parametrize(("relation", "right"), ONE)
def test_draws_after_one_step_and_solved_ones(relation, right):
    found = verdict_of(page(STEP, f"{ALPHAS}, so {DRAW}", relation))
    assert isinstance(found, Supported if right else Refuted)


@pytest.mark.parametrize("relation", SILENT)
def test_what_may_be_meant_otherwise(relation):
    found = verdict_of(page(STEP, ALPHAS, relation))
    assert not isinstance(found, Refuted | Proved | Supported)


def test_fonts_and_other_letters():
    bold = r"\mathbf{x}_t = \sqrt{\bar\alpha_t}\mathbf{x}_0 + %s \boldsymbol{\epsilon}"
    for spread, kind in ((r"\sqrt{1-\bar\alpha_t}", Supported), (r"(1-\bar\alpha_t)", Refuted)):
        noise = r"$\boldsymbol{\epsilon} \sim \mathcal{N}(\mathbf{0}, \mathbf{I})$"
        assert isinstance(verdict_of(page(BOLD, ALPHAS, bold % spread, noise)), kind)


def test_a_chain_that_explodes():
    for spread, kind in ((r"\sqrt{v_t}", Supported), ("v_t", Refuted), (r"\sqrt{b_t}", Refuted)):
        said = r"$v_t = \sum_{s=1}^t b_s$"
        assert isinstance(verdict_of(page(EXPLODING, said, rf"x_t = x_0 + {spread} \epsilon")), kind)


def test_noise_in_words_and_noise_that_is_not_said():
    for noise in (r"$\epsilon$, a standard normal vector", r"drawn, $\epsilon$ from the standard normal"):
        assert isinstance(verdict_of(page(STEP, ALPHAS, MANY, noise)), Supported)
        assert isinstance(verdict_of(page(STEP, ALPHAS, WRONG[0], noise)), Refuted)
    found = verdict_of(page(STEP, ALPHAS, MANY, "left out"))
    assert isinstance(found, Supported)
    assert found.holds_if is not None and "standard normal" in found.holds_if
    for noise in ("left out", r"$\epsilon \sim \mathcal{N}(0, 2 I)$"):
        assert not isinstance(verdict_of(page(STEP, ALPHAS, WRONG[0], noise)), Refuted)


def test_another_notation_may_be_meant():
    other = page(STEP, ALPHAS, WRONG[2], NOISE + ". In another notation the bar is left out")
    assert not isinstance(verdict_of(other), Refuted)


def test_two_draws_of_noise():
    two = r"x_t = \sqrt{\alpha_t} (\sqrt{\alpha_{t-1}} x_{t-2} + \sqrt{\beta_{t-1}} \epsilon_{t-1}) + %s \epsilon_t"
    found = verdict_of(page(STEP, ALPHAS, two % r"\sqrt{\beta_t}"))
    assert isinstance(found, Supported)
    assert found.holds_if is not None and "independently" in found.holds_if
    assert not isinstance(verdict_of(page(STEP, ALPHAS, two % r"\beta_t")), Supported)
