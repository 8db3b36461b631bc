"""The program finds its own parts, whatever the files are called that lie beside the notes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]


@pytest.mark.parametrize("found_by", ["the current folder", "PYTHONPATH"])
def test_a_course_may_have_files_called_as_our_parts(found_by: str, tmp_path: Path) -> None:
    for name in ("claims", "numerics", "derivations", "reference_models"):
        (tmp_path / f"{name}.py").write_text(f"raise SystemExit('the {name} of the course')\n")
    (tmp_path / "a.md").write_text("So $1 + 1 = 3$.\n")
    path = [str(tmp_path)] * (found_by == "PYTHONPATH") + [str(HOUSE)]
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(path)}
    command = [sys.executable, "-m", "errata", "check", "a.md", "--format", "concise"]
    ran = subprocess.run(command, check=False, cwd=tmp_path, capture_output=True, text=True, env=environ, timeout=60)
    assert (ran.returncode, ran.stderr) == (1, "")
    assert ran.stdout.startswith("a.md:1:13: E301 ")


@pytest.mark.parametrize(
    ("typed", "offered"), [("ch", "check"), ("check --fo", "--format"), ("check --format ju", "junit"), ("zz", None)]
)
def test_a_shell_completes_commands_options_and_their_values(typed: str, offered: str | None) -> None:
    """As bash asks for it, through the program that the script of the README calls."""
    asked = {
        "_ERRATA_COMPLETE": "bash_complete",
        "COMP_WORDS": f"errata {typed}",
        "COMP_CWORD": str(len(typed.split())),
    }
    environ = {**os.environ, "PYTHONPATH": str(HOUSE), **asked}
    command = [sys.executable, "-c", "import sys; sys.argv = ['errata']; from errata.start import main; main()"]
    ran = subprocess.run(command, check=False, capture_output=True, text=True, env=environ, timeout=60)
    assert ran.stdout.split() == ([f"plain,{offered}"] if offered else [])
