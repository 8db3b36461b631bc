"""Files that notes take in by name: ``\\input`` and its kin, includes, and the chapters that a book lists."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath

from claims.records import Record
from errata.reading.latex_masks import masked

MAX_FOLLOWED = 1_000
MAX_BYTES = 4_000_000
LEVELS = 3
"""How many folders above its own a name may count from: a chapter's names count from the main document's folder."""

_LATEX = re.compile(
    r"\\(?:input|include|subfile|subfileinclude)[ \t]*\{([^{}\n#\\]{1,300})\}|\\input[ \t]+([^\s{}#\\%]{1,300})"
    r"|\\(?:sub)?import\*?[ \t]*\{([^{}\n#\\]{0,300})\}[ \t]*\{([^{}\n#\\]{1,300})\}"
)
_MARKDOWN = re.compile(
    r"\{\{<\s*include\s+([^\s>]{1,300})\s*>\}\}|^[`:]{3,}\{include\}[ \t]*(\S{1,300})"
    r"|^[ \t]*\.\.[ \t]+include::[ \t]+([^\s<]\S{0,300})",
    re.MULTILINE,
)
_TOCTREE = re.compile(
    r"^(?:`{3,}|:{3,})\{toctree\}[^\n]*\n(?P<fenced>[\s\S]*?)^(?:`{3,}|:{3,})"
    r"|^[ \t]*\.\.[ \t]+toctree::[^\n]*\n(?P<indented>(?:[ \t]+[^\n]*\n?|[ \t]*\n)*)",
    re.MULTILINE,
)
_ENTRY = re.compile(r"^[ \t]*(?:[^<>\n:*`]*<([^<>\n]+)>|([\w./-][\w ./-]*?))[ \t]*$", re.MULTILINE)
_LISTED = re.compile(
    r"^[ \t]*(?:-[ \t]+)*(?:(?:file|root|part|href|contents)[ \t]*:[ \t]*|-[ \t]+)[\"']?([^\s\"'#:][^\n\"'#:]*?)[\"']?"
    r"[ \t]*(?:#[^\n]*)?$",
    re.MULTILINE,
)
_FLOW = re.compile(r"^[ \t]*(?:-[ \t]+)*(?:chapters|contents|appendices)[ \t]*:[ \t]*\[([^\[\]\n]*)\]", re.MULTILINE)
_BARE = re.compile(
    r"^[ \t]*(?:-[ \t]+)*(?:file|root)[ \t]*:[ \t]*[\"']?([^\s\"'#:]+)[\"']?[ \t]*(?:#.*)?$", re.MULTILINE
)
_LINK = re.compile(r"\]\(<?([^()<>\s#]{1,300})(?:#[^()\s]*)?>?\)")

BOOKS = frozenset({"_toc.yml", "_quarto.yml", "myst.yml"})
"""Files that list the chapters of a book and hold none themselves."""
_SUMMARY = "summary.md"
_LATEX_SUFFIXES = frozenset({".tex", ".ltx", ".rnw"})
_CHAPTERS = (".md", ".ipynb", ".rst", ".qmd", ".rmd", ".tex")
_MATHEMATICS = re.compile(
    r"\$|\\\[|\\\(|\\begin\{(?:equation|align|gather|multline)|:math:|\.\. math::|\{math\}|<math|mathjax|katex",
    re.IGNORECASE,
)


class Named(Record):
    """A file that notes take in: the names it may have, the likeliest first, and where the notes say so."""

    names: tuple[str, ...]
    offset: int


def named_in(text: str, path: str) -> Iterator[Named]:
    """What the document at ``path`` takes in, in order of its place."""
    suffix, name = PurePath(path).suffix.lower(), os.path.basename(path).lower()
    if name in BOOKS:
        yield from _of_book(text)
    elif suffix in _LATEX_SUFFIXES:
        if "\\input" in text or "\\include" in text or "\\subfile" in text or "import" in text:
            for mark in _LATEX.finditer(masked(text).text):
                named = mark[1] or mark[2] or os.path.join(mark[3].strip(), mark[4].strip())
                yield Named(_of_latex(named.strip()), mark.start())
    else:
        if "include" in text:
            for mark in _MARKDOWN.finditer(text):
                yield Named(((mark[1] or mark[2] or mark[3]).lstrip("/"),), mark.start())
        if "toctree" in text:
            yield from _of_toctrees(text)
        if name == _SUMMARY:
            links = ((m[1], m.start()) for m in _LINK.finditer(text))
            yield from (Named((link.lstrip("/"),), at) for link, at in links if _is_chapter(link) and "://" not in link)


def is_book(path: str) -> bool:
    """Whether a file lists the chapters of a book and is no document itself."""
    return os.path.basename(path).lower() in BOOKS


def located(named: Named, folders: Iterable[str]) -> str | None:
    """The file that is meant, its name counted from one of the folders; None where there is none."""
    for folder in dict.fromkeys(folders):
        for name in named.names:
            file = os.path.normpath(os.path.join(folder, name))
            try:
                if os.path.isfile(file):
                    return file
            except ValueError:  # a name that no file can have
                continue
    return None


def folders_of(path: str) -> list[str]:
    """The folders that names in a document may count from: its own, and those above up to a repository's root."""
    folder = os.path.dirname(path)
    folders = [folder]
    for _ in range(LEVELS):
        if os.path.exists(os.path.join(folder, ".git")):
            break
        folder = os.path.normpath(os.path.join(folder, os.pardir))
        folders.append(folder)
    return folders


