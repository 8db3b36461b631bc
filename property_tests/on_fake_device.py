"""``python -m property_tests.on_fake_device [NAME…]``: what a graphics processor would refuse, found without one.

Every property of every specification and its planted mistake, every sampler, every task and a few averages are run on
the device that isn't there; ``--most N`` ends each after N operations. It prints what is refused, what comes out
otherwise than on the CPU, and how often a task reads single numbers from the device; 1 where anything is refused or
differs.
"""

from __future__ import annotations

import argparse
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from math import isclose
from pathlib import Path
from unittest.mock import patch

import torch

from derivations.catalogue import derivation
from numerics.catalogue import casts_of, routes
from numerics.sampling import models as sampling
from numerics.sampling.averages import FLOAT32, FLOAT64
from numerics.sampling.models import ModelAverage, ModelSampler
from numerics.sampling.registry import SAMPLERS
from numerics.sampling.route import Sampling, by_sampling
from numerics.specifications.catalogue import SPECIFICATIONS
from numerics.specifications.contract import Result, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.held import outcome_of
from property_tests.fake_device import DEVICE, Enough, OnDevice, Used, fake_device

SAMPLED = ("kl_normal_eq", "entropy_discrete_uniform_eq")
"""Derivations whose averages are taken: under a normal law, and under one on whole numbers."""
DRAWS = 2000
DRAWN = 64
"""Draws of a sampler: more than any other side of what it draws."""
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Found:
    """What happened to one thing that was run on the device; ``wrong`` is empty where nothing did."""

    kind: str
    name: str
    wrong: str
    used: Used

    @property
    def line(self) -> str:
        return f"{self.kind}\t{self.name}\t{self.wrong or 'runs'}\t{self.used.operations}\t{self.used.reads}"


def run_on_device(kind: str, name: str, run: Callable[[], str], most: float) -> Found:
    """Run something; it returns what is wrong with its result."""
    used = Used(most)
    try:
        with fake_device(used):
            return Found(kind, name, run(), used)
    except Enough:
        return Found(kind, name, "", used)
    except ModuleNotFoundError:
        return Found(f"{kind}, not run", name, "", used)
    except Exception as refused:
        said = str(refused).splitlines()[0] if str(refused) else type(refused).__name__
        return Found(kind, name, f"{said} ({_places(refused)})", used)


def _places(refused: Exception) -> str:
    """Where in our own code, the innermost first."""
    frames = [f for f in traceback.extract_tb(refused.__traceback__) if Path(f.filename).is_relative_to(ROOT)]
    own = [f for f in reversed(frames) if not f.filename.endswith(("fake_device.py", "on_fake_device.py"))]
    return " from ".join(f"{Path(f.filename).relative_to(ROOT)}:{f.lineno}" for f in own[:3])


def properties(found: Specification, most: float) -> Iterator[Found]:
    """Each property must pass, and its planted mistake must not, by the same error as on the CPU."""

    def judged(place: int, mutated: bool) -> str:
        item = found.properties[place]
        model = found.model.but(item.mutant.functions) if mutated else found.model
        outcome = outcome_of(item, model, 0, DEVICE)
        return "" if outcome.passed is not mutated else f"error {outcome.error}, allowed {outcome.allowed}"

    for place, item in enumerate(found.properties):
        yield run_on_device("property", f"{found.name}: {item.name}", partial(judged, place, False), most)
        yield run_on_device("mistake", f"{found.name}: {item.name}", partial(judged, place, True), most)


def draws(sampler: ModelSampler, most: float) -> Iterator[Found]:
    """Each statistic of draws lies on the device, and is what it is on the CPU."""

    def values(place: int, mutated: bool) -> str:
        wanted = ModelAverage(sampler.name, place, "on a device", mutated, 0, DEVICE)
        drawn = wanted.values(0, DRAWN)
        if not isinstance(drawn, OnDevice):
            return "its draws are not on the device"
        here = ModelAverage(sampler.name, place, "on a device", mutated, 0).values(0, DRAWN)
        same = all(
            isclose(a, b, rel_tol=1e-12, abs_tol=1e-12) for a, b in zip(drawn.tolist(), here.tolist(), strict=True)
        )
        return "" if same else "its draws differ from those of the CPU"

    for place, one in enumerate(sampler.states):
        for kind, mutated in (("sampler", False), ("sampler's mistake", True)):
            with patch.object(sampling, "BLOCK", DRAWN):
                yield run_on_device(kind, f"{sampler.name}: {one.what}", partial(values, place, mutated), most)


def averages(name: str, most: float) -> Iterator[Found]:
    """What draws on the device say of a derivation is what draws on the CPU say, in either precision."""
    claim, casts = derivation(name).claim, casts_of(routes(name))

    def agreed(precision: str) -> str:
        there, here = (
            by_sampling(Sampling(samples=DRAWS, precision=precision, device=where), casts).run(claim)
            for where in (DEVICE, "cpu")
        )
        return "" if there == here else f"{there}, and on the CPU {here}"

    for precision in (FLOAT64, FLOAT32):
        yield run_on_device("average", f"{name}, {precision}", partial(agreed, precision), most)


def tasks(found: Specification, most: float) -> Iterator[Found]:
    """A task meets its predictions; its longer version, where there is one, begins."""

    def met(run: Callable[..., Result]) -> str:
        figures = run(found.model, Draw(0, DEVICE, there=True), lambda share: None).figures
        return ", ".join(
            f"{one.name}: {one.value}, predicted {one.predicted}" for one in figures if not one.as_predicted
        )

    if found.task is not None:
        yield run_on_device("task", found.name, partial(met, found.task.run), most)
        if found.task.long is not None:
            yield run_on_device("longer task", found.name, partial(met, found.task.long), min(most, 2000))


def everything(wanted: Sequence[Specification], sampled: Sequence[str], most: float) -> Iterator[Found]:
    """All that is run of some specifications, and averages of some derivations."""
    for one in wanted:
        yield from properties(one, most)
        for sampler in SAMPLERS:
            if sampler.name == one.name:
                yield from draws(sampler, most)
        yield from tasks(one, most)
    for name in sampled:
        yield from averages(name, most)


def main(arguments: Sequence[str]) -> int:
    """Prints a line for what is wrong, then counts; with ``--verbose`` a line for everything."""
    parser = argparse.ArgumentParser(prog="python -m property_tests.on_fake_device", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="of specifications; all where none is given")
    parser.add_argument("--most", type=float, default=float("inf"), metavar="N", help="operations of each")
    parser.add_argument("-v", "--verbose", action="store_true", help="a line for everything that is run")
    asked = parser.parse_args(arguments)
    torch.set_num_threads(1)
    warnings.simplefilter("ignore")
    wanted = [one for one in SPECIFICATIONS if not asked.names or one.name in asked.names]
    counts: dict[str, int] = {}
    wrong = 0
    with fake_device():
        torch.zeros(1, device=DEVICE)
    for found in everything(wanted, () if asked.names else SAMPLED, asked.most):
        counts[found.kind] = counts.get(found.kind, 0) + 1
        wrong += bool(found.wrong)
        if found.wrong or asked.verbose:
            print(found.line, flush=True)
    print(f"{wrong} wrong of {', '.join(f'{n} {kind}' for kind, n in counts.items())}")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
