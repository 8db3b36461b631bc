"""Of which text the words can be read; text in another language is told from English, however full of formulas."""

from __future__ import annotations

import pytest

from errata.reading.language import is_understood

ENGLISH = (
    "If the two events are disjoint, then the probability that one of them happens is the sum of their probabilities, "
    "and we write it as a sum of $P(A)$ and $P(B)$ below."
)


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        "",
        "Nebenbei: $x = 1$.",
        r"$$\int_0^1 \text{les} \; dx$$ " * 30,
        "两个事件互斥,因此它们的概率相加,我们在下面写出来。" * 5,
        "```\nfuer jedes Element wiederhole was oben steht bis nichts mehr uebrig ist und so weiter\n```" * 3,
    ],
)
def test_what_is_understood(text: str) -> None:
    assert is_understood(text)


@pytest.mark.parametrize(
    "text",
    [
        "Si les deux événements sont incompatibles, la probabilité que l'un d'eux se réalise est la somme de leurs "
        "probabilités, que nous écrivons ainsi dans la suite du cours pour tous les événements $A$ et $B$.",
        "Nếu hai biến cố xung khắc thì xác suất để một trong hai xảy ra là tổng các xác suất của chúng, "
        "và ta viết như sau cho mọi biến cố trong bài này.",
        "Wenn zwei Ereignisse sich ausschließen, so ist die Wahrscheinlichkeit, dass eines von ihnen eintritt, die "
        "Summe ihrer Wahrscheinlichkeiten, und wir schreiben sie unten als eine solche Summe hin.",
    ],
)
def test_what_is_not(text: str) -> None:
    assert not is_understood(text)


def test_a_short_text_is_in_the_language_of_the_whole() -> None:
    french = (
        "Si les deux événements sont incompatibles, la probabilité que l'un d'eux se réalise est la somme de leurs "
        "probabilités, que nous écrivons ainsi dans la suite du cours pour tous les événements $A$ et $B$."
    )
    assert not is_understood("On a donc", french)
    assert is_understood("We have")
    assert is_understood("We have", "The two events are disjoint, so that the chance of one of them is the sum. " * 3)
