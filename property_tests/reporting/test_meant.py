"""A repair that is spelled otherwise than the notes becomes the smallest edit of what the author wrote."""

from __future__ import annotations

import pytest

from errata.reporting.meant import edit_in


@pytest.mark.parametrize(
    ("source", "wanted", "meant"),
    [
        (r"\log N + \mathcal{L}_N", r"\log\left(N\right) - \mathcal{L}_{N}", r"\log N - \mathcal{L}_N"),
        (r"1 / \lambda", r"\left(\lambda^{2}\right)^{-1}", r"1 / \lambda^2"),
        (r"\dfrac{k + a}{n + a}", r"\frac{k + a - 1}{n + a}", r"\dfrac{k + a- 1}{n + a}"),
        (r"\sum_k p_k m_k - c^2", r"\sum_{k = 1}^{K} p_{k} m_{k}^2 - c^{2}", r"\sum_k p_k m_k^2 - c^2"),
    ],
)
def test_the_edit_is_small_and_in_the_authors_spelling(source: str, wanted: str, meant: str) -> None:
    found = edit_in(source, wanted)
    assert found is not None
    start, end, text = found
    edited = source[:start] + text + source[end:]
    assert edited.replace(" ", "") == meant.replace(" ", "")


def test_nothing_is_edited_that_means_it_already_or_never_will() -> None:
    assert edit_in(r"\varphi(X) + 1", r"\varphi\left(X\right) + 1") is None
    assert edit_in("a + b", r"\frac{u}{v} - w x y") is None
