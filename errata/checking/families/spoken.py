"""Which laws a sentence names in words: "the density of a normal distribution" is not about a gamma variable."""

from __future__ import annotations

import re

_WORDS = {
    "N": r"normal|Gaussian",
    "LN": r"log[\s-]?normal",
    "Gamma": r"gamma|Erlang",
    "Exp": r"exponential",
    "Geom": r"geometric",
    "NegBin": r"negative[\s-]binomial|Pascal",
    "Weibull": r"Weibull",
    "Pareto": r"Pareto",
    "InvGamma": r"inverse[\s-]gamma",
    "Wald": r"Wald|inverse[\s-]Gaussian",
    "IG": r"inverse[\s-]gamma|inverse[\s-]Gaussian|Wald",
    "U": r"uniform",
    "Bern": r"Bernoulli",
    "Bin": r"binomial",
    "Poisson": r"Poisson",
    "Beta": r"beta",
    "B": r"beta|binomial",
    "BetaBin": r"beta[\s-]binomial",
    "χ²": r"chi[\s-]?squared?",
    "F": r"F",
    "t": r"t|Student'?s?(?:[\s-]t)?",
    "Laplace": r"Laplace",
    "Logistic": r"logistic",
    "Cauchy": r"Cauchy",
    "Rayleigh": r"Rayleigh",
    "Wigner": r"Wigner|semicircle",
}
"""The words for each notation, in front of "distribution", "law", "density" or "variable"."""
_OTHERS = "truncated|half|folded|von Mises|ex-Gaussian|multivariate|bivariate|matrix|categorical|multinomial|Dirichlet"
_KIND = r"[\s-]+(?:probability\s+)?(?:distribut\w*|law|density|mass|(?:random\s+)?variables?)\b"
_SENTENCE = re.compile(r"(?:[.;]\s|\n\s*\n|\$\$)")
_LINK = re.compile(r"\]\([^)\s]*\)|\[")


def speaks_of_others(prose: str, names: set[str]) -> bool:
    """Whether the last sentence of a text names a law in words, and none of those whose notation is given."""
    found = spoken(prose)
    return bool(found) and not found & names


def spoken(prose: str) -> set[str]:
    """The laws that the last sentence of a text names, by their notation; "…" stands for one without."""
    lead = _LINK.sub(" ", prose.rstrip().rstrip("$").rstrip())
    last = _SENTENCE.split(lead)[-1]
    if re.search(rf"\b(?:{_OTHERS})\b", last, re.I):
        return {"…"}
    found = {name for name, words in _WORDS.items() if re.search(rf"\b(?:{words}){_KIND}", last, _flags(name))}
    if "LN" in found:
        found.discard("N")
    if found & {"InvGamma", "IG"}:
        found -= {"Gamma"}
    if "BetaBin" in found or "NegBin" in found:
        found -= {"Bin", "Beta", "B"}
    return found - {"B", "IG"} if len(found) > 1 else found


def _flags(name: str) -> int:
    """Single letters keep their case; words may start a sentence."""
    return 0 if name in ("F", "t") else re.I
