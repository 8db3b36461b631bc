"""Nothing mixes devices: every property, sampler and task begins on a device that isn't there.

In a process of its own, since torch counts devices once; ``python -m property_tests.on_fake_device`` runs all to the
end.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from torch.utils import backend_registration

from numerics.sampling.registry import SAMPLERS
from numerics.specifications.catalogue import SPECIFICATIONS

ROOT = Path(__file__).parents[2]
MOST = "150"

pytestmark = pytest.mark.skipif(
    not hasattr(backend_registration, "_setup_privateuseone_for_python_backend"),
    reason="this torch knows no devices that are written in Python",
)

RULES = """
import json, warnings
import torch
from property_tests.fake_device import DEVICE, Enough, RefusedByDevice, Used, fake_device
warnings.simplefilter("ignore")

def told(run):
    try:
        with fake_device():
            run()
        return "runs"
    except (RefusedByDevice, RuntimeError) as refused:
        return type(refused).__name__

on = lambda *sizes: torch.ones(sizes, dtype=torch.float64, device=DEVICE)
here = lambda *sizes: torch.ones(sizes, dtype=torch.float64)
generator = lambda device: torch.Generator(device=device).manual_seed(0)

def slope(beside):
    at = on(3).requires_grad_()
    (at * beside()).sum().backward()
    return at.grad + on(3)

class Mixing(torch.autograd.Function):
    @staticmethod
    def forward(context, x):
        return 2 * x

    @staticmethod
    def backward(context, slope):
        return slope + here(3)

runs = {
    "tensors of the device": lambda: on(3) + on(3),
    "a number of the cpu": lambda: on(3) * here(),
    "an index of the cpu": lambda: on(3)[torch.tensor([0, 2])],
    "moved": lambda: here(3).to(DEVICE) + on(3),
    "moved back": lambda: (on(3).cpu() + here(3)).numpy(),
    "a slope": lambda: slope(lambda: on(3)),
    "its own generator": lambda: torch.randn(3, generator=generator(DEVICE), device=DEVICE),
    "of full rank": lambda: torch.linalg.lstsq(on(3, 1), on(3, 1)),
}
refused = {
    "a tensor of the cpu": lambda: on(3) + here(3),
    "in place": lambda: here(3).add_(on(3)),
    "stacked with a number": lambda: torch.stack([on(), here()]),
    "an index of the device": lambda: here(3)[torch.tensor([0], device=DEVICE)],
    "within a slope": lambda: slope(lambda: here(3)),
    "on the way back": lambda: Mixing.apply(on(3).requires_grad_()).sum().backward(),
    "a generator of the cpu": lambda: torch.randn(3, generator=generator("cpu"), device=DEVICE),
    "a generator of the device for the cpu": lambda: torch.rand(3, generator=generator(DEVICE)),
    "read by numpy": lambda: on(3).numpy(),
    "whole numbers in a product": lambda: torch.ones(2, 2, dtype=torch.int64, device=DEVICE) @ torch.ones(
        2, 2, dtype=torch.int64, device=DEVICE
    ),
    "least squares without rank": lambda: torch.linalg.lstsq(0 * on(3, 2), on(3, 1)),
    "least squares by singular values": lambda: torch.linalg.lstsq(on(3, 1), on(3, 1), driver="gelsd"),
}
with fake_device(Used(5)):
    try:
        for _ in range(10):
            on(3)
        enough = False
    except Enough:
        enough = True
with fake_device() as used:
    float(on(3).sum()), on(3).sum().item()
told_of = lambda named: {name: told(run) for name, run in named.items()}
print(json.dumps({"runs": told_of(runs), "refused": told_of(refused), "enough": enough, "reads": used.reads}))
"""

PLANTED = """
import json
import torch
from claims.records import replace
from numerics.sampling import drawn_laws, registry
from numerics.specifications.contract import Mutant, Property, Result, Task
from numerics.specifications.catalogue import specification
from numerics.specifications.outcomes import equal, true
from property_tests.on_fake_device import draws, properties, tasks

table = torch.ones(4, dtype=torch.float64)  # a constant of the cpu
mixing = Property("mixes", lambda m, d: true((d.normal(4) * table).isfinite()), Mutant("none", {}))
apart = Property("doesn't", lambda m, d: equal(d.normal(4) - d.normal(4), 1.0), Mutant("none", {}))
task = Task("none", lambda m, d, tell: Result((d.normal(4) @ table,)))
found = replace(specification("bernoulli"), properties=(mixing, apart), task=task)
sampler = replace(
    next(one for one in drawn_laws.LAWS if one.name == "categorical"),
    draw=lambda m, noise: (noise.uniforms() < torch.softmax(drawn_laws.LOGITS, -1).cumsum(-1)[:1]).double(),
)
inf = float("inf")
registry.sampler_of = lambda name: sampler
print(json.dumps([one.wrong for of in (properties(found, inf), tasks(found, inf), draws(sampler, inf)) for one in of]))
"""


def _ran(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=300)


def _printed(program: str) -> Any:
    ran = _ran("-c", program)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_the_device_refuses_what_a_graphics_processor_refuses_and_nothing_else():
    found = _printed(RULES)
    assert set(found["runs"].values()) == {"runs"}, found["runs"]
    assert "runs" not in found["refused"].values(), found["refused"]
    assert found["enough"] and found["reads"] == 2


def test_a_constant_of_the_cpu_is_caught_in_a_property_a_task_and_a_sampler():
    mixes, mixes_mutated, apart, apart_mutated, task, *sampled = _printed(PLANTED)
    for wrong in (mixes, mixes_mutated, task, sampled[0]):
        assert "on fake:0 and on cpu" in wrong, wrong
    assert "error" in apart and "allowed" in apart, "a property that fails is told, not only one that mixes"
    assert apart_mutated == ""


def test_every_property_sampler_and_task_begins_on_the_device():
    ran = _ran("-m", "property_tests.on_fake_device", "--most", MOST)
    assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-2000:]
    said = ran.stdout.splitlines()[-1]
    properties = sum(len(one.properties) for one in SPECIFICATIONS)
    statements = sum(len(one.states) for one in SAMPLERS)
    assert said.startswith("0 wrong of ")
    assert f"{properties} property" in said and f"{statements} sampler," in said and " task" in said
