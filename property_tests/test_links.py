"""Every link of the documentation leads somewhere: checked here by hand, and by Sphinx where it is installed."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote

import pytest

import errata

ROOT = Path(__file__).parents[1]
FENCED = re.compile(r"^( *)(`{3,}|~{3,})[\s\S]*?^\1\2 *$|`[^`\n]+`", re.MULTILINE)
LINK = re.compile(r"(?<!\\)!?\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(\s*<?([^()\s<>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)


LOADED = re.compile(r'<(?:script|img|link)[^>]*?(?:src|href)="(https?:[^"]+)"')


def pages() -> list[Path]:
    return [*sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("*.md"))]


def anchors(text: str) -> set[str]:
    """The names of headings, as GitHub and MyST make them."""
    plain = (re.sub(r"[`*]|\[|\]\([^)]*\)", "", heading).lower() for heading in HEADING.findall(text))
    return {re.sub(r"[^\w\- ]", "", heading).strip().replace(" ", "-") for heading in plain}


def dead(page: Path, text: str) -> list[str]:
    """The links of a page that lead nowhere; addresses in the network are not asked."""
    found = []
    for target in LINK.findall(FENCED.sub("", text)):
        if re.match(r"[a-z][a-z+.-]*:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / unquote(path)).resolve() if path else page
        if not file.exists():
            found.append(target)
        elif anchor and file.suffix == ".md":
            there = text if file == page else file.read_text(encoding="utf-8")
            if anchor not in anchors(there):
                found.append(target)
    return found


@pytest.mark.parametrize("page", pages(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page):
    assert dead(page, page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](gone.md)", ["gone.md"]),
        ("[a](#no-such-heading)\n\n# Another", ["#no-such-heading"]),
        ("# One `two`, three\n\n[a](#one-two-three) and [b](https://example.org/x)", []),
        ("```\n[a](gone.md)\n```\nand `[b](gone.md)`", []),
        ('![a](gone.png "title")', ["gone.png"]),
    ],
)
def test_a_dead_link_is_found_and_a_live_one_is_not(text, expected):
    assert dead(ROOT / "README.md", text) == expected


def test_every_page_is_reached_from_the_first():
    seen: set[Path] = set()
    waiting = [ROOT / "docs" / "index.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md" or not page.exists():
            continue
        seen.add(page)
        targets = LINK.findall(FENCED.sub("", page.read_text(encoding="utf-8")))
        here = [t.partition("#")[0] for t in targets if ":" not in t and not t.startswith("#")]
        waiting += [(page.parent / unquote(target)).resolve() for target in here]
    top = set((ROOT / "docs").glob("*.md"))
    assert top <= seen, sorted(p.name for p in top - seen)


@pytest.mark.skipif(
    any(find_spec(name) is None for name in ("sphinx", "myst_parser", "furo")),
    reason="Sphinx, MyST or furo is not installed (errata[docs])",
)
def test_the_site_is_built_without_a_warning_and_asks_nothing_of_the_network(tmp_path):
    out = tmp_path / "docs" / errata.__version__
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-W", "--keep-going", "-q", str(ROOT / "docs"), str(out)]
    ran = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stderr
    page = (out / "sample" / "likelihood.html").read_text(encoding="utf-8")
    assert 'class="errata-math"' in page and "katex.min.js" in page
    pages_out = [p.read_text(encoding="utf-8") for p in out.rglob("*.html")]
    assert [url for text in pages_out for url in LOADED.findall(text)] == []
    assert (out / "_static" / "fonts").is_dir() and f"{out.name}/index.html" in (out.parent / "index.html").read_text()
