"""Chains that a formula states: from which member the next row goes on."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.relations import stated
from errata.reading.sources import read_document
from errata.reading.words import words


def pairs(*rows: str) -> list[str]:
    root = parse(r"\begin{align} " + r" \\ ".join(rows) + r" \end{align}")
    return [f"{words(p.left)} = {words(p.right)}" for chain in stated(root) for p in chain.pairs()]


@pytest.mark.parametrize("word", ["since", "because", "using", "where", "by"])
def test_a_row_goes_on_from_before_the_reason(word: str) -> None:
    found = pairs(r"a &= b && \quad \text{ " + word + r" } u = v", "&= c", "&= d")
    assert found == ["u = v", "a = b", "b = c", "c = d"]


def test_a_row_does_not_go_on_from_a_condition() -> None:
    assert "v = c" not in pairs(r"f &= b && \text{ if } u = v", "&= c")
    assert pairs("a &= b", "&= c") == ["a = b", "b = c"]


def test_a_slip_after_a_reason_is_caught() -> None:
    def verdicts(end: str) -> list[str]:
        text = (
            r"$$\begin{align} (a + b)^2 - b^2 &= a^2 + 2 a b && \text{ since } (a + b)^2 = a^2 + 2 a b + b^2 \\ &= "
            + end
            + r" \end{align}$$"
        )
        return [type(j.verdict).__name__ for j in examine(read_document("page.md", text.encode()), Options()).judged]

    assert "Refuted" not in verdicts("a (a + 2 b)")
    assert verdicts("a (a + b)").count("Refuted") == 1


@pytest.mark.parametrize(
    ("latex", "chains"),
    [
        (r"\begin{array}{l} a = b + 1 \\ c = d \end{array}", 2),
        (r"\begin{array}{l} a = b + 1 \\ c = d \\ \end{array}", 2),
        (r"\begin{array}{l} a = b + 1 \\ {} + d \end{array}", 0),
        (r"\begin{array}{cc} a = b & c \\ d = e & f \end{array}", 0),
        (r"\begin{array}{l} x_{i = 1} \\ x_{i = 2} \end{array}", 0),
    ],
)
def test_the_rows_of_an_array_of_one_column_are_stated_where_each_is_a_relation(latex: str, chains: int) -> None:
    assert len(stated(parse(latex))) == chains


@pytest.mark.parametrize(
    ("latex", "read"),
    [
        (r"P(R{=}1, W{=}1) = c", "P(R = 1, W = 1) = c"),
        (r"a {\le} b + 1", "a ≤ b + 1"),
    ],
)
def test_a_sign_alone_in_braces_is_that_sign(latex: str, read: str) -> None:
    assert words(parse(latex)) == read


def test_a_sign_that_is_an_index_stays_one() -> None:
    assert words(parse(r"x_{<} = 2")) != words(parse(r"x < = 2"))


@pytest.mark.parametrize("arrow", [r"\to", r"\rightarrow", r"\longrightarrow"])
def test_an_arrow_between_relations_leads_from_one_to_the_next(arrow: str) -> None:
    chains = stated(parse(rf"2 x = 6 {arrow} x = 3 {arrow} x + 1 = 4"))
    assert [words(c.chain) for c in chains] == ["2·x = 6", "x = 3", "x + 1 = 4"]
    assert [(c.implies, c.concluded) for c in chains] == [(True, False), (True, True), (False, True)]


@pytest.mark.parametrize("latex", [r"a_n = \frac 1 n \to 0", r"f(x) = x \to 0 = y", r"f : A \to B"])
def test_an_arrow_to_a_limit_stays_in_its_chain(latex: str) -> None:
    assert all("→" in words(c.chain) for c in stated(parse(latex)))


def test_an_equation_that_is_solved_by_arrows_is_no_claim() -> None:
    text = r"$$100 p^{1/2} = \frac{6400}{p^{1/2}} \longrightarrow p = 64$$"
    assert all(
        not isinstance(j.verdict, Refuted) for j in examine(read_document("page.md", text.encode()), Options()).judged
    )
