"""For Quarto: a script that runs before a project is rendered, and stops it where errors are found.

In ``_quarto.yml``::

    project:
      pre-render: python -m errata.integrations.quarto

Quarto names the files that it is about to render in the environment; those alone are checked, with the configuration of
the folder (``errata.toml``). ``ERRATA_QUARTO=warn`` lets the rendering go on.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from errata.integrations.results import CheckError, Report, check

READ = frozenset({".qmd", ".md", ".rmd", ".ipynb", ".html", ".tex"})
STOPPED, WRONG_USAGE = 1, 2


def files_of(environment: Mapping[str, str]) -> list[str]:
    """The files that Quarto is about to render, as far as errata reads them; a line for each."""
    named = environment.get("QUARTO_PROJECT_INPUT_FILES", "").splitlines()
    return [name for name in map(str.strip, named) if Path(name).suffix.lower() in READ]


def lines(report: Report) -> list[str]:
    """A line for each finding, as Quarto prints what a script says."""
    return [
        f"{f.path}:{f.line}:{f.column}: {f.severity} {f.code} {f.message}" + (f"; write {f.repair}" if f.repair else "")
        for f in report.findings
    ]


def main(environment: Mapping[str, str], arguments: Sequence[str] = ()) -> int:
    """The exit status, which stops Quarto where it isn't 0; files may be named outright to try it without Quarto."""
    if "QUARTO_PROJECT_INPUT_FILES" not in environment and not arguments:
        print(
            "errata: Quarto names its files in QUARTO_PROJECT_INPUT_FILES; put this under project: pre-render:, "
            "or name files to try it",
            file=sys.stderr,
        )
        return WRONG_USAGE
    paths = list(arguments) or files_of(environment)
    if not paths:
        return 0
    try:
        report = check([Path(path) for path in paths])
    except CheckError as error:
        print(f"errata: {error}", file=sys.stderr)
        return WRONG_USAGE
    for line in (*lines(report), *report.unreadable):
        print(line, file=sys.stderr)
    print(f"errata: judged {report.judged} of {report.claims} claims", file=sys.stderr)
    if report.unreadable:
        return WRONG_USAGE
    errors = any(finding.severity == "error" for finding in report.findings)
    return STOPPED if errors and environment.get("ERRATA_QUARTO") != "warn" else 0


if __name__ == "__main__":
    sys.exit(main(os.environ, sys.argv[1:]))
