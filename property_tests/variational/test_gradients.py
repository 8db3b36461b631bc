"""Gradients of expectations: links, routes, planted slips."""

from __future__ import annotations

from derivations.variational.gradients import DERIVATIONS
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 3
