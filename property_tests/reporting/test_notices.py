"""What a run did not look at stands in every format, with a code; nothing of it stands where all was looked at."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from errata.cli import main

CODES = ["N901", "N902", "N903"]


@pytest.fixture(scope="module")
def notes(tmp_path_factory):
    made = tmp_path_factory.mktemp("notices")
    (made / "quiet.md").write_text("# Sums\n\nThe sum ∑ of all of it.\n", encoding="utf-8")
    (made / "book.tex").write_text(
        "\\documentclass{book}\\begin{document}\n\\input{gone}\n\\input{there}\n$1 + 1 = 2$\n\\end{document}\n"
    )
    (made / "there.tex").write_text("$\\frac{4}{2} = 2$\n")
    (made / "old.md").write_bytes("Caf\xe9 and $2 + 3 = 5$.\n".encode("latin-1"))
    return made


def said(notes, form: str, *names: str) -> str:
    paths = [str(notes / name) for name in names or ("quiet.md", "book.tex", "old.md")]
    ran = CliRunner().invoke(main, ["check", *paths, "--format", form, "--no-cache", "--jobs", "1"])
    assert ran.exit_code == 0, ran.output
    return ran.output


def test_json_lists_them_with_places(notes):
    found = json.loads(said(notes, "json"))["notices"]
    assert [one["code"] for one in found] == CODES
    assert (found[0]["line"], found[0]["level"], found[0]["name"]) == (3, "warning", "nothing-read")
    assert found[1]["line"] == 2 and "gone.tex, which was not found" in found[1]["message"]
    assert found[2]["path"].endswith("old.md") and "not in UTF-8, and read as" in found[2]["message"]


def test_sarif_has_them_as_notifications(notes):
    (run,) = json.loads(said(notes, "sarif"))["runs"]
    found = run["invocations"][0]["toolExecutionNotifications"]
    assert [one["descriptor"]["id"] for one in found] == CODES
    assert {one["id"] for one in run["tool"]["driver"]["notifications"]} == set(CODES)
    assert run["results"] == []


def test_annotations_and_merge_requests_and_tests_have_them(notes):
    lines = said(notes, "github").splitlines()
    assert sum(line.startswith("::warning title=N90") for line in lines) == 2
    assert sum(line.startswith("::notice title=N903") for line in lines) == 1
    assert [one["check_name"] for one in json.loads(said(notes, "gitlab"))] == CODES
    cases = ET.fromstring(said(notes, "junit")).findall("testsuite[@name='about the run']/testcase/skipped")
    assert len(cases) == 3 and "nothing was checked" in cases[0].get("message", "")


def test_a_run_that_looked_at_everything_has_none(notes):
    assert json.loads(said(notes, "json", "there.tex"))["notices"] == []
    assert "N90" not in said(notes, "github", "there.tex") and "about the run" not in said(notes, "junit", "there.tex")


def test_each_code_is_explained():
    for code in set(CODES):
        ran = CliRunner().invoke(main, ["explain", code])
        assert ran.exit_code == 0 and code in ran.output and "no exit status" in ran.output
