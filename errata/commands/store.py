"""What was found in a document before: kept from run to run, under a key that says all that the result depends on.

A key is the digest of the document's bytes, its path, the macros that it takes from other files, the options, and of
errata itself: the sizes and times of its source files, and the versions of what it computes with. So nothing has to be
thrown away to be right; what isn't asked for in a month is thrown away to be small. The store is one SQLite file, which
several processes may use at a time. Where it can't be used, everything is judged anew.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from claims.records import Record
from errata.checking.judgement import Examined, Unreadable
from errata.checking.options import Options
from errata.checking.pool.messages import File, Source

if TYPE_CHECKING:
    from errata.checking.pool.messages import Result
    from errata.reading.document import Macro

FORM = 1
"""The form of what is stored."""
ROOMS = ("claims", "derivations", "errata", "numerics")
COMPUTES = ("mpmath", "numpy", "python-flint", "scipy", "sympy")
DAY_S = 86_400
KEPT_S = 30 * DAY_S
MOST_BYTES = 512 * 2**20
PATIENCE_S = 5.0
"""How long another process is waited for that writes."""
NAME = "judged.sqlite"


class Kept(Record):
    """A source with its content, and the key under which what is found in it is kept; None where it can't be."""

    source: File
    key: str | None


def folder() -> Path:
    """Where the store lies: ``ERRATA_CACHE_DIR``, or the place where the system keeps such things."""
    if named := os.environ.get("ERRATA_CACHE_DIR"):
        return Path(named)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "errata"
    if sys.platform == "win32" and (local := os.environ.get("LOCALAPPDATA")):
        return Path(local) / "errata" / "cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "errata"


class Store:
    """Results by key. No error of the database ever reaches a caller: what fails is as if nothing were kept."""

    def __init__(self, options: Options, place: Path) -> None:
        self._salt = _digest([str(FORM), _errata(), msgspec.json.encode(options).decode()])
        self._base = _connected(place)
        self._used: list[str] = []

    def keyed(self, source: Source) -> Kept | None:
        """A file read, with its key; None for what is no file, or can't be read."""
        if not isinstance(source, File):
            return None
        try:
            data = Path(source.path).read_bytes() if source.data is None else source.data
        except (OSError, ValueError):
            return None
        return Kept(File(source.path, data), self._key(source.path, data))

    def found(self, kept: Kept) -> Result | None:
        """What was found in this content before."""
        if kept.key is None or self._base is None:
            return None
        try:
            row = self._base.execute("SELECT value FROM results WHERE key = ?", (kept.key,)).fetchone()
            if row is None:
                return None
            result = msgspec.msgpack.decode(row[0], type=Examined)
        except (sqlite3.Error, msgspec.MsgspecError, ValueError):
            return None
        self._used.append(kept.key)
        return result

    def keep(self, kept: Kept, result: Result) -> None:
        """Keep what was found, unless errata failed on it or what it depends on has changed meanwhile."""
        if kept.key is None or self._base is None or isinstance(result, Unreadable) or result.faults:
            return
        if any("worker died" in why or "memory" in why for why in _reasons(result)):
            return
        if self._key(kept.source.path, kept.source.data or b"") != kept.key:
            return
        try:
            value = msgspec.msgpack.encode(result)
            with self._base:
                self._base.execute("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", (kept.key, value, _now()))
        except (sqlite3.Error, msgspec.MsgspecError, ValueError, TypeError):
            return

    def close(self) -> None:
        """Note what was used, and drop what was not for long."""
        if self._base is None:
            return
        try:
            with self._base:
                stale = [(_now(), key, _now() - DAY_S) for key in self._used]
                self._base.executemany("UPDATE results SET used = ? WHERE key = ? AND used < ?", stale)
                self._base.execute("DELETE FROM results WHERE used < ?", (_now() - KEPT_S,))
                (pages,), (size,) = (self._base.execute(f"PRAGMA {n}").fetchone() for n in ("page_count", "page_size"))
                if pages * size > MOST_BYTES:
                    half = "SELECT key FROM results ORDER BY used LIMIT (SELECT count(*) / 2 FROM results)"
                    self._base.execute(f"DELETE FROM results WHERE key IN ({half})")
        except sqlite3.Error:
            pass
        finally:
            self._base.close()
            self._base = None

    def _key(self, path: str, data: bytes) -> str | None:
        macros = _macros_elsewhere(path, data)
        if macros is None:
            return None
        said = msgspec.json.encode(sorted(macros.items()))
        return _digest([self._salt, path, hashlib.sha256(data).hexdigest(), said.decode("utf-8", "replace")])


def opened(options: Options) -> Store:
    """The store of this user, for runs with some options."""
    return Store(options, folder() / NAME)


def clear() -> int:
    """Throw away everything that is kept; how many bytes that were."""
    freed = 0
    for suffix in ("", "-wal", "-shm", "-journal"):
        file = folder() / f"{NAME}{suffix}"
        try:
            size = file.stat().st_size
            file.unlink()
        except OSError:
            continue
        freed += size
    return freed


def _connected(place: Path) -> sqlite3.Connection | None:
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        base = sqlite3.connect(place, timeout=PATIENCE_S)
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = NORMAL")
        base.execute("CREATE TABLE IF NOT EXISTS results (key TEXT PRIMARY KEY, value BLOB, used INTEGER)")
        base.commit()
        return base
    except (sqlite3.Error, OSError):
        return None


def _reasons(examined: Examined) -> Iterator[str]:
    from errata.reporting.diagnostic import reason_of

    return (why for judged in examined.judged if (why := reason_of(judged.verdict)) is not None)


def _macros_elsewhere(path: str, data: bytes) -> Mapping[str, Macro] | None:
    """The macros that a document takes from other files; None where it can't be read."""
    from errata.reading.included_macros import included_macros
    from errata.reading.main_documents import macros_of_main
    from errata.reading.plain_text import ReadingError, text_of
    from errata.reading.site_macros import site_macros

    if path == "-":
        return {}
    if not path.lower().endswith((".tex", ".ltx", ".rnw", ".snw")):
        return site_macros(path)
    try:
        text = text_of(data, path)
    except ReadingError:
        return None
    return {**macros_of_main(text, path), **included_macros(text, path)}


def _errata() -> str:
    """A digest of errata itself: its source files by size and time, and the versions of what it computes with."""
    from importlib.metadata import PackageNotFoundError, version

    home = Path(__file__).resolve().parents[2]
    said = [sys.version]
    for room in ROOMS:
        said += sorted(_stamps(str(home / room)))
    for package in COMPUTES:
        try:
            said.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            said.append(package)
    return _digest(said)


def _stamps(place: str) -> Iterator[str]:
    with os.scandir(place) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from _stamps(entry.path)
            elif entry.name.endswith((".py", ".json", ".c")):
                state = entry.stat()
                yield f"{entry.path} {state.st_size} {state.st_mtime_ns}"


def _digest(parts: list[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _now() -> int:
    return int(time.time())
