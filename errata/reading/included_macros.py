"""Macros of LaTeX that stand in other files: ``\\input``, ``\\include``, and packages that lie beside the document."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from errata.reading.definitions import definitions, macros_of
from errata.reading.document import Macro
from errata.reading.latex_masks import masked

MAX_FILES = 50
MAX_BYTES = 4_000_000
LEVELS = 3
"""How many folders above a document's own may hold files that it takes in, up to a repository's root."""

_INCLUSION = re.compile(
    r"\\(?:(?:(input|include|subfile)[ \t]*|(import|subimport)\*?[ \t]*\{([^{}\n]{0,300})\})\{([^{}\n]{1,300})\}"
    r"|(?:usepackage|RequirePackage|documentclass)[ \t]*(?:\[[^\[\]]{0,500}\])?[ \t]*\{([^{}]{1,300})\})"
)


def included_macros(text: str, path: str) -> dict[str, Macro]:
    """The macros in files that the LaTeX document at ``path`` takes in, and in those that they take in.

    Files above the document's folder are read up to a repository's root and for three levels; what is missing or
    unreadable is passed over.
    """
    if not any(command in text for command in ("\\input", "\\include", "\\usepackage", "\\import", "\\subimport")):
        return {}
    root = Path(path).absolute().parent
    return macros_of(d for _, source in taken_in(masked(text).text, root) for d in definitions(source))


def taken_in(text: str, root: Path) -> Iterator[tuple[Path, str]]:
    """The files that a masked text takes in, in their order, each with its masked text; names count from ``root``."""
    seen: set[Path] = set()
    pending = list(_inclusions(text, root))[::-1]
    while pending and len(seen) < MAX_FILES:
        file = pending.pop()
        if file in seen:
            continue
        seen.add(file)
        source = masked(source_of(file)).text
        yield file, source
        pending += list(_inclusions(source, root))[::-1]


def _inclusions(text: str, root: Path) -> Iterator[Path]:
    for name, suffix in dict.fromkeys(_names(text)):
        file = _inside(root, name, suffix)
        if file is not None:
            yield file


def _names(text: str) -> Iterator[tuple[str, str]]:
    """The names of what is taken in, each with the suffix that may be left out."""
    for mark in _INCLUSION.finditer(text):
        if mark.group(4) is None:
            yield from ((name.strip(), ".sty") for name in mark.group(5).split(","))
        else:
            yield os.path.join((mark.group(3) or "").strip(), mark.group(4).strip()), ".tex"


def _inside(root: Path, name: str, suffix: str) -> Path | None:
    """The file of that name; None where there is none, or where it lies too far outside the folder."""
    top = top_of(root)
    for candidate in (name, name + suffix) if suffix == ".tex" else (name + suffix,):
        try:
            file = (root / candidate).resolve()
            if not Path(candidate).is_absolute() and file.is_relative_to(top) and file.is_file():
                return file
        except (OSError, ValueError, RuntimeError):
            continue
    return None


def top_of(root: Path) -> Path:
    """The folder in and below which a document's files may lie."""
    top = root.resolve()
    for _ in range(LEVELS):
        if (top / ".git").exists() or top.parent == top:
            break
        top = top.parent
    return top


def source_of(file: Path) -> str:
    """The text of a file; empty where it can't be read or is too long."""
    try:
        if file.stat().st_size > MAX_BYTES:
            return ""
        return file.read_bytes().decode("utf-8", errors="replace")
    except OSError:
        return ""
