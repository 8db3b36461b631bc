"""Records of verdicts: what is said of a page is kept and compared, what was turned round comes first."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
RIGHT = "We have $2 + 2 = 4$, and $E[X] = 3$.\n"
WRONG = "We have $2 + 2 = 5$, and $E[X] = 3$.\n"


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """``python -m benchmarks.verdicts`` with some arguments."""
    command = [sys.executable, "-m", "benchmarks.verdicts", *map(str, arguments)]
    return subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT, timeout=60)


def test_a_verdict_that_is_turned_round_is_printed_first_and_ends_with_one(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    for name, text in (("before", RIGHT), ("after", WRONG)):
        page.write_text(text, encoding="utf8")
        assert run("record", tmp_path / name, page).stdout == "2 relations\n"
    same = run("compare", tmp_path / "before", tmp_path / "before")
    assert (same.returncode, same.stdout) == (0, "0 relations changed\n")
    turned = run("compare", tmp_path / "before", tmp_path / "after")
    assert turned.returncode == 1
    assert turned.stdout.splitlines()[:2][0] == "1 relations changed"
    assert "TURNED page.md:1:10 proved -> refuted E301" in turned.stdout
