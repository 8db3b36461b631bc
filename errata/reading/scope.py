"""What a document has said so far: which names have values, which functions have bodies, and where that was said.

A binding reaches to the end of its section, subsections included; giving the name a new value ends the old one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sympy as sp

from claims.records import Record, field, replace
from errata.reading.tree import Node


class Value(Record):
    """A name with a value. ``printed`` is the value as last printed, ``derived`` the expression it came from."""

    key: str
    latex: str
    printed: sp.Basic
    derived: sp.Basic
    line: int
    stated: bool
    """Whether the notes simply give the number (p = 0.7) rather than compute it."""
    formula: int = -1
    sources: tuple[tuple[str, Value], ...] = ()
    """The named values it was computed from."""


class FunctionBody(Record):
    """A function with its definition: f(x) = body."""

    key: str
    latex: str
    parameters: tuple[str, ...]
    body: Node
    line: int


Binding = Value | FunctionBody


class Frame(Record):
    """The bindings made directly in one section."""

    level: int
    bindings: Mapping[str, Binding] = field(default_factory=dict)
    results: frozenset[str] = frozenset()
    """Decimals, as they are printed, that stood as the rounded result of a computation."""
    computed: Mapping[str, sp.Basic] = field(default_factory=dict)
    """What each of them was computed from, where that is known."""


class Scope(Record):
    """The sections that are open at a place in a document, outermost first. Binding gives a new scope."""

    frames: tuple[Frame, ...] = (Frame(0),)

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been bound."""
        return not any(frame.bindings for frame in self.frames)

    def section(self, level: int) -> Scope:
        """The scope after a heading of this level: sections of the same or a deeper level end here."""
        kept = tuple(f for f in self.frames if f.level < level)
        return Scope((*kept, Frame(level)))

    def bind(self, *bindings: Binding) -> Scope:
        """The scope with these bindings in the innermost section."""
        last = self.frames[-1]
        merged = {**last.bindings, **{b.key: b for b in bindings}}
        return Scope((*self.frames[:-1], replace(last, bindings=merged)))

    def unbind(self, key: str) -> Scope:
        """The scope in which a name no longer has a value."""
        frames = tuple(replace(f, bindings={k: b for k, b in f.bindings.items() if k != key}) for f in self.frames)
        return Scope(frames)

    def rounded_to(self, decimals: Mapping[str, sp.Basic | None]) -> Scope:
        """The scope in which some decimals are known as rounded results, of what expressions as far as these are known.

        One that is the result of several computations stands for none of them.
        """
        last = self.frames[-1]
        known = {text: e for text, e in decimals.items() if e is not None and not self.is_rounded(text)}
        kept = {text: e for text, e in last.computed.items() if decimals.get(text, e) == e}
        results = last.results.union(decimals)
        return Scope((*self.frames[:-1], replace(last, results=results, computed={**kept, **known})))

    def computed(self, decimal: str) -> sp.Basic | None:
        """The expression of which a decimal stood as the rounded result."""
        return next((found for f in reversed(self.frames) if (found := f.computed.get(decimal)) is not None), None)

    def is_rounded(self, decimal: str) -> bool:
        """Whether a decimal is the rounded result of a computation before, and so data to its last digit only."""
        return any(decimal in frame.results for frame in self.frames)

    def value(self, key: str) -> Value | None:
        found = self._find(key)
        return found if isinstance(found, Value) else None

    def function(self, key: str) -> FunctionBody | None:
        found = self._find("function " + key)
        return found if isinstance(found, FunctionBody) else None

    def starting(self, prefix: str) -> Iterator[tuple[str, Value]]:
        """The names that begin like this and have a value, each once, with its value."""
        for name in dict.fromkeys(k for frame in self.frames for k in frame.bindings if k.startswith(prefix)):
            found = self.value(name)
            if found is not None:
                yield name, found

    def _find(self, key: str) -> Binding | None:
        for frame in reversed(self.frames):
            if key in frame.bindings:
                return frame.bindings[key]
        return None

    def indexed(self, base: str) -> Iterator[int]:
        """The whole numbers i for which ``base_i`` has a value, each once."""
        seen: set[int] = set()
        for frame in self.frames:
            for k in frame.bindings:
                head, _, index = k.rpartition("_")
                if head == base and index.isdigit() and int(index) not in seen:
                    seen.add(int(index))
                    yield int(index)
