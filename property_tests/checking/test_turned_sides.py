"""Sides with a sign or a power too many: refuted where they hold without it, and left alone where that isn't known."""

from __future__ import annotations

import pytest

from claims.verdict import Proved, Refuted, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.checking.repairs import SLIPS
from errata.reading.sources import read_document


def last(text: str) -> Judged:
    return examine(read_document("page.md", text.encode()), Options()).judged[-1]


HOLDS = [
    (r"Let $X \sim \mathrm{Exp}(\lambda)$. Then", r"F_X(x)", r"1 - e^{-\lambda x}"),
    (r"Let $X \sim \mathcal{N}(\mu, \sigma^2)$. Hence", r"\mathrm{median}(X)", r"\mu"),
    (r"If $X \sim \mathcal{N}(\mu, \sigma^2)$, we have", r"\mathrm{E}(X)", r"\mu"),
    ("The variance is", r"\mathrm{Var}(X + a)", r"\mathrm{E}[(X - \mathrm{E}(X))^2]"),
]


@pytest.mark.parametrize(("words", "head", "value"), HOLDS)
@pytest.mark.parametrize(("before", "after", "slip"), [("-", "", "sign"), ("", "^2", "square")])
def test_a_sign_or_a_power_too_many_is_refuted(words: str, head: str, value: str, before: str, after: str, slip: str):
    right, wrong = (last(f"{words}\n\n$$ {b} {head} {a} = {value} $$") for b, a in (("", ""), (before, after)))
    assert isinstance(right.verdict, Supported | Proved) and right.rule is None
    assert isinstance(wrong.verdict, Refuted) and wrong.verdict.by.left != wrong.verdict.by.right
    assert wrong.rule in ("E314", "E315") or (wrong.label or "").startswith(SLIPS[slip])


def test_a_mean_isn_t_defined_by_its_square():
    mean = r"\frac{1}{n} \sum_{i=1}^n y_i"
    assert not isinstance(last(rf"$$ \bar{{y}} = {mean} $$").verdict, Refuted)
    wrong = last(rf"$$ \bar{{y}}^2 = {mean} $$")
    assert isinstance(wrong.verdict, Refuted) and wrong.label == "a square is missing or too many (left side)"


@pytest.mark.parametrize(
    "text",
    [
        r"$$ -\ell(\theta) = \frac{n}{2} \log \sigma^2 $$",  # what ℓ is, only this says
        r"$$ R(x)^2 = 1 - \frac{A(x)}{B(x)} $$",
        r"$$ s^2 = \frac{1}{n - 1} \sum_{i=1}^n (y_i - \bar{y})^2 $$",
        r"$$ f(x)^2 = f(x) $$",
        "Solving\n\n" + r"$$ -\mathrm{E}(X) = 3 $$",
        r"Let $X \sim \mathcal{N}(0, 1)$. Then $$ -\mathrm{E}(X) = 0 $$",
    ],
)
def test_what_only_the_relation_says_may_have_a_sign_or_a_power(text: str):
    assert last(text).rule is None
