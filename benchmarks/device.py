"""``python -m benchmarks.device``: everything that a graphics processor should run, beside the CPU, in one table.

Every property of every model and its planted mistake, the draws of every sampler, the longer tasks (each for a few
seconds, the same share on the CPU), and Monte Carlo beside the bare generator and ``torch.distributions``. It ends
within ``--minutes``, and says what it left out. With ``--device cpu`` the CPU is compared with itself: a self-check.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from benchmarks.machine import machine
from errata.commands.devices import why_unusable
from numerics.sampling.models import BLOCK, ModelAverage, ModelSampler
from numerics.sampling.registry import SAMPLERS
from numerics.specifications.catalogue import SPECIFICATIONS
from numerics.specifications.contract import Outcome, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.held import outcome_of

ABSENT, WRONG = 2, 1
SAME = 1e-9
"""How far draws of the same stream may differ, relative above 1: elementary functions are rounded otherwise."""
RESERVED = 0.15
"""The part of the time that is kept for Monte Carlo, and that tasks may take over their slots."""


@dataclass(frozen=True)
class Row:
    """What was run, whether it agrees with the CPU (and in words how far), and its speed here and there."""

    what: str
    agrees: bool
    words: str
    here: float
    there: float
    unit: str

    @property
    def line(self) -> str:
        """A row of the table: the ratio is of speeds, above 1 where the device is quicker."""
        times = self.here / self.there if self.unit == "s" else self.there / self.here if self.here else float("nan")
        return (
            f"| {self.what} | {'' if self.agrees else '**NO:** '}{self.words} | {self.here:.3g} {self.unit} "
            f"| {self.there:.3g} {self.unit} | {times:.2f} |"
        )


class OutOfTime(Exception):
    """A task has had its seconds."""


def clocked(device: str, run: Callable[[], Any]) -> tuple[Any, float]:
    """What something returns, and the seconds until the device is done with it."""
    _wait(device)
    before = time.perf_counter()
    found = run()
    _wait(device)
    return found, time.perf_counter() - before


def _wait(device: str) -> None:
    if device.startswith("cuda"):
        torch.cuda.synchronize(device)


def of_properties(found: Specification, device: str) -> Row:
    """Every property passes and tells its planted mistake, as on the CPU."""

    def judged(where: str) -> list[tuple[Outcome, Outcome]]:
        mutants = [found.model.but(item.mutant.functions) for item in found.properties]
        return [
            (outcome_of(item, found.model, 0, where), outcome_of(item, mutant, 0, where))
            for item, mutant in zip(found.properties, mutants, strict=True)
        ]

    for where in ("cpu", device):  # to be warm
        outcome_of(found.properties[0], found.model, 0, where)
    (_, here), (there, seconds) = (clocked(where, lambda where=where: judged(where)) for where in ("cpu", device))
    passed, told = sum(right.passed for right, _ in there), sum(not wrong.passed for _, wrong in there)
    n = len(there)
    return Row(
        f"`{found.name}`", passed == told == n, f"{passed} of {n} hold, {told} of {n} mistakes told", here, seconds, "s"
    )


def of_draws(sampler: ModelSampler, device: str) -> Row:
    """A block of draws is that of the CPU up to rounding."""
    here, there = (ModelAverage(sampler.name, 0, "benchmark", device=where) for where in ("cpu", device))
    there.values(0, BLOCK)  # to be warm
    (ours, a), (theirs, b) = (
        clocked("cpu", lambda: here.values(0, BLOCK)),
        clocked(device, lambda: there.values(0, BLOCK)),
    )
    gap = float(((theirs.cpu() - ours).abs() / ours.abs().clamp_min(1)).max())
    rates = (BLOCK / seconds / 1e6 for seconds in (a, b))
    return Row(f"`{sampler.name}`, draws", gap <= SAME, f"within {gap:.1e}", *rates, "M/s")


def of_task(found: Specification, device: str, seconds: float) -> Row | str:
    """The longer task, as far as it comes, and whether its predictions are met where it ends; or what it lacks."""
    try:
        (there, share), words, met = _for_some_seconds(found, device, seconds)
        (here, same), _, _ = _for_some_seconds(found, "cpu", seconds / 2)
    except ImportError as missing:
        return f"not run: the longer task of {found.name} ({missing.name} is not installed)"
    return Row(f"`{found.name}`, longer task", met, words, 100 * same / here, 100 * share / there, "%/s")


def _for_some_seconds(found: Specification, device: str, most: float) -> tuple[tuple[float, float], str, bool]:
    """Seconds and the share that was done in them, what came of it, and whether that is as predicted."""
    assert found.task is not None and found.task.long is not None
    began, done = time.perf_counter(), [0.0, 0.0]

    def tell(share: float) -> None:
        done[:] = time.perf_counter() - began, share
        if done[0] > most:
            _wait(device)
            done[0] = time.perf_counter() - began
            raise OutOfTime

    try:
        figures = found.task.long(found.model, Draw(0, device, there=True), tell).figures
    except OutOfTime:
        return (done[0], done[1]), f"{100 * done[1]:.0f} % in {done[0]:.0f} s", True
    _wait(device)
    missed = [one.name for one in figures if not one.as_predicted]
    words = f"missed: {', '.join(missed)}" if missed else "to its end, predictions met"
    return (time.perf_counter() - began, 1.0), words, not missed


def of_monte_carlo(device: str, few: bool) -> Iterator[Row]:
    """Each way of averaging a log ratio; the first column is ``torch.distributions`` on the same device."""
    if device.startswith("cuda"):
        from benchmarks import monte_carlo_on_cuda as made

        if not made.can_be_fused(device):
            return
        rates = made.measured(device, made.CHUNK if few else 16 * made.CHUNK, 1 if few else 3)
    else:
        from benchmarks import monte_carlo

        rates = monte_carlo.measured(2**18 if few else 2**22, 1 if few else 3)
    for rate in rates:
        yield Row(f"Monte Carlo: {rate.name}", True, "the closed form within 0.01", rates[0].middle, rate.middle, "M/s")


def guarded(what: str, run: Callable[[], Row | str]) -> Row | str:
    """A row, or in its place why the device refused."""
    try:
        return run()
    except (RuntimeError, TypeError, ValueError, NotImplementedError) as refused:
        said = (str(refused).splitlines() or [type(refused).__name__])[0]
        return Row(what, False, f"refused: {said}", float("nan"), float("nan"), "s")


def rows(wanted: Sequence[Specification], device: str, until: float, few: bool) -> Iterator[Row | str]:
    """Rows, and lines about what was left out."""
    for found in wanted:
        if time.perf_counter() > until:
            yield f"out of time: {found.name} and what follows it has no row"
            return
        yield guarded(f"`{found.name}`", lambda found=found: of_properties(found, device))
    names = {found.name for found in wanted}
    for sampler in SAMPLERS:
        if sampler.name in names:
            yield guarded(f"`{sampler.name}`, draws", lambda sampler=sampler: of_draws(sampler, device))
    yield from of_monte_carlo(device, few)
    longer = [found for found in wanted if found.task is not None and found.task.long is not None]
    for place, found in enumerate(longer):
        left = (until - time.perf_counter()) / (len(longer) - place) / (1.5 + RESERVED)
        if left < 0.02:
            yield f"out of time: the longer task of {found.name}"
        else:
            what = f"`{found.name}`, longer task"
            yield guarded(what, lambda found=found, left=left: of_task(found, device, left))


def main(arguments: Sequence[str]) -> int:
    """Prints the table; 1 where the device disagrees with the CPU, 2 where there is no such device."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.device", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="MODEL", help="only these models")
    parser.add_argument("--device", default="cuda", metavar="NAME", help="cuda, cuda:1, …; cpu for a self-check")
    parser.add_argument("--minutes", type=float, default=8.0, metavar="N", help="how long it may take")
    parser.add_argument("--few", action="store_true", help="Monte Carlo with a few draws")
    asked = parser.parse_args(arguments)
    began = time.perf_counter()
    until = began + 60 * asked.minutes * (1 - RESERVED)
    why = why_unusable(asked.device)
    if why:
        print(f"Nothing is measured: --device {asked.device}: {why}. `--device cpu` checks the command itself.")
        return ABSENT
    torch.set_num_threads(1)
    wanted = [one for one in SPECIFICATIONS if not asked.names or one.name in asked.names]
    name = torch.cuda.get_device_name(asked.device) if asked.device.startswith("cuda") else asked.device
    print(f"Machine: {machine()}. Device: {name}, torch {torch.__version__}.\n")
    print("| what | agrees with the CPU | CPU | device | times as quick |\n|---|---|---|---|---|", flush=True)
    left_out, disagree, count = [], 0, 0
    for row in rows(wanted, asked.device, until, asked.few):
        if isinstance(row, str):
            left_out.append(row)
            continue
        count, disagree = count + 1, disagree + (not row.agrees)
        print(row.line, flush=True)
    print("\nOf Monte Carlo the column of the CPU is torch.distributions on the device.", *left_out, sep="\n")
    print(f"{count} rows, {disagree} that disagree, in {(time.perf_counter() - began) / 60:.1f} min.")
    return WRONG if disagree else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
