"""Every pin there is."""

from __future__ import annotations

from numerics.pins import bounds, drawing, generating, learning, lemmas, whole_models
from numerics.pins.contract import Pin

PINS: tuple[Pin, ...] = (
    *bounds.PINS,
    *drawing.PINS,
    *generating.PINS,
    *learning.PINS,
    *lemmas.PINS,
    *whole_models.PINS,
)
