"""What is said of a relation under named laws."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.verdict import Verdict
from errata.checking.context import At
from errata.checking.kinds import speaks_of_solving
from errata.reading.document import Span


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict, with what was assumed, and for a refutation its rule, its particulars and its place."""

    verdict: Verdict
    where: tuple[str, ...]
    rule: str | None = None
    message: str | None = None
    focus: Span | None = None
    label: str | None = None
    derived: str | None = None
    """The derivation of the catalogue that is behind it."""


_COMMAND = re.compile(r"\\[A-Za-z]+")
"""A command of a formula in the text before: \\choose is no word."""
_SUPPOSES = re.compile(
    r"\b(?:special case|suppos\w*|assum\w*|approximat\w*|asymptotic\w*|large|posterior|conditional\w*|truncated|"
    r"standardi[sz]ed|setting|set|choose|want|require\w*|match\w*|moment estimat\w*|if)\b[^.]*$",
    re.I,
)
"""Words after which a relation may be a wish or hold in a special case only."""


def supposes(at: At) -> bool:
    """Whether the text around a relation supposes it, solves for it, or makes it the premise of another."""
    if at.chain.implies or speaks_of_solving(at.prose[-80:]) or speaks_of_solving(at.chain.before):
        return True
    prose = _COMMAND.sub(" ", at.prose)
    return any(_SUPPOSES.search(text) is not None for text in (prose, at.chain.before, at.chain.remark))
