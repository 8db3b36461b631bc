"""``--watch``: the report comes again when a document changes."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from importlib.util import find_spec
from pathlib import Path
from queue import Empty, Queue

import pytest

from errata.commands import watching
from property_tests.test_cli import HOUSE, run


@pytest.mark.skipif(find_spec("watchfiles") is None, reason="watchfiles is not installed")
def test_a_change_is_reported_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("So $1 + 1 = 3$.\n")
    command = [sys.executable, "-m", "errata", "check", str(tmp_path), "--watch", "--format", "concise"]
    lines: Queue[str] = Queue()
    with subprocess.Popen(command, cwd=HOUSE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            _watched(process, lines, tmp_path / "a.md")
        finally:
            process.kill()


def _watched(process: subprocess.Popen[str], lines: Queue[str], file: Path) -> None:
    stream = process.stdout
    assert stream is not None
    threading.Thread(target=lambda: [lines.put(line) for line in stream], daemon=True).start()
    assert "E301" in lines.get(timeout=30) and "1 refuted" in lines.get(timeout=30)
    said: list[str] = []
    for turn in range(20):  # until it watches
        file.write_text(f"So $1 + 1 = 2$.{' ' * turn}\n")
        try:
            while not said or "1 proved" not in said[-1]:
                said.append(lines.get(timeout=3))
            break
        except Empty:
            continue
    assert any("a.md" in line for line in said) and "1 proved" in said[-1]
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 130


def test_it_needs_a_package_and_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "can't watch standard input" in run("check", "-", "--watch").stderr
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    ran = run("check", "x.md", "--watch")
    assert ran.exit_code == 2 and "pip install 'errata[watch]'" in ran.stderr
    assert watching.WAIT_MS > 0
