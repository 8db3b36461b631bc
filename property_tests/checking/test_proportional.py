"""Relations up to a factor, between abstract laws and between formulas."""

from __future__ import annotations

import pytest

from claims.verdict import Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.checking.proportional import variables_of
from errata.reading.names import key
from errata.reading.parser import parse
from errata.reading.sources import read_document

NORMAL = r"f(x) = \frac{1}{\sqrt{2\pi}} \exp[-\frac{1}{2}(x-m)^2]"


def last(latex: str):
    document = read_document("page.md", f"$$ {latex} $$".encode())
    return examine(document, Options(), lambda *_: None, {}).judged[-1]


def verdict(latex: str) -> str:
    return type(last(latex).verdict).__name__


@pytest.mark.parametrize(
    "latex",
    [
        r"p(\theta | y) \propto p(y | \theta) \, p(\theta)",
        r"p(\theta | y) \propto p(y, \theta)",
        NORMAL + r" \propto \exp[-\frac{1}{2} x^2 + m x]",
        r"f(x) = \frac{b^a}{\Gamma(a)} x^{a-1} e^{-b x} \propto x^{a-1} e^{-b x}",
        r"\log p(\theta|y) = \log p(y|\theta) + \log p(\theta) + \text{const}",
        r"\log f(x) = -\frac{1}{2}(x-m)^2 + \text{const} = -\frac{1}{2} x^2 + m x + \text{const}",
    ],
)
def test_multiples_are_supported(latex):
    assert verdict(latex) == "Supported"


@pytest.mark.parametrize(
    "latex",
    [
        NORMAL + r" \propto \exp[-\frac{1}{2} x^2 - m x]",
        NORMAL + r" \propto \exp[-x^2 + m x]",
        r"\log f(x) = -\frac{1}{2}(x-m)^2 + \text{const} = -\frac{1}{2} x^2 - m x + \text{const}",
    ],
)
def test_a_slip_in_what_depends_on_the_variable_is_refuted_and_repaired(latex):
    found = last(latex)
    assert type(found.verdict).__name__ == "Refuted" and found.rule == "E311"
    assert found.verdict.repair is not None


@pytest.mark.parametrize(
    "latex",
    [
        r"p(\theta | y) \propto p(y | \theta)^2 \, p(\theta)",
        r"\log p(\theta|y) = \log p(y|\theta) - \log p(\theta) + \text{const}",
    ],
)
def test_a_relation_between_laws_with_a_slip_is_refuted(latex):
    found = last(latex)
    assert type(found.verdict).__name__ == "Refuted" and found.rule == "E313"


@pytest.mark.parametrize(
    "latex",
    [
        r"p(\theta | y) \propto p(y | \theta)",  # so it is under a flat prior
        r"f(x) \propto x^{a-1}",  # gives f
        r"V \propto U",
        r"p(\theta | y) \propto p(\theta)",
    ],
)
def test_what_gives_a_law_or_assumes_something_is_left_alone(latex):
    assert verdict(latex) not in ("Refuted", "Supported")


@pytest.mark.parametrize(
    ("latex", "names"),
    [(r"p(\theta | y)", [r"\theta"]), ("f(x, y)", ["x", "y"]), ("x", []), ("p(x + 1)", [])],
)
def test_the_variables_of_a_law(latex, names):
    assert [key(v) for v in variables_of(parse(latex).statements[0])] == names


LIKELIHOOD = r"""
$$ p(y | \lambda) = \prod_{i=1}^n \frac{\lambda^{y_i} e^{-\lambda}}{y_i!} $$

$$ p(\lambda) = \mathrm{Gam}(\lambda; a_0, b_0) $$

$$ p(y | \lambda) \propto \lambda^{\sum_{i=1}^n y_i} e^{-%s \lambda} $$

$$ p(\lambda) \propto \lambda^{a_0 - %s} e^{-b_0 \lambda} $$
"""


def of_page(latex: str) -> list[str]:
    judged = examine(read_document("page.md", latex.encode()), Options(), lambda *_: None, {}).judged
    return [type(j.verdict).__name__ for j in judged[-2:]]


def test_what_a_law_was_given_as_is_compared_up_to_a_factor():
    assert of_page(LIKELIHOOD % ("n", "1")) == ["Supported", "Supported"]
    assert "Supported" not in of_page(LIKELIHOOD % ("2 n", "2"))


@pytest.mark.parametrize(("right", "holds"), [("k \\cos (a - b)", True), ("k \\cos (a + b)", False)])
def test_sides_that_are_equal_are_proportional(right: str, holds: bool) -> None:
    chain = f"R &= Q \\\\ &\\propto k (\\cos a \\cos b + \\sin a \\sin b) \\\\ &\\propto {right}"
    notes = f"We find\n\n$$ \\begin{{split}} {chain} \\end{{split}} $$\n"
    assert isinstance(examine(read_document("a.md", notes), Options()).judged[-1].verdict, Supported) is holds
