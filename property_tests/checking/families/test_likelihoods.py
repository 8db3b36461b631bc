"""Densities of models that a text states: what follows is supported, a planted slip is refuted with a witness, and
what another statement, a value or a word may save is left alone."""

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document

NOISE = r"The target is linear in $u$: $$ t = \mathbf{w}^\top \mathbf{u} + e, \quad e \sim \mathcal{N}(0, s^2) $$"
HEAVY = r"Here $$ t = g_w(u) + e, \quad e \sim \mathrm{Laplace}(0, b) $$"
BINARY = r"Let $$ T \mid u \sim \mathrm{Bernoulli}(\hat{r}_w(u)), \quad \hat{r}_w(u) = \sigma(w^\top u) $$"
COUNTS = r"Counts: $$ t \mid u \sim \mathrm{Poisson}(\lambda(u)) $$"


def judged(text: str) -> tuple[Judged, ...]:
    return examine(read_document("notes.md", text), Options()).judged


def last(model: str, relation: str, between: str = "Then") -> Judged:
    return judged(f"# Model\n\n{model}\n\n{between}\n\n$$ {spelled(relation)} $$\n")[-1]


VECTORS = r"With $$ p(v | h) = \mathcal{N}(v; g(h), s^2 I) $$"
PRIOR = r"Let $$ p(h) = \mathcal{N}(0, I) $$"
GAUSSIAN = r"\log p(t_i | \mathbf{u}_i) = -\log (s \sqrt{2\pi}) - \frac{(t_i - W_i)^2}{2 s^2}"
SIGN = r"\log p(t_i | \mathbf{u}_i) = -\frac{1}{2} \log(2\pi s^2) + \frac{(t_i - W_i)^2}{2 s^2}"
RIGHT = [
    (VECTORS, r"\log p(v | h) = -\frac{d}{2} \log(2\pi s^2) - \frac{1}{2 s^2} \|v - g(h)\|^2"),
    (VECTORS, r"\log p(v | h) = -\frac{d}{2} \log(2\pi s^2) - \frac{1}{2 s^2} (v - g(h))^\top (v - g(h))"),
    (
        VECTORS,
        r"\sum_{i=1}^N \log p(v_i | h_i) = -\frac{N d}{2} \log(2\pi s^2) - "
        r"\frac{1}{2 s^2} \sum_{i=1}^N \|v_i - g(h_i)\|_2^2",
    ),
    (PRIOR, r"p(h) = \frac{1}{\sqrt{(2\pi)^k}} \exp(-\tfrac{1}{2} |h|^2)"),
    (PRIOR, r"p(h) = \prod_{i=1}^{k} \mathcal{N}(h_i; 0, 1)"),
    (NOISE, r"p(t | \mathbf{u}, \mathbf{w}) = \mathcal{N}(t; \mathbf{w}^\top \mathbf{u}, s^2)"),
    (
        NOISE,
        r"\log p(t_i | \mathbf{u}_i) = -\log s - \frac{1}{2} \log(2\pi) - \frac{(t_i - W_i)^2}{2 s^2}",
    ),
    (
        NOISE,
        r"\log p(t_i | \mathbf{u}_i) = -\log (s \sqrt{2\pi}) - \frac{(t_i - \mathbf{u}_i^\top \mathbf{w})^2}{2 s^2}",
    ),
    (
        NOISE,
        r"\sum_{i=1}^N \log p(t_i | \mathbf{u}_i) = -\frac{N}{2} \log(2\pi s^2) - "
        r"\frac{1}{2 s^2} \sum_{i=1}^N (t_i - \mathbf{w}^\top \mathbf{u}_i)^2",
    ),
    (HEAVY, r"\log p(t | u, w) = -\log(2 b) - \frac{|t - g_w(u)|}{b}"),
    (BINARY, r"p(t | u, w) = \hat{r}_w(u)^t (1 - \hat{r}_w(u))^{1 - t}"),
    (BINARY, r"p(t | u, w) = t \hat{r}_w(u) + (1 - t) (1 - \hat{r}_w(u))"),
    (BINARY, r"\log p(t_i | u_i, w) = t_i \log \hat{r}_i + (1 - t_i) \log(1 - \hat{r}_i)"),
    (BINARY, r"L_{\text{NLL}}(w) = -\sum_{i=1}^N [t_i \log \hat{r}_i + (1 - t_i) \log(1 - \hat{r}_i)]"),
    (BINARY, r"\mathrm{NLL}(w) = -\frac{1}{N} \sum_i [t_i \log \hat{r}_i + (1 - t_i) \log(1 - \hat{r}_i)]"),
    (COUNTS, r"p(t | u) = \frac{\lambda(u)^t e^{-\lambda(u)}}{t!}"),
]
WRONG = [
    (PRIOR, r"p(h) = \prod_{i=1}^{k} \mathcal{N}(h_i; 0, 2)"),
    (PRIOR, r"p(h) = \prod_{i=1}^{k} \mathcal{N}(h_i; 1, 1)"),
    (VECTORS, r"\log p(v | h) = -\frac{d}{2} \log(2\pi s^2) - \frac{1}{s^2} \|v - g(h)\|^2"),
    (VECTORS, r"\log p(v | h) = -\frac{d}{2} \log(2\pi s^2) - \frac{1}{2 s^2} \|v - g(h)\|"),
    (VECTORS, r"\log p(v | h) = -d \log(2\pi s^2) - \frac{1}{2 s^2} \|v - g(h)\|^2"),
    (PRIOR, r"-\log p(h) = \frac{k}{2} \log 2\pi - \frac{1}{2} |h|^2"),
    (
        NOISE,
        r"\log p(t_i | \mathbf{u}_i) = -\frac{1}{2} \log(2\pi s^2) + \frac{(t_i - W_i)^2}{2 s^2}",
    ),
    (
        NOISE,
        r"\log p(t_i | \mathbf{u}_i) = -\frac{1}{2} \log(2\pi s^2) - \frac{(t_i - W_i)^2}{s^2}",
    ),
    (
        NOISE,
        r"\log p(t_i | \mathbf{u}_i) = -\frac{1}{2} \log(2\pi s) - \frac{(t_i - W_i)^2}{2 s^2}",
    ),
    (NOISE, r"\log p(t_i | \mathbf{u}_i) = -\frac{(t_i - W_i)^2}{2 s^2}"),
    (
        NOISE,
        r"\sum_{i=1}^N \log p(t_i | \mathbf{u}_i) = -\frac{1}{2} \log(2\pi s^2) - "
        r"\frac{1}{2 s^2} \sum_{i=1}^N (t_i - \mathbf{w}^\top \mathbf{u}_i)^2",
    ),
    (HEAVY, r"\log p(t | u, w) = -\log(2 b) - \frac{(t - g_w(u))^2}{b}"),
    (BINARY, r"p(t | u, w) = \hat{r}_w(u)^{1 - t} (1 - \hat{r}_w(u))^t"),
    (BINARY, r"p(t | u, w) = \hat{r}_w(u)^t (1 + \hat{r}_w(u))^{1 - t}"),
    (BINARY, r"\log p(t_i | u_i, w) = t_i \log \hat{r}_i - (1 - t_i) \log(1 - \hat{r}_i)"),
    (BINARY, r"\log p(t_i | u_i, w) = t_i \log \hat{r}_i"),
    (BINARY, r"L_{\text{NLL}}(w) = \sum_{i=1}^N [t_i \log \hat{r}_i + (1 - t_i) \log(1 - \hat{r}_i)]"),
    (BINARY, r"L_{\text{NLL}}(w) = -\sum_{i=1}^N [(1 - t_i) \log \hat{r}_i + t_i \log(1 - \hat{r}_i)]"),
    (COUNTS, r"p(t | u) = \frac{\lambda(u)^t e^{\lambda(u)}}{t!}"),
]


