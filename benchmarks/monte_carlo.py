"""KL(N(0, 1) ‖ N(1, 4)) by Monte Carlo on one thread: the fused loop beside its peers, in one run.

The ways take turns, and the median of the turns counts, so that a busy machine slows all of them alike. Rates are by
processor time. ``python -m benchmarks.monte_carlo`` prints the tables; with ``--device cuda`` those of
``benchmarks.monte_carlo_on_cuda``. Two processes are timed by the wall, and by the processor time of the busier of the
two: what the wall would show if nothing else ran.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from math import log
from statistics import median

import sympy as sp
import torch

from benchmarks.machine import machine
from claims.notation import Density, Normal
from claims.records import replace
from numerics.sampling.averages import FLOAT32, FUSED_LEAF, Average, average
from numerics.sampling.engine import Leaves, computed, summed
from numerics.sampling.moments import Moments, in_a_tree
from numerics.sampling.native import compiler, generated_leaf
from numerics.sampling.streams import Stream
from numerics.sampling.workers import Processes

EXACT = log(2) + 2 / 8 - 1 / 2
"""The divergence in closed form, which every way must come near before it is timed."""
x = sp.Symbol("x", real=True)
P, Q = Normal(0, 1), Normal(1, 4)
PLAIN = average("benchmark", sp.log(Density(P, x) / Density(Q, x)), {x: P})
FUSED = replace(PLAIN, fused=True)
FUSED_SINGLE = replace(FUSED, precision=FLOAT32)


@dataclass(frozen=True, slots=True)
class Rate:
    """Millions of samples a second, turn after turn."""

    name: str
    turns: tuple[float, ...]

    @property
    def middle(self) -> float:
        return median(self.turns)


def plain_distributions(n: int) -> float:
    """What one writes with ``torch.distributions``: draw all, take both log densities, average."""
    p = torch.distributions.Normal(*torch.tensor([0.0, 1.0], dtype=torch.float64))
    q = torch.distributions.Normal(*torch.tensor([1.0, 2.0], dtype=torch.float64))
    drawn = p.sample((n,))
    return float((p.log_prob(drawn) - q.log_prob(drawn)).mean())


def in_cache(n: int, chunk: int = 2**16) -> float:
    """The same in chunks that stay in the cache, in place, with torch's own generator: the plain way at its best."""
    generator = torch.Generator().manual_seed(0)
    z = torch.empty(chunk, dtype=torch.float64)
    total = 0.0
    for start in range(0, n, chunk):
        drawn = z[: min(chunk, n - start)].normal_(generator=generator)
        total += float((-(drawn**2) / 2).add_(((drawn - 1) / 2).pow_(2), alpha=0.5).sum())
    return total / n + log(2)


def generator_alone(n: int, single: bool = False) -> float:
    stream = Stream("benchmark")
    for start in range(0, n, FUSED_LEAF):
        generated_leaf(stream, start, FUSED_LEAF, single)
    return EXACT


def ways() -> Mapping[str, Callable[[int], float]]:
    """Each way of averaging n log ratios, by name; the peer first."""
    fused: dict[str, Callable[[int], float]] = {
        "fused loop": lambda n: summed(FUSED, n).mean,
        "fused generator alone": generator_alone,
        "fused loop, float32": lambda n: summed(FUSED_SINGLE, n).mean,
        "fused generator alone, float32": lambda n: generator_alone(n, True),
    }
    return {
        "torch.distributions": plain_distributions,
        "torch in chunks in the cache": in_cache,
        "our stream, not compiled": lambda n: summed(PLAIN, n).mean,
    } | (fused if compiler() else {})


def measured(n: int, turns: int) -> list[Rate]:
    """The rate of each way; a way that is not within 0.01 of the closed form is a fault."""
    seconds: dict[str, list[float]] = {name: [] for name in ways()}
    for turn in range(turns + 1):
        for name, way in ways().items():
            before = time.process_time()
            value = way(n)
            seconds[name].append(time.process_time() - before)
            if not turn and abs(value - EXACT) > 0.01:
                raise RuntimeError(f"{name} gives {value}, the closed form {EXACT}")
    return [Rate(name, tuple(n / 1e6 / s for s in spent[1:])) for name, spent in seconds.items()]


