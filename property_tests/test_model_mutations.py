"""``python -m benchmarks.model_mutations``: what is noticed, what isn't, and that reasons name what is there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RUN = """
import json
import torch
from benchmarks import model_mutations as run
from benchmarks.model_mutations_reasons import REASONS
from benchmarks.mutated_models import FACTOR, OFF_BY_ONE, SIGN, SWAPPED, Seen, changed, changes, functions, watched

torch.set_num_threads(1)
every = functions([])
def double(x: float) -> float:
    return 2.0 * x

def split(a: float, b: float, n: int) -> tuple[float, int]:
    return a - b, n

def kind_of(x: float) -> bool:
    return x > 0

own = {"double": double, "split": split, "kind_of": kind_of}
with watched(own) as seen:
    double(1.0), split(1.0, 0.5, 2), kind_of(1.0)
seen = {name: [sorted(one.floats, key=str), one.whole] for name, one in seen.items()}
given = {"double": Seen({None}), "split": Seen({0}), "kind_of": Seen()}
kinds = {name: [[kind, where] for kind, where, _ in changes(f, given[name])] for name, f in own.items()}
values = []
for kind, where, change in changes(split, Seen({0})):
    with changed(split, change):
        values.append([kind, where, *split(1.0, b=0.5, n=2)])
after = split(1.0, 0.5, 2)

def told(checks):
    one = run.Watched(double, [run.Check(str(i), c) for i, c in enumerate(checks)], Seen({None}))
    return run.told("page.double", one)

blind, sharp = told([lambda: double(1.0) != 0]), told([lambda: double(1.0) == 2.0])
half = told([lambda: double(1.0) > 0])
unasked = run.told("page.double", run.Watched(double))

checks = [one for one in run.checks() if one.name.startswith("energy_based_model")]
run.checks = lambda: checks
found = run.measured(["energy.energy_based"], 1, lambda text: None)
print(json.dumps({
    "reasons": [key for key in REASONS if key.partition(", ")[0] not in every],
    "functions": len(every),
    "seen": seen, "kinds": kinds, "values": values, "after": after,
    "blind": [blind.silent, blind.unexcused], "sharp": [sharp.silent, sharp.unexcused], "half": [half.silent],
    "unasked": unasked.unexcused,
    "table": run.table([blind, unasked]),
    "page": [[one.name, one.silent, one.is_called] for one in found],
}))
"""


@pytest.fixture(scope="module")
def tiny():
    """In a process of its own: tests don't import benchmarks."""
    ran = subprocess.run(
        [sys.executable, "-c", RUN], check=False, cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    return json.loads(ran.stdout)


def test_what_a_function_returns_is_seen(tiny):
    assert tiny["seen"] == {"double": [[None], False], "split": [[0], True], "kind_of": [[], False]}


def test_a_function_is_changed_for_whoever_calls_it_and_then_is_itself_again(tiny):
    assert tiny["values"] == [
        ["sign", "part 0", -0.5, 2],
        ["factor", "part 0", 0.5005, 2],
        ["swapped", "a, b", -0.5, 2],
        ["off by one", "n", 0.5, 3],
    ]
    assert tiny["after"] == [0.5, 2]
    assert tiny["kinds"]["double"] == [["sign", ""], ["factor", ""]] and tiny["kinds"]["kind_of"] == []


def test_what_nothing_notices_is_told_and_needs_a_reason(tiny):
    assert tiny["blind"] == [["sign", "factor"]] * 2
    assert tiny["sharp"] == [[], []]
    assert tiny["half"] == [["factor"]]
    assert tiny["unasked"] == ["never called"]
    assert "| `page` | 2 | 1 | 0 of 1 | 0 of 1 |  |  |" in tiny["table"]
    assert "- `page.double` (sign, factor): NO REASON IS GIVEN" in tiny["table"]


def test_reasons_are_given_for_functions_that_are_there(tiny):
    assert tiny["reasons"] == [] and tiny["functions"] > 800


def test_a_page_is_asked_by_its_specification(tiny):
    assert len(tiny["page"]) >= 5
    assert [one for one in tiny["page"] if one[1] or not one[2]] == []


def test_the_page_of_documentation_holds_the_whole_table():
    page = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
    table = page.partition("<!-- mutations: begin -->")[2].partition("<!-- mutations: end -->")[0]
    pages = {
        f"{one.parent.name}.{one.stem}" for one in (ROOT / "reference_models").glob("*/*.py") if one.stem != "__init__"
    }
    rows = {line.split("`")[1] for line in table.splitlines() if line.startswith("| `")}
    assert rows == pages
    assert "NO REASON IS GIVEN" not in table and "| all | " in table
