"""What sentences speak about: their variables, laws and names, and what is assumed of them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from flint import fmpq

from claims.records import Record, asdict, field
from claims.sentences import Sentence


class Factor(Record):
    """A conditional law p(head | given) that may be anything; a joint law is a product of these, in order."""

    head: tuple[str, ...]
    given: tuple[str, ...] = ()


class Signature(Record):
    """What a world must interpret.

    ``laws`` holds the variables of each law; ``names`` the variable of each name that stands for a value;
    ``counted`` the variables with counting measure (all others may have densities); ``events`` those that say whether
    something happens; ``independent`` blocks of variables that are independent of each other under every law, given
    ``given``; ``maps`` variables that are a function of others.
    """

    laws: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    counted: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    independent: tuple[tuple[str, ...], ...] = ()
    given: tuple[str, ...] = ()
    maps: Mapping[str, Sentence] = field(default_factory=dict)
    whole: frozenset[str] = frozenset()
    """Parameters that are positive whole numbers: exponents and counts."""

    written: Mapping[str, tuple[Factor, ...]] = field(default_factory=dict)
    """Laws that are a product of certain conditional laws, in order."""
    moved: frozenset[str] = frozenset()
    """Variables over which something is made largest: they have more values, since few hide a difference."""
    codomains: Mapping[str, str] = field(default_factory=dict)
    """Functions whose values are those of a variable."""
    bent: Mapping[str, int] = field(default_factory=dict)
    """Functions of one number that are convex (1) or concave (−1)."""
    required: Mapping[str, tuple[Fraction, ...]] = field(default_factory=dict)
    """Numbers that are among the values of a variable."""
    met: Mapping[str, str] = field(default_factory=dict)
    """Free numbers that a variable is compared with, and is equal to in some outcome: the a of X > a."""
    bounds: Mapping[str, tuple[fmpq | None, fmpq | None]] = field(default_factory=dict)
    """Between what free numbers are; None where there is no end."""

    @property
    def said(self) -> tuple[object, ...]:
        """All that it says, in order, to look up by."""
        return tuple(tuple(s.items()) if isinstance(s, Mapping) else s for s in asdict(self).values())

    @property
    def variables(self) -> tuple[str, ...]:
        """Every variable, in a fixed order."""
        return tuple(sorted({v for vs in self.laws.values() for v in vs} | set(self.names.values()) | self.events))

    def factors(self, law: str) -> tuple[Factor, ...]:
        """How the joint law of the variables that are no function of others is composed."""
        if law in self.written:
            return self.written[law]
        rest = [v for v in self.laws[law] if v not in self.maps]
        out: list[Factor] = []
        given = tuple(v for v in self.given if v in rest)
        if given and self.independent:
            out.append(Factor(given))
            rest = [v for v in rest if v not in given]
        for block in self.independent:
            if head := tuple(v for v in block if v in rest):
                out.append(Factor(head, given))
                rest = [v for v in rest if v not in head]
        if rest:
            out.append(Factor(tuple(rest), tuple(h for f in out for h in f.head)))
        return tuple(out)
