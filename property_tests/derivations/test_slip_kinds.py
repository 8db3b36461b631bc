"""Sign, factor, swapped arguments and lost term: planted in every derivation where they apply, and refuted."""

from __future__ import annotations

from pathlib import Path

import pytest

from derivations.catalogue import PAGES, derivation
from numerics.slips import Slip
from property_tests import slip_kinds
from property_tests.slip_kinds import KINDS, insist_on_every_kind, kind_of

TESTS = Path(__file__).resolve().parents[1]
HELD = "class TestPage(HeldPage):\n    derivations = DERIVATIONS\n"
OF_ITS_OWN = ("insist_on_every_kind(claim)", "CLAIMS = [d.claim for d in DERIVATIONS]")
"""The first page has its tests written out."""


@pytest.mark.parametrize("page", PAGES, ids=lambda p: f"{p.topic}/{p.stem}")
def test_the_tests_of_every_page_plant_all_four_kinds_in_each_derivation(page):
    text = (TESTS / page.topic / f"test_{page.stem}.py").read_text()
    assert HELD in text or all(part in text for part in OF_ITS_OWN)


SIDES = [
    ("kl_normal_eq", {"sign": "right", "factor": "right", "swapped": "right", "lost term": "right"}),
    ("mle_pareto_shape_eq", {"sign": "right", "factor": "right", "swapped": None, "lost term": None}),
    ("tanh_slope_eq", {"sign": "right", "factor": "right", "swapped": None, "lost term": "right"}),
    ("kl_nonneg", {"sign": "left", "factor": None, "swapped": None, "lost term": None}),
]


@pytest.mark.parametrize(("name", "sides"), SIDES, ids=[name for name, _ in SIDES])
def test_each_kind_is_refuted_where_it_applies(name, sides):
    assert insist_on_every_kind(derivation(name).claim) == sides


@pytest.mark.parametrize("kind", KINDS)
def test_a_slip_that_no_route_refutes_is_missed(kind, monkeypatch):
    """Without routes nothing is refuted, and the slips that make the claim false are seen to escape."""
    monkeypatch.setattr(slip_kinds, "routes", lambda name: ())
    others = tuple(other for other in KINDS if other != kind)
    with pytest.raises(AssertionError, match=f"'kl_normal_eq', '{kind}'"):
        insist_on_every_kind(derivation("kl_normal_eq").claim, refuted=others)


def test_kinds_are_told_by_the_names_of_slips():
    names = ["sign", "factor 2", "factor 1/2", "swapped arguments", "m and s swapped", "lost term", "missing log"]
    kinds = [kind_of(Slip(name, derivation("kl_normal_eq").claim.right)) for name in names]
    assert kinds == ["sign", "factor", "factor", "swapped", "swapped", "lost term", None]