def spelled(relation: str) -> str:
    return relation.replace("W_i", r"\mathbf{w}^\top \mathbf{u}_i")


@pytest.mark.parametrize(("model", "relation"), RIGHT)
def test_what_follows_from_a_model_is_supported(model: str, relation: str) -> None:
    found = last(model, relation)
    assert isinstance(found.verdict, Supported) and found.verdict.holds_if is None
    assert any("(line" in said for said in found.where)


@pytest.mark.parametrize(("model", "relation"), WRONG)
def test_a_planted_slip_is_refuted_with_a_witness(model: str, relation: str) -> None:
    found = last(model, relation)
    assert isinstance(found.verdict, Refuted) and found.rule == "E315"
    assert found.verdict.by.witness and found.verdict.by.confirmed


def test_the_repair_is_in_the_words_of_the_author() -> None:
    found = last(BINARY, r"\log p(t_i | u_i, w) = t_i \log \hat{r}_i - (1 - t_i) \log(1 - \hat{r}_i)")
    assert isinstance(found.verdict, Refuted) and found.verdict.repair is not None
    assert found.verdict.repair.latex == r"t_i \log \hat{r}_i + (1 - t_i) \log(1 - \hat{r}_i)"


def test_a_law_that_follows_from_noise_may_be_wrong_too() -> None:
    found = last(NOISE, r"p(t | \mathbf{u}, \mathbf{w}) = \mathcal{N}(t; -\mathbf{w}^\top \mathbf{u}, s^2)")
    assert isinstance(found.verdict, Refuted) and found.verdict.repair is not None
    assert found.verdict.repair.slip == "sign"


