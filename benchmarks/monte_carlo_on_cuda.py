"""The same divergence in float32 on a graphics processor, beside what the device can do at most.

Two ceilings are measured in the same run: the fused generator alone, which nothing that consumes normals can outrun,
and a copy of samples from memory to memory, which is what storing them would cost before anything is done with them.
Rates are by the wall, since the device works while the processor waits; the ways take turns and the median counts.
``python -m benchmarks.monte_carlo --device cuda`` prints the table, or one line where there is no such device.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from math import log

import torch

from benchmarks.monte_carlo import EXACT, FUSED, FUSED_SINGLE, PLAIN, Rate, of_rates
from claims.records import replace
from numerics.sampling.averages import FLOAT32, FUSED_LEAF_ON_CUDA
from numerics.sampling.engine import summed
from numerics.sampling.fused import can_be_fused, generated_leaf
from numerics.sampling.streams import Stream

GENERATOR, LOOP = "fused generator alone, float32", "fused loop, float32"
LEAST_PART = 0.6
"""What part of the generator's rate the loop is asked to reach."""
CHUNK = 2**26


def tables(device: str, few: bool) -> str:
    """The tables, or why there are none."""
    if not torch.cuda.is_available():
        return f"Skipped: --device {device} needs a graphics processor that torch can use, and none is here."
    if not can_be_fused(device):
        return f"Skipped: --device {device} needs Triton, which compiles the kernels, and it isn't here."
    n, turns = (CHUNK, 1) if few else (64 * CHUNK, 7)
    rates = measured(device, n, turns)
    return (
        f"Device: {torch.cuda.get_device_name(device)}, torch {torch.__version__}.\n\n"
        f"### Monte Carlo in float32, {n / 1e6:.0f} million samples\n\n{of_rates(rates)}\n\n{verdict(rates)}\n\n"
        f"{agreement(device)}"
    )


def ways(device: str) -> Mapping[str, Callable[[int], float]]:
    """Each way of averaging n log ratios on the device, by name; the peer first, then ceilings."""
    stream = Stream("benchmark", device=device)

    def distributions(n: int) -> float:
        """Drawn in chunks: all of them at once would not fit."""
        p = torch.distributions.Normal(*torch.tensor([0.0, 1.0], device=device))
        q = torch.distributions.Normal(*torch.tensor([1.0, 2.0], device=device))
        total = torch.zeros((), dtype=torch.float64, device=device)
        for _ in range(0, n, CHUNK):
            drawn = p.sample((CHUNK,))
            total += (p.log_prob(drawn) - q.log_prob(drawn)).mean(dtype=torch.float64)
        return float(total) / (n // CHUNK)

    def generator(n: int) -> float:
        for start in range(0, n, FUSED_LEAF_ON_CUDA):
            generated_leaf(stream, start, FUSED_LEAF_ON_CUDA, True)
        return EXACT

    stored = torch.zeros(CHUNK, device=device)
    other = torch.empty_like(stored)

    def copy(n: int) -> float:
        for _ in range(0, n, CHUNK):
            other.copy_(stored)
        return EXACT

    return {
        "torch.distributions, float32": distributions,
        LOOP: lambda n: summed(replace(FUSED_SINGLE, device=device), n).mean,
        "fused loop, float64": lambda n: summed(replace(FUSED, device=device), n).mean,
        GENERATOR: generator,
        "copy of float32 samples": copy,
    }


def measured(device: str, n: int, turns: int) -> list[Rate]:
    """The rate of each way; one that is not within 0.01 of the closed form is a fault."""
    made = ways(device)
    seconds: dict[str, list[float]] = {name: [] for name in made}
    for turn in range(turns + 1):
        for name, way in made.items():
            torch.cuda.synchronize(device)
            before = time.perf_counter()
            value = way(n)
            torch.cuda.synchronize(device)
            seconds[name].append(time.perf_counter() - before)
            if not turn and abs(value - EXACT) > 0.01:
                raise RuntimeError(f"{name} gives {value}, the closed form {EXACT}")
    return [Rate(name, tuple(n / 1e6 / s for s in spent[1:])) for name, spent in seconds.items()]


def verdict(rates: list[Rate]) -> str:
    """What part of the generator's rate the loop reaches, beside what is asked."""
    by_name = {rate.name: rate.middle for rate in rates}
    part = by_name[LOOP] / by_name[GENERATOR]
    met = "met" if part >= LEAST_PART else "MISSED"
    return f"The loop reaches {part:.0%} of the generator's rate; {LEAST_PART:.0%} is asked: {met}."


def agreement(device: str) -> str:
    """Whether the same samples on the device and on this processor differ by the stated rounding at the most."""
    n = 2**16
    here, there = (replace(PLAIN, precision=FLOAT32, device=d).values(0, n).cpu() for d in ("cpu", device))
    bound = replace(PLAIN, precision=FLOAT32).rounding(0, n)
    worst = float(((here - there).abs() / (2 * bound)).max())
    return (
        f"{n} samples on the device and on the processor differ by {worst:.2f} of the bound at the most"
        f"{'' if worst <= 1 else ': MORE THAN STATED'}. KL is log 2 − 1/4 = {log(2) - 0.25:.6f}."
    )
