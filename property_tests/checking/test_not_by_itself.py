"""What supports a relation is something else than the relation, and could have failed."""

from __future__ import annotations

import pytest

from claims.verdict import Proved, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document

EXPONENTIAL = r"Let $g(x) = e^x$. The derivative is "
LOGISTIC = r"Let $\sigma(x) = \frac{1}{1+e^{-x}}$. The derivative is "


def judged(page: str) -> tuple[Judged, ...]:
    return tuple(examine(read_document("page.md", page.encode()), Options()).judged)


def holds(page: str) -> bool:
    return isinstance(judged(page)[-1].verdict, Proved | Supported)


@pytest.mark.parametrize(
    ("definition", "right", "wrong"),
    [
        (EXPONENTIAL, r"$g''(x) = g(x)$.", r"$g''(x) = g(2x)$."),
        (EXPONENTIAL, r"$\frac{d}{dx} g(x) = g(x)$.", r"$\frac{d}{dx} g(x) = g(y)$."),
        (EXPONENTIAL, r"$g'(t) = g(t)$.", r"$g'(t) = g(x)$."),
        (LOGISTIC, r"$\sigma'(x) = \sigma(x)(1-\sigma(x))$.", r"$\sigma'(x) = \sigma(x)(1-\sigma(y))$."),
        (LOGISTIC, r"$\sigma'(x) = \sigma(x)\sigma(-x)$.", r"$\sigma'(x) = \sigma(x)\sigma(x)$."),
    ],
)
def test_the_body_of_a_function_stands_for_it_at_its_own_argument(definition: str, right: str, wrong: str) -> None:
    assert holds(definition + right)
    assert not holds(definition + wrong)


def test_what_was_found_from_a_relation_does_not_support_it() -> None:
    given, found = r"$$ s = \frac{2}{a v} $$", r"$$ a = \frac{2}{s v} $$"
    first, _, again = judged(f"{given}\n\nSolved for the rate,\n\n{found}\n\nFor with the rate of above\n\n{given}\n")
    assert not isinstance(first.verdict, Proved | Supported)
    assert not isinstance(again.verdict, Proved | Supported)


def test_a_definition_in_other_names_still_supports_what_follows_from_it() -> None:
    page = "$$ m = u + v $$\n\n$$ k = 2 m $$\n\nAnd so\n\n$$ k = %s $$\n"
    assert holds(page % "2 u + 2 v")
    assert not holds(page % "2 u + v")


@pytest.mark.parametrize("factor", ["", "-", "3"])
def test_sides_that_are_zero_wherever_they_are_tried_support_nothing(factor: str) -> None:
    page = rf"$$ e = a - a $$ and $$ h = b - b $$ Then we have $$ {factor} e k = h m. $$"
    assert not holds(page)
