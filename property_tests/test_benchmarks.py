"""The benchmarks start, and measure what they say; how fast anything is, is no matter of tests."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
TINY = r"""
import json
from benchmarks.__main__ import main
from benchmarks.commands import timed
from benchmarks.contest import Answer, Result, measure
from benchmarks.corpus import sample_formulas
from benchmarks.machine import machine
from benchmarks.pages import Page, table
from benchmarks.tables import of_commands, of_readers, p95

found = measure("errata", ["x = 1", "x } y", "x = 1"])
late = measure("errata", ["+".join([r"\frac{x_1}{y}"] * 500)], seconds=0.0)
seconds = [0.001, 0.002, 0.004, 0.5]
pair = [Result(name, name, tuple(Answer(k * s, s < 0.5) for s in seconds), 0) for name, k in (("a", 1), ("b", 3))]
print(json.dumps({
    "answers": [[a.returned, a.seconds] for a in found.answers],
    "killed": [found.killed, late.killed, late.answers[0].returned],
    "absent": measure("nobody", ["x"]),
    "sample": sample_formulas(),
    "p95": [p95(range(1, 101)), p95([7])],
    "readers": of_readers(pair),
    "commands": of_commands([timed(["--version"], 0.3, 1)]),
    "machine": machine(),
    "pages": table([Page("a/quick.md", 0.5, 1.0), Page("slow.md", 2.0, 2.5), Page("b.md", 1.5, 1.5)], 2),
}))
"""


@pytest.fixture(scope="module")
def tiny() -> dict[str, Any]:
    """Measurements of next to nothing, in a process of their own: tests don't import benchmarks."""
    command = [sys.executable, "-c", TINY]
    ran = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def test_a_reader_is_timed_and_what_it_reads_in_part_is_not_counted(tiny: dict[str, Any]) -> None:
    assert [returned for returned, _ in tiny["answers"]] == [True, False, True]
    assert all(0 < seconds < 1 for _, seconds in tiny["answers"])


def test_a_reader_that_takes_too_long_is_killed_and_one_that_is_absent_left_out(tiny: dict[str, Any]) -> None:
    assert tiny["killed"] == [0, 1, False]
    assert tiny["absent"] is None


def test_formulas_are_distinct_and_without_the_macros_of_their_document(tiny: dict[str, Any]) -> None:
    assert len(tiny["sample"]) == len(set(tiny["sample"])) > 100
    assert not [latex for latex in tiny["sample"] if "\\KL{" in latex or "\\half" in latex]


def test_the_tables_hold_medians_and_ratios(tiny: dict[str, Any]) -> None:
    assert tiny["p95"] == [95, 7]
    a, b = tiny["readers"].splitlines()[2:]
    assert a == "| a | 4 | 3 (75 %) | 3.00 ms | 500.00 ms | 2.00 ms | 1.0 |"
    assert b == "| b | 4 | 3 (75 %) | 9.00 ms | 1500.00 ms | 6.00 ms | 3.0 |"
    assert tiny["commands"].splitlines()[2].startswith("| `errata --version` | 1 | 0.")
    assert "Python 3." in tiny["machine"]


def test_the_slowest_pages_are_shown_and_all_are_counted(tiny: dict[str, Any]) -> None:
    assert tiny["pages"].splitlines()[2:] == [
        "| slow.md | 2.00 | 2.50 | 0.80 |",
        "| b.md | 1.50 | 1.50 | 1.00 |",
        "",
        "now: 2 of 3 pages within 1.5 s, median 1.50 s",
        "before: 2 of 3 pages within 1.5 s, median 1.50 s",
    ]
