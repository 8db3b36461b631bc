"""Rows of a display: remarks belong to their rows, columns are statements, and the chain goes on."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.relations import Pair, stated
from errata.reading.sources import read_document
from errata.reading.tree import opaque_parts
from errata.reading.words import words


def pairs(latex: str) -> list[Pair]:
    root = parse(latex)
    assert opaque_parts(root) == ()
    return [p for one in stated(root) for p in one.pairs()]


def said(latex: str) -> list[str]:
    return [f"{words(p.left)} {p.relation.sign} {words(p.right)}" for p in pairs(latex)]


@pytest.mark.parametrize(
    "remark",
    [
        r"&& \text{by Bayes}",
        r"& \text{by Bayes}",
        r"\quad \text{(by Bayes)}",
        r"\qquad\text{expand terms}",
        r"~~ \text{(by Bayes)}",
        r"\quad (\text{by Bayes})",
        r"\quad (12)",
        r"\tag{3}",
        r",",
        r"&& n = 10",
        r"&& \text{as $n$ grows}",
    ],
)
def test_the_chain_goes_on_past_a_remark(remark: str) -> None:
    assert said(rf"\begin{{align}} a &= b {remark} \\ &= c \end{{align}}") == ["a = b", "b = c"]


def test_a_remark_is_kept_with_its_own_row() -> None:
    rows = r"a &= b && \text{by Bayes} \\ &= c && \text{as } L(\theta) > 0 \\ &= d"
    found = {words(p.right): p.remark for p in pairs(rf"\begin{{align}} {rows} \end{{align}}")}
    assert words(found["b"]) == "(“by Bayes”)" and words(found["c"]) == "(“as” L(θ) > 0)"  # type: ignore[arg-type]
    assert found["d"] is None


def test_a_reason_is_known_before_its_step_and_a_condition_is_not() -> None:
    def rows(word: str) -> list[str]:
        return said(rf"\begin{{align}} a &= b && \text{{{word} }} u = v \\ &= c \end{{align}}")

    assert rows("since") == ["u = v", "a = b", "b = c"]
    assert rows("if") == ["a = b", "b = c", "u = v"]


def test_a_remark_within_a_member_stands_after_the_whole_of_it() -> None:
    assert said(r"\begin{align} a &= b && \text{by Bayes} \\ &+ c \\ &= d \end{align}") == ["a = b + c", "b + c = d"]


@pytest.mark.parametrize(
    ("rows", "relations"),
    [
        (r"np &= 2.5 & n(1-p) &= 7.5", ["n·p = 2.5", "n·(1 - p) = 7.5"]),
        (r"np &= 2.5 && n(1-p) &&= 7.5", ["n·p = 2.5", "n·(1 - p) = 7.5"]),
        (r"x &= a & y &= b \\ &= c & &= d", ["x = a", "a = c", "y = b", "b = d"]),
        (r"x &= a & y &= b \\ u &= c & v &= d", ["x = a", "y = b", "u = c", "v = d"]),
        (r"2x &+& 3y &=& 5 \\ x &-& y &=& 1", ["2·x + 3·y = 5", "x - y = 1"]),
        (r"x &&= 3 \\ &&= 4", ["x = 3", "3 = 4"]),
    ],
)
def test_columns_are_statements_and_never_a_product(rows: str, relations: list[str]) -> None:
    assert said(rf"\begin{{align}} {rows} \end{{align}}") == relations


def test_a_row_goes_on_from_the_statement_above_it_and_from_none_that_this_one_covers() -> None:
    rows = r"\begin{array}{rlr} a = 1 & b = 2 \\ s & = u + v \\ & = 3 \end{array}"
    assert said(rows) == ["a = 1", "b = 2", "s = u + v", "u + v = 3"]
    apart = r"\begin{aligned} a &= 1 & b &= u \\ &= 3 & &= v \end{aligned}"
    assert "u = v" in said(apart) and "1 = 3" in said(apart)


def test_the_cells_of_a_matrix_stay_together() -> None:
    latex = r"\begin{align} A &= \begin{pmatrix} a & b \\ c & d \end{pmatrix} & B &= I \end{align}"
    assert said(latex) == ["A = [a, b; c, d]", "B = I"]


@pytest.mark.parametrize(
    ("latex", "relations"),
    [
        (r"H = 3 \text{ nats} = 4.3 \text{ bits}", ["H = 3", "3 = 4.3"]),
        (r"a = b \text{ and } c = d", ["a = b", "c = d"]),
        (r"\text{true alarms} = 8 \quad \text{false alarms} = 2", ["“true alarms” = 8", "“false alarms” = 2"]),
        (r"\text{share of heads} \approx 0.5", ["“share of heads” ≈ 0.5"]),
        (r"\begin{align} a &= b \\ \shortintertext{using this} &= d \end{align}", ["a = b", "b = d"]),
        (r"\begin{align} a &= b \\ & {} + c \\ &= {} - 3 \end{align}", ["a = b + c", "b + c = -3"]),
        (r"y \perp\!\!\!\perp x", ["y ⊥ x"]),
        (r"\approx", []),
        (
            r"\text{his points} = \text{her points} + 17 = 68 + 17",
            ["“his points” = “her points” + 17", "“her points” + 17 = 68 + 17"],
        ),
        (r"3 \text{ big boxes} + 4 \text{ big boxes} = 7", ["3·“big boxes” + 4 = 7"]),
    ],
)
def test_words_within_a_line(latex: str, relations: list[str]) -> None:
    assert said(latex) == relations


def refuted(text: str) -> list[str]:
    judged = examine(read_document("page.md", text.encode()), Options()).judged
    return [j.read_as for j in judged if isinstance(j.verdict, Refuted)]


def test_a_slip_behind_a_remark_is_caught() -> None:
    rows = r"$$\begin{align} (a+b)^2 - b^2 &= a^2 + 2 a b && \text{expand this} \\ &= END \end{align}$$"
    assert refuted(rows.replace("END", "a (a + 2 b)")) == []
    assert refuted(rows.replace("END", "a (a + b)")) == ["a^2 + 2·a·b = a·(a + b)"]


@pytest.mark.parametrize("between", ["\n\n", "\n\nExpand the square:\n\n", "\n\nWith $a > 0$ this is\n\n"])
def test_a_display_that_begins_with_a_sign_goes_on_from_the_one_before(between: str) -> None:
    page = r"$$(a+b)^2 - b^2 = a^2 + 2 a b$$" + between + "$$= END$$\n"
    assert refuted(page.replace("END", "a (a + 2 b)")) == []
    assert refuted(page.replace("END", "a (a + b)")) == ["a^2 + 2·a·b = a·(a + b)"]


def test_it_does_not_go_on_over_a_heading_or_from_a_set() -> None:
    assert refuted("$$x = a + a$$\n\n## Next\n\n$$= 3 a$$\n") == []
    assert refuted("$$x \\in a + a$$\n\n$$= 3 a$$\n") == []
    assert refuted("| $\\approx 1$ | $\\approx 0$ |\n") == []
