"""A law given a parameter is the law given what the parameter determines, where all else is the same."""

from __future__ import annotations

import pytest

from claims.verdict import Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document


def condition(relation: str) -> str | None:
    page = r"The network puts out $m = g_\theta(v)$, which is all that counts in what follows." + f"\n\n$${relation}$$"
    verdict = examine(read_document("page.md", page.encode()), Options()).judged[-1].verdict
    return verdict.holds_if if isinstance(verdict, Supported) else None


@pytest.mark.parametrize(
    ("relation", "wanted"),
    [
        (r"p(w \mid \theta) \equiv p(w \mid \hat w_\theta)", r"w depends on \theta only through \hat{w}_{\theta}"),
        (
            r"-\log p(w_i \mid \theta) = -\log p(w_i \mid \hat w_{\theta, i})",
            r"w_i depends on \theta only through \hat{w}_{\theta , i}",
        ),
        (r"p(w \mid v, \theta) \equiv p(w \mid m)", r"w depends on v, \theta only through m"),
        (r"p(w \mid m) \equiv p_\theta(w)", r"w depends on \theta only through m, with v fixed"),
        (
            r"\arg\max_\theta \sum_{i=1}^N \log p(w_i \mid \theta) = "
            r"\arg\max_\theta \sum_{i=1}^N \log p(w_i \mid \hat w_{\theta, i})",
            r"w_i depends on \theta only through \hat{w}_{\theta , i}",
        ),
    ],
)
def test_what_a_parameter_determines_stands_for_it(relation: str, wanted: str) -> None:
    assert condition(relation) == wanted


@pytest.mark.parametrize(
    "slip",
    [
        r"p(w \mid v, \phi) \equiv p(w \mid m)",
        r"p(v \mid w, \theta) \equiv p(v \mid m)",
        r"p(w \mid \theta) \equiv q(w \mid \hat w_\theta)",
        r"p(w \mid \theta) \equiv p(m \mid \hat w_\theta)",
        r"p(w \mid \theta) \equiv p(w \mid \hat w_\phi)",
        r"p(w \mid \theta) \equiv p(w \mid m)",
        r"-\log p(w_i \mid \theta) = \log p(w_i \mid \hat w_{\theta, i})",
        r"-\log p(w_i \mid \theta) = -\log p(w_j \mid \hat w_{\theta, i})",
        r"p(w \mid \theta)^2 = p(w \mid \hat w_\theta)",
        r"\arg\max_\theta \sum_{i=1}^N \log p(w_i \mid \theta) = "
        r"\arg\min_\theta \sum_{i=1}^N \log p(w_i \mid \hat w_{\theta, i})",
    ],
)
def test_a_slip_is_not_supported(slip: str) -> None:
    assert condition(slip) is None
