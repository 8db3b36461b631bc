"""The report for people, word for word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from claims.evidence import Counterexample
from claims.records import replace
from claims.verdict import Refuted, Undecided
from errata.checking.judgement import Examined
from errata.reading.document import Document, Formula
from errata.reporting.renderers.concise import concise
from errata.reporting.renderers.github import github
from errata.reporting.renderers.ink import Ink
from errata.reporting.renderers.json_report import as_json
from errata.reporting.renderers.look import Look
from errata.reporting.renderers.sarif import sarif
from errata.reporting.renderers.text import text
from errata.reporting.report import Report
from errata.reporting.selection import Selection
from property_tests.reporting import samples as s

SUMMARY = (
    "8 formulas, 8 relations: 1 proved, 2 supported, 1 refuted, 1 ill-formed, 1 undecided, 1 unread, 1 not claims, "
    "1 warning, 1 file not readable"
)
JUDGED = "judged 5 of 7 claims (71 %): 3 hold, 2 wrong; 2 not judged; 1 definition or given not checked"

ROUNDING = """\
error[E302 wrong-rounding]: the printed decimal is not the correct rounding of the value
 --> notes/coin.md:3:32
  |
3 | A fair coin costs $-\\log 0.5 = 0.694$ nats.
  |                                ^^^^^ the value is 0.693
  |
  = finding  0.6931 rounds to 0.693
  = read as  -\\log 0.5 = 0.694
  = where    log is natural
  = witness  the left side is 0.693147…, the right side is 0.694
help: write 0.693 (slip: last-digit)
"""

LOOSE = """\
warning[W306 loose-equality]: "=" stands where only "≈" holds
 --> notes/coin.md:4:50
  |
4 | Also $1 + 1 = 2$, $\\sin^2 x + \\cos^2 x = 1$ and $e^8 = 2981$.
  |                                                  ^^^^^^^^^^ e^8 is 2980.95…
  |
  = read as  e^8 = 2981
  = holds if = is read as ≈
help: write \\approx for =
"""

LENGTH = """\
error[E304 wrong-length]: vectors of different lengths are said to be equal
  --> notes/coin.md:7:1
   |
 7 | \\begin{aligned}
   | ^^^^^^^^^^^^^^^
 8 | (1, 2)
   | ^^^^^^
 9 |   &= (1, 2, 3)
   |   ^^^^^^^^^^^^
10 | \\end{aligned}
   | ^^^^^^^^^^^^^ 2 entries against 3
   |
   = read as  (1, 2) = (1, 2, 3)
"""

CLOSE = f"""\
more about E302, E304 and W306: errata explain E302
7 of 8 formulas fully read, 1 place damaged by text extraction (--select N401 shows them)
{JUDGED}
{SUMMARY}
"""

NOTE = """\
note[N401 damaged-formula]: text extraction broke a formula here
  --> notes/coin.md:14:1
   |
