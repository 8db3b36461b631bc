"""The report as JSON, version 1 of the contract in DESIGN section 8. Additions are free, renames are not."""

from __future__ import annotations

import json
from typing import assert_never

import errata
from claims.evidence import Agreement, Counterexample, Evidence, Inconclusive, Proof
from claims.records import asdict
from claims.verdict import IllFormed, NotAClaim, Proved, Refuted, Supported, Undecided, Unread, Verdict
from errata.checking.judgement import Examined, Judged, Remark, Unreadable
from errata.reading.document import Document, Span
from errata.reporting.coverage import Coverage, coverage_in, coverage_of
from errata.reporting.diagnostic import (
    code_of,
    condition_of,
    damage_of,
    edit_for,
    reason_of,
    relation_ids,
    remark_severity,
    repair_of,
    severity_of,
)
from errata.reporting.notices import notices
from errata.reporting.report import Report, tally, word_of
from errata.reporting.rules.catalogue import rule_of
from errata.reporting.selection import Selection

VERSION = 1

Json = dict[str, object]


def as_json(report: Report) -> str:
    """The whole report. ASCII only, so no terminal and no encoding can trip over it."""
    tree: Json = {
        "version": VERSION,
        "errata": errata.__version__,
        "seed": report.seed,
        "elapsed_s": round(report.elapsed_s, 3),
        "documents": [_document(e, report) for e in report.examined],
        "unreadable": [_unreadable(u) for u in report.unreadable],
        "notices": [asdict(notice) for notice in notices(report)],
        "stale": [asdict(entry) for entry in report.stale],
        "summary": tally(report).as_dict() | _judged(coverage_in(report)),
    }
    return json.dumps(tree, indent=1, allow_nan=False) + "\n"


def _document(examined: Examined, report: Report) -> Json:
    document, ids, selection = (
        examined.document,
        relation_ids(examined.judged),
        report.selection.at(examined.document.path),
    )
    accepted = {name for where, name in report.accepted if where == id(document)}
    pairs = zip(examined.judged, ids, strict=True)
    return {
        "path": document.path,
        "formulas": len(document.formulas),
        "formulas_fully_read": examined.fully_read,
        **_judged(coverage_of((examined,))),
        "relations": [_relation(document, j, i, selection) | {"accepted": i in accepted} for j, i in pairs],
        "remarks": [_remark(document, r) for r in examined.remarks if selection.speaks(r.rule)],
        "damages": [_place(document, d.span) | {"kind": d.kind, "message": d.message} for d in document.damages],
        "opaque": [_place(document, span) | {"formula": f, "why": why} for f, span, why in examined.opaque],
        "faults": [{"formula": fault.formula, "what": fault.what} for fault in examined.faults],
        "elapsed_s": round(examined.elapsed_s, 3),
    }


def _judged(found: Coverage) -> Json:
    """Claims, and how many of them have a verdict: they hold, or they are wrong."""
    return {"claims": found.claims, "judged": found.judged, "share": round(found.share, 1)}


def _relation(document: Document, judged: Judged, id: str, selection: Selection) -> Json:
    repair = repair_of(judged.verdict)
    formulas = document.formulas
    return {
        "id": id,
        **_place(document, judged.span),
        "formula": judged.formula,
        "latex": formulas[judged.formula].latex if judged.formula < len(formulas) else "",
        "left": judged.left,
        "relation": judged.relation,
        "right": judged.right,
        "kind": judged.kind.value,
        "verdict": word_of(judged.verdict),
        **_finding(document, judged, selection),
        "why": reason_of(judged.verdict),
        "read_as": judged.read_as,
        "where": list(judged.where),
        "holds_if": condition_of(judged.verdict),
        "evidence": [_evidence(e) for e in evidence_of(judged.verdict)],
        "repair": None if repair is None else {"latex": repair.latex, "slip": repair.slip},
        "focus": None if judged.focus is None else _place(document, judged.focus),
        "edit": _edit(document, judged),
        "derived": judged.derived,
        "waived": judged.waived,
    }


def _edit(document: Document, judged: Judged) -> Json | None:
    """What mends it, as an edit of the author's source, where it is one."""
    edit = edit_for(document, judged, judged.focus or judged.span)
    return None if edit is None else _place(document, edit.span) | {"text": edit.text}


def _finding(document: Document, judged: Judged, selection: Selection) -> Json:
    """What a rule says about it: nothing, if the rule was not selected."""
    damage = damage_of(document, judged)
    code, severity = code_of(judged), severity_of(judged, damage, selection.suspicious)
    if code is None or not selection.speaks(code) or (damage and selection.suspicious is None):
        return dict.fromkeys(("code", "rule", "severity", "message", "label"))
    rule = rule_of(code)
    message = judged.message or (rule.headline if rule and severity else None)
    return {
        "code": code,
        "rule": rule.name if rule else None,
        "severity": severity.value if severity else None,
        "message": message,
        "label": judged.label,
    }


def _remark(document: Document, remark: Remark) -> Json:
    rule = rule_of(remark.rule)
    return {
        **_place(document, remark.span),
        "code": remark.rule,
        "rule": rule.name if rule else None,
        "severity": remark_severity(remark).value,
        "message": remark.message,
        "help": remark.help,
    }


def _place(document: Document, span: Span) -> Json:
    start, end = document.place(span.start), document.place(span.end)
    return {
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "cell": start.cell,
    }


def _unreadable(unreadable: Unreadable) -> Json:
    place = unreadable.place
    return {
        "path": unreadable.path,
        "why": unreadable.why,
        "remedy": unreadable.remedy,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "our_fault": unreadable.fault is not None,
    }


def evidence_of(verdict: Verdict) -> tuple[Evidence, ...]:
    """All that a verdict carries."""
    match verdict:
        case Proved(by=by):
            return by
        case Supported(by=several):
            return several
        case Refuted(by=witness):
            return (witness,)
        case Undecided(tried=tried):
            return tried
        case IllFormed() | Unread() | NotAClaim():
            return ()
        case _:
            assert_never(verdict)


def _evidence(evidence: Evidence) -> Json:
    match evidence:
        case Proof(route=route, steps=steps):
            return {"kind": "proof", "route": route, "points": None, "detail": "; ".join(steps), "steps": list(steps)}
        case Agreement(route=route, points=points, digits=digits, detail=detail, exhaustive=exhaustive):
            found: Json = {"kind": "agreement", "route": route, "points": points, "detail": detail}
            return found | {"digits": digits, "exhaustive": exhaustive}
        case Counterexample(route=route, detail=detail):
            found = {"kind": "counterexample", "route": route, "points": 1, "detail": detail}
            found |= {"witness": dict(evidence.witness), "left": evidence.left, "right": evidence.right}
            return found | {"admissible": evidence.admissible, "confirmed": evidence.confirmed}
        case Inconclusive(route=route, why=why):
            return {"kind": "inconclusive", "route": route, "points": 0, "detail": why}
        case _:
            assert_never(evidence)
