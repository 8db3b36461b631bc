"""The commonest words of other languages in English, and what they excuse."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.gloss import glossed
from errata.reading.sources import read_document


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("假设这两个变量独立", ("suppose", "independent")),
        ("其中，当 $x = 1$ 时", ("where", "when")),
        ("令导数为零", ("setting to zero",)),
        ("Пусть величины независимы", ("let", "independent")),
        ("ただし変数は独立で平均 0 とする", ("where", "independent", "zero mean", "suppose")),
        ("一般には成り立たない", ("wrong incorrect",)),
        ("次の最適条件", ("the condition",)),
        ("만약 두 변수가 독립일 때", ("suppose", "independent", "when")),
        ("로 설정", ("setting",)),
        ("最优条件", ("the condition",)),
        ("где матрица ортогональна, если", ("where", "orthogonal", "suppose")),
    ],
)
def test_common_words_are_put_into_english(text: str, words: tuple[str, ...]) -> None:
    assert all(f" {word} " in glossed(text) for word in words)


@pytest.mark.parametrize("text", ["应当使用设计", "若干相当的", "plain words, even если"])
def test_longer_words_stay(text: str) -> None:
    assert "when" not in glossed(text) and "such that" not in glossed(text)


def test_what_is_zero_is_not_solved_for() -> None:
    assert "zero" not in glossed("噪声的期望为零")


def test_a_text_without_such_letters_is_itself() -> None:
    assert glossed("Let $x = 1$.") == "Let $x = 1$."


@pytest.mark.parametrize(
    ("before", "refuted"), [("计算得", True), ("假设变量相互独立，则", False), ("Если величины независимы, то", False)]
)
def test_what_is_supposed_in_another_language_refutes_nothing(before: str, refuted: bool) -> None:
    latex = r"\mathrm{Var}(X + Y) = \mathrm{Var}(X) + \mathrm{Var}(Y)"
    judged = examine(read_document("a.md", f"{before} $$ {latex} + \\mathrm{{Cov}}(X, Y) $$"), Options()).judged
    assert isinstance(judged[-1].verdict, Refuted) is refuted
