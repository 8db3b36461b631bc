"""Entropies and moments of laws that are written out: right ones are supported, planted slips refuted."""

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def first(relation: str, before: str = "For these laws,") -> Judged:
    text = f"{before}\n\n$$ {relation} $$\n"
    judged = examine(read_document("notes.md", text), Options()).judged
    return next(j for j in judged if j.relation == "=")


RIGHT = [
    r"h(\mathcal{N}(\mu, \sigma^2)) = \frac{1}{2} \log(2 \pi e \sigma^2)",
    r"\mathrm{h}[N(m, v)] = \frac{1}{2} + \frac{1}{2} \ln(2 \pi v)",
    r"H(\mathrm{Bern}(p)) = -p \log p - (1 - p) \log (1 - p)",
    r"h(\mathrm{Uniform}(a, b)) = \log(b - a)",
    r"\mathbb{E}[\mathrm{Exp}(\lambda)] = \frac{1}{\lambda}",
    r"\mathrm{Var}(\mathrm{Laplace}(\mu, b)) = 2 b^2",
    r"\mathcal{N}(0, 1) \to h = \frac{1}{2} \log(2 \pi e)",
]
WRONG = [
    r"h(\mathcal{N}(\mu, \sigma^2)) = \frac{1}{2} \log(2 \pi \sigma^2)",
    r"h(\mathcal{N}(\mu, \sigma^2)) = \frac{1}{2} \log(2 \pi e \sigma)",
    r"h(\mathcal{N}(\mu, \sigma^2)) = \log(2 \pi e \sigma^2)",
    r"H(\mathrm{Bern}(p)) = p \log p - (1 - p) \log (1 - p)",
    r"h(\mathrm{Uniform}(a, b)) = \log(b + a)",
    r"\mathrm{Var}(\mathrm{Laplace}(\mu, b)) = b^2",
    r"\mathcal{N}(0, 1) \to h = \log(2 \pi e)",
]
OPEN = [
    r"\mathbb{E}[F(u, v)] = \frac{v}{v - 2}",
    r"E(B(a, b)) = \frac{b}{a + b}",
    r"h(g(\mu, \sigma^2)) = \frac{1}{2} \log(2 \pi \sigma^2)",
    r"x_0 \to h = \log(2 \pi e)",
]


@pytest.mark.parametrize("relation", RIGHT)
def test_what_holds_of_a_law_that_is_written_out_is_supported(relation: str) -> None:
    assert isinstance(first(relation).verdict, Supported)


@pytest.mark.parametrize("relation", WRONG)
def test_a_planted_slip_is_refuted_with_a_witness(relation: str) -> None:
    found = first(relation)
    assert isinstance(found.verdict, Refuted) and found.rule == "E314" and found.message


@pytest.mark.parametrize("relation", OPEN)
def test_letters_that_may_be_functions_are_no_laws(relation: str) -> None:
    assert not isinstance(first(relation).verdict, Refuted | Supported)


def test_bits_are_a_reading_that_is_named() -> None:
    found = first(r"H(\mathrm{Bernoulli}(p)) = -p \log_2 p - (1 - p) \log_2 (1 - p)")
    assert isinstance(found.verdict, Supported) and found.verdict.holds_if == "it is in bits"


def test_a_value_that_the_text_gives_a_parameter_may_save_a_relation() -> None:
    found = first(r"h(\mathcal{N}(\mu, \sigma^2)) = \frac{3}{2} \log(2 \pi) + \log(e)", r"Here $\sigma = \sqrt{2\pi}$.")
    assert not isinstance(found.verdict, Refuted)


@pytest.mark.parametrize(
    ("before", "wrong"),
    [("For the special case of $\\mathcal{N}(0, 1)$", True), ("If we want", False), ("For large variances", False)],
)
def test_laws_that_are_written_out_need_no_case_to_be_meant(before: str, wrong: bool) -> None:
    divergence = r"\mathrm{KL}(\mathcal{N}(\mu, \sigma^2) \parallel \mathcal{N}(0, 1))"
    right = divergence + r" = \frac{1}{2} (\mu^2 + \sigma^2 - 1 - \log \sigma^2)"
    assert isinstance(first(right, before).verdict, Supported)
    slip = right.replace(r"(\mu^2", r"(2 \mu^2")
    assert isinstance(first(slip, before).verdict, Refuted) is wrong
    lost = right.replace(r"\mu^2 + ", "")  # without μ on the right it may be for μ = 0
    assert not isinstance(first(lost, "In the special case").verdict, Refuted)
