"""``python -m benchmarks.model_mutations [PAGE…]``: which mistakes in reference models would be noticed, and which not.

Each function of reference_models is changed, one way at a time: a float that it returns has its sign turned or is
multiplied by 1.001 (each part of a tuple by itself), two neighbouring arguments of one kind change places, a whole
number that it takes or returns is one more. Whatever calls the function is asked whether it notices: properties and
oracles of the specifications, pins, and the numeric routes of the derivations. A float function is noticed in both of
the first ways, or its reason stands in ``benchmarks.model_mutations_reasons``. ``--write`` puts the table into
docs/models.md; 1 where a float function is neither noticed nor excused.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import _lru_cache_wrapper, partial
from pathlib import Path
from types import FunctionType
from typing import Any

import torch

from benchmarks.model_mutations_reasons import REASONS
from benchmarks.mutated_models import (
    FACTOR,
    OFF_BY_ONE,
    SIGN,
    SWAPPED,
    Change,
    Seen,
    changed,
    changes,
    functions,
    watched,
)

KINDS = (SIGN, FACTOR, SWAPPED, OFF_BY_ONE)
VALUES = (SIGN, FACTOR)
PAGE = Path(__file__).parents[1] / "docs" / "models.md"
BEGIN, END = "<!-- mutations: begin -->", "<!-- mutations: end -->"
SEEDS = (0, 1)


@dataclass(frozen=True)
class Check:
    """Something that calls functions of models, whether it is content with them, and the seconds that it takes."""

    name: str
    content: Callable[[], bool]
    seconds: float = 0.0


@dataclass
class Watched:
    """A function, what calls it, and what it was seen to return."""

    function: FunctionType
    checks: list[Check] = field(default_factory=list)
    seen: Seen = field(default_factory=Seen)


@dataclass(frozen=True)
class Told:
    """Of one function: how many changes of each kind were made, and where those were that nothing noticed."""

    name: str
    is_float: bool
    is_called: bool
    made: Mapping[str, int]
    unnoticed: Mapping[str, tuple[str, ...]]

    @property
    def silent(self) -> tuple[str, ...]:
        """The kinds of changes of its value that nothing notices."""
        return tuple(kind for kind in VALUES if self.unnoticed.get(kind))

    @property
    def unexcused(self) -> tuple[str, ...]:
        """Those for which no reason is given; a float function that nothing calls needs one too."""
        if not self.is_called:
            return () if self.name in REASONS else ("never called",)
        return tuple(kind for kind in self.silent if self.name not in REASONS and f"{self.name}, {kind}" not in REASONS)


def checks() -> Iterator[Check]:
    """Properties with each seed, oracles by their tables, and the routes that ask a model."""
    from derivations.catalogue import derivation
    from numerics.catalogue import ROUTES
    from numerics.pins.catalogue import PINS
    from numerics.pins.contract import pinned
    from numerics.specifications.catalogue import SPECIFICATIONS
    from numerics.specifications.held import held_oracle, outcome_of

    for found in SPECIFICATIONS:
        for item in found.properties:
            for seed in SEEDS:
                yield Check(
                    f"{found.name}: {item.name}",
                    lambda found=found, item=item, seed=seed: outcome_of(item, found.model, seed, "cpu").passed,
                )
        for oracle in found.oracles:
            yield Check(
                f"{found.name}: {oracle.package}",
                lambda found=found, oracle=oracle: held_oracle(found, oracle).outcome.passed,
            )
    for pin in PINS:
        yield Check(f"pin of {pin.name}", lambda pin=pin: pinned(pin).passed)
    for name, routes in ROUTES.items():
        for route in routes:
            if route.name not in ("as written", "monte-carlo"):
                yield Check(f"{name}: {route.name}", partial(_agrees, route, derivation(name).claim))


def _agrees(route: Any, claim: Any) -> bool:
    from claims.evidence import Agreement

    return isinstance(route.run(claim), Agreement)


def forget() -> None:
    """Let routes forget the values that they remember of models."""
    for one in _remembering():
        one.cache_clear()


def _remembering() -> list[Any]:
    if not _KEPT:
        every = [one for one in gc.get_objects() if isinstance(one, _lru_cache_wrapper)]
        _KEPT.extend(one for one in every if _is_of_models(one))
    return _KEPT


_KEPT: list[Any] = []


def _is_of_models(one: Any) -> bool:
    module = str(getattr(one, "__module__", ""))
    local = "<locals>" in str(getattr(one, "__qualname__", ""))
    return module.startswith("reference_models") or (module.startswith("numerics") and (local or module.count(".") > 1))


def traced(every: Mapping[str, FunctionType], tell: Callable[[str], None]) -> dict[str, Watched]:
    """Who calls each function, those that take least time first. Raises RuntimeError where a check isn't content."""
    found = {name: Watched(function) for name, function in every.items()}
    for check in checks():
        tell(f"looking: {check.name}")
        forget()
        with watched(every) as seen:
            began = time.perf_counter()
            content = check.content()
            seconds = time.perf_counter() - began
        if not content:
            raise RuntimeError(f"{check.name} fails before anything is changed")
        for name, what in seen.items():
            found[name].checks.append(Check(check.name, check.content, seconds))
            found[name].seen.floats |= what.floats
            found[name].seen.whole |= what.whole
    for one in found.values():
        one.checks.sort(key=lambda check: check.seconds)
    return found


