"""The process in which somebody's callable runs: started, asked, and killed when it takes too long."""

from __future__ import annotations

import ast
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from numerics.conformance.notebooks import NoNotebook, Script, imported, script

CHILD = Path(__file__).with_name("child.py")
STARTING_S = 60.0
"""Importing torch takes its time; a call has a limit of its own."""


class CantRun(Exception):
    """The file can't be loaded, or has no such callable. The message says why and what can be done."""


@dataclass(frozen=True)
class Limits:
    """Seconds for a call, and mebibytes of address space for the process."""

    seconds: float = 10.0
    memory: int = 8192


class Theirs:
    """A callable of a file, in a process of its own. Use as a context manager."""

    def __init__(self, path: Path, name: str, limits: Limits | None = None) -> None:
        self.path, self.name, self.limits = path, name, limits or Limits()
        self._script = _script(path, name)
        self.uses_torch = "torch" in (_packages(path) if self._script is None else self._script.packages)
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._pending = b""

    def place(self, line: int) -> str:
        """A line of what runs, as its author knows it: in a notebook, a cell and its line."""
        return f"line {line}" if self._script is None else self._script.place(line)

    def __enter__(self) -> Theirs:
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def call(self, arguments: Sequence[Mapping[str, Any]], gradient_in: Sequence[str] = ()) -> Mapping[str, Any]:
        """What it returned, or raised, or that it ran out of time or died."""
        if self._process is None:
            self._start()
        assert self._process is not None and self._process.stdin is not None
        line = json.dumps({"arguments": list(arguments), "gradient_in": list(gradient_in) if self.uses_torch else []})
        try:
            self._process.stdin.write(line.encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            return self._died()
        answer = self._line(self.limits.seconds)
        if answer is None:
            self._stop()
            return {"raised": "Timeout", "text": f"no answer within {self.limits.seconds:g} s", "line": None}
        return json.loads(answer) if answer else self._died()

    def _start(self) -> None:
        """Start the process and load the file. Raises CantRun with the reason."""
        kind = "torch" if self.uses_torch else "numpy"
        home = str(self.path.resolve().parent)
        command = [sys.executable, "-P", str(CHILD), str(self._file()), self.name, str(self.limits.memory), kind, home]
        environment = {**os.environ, "OMP_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )
        answer = self._line(STARTING_S)
        late = f"it was not loaded within {STARTING_S:g} s; does it run something when imported?"
        silent = {
            "raised": "Timeout" if answer is None else "Exit",
            "text": late if answer is None else "its process ended",
            "line": 0,
        }
        said: Mapping[str, Any] = json.loads(answer) if answer else silent
        if "loaded" in said:
            self.uses_torch = said["kind"] == "torch"
            return
        self._stop()
        if "missing" in said:
            there = ", ".join(said["callables"]) or "none"
            raise CantRun(f"{self.path} has no callable {said['missing']!r}; it has: {there}")
        where = f" ({self.place(said['line'])})" if said["line"] else ""
        raise CantRun(f"{self.path} can't be loaded: {said['raised']}: {said['text']}{where}")

    def _file(self) -> Path:
        """The file that runs: of a notebook, a file made of what is needed."""
        if self._script is None:
            return self.path
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="errata-")
        file = Path(self._folder.name) / f"{self.path.stem}.py"
        file.write_text(self._script.text, encoding="utf-8")
        return file

    def _line(self, seconds: float) -> bytes | None:
        """The next line of its answers; None when time is over, empty when it has ended."""
        assert self._process is not None and self._process.stdout is not None
        end = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            while b"\n" not in self._pending:
                if not selector.select(max(end - time.monotonic(), 0.0)):
                    return None
                chunk = os.read(self._process.stdout.fileno(), 1 << 16)
                if not chunk:
                    return b""
                self._pending += chunk
        line, self._pending = self._pending.split(b"\n", 1)
        return line

    def _died(self) -> Mapping[str, Any]:
        assert self._process is not None
        self._process.wait(5)
        code = self._process.returncode
        self._stop()
        how = f"was killed by {_signal(-code)}" if code < 0 else f"ended with status {code}"
        return {"raised": "Exit", "text": f"its process {how}", "line": None}

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    try:
                        stream.close()
                    except BrokenPipeError:
                        continue  # unread questions of a process that is gone
            self._process, self._pending = None, b""


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _script(path: Path, name: str) -> Script | None:
    """What runs of a notebook; None for a Python file. Raises CantRun."""
    if path.suffix != ".ipynb":
        return None
    try:
        return script(read(path), name.partition(".")[0])
    except NoNotebook as why:
        raise CantRun(f"{path} {why}") from None


def read(path: Path) -> str:
    """The text of a file. Raises CantRun for what can't be read."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as why:
        raise CantRun(f"can't read {path}: {why.strerror}") from None
    except UnicodeDecodeError:
        raise CantRun(f"{path} is not UTF-8 text") from None


def _packages(path: Path) -> frozenset[str]:
    """What a file imports; where torch isn't among it, its callables get numpy arrays. Raises CantRun."""
    try:
        return frozenset(imported([ast.parse(read(path), str(path))]))
    except SyntaxError as why:
        raise CantRun(f"{path}:{why.lineno}: {why.msg}") from None
