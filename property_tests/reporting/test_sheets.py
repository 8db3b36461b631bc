"""The errata sheets: pages are what the entries render to, every command exists, and nothing is quoted."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from derivations.catalogue import derivations
from errata.cli import main
from errata.reporting.rules.catalogue import rule_of
from errata.reporting.sheets import counts, rendered, sheet_of
from numerics.counterexamples.catalogue import BY_NAME
from property_tests.reading.shared import LECTURES, SHARED

FOLDER = Path(__file__).parents[2] / "docs" / "errata"
SOURCES = sorted(FOLDER.glob("*.toml"))
SHEETS = [sheet_of(path.read_text(encoding="utf-8")) for path in SOURCES]
WORDS_IN_COMMON = 6
"""So many words in a row, as in a lecture, would be a quotation."""
each_sheet = pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.lecture)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_each_page_is_what_its_entries_render_to(path):
    page = rendered(sheet_of(path.read_text(encoding="utf-8")))
    assert path.with_suffix(".md").read_text(encoding="utf-8") == page, (
        "run python -m errata.reporting.sheets docs/errata"
    )


def test_there_are_five_and_the_overview_counts_them():
    overview = (FOLDER / "index.md").read_text(encoding="utf-8")
    rows = [
        f"| [{sheet.lecture}]({path.stem}.md) | {' | '.join(str(n) for n in counts(sheet).values())} |"
        for path, sheet in zip(SOURCES, SHEETS, strict=True)
    ]
    assert len(rows) == 5
    assert [row for row in rows if row not in overview] == []


@each_sheet
def test_every_command_exists(sheet):
    known = {derivation.claim.name for derivation in derivations()}
    for entry in sheet.entries:
        assert set(entry.refute) <= BY_NAME.keys()
        assert set(entry.derive) <= known
        assert all(rule_of(code) for code in entry.check)


def test_every_refuted_statement_stands_in_a_sheet():
    used = {name for sheet in SHEETS for entry in sheet.entries for name in entry.refute}
    assert sorted(BY_NAME.keys() - used) == []


@pytest.mark.parametrize(
    "spoiled",
    [
        'gravity = "grave"\nrefute = ["likelihood_is_unbiased"]',
        'gravity = "wrong"',
    ],
    ids=["an unknown gravity", "no command"],
)
def test_a_bad_entry_is_refused(spoiled):
    with pytest.raises(ValueError, match=r"gravity|no command"):
        sheet_of(f'lecture = "a"\nsha256 = "b"\n[[entry]]\nlines = [1]\nsays = "x"\nright = "y"\n{spoiled}\n')


def lecture(name: str) -> Path:
    path = SHARED / LECTURES / name
    if not path.exists():
        pytest.skip("../shared is absent: the lectures are not part of the project")
    return path


@each_sheet
def test_lines_are_those_of_the_lecture_that_was_read(sheet):
    data = lecture(sheet.lecture).read_bytes()
    assert hashlib.sha256(data).hexdigest() == sheet.sha256
    text = data.decode("utf-8").split("\n")
    assert [n for entry in sheet.entries for n in entry.lines if not text[n - 1].strip()] == []


@each_sheet
def test_no_sentence_of_the_lecture_is_quoted(sheet):
    source = runs(lecture(sheet.lecture).read_text(encoding="utf-8"))
    assert sorted(source & runs(rendered(sheet))) == []


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of words of a text; single letters are formulas."""
    words = re.findall(r"[a-z]{2,}", text.lower())
    return {tuple(words[i : i + WORDS_IN_COMMON]) for i in range(len(words) - WORDS_IN_COMMON + 1)}


CHECKED = [sheet for sheet in SHEETS if any(entry.check for entry in sheet.entries)]


@pytest.mark.parametrize("sheet", CHECKED, ids=lambda sheet: sheet.lecture)
def test_what_the_sheets_take_from_check_is_what_check_finds(sheet, tmp_path):
    """The part of a lecture that holds the codes, its lines where they were: a whole page may take twelve seconds."""
    wanted = {(line, code) for entry in sheet.entries for line in entry.lines for code in entry.check}
    text = lecture(sheet.lecture).read_text(encoding="utf-8").split("\n")
    near = [i for line, _ in wanted for i in range(line - 60, line + 5)]
    part = "\n".join(row if n in near else "" for n, row in enumerate(text, 1))
    target = tmp_path / sheet.lecture
    target.write_text(part, encoding="utf-8")
    ran = CliRunner().invoke(main, ["check", str(target), "--format", "json"])
    (document,) = json.loads(ran.stdout)["documents"]
    assert {(r["line"], r["code"]) for r in document["relations"] if r["severity"]} == wanted
