"""What checking hands to reporting: one judged relation, and all of them for one document."""

from __future__ import annotations

from enum import StrEnum

from claims.records import Record
from claims.verdict import Verdict
from errata.reading.document import Document, Place, Span

ANYTHING = "functions may be anything"
"""How the names end that a judgement takes for functions of which nothing is known, after their number."""


class Kind(StrEnum):
    """What a relation is for, in the document."""

    CLAIM = "claim"
    DEFINITION = "definition"
    GIVEN = "given"
    CONSTRAINT = "constraint"
    EQUATION_TO_SOLVE = "equation-to-solve"
    OTHER = "other"


class Judged(Record):
    """One adjacent pair of a chain, with how it was read and what was found."""

    formula: int
    """Index into ``Document.formulas``."""
    span: Span
    """From the start of the left side to the end of the right side, in the document."""
    left: str
    relation: str
    right: str
    """LaTeX of the two sides and the relation sign as written; ``left`` is "" where a row starts with the sign."""
    kind: Kind
    verdict: Verdict
    read_as: str
    """The relation in plain words and symbols, as it was understood."""
    where: tuple[str, ...] = ()
    """What was assumed or taken from elsewhere, each with its source: "x_1 = 2 (line 14)", "log is natural"."""
    rule: str | None = None
    """The code of the rule that speaks (``E301``, ``W303``…); None where there is nothing to say."""
    message: str | None = None
    """The particulars of this finding in one sentence; the rule has the general headline."""
    focus: Span | None = None
    """The part of ``span`` to underline, with ``label`` beside the carets."""
    label: str | None = None
    derived: str | None = None
    waived: bool = False
    """Whether the author skips it, or expects what was found."""


class Remark(Record):
    """Something to be said of a place that holds no relation, such as an author's comment; ``rule`` is its code."""

    rule: str
    span: Span
    message: str
    help: str | None = None
    """What may be said instead."""


class Fault(Record):
    """A failure of errata itself, never of the notes: where it struck, in which formula, and the traceback."""

    what: str
    formula: int | None
    trace: str


class Examined(Record):
    """A document with its judged relations, in order of their place."""

    document: Document
    judged: tuple[Judged, ...]
    fully_read: int
    """How many formulas were read with no opaque part."""
    opaque: tuple[tuple[int, Span, str], ...] = ()
    """Each part that was not understood: formula, place, why."""
    elapsed_s: float = 0.0
    faults: tuple[Fault, ...] = ()
    """Where errata itself failed; the formulas concerned are undecided."""
    remarks: tuple[Remark, ...] = ()
    """What is to be said beside the relations, in order of place."""


class Unreadable(Record):
    """An input that could not be read at all, and the way out."""

    path: str
    why: str
    remedy: str
    place: Place | None = None
    fault: Fault | None = None
    """Set where errata itself failed on the input."""
