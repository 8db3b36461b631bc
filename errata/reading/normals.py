"""Where an author says what the second parameter of N(μ, ·) is, and the formulas as they are meant there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from claims.records import Record
from errata.reading.author import NormalTakes, Said
from errata.reading.document import Document
from errata.reading.families.said_parameters import sentence_around
from errata.reading.families.spread import Spread, called_in, with_spread
from errata.reading.sections import continues
from errata.reading.tree import Lines


class Reach(Record):
    """A convention with the part of the document where it holds."""

    spread: Spread
    start: int
    end: int


class Normals(Record):
    """The conventions that hold in a document, in the order in which they are said."""

    document: Document | None = None
    said: tuple[Reach, ...] = ()

    def at(self, place: int) -> Spread | None:
        """The convention that holds at a place: of those that reach it the one said last."""
        reach = self.reaching(place)
        return None if reach is None else reach.spread

    def reaching(self, place: int) -> Reach | None:
        """The convention that holds at a place, with its reach."""
        return next((r for r in reversed(self.said) if r.start < place <= r.end), None)

    def meant(self, index: int, root: Lines) -> Lines:
        """The tree of a formula with the convention that holds there put to the normal laws in it."""
        if self.document is None:
            return root
        formula, text = self.document.formulas[index], self.document.text
        spread = self.at(formula.span.end)
        if spread is None:
            return root
        meant = with_spread(root, spread, called_in(sentence_around(text, formula.span.start)[1], text))
        return cast("Lines", meant)


def normals_in(document: Document, said: Sequence[Said]) -> Normals:
    """What is said of N(μ, ·) in a document, each to the end of its section."""
    found = (
        Reach(one.instruction.spread, one.span.start, _end(document, one.span.start))
        for one in said
        if isinstance(one.instruction, NormalTakes)
    )
    reaches = tuple(found)
    return Normals(document, reaches) if reaches else Normals()


def _end(document: Document, place: int) -> int:
    """Where the section around a place ends: at the next heading of its level or above that doesn't go on with it."""
    before = [h for h in document.headings if h.span.start <= place]
    if not before:
        return len(document.text)
    level, title = before[-1].level, before[-1].title
    for heading in document.headings[len(before) :]:
        if heading.level < level or (heading.level == level and not continues(title, heading.title)):
            return heading.span.start
        title = heading.title if heading.level == level else title
    return len(document.text)
