"""The forms of a report, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from errata.reporting.renderers.look import Look
    from errata.reporting.report import Report

FORMATS = ("text", "concise", "json", "github", "gitlab", "junit", "sarif", "html")


def rendered(form: str, report: Report, look: Look) -> str:
    """The report in one of the forms that are a single text."""
    match form:
        case "json":
            from errata.reporting.renderers.json_report import as_json

            return as_json(report)
        case "github":
            from errata.reporting.renderers.github import github

            return github(report)
        case "gitlab":
            from errata.reporting.renderers.gitlab import gitlab

            return gitlab(report)
        case "junit":
            from errata.reporting.renderers.junit import junit

            return junit(report)
        case "sarif":
            from errata.reporting.renderers.sarif import sarif

            return sarif(report)
        case "concise":
            from errata.reporting.renderers.concise import concise

            return concise(report, look)
        case _:
            from errata.reporting.renderers.text import text

            return text(report, look)
