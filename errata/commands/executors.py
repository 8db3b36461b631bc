"""Who does the work: this process, others on this machine, or a Dask cluster. All are executors, and none is seen in
the result.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

import click

LOCAL = "local"
TRIES = 3
"""How often a task may be lost with its worker before it is taken to be the reason."""


@contextmanager
def executor(jobs: int | None, cluster: str | None) -> Iterator[Executor | None]:
    """The executor of ``--jobs`` and ``--cluster``; None is this process alone. A cluster's workers run what they are
    sent, so its address is to be trusted as one's own machine is.
    """
    if cluster is not None:
        with _dask(jobs, cluster) as there:
            yield there
    elif jobs is not None and jobs > 1:
        from numerics.sampling.workers import Processes

        with Processes(jobs) as here:
            yield here
    else:
        yield None


@contextmanager
def _dask(jobs: int | None, address: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError:
        raise click.UsageError(
            "--cluster needs Dask: pip install 'errata[cluster]', or use --jobs on this machine"
        ) from None
    with _client(Client, jobs, address) as client, client.get_executor(pure=False, retries=TRIES) as pool:
        yield pool


@contextmanager
def _client(made: Any, jobs: int | None, address: str) -> Iterator[Any]:
    if address != LOCAL:
        try:
            client = made(address, timeout=10)
        except (OSError, ValueError) as unreachable:
            raise click.UsageError(f"no Dask scheduler answers at {address!r}: {unreachable}") from None
        with client:
            yield client
        return
    from dask import config
    from distributed import LocalCluster

    with (
        config.set({"distributed.worker.daemon": False}),  # a document is given a process of its own, by its worker
        LocalCluster(n_workers=jobs or 2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as cluster,
        made(cluster) as client,
    ):
        yield client
