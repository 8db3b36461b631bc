"""Functions of variables with stated laws: the stated law of the result holds, or is refuted with proven bounds."""

from __future__ import annotations

import pytest
import sympy as sp
from flint import fmpq

from claims import laws
from claims.notation import Normal
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document
from numerics.families.transforms import of_law, of_separated, separated, transforms

X, Y, a, b, m, s = sp.symbols("X Y a b m s")
AT = {a: fmpq(7, 3), b: fmpq(5, 2), m: fmpq(1, 3), s: fmpq(5, 4)}


def verdicts(text: str) -> list[str]:
    document = read_document("page.md", text.encode())
    judged = examine(document, Options(), lambda *_: None, {}).judged
    return [type(j.verdict).__name__ for j in judged if j.relation == r"\sim" and j.kind == "claim"]


INDEPENDENT = "Let $X$ and $Y$ be independent with "

HELD = {
    "a ratio": INDEPENDENT + r"$X \sim \chi^2(u)$ and $Y \sim \chi^2(v)$. Then $\frac{X/u}{Y/v} \sim F(u,v)$.",
    "independent, as is said after": r"$X \sim \chi^2(u)$, $Y \sim \chi^2(v)$, so"
    r" $\frac{X/u}{Y/v} \sim F(u,v)$, where $X$ and $Y$ are independent.",
    "standardised": r"If $X \sim \mathcal{N}(\mu,\sigma^2)$, then $\frac{X-\mu}{\sigma} \sim \mathcal{N}(0,1)$.",
    "squares": r"Let $X_i \sim \mathcal{N}(0,1)$ be i.i.d. Then $\sum_{i=1}^n X_i^2 \sim \chi^2(n)$.",
    "inverse transform": r"If $U \sim \mathcal{U}(0,1)$, then $-\frac{1}{\lambda}\log U \sim \mathrm{Exp}(\lambda)$.",
    "reparameterised": r"With $\epsilon \sim \mathcal{N}(0,1)$, $\mu + \sigma\epsilon \sim \mathcal{N}(\mu,\sigma^2)$.",
    "counts": INDEPENDENT + r"$X \sim \mathrm{Poiss}(a)$ and $Y \sim \mathrm{Poiss}(b)$."
    r" Then $X + Y \sim \mathrm{Poiss}(a + b)$.",
    "Student": INDEPENDENT + r"$X \sim \mathcal{N}(0,1)$, $Y \sim \chi^2(\nu)$. Then"
    r" $\frac{X}{\sqrt{Y/\nu}} \sim t(\nu)$.",
    "defined before": r"If $X \sim \mathcal{N}(0,1)$ and $Z = X^2$, then $Z \sim \chi^2(1)$.",
}

HELD |= {
    "noise in words": r"Take $\xi$ from the standard normal. Then $\mu + \sigma \xi \sim \mathcal{N}(\mu,\sigma^2)$.",
    "noise that is": r"Here $\xi$ is standard normal noise. Then $\mu + \sigma \xi \sim \mathcal{N}(\mu,\sigma^2)$.",
}
REFUTED = {
    "a root too many": INDEPENDENT
    + r"$X \sim \chi^2(u)$, $Y \sim \chi^2(v)$. Then $\frac{X/u}{\sqrt{Y/v}} \sim F(u,v)$.",
    "not the root": r"Let $X \sim \mathcal{N}(\mu,\sigma^2)$. Then $\frac{X-\mu}{\sigma^2} \sim \mathcal{N}(0,1)$.",
    "no squares": r"Let $X_i \sim \mathcal{N}(0,1)$ be i.i.d. Then $\sum_{i=1}^n X_i \sim \chi^2(n)$.",
    "variance for deviation": r"With $\epsilon \sim \mathcal{N}(0,1)$,"
    r" $\mu + \sigma^2\epsilon \sim \mathcal{N}(\mu,\sigma^2)$.",
    "noise in words": r"Take $\xi$ from the standard normal. Then $\mu + \sigma^2 \xi \sim \mathcal{N}(\mu,\sigma^2)$.",
    "noise in words before a name": r"With standard Gaussian noise $\xi$,"
    r" $\mu - \sqrt{s} \xi \sim \mathcal{N}(\mu,s^2)$.",
    "a product of rates": INDEPENDENT + r"$X \sim \mathrm{Poiss}(a)$ and $Y \sim \mathrm{Poiss}(b)$."
    r" Then $X + Y \sim \mathrm{Poiss}(a b)$.",
}

