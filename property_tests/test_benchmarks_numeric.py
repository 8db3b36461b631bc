"""The numeric benchmarks count and compare what they say. Nothing here is timed: rates are only there."""

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
from dataclasses import asdict
import torch
from benchmarks import balls, coverage, monte_carlo, monte_carlo_on_cuda, quadrature

def refused(run):
    try:
        run()
    except RuntimeError as fault:
        return str(fault)

torch.set_num_threads(1)
monte_carlo.compiler = lambda: None
rows, rates = balls.measured(3), monte_carlo.measured(2**17, 1)
found = {
    "balls": [row.name for row in rows],
    "of_balls": balls.of_balls(rows),
    "ways": [list(monte_carlo.ways()), [rate.name for rate in rates]],
    "of_rates": monte_carlo.of_rates(rates),
    "sequences": [asdict(row) for row in coverage.sequences(100, 500, 0.05)],
    "small": [row.hits for row in coverage.small_alpha(2000, 1e-3)],
    "sums": [(row.name, row.hits) for row in coverage.sums_of_known_law(4000, 30, 1e-3)],
    "gauss": quadrature.of_rows(quadrature.measured(3)),
    "size": [asdict(row) for row in coverage.size_and_power(40)],
    "tails": [asdict(row) for row in coverage.refusals(3, 20_000)],
    "routes": [[row.hits for row in coverage.whole_routes(1, 0.05, off)] for off in (0.0, 0.5)],
    "of_counts": coverage.of_counts(coverage.refusals(1, 20_000)),
}
on_cuda = [monte_carlo.Rate(name, (rate,)) for name, rate in ((monte_carlo_on_cuda.LOOP, 50.0),
           (monte_carlo_on_cuda.GENERATOR, 80.0))]
found["on_cuda"] = [monte_carlo_on_cuda.verdict(on_cuda), monte_carlo_on_cuda.verdict([*on_cuda[:1],
                    monte_carlo.Rate(monte_carlo_on_cuda.GENERATOR, (100.0,))])]
torch.cuda.is_available = lambda: False
found["absent"] = monte_carlo_on_cuda.tables("cuda", True)
balls.DIGITS = 20
monte_carlo.EXACT += 0.1
found["refused"] = [refused(lambda: balls.measured(3)), refused(lambda: monte_carlo.measured(2**17, 1))]
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def tiny() -> dict[str, Any]:
    """Measurements of next to nothing, in a process of their own: tests don't import benchmarks."""
    command = [sys.executable, "-c", TINY]
    ran = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def test_closed_forms_and_rates_have_their_rows(tiny: dict[str, Any]) -> None:
    assert {"kl_normal_eq", "kl_normal_std_eq"} <= set(tiny["balls"])
    assert tiny["of_balls"].count("\n") == 5
    assert tiny["ways"][0] == tiny["ways"][1]
    assert "| torch.distributions |" in tiny["of_rates"]


def test_a_wrong_value_is_a_fault_before_anything_is_timed(tiny: dict[str, Any]) -> None:
    lost_digits, other_divergence = tiny["refused"]
    assert "doesn't hold" in lost_digits
    assert "the closed form" in other_divergence


def test_a_device_that_is_absent_is_named_and_a_slow_loop_is_seen(tiny: dict[str, Any]) -> None:
    assert tiny["absent"].startswith("Skipped: --device cuda needs a graphics processor")
    assert "62%" in tiny["on_cuda"][0] and "met" in tiny["on_cuda"][0]
    assert "MISSED" in tiny["on_cuda"][1]


def test_the_tables_of_coverage_count_misses(tiny: dict[str, Any]) -> None:
    hits = {(row["name"].split(",")[0], row["law"]): row["hits"] for row in tiny["sequences"]}
    assert hits["fixed-n interval", "Exp(1)"] > 20 > hits["empirical Bernstein", "Beta(2, 5)"]
    assert [count > 10 for count in tiny["small"]] == [True, False, True, False]
    exact = [hits for name, hits in tiny["sums"] if name != "z interval"]
    assert len(exact) == 7 and max(exact) <= 15 < max(hits for name, hits in tiny["sums"] if name == "z interval")
    assert len(tiny["size"]) == 12
    assert all(row["hits"] <= 5 for row in tiny["size"] if row["promised"] != "nothing")
    assert all(row["hits"] > 10 for row in tiny["size"] if row["promised"] == "nothing")
    assert [row["hits"] for row in tiny["tails"]] == [3 * int(row["promised"]) for row in tiny["tails"]]
    assert sum(tiny["routes"][0]) <= 1 and tiny["routes"][1] == [1] * 5
    assert tiny["of_counts"].count("\n") == 7


def test_the_table_of_bounds_counts_claims_and_points(tiny: dict[str, Any]) -> None:
    assert "| exact to the degree of a polynomial | 2 | 16 | 16 |" in tiny["gauss"]
    assert "| Hermite's remainder, by Cauchy | 1 | 8 | 8 |" in tiny["gauss"]
    assert tiny["gauss"].endswith("3 of 3 claims with a Gauss route are bounded at all of their points.")
