"""Likelihoods of whole models: links, routes, planted slips."""

from __future__ import annotations

from derivations.likelihood.models import DERIVATIONS
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1
