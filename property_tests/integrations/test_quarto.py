"""What Quarto would run before it renders: the script as a process of its own, told its files as Quarto tells them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from errata.integrations.quarto import files_of
from property_tests.test_cli import HOUSE

PROJECT = """\
project:
  type: book
  pre-render: python -m errata.integrations.quarto
"""


def rendered(folder: Path, files: str | None, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the line that stands in the project, in its folder, as Quarto does."""
    program, *rest = yaml.safe_load(PROJECT)["project"]["pre-render"].split()
    assert program == "python"
    environment = {**os.environ, "PYTHONPATH": str(HOUSE), "QUARTO_PROJECT_RENDER_ALL": "1", **more}
    environment.pop("QUARTO_PROJECT_INPUT_FILES", None)
    if files is not None:
        environment["QUARTO_PROJECT_INPUT_FILES"] = files
    command = [sys.executable, *rest, *arguments]
    return subprocess.run(
        command, check=False, cwd=folder, env=environment, capture_output=True, text=True, timeout=120
    )


@pytest.fixture
def book(tmp_path: Path) -> Path:
    (tmp_path / "index.qmd").write_text("---\ntitle: A\n---\n\nSo $1 + 1 = 2$.\n")
    (tmp_path / "sums.qmd").write_text("# Sums\n\nSo $2 + 2 = 5$.\n")
    return tmp_path


def test_an_error_in_what_is_rendered_stops_it_and_a_right_page_does_not(book: Path) -> None:
    ran = rendered(book, "index.qmd\nsums.qmd\nstyle.css\n")
    assert ran.returncode == 1 and ran.stdout == ""
    assert "sums.qmd:3:13: error E301 the left side is 4, the right side 5; write 4" in ran.stderr
    assert "judged 2 of 2 claims" in ran.stderr
    ran = rendered(book, "index.qmd")
    assert (ran.returncode, ran.stderr) == (0, "errata: judged 1 of 1 claims\n")


def test_the_configuration_of_the_project_counts_and_warnings_alone_can_be_asked_for(book: Path) -> None:
    assert rendered(book, "sums.qmd", ERRATA_QUARTO="warn").returncode == 0
    (book / "errata.toml").write_text('ignore = ["E301"]\n')
    assert rendered(book, "sums.qmd").returncode == 0
    (book / "errata.toml").write_text("ignoer = []\n")
    ran = rendered(book, "sums.qmd")
    assert ran.returncode == 2 and "did you mean 'ignore'" in ran.stderr


def test_without_quarto_it_says_what_to_do_or_takes_names(book: Path) -> None:
    ran = rendered(book, None)
    assert ran.returncode == 2 and "QUARTO_PROJECT_INPUT_FILES" in ran.stderr and "pre-render" in ran.stderr
    assert rendered(book, None, "sums.qmd").returncode == 1
    ran = rendered(book, None, "index.qmd", "sum.qmd")
    assert ran.returncode == 2 and "sum.qmd: there is no such file" in ran.stderr


def test_nothing_to_read_is_nothing_to_check() -> None:
    assert files_of({"QUARTO_PROJECT_INPUT_FILES": "a.css\n\n b.qmd \n"}) == ["b.qmd"]
    assert files_of({}) == []
