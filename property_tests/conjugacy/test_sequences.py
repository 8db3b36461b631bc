"""Learning in sequence: links, routes, planted slips."""

from __future__ import annotations

from derivations.conjugacy.sequences import DERIVATIONS
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 3
