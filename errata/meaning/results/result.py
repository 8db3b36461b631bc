"""A known result or definition of the field, as data: what it is called, what it says, and what its symbols are.

The statement is LaTeX, as notes write it, and is read by the reader that reads notes. A result says what it rests on:
a derivation of the catalogue, a check in the tests that computes both sides from definitions, the source of a
definition, or, where nothing of ours confirms it yet, the source that states it.
"""

from __future__ import annotations

from claims.records import Record
from errata.worlds.sorts import sort_of


class Slot(Record, frozen=True):
    """A symbol of a statement: its usual letter in LaTeX, its sort (``errata.worlds.sorts``), other usual letters, and
    what it is called in words ("measurement noise")."""

    latex: str
    sort: str = "real"
    role: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


class Result(Record, frozen=True):
    """A known result; ``words`` are the names by which notes call it, or notation that only it uses.

    ``statement`` is one relation in LaTeX. ``variants`` are other admissible forms of it: other conventions, special
    cases that go by the same name. ``rests_on`` is ``definition``, ``source``, ``check`` or ``derivation NAME``.
    ``needs`` are premises of which one must be said around a formula before a slip in it is believed, in small letters
    without blanks, braces and backslashes: "standardnormal", "n(0,i)".
    ``spared_by`` are premises under which it has a shorter form, written alike: "increasing". Where one is said around
    a formula, no slip in it is believed.
    ``beside`` are right sides of forms that support nothing and only keep a relation from being refuted: another thing
    under these words, as the unbiased estimator beside the likeliest one, or conventions that only the page can settle.
    ``sign_is_open`` says that notes state it with either sign (an objective to maximise, or a loss).
    """

    name: str
    words: tuple[str, ...]
    statement: str
    slots: tuple[Slot, ...]
    rests_on: str
    source: str
    variants: tuple[str, ...] = ()
    sign_is_open: bool = False
    needs: tuple[str, ...] = ()
    spared_by: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for slot in self.slots:
            sort_of(slot.sort)
        if isinstance(self.variants, str) or isinstance(self.words, str):
            raise ValueError(f"{self.name}: names and variants are tuples")
        if missing := set(self.beside) - {v.partition("=")[2].strip() for v in self.forms}:
            raise ValueError(f"{self.name} has no form that ends in {min(missing)}")
        if self.rests_on.split()[0] not in ("definition", "source", "derivation", "check"):
            raise ValueError(f"{self.name} rests on {self.rests_on!r}")

    @property
    def forms(self) -> tuple[str, ...]:
        """The statement, the variants, and those of them in bits with logarithms to the base that a page leaves open."""
        written = (self.statement, *self.variants)
        return (*written, *(f.replace(r"\log_2", r"\log") for f in written if r"\log_2" in f))

    def is_beside(self, number: int) -> bool:
        """Whether a form is one that supports nothing."""
        return self.forms[number].partition("=")[2].strip() in self.beside
