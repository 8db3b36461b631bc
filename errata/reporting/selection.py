"""Which rules may speak: what ``--select`` and ``--ignore`` leave."""

from __future__ import annotations

from claims.records import Record


class Selection(Record):
    """Prefixes of codes: a rule speaks if one in ``select`` fits (all, if it is empty) and none in ``ignore``."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def speaks(self, code: str) -> bool:
        """Whether findings with this code are reported."""
        return (not self.select or code.startswith(self.select)) and not code.startswith(self.ignore)
