"""The running text of an HTML page: tags taken out, character references decoded, every character with its origin."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

TAG = "\ue000"
"""Stands in the text for an inline tag, so that one inside a formula is seen."""


@dataclass(slots=True)
class HtmlText:
    """Grows by pieces, each from one place of the page: the same characters or, ``fixed``, what they stand for."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    _starts: list[int] = field(default_factory=list)
    _sources: list[int] = field(default_factory=list)
    _ends: list[int] = field(default_factory=list)
    _fixed: list[bool] = field(default_factory=list)

    def add(self, piece: str, start: int, end: int, fixed: bool = False) -> None:
        """Adds a piece that comes from ``start:end`` of the page."""
        if not piece:
            return
        self.pieces.append(piece)
        self._starts.append(self.length)
        self._sources.append(start)
        self._ends.append(end)
        self._fixed.append(fixed)
        self.length += len(piece)

    def pieces_from(self, index: int) -> list[str]:
        """The pieces that start at a character or later."""
        return self.pieces[bisect_left(self._starts, index) :]

    def text(self) -> str:
        """All pieces in one."""
        return "".join(self.pieces)

    def origin(self, index: int) -> int:
        """The offset in the page of a character."""
        at = bisect_right(self._starts, index) - 1
        return self._sources[at] if self._fixed[at] else self._sources[at] + index - self._starts[at]

    def origin_end(self, index: int) -> int:
        """The offset in the page behind a character."""
        at = bisect_right(self._starts, index) - 1
        return self._ends[at] if self._fixed[at] else self._sources[at] + index - self._starts[at] + 1

    def origins(self, start: int, end: int) -> tuple[int, ...] | None:
        """Where each character of a stretch comes from; None where they follow each other without a gap."""
        first = self.origin(start)
        if self.origin_end(end - 1) - first == end - start:
            return None
        return tuple(self.origin(i) for i in range(start, end))
