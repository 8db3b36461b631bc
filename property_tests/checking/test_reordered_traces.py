"""Traces of products in another order: rotations hold, others don't; and what may save them."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.checking.reordered_traces import factors_of_trace, is_rotation
from errata.reading.names import key
from errata.reading.parser import parse
from errata.reading.sources import read_document


def verdict(latex: str, before: str = "Here a trace is cyclic:", after: str = "") -> object:
    notes = f"{before}\n\n$$ {latex} $$\n\n{after}\n"
    return examine(read_document("a.md", notes), Options()).judged[-1].verdict


@pytest.mark.parametrize(
    ("left", "right", "wrong"),
    [
        (r"\mathrm{tr}(A B C)", r"\mathrm{tr}(B C A)", r"\mathrm{tr}(A C B)"),
        (r"\mathrm{tr}(A B C)", r"\mathrm{tr}(C A B)", r"\mathrm{tr}(C B A)"),
        (r"\mathrm{Tr}[A B C E]", r"\mathrm{Tr}[C E A B]", r"\mathrm{Tr}[A C B E]"),
        (r"\mathrm{tr}(\mathbf{A B C})", r"\mathrm{tr}(\mathbf{C A B})", r"\mathrm{tr}(\mathbf{B A C})"),
    ],
)
def test_a_trace_is_invariant_under_rotations_only(left: str, right: str, wrong: str) -> None:
    assert isinstance(verdict(f"{left} = {right}"), Supported)
    found = verdict(f"{left} = {wrong}")
    assert isinstance(found, Refuted) and found.holds_if is not None and "commute" in found.holds_if
    assert isinstance(verdict(f"{left} = {right} = {wrong}"), Refuted)


@pytest.mark.parametrize(
    "before",
    [
        "For symmetric matrices,",
        "If $B$ and $C$ commute,",
        "It is not true that",
        "Let $A$, $B$ and $C$ be diagonal. Then",
        "For a kernel $B$,",
        "Suppose that",
    ],
)
def test_words_may_save_it(before: str) -> None:
    assert not isinstance(verdict(r"\mathrm{tr}(A B C) = \mathrm{tr}(A C B)", before), Refuted)


@pytest.mark.parametrize(
    "latex",
    [
        r"\mathrm{tr}(\Sigma B C) = \mathrm{tr}(\Sigma C B)",  # it holds for symmetric B and C
        r"\mathrm{tr}(A H K) = \mathrm{tr}(A K H)",  # Hessians and kernels are symmetric
        r"\mathrm{tr}(A B B) = \mathrm{tr}(B A B)",
        r"\mathrm{tr}(A B C) = \mathrm{tr}(C^\top B^\top A^\top)",
    ],
)
def test_other_traces_are_not_refuted(latex: str) -> None:
    assert not isinstance(verdict(latex), Refuted)


def test_what_the_document_gives_for_the_matrices_may_save_it() -> None:
    assert not isinstance(verdict(r"\mathrm{tr}(A B C) = \mathrm{tr}(A C B)", "With $$ C = B^{-1} $$"), Refuted)


@pytest.mark.parametrize(
    ("latex", "names"),
    [
        (r"\mathrm{tr}(A B C)", ["A", "B", "C"]),
        (r"\operatorname{trace}(A B)", ["A", "B"]),
        (r"\mathrm{tr}(A + B)", []),
        (r"\mathrm{tr}(A^2 B)", []),
        (r"\det(A B C)", []),
        ("A B C", []),
    ],
)
def test_the_factors_of_a_trace(latex: str, names: list[str]) -> None:
    assert [key(n) for n in factors_of_trace(parse(latex).statements[0])] == names


def test_rotations() -> None:
    assert is_rotation(["A", "B", "C"], ["B", "C", "A"])
    assert not is_rotation(["A", "B", "C"], ["A", "C", "B"])
