"""The shell scripts of the action and of the template for GitLab, run to the letter in a folder of notes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

HOUSE = Path(__file__).parents[2]
RIGHT, WRONG = "So $1 + 1 = 2$.\n", "# Sums\n\nSo $2 + 2 = 5$.\n"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A folder of notes, one page right and one wrong, beside a folder of programs in which errata is this one."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "right.md").write_text(RIGHT)
    (tmp_path / "notes" / "wrong.md").write_text(WRONG)
    program = tmp_path / "bin" / "errata"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{HOUSE}" exec "{sys.executable}" -m errata "$@"\n')
    program.chmod(0o755)
    return tmp_path


def ran(script: str, notes: Path, given: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **given, "PATH": f"{notes / 'bin'}:{os.environ['PATH']}", "XDG_CACHE_HOME": str(notes)}
    shell = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script]
    return subprocess.run(
        shell, check=False, cwd=notes / "notes", env=environment, capture_output=True, text=True, timeout=120
    )


def steps_of_the_action(**inputs: str) -> list[tuple[str, Mapping[str, str]]]:
    """The script of each step that calls errata, with its environment, for the inputs of a workflow."""
    action = yaml.safe_load((HOUSE / "action.yml").read_text())
    values = {name: inputs.get(name, about["default"]) for name, about in action["inputs"].items()}

    def filled(text: str) -> str:
        for name, value in values.items():
            text = text.replace(f"${{{{ inputs.{name} }}}}", value)
        return text

    calls = [step for step in action["runs"]["steps"] if "errata check" in step.get("run", "")]
    return [(step["run"], {n: filled(v) for n, v in step.get("env", {}).items()}) for step in calls]


def test_the_action_annotates_what_is_wrong_and_keeps_what_is_asked_for(notes: Path) -> None:
    forms, annotations = steps_of_the_action(sarif="true", report="true")
    assert ran(*forms[:1], notes, forms[1]).returncode == 0  # findings stop the last step alone
    found = json.loads((notes / "notes" / "errata.sarif").read_text())["runs"][0]["results"]
    assert [r["locations"][0]["physicalLocation"]["region"]["startLine"] for r in found] == [3]
    assert (notes / "notes" / "errata-report" / "index.html").is_file()
    told = ran(*annotations[:1], notes, annotations[1])
    assert told.returncode == 1 and ",file=wrong.md,line=3," in told.stdout


def test_the_action_takes_paths_and_options_and_passes_right_notes(notes: Path) -> None:
    forms, annotations = steps_of_the_action(paths="right.md", args="--fail-under 100")
    assert ran(*forms[:1], notes, forms[1]).returncode == 0 and not (notes / "notes" / "errata.sarif").exists()
    assert ran(*annotations[:1], notes, annotations[1]).returncode == 0
    _, rough = steps_of_the_action(paths="wrong.md", args="--fail-on never")
    assert ran(*rough[:1], notes, rough[1]).returncode == 0


def test_what_an_input_says_is_never_run(notes: Path) -> None:
    _, annotations = steps_of_the_action(paths="right.md; touch stolen $(touch stolen)")
    assert ran(*annotations[:1], notes, annotations[1]).returncode != 0
    assert not (notes / "notes" / "stolen").exists()


@pytest.mark.parametrize(("page", "status"), [("right.md", 0), ("wrong.md", 1)])
def test_the_template_for_gitlab_leaves_its_reports_whatever_is_found(notes: Path, page: str, status: int) -> None:
    template = yaml.safe_load((HOUSE / "ci" / "gitlab.yml").read_text())
    job = template["errata"]
    given = {**template["variables"], "NOTES": page, "CI_PROJECT_DIR": str(notes)}
    given |= {n: v.replace("$CI_PROJECT_DIR", str(notes)) for n, v in job["variables"].items()}
    assert ran("\n".join(job["script"]), notes, given).returncode == status
    reports = job["artifacts"]["reports"]
    quality = json.loads((notes / "notes" / reports["codequality"]).read_text())
    junit = ElementTree.parse(notes / "notes" / reports["junit"])
    assert [one["location"]["lines"]["begin"] for one in quality] == ([3] if status else [])
    assert len(list(junit.iter("failure"))) == status
    assert (notes / ".errata-cache").is_dir()
