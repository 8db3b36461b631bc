"""The page of sources says of every work and place how far it was checked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from derivations.catalogue import PAGES, Page, derivations
from derivations.sources import REFERENCES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "sources.md"
CITED = sorted({(d.claim.source.key, d.claim.source.place) for d in derivations() if d.claim.source is not None})


def rows() -> dict[str, tuple[str, str, str]]:
    """Work, places read and places not read, by key."""
    lines = [line for line in PAGE.read_text().splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]
    return {key: (work, read, rest) for key, work, read, rest in cells if key in REFERENCES}


def test_every_work_of_the_bibliography_has_a_row():
    table = rows()
    assert table.keys() == REFERENCES.keys()
    for key, known in REFERENCES.items():
        assert table[key][0] == f"{known.authors} {known.year}. {known.title}"


def places(cell: str) -> set[str]:
    """The places in a cell, without the brackets that say what was read."""
    return {place for part in re.split(r" \((?:[^()]|\([^()]*\))*\)(?:; |$)", cell) for place in part.split("; ")}


def test_the_page_counts_the_derivations_that_rest_on_a_place_that_was_read():
    table = rows()
    sources = [d.claim.source for d in derivations()]
    read = [s for s in sources if s is not None and s.place in places(table[s.key][1])]
    assert f"{len(read)} of the {len(sources)} derivations rest on a place that was read" in PAGE.read_text()
    assert len(read) == len(sources)


def test_every_work_is_cited_by_a_derivation():
    assert {key for key, _ in CITED} == REFERENCES.keys()


def test_a_place_is_told_from_what_was_read_and_from_its_neighbours():
    cell = "section 2; section 2.1, equation 3 (a copy (in part)); lemma 6 (notes)"
    assert places(cell) - {""} == {"section 2", "section 2.1, equation 3", "lemma 6"}


@pytest.mark.parametrize(("key", "place"), CITED)
def test_every_place_is_on_the_page_and_an_equation_only_where_it_was_read(key, place):
    _, read, rest = rows()[key]
    assert place in read or place in rest
    if "equation" in place:
        assert place in read


BODIES = ("Institute", "Team", "staff", "Exchange", "contributors")


def surname(author: str) -> str:
    """The last name, with its particles; the whole name of a body."""
    words = author.split()
    if any(body in words for body in BODIES):
        return author
    small = [i for i, word in enumerate(words) if word.islower()]
    return " ".join(words[small[0] if small else -1 :])


def called(key: str) -> str:
    """A work as a page of derivations names it: up to three surnames, and the year."""
    known = REFERENCES[key]
    authors = [surname(a) for a in re.split(r", | and ", known.authors) if a != "others"]
    several = len(authors) > 3 or "others" in known.authors
    names = f"{authors[0]} et al." if several else " and ".join(filter(None, (", ".join(authors[:-1]), authors[-1])))
    return f"{names} {known.year}"


def line_of(page: Page) -> str:
    """The works and places behind the derivations of a page, in their order."""
    cited: dict[str, dict[str, None]] = {}
    for source in (d.claim.source for d in page.derivations):
        if source is not None:
            cited.setdefault(source.key, {})[source.place] = None
    works = "; ".join(f"{called(key)}, {', '.join(places)}" for key, places in cited.items())
    return f"**Sources.** {works}."


@pytest.mark.parametrize("page", PAGES, ids=lambda p: f"{p.topic}/{p.stem}")
def test_the_page_of_each_stem_names_the_sources_of_its_derivations(page):
    text = (PAGE.parent / page.topic / f"{page.stem}.md").read_text()
    assert line_of(page) in " ".join(text.split())
