"""From a judged relation to a diagnostic: data that every renderer can print without thinking.

A finding is an error only where the relation is refuted or ill-formed; a rule whose code starts with W makes it a
warning, whatever the verdict. Everything else is no finding, though it is counted.
"""

from __future__ import annotations

from hashlib import sha256
from typing import assert_never

from claims.evidence import Counterexample
from claims.records import Record
from claims.verdict import IllFormed, NotAClaim, Proved, Refuted, Repair, Supported, Undecided, Unread, Verdict
from errata.checking.judgement import Examined, Judged, Remark
from errata.reading.document import Damage, Document, Place, Span
from errata.reporting.edits import Edit, approximate_sign, edit_of, told_apart
from errata.reporting.rules.catalogue import rule_of
from errata.reporting.rules.loose_equality import LOOSE_EQUALITY
from errata.reporting.rules.rule import Severity
from errata.reporting.selection import Selection
from errata.reporting.symbols import as_written, in_authors_symbols

DAMAGED = "N401"
UNNAMED = {Refuted: "E301", IllFormed: "E304"}
"""The code of a finding whose judge named no rule."""


class Diagnostic(Record):
    """One finding, complete."""

    id: str
    code: str
    name: str | None
    severity: Severity
    headline: str
    message: str | None
    document: Document
    span: Span
    """What is underlined."""
    label: str | None = None
    facts: tuple[tuple[str, str], ...] = ()
    """What the judgement rests on: read as, where, witness, holds if, derived."""
    help: str | None = None
    edit: Edit | None = None
    """The repair as an edit of the document, where it is one."""
    subject: str = ""
    """What the finding is about, its blanks made one: the relation, or the text of a comment."""

    @property
    def sentence(self) -> str:
        """The particulars, or else the headline."""
        return self.message or self.headline

    @property
    def title(self) -> str:
        """Code and name."""
        return f"{self.code} {self.name}" if self.name else self.code

    @property
    def start(self) -> Place:
        """Where the underlined part begins."""
        return self.document.place(self.span.start)

    @property
    def end(self) -> Place:
        """The place after the underlined part."""
        return self.document.place(self.span.end)


def code_of(judged: Judged) -> str | None:
    """The code of the rule that speaks, also where the judge gave its name, or nothing but a refutation."""
    match judged.verdict:
        case IllFormed(rule=named) if judged.rule is None:
            rule = rule_of(named)
            return rule.code if rule else UNNAMED[IllFormed]
        case Refuted() if judged.rule is None:
            return UNNAMED[Refuted]
        case _:
            return judged.rule


def severity_of(judged: Judged, damage: str = "", suspicious: Severity | None = Severity.WARNING) -> Severity | None:
    """Error only for refuted and ill-formed, and ``suspicious`` instead in a formula whose damage was repaired; warning
    where a rule with W speaks; else none."""
    code = code_of(judged)
    if damage and suspicious is None:
        return None
    if code is not None and code.startswith("W"):
        return Severity.WARNING
    if isinstance(judged.verdict, Refuted | IllFormed) and not (code or "").startswith("N"):
        return suspicious if damage else Severity.ERROR
    return None


def damage_of(document: Document, judged: Judged) -> str:
    """What an export had broken in the formula of a relation; empty for a sound one."""
    return document.formulas[judged.formula].damage if judged.formula < len(document.formulas) else ""


def relation_ids(judged: tuple[Judged, ...]) -> tuple[str, ...]:
    """A name for each relation that survives edits elsewhere: its text, and how often that occurred before it."""
    seen: dict[str, int] = {}
    ids = []
    for one in judged:
        key = "|".join(_plain(part) for part in (one.left, one.relation, one.right))
        seen[key] = seen.get(key, 0) + 1
        ids.append(_digest(f"{key}|{seen[key]}"))
    return tuple(ids)


def diagnostics(examined: Examined, selection: Selection) -> tuple[Diagnostic, ...]:
    """Every finding in a document that a selected rule speaks about, in order of place."""
    ids, selection = relation_ids(examined.judged), selection.at(examined.document.path)
    found = [_finding(examined.document, j, i, selection) for j, i in zip(examined.judged, ids, strict=True)]
    notes = [_note(examined.document, damage, n) for n, damage in enumerate(examined.document.damages)]
    remarks = [_remark(examined.document, remark, n) for n, remark in enumerate(examined.remarks)]
    spoken = [d for d in [*found, *notes, *remarks] if d is not None and selection.speaks(d.code)]
    return tuple(sorted(spoken, key=lambda d: (d.span.start, d.span.end)))


def repair_of(verdict: Verdict) -> Repair | None:
    """The edit that makes the claim hold, where one is known."""
    return verdict.repair if isinstance(verdict, Refuted | IllFormed) else None


def condition_of(verdict: Verdict) -> str | None:
    """The condition under which the claim holds, where one is known."""
    return verdict.holds_if if isinstance(verdict, Refuted | Supported) else None


def reason_of(verdict: Verdict) -> str | None:
    """Why a relation was not judged."""
    match verdict:
        case Undecided(why=why) | Unread(why=why):
            return why
        case Proved() | Supported() | Refuted() | IllFormed() | NotAClaim():
            return None
        case _:
            assert_never(verdict)


