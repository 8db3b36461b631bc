"""What a sentence or the heading of a column says an expression is: the variance of the gamma law, a density, a cdf."""

from __future__ import annotations

import re

_QUANTITIES: tuple[tuple[str, str], ...] = (
    ("Var", r"variances?|Var\b"),
    ("std", r"standard\s+deviation"),
    ("M", r"moment[\s-]*generating\s+functions?|m\.?g\.?f\.?\b"),
    (
        "Q",
        r"quantile\s+functions?|inverse\s+(?:of\s+the\s+)?(?:cumulative\s+)?(?:distribution\s+functions?|c\.?d\.?f\.?\b)",
    ),
    ("F", r"cumulative\s+(?:density|distribution)\s+functions?|distribution\s+functions?|c\.?d\.?f\.?\b"),
    ("f", r"(?:probability\s+)?(?:density|mass)(?:\s+functions?)?|p\.?[dm]\.?f\.?\b"),
    ("median", r"medians?"),
    ("mode", r"modes?"),
    ("h", r"(?:differential\s+)?entrop(?:y|ies)"),
    ("Skew", r"skewness"),
    ("E", r"means?|expected\s+values?|expectations?"),
)
_NOTED: tuple[tuple[str, str], ...] = (
    ("Var", r"(?:\\mathrm\{Var\}|\\operatorname\{Var\}|Var|\\mathbb\{?V\}?|\\V)\s*[\[({]"),
    ("M", r"M_?\{?[A-Z]?\}?\s*\("),
    ("F", r"F_?\{?[A-Z]?\}?\s*\("),
    ("f", r"[fp]_?\{?[A-Z]?\}?\s*\("),
    ("E", r"(?:\\mathrm\{E\}|\\mathbb\{?E\}?|\\E|E)\s*[\[({]"),
)
_WRITTEN = {
    "Var": r"\mathrm{Var}(X)", "std": r"\mathrm{std}(X)", "M": "M_X(%s)", "F": "F_X(%s)", "f": "f_X(%s)",
    "Q": "Q_X(%s)", "median": r"\mathrm{median}(X)", "mode": r"\mathrm{mode}(X)", "h": r"\mathrm{h}(X)",
    "Skew": r"\mathrm{Skew}(X)", "E": r"\mathrm{E}(X)",
}  # fmt: skip
_NOT_OF_A_LAW = re.compile(
    r"\b(?:variance|mean|median|mode)[\s-]+(?:functions?|parameters?|components?|ratios?|stabili[sz]\w+|fields?)\b"
    r"|\b(?:this|that|which|it|by)\s+means\b|\bmeans\s+(?:that|of)\b|\b(?:mean|expect\w*)[^|]*\bsquare",
    re.I,
)
"""Words that only sound as a quantity of a law: the variance function of a linear model, "this means that", the mean of
the square."""
_OF_A_NAME = r"\s*\\?[A-Za-z]+(?:_(?:\w|\{\w+\}))?\s*(?:;[^)\]}]*)?[)\]}](?!\s*(?:\^|[²³⁴ⁿ]))"
"""What a quantity in symbols is of: a name, and no power of it, E(X²), with no power of the whole, E(X)²."""
_ENDS = re.compile(r"\b(?:is|equals?|(?:is\s+)?given\s+by|(?:is\s+)?equal\s+to|are)\s*:?\s*$|:\s*$")
_VERB = re.compile(r"\b(?:is|are|has|have|be|equals?|gives?|show\w*|follow\w*|use\w*|let|we)\b", re.I)


def quantities(text: str) -> list[str]:
    """The quantities that a text names in words, each once."""
    found = []
    text = _NOT_OF_A_LAW.sub(" ", text)
    for name, words in _QUANTITIES:
        pattern = re.compile(rf"\b(?:{words})", re.I)
        if pattern.search(text):
            found.append(name)
            text = pattern.sub(" ", text)
    return found


def heading_quantity(text: str) -> str | None:
    """The one quantity that the heading of a column names, in words or in symbols."""
    if _NOT_OF_A_LAW.search(text):
        return None
    found = quantities(text)
    other = re.search(r"[A-Za-z]{3,}", re.sub(r"\$[^$]*\$", " ", text))  # "Generator $f(t)$" is no density
    if not found and other is None:
        found = [name for name, pattern in _NOTED if re.search(pattern + _OF_A_NAME, text)][:1]
    return found[0] if len(found) == 1 else None


def written(quantity: str, place: str) -> str:
    """The quantity of a variable X in LaTeX; a function is taken at ``place``."""
    form = _WRITTEN[quantity]
    return form % place if "%s" in form else form


def takes_a_place(quantity: str) -> bool:
    """Whether a quantity is a function of a value."""
    return "%s" in _WRITTEN[quantity]


def introduces(sentence: str, display: bool) -> bool:
    """Whether the words right before an expression say that it is what they name.

    "The variance of the gamma distribution is" does; before a display also a label without a verb.
    """
    return _ENDS.search(sentence) is not None or (display and _VERB.search(sentence) is None)


def without_asides(text: str) -> str:
    """A text without what stands in brackets."""
    for _ in range(3):
        text = re.sub(r"\([^()]*\)", " ", text)
    return text
