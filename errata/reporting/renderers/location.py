"""Where something is, in the form that editors and terminals make clickable."""

from __future__ import annotations

from errata.reading.document import Place
from errata.reporting.renderers.glyphs import visible


def location(path: str, place: Place) -> str:
    """``path:line:column``; in a notebook ``path:cell 3:line:column``."""
    cell = f"cell {place.cell}:" if place.cell is not None else ""
    return f"{visible(path)}:{cell}{place.line}:{place.column}"
