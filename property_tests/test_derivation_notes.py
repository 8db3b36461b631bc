"""A derivation as notes write it: it is read again by the reader of notes, and none of its lines is called wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from derivations.catalogue import PAGES, derivation
from derivations.check import derive
from errata.cli import main
from errata.commands.derivation_notes import as_markdown

PAGES_READ = ("flows layers", "information maxent", "gaussian kl", "score matching")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments])


def judged(folder: Path, notes: str) -> dict[str, int]:
    """How many relations of these notes have each verdict."""
    page = folder / "notes.md"
    page.write_text(notes, "utf-8")
    report = json.loads(run("check", str(page), "--no-cache", "--format", "json").stdout)
    return dict(report["summary"])


@pytest.mark.parametrize("name", PAGES_READ)
def test_no_line_of_ours_is_called_wrong(name: str, tmp_path: Path) -> None:
    topic, stem = name.split()
    page = next(p for p in PAGES if (p.topic, p.stem) == (topic, stem))
    found = judged(tmp_path, "\n\n".join(as_markdown(derive(d)) for d in page.derivations))
    assert found["refuted"] == found["ill_formed"] == found["unread"] == 0
    assert found["proved"] + found["supported"] > len(page.derivations) // 2


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("kl_normal_std_eq", r"\frac{\mu^{2}}{2} +", r"\mu^{2} +"),
        ("spline_slope_eq", r"s^{2} \left(d_{0}", r"s \left(d_{0}"),
        (
            "total_variance_eq",
            r"w \left(1 - w\right) \left(m_{1} - m_{2}\right)^{2}",
            r"w \left(m_{1} - m_{2}\right)^{2}",
        ),
    ],
)
def test_a_line_with_a_slip_is(name: str, right: str, wrong: str, tmp_path: Path) -> None:
    notes = as_markdown(derive(derivation(name)))
    assert right in notes
    assert judged(tmp_path, notes)["refuted"] == 0
    assert judged(tmp_path, notes.replace(right, wrong, 1))["refuted"] >= 1


def test_the_page_has_the_statement_its_letters_and_each_step_with_its_reason() -> None:
    ran = run("derive", "entropy_laplace_eq", "--format", "markdown")
    assert ran.exit_code == 0
    for part in (
        "## entropy_laplace_eq", r"H(\mathrm{Laplace}(m, b)) = \log{\left(2 b \right)} + 1", "- $b > 0$: ",
        r"&= \log{\left(2 b \right)} + 1 && \text{E|x − m| = b} \\", "`errata derive`: proved", "Source: ",
    ):  # fmt: skip
        assert part in ran.stdout


def test_json_has_latex_beside_text() -> None:
    (tree,) = json.loads(run("derive", "entropy_laplace_eq", "--format", "json").stdout)
    assert tree["latex"].startswith(r"H(\mathrm{Laplace}(m, b)) = ")
    assert tree["steps"][-1]["latex"] == r"\log{\left(2 b \right)} + 1"


def test_an_answer_is_written_the_same_way_and_no_answer_says_so() -> None:
    assert (
        r"\mathrm{KL}(\mathcal{N}(m, s^{2})"
        in run("derive", "KL(Normal(m, s^2) || Normal(0, 1))", "--format", "markdown").stdout
    )
    ran = run("derive", "H(Poisson(r))", "--format", "markdown")
    assert ran.exit_code == 1 and "```text" in ran.stdout and "no closed form" in ran.stdout


def test_signs_of_latex_in_a_reason_are_escaped() -> None:
    notes = as_markdown(derive(derivation("kl_normal_of_two_eq")))
    reasons = [line.partition(r"\text{")[2] for line in notes.splitlines() if r"\text{" in line]
    assert reasons and not any("_" in r.replace(r"\_", "") or "^" in r.replace(r"\^{}", "") for r in reasons)


def test_evidence_and_rules_are_told_in_other_forms() -> None:
    for option in ("--evidence", "--rules"):
        ran = run("derive", "kl_normal_eq", option, "--format", "markdown")
        assert ran.exit_code == 2 and "text or json" in ran.stderr
