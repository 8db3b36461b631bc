"""A law and, with "i.e." between, the density of it: the covariances have to be the same multiple of the identity."""

from __future__ import annotations

import pytest

from claims.verdict import NotAClaim, Proved, Refuted, Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

NOTES = r"%sThe decoder draws $y \sim \mathcal{N}(%s)$%s $p(y \mid z) = \mathcal{N}(y; %s)$.%s"


def judged(said: str, density: str, words: str = ", i.e.", before: str = "", after: str = "") -> object:
    page = NOTES % (before, said, words, density, after)
    document = read_document("a.md", page.encode())
    found = [j for j in examine(document, Options()).judged if j.left.startswith("p(y")]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("said", "density", "condition"),
    [
        ("m, I", r"m, \sigma^2 I", r"\sigma = 1"),
        (r"m, \sigma^2 I", "m, I", r"\sigma = 1"),
        (r"\hat y, I", r"\hat y, 2 I", None),
        (r"m, (1 - \bar\alpha_t) I", r"m, (1 - \alpha_t) I", None),
        (r"m, \beta_t \mathbf{I}", r"m, \beta_t^2 \mathbf{I}", r"\beta_t = 1"),
    ],
)
@pytest.mark.parametrize("words", [", i.e.", ", that is,", "; in other words"])
def test_another_multiple_of_the_identity_is_another_law(said, density, condition, words):
    found = judged(said, density, words)
    assert isinstance(found.verdict, Refuted)
    assert found.rule == "E316"
    assert found.verdict.holds_if in (condition, None)
    if said == "m, I":
        assert found.verdict.holds_if == condition
        assert found.verdict.by.witness


@pytest.mark.parametrize(
    ("said", "density"),
    [(r"m, \sigma^2 I", r"m, \sigma \cdot \sigma I"), (r"m, (1 - a) I", "m, (-a + 1) I")],
)
def test_the_same_multiple_written_otherwise_is_the_same_law(said, density):
    assert isinstance(judged(said, density).verdict, Proved | Supported)


@pytest.mark.parametrize("place", ["before", "after"])
def test_a_value_that_the_notes_give_somewhere_counts(place):
    for value, kind in (("1", Supported), ("3", NotAClaim)):
        said = rf" We take $\sigma = {value}$. "
        found = judged("m, I", r"m, \sigma^2 I", **{place: said})
        assert isinstance(found.verdict, kind)
        if isinstance(found.verdict, Supported):
            assert found.verdict.holds_if == r"\sigma = 1"
            assert r"\sigma = 1 (line 1)" in found.where


@pytest.mark.parametrize(
    ("said", "density", "words"),
    [
        ("m, I", r"m, \sigma^2 I", ", where earlier we had"),
        ("m, I", r"m, \sigma^2 I", " instead of"),
        ("m, I", r"m', \sigma^2 I", ", i.e."),
        ("m, I", r"m, \Sigma", ", i.e."),
    ],
)
def test_what_may_be_another_law_is_left_alone(said, density, words):
    assert isinstance(judged(said, density, words).verdict, NotAClaim)
