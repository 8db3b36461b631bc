"""Fences of Markdown: ```` ``` ````, ``~~~`` and ``:::``, and whether what they hold is code, mathematics or text."""

from __future__ import annotations

import re
from enum import Enum

from claims.records import Record

_OPENING = re.compile(r"[ \t]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)*+(`{3,}+|~{3,}+|:{3,}+)(.*)", re.DOTALL)
_DIRECTIVE = re.compile(r"\{([^\s{}]+)\}(.*)", re.DOTALL)
_OPTION = re.compile(r"[ \t]*+:[\w-]+:")
_TEXT_DIRECTIVES = frozenset(
    """admonition note warning tip important hint caution attention danger error seealso dropdown details margin sidebar
    topic epigraph highlights pull-quote figure table list-table card grid grid-item grid-item-card tab-set tab-item
    tab-set-item div aside proof theorem axiom lemma definition criterion remark conjecture corollary algorithm example
    property observation proposition assumption exercise solution exercise-start exercise-end solution-start
    solution-end""".split()
)
_CODE_DIRECTIVES = frozenset("code code-block code-cell sourcecode mermaid literalinclude eval-rst raw".split())


class Holds(Enum):
    """What stands between the marks of a fence."""

    CODE = "code"
    MATHEMATICS = "mathematics"
    TEXT = "text"


class Fence(Record):
    """An opening fence: its character, how many of them, what it holds, and its name as a delimiter."""

    character: str
    length: int
    holds: Holds
    name: str

    def is_closed_by(self, body: str) -> bool:
        """Whether a line, without quotation marks, closes this fence."""
        mark = body.strip()
        return len(mark) >= self.length and not mark.strip(self.character)


def opening(body: str) -> Fence | None:
    """The fence that a line opens, if any; ``body`` is the line without quotation marks."""
    found = _OPENING.match(body) if body.lstrip(" \t-*+.)0123456789")[:1] in ("`", "~", ":") else None
    if found is None or (found.group(1)[0] == "`" and "`" in found.group(2)):
        return None
    mark, info = found.group(1), found.group(2).strip()
    return Fence(mark[0], len(mark), _holds(mark[0], info), _name(mark[:3], info))


def is_option(body: str) -> bool:
    """Whether a line is an option of a directive, as ``:label: eq-1``."""
    return _OPTION.match(body) is not None


def _holds(character: str, info: str) -> Holds:
    directive = _DIRECTIVE.match(info)
    name = directive.group(1).removeprefix("prf:") if directive else ""
    if name == "math" or (info == "math" and character != ":"):
        return Holds.MATHEMATICS
    if character == ":":
        return Holds.CODE if name in _CODE_DIRECTIVES else Holds.TEXT
    return Holds.TEXT if name in _TEXT_DIRECTIVES else Holds.CODE


def _name(mark: str, info: str) -> str:
    return mark + ("{math}" if info.startswith("{math}") else "math")
