"""Steps that hold under a condition which notes rarely repeat, and steps that hold under none."""

from __future__ import annotations

from claims.verdict import Refuted, Supported, Undecided, Verdict
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

CROSS = r"""With a one-hot label $y$ we get

$$ \begin{aligned}
\ell &= \sum_{j=1}^q y_j \log \sum_{k=1}^q e^{o_k} - \sum_{j=1}^q y_j o_j \\
&= %s \log \sum_{k=1}^q e^{o_k} - \sum_{j=1}^q y_j o_j
\end{aligned} $$
"""
DECOMPOSED = r"""The singular vectors make up $U$ and $V$. Then

$$ \begin{aligned}
P &= (V S U^\top U S V^\top)^{-1} V S U^\top \\
&= (V S S V^\top)^{-1} V S %s U^\top
\end{aligned} $$
"""


def last(notes: str) -> Verdict:
    return examine(read_document("a.md", notes), Options()).judged[-1].verdict


def test_weights_sum_to_one_where_the_document_speaks_of_such() -> None:
    found = last(CROSS % "")
    assert isinstance(found, Supported) and found.holds_if == "the y_i sum to one"
    assert isinstance(last(CROSS % "2"), Refuted)
    assert isinstance(last((CROSS % "").replace("one-hot", "real")), Refuted)


def test_matrices_beside_their_transposes_may_be_orthogonal() -> None:
    assert isinstance(last(DECOMPOSED % ""), Undecided)
    assert isinstance(last(DECOMPOSED % "S"), Refuted)
    assert isinstance(last((DECOMPOSED % "").replace("singular vectors", "rows")), Refuted)


TURNED = r"""The matrix $V$ is orthogonal. Then

$$ C = V D V^\top = V D %s $$
"""


def test_the_inverse_of_a_matrix_may_be_its_transpose() -> None:
    found = last(TURNED % "V^{-1}")
    assert isinstance(found, Supported) and found.holds_if == "V orthogonal, as line 1 says"
    assert isinstance(last((TURNED % "V^{-1}").replace("is orthogonal", "has orthogonal columns")), Undecided)
    assert isinstance(last(TURNED % "V^{-2}"), Refuted)
    assert isinstance(last((TURNED % "V^{-1}").replace("orthogonal", "square")), Refuted)
    assert isinstance(last(TURNED % "2 V^{-1}"), Refuted)


INVERTED = r"""Let the eigenvectors make up $V$. Then

$$ y = x^T (V D V^T)^{-1} x = x^T V D^{-1} %s V^T x $$
"""
POWERS = r"""The shares have $\sum_{j=1}^K y_j = 1$, so that

$$ B = \prod_{j=1}^{K-1} t_j^{y_j} t_K^{y_K} = \exp \left(\sum_{j=1}^{K-1} y_j \log t_j + %s \log t_K \right) $$
"""


def test_what_stands_around_a_matrix_with_its_transpose_may_be_orthogonal() -> None:
    assert isinstance(last(INVERTED % ""), Undecided)
    assert isinstance(last(INVERTED % "D^{-1}"), Refuted)
    assert isinstance(last((INVERTED % "").replace("eigenvectors", "rows")), Refuted)


def test_a_product_may_end_before_a_power_of_its_last_member() -> None:
    found = last(POWERS % r"(1 - \sum_{j=1}^{K-1} y_j)")
    assert isinstance(found, Supported) and found.holds_if == "the y_i sum to one"
    assert isinstance(last(POWERS % r"(2 - \sum_{j=1}^{K-1} y_j)"), Refuted)