def of_rates(rates: Sequence[Rate]) -> str:
    """A Markdown table; ratios are to the first way."""
    peer = rates[0].middle
    lines = ["| way | M samples/s | slowest and fastest turn | ratio |", "|---" * 4 + "|"]
    lines += [
        f"| {r.name} | {r.middle:.1f} | {min(r.turns):.1f}, {max(r.turns):.1f} | {r.middle / peer:.1f} |" for r in rates
    ]
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Clocked:
    """The parts that a worker made, who it was, and its seconds of processor time."""

    worker: int
    seconds: float
    parts: tuple[Moments, ...]


def clocked(wanted: Average, leaves: Leaves) -> Clocked:
    """A task of the engine, timed by whoever does it."""
    before = time.process_time()
    parts = computed(wanted, leaves)
    return Clocked(os.getpid(), time.process_time() - before, tuple(parts))


@dataclass(frozen=True, slots=True)
class Shared:
    """Seconds on the wall, seconds of the busiest worker, and the result."""

    wall: float
    busiest: float
    moments: Moments


def shared(pool: Executor, n: int) -> Shared:
    """n samples by the workers of a pool, in tasks as the engine makes them."""
    leaves = PLAIN.leaves(n)
    before = time.perf_counter()
    futures = [pool.submit(clocked, PLAIN, leaves[i : i + 16]) for i in range(0, len(leaves), 16)]
    done = [future.result() for future in futures]
    wall = time.perf_counter() - before
    by_worker = [sum(d.seconds for d in done if d.worker == worker) for worker in {d.worker for d in done}]
    return Shared(wall, max(by_worker), in_a_tree([part for d in done for part in d.parts]))


def of_shared(n: int, turns: int) -> str:
    """How much quicker two processes are than one."""
    with Processes(1) as one, Processes(2) as two:
        pairs = [(shared(one, n), shared(two, n)) for _ in range(turns + 1)][1:]
    wall, busiest = (median(getattr(a, k) / getattr(b, k) for a, b in pairs) for k in ("wall", "busiest"))
    same = len({found.moments for pair in pairs for found in pair}) == 1
    return (
        "| processes | wall | ratio | busiest worker | ratio |\n|---|---|---|---|---|\n"
        f"| 1 | {pairs[0][0].wall:.2f} s | 1.0 | {pairs[0][0].busiest:.2f} s | 1.0 |\n"
        f"| 2 | {pairs[0][1].wall:.2f} s | {wall:.2f} | {pairs[0][1].busiest:.2f} s | {busiest:.2f} |\n\n"
        f"{n / 1e6:.0f} million samples, not compiled; the results have {'the same' if same else 'OTHER'} bits."
    )


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.monte_carlo", description=__doc__)
    parser.add_argument("--few", action="store_true", help="a tenth of the samples, one turn")
    parser.add_argument("--device", default="cpu", help="cpu, or cuda for a graphics processor beside its ceilings")
    wanted = parser.parse_args()
    if wanted.device != "cpu":
        from benchmarks.monte_carlo_on_cuda import tables

        print(tables(wanted.device, wanted.few))
        return
    torch.set_num_threads(1)
    n, turns = (2**20, 1) if wanted.few else (10 * 2**20, 7)
    print(f"Machine: {machine()}.\n\n### Monte Carlo, {n / 1e6:.1f} million samples\n")
    if compiler() is None:
        print("No C compiler is here, so nothing is fused.\n")
    print(f"{of_rates(measured(n, turns))}\n\n### Two processes\n\n{of_shared(4 * n, 1 if wanted.few else 3)}")


if __name__ == "__main__":
    main()
