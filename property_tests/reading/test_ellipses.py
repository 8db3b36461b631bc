"""Sums, products and multinomial coefficients with dots are written out, and judged as what they stand for."""

from __future__ import annotations

import pytest

from claims.verdict import Proved, Refuted, Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.ellipses import without_ellipses
from errata.reading.parser import parse
from errata.reading.sources import read_document
from errata.reading.unparse import to_latex


def written(latex: str) -> str:
    return to_latex(without_ellipses(parse(latex).statements[0]))


@pytest.mark.parametrize(
    ("latex", "out"),
    [
        (r"x_1 + \ldots + x_n", r"\sum_{i = 1}^n (x_i)"),
        (r"x_1 + ... + x_n", r"\sum_{i = 1}^n (x_i)"),
        (r"a_1 b_1 + a_2 b_2 + \ldots + a_n b_n", r"\sum_{i = 1}^n (a_i b_i)"),
        (r"p(X=0) q(0) + \ldots + p(X=n) q(n)", r"\sum_{i = 0}^n (p(X = i) q(i))"),
        (r"x_1 x_2 \cdots x_n", r"\prod_{i = 1}^n (x_i)"),
        (r"{n \choose {x_1, \ldots, x_k}}", r"\frac{(n)!}{\prod_{i = 1}^k ((x_i)!)}"),
        (r"{n \choose {x, n - x}}", r"\frac{(n)!}{(x)! (n - x)!}"),
        (r"i_1 + \ldots + i_n", r"\sum_{j = 1}^n (i_j)"),
    ],
)
def test_dots_are_written_out(latex: str, out: str) -> None:
    assert written(latex) == out


@pytest.mark.parametrize(
    "latex",
    [
        r"x_1 + \ldots",
        r"x_1 + x_3 + \ldots + x_n",
        r"x_1 - \ldots + x_n",
        r"x_1 + \ldots + y_n",
        r"x_1 + \ldots + x_n^2",
        r"m (m - 1) \cdots (m - n + 1)",
        r"{n \choose k}",
        r"x + y",
    ],
)
def test_what_follows_no_one_index_stays(latex: str) -> None:
    node = parse(latex).statements[0]
    assert without_ellipses(node) is node


def verdict(latex: str) -> object:
    return examine(read_document("page.md", f"$$ {latex} $$".encode()), Options()).judged[-1].verdict


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"\sum_{i=1}^n a_i = a_1 + a_2 + \ldots + a_n", r"\sum_{i=1}^n a_i = a_1 + a_2 + \ldots + a_{n-1}"),
        (
            r"{n \choose {k_1, \ldots, k_m}} = \frac{n!}{k_1! \cdot \ldots \cdot k_m!}",
            r"{n \choose {k_1, \ldots, k_m}} = \frac{n!}{k_1 \cdot \ldots \cdot k_m}",
        ),
        (
            r"\mathrm{E}(X_1) + \ldots + \mathrm{E}(X_n) = \sum_{i=1}^n \mathrm{E}(X_i)",
            r"\mathrm{E}(X_1) + \ldots + \mathrm{E}(X_n) = \sum_{i=1}^n \mathrm{E}(X_i)^2",
        ),
    ],
)
def test_what_is_written_out_is_judged(right: str, wrong: str) -> None:
    assert isinstance(verdict(right), Supported | Proved)
    assert not isinstance(verdict(wrong), Supported | Proved | Refuted)


@pytest.mark.parametrize(
    ("latex", "refuted"),
    [
        (r"\frac13 = 0.333...", False),
        (r"\frac13 = 0.343...", True),
        (r"0.1 = 1.100110... \times 2^{-4}", False),  # binary digits, and more of them than stand there
    ],
)
def test_full_stops_after_digits_go_on_unless_a_product_does(latex: str, refuted: bool) -> None:
    assert isinstance(verdict(latex), Refuted) is refuted
