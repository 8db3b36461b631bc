"""That an exchange of names matters is supported of laws in general, and never where it makes no difference."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.asymmetries import GENERAL, exchanges_two_names
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.sources import read_document


def last(claim):
    return examine(read_document("a.md", f"Note that $$ {claim} $$".encode()), Options()).judged[-1].verdict


@pytest.mark.parametrize(
    "claim",
    [
        r"\mathrm{KL}(r \| s) \neq \mathrm{KL}(s \| r)",
        r"D_{\mathrm{KL}}(q \,\|\, p) \ne D_{\mathrm{KL}}(p \,\|\, q)",
        r"H(V \mid W) \neq H(W \mid V)",
    ],
)
def test_what_is_not_symmetric_is_supported_in_general(claim):
    found = last(claim)
    assert isinstance(found, Supported)
    assert found.holds_if == GENERAL


@pytest.mark.parametrize(
    "claim",
    [
        r"I(V; W) \neq I(W; V)",
        r"\mathrm{JS}(r \| s) \neq \mathrm{JS}(s \| r)",
        r"p(u, v) \neq p(v, u)",
        r"H(V, W) \neq H(W, V)",
        r"\mathrm{KL}(r \| s) \neq \mathrm{KL}(r \| t)",
        r"p(u, v) \neq p(u) p(v)",
        r"p(u) \neq 0",
        r"H(V) \neq H(W)",
    ],
)
def test_what_is_symmetric_and_what_is_no_exchange_is_never_supported(claim):
    assert not isinstance(last(claim), Supported)


def test_an_exchange_is_of_two_names():
    def of(left, right):
        return exchanges_two_names(parse(left).statements[0], parse(right).statements[0])

    assert of("p(a \\mid b)", "p(b \\mid a)")
    assert not of("p(a \\mid b)", "p(a \\mid b)")
    assert not of("p(a \\mid b)", "p(b \\mid b)")
    assert not of("p(a \\mid b)", "p(c \\mid a)")
    assert not isinstance(last("x \\neq y"), Supported | Refuted)
