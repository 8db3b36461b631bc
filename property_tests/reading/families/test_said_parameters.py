"""Parameters that words call a rate, a scale, a variance; and words that speak of something else."""

from __future__ import annotations

import pytest

from errata.reading.families.said_parameters import roles_said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (r"with shape $a$ and rate $b$", [("rate", "b")]),
        (r"with rate parameter $\lambda$", [("rate", "\\lambda")]),
        (r"with inverse scale $b$", [("rate", "b")]),
        (r"where $s$ is the standard deviation", [("standard deviation", "s")]),
        (r"with $v$ the variance", [("variance", "v")]),
        (r"with standard deviation $\sigma_1$", [("standard deviation", "\\sigma_1")]),
        (r"with mean $m$ and variance $v$", [("mean", "m"), ("variance", "v")]),
        (r"with variance $\sigma^2$", []),
        (r"with learning rate $b$", []),
        (r"where $s$ is the scale of $X$", []),
        (r"the rates $a$ and $b$", []),
    ],
)
def test_what_words_call_a_name(text: str, said: list[tuple[str, str]]) -> None:
    assert [(role, name) for role, name, _ in roles_said(text)] == said


def test_the_place_is_that_of_the_words() -> None:
    text = r"It has the rate $b$."
    ((_, _, place),) = roles_said(text)
    assert text[place:].startswith("rate")
