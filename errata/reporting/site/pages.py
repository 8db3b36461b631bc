"""The pages of the site as text: one for each document, and the overview of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

import errata
from claims.records import Record
from claims.verdict import Refuted
from errata.checking.judgement import Examined, Judged
from errata.reading.document import Document
from errata.reporting.coverage import Coverage, coverage_in, coverage_of
from errata.reporting.diagnostic import Diagnostic, reason_of, relation_ids
from errata.reporting.reasons import meaning_of
from errata.reporting.renderers.location import location
from errata.reporting.renderers.summary import counted, judged, percent
from errata.reporting.report import Report
from errata.reporting.rules.rule import Severity
from errata.reporting.site.formulas import formula_html, macros_json, state_of
from errata.reporting.site.prose import body_html

POLICY = "default-src 'none'; script-src 'self' file:; style-src 'self' file: 'unsafe-inline'; font-src 'self' file:"
MOST_OPEN = 400
"""Of the relations of a page that were not judged, so many are listed."""


class Page(Record):
    """A document, the name of its file in the site, and its findings."""

    examined: Examined
    name: str
    found: tuple[Diagnostic, ...]

    @property
    def document(self) -> Document:
        """What was examined."""
        return self.examined.document


def document_html(page: Page, before: Page | None, after: Page | None) -> str:
    """The page of a document: its text, every formula marked, its findings where they belong."""
    document, by_formula = page.document, _by_formula(page.examined)
    relations = {id: j for j, id in zip(page.examined.judged, relation_ids(page.examined.judged), strict=True)}
    of_formula: dict[int, list[Diagnostic]] = {}
    loose: list[Diagnostic] = []
    for d in page.found:
        at = relations[d.id].formula if d.id in relations else None
        if at is None or at >= len(document.formulas):
            loose.append(d)
        else:
            of_formula.setdefault(at, []).append(d)
    formulas, cards = {}, {}
    for n, formula in enumerate(document.formulas):
        mine = of_formula.get(n, [])
        state = state_of(by_formula.get(n, []), mine)
        formulas[n] = formula_html(formula, n, state, mine, [anchor(d) for d in mine])
        if mine:
            cards[n] = "".join(_card(d, _picture(relations[d.id], document)) for d in mine)
    around = "".join(
        f'<a rel="{rel}" href="{other.name}">{escape(other.document.path)}</a>'
        for rel, other in (("prev", before), ("next", after))
        if other is not None
    )
    return _whole(
        document.path,
        f'<nav class="crumbs"><a href="index.html">all notes</a>{around}</nav>'
        f"<h1>{escape(document.path)}</h1>{_shares(coverage_of((page.examined,)))}{_filters(page.found)}"
        f'<main class="notes">{body_html(document, formulas, cards)}'
        f"{''.join(_card(d) for d in loose)}</main>{_open(page)}",
        macros_json(document),
    )


def index_html(report: Report, pages: Sequence[Page]) -> str:
    """The overview: shares for each document, all findings, and why the rest was not judged."""
    found = [(page, d) for page in pages for d in page.found]
    rows = "".join(_row(page) for page in pages)
    unreadable = "".join(
        f"<li><b>{escape(u.path)}</b>: {escape(u.why)}; {escape(u.remedy)}</li>" for u in report.unreadable
    )
    return _whole(
        "errata",
        f"<h1>What errata found</h1>{_shares(coverage_in(report))}"
        f'<p class="summary">{escape(judged(report))}</p>'
        + (f'<section><h2>Not readable</h2><ul class="unreadable">{unreadable}</ul></section>' if unreadable else "")
        + f'<table class="documents"><thead><tr><th>notes</th><th>judged</th><th>of claims</th><th>errors</th>'
        f"<th>warnings</th><th>not judged</th></tr></thead><tbody>{rows}</tbody></table>"
        f"<h2>Findings</h2>{_filters([d for _, d in found])}"
        f'<ol class="findings">{"".join(_line(page, d) for page, d in found)}</ol>'
        f"<h2>Why the rest was not judged</h2>{_reasons(report)}",
        "{}",
    )


def anchor(d: Diagnostic) -> str:
    """The name of a finding in its page, which edits elsewhere in the notes don't change."""
    return f"{d.code}-{d.id}"


def _by_formula(examined: Examined) -> Mapping[int, list[Judged]]:
    out: dict[int, list[Judged]] = {}
    for j in examined.judged:
        out.setdefault(j.formula, []).append(j)
    return out


def _picture(judged: Judged, document: Document) -> str:
    """A plot of both sides, where there is one."""
    if not isinstance(judged.verdict, Refuted) or not 1 <= len(judged.verdict.by.witness) <= 2:
        return ""
    from errata.reporting.site.plots import plot_of, svg

    plot = plot_of(judged, document)
    return "" if plot is None else svg(plot)


def _card(d: Diagnostic, picture: str = "") -> str:
    severity = str(d.severity)
    rows = []
    if d.message and d.message != d.label:
        rows.append(("finding", escape(d.message)))
    if d.label:
        rows.append(("here", escape(d.label)))
    rows += [(key, escape(value)) for key, value in d.facts]
    if d.help:
        wanted = d.help.removeprefix("write ").rsplit(" (slip: ", 1)[0]
        rows.append(
            (
                "write",
                f'<span class="repair" data-latex="{escape(wanted, quote=True)}"><code>{escape(wanted)}</code></span>',
            )
            if d.help.startswith("write ")
            else ("help", escape(d.help))
        )
    facts = "".join(f"<dt>{escape(key)}</dt><dd>{value}</dd>" for key, value in rows)
    return (
        f'<aside class="finding {severity}" id="{anchor(d)}" data-severity="{severity}" data-code="{d.code}"'
        f' tabindex="-1"><h3><a class="permalink" href="#{anchor(d)}" title="link to this finding">{severity} '
        f"{escape(d.title)}</a> "
        f"{escape(d.headline)}</h3>{_excerpt(d)}<dl>{facts}</dl>{picture}"
        f'<p class="place">{escape(location(d.document.path, d.start))} · '
        f"<code>errata explain {d.code}</code></p></aside>"
    )