def noticed(one: Watched, change: Change) -> str:
    """Which check is not content with a function that is changed; empty where all are."""
    for check in one.checks:
        forget()
        with changed(one.function, change):
            try:
                if not check.content():
                    return check.name
            except Exception as refused:
                return f"{check.name}: {type(refused).__name__}"
    return ""


def told(name: str, one: Watched) -> Told:
    """What is noticed of each change of a function."""
    made: Counter[str] = Counter()
    unnoticed: dict[str, tuple[str, ...]] = {}
    for kind, where, change in changes(one.function, one.seen) if one.checks else ():
        made[kind] += 1
        if not noticed(one, change):
            unnoticed[kind] = (*unnoticed.get(kind, ()), where)
    return Told(name, bool(one.seen.floats), bool(one.checks), made, unnoticed)


_FOUND: dict[str, Watched] = {}
"""What a process that is forked from this one finds already traced."""


def _told_of(name: str) -> Told:
    torch.set_num_threads(1)
    warnings.simplefilter("ignore")
    return told(name, _FOUND[name])


def measured(pages: Sequence[str], jobs: int, tell: Callable[[str], None]) -> list[Told]:
    """Every function of the pages, in turn."""
    _FOUND.clear()
    _FOUND.update(traced(functions(pages), tell))
    names = sorted(_FOUND, key=lambda name: -sum(check.seconds for check in _FOUND[name].checks))
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        found = []
        for one in pool.imap_unordered(_told_of, names):
            found.append(one)
            tell(f"changing: {len(found)} of {len(names)}")
    return sorted(found, key=lambda one: one.name)


def table(found: Sequence[Told]) -> str:
    """A row for each page, then what is not noticed and why."""
    lines = [
        "| page | functions | floats | sign | factor 1.001 | arguments swapped | off by one |",
        "|---" * 7 + "|",
    ]
    pages = sorted({one.name.rpartition(".")[0] for one in found})
    for page in (*pages, ""):
        some = [one for one in found if one.name.startswith(f"{page}." if page else "")]
        cells = [f"`{page}`" if page else "all", str(len(some)), str(sum(one.is_float for one in some))]
        for kind in KINDS:
            made = sum(one.made.get(kind, 0) for one in some)
            cells.append(f"{made - sum(len(one.unnoticed.get(kind, ())) for one in some)} of {made}" if made else "")
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", "Not noticed, and why:", ""]
    for one in found:
        if one.silent or (not one.is_called):
            ways = ", ".join(one.silent) or "never called"
            whys = list(
                dict.fromkeys(
                    REASONS[key] for key in (one.name, *(f"{one.name}, {k}" for k in VALUES)) if key in REASONS
                )
            )
            lines.append(f"- `{one.name}` ({ways}): {'; '.join(whys) or 'NO REASON IS GIVEN'}")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Prints the table; 1 where a change of a value is neither noticed nor excused."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.model_mutations", description=__doc__)
    parser.add_argument(
        "pages", nargs="*", metavar="PAGE", help="only pages whose names begin so: diffusion, flows.ode"
    )
    parser.add_argument("-j", "--jobs", type=int, default=2, help="processes that share the work")
    parser.add_argument(
        "-v", "--verbose", action="store_true", help="list the swaps and shifts that nothing notices too"
    )
    parser.add_argument("--write", action="store_true", help="put the table into docs/models.md")
    asked = parser.parse_args(arguments)
    torch.set_num_threads(1)
    warnings.simplefilter("ignore")
    began = time.perf_counter()
    found = measured(asked.pages, asked.jobs, _tell)
    _tell("")
    print(table(found))
    if asked.verbose:
        for one in found:
            for kind, places in one.unnoticed.items():
                print(f"{kind}\t{one.name}\t{'; '.join(places)}")
    open_ones = [one for one in found if one.unexcused]
    print(
        f"\n{len(found)} functions, {len(open_ones)} neither noticed nor excused; {time.perf_counter() - began:.0f} s"
    )
    if asked.write and not asked.pages:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}\n{table(found)}\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    return int(bool(open_ones))


def _tell(text: str) -> None:
    """A line that is written over, on a terminal only."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text[-78:]}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
