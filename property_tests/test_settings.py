"""The configuration of a course: what is in force, where it comes from, and that no slip in it goes unnoticed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from errata.cli import main
from errata.commands.settings import KEYS, SettingsError, found_for, read
from property_tests.reporting import samples as s
from property_tests.test_cli import engine, shell
from property_tests.test_cli import run as run_fake


def run(*args: str) -> Result:
    return CliRunner().invoke(main, list(args))


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("So $1 + 1 = 3$ and $e^8 = 2981$.\n")
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides" / "b.md").write_text("So $1 + 1 = 4$.\n")
    return tmp_path


def concise(*args: str) -> list[str]:
    return run("check", *args, "--format", "concise").stdout.splitlines()[:-1]


def test_the_nearest_file_counts(course: Path) -> None:
    (course / "pyproject.toml").write_text('[tool.errata]\nignore = ["W3"]\n')
    assert found_for(["notes"]).origin == "pyproject.toml"
    assert not any("W306" in line for line in concise("notes"))
    (course / "notes" / "errata.toml").write_text('ignore = ["wrong-value"]\n')
    assert found_for(["notes"]).origin == "notes/errata.toml"
    [only] = concise("notes")
    assert "W306" in only
    assert found_for(["notes", "slides"]).origin == "pyproject.toml"
    assert len(concise("notes", "--no-config")) == 2
    assert len(concise("notes", "--config", "pyproject.toml")) == 1


def test_a_pyproject_of_others_is_passed_over(course: Path) -> None:
    (course / "notes" / "pyproject.toml").write_text("[tool.other]\nx = 1\n")
    (course / "errata.toml").write_text('fail-on = "never"\n')
    assert found_for(["notes"]).origin == "errata.toml"
    assert run("check", "notes").exit_code == 0
    assert run("check", "notes", "--fail-on", "error").exit_code == 1  # the command line wins


def test_paths_are_left_out_or_held_to_less(course: Path) -> None:
    (course / "errata.toml").write_text('exclude = ["slides/"]\n[per-path-ignores]\n"notes/*.md" = ["E301"]\n')
    [only] = concise(".")
    assert "notes/a.md:1:" in only and "W306" in only
    [named] = concise("slides/b.md")
    assert "E301" in named  # a file that is named is read


def test_what_holds_in_a_whole_course(course: Path) -> None:
    notes = course / "notes" / "a.md"
    notes.write_text(
        "# A\n\n$f = \\sqrt{\\sigma^2} = -\\sigma$ and $\\half + \\half = 1$ and $\\log 8 = 3$ and $n + 1 = 5$\n"
    )
    before = json.loads(run("check", "notes", "--format", "json").stdout)["documents"][0]["relations"]
    assert [r["verdict"] for r in before if r["kind"] != "definition"].count("supported") == 1  # the logarithm
    (course / "errata.toml").write_text(
        'let = ["let sigma > 0", "log is base 2", "let n = 4"]\n[macros]\nhalf = "\\\\frac{1}{2}"\n'
    )
    ran = json.loads(run("check", "notes", "--format", "json").stdout)
    found = {r["left"]: r["verdict"] for r in ran["documents"][0]["relations"]}
    assert len(found) == 5 and found["\\sqrt{\\sigma^2}"] == "refuted"
    assert found["\\frac{1}{2} + \\frac{1}{2}"] == "proved"
    assert found["\\log 8"] == "supported" and found["n + 1"] == "proved"
    notes.write_text("$\\newcommand{\\half}{3} \\half + \\half = 6$\n")
    [own] = json.loads(run("check", "notes", "--format", "json").stdout)["documents"][0]["relations"]
    assert own["verdict"] == "proved"  # a document's own macro wins


def test_what_the_second_parameter_of_a_normal_law_is(course: Path) -> None:
    (course / "notes" / "a.md").write_text("Let $X \\sim N(m, s)$. Then $\\mathrm{Var}(X) = s^2$.\n")
    assert concise("notes") == []
    (course / "errata.toml").write_text('normal = "deviation"\n')
    assert concise("notes") == []
    assert any(line.startswith('normal = "deviation" ') for line in run("config", "notes").output.splitlines())
    (course / "errata.toml").write_text('normal = "variance"\n')
    [wrong] = concise("notes")
    assert "E314" in wrong
    (course / "errata.toml").write_text('normal = "variance"\nlet = ["N takes a standard deviation"]\n')
    assert concise("notes") == []  # what `let` says comes later


PASTED = "# A\n\nThe halves (\\alpha) add up:\n\n[\n\\frac{1}{2} + \\frac{1}{2} = 2\n]\n\nBut $3 + 4 = 7$%s.\n"


@pytest.mark.parametrize(
    ("said", "severity", "status"),
    [("", "warning", 0), ("warning", "warning", 0), ("error", "error", 1), ("off", None, 0)],
)
def test_how_loud_a_finding_in_a_repaired_formula_is(
    said: str, severity: str | None, status: int, course: Path
) -> None:
    (course / "notes" / "a.md").write_text(PASTED % "")
    (course / "errata.toml").write_text(f'suspicious = "{said}"\n' if said else "")
    ran = run("check", "notes", "--format", "json")
    relations = json.loads(ran.stdout)["documents"][0]["relations"]
    assert [(r["verdict"], r["severity"]) for r in relations] == [("refuted", severity), ("proved", None)]
    assert (ran.exit_code, len(concise("notes"))) == (status, 0 if said == "off" else 1)
    left_out = "1 finding silenced by" in run("check", "notes").stdout
    assert left_out is (said == "off")


@pytest.mark.parametrize("said", ["warning", "off"])
def test_what_is_wrong_in_a_sound_formula_is_an_error_whatever_is_suspicious(said: str, course: Path) -> None:
    (course / "notes" / "a.md").write_text(PASTED % " and $2 + 2 = 5$")
    (course / "errata.toml").write_text(f'suspicious = "{said}"\n')
    assert run("check", "notes").exit_code == 1 and any("a.md:9:" in line for line in concise("notes"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("selekt = []\n", "there is no setting 'selekt'; did you mean 'select'?"),
        ("fail_on = 'error'\n", "did you mean 'fail-on'?"),
        ("quux = 1\n", "`errata config` lists all keys"),
        ("select = ['E3O2']\n", "did you mean E302?"),
        ("select = 'E302'\n", "select must be a list of texts"),
        ("jobs = 0\n", "jobs must be at least 1"),
        ("jobs = true\n", "jobs must be a whole number"),
        ("fail-under = 101\n", "must be a number from 0 to 100"),
        ("fail-on = 'eror'\n", "did you mean error?"),
        ("suspicious = 'none'\n", "suspicious must be one of error, warning, off"),
        ("normal = 'deviaton'\n", "normal must be one of variance, deviation; did you mean deviation?"),
        ("normal = 'standard deviation'\n", "did you mean deviation?"),
        ("cache = 'no'\n", "must be true or false"),
        ("let = ['let sgima > 0']\n", "“sgima” is neither a letter nor the name of one"),
        ("let = ['skip because of rain']\n", "can't waive"),
        ("macros = ['E']\n", "must be a table of names and bodies"),
        ("[macros]\n'a b' = 'x'\n", "no name of a macro"),
        ("[per-path-ignores]\n'*.md' = ['Q9']\n", "names no rule with 'Q9'"),
        ("select = [\n", "is no TOML"),
    ],
)
def test_a_slip_is_an_error_with_its_place(text: str, said: str, course: Path) -> None:
    (course / "errata.toml").write_text(text)
    ran = run("check", "notes")
    assert ran.exit_code == 2 and said in ran.stderr and "errata.toml" in ran.stderr
    assert run("check", "notes", "--no-config").exit_code == 1


def test_a_table_must_be_one(course: Path) -> None:
    (course / "pyproject.toml").write_text("[tool]\nerrata = 3\n")
    with pytest.raises(SettingsError, match="must be a table"):
        read(course / "pyproject.toml")


def test_config_shows_what_is_in_force_and_where_from(course: Path) -> None:
    (course / "errata.toml").write_text('fail-under = 60\nlet = ["let n in N"]\n[macros]\nE = "\\\\mathbb{E}"\n')
    lines = run("config", "notes").output.splitlines()
    assert lines[0] == "# errata.toml"
    assert any(line.startswith("fail-under = 60.0 ") and "# errata.toml: " in line for line in lines)
    assert any(line.startswith("budget = 2.0 ") and "# default: seconds" in line for line in lines)
    told = json.loads(run("config", "notes", "--format", "json").output)
    assert set(told["settings"]) == set(KEYS)
    assert told["settings"]["let"] == {"value": ["let n in N"], "from": "errata.toml"}
    (course / "errata.toml").write_text("x = 1\n")
    assert run("config").exit_code == 2


def test_settings_reach_a_run(course: Path) -> None:
    (course / "errata.toml").write_text('format = "concise"\nfail-under = 90\nignore = ["E"]\n')
    ran = run_fake("check", "x", given=engine(s.EXAMINED))
    assert ran.exit_code == 1 and "--fail-under asks for 90 %" in ran.stderr
    assert ran.stdout.startswith("notes/coin.md:4:50: W306 ")


def test_the_whole_way(course: Path) -> None:
    (course / "errata.toml").write_text("nothing = 1\n")
    ran = shell("check", str(course))
    assert ran.returncode == 2 and "there is no setting 'nothing'" in ran.stderr
