"""Draws as moved and stretched noise: those with the stated law are supported, others are left."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.families.draws import DEVIATION
from errata.checking.options import Options
from errata.reading.sources import read_document

VARIANCE = r"Let $w = r(u)$. To draw $w \sim \mathcal{N}(a, b^2)$, draw $u \sim \mathcal{N}(0, 1)$ and $w = %s$."
VECTOR = r"Let $w = r(u)$. What is $w \sim \mathcal{N}(a, b)$? We take $u \sim \mathcal{N}(0, I)$ and $w = %s$."
WIDE = r"Let $w = r(u)$. To draw $w \sim \mathcal{N}(a, 4 b^2)$, draw $u \sim \mathcal{N}(0, 4)$ and $w = %s$."
RIGHT = [(VARIANCE, "a + b u"), (VECTOR, r"a + b \odot u"), (WIDE, "a + b u"), (VARIANCE, r"b \cdot u + a")]
WRONG = [
    (VARIANCE, "a + b^2 u"),
    (VARIANCE, "a + 2 b u"),
    (VARIANCE, "b + a u"),
    (VARIANCE, "a u + b u"),
    (VARIANCE, "a + b"),
    (VECTOR, r"a + b^2 \odot u"),
    (VECTOR, r"a - a \odot u"),
    (WIDE, "a + 2 b u"),
    (VARIANCE, "a + b u^2"),
]


def last(text: str, body: str):
    return examine(read_document("a.md", (text % body).encode()), Options()).judged[-1].verdict


@pytest.mark.parametrize(("text", "body"), RIGHT)
def test_a_draw_with_the_stated_law_is_supported(text, body):
    found = last(text, body)
    assert isinstance(found, Supported)
    assert found.holds_if == (DEVIATION if text is VECTOR else None)


@pytest.mark.parametrize(("text", "body"), WRONG)
def test_a_draw_with_another_law_is_left(text, body):
    assert not isinstance(last(text, body), Supported | Refuted)


def test_without_a_law_of_the_noise_nothing_is_said():
    assert not isinstance(last(VARIANCE.replace(r"draw $u \sim \mathcal{N}(0, 1)$ and", ""), "a + b u"), Supported)


def test_what_holds_of_numbers_shows_nothing_of_matrices():
    text = r"Let $w = r(u)$. Here $w \sim \mathcal{N}(X a, v)$ and $u \sim \mathcal{N}(0, v)$, so $w = %s$."
    assert not isinstance(last(text, "X a + u"), Supported | Refuted)


def test_a_law_that_is_stated_later_says_nothing_of_the_model():
    text = r"Let $w = r(u)$. Here $u \sim \mathcal{N}(0, 1)$ and $w = %s$, so that $w \sim \mathcal{N}(a, b^2)$."
    document = read_document("a.md", (text % "a + b u").encode())
    found = [j for j in examine(document, Options()).judged if j.right.startswith("a + b u")]
    assert not isinstance(found[0].verdict, Supported)
