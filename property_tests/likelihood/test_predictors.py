"""The best constant prediction: links, routes, planted slips."""

from __future__ import annotations

from derivations.likelihood.predictors import DERIVATIONS
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1
