"""What a route brings to a judgement. Evidence never judges; ``claims.verdict.decide`` does."""

from __future__ import annotations

from claims.records import Record


class Proof(Record, tag=True):
    """A route that leaves no case open: exact arithmetic, a rigorous enclosure, a chain of rewriting."""

    route: str
    steps: tuple[str, ...]


class Agreement(Record, tag=True):
    """Both sides met at ``points`` places where they could have differed, to ``digits`` digits.

    ``exhaustive`` says that these are all the places there are (a relation between closed numbers has one).
    """

    route: str
    points: int
    digits: int
    detail: str
    exhaustive: bool = False


class Counterexample(Record, tag=True):
    """A point at which both sides are enclosed and apart.

    ``witness`` names each variable and its value (empty where the relation has none). ``admissible`` says that
    every domain holds there; ``confirmed`` that a second precision, or a second route, gave the same.
    """

    route: str
    witness: tuple[tuple[str, str], ...]
    left: str
    right: str
    detail: str
    admissible: bool = True
    confirmed: bool = False


class Inconclusive(Record, tag=True):
    """A route that was tried and could not tell."""

    route: str
    why: str


Evidence = Proof | Agreement | Counterexample | Inconclusive
