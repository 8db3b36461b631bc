"""errata from Python, and in a cell of a notebook."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import errata
from property_tests.test_cli import HOUSE

NOTES = "So $1 + 1 = 3$, $e^8 = 2981$ and $\\frac{a}{b} = 2$; $c = 4$.\n"


def test_a_text_is_checked_with_typed_results() -> None:
    report = errata.check(NOTES)
    first, second = report.findings
    assert isinstance(report, errata.Report) and isinstance(first, errata.Finding)
    assert (first.path, first.line, first.column, first.code, first.repair) == ("notes.md", 1, 13, "E301", "2")
    assert (second.code, second.severity, second.latex) == ("W306", "warning", "e^8 = 2981")
    assert report.errors == (first,)
    assert str(first) == "notes.md:1:13: E301 the left side is 2, the right side 3; write 2"
    open_ = next(r for r in report.relations if r.verdict == "undecided")
    assert (open_.left, open_.why) == ("\\frac{a}{b}", "a has no value here")
    assert (report.claims, report.judged, round(report.share)) == (3, 2, 67)
    with pytest.raises(dataclasses.FrozenInstanceError):
        first.line = 2  # type: ignore[misc]


def test_kinds_of_text_and_rules(tmp_path: Path) -> None:
    latex = "\\newcommand{\\two}{2}\n% a comment $1 = 2$\nSo \\(\\two + 1 = 4\\).\n"
    [found] = errata.check(latex, name="a.tex").findings
    assert (found.line, found.repair) == (3, "3")
    assert [f.code for f in errata.check(NOTES, select=["W"]).findings] == ["W306"]
    settings = tmp_path / "mine.toml"
    settings.write_text('ignore = ["W306"]\n')
    assert [f.code for f in errata.check(NOTES, config=settings).findings] == ["E301"]


def test_paths_are_checked(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(NOTES)
    (tmp_path / "b.md").write_bytes(b"\x00\x01\x02" * 99)
    for source in (tmp_path, [tmp_path / "a.md", tmp_path / "b.md"]):
        report = errata.check(source)
        assert len(report.errors) == 1 and len(report.unreadable) == 1


def test_what_can_not_be_checked_is_an_exception(tmp_path: Path) -> None:
    from errata.integrations.results import CheckError

    with pytest.raises(CheckError, match="did you mean"):
        errata.check(NOTES, select=["E3O1"])


def test_a_program_may_have_files_called_as_our_parts(tmp_path: Path) -> None:
    for name in ("claims", "numerics"):
        (tmp_path / f"{name}.py").write_text("MINE = 1\n")
    (tmp_path / "program.py").write_text(
        "import claims, numerics, errata\nprint(errata.check('So $1 + 1 = 3$.').errors[0].repair, claims.MINE)\n"
    )
    environ = {**os.environ, "PYTHONPATH": str(HOUSE)}
    ran = subprocess.run(
        [sys.executable, "program.py"], check=False, cwd=tmp_path, capture_output=True, text=True, env=environ
    )
    assert (ran.stdout, ran.stderr) == ("2 1\n", "")


def test_the_module_loads_nothing_until_it_is_asked() -> None:
    script = "import sys, errata\nprint('claims' in sys.modules, 'subprocess' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], cwd=HOUSE, capture_output=True, text=True, check=True)
    assert ran.stdout == "False False\n"
    with pytest.raises(AttributeError, match="no attribute 'chekc'"):
        errata.chekc  # noqa: B018


class Shell:
    """What a shell of IPython offers to an extension."""

    def __init__(self) -> None:
        self.magics: dict[str, Any] = {}

    def register_magic_function(self, function: Any, magic_kind: str, magic_name: str) -> None:
        self.magics[f"{magic_kind} {magic_name}"] = function


def test_the_magic_prints_what_was_found(capsys: pytest.CaptureFixture[str]) -> None:
    shell = Shell()
    errata.load_ipython_extension(shell)
    shell.magics["cell errata"]("--ignore W3", NOTES)
    assert capsys.readouterr().out.splitlines() == [
        "cell.md:1:13: E301 the left side is 2, the right side 3; write 2",
        "judged 2 of 3 claims, 1 wrong",
    ]
    shell.magics["cell errata"]("--format=text", NOTES)
    assert "--format=text can't be said here" in capsys.readouterr().out
    shell.magics["cell errata"]("--ignore Q9", NOTES)
    assert "there is no rule 'Q9'" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "cell", "said"),
    [
        ("--ignore 'W3", NOTES, "the options can't be read: No closing quotation\n"),
        ("--fix", NOTES, "--fix can't be said here"),
        ("", "Here % it is $1 + 1 = 3$.\n", "judged 1 of 1 claim, 1 wrong\n"),
        ("--stdin-name cell.tex", "Here % it is $1 + 1 = 3$.\n", "judged 0 of 0 claims, 0 wrong\n"),
        ("elsewhere.md", "So $1 + 1 = 2$.\n", "elsewhere.md: there is no such file"),
    ],
)
def test_the_magic_takes_options_and_says_what_it_cannot_do(
    line: str, cell: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shell = Shell()
    errata.load_ipython_extension(shell)
    shell.magics["cell errata"](line, cell)
    assert said in capsys.readouterr().out


def test_a_report_says_what_could_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("So $1 + 1 = 2$.\n")
    assert "nope.md: there is no such file" in str(errata.check([tmp_path / "a.md", tmp_path / "nope.md"]))
    assert str(errata.check(tmp_path / "a.md")) == "judged 1 of 1 claim, 0 wrong"


@pytest.mark.skipif(find_spec("IPython") is None, reason="IPython is not installed")
def test_the_magic_in_ipython(capsys: pytest.CaptureFixture[str]) -> None:
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    shell.run_line_magic("load_ext", "errata")
    shell.run_cell("%%errata\nSo $1 + 1 = 3$.\n")
    assert "E301" in capsys.readouterr().out
