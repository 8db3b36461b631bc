"""The site written into a folder: nothing of anybody else's is touched there."""

from __future__ import annotations

import json
import os
import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from errata.reporting.report import Report
from errata.reporting.site.pages import Page, document_html, index_html

MANIFEST = "errata-site.json"
"""The list of what was written, by which a later run knows what is ours."""
ASSETS = ("report.css", "report.js", "katex")


def write_site(report: Report, target: str) -> str:
    """Write the site; a sentence that says where it is. Raises a usage error where the folder is somebody else's."""
    folder = Path(target)
    old = _written_before(folder)
    pages = pages_of(report)
    texts = {"index.html": index_html(report, pages)}
    for n, page in enumerate(pages):
        around = (pages[n - 1] if n else None, pages[n + 1] if n + 1 < len(pages) else None)
        texts[page.name] = document_html(page, *around)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8", errors="replace")
        for asset in ASSETS:
            _copied(files("errata.reporting.site") / asset, folder / "assets" / asset)
        for name in old - set(texts):
            (folder / name).unlink(missing_ok=True)
        (folder / MANIFEST).write_text(json.dumps({"pages": sorted(texts)}, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise click.BadParameter(f"{target!r} can't be written: {error.strerror}", param_hint="--output") from error
    return f"the report is in {folder / 'index.html'}"


def pages_of(report: Report) -> list[Page]:
    """A page for each document, with a name that tells it."""
    named: dict[str, int] = {"index": 1}
    pages = []
    for examined in report.examined:
        stem = (
            re.sub(r"[^A-Za-z0-9]+", "-", os.path.normpath(examined.document.path)).strip("-")[:80].lower() or "notes"
        )
        named[stem] = named.get(stem, 0) + 1
        name = f"{stem}.html" if named[stem] == 1 else f"{stem}-{named[stem]}.html"
        pages.append(Page(examined, name, tuple(d for d in report.diagnostics if d.document is examined.document)))
    return pages


def _written_before(folder: Path) -> set[str]:
    """The pages of an earlier report in the folder."""
    if not folder.exists():
        return set()
    if not folder.is_dir():
        raise click.BadParameter(f"{str(folder)!r} is a file; html needs a folder", param_hint="--output")
    manifest = folder / MANIFEST
    if not manifest.exists():
        if any(folder.iterdir()):
            raise click.BadParameter(
                f"{str(folder)!r} holds something else; name a folder that is empty, or not there",
                param_hint="--output",
            )
        return set()
    try:
        pages = json.loads(manifest.read_text(encoding="utf-8"))["pages"]
        return {p for p in pages if isinstance(p, str) and re.fullmatch(r"[A-Za-z0-9-]+\.html", p)}
    except (ValueError, KeyError, TypeError, OSError):
        return set()


def _copied(source: Traversable, target: Path) -> None:
    if source.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        for child in source.iterdir():
            _copied(child, target / child.name)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
