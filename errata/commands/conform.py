"""``errata conform``: somebody's own implementation held against a specification on random inputs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from errata.commands.faults import traceback_option

if TYPE_CHECKING:
    from numerics.conformance.exercise import Exercise
    from numerics.conformance.holding import Conformance
    from numerics.conformance.process import Limits

DIFFERS = 1

EPILOG = """\b
Examples:
  errata conform --list                          what can be held, and the signature each expects
  errata conform bernoulli mine.py:log_prob      the callable log_prob of mine.py
  errata conform vae.kl homework/kl.py           a callable of the same name, kl
  errata conform ddpm.posterior a.py:f --format json

The file runs in a process of its own with bounded time and memory. It gets torch
tensors if it imports torch, else numpy arrays; floating-point inputs are float64.
Gradients are compared for torch. The first disagreement is shrunk to small inputs;
"likely" names a convention or mistake that explains every input that was tried.

\b
Exit status:
  0  no disagreement was found
  1  it disagrees, raises, or runs out of time or memory
  2  there is no such exercise, file or callable, or the file can't be loaded
  3  errata itself failed
"""


@click.command(epilog=EPILOG, short_help="Hold your own implementation against a specification.")
@click.argument("name", required=False, metavar="MODEL[.FUNCTION]")
@click.argument("target", required=False, metavar="FILE[:CALLABLE]")
@click.option("--list", "listed", is_flag=True, help="What can be held, with signatures.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--seed", default=0, show_default=True, type=click.IntRange(min=0), help="Of the inputs drawn.")
@click.option("--examples", default=60, show_default=True, type=click.IntRange(min=5), help="Inputs to try.")
@click.option("--timeout", "seconds", default=10.0, show_default=True, help="Seconds for one call.")
@click.option("--memory", default=8192, show_default=True, type=click.IntRange(min=1024), help="MiB for its process.")
@traceback_option
@click.pass_context
def conform(
    ctx: click.Context,
    name: str | None,
    target: str | None,
    listed: bool,
    form: str,
    seed: int,
    examples: int,
    seconds: float,
    memory: int,
) -> None:
    """Hold an implementation against a specification: shapes, values, gradients, and the edges of the domains."""
    from errata.commands.terminal import never_fail_to_print

    never_fail_to_print()
    _insist()
    from errata.reporting import conformance as shown
    from numerics.conformance.process import Limits

    if listed:
        click.echo(shown.listing_as_json(name) if form == "json" else shown.listing(name))
        return
    if name is None or target is None:
        raise click.UsageError("give a MODEL and a FILE:CALLABLE, or --list to see what there is")
    exercise = _exercise(name)
    path, callable_name = _split(target, exercise.function)
    found = _held(exercise, path, callable_name, seed, examples, Limits(seconds, memory))
    click.echo((shown.as_json if form == "json" else shown.as_text)(found, f"{path}:{callable_name}", seed))
    ctx.exit(0 if found.disagreement is None else DIFFERS)


def _held(exercise: Exercise, path: Path, name: str, seed: int, examples: int, limits: Limits) -> Conformance:
    from numerics.conformance.holding import conformance
    from numerics.conformance.process import CantRun, Theirs

    def tell(tried: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{tried} inputs", nl=False, err=True)

    try:
        with Theirs(path, name, limits) as implementation:
            return conformance(exercise, implementation, seed, examples, tell)
    except CantRun as why:
        raise click.UsageError(str(why)) from None
    finally:
        if sys.stderr.isatty():
            click.echo("\r\033[K", nl=False, err=True)


def _insist() -> None:
    from importlib.util import find_spec

    missing = [package for package in ("torch", "hypothesis") if find_spec(package) is None]
    if missing:
        raise click.UsageError(f"conform needs {' and '.join(missing)}: pip install 'errata[models]'")


def _exercise(name: str) -> Exercise:
    """The exercise of that name; a model's name stands for its only one."""
    from difflib import get_close_matches

    from numerics.conformance.catalogue import EXERCISES

    by_name = {one.name: one for one in EXERCISES}
    if name in by_name:
        return by_name[name]
    of_model = [one for one in EXERCISES if one.model == name]
    if len(of_model) == 1:
        return of_model[0]
    if of_model:
        raise click.UsageError(f"{name} has several functions: {', '.join(one.name for one in of_model)}")
    near = get_close_matches(name, [*by_name, *(one.model for one in EXERCISES)], 3)
    hint = f"; did you mean {' or '.join(dict.fromkeys(near))}?" if near else ""
    raise click.UsageError(f"there is nothing to conform to named {name!r}{hint} (`errata conform --list` lists all)")


def _split(target: str, default: str) -> tuple[Path, str]:
    """File and callable; the callable is the part after the last colon, if it could be a name."""
    path, colon, name = target.rpartition(":")
    if colon and name.isidentifier() and path:
        return Path(path), name
    if colon and not name and path:
        return Path(path), default
    return Path(target), default
