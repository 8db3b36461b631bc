"""What silences a refutation speaks of the relation itself: the same words elsewhere do not."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

WRONG = [
    r"$$ E[X + Y] = E[X] - E[Y] $$",
    r"$$ H(X, Y) = H(X) - H(Y \mid X) $$",
    r"$$ p(a \mid b) = \frac{p(b \mid a) p(a)}{p(a)} $$",
]
BEFORE = [
    "It is short only if $n$ is even.",
    "We write $B = b$ for its value.",
    "Setting the derivative to zero is left as an exercise.",
]


def refuted(page: str) -> bool:
    judged = examine(read_document("page.md", page.encode()), Options()).judged
    return any(isinstance(j.verdict, Refuted) for j in judged)


@pytest.mark.parametrize("relation", WRONG)
@pytest.mark.parametrize("before", BEFORE)
def test_words_about_something_else_silence_nothing(before: str, relation: str) -> None:
    assert refuted(f"Let $X$ and $Y$ be random variables. {before} We have\n\n{relation}\n")


@pytest.mark.parametrize("relation", WRONG)
def test_words_paragraphs_below_silence_nothing(relation: str) -> None:
    assert refuted(f"Let $X$ and $Y$ be random variables.\n\n{relation}\n\nSo much for it.\n\nIt is optimal.\n")


@pytest.mark.parametrize(
    "page",
    [
        "Let $X$ and $Y$ be random variables. To find the law we set\n\n$$ E[X + Y] = E[X] - E[Y] $$\n",
        "Let $X$ and $Y$ be independent random variables.\n\n$$ E[X Y] = E[X] E[Y] $$\n",
    ],
)
def test_words_about_the_relation_still_do(page: str) -> None:
    assert not refuted(page)


SWAPPED = r"$$\sum_x p(x) \log \frac{p(x)}{q(x)} = \sum_x q(x) \log \frac{p(x)}{q(x)}$$"


def test_what_is_optimal_is_said_of_a_law_to_make_it_the_other() -> None:
    assert refuted(f"The discriminator is optimal.\n\n{SWAPPED}\n")
    assert not refuted(f"This holds once $q$ is optimal.\n\n{SWAPPED}\n")
    assert not refuted(f"We are at an optimum.\n\n{SWAPPED}\n")
