"""Models name the derivations about them, and derivations the models; both are there."""

from __future__ import annotations

import json
import subprocess
import sys

from click.testing import CliRunner

from derivations.catalogue import derivations
from errata.cli import main
from numerics.specifications.catalogue import SPECIFICATIONS
from numerics.specifications.ties import DERIVATIONS, models_of


def test_both_ends_of_every_tie_are_there():
    models, made = {one.name for one in SPECIFICATIONS}, {one.claim.name for one in derivations()}
    assert sorted(set(DERIVATIONS) - models) == []
    assert sorted({name for names in DERIVATIONS.values() for name in names} - made) == []
    assert [model for model, names in DERIVATIONS.items() if len(set(names)) < len(names) or not names] == []
    assert len(DERIVATIONS) > 100


def test_a_model_names_its_derivations_and_a_derivation_its_model():
    assert models_of("kl_normal_std_eq") == ("standard_normal", "vae") and models_of("no_such_eq") == ()
    ran = CliRunner().invoke(main, ["run", "dpo", "--no-train"]).output
    assert (
        "derived dpo_reward_eq, dpo_reward_difference_eq, dpo_preference_eq, dpo_slope_eq (`errata derive NAME`)" in ran
    )
    (tree,) = json.loads(
        CliRunner().invoke(main, ["run", "dpo", "--no-train", "--samples", "0", "--format", "json"]).stdout
    )
    assert tree["derivations"] == ["dpo_reward_eq", "dpo_reward_difference_eq", "dpo_preference_eq", "dpo_slope_eq"]
    ran = CliRunner().invoke(main, ["derive", "dpo_slope_eq"]).output
    assert "model   dpo (`errata run NAME`)" in ran
    (tree,) = json.loads(CliRunner().invoke(main, ["derive", "dpo_slope_eq", "--format", "json"]).output)
    assert tree["models"] == ["dpo"]
    assert "model  " not in CliRunner().invoke(main, ["derive", "bordered_solution_eq"]).output


UNTIED = """
import warnings
import torch
from benchmarks.model_mutations import checks, forget
from benchmarks.mutated_models import functions, watched
from numerics.catalogue import ROUTES
from numerics.specifications.catalogue import SPECIFICATIONS
from numerics.specifications.ties import models_of

torch.set_num_threads(1)
warnings.simplefilter("ignore")
held = {getattr(f, "__wrapped__", f) for one in SPECIFICATIONS for f in one.functions.values()}
every, asking = functions([]), 0
routes = [one for one in checks() if one.name.partition(":")[0] in ROUTES]
with watched(every) as seen:
    for one in routes:
        seen.clear()
        forget()
        one.content()
        name, asked = one.name.partition(":")[0], [f for f in seen if every[f] in held]
        asking += bool(asked)
        if asked and not models_of(name):
            print(name, asked)
print(asking)
"""


def test_a_derivation_whose_route_asks_a_model_is_tied_to_one():
    ran = subprocess.run([sys.executable, "-c", UNTIED], capture_output=True, text=True, check=True, timeout=300)
    *untied, asking = ran.stdout.splitlines()
    assert untied == []
    assert int(asking) > 200


def test_ties_are_read_without_torch():
    code = "import sys; import numerics.specifications.ties; print('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
