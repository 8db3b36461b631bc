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
_PART = r"[\s-]+(?:noise|errors?|residuals?|likelihoods?|priors?)\b"
"""The same for a part of a model."""
_MARKS = re.compile(r"\*\*?|__?(?=\w)|(?<=\w)__?")
"""Signs of emphasis."""
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
    return {"…"} if re.search(rf"\b(?:{_OTHERS})\b", last, re.I) else _named_in(last, _KIND)


def last_named(text: str) -> set[str]:
    """The laws of the last sentence of a text that names one, by their notation: also "Laplace noise"."""
    sentences = _SENTENCE.split(_MARKS.sub("", _LINK.sub(" ", text)))
    return next((found for s in reversed(sentences) if (found := _named_in(s, f"(?:{_KIND}|{_PART})"))), set())


def _named_in(last: str, kind: str) -> set[str]:
    found = {name for name, words in _WORDS.items() if re.search(rf"\b(?:{words}){kind}", last, _flags(name))}
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
