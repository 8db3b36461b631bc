"""Macro definitions in TeX: ``\\newcommand``, ``\\def``, ``\\let``, ``\\DeclareMathOperator`` and their kin."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from claims.records import Record, replace
from errata.reading.document import Formula, Macro, Span
from errata.reading.pairing import blanked, braces

_COMMAND = re.compile(
    r"\\(?:(?P<new>(?:re)?newcommandx?|DeclareRobustCommand)|(?P<provide>providecommandx?)"
    r"|(?P<paired>DeclarePairedDelimiter(?:XPP|X)?)"
    r"|(?P<operator>DeclareMathOperator)|(?P<document>(?:New|Renew|Provide|Declare)DocumentCommand)"
    r"|(?P<def>[gex]?def)|(?P<let>let))(?P<star>\*?)(?![A-Za-z@])[ \t]*"
)
_NAME = re.compile(r"\{\s*\\([A-Za-z]+|.)\s*\}|\\([A-Za-z]+|[^A-Za-z\s])")
_ARITY = re.compile(r"\s*\[([0-9])\]")
_DEFAULT = re.compile(r"\s*\[((?:[^\[\]{}\n]|\{[^{}\n]*\}){0,400})\]")
_PARAMETERS = re.compile(r"[ \t]*((?:#[1-9])*)[ \t]*(?=\{)")
_TARGET = re.compile(r"[ \t]*=?[ \t]*(\\(?:[A-Za-z]+|[^A-Za-z\s])|[^\s\\])")
_SPACE = re.compile(r"\s*")
_SPECIFICATIONS = re.compile(r"\s*\{((?:[^{}]|\{[^{}]*\}){0,200}+)\}")
_KNOWN = re.compile(r"\s*(?P<star>s)?\s*[+!]?(?:o|O\s*\{((?:[^{}]|\{[^{}]*\})*)\})?\s*((?:[+!]?m\s*)*)")
_DEFAULT_OF_FIRST = re.compile(r"\s*\[\s*1\s*=((?:[^\[\]{},\n]|\{[^{}\n]*\}){0,400}),?\s*\]")
"""The default of the first argument, as xargs has it: [1=x]."""
_ASKS_FOR_STAR = re.compile(r"\\IfBoolean(?P<which>TF|T|F)\s*\{?\s*#1\s*\}?\s*(?=\{)")


_BOXES = (r"\mathpalette", r"\setbox", r"\ooalign", r"\rlap", r"\llap", r"\raisebox", r"\includegraphics", r"\tikz")


class Definition(Record):
    """A macro, where it is defined, and whether it yields to an earlier one of the same name."""

    macro: Macro
    span: Span
    yields: bool = False


def definitions(text: str) -> list[Definition]:
    """The macro definitions in ``text``, in order; what isn't understood is passed over."""
    first = _COMMAND.search(text)
    if first is None:
        return []
    partner = braces(text)
    found: list[Definition] = []
    cursor = first.start()
    while mark := _COMMAND.search(text, cursor):
        definition = _definition(text, mark, partner)
        cursor = mark.end()
        if definition is not None:
            found.append(definition)
            cursor = definition.span.end
    return found


def macros_of(found: Iterable[Definition]) -> dict[str, Macro]:
    """The macros by name; a later definition replaces an earlier one unless it yields."""
    macros: dict[str, Macro] = {}
    for definition in found:
        if not (definition.yields and definition.macro.name in macros):
            macros[definition.macro.name] = definition.macro
    return macros


def is_drawn(macro: Macro) -> bool:
    """Whether a macro sets its sign from boxes, so that only its name says what it means."""
    return any(command in macro.body for command in _BOXES)


def without_definitions(formula: Formula, found: Sequence[Definition]) -> Formula | None:
    """The formula with the definitions in it made spaces; None where nothing else is in it."""
    start = formula.span.start
    index = bisect_left(found, start, key=lambda d: d.span.start)
    inside: list[tuple[int, int]] = []
    while index < len(found) and found[index].span.end <= formula.span.end:
        inside.append((found[index].span.start - start, found[index].span.end - start))
        index += 1
    if not inside or formula.origins is not None:
        return formula
    latex = blanked(formula.latex, inside)
    return replace(formula, latex=latex) if latex.strip() else None


def _definition(text: str, mark: re.Match[str], partner: dict[int, int]) -> Definition | None:
    name = _NAME.match(text, mark.end())
    if name is None:
        return None
    macro_name = name.group(1) or name.group(2)
    if mark.group("let"):
        target = _TARGET.match(text, name.end())
        macro = target and Macro(macro_name, 0, target.group(1))
        return _at(mark, macro, target.end()) if target and macro else None
    if mark.group("paired"):
        return _paired(text, mark, macro_name, name.end(), partner)
    head = _head(text, mark, name.end())
    if head is None:
        return None
    arity, optional, start = head
    group = _group(text, start, partner)
    if group is None:
        return None
    body = text[group[0] : group[1]]
    if mark.group("document") and _is_starred(text, name.end()):
        return _at(mark, Macro(macro_name, arity, _without_star(body), optional, True), group[1] + 1)
    if mark.group("operator"):
        body = f"\\operatorname{mark.group('star')}{{{body}}}"
    return _at(mark, Macro(macro_name, arity, body, optional), group[1] + 1)


