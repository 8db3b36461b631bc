"""Variables that a document gives a density by its formula."""

import pytest

from errata.reading.families.written_densities import written_densities
from errata.reading.parser import parse
from errata.reading.sources import read_document


def found(text: str) -> list[tuple[str, int]]:
    document = read_document("notes.md", text)
    roots = [parse(f.latex) for f in document.formulas]
    return [(d.of, len(d.pieces)) for d in written_densities(document, roots.__getitem__)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"Let $X$ have density $f(x) = 2x$ for $0 < x < 1$.", [("X", 1)]),
        (r"The density of the random variable $Y$ is $f(x) = 2x$ for $0 < x < 1$.", [("Y", 1)]),
        (r"The pdf is $f(t) = 2t$ for $0 < t < 1$.", [("T", 1)]),
        (r"The p.m.f. of $N$ is $p_N(n) = \frac16$ for $n = 1, 2, \dots, 6$.", [("N", 1)]),
        (r"We have $f_Z(z) = 2z, \quad 0 < z < 1$.", [("Z", 1)]),
        (
            r"Let $X$ have density $$f(x) = \begin{cases} x & 0 \le x \le 1 \\ 2-x & 1 < x \le 2 \end{cases}$$",
            [("X", 2)],
        ),
        (r"Let $X$ have density $f(x \mid \theta) = \theta x^{\theta-1}$ for $0 < x < 1$.", [("X", 1)]),
        (r"Let $X$ have density $f(x; \theta) = \theta x^{\theta-1}$ for $0 < x < 1$.", [("X", 1)]),
        (r"Let $X$ have density $f(x \mid y) = y x^{y-1}$ for $0 < x < 1$.", []),
        (r"The conditional density is $f(x) = 2x$ for $0 < x < 1$.", []),
        (r"The density, as we said, uses $f(x) = 2x$ for $0 < x < 1$.", []),
        (r"Is the density $f(x) = 2x$ for $0 < x < 1$?", [("X", 1)]),
        (r"Let $X$ have density $f(x) = 2x$.", []),
        (r"Let $X$ have density $f(x) = 2x = x + x$ for $0 < x < 1$.", []),
    ],
)
def test_densities_of_variables(text, expected):
    assert found(text) == expected