def followed(path: str, suffixes: frozenset[str]) -> list[str]:
    """The files with mathematics that a document takes in, and those that they take in, in their order.

    Only files with one of the suffixes are read; a file of macros alone is passed over, and what it takes in is not.
    """
    root = os.path.dirname(path)
    seen = {os.path.realpath(path)}
    found: list[str] = []
    pending = [path]
    while pending and len(seen) < MAX_FOLLOWED:
        file = pending.pop()
        text = text_at(file)
        if file != path and has_mathematics(text):
            found.append(file)
        taken = (located(n, [root, *folders_of(file)]) for n in named_in(text, file))
        new: list[str] = []
        for each in taken:
            if each is not None and PurePath(each).suffix.lower() in suffixes and os.path.realpath(each) not in seen:
                seen.add(os.path.realpath(each))
                new.append(each)
        pending += new[::-1]
    return found


def missing_from(path: str) -> list[str]:
    """The chapters that a book lists and that are nowhere, as it names them."""
    folders = [os.path.dirname(path)]
    return [named.names[0] for named in named_in(text_at(path), path) if located(named, folders) is None]


def real(path: str) -> str:
    """The path without links, to tell files apart."""
    try:
        return os.path.realpath(path)
    except ValueError:  # a name that no file can have
        return path


def has_mathematics(text: str) -> bool:
    """Whether a text shows mathematics of its own: a file of macros alone does not."""
    return _MATHEMATICS.search(text) is not None


def text_at(path: str) -> str:
    """The text of a file, for a search by names; empty where it can't be read or is too long."""
    try:
        if os.path.getsize(path) > MAX_BYTES:
            return ""
        return Path(path).read_bytes().decode("utf-8", errors="replace")
    except (OSError, ValueError):
        return ""


def _of_latex(name: str) -> tuple[str, ...]:
    """LaTeX lets the suffix be left out."""
    return (name,) if PurePath(name).suffix.lower() in _LATEX_SUFFIXES else (f"{name}.tex", name)


def _of_toctrees(text: str) -> Iterator[Named]:
    for tree in _TOCTREE.finditer(text):
        group = "fenced" if tree["fenced"] is not None else "indented"
        for entry in _ENTRY.finditer(tree[group]):
            name = (entry[1] or entry[2]).strip().lstrip("/")
            if name != "self" and "://" not in name and name.strip("-"):
                yield Named(_with_suffixes(name), tree.start(group) + entry.start())


def _of_book(text: str) -> Iterator[Named]:
    listed = {m.start(1): m[1].strip() for m in _LISTED.finditer(text) if _is_chapter(m[1])}
    listed |= {m.start(1): m[1] for m in _BARE.finditer(text)}
    for flow in _FLOW.finditer(text):
        for item in re.finditer(r"[^,\s\"']+", flow[1]):
            if _is_chapter(item[0]):
                listed[flow.start(1) + item.start()] = item[0]
    for offset, name in sorted(listed.items()):
        if not set("*?[") & set(name) and "://" not in name:
            yield Named(_with_suffixes(name.lstrip("/")), offset)


def _with_suffixes(name: str) -> tuple[str, ...]:
    return (name,) if _is_chapter(name) else (*(name + suffix for suffix in _CHAPTERS), name)


def _is_chapter(name: str) -> bool:
    return PurePath(name.strip()).suffix.lower() in _CHAPTERS


def meant(named: Named, path: str, others: Sequence[str]) -> str | None:
    """The file that a document at ``path`` means, also where its name counts from the folder of another document."""
    return located(named, [*folders_of(path), *dict.fromkeys(os.path.dirname(o) for o in others)])