def _paired(text: str, mark: re.Match[str], name: str, start: int, partner: dict[int, int]) -> Definition | None:
    """Delimiters around an argument, \\abs{x}, \\abs*{x} and \\abs[\\big]{x}; with a body of its own in the form X."""
    arity = _ARITY.match(text, start)
    start = arity.end() if arity else start
    groups: list[str] = []
    while len(groups) < _PAIRED[mark.group("paired")] and (group := _group(text, start, partner)) is not None:
        groups.append(text[group[0] : group[1]])
        start = group[1] + 1
    if len(groups) < _PAIRED[mark.group("paired")]:
        return None
    before, (opening, closing), after = "", groups[:2], ""
    if mark.group("paired").endswith("XPP"):
        before, opening, closing, after = groups[:4]
    count = int(arity.group(1)) if arity else 1
    inside = groups[-1] if len(groups) > 2 else "#1"
    inside = _shifted(inside.replace(r"\delimsize", ""), 1)
    body = f"{_shifted(before, 1)}\\left{opening} {inside} \\right{closing}{_shifted(after, 1)}"
    return _at(mark, Macro(name, count + 1, body, "", True), start)


_PAIRED = {"DeclarePairedDelimiter": 2, "DeclarePairedDelimiterX": 3, "DeclarePairedDelimiterXPP": 5}
"""How many groups follow the name and the arity."""


def _shifted(body: str, by: int) -> str:
    """A body whose arguments have other numbers."""
    return re.sub(r"#([1-9])", lambda m: f"#{int(m.group(1)) + by}", body)


def _is_starred(text: str, start: int) -> bool:
    braced = _SPECIFICATIONS.match(text, start)
    return braced is not None and braced.group(1).lstrip().startswith("s")


def _without_star(body: str) -> str:
    """The body of a macro that is called without a star, its arguments counted from the next on."""
    partner = braces(body)
    while mark := _ASKS_FOR_STAR.search(body):
        first = partner.get(mark.end())
        if first is None:
            break
        second = partner.get(first + 1) if mark.group("which") == "TF" else None
        kept = {"TF": body[first + 2 : second] if second else "", "T": "", "F": body[mark.end() + 1 : first]}
        end = second if second is not None else first
        body = body[: mark.start()] + kept[mark.group("which")] + body[end + 1 :]
        partner = braces(body)
    return _shifted(body, -1)


def _at(mark: re.Match[str], macro: Macro, end: int) -> Definition:
    yields = mark.group("provide") is not None or mark.group("document") == "ProvideDocumentCommand"
    return Definition(macro, Span(mark.start(), end), yields)


def _head(text: str, mark: re.Match[str], start: int) -> tuple[int, str | None, int] | None:
    """Arity, default of the first argument, and where the body starts; None for a form that isn't understood."""
    if mark.group("operator"):
        return 0, None, start
    if mark.group("def"):
        parameters = _PARAMETERS.match(text, start)
        return (len(parameters.group(1)) // 2, None, parameters.end()) if parameters else None
    if mark.group("document"):
        return _document_head(text, start)
    arity = _ARITY.match(text, start)
    if arity is None:
        return 0, None, start
    if mark.group(0).rstrip("* \t").endswith("x"):
        optional = _DEFAULT_OF_FIRST.match(text, arity.end())
        following = (optional or arity).end()
        return (
            None
            if text[following : following + 1] == "["
            else (int(arity.group(1)), optional and optional.group(1), following)
        )
    optional = _DEFAULT.match(text, arity.end())
    return int(arity.group(1)), optional and optional.group(1), (optional or arity).end()


def _document_head(text: str, start: int) -> tuple[int, str | None, int] | None:
    """The same for the argument specifications of xparse; mandatory ones, behind at most one optional one."""
    braced = _SPECIFICATIONS.match(text, start)
    known = _KNOWN.fullmatch(braced.group(1)) if braced else None
    if braced is None or known is None:
        return None
    default, mandatory = known.group(2), known.group(3).count("m")
    has_optional = known.group(0).replace(" ", "").lstrip("s+!")[:1] in ("o", "O")
    optional = (default or "") if has_optional else None
    return mandatory + has_optional, optional, braced.end()


def _group(text: str, start: int, partner: dict[int, int]) -> tuple[int, int] | None:
    """Where the content of the group at ``start`` begins and ends."""
    opening = _SPACE.match(text, start)
    at = opening.end() if opening else start
    return (at + 1, partner[at]) if text.startswith("{", at) and at in partner else None
