"""A refutation stays one, with the condition that would save it: of numbers, matrices, coordinates and limits."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from claims.verdict import Refuted
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.checking.pool.limits import OutOfTime
from errata.cli import main
from errata.reading.sources import read_document

STEP = r"$$ \sum_{i=1}^n (x_i + c) = \sum_{i=1}^n x_i + \sum_{i=1}^n c = \sum_{i=1}^n x_i + c $$"
MATRICES = r"Let $A$ and $B$ be invertible matrices. $$ (AB)^{-1} = A^{-1} B^{-1} $$"
SLOPE = r"$$ \frac{\partial}{\partial x_j} \sum_{i=1}^d x_i^2 = 2 \sum_{i=1}^d x_i $$"
SAMPLE = r"Let $X_1, \dots, X_n$ be i.i.d. with mean $\mu$ and variance $\sigma^2$."
LIMIT = SAMPLE + r" $$ \frac1n \sum_{i=1}^n (X_i - \mu)^2 \xrightarrow{p} \sigma $$"


def last(text):
    return examine(read_document("a.md", text), Options()).judged[-1].verdict


@pytest.mark.parametrize(
    ("text", "condition"),
    [(STEP, "n = 1"), (MATRICES, "A and B commute"), (SLOPE, "d = 1"), (LIMIT, r"\sigma = 1")],
)
def test_a_refutation_tells_what_would_save_it(text, condition):
    found = last(text)
    assert isinstance(found, Refuted) and found.holds_if == condition


@pytest.mark.parametrize(
    "text",
    [
        r"$$ \begin{aligned} (a + b)^2 &= a^2 + 2 a b + b^2 \\ &= a^2 + 2 a b + b^2 + 1 \end{aligned} $$",
        r"Let $A$ and $B$ be invertible matrices. $$ (A + B)^{-1} = A^{-1} + B^{-1} $$",
        r"$$ \frac{\partial}{\partial x_j} \sum_{i=1}^d x_i^2 = 3 x_j $$",
    ],
)
def test_what_nothing_saves_is_refuted_without_a_condition(text):
    found = last(text)
    assert isinstance(found, Refuted) and found.holds_if is None


@pytest.mark.parametrize("error", [ZeroDivisionError("0"), RecursionError("deep"), KeyError("x")])
def test_a_fault_in_the_search_costs_no_finding(monkeypatch, error):
    def fails(*args):
        raise error

    monkeypatch.setattr("errata.checking.saving.conditions.saves_matrices", fails)
    found = last(MATRICES)
    assert isinstance(found, Refuted) and found.holds_if is None


def test_time_that_is_up_in_the_search_costs_no_finding(monkeypatch):
    def rings(*args):
        raise OutOfTime

    monkeypatch.setattr("errata.checking.saving.conditions.saves_matrices", rings)
    found = [j.verdict for j in examine(read_document("a.md", MATRICES), Options()).judged]
    assert any(isinstance(v, Refuted) for v in found)


def test_it_is_told_in_both_reports(tmp_path):
    page = tmp_path / "a.md"
    page.write_text(MATRICES)
    shown = CliRunner().invoke(main, ["check", str(page)])
    assert "holds if A and B commute" in shown.output
    told = CliRunner().invoke(main, ["check", str(page), "--format", "json"])
    relations = json.loads(told.output)["documents"][0]["relations"]
    assert [r["holds_if"] for r in relations if r["verdict"] == "refuted"] == ["A and B commute"]
    assert [r["severity"] for r in relations if r["verdict"] == "refuted"] == ["error"]
