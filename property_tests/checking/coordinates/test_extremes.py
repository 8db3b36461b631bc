"""Extremes at one place: what holds is supported, the opposite sense is refuted, and other slips are not supported."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

ANY = r"$%s$"
SQUARES = (
    r"$$\hat{w} = \arg\min_w [-s(w)]$$ where "
    r"$$s(w) = -\frac{n}{2} \log v - \frac{1}{2 v} \sum_{j=1}^n (u_j - w^\top \mathbf{z}_j)^2 .$$ Hence $$%s .$$"
)
SAMPLE = r"$$\hat{w} = \arg\max_w \log p(D \mid w)$$ and so $$%s .$$"
BAYES = r"$$\hat{w} = \arg\max_w p(w \mid D)$$ and so $$%s .$$"
SECOND = r"$$\hat{w} = \arg\max_w [\log p(D \mid w) + \log p(w)]$$ and so $$%s .$$"
LOSS = (
    r"$$\hat{w} = \arg\max_w \sum_{j=1}^n \log p(u_j \mid w)$$ and with $$c(u_j; w) = -\log p(u_j \mid w)$$ "
    r"it is $$%s .$$"
)

TRUE = [
    (ANY, r"\arg\max_w \sum_j \log r(u_j; w) = \arg\min_w \left[ -\frac{1}{3} \sum_k \log r(u_k; w) \right]"),
    (ANY, r"\arg\max_w h(w) = \arg\max_w [\log h(w) + a]"),
    (ANY, r"\arg\max_w \sum_j \log p(u_j \mid w) = \arg\min_w \mathrm{NLL}(w)"),
    (SQUARES, r"\hat{w} = \arg\min_w \sum_{j=1}^n (u_j - w^\top \mathbf{z}_j)^2"),
    (SAMPLE, r"\hat{w} = \arg\max_w \sum_{j=1}^n \log p(u_j \mid w)"),
    (BAYES, r"\hat{w} = \arg\max_w [\log p(D \mid w) + \log p(w)]"),
    (SECOND, r"\hat{w} = \arg\min_w [L_{\mathrm{NLL}}(w) - \log p(w)]"),
    (LOSS, r"\hat{w} = \arg\min_w \sum_{j=1}^n c(u_j; w)"),
]
SLIPS = [
    (0, r"\log r(u_k", r"r(u_k"),
    (0, r"\log r(u_k; w)", r"\log r(u_k; w)^2 + \log r(u_k; a)^2 w"),
    (1, "+ a", "+ w"),
    (1, r"\log h(w)", "h(w)^2"),
    (3, ")^2", ")"),
    (3, "u_j -", "u_j +"),
    (3, ")^2", ")^2 + w^\\top w"),
    (4, r"\log p(u_j \mid w)", r"p(u_j \mid w)"),
    (4, r"\log p(u_j \mid w)", r"\log p(u_j)"),
    (5, r"+ \log", r"- \log"),
    (5, r"+ \log", r"+ 2 \log"),
    (5, r" + \log p(w)", ""),
    (6, r"- \log", r"+ \log"),
    (6, r" - \log p(w)", ""),
    (7, "c(u_j; w)", "c(u_j; w)^2"),
]


def verdict(notes: str, claim: str) -> object:
    return examine(read_document("a.md", (notes % claim).encode()), Options()).judged[-1].verdict


@pytest.mark.parametrize(("notes", "claim"), TRUE)
def test_extremes_at_one_place_are_supported(notes, claim):
    assert isinstance(verdict(notes, claim), Supported)


@pytest.mark.parametrize(("notes", "claim"), [TRUE[n] for n in (0, 1, 2, 3, 4, 6, 7)])
def test_the_opposite_sense_is_refuted_with_both_objectives_at_two_points(notes, claim):
    last = claim.rindex(r"\arg\m") + len(r"\arg\m")
    wrong = claim[:last] + ("in" if claim[last:].startswith("ax") else "ax") + claim[last + 2 :]
    found = verdict(notes, wrong)
    assert isinstance(found, Refuted)
    assert len(found.by.witness) == 2


@pytest.mark.parametrize(("which", "old", "new"), SLIPS)
def test_another_slip_is_never_supported(which, old, new):
    notes, claim = TRUE[which]
    assert old in claim
    assert not isinstance(verdict(notes, claim.replace(old, new, 1)), Supported)


def test_the_lines_that_it_is_drawn_from_are_named():
    assert verdict(*TRUE[3]).holds_if == "given what line 1 says; with what line 1 gives"
    assert "the members of the sample are independent" in verdict(*TRUE[4]).holds_if
    assert "minus the log-likelihood" in verdict(*TRUE[6]).holds_if


def test_a_name_that_was_never_an_extreme_says_nothing():
    assert not isinstance(verdict("$$%s$$", TRUE[3][1]), Supported | Refuted)


def test_extremes_over_other_names_are_not_compared():
    claim = r"\arg\max_w h(w, b) = \arg\min_b [-h(w, b)]"
    assert not isinstance(verdict(ANY, claim), Supported | Refuted)


def test_a_factor_that_may_be_negative_makes_a_condition():
    claim = r"\arg\max_w [-v h(w)] = \arg\min_w h(w)"
    found = verdict(ANY, claim)
    assert isinstance(found, Supported)
    assert found.holds_if == "for positive numbers"
    assert not isinstance(verdict(ANY, claim.replace("-v", "v")), Supported)


@pytest.mark.parametrize(
    "notes",
    [
        r"We want $x^* = \arg\min_x r(x)$, or $$%s.$$",
        "# Costs\n\nWe want $$x^* = \\arg\\min_x [2 r(x)]$$\n\n# Gains\n\nWe want $$%s.$$",
    ],
)
def test_another_example_may_turn_to_the_other_sense(notes):
    assert not isinstance(verdict(notes, r"x^* = \arg\max_x r(x)"), Supported | Refuted)
