"""``python -m benchmarks.reasons``: what it counts, that it goes on from what is kept, and that a wrong name fails."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NAMES = ("bradley_terry_eq", "dpo_reward_eq")
PLANTED = """
import sys
from benchmarks import reasons
from claims.claim import Step
from claims.records import replace
from derivations.catalogue import derivation

own = derivation("bradley_terry_eq")
first, second, *rest = own.steps
planted = replace(own, steps=(first, replace(second, reason="Jensen's inequality"), *rest))
reasons.derivation = lambda name: planted
sys.exit(reasons.main(["bradley_terry_eq"]))
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reasons") / "kept.jsonl"


def test_a_run_that_was_stopped_goes_on(kept: Path) -> None:
    whole = run("-m", "benchmarks.reasons", *NAMES)
    assert whole.returncode == 0 and whole.stderr.splitlines()[-1].startswith("2 of 2")
    first = run("-m", "benchmarks.reasons", NAMES[0], "--kept", str(kept))
    assert len(kept.read_text(encoding="utf-8").splitlines()) == 1 and first.stdout != whole.stdout
    rest = run("-m", "benchmarks.reasons", *NAMES, "--kept", str(kept), "--jobs", "2")
    assert rest.stdout == whole.stdout
    assert [line for line in kept.read_text(encoding="utf-8").splitlines() if NAMES[0] in line][1:] == []


def test_only_a_topic_is_counted() -> None:
    found = run("-m", "benchmarks.reasons", "--only", "contrastive")
    assert found.stdout.splitlines()[-1].endswith(
        "of 11 derivations are proved from one end to the other by canonical form."
    )


def test_a_text_that_names_a_rule_which_is_not_needed_fails() -> None:
    found = run("-c", PLANTED)
    assert found.returncode == 1
    assert found.stdout.splitlines()[-1].startswith("bradley_terry_eq: 'Jensen's inequality' names Jensen's inequality")
