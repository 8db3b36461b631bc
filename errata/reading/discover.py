"""Which files to read: those named, and all documents in folders but for what git ignores."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from claims.records import Record
from errata.reading.plain_text import ReadingError
from errata.reading.sources import READERS, STANDARD_INPUT

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

ALWAYS_SKIPPED = frozenset({".git", "node_modules", ".venv", ".ipynb_checkpoints"})

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

    The order is that of ``paths``, and by name within a folder. A file that is named is read even where git ignores it.
    """
    files: dict[str, str] = {}
    errors: list[ReadingError] = []
    for path in paths:
        try:
            for file in _under(path):
                files.setdefault(file if file == STANDARD_INPUT else os.path.realpath(file), file)
        except ReadingError as error:
            errors.append(error)
    return Discovered(tuple(files.values()), tuple(errors))


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
    found = [f for m in matches for f in ([m] if os.path.isfile(m) else _walk(m)) if _is_document(f)]
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
        elif entry.is_file() and _is_document(entry.name):
            yield entry.path


def _is_document(name: str) -> bool:
    return os.path.splitext(name)[1].lower() in READERS


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
