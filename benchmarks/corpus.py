"""The formulas that are measured: those of the sample course, and of ../shared where it is present."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from errata.reading.discover import discover
from errata.reading.document import Document, Macro
from errata.reading.sources import read_document

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "docs" / "sample"
SHARED = ROOT.parent / "shared"
SHARED_FOLDERS = ("lectures", "corpus/statproofbook")


def sample_formulas() -> list[str]:
    """The formulas of the sample course, each once."""
    return list(dict.fromkeys(_without_macros(_documents([SAMPLE]))))


def shared_formulas(most: int) -> list[str] | None:
    """At most ``most`` formulas of ../shared, each once and evenly spread; None where the folder is absent."""
    folders = [folder for name in SHARED_FOLDERS if (folder := SHARED / name).is_dir()]
    if not folders:
        return None
    formulas = list(dict.fromkeys(_without_macros(_documents(folders))))
    step = max(1, -(-len(formulas) // most))
    return formulas[::step]


def _documents(folders: Iterable[Path]) -> Iterator[Document]:
    for file in discover([str(folder) for folder in folders]).files:
        yield read_document(file)


def _without_macros(documents: Iterable[Document]) -> Iterator[str]:
    """Formulas that don't use a macro of their document: a peer gets the formula alone and couldn't know it."""
    for document in documents:
        for formula in document.formulas:
            if not any(_uses(formula.latex, macro) for macro in document.macros.values()):
                yield formula.latex


def _uses(latex: str, macro: Macro) -> bool:
    start = latex.find("\\" + macro.name)
    while start >= 0:
        after = latex[start + 1 + len(macro.name) :][:1]
        if not (macro.name[-1:].isalpha() and after.isalpha()):
            return True
        start = latex.find("\\" + macro.name, start + 1)
    return False
