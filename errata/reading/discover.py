"""Which files to read: those named, and all documents in folders but for what git ignores."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from claims.records import Record
from errata.reading.followed import BOOKS, followed, is_book, missing_from, text_at
from errata.reading.plain_text import ReadingError
from errata.reading.sources import READERS, STANDARD_INPUT

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

ALWAYS_SKIPPED = frozenset({".git", "node_modules", ".venv", ".ipynb_checkpoints"})

_SUFFIXES = frozenset(READERS)
_MAGIC = frozenset("*?[")


class Discovered(Record):
    """The files to read, in order and each once, and the named paths that lead to none."""

    files: tuple[str, ...]
    errors: tuple[ReadingError, ...]


class _Ignore(Record):
    folder: Path
    spec: GitIgnoreSpec


def discover(paths: Sequence[str]) -> Discovered:
    """The documents under ``paths``: files, folders (recursively), globs, and ``-`` for standard input.

    The order is that of ``paths``, and by name within a folder; the files that documents take in come after them, and
    the chapters that a book lists stand for the list. A file that is named is read even where git ignores it.
    """
    files: dict[str, str] = {}
    errors: list[ReadingError] = []
    for path in paths:
        try:
            found = _under(path)
        except ReadingError as error:
            errors.append(error)
            continue
        taken = [f for file in [*found, *_books(path)] if file != STANDARD_INPUT for f in followed(file, _SUFFIXES)]
        for file in [*(f for f in found if not is_book(f)), *taken]:
            files.setdefault(file if file == STANDARD_INPUT else os.path.realpath(file), file)
        errors += [_missing(name, book) for book in found if is_book(book) for name in missing_from(book)]
    return Discovered(tuple(files.values()), tuple(errors))


def _books(path: str) -> list[str]:
    """The files in a folder that list the chapters of a book."""
    return [file for name in sorted(BOOKS) if os.path.isfile(file := os.path.join(path, name))]


def _missing(name: str, book: str) -> ReadingError:
    path = os.path.normpath(os.path.join(os.path.dirname(book), name))
    return ReadingError(path, f"there is no such file, and {book} lists it", "check the name")


def _under(path: str) -> list[str]:
    if path == STANDARD_INPUT:
        return [path]
    try:
        if os.path.isdir(path):
            return _documents(path)
        if os.path.exists(path):
            return [path]
        matches = sorted(glob.glob(path, recursive=True)) if _MAGIC & set(path) else []
    except (OSError, ValueError) as error:
        raise ReadingError(path, f"it can't be opened: {error}", "check the path") from error
    found = [
        f for m in matches for f in ([m] if os.path.isfile(m) else _walk(m)) if _is_document(f) and _may_hold_notes(f)
    ]
    if not found:
        why = "nothing matches this pattern" if _MAGIC & set(path) else "there is no such file or folder"
        raise ReadingError(path, why, "check the path")
    return found


def _documents(folder: str) -> list[str]:
    if not os.access(folder, os.R_OK | os.X_OK):
        raise ReadingError(folder, "this folder can't be opened", "check its permissions")
    found = list(_walk(folder))
    if not found:
        suffixes = ", ".join(sorted(READERS))
        raise ReadingError(folder, "there is no document in this folder", f"documents end in {suffixes}")
    return found


def _walk(folder: str) -> Iterator[str]:
    """The documents in a folder and below it, but for what git ignores."""
    yield from _walk_below(folder, _inherited(Path(folder).resolve()))


def _walk_below(folder: str, ignores: tuple[_Ignore, ...]) -> Iterator[str]:
    here = Path(folder).resolve()
    own = _ignore(here)
    ignores = (*ignores, own) if own else ignores
    try:
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
    except OSError:
        return
    for entry in entries:
        is_folder = entry.is_dir(follow_symlinks=False)
        if entry.name in ALWAYS_SKIPPED or _is_ignored(here / entry.name, is_folder, ignores):
            continue
        if is_folder:
            yield from _walk_below(entry.path, ignores)
        elif entry.is_file() and _is_document(entry.name) and _may_hold_notes(entry.path):
            yield entry.path


def _is_document(name: str) -> bool:
    return os.path.splitext(name)[1].lower() in READERS


def _may_hold_notes(path: str) -> bool:
    """Whether a file that a search finds is one of notes: a Python file only if it holds cells of Markdown."""
    if not path.lower().endswith(".py"):
        return True
    from errata.reading.python_cells import has_cells

    return has_cells(text_at(path))


def _inherited(folder: Path) -> tuple[_Ignore, ...]:
    """What the folders above ignore, from the repository's root down; nothing outside a repository."""
    chain = [folder, *folder.parents]
    root = next((i for i, parent in enumerate(chain) if (parent / ".git").exists()), 0)
    return tuple(ignore for parent in reversed(chain[1 : root + 1]) if (ignore := _ignore(parent)))


def _ignore(folder: Path) -> _Ignore | None:
    try:
        lines = (folder / ".gitignore").read_text("utf-8", errors="replace").splitlines()
    except (OSError, ValueError):
        return None
    from pathspec import GitIgnoreSpec  # a file that is named needs no patterns

    return _Ignore(folder, GitIgnoreSpec.from_lines(filter(_is_pattern, lines)))


def _is_pattern(line: str) -> bool:
    """Whether a line of a .gitignore can be understood; git passes over the others too."""
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


def _is_ignored(path: Path, is_folder: bool, ignores: tuple[_Ignore, ...]) -> bool:
    """Whether git ignores a path: the nearest .gitignore that speaks of it decides."""
    for ignore in reversed(ignores):
        relative = path.relative_to(ignore.folder).as_posix() + ("/" if is_folder else "")
        include = ignore.spec.check_file(relative).include
        if include is not None:
            return include
    return False
