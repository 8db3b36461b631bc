"""Hold a specification to its properties, show that each rejects its planted mistake, and ask its oracles."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from numerics.specifications.contract import Model, Oracle, Outcome, Property, Result, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.tables import StaleTable, Table, agreement, asked, table_of

NO_LONGER = "it has no longer version: the short one was run"


@dataclass(frozen=True)
class HeldProperty:
    """A property's outcome, and that of its planted mistake, which must not pass."""

    item: Property
    outcome: Outcome
    mutant: Outcome

    @property
    def sound(self) -> bool:
        """Passed by the specification and rejected for the mistake."""
        return self.outcome.passed and not self.mutant.passed


@dataclass(frozen=True)
class HeldOracle:
    """How an oracle's answers compare; ``live`` where the package itself was asked."""

    oracle: Oracle
    outcome: Outcome
    version: str
    live: bool


@dataclass(frozen=True)
class Held:
    """All that was found about a specification, and the seconds it took."""

    specification: Specification
    device: str
    seed: int
    properties: tuple[HeldProperty, ...]
    oracles: tuple[HeldOracle, ...]
    result: Result | None
    skipped: str
    """Why a task that was wanted was not run, or not in its longer version; empty where it was, or none was wanted."""
    seconds: float
    long: bool = False
    """Whether the longer version of a task was wanted."""

    @property
    def data(self) -> str:
        """What data the task took; empty without a task."""
        task = self.specification.task
        if task is None:
            return ""
        return (task.long_data if self.long and task.long is not None else "") or task.data

    @property
    def sound(self) -> bool:
        """Every property passed, every mistake rejected, every oracle agreed, every prediction met."""
        figures = self.result.figures if self.result else ()
        return (
            all(p.sound for p in self.properties)
            and all(o.outcome.passed for o in self.oracles)
            and all(f.as_predicted for f in figures)
        )


def outcome_of(item: Property, model: Model, seed: int, device: str) -> Outcome:
    """A property on the draw of a seed."""
    return item.check(model, Draw(seed, device))


def held_property(found: Specification, item: Property, seed: int, device: str = "cpu") -> HeldProperty:
    """A property and its planted mistake, on the same draw."""
    mutant = found.model.but(item.mutant.functions)
    return HeldProperty(item, outcome_of(item, found.model, seed, device), outcome_of(item, mutant, seed, device))


def held_oracle(found: Specification, oracle: Oracle, live: bool = False) -> HeldOracle:
    """Our answers against the table kept, or against the package itself."""
    try:
        table: Table = asked(oracle) if live else table_of(found.name, oracle)
    except (ImportError, StaleTable) as error:
        return HeldOracle(oracle, Outcome(float("inf"), oracle.tolerance, str(error)), "", live)
    return HeldOracle(oracle, agreement(found.model, oracle, table.answers), table.version, live)


def held(
    found: Specification,
    seed: int = 0,
    device: str = "cpu",
    live: bool = False,
    with_task: bool = False,
    progress: Callable[[float], None] = lambda share: None,
    long: bool = False,
) -> Held:
    """Everything about a specification; its task, if it has one, only where wanted."""
    began = time.perf_counter()
    properties = tuple(held_property(found, item, seed, device) for item in found.properties)
    oracles = tuple(held_oracle(found, oracle, live) for oracle in found.oracles)
    result, skipped = _performed(found, Draw(seed, device, there=True), progress, long) if with_task else (None, "")
    return Held(found, device, seed, properties, oracles, result, skipped, time.perf_counter() - began, long)


def _performed(
    found: Specification, draw: Draw, progress: Callable[[float], None], long: bool
) -> tuple[Result | None, str]:
    """What the task found, or which package it lacks; and whether the short version stood in for a longer one."""
    if found.task is None:
        return None, ""
    run = found.task.long if long and found.task.long is not None else found.task.run
    try:
        return run(found.model, draw, progress), NO_LONGER if long and found.task.long is None else ""
    except ImportError as missing:
        return None, f"not run: {missing.name or missing} is not installed (pip install 'errata[oracles]')"
