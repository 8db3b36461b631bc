"""For Sphinx, and so for MyST and Jupyter Book: findings are warnings of the build, with their places.

``extensions = ["errata.integrations.sphinx_extension"]`` in ``conf.py``. A warning is of the type ``errata`` and its
code, so that ``suppress_warnings = ["errata.W306"]`` silences a rule and ``sphinx-build -W`` fails on the rest. With
``errata_marks = True`` each finding is marked in the margin of its paragraph as well.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

import errata
from errata.integrations.results import CheckError, Finding, check

READ = frozenset({".md", ".myst", ".rst", ".ipynb", ".tex", ".html"})


def setup(app: Sphinx) -> dict[str, Any]:
    """Called by Sphinx."""
    app.add_config_value("errata_ignore", [], "env", [list])
    app.add_config_value("errata_select", [], "env", [list])
    app.add_config_value("errata_warnings", True, "env", [bool])
    app.add_config_value("errata_marks", False, "env", [bool])
    app.connect("env-before-read-docs", _check)
    app.connect("doctree-read", _mark)
    app.connect("env-merge-info", _merge)
    return {"version": errata.__version__, "parallel_read_safe": True, "parallel_write_safe": True}


def _check(app: Sphinx, env: BuildEnvironment, names: list[str]) -> None:
    """Check the sources that are read anew."""
    paths = [path for name in names if (path := Path(env.doc2path(name))).suffix.lower() in READ]
    if not paths:
        return
    logger = logging.getLogger(__name__)
    config = app.config
    try:
        report = check(paths, select=config.errata_select, ignore=config.errata_ignore)
    except CheckError as error:
        logger.warning("errata: %s", error, type="errata")
        return
    found = _found(env)
    for name in names:
        path = Path(env.doc2path(name)).resolve()
        found[name] = [f for f in report.findings if Path(f.path).resolve() == path and f.cell is None]
    for finding in report.findings:
        if finding.severity == "error" or config.errata_warnings:
            cell = f"cell {finding.cell}: " if finding.cell is not None else ""
            repair = f"; write {finding.repair}" if finding.repair else ""
            said = f"{cell}{finding.code} {finding.message}{repair}"
            logger.warning("%s", said, location=f"{finding.path}:{finding.line}", type="errata", subtype=finding.code)
    logger.info("errata: judged %d of %d claims", report.judged, report.claims)


STYLE = """
.errata-mark { float: right; clear: right; margin-right: -6.5em; width: 5.5em; font-size: 80%; cursor: help;
  border-left: 3px solid #c33; padding-left: .4em; }
.errata-mark-warning { border-color: #c90; }
@media (max-width: 75em) { .errata-mark { margin-right: 0; } }
"""


def _found(env: BuildEnvironment) -> dict[str, list[Finding]]:
    """The findings of each document, which are kept with what Sphinx knows of it."""
    if not hasattr(env, "errata_found"):
        env.errata_found = {}
    found: dict[str, list[Finding]] = env.errata_found
    return found


def _merge(app: Sphinx, env: BuildEnvironment, names: set[str], other: BuildEnvironment) -> None:
    _found(env).update({name: found for name, found in _found(other).items() if name in names})


def _mark(app: Sphinx, doctree: nodes.document) -> None:
    """Put a mark into the margin of the last paragraph or formula that begins at or before each finding."""
    if not app.config.errata_marks:
        return
    places = [(line, node) for node in doctree.findall(_may_be_marked) if (line := node.line) is not None]
    marks = []
    for finding in _found(app.env).get(app.env.docname, []):
        before = [(line, node) for line, node in places if line <= finding.line]
        if before and (finding.severity == "error" or app.config.errata_warnings):
            marks.append((max(before, key=lambda place: place[0])[1], _aside(finding)))
    for node, mark in marks:
        node.parent.insert(node.parent.index(node), mark)
    if marks:
        doctree.insert(0, nodes.raw("", f"<style>{STYLE}</style>", format="html"))


def _aside(finding: Finding) -> nodes.raw:
    """The mark: its code, with what is said of it on hover."""
    said = f"{finding.message}; write {finding.repair}" if finding.repair else finding.message
    classes = f"errata-mark errata-mark-{finding.severity}"
    html = f'<aside class="{classes}" title="{escape(said, quote=True)}">{escape(finding.code)}</aside>'
    return nodes.raw("", html, format="html")


def _may_be_marked(node: nodes.Node) -> bool:
    return isinstance(node, nodes.paragraph | nodes.math_block)
