"""Moments in words: each belongs to the variable that has it, and none to the moments themselves."""

from __future__ import annotations

from functools import partial

import pytest

from errata.checking.context import State, root_of
from errata.checking.options import Options
from errata.meaning.elaborate import Notation
from errata.meaning.printing import to_latex
from errata.page.random_variables import moments_in_words
from errata.reading.markdown import read_markdown


@pytest.mark.parametrize(
    ("text", "moments"),
    [
        ("A crop $Y$ with mean $m$ and variance $v$.", {"Y": ("m", "v")}),
        ("A crop with mean $m$ and variance $v$ is called $Y$.", {}),
        ("The zero-mean noise $E$ has variance $v$.", {"E": ("0", "v")}),
    ],
)
def test_a_moment_has_no_moments_of_its_own(text: str, moments: dict[str, tuple[str, str]]) -> None:
    document = read_markdown(text, "a.md")
    of = partial(root_of, State(document, Options()))
    found = [said for n in range(len(document.formulas)) for said in moments_in_words(document, n, of, Notation())]
    told = {
        name: tuple("" if term is None else to_latex(term) for term in (law.mean, law.variance)) for name, law in found
    }
    assert told == moments