def _finding(document: Document, judged: Judged, id: str, selection: Selection) -> Diagnostic | None:
    damage = damage_of(document, judged)
    severity, code = severity_of(judged, damage, selection.suspicious), code_of(judged)
    if severity is None or code is None:
        return None
    rule, repair = rule_of(code), repair_of(judged.verdict)
    detail = judged.verdict.detail if isinstance(judged.verdict, IllFormed) else None
    span = _tight(document.text, judged.focus or judged.span)
    formula = document.formulas[judged.formula] if judged.formula < len(document.formulas) else None
    edit = edit_for(document, judged, span) if not damage else None
    said = judged.message or detail
    return Diagnostic(
        id=id,
        code=code,
        name=rule.name if rule else None,
        severity=severity,
        headline=rule.headline if rule else "the relation does not hold as it stands",
        message=in_authors_symbols(said) if said else None,
        document=document,
        span=span,
        label=_label(document, span, judged.label, repair),
        facts=_facts(judged, formula.latex if formula else "", damage),
        help=_help(document, span, edit, repair),
        edit=edit,
        subject=_plain(" ".join((judged.left, judged.relation, judged.right))),
    )


def edit_for(document: Document, judged: Judged, focus: Span) -> Edit | None:
    """What mends a finding, as an edit of the source: its repair, or the sign of an approximation."""
    if judged.formula >= len(document.formulas):
        return None
    formula, repair = document.formulas[judged.formula], repair_of(judged.verdict)
    if repair is not None:
        return edit_of(document, formula, judged.span, focus, repair)
    return approximate_sign(document, formula, judged.span) if code_of(judged) == LOOSE_EQUALITY.code else None


def _help(document: Document, focus: Span, edit: Edit | None, repair: Repair | None) -> str | None:
    if repair is not None:
        return f"write {_written(document, focus, edit, repair)} (slip: {repair.slip})"
    return None if edit is None else f"write {edit.text.strip()} for {document.text[edit.span.start : edit.span.end]}"


def _label(document: Document, span: Span, label: str | None, repair: Repair | None) -> str | None:
    if label is None or repair is None:
        return label
    return told_apart(label, document.text[span.start : span.end], repair.latex)


def _written(document: Document, span: Span, edit: Edit | None, repair: Repair) -> str:
    """What should stand in place of the underlined part: in the author's spelling, where the edit is known."""
    if edit is None or edit.span.start < span.start or span.end < edit.span.end:
        return repair.latex
    before, after = document.text[span.start : edit.span.start], document.text[edit.span.end : span.end]
    return _plain(f"{before}{edit.text}{after}")


def _tight(text: str, span: Span) -> Span:
    """The span without blanks at its ends, and within the text."""
    start = min(max(span.start, 0), len(text))
    end = min(max(span.end, start), len(text))
    inside = text[start:end]
    if not inside.strip():
        return Span(start, end)
    return Span(start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip()))


def _facts(judged: Judged, latex: str, damage: str) -> tuple[tuple[str, str], ...]:
    witness = _witness(judged.verdict.by, latex) if isinstance(judged.verdict, Refuted) else None
    said = (
        ("read as", judged.read_as),
        ("repaired", f"this formula was damaged ({damage}) and is read as it stood before" if damage else None),
        ("where", in_authors_symbols("; ".join(judged.where)).replace("(line 0)", "(from the configuration)")),
        ("witness", witness),
        ("holds if", condition_of(judged.verdict)),
        ("derived", f"step by step: errata derive {judged.derived}" if judged.derived else None),
    )
    return tuple((key, value) for key, value in said if value)


def _witness(by: Counterexample, latex: str) -> str:
    values = ", ".join(f"{as_written(name, latex)}={value}" for name, value in by.witness)
    sides = f"the left side is {by.left}, the right side is {by.right}"
    return f"{values}: {sides}" if values else sides


def _note(document: Document, damage: Damage, number: int) -> Diagnostic:
    rule = rule_of(DAMAGED)
    text = document.text[damage.span.start : damage.span.end]
    return Diagnostic(
        id=_digest(f"{DAMAGED}|{damage.kind}|{_plain(text)}|{number}"),
        code=DAMAGED,
        name=rule.name if rule else None,
        severity=Severity.NOTE,
        headline=rule.headline if rule else damage.kind,
        message=damage.message,
        document=document,
        span=_tight(document.text, damage.span),
    )


def remark_severity(remark: Remark) -> Severity:
    """A remark warns or notes; it is never an error, since it is about no relation."""
    return Severity.WARNING if remark.rule.startswith("W") else Severity.NOTE


def _remark(document: Document, remark: Remark, number: int) -> Diagnostic:
    rule = rule_of(remark.rule)
    text = document.text[remark.span.start : remark.span.end]
    return Diagnostic(
        id=_digest(f"{remark.rule}|{_plain(text)}|{number}"),
        code=remark.rule,
        name=rule.name if rule else None,
        severity=remark_severity(remark),
        headline=rule.headline if rule else "a remark",
        message=remark.message,
        document=document,
        span=_tight(document.text, remark.span),
        help=remark.help,
        subject=_plain(text),
    )


def _plain(text: str) -> str:
    return " ".join(text.split())


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
