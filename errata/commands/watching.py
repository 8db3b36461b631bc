"""``--watch``: the report anew whenever a document, or the configuration, changes."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import click

WAIT_MS = 200
"""Changes within so many milliseconds are one."""


def insist_on_watching() -> None:
    """Raises a usage error where what watches files is not installed."""
    from importlib.util import find_spec

    if find_spec("watchfiles") is None:
        raise click.UsageError("--watch needs watchfiles: pip install 'errata[watch]'")


def watch(paths: Sequence[str], once: Callable[[], None]) -> None:
    """Call ``once`` now and after every change under the paths, until interrupted."""
    from watchfiles import watch as changes

    once()
    for changed in changes(*(_watched(p) for p in paths), debounce=WAIT_MS, step=50, raise_interrupt=True):
        names = sorted({os.path.relpath(path) for _, path in changed})
        click.echo(f"\n── {', '.join(names[:3])}{', …' if len(names) > 3 else ''} ──", err=True)
        once()


def _watched(path: str) -> Path:
    """What is watched for a path: a file's folder, since editors put a new file in the place of the old one."""
    return Path(path) if os.path.isdir(path) else Path(path).absolute().parent
