"""What a reason for not judging means to the author of the notes, and what may be done about it."""

from __future__ import annotations

MEANINGS: tuple[tuple[str, str], ...] = (
    (
        "has no value here",
        "nothing in this section says which number that is, or for which numbers the relation is meant",
    ),
    (
        "may use what is said elsewhere",
        "the sides differ as they stand; a definition or a condition may make them equal",
    ),
    ("depends on definitions elsewhere", "the sides differ as they stand; a definition elsewhere may make them equal"),
    ("differ at others", "the relation is true for some values of its names only, and no condition is said"),
    ("is read but not judged yet", "errata reads this notation, and can't compute with it yet"),
    ("not judged yet", "errata reads this, and can't compute with it yet"),
    ("range of a sum is not given", "the limits of a sum are left out, and could be several things"),
    ("took longer than", "the formula needs more time: try --budget with more seconds"),
    ("ran out of memory", "the formula needs more memory than a worker may take"),
    ("may rest on", "words beside the formula put a condition that errata can't compute with"),
    ("was expected", "a comment in the notes says so"),
    ("by the author", "a comment in the notes says so"),
    ("no admissible", "no values were found that meet what is said about the names"),
    ("points could be tried", "too few values were found that meet what is said about the names"),
    ("is not known", "errata doesn't know this command: define it, or write it with \\operatorname"),
    ("is not understood", "errata can't read this part: `errata read` shows how the rest is read"),
)
"""What a reason has in it, and what it means; the first that fits is said."""


def meaning_of(reason: str) -> str | None:
    """A reason in the author's terms; None where it says all there is."""
    return next((said for part, said in MEANINGS if part in reason), None)
