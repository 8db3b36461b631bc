"""Log-densities up to constants: which meaning of ∝ holds is named, and what no constant can save is refuted."""

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.families.loosely import ADDITIVE
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document

NOISE = r"The signal is $$ v = g_w(h) + e, \quad e \sim \mathcal{N}(0, s^2 I) $$"
FULL = r"The signal is $$ v = g(h) + e, \quad e \sim \mathcal{N}(0, R) $$"
TRIALS = r"Trials: $$ t | r \sim \mathrm{Binomial}(m, r) $$"
COIN = r"A coin: $$ T \sim \mathrm{Bern}(r) $$"


def last(model: str, relation: str, between: str = "Then") -> Judged:
    text = f"# Model\n\n{model}\n\n{between}\n\n$$ {relation} $$\n"
    return examine(read_document("notes.md", text), Options()).judged[-1]


LOOSE = [
    (NOISE, r"-\log p(v | h, w) \propto \|v - g_w(h)\|^2"),
    (NOISE, r"\log p(v | h, w) \propto -\frac{1}{2 s^2} \|v - g_w(h)\|_2^2"),
    (FULL, r"\log p(v | h) \propto -\frac{1}{2} (v - g(h))^\top R^{-1} (v - g(h)) - \frac{1}{2} \log |R|"),
    (FULL, r"\log p(v | h) \propto -\frac{1}{2} (v - g(h))^\top R^{-1} (v - g(h))"),
]
LOSS = r"\mathrm{NLL}(w) = FACTOR \sum_{i=1}^N \|v_i - g_w(h_i)\|^2"
STRICT = [
    (NOISE, r"p(v | h, w) \propto \exp(-\frac{1}{2 s^2} \|v - g_w(h)\|^2)"),
    (NOISE, r"\log p(v | h, w) = -\frac{1}{2 s^2} \|v - g_w(h)\|^2 + \text{const}"),
    (FULL, r"\log p(v | h) = -\frac{1}{2} (v - g(h))^\top R^{-1} (v - g(h)) - \frac{1}{2} \log |R| + \text{const}"),
    (COIN, r"p(t_i | r) \propto r^{t_i} (1 - r)^{1 - t_i}"),
    (TRIALS, r"p(t | r) \propto r^t (1 - r)^{m - t}"),
]
WRONG = [
    (NOISE, r"\log p(v | h, w) \propto \|v - g_w(h)\|^2"),
    (NOISE, r"-\log p(v | h, w) \propto -\|v - g_w(h)\|^2"),
    (NOISE, r"-\log p(v | h, w) \propto \|v - g_w(h)\|"),
    (NOISE, r"-\log p(v | h, w) \propto \|v + g_w(h)\|^2"),
    (NOISE, r"p(v | h, w) \propto \exp(-\frac{1}{s^2} \|v - g_w(h)\|^2)"),
    (NOISE, r"\log p(v | h, w) = -\frac{1}{s^2} \|v - g_w(h)\|^2 + \text{const}"),
    (FULL, r"\log p(v | h) \propto \frac{1}{2} (v - g(h))^\top R^{-1} (v - g(h)) - \frac{1}{2} \log |R|"),
    (FULL, r"\log p(v | h) = -\frac{1}{2} (v - g(h))^\top R (v - g(h)) - \frac{1}{2} \log |R| + \text{const}"),
    (COIN, r"p(t_i | r) \propto r^{t_i} (1 + r)^{1 - t_i}"),
    (TRIALS, r"p(t | r) \propto r^t (1 - r)^{m + t}"),
]


@pytest.mark.parametrize(("model", "relation"), LOOSE)
def test_a_logarithm_up_to_a_constant_and_a_factor_names_this_meaning(model: str, relation: str) -> None:
    found = last(model, relation)
    assert isinstance(found.verdict, Supported) and found.verdict.holds_if == ADDITIVE


@pytest.mark.parametrize(("model", "relation"), STRICT)
def test_what_holds_up_to_a_constant_is_supported(model: str, relation: str) -> None:
    found = last(model, relation)
    assert isinstance(found.verdict, Supported) and found.verdict.holds_if is None


@pytest.mark.parametrize(("model", "relation"), WRONG)
def test_what_no_constant_saves_is_refuted(model: str, relation: str) -> None:
    found = last(model, relation)
    assert isinstance(found.verdict, Refuted) and found.rule == "E315" and found.verdict.by.witness


