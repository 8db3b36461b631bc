"""For Sphinx, and so for MyST and Jupyter Book: findings are warnings of the build, with their places.

``extensions = ["errata.integrations.sphinx_extension"]`` in ``conf.py``. A warning is of the type ``errata`` and its
code, so that ``suppress_warnings = ["errata.W306"]`` silences a rule and ``sphinx-build -W`` fails on the rest.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

import errata
from errata.integrations.results import CheckError, check

READ = frozenset({".md", ".myst", ".rst", ".ipynb", ".tex", ".html"})


def setup(app: Sphinx) -> dict[str, Any]:
    """Called by Sphinx."""
    app.add_config_value("errata_ignore", [], "env", [list])
    app.add_config_value("errata_select", [], "env", [list])
    app.add_config_value("errata_warnings", True, "env", [bool])
    app.connect("env-before-read-docs", _check)
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
    for finding in report.findings:
        if finding.severity == "error" or config.errata_warnings:
            cell = f"cell {finding.cell}: " if finding.cell is not None else ""
            repair = f"; write {finding.repair}" if finding.repair else ""
            said = f"{cell}{finding.code} {finding.message}{repair}"
            logger.warning("%s", said, location=f"{finding.path}:{finding.line}", type="errata", subtype=finding.code)
    logger.info("errata: judged %d of %d claims", report.judged, report.claims)
