"""What becomes a finding, how loud it is, and the name it keeps."""

from __future__ import annotations

import pytest

from claims.records import replace
from claims.verdict import Proved, Supported, Undecided, Verdict
from errata.reporting.diagnostic import code_of, diagnostics, relation_ids, severity_of
from errata.reporting.report import Report, tally
from errata.reporting.rules.rule import Severity
from errata.reporting.selection import Selection
from property_tests.reporting import samples as s


@pytest.mark.parametrize(
    ("judged", "severity"),
    [
        (s.WRONG_ROUNDING, Severity.ERROR),
        (s.ILL_FORMED, Severity.ERROR),
        (s.LOOSE, Severity.WARNING),
        (replace(s.WRONG_ROUNDING, rule="W303"), Severity.WARNING),
        (s.PROVED, None),
        (s.SUPPORTED, None),
        (s.GIVEN, None),
        (s.UNDECIDED, None),
        (s.UNREAD, None),
    ],
)
def test_severity_follows_the_verdict_and_the_warning_rules(judged: s.Judged, severity: Severity | None) -> None:
    assert severity_of(judged) is severity


@pytest.mark.parametrize("verdict", [Proved(()), Supported(()), Undecided((), "late")])
def test_no_rule_makes_an_error_of_what_is_not_refuted(verdict: Verdict) -> None:
    assert severity_of(replace(s.WRONG_ROUNDING, verdict=verdict)) is None


def test_a_refutation_without_a_rule_still_has_a_code() -> None:
    assert code_of(replace(s.WRONG_ROUNDING, rule=None)) == "E301"
    assert code_of(s.ILL_FORMED) == "E304"


def test_a_rule_without_a_page_is_reported_all_the_same() -> None:
    odd = replace(s.EXAMINED, judged=(replace(s.WRONG_ROUNDING, rule="E399", message=None),))
    [found] = [d for d in diagnostics(odd, Selection()) if d.severity is Severity.ERROR]
    assert (found.code, found.name, found.title) == ("E399", None, "E399")
    assert found.sentence == found.headline


def test_findings_come_in_order_of_place_and_the_selection_holds() -> None:
    assert [d.code for d in diagnostics(s.EXAMINED, Selection())] == ["E302", "W306", "E304", "N401"]
    assert [d.code for d in diagnostics(s.EXAMINED, Selection(select=("E",)))] == ["E302", "E304"]
    assert [d.code for d in diagnostics(s.EXAMINED, Selection(("E", "W"), ("E302",)))] == ["W306", "E304"]


def test_ids_survive_edits_elsewhere_and_tell_repetitions_apart() -> None:
    one = s.WRONG_ROUNDING
    spaced = replace(one, left="-\\log  0.5 ", span=s.Span(90, 99))
    first, second, other = relation_ids((one, spaced, s.PROVED))
    assert len({first, second, other}) == 3
    assert relation_ids((s.PROVED, spaced)) == (other, first)
    assert all(len(i) == 12 and int(i, 16) >= 0 for i in (first, second, other))


def test_every_relation_is_counted_once() -> None:
    t = tally(s.REPORT)
    each = (t.proved, t.supported, t.refuted, t.ill_formed, t.undecided, t.unread, t.not_a_claim)
    assert each == (1, 2, 1, 1, 1, 1, 1)
    assert sum(each) == t.relations == 8
    assert (t.documents, t.formulas, t.formulas_fully_read, t.warnings) == (1, 8, 7, 1)


def test_reasons_come_with_the_commonest_first() -> None:
    rare, common = replace(s.UNDECIDED, verdict=Undecided((), "a rare one")), s.UNREAD
    report = Report((replace(s.EXAMINED, judged=(rare, common, s.PROVED, common)),))
    assert report.reasons == (("\\foo is not known", 2), ("a rare one", 1))


def test_silenced_findings_are_counted() -> None:
    assert s.REPORT.silenced == 0
    assert replace(s.REPORT, selection=Selection(ignore=("E302", "W"))).silenced == 2


def test_faults_of_unreadable_inputs_count_too() -> None:
    fault = s.Fault("ValueError at x.py:1", None, "trace")
    assert Report((replace(s.UNREADABLE, fault=fault), replace(s.EXAMINED, faults=(fault,)))).faults == (fault, fault)
