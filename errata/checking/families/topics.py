"""The law that a section speaks of in words, where a document states none by its parameters.

"The target is drawn from a Laplace distribution" takes the place of the y ∼ N(μ, σ²) of the section before. What comes
then is not about the old law, so that nothing is refuted under it.
"""

from __future__ import annotations

from collections.abc import Iterator

from claims.verdict import Refuted
from errata.checking.context import At, State
from errata.checking.families.judging import writes_out_its_laws, written_in
from errata.checking.families.likelihoods import models_of
from errata.checking.families.reach import environments, section_start
from errata.checking.families.ruling import Ruling
from errata.checking.families.spoken import last_named
from errata.reading.families.announced import announced
from errata.reading.relations import Pair


def unless_of_another_law(state: State, at: At, pair: Pair, ruling: Ruling | None) -> Ruling | None:
    """A ruling under the laws that a document states; None for a refutation where the words between go on to others,
    unless it is of the name that a law is given, or writes out all the laws that it speaks of, in its own names."""
    if ruling is None or not isinstance(ruling.verdict, Refuted) or pair.relation.sign == "∼":
        return ruling
    if writes_out_its_laws(pair):
        return ruling
    named = last_named(_section_before(state, at))
    return None if named and named.isdisjoint(_stated(state, at, pair)) else ruling


def _section_before(state: State, at: At) -> str:
    """The text of the section down to a formula."""
    place = at.formula.span.start
    return state.document.text[section_start(state, place) : place]


def _stated(state: State, at: At, pair: Pair) -> frozenset[str]:
    """The laws, by their notation, that the document has given so far or that stand in the relation."""

    def every() -> Iterator[str]:
        for environment in environments(state, at):
            yield from (law.name for law in environment.laws())
        yield from (model.name for model in models_of(state) if model.place <= at.formula.offset(pair.left.start))
        yield from written_in(pair)
        if (here := announced(at.prose)) is not None:
            yield here.name

    return frozenset(every())
