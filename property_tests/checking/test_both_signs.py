"""Formulas that were read as repaired: what is wrong in them is a warning, and a lost sign decides nothing."""

from __future__ import annotations

from claims.verdict import Refuted, Undecided
from errata.checking.both_signs import DIFFERS, SEVERAL
from errata.checking.examine import examine
from errata.checking.judgement import Examined, Judged
from errata.checking.options import Options
from errata.reading.sources import read_document
from errata.reporting.diagnostic import diagnostics
from errata.reporting.rules.rule import Severity
from errata.reporting.selection import Selection


def examined(inside: str) -> Examined:
    return examine(read_document("page.md", f"So\n\n[\n{inside}\n]\n\nwith (\\theta).\n"), Options())


def judged(inside: str) -> Judged:
    (one,) = examined(inside).judged
    return one


def test_a_finding_in_a_repaired_formula_is_a_warning_that_names_the_damage() -> None:
    found = examined("\\frac{1}{2} + \\frac{1}{3} = \\frac{2}{3}")
    (said,) = diagnostics(found, Selection())[1:2]
    assert isinstance(found.judged[0].verdict, Refuted)
    assert said.severity is Severity.WARNING and said.edit is None
    assert "its delimiters were lost" in dict(said.facts)["repaired"]


def test_the_same_in_a_sound_formula_is_an_error() -> None:
    page = read_document("page.md", "So $\\frac{1}{2} + \\frac{1}{3} = \\frac{2}{3}$.\n")
    (said,) = diagnostics(examine(page, Options()), Selection())
    assert said.severity is Severity.ERROR and "repaired" not in dict(said.facts)


def test_what_holds_with_one_sign_alone_is_undecided() -> None:
    for result in ("\\frac{5}{6}", "\\frac{1}{6}"):
        verdict = judged(f"{result} = \\frac{{1}}{{2}}\n\n* \\frac{{1}}{{3}}").verdict
        assert isinstance(verdict, Undecided) and verdict.why == DIFFERS


def test_what_is_wrong_with_both_signs_is_wrong() -> None:
    assert isinstance(judged("\\frac{5}{7} = \\frac{1}{2}\n\n* \\frac{1}{3}").verdict, Refuted)


def test_of_several_lost_signs_not_all_ways_are_tried() -> None:
    verdict = judged("\\frac{5}{7} = \\frac{1}{2}\n\n* \\frac{1}{3}\n* \\frac{1}{5}").verdict
    assert isinstance(verdict, Undecided) and verdict.why == SEVERAL
