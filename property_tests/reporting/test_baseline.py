"""The baseline: what is accepted stays quiet, what is new speaks, what is gone is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.records import replace
from errata.reporting.baseline import Baseline, BaselineError, Entry, as_text, empty, read_baseline
from errata.reporting.renderers.json_report import as_json
from errata.reporting.renderers.sarif import sarif
from errata.reporting.report import Report, tally
from errata.reporting.rules.rule import Severity
from errata.reporting.selection import Selection
from property_tests.reporting import samples as s
from property_tests.test_cli import FAULTY, run

ENTRIES = (
    Entry("notes/coin.md", "E302", "-\\log 0.5 = 0.694", 1),
    Entry("notes/coin.md", "E304", "(1, 2) = (1, 2, 3)", 1),
    Entry("notes/coin.md", "W306", "e^8 = 2981", 1),
)
"""What is found in the sample."""
TWICE = replace(s.EXAMINED, judged=(s.WRONG_ROUNDING, s.WRONG_ROUNDING))


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The document of the sample, named from the folder of the test."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "coin.md").write_text(s.TEXT)
    monkeypatch.chdir(tmp_path)


def beside(*entries: Entry, examined: object = s.EXAMINED, selection: Selection | None = None) -> Report:
    known = Baseline(frozenset(entries), str(Path.cwd()))
    return Report((examined,), selection or Selection(), baseline=known)  # type: ignore[arg-type]


def write(path: str, *entries: Entry) -> str:
    Path(path).write_text(as_text(entries))
    return path


# matching


def test_what_is_accepted_is_neither_shown_nor_counted() -> None:
    report = beside(*ENTRIES[1:])
    assert [d.code for d in report.diagnostics if d.severity is not Severity.NOTE] == ["E302"]
    assert (tally(report).accepted, tally(report).warnings, tally(report).stale) == (2, 0, 0)
    assert report.silenced == 0


def test_a_finding_is_known_by_document_code_text_and_occurrence() -> None:
    first = ENTRIES[0]
    for other in ({"path": "coin.md"}, {"code": "E301"}, {"formula": "1 = 2"}, {"occurrence": 2}):
        assert not beside(replace(first, **other)).accepted  # type: ignore[arg-type]
    assert len(beside(first, examined=TWICE).accepted) == 1
    assert len(beside(first, replace(first, occurrence=2), examined=TWICE).accepted) == 2


def test_edits_above_and_other_blanks_do_not_matter() -> None:
    def below(text: str) -> int:
        moved = replace(s.WRONG_ROUNDING, span=s.Span(60, 70), left="-\\log   0.5")
        document = replace(s.DOCUMENT, text=text + s.TEXT)
        return len(beside(ENTRIES[0], examined=replace(s.EXAMINED, document=document, judged=(moved,))).accepted)

    assert below("Some new lines.\n\n") == 1


def test_notes_need_no_accepting() -> None:
    report = beside(*ENTRIES)
    assert [d.severity for d in report.diagnostics] == [Severity.NOTE]
    assert [e for e in empty("x").entries_of(report.found) if e is None] == [None]


# stale entries


def test_an_entry_that_is_no_longer_found_is_stale() -> None:
    gone = Entry("notes/coin.md", "E301", "1 = 2", 1)
    assert beside(*ENTRIES, gone).stale == (gone,)


def test_an_entry_of_a_document_that_was_not_looked_at_is_stale_only_where_the_document_is_gone() -> None:
    Path("notes/other.md").write_text("x")
    there, gone = Entry("notes/other.md", "E301", "1 = 2", 1), Entry("notes/no-more.md", "E301", "1 = 2", 1)
    assert beside(there, gone, Entry("-", "E301", "1 = 2", 1)).stale == (gone,)


def test_an_entry_of_a_rule_that_may_not_speak_is_not_stale() -> None:
    assert beside(*ENTRIES, selection=Selection(ignore=("E302",))).stale == ()


# the file


@given(
    st.frozensets(
        st.builds(Entry, st.text(max_size=9), st.sampled_from(["E301", "W303"]), st.text(max_size=9), st.integers(1, 9))
    )
)
def test_what_is_written_is_read_again(entries: frozenset[Entry]) -> None:
    write("some.json", *entries)
    assert read_baseline("some.json").entries == entries


def test_the_file_is_sorted_so_that_it_can_be_compared() -> None:
    assert as_text(ENTRIES) == as_text(reversed(ENTRIES))  # type: ignore[arg-type]
    assert [e["code"] for e in json.loads(as_text(ENTRIES))["accepted"]] == ["E302", "E304", "W306"]


ENTRY = {"path": "a.md", "code": "E302", "formula": "1 = 2", "occurrence": 1}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "its JSON is broken at line 1"),
        ("[]", 'it has no "version" and "accepted"'),
        ('{"version": 1}', 'it has no "version" and "accepted"'),
        ('{"version": 2, "accepted": []}', "it has version 2"),
        ('{"version": true, "accepted": []}', "it has version True"),
        ('{"version": 1, "accepted": {}}', '"accepted" must be a list'),
        ([1], "accepted[0] must have"),
        ([{**ENTRY, "line": 3}], "accepted[0] must have"),
        ([{**ENTRY, "path": 3}], "accepted[0].path must be a text, not 3"),
        ([{**ENTRY, "formula": None}], "accepted[0].formula must be a text, not null"),
        ([{**ENTRY, "code": "N401"}], 'accepted[0].code must be a code such as E302, not "N401"'),
        ([{**ENTRY, "occurrence": 0}], "accepted[0].occurrence must be a whole number from 1, not 0"),
        ([{**ENTRY, "occurrence": True}], "accepted[0].occurrence must be a whole number from 1, not true"),
        ([ENTRY, ENTRY], "accepted[1] repeats accepted[0]"),
        ([{**ENTRY, "occurrence": "x" * 99}], "…"),
    ],
)
def test_a_file_of_another_form_is_refused_with_the_reason(content: object, why: str) -> None:
    text = content if isinstance(content, str) else json.dumps({"version": 1, "accepted": content})
    Path("bad.json").write_text(text)
    with pytest.raises(BaselineError) as caught:
        read_baseline("bad.json")
    assert why in str(caught.value)
    ran = run("check", "x", "--baseline", "bad.json")
    assert ran.exit_code == 2 and "is no baseline" in ran.stderr and why in ran.stderr.replace("\n", " ")


@pytest.mark.parametrize(
    ("make", "why"),
    [(lambda p: None, "No such file"), (Path.mkdir, "directory"), (lambda p: p.write_bytes(b"\xff"), "not UTF-8")],
)
def test_a_file_that_cannot_be_read_is_refused(make: Callable[[Path], object], why: str) -> None:
    make(Path("bad.json"))
    ran = run("check", "x", "--baseline", "bad.json")
    assert ran.exit_code == 2 and why in ran.stderr


# the command


def test_what_was_accepted_is_no_reason_to_fail() -> None:
    known = write("known.json", *ENTRIES)
    assert run("check", "x", "--fail-on", "warning").exit_code == 1
    ran = run("check", "x", "--fail-on", "warning", "--baseline", known)
    assert ran.exit_code == 0 and "3 findings accepted by the baseline" in ran.stdout and "E302" not in ran.stdout
    assert run("check", "x", "--baseline", write("some.json", *ENTRIES[1:])).exit_code == 1


def test_stale_entries_are_told_the_first_ones_by_name() -> None:
    gone = [Entry("notes/coin.md", "E301", f"{n} = 0", 1) for n in range(12)]
    printed = run("check", "x", "--baseline", write("known.json", *ENTRIES, *gone)).stdout
    assert "12 entries of the baseline no longer found" in printed and "notes/coin.md: E301 0 = 0" in printed
    assert "and 2 more" in printed
    assert "1 entry of the baseline" in run("check", "x", "--baseline", write("known.json", gone[0])).stdout


def test_a_baseline_is_written_and_accepts_what_was_found() -> None:
    ran = run("check", "x", "--write-baseline", "new.json")
    assert ran.exit_code == 0 and "new.json: 3 accepted, 0 dropped" in ran.stderr
    assert read_baseline("new.json").entries == frozenset(ENTRIES)
    assert run("check", "x", "--baseline", "new.json").exit_code == 0


def test_writing_again_drops_what_is_stale_and_keeps_what_was_not_looked_at() -> None:
    Path("notes/other.md").write_text("x")
    other, gone = Entry("notes/other.md", "E301", "1 = 2", 1), Entry("notes/coin.md", "E301", "1 = 2", 1)
    write("known.json", other, gone)
    assert "4 accepted, 1 dropped" in run("check", "x", "--write-baseline", "known.json").stderr
    assert read_baseline("known.json").entries == {other, *ENTRIES}


def test_one_baseline_is_read_and_another_written_beside_it() -> None:
    run("check", "x", "--baseline", write("old.json", ENTRIES[0]), "--write-baseline", "new.json")
    assert read_baseline("new.json").entries == frozenset(ENTRIES)
    Path("sub").mkdir()
    ran = run("check", "x", "--baseline", "old.json", "--write-baseline", "sub/new.json")
    assert ran.exit_code == 2 and "one folder" in ran.stderr and not Path("sub/new.json").exists()


def test_a_baseline_is_not_written_over_another_file_nor_where_errata_failed() -> None:
    Path("notes.json").write_text("{}")
    assert run("check", "x", "--write-baseline", "notes.json").exit_code == 2
    assert Path("notes.json").read_text() == "{}"
    assert run("check", "x", "--write-baseline", "no/new.json").exit_code == 2
    assert run("check", "x", "--write-baseline", "new.json", results=[FAULTY]).exit_code == 3
    assert not Path("new.json").exists()


def test_paths_start_from_the_folder_of_the_file() -> None:
    run("check", "x", "--write-baseline", "notes/new.json")
    assert {e.path for e in read_baseline("notes/new.json").entries} == {"coin.md"}
    assert run("check", "x", "--baseline", "notes/new.json").exit_code == 0


def test_machine_readable_forms_mark_what_is_accepted() -> None:
    report = beside(ENTRIES[0], Entry("notes/coin.md", "E301", "1 = 2", 1))
    tree = json.loads(as_json(report))
    assert [r["accepted"] for r in tree["documents"][0]["relations"]].count(True) == 1
    assert (tree["summary"]["accepted"], [e["formula"] for e in tree["stale"]]) == (1, ["1 = 2"])
    results = json.loads(sarif(report))["runs"][0]["results"]
    assert [r["ruleId"] for r in results if "suppressions" in r] == ["E302"]
