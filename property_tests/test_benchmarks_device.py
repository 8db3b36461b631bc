"""``python -m benchmarks.device``: its self-check on the CPU, a device that disagrees, and none at all."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUN = """
import contextlib, io, json
from claims.records import replace
from benchmarks import device
from numerics.specifications.contract import Figure, Mutant, Outcome, Property, Result, Task

def printed(*arguments):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        status = device.main(arguments)
    return status, out.getvalue()

right = printed("bernoulli", "dpo", "--device", "cpu", "--few", "--minutes", "0.05")
late = printed("bernoulli", "dpo", "--device", "cpu", "--few", "--minutes", "0")
device.why_unusable = lambda name: "it isn't there"
absent = printed("--device", "cuda")
device.why_unusable = lambda name: ""
(spec,) = [one for one in device.SPECIFICATIONS if one.name == "bernoulli"]

def refusing(model, draw):
    raise RuntimeError("two devices meet")

failing = Property("fails", lambda m, d: Outcome(1.0, 0.5), Mutant("none", {}))
missed = Task("none", None, long=lambda m, d, tell: Result((Figure("off", 1.0, 2.0, 0.1),)))
device.SPECIFICATIONS = (
    replace(spec, name="fails", properties=(failing,)),
    replace(spec, name="refuses", properties=(Property("refuses", refusing, Mutant("none", {})),)),
    replace(spec, name="misses", task=missed),
)
wrong = printed("--device", "cpu", "--few", "--minutes", "0.05")
print(json.dumps({"right": right, "late": late, "absent": absent, "wrong": wrong}))
"""


def test_the_table_tells_agreement_speed_and_what_was_left_out():
    ran = subprocess.run(
        [sys.executable, "-c", RUN], check=False, cwd=ROOT, capture_output=True, text=True, timeout=200
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    status, said = found["right"]
    assert status == 0 and ", 0 that disagree" in said
    for row in ("| `bernoulli` | 5 of 5 hold, 5 of 5 mistakes told |", "| `bernoulli`, draws | within 0.0e+00 |",
                "Monte Carlo: torch.distributions", "| `dpo`, longer task |"):  # fmt: skip
        assert row in said, row
    assert found["late"][0] == 0 and "out of time: bernoulli and what follows it has no row" in found["late"][1]
    assert found["absent"][0] == 2 and "--device cuda: it isn't there" in found["absent"][1]
    status, said = found["wrong"]
    assert status == 1 and ", 3 that disagree" in said
    assert "| `fails` | **NO:** 0 of 1 hold" in said and "| `refuses` | **NO:** refused: two devices meet" in said
    assert "| `misses`, longer task | **NO:** missed: off" in said
