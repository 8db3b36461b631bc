"""Ranks and nullities: what holds for all matrices is supported, what fails for one is refuted, the rest is open."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported, Undecided, Verdict
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

SHAPES = r"Let $A \in \mathbb{R}^{m \times n}$ and $B \in \mathbb{R}^{n \times k}$." "\n\n"
RANK = r"\operatorname{rank}"
WRITTEN = r"Let $$M = \begin{pmatrix} 1 & 2 \\ 2 & 4 \end{pmatrix}.$$ "


def verdict(text: str) -> Verdict:
    return examine(read_document("a.md", text), Options()).judged[-1].verdict


@pytest.mark.parametrize(
    "latex",
    [
        rf"{RANK}(A) + \operatorname{{nullity}}(A) = n",
        rf"\dim \ker A = n - {RANK} A",
        rf"\dim \mathcal{{N}}(A^\top) + {RANK}(A) = m",
        rf"{RANK}(AB) \le \min({RANK}(A), {RANK}(B))",
        rf"{RANK}(A) \le \min(m, n)",
        rf"{RANK}(A^T A) = {RANK}(A) = {RANK}(A A^T)",
        rf"\dim C(A) = {RANK}(A^T)",
        rf"{RANK}(A B) \ge {RANK}(A) + {RANK}(B) - n",
        rf"{RANK}(X + Y) \le {RANK}(X) + {RANK}(Y)",
    ],
)
def test_what_holds_for_all_matrices_is_supported(latex: str) -> None:
    assert isinstance(verdict(f"{SHAPES}$${latex}$$"), Supported)


@pytest.mark.parametrize(
    "latex",
    [
        rf"{RANK}(A) + \operatorname{{nullity}}(A) = m",
        rf"\dim \ker A = m - {RANK} A",
        rf"\dim \mathcal{{N}}(A^\top) + {RANK}(A) = n",
        rf"{RANK}(AB) \ge \min({RANK}(A), {RANK}(B))",
        rf"{RANK}(A^T A) = {RANK}(A)^2",
        rf"{RANK}(A B) \ge {RANK}(A) + {RANK}(B) - m",
        rf"{RANK}(X + Y) = {RANK}(X) + {RANK}(Y)",
        rf"{RANK}(A B) = {RANK}(A) {RANK}(B)",
    ],
)
def test_what_fails_is_refuted_by_a_matrix(latex: str) -> None:
    found = verdict(f"{SHAPES}$${latex}$$")
    assert isinstance(found, Refuted) and all(shown.startswith("[") for _, shown in found.by.witness)


@pytest.mark.parametrize(
    "text",
    [
        rf"Where $A$ is square, $${RANK}(A) + \operatorname{{nullity}}(A) = m$$",
        rf"Let $B$ be invertible. Then $${RANK}(AB) = {RANK}(A)$$",
        rf"If they are large, $${RANK}(AB) = \min({RANK}(A), {RANK}(B))$$",
        rf"It is solvable, as $${RANK}(A) = {RANK}(B)$$",
        rf"$${RANK}(A) = n$$",
        rf"$${RANK}(A) + \operatorname{{nullity}}(A) = d$$",
        rf"Here $R_i$ is the place of it: $${RANK}(x_i) + {RANK}(x_j) = 2$$",
    ],
)
def test_conditions_and_what_words_may_save_are_left_open(text: str) -> None:
    assert not isinstance(verdict(SHAPES + text), Refuted | Supported)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        (rf"So ${RANK}(M) = 1$.", True),
        (rf"So ${RANK}(M) = 2$.", False),
        ("The rank of $M$ is $1$.", True),
        ("The rank of $M$ is $2$.", False),
        ("The nullity of the matrix $M$ is $2$.", False),
        ("The matrix $M$ has rank $2$.", False),
        (rf"$${RANK} \begin{{pmatrix}} 1 & 0 \\ 0 & 4 \end{{pmatrix}} = 1$$", False),
    ],
)
def test_the_rank_of_a_matrix_that_is_written_out_is_known(text: str, holds: bool) -> None:
    assert isinstance(verdict(WRITTEN + text), Supported if holds else Refuted)


@pytest.mark.parametrize(
    "text",
    [
        "If the rank of $M$ is $2$, all is well.",
        "## Another one\n\nThe rank of $M$ is $2$.",
        "Now let $$M = U V.$$ The rank of $M$ is $2$.",
        "The rank of $N$ is $2$.",
        "The tensor $M$ has low rank $2$.",
    ],
)
def test_of_other_matrices_nothing_is_claimed(text: str) -> None:
    judged = examine(read_document("a.md", f"{WRITTEN}\n\n{text}"), Options()).judged
    assert not any(isinstance(j.verdict, Refuted) for j in judged)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (r"$\dim \ker(A) = n - r$", Supported),
        (r"$\dim \ker(A) = m - r$", Refuted),
        (r"$\dim \ker(A) = n - s$", Undecided),
        ("the nullity of $A$ is $n - r$", Supported),
        ("the nullity of $A$ is $m - r$", Refuted),
    ],
)
@pytest.mark.parametrize("given", [rf"We call it ${RANK}(A) = r$.", "The rank of $A$ is $r$.", "$A$ has rank $r$."])
def test_a_letter_stands_for_the_rank_that_it_was_given(given: str, text: str, kind: type) -> None:
    assert isinstance(verdict(f"{SHAPES}{given}\n\nThen {text}."), kind)
