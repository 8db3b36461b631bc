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
_OTHERS = (
    "hypergeometric|truncated|half|folded|von Mises|ex-Gaussian|multivariate|bivariate|matrix|categorical|multinomial|"
    "Dirichlet"
)
_KIND = r"[\s-]+(?:probability\s+)?(?:distribut\w*|law|density|mass|(?:random\s+)?variables?)\b"
MOST_LETTERS = 40
"""Length of a text that is a name."""
_SENTENCE = re.compile(r"(?:[.;]\s|\n\s*\n|\$\$)")
_LINK = re.compile(r"\]\([^)\s]*\)|\[")


def speaks_of_others(prose: str, names: set[str]) -> bool:
    """Whether the last sentence of a text names a law in words, and none of those whose notation is given."""
    found = spoken(prose)
    return bool(found) and not found & names


def spoken(prose: str) -> set[str]:
    """The laws that the last sentence of a text names, by their notation; "…" stands for one without."""
    return named_in(last_sentence(prose))


def last_sentence(prose: str) -> str:
    """The sentence that a text breaks off in, without links and the sign that opens a formula."""
    lead = _LINK.sub(" ", re.sub(r"(?:\$+|\\\[|\\begin\{\w+\*?\})\s*$", "", prose.rstrip()).rstrip())
    return _SENTENCE.split(lead)[-1]


def named_in(last: str) -> set[str]:
    """The laws that a sentence names, by their notation."""
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


def named_alone(text: str) -> set[str]:
    """The laws that a short text names without saying that they are laws, as the first cell of a row does."""
    words = _LINK.sub(" ", re.sub(r"\$[^$]*\$|\([^()]*\)|[*_]", " ", text)).strip()
    if len(words) > MOST_LETTERS or re.search(rf"\b(?:{_OTHERS})\b", words, re.I):
        return set()
    return named_in(words + " distribution")


def _flags(name: str) -> int:
    """Single letters keep their case; words may start a sentence."""
    return 0 if name in ("F", "t") else re.I
