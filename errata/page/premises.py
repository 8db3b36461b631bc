"""Premises that a sentence gives in words: "If two events can't both happen, then P(A ∪ B) = P(A) + P(B)"."""

from __future__ import annotations

import re

_SUPPOSES = re.compile(
    r"\s*(?:[*_#>-]+\s*)?(?:If|When(?:ever)?|Suppose(?:\s+that)?|Assum(?:e|ing)(?:\s+that)?|Provided(?:\s+that)?|Under)\s+"
    r"(?!we\b|you\b|one\b)(?P<what>.*?)(?:,?\s+then\b|\Z)",
    re.S,
)
_FORMULA = re.compile(r"\$[^$]*\$?")
_PREDICATE = re.compile(
    r"\b(?:are|is|be|has|have|had|can|cannot|can['’]t|do|does|don['’]t|doesn['’]t|never|always|share|overlap|satisf\w+|"
    r"belongs?|lies?)\b"
    r"(?P<said>.*)",
    re.S,
)
_WORD = re.compile(r"[A-Za-z][\w'’-]*")
READ = frozenset(
    (
        "a an the of to and or with in on at by for any all some each every two three both arbitrary general given let "
        "be is are has have random variable variables event events number numbers real scalar scalars value values "
        "discrete continuous independent independently mutually pairwise identically iid i i.i.d distributed "
        "distribution law laws joint jointly normal normally gaussian standard bernoulli binomial poisson exponential "
        "uniform mean means variance variances covariance zero one unit finite positive negative nonnegative "
        "probability density function functions constant constants vector vectors matrix matrices independence "
        "uncorrelated parameter parameters as it that which where we support within inside between"
    ).split()
)
"""Words that say of what kind something is, or that are put into the worlds where they stand: all others in a premise
are not understood, and may be what a relation rests on."""


def is_premised_in_words(sentence: str) -> bool:
    """Whether a sentence that leads to a formula supposes something in words that are not understood."""
    supposed = _SUPPOSES.match(sentence)
    if supposed is None:
        return False
    clauses = _FORMULA.sub(" ", supposed["what"]).split(",")
    predicates = (_PREDICATE.search(clause) for clause in clauses)  # if A is B, C follows
    found = next((p for p in predicates if p is not None), None)
    said = supposed["what"] if found is None else found["said"]  # if uniform prior; under a uniform prior
    return any(word.lower().strip("'’-") not in READ for word in _WORD.findall(_FORMULA.sub(" ", said)))
