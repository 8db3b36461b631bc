"""How much was judged, what was named and not followed, and what share a run may ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.records import replace
from claims.verdict import Undecided
from errata.checking.judgement import Examined
from errata.reading.document import Document
from errata.reporting.coverage import coverage_in
from errata.reporting.followed import Left, not_followed
from errata.reporting.renderers.look import Look
from errata.reporting.renderers.summary import judged, per_file, percent
from errata.reporting.renderers.text import text
from errata.reporting.report import Report
from property_tests.reporting import samples as s
from property_tests.test_cli import run


def test_the_shares_add_up() -> None:
    found = coverage_in(s.REPORT)
    assert (found.claims, found.judged, found.hold, found.wrong, found.not_claims) == (7, 5, 3, 2, 1)
    assert found.formulas - found.fully_read == 1


def test_what_is_waived_is_not_judged() -> None:
    waived = replace(s.UNDECIDED, verdict=Undecided((), "skipped by the author: so"), waived=True)
    report = Report((replace(s.EXAMINED, judged=(s.PROVED, waived)),))
    assert (
        judged(report) == "judged 1 of 2 claims (50 %): 1 holds, 0 wrong; 1 not judged, 1 of them waived by the author"
    )


def test_no_claims_are_no_success() -> None:
    assert judged(Report((replace(s.EXAMINED, judged=(s.GIVEN,)),))) == (
        "no claims found; 1 definition or given not checked"
    )


@pytest.mark.parametrize(
    ("share", "said"), [(100, "100 %"), (99.99, "99 %"), (0.4, "under 1 %"), (0, "0 %"), (50.5, "50 %")]
)
def test_a_hundred_percent_is_all(share: float, said: str) -> None:
    assert percent(share) == said


def test_each_of_several_files_has_a_bar() -> None:
    poor = replace(s.EXAMINED, judged=(s.UNDECIDED, s.PROVED), document=replace(s.DOCUMENT, path="notes/b.md"))
    lines = per_file(Report((s.EXAMINED, poor)))
    assert lines[0] == "notes/coin.md  ██████████████░░░░░░  judged 5 of 7 claims, 2 errors"
    assert lines[1] == "notes/b.md     ██████████░░░░░░░░░░  judged 1 of 2 claims"
    assert per_file(Report((s.EXAMINED,))) == []


def test_of_many_files_those_with_the_most_open_claims_are_listed() -> None:
    good = [replace(s.EXAMINED, judged=(s.PROVED,), document=replace(s.DOCUMENT, path=f"{n}.md")) for n in range(40)]
    poor = replace(s.EXAMINED, judged=(s.UNDECIDED,), document=replace(s.DOCUMENT, path="poor.md"))
    lines = per_file(Report((*good, poor)))
    assert len(lines) == 31 and lines[0].startswith("poor.md") and lines[-1].startswith("and 11 more files")


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("book.tex", "\\documentclass{book}\\begin{document}\\include{chapters/one}% \\input{ghost}\n\\end{document}"),
        ("book.qmd", "{{< include chapters/one.tex >}}"),
        ("book.md", "```{include} chapters/one.tex\n```"),
    ],
)
def test_what_is_taken_in_and_not_checked_is_named(
    name: str, source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "one.tex").write_text("So $1 + 1 = 2$.")
    book = Examined(Document(name, source, ()), (), 0)
    chapter = Examined(Document("chapters/one.tex", "So $1 + 1 = 2$.", ()), (), 0)
    assert not_followed(Report((book,))) == (Left("chapters/one.tex", name, 1, True),)
    said = f"warning: named in the notes and not checked in this run: chapters/one.tex ({name}:1)\n"
    assert said in text(Report((book,)), Look())
    assert not_followed(Report((book, chapter))) == ()


def test_a_file_of_macros_is_no_notes(tmp_path: Path) -> None:
    (tmp_path / "macros.tex").write_text("\\newcommand{\\E}{\\mathbb{E}}")
    document = Document(str(tmp_path / "book.tex"), "\\input{macros} and \\input{gone}", ())
    report = Report((Examined(document, (), 0),))
    assert not_followed(report) == (Left(str(tmp_path / "gone.tex"), document.path, 1, False),)
    assert f"warning: named in the notes and not found: {tmp_path / 'gone.tex'}" in text(report, Look())


@pytest.mark.parametrize(("least", "status"), [("71", 0), ("72", 1), ("0", 0), ("100", 1)])
def test_fail_under(least: str, status: int) -> None:
    ran = run("check", "x", "--ignore", "E", "--fail-under", least)
    assert ran.exit_code == status
    assert ("--fail-under asks for" in ran.stderr) is (status == 1)


def test_fail_under_takes_percent() -> None:
    assert run("check", "x", "--fail-under", "101").exit_code == 2
