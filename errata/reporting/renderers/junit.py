"""The report as JUnit's XML, which most servers for continuous integration show: a suite for each document."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from errata.checking.judgement import Examined, Judged
from errata.reporting.diagnostic import Diagnostic, reason_of, relation_ids
from errata.reporting.notices import notices
from errata.reporting.renderers.location import location
from errata.reporting.report import Report, word_of
from errata.reporting.rules.rule import Severity

_UNWRITTEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(report: Report) -> str:
    """Each claim is a test: it passes, fails with its finding, or is skipped where it was not judged."""
    root = ET.Element("testsuites", name="errata")
    for examined in report.examined:
        mine = {d.id: d for d in report.diagnostics if d.document is examined.document}
        _suite(root, examined, mine)
    for unreadable in report.unreadable:
        suite = ET.SubElement(root, "testsuite", name=_plain(unreadable.path), tests="1", errors="1")
        case = ET.SubElement(suite, "testcase", classname=_plain(unreadable.path), name="it can be read")
        ET.SubElement(case, "error", message=_plain(f"{unreadable.why}; {unreadable.remedy}"))
    if about := notices(report):
        suite = ET.SubElement(root, "testsuite", name="about the run", tests=str(len(about)), skipped=str(len(about)))
        for notice in about:
            name = f"{notice.path}:{notice.line} {notice.code} {notice.name}"
            case = ET.SubElement(suite, "testcase", classname=_plain(notice.path), name=_plain(name))
            ET.SubElement(case, "skipped", message=_plain(f"{notice.message}. {notice.help}"))
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(root: ET.Element, examined: Examined, found: dict[str, Diagnostic]) -> None:
    suite = ET.SubElement(root, "testsuite", name=_plain(examined.document.path))
    count = {"tests": 0, "failures": 0, "skipped": 0}
    for judged, id in zip(examined.judged, relation_ids(examined.judged), strict=True):
        if word_of(judged.verdict) == "not-a-claim" and id not in found:
            continue
        count["tests"] += 1
        case = _case(suite, examined, judged)
        finding, reason = found.pop(id, None), reason_of(judged.verdict)
        if finding is not None and finding.severity is Severity.ERROR:
            count["failures"] += 1
            ET.SubElement(case, "failure", message=_plain(finding.sentence), type=finding.code).text = _said(finding)
        elif finding is not None:
            ET.SubElement(case, "system-out").text = _said(finding)
        elif reason is not None:
            count["skipped"] += 1
            ET.SubElement(case, "skipped", message=_plain(f"not judged: {reason}"))
    for key, value in count.items():
        suite.set(key, str(value))
    suite.set("time", f"{examined.elapsed_s:.3f}")


def _case(suite: ET.Element, examined: Examined, judged: Judged) -> ET.Element:
    place = location(examined.document.path, examined.document.place(judged.span.start))
    name = " ".join(f"{judged.left} {judged.relation} {judged.right}".split())
    return ET.SubElement(suite, "testcase", classname=_plain(examined.document.path), name=_plain(f"{place} {name}"))


def _said(d: Diagnostic) -> str:
    facts = [f"{key}: {value}" for key, value in d.facts]
    return _plain("\n".join([f"{d.title}: {d.sentence}", *facts, *([f"help: {d.help}"] if d.help else [])]))


def _plain(text: str) -> str:
    """The text without what XML can't hold."""
    return _UNWRITTEN.sub("\ufffd", text)
