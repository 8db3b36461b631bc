"""``errata repair`` prints a page that is read without damage, and changes nothing else in it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from errata.cli import main
from errata.reading.markdown import read_markdown

PAGE = """\
# Means

* The mean (\\mu) of (x_1) (see below):
  [
  \\mu*{1} = \\mathbb{E}*{u}[u]

  * \\delta
    ]

An [aside] stays, and $y$ too.
"""
MENDED = """\
# Means

* The mean $\\mu$ of $x_1$ (see below):
  $$
  \\mu_{1} = \\mathbb{E}_{u}[u]
  + \\delta
  $$

An [aside] stays, and $y$ too.
"""


def repaired(path: Path) -> Result:
    return CliRunner().invoke(main, ["repair", str(path)])


def test_the_page_is_mended_and_the_file_left_as_it_is(tmp_path: Path) -> None:
    page = tmp_path / "chat.md"
    page.write_text(PAGE)
    ran = repaired(page)
    assert (ran.exit_code, ran.stdout) == (0, MENDED)
    assert "3 formulas mended" in ran.stderr and "+ is written for them: see the formulas of line 5" in ran.stderr
    assert page.read_text() == PAGE


def test_what_is_printed_is_read_as_the_damaged_page_was(tmp_path: Path) -> None:
    before, after = read_markdown(PAGE, "a.md"), read_markdown(MENDED, "a.md")
    assert ["".join(f.latex.split()) for f in before.formulas] == ["".join(f.latex.split()) for f in after.formulas]
    assert before.damages and not after.damages


def test_a_sound_page_is_printed_as_it_is(tmp_path: Path) -> None:
    page = tmp_path / "sound.md"
    page.write_text(MENDED)
    assert repaired(page).stdout == MENDED


def test_what_cannot_be_read_says_so(tmp_path: Path) -> None:
    ran = repaired(tmp_path / "gone.md")
    assert ran.exit_code == 2 and "there is no such file" in ran.stderr
