"""Operators with what stands under them, and functions typed as bare letters."""

from __future__ import annotations

import pytest

from errata.reading.parser import parse
from errata.reading.tree import opaque_parts
from errata.reading.unparse import to_latex
from errata.reading.words import words


@pytest.mark.parametrize(
    ("latex", "same"),
    [
        (r"\underset{x}{\max} f(x) + 1", r"\max_x f(x) + 1"),
        (r"\underset{x}\min f(x)", r"\min_x f(x)"),
        (r"\underset{\theta}{\arg\max} L(\theta) = 2", r"\arg\max_\theta L(\theta) = 2"),
        (r"\underset{\theta}{\text{argmin}} L(\theta)", r"\arg\min_\theta L(\theta)"),
        (r"\underset{n \to \infty}{\lim} \frac{1}{n} = 0", r"\lim_{n \to \infty} \frac{1}{n} = 0"),
        (r"\underset{x \in A}{\sum} x^2 + 1", r"\sum_{x \in A} x^2 + 1"),
        (r"\underset{z \sim p}{\mathbb{E}}[z] = 0", r"\mathbb{E}_{z \sim p}[z] = 0"),
        (r"\mathop{\text{max}}_{i} a_i", r"\max_i a_i"),
        (r"\cos\phi \, \mathbf{x} - \sin\phi \, \vec{y}", r"\cos(\phi) \mathbf{x} - \sin(\phi) \vec{y}"),
        (r"\sin\omega t \boldsymbol{e}_1", r"\sin(\omega t) \boldsymbol{e}_1"),
        (r"\cos^2\phi \bm{x}", r"\cos^2(\phi) \bm{x}"),
        (r"log(x y) = log x + log y", r"\log(x y) = \log x + \log y"),
        (r"max(a, b) = - min(-a, -b)", r"\max(a, b) = - \min(-a, -b)"),
    ],
)
def test_read_as_in_common_notation(latex: str, same: str) -> None:
    root = parse(latex)
    assert words(root) == words(parse(same))
    assert not list(opaque_parts(root))


@pytest.mark.parametrize(
    "latex",
    [
        r"\cos 2 \pi \mathbf{B} \mathbf{v}",
        r"\sin \theta \mathbf{w}^T \mathbf{x}",
        r"\cos \mathbf{w} \mathbf{x}",
        r"\log \sigma \mathbf{x}",
        r"\sin x y",
    ],
)
def test_what_may_be_one_argument_stays_one(latex: str) -> None:
    head, _, rest = latex.partition(" ")
    assert words(parse(latex)) == words(parse(f"{head}({rest})"))


@pytest.mark.parametrize("latex", [r"\underset{x}{\max} f(x)", r"\underset{z \sim p}{\mathbb{E}}[z]"])
def test_written_as_it_was(latex: str) -> None:
    assert to_latex(parse(latex)).replace(" ", "") == latex.replace(" ", "")


def test_a_label_under_a_name_is_no_index() -> None:
    assert words(parse(r"\underset{(n \times 1)}{y}")) != words(parse(r"y_{(n \times 1)}"))


def test_what_stands_over_and_under_an_arrow_is_no_factor() -> None:
    for latex in (r"R_n \xrightarrow[]{p} \mu = 1", r"R_n \xrightarrow[n \to \infty]{p} \mu = 1"):
        assert words(parse(latex)).endswith("μ = 1") and "p·μ" not in words(parse(latex))
