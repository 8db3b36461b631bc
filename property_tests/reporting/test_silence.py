"""A document whose mathematics was not read is named; one without mathematics is not."""

from __future__ import annotations

import pytest

from errata.checking.judgement import Examined
from errata.reading.sources import read_document
from errata.reporting.renderers.look import Look
from errata.reporting.renderers.text import text
from errata.reporting.report import Report
from errata.reporting.silence import Silent, silent


def report_on(path: str, source: str) -> Report:
    document = read_document(path, source)
    return Report((Examined(document, (), len(document.formulas)),))


@pytest.mark.parametrize(
    ("path", "source", "line"),
    [
        ("a.md", "The law is\n\\theta \\le \\frac{1}{2}.\n", 2),
        ("a.md", "# Sums\n\nWe add ∑ x over all x.\n", 3),
        ("a.html", "<p>So</p>\n<p>\\sum_i x_i</p>", 2),
        ("a.tex", "\\begin{document}\nHere \\ensuremath{\\alpha} is.\n\\end{document}", 2),
    ],
)
def test_mathematics_that_was_not_read_is_said(path: str, source: str, line: int) -> None:
    report = report_on(path, source)
    assert silent(report) == (Silent(path, line),)
    said = text(report, Look())
    assert f"warning: mathematics is seen and none was read, so nothing was checked: {path}:{line}\n" in said
    assert "0 of 0" not in said


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("a.md", "No mathematics costs $5.\n"),
        ("a.md", "So $\\theta = 1$, and `\\frac{1}{2}` is code.\n"),
        ("a.md", "Type `\\frac{1}{2}`.\n\n```tex\n\\sum_i\n```\n<!-- \\alpha -->\n"),
        ("a.tex", "\\newcommand{\\E}{\\mathbb{E}} % \\alpha\n\\DeclareMathOperator{\\KL}{KL}\n"),
    ],
)
def test_a_document_without_mathematics_is_not_named(path: str, source: str) -> None:
    assert silent(report_on(path, source)) == ()
