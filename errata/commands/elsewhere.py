"""``errata check --cluster``: documents examined by the workers of an executor, each as if it were alone.

A document is a task. The worker that gets it hires a process of its own for it, with the same clock and the same memory
as on one machine, so a formula that hangs costs that process and not the worker. Workers read the files themselves:
they need the same paths, and the same errata.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, as_completed
from contextlib import contextmanager

import click

from claims.records import Record
from errata.checking.options import Options
from errata.checking.pool import Event, Judge, Source, examined
from errata.checking.pool.messages import Result
from errata.commands.engine import Crew
from errata.commands.executors import executor
from errata.commands.rooms import examine, prepare, read_document

NO_CHILDREN = (
    "the workers of the cluster may not start processes, without which a formula that hangs would take the worker "
    "along: start them with DASK_DISTRIBUTED__WORKER__DAEMON=False in the environment"
)


def examined_alone(source: Source, options: Options) -> Result:
    """What a worker does with a document. Raises RuntimeError where it may not start a process for it."""
    if multiprocessing.current_process().daemon:
        raise RuntimeError(NO_CHILDREN)
    ((_, result),) = examined((source,), options, 1, Judge(read_document, examine, prepare))
    return result


class Away(Record):
    """A crew whose members are the workers of an executor."""

    options: Options
    workers: Executor

    def examined(
        self, sources: Sequence[Source], jobs: int, watch: Callable[[int, Event], None]
    ) -> Iterator[tuple[int, Result]]:
        """The number of each source and what was found in it, in the order of completion; nothing can be watched."""
        given = {self.workers.submit(examined_alone, source, self.options): i for i, source in enumerate(sources)}
        for done in as_completed(given):
            error = done.exception()
            if isinstance(error, RuntimeError) and NO_CHILDREN in str(error):
                raise click.UsageError(NO_CHILDREN)
            yield given[done], done.result()


@contextmanager
def away(options: Options, jobs: int, cluster: str) -> Iterator[Crew]:
    """The crew of ``--cluster``, for one run."""
    with executor(jobs, cluster) as workers:
        if workers is None:
            raise click.UsageError("--cluster names no cluster")
        yield Away(options, workers)
