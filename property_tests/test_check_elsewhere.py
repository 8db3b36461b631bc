"""``errata check --cluster``: the same report as on one machine, whatever becomes of a worker."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from types import SimpleNamespace

import click
import pytest
from click.testing import CliRunner

from claims.records import replace
from errata.checking.options import Options
from errata.checking.pool import File
from errata.cli import main
from errata.commands import elsewhere
from errata.commands.executors import executor
from errata.commands.rooms import ENGINE
from property_tests.numerics.sampling import fatal

PAGE = "# A page\n\n$$-\\log 0.5 = 0.694$$\n\n$$2 + 2 = 4$$\n"


@pytest.fixture
def pages(tmp_path):
    for i in range(2):
        (tmp_path / f"{i}.md").write_text(PAGE + f"\n$$1 + {i} = 2$$\n", encoding="utf-8")
    return tmp_path


def report(*arguments: str) -> tuple[int, object]:
    ran = CliRunner().invoke(main, ["check", *arguments, "--format", "json"])
    return ran.exit_code, timeless(json.loads(ran.output))


def timeless(tree: object) -> object:
    """A report without the seconds that it took."""
    if isinstance(tree, dict):
        return {key: timeless(value) for key, value in tree.items() if key != "elapsed_s"}
    return [timeless(one) for one in tree] if isinstance(tree, list) else tree


def found_by(crew, pages):
    """What a crew finds, by the number of the page, without the seconds that it took."""
    sources = [File(str(path)) for path in sorted(pages.iterdir())]
    found = crew.examined(sources, 1, lambda index, event: None)
    return {index: replace(one, elapsed_s=0.0) for index, one in found}


def here(pages):
    with ENGINE.crew(Options()) as crew:
        return found_by(crew, pages)


def test_a_cluster_finds_the_same_and_a_killed_worker_costs_no_document(pages, tmp_path_factory):
    pytest.importorskip("distributed", reason="Dask is not installed")
    flag = tmp_path_factory.mktemp("flag") / "flag"
    flag.touch()
    with executor(2, "local") as workers:
        killed = workers.submit(fatal.end_once, str(flag))
        found = found_by(elsewhere.Away(Options(), workers), pages)
        killed.result(timeout=120)
    assert not flag.exists()
    assert found == here(pages)


def test_the_command_gives_its_files_to_the_executor_and_reports_the_same(pages, monkeypatch):
    asked = []

    @contextmanager
    def threads(jobs, cluster):
        asked.append((jobs, cluster))
        with ThreadPoolExecutor(1) as pool:
            yield pool

    monkeypatch.setattr(elsewhere, "executor", threads)
    assert report(str(pages), "--cluster", "somewhere", "-j", "2") == report(str(pages), "-j", "1")
    assert asked == [(2, "somewhere")]


def test_workers_that_may_not_start_processes_are_told_how_to(pages, monkeypatch):
    monkeypatch.setattr(elsewhere.multiprocessing, "current_process", lambda: SimpleNamespace(daemon=True))
    with ThreadPoolExecutor(1) as threads, pytest.raises(click.UsageError, match="DAEMON=False"):
        found_by(elsewhere.Away(Options(), threads), pages)
