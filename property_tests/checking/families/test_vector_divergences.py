"""Divergences between normal laws of vectors, in every dimension, right and wrong."""

from __future__ import annotations

import pytest

from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

GENERAL = (
    r"\mathrm{KL}[\mathcal{N}(\mu_1, \Sigma_1) \,||\, \mathcal{N}(\mu_2, \Sigma_2)] = \frac{1}{2} \left[ "
    r"(\mu_2 - \mu_1)^\mathrm{T} \Sigma_2^{-1} (\mu_2 - \mu_1) + \mathrm{tr}(\Sigma_2^{-1} \Sigma_1)"
    r" - \ln \frac{|\Sigma_1|}{|\Sigma_2|} - n \right]"
)
STANDARD = (
    r"D_{\mathrm{KL}}(\mathcal{N}(\mu,\Sigma) \,\|\, \mathcal{N}(0,I)) = "
    r"\frac{1}{2}\left( \mathrm{tr}(\Sigma) + \mu^\top \mu - d - \log |\Sigma| \right)"
)


def verdict(latex: str) -> str:
    document = read_document("page.md", f"$$ {latex} $$".encode())
    return type(examine(document, Options(), lambda *_: None, {}).judged[-1].verdict).__name__


@pytest.mark.parametrize("latex", [GENERAL, STANDARD])
def test_the_closed_form_holds_in_several_dimensions(latex):
    assert verdict(latex) == "Supported"


@pytest.mark.parametrize(
    "latex",
    [
        GENERAL.replace(r"- \ln", r"+ \ln"),
        GENERAL.replace(r"- n", r"- 1 - n"),
        GENERAL.replace(r"\Sigma_2^{-1} \Sigma_1", r"\Sigma_1^{-1} \Sigma_2"),
        STANDARD.replace(r"- \log", r"+ \log"),
        STANDARD.replace(r"- d", r"- 2 d"),
    ],
)
def test_a_slip_is_refuted(latex):
    assert verdict(latex) == "Refuted"


@pytest.mark.parametrize(
    "latex",
    [
        GENERAL.replace(r"|\Sigma_2|}", r"|\mu_2|}"),
        GENERAL.replace(r"\Sigma_2^{-1} (\mu_2 - \mu_1)", r"\Sigma_2^{-1} (\mu_2 - n)"),
        STANDARD.replace(r"\mathrm{tr}(\Sigma)", r"\Sigma"),
    ],
)
def test_a_slip_by_which_no_shapes_fit_is_found(latex):
    assert verdict(latex) in ("IllFormed", "Refuted")


def test_what_has_no_shapes_for_another_reason_is_left_alone():
    assert verdict(GENERAL.replace(r"\mathrm{tr}(\Sigma_2^{-1} \Sigma_1)", r"\Sigma_2 \mu_1")) == "Undecided"


def test_what_has_no_dimension_is_left_alone():
    assert verdict(GENERAL.replace(r" - n \right]", r" - 1 \right]")) == "Undecided"
