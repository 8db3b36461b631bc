"""The table of contents names every derivation that there is, and none that there isn't."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from derivations.catalogue import derivations

PAGE = Path(__file__).resolve().parents[2] / "docs" / "catalogue.md"
NAMES = {d.claim.name for d in derivations()}
HEAD = ["result", "derivations", "proved for"]


def rows(text: str) -> list[tuple[str, tuple[str, ...], str]]:
    """Result, derivations and scope of each row."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]
    return [(row[0], tuple(re.findall(r"`([a-z0-9_]+)`", row[1])), row[2]) for row in cells if row != HEAD]


def gaps(text: str, names: set[str]) -> list[str]:
    """What is wrong with a table: rows without a derivation or a scope, strangers, and derivations it leaves out."""
    table = rows(text)
    empty = [f"{result}: no derivation, or no scope" for result, named, scope in table if not named or not scope]
    told = {name for _, named, _ in table for name in named}
    strangers = [f"{name} is no derivation" for name in sorted(told - names)]
    return [*empty, *strangers, *(f"{name} is not in the table" for name in sorted(names - told))]


def test_every_result_has_its_derivations_and_every_derivation_its_place():
    text = PAGE.read_text()
    assert gaps(text, NAMES) == []
    assert len(rows(text)) >= 90


@pytest.mark.parametrize("name", ["kl_normal_eq", "mle_family_ge", "brevity_penalty_eq"])
def test_a_derivation_that_vanishes_is_missed(name):
    text = PAGE.read_text()
    assert gaps(text, NAMES - {name}) == [f"{name} is no derivation"]
    assert f"{name} is not in the table" in gaps(text.replace(f"`{name}`", ""), NAMES)


def test_a_result_without_derivations_is_a_gap():
    assert gaps("| a result |  | any law |", set()) == ["a result: no derivation, or no scope"]
