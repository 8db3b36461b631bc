"""What sentences say of samples: means, variances and laws in words and formulas, and what they don't say."""

from __future__ import annotations

import pytest

from errata.reading.names import key
from errata.reading.parser import parse
from errata.reading.said_samples import member_letter, said_samples
from errata.reading.sources import read_document


def said(text):
    document = read_document("a.md", text)
    return list(said_samples(document, [parse(f.latex) for f in document.formulas]))


@pytest.mark.parametrize(
    ("text", "mean", "variance"),
    [
        (r"Let $X_1, \dots, X_n$ be i.i.d. with mean $\mu$ and variance $\sigma^2$.", r"\mu", r"\sigma^2"),
        (r"Let $X_1, X_2, \dots$ be independent copies with expectation $m$ and standard deviation $s$.", "m", "s^2"),
        (r"The $X_i$ are iid with variance $\sigma^2 < \infty$ and mean $\mu = \mathbb E[X_1]$.", r"\mu", r"\sigma^2"),
        (r"A random sample $X_1, \dots, X_n$ has zero mean and unit variance.", "0", "1"),
        (r"Let $X_1, \dots, X_n$ be i.i.d. with mean $0$ and variance $1$.", "0", "1"),
    ],
)  # fmt: skip
def test_means_and_variances_in_words(text, mean, variance):
    found = said(text)[0]
    assert found.letter == "X" and found.independent and found.mean is not None and found.variance is not None
    assert key(found.mean) == mean and key(found.variance) == variance


def test_means_and_variances_in_formulas():
    found = said(r"Here $\mathbb E[X_i] = \mu$ and $\operatorname{Var}(X_i) = \sigma^2 < \infty$.")
    assert [(s.mean and key(s.mean), s.variance and key(s.variance)) for s in found] == [
        (r"\mu", None),
        (None, r"\sigma^2"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        r"Let $X_1, \dots, X_n$ be i.i.d. The other one has mean $\mu$.",
        r"Let $X_1, \dots, X_n$ be i.i.d. with sample mean $\bar X$ and sample variance $S^2$.",
        r"Let $X_1, \dots, X_n$ be i.i.d., and let $Y_1, \dots, Y_n$ have mean $\mu$.",
        r"Let $X_1, \dots, X_n$ be independent with means $\mu_i$.",
        r"Let $X_1, \dots, X_n$ be i.i.d., so that $\bar X$ has mean $m$.",
    ],
)
def test_what_is_said_of_something_else(text):
    assert all(s.mean is None for s in said(text) if s.letter == "X")


def test_dependent_members_are_none_of_a_sample():
    assert not said(r"Let $X_1, \dots, X_n$ be dependent with mean $\mu$.")[0].independent
    assert not said(r"Let $X_1, \dots, X_n$ be not independent.")[0].independent


def test_a_law_in_words():
    found = said(r"Let $x_1, \dots, x_n$ be drawn independently from $\mathrm{Poisson}(\lambda)$.")[0]
    assert found.independent and found.law is not None and found.law.name == "Poisson"


def test_members():
    letters = {t: member_letter(parse(t).statements[0]) for t in ("X_i", "X_1", "X_{n}", "X", r"\bar X_n", "X_i^2")}
    assert letters == {"X_i": "X", "X_1": "X", "X_{n}": "X", "X": None, r"\bar X_n": None, "X_i^2": None}


def test_a_variance_that_changes_with_the_size_is_none_of_a_sample():
    assert said(r"Let $X_1, \dots, X_n$ be i.i.d. with variance $\sigma_n^2$.")[0].variance is None
