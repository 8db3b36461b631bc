"""Relations that open a chain, under laws whose parameters the document gives values somewhere else."""

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def second(text: str) -> Judged:
    """The first relation that has an operator or a density on its left."""
    found = examine(read_document("notes.md", text), Options()).judged
    return next(j for j in found if j.left.startswith((r"\mathrm", "P(", "p(", "f_")) and j.relation == "=")


LATER = "\n\n\nNow consider $b = 1$, $a = 2$, $p = 0.5$."


@pytest.mark.parametrize(
    ("law", "right", "wrong"),
    [
        (
            r"X \sim \mathrm{Gam}(a, b)",
            r"\mathrm{E}(\ln X) = \psi(a) - \ln b",
            r"\mathrm{E}(\ln X) = 2 \psi(a) - \ln b",
        ),
        (r"X \sim \mathrm{Gam}(a, b)", r"\mathrm{Var}(X) = \frac{a}{b^2}", r"\mathrm{Var}(X) = \frac{a}{b}"),
        (r"Y \sim \mathrm{Bern}(p)", r"P(Y = 0 \mid p) = 1 - p", r"P(Y = 0 \mid p) = 1 + p"),
        (
            r"Y \sim \mathrm{Bern}(p)",
            r"P(Y = y \mid p) = p^y (1 - p)^{1 - y}",
            r"P(Y = y \mid p) = p^p (1 - p)^{1 - y}",
        ),
    ],
)
def test_a_value_that_is_given_elsewhere_does_not_save_a_slip(law: str, right: str, wrong: str) -> None:
    assert isinstance(second(f"Let ${law}$. Then\n\n$$ {right} $$\n{LATER}").verdict, Supported)
    found = second(f"Let ${law}$. Then\n\n$$ {wrong} $$\n{LATER}")
    assert isinstance(found.verdict, Refuted) and found.rule in ("E314", "E315")


@pytest.mark.parametrize(
    "text",
    [
        r"Let $X \sim \mathrm{Gam}(a, b)$ and $b = 1$. Then $$ \mathrm{Var}(X) = \frac{a}{b} $$",
        r"Let $X \sim \mathrm{Gam}(a, b)$. Then $$ \mathrm{Var}(X) = \frac{a}{b} , $$ where $b = 1$. Let $a = 2$.",
        r"Let $X \sim \mathcal{N}(\mu, \sigma^2)$ with $\sigma^2 = 1$. Then $$ \mathrm{E}(X^2) = \mu^2 + \sigma $$",
        r"Let $a = 1$. Let $n \sim \mathrm{NB}(a, b)$. Its moments are "
        r"$$ \mathrm{Var}(n) = \frac{a}{b^2} (b + 1) $$ and $$ \mathrm{E}(n) = \frac{a}{b} $$",  # b counts otherwise
        r"Let $X \sim \mathrm{Gam}(a, b)$ and $b = a$. Then $$ \mathrm{E}(X) = \frac{a}{a} $$",
        r"Let $X \sim \mathrm{Bern}(p)$ and $p = \frac{1}{2}$. Then $$ \mathrm{E}(X) = 1 - p $$",
        "# Units\n\nTake $\\sigma = 1$.\n\n# Moments\n\nLet $X \\sim \\mathcal{N}(\\mu, \\sigma^2)$. Then "
        r"$$ \mathrm{E}(X^2) = \mu^2 + \sigma $$",
        "# Units\n\nTake $\\sigma = 1$.\n\n# Moments\n\nLet $X \\sim \\mathcal{N}(\\mu, \\sigma^2)$. Then "
        r"$$ \mathrm{E}(X^2) = \mu^2 + 1 $$",
    ],
)
def test_a_value_that_is_given_here_may_save_it(text: str) -> None:
    assert not isinstance(second(text).verdict, Refuted)


@pytest.mark.parametrize(("right", "wrong"), [(r"\frac{a}{b}", r"\frac{2 a}{b}"), (r"\frac{a}{b}", r"\frac{a^2}{b}")])
def test_what_is_concluded_from_a_law_is_no_equation_to_be_solved(right: str, wrong: str) -> None:
    law = r"$$ X \sim \mathrm{Gam}(a, b) \Rightarrow \mathrm{E}(X) = %s $$"
    text = f"In the special case $b = 1$ it is easy. One has\n\n{law}\n"
    assert isinstance(second(text % right).verdict, Supported)
    assert isinstance(second(text % wrong).verdict, Refuted)
    assert not isinstance(second(text.replace(r"\sim \mathrm{Gam}(a, b)", "= 1") % wrong).verdict, Refuted)


@pytest.mark.parametrize(
    ("right", "refuted"), [(r"\psi(a) - \ln b", False), (r"\psi(a) - \frac{1}{2} \ln b", True), (r"\psi(a)", False)]
)
def test_a_law_written_with_a_name_in_the_premise_is_meant_for_all_its_values(right: str, refuted: bool) -> None:
    """Who means b = 1 writes Gam(a, 1); what only lacks a term may still be said of another law."""
    law = r"X \sim \mathrm{Gam}(a, b)"
    further = "\n\nMore is said.\n\n" * 4  # what is said right before may be meant
    text = rf"It follows that $$ {law} \quad \Rightarrow \quad \mathrm{{E}}(\ln X) = {right} $$"
    assert not isinstance(second(f"Consider the case $b = 1$. {text}").verdict, Refuted)
    text = f"Consider the case $b = 1$.{further}{text}"
    assert isinstance(second(text).verdict, Refuted) is refuted


def test_the_value_of_a_name_may_be_meant_where_no_premise_writes_it() -> None:
    text = r"Let $X \sim \mathrm{Gam}(a, b)$. Take $b = 1$. $$ \mathrm{E}(\ln X) = \psi(a) - \frac{1}{2} \ln b $$"
    assert not isinstance(second(text).verdict, Refuted)
