"""Labels that are letters of indices elsewhere; beside them indices that nothing binds."""

from __future__ import annotations

import pytest

from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document


def rules(text: str) -> list[str | None]:
    document = read_document("page.md", text.encode())
    return [j.rule for j in examine(document, Options(), lambda *_: None, {}).judged]


@pytest.mark.parametrize(
    "text",
    [
        r"Let $D_l = a_t(i)$. Likewise $D_r = 2 b_t(i)$.",
        r"Let $D_l = a_t(i)$. Likewise $D_r = b_t(i) = \sum_j g(y_t = i, y_{t+1} = j) b_{t+1}(j)$.",
        r"Let $\textbf{C} \in \mathbb{R}^{m \times k}$, $\textbf{AB} \in \mathbb{R}^{m \times k}$."
        r" Here $(\textbf{AB}) \textbf{C} = \textbf{A} (\textbf{BC})$.",
        r"The errors are $e_x$ and $e_y$. $$e_r = (W_k)^T g_k$$",
        r"Of the diameters $D_o$ is the outer one, and the inner one is $D_i = 2 r_k$ then.",
        r"The inner diameter $D_i$ is small. Here $D_i = 2 r_k$.",
        r"A loss is $c_h = 1 - v u$ where it is wrong, so that $c_h = \max(0, 1 - v_i u_i)$.",
        r"Those at its sides are $x_l$ and $x_r$. Here $d_i = \frac{1}{2} (x_l + x_r)$.",
        r"$$\begin{aligned} q_j &= \sum_{i=1}^n p_{ij} = \\ r_i &= \sum_{j=1}^n p_{ij} \end{aligned}$$",
        r"Let $A \in \mathbb{R}^{m \times n}$, $B \in \mathbb{R}^{n \times k}$, $C \in \mathbb{R}^{m \times k}$."
        r" Here $(A B) C = A (B C)$.",
    ],
)
def test_labels_and_laws_are_let_pass(text: str) -> None:
    assert not {"E403", "E411"} & set(rules(text))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (r"A loss is $c_h = 1 - v_h u$, so that $c_h = \max(0, 1 - v_i u_i)$.", "E403"),
        (r"A loss is $c_h = 1$ there, so that $c_h = \max(0, 1 - v_i u_i)$.", "E403"),
        (r"Let $c_h = 1 - v u$ and $s = \sum_h c_h$. Now $c_h = \max(0, 1 - v_i u_i)$.", "E403"),
        (r"Let $D_k = a_t(i)$. Likewise $D_r = 2 b_t(i)$.", "E403"),
        (r"The inner diameters are $D_i$, the first is $D_1$. Here $D_i = 2 r_k$.", "E403"),
        (r"The inner diameter $D_i$ is in $\sum_{i=1}^n D_i$. Here $D_i = 2 r_k$.", "E403"),
        (r"The index $D_i$ is small. Here $D_i = 2 r_k$.", "E403"),
        (r"Those at its sides are $x_l$ and $x_k$. Here $d_i = \frac{1}{2} (x_l + x_k)$.", "E403"),
        (r"$$\begin{aligned} q_j &= \sum_{i=1}^n p_{ij} = \\ &\quad r_i \end{aligned}$$", "E403"),
        (r"The errors are $e_i$ and $e_j$. $$e_r = (W_k)^T g_k$$", "E403"),
        (
            r"Let $A \in \mathbb{R}^{m \times n}$, $B \in \mathbb{R}^{n \times k}$, $C \in \mathbb{R}^{m \times k}$."
            r" Here $(A B) C = A (C B)$.",
            "E411",
        ),
    ],
)
def test_indices_and_shapes_are_asked_all_the_same(text: str, rule: str) -> None:
    assert rule in rules(text)
