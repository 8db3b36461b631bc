"""The report as a site: by its structure always, and in a real browser where there is one."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from claims.evidence import Counterexample
from claims.records import replace
from claims.verdict import Refuted
from errata.checking.judgement import Examined, Judged, Kind
from errata.reading.document import Macro, Span
from errata.reading.sources import read_document
from errata.reporting.report import Report
from errata.reporting.site.formulas import MARKED, marked_latex, script_json
from errata.reporting.site.pages import index_html
from errata.reporting.site.plots import plot_of, svg
from errata.reporting.site.write import pages_of, write_site
from property_tests.reporting import samples as s
from property_tests.test_cli import run

CHROMIUM = os.environ.get("ERRATA_CHROMIUM") or which("chromium") or which("chromium-browser") or which("google-chrome")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
VOID = {"meta", "link", "input", "br"}


class Structure(HTMLParser):
    """Elements with their attributes; raises where they aren't closed in the order in which they were opened."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def having(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for _, attributes in self.found if name in attributes]

    def of_class(self, word: str) -> list[dict[str, str | None]]:
        return [a for _, a in self.found if word in (a.get("class") or "").split()]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write_site(s.REPORT, str(tmp_path / "site"))
    return tmp_path / "site"


def test_every_formula_has_its_state_and_every_finding_its_place(site: Path) -> None:
    page = Structure((site / "notes-coin-md.html").read_text())
    states = [f["data-state"] for f in page.of_class("formula")]
    assert states == ["error", "holds", "holds", "warning", "error", "none", "open", "open"]
    cards = [a["id"] for t, a in page.found if t == "aside"]
    assert [c.split("-")[0] for c in cards if c] == ["E302", "W306", "E304", "N401"]
    linked = {id for f in page.of_class("formula") for id in (f["data-findings"] or "").split()}
    assert linked == {c for c in cards if c and not c.startswith("N")}
    first = page.of_class("formula")[0]
    assert first["data-marked"] == f"-\\log 0.5 = {MARKED}0.694}}"


def test_the_overview_links_to_every_finding(site: Path) -> None:
    index = Structure((site / "index.html").read_text())
    ids = {a.get("id") for a in Structure((site / "notes-coin-md.html").read_text()).having("id")}
    links = [a["href"] or "" for t, a in index.found if t == "a"]
    deep = [link.partition("#")[2] for link in links if link.startswith("notes-coin-md.html#")]
    assert len(deep) == 4 and set(deep) <= ids
    text = (site / "index.html").read_text()
    assert "notes/scan.md" in text and "it is not UTF-8 at byte 3" in text
    assert "judged 5 of 7 claims (71 %)" in text and "no route applies" in text


def test_nothing_comes_from_a_network(site: Path) -> None:
    for page in site.glob("*.html"):
        structure = Structure(page.read_text())
        for attributes in [*structure.having("src"), *(a for t, a in structure.found if t == "link")]:
            target = attributes.get("src") or attributes.get("href") or ""
            assert (site / target).is_file(), target
        assert not any(a for a in structure.having("href") if "//" in (a["href"] or ""))
    assert (site / "assets/katex/LICENSE").read_text().startswith("The MIT License")
    assert len(list((site / "assets/katex/fonts").glob("*.woff2"))) == 20


def test_notes_are_text_and_no_markup(tmp_path: Path) -> None:
    nasty = "# <img src=x onerror=alert(1)>\n\nSo $1 < 2</script><script>alert(1)</script> = 3$ \"'&amp;\ue0005\ue001\n"
    document = replace(read_document("a.md", nasty), macros={"x": Macro("x", 0, "</script><b>")})
    text = write_pages(Report((Examined(document, (), 0),)), tmp_path)
    tags = {tag for tag, _ in Structure(text).found}
    assert "img" not in tags
    assert [a for t, a in Structure(text).found if t == "script" and "src" not in a] == [
        {"type": "application/json", "id": "macros"}
    ]
    assert json.loads(text.split('id="macros">')[1].split("</script>")[0]) == {"\\x": "</script><b>"}
    assert "</" not in script_json(["</script>"])


def write_pages(report: Report, folder: Path) -> str:
    write_site(report, str(folder / "site"))
    return (folder / "site" / pages_of(report)[0].name).read_text()


