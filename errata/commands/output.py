"""Where a report goes: standard output, or a file that is either the old one or the new one, never half of both."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

import click


def check_writable(path: str, option: str = "--output") -> None:
    """Refuse, before any work is done, a file that can't be written later."""
    folder = Path(path).parent
    if Path(path).is_dir():
        raise click.BadParameter(f"{path!r} is a directory; name a file in it", param_hint=option)
    if not folder.is_dir():
        raise click.BadParameter(f"there is no directory {str(folder)!r}; make it first", param_hint=option)
    target = Path(path) if Path(path).exists() else folder
    if not os.access(target, os.W_OK):
        raise click.BadParameter(f"no permission to write {str(target)!r}", param_hint=option)


def write(text: str, path: str | None, colour: bool) -> None:
    """To the file, or to standard output where there is none."""
    if path is None:
        click.echo(text, nl=False, color=colour)
        sys.stdout.flush()
    elif Path(path).exists() and not Path(path).is_file():  # a pipe or a device has no old content to keep
        Path(path).write_text(text, encoding="utf-8", errors="backslashreplace")
    else:
        replace_bytes(Path(path).resolve(), text.encode("utf-8", "backslashreplace"))


def replace_bytes(path: Path, data: bytes) -> None:
    """Put new content in the place of a file, whole or not at all; its mode stays."""
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(scratch, mode)
        os.replace(scratch, path)
    except BaseException:
        os.unlink(scratch)
        raise


def _umask() -> int:
    """The mask of the process, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


@contextmanager
def stdout_kept() -> Iterator[None]:
    """Keep standard output for ourselves: what other packages print meanwhile, also from C, goes to standard error."""
    sys.stdout.flush()
    try:
        kept = os.dup(1)
    except OSError:  # standard output is closed
        kept = None
    try:
        if kept is not None:
            os.dup2(2, 1)
        with redirect_stdout(sys.stderr):
            yield
    finally:
        if kept is not None:
            os.dup2(kept, 1)
            os.close(kept)