OPEN = [
    (NOISE, r"-\log p(v | h, w) \propto c(h) \|v - g_w(h)\|^2", "Then"),
    (NOISE, r"\log p(v | h, w) \propto \|v - g_w(h)\|^2", "Suppose that"),
    (NOISE, r"\log q(v | h, w) \propto \|v - g_w(h)\|^2", "Then"),
    (FULL, r"\log p(v | h) \propto -\frac{1}{2} \|v - g(h)\|^2", "Then"),
    (NOISE, r"\log p(v | h, w) = -\frac{1}{2} \|v - g_w(h)\|^2 + \text{const}", "Then"),
    (NOISE, r"p(v | h, w) \propto \exp(-\|v - g_w(h)\|^2)", "Then"),
    (NOISE, r"\log p(v | h, w) \propto -\exp(\|v - g_w(h)\|^2)", "\n# Another model\n\nNow"),
]


@pytest.mark.parametrize(("model", "relation", "between"), OPEN)
def test_what_is_not_settled_is_left_open(model: str, relation: str, between: str) -> None:
    assert not isinstance(last(model, relation, between).verdict, Refuted | Supported)


def test_a_single_slip_is_found_in_another_topic_too() -> None:
    found = last(NOISE, r"\log p(v | h, w) \propto \|v - g_w(h)\|^2", "\n# Another topic\n\nNow")
    assert isinstance(found.verdict, Refuted) and found.verdict.repair is not None
    assert found.verdict.repair.latex == r"- \|v - g_w(h)\|^2"


FULL_DENSITY = (
    r"\log p(v | h) = SIGN\frac{1}{2} (v - g(h))^\top R^{-1} (v - g(h)) - \frac{1}{2} \log |R| - \frac{d}{2} \log 2\pi"
)


def test_the_density_of_a_vector_is_judged_in_several_dimensions() -> None:
    assert isinstance(last(FULL, FULL_DENSITY.replace("SIGN", "-")).verdict, Supported)
    assert isinstance(last(FULL, FULL_DENSITY.replace("SIGN", "")).verdict, Refuted)


def test_what_holds_in_dimension_one_only_is_not_supported() -> None:
    one = FULL_DENSITY.replace("SIGN", "-").replace(r"\frac{d}{2}", r"\frac{1}{2}")
    assert not isinstance(last(FULL, one).verdict, Supported | Refuted)


def test_a_loss_may_leave_out_a_constant_and_no_more() -> None:
    found = last(NOISE, LOSS.replace("FACTOR", r"\frac{1}{2 s^2}"))
    assert isinstance(found.verdict, Supported) and found.verdict.holds_if == "up to an additive constant"
    assert isinstance(last(NOISE, LOSS.replace("FACTOR", r"-\frac{1}{2 s^2}")).verdict, Refuted)
    assert not isinstance(last(NOISE, LOSS.replace("FACTOR", "")).verdict, Refuted)


NAMED = [
    ("and $U(v; h) := -\\log p(v | h, w)$. Then", r"U \propto \|v - g_w(h)\|^2"),
    ("The likelihood term becomes", r"U_{\text{fit}} \propto -\|v - g_w(h)\|^2"),
    ("The negative log-likelihood becomes", r"U_{\text{fit}} \propto \|v - g_w(h)\|^2"),
]


@pytest.mark.parametrize(("between", "relation"), NAMED)
def test_a_name_for_the_likelihood_is_known_by_its_definition_or_by_the_sentence(between: str, relation: str) -> None:
    found = last(NOISE, relation, between).verdict
    assert isinstance(found, Supported)
    assert "a log-likelihood" in found.holds_if
    other = relation.replace(r"\propto -", r"\propto ") if "-\\|" in relation else relation.replace("to ", "to -")
    wrong = last(NOISE, other, between).verdict
    assert isinstance(wrong, Refuted) if ":=" in between else not isinstance(wrong, Supported | Refuted)
    assert not isinstance(last(NOISE, relation.replace("^2", ""), between).verdict, Supported)


def test_a_covariance_by_its_name_is_what_the_document_gives() -> None:
    text = FULL + " where $$ R = s^2 I $$"
    found = last(text, r"U_{\text{fit}} \propto -\|v - g(h)\|^2", "The likelihood term becomes").verdict
    assert isinstance(found, Supported)
    assert "R is s^2 I" in found.holds_if
    bare = last(FULL, r"U_{\text{fit}} \propto -\|v - g(h)\|^2", "The likelihood term becomes").verdict
    assert not isinstance(bare, Supported | Refuted)


@pytest.mark.parametrize("between", ["The prior term becomes", "The term becomes", "Unlike the likelihood, we set"])
def test_any_other_name_says_nothing(between: str) -> None:
    relation = r"U_{\text{fit}} \propto -\|v - g_w(h)\|^2"
    assert not isinstance(last(NOISE, relation, between).verdict, Supported | Refuted)