SILENT = {
    "nothing says independent": r"Let $X \sim \chi^2(u)$, $Y \sim \chi^2(v)$. Then $X + Y \sim \chi^2(u + v + 1)$.",
    "a parameter that it introduces": r"Let $X \sim \mathcal{N}(\mu,\sigma^2)$. Then $2X \sim \mathcal{N}(a, b)$.",
    "not separable": INDEPENDENT
    + r"$X \sim \chi^2(u)$, $Y \sim \chi^2(v)$. Then $\frac{X}{X+Y} \sim \mathrm{Bet}(u,v)$.",
    "a factor that may be random": r"Let $X \sim \mathcal{N}(0,1)$ and $Y = W X$. Then $Y \sim \mathcal{N}(0,1)$.",
    "a central limit theorem": r"Let $X_i \sim \mathrm{Exp}(1)$ be i.i.d. Then"
    r" $\sum_{i=1}^n X_i \sim \mathcal{N}(n, n)$ for large $n$.",
    "noise of an unknown law": r"Take Gaussian noise $\xi$. Then $\mu + \sigma^2 \xi \sim \mathcal{N}(\mu,\sigma^2)$.",
    "noise of another section": "# One\n\nTake $\\xi$ from the standard normal.\n\n# Two\n\n"
    r"Then $\mu + \sigma^2 \xi \sim \mathcal{N}(\mu,\sigma^2)$.",
    "a law in a formula besides": r"Here $\xi$ is standard normal at first,"
    r" and $\xi \sim \mathcal{N}(0, \sigma^{-2})$ then. Then $\mu + \sigma^2 \xi \sim \mathcal{N}(\mu,\sigma^2)$.",
    "a wish": r"Let $X \sim \mathcal{N}(0,1)$. Suppose that $2X \sim \mathcal{N}(0,1)$.",
    "either of two conventions": r"If $U \sim \mathcal{U}(0,1)$, then $-\lambda \log U \sim \mathrm{Exp}(\lambda)$.",
}


@pytest.mark.parametrize("name", HELD)
def test_a_right_law_is_supported(name):
    assert verdicts(HELD[name]) == ["Supported"]


@pytest.mark.parametrize("name", REFUTED)
def test_a_wrong_law_is_refuted(name):
    assert verdicts(REFUTED[name]) == ["Refuted"]


@pytest.mark.parametrize("name", SILENT)
def test_where_something_may_save_it_nothing_is_refuted(name):
    assert "Refuted" not in verdicts(SILENT[name])


@pytest.mark.parametrize(
    ("e", "own", "law", "wrong"),
    [
        (2 * b * X, {X: laws.Gamma(a, b)}, laws.ChiSquared(2 * a), laws.ChiSquared(a)),
        (X + Y, {X: Normal(m, s), Y: Normal(0, b)}, Normal(m, s + b), Normal(m, s * b)),
        (X + Y, {X: laws.Poisson(a), Y: laws.Poisson(b)}, laws.Poisson(a + b), laws.Poisson(a * b)),
        (sp.exp(X), {X: Normal(m, s)}, laws.LogNormal(m, s), laws.LogNormal(m, s**2)),
    ],
)
def test_the_expectations_of_a_transformed_variable_are_those_of_its_law_and_not_of_another(e, own, law, wrong):
    z = separated(e, frozenset(own))
    kind = transforms(z, own)[0]
    here = of_separated(z, own, kind, 0, AT)
    right, other = (of_law(one, z, own, kind, 0, AT) for one in (law, wrong))
    assert all(x.overlaps(y) and float(x.rad()) < 1e-4 for x, y in zip(here, right, strict=True))
    assert not all(x.overlaps(y) for x, y in zip(here, other, strict=True))


def test_what_is_neither_a_sum_nor_a_product_is_left_alone():
    assert separated(X / (X + Y), frozenset({X, Y})) is None
    assert separated(a + 1, frozenset({X})) is None
