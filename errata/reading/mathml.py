"""Presentation MathML to LaTeX, as pages hold it that LaTeXML, pandoc or Typst have made."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from claims.records import Record
from errata.reading.html_tokens import Kind, Token

MAX_DEPTH = 60

Written = Iterator[tuple[str, int]]
"""Pieces of LaTeX, each with the place in the page that it comes from."""

_FUNCTIONS = frozenset(
    "log ln exp sin cos tan cot sec csc sinh cosh tanh arcsin arccos arctan max min sup inf lim det arg dim ker gcd deg"
    " Pr".split()
)
_SIGNS = {
    "−": "-", "∑": r"\sum ", "∏": r"\prod ", "∫": r"\int ", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#",
    "‖": r"\|", "∥": r"\|", "∣": r"\mid ", "⟨": r"\langle ", "⟩": r"\rangle ", "≤": r"\le ", "≥": r"\ge ",
    "≠": r"\ne ", "≈": r"\approx ", "∼": r"\sim ", "∝": r"\propto ", "∈": r"\in ", "→": r"\to ", "⇒": r"\Rightarrow ",
    "∂": r"\partial ", "∇": r"\nabla ", "⋅": r"\cdot ", "·": r"\cdot ", "×": r"\times ", "…": r"\dots ",
    "⋯": r"\cdots ", "∞": r"\infty ", "±": r"\pm ", "⊤": r"\top ", "′": "'", "!": "!", "~": r"\sim ", "≔": ":=",
    "\u2061": "", "\u2062": " ", "\u2063": "", "\u2064": "",
}  # fmt: skip
_ACCENTS = {
    "^": "hat", "ˆ": "hat", "̂": "hat", "¯": "bar", "‾": "bar", "―": "bar", "_": "bar", "ˉ": "bar", "~": "tilde",
    "˜": "tilde", "→": "vec", "⃗": "vec", "⇀": "vec", "˙": "dot", ".": "dot", "¨": "ddot",
}  # fmt: skip
_FONTS = {"bold": "mathbf", "double-struck": "mathbb", "script": "mathcal", "bold-italic": "boldsymbol"}
_VARIANT = re.compile(r"mathvariant\s*=\s*[\"']?([a-z-]+)")
_ALIGNED = re.compile(r"columnalign\s*=\s*[\"']\s*right left|class\s*=\s*[\"'][^\"']*(?:align|eqn)", re.IGNORECASE)
_FENCE = {"open": re.compile(r"open\s*=\s*[\"']([^\"']*)"), "close": re.compile(r"close\s*=\s*[\"']([^\"']*)")}
_LEAVES = frozenset({"mi", "mn", "mo", "mtext", "ms"})
_SKIPPED = frozenset({"annotation", "annotation-xml", "mphantom", "none", "mprescripts"})


class Element(Record):
    """An element of MathML: its children, or the text of a leaf."""

    name: str
    detail: str
    start: int
    children: tuple[Element, ...]
    text: str


class TooDeep(Exception):
    """More elements in each other than any formula has."""


def latex_of(tokens: Sequence[Token], page: str) -> tuple[str, tuple[int, ...]] | None:
    """The LaTeX of what stands inside a ``<math>``, and the place of each of its characters; None where it can't be."""
    try:
        elements, _ = _elements(tokens, 0, page, 0)
        pieces = [piece for element in elements for piece in _written(element)]
    except TooDeep:
        return None
    latex = "".join(text for text, _ in pieces)
    origins = [at for text, at in pieces for _ in text]
    lead = len(latex) - len(latex.lstrip())
    latex = latex.strip()
    return (latex, tuple(origins[lead : lead + len(latex)])) if latex else None


def _elements(tokens: Sequence[Token], index: int, page: str, depth: int) -> tuple[tuple[Element, ...], int]:
    """The elements from a token up to the one that closes what they stand in, and the index of the token after it."""
    if depth > MAX_DEPTH:
        raise TooDeep
    found: list[Element] = []
    while index < len(tokens):
        token = tokens[index]
        index += 1
        if token.kind is Kind.CLOSE:
            break
        if token.kind is not Kind.OPEN:
            continue
        if token.detail.endswith("/"):
            found.append(Element(token.name, token.detail, token.start, (), ""))
            continue
        begun = index
        children, index = _elements(tokens, index, page, depth + 1)
        text = "".join(map(_text(page), tokens[begun : index - 1])).strip() if token.name in _LEAVES else ""
        found.append(Element(token.name, token.detail, token.end if text else token.start, children, text))
    return tuple(found), index


