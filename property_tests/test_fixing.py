"""``--diff`` and ``--fix``: what is certain is mended where it stands, everything else is left to the author."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from errata.cli import main
from errata.commands.fixing import Fix, apply
from errata.reading.sources import read_document
from errata.reporting.notebook_source import place_in_file, source_of
from property_tests.test_cli import HOUSE, inside


def run(*args: str, folder: Path = HOUSE) -> subprocess.CompletedProcess[str]:
    """What ``errata check`` does, its workers copies of this process."""
    return inside("check", *args, folder=folder)


def notebook(*cells: str, code: str = "print('\\u00e9')") -> str:
    """A notebook with a code cell first, so that the cells' numbers and the Markdown cells' differ."""
    made = [{"cell_type": "code", "source": [code], "outputs": [{"text": ["{[\\n"]}], "metadata": {"a": ["x"]}}]
    made += [{"cell_type": "markdown", "source": c.splitlines(keepends=True), "metadata": {}} for c in cells]
    return json.dumps(
        {"cells": made, "metadata": {"cells": [{"source": "no"}]}, "nbformat": 4, "nbformat_minor": 5}, indent=1
    )


def test_a_diff_shows_what_fix_does(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("So $2 \\cdot 3 = 7$, and $x + x = 3x$.\n\nRight: $1 + 1 = 2$.\n")
    ran = run("a.md", "--diff", folder=tmp_path)
    assert ran.returncode == 1 and file.read_text().startswith("So $2 \\cdot 3 = 7$")
    assert "--- a/a.md\n+++ b/a.md\n" in ran.stdout
    assert "-So $2 \\cdot 3 = 7$, and $x + x = 3x$.\n+So $2 \\cdot 3 = 6$, and $x + x = " in ran.stdout
    assert "certain repair" in ran.stderr
    fixed = run("a.md", "--fix", folder=tmp_path)
    assert "made" in fixed.stderr and "$2 \\cdot 3 = 6$" in file.read_text()
    assert file.read_text().endswith("Right: $1 + 1 = 2$.\n")
    assert run("a.md", "--diff", folder=tmp_path).returncode == 0


def test_what_nothing_mends_is_left(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("So $\\sin^2 x + \\cos^2 x = x$ and $(1, 2) = (1, 2, 3)$.\n")
    before = (tmp_path / "a.md").read_text()
    ran = run(str(tmp_path / "a.md"), "--fix")
    assert ran.returncode == 1 and (tmp_path / "a.md").read_text() == before


def test_a_repair_that_breaks_the_next_step_is_not_certain(tmp_path: Path) -> None:
    """The value is wrong where it is first written, and right with respect to what follows from it."""
    (tmp_path / "a.md").write_text("$$2 \\cdot 3 = 7 = 5 + 2$$\n")
    assert run(str(tmp_path / "a.md"), "--diff").stdout == ""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_every_other_byte_stays(ends: str, tmp_path: Path) -> None:
    lines = ["# É", "", "\ta  ", "So $2 \\cdot 3 = 7$\u2009.", ""]
    (tmp_path / "a.md").write_bytes(ends.join(lines).encode())
    (tmp_path / "a.md").chmod(0o640)
    run(str(tmp_path / "a.md"), "--fix")
    assert (tmp_path / "a.md").read_bytes() == ends.join(lines).encode().replace(b"= 7$", b"= 6$")
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o640
    assert [p.name for p in tmp_path.iterdir()] == ["a.md"]


def test_a_notebook_is_mended_in_its_json(tmp_path: Path) -> None:
    text = notebook("# A", 'So\n\n$$\\frac{1}{2} \\cdot 3 = 1.6$$\n\nand "ü" 𝛼 $1 + 1 = 2$')
    (tmp_path / "a.ipynb").write_text(text)
    run(str(tmp_path / "a.ipynb"), "--fix")
    assert (tmp_path / "a.ipynb").read_text() == text.replace("= 1.6", "= 1.5")


def test_places_in_a_notebook_are_lines_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text(notebook("# A", 'One "ü" 𝛼\n\nSo $\\half = 1$.'))
    document = read_document(str(path))
    [formula] = document.formulas
    place = place_in_file(document, formula.span.start)
    line = path.read_text().splitlines()[place.line - 1]
    assert line[place.column - 1 :].startswith("\\\\half = 1$.")
    assert place.cell is None
    out = run(str(path), "--format", "sarif")
    [note] = json.loads(out.stdout)["runs"][0]["results"]  # \half is defined nowhere
    assert note["level"] == "note"
    assert note["locations"][0]["physicalLocation"]["region"]["startLine"] == place.line
    path.write_text(notebook("# B"))
    assert place_in_file(read_document(str(path)), 0).line == 24
    assert source_of(document) is None  # it holds something else now
    assert place_in_file(document, formula.span.start) == document.place(formula.span.start)


def test_annotations_of_a_notebook_point_at_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text(notebook("So $1 + 1 = 3$."))
    line = next(n for n, text in enumerate(path.read_text().splitlines(), 1) if "1 + 1" in text)
    assert f",line={line},endLine={line},col=" in run(str(path), "--format", "github").stdout
    [result] = json.loads(run(str(path), "--format", "sarif").stdout)["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == line
    [issue] = json.loads(run(str(path), "--format", "gitlab").stdout)
    assert issue["location"]["lines"] == {"begin": line, "end": line}


def test_a_file_that_changed_since_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("newer")
    assert not apply(Fix(str(tmp_path / "a.md"), b"older", b"mended", 1, 0))
    assert (tmp_path / "a.md").read_text() == "newer"
    assert apply(Fix(str(tmp_path / "a.md"), b"newer", b"mended", 1, 0))
    assert (tmp_path / "a.md").read_text() == "mended"


def test_standard_input_is_not_written_to() -> None:
    ran = CliRunner().invoke(main, ["check", "-", "--fix"], input="$1 + 1 = 3$")
    assert ran.exit_code == 1 and "made" not in ran.stderr
    assert run("x.md", "--fix", "--diff").returncode == 2


TABLE = "# A\n\n| $p$ | $-\\log p$ (nats) |\n|---|---|\n| 0.5 | 0.693 |\n| 0.2 | 1.690 |\n"


@pytest.mark.parametrize(
    ("name", "wrong", "right"),
    [
        ("a.md", TABLE, TABLE.replace("1.690", "1.609")),
        ("a.html", "<p>So \\(2 &lt; 3\\) and \\(1 &lt; 2 + 2 = 5\\).</p>\n", "2 + 2 = 4"),
    ],
)
def test_a_number_is_mended_where_it_stands_outside_of_a_formula_as_well(
    name: str, wrong: str, right: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(wrong)
    run(name, "--fix", folder=tmp_path)
    assert right in (tmp_path / name).read_text() and run(name, folder=tmp_path).returncode == 0


def test_a_right_table_stays(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TABLE.replace("1.690", "1.609"))
    assert run("a.md", "--fix", folder=tmp_path).returncode == 0
    assert (tmp_path / "a.md").read_text() == TABLE.replace("1.690", "1.609")
