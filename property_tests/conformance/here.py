"""A submission that is called in this process, as its own process calls it; starting one for each takes a second."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

from numerics.conformance import child
from numerics.conformance.catalogue import EXERCISES
from numerics.conformance.holding import Conformance, conformance
from property_tests.conformance.submissions import Submission

BY_NAME = {exercise.name: exercise for exercise in EXERCISES}


class Here:
    """What ``Theirs`` is, but for the process: no limit of time or memory."""

    def __init__(self, path: Path, name: str) -> None:
        self.path, self.name = path, name
        self._function = child.target(runpy.run_path(str(path)), name)
        self.uses_torch = not child.takes_arrays(self._function)

    def place(self, line: int) -> str:
        return f"line {line}"

    def call(self, arguments, gradient_in=()):
        """The answer, through JSON as between processes."""
        asked = json.loads(json.dumps({"arguments": arguments, "gradient_in": list(gradient_in)}))
        return json.loads(json.dumps(child.answered(self._function, asked, str(self.path), not self.uses_torch)))


def held(submission: Submission, folder: Path) -> Conformance:
    """How a submission conforms."""
    path = folder / "hw.py"
    path.write_text(submission.source, encoding="utf-8")
    return conformance(BY_NAME[submission.exercise], Here(path, "f"), examples=15)
