"""What kind of value a symbol has, as one short text says it: ``real``, ``positive``, ``vector d``, ``spd d``.

The sizes in it are names; one name has one value in a world, and different names have different ones.
"""

from __future__ import annotations

from claims.records import Record

KINDS = {
    "real": 0, "positive": 0, "unit": 0, "natural": 0, "index": 0, "vector": 1, "matrix": 2, "spd": 1, "symmetric": 1,
    "square": 1, "orthogonal": 1, "onehot": 1, "simplex": 1, "identity": 1, "name": 0, "set": 0,
    "kernel": 0,
}  # fmt: skip
"""The kinds of values, each with the number of sizes that it takes."""


class Sort(Record, frozen=True):
    """The kind of a value, its sizes, and whether it is drawn anew in each outcome of an experiment."""

    kind: str
    sizes: tuple[str, ...] = ()
    random: bool = False


REAL = Sort("real")


def sort_of(text: str) -> Sort:
    """The sort that a text says: "positive", "matrix n d", "random vector d". Raises ValueError."""
    words = text.split()
    random = bool(words) and words[0] == "random"
    words = words[1:] if random else words
    if not words or words[0] not in KINDS or len(words) != 1 + KINDS[words[0]]:
        raise ValueError(f"{text!r} is no sort; known are {', '.join(sorted(KINDS))}")
    return Sort(words[0], tuple(words[1:]), random)
