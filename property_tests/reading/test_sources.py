"""From bytes to documents: encodings, line ends, what isn't text, and which reader takes what."""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errata.checking.judgement import Examined
from errata.reading.document import Place
from errata.reading.plain_text import MAX_CHARACTERS
from errata.reading.sources import READERS, ReadingError, read_document
from errata.reporting.renderers.summary import coverage
from errata.reporting.report import Report


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"a\r\nb $x$", Place(2, 4)),
        (b"a\rb $x$", Place(2, 4)),
        (b"\xef\xbb\xbf$x$", Place(1, 2)),
        ("é $x$".encode(), Place(1, 4)),
        ("é $x$".encode("latin-1"), Place(1, 4)),
        (b"a\x00b $x$", Place(1, 6)),
        ("a\n$x$".encode("utf-16"), Place(2, 2)),
        ("a\u2028b\x0c $x$", Place(1, 7)),
        ("\ud800 $x$", Place(1, 4)),
    ],
)
def test_places_are_exact_in_any_encoding(data: bytes | str, place: Place) -> None:
    page = read_document("page.md", data)
    (formula,) = page.formulas
    assert page.place(formula.span.start) == place


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_an_empty_file_is_no_crash(suffix: str) -> None:
    if suffix == ".ipynb":
        pytest.skip("an empty file is no notebook: see test_notebook")
    assert read_document("page" + suffix, b"").formulas == ()


def test_standard_input_is_markdown_or_latex(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [f.latex for f in read_document("-", "`$a$` $b$").formulas] == ["b"]
    assert [f.latex for f in read_document("-", "\\section{A} % $a$\n$b$").formulas] == ["b"]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"$x$")))
    assert [f.latex for f in read_document("-").formulas] == ["x"]


def test_suffixes_in_capitals() -> None:
    assert len(read_document("PAGE.MD", "$x$").formulas) == 1


def test_each_error_says_what_and_why_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    bad: list[tuple[str, bytes | None]] = [
        (str(tmp_path / "absent.md"), None),
        (str(tmp_path / "folder.md"), None),
        ("nul\0.md", None),
        ("notes.docx", b"x"),
        ("page.md", b"%PDF-1.4" + bytes(range(256)) * 8),
        ("page.md", b"x" * (MAX_CHARACTERS + 1)),
        ("page.ipynb", b"{"),
    ]
    for path, data in bad:
        with pytest.raises(ReadingError) as caught:
            read_document(path, data)
        assert caught.value.path == path
        assert caught.value.why
        assert caught.value.remedy


def test_a_line_of_fifty_megabytes_is_refused_at_once() -> None:
    start = time.process_time()
    with pytest.raises(ReadingError, match="longer than"):
        read_document("page.md", b"$x" * 25_000_000)
    assert time.process_time() - start < 5


@given(st.binary(max_size=200), st.sampled_from(sorted(READERS)))
def test_random_bytes_never_crash(data: bytes, suffix: str) -> None:
    try:
        page = read_document("page" + suffix, data)
    except ReadingError:
        return
    for formula in page.formulas:
        assert 0 <= formula.span.start < formula.span.end <= len(page.text)


def test_reading_stays_light() -> None:
    import subprocess

    rooms = "errata.reading.sources, errata.reading.discover"
    code = f"import sys, {rooms}; print({{'sympy', 'numpy', 'rich'}} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("Bézier: $x$".encode("cp1252"), "Bézier: $x$", "Windows-1252"),
        ("Bézier: $x$".encode("utf-16"), "Bézier: $x$", "UTF-16"),
        ("Bézier: $x$".encode(), "Bézier: $x$", ""),
        ("Bézier: ".encode() + b"\xff $x$", "Bézier: \ufffd $x$", "UTF-8 with broken characters"),
    ],
)
def test_what_is_not_utf_8_is_read_and_said(data: bytes, text: str, encoding: str) -> None:
    page = read_document("a.md", data)
    assert (page.text, page.encoding) == (text, encoding) and [f.latex for f in page.formulas] == ["x"]
    said = "\n".join(coverage(Report((Examined(page, (), 1),))))
    assert (f"not in UTF-8, and read as told: a.md ({encoding})" in said) is bool(encoding)
