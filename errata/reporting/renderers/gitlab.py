"""The report as GitLab's code quality artifact, which merge requests show beside the changed lines."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from pathlib import PurePath

from errata.reporting.diagnostic import Diagnostic
from errata.reporting.notebook_source import place_in_file
from errata.reporting.notices import Notice, notices
from errata.reporting.report import Report
from errata.reporting.rules.rule import Severity

SEVERITY = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def gitlab(report: Report) -> str:
    """A list of findings; each has a fingerprint that edits elsewhere don't change."""
    seen: Counter[str] = Counter()
    issues = []
    for d in report.diagnostics:
        path = PurePath(d.document.path).as_posix()
        known = f"{path}|{d.code}|{d.id}"
        seen[known] += 1
        issues.append(_issue(d, path, sha256(f"{known}|{seen[known]}".encode("utf-8", "replace")).hexdigest()))
    for unreadable in report.unreadable:
        path = PurePath(unreadable.path).as_posix()
        issues.append(
            {
                "description": f"not readable: {unreadable.why}; {unreadable.remedy}",
                "check_name": "unreadable",
                "fingerprint": sha256(f"{path}|unreadable".encode("utf-8", "replace")).hexdigest(),
                "severity": "critical",
                "location": {"path": path, "lines": {"begin": 1}},
            }
        )
    issues += [_notice(n) for n in notices(report)]
    return json.dumps(issues, indent=1) + "\n"


def _notice(n: Notice) -> dict[str, object]:
    path = PurePath(n.path).as_posix()
    return {
        "description": f"{n.message}. {n.help}",
        "check_name": n.code,
        "fingerprint": sha256(f"{path}|{n.code}|{n.message}".encode("utf-8", "replace")).hexdigest(),
        "severity": "minor" if n.level == "warning" else "info",
        "location": {"path": path, "lines": {"begin": n.line}},
    }


def _issue(d: Diagnostic, path: str, fingerprint: str) -> dict[str, object]:
    help = f" ({d.help})" if d.help else ""
    start, end = place_in_file(d.document, d.span.start), place_in_file(d.document, d.span.end)
    return {
        "description": f"{d.sentence}{help}",
        "check_name": d.code,
        "fingerprint": fingerprint,
        "severity": SEVERITY[d.severity],
        "location": {"path": path, "lines": {"begin": start.line, "end": end.line}},
    }
