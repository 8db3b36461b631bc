"""Densities that are derived in their points: what holds of the stated ones, of any, and what a slip makes of it."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

NORMAL = r"Let $p(x) = \mathcal{N}(x; \mu, \sigma^2)$."
VECTOR = r"Let $p(\mathbf{x}) = \mathcal{N}(\mathbf{x}; \boldsymbol{\mu}, \boldsymbol{\Sigma})$."
KERNEL = (
    r"Let $q(x_t \mid x_0) = \mathcal{N}(x_t; a_t x_0, (1 - a_t^2) I)$ "
    r"with $x_t = a_t x_0 + \sqrt{1 - a_t^2} \epsilon$."
)
NOISE = r"Let $q(y \mid x) = \mathcal{N}(y; x, s^2 I)$ and $y = x + s \epsilon$."
ENERGY = r"Let $p(x) = \frac{1}{Z} e^{-E(x)}$."


def judged(claim, before=""):
    return examine(read_document("a.md", f"{before} Then\n\n$$ {claim} $$\n"), Options()).judged[-1].verdict


BOTH = r"\frac{1}{\sigma^2}"
SCORE = r"\nabla_{x_t} \log q(x_t \mid x_0) ="
ROOT = r"\sqrt{1 - a_t^2}"
STATED = [
    (NORMAL, r"\nabla_x \log p(x) = -\frac{x - \mu}{\sigma^2}", r"{\sigma^2}", r"{\sigma}"),
    (NORMAL, rf"\partial_x^2 \log p(x) = -{BOTH}", r"= -", "= "),
    (NORMAL, r"p'(x) = \frac{\mu - x}{\sigma^2} p(x)", r"\mu - x", r"x - \mu"),
    (
        NORMAL,
        rf"\partial_x^2 p(x) = \left(\frac{{(x - \mu)^2}}{{\sigma^4}} - {BOTH}\right) p(x)",
        r"\sigma^4",
        r"\sigma^2",
    ),
    (
        VECTOR,
        r"\nabla_{\mathbf{x}} \log p(\mathbf{x}) = -\boldsymbol{\Sigma}^{-1} (\mathbf{x} - \boldsymbol{\mu})",
        "^{-1}",
        "",
    ),
    (VECTOR, r"\nabla_{\mathbf{x}}^2 \log p(\mathbf{x}) = -\boldsymbol{\Sigma}^{-1}", "= -", "= "),
    (VECTOR, r"\Delta \log p(\mathbf{x}) = -\mathrm{tr}(\boldsymbol{\Sigma}^{-1})", r"-\mathrm", r"-\frac12 \mathrm"),
    (KERNEL, rf"{SCORE} -\frac{{x_t - a_t x_0}}{{1 - a_t^2}}", "{1 - a_t^2}", r"{\sqrt{1 - a_t^2}}"),
    (KERNEL, rf"{SCORE} -\frac{{\epsilon}}{{\sqrt{{1 - a_t^2}}}}", r"\sqrt{1 - a_t^2}", "1 - a_t^2"),
    (KERNEL, rf"\frac{{\epsilon}}{{{ROOT}}} = -\nabla_{{x_t}} \log q(x_t \mid x_0)", ROOT, "1 - a_t^2"),
    (NOISE, r"\nabla_y \log q(y \mid x) = -\frac{\epsilon}{s}", "= -", "= "),
    (ENERGY, r"\nabla_x \log p(x) = -\nabla_x E(x)", "= -", "= "),
    (ENERGY, r"\nabla_x p(x) = -p(x) \nabla_x E(x)", "= -", "= "),
    (NORMAL, rf"\mathbb{{E}}_{{p}}[(\partial_x \log p(x))^2] = {BOTH}", BOTH, r"\frac{1}{\sigma^4}"),
]


@pytest.mark.parametrize(("before", "claim", "old", "new"), STATED)
def test_slopes_of_stated_densities(before, claim, old, new):
    found = judged(claim, before)
    assert isinstance(found, Supported)
    assert found.holds_if == ("with the definitions that the document gives" if "epsilon" in claim else None)
    assert claim.count(old) >= 1
    assert isinstance(judged(claim.replace(old, new), before), Refuted)


@pytest.mark.parametrize(
    ("before", "claim"),
    [
        (NORMAL, r"s(x) = \nabla_x \log p(x)"),
        (NORMAL, r"\nabla_x \log p(x) = g(x)"),
        (NORMAL, r"c \nabla_x \log p(x) = \frac{\mu - x}{\sigma^2}"),
        ("", r"\frac{\partial H}{\partial q} = \nabla U(q)"),
        ("", r"\nabla_i (x_i p) = p + x_i \partial_i p"),
    ],
)
def test_nothing_is_held_against_names_that_only_one_side_has(before, claim):
    assert not isinstance(judged(claim, before), Refuted | Supported)


def test_a_slope_in_which_nothing_moves_lends_no_support():
    assert not isinstance(judged(r"\frac{dp}{dt} = -\frac{\partial H}{\partial q}"), Supported | Refuted)


@pytest.mark.parametrize("more", [r"With $\epsilon = 0.6$, $\epsilon = 0.2$.", r"With $x_t = 2$ and $\epsilon = 0.6$."])
def test_a_name_with_a_value_in_an_example_may_be_one_that_a_point_is_given_in(more):
    claim = rf"{SCORE} -\frac{{\epsilon}}{{{ROOT}}}"
    assert isinstance(judged(claim, f"{more} {KERNEL}"), Supported)
    assert not isinstance(judged(claim.replace(ROOT, "(1 - a_t^2)"), f"{more} {KERNEL}"), Supported)


@pytest.mark.parametrize("equation", ["x_t - a_t x_0 = ROOT w", "ROOT w = x_t - a_t x_0", "x_t - a_t x_0 - ROOT w = 0"])
def test_an_equation_may_tie_a_name_to_a_point(equation):
    before = f"{KERNEL} One has ${equation.replace('ROOT', ROOT)}$."
    claim = rf"{SCORE} -\frac{{w}}{{{ROOT}}}"
    assert isinstance(judged(claim, before), Supported)
    assert not isinstance(judged(claim.replace(f"{{{ROOT}}}", "{1 - a_t^2}"), before), Supported)
    assert not isinstance(judged(claim, KERNEL), Supported | Refuted)


@pytest.mark.parametrize("factor", [ROOT, "(1 - a_t^2)", "2"])
def test_what_a_relation_says_of_a_name_does_not_speak_for_itself(factor):
    claim = rf"\epsilon = -{factor} \nabla_{{x_t}} \log q(x_t \mid x_0)"
    found = judged(claim, f"{KERNEL} One has ${claim}$, and $\\epsilon = 0.6$.")
    assert isinstance(found, Supported) is (factor == ROOT)
    assert not isinstance(judged(r"s_t = \nabla_x \log p_t", r"Here $s_t = \nabla_x \log p_t$."), Supported)


def test_a_density_that_is_derived_by_the_time_moves():
    claim = r"\frac{d \log p}{dt} = \frac{1}{p} \frac{dp}{dt}"
    assert isinstance(judged(claim), Supported)
    assert not isinstance(judged(claim.replace("{1}{p}", "{1}{p^2}")), Supported)
    assert not isinstance(judged(r"\frac{\partial p}{\partial t} = -p (\nabla \cdot f)"), Supported)


def test_a_logarithm_without_brackets_may_reach_over_an_exponential():
    before = ENERGY.replace("e^{-E(x)}", r"\exp(-E(x))")
    claim = r"\nabla_x \log p(x) = \nabla_x \log \frac{1}{Z} \exp(-E(x))"
    found = judged(claim, before)
    assert isinstance(found, Supported) and found.holds_if is not None and "logarithm" in found.holds_if
    assert isinstance(judged(claim.replace("(-E(x))", "(E(x))"), before), Refuted)


FLOW = r"-\nabla \cdot (f p_t) + \tfrac12 g^2 \Delta p_t = -\nabla \cdot"
ANY = [
    (r"\nabla_x \log p(x \mid y) = \nabla_x \log p(x) + \nabla_x \log p(y \mid x)", " + ", " - "),
    (r"\nabla_x p(x) = p(x) \nabla_x \log p(x)", r"= p(x)", "= -p(x)"),
    (rf"{FLOW} \left(\left(f - \tfrac12 g^2 \nabla \log p_t\right) p_t\right)", r"f - \tfrac12", "f - "),
]


@pytest.mark.parametrize(("claim", "old", "new"), ANY)
def test_slopes_of_densities_of_any_kind(claim, old, new):
    assert isinstance(judged(claim), Supported)
    assert isinstance(judged(claim.replace(old, new)), Refuted)


@pytest.mark.parametrize(
    "claim",
    [
        r"\nabla_x \log p(x \mid y) = \nabla_x \log p(y \mid x)",  # only where p(x) is flat
        r"\partial_x^2 \log p(x) = -1",  # only of normal densities
        r"\mathbb{E}_p[\partial_x^2 \log p(x)] = \left(\mathbb{E}_p[\partial_x \log p(x)]\right)^2",
        r"\nabla_\theta \log p_\theta(x) = \nabla_\theta \log p_\theta(y)",  # in a parameter, not in a point
        r"\nabla_x \log p(x) = \nabla_x \log q(x)",
    ],
)
def test_what_holds_of_some_densities_only_is_not_supported(claim):
    assert not isinstance(judged(claim), Supported)


def test_means_under_any_density_are_computed_in_dimension_one():
    found = judged(r"\mathbb{E}_{x \sim p}[\nabla_x \log p(x)] = 0")
    assert isinstance(found, Supported) and found.holds_if == "in dimension one"
    assert not isinstance(judged(r"\mathbb{E}_{x \sim p}[\nabla_x^2 \log p(x)] = 0"), Supported)


def test_a_mean_under_a_normal_law_of_vectors_counts_the_dimension():
    claim = r"\mathbb{E}_{p}[\mathbf{x}^\top \nabla_{\mathbf{x}} \log p(\mathbf{x})] = -d"
    assert isinstance(judged(claim, VECTOR), Supported)
    assert not isinstance(judged(claim.replace("-d", "-1"), VECTOR), Supported)


def test_a_second_parameter_that_may_be_a_deviation_is_told():
    before = NORMAL.replace(r"\sigma^2", r"\sigma")
    found = judged(r"\nabla_x \log p(x) = -\frac{x - \mu}{\sigma^2}", before)
    assert isinstance(found, Supported) and found.holds_if is not None and "deviation" in found.holds_if
    assert isinstance(judged(r"\nabla_x \log p(x) = -\frac{x - \mu}{2 \sigma^2}", before), Refuted)


def test_the_law_of_other_names_is_another_law():
    """q(x_s | x_t) is not what is stated of q(x_t | x_s)."""
    before = r"Let $q(x_t \mid x_s) = \mathcal{N}(x_t; x_s, b)$."
    claim = r"\nabla_{x_s} \log q(x_s \mid x_t) = -\frac{x_s - x_t}{b}"
    assert not isinstance(judged(claim, before), Supported | Refuted)


@pytest.mark.parametrize("words", ["Suppose $x$ and $y$ are independent.", "Approximately, for small steps,"])
def test_a_text_that_says_more_saves_a_relation(words):
    claim = r"\nabla_x \log p(x \mid y) = \nabla_x \log p(x) - \nabla_x \log p(y \mid x)"
    assert not isinstance(judged(claim, words), Supported | Refuted)


def test_an_equation_that_moves_a_density_is_posed():
    claim = r"\partial_t p_t = -\nabla \cdot (f p_t) + \tfrac12 g^2 \Delta p_t"
    assert not isinstance(judged(claim), Supported | Refuted)


def test_a_density_that_is_said_to_be_proportional_has_a_factor():
    before = r"Let $p(x) \propto e^{-E(x)}$."
    assert isinstance(judged(r"\nabla_x \log p(x) = -\nabla_x E(x)", before), Supported)
    assert not isinstance(judged(r"\nabla_x p(x) = -e^{-E(x)} \nabla_x E(x)", before), Supported)


@pytest.mark.parametrize(
    ("latex", "asked"),
    [
        (r"\begin{split} a + b &= c + 2 \quad \end{split}", False),
        (r"P(a \mid b) + 1 = c \, \mathrm{and}", False),
        (r"\frac{\mathrm{d}}{\mathrm{d}x} \log p(x) = a + x", True),
        (r"\frac{\mathrm d}{\mathrm d x} \log p(x) = a + x", True),
        (r"\nabla \log p(x) = a + x", True),
    ],
)
def test_slopes_are_asked_for_where_a_sign_of_one_stands(
    latex: str, asked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    met: list[object] = []
    monkeypatch.setattr("errata.checking.scores.judging.judge_scores", lambda *given: met.append(given))
    examine(read_document("a.md", f"One has $${latex}$$ here."), Options())
    assert bool(met) is asked
