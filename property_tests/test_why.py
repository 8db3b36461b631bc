"""``errata why``: the reason, and a comment that does settle it when it is written where it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.commands.settling import comment_of, line_before, names_of, ranges_of, with_comment
from errata.reading.sources import read_document
from errata.reporting.reasons import meaning_of
from errata.reporting.report import word_of
from property_tests.test_cli import inside, run

SLOPE = "# Slopes\n\nThe curve falls:\n\n$$\n-n/\\lambda^2 < 0\n$$\n\nand $\\frac{a}{b} = 2$ and $c = 4$.\n"


def judged(path: Path) -> list[Judged]:
    return list(examine(read_document(str(path)), Options()).judged)


@pytest.mark.parametrize(
    ("name", "notes", "line"),
    [
        ("a.md", SLOPE, 6),
        ("a.tex", "\\section{Slopes}\nIt falls:\n\\[\n-n/\\lambda^2 < 0\n\\]\n", 4),
        ("a.md", "# A\n\n$h = 2$.\n\n# B\n\nSo $e^{-k}/m < 1/m$ holds.\n", 7),
    ],
)
def test_the_comment_that_settles_it_does(name: str, notes: str, line: int, tmp_path: Path) -> None:
    """What is recommended is written into the file as its author would, and the file is judged as it then stands."""
    file = tmp_path / name
    file.write_text(notes)
    [told] = json.loads(inside("why", f"{file}:{line}", "--format", "json").stdout)
    assert told["verdict"] == "undecided" and told["means"]
    ranges = [s for s in told["settled_by"] if s["comment"] == s["tried"]]
    assert ranges, told
    before = next(j for j in judged(file) if word_of(j.verdict) == "undecided")
    at = line_before(read_document(str(file)), before.formula)
    file.write_text(f"{notes[:at]}{ranges[0]['comment']}\n{notes[at:]}")
    after = next(j for j in judged(file) if (j.left, j.right) == (before.left, before.right))
    assert word_of(after.verdict) == ranges[0]["verdict"] != "undecided"


def test_a_value_is_left_to_the_author_where_only_a_value_settles_it(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(SLOPE)
    ran = inside("why", f"{tmp_path}/a.md:9")
    assert ran.returncode == 0, ran.stderr
    assert "because    a has no value here\n" in ran.stdout
    assert "settles it <!-- errata: let a = …, b = … -->\n" in ran.stdout
    assert "verdict    not a claim (given): there is nothing to check\n" in ran.stdout
    [only] = json.loads(inside("why", f"{tmp_path}/a.md:9:32", "--format", "json").stdout)
    assert only["latex"] == "c = 4" and only["settled_by"] == []


def test_what_the_configuration_says_holds_here_too(tmp_path: Path) -> None:
    """``errata check`` refutes a line under the conventions of the course, and ``errata why`` tells of the same."""
    (tmp_path / "a.md").write_text("Let $X \\sim N(m, s)$. Then $\\wobble{X} = s^2$.\n")
    (tmp_path / "errata.toml").write_text('normal = "variance"\n[macros]\nwobble = "\\\\mathrm{Var}(#1)"\n')
    place = f"{tmp_path}/a.md:1:30"

    def verdict(*more: str) -> str:
        [told] = json.loads(inside("why", place, "--format", "json", "--no-try", *more).stdout)
        return str(told["verdict"])

    assert verdict() == "refuted"
    assert verdict("--no-config") == "not-a-claim"  # \wobble is an unknown name, which this defines
    (tmp_path / "other.toml").write_text((tmp_path / "errata.toml").read_text().replace("variance", "deviation"))
    assert verdict("--config", str(tmp_path / "other.toml")) == "supported"
    (tmp_path / "errata.toml").write_text("normal = 3\n")
    ran = inside("why", place)
    assert ran.returncode == 2 and "normal must be one of" in ran.stderr


def test_nothing_is_tried_where_nothing_is_asked(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("$1 + 1 = 3$ and $x + x = 2x$ and $\\frac{a}{b} = 2$\n")
    ran = inside("why", f"{tmp_path}/a.md:1", "--no-try")
    assert "verdict    refuted (E301)" in ran.stdout and "verdict    proved" in ran.stdout
    assert "<!-- errata" not in ran.stdout


def test_a_place_without_a_relation_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("words\n\n$1 + 1 = 2$\n")
    ran = inside("why", f"{tmp_path}/a.md:1")
    assert ran.returncode == 2 and "the nearest begins on line 3" in ran.stderr
    ran = run("why", "no/such/file.md:3")
    assert ran.exit_code == 2 and "there is no file 'no/such/file.md'" in ran.stderr
    assert "FILE:LINE" in run("why", str(tmp_path / "a.md")).stderr


def test_places_move_along_with_a_comment() -> None:
    document = read_document("a.md", SLOPE)
    moved = with_comment(document, 1, "let a > 0")
    assert moved.text.replace("<!-- errata: let a > 0 -->\n", "") == SLOPE
    assert [moved.text[f.span.start : f.span.end] for f in moved.formulas] == [f.latex for f in document.formulas]
    [comment] = moved.comments
    assert moved.text[comment.start : comment.end] == " errata: let a > 0 "
    assert moved == read_document("a.md", moved.text)
    assert comment_of(read_document("a.tex", "$x$"), "let a > 0") == "% errata: let a > 0"


def test_the_least_is_tried_first() -> None:
    document = read_document("a.md", "$n + \\sigma_1 < f(\\pi)$")
    [relation] = examine(document, Options()).judged
    names = names_of(document, relation)
    assert names[:2] == ("n", "\\sigma_1") and "\\pi" not in names
    said = list(ranges_of(("n", "\\sigma_1")))
    assert said[0] == "let n > 0" and "let n >= 1; let \\sigma_1 > 0" in said
    assert [s.count(";") for s in said] == sorted(s.count(";") for s in said)


def test_reasons_have_meanings() -> None:
    assert "which number" in (meaning_of("n has no value here") or "")
    assert meaning_of("x is nothing of the kind") is None


def test_a_wrong_relation_is_told_with_its_repair_and_a_right_one_without(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nSo $2 + 2 = 5$.\n\nAnd $2 + 3 = 5$.\n")
    assert "  mended by  write 4 (slip: value)" in inside("why", f"{tmp_path / 'a.md'}:3").stdout.splitlines()
    assert "mended by" not in inside("why", f"{tmp_path / 'a.md'}:5").stdout
    [told] = json.loads(inside("why", f"{tmp_path / 'a.md'}:3", "--format", "json").stdout)
    assert told["help"] == "write 4 (slip: value)"
