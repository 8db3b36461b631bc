"""What no identity could be rests on something that is supposed: it is not refuted, and its wrong twins are."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.checking.tacit_premises import with_means_zero
from errata.reading.parser import parse
from errata.reading.relations import stated
from errata.reading.sources import read_document

BETA = r"Then $\mathbb{E}[\hat{\mathbf{b}}] = (A^T A)^{-1} A^T (A \mathbf{b} + %s) = \mathbf{b}$."


def judged(page: str) -> list[Judged]:
    return examine(read_document("a.md", page.encode()), Options()).judged


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (r"Both undo $v$: $w_1 = w_1 + 0 = w_1 + (v + w_2) = (w_1 + v) + w_2 = 0 + w_2 = w_2$.", "two inverses of one"),
        (r"As $p(0) = q(0) = 1$, it is $(p + q)(0) = 2$.", "a sum of functions at 0"),
        (r"The zero of this space is $\mathbf{0} = 1$.", "the zero of a space of its own"),
        (r"The product is $Q = H_1 H_2 H_3$ ($Q^T = Q^{-1}$).", "the product of reflections is orthogonal"),
        (r"For each $i$, $A(u + iw) = (a + bi)(u + iw) = (au - bw) + i(bu + aw)$.", "the root of −1"),
        (r"By induction $A^{k+1} = A A^k = A Q_k R_k = Q_k A_k R_k$.", "a sequence of matrices that begins with A"),
        (
            r"It slides: $P = \mathbf{v} \cdot (\mathbf{G} + \mathbf{R}) = \mathbf{v} \cdot \mathbf{G}$.",
            "a force at right angles",
        ),
        (r"Buckling: $P_{cr} = \frac{\pi^2 E I}{L_{fl}^2}$.", "labels of two letters"),
        (r"On average $U = \frac{200}{\pi} = 63,66 \approx 63,7$.", "a decimal comma"),
        (r"Then $r = c - c B^{-1} \operatorname{col}_B(A) = c - c B^{-1} B = 0$.", "the columns in the basis"),
        (r"The surface is $T = S = T^2$.", "a surface of two circles"),
        (r"Without loss $i \ge m$, then $A_{i,j} = A_{m,0} B$ with some $B$.", "m has a value"),
        (BETA % r"\mathbb{E}[\boldsymbol{\epsilon}]", "the noise has mean zero"),
    ],
)
def test_what_must_be_supposed_is_not_refuted(page: str, why: str) -> None:
    assert not any(isinstance(j.verdict, Refuted) for j in judged(page)), why


@pytest.mark.parametrize(
    "page",
    [
        r"Then $w_1 = w_1 + 0 = w_1 + v + w_2 - v = w_1$.",
        r"It is $(2 + 3)(4) = 21$.",
        r"It is $0 = 1$.",
        r"Then $r = c - c B^{-1} \operatorname{col}_B(A) = c - 2 c B^{-1} \operatorname{col}_B(A)$.",
        r"Then $x = t^2 t^3 = t^6$.",
        r"It slides: $a = m (\mathbf{G} + \mathbf{R}) = m \mathbf{G}$.",
        r"On average $U = \frac{200}{\pi} = 65,66 \approx 65,7$.",
        r"For each $i$, $A(u + iw) = (a + bi)(u + iw) = (au + bw) + i(bu + aw)$.",
        r"Here $2 A Q_k R_k = A Q_k R_k + A Q_k R_k + R_k$.",
        BETA % r"2 A \mathbf{b}",
    ],
)
def test_a_wrong_twin_is_refuted(page: str) -> None:
    assert any(isinstance(j.verdict, Refuted) for j in judged(page))


@pytest.mark.parametrize(("said", "count"), [(r"e \sim N(m, 1)", 0), (r"x \sim N(m, 1)", 1)])
def test_a_mean_of_a_known_law_is_not_zero_for_want_of_words(said: str, count: int) -> None:
    (step,) = stated(parse(r"a + \mathbb{E}[e] = a"))[0].pairs()
    assert len(list(with_means_zero(step, [parse(said)]))) == count
