"""Golden tables: an oracle's answers, the inputs that it was asked, and its version."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch

from numerics.specifications.contract import Answers, Model, Oracle, Outcome
from numerics.specifications.outcomes import close, worst

FOLDER = Path(__file__).with_name("golden")


@dataclass(frozen=True)
class Table:
    """What a package of a version answered."""

    package: str
    version: str
    inputs: dict[str, Any]
    answers: dict[str, Any]


class StaleTable(ValueError):
    """A table's inputs are not those that the specification asks now, or there is no table."""


def path_of(name: str, oracle: Oracle) -> Path:
    """Where the table of a specification's oracle lies."""
    return FOLDER / f"{name}.{oracle.package}.json"


def asked(oracle: Oracle) -> Table:
    """Ask the package itself. Raises ImportError where it isn't installed."""
    answers = {
        name: torch.as_tensor(value, dtype=torch.float64).tolist() for name, value in oracle.ask(oracle.inputs).items()
    }
    return Table(oracle.package, version(oracle.package), dict(oracle.inputs), answers)


def written(name: str, oracle: Oracle) -> Path:
    """Ask the package and write its table. Raises ImportError where it isn't installed."""
    table, path = asked(oracle), path_of(name, oracle)
    path.write_text(json.dumps(vars(table), indent=1) + "\n", encoding="utf-8")
    return path


def table_of(name: str, oracle: Oracle) -> Table:
    """The table kept for an oracle. Raises StaleTable where there is none, or one of other inputs."""
    try:
        table = Table(**json.loads(path_of(name, oracle).read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise StaleTable(f"{name}: no table of {oracle.package}; `python -m numerics.specifications.ask`") from None
    if table.inputs != json.loads(json.dumps(oracle.inputs)):
        raise StaleTable(f"{name}: the table of {oracle.package} answers other inputs than are asked now")
    return table


def agreement(model: Model, oracle: Oracle, answers: Answers) -> Outcome:
    """Our answers against a table's, each named answer within the oracle's tolerance (relative above 1)."""
    ours = oracle.tell(model, oracle.inputs)
    if set(ours) != set(answers) or not ours:
        return Outcome(float("inf"), oracle.tolerance, f"we answer {sorted(ours)}, the table {sorted(answers)}")
    compared = []
    for name, value in answers.items():
        theirs, mine = torch.as_tensor(value, dtype=torch.float64), torch.as_tensor(ours[name])
        if theirs.shape != mine.shape:
            return Outcome(float("inf"), oracle.tolerance, f"{name}: shapes {tuple(mine.shape)}, {tuple(theirs.shape)}")
        compared.append(close(mine.detach().cpu(), theirs, oracle.tolerance, name))
    return worst(*compared)
