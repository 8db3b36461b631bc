"""``errata conform``: somebody's own implementation held against a specification on random inputs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from errata.commands.faults import traceback_option

if TYPE_CHECKING:
    from numerics.conformance.coursework import Outcome, Task
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
  errata conform attention.causal hw.ipynb:Attention.forward
  errata conform vae.kl=my_kl,ddpm.jump submissions/ --format csv > grades.csv

CALLABLE is a function, a class that is made and called (an nn.Module), or Class.method;
a constructor gets the arguments that it names. Of a notebook only what the callable
needs is run. A FOLDER is a whole course: each folder or file in it is one submission.

The file runs in a process of its own with bounded time and memory. It gets torch
tensors if it works with torch, else numpy arrays; floating-point inputs are float64.
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
@click.argument("name", required=False, metavar="MODEL[.FUNCTION][=CALLABLE]")
@click.argument("target", required=False, metavar="FILE[:CALLABLE]|FOLDER")
@click.option("--list", "listed", is_flag=True, help="What can be held, with signatures.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv", "html"]),
    default="text",
    show_default=True,
    help="csv and html are tables of a FOLDER.",
)
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
    if Path(target).is_dir():
        from numerics.conformance.coursework import PASSED

        outcomes = _course(
            Path(target), [_task(one) for one in name.split(",")], seed, examples, Limits(seconds, memory)
        )
        click.echo(_table(outcomes, form), nl=form != "csv")
        ctx.exit(0 if all(one.word in PASSED for one in outcomes) else DIFFERS)
    if form in ("csv", "html"):
        raise click.UsageError(f"--format {form} is a table of a FOLDER of submissions, and {target} is none")
    task = _task(name)
    exercise = task.exercise
    path, callable_name = _split(target, task.callable_name)
    found = _held(exercise, path, callable_name, seed, examples, Limits(seconds, memory))
    click.echo((shown.as_json if form == "json" else shown.as_text)(found, f"{path}:{callable_name}", seed))
    ctx.exit(0 if found.disagreement is None else DIFFERS)


def _task(name: str) -> Task:
    """The exercise, and the callable that is meant for it: of the same name unless it is said."""
    from numerics.conformance.coursework import Task

    exercise, _, callable_name = name.strip().partition("=")
    found = _exercise(exercise)
    return Task(found, callable_name or found.function)


def _course(folder: Path, tasks: list[Task], seed: int, examples: int, limits: Limits) -> list[Outcome]:
    from numerics.conformance.coursework import outcomes, submissions

    count = len(submissions(folder)) * len(tasks)
    if not count:
        raise click.UsageError(f"there are no submissions in {folder}: no folders, .py files or notebooks")
    found = []
    for one in outcomes(folder, tasks, seed, examples, limits):
        found.append(one)
        if sys.stderr.isatty():
            click.echo(f"\r\033[K{len(found)} of {count}: {one.submission}", nl=False, err=True)
    if sys.stderr.isatty():
        click.echo("\r\033[K", nl=False, err=True)
    return found


def _table(found: list[Outcome], form: str) -> str:
    from errata.reporting import coursework

    tables = {"csv": coursework.as_csv, "html": coursework.as_page, "json": coursework.as_json}
    return tables.get(form, coursework.as_text)(found)


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
    near = [one.name for one in EXERCISES if one.name.endswith(f".{name}")]
    near = near or get_close_matches(name, [*by_name, *(one.model for one in EXERCISES)], 3)
    hint = f"; did you mean {' or '.join(dict.fromkeys(near))}?" if near else ""
    raise click.UsageError(f"there is nothing to conform to named {name!r}{hint} (`errata conform --list` lists all)")


def _split(target: str, default: str) -> tuple[Path, str]:
    """File and callable; the callable is the part after the last colon, if it could be a name."""
    path, colon, name = target.rpartition(":")
    if colon and path and name.count(".") < 2 and all(part.isidentifier() for part in name.split(".")):
        return Path(path), name
    if colon and not name and path:
        return Path(path), default
    return Path(target), default
