"""The terms of edits of a relation: what stays of its sides is read once, and given its dimensions once."""

from __future__ import annotations

from errata.reading.matrix_notation import Applied, Notes, usage_with_edit
from errata.reading.matrix_terms import Reader
from errata.reading.shapes import Reading, settled
from errata.reading.tree import Node, walk
from numerics.matrices import Term


class EditedTerms(Reader):
    """Reads edits of the sides of a relation.

    The term of a node depends on how the names of the whole are used, and on the indices that are bound around it. One
    with a dimension of its own isn't remembered: these are counted through each edit.
    """

    def __init__(self, *roots: Node) -> None:
        super().__init__(Notes(), Applied(frozenset(), frozenset(), frozenset()))
        self._roots = roots
        self._staying = {id(n): n for root in roots for n in walk(root)}
        self._read: dict[Applied, dict[tuple[int, tuple[str, ...]], Term]] = {}
        self._known: dict[tuple[int, tuple[str, ...]], Term] = {}

    def edited(self, node: Node) -> Term:
        """The term of an edited side. Raises Unlowered."""
        self.applied = usage_with_edit(node, self._staying, *self._roots)
        self._known = self._read.setdefault(self.applied, {})
        self.bound, self.notes.fresh = (), 0
        self.met.clear()  # nodes of the edit before may be gone, and others may have their identity
        return self.of(node)

    def of(self, node: Node) -> Term:
        """The term of a part of it. Raises Unlowered."""
        if id(node) not in self._staying:
            return super().of(node)
        place = (id(node), self.bound)
        found = self._known.get(place)
        if found is None:
            before = self.notes.fresh
            found = super().of(node)
            if self.notes.fresh == before:
                self._known[place] = found
        return found


class SettledTerms:
    """Terms under one reading; a part that several of them share is settled once. All terms must stay."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._met: dict[int, Term] = {}

    def of(self, term: Term) -> Term:
        """The term with its dimensions. Raises Mismatch, and KeyError for a name without a kind."""
        return settled(term, self.reading, self._met)
