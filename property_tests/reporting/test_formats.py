"""The machine formats, against their contracts."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as ET

from claims.records import replace
from errata.reporting.renderers.github import github
from errata.reporting.renderers.gitlab import gitlab
from errata.reporting.renderers.json_report import as_json
from errata.reporting.renderers.junit import junit
from errata.reporting.renderers.sarif import sarif
from errata.reporting.report import Report
from errata.reporting.selection import Selection
from property_tests.reporting import samples as s

CONTRACT = {
    "id",
    "line",
    "column",
    "end_line",
    "end_column",
    "latex",
    "left",
    "relation",
    "right",
    "kind",
    "verdict",
    "code",
    "rule",
    "severity",
    "message",
    "read_as",
    "where",
    "holds_if",
    "evidence",
    "repair",
    "derived",
}


def relations(report: Report = s.REPORT) -> list[dict[str, Any]]:
    """Those of the first document."""
    found: list[dict[str, Any]] = json.loads(as_json(report))["documents"][0]["relations"]
    return found


def test_json_keeps_the_contract() -> None:
    tree = json.loads(as_json(s.REPORT))
    assert (tree["version"], tree["errata"], tree["seed"], tree["elapsed_s"]) == (1, "0.1.0", 7, 1.25)
    [document] = tree["documents"]
    assert (document["path"], document["formulas"], document["formulas_fully_read"]) == ("notes/coin.md", 8, 7)
    assert all(set(r) >= CONTRACT for r in document["relations"])
    assert {k: v for k, v in tree["summary"].items() if v} == {
        "documents": 1,
        "formulas": 8,
        "formulas_fully_read": 7,
        "relations": 8,
        "proved": 1,
        "supported": 2,
        "refuted": 1,
        "ill_formed": 1,
        "undecided": 1,
        "unread": 1,
        "not_a_claim": 1,
        "warnings": 1,
        "claims": 7,
        "judged": 5,
        "share": 71.4,
    }


def test_json_of_a_refuted_relation() -> None:
    first = relations()[0]
    assert {k: first[k] for k in CONTRACT - {"id", "evidence"}} == {
        "line": 3,
        "column": 20,
        "end_line": 3,
        "end_column": 37,
        "latex": "-\\log 0.5 = 0.694",
        "left": "-\\log 0.5",
        "relation": "=",
        "right": "0.694",
        "kind": "claim",
        "verdict": "refuted",
        "code": "E302",
        "rule": "wrong-rounding",
        "severity": "error",
        "message": "0.6931 rounds to 0.693",
        "read_as": "-\\log 0.5 = 0.694",
        "where": ["log is natural"],
        "holds_if": None,
        "repair": {"latex": "0.693", "slip": "last-digit"},
        "derived": None,
    }
    [evidence] = first["evidence"]
    assert (evidence["route"], evidence["points"], evidence["detail"]) == ("ball", 1, "left 0.693147…, right 0.694")


def test_json_verdicts_and_severities() -> None:
    assert [(r["verdict"], r["severity"], r["kind"]) for r in relations()] == [
        ("refuted", "error", "claim"),
        ("proved", None, "claim"),
        ("supported", None, "claim"),
        ("supported", "warning", "claim"),
        ("ill-formed", "error", "claim"),
        ("not-a-claim", None, "given"),
        ("undecided", None, "claim"),
        ("unread", None, "claim"),
    ]
    assert [r["why"] for r in relations()][-2:] == ["no route applies", "\\foo is not known"]


def test_json_says_what_was_not_read() -> None:
    tree = json.loads(as_json(s.REPORT))
    [unreadable] = tree["unreadable"]
    assert (unreadable["path"], unreadable["our_fault"]) == ("notes/scan.md", False)
    [damage], [opaque] = tree["documents"][0]["damages"], tree["documents"][0]["opaque"]
    assert (damage["kind"], damage["line"]) == ("bracket-display", 14)
    assert (opaque["formula"], opaque["line"], opaque["column"]) == (7, 13, 35)


def test_json_of_a_silenced_rule_keeps_the_verdict() -> None:
    first = relations(replace(s.REPORT, selection=Selection(ignore=("E302",))))[0]
    assert (first["verdict"], first["code"], first["severity"], first["message"]) == ("refuted", None, None, None)


def test_github_puts_errors_first_and_escapes() -> None:
    message = "50% off:\nreally, yes"
    noisy = replace(s.WRONG_ROUNDING, message=message)
    document = replace(s.DOCUMENT, path="a,b:c.md")
    lines = github(Report((replace(s.EXAMINED, judged=(s.LOOSE, noisy, s.ILL_FORMED), document=document),)))
    assert lines.splitlines()[:3] == [
        "::error title=E302 wrong-rounding,file=a%2Cb%3Ac.md,line=3,endLine=3,col=32,endColumn=37"
        "::50%25 off: really, yes (write 0.693 (slip: last-digit))",
        "::error title=E304 wrong-length,file=a%2Cb%3Ac.md,line=7,endLine=10::2 entries against 3",
        "::warning title=W306 loose-equality,file=a%2Cb%3Ac.md,line=4,endLine=4,col=50,endColumn=60"
        "::e^8 is 2980.95… (write \\approx for =)",
    ]


def test_github_names_what_is_unreadable() -> None:
    assert github(s.REPORT).startswith(
        "::error title=not readable,file=notes/scan.md::it is not UTF-8 at byte 3; convert it with iconv\n"
    )


def test_github_gives_no_line_of_a_file_for_a_cell() -> None:
    document = replace(s.DOCUMENT, path="a.ipynb", cells=(0,), cell_numbers=(2,))
    first = github(Report((replace(s.EXAMINED, document=document),))).splitlines()[0]
    assert first.startswith("::error title=E302 wrong-rounding,file=a.ipynb::cell 2, line 3: 0.6931")


def test_sarif_is_valid_where_it_matters() -> None:
    tree = json.loads(sarif(s.REPORT))
    [run] = tree["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert tree["version"] == "2.1.0" and tree["$schema"].endswith("sarif-2.1.0.json")
    assert [r["ruleId"] for r in run["results"]] == ["E302", "W306", "E304", "N401"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note") and result["message"]["text"]
        assert len(result["partialFingerprints"]["relation/v1"]) == 12
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": 32, "endLine": 3, "endColumn": 37}
    assert run["invocations"][0]["executionSuccessful"] is True
    assert run["invocations"][0]["toolExecutionNotifications"][0]["level"] == "error"


def test_sarif_quotes_paths() -> None:
    document = replace(s.DOCUMENT, path="my notes/50%.md")
    tree = json.loads(sarif(Report((replace(s.EXAMINED, document=document),))))
    location = tree["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "my%20notes/50%25.md"


def test_sarif_keeps_its_schema_of_fixes() -> None:
    [first, *_] = json.loads(sarif(s.REPORT))["runs"][0]["results"]
    [fix] = first["fixes"]
    [change] = fix["artifactChanges"]
    [replacement] = change["replacements"]
    assert change["artifactLocation"]["uri"] == "notes/coin.md"
    assert replacement["deletedRegion"] == {"startLine": 3, "startColumn": 32, "endLine": 3, "endColumn": 37}
    assert replacement["insertedContent"] == {"text": "0.693"}


def test_gitlab_has_what_merge_requests_need() -> None:
    issues = json.loads(gitlab(s.REPORT))
    assert [i["check_name"] for i in issues] == ["E302", "W306", "E304", "N401", "unreadable"]
    assert [i["severity"] for i in issues] == ["major", "minor", "major", "info", "critical"]
    assert issues[0]["location"] == {"path": "notes/coin.md", "lines": {"begin": 3, "end": 3}}
    assert len({i["fingerprint"] for i in issues}) == len(issues)
    moved = replace(s.EXAMINED, judged=(s.LOOSE,))
    [again] = [i for i in json.loads(gitlab(Report((moved,)))) if i["check_name"] == "W306"]
    assert again["fingerprint"] == issues[1]["fingerprint"]


def test_junit_is_a_test_for_each_claim() -> None:
    root = ET.fromstring(junit(s.REPORT))
    suite, unreadable = root.findall("testsuite")
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("7", "2", "2")
    failed = [case.find("failure").get("type") for case in suite if case.find("failure") is not None]
    assert failed == ["E302", "E304"]
    assert [c.find("skipped").get("message") for c in suite if c.find("skipped") is not None] == [
        "not judged: no route applies",
        "not judged: \\foo is not known",
    ]
    assert unreadable.get("errors") == "1"


def test_junit_holds_only_what_xml_may() -> None:
    odd = replace(s.WRONG_ROUNDING, message="a\x1b\x00\ud800<b>&")
    text = junit(Report((replace(s.EXAMINED, judged=(odd,)),)))
    assert ET.fromstring(text)[0][0][0].get("message") == "a\ufffd\ufffd\ufffd<b>&"
