"""The README shows what the tool prints: every command in a console block is run, and its output compared.

A line that holds only an ellipsis stands for any lines. The pages of ``docs/`` are held to the same.
"""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest
from click.testing import CliRunner

from errata.cli import main
from property_tests.test_docs import pages

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
CONSOLE = re.compile(r"^```console\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (?P<command>.+)\n(?P<output>(?:(?!\$ ).*\n)*)", re.MULTILINE)
LINK = re.compile(r"\]\((?P<target>[^)#]*)(?:#(?P<anchor>[^)]*))?\)")
TARGET = re.compile(r"\bmake (?P<target>[a-z]+)\b")


def shown(text: str) -> Iterator[tuple[str, str]]:
    """The commands in the console blocks of a page, and what the page says they print."""
    for block in CONSOLE.finditer(text):
        for found in COMMAND.finditer(block["body"]):
            yield found["command"], found["output"]


def printed(command: str) -> str:
    """What a command of errata prints, run from the root of the project."""
    program, *arguments = shlex.split(command)
    assert program == "errata", f"{command}: only errata is run"
    ran = CliRunner().invoke(main, arguments)
    assert ran.exit_code in (0, 1), ran.output
    return ran.stdout


def agrees(output: str, wanted: str) -> bool:
    parts = [re.escape(part) for part in re.split(r"^…\n", wanted, flags=re.MULTILINE)]
    return re.fullmatch(r"(?:.*\n)*".join(parts), output) is not None


SHOWN = [(page, *one) for page in pages() for one in shown(page.read_text("utf-8"))]


@pytest.mark.parametrize(
    ("page", "command", "wanted"), SHOWN, ids=[f"{page.stem}: {command}" for page, command, _ in SHOWN]
)
def test_a_command_prints_what_the_page_says(
    page: Path, command: str, wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    output = printed(command)
    assert agrees(output, wanted), f"{page.name}: $ {command}\n{output}"


def test_the_readme_shows_a_diagnostic() -> None:
    checks = [wanted for page, command, wanted in SHOWN if page == README and command.startswith("errata check ")]
    assert any("error[" in wanted and "read as" in wanted and "-->" in wanted for wanted in checks)


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    for link in LINK.finditer(FENCE.sub("", text)):
        if link["target"].startswith("http"):
            continue
        target = (page.parent / link["target"]) if link["target"] else page
        assert target.exists(), link[0]
        if link["anchor"]:
            assert link["anchor"] in anchors(target.read_text("utf-8")), link[0]


def anchors(text: str) -> set[str]:
    """The names of the headings of a page, as they are linked to."""
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_what_to_type_is_there_to_be_typed() -> None:
    text = README.read_text("utf-8")
    targets = {found["target"] for found in TARGET.finditer(text)}
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert targets >= {"check", "test"}
    assert [t for t in sorted(targets) if not re.search(rf"^{t}:", makefile, re.MULTILINE)] == []


@pytest.mark.skipif(which("make") is None, reason="make is absent")
@pytest.mark.parametrize(("status", "ends"), [(0, 0), (1, 0), (2, 2), (3, 2)])
def test_make_check_tells_findings_from_failures(status: int, ends: int, tmp_path: Path) -> None:
    """Beside an installed errata that ends with a status, make ends as it should: with 2 where something failed."""
    (tmp_path / "bin").mkdir()
    for name in ("bin/python", "bin/errata", ".core"):
        (tmp_path / name).write_text(f"#!/bin/sh\nexit {status}\n")
        (tmp_path / name).chmod(0o755)
    command = ["make", "check", f"VENV={tmp_path}", "NOTES=my notes"]
    ran = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert ran.returncode == ends, ran.stderr
    assert ("found errors in the notes" in ran.stdout) is (status == 1)
    assert ("Error" in ran.stderr) is (status > 1)


@pytest.mark.skipif(which("make") is None, reason="make is absent")
@pytest.mark.parametrize("program", ["chromium", "chromium-browser", "google-chrome", None])
def test_the_suite_uses_a_browser_that_is_there_and_says_what_it_skips(program: str | None, tmp_path: Path) -> None:
    (tmp_path / "path").mkdir()
    if program is not None:
        (tmp_path / "path" / program).touch(0o755)
    command = [which("make") or "make", "-n", "suite", f"VENV={tmp_path / 'venv'}"]
    environment = {"PATH": str(tmp_path / "path")}
    told = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True, env=environment).stdout
    assert ("'.[browser]'" in told) is (program is not None)
    assert " -rfEs" in told and "apt-get" not in told


