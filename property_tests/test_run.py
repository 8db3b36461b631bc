"""``errata run``: the list, a model's page, JSON, and what is wrong usage."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from claims.records import replace
from errata.cli import main
from errata.reporting.drawn_means import DrawnMeans
from errata.reporting.drawn_means import as_text as means_as_text
from errata.reporting.gallery import has_picture, page
from errata.reporting.specifications import as_json, as_text
from numerics.conformance.catalogue import EXERCISES
from numerics.sampling.models import HeldStatement, planned
from numerics.specifications.catalogue import FAMILIES, SPECIFICATIONS, specification
from numerics.specifications.contract import Figure, Mutant, Outcome, Panel, Property, Result, Specification, Task
from numerics.specifications.held import held
from numerics.specifications.training import lengthened

ROOT = Path(__file__).parents[1]


def run(*arguments: str):
    return CliRunner().invoke(main, ["run", *arguments])


def made(allowed: float = 1.0, mutant: float = 2.0, figure: Figure | None = None, lacks: str = "") -> Specification:
    """A specification whose only property is off by what its only function says."""

    def found(model, draw, progress):
        if lacks:
            raise ImportError(name=lacks)
        progress(1.0)
        return Result((figure,) if figure else (), (Panel("a line", "lines", {"y": ([0, 1], [0, 1])}),))

    return Specification(
        name="made",
        family="distributions",
        systems=(0,),
        title="Made",
        statement="0 = 0",
        page="nowhere",
        functions={"off": lambda: 0.5},
        properties=(
            Property("small", lambda m, d: Outcome(m.off(), allowed), Mutant("it is large", {"off": lambda: mutant})),
        ),
        source="none",
        task=Task("none", found),
    )


def test_the_list_names_every_model_under_its_family():
    lines = run().output.splitlines()
    named = [line.split()[0] for line in lines if line.startswith("  ")]
    assert named == [s.name for s in SPECIFICATIONS]
    assert [s["model"] for s in json.loads(run("--format", "json").output)] == named


def test_a_model_shows_its_properties_and_its_oracle():
    ran = run("bernoulli")
    assert ran.exit_code == 0
    for said in ("✓ the masses sum to 1", "✓ rejects: 0 and 1 are swapped", "✓ scipy", "sound on cpu, seed 0"):
        assert said in ran.output


def test_the_json_is_what_was_promised():
    (tree,) = json.loads(run("bernoulli", "--format", "json").output)
    assert {"model", "family", "systems", "device", "properties", "oracle", "seconds"} <= set(tree)
    assert {"name", "passed", "mutant_rejected", "detail"} <= set(tree["properties"][0])
    assert {"package", "version", "agrees"} <= set(tree["oracle"])
    assert tree["oracle"]["agrees"] and tree["sound"]


def test_the_stated_means_stand_beside_those_of_draws_and_the_mistake_is_told():
    ran = run("gmm", "--samples", "60000")
    assert ran.exit_code == 0
    assert "draws   gmm, means of 65536 samples" in ran.output
    assert re.search(r"✓ E x_0: 0\.[89]\d* ± 0\.0\d+, stated 0\.9", ran.output)
    assert re.search(r"✓ rejects: components equally often  E x_0: 0\.3\d* ± 0\.0\d+, stated 0\.9", ran.output)
    (tree,) = json.loads(run("coin_generator", "--format", "json").output)
    assert tree["draws"]["samples"] == planned()
    assert tree["draws"]["sound"] and tree["draws"]["mutant_rejected"]
    assert abs(tree["draws"]["means"][0]["drawn"] - 0.2) < tree["draws"]["means"][0]["radius"]
    assert "counter-based" not in run("gmm", "--samples", "0").output
    (tree,) = json.loads(run("losses", "--format", "json", "--samples", "9").output.split("not drawn")[0])
    assert tree["draws"] is None


def test_what_is_not_drawn_is_named():
    ran = run("losses", "--samples", "100")
    assert (ran.exit_code, "not drawn: losses" in ran.stderr) == (0, True)


def test_a_stated_mean_that_draws_contradict_fails_the_run():
    wrong = HeldStatement("E x", 0.5, 0.01, 0.6, planned(), None)
    right, few = replace(wrong, drawn=0.601), replace(wrong, n=100, refusal="too few")
    assert DrawnMeans("made", (right,), (wrong,), "a slip", planned()).sound
    assert not DrawnMeans("made", (wrong,), (wrong,), "a slip", planned()).sound
    assert not DrawnMeans("made", (right,), (right,), "a slip", planned()).sound
    assert not DrawnMeans("made", (replace(right, refusal="heavy"),), (wrong,), "a slip", planned()).sound
    assert DrawnMeans("made", (few,), (few,), "a slip", planned()).sound
    assert not DrawnMeans("made", (replace(wrong, n=100),), (few,), "a slip", planned()).sound
    assert "? E x: no error bar, too few" in means_as_text([DrawnMeans("made", (few,), (few,), "a slip", planned())])


def test_an_oracle_asked_now_says_so():
    assert "(asked now)" in run("bernoulli", "--live").output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("bernouli",), "  bernoulli          Bernoulli\n"),
        (("variational autoencodr",), "  graph_vae  Variational graph autoencoder"),
        (("beronulli",), "did you mean bernoulli"),
        (("nothing_like_it",), "`errata run` lists all"),
        (("bernoulli", "--device", "warp"), "can't be used here"),
        (("bernoulli", "--plot", "figure.txt"), "must end in one of"),
        (("bernoulli", "--plot", "no/such/folder/f.svg"), "there is no directory"),
    ],
)
def test_wrong_usage_has_a_way_out(arguments, said):
    ran = run(*arguments)
    assert ran.exit_code == 2
    assert said in ran.output


def test_what_has_no_picture_draws_nothing(tmp_path):
    assert "nothing to draw" in run("bernoulli", "--no-train", "--plot", str(tmp_path / "f.svg")).output
    assert list(tmp_path.iterdir()) == []


def test_a_failing_property_a_surviving_mistake_and_a_missed_prediction_are_not_sound():
    assert held(made()).sound
    for bad in (made(allowed=0.1), made(mutant=0.7), made(figure=Figure("f", 1.0, 2.0, 0.5))):
        one = held(bad, with_task=True)
        assert not one.sound
        assert "NOT SOUND" in as_text([one]) and "✗" in as_text([one])
        assert json.loads(as_json([one]))[0]["sound"] is False


def test_nan_is_no_pass_and_no_json_number():
    one = held(made(allowed=float("nan")))
    assert not one.sound
    figure = held(made(figure=Figure("f", float("nan"))), with_task=True)
    assert not figure.sound
    assert json.loads(as_json([figure]))[0]["figures"][0]["value"] is None


def test_a_task_that_lacks_a_package_says_which():
    one = held(made(lacks="somewhere"), with_task=True)
    assert one.sound and one.result is None
    assert "somewhere is not installed" in as_text([one])


def test_a_task_without_a_longer_version_says_that_the_short_one_was_run():
    short = made(figure=Figure("f", 1.0))
    one = held(short, with_task=True, long=True)
    assert one.sound and one.result is not None
    assert "no longer version: the short one was run" in as_text([one])
    assert "no longer version" in json.loads(as_json([one]))[0]["skipped"]
    assert held(short, with_task=True).skipped == held(short, long=True).skipped == ""


def test_a_longer_version_names_its_own_data():
    task = Task("few", lambda m, d, p: Result(()), long=lambda m, d, p: Result((Figure("n", 2.0),)), long_data="many")
    spec = replace(made(), task=task)
    long, short = (held(spec, with_task=True, long=wanted) for wanted in (True, False))
    assert (long.data, long.skipped, short.data) == ("many", "", "few")
    assert "task    many" in as_text([long]) and json.loads(as_json([short]))[0]["task"] == "few"


def test_only_a_task_can_be_lengthened():
    one = made()
    (longer,) = lengthened((one,), {"made": ("many", lambda m, d, p: Result(()))})
    assert longer.task.long is not None and (longer.task.data, longer.task.run) == (one.task.data, one.task.run)
    with pytest.raises(KeyError):
        lengthened((replace(one, task=None),), {"made": ("many", lambda m, d, p: Result(()))})


def test_a_picture_is_drawn(tmp_path):
    from errata.commands.panels import draw_panels

    file = tmp_path / "f.svg"
    assert draw_panels([held(made(), with_task=True)], str(file)) == 1
    assert file.read_text(encoding="utf-8").startswith("<?xml")


def test_a_panel_of_text_says_every_line_of_every_series(tmp_path):
    from matplotlib import rc_context

    from errata.commands.panels import draw_panels

    said, file = Panel("letters", "text", {"source": ["abba"], "draws": ["daba", "caca"]}), tmp_path / "f.svg"
    one = replace(made(), task=Task("none", lambda model, draw, progress: Result((), (said,))))
    with rc_context({"svg.fonttype": "none"}):
        assert draw_panels([held(one, with_task=True)], str(file)) == 1
    text = file.read_text(encoding="utf-8")
    assert all(f">{line}<" in text for line in ("source", "draws", "abba", "daba", "caca"))


def test_a_replaced_function_must_exist():
    with pytest.raises(KeyError, match="can't replace"):
        specification("bernoulli").model.but({"pdf": lambda: 0})
    with pytest.raises(AttributeError, match="no function pdf"):
        _ = specification("bernoulli").model.pdf


@pytest.mark.parametrize("family", [family for family, page in FAMILIES.items() if page])
def test_the_page_of_a_family_is_what_the_command_writes(family):
    written = ROOT / "docs" / "models" / f"{family}.md"
    text = page(family, FAMILIES[family], EXERCISES)
    assert written.read_text(encoding="utf-8") == text, f"refresh it: errata run {family} --gallery docs/models"
    assert (written.with_suffix(".png")).exists() == has_picture(FAMILIES[family])


def test_its_help_teaches():
    assert "Exit status:" in run("--help").output


CHATTERING = """
import os
from numerics.specifications import held
from errata.cli import main

asked = held.asked

def chattering(oracle):
    print("chatter of a package")
    os.write(1, b"chatter from C\\n")
    return asked(oracle)

held.asked = chattering
main(["run", "bernoulli", "--live", "--format", "json"])
"""


def test_what_a_package_prints_is_not_on_standard_output():
    command = [sys.executable, "-c", CHATTERING]
    ran = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    (tree,) = json.loads(ran.stdout)
    assert tree["model"] == "bernoulli" and tree["oracle"]["agrees"]
    assert "chatter of a package" in ran.stderr and "chatter from C" in ran.stderr
