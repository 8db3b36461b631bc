"""The objective of a variational autoencoder: links, routes, planted slips."""

from __future__ import annotations

from derivations.variational.autoencoder import DERIVATIONS
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 3
