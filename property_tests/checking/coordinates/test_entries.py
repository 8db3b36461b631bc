"""Entries of Jacobians: which index is the row's, and which way the map goes."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

STATED = "The point is $$ u = h(v) $$ and its Jacobian has $$ %s $$"
DENSITY = "The density is $$ p_V(v) = p_U(h(v)) |\\det J_h(v)| $$ where $$ %s $$"
RIGHT = [
    (STATED, r"[J_h]_{ij} = \frac{\partial h_i}{\partial v_j}"),
    (STATED, r"\frac{\partial h_i}{\partial v_j} = \frac{\partial u_i}{\partial v_j}"),
    (STATED, r"(J_h)_{kl} = \frac{\partial u_k}{\partial v_l}"),
    (DENSITY, r"\frac{\partial h_i}{\partial v_j} = \frac{\partial u_i}{\partial v_j}"),
]
SLIPS = [
    (0, "_{ij}", "_{ji}"),
    (0, "v_j", "v_i"),
    (1, "u_i", "u_j"),
    (1, r"\frac{\partial u_i}{\partial v_j}", r"\frac{\partial v_i}{\partial u_j}"),
    (1, r"\frac{\partial u_i}{\partial v_j}", r"\frac{\partial w_i}{\partial v_j}"),
    (2, "_{kl}", "_{lk}"),
    (3, r"\frac{\partial u_i}{\partial v_j}", r"\frac{\partial u_j}{\partial v_i}"),
]


def last(text: str, claim: str):
    return examine(read_document("a.md", (text % claim).encode()), Options()).judged[-1].verdict


@pytest.mark.parametrize(("text", "claim"), RIGHT)
def test_entries_of_one_matrix_are_supported(text, claim):
    assert isinstance(last(text, claim), Supported)


@pytest.mark.parametrize(("which", "old", "new"), SLIPS)
def test_another_entry_is_never_supported(which, old, new):
    text, claim = RIGHT[which]
    assert old in claim
    assert not isinstance(last(text, claim.replace(old, new, 1)), Supported)


def test_a_map_of_which_nothing_is_said_is_left():
    assert not isinstance(last("Here $$ %s $$", RIGHT[1][1]), Supported | Refuted)
