"""``%%errata`` in IPython and Jupyter: the notes in a cell, checked where they are written."""

from __future__ import annotations

import shlex
from typing import Any


def register(shell: Any) -> None:
    """Make ``%%errata`` known to a shell of IPython."""
    shell.register_magic_function(errata, magic_kind="cell", magic_name="errata")


def errata(line: str, cell: str) -> None:
    """Check the notes in a cell; options are those of ``errata check``, such as ``--ignore W3``.

    They are Markdown, unless ``--stdin-name cell.tex`` or the like says otherwise.
    """
    from errata.integrations.results import CheckError, check

    try:
        print(check(cell, name="cell.md", arguments=shlex.split(line)))
    except CheckError as error:
        print(error)
    except ValueError as error:
        print(f"the options can't be read: {error}")
