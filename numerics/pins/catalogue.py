"""Every pin there is."""

from __future__ import annotations

from numerics.pins import drawing, generating, learning, lemmas, whole_models
from numerics.pins.contract import Pin

PINS: tuple[Pin, ...] = (*drawing.PINS, *generating.PINS, *learning.PINS, *lemmas.PINS, *whole_models.PINS)
