"""What was found before: used where nothing has changed, and never where anything has."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from claims.records import replace
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.checking.pool.messages import File
from errata.cli import main
from errata.commands.store import NAME, Store
from errata.reading.sources import read_document
from property_tests.reporting import samples as s
from property_tests.test_cli import HOUSE, shell

NOTES = "So $1 + 1 = 3$, and $a = 2$ gives $2a = 4$, and $\\E x = 1$.\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ERRATA_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def store(folder: Path, options: Options | None = None) -> Store:
    return Store(options or Options(), folder / NAME)


def tree(*args: str) -> dict[str, Any]:
    ran = CliRunner().invoke(main, ["check", *args, "--format", "json", "-j", "1"])
    assert ran.exit_code in (0, 1), ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return {key: value for key, value in found.items() if key != "elapsed_s"}


def test_what_is_taken_out_is_what_was_put_in(folder: Path, tmp_path: Path) -> None:
    """Every verdict, every kind of evidence, and a notebook with its cells."""
    (tmp_path / "a.md").write_text("x")
    kept = store(folder).keyed(File(str(tmp_path / "a.md")))
    assert kept is not None
    sample = examine(read_document(str(HOUSE / "docs" / "sample" / "diffusion.ipynb")), Options())
    for examined in (s.EXAMINED, sample):
        store(folder).keep(kept, examined)
        assert store(folder).found(kept) == examined


@pytest.mark.parametrize("changed", ["content", "path", "options", "macros of the site", "macros of a file taken in"])
def test_whatever_it_depends_on_is_in_the_key(changed: str, folder: Path, tmp_path: Path) -> None:
    suffix = ".tex" if changed.endswith("taken in") else ".md"
    (tmp_path / f"a{suffix}").write_text("\\input{macros}\n$\\E x = 1$\n")
    (tmp_path / "macros.tex").write_text("\\newcommand{\\E}{\\mathbb{E}}")
    (tmp_path / "_config.yml").write_text("title: notes\n")
    source, options = File(str(tmp_path / f"a{suffix}")), Options()
    before = store(folder, options).keyed(source)
    assert before is not None and before == store(folder, options).keyed(source)
    match changed:
        case "content":
            (tmp_path / "a.md").write_text("\\input{macros}\n$\\E x = 2$\n")
        case "path":
            (tmp_path / "b.md").write_bytes((tmp_path / "a.md").read_bytes())
            source = File(str(tmp_path / "b.md"))
        case "options":
            options = replace(options, course=("let x > 0",))
        case "macros of the site":
            (tmp_path / "_macros.yml").write_text("\\newcommand{\\E}{\\mathbb{E}}\n")
        case _:
            (tmp_path / "macros.tex").write_text("\\newcommand{\\E}{\\mathrm{E}}")
    after = store(folder, options).keyed(source)
    assert after is not None and after.key != before.key


def test_a_file_that_changes_while_it_is_judged_is_not_kept_under_a_wrong_key(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.tex").write_text("\\input{macros}\n$\\E x = 1$\n")
    (tmp_path / "macros.tex").write_text("\\newcommand{\\E}{\\mathbb{E}}")
    kept = store(folder).keyed(File(str(tmp_path / "a.tex")))
    assert kept is not None
    (tmp_path / "macros.tex").write_text("\\newcommand{\\E}{\\mathrm{E}}")
    store(folder).keep(kept, s.EXAMINED)
    assert store(folder).found(kept) is None


def test_what_failed_is_judged_again(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x")
    kept = store(folder).keyed(File(str(tmp_path / "a.md")))
    assert kept is not None
    store(folder).keep(kept, replace(s.EXAMINED, faults=(s.Fault("ValueError", 0, ""),)))
    store(folder).keep(kept, s.UNREADABLE)
    assert store(folder).found(kept) is None


def test_a_second_run_says_the_same_and_judges_nothing(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(NOTES)
    first, second = tree(str(tmp_path)), tree(str(tmp_path))
    assert first == second and first["summary"]["refuted"] == 1
    script = (
        "import sys\nfrom errata.cli import main\n"
        f"main(['check', {str(tmp_path)!r}, '--fail-on', 'never'], standalone_mode=False)\n"
        "print(sorted({'sympy', 'flint', 'numpy'} & set(sys.modules)))\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=HOUSE, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"
    (tmp_path / "a.md").write_text(NOTES.replace("3", "2"))
    assert tree(str(tmp_path))["summary"]["refuted"] == 0


def processor_s(*arguments: str) -> tuple[float, str]:
    """Seconds of the processor that a command takes, and its last line."""
    before = os.times()
    ran = shell("check", *arguments)
    after = os.times()
    seconds = after.children_user + after.children_system - before.children_user - before.children_system
    return seconds, ran.stdout.splitlines()[-1]


def test_a_book_that_has_not_changed_takes_less_than_a_page_that_is_judged(folder: Path, tmp_path: Path) -> None:
    """A quiet machine takes 0.5 s for the book and 1.5 s for the page; a slower one takes longer for both."""
    page = HOUSE / "docs" / "sample" / "likelihood.md"
    judged, _ = processor_s(str(page), "--no-cache", "--jobs", "1")
    sample = examine(read_document("a.md", page.read_text()), Options())
    with_store = store(folder)
    for n in range(300):
        (tmp_path / f"{n:03}.md").write_text(f"page {n}\n")
        kept = with_store.keyed(File(str(tmp_path / f"{n:03}.md")))
        assert kept is not None
        with_store.keep(kept, replace(sample, document=replace(sample.document, path=kept.source.path)))
    with_store.close()
    seconds = []
    for _ in range(3):
        taken, summary = processor_s(str(tmp_path), "--format", "concise")
        seconds.append(taken)
        assert ", 14400 relations: " in summary
        if taken < 0.6 * judged:
            break
    assert min(seconds) < 0.6 * judged  # with 3000 findings


def test_processes_may_share_it(folder: Path, tmp_path: Path) -> None:
    for n in range(3):
        (tmp_path / f"{n}.md").write_text(f"So ${n} + 1 = {n + 1}$.\n")
    command = [sys.executable, "-m", "errata", "check", str(tmp_path), "--format", "concise", "-j", "1"]
    several = [subprocess.Popen(command, cwd=HOUSE, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    outputs = {process.communicate(timeout=60)[0] for process in several}
    assert len(outputs) == 1 and "3 proved" in outputs.pop()
    with sqlite3.connect(folder / NAME) as base:
        assert base.execute("SELECT count(*) FROM results").fetchone() == (3,)


def test_no_cache_keeps_nothing_and_a_broken_one_costs_nothing(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(NOTES)
    assert tree(str(tmp_path), "--no-cache")["summary"]["refuted"] == 1
    assert not folder.exists()
    folder.mkdir()
    (folder / NAME).write_bytes(b"this is no database" * 99)
    assert tree(str(tmp_path))["summary"]["refuted"] == 1


def test_what_is_not_asked_for_in_a_month_goes(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x")
    first = store(folder)
    kept = first.keyed(File(str(tmp_path / "a.md")))
    assert kept is not None
    first.keep(kept, s.EXAMINED)
    first.close()
    with sqlite3.connect(folder / NAME) as base:
        base.execute("UPDATE results SET used = ?", (int(time.time()) - 31 * 86_400,))
    asked = store(folder)
    assert asked.found(kept) == s.EXAMINED  # which counts as asking
    asked.close()
    assert store(folder).found(kept) == s.EXAMINED
    with sqlite3.connect(folder / NAME) as base:
        base.execute("UPDATE results SET used = ?", (int(time.time()) - 31 * 86_400,))
    store(folder).close()
    assert store(folder).found(kept) is None


def test_cache_and_cache_clear(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(NOTES)
    tree(str(tmp_path))
    said = CliRunner().invoke(main, ["cache"]).output
    assert said.startswith(str(folder / NAME)) and said.endswith(" MB\n")
    assert "freed" in CliRunner().invoke(main, ["cache", "clear"]).output
    assert not (folder / NAME).exists()
