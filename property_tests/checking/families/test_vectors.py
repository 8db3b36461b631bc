"""Normal densities of matrices, spelled out and held against the other side in several dimensions."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document

RIGHT = (
    r"\frac{1}{\sqrt{(2\pi)^{np} |V|^n |U|^p}} \exp\left[ -\frac{1}{2} "
    r"\mathrm{tr}\left( V^{-1} (X - M)^\mathrm{T} U^{-1} (X - M) \right) \right]"
)
IN_PRECISIONS = (
    r"\sqrt{\frac{|Q|^n |P|^v}{(2\pi)^{nv}}} \exp\left[ -\frac{1}{2} "
    r"\mathrm{tr}\left( Q (Y - M)^\mathrm{T} P (Y - M) \right) \right]"
)


def last(latex: str, before: str = "") -> Judged:
    return examine(read_document("page.md", f"{before}\n\n$$ {latex} $$\n".encode()), Options()).judged[-1]


@pytest.mark.parametrize(
    ("latex", "said"),
    [
        (rf"\mathcal{{MN}}(X; M, U, V) = {RIGHT}", "n the number of"),
        (rf"\mathcal{{MN}}(Y; M, P^{{-1}}, Q^{{-1}}) = {IN_PRECISIONS}", "n the number of"),
        (rf"\mathcal{{MN}}(Y; M, P, Q) = {IN_PRECISIONS}", "precisions in the place of covariances"),
        (rf"\mathcal{{MN}}(X; M, V, U) = {RIGHT}", "covariance of the columns first"),
    ],
)
def test_the_density_is_supported_and_its_reading_said(latex: str, said: str) -> None:
    verdict = last(latex).verdict
    assert isinstance(verdict, Supported)
    assert said in str(verdict.holds_if)


@pytest.mark.parametrize(
    "latex",
    [
        rf"\mathcal{{MN}}(Y; M, P, Q^{{-1}}) = {IN_PRECISIONS}",
        rf"\mathcal{{MN}}(X; M, U, V) = {RIGHT.replace('|V|^n |U|^p', '|V|^n |U|^n')}",
        rf"\mathcal{{MN}}(X; M, U, V) = {RIGHT.replace('frac{1}{2}', 'frac{1}{4}')}",
    ],
)
def test_a_slip_in_the_density_is_refuted_in_every_reading(latex: str) -> None:
    found = last(latex)
    assert isinstance(found.verdict, Refuted)
    assert found.rule == "E315"


def test_what_the_page_says_of_a_matrix_may_save_it() -> None:
    latex = rf"\mathcal{{MN}}(Y; M, P, Q^{{-1}}) = {IN_PRECISIONS}"
    assert not isinstance(last(latex, "Here $P = I_n$ throughout.").verdict, Refuted)


def test_a_variance_that_is_the_square_of_a_number_makes_it_the_density_of_a_number() -> None:
    spread = r"\frac{1}{(2\pi)^{N/2} %s} \exp(-\frac{1}{2} (y - X w)^T %s (y - X w))"
    numbers = r"\prod_{i=1}^N \mathcal{N}(y_i | w^T x_i, \sigma^2)"
    exponent = r"\exp(-\frac{1}{2\sigma^2} \sum_{i=1}^N (y_i - w^T x_i)^2)"
    assert not isinstance(last(rf"{numbers} = \frac{{1}}{{(2\pi)^{{N/2}} \sigma^N}} {exponent}").verdict, Refuted)
    vector = rf"\mathcal{{N}}(y; X w, S) = {spread % (r'|S|^{1/2}', 'S^{-1}')}"
    assert isinstance(last(vector).verdict, Supported)
    assert isinstance(last(vector.replace("S^{-1}", "S")).verdict, Refuted)
