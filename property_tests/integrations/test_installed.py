"""The real thing: the wheel in an empty environment, pre-commit on a fresh clone, the extension as a package.

Each fetches packages, and so is skipped where no index of them answers.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
NO_PART = shutil.ignore_patterns(".git", ".venv", "node_modules", "build", "*.egg-info", "__pycache__", ".*_cache")
OURS = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE")
QUICK = ("--fetch-retries=0", "--fetch-timeout=10000")
WHO = {f"GIT_{who}_{what}": f"{what}@localhost" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def ran(command: Sequence[str | Path], folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """A program that finds nothing of ours but what it installs."""
    environment = {k: v for k, v in os.environ.items() if k not in OURS} | WHO | more
    return subprocess.run(
        [str(part) for part in command],
        check=False, cwd=folder, env=environment, capture_output=True, text=True, timeout=500,
    )  # fmt: skip


def told(command: Sequence[str | Path], folder: Path, **more: str) -> str:
    """What a program that must not fail prints."""
    done = ran(command, folder, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as a repository of its own, with what is not committed yet."""
    folder = tmp_path_factory.mktemp("clone")
    answers = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "-q",
        "--no-deps",
        "--retries",
        "0",
        "--timeout",
        "5",
        "-d",
        ".",
    ]
    if ran([*answers, "click"], folder).returncode:
        pytest.skip("no package index answers")
    shutil.copytree(HOUSE, folder / "errata", ignore=NO_PART)
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "all"]):
        told(["git", *command], folder / "errata")
    return folder / "errata"


def test_the_wheel_runs_in_an_empty_environment(clone: Path, tmp_path: Path) -> None:
    told([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", tmp_path, clone], tmp_path)
    [wheel] = tmp_path.glob("errata-*.whl")
    told([sys.executable, "-m", "venv", "empty"], tmp_path)
    told(["empty/bin/pip", "install", "-q", "-c", clone / "constraints.txt", wheel], tmp_path)
    (tmp_path / "a.md").write_text("So $1 + 1 = 3$, and $X \\sim N(0, 1)$ has $E[X^2] = 1$.\n")
    kept = {"ERRATA_CACHE_DIR": str(tmp_path / "cache")}
    done = ran(["empty/bin/errata", "check", "a.md", "--format", "concise"], tmp_path, **kept)
    assert (done.returncode, done.stderr) == (1, "") and done.stdout.startswith("a.md:1:13: E301 ")
    assert "judged 2 of 2 claims" in done.stdout
    ran(["empty/bin/errata", "check", "a.md", "--format", "html", "-o", "site"], tmp_path, **kept)
    assert (tmp_path / "site" / "assets" / "katex" / "katex.min.js").is_file()
    script = "import errata; print(errata.check('So $1 + 1 = 3$.').errors[0].repair)"
    assert told(["empty/bin/python", "-c", script], tmp_path, **kept) == "2\n"
    installed = told(["empty/bin/pip", "list", "--format", "freeze"], tmp_path).lower()
    assert "sympy" in installed and not any(big in installed for big in ("torch", "sphinx", "pygls", "playwright"))


@pytest.mark.skipif(find_spec("pre_commit") is None, reason="pre-commit is not installed")
def test_pre_commit_runs_the_hook_on_a_fresh_clone(clone: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "a.md").write_text("So $2 + 2 = 4$.\n")
    (notes / "b.md").write_text("So $2 + 2 = 5$.\n")
    (notes / "c.py").write_text("# so $2 + 2 = 6$\n")
    revision = told(["git", "rev-parse", "HEAD"], clone).strip()
    (notes / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {clone}\n    rev: {revision}\n    hooks:\n      - id: errata\n"
    )
    for command in (["init", "-q"], ["add", "-A"]):
        told(["git", *command], notes)
    hook = [sys.executable, "-m", "pre_commit", "run", "--all-files"]
    home = {"PRE_COMMIT_HOME": str(tmp_path / "home"), "ERRATA_CACHE_DIR": str(tmp_path / "cache")}
    done = ran(hook, notes, **home)
    assert done.returncode == 1 and "b.md:1:13" in done.stdout and "judged 2 of 2 claims" in done.stdout
    (notes / "b.md").write_text("So $2 + 2 = 4$.\n")
    told(["git", "add", "-A"], notes)
    done = ran(hook, notes, **home)
    assert done.returncode == 0 and "Passed" in done.stdout, done.stdout + done.stderr


@pytest.mark.skipif(shutil.which("npm") is None, reason="npm is absent")
def test_the_extension_for_visual_studio_code_is_packaged(clone: Path) -> None:
    folder = clone / "editors" / "vscode"
    if ran(["npm", "view", "vscode-languageclient", "version", *QUICK], folder).returncode:
        pytest.skip("no registry of npm answers")
    told(["npm", "install", "--no-audit", "--no-fund"], folder)
    told(["npm", "run", "package"], folder)
    [package] = folder.glob("errata-*.vsix")
    names = zipfile.ZipFile(package).namelist()
    assert {"extension/extension.js", "extension/package.json", "extension/LICENSE.txt"} <= set(names)
    assert any(name.startswith("extension/node_modules/vscode-languageclient/") for name in names)
    told(["node", "--check", "extension.js"], folder)
