"""The report as SARIF 2.1.0, which code-scanning dashboards read."""

from __future__ import annotations

import json
from pathlib import PurePath
from urllib.parse import quote

import errata
from errata.checking.judgement import Unreadable
from errata.reading.document import Document, Span
from errata.reporting.diagnostic import Diagnostic
from errata.reporting.notebook_source import place_in_file
from errata.reporting.notices import MEANINGS, Notice, notices
from errata.reporting.report import Report, name_of
from errata.reporting.rules.catalogue import RULES
from errata.reporting.rules.rule import Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

Json = dict[str, object]


def sarif(report: Report) -> str:
    """One run, with every rule and every finding; inputs that were not readable are notifications."""
    run: Json = {
        "tool": {
            "driver": {
                "name": "errata",
                "version": errata.__version__,
                "rules": [_rule(r) for r in RULES],
                "notifications": [
                    {"id": code, "name": name, "fullDescription": {"text": meaning}}
                    for code, (name, _, meaning) in MEANINGS.items()
                ],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not report.faults,
                "toolExecutionNotifications": [
                    *(_notification(u) for u in report.unreadable),
                    *(_notice(n) for n in notices(report)),
                ],
            }
        ],
        "results": [_result(d, name_of(d) in report.accepted) for d in report.found],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _rule(rule: Rule) -> Json:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.headline},
        "fullDescription": {"text": " ".join(rule.what.split())},
        "help": {"text": rule.why.strip()},
        "defaultConfiguration": {"level": rule.severity.value},
    }


def _result(d: Diagnostic, accepted: bool) -> Json:
    facts = "".join(f"\n{key}: {value}" for key, value in d.facts)
    result: Json = {
        "ruleId": d.code,
        "level": d.severity.value,
        "message": {"text": d.sentence + facts + (f"\nhelp: {d.help}" if d.help else "")},
        "locations": [_location(d)],
        "partialFingerprints": {"relation/v1": d.id},
    }
    if fixes := _fixes(d):
        result["fixes"] = fixes
    if accepted:
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": "in the baseline"}]
    index = next((i for i, rule in enumerate(RULES) if rule.code == d.code), None)
    return result if index is None else result | {"ruleIndex": index}


def _location(d: Diagnostic) -> Json:
    artifact: Json = {"artifactLocation": {"uri": _uri(d.document.path)}}
    found: Json = {"physicalLocation": artifact}
    if d.start.cell is not None:
        found["logicalLocations"] = [{"name": f"cell {d.start.cell}", "kind": "cell"}]
    region = _region(d.document, d.span)
    if region is not None:
        found["physicalLocation"] = artifact | {"region": region}
    return found


def _region(document: Document, span: Span) -> Json | None:
    """Lines and columns in the file; None in a notebook that has changed since it was read."""
    start, end = place_in_file(document, span.start), place_in_file(document, span.end)
    if start.cell is not None:
        return None
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _fixes(d: Diagnostic) -> list[Json]:
    """The repair as a replacement, where it is one edit of the source; a notebook's text is not its file's."""
    if d.edit is None or d.document.cells:
        return []
    region = _region(d.document, d.edit.span)
    change: Json = {"deletedRegion": region, "insertedContent": {"text": d.edit.text}}
    where = {"artifactLocation": {"uri": _uri(d.document.path)}, "replacements": [change]}
    return [{"description": {"text": d.help or d.sentence}, "artifactChanges": [where]}]


def _notification(u: Unreadable) -> Json:
    where = {"physicalLocation": {"artifactLocation": {"uri": _uri(u.path)}}}
    return {"level": "error", "message": {"text": f"{u.why}; {u.remedy}"}, "locations": [where]}


def _notice(n: Notice) -> Json:
    artifact = {"artifactLocation": {"uri": _uri(n.path)}, "region": {"startLine": n.line}}
    return {
        "descriptor": {"id": n.code},
        "level": n.level,
        "message": {"text": f"{n.message}. {n.help}"},
        "locations": [{"physicalLocation": artifact}],
    }


def _uri(path: str) -> str:
    plain = PurePath(path).as_posix().encode("utf-8", "surrogatepass")
    return f"file://{quote(plain)}" if PurePath(path).is_absolute() else quote(plain)
