"""Relations between laws that a document composes of conditional ones: true ones are supported, slips never are."""

from __future__ import annotations

import pytest

from claims.verdict import Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

PAGE = r"""
# A short chain

$$\text{BOUND} = \mathbb{E}_{q}\left[\log \frac{p(y, h)}{q(h \mid y)}\right]$$

# A long chain

The encoder is a Markov chain, $$q(h_{1:L} \mid y) = q(h_1 \mid y) \, q(h_2 \mid h_1) \cdots q(h_L \mid h_{L-1}),$$ and
the decoder runs back, $$p(y, h_{1:L}) = p(h_L) \, p(h_{L-1} \mid h_L) \cdots p(y \mid h_1).$$

## The bound

We write $$\text{BOUND} = \mathbb{E}_{q}\left[\log \frac{p(y, h_{1:L})}{q(h_{1:L} \mid y)}\right]$$ and get
$$%s$$
where $h_0 = y$.
"""

TRUE = [
    r"\text{BOUND} = \mathbb{E}_q[\log p(h_L)] + \mathbb{E}_q[\log p(y \mid h_1)] + \sum_{l=2}^{L} "
    r"\mathbb{E}_q[\log p(h_{l-1} \mid h_l)] - \sum_{l=1}^{L} \mathbb{E}_q[\log q(h_l \mid h_{l-1})]",
    r"\text{BOUND} = \mathbb{E}[\log p(y \mid h_1)] - \mathrm{KL}(q(h_L \mid y) \| p(h_L)) - \sum_{l=2}^{L} "
    r"\mathrm{KL}(q(h_{l-1} \mid h_l, y) \| p(h_{l-1} \mid h_l))",
    r"\log \frac{p(y, h_{1:L})}{q(h_{1:L} \mid y)} = \log p(y \mid h_1) + \log p(h_L) - \log q(h_L \mid h_{L-1}) + "
    r"\sum_{l=2}^{L} \log \frac{p(h_{l-1} \mid h_l)}{q(h_{l-1} \mid h_{l-2})}",
]
SLIPS = [
    (0, "l=2", "l=1"),
    (0, "- \\sum", "+ \\sum"),
    (0, "h_l \\mid h_{l-1})", "h_{l-1} \\mid h_l)"),
    (0, "p(y \\mid h_1)", "p(y \\mid h_L)"),
    (1, "- \\mathrm{KL}(q(h_L", "+ \\mathrm{KL}(q(h_L"),
    (1, "\\mid h_l, y)", "\\mid h_l)"),
    (1, "q(h_L \\mid y)", "q(h_L)"),
    (1, "q(h_L \\mid y) \\| p(h_L)", "p(h_L) \\| q(h_L \\mid y)"),
    (1, "^{L}", "^{L-1}"),
    (1, "- \\sum", "- 2 \\sum"),
    (2, "h_{l-2}", "h_l"),
    (2, "- \\log q", "+ \\log q"),
    (2, "p(h_L)", "p(h_1)"),
]


def last(latex: str, page: str = PAGE):
    document = read_document("page.md", (page % latex).encode())
    here = page.index("%s")
    found = [j for j in examine(document, Options(), lambda *_: None, {}).judged if j.span.start >= here]
    return found[0]


@pytest.mark.parametrize("latex", TRUE)
def test_what_holds_for_laws_so_composed_is_supported(latex):
    found = last(latex)
    assert isinstance(found.verdict, Supported)
    assert "as lines 8, 9 say" in found.verdict.holds_if


@pytest.mark.parametrize(("which", "old", "new"), SLIPS)
def test_a_slip_is_never_supported(which, old, new):
    assert old in TRUE[which]
    assert not isinstance(last(TRUE[which].replace(old, new, 1)).verdict, Supported)


def test_a_word_is_what_the_section_around_it_says():
    assert "BOUND as line 13 has it" in last(TRUE[1]).where
    elsewhere = PAGE.replace("## The bound", "# Another chapter").replace(r"We write $$\text{BOUND}", r"And $$\text{U}")
    assert not isinstance(last(TRUE[1], elsewhere).verdict, Supported)


def test_a_member_has_the_name_that_the_document_gives_it():
    assert "h_0 is y" in last(TRUE[0]).where
    assert not isinstance(last(TRUE[0], PAGE.replace("where $h_0 = y$", "as is known")).verdict, Supported)
    assert not isinstance(last(TRUE[0], PAGE.replace("where $h_0 = y$", "$h_0 = y$ or $h_0 = u$")).verdict, Supported)


def test_what_is_composed_otherwise_is_not_supported():
    onto, beside = r"q(h_2 \mid h_1) \cdots q(h_L \mid h_{L-1})", r"q(h_2 \mid h_1, y) \cdots q(h_L \mid h_{L-1}, y)"
    other = PAGE.replace(onto, beside)
    assert isinstance(last(TRUE[1], other).verdict, Supported)
    assert not isinstance(last(TRUE[0], other).verdict, Supported)
