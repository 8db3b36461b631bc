"""What ``errata run`` says of the means that models state of their draws: as text, and for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from claims.records import Record
from errata.reporting.specifications import MARKS

if TYPE_CHECKING:
    from numerics.sampling.models import HeldStatement


UNTOLD = "?"
"""Beside a mean that has no error bar."""


class DrawnMeans(Record):
    """A model's stated means beside those of its draws, and the same for the planted mistake in what draws."""

    model: str
    held: tuple[HeldStatement, ...]
    mutated: tuple[HeldStatement, ...]
    slip: str
    planned: int
    """The draws from which on the mistake must be rejected."""

    @property
    def rejects(self) -> bool:
        """Whether some statement tells the mistake."""
        return not all(one.holds for one in self.mutated)

    @property
    def sound(self) -> bool:
        """Whether every statement holds, and the mistake is rejected; with fewer draws than planned, whether none of
        the statements fails that has an error bar.
        """
        if all(one.n >= self.planned for one in self.held):
            return all(one.holds for one in self.held) and self.rejects
        return all(one.holds or one.refusal is not None for one in self.held)


def as_text(found: Sequence[DrawnMeans]) -> str:
    """A block of what was drawn, each model in turn."""
    return "\n".join(line for one in found for line in _lines(one))


def _lines(one: DrawnMeans) -> Iterator[str]:
    yield f"  draws   {one.model}, means of {one.held[0].n} samples by counter-based streams"
    for statement in one.held:
        yield f"  {UNTOLD if statement.refusal is not None else MARKS[statement.holds]} {_said(statement)}"
    told = next((s for s in one.mutated if not s.holds), one.mutated[0])
    yield f"    {MARKS[one.rejects]} {'rejects' if one.rejects else 'lets through'}: {one.slip}  {_said(told)}" + (
        "" if one.rejects or told.n >= one.planned else f" (it takes {one.planned} samples to tell)"
    )


def _said(one: HeldStatement) -> str:
    if one.refusal is not None:
        return f"{one.what}: no error bar, {one.refusal}"
    return f"{one.what}: {one.drawn:.6g} ± {one.radius:.2g}, stated {one.stated:.6g}"


def as_tree(one: DrawnMeans) -> dict[str, object]:
    """The same for programs."""
    return {
        "samples": one.held[0].n,
        "sound": one.sound,
        "means": [_tree(statement) for statement in one.held],
        "mutant": one.slip,
        "mutant_rejected": one.rejects,
        "mutant_means": [_tree(statement) for statement in one.mutated],
    }


def _tree(one: HeldStatement) -> dict[str, object]:
    return {
        "statement": one.what,
        "drawn": one.drawn,
        "radius": one.radius,
        "stated": one.stated,
        "holds": one.holds,
        "refusal": one.refusal,
    }
