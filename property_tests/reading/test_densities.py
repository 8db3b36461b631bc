"""Where the words beside a formula say that a density lives, and whether they call it one."""

import pytest

from errata.reading.densities import called_a_density, support_after
from errata.reading.document import Document
from errata.reading.parser import parse
from errata.reading.sources import read_document
from errata.reading.tree import Call, Chain, Lines


def support(text: str) -> str | None:
    document: Document = read_document("notes.md", text)
    roots: list[Lines] = [parse(f.latex) for f in document.formulas]
    at = next(n for n, f in enumerate(document.formulas) if f.latex.startswith(("f", "p")))
    chain = roots[at].statements[0]
    assert isinstance(chain, Chain) and isinstance(chain.items[0], Call)
    found = support_after(document, at, roots.__getitem__, chain.items[0])
    return None if found is None else found.said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (r"The density is $f(x) = 2x$ for $0 \le x \le 1$.", "0 ≤ x ≤ 1"),
        (r"The density is $f(x) = 2x$ on $[0, 1]$.", "[0, 1]"),
        (r"Let $f(x) = 2x$, $0 \le x \le 1$, be the density.", "0 ≤ x ≤ 1"),
        (r"The density is $f(x) = 2x$ over the interval $(0, 1)$.", "(0, 1)"),
        (r"The density is $f(x) = 2x$, where $x \in [0, 1]$.", "x ∈ [0, 1]"),
        (r"The density is $f(x) = 2x$ for $x$ in $[0, 1]$.", "[0, 1]"),
        (r"The density is $$f(x) = e^{-x}$$ for all $x > 0$ and zero otherwise.", "x > 0"),
        (r"The density is $f(x) = e^{-x}$ for $x > 0$, and $f(x) = 0$ otherwise.", "x > 0"),
        (r"The mass function is $p(k) = 2^{-k}$ for $k = 1, 2, \ldots$.", "k = 1"),
        (r"Here $f(x) = 2x$ for $0 < x < 1$ is a probability density.", "0 < x < 1"),
        (r"$f_X(x) = 2x$ for $0 < x < 1$.", "0 < x < 1"),
    ],
)
def test_the_words_after_a_density_say_where_it_lives(text, said):
    assert support(text) == said


@pytest.mark.parametrize(
    "text",
    [
        r"The function is $f(x) = 2x$ for $0 \le x \le 1$.",
        r"The density is $f(x) = x$ for $0 < x < 1$ and $2 - x$ for $1 < x < 2$.",
        r"The density is $f(x) = x$ for $0 < x < 1$, $f(x) = 2 - x$ for $1 < x < 2$.",
        r"The density is $f(x) = e^{-x}$ for $x > 0$ and $x < 1$.",
        r"The density is $f(x) = e^{-x}$. It is used for $x > 0$.",
        r"The density is $f(x) = e^{-x}$ with $y > 0$.",
        r"This is not a density: $f(x) = x$ for $0 < x < 1$.",
        r"The unnormalised density is $f(x) = x$ for $0 < x < 1$.",
        r"Find the constant for which the density is $f(x) = x$ for $0 < x < 1$.",
        r"Here $f(x) = x$ for $0 < x < 1$ is not a density.",
    ],
)
def test_where_another_range_may_be_meant_none_is_taken(text):
    assert support(text) is None


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("$f(x) = x$ is a density.", True),
        ("$f(x) = x$ on $[0, 1]$ defines a valid probability density.", True),
        ("$f(x) = x$ is not a density.", False),
        ("$f(x) = x$ is a map. A density is another.", False),
    ],
)
def test_what_the_rest_of_a_sentence_calls_a_formula(text, called):
    assert bool(called_a_density(read_document("notes.md", text), 0)) is called
