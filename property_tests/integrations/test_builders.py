"""Where notes are built: Sphinx, pre-commit, GitHub and GitLab."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from errata.cli import main
from errata.reading.sources import READERS
from property_tests.test_cli import HOUSE

COMMAND = re.compile(r"errata check [^\n]*")


@pytest.mark.skipif(
    find_spec("sphinx") is None or find_spec("myst_parser") is None, reason="Sphinx or MyST is not installed"
)
def test_findings_are_warnings_of_sphinx(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "conf.py").write_text(
        'extensions = ["myst_parser", "errata.integrations.sphinx_extension"]\n'
        'myst_enable_extensions = ["dollarmath"]\n'
    )
    (source / "index.md").write_text("# Notes\n\nSo $1 + 1 = 3$, and $e^8 = 2981$.\n")
    (source / "more.rst").write_text(":orphan:\n\nMore\n====\n\nSo :math:`2 + 2 = 5`.\n\n.. math::\n\n   3 + 3 = 7\n")
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-q", str(source), str(tmp_path / "out")]
    ran = subprocess.run(command, check=False, cwd=HOUSE, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert f"{source / 'index.md'}:3: WARNING: E301 the left side is 2, the right side 3; write 2" in ran.stderr
    assert "[errata.E301]" in ran.stderr and "W306" in ran.stderr
    assert all(f"{source / 'more.rst'}:{line}: WARNING: E301" in ran.stderr for line in (6, 10))
    with (source / "conf.py").open("a") as conf:
        conf.write('suppress_warnings = ["errata.E301"]\nerrata_ignore = ["W306"]\n')
    ran = subprocess.run([*command, "-W", "-E"], check=False, cwd=HOUSE, capture_output=True, text=True, timeout=120)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "errata-mark" not in (tmp_path / "out" / "index.html").read_text()


@pytest.mark.skipif(
    find_spec("sphinx") is None or find_spec("myst_parser") is None, reason="Sphinx or MyST is not installed"
)
def test_marks_in_the_margin_are_put_before_the_paragraph_of_a_finding(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "conf.py").write_text(
        'extensions = ["myst_parser", "errata.integrations.sphinx_extension"]\n'
        'myst_enable_extensions = ["dollarmath"]\nerrata_marks = True\n'
    )
    (source / "index.md").write_text("# Notes\n\nSo $1 + 1 = 2$.\n\nAnd $2 + 2 = 5$ there.\n\nThe end.\n")
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-q", str(source), str(tmp_path / "out")]
    subprocess.run(command, check=True, cwd=HOUSE, capture_output=True, timeout=120)
    page = (tmp_path / "out" / "index.html").read_text()
    [mark] = re.findall(r'<aside class="errata-mark errata-mark-error" title="([^"]*)">E301</aside>\s*<p>And', page)
    assert mark.endswith("write 4") and ".errata-mark {" in page


def test_jupyter_book_warns_as_its_page_says(tmp_path: Path) -> None:
    program = shutil.which("jupyter-book")
    if program is None:
        pytest.skip("jupyter-book is not installed")
    told = subprocess.run([program, "--version"], check=False, capture_output=True, text=True, timeout=60).stdout
    if re.search(r"Jupyter Book\s*: 1\.", told) is None:
        pytest.skip("this jupyter-book is not built on Sphinx")
    [configuration] = re.findall(r"^```yaml\n(sphinx:.*?)^```$", (HOUSE / "docs/ci.md").read_text(), re.M | re.S)
    book = tmp_path / "book"
    book.mkdir()
    (book / "_config.yml").write_text(f"title: Sums\n{configuration}")
    (book / "_toc.yml").write_text("format: jb-book\nroot: intro\nchapters:\n  - file: sums\n")
    (book / "intro.md").write_text("# Notes\n\nSo $1 + 1 = 2$.\n")
    (book / "sums.md").write_text("# Sums\n\nWe add.\n\nSo $2 + 2 = 5$, and $e^8 = 2981$.\n")
    env = {**os.environ, "PYTHONPATH": str(HOUSE), "ERRATA_CACHE_DIR": str(tmp_path / "kept"), "NO_COLOR": "1"}

    def built(*options: str) -> tuple[int, list[str]]:
        command = [program, "build", str(book), "--all", *options]
        ran = subprocess.run(command, check=False, env=env, capture_output=True, text=True, timeout=200)
        said = re.sub(r"\x1b\[[0-9;]*m", "", ran.stdout + ran.stderr)
        return ran.returncode, [line for line in said.splitlines() if "WARNING" in line]

    status, [warning] = built()
    assert status == 0 and f"{book / 'sums.md'}:5: WARNING: E301 the left side is 4, the right side 5" in warning
    assert built("-W", "--keep-going")[0] != 0
    (book / "sums.md").write_text("# Sums\n\nSo $2 + 2 = 4$.\n")
    assert built("-W", "--keep-going") == (0, [])


def test_the_hook_takes_what_errata_reads_and_its_entry_runs(tmp_path: Path) -> None:
    [hook] = yaml.safe_load((HOUSE / ".pre-commit-hooks.yaml").read_text())
    assert all(re.search(hook["files"], f"notes/a{suffix}") for suffix in READERS if suffix != ".py")
    assert not re.search(hook["files"], "notes/a.py")
    (tmp_path / "a.md").write_text("So $1 + 1 = 3$.\n")
    program, *arguments = hook["entry"].split()
    assert program == "errata"
    assert CliRunner().invoke(main, [*arguments, str(tmp_path / "a.md")]).exit_code == 1


@pytest.mark.skipif(find_spec("pre_commit") is None, reason="pre-commit is not installed")
def test_pre_commit_knows_the_hook() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"]
    assert subprocess.run(command, check=False, cwd=HOUSE, capture_output=True).returncode == 0


@pytest.mark.parametrize("path", ["action.yml", "ci/gitlab.yml"])
def test_the_commands_in_continuous_integration_are_ones_that_there_are(path: str, tmp_path: Path) -> None:
    text = (HOUSE / path).read_text()
    assert isinstance(yaml.safe_load(text), dict)
    (tmp_path / "a.md").write_text("So $1 + 1 = 2$.\n")
    commands = COMMAND.findall(text)
    assert commands
    for command in commands:
        arguments = [a.strip("'\"") for a in command.split()[1:] if "ARGS" not in a]
        arguments = [str(tmp_path / "a.md") if "PATHS" in a or "NOTES" in a else a for a in arguments]
        if "--output" in arguments:
            at = arguments.index("--output") + 1
            arguments[at] = str(tmp_path / arguments[at])
        assert CliRunner().invoke(main, arguments).exit_code == 0, command


def test_every_input_of_the_action_is_used() -> None:
    text = (HOUSE / "action.yml").read_text()
    action = yaml.safe_load(text)
    used = set(re.findall(r"inputs\.([a-z-]+)", text))
    assert used == set(action["inputs"])
    # what a pull request's author writes reaches the shell through the environment, never as its text
    assert not any("${{" in step.get("run", "") for step in action["runs"]["steps"])
