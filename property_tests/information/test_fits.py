"""Fits: links, routes, planted slips, and the forward fit between two modes."""

from __future__ import annotations

from derivations.information.fits import DERIVATIONS
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 3
