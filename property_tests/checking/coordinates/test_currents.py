"""Densities that a field carries along, and slips in their rate."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.coordinates.currents import rate_of
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.names import key
from errata.reading.parser import parse
from errata.reading.sources import read_document

NOTES = "Let $dz/dt = f(z, t)$. The density then obeys\n\n$$ %s $$\n"


def verdict(claim: str, notes: str = NOTES) -> object:
    return examine(read_document("a.md", notes % claim), Options()).judged[-1].verdict


@pytest.mark.parametrize(
    "claim",
    [
        r"d(\log p)/dt = -\text{trace}(\partial f / \partial z)",
        r"\frac{d \log p(z(t))}{dt} = -\mathrm{tr}\left(\frac{\partial f}{\partial z}\right)",
        r"\frac{\partial \log p(z(t))}{\partial t} = -\mathrm{tr}\left(\frac{\partial f}{\partial z(t)}\right)",
    ],
)
def test_a_density_falls_by_the_trace(claim):
    found = verdict(claim)
    assert isinstance(found, Supported) and found.holds_if is None
    for old, new in (("-", ""), ("-", "-2 "), (r"\text{trace}", r"\det"), (r"\mathrm{tr}", r"\det")):
        if old in claim:
            assert isinstance(verdict(claim.replace(old, new)), Refuted), new


def test_at_a_point_that_stays_it_is_not_the_trace_alone():
    found = verdict(
        r"\frac{\partial \log p(z, t)}{\partial t} = -\mathrm{tr}\left(\frac{\partial f}{\partial z}\right)"
    )
    assert isinstance(found, Supported) and found.holds_if == "along a trajectory of the field"


def test_without_the_field_nothing_is_said():
    claim = r"\frac{d \log p(z(t))}{dt} = \mathrm{tr}\left(\frac{\partial f}{\partial z}\right)"
    assert not isinstance(verdict(claim, "The density obeys\n\n$$ %s $$\n"), Supported | Refuted)


@pytest.mark.parametrize("rate", ["-(-D)", "D", "0", r"-\mathrm{tr}(A)", r"-c \,\mathrm{tr}(\partial f / \partial z)"])
def test_what_a_certain_field_makes_of_the_rate_is_not_held_against_any(rate):
    assert not isinstance(verdict(rf"\frac{{d \log p(z(t))}}{{dt}} = {rate}"), Supported | Refuted)


@pytest.mark.parametrize(
    ("latex", "found"),
    [
        ("dz/dt", ("z", "t", False)),
        (r"\frac{dz}{dt}", ("z", "t", False)),
        (r"\partial p / \partial t", ("p", "t", True)),
    ],
)
def test_rates_are_recognised(latex, found):
    rate = rate_of(parse(latex).statements[0])
    assert rate is not None and (key(rate.of), key(rate.by), rate.partial) == found


@pytest.mark.parametrize("latex", ["a/b", r"\frac{a}{b}", "z", r"\frac{d^2 z}{dt^2}"])
def test_other_quotients_are_none(latex):
    assert rate_of(parse(latex).statements[0]) is None
