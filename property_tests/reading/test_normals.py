"""Where a convention for N(μ, ·) holds: from its place to the end of its section, the one said last first."""

from __future__ import annotations

from errata.reading.author import said_in, said_of_course
from errata.reading.families.spread import Spread
from errata.reading.normals import normals_in
from errata.reading.parser import parse
from errata.reading.sources import read_document
from errata.reading.words import words

LAW = r"$\mathcal{N}(0, s)$"
STD, VAR = "<!-- errata: N takes a standard deviation -->", "<!-- errata: N takes a variance -->"


def holding(notes: str, *course: str) -> list[Spread | None]:
    """What holds at each formula of some notes."""
    document = read_document("a.md", notes)
    normals = normals_in(document, (*said_of_course(course), *said_in(document)))
    return [normals.at(formula.span.end) for formula in document.formulas]


def test_it_holds_to_the_end_of_its_section() -> None:
    d, v = Spread.DEVIATION, Spread.VARIANCE
    assert holding(f"{LAW}\n\n{STD}\n\n{LAW}") == [None, d]
    assert holding(f"# A\n\n{STD} {LAW}\n\n## B\n\n{LAW}\n\n# C\n\n{LAW}") == [d, d, None]
    assert holding(f"{STD}\n\n# A\n\n{LAW}\n\n{VAR} {LAW}\n\n# B\n\n{LAW}") == [d, v, d]
    slides = f"# Coins and dice (1/2)\n\n{STD} {LAW}\n\n# Coins and dice (2/2)\n\n{LAW}\n\n# Cards\n\n{LAW}"
    assert holding(slides) == [d, d, None]


def test_a_course_speaks_before_its_pages() -> None:
    d, v = Spread.DEVIATION, Spread.VARIANCE
    assert holding(f"{LAW}\n\n# A\n\n{VAR} {LAW}\n\n# B\n\n{LAW}", "N takes a standard deviation") == [d, v, d]
    assert holding(LAW, "N takes a variance", "N takes a standard deviation") == [d]


def test_a_formula_is_meant_as_it_stands_where_nothing_is_said() -> None:
    document = read_document("a.md", f"{LAW}\n\n{STD}\n\n{LAW}")
    normals = normals_in(document, said_in(document))
    roots = [normals.meant(n, parse(f.latex)) for n, f in enumerate(document.formulas)]
    assert [words(root) for root in roots] == ["N(0, s)", "N(0, s^2)"]