@pytest.mark.skipif(which("make") is None, reason="make is absent")
def test_the_suite_runs_where_its_browser_cannot_be_driven(tmp_path: Path) -> None:
    """A chromium without the package that drives it: a line is said, and pytest runs."""
    for name in ("chromium", "bin/python", "bin/pip", "bin/pytest", ".test"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text('#!/bin/sh\ncase "$0" in *pytest) echo tested;; *) exit 1;; esac\n')
        (tmp_path / name).chmod(0o755)
    command = ["make", "suite", f"VENV={tmp_path}", "-o", f"{tmp_path}/.test"]
    environment = {"PATH": f"{tmp_path}:/usr/bin:/bin"}
    ran = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True, env=environment, timeout=60)
    assert ran.returncode == 0 and ran.stdout.endswith("tested\n"), ran.stdout + ran.stderr
    assert "no Playwright: the browser's tests are skipped" in ran.stdout


CI_TOOLS = ("bash", "sh", "dirname", "timeout")


@pytest.mark.skipif(not all(map(which, CI_TOOLS)), reason="a shell's tools are absent")
@pytest.mark.parametrize("user", ["0", "7"])
@pytest.mark.parametrize("brought", ["", "chromium", "npm", "chromium npm"])
def test_ci_installs_what_it_can_and_tests_in_any_case(user: str, brought: str, tmp_path: Path) -> None:
    """With an apt-get that brings some of what is wanted, for root and for somebody else: make test follows."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in CI_TOOLS:
        (tools / name).symlink_to(which(name) or name)
    program = f": > {tools}/$last; {which('chmod')} +x {tools}/$last"
    asked = f'case " {brought} " in *" $last "*) {program};; *) exit 1;; esac'
    installs = f"[ $1 = update ] && exit; for last; do :; done; {asked}"
    for name, does in {"make": "echo make $*", "id": f"echo {user}", "apt-get": installs}.items():
        (tools / name).write_text(f"#!/bin/sh\n{does}\n")
        (tools / name).chmod(0o755)
    (tmp_path / "ci").mkdir()
    script = tmp_path / "ci" / "run"
    script.write_text((ROOT / ".ci" / "run").read_text("utf-8"))
    ran = subprocess.run(
        ["bash", str(script)], check=True, capture_output=True, text=True, env={"PATH": str(tools)}, timeout=60
    )
    assert ran.stdout.endswith("make test\n")
    there = brought.split() if user == "0" else []
    for package, without in (("chromium", "no browser"), ("npm", "no npm")):
        assert (f"{tools}/{package}" in ran.stdout, without in ran.stdout) == (package in there, package not in there)
    assert ("could be installed" in ran.stdout) is (user == "0" and len(there) < 2)


@pytest.mark.parametrize(
    ("output", "wanted", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\nb\nc\n", "a\n…\nc\n", True),
        ("a\nc\n", "a\n…\nc\n", True),
        ("a\nb\n", "a\n…\n", True),
        ("a\nb\n", "a\n", False),
        ("a\nb\n", "…\na\n", False),
        ("a…\n", "a…\n", True),
        ("ab\n", "a…\n", False),
    ],
)
def test_an_ellipsis_stands_for_whole_lines_only(output: str, wanted: str, same: bool) -> None:
    assert agrees(output, wanted) is same
