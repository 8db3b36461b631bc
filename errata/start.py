"""How the program starts: its own parts are found before anything of the same name in the folder it is run from.

A course may well have a ``numerics.py`` or a ``claims.py``, and ``python -m`` puts the current folder first.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

PARTS = ("claims", "numerics", "derivations", "reference_models")


def main() -> None:
    """The command line, in a process of its own."""
    _own_parts_first()
    from errata.cli import main as command_line

    command_line(prog_name="errata")


def _own_parts_first() -> None:
    home = Path(__file__).resolve().parents[1]
    here = Path.cwd().resolve()
    if home != here:
        sys.path[:] = [p for p in sys.path if p and Path(p).resolve() != here]
    if any(not _is_ours(part, home) for part in PARTS):
        sys.path.insert(0, str(home))


def _is_ours(part: str, home: Path) -> bool:
    found = find_spec(part)
    return found is not None and found.origin is not None and Path(found.origin).resolve().is_relative_to(home)
