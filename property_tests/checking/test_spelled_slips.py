"""Steps with named laws, which are written out to be held against the other side."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def last(first: str, second: str, before: str = "") -> Judged:
    notes = f"{before}We find\n\n$$ \\begin{{split}} Q &= {first} \\\\ &= {second} \\end{{split}} $$\n"
    return examine(read_document("a.md", notes.replace("'", r"^\mathrm{T}")), Options()).judged[-1]


@pytest.mark.parametrize(
    ("first", "second", "old", "new"),
    [
        (
            r"\int_{-\infty}^z \mathcal{N}(s; 0, 1) \, \mathrm{d}s",
            r"\int_{-\infty}^z \frac{1}{\sqrt{2 \pi}} \cdot \exp[- \frac{1}{2} s^2] \, \mathrm{d}s",
            r"[- \frac",
            r"[\frac",
        ),
        (
            r"\prod_{i=1}^n \mathrm{Poiss}(y_i; \lambda x_i)",
            r"\prod_{i=1}^n \frac{(\lambda x_i)^{y_i} \cdot \exp[-\lambda x_i]}{y_i!}",
            r"[-\lambda",
            r"[-2 \lambda",
        ),
        (
            r"\mathcal{N}(y; X b, v W)",
            r"\sqrt{\frac{1}{(2 \pi)^n |v W|}} \exp \left[ -\frac{1}{2 v} (y - X b)' W^{-1} (y - X b) \right]",
            r"\frac{1}{2 v}",
            r"\frac{1}{v}",
        ),
        (
            r"\mathcal{N}(y; X b, v W)",
            r"\sqrt{\frac{1}{(2 \pi)^n |v W|}} \exp \left[ -\frac{1}{2 v} (y - X b)' W^{-1} (y - X b) \right]",
            r"(y - X b) \right]",
            r"(y + X b) \right]",
        ),
    ],
)
def test_a_slip_beside_a_law_is_refuted_and_the_right_formula_is_not(
    first: str, second: str, old: str, new: str
) -> None:
    before = r"With $y = X b + \varepsilon$ and $y = \lbrace y_1, \ldots, y_n \rbrace$, "
    assert not isinstance(last(first, second, before).verdict, Refuted)
    assert old in second
    found = last(first, second.replace(old, new, 1), before)
    assert isinstance(found.verdict, Refuted) and found.verdict.repair is not None


def test_the_other_parameterisation_saves_a_step() -> None:
    law = r"\int_0^z \mathcal{N}(s; 0, k) \, \mathrm{d}s"
    deviation = r"\int_0^z \frac{1}{k \sqrt{2 \pi}} \exp[- \frac{1}{2 k^2} s^2] \, \mathrm{d}s"
    assert not isinstance(last(law, deviation).verdict, Refuted)
    variance = r"\int_0^z \frac{1}{\sqrt{2 \pi k}} \exp[- \frac{1}{2 k} s^2] \, \mathrm{d}s"
    assert not isinstance(last(law, variance).verdict, Refuted)
    assert isinstance(last(law, variance.replace(r"\frac{1}{2 k}", r"\frac{1}{k}")).verdict, Refuted)
    scale = r"\int_0^z \mathrm{Exp}(s; k) \, \mathrm{d}s"
    assert not isinstance(last(scale, r"\int_0^z \frac{1}{k} \exp[-\frac{s}{k}] \, \mathrm{d}s").verdict, Refuted)


GAUSS = r"\sqrt{\frac{|t W|}{(2 \pi)^n}} \exp \left[ -\frac{t}{2} (y - X b)' W (y - X b) \right]"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"\pi", r"\pi^2"),
        (r"\pi", "n"),
        (r"\pi", "y"),
        ("^n", "^y"),
        ("|t W|", "|t y|"),
        ("(y - X b)'", "(n - X b)'"),
        ("(y - X b)'", "(y^2 - X b)'"),
        ("(y - X b)'", "(y - X X)'"),
        ("W (y", "W (b"),
    ],
)
def test_a_slip_that_hides_the_dimension_or_fits_no_shapes_is_found(old: str, new: str) -> None:
    law = r"\mathcal{N}(y; X b, (t W)^{-1})"
    before = r"The other one is $\frac{1}{\sqrt{(2 \pi)^n |S|}} \exp[-\frac{1}{2} r' S^{-1} r]$. "
    assert last(law, GAUSS, before).rule is None
    assert last(law, GAUSS.replace(old, new, 1), before).rule in ("E311", "E315", "E411")
