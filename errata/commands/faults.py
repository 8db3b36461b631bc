"""What errata says when it fails itself: an apology with the place, and a traceback for those who ask for one."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from pathlib import PurePath
from typing import TypeVar

import click

OUR_FAULT = 3
_KEY = "errata.traceback"

F = TypeVar("F", bound=Callable[..., object])


def traceback_option(command: F) -> F:
    """The ``--traceback`` of every command."""
    return click.option(
        "--traceback",
        is_flag=True,
        expose_value=False,
        callback=_remember,
        help="If errata itself fails, show where (so does ERRATA_DEBUG=1).",
    )(command)


def traceback_wanted(ctx: click.Context) -> bool:
    """Whether the user asked for tracebacks."""
    return bool(ctx.meta.get(_KEY)) or os.environ.get("ERRATA_DEBUG") == "1"


def apology(error: BaseException, full: bool) -> str:
    """For a failure that stopped the run."""
    place = traceback.extract_tb(error.__traceback__)[-1:]
    where = f" at {_short(place[0].filename)}:{place[0].lineno}" if place else ""
    trace = "".join(traceback.format_exception(error)) if full else ""
    return f"{trace}{sorry(f'{type(error).__name__}{where}', full)}"


def sorry(what: str, full: bool) -> str:
    """What happened, whose fault it is, and what to do."""
    more = "" if full else "\n  `--traceback` shows how it came to that"
    return (
        f"errata itself failed, sorry: {what}\n  please report it, with this command and the file it was run on{more}"
    )


def _remember(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value:
        ctx.meta[_KEY] = True


def _short(filename: str) -> str:
    path = PurePath(filename)
    return f"{path.parent.name}/{path.name}"
