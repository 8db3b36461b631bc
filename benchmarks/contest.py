"""The same formulas for every reader, each reader in a process that is killed when it takes too long."""

from __future__ import annotations

import json
import selectors
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.corpus import ROOT

SECONDS_TO_START = 60.0
SECONDS_A_FORMULA = 5.0


class NoAnswer(Exception):
    """The reader took too long, or ended."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one formula: the seconds it took, and whether the reader returned a reading of it."""

    seconds: float
    returned: bool


@dataclass(frozen=True, slots=True)
class Result:
    """One reader's answers, in the order of the formulas; ``killed`` counts those that took longer than allowed."""

    name: str
    title: str
    answers: tuple[Answer, ...]
    killed: int


class Process:
    """A reader at work. Asking it raises NoAnswer when it doesn't answer in time."""

    def __init__(self, name: str) -> None:
        command = [sys.executable, "-m", "benchmarks.reader", name]
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.selector = selectors.DefaultSelector()
        assert self.process.stdout is not None
        self.selector.register(self.process.stdout, selectors.EVENT_READ)
        self.title = str(self._line(SECONDS_TO_START)["title"])

    def ask(self, latex: str, seconds: float) -> Answer:
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps(latex).encode() + b"\n")
            self.process.stdin.flush()
        except BrokenPipeError as error:
            raise NoAnswer from error
        found = self._line(seconds)
        return Answer(float(str(found["seconds"])), found["returned"] is True)

    def _line(self, seconds: float) -> dict[str, object]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline() if self.selector.select(seconds) else b""
        if not line:
            self.close()
            raise NoAnswer
        answer: dict[str, object] = json.loads(line)
        return answer

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()
        self.selector.close()


def measure(name: str, formulas: Sequence[str], seconds: float = SECONDS_A_FORMULA) -> Result | None:
    """A reader's answers to the formulas; None where it can't start, as when it isn't installed."""
    answers: list[Answer] = []
    killed = 0
    try:
        process = Process(name)
    except NoAnswer:
        return None
    title = process.title
    for latex in formulas:
        try:
            answers.append(process.ask(latex, seconds))
        except NoAnswer:
            answers.append(Answer(seconds, False))
            killed += 1
            process = Process(name)
    process.close()
    return Result(name, title, tuple(answers), killed)