def test_delimiters_go_and_the_text_stays(tmp_path: Path) -> None:
    notes = "## Two\n\nLet $a$ be\n\n$$\na = 1\n$$\n\n- **one** `x` $b$\n- two\n\n```\n$ code\n```\n"
    text = write_pages(Report((Examined(read_document("a.md", notes), (), 0),)), tmp_path)
    body = text.split('<main class="notes">')[1].split("</main>")[0]
    assert "<h3>Two</h3>" in body and "<li><strong>one</strong> <code>x</code> <span" in body
    assert body.count("$") == 1 and "<pre>```\n$ code\n```</pre>" in body
    latex = "\\documentclass{a}\\newcommand{\\x}{1}\\begin{document}\\section{One}\n"
    latex += "So \\(a\\) and \\[b\\]\n\\end{document}\n"
    text = write_pages(Report((Examined(read_document("a.tex", latex), (), 0),)), tmp_path)
    body = text.split('<main class="notes">')[1].split("</main>")[0]
    assert "documentclass" not in body and "\\(" not in body and "\\]" not in body and "end{document}" not in body


@pytest.mark.parametrize(
    ("part", "whole"),
    [("0.694", True), ("-\\log 0.5 = 0.694", False)],
)
def test_what_can_stand_alone_is_marked(part: str, whole: bool) -> None:
    assert (marked_latex(s.FORMULAS[0], [s.span(part)]) is not None) is whole


def test_an_alignment_is_not_cut() -> None:
    start = s.FORMULAS[4].span.start
    assert marked_latex(s.FORMULAS[4], [Span(start + 4, start + 30)]) is None


def test_only_what_is_ours_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.tex").write_text("years of work")
    ran = run("check", "x", "--format", "html", "--output", str(tmp_path / "mine"))
    assert ran.exit_code == 2 and "holds something else" in ran.stderr
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["thesis.tex"]
    write_site(s.REPORT, str(tmp_path / "site"))
    (tmp_path / "site" / "notes.txt").write_text("a remark")
    other = replace(s.EXAMINED, document=replace(s.DOCUMENT, path="other.md"))
    write_site(Report((other,)), str(tmp_path / "site"))
    assert {p.name for p in (tmp_path / "site").iterdir()} == {
        "assets", "errata-site.json", "index.html", "notes.txt", "other-md.html"
    }  # fmt: skip


def test_html_needs_a_folder(tmp_path: Path) -> None:
    assert "name it with --output" in run("check", "x", "--format", "html").stderr
    (tmp_path / "file").write_text("")
    assert "is a file" in run("check", "x", "--format", "html", "-o", str(tmp_path / "file")).stderr
    ran = run("check", "x", "--format", "html", "-o", str(tmp_path / "deep" / "site"))
    assert ran.exit_code == 1 and ran.stderr == f"the report is in {tmp_path}/deep/site/index.html\n"


def test_documents_of_one_name_have_pages_of_their_own() -> None:
    paths = ("a/b.md", "a-b.md", "index", "é")
    report = Report(tuple(replace(s.EXAMINED, document=replace(s.DOCUMENT, path=p)) for p in paths))
    assert [page.name for page in pages_of(report)] == ["a-b-md.html", "a-b-md-2.html", "index-2.html", "notes.html"]
    assert index_html(report, pages_of(report)).count("<tr><td><a") == 4


