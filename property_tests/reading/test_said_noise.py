"""Names that sentences say to be standard normal."""

from __future__ import annotations

import pytest

from errata.reading.names import key
from errata.reading.said_noise import said_noise
from errata.reading.sources import read_document


def named(text: str) -> list[str]:
    return [key(name) for name, _ in said_noise(read_document("a.md", text.encode()))]


@pytest.mark.parametrize(
    "text",
    [
        r"Take noise $\xi$ from the standard normal and move it.",
        r"Take noise $\xi$ from a standard normal distribution.",
        r"with standard normal $\xi$ at each step",
        r"with standard Gaussian noise $\xi$ at each step",
        r"where $\xi$ is standard normal.",
        r"where $\xi$ is standard Gaussian noise.",
        r"where $\xi$ is drawn from a standard normal distribution",
        r"and $\xi$ is sampled independently from the standard Gaussian, once more",
        r"where $\xi$ denotes a standard normal random variable",
        r"and $\xi$ follows a unit Gaussian.",
        r"a draw of $\xi$, a standard normal variable, is kept",
    ],
)
def test_what_words_say(text):
    assert named(text) == [r"\xi"]


@pytest.mark.parametrize(
    "text",
    [
        r"where $\xi$ is the standard normal distribution function.",
        r"where $\xi$ is the standard normal density.",
        r"with the standard normal quantile $\xi$",
        r"where $\xi$ is not standard normal.",
        r"If $\xi$ is standard normal, then so is its negative.",
        r"where $\xi$ is normal.",
        r"Gaussian noise $\xi$ of some variance",
        r"where $\xi$ is the mean of a standard normal variable",
        r"where $\xi = 2$ is standard normal.",
    ],
)
def test_what_words_leave_open(text):
    assert named(text) == []
