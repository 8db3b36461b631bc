"""Laws that a sentence announces in words: what is read, what is not, and what the density after it is held against."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.families.announced import announced
from errata.reading.sources import read_document
from errata.reading.unparse import to_latex

SAID = [
    (r"The noise model is Gaussian with fixed variance $v = 1$:", ("N", "1")),
    (r"Take a normal law with variance $s^2$.", ("N", "s^2")),
    (r"It is a Gaussian distribution with standard deviation $s$:", ("N", "(s)^2")),
    (r"With a unit-variance Gaussian we have", ("N", "1")),
    (r"the density is normal with unit variance, so", ("N", "1")),
    (r"Let it be Laplace with scale $b$:", ("Laplace", "b")),
]
SILENT = [
    "The density is Gaussian:",
    "It is not Gaussian with unit variance:",
    "It is Gaussian with unit variance. For another law,",
    "If it were Gaussian with unit variance,",
    "The variance is one:",
]


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_a_law_with_its_spread_is_read(text, expected):
    found = announced(text)
    assert found is not None
    assert (found.name, to_latex(found.spread)) == expected


@pytest.mark.parametrize("text", SILENT)
def test_no_law_is_read_where_none_is_given(text):
    assert announced(text) is None


def last(text: str):
    return examine(read_document("notes.md", text.encode()), Options()).judged[-1].verdict


GAUSS = "We take the noise to be Gaussian with variance $v = 1$:\n$$ p(t | h) = %s $$"
DEVIATION = "The density is normal with standard deviation $s$:\n$$ p(t | h) = %s $$"
LAPLACE = "The density is Laplace with scale $b$:\n$$ p(t | h) = %s $$"
RIGHT = [
    (GAUSS, r"\frac{1}{\sqrt{2 \pi}} e^{-\frac{1}{2} (t - \hat{t})^2}"),
    (GAUSS, r"\frac{1}{\sqrt{2 \pi}} \exp(-(\hat{t} - t)^2 / 2)"),
    (DEVIATION, r"\frac{1}{\sqrt{2 \pi} s} \exp(-\frac{(t - g(h))^2}{2 s^2})"),
    (LAPLACE, r"\frac{1}{2 b} \exp(-\frac{|t - m|}{b})"),
]
SLIPS = [
    (0, r"\frac{1}{2} ", ""),
    (0, "e^{-", "e^{"),
    (0, "2 \\pi", "\\pi"),
    (0, ")^2", ")"),
    (1, "/ 2", ""),
    (2, "2 s^2", "s^2"),
    (2, r"\pi} s", r"\pi} s^2"),
    (3, "2 b", "b"),
]


@pytest.mark.parametrize(("text", "density"), RIGHT)
def test_the_density_of_an_announced_law_is_supported(text, density):
    found = last(text % density)
    assert isinstance(found, Supported)
    assert "t is a number" in found.holds_if


@pytest.mark.parametrize(("which", "old", "new"), SLIPS)
def test_a_slip_in_it_is_refuted(which, old, new):
    text, density = RIGHT[which]
    assert old in density
    assert isinstance(last(text % density.replace(old, new, 1)), Refuted)


def test_a_formula_that_does_not_say_where_the_law_lies_is_left():
    wrong = RIGHT[0][1].replace(r"\frac{1}{2} ", "").replace("t - ", "t + ")
    assert not isinstance(last(GAUSS % wrong), Supported | Refuted)


BOTH = "The log-density of a normal law with mean $m$ and variance $v^2$ is\n\n$$\n\\log p(t \\mid m, v^2) = %s\n$$\n"


def test_a_law_with_both_parameters():
    found = announced(r"The density of a normal law with mean $m$ and standard deviation $s$ is")
    assert found is not None and found.location is not None
    assert (to_latex(found.location), to_latex(found.spread)) == ("m", "(s)^2")
    assert isinstance(last(BOTH % r"-\frac{1}{2} \log(2 \pi v^2) - \frac{(t - m)^2}{2 v^2}"), Supported)


@pytest.mark.parametrize(
    "wrong",
    [
        r"-\frac{1}{2} \log(2 \pi v) - \frac{(t - m)^2}{2 v^2}",
        r"-\frac{1}{2} \log(2 \pi v^2) - \frac{(t - m)^2}{v^2}",
        r"-\log(2 \pi v^2) - \frac{(t - m)^2}{2 v^2}",
        r"-\frac{1}{2} \log(2 \pi v^2) + \frac{(t - m)^2}{2 v^2}",
    ],
)
def test_a_wrong_density_of_it(wrong):
    assert isinstance(last(BOTH % wrong), Refuted)


@pytest.mark.parametrize(
    "text",
    [
        BOTH % r"-\frac{(t - m)^2}{2 v^2}",
        BOTH.replace("The log-density", "Up to a constant, the log-density") % r"-\frac{(t - m)^2}{2 v^2}",
        BOTH.replace("=", r"\propto") % r"-\frac{(t - m)^2}{2 v^2}",
        BOTH.replace("a normal law", "not a normal law") % r"-\frac{1}{2} \log(2 \pi v) - \frac{(t - m)^2}{2 v^2}",
        BOTH.replace(r"p(t", r"\tilde p(t") % r"-\frac{(t - m)^2}{2 v^2}",
        BOTH % r"-\frac{1}{2} \log(2 \pi v) - \frac{(t - n)^2}{2 v^2}",
    ],
)
def test_what_may_be_another_density(text):
    assert not isinstance(last(text), Refuted)
