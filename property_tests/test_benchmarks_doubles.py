"""``python -m benchmarks.model_doubles``: what is said of planted doubles, and of what only resembles them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
RUN = """
import io
import json
from contextlib import redirect_stdout

import torch
from benchmarks import model_doubles as run
from benchmarks.model_doubles_reasons import REASONS
from torch import Tensor

KNOWN = ("distributions.noise.gumbel", "learning.gradients.gumbel")

def quotient(a: Tensor, b: Tensor) -> Tensor:
    return a / b

def ratio(below: Tensor, above: Tensor) -> Tensor:
    return above / below

def nearly(a: Tensor, b: Tensor) -> Tensor:
    return 1.001 * a / b

def endless(a: Tensor, b: Tensor) -> Tensor:
    while True:
        pass

def refused(a: Tensor, b: Tensor) -> Tensor:
    raise ValueError

def heard(function):
    points = [torch.tensor([a, b], dtype=torch.float64) for a, b in ((1.0, 2.0), (3.0, 0.5))]
    return run.Heard(function, [((x[0], x[1]), (x[0] / x[1]).reshape(1)) for x in points], 0.0, {"run"})

run.PATIENCE_S = 0.5
every = {f.__name__: heard(f) for f in (quotient, endless, nearly, ratio, refused)}
slow = set()
found = list(run.doubles(every, ["quotient"], slow))
same = torch.ones(1)
tells = [run._tells(2 * same, (same, 3.0)), run._tells(same, (2 * same, same)), run._tells(3 * same, (same, 3.0))]

def told(reasons):
    said, run.reason_of = io.StringIO(), lambda *names: reasons.get(names)
    with redirect_stdout(said):
        rc = run.main([])
    return [rc, said.getvalue()]

pages, ears, reason_of = run.functions, run.heard, run.reason_of
pair = {name: every[name] for name in ("quotient", "ratio")}
run.functions, run.heard = (lambda named: {}), lambda functions: pair
unargued, argued = told({}), told({("quotient", "ratio"): "an order of its own"})
run.functions, run.heard, run.reason_of = pages, ears, reason_of
checks = [one for one in run.checks() if one.name.startswith(("energy_based_model", "dpo_slope_eq"))]
run.checks = lambda: checks
real = run.heard(run.functions(["energy.energy_based", "learning.preferences"]))
print(json.dumps({
    "found": found,
    "slow": sorted(slow),
    "tells": tells,
    "numbers": [None if one is None else one.tolist() for one in map(run._numbers, (2, 0.5, True, "2", same.long()))],
    "unargued": unargued,
    "argued": argued,
    "reasons": sorted({name for _, names in REASONS for name in names.split()} - set(run.functions([]))),
    "apart": [run.reason_of(*pair) for pair in (KNOWN, KNOWN[::-1], (KNOWN[0], "divergences.information.free_energy"))],
    "sides": sorted({side for one in real.values() for side in one.sides}),
    "dpo": sorted(real["learning.preferences.dpo_loss"].sides),
    "calls": max(len(one.calls) for one in real.values()),
}))
"""


@pytest.fixture(scope="module")
def said() -> dict[str, Any]:
    ran = subprocess.run([sys.executable, "-c", RUN], cwd=ROOT, capture_output=True, text=True, timeout=200, check=True)
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def test_a_double_is_found_in_whatever_order_it_takes_its_arguments(said: dict[str, Any]) -> None:
    assert said["found"] == [["quotient", "ratio", "(1, 0)"]]


def test_what_never_answers_is_left_out_and_what_comes_after_it_is_asked(said: dict[str, Any]) -> None:
    assert said["slow"] == ["endless"]


def test_who_asks_a_model_is_heard(said: dict[str, Any]) -> None:
    assert said["dpo"] == ["derive"] and set(said["sides"]) >= {"derive", "run"} and 1 < said["calls"] <= 3


def test_a_call_that_gives_an_argument_back_tells_nothing(said: dict[str, Any]) -> None:
    assert said["tells"] == [True, False, False]


def test_whole_numbers_are_heard_too(said: dict[str, Any]) -> None:
    assert said["numbers"] == [[2.0], [0.5], None, None, [1.0]]


def test_a_pair_needs_a_reason(said: dict[str, Any]) -> None:
    rc, text = said["unargued"]
    assert rc == 1 and text == "quotient [run] ratio [run] (1, 0) -- NO REASON IS GIVEN\n"
    assert said["argued"] == [0, "quotient [run] ratio [run] (1, 0) -- an order of its own\n"]


def test_reasons_name_functions_that_are_there_and_hold_within_their_group(said: dict[str, Any]) -> None:
    assert said["reasons"] == []
    there, back, other = said["apart"]
    assert there and there == back and other is None