14 | [ z = z'*i ]
   | ^^^^^^^^^^^^ display brackets lost their backslashes
   |
"""

READINGS = """\
notes/coin.md:3:20: refuted: -\\log 0.5 = 0.694
notes/coin.md:4:7: proved: 1 + 1 = 2
notes/coin.md:4:20: supported: \\sin^2 x + \\cos^2 x = 1 if x is real
notes/coin.md:4:50: supported: e^8 = 2981 if = is read as ≈
notes/coin.md:7:1: ill-formed: (1, 2) = (1, 2, 3)
notes/coin.md:13:6: not-a-claim: a = 3
notes/coin.md:13:20: undecided: p(a) = q (no route applies)
notes/coin.md:13:35: unread: \\foo = 1 (\\foo is not known)
"""

CLOSE_VERBOSE = f"""\
more about E302, E304, N401 and W306: errata explain E302
not judged, because:
     1  \\foo is not known
          notes/coin.md:13:35
     1  no route applies
          notes/coin.md:13:20
more about one: errata why FILE:LINE
7 of 8 formulas fully read, 1 place damaged by text extraction (--select N401 shows them)
{JUDGED}
{SUMMARY}
"""


def test_text() -> None:
    assert text(s.REPORT, Look()) == "\n".join((ROUNDING, LOOSE, LENGTH, CLOSE))


def test_text_very_verbose() -> None:
    assert text(s.REPORT, Look(verbose=2)) == "\n".join((ROUNDING, LOOSE, LENGTH, NOTE, READINGS, CLOSE_VERBOSE))


def test_quiet_keeps_errors_and_the_summary() -> None:
    assert text(s.REPORT, Look(quiet=True)) == "\n".join((ROUNDING, LENGTH, f"{JUDGED}\n{SUMMARY}\n"))


def test_what_is_silenced_is_said() -> None:
    report = replace(s.REPORT, selection=Selection(ignore=("E",)))
    assert text(report, Look()).startswith("warning[W306")
    assert "\n2 findings silenced by --select, --ignore or the configuration\n" in text(report, Look())


def test_notes_come_when_they_are_selected() -> None:
    assert text(replace(s.REPORT, selection=Selection(select=("N401",))), Look()).startswith(NOTE)


def test_reasons_about_different_names_are_taken_together() -> None:
    whys = ["x has no value", "y has no value", "y has no value", "z has no value", "a has a limit", "late"]
    judged = tuple(replace(s.UNDECIDED, verdict=Undecided((), why)) for why in whys)
    said = text(Report((replace(s.EXAMINED, judged=judged),)), Look(verbose=1))
    groups = [line for line in said.splitlines() if line.startswith("     ") and not line.startswith("      ")]
    assert groups == ["     4  … has no value", "     1  a has a limit", "     1  late"]
    assert said.count("          notes/coin.md:13:20\n") == 6


def test_nothing_to_say() -> None:
    clean = Report((replace(s.EXAMINED, judged=(s.PROVED,), document=replace(s.DOCUMENT, damages=())),))
    assert text(clean, Look()) == (
        "7 of 8 formulas fully read\njudged 1 of 1 claim (100 %): 1 holds, 0 wrong\n"
        "8 formulas, 1 relation: 1 proved, 0 supported, 0 refuted, 0 ill-formed, "
        "0 undecided, 0 unread, 0 not claims, 0 warnings\n"
    )


def test_witness_names_its_variables() -> None:
    by = Counterexample("ball", (("m_1", "0"), ("s_1", "1")), "3/2", "1/2", "", True, True)
    report = Report((replace(s.EXAMINED, judged=(replace(s.WRONG_ROUNDING, verdict=Refuted(by, "log is base 2")),)),))
    said = text(report, Look())
    assert "= witness  m_1=0, s_1=1: the left side is 3/2, the right side is 1/2\n" in said
    assert "= holds if log is base 2\n" in said


def test_colour_adds_nothing_but_colour() -> None:
    import re

    painted = text(s.REPORT, Look(Ink(True)))
    assert "\x1b[1;31merror[E302 wrong-rounding]\x1b[0m" in painted
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == text(s.REPORT, Look())


def test_cells_of_a_notebook_are_named() -> None:
    document = replace(s.DOCUMENT, path="a.ipynb", cells=(0, s.TEXT.index("A fair")), cell_numbers=(1, 4))
    report = Report((replace(s.EXAMINED, document=document),))
    assert " --> a.ipynb:cell 4:1:32\n  |\n1 | A fair coin" in text(report, Look())


def test_concise() -> None:
    assert concise(s.REPORT, Look()) == (
        "notes/coin.md:3:32: E302 0.6931 rounds to 0.693; write 0.693 (slip: last-digit)\n"
        "notes/coin.md:4:50: W306 e^8 is 2980.95…; write \\approx for =\n"
        "notes/coin.md:7:1: E304 2 entries against 3\n"
        f"{SUMMARY}; {JUDGED}\n"
    )


HOSTILE = st.text(alphabet="ab\\$ \t\r\n\x1b\x07\u202e語\ud800%:,#", max_size=40)


@given(HOSTILE, HOSTILE, st.integers(-5, 60), st.integers(-5, 60), st.integers(1, 200))
def test_no_renderer_breaks_or_lets_an_escape_through(said: str, notes: str, start: int, end: int, width: int) -> None:
    document = Document(said or "-", notes, (Formula(notes, s.Span(0, len(notes)), False, "$"),))
    odd = replace(
        s.WRONG_ROUNDING,
        formula=0,
        span=s.Span(start, end),
        left=said,
        read_as=said,
        where=(said, notes),
        message=said,
        focus=None,
        label=notes,
        derived=said,
    )
    report = Report((Examined(document, (odd,), 0), replace(s.UNREADABLE, path=said, why=notes)))
    for rendered in (text(report, Look(verbose=2, width=width)), concise(report, Look()), github(report)):
        assert not any(c in rendered for c in "\x1b\x07\u202e\r\ud800")
    for rendered in (as_json(report), sarif(report)):
        assert rendered.isascii() and "\x1b" not in rendered