def _excerpt(d: Diagnostic) -> str:
    """The source line with the wrong part marked."""
    text, start, end = d.document.text, d.span.start, d.span.end
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    before, part = text[max(first, start - 120) : start], text[start : min(end, start + 400)]
    after = text[end : min(len(text) if last < 0 else last, end + 120)]
    return f"<pre>{escape(before)}<mark>{escape(part)}</mark>{escape(after)}</pre>"


def _line(page: Page, d: Diagnostic) -> str:
    severity = str(d.severity)
    return (
        f'<li class="finding {severity}" data-severity="{severity}" data-code="{d.code}">'
        f'<a href="{page.name}#{anchor(d)}">{escape(location(d.document.path, d.start))}</a> '
        f"<b>{escape(d.code)}</b> {escape(d.sentence)}{f' <i>{escape(d.help)}</i>' if d.help else ''}</li>"
    )


def _row(page: Page) -> str:
    found = coverage_of((page.examined,))
    count = Counter(d.severity for d in page.found)
    return (
        f'<tr><td><a href="{page.name}">{escape(page.document.path)}</a></td>'
        f"<td>{_bar(found)}</td><td>{found.judged} of {found.claims}</td><td>{count[Severity.ERROR]}</td>"
        f"<td>{count[Severity.WARNING]}</td><td>{found.claims - found.judged}</td></tr>"
    )


def _bar(found: Coverage) -> str:
    wrong = 100 * found.wrong / found.claims if found.claims else 0
    holds = 100 * found.hold / found.claims if found.claims else 0
    return (
        f'<span class="bar" role="img" aria-label="{percent(found.share)} judged">'
        f'<span class="holds" style="width:{holds:.1f}%"></span><span class="wrong" style="width:{wrong:.1f}%"></span>'
        f"</span> {percent(found.share) if found.claims else 'no claims'}"
    )


def _shares(found: Coverage) -> str:
    cells = (
        ("holds", found.hold, "hold"),
        ("error", found.wrong, "wrong"),
        ("open", found.claims - found.judged, "not judged"),
        ("none", found.not_claims, "definitions and givens, not checked"),
    )
    boxes = "".join(f'<li class="is-{state}"><b>{n}</b> {escape(what)}</li>' for state, n, what in cells)
    unread = found.formulas - found.fully_read
    if unread:
        boxes += (
            f'<li class="is-open"><b>{unread}</b> {counted(unread, "formula").split(" ", 1)[1]} not fully read</li>'
        )
    return f'<ul class="shares" aria-label="shares">{boxes}</ul>'


def _filters(found: Iterable[Diagnostic]) -> str:
    severities = Counter(str(d.severity) for d in found)
    codes = Counter((d.code, d.name or d.headline) for d in found)
    boxes = [_box("severity", s, s, n) for s, n in sorted(severities.items())]
    boxes += [_box("code", code, f"{code} {name}", n) for (code, name), n in sorted(codes.items())]
    if not boxes:
        return '<p class="filters">no findings</p>'
    return f'<form class="filters" aria-label="filters">{"".join(boxes)}<output aria-live="polite"></output></form>'


def _box(kind: str, value: str, label: str, n: int) -> str:
    return f'<label><input type="checkbox" checked data-{kind}="{escape(value)}"> {escape(label)} <b>{n}</b></label>'


def _open(page: Page) -> str:
    """What was not judged on a page, and why."""
    items = list(_open_items(page))
    if not items:
        return ""
    more = f"<p>and {len(items) - MOST_OPEN} more</p>" if len(items) > MOST_OPEN else ""
    listed = "".join(items[:MOST_OPEN])
    return f'<section class="open"><h2 id="not-judged">Not judged</h2><ul>{listed}</ul>{more}</section>'


def _open_items(page: Page) -> Iterator[str]:
    for j in page.examined.judged:
        reason = reason_of(j.verdict)
        if reason is None:
            continue
        place = page.document.place(j.span.start)
        meaning = meaning_of(reason)
        said = f' <span class="meaning">{escape(meaning)}</span>' if meaning else ""
        yield (
            f'<li><a href="#formula-{j.formula}">line {place.line}</a> <span class="read">{escape(j.read_as)}</span>: '
            f"{escape(reason)}{said}</li>"
        )


def _reasons(report: Report) -> str:
    rows = "".join(f"<tr><td>{n}</td><td>{escape(why)}</td></tr>" for why, n in report.reasons[:100])
    return f'<table class="reasons"><tbody>{rows}</tbody></table>' if rows else "<p>everything was</p>"


def _whole(title: str, body: str, macros: str) -> str:
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(title)} · errata</title>"
        '<link rel="stylesheet" href="assets/katex/katex.min.css"><link rel="stylesheet" href="assets/report.css">'
        '<script defer src="assets/katex/katex.min.js"></script><script defer src="assets/report.js"></script>'
        f"</head><body>{body}<footer>errata {errata.__version__} · keys: <kbd>j</kbd> <kbd>k</kbd> findings, "
        "<kbd>u</kbd> all notes, <kbd>n</kbd> not judged, <kbd>t</kbd> light or dark</footer>"
        f'<script type="application/json" id="macros">{macros}</script></body></html>\n'
    )
