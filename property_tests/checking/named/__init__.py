"""Known results as pages state them: in usual other forms and words they hold, with a slip they are refuted."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from claims.verdict import Proved, Refuted, Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

Case = tuple[str, Sequence[str], Sequence[str]]
"""What a page says around a formula, @; right forms of it; wrong ones."""


def said(sentence: str, latex: str) -> str:
    """The verdict on a formula in its place: "holds", "wrong" or "left"."""
    text = "# Notes\n\n" + sentence.replace("@", f"\n\n$${latex}$$\n\n") + "\n"
    verdicts = [j.verdict for j in examine(read_document("notes.md", text), Options()).judged]
    if any(isinstance(v, Refuted) for v in verdicts):
        return "wrong"
    return "holds" if any(isinstance(v, Supported | Proved) for v in verdicts) else "left"


def right(cases: Sequence[Case]) -> pytest.MarkDecorator:
    """Each right form of some cases, in its sentence."""
    return pytest.mark.parametrize(("sentence", "latex"), [(s, f) for s, forms, _ in cases for f in forms])


def wrong(cases: Sequence[Case]) -> pytest.MarkDecorator:
    """Each wrong form of some cases, in its sentence."""
    return pytest.mark.parametrize(("sentence", "latex"), [(s, f) for s, _, forms in cases for f in forms])
