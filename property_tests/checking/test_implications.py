"""Implications about random variables: supported or refuted in all small joint laws."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest

from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document
from numerics.interpretations.small_worlds import implied, worlds_of


def last(text: str):
    document = read_document("page.md", text.encode())
    judged = examine(document, Options(), lambda *_: None, {}).judged
    return next((j for j in reversed(judged) if j.kind == "claim"), judged[-1])  # ⊥⊥ is two signs


HELD = (
    r"\Pr(X = Y) = 1 \implies \mathrm{E}(X) = \mathrm{E}(Y)",
    r"\Pr(X \ge Y) = 1 \implies \mathrm{E}(X) \ge \mathrm{E}(Y)",
    r"X \perp Y \implies \mathrm{Cov}(X, Y) = 0",
    r"X \perp\!\!\!\perp Y \Rightarrow \mathbb{E}[XY] = \mathbb{E}[X] \mathbb{E}[Y]",
    r"\mathrm{E}(X^2) = 0 \iff \Pr(X = 0) = 1",
    r"\mathrm{Var}(X) = 0 \iff \mathrm{E}(X^2) = \mathrm{E}(X)^2",
    r"\mathrm{Cov}(X,Y) = 0 \iff \mathrm{Var}(X + Y) = \mathrm{Var}(X) + \mathrm{Var}(Y)",
)
REFUTED = (
    r"\Pr(X = Y) = 1 \iff \mathrm{E}(X) = \mathrm{E}(Y)",
    r"\Pr(X \ge Y) = 0 \implies \mathrm{E}(X) \ge \mathrm{E}(Y)",
    r"\mathrm{Cov}(X, Y) = 0 \implies X \perp Y",
    r"\mathbb{E}[XY] = \mathbb{E}[X] \mathbb{E}[Y] \iff X \perp\!\!\!\perp Y",
    r"\mathrm{E}(X) = 0 \implies \Pr(X = 0) = 1",
    r"X \perp Y \implies \mathrm{Var}(X - Y) = \mathrm{Var}(X) - \mathrm{Var}(Y)",
)


@pytest.mark.parametrize("latex", HELD)
def test_what_follows_is_supported(latex):
    assert type(last(f"$$ {latex} $$").verdict).__name__ == "Supported"


@pytest.mark.parametrize("latex", REFUTED)
def test_what_does_not_follow_is_refuted_with_a_law(latex):
    found = last(f"$$ {latex} $$")
    assert type(found.verdict).__name__ == "Refuted" and found.rule == "E313"
    assert sum(Fraction(probability) for _, probability in found.verdict.by.witness) == 1


@pytest.mark.parametrize(
    "text",
    [
        r"Let $X$ and $Y$ be jointly normal. Then $\mathrm{Cov}(X,Y) = 0 \implies X \perp Y$.",
        r"Let $X \sim \mathcal{N}(0, 1)$. Then $\mathrm{Cov}(X,Y) = 0 \implies X \perp Y$.",
        r"We have $\mathrm{Cov}(X,Y) = 0 \implies X \perp Y$ for jointly Gaussian $X$ and $Y$.",
        "# Normal variables\n\n" + r"Then $\mathrm{Cov}(X,Y) = 0 \implies X \perp Y$.",
        r"It is not true that $\mathrm{Cov}(X,Y) = 0 \implies X \perp Y$.",
        r"$\mathrm{E}(X) = \theta \implies \mathrm{E}(Y) = \theta$",
        r"$f(X) = 0 \implies X \perp Y$",
        r"Let $Y$ be binary. In this model: $\mathrm{Cov}(X,Y) = 0 \implies X \perp Y$.",
    ],
)
def test_where_the_text_says_more_nothing_is_refuted(text):
    assert type(last(text).verdict).__name__ != "Refuted"


def test_worlds_cover_every_small_law_once():
    worlds = worlds_of(["X"])
    assert len(worlds.weights) == 3**6 - 2**6  # weights that are all even are a law met before
    assert len({tuple(w) for w in worlds.weights.tolist()}) == len(worlds.weights)
    assert np.allclose(worlds.mean(np.ones(6)), 1)


def test_a_world_that_refutes_is_confirmed_in_fractions():
    def independent(w):
        return w.independent("X", "Y")

    found = implied(["X", "Y"], lambda w: ~independent(w), independent)
    assert found.world and sum(p for _, p in found.world) == 1
    assert implied(["X", "Y"], independent, independent).world == ()


@pytest.mark.parametrize(("relation", "asked"), [
    (r"X^\top X b = X^\top y \implies b = (X^\top X)^{-1} X^\top y", False),
    (r"\Pr(X = Y) = 1 \implies \mathrm{E}(X) = \mathrm{E}(Y)", True),
])  # fmt: skip
def test_numpy_is_imported_only_where_worlds_are_asked(relation, asked):
    program = (
        "import sys; from errata.checking.examine import examine; from errata.checking.options import Options;"
        "from errata.reading.sources import read_document; "
        f"examine(read_document('n.md', r'$$ {relation} $$'), Options()); print('numpy' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert ran.stdout == f"{asked}\n"
