"""The LaTeX document that a chapter belongs to: macros stand in its preamble, and ``\\input`` takes the chapter in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from errata.reading.definitions import Definition, definitions, macros_of
from errata.reading.document import Macro
from errata.reading.included_macros import source_of, taken_in
from errata.reading.latex_masks import masked

MAX_LEVELS = 2
"""How many folders above the chapter's own a main document is looked for in."""
MAX_CANDIDATES = 60
HEAD_BYTES = 20_000

_CLASS = re.compile(r"^[^%\n]*\\documentclass[ \t]*(?:\[([^\[\]]{0,500})\])?[ \t]*\{([^{}\n]{1,100})\}", re.MULTILINE)


def macros_of_main(text: str, path: str) -> dict[str, Macro]:
    """The macros that the main document of the chapter at ``path`` defines before it takes the chapter in.

    A chapter has no class of its own, or the class ``subfiles`` with its main document's name. None where no document
    in its folder, or in the two above up to a repository's root, takes it in.
    """
    own = _CLASS.search(text)
    if own is not None and own.group(2) != "subfiles":
        return {}
    chapter = Path(path).absolute()
    named = own.group(1) if own is not None else None
    for main in _candidates(chapter, named):
        found = _before(main, chapter)
        if found is not None:
            return macros_of(found)
    return {}


def _candidates(chapter: Path, named: str | None) -> Iterator[Path]:
    """The LaTeX files that may take the chapter in, the nearest first; with a name only that one."""
    if named:
        yield from (f for f in (chapter.parent / named, chapter.parent / f"{named}.tex") if _is_file(f))
        return
    folder = chapter.parent
    for _ in range(1 + MAX_LEVELS):
        try:
            files = sorted(folder.glob("*.tex"))[:MAX_CANDIDATES]
        except OSError:
            return
        yield from (file for file in files if file != chapter and _is_file(file))
        if (folder / ".git").exists():
            return
        folder = folder.parent


def _is_file(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError:
        return False


def _head(file: Path) -> str:
    """How a file begins, where its class stands; empty where it can't be read."""
    try:
        with file.open("rb") as opened:
            return opened.read(HEAD_BYTES).decode("utf-8", errors="replace")
    except OSError:
        return ""


def _before(main: Path, chapter: Path) -> list[Definition] | None:
    """The definitions in a document up to where it takes a chapter in; None where it has no class or never does."""
    if _CLASS.search(_head(main)) is None:
        return None
    source = masked(source_of(main)).text
    found = definitions(source)
    own = chapter.resolve()
    for file, taken in taken_in(source, main.parent):
        if file == own:
            return found
        found += definitions(taken)
    return None
