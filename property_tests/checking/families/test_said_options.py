"""A parameterisation that the words beside a law fix: what holds under another one only is refuted, with their line."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def last(text: str) -> Judged:
    return examine(read_document("notes.md", text.encode()), Options()).judged[-1]


LAWS = [
    (r"Y \sim \mathrm{Gamma}(a, b)", "with shape $a$ and rate $b$", r"E[Y] = \frac{a}{b}", r"E[Y] = a b"),
    (r"Y \sim \mathrm{Gamma}(a, b)", "with shape $a$ and scale $b$", r"E[Y] = a b", r"E[Y] = \frac{a}{b}"),
    (r"Y \sim \mathrm{Exp}(l)", "with rate $l$", r"E[Y] = \frac{1}{l}", r"E[Y] = l"),
    (r"Y \sim \mathrm{Exp}(l)", "with mean $l$", r"E[Y] = l", r"E[Y] = \frac{1}{l}"),
    (r"Y \sim N(m, s)", "with standard deviation $s$", r"E[Y^2] = m^2 + s^2", r"E[Y^2] = m^2 + s"),
    (r"Y \sim N(m, s)", "where $s$ is the variance", r"E[Y^2] = m^2 + s", r"E[Y^2] = m^2 + s^2"),
]


@pytest.mark.parametrize(("law", "words", "right", "wrong"), LAWS)
def test_what_the_words_fix_holds_for_what_follows(law: str, words: str, right: str, wrong: str) -> None:
    for claim, verdict in ((right, Supported), (wrong, Refuted)):
        found = last(f"# Law\n\nLet ${law}$ {words}. Then\n\n$$ {claim} $$\n")
        assert isinstance(found.verdict, verdict), claim
    assert found.message is not None and found.message.endswith("follows from line 3")
    assert isinstance(last(f"# Law\n\nLet ${law}$. Then\n\n$$ {wrong} $$\n").verdict, Supported)


@pytest.mark.parametrize(
    "text",
    [
        "# A\n\nLet $Y \\sim \\mathrm{Exp}(l)$ with scale $l$. $$ E[Y] = 1/l $$ $$ \\mathrm{Var}(Y) = 1/l^2 $$",
        "# A\n\nThe learning rate $l$ is small. Let $Y \\sim \\mathrm{Exp}(l)$. $$ E[Y] = l $$",
        "# A\n\nLet $Y \\sim \\mathrm{Exp}(l)$. $$ E[Y] = l $$\n\n# B\n\nLet $Y \\sim \\mathrm{Exp}(l)$ with rate $l$.",
        "# A\n\nLet $Z \\sim \\mathrm{Exp}(k)$ with rate $k$. Let $Y \\sim \\mathrm{Exp}(l)$. $$ E[Y] = l $$",
    ],
)
def test_a_name_that_the_page_uses_otherwise_or_elsewhere_refutes_nothing(text: str) -> None:
    document = examine(read_document("notes.md", text.encode()), Options())
    assert not any(isinstance(found.verdict, Refuted) for found in document.judged)
