"""Posteriors up to a factor, from the likelihood and the prior that the text gives."""

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document

COIN = r"Prior $r \sim \mathrm{Beta}(a, b)$, likelihood $$ p(\mathcal{D} | r) \propto r^h (1 - r)^t $$"
NORMAL = r"$$ p(m) = \mathcal{N}(m; a, w) $$ and $$ p(y | m) = \mathcal{N}(y; m, v) $$"


def last(given: str, relation: str) -> Judged:
    text = f"# Update\n\n{given}\n\nThen\n\n$$ {relation} $$\n"
    return examine(read_document("notes.md", text), Options()).judged[-1]


RIGHT = [
    (COIN, r"p(r | \mathcal{D}) \propto r^h (1 - r)^t \cdot r^{a - 1} (1 - r)^{b - 1}"),
    (COIN, r"p(r | \mathcal{D}) \propto r^{h + a - 1} (1 - r)^{t + b - 1}"),
    (NORMAL, r"p(m | y) \propto \exp\left(-\frac{(y - m)^2}{2 v} - \frac{(m - a)^2}{2 w}\right)"),
]
WRONG = [
    (COIN, r"p(r | \mathcal{D}) \propto r^{h - a - 1} (1 - r)^{t + b - 1}"),
    (NORMAL, r"p(m | y) \propto \exp\left(-\frac{(y - m)^2}{2 v} + \frac{(m - a)^2}{2 w}\right)"),
    (NORMAL, r"p(m | y) \propto \exp\left(-\frac{(y - m)^2}{v} - \frac{(m - a)^2}{2 w}\right)"),
]
OPEN = [
    (COIN, r"p(r | \mathcal{E}) \propto r^{h - a - 1} (1 - r)^{t + b - 1}"),
    (COIN, r"q(r | \mathcal{D}) \propto r^{h - a - 1} (1 - r)^{t + b - 1}"),
    (NORMAL, r"p(m | y, x) \propto \exp\left(-\frac{(y - m)^2}{v} - \frac{(m - a)^2}{2 w}\right)"),
    (r"$$ p(y | m) = \mathcal{N}(y; m, v) $$", r"p(m | y) \propto \exp\left(-\frac{(y - m)^2}{v}\right)"),
]


@pytest.mark.parametrize(("given", "relation"), RIGHT)
def test_likelihood_times_prior_is_supported(given: str, relation: str) -> None:
    found = last(given, relation)
    assert isinstance(found.verdict, Supported) and (found.verdict.holds_if or "").startswith("given what line")


@pytest.mark.parametrize(("given", "relation"), WRONG)
def test_a_planted_slip_is_refuted(given: str, relation: str) -> None:
    found = last(given, relation)
    assert isinstance(found.verdict, Refuted) and found.verdict.repair is not None


@pytest.mark.parametrize(("given", "relation"), OPEN)
def test_without_both_of_them_nothing_is_said(given: str, relation: str) -> None:
    assert not isinstance(last(given, relation).verdict, Refuted | Supported)
