"""A verdict under named laws names its derivation: the one whose claim was read, and no other."""

from __future__ import annotations

import subprocess
import sys

import pytest

from claims.verdict import Refuted, Supported
from derivations.catalogue import derivations
from errata.checking.examine import examine
from errata.checking.families.derived import KNOWN, claims_about_laws, is_about_laws
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document
from errata.reporting.diagnostic import diagnostics
from errata.reporting.selection import Selection

KL = r"\mathrm{KL}(\mathcal{N}(\mu_1, \sigma_1^2) \| \mathcal{N}(\mu_2, \sigma_2^2))"
LOG = r"\log\frac{\sigma_2}{\sigma_1}"


def last(law: str, relation: str) -> Judged:
    text = f"Let $X {law}$. Then\n\n$$ {relation} $$\n"
    return examine(read_document("notes.md", text), Options()).judged[-1]


NAMED = [
    (r"\sim \mathcal{N}(\mu, \sigma^2)", r"H(X) = \frac12 \log(2\pi e \sigma^2)", "entropy_normal_eq"),
    (r"\sim \mathcal{N}(m, v)", r"H(X) = \frac12 + \frac12\log(2\pi v)", "entropy_normal_eq"),
    (r"\sim \mathcal{N}(\mu, \sigma^2)", r"\frac12 \log(2\pi e \sigma^2) = H(X)", "entropy_normal_eq"),
    (r"\sim \mathrm{Uniform}(c, d)", r"H(X) = \log(d - c)", "entropy_uniform_eq"),
    (r"\sim \mathrm{Gamma}(k, \beta)", r"H(X) = k - \log\beta + \log\Gamma(k) + (1-k)\psi(k)", "entropy_gamma_eq"),
    (r"\sim \mathcal{N}(0, 1)", rf"{KL} = {LOG} + \frac{{\sigma_1^2 + (\mu_1-\mu_2)^2}}{{2\sigma_2^2}} - \frac12",
     "kl_normal_eq"),
    (r"\sim \mathcal{N}(0, 1)",
     r"\mathrm{KL}(\mathcal{N}(\mu_1, \sigma^2) \| \mathcal{N}(\mu_2, \sigma^2)) = \frac{(\mu_1-\mu_2)^2}{2\sigma^2}",
     "chernoff_normal_rate_eq"),
]  # fmt: skip


@pytest.mark.parametrize(("law", "relation", "name"), NAMED, ids=lambda v: str(v)[:30])
def test_a_formula_of_the_catalogue_names_its_derivation(law, relation, name):
    found = last(law, relation)
    assert isinstance(found.verdict, Supported)
    assert found.derived == name


OTHERS = [
    # a special case, another quantity, a multiple: each is right, and none is a claim of the catalogue
    (r"\sim \mathcal{N}(0, 1)", r"H(X) = \frac12 \log(2\pi e)"),
    (r"\sim \mathcal{N}(\mu, \sigma^2)", r"\mathrm{E}[X^2] = \mu^2 + \sigma^2"),
    (r"\sim \mathcal{N}(\mu, \sigma^2)", r"2 H(X) = \log(2\pi e \sigma^2)"),
    (r"\sim \mathrm{Exp}(1/\theta)", r"H(X) = 1 + \log\theta"),
    (r"\sim \mathcal{N}(0, 1)",
     r"\mathrm{KL}(\mathcal{N}(\mu_1, 1) \| \mathcal{N}(\mu_2, 1)) = \frac{(\mu_1-\mu_2)^2}{2}"),
]  # fmt: skip


@pytest.mark.parametrize(("law", "relation"), OTHERS, ids=lambda v: str(v)[:40])
def test_what_is_right_but_no_claim_of_the_catalogue_names_none(law, relation):
    found = last(law, relation)
    assert isinstance(found.verdict, Supported)
    assert found.derived is None


SLIPS = [
    (r"\sim \mathcal{N}(\mu, \sigma^2)", r"H(X) = \log(2\pi e \sigma^2)", "entropy_normal_eq"),
    (r"\sim \mathcal{N}(0, 1)", rf"{KL} = {LOG} + \frac{{\sigma_1^2 + (\mu_1-\mu_2)^2}}{{\sigma_2^2}} - \frac12",
     "kl_normal_eq"),
]  # fmt: skip


@pytest.mark.parametrize(("law", "relation", "name"), SLIPS, ids=lambda v: str(v)[:30])
def test_a_slip_is_refuted_with_the_derivation_of_the_side_that_is_defined(law, relation, name):
    text = f"Let $X {law}$. Then\n\n$$ {relation} $$\n"
    examined = examine(read_document("notes.md", text), Options())
    found = examined.judged[-1]
    assert isinstance(found.verdict, Refuted)
    assert found.derived == name
    (diagnostic,) = diagnostics(examined, Selection())
    assert ("derived", f"step by step: errata derive {name}") in diagnostic.facts


def test_a_wrong_moment_of_a_law_has_no_derivation():
    found = last(r"\sim \mathcal{N}(\mu, \sigma^2)", r"\mathrm{E}[X^2] = \mu^2 - \sigma^2")
    assert isinstance(found.verdict, Refuted) and found.derived is None


def test_every_claim_about_an_entropy_or_a_divergence_of_named_laws_is_looked_at():
    every = {d.claim.name for d in derivations() if d.claim.relation == "=" and is_about_laws(d.claim)}
    assert {c.name for c in claims_about_laws()} == every


def test_it_is_known_of_which_laws_there_is_a_claim():
    assert {(type(c.left), *map(type, c.left.args)) for c in claims_about_laws()} == KNOWN


@pytest.mark.parametrize("said", [
    r"\\sim \\mathcal{N}(\\mu, 4)$. Then $E[X] = \\mu$.",
    r"\\sim \\mathrm{Gamma}(a, b)$. Then $E[\\log X] = \\psi(a) - \\log b$.",
    r"\\sim \\mathrm{Exp}(a)$. Then $\\mathrm{KL}[\\mathrm{Exp}(a) \\| \\mathrm{Exp}(b)] = \\log(a/b) + b/a - 1$.",
])  # fmt: skip
def test_a_page_without_such_a_claim_imports_no_derivation_and_none_imports_torch(said):
    program = (
        "import sys; from errata.checking.examine import examine; from errata.checking.options import Options;"
        "from errata.reading.sources import read_document; "
        f"examine(read_document('n.md', 'Let $X {said}'), Options());"
        "print([m for m in sys.modules if m == 'torch' or m.startswith('derivations.')])"
    )
    ran = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert ran.stdout == "[]\n"
