"""The page of sources says of every work and place how far it was checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from derivations.catalogue import derivations
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


@pytest.mark.parametrize(("key", "place"), CITED)
def test_every_place_is_on_the_page_and_an_equation_only_where_it_was_read(key, place):
    _, read, rest = rows()[key]
    assert place in read or place in rest
    if "equation" in place:
        assert place in read