STEPS = (
    r"$$ q(h_t | h_{t-1}) = \mathcal{N}(h_t; a h_{t-1}, b I) $$ $$ q(h_t | h_0) = \mathcal{N}(h_t; c_t h_0, r_t I) $$"
    r" with $t > 1$"
)


def test_the_steps_of_a_chain_are_told_apart() -> None:
    one = r"\log q(h_t | h_{t-1}) = -\frac{d}{2} \log(2\pi b) - \frac{1}{2 b} \|h_t - a h_{t-1}\|^2"
    other = r"\log q(h_t | h_0) = -\frac{d}{2} \log(2\pi r_t) - \frac{1}{2 r_t} \|h_t - c_t h_0\|^2"
    assert isinstance(last(STEPS, one).verdict, Supported)
    assert isinstance(last(STEPS, other).verdict, Supported)
    assert isinstance(last(STEPS, one.replace("{2 b}", "{b}")).verdict, Refuted)
    backwards = r"\log q(h_{t-1} | h_t) = -\frac{d}{2} \log(2\pi b) - \frac{1}{2 b} \|h_{t-1} - a h_t\|^2"
    assert not isinstance(last(STEPS, backwards).verdict, Supported | Refuted)


LOST = r"\log p(t_i | \mathbf{u}_i) = -\frac{(t_i - W_i)^2}{2 s^2}"
SAVED = [
    (NOISE, LOST, "Up to a constant,"),
    (NOISE, LOST, "Ignoring what doesn't depend on the weights,"),
    (
        NOISE,
        r"\log p(t_i | \mathbf{u}_i) = -\frac{1}{2} \log(2\pi) - \frac{1}{2} (t_i - \mathbf{w}^\top \mathbf{u}_i)^2",
        "Then",
    ),
    (NOISE, r"p(t) = \frac{1}{\sqrt{4 \pi s^2}} e^{-t^2 / (4 s^2)}", "Marginally,"),
    (NOISE, r"p(t | \mathbf{u}, \mathbf{v}) = \frac{1}{2 s} e^{-|t - \mathbf{w}^\top \mathbf{u}| / s}", "Then"),
    (NOISE, r"p(t | \mathbf{u}) = \mathrm{Laplace}(t; \mathbf{w}^\top \mathbf{u}, s^2)", "In another model,"),
    (BINARY, r"p(t | u, w) = p(t | u)", "Then"),
    (BINARY, r"q(t | u, w) = \hat{r}_w(u)^{1 - t} (1 - \hat{r}_w(u))^t", "Then"),
]


@pytest.mark.parametrize(("model", "relation", "between"), SAVED)
def test_what_may_be_meant_otherwise_is_not_refuted(model: str, relation: str, between: str) -> None:
    assert not isinstance(last(model, relation, between).verdict, Refuted)


