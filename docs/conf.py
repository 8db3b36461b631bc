"""The documentation as a site: ``make docs``. Its formulas are set by the KaTeX that comes with errata; no network."""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

import errata  # noqa: E402

project = "errata"
author = "errata contributors"
release = version = errata.__version__
extensions = ["myst_parser"]
myst_enable_extensions = ["amsmath", "dollarmath"]
myst_heading_anchors = 4
root_doc = "index"
exclude_patterns = ["_build", "sample/README.md"]
html_theme = "furo"
html_title = f"errata {release}"
html_static_path = ["../errata/reporting/site/katex"]
html_math_renderer = "katex"
html_show_sourcelink = False
nitpicky = True
suppress_warnings = ["myst.header", "toc.not_included"]

TREE = """

```{{toctree}}
:hidden:
:caption: {caption}

{pages}
```
"""
SET = """
document.addEventListener("DOMContentLoaded", () => {
  for (const e of document.querySelectorAll(".errata-math"))
    katex.render(e.textContent, e, {displayMode: e.tagName === "DIV", throwOnError: false});
});
"""


def setup(app: Any) -> None:
    """Called by Sphinx."""
    app.add_html_math_renderer("katex", (_inline, None), (_block, None))
    app.add_css_file("katex.min.css")
    app.add_js_file("katex.min.js")
    app.add_js_file(None, body=SET)
    app.connect("source-read", _with_trees)
    app.connect("build-finished", _list_versions)


def _inline(self: Any, node: Any) -> None:
    self.body.append(f'<span class="errata-math">{escape(node.astext())}</span>')
    _skip()


def _block(self: Any, node: Any) -> None:
    self.body.append(f'<div class="errata-math">{escape(node.astext())}</div>')
    _skip()


def _skip() -> None:
    from docutils.nodes import SkipNode

    raise SkipNode


def _with_trees(app: Any, name: str, source: list[str]) -> None:
    """The first page with the tree of all: it stands here, as the page is read elsewhere too."""
    if name != root_doc:
        return
    pages = sorted(app.project.docnames - {root_doc})
    here = [page for page in pages if "/" not in page]
    below = [page for page in pages if "/" in page]
    source[0] += TREE.format(caption="How it works", pages="\n".join(here))
    source[0] += TREE.format(caption="Results and models", pages="\n".join(below))


def _list_versions(app: Any, error: Exception | None) -> None:
    """A page beside the versions that are built there, the newest first."""
    folder = Path(app.outdir).parent
    if error is not None or Path(app.outdir).name != release:
        return
    there = sorted((p.name for p in folder.iterdir() if (p / "index.html").is_file()), key=_numbers, reverse=True)
    items = "".join(f'<li><a href="{escape(name)}/index.html">errata {escape(name)}</a></li>' for name in there)
    page = f'<!doctype html><meta charset="utf-8"><title>errata</title><h1>errata</h1><ul>{items}</ul>\n'
    (folder / "index.html").write_text(page, encoding="utf-8")


def _numbers(name: str) -> list[int]:
    return [int(part) if part.isdigit() else 0 for part in name.split(".")]
