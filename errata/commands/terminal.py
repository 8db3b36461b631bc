"""What the terminal can show and what the user wants of it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from typing import TextIO

LEAST_WIDTH, USUAL_WIDTH, MOST_WIDTH = 60, 100, 160


def wants_colour(choice: str, is_terminal: bool, environ: Mapping[str, str]) -> bool:
    """``--color`` decides; then NO_COLOR, then FORCE_COLOR (an empty value counts as unset), then the terminal."""
    if choice != "auto":
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR"):
        return environ["FORCE_COLOR"] != "0"
    return is_terminal and environ.get("TERM") != "dumb"


def width(stream: TextIO) -> int:
    """Columns to fill."""
    if not stream.isatty():
        return USUAL_WIDTH
    return min(max(shutil.get_terminal_size((USUAL_WIDTH, 24)).columns, LEAST_WIDTH), MOST_WIDTH)


def never_fail_to_print() -> None:
    """Replace what the encoding of a stream can't hold, where it would raise."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