def test_of_two_models_of_a_topic_either_may_be_meant() -> None:
    both = NOISE + r" With heavy tails $$ t = \mathbf{w}^\top \mathbf{u} + d, \quad d \sim \mathrm{Laplace}(0, s) $$"
    gaussian = GAUSSIAN
    assert isinstance(last(both, gaussian).verdict, Supported)
    wrong = r"\log p(t_i | \mathbf{u}_i) = -\log(2 s) - \frac{|t_i - \mathbf{w}^\top \mathbf{u}_i|}{s}"
    assert isinstance(last(both, wrong).verdict, Supported)


def test_a_model_of_another_topic_refutes_only_by_a_single_slip() -> None:
    text = f"# Regression\n\n{NOISE}\n\n# Robust fits\n\nNow\n\n$$ {{}} $$\n"
    other = r"\log p(t_i | \mathbf{u}_i) = -s - \frac{|t_i - \mathbf{w}^\top \mathbf{u}_i|}{s}"
    assert not isinstance(judged(text.replace("{}", other))[-1].verdict, Refuted)
    slip = SIGN
    assert isinstance(judged(text.replace("{}", spelled(slip)))[-1].verdict, Refuted)


def test_a_product_over_draws_is_refuted_where_one_of_its_values_is_wrong() -> None:
    """It holds where all draws are one; the law between is of names that the relation hasn't."""
    model = r"Let $Y \sim \text{Bernoulli}(r)$. ## Others Let $Y \sim \mathcal{N}(m, s^2)$. ## Likelihood"
    product = r"L = \prod_{i=1}^n P(y_i \mid r) = \prod_{i=1}^n r^{y_i} (1 - r)^{1 - y_i}"
    text = "# Coins\n\n" + model.replace("## ", "\n\n## ").replace("Others ", "Others\n\n") + f"\n\n$$ {product} $$\n"
    assert isinstance(judged(text)[-1].verdict, Supported)
    for slip in (r"(2 - r)^{1", r"(1 - 2 r)^{1"):
        assert isinstance(judged(text.replace(r"(1 - r)^{1", slip))[-1].verdict, Refuted)


def test_without_a_letter_for_the_dimension_a_vector_may_be_a_number() -> None:
    found = last(VECTORS, r"\log p(v | h) = -\frac{1}{2} \log(2\pi s^2) - \frac{1}{2 s^2} \|v - g(h)\|^2")
    assert isinstance(found.verdict, Supported) and found.verdict.holds_if == "v is a number"


def test_a_law_that_is_said_again_follows_from_nothing() -> None:
    stated = r"p(v | h) = \mathcal{N}(v; g(h), s^2 I)"
    assert not isinstance(last(VECTORS, stated).verdict, Supported)


def test_a_model_that_is_not_the_latest_is_named() -> None:
    later = (
        NOISE + r" and with heavy tails $$ t = \mathbf{w}^\top \mathbf{u} + d, \quad d \sim \mathrm{Laplace}(0, s) $$"
    )
    found = last(later, GAUSSIAN)
    assert isinstance(found.verdict, Supported)
    assert found.verdict.holds_if is not None and "under the law that line" in found.verdict.holds_if


DENSITY = r"p(\lambda) = \frac{b^a}{\Gamma(a)} \lambda^{a-1} \exp[-b\lambda]"
DROPPED = "up to a constant that we ignore"


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("", "", False),
        ("a-1", "a+1", True),  # no constant
        (r"\Gamma(a)", r"\Gamma(a)^2", True),  # nothing is left out
        (r"\frac{b^a}", r"\frac{2 b^a}", False),
        (r"\frac{b^a}{\Gamma(a)} ", "", False),
    ],
)
def test_a_constant_that_is_left_out_excuses_no_more_than_that(old: str, new: str, wrong: bool) -> None:
    latex = DENSITY.replace(old, new) if old else DENSITY
    notes = rf"The prior $$ p(\lambda) = \mathrm{{Gam}}(\lambda; a, b) $$ has the density $$ {latex} $$ {DROPPED}."
    assert isinstance(judged(notes)[-1].verdict, Refuted) is wrong
