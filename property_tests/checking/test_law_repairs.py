"""Relations about abstract laws that are one slip away from an identity, and those that are assumptions."""

from __future__ import annotations

import pytest

from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document


def last(text: str):
    document = read_document("page.md", text.encode())
    return examine(document, Options(), lambda *_: None, {}).judged[-1]


@pytest.mark.parametrize(
    ("latex", "repair"),
    [
        (r"\mathrm{Cov}(X,Y) = \mathrm{E}(XY) + \mathrm{E}(X) \mathrm{E}(Y)", "-"),
        (r"\mathrm{Var}(X) = \mathrm{E}[X^2] - \mathrm{E}[X]", r"\mathrm{E}[X]^2"),
        (r"\mathrm{Var}(X+Y) = \mathrm{Var}(X) + \mathrm{Var}(Y) + \mathrm{Cov}(X,Y)", "2"),
        (r"\mathrm{I}(X;Y) = \mathrm{H}(X) + \mathrm{H}(Y) + \mathrm{H}(X,Y)", r"- \mathrm{H}(X , Y)"),
        (
            r"\log p(x) = \mathbb{E}_{q(z)}[\log p(x,z)] - \mathbb{E}_{q(z)}[\log q(z)] - \mathrm{KL}(q(z) \| p(z|x))",
            r"+ \mathrm{KL}",
        ),
    ],
)
def test_an_identity_with_a_slip_is_refuted_and_repaired(latex, repair):
    found = last(f"$$ {latex} $$")
    assert type(found.verdict).__name__ == "Refuted" and found.rule == "E313"
    assert repair in found.verdict.repair.latex


@pytest.mark.parametrize(
    "text",
    [
        r"$$ \mathrm{E}(XY) = \mathrm{E}(X) \mathrm{E}(Y) $$",
        r"$$ \mathrm{Var}(X - Y) = \mathrm{Var}(X) + \mathrm{Var}(Y) $$",
        r"$$ \mathrm{H}(X, Y) = \mathrm{H}(X) + \mathrm{H}(Y) $$",
        r"$$ \mathrm{H}(X, Y) = 2 \mathrm{H}(X) $$",  # of two draws from one law
        r"$$ \mathrm{Var}(X) = \mathrm{E}[X - \mathrm{E}[X]]^2 $$",  # the square of the bracket, for some
        r"$$ p(x, y) = p(x) \, p(y) $$",
        r"Suppose that $\mathrm{Cov}(X,Y) = \mathrm{E}(XY) + \mathrm{E}(X) \mathrm{E}(Y)$.",
    ],
)
def test_a_condition_on_the_laws_is_left_alone(text):
    assert type(last(text).verdict).__name__ != "Refuted"
