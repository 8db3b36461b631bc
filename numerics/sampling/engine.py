"""Averages over many samples, by whoever is there: this process, others, or a cluster. The same bits either way.

An engine takes a ``concurrent.futures.Executor``. It hands out runs of leaves and merges what comes back in the order
of the leaves, in a fixed tree, so that neither the number of workers nor the size of a task is seen in the result. A
task that is lost with its worker is handed out again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from itertools import chain
from typing import Protocol

from numerics.sampling.averages import LEAF
from numerics.sampling.moments import Moments, in_a_tree

CHUNK = 16 * LEAF
"""Samples in a task: enough for a task to take longer than to hand it out."""
Leaves = Sequence[tuple[int, int]]


class Wanted(Protocol):
    """What can be averaged: data that travels, cut at fixed places."""

    def leaves(self, n: int) -> list[tuple[int, int]]:
        """Start and size of each leaf of n samples."""

    def part(self, start: int, count: int) -> Moments:
        """The moments of one leaf."""


Compute = Callable[[Wanted, Leaves], list[Moments]]


def summed(wanted: Wanted, n: int, executor: Executor | None = None, chunk: int = CHUNK) -> Moments:
    """What n samples give; ``chunk`` is about how many go into a task, and changes nothing in the result."""
    tasks = _tasks(wanted.leaves(n), chunk)
    if executor is None:
        parts = [computed(wanted, task) for task in tasks]
    else:
        futures = [executor.submit(computed, wanted, task) for task in tasks]
        parts = [future.result() for future in futures]
    return in_a_tree(list(chain.from_iterable(parts)))


def computed(wanted: Wanted, leaves: Leaves) -> list[Moments]:
    """The parts of some leaves, on one thread: torch sums differ in their last bits from one number to another."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        return [wanted.part(start, count) for start, count in leaves]
    finally:
        torch.set_num_threads(before)


def _tasks(leaves: Leaves, chunk: int) -> list[Leaves]:
    """Runs of neighbours, each of about ``chunk`` samples and at least one leaf."""
    if chunk < 1:
        raise ValueError(f"chunk={chunk} must be at least one sample")
    tasks: list[list[tuple[int, int]]] = [[]]
    for leaf in leaves:
        if tasks[-1] and sum(count for _, count in tasks[-1]) + leaf[1] > chunk:
            tasks.append([])
        tasks[-1].append(leaf)
    return [task for task in tasks if task]
