"""Which rules may speak: what ``--select``, ``--ignore`` and the configuration leave."""

from __future__ import annotations

import os

from claims.records import Record, replace
from errata.reporting.rules.rule import Severity


class Selection(Record):
    """Prefixes of codes: a rule speaks if one in ``select`` fits (all, if it is empty) and none in ``ignore``."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_path: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Patterns of paths as in a .gitignore, from ``folder`` on, and the prefixes that are ignored there."""
    folder: str = "."
    suspicious: Severity | None = Severity.WARNING
    """How loud a finding is in a formula that an export broke and that is read as repaired; None: it is not said."""

    def speaks(self, code: str) -> bool:
        """Whether findings with this code are reported."""
        return (not self.select or code.startswith(self.select)) and not code.startswith(self.ignore)

    def at(self, path: str) -> Selection:
        """What may speak in one document."""
        if not self.per_path:
            return self
        more = tuple(c for pattern, codes in self.per_path if matches(pattern, path, self.folder) for c in codes)
        return replace(self, ignore=(*self.ignore, *more), per_path=())


def matches(pattern: str, path: str, folder: str) -> bool:
    """Whether a path fits a pattern of a .gitignore in a folder."""
    from pathspec import GitIgnoreSpec

    try:
        relative = os.path.relpath(os.path.abspath(path), folder)
    except ValueError:
        return False
    return not relative.startswith("..") and GitIgnoreSpec.from_lines([pattern]).match_file(relative)
