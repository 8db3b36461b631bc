"""One formula of a page: its verdict, its LaTeX with the wrong part marked, and the findings that belong to it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape

from errata.checking.judgement import Judged
from errata.reading.document import Document, Formula, Macro, Span
from errata.reporting.diagnostic import Diagnostic
from errata.reporting.report import word_of
from errata.reporting.rules.rule import Severity

WORST = ("error", "warning", "open", "holds", "none")
"""The states of a formula, the one that shows first."""
OF_VERDICT = {
    "proved": "holds",
    "supported": "holds",
    "refuted": "error",
    "ill-formed": "error",
    "undecided": "open",
    "unread": "open",
    "not-a-claim": "none",
}
MARKED = r"\htmlClass{wrong}{"


def state_of(judged: Sequence[Judged], found: Sequence[Diagnostic]) -> str:
    """The worst that is said of a formula."""
    states = {OF_VERDICT[word_of(j.verdict)] for j in judged} - {"error"}
    states |= {"error" if d.severity is Severity.ERROR else "warning" for d in found if d.severity is not Severity.NOTE}
    return next((state for state in WORST if state in states), "none")


def formula_html(formula: Formula, index: int, state: str, found: Sequence[Diagnostic], ids: Sequence[str]) -> str:
    """The formula as an element that the page's script renders; without a script its LaTeX is shown."""
    latex = formula.latex.strip()
    marked = marked_latex(formula, [d.span for d in found])
    attributes = {
        "class": f"formula {'display' if formula.display else 'inline'} is-{state}",
        "id": f"formula-{index}",
        "data-latex": latex,
        "data-state": state,
        "data-findings": " ".join(ids),
    }
    if marked is not None:
        attributes["data-marked"] = marked
    if ids:
        attributes["tabindex"] = "0"
    said = " ".join(f'{name}="{escape(value, quote=True)}"' for name, value in attributes.items())
    return f"<span {said}><code>{escape(latex)}</code></span>"


def marked_latex(formula: Formula, spans: Sequence[Span]) -> str | None:
    """The LaTeX with the first wrong part in a class of its own; None where that part can't be one by itself."""
    for span in spans:
        start, end = span.start - formula.span.start, span.end - formula.span.start
        if formula.origins is not None or start < 0 or end > len(formula.latex) or start >= end:
            continue
        part = formula.latex[start:end]
        whole = part.count("{") == part.count("}") and part.count(r"\left") == part.count(r"\right")
        if whole and not any(mark in part for mark in ("&", r"\\", r"\begin", r"\end", "%")) and part != formula.latex:
            return f"{formula.latex[:start]}{MARKED}{part}}}{formula.latex[end:]}".strip()
    return None


def macros_json(document: Document) -> str:
    """The document's macros as KaTeX takes them, for a script element."""
    bodies = {f"\\{name}": macro.body for name, macro in document.macros.items() if _is_simple(macro)}
    return script_json(bodies)


def script_json(value: Mapping[str, object] | Sequence[object]) -> str:
    """JSON that may stand within a script element, whatever is in it."""
    text = json.dumps(value, ensure_ascii=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _is_simple(macro: Macro) -> bool:
    return macro.optional is None and f"\\{macro.name}" not in macro.body
