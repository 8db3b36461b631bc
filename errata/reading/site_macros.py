"""Macros that a site keeps beside its pages: MathJax tables in layouts, includes and settings."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

from errata.reading.definitions import definitions, macros_of
from errata.reading.document import Macro
from errata.reading.macro_tables import macros_of_tables
from errata.reading.macro_yaml import macros_of_yaml

MAX_FILES = 100
MAX_BYTES = 1_000_000
MAX_LEVELS = 12

_SETTINGS = ("_config.yml", "_config.yaml", "_quarto.yml", "mkdocs.yml", "myst.yml", "conf.py")
_ROOT_MARKS = (*_SETTINGS, "_posts", ".git")
_PATTERNS = (
    *_SETTINGS[:-1],
    "_macros.yml",
    "_layouts/*.html",
    "_includes/*.html",
    "_includes/**/*.html",
    "docs/javascripts/*.js",
)


HEAD_BYTES = 20_000
_HEADER = re.compile(
    r"^[ \t]*include-in-header[ \t]*:((?:[^\n]*\.(?:tex|html|sty)\b[^\n]*|[ \t]*)(?:\n[ \t]*(?:-|file:|text:)[^\n]*)*)",
    re.MULTILINE,
)
_HEADER_FILE = re.compile(r"[\w./-]+\.(?:tex|html|sty)\b")

_NEAR = re.compile(
    r"(?:_?macros\.\w+|_macros\w*\.\w+|[\w-]+[-_]macros\.tex|(?:preamble|commands|defs|definitions|notation)\.tex"
    r"|(?:mathjax|katex)[\w.-]*\.(?:js|html))",
    re.IGNORECASE,
)
"""Names of files in which a project keeps macros for all its pages: beside a page, or in a folder above it."""
_NEAR_FOLDERS = ("macros", "_static", "js", "assets")
NEAR_LEVELS = 3


def near_macros(path: str) -> dict[str, Macro]:
    """The macros in files that are named for them, in the page's folder and in those above it up to a repository's
    root; the nearest win. Unreadable files are passed over."""
    macros: dict[str, Macro] = {}
    folder = Path(path).absolute().parent
    for place in [folder, *folder.parents][:NEAR_LEVELS]:
        found: dict[str, Macro] = {}
        for file, state in _states(_near(place)):
            found |= _macros(file, state)
        macros = {**found, **macros}
        if (place / ".git").exists():
            break
    return macros


def _near(place: Path) -> Iterator[Path]:
    """The files named for macros in a folder, and in those below it that hold such files."""
    try:
        names = sorted(os.listdir(place))
    except OSError:
        return
    yield from (place / name for name in names if _NEAR.fullmatch(name))
    for folder in _NEAR_FOLDERS:
        if folder in names:
            yield from (file for file in sorted(place.glob(f"{folder}/*")) if _NEAR.fullmatch(file.name))


def site_macros(path: str) -> dict[str, Macro]:
    """The macros of the site that the page at ``path`` belongs to; none where no site is found.

    The site's root is the nearest folder upward that has settings of a site generator, or its folder of posts, or a
    repository's root.
    Unreadable files are passed over.
    """
    root = _root(Path(path).absolute().parent)
    if root is None:
        return {}
    macros: dict[str, Macro] = {}
    for file, state in [*_files(root), *_states(_headers(path, root))]:
        macros.update(_macros(file, state))
    return macros


def _headers(path: str, root: Path) -> Iterator[Path]:
    """The files that Quarto puts into the head of the page, as the settings of the site or the page itself say."""
    for settings in (root / "_quarto.yml", Path(path)):
        try:
            with settings.open("rb") as file:
                head = file.read(HEAD_BYTES).decode("utf-8", errors="replace")
        except (OSError, ValueError):
            continue
        for said in _HEADER.finditer(head):
            yield from (settings.parent / name for name in _HEADER_FILE.findall(said[1]))


def _root(folder: Path) -> Path | None:
    for candidate in [folder, *folder.parents][:MAX_LEVELS]:
        if any((candidate / mark).exists() for mark in _ROOT_MARKS):
            return candidate
    return None


def _files(root: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each file that may hold macros, with its time and size, which tell whether it has changed."""
    found = dict.fromkeys(file for pattern in _PATTERNS for file in sorted(root.glob(pattern)))
    return _states(found)


def _states(files: Iterable[Path]) -> Iterator[tuple[str, tuple[int, int]]]:
    for file in islice(files, MAX_FILES):
        try:
            state = file.stat()
        except OSError:
            continue
        if file.is_file() and state.st_size <= MAX_BYTES:
            yield str(file), (state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4 * MAX_FILES)
def _macros(file: str, state: tuple[int, int]) -> dict[str, Macro]:
    try:
        text = Path(file).read_bytes().decode("utf-8", errors="replace")
    except OSError:
        return {}
    macros = macros_of(definitions(text))
    if file.endswith((".yml", ".yaml")):
        macros |= macros_of_yaml(text)
    return macros | macros_of_tables(text)