# in a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if find_spec("playwright") is None:
        pytest.skip("playwright is not installed: make browser gets it, and Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        program = CHROMIUM or driver.chromium.executable_path  # its own, where that was downloaded
        if not Path(program).exists():
            pytest.skip("Chromium is absent: make browser gets it")
        running = driver.chromium.launch(executable_path=program, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def opened(browser: Any, site: Path) -> Iterator[tuple[Any, list[str]]]:
    """A page of the browser, and what went wrong in it: errors, messages on the console, requests to elsewhere."""
    page, wrong = browser.new_page(), []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: wrong.append(request.url))
    page.on("request", lambda r: wrong.append(r.url) if not r.url.startswith(("file:", "data:")) else None)
    page.goto((site / "notes-coin-md.html").as_uri())
    yield page, wrong
    page.close()
    assert wrong == []


def test_formulas_are_rendered_with_the_wrong_token_marked(opened: tuple[Any, list[str]]) -> None:
    page, _ = opened
    page.wait_for_selector(".formula .katex")
    assert page.locator(".formula").count() == 8
    assert page.locator(".formula.is-error .wrong").first.inner_text() == "0.694"
    assert (
        page.locator(".formula.is-error .wrong").first.evaluate("e => getComputedStyle(e).color") == "rgb(179, 38, 30)"
    )
    assert page.locator("#formula-7 code").count() == 1  # \foo is no command: its source is shown


def test_filters_hide_and_links_lead(opened: tuple[Any, list[str]], site: Path) -> None:
    page, _ = opened
    assert page.locator("aside.finding:visible").count() == 4
    page.uncheck("input[data-severity=error]")
    assert page.locator("aside.finding:visible").count() == 2
    assert page.locator(".filters output").inner_text() == "2 of 4 shown"
    page.uncheck("input[data-code=W306]")
    assert page.locator("aside.finding:visible").count() == 1
    page.goto((site / "index.html").as_uri())
    link = page.locator(".findings a").first
    target = (link.get_attribute("href") or "").partition("#")[2]
    link.click()
    page.wait_for_selector(f"#{target}:target")
    assert page.locator(f"#{target}").is_visible()


def test_keys_move_turn_and_leave(opened: tuple[Any, list[str]]) -> None:
    page, _ = opened
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert (page.locator(".finding.current").get_attribute("id") or "").startswith("W306-")
    page.keyboard.press("k")
    assert (page.locator(".finding.current").get_attribute("id") or "").startswith("E302-")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.keyboard.press("t")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    page.keyboard.press("t")
    page.locator(".formula.is-error").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[id^=E302-]:target")
    page.keyboard.press("u")
    page.wait_for_url("**/index.html")


def test_dark_mode_and_print(opened: tuple[Any, list[str]]) -> None:
    page, _ = opened
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 25, 29)"
    page.emulate_media(media="print")
    assert not page.locator(".filters").is_visible() and page.locator("aside.finding").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_a_book_of_300_pages_opens_in_a_second(browser: Any, tmp_path: Path) -> None:
    many = [replace(s.EXAMINED, document=replace(s.DOCUMENT, path=f"{n:03}.md")) for n in range(300)]
    write_site(Report(tuple(many)), str(tmp_path / "site"))
    page = browser.new_page()
    started = time.monotonic()
    page.goto((tmp_path / "site" / "index.html").as_uri())
    assert page.locator(".findings li").count() == 1200
    seconds = time.monotonic() - started
    page.close()
    assert seconds < 3  # on a quiet machine 0.4


# plots


def refuted(left: str, right: str, witness: tuple[tuple[str, str], ...], said: tuple[str, str]) -> Any:
    by = Counterexample("points", witness, *said, "", True, True)
    whole = Span(0, 1)
    return Judged(0, whole, left, "=", right, Kind.CLAIM, Refuted(by), "")


PAGE = read_document("a.md", "")


def test_both_sides_are_drawn_with_the_witness_on_them() -> None:
    plot = plot_of(refuted("(x + y)^2", "x^2 + y^2", (("x", "2"), ("y", "1/2")), ("6.2500000", "4.2500000")), PAGE)
    assert plot is not None and (plot.name, plot.fixed, plot.witness) == ("x", "y = 0.5", (2.0, 6.25, 4.25))
    assert [round(v, 6) for v in (plot.left[0], plot.right[0])] == [0.25, 0.25]  # they meet at x = 0
    picture = Structure(svg(plot))
    assert [t for t, _ in picture.found].count("circle") == 2
    sides = [a for t, a in picture.found if t == "path" and a.get("class") in ("left", "right")]
    assert len(sides) == 2 and sides[0]["d"] != sides[1]["d"] and all((a["d"] or "").count("L") > 100 for a in sides)


@pytest.mark.parametrize(
    ("left", "witness", "said"),
    [
        ("x^2", (("x", "2"),), ("5", "4")),  # the counterexample knows something that the sides don't show
        ("f(x)", (("x", "2"),), ("1", "2")),
        ("x + y + z", (("x", "1"), ("y", "1"), ("z", "1")), ("3", "1")),
        ("x", (("p", "over (x): {(1): 1/2}"),), ("1", "2")),
        ("\\log x", (("x", "-1"),), ("1", "2")),
    ],
)
def test_what_can_not_be_drawn_honestly_is_not(left: str, witness: Any, said: tuple[str, str]) -> None:
    assert plot_of(refuted(left, "x", witness, said), PAGE) is None