def _text(page: str) -> Callable[[Token], str]:
    def text(token: Token) -> str:
        if token.kind is Kind.REFERENCE:
            return token.detail
        return html.unescape(page[token.start : token.end]) if token.kind is Kind.TEXT else ""

    return text


def _written(element: Element) -> Written:
    if element.name in _LEAVES:
        yield _leaf(element), element.start
    elif element.name == "semantics":
        yield from _all(element.children[:1])
    elif element.name not in _SKIPPED:
        writer = _WRITERS.get(element.name)
        yield from _all(element.children) if writer is None else writer(element)


def _all(elements: Sequence[Element]) -> Written:
    for element in elements:
        yield from _written(element)


def _leaf(element: Element) -> str:
    text = element.text
    if element.name in ("mtext", "ms"):
        return rf"\text{{{text}}}" if text.strip("\u00a0 ") else " "
    if element.name == "mo" and not text.isalpha():
        return _SIGNS.get(text, f" {text} ")
    if text in _FUNCTIONS:
        return rf"\{text} "
    variant = _VARIANT.search(element.detail)
    if variant and variant[1] in _FONTS:
        return rf"\{_FONTS[variant[1]]}{{{text}}}"
    if element.name == "mn":
        return text
    if len(text) > 1 and text.isalpha():
        return rf"\operatorname{{{text}}}"
    return _SIGNS.get(text, f"{text} ")


def _group(element: Element) -> Written:
    yield "{", element.start
    yield from _written(element)
    yield "}", element.start


def _command(name: str) -> Callable[[Element], Written]:
    def written(element: Element) -> Written:
        yield rf"\{name}", element.start
        for child in element.children:
            yield from _group(child)

    return written


def _root(element: Element) -> Written:
    yield r"\sqrt{", element.start
    yield from _all(element.children)
    yield "}", element.start


def _nth_root(element: Element) -> Written:
    base, *index = element.children
    yield r"\sqrt", element.start
    if index:
        yield "[", element.start
        yield from _all(index)
        yield "]", element.start
    yield from _group(base)


def _scripts(*marks: str) -> Callable[[Element], Written]:
    def written(element: Element) -> Written:
        if not element.children:
            return
        base, *scripts = element.children
        accent = _ACCENTS.get(scripts[0].text) if scripts and element.name == "mover" else None
        if accent:
            yield rf"\{accent}", element.start
            yield from _group(base)
            return
        if base.name in _LEAVES:
            yield from _written(base)
        else:
            yield from _group(base)
        for mark, script in zip(marks, scripts, strict=False):
            yield mark, script.start
            yield from _group(script)

    return written


def _table(element: Element) -> Written:
    name = "aligned" if _ALIGNED.search(element.detail) else "matrix"
    yield rf"\begin{{{name}}} ", element.start
    for number, row in enumerate(element.children):
        if number:
            yield r" \\ ", row.start
        for column, cell in enumerate(row.children):
            if column:
                yield " & ", cell.start
            yield from _written(cell)
    yield rf" \end{{{name}}}", element.start


def _fenced(element: Element) -> Written:
    opened, closed = (pattern.search(element.detail) for pattern in _FENCE.values())
    first, last = opened[1] if opened else "(", closed[1] if closed else ")"
    yield _SIGNS.get(first, first), element.start
    for number, child in enumerate(element.children):
        if number:
            yield ", ", child.start
        yield from _written(child)
    yield _SIGNS.get(last, last), element.start


def _space(element: Element) -> Written:
    yield " ", element.start


_WRITERS: Mapping[str, Callable[[Element], Written]] = {
    "mfrac": _command("frac"),
    "msqrt": _root,
    "mroot": _nth_root,
    "msub": _scripts("_"),
    "munder": _scripts("_"),
    "msup": _scripts("^"),
    "mover": _scripts("^"),
    "msubsup": _scripts("_", "^"),
    "munderover": _scripts("_", "^"),
    "mtable": _table,
    "mfenced": _fenced,
    "mspace": _space,
}
