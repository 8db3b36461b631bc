"""Pins of the systems that are built whole: graph transformers, autoencoders with attention, priors."""

from __future__ import annotations

from numerics.pins.contract import Pin, normals, seeded
from reference_models.graphs import transformer as graphs_transformer

PINS: tuple[Pin, ...] = (
    Pin(
        graphs_transformer.weights,
        lambda f: f((1, 1), 2, 1, 0, seeded())["nodes"],
        lambda: normals(2, 4) / 2,
        "the first drawn: a type, a degree and two numbers of cycles, so half of a normal",
    ),
)
