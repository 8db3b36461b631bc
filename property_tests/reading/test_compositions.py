"""Maps one after the other, as notes write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errata.reading.compositions import Map, composition, reduced, written_out
from errata.reading.parser import parse
from errata.reading.unparse import to_latex


def read(latex: str) -> tuple[str, str | None] | None:
    found = composition(parse(latex).statements[0])
    if found is None:
        return None
    maps = written_out(found.maps, 3)
    shown = "no number" if maps is None else " ".join(_shown(m) for m in maps)
    return shown, None if found.point is None else to_latex(found.point)


def _shown(one: Map) -> str:
    return one.letter + (one.index or "") + ("-" if one.inverse else "")


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"g \circ f", ("g f", None)),
        (r"(g \circ f)^{-1}", ("f- g-", None)),
        (r"(g \circ f)(x)", ("g f", "x")),
        (r"(g \circ f)^{-1}(x)", ("f- g-", "x")),
        (r"g(f(x))", ("g f", "x")),
        (r"f_1^{-1}(f_2^{-1}(x))", ("f1- f2-", "x")),
        (r"f_K \circ \dots \circ f_1(z_0)", ("f3 f2 f1", "z_0")),
        (r"f_K(\dots f_1(z_0))", ("f3 f2 f1", "z_0")),
        (r"f_1 \circ f_2 \circ \cdots \circ f_K", ("f1 f2 f3", None)),
        (r"f_K \circ f_{K-1} \circ \cdots \circ f_1", ("f3 f2 f1", None)),
        (r"f_1 \circ \cdots \circ g_K", ("no number", None)),
        (r"f \circ \mathrm{id}", ("f", None)),
        (r"f^2(x)", None),
        (r"f'(x)", None),
        (r"a + b", None),
        (r"f(x + 1)", None),
        (r"a b", None),
    ],
)
def test_how_a_composition_is_read(latex: str, expected: tuple[str, str | None] | None) -> None:
    assert read(latex) == expected


def test_dots_between_two_maps_stand_for_none() -> None:
    found = composition(parse(r"f_1 \circ f_2 \circ \dots \circ f_K").statements[0])
    assert found is not None
    assert written_out(found.maps, 2) == (Map("f", "1"), Map("f", "2"))


MAPS = st.builds(Map, st.sampled_from("fgh"), st.sampled_from([None, "1", "2"]), st.booleans())


@given(st.lists(MAPS, max_size=8).map(tuple))
def test_a_composition_and_its_inverse_leave_nothing(maps: tuple[Map, ...]) -> None:
    back = tuple(one.undone for one in reversed(maps))
    assert reduced((*maps, *back)) == reduced((*back, *maps)) == ()
    assert reduced(reduced(maps)) == reduced(maps)
    if len(set(maps)) == len(maps) > 1 and not any(m.undone in maps for m in maps):
        assert reduced((*maps, *back[::-1])) != ()
