"""Carets stand right under what they mark, in any line and any window."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errata.reading.document import Span
from errata.reporting.renderers.excerpt import MOST_LINES, Row, excerpt
from errata.reporting.renderers.glyphs import glyph, visible

ALPHABET = "ab\\{}$ =\t\r\n\x1b\x00\u202e\u200d語ａ́α\U0001f600\ud800한각"
texts = st.text(alphabet=ALPHABET, max_size=120) | st.text(max_size=60)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, Span, int]:
    """A text, a span in it, and the width of a window."""
    text = draw(texts)
    start = draw(st.integers(0, len(text)))
    return text, Span(start, draw(st.integers(start, len(text)))), draw(st.integers(10, 60))


def columns(shown: str) -> int:
    """Width of a rendered string, counted without the code under test."""
    wide = sum(2 if unicodedata.east_asian_width(c) in ("W", "F") else 1 for c in shown)
    joined = sum(unicodedata.category(c) in ("Mn", "Me") or "\u1160" <= c <= "\u11ff" for c in shown)
    doubled = sum("\u1160" <= c <= "\u11ff" and unicodedata.east_asian_width(c) in ("W", "F") for c in shown)
    return wide - joined - doubled


def above(row: Row) -> str:
    """The part of the source that lies over the carets."""
    picked, at = "", 0
    for char in row.source:
        step = columns(char)
        if row.indent <= at < row.indent + row.marked and (
            step or picked
        ):  # a leading accent belongs to what is before
            picked += char
        at += step
    return picked


def safe(text: str) -> str:
    return "".join(glyph(char).text for char in text)


@given(marked())
def test_carets_stand_under_what_they_mark(case: tuple[str, Span, int]) -> None:
    text, span, room = case
    rows = [row for row in excerpt(text, span, room) if row]
    pieces = text[span.start : span.end].split("\n")
    for row in rows:
        assert columns(row.source) <= room
        assert row.indent + row.marked <= room + 1
        wanted = safe(pieces[row.number].strip()) if row.number < len(pieces) else ""
        if row.marked and wanted and columns(wanted[0]) > 0:
            got = above(row)
            assert wanted.startswith(got) and got


@given(marked())
def test_what_fits_is_marked_whole(case: tuple[str, Span, int]) -> None:
    text, span, _ = case
    rows = [row for row in excerpt(text, span, 10_000) if row]
    pieces = text[span.start : span.end].split("\n")
    for row in rows:
        wanted = safe(pieces[row.number].strip()) if row.number < len(pieces) else ""
        assert row.marked == (max(1, columns(wanted)) if wanted or row.number == 0 else 0)


@given(marked())
def test_nothing_that_a_terminal_obeys_is_shown(case: tuple[str, Span, int]) -> None:
    text, span, room = case
    for row in excerpt(text, span, room):
        shown = row.source if row else ""
        assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in shown + visible(text))


@pytest.mark.parametrize(
    ("text", "part", "source", "carets"),
    [
        ("\ta = b", "a", "    a = b", "    ^"),
        ("語 = 字", "字", "語 = 字", "     ^^"),
        ("e\u0301 = f", "f", "e\u0301 = f", "    ^"),
        ("x\x1b[31m = y", "y", "x␛[31m = y", "         ^"),
        ("a\u202eb = c", "c", "a\ufffdb = c", "      ^"),
        ("a = b\r\nc", "b", "a = b", "    ^"),
    ],
)
def test_examples(text: str, part: str, source: str, carets: str) -> None:
    start = text.index(part)
    [row] = excerpt(text, Span(start, start + len(part)), 80)
    assert row is not None
    assert (row.source, " " * row.indent + "^" * row.marked) == (source, carets)


def test_a_long_line_is_cut_around_the_mark() -> None:
    text = "a" * 500 + "WRONG" + "b" * 500
    [row] = excerpt(text, Span(500, 505), 40)
    assert row is not None
    assert row.source.startswith("…a") and row.source.endswith("b…") and len(row.source) == 40
    assert row.source[row.indent : row.indent + row.marked] == "WRONG"


def test_a_mark_longer_than_the_window_begins_in_it() -> None:
    [row] = excerpt("a" * 50 + "W" * 500, Span(50, 550), 40)
    assert row is not None
    assert "W" * row.marked in row.source and 20 < row.marked < 40


def test_fifty_megabytes_on_one_line_cost_nothing() -> None:
    text = "x" * 50_000_000
    [row] = excerpt(text, Span(25_000_000, 25_000_005), 80)
    assert row is not None and row.marked == 5 and len(row.source) == 80


def test_the_middle_of_many_lines_is_left_out() -> None:
    text = "\n".join(f"line {n}" for n in range(MOST_LINES + 5))
    rows = excerpt(text, Span(0, len(text)), 80)
    assert [row.number if row else None for row in rows] == [0, 1, 2, None, 9, 10]
