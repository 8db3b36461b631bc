"""The metadata at the top of a Markdown page, which isn't part of the text."""

from __future__ import annotations

import re

_YAML_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_TOML_END = re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE)
_OPENING = re.compile(r"(?:---|\+\+\+)[ \t]*\n")
_ENTRY = re.compile(r"\s*+(?:#|[\"']?[\w.$-]+[^\n:=]{0,80}[:=]|---|\.\.\.|\+\+\+)")


def front_matter_end(text: str) -> int:
    """The offset behind the front matter (YAML between ``---``, TOML between ``+++``); 0 where there is none."""
    opening = _OPENING.match(text)
    if opening is None or not _ENTRY.match(text, opening.end()):
        return 0
    closing = (_YAML_END if text[0] == "-" else _TOML_END).search(text, opening.end())
    return 0 if closing is None else min(closing.end() + 1, len(text))
