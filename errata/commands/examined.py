"""Derivations checked, and the routes of their claims run, by whoever is there: this process, others, or a cluster.

Of one derivation the draws are shared, of several each is a task of its own. What comes back is what is printed, so
that nothing needs to travel but text and numbers, and neither way is seen in it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager

from claims.records import Record

TASK_OF_ITS_OWN = 2
"""From so many derivations on each is a task."""


class Asked(Record):
    """Whether evidence is wanted, how its draws are made, and whether it is asked what each link rests on."""

    evidence: bool
    samples: int | None
    precision: str
    device: str
    rules: bool = False


class Examined(Record):
    """A derivation as it is printed; it holds where every step is proved and no route refutes the claim."""

    tree: dict[str, object]
    text: str
    markdown: str
    holds: bool


def gathered(names: Sequence[str], asked: Asked, jobs: int | None, cluster: str | None) -> list[Examined]:
    """Each derivation in order, with a bar on standard error where it is a terminal and there are several."""
    from errata.commands.executors import executor

    if asked.evidence:
        insist_on(asked)
    with executor(jobs, cluster) as pool, _bar(len(names)) as seen:
        found = []
        for name, one in zip(names, _examined(names, asked, pool), strict=True):
            found.append(one)
            seen(name)
        return found


def insist_on(asked: Asked) -> None:
    """Raises a usage error where torch is missing, or the device that is asked for, or its float64."""
    import click

    from errata.commands.evidence import insist_on_models

    insist_on_models()
    if asked.device == "cpu":
        return
    from errata.commands.devices import why_unusable

    why = why_unusable(asked.device)
    if why:
        raise click.UsageError(f"--device {asked.device}: {why}")


def _examined(names: Sequence[str], asked: Asked, pool: Executor | None) -> Iterator[Examined]:
    if pool is None or len(names) < TASK_OF_ITS_OWN:
        yield from (examined(name, asked, pool) for name in names)
        return
    futures = [pool.submit(examined, name, asked) for name in names]
    yield from (future.result() for future in futures)


def examined(name: str, asked: Asked, pool: Executor | None = None) -> Examined:
    """One derivation of the catalogue, checked. Its routes run on one thread, on which torch's sums depend."""
    from claims.verdict import Proved
    from derivations.ablation import all_rest
    from derivations.catalogue import derivation
    from derivations.check import derive
    from errata.commands.derivation_notes import as_markdown
    from errata.commands.derivation_output import as_text, as_tree

    one, beside = derive(derivation(name)), None
    holds = isinstance(one.verdict, Proved)
    rest = all_rest(derivation(name)) if asked.rules and holds else ()
    if asked.evidence:
        from errata.commands.evidence import side_by_side
        from numerics.sampling.route import Sampling

        with _one_thread():
            beside = side_by_side(one.claim, Sampling(asked.samples, pool, asked.precision, asked.device))
    refuted = beside is not None and beside.refuted
    text, notes = as_text(one, beside, rest), as_markdown(one)
    return Examined(as_tree(one, beside, rest), text, notes, holds and not refuted)


@contextmanager
def _one_thread() -> Iterator[None]:
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


@contextmanager
def _bar(total: int) -> Iterator[Callable[[str], None]]:
    """What to call with the name of each that is done."""
    if total < TASK_OF_ITS_OWN or not sys.stderr.isatty():
        yield lambda name: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda name: bar.update(task, advance=1, description=name)
