"""Kinds of symbols in words, and what their use in some terms shows of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from claims.records import Record
from errata.meaning.elaborate import FUNCTIONS
from errata.meaning.printing import to_latex
from errata.meaning.terms import Bind, Op, Ref, Term, free_heads, walk
from errata.page.random_variables import NAMES
from errata.page.sorts import LAWS, REAL, Uses, choices_of, uses_of
from errata.worlds.sorts import IDENTITIES, Sort

_WORDS = {
    "real": "real number", "positive": "positive number", "unit": "number in [0, 1]", "natural": "whole number",
    "index": "index", "vector": "vector", "matrix": "matrix", "spd": "symmetric positive definite matrix",
    "symmetric": "symmetric matrix", "square": "square matrix", "orthogonal": "orthogonal matrix",
    "onehot": "one-hot vector", "simplex": "vector of probabilities", "identity": "identity matrix",
    "name": "name", "set": "set", "kernel": "kernel",
}  # fmt: skip
_RANKS = {
    "vector": 1, "onehot": 1, "simplex": 1, "matrix": 2, "spd": 2, "symmetric": 2, "square": 2, "orthogonal": 2,
    "identity": 2,
}  # fmt: skip


def in_words(sort: Sort, sized: bool = True) -> str:
    """A kind as a reader would say it: "positive number", "vector of size d", "matrix n × d"."""
    text = f"random {_WORDS[sort.kind]}" if sort.random else _WORDS[sort.kind]
    rank = rank_of(sort)
    if not rank or not sort.sizes or not sized:
        return text
    if rank == 1:
        return f"{text} of size {sort.sizes[0]}"
    return f"{text} {sort.sizes[0]} × {sort.sizes[-1]}"


def rank_of(sort: Sort) -> int:
    """0 for a number, 1 for a vector, 2 for a matrix."""
    return _RANKS.get(sort.kind, 0)


_NUMBERS = frozenset({"double:R", "double:N", "double:Z", "double:C", "double:Q", "ℝ", "ℕ", "ℤ", "ℂ", "ℚ"})
"""Sets of numbers."""


class Kinds(Record, frozen=True):
    """What some terms show of their symbols: the kinds that each may be of, the likeliest first, and how it is used."""

    sorts: Mapping[str, tuple[Sort, ...]]
    uses: Uses
    calls: Mapping[str, Ref]
    """The first application of each symbol that is applied."""
    binders: Mapping[str, Bind]
    """The first binder of each name that is bound."""
    sets: frozenset[str]
    sizes: frozenset[str]
    """What stands in the exponent of a set of numbers: the d of ℝᵈ."""

    def used_as(self, head: str) -> str:
        """What the use of a symbol shows of it, in words; "" where it may be any number."""
        if head in self.calls:
            return _function(head, self.calls[head])
        if head in self.sets or head in _NUMBERS:
            return "set"
        if head in self.sizes:
            return "whole number, a size"
        if head in self.binders and head in self.uses.bound:
            return _bound(self.binders[head])
        if head in IDENTITIES:
            return "identity matrix"
        found = dict.fromkeys(in_words(sort, sized=False) for sort in self.sorts.get(head, ()))
        return "" if list(found) == [in_words(REAL)] else " or ".join(found)


def kinds_of(
    terms: Sequence[Term], known: Mapping[str, Sort] | None = None, said: Mapping[str, str] | None = None,
    random: Iterable[str] = (),
) -> Kinds:  # fmt: skip
    """The kinds of the symbols of terms that stand together; ``known`` are declared, ``said`` is what words say."""
    uses = uses_of(terms)
    choices = choices_of(uses, known or {}, said or {}, terms, frozenset(random))
    sorts = {head: tuple(s for s in found if s is not None) for head, found in choices.items()}
    parts = [p for term in terms for p in walk(term)]
    calls: dict[str, Ref] = {}
    binders: dict[str, Bind] = {}
    for part in parts:
        if isinstance(part, Ref) and part.arguments is not None:
            calls.setdefault(part.head, part)
        elif isinstance(part, Bind):
            for name in part.variables:
                binders.setdefault(name, part)
    within = [p.arguments[1] for p in parts if isinstance(p, Op) and p.kind == "is∈" and len(p.arguments) == 2]
    within += [d for p in parts if isinstance(p, Bind) and p.over == "set" for d in p.domain]
    powers = [p.arguments for p in parts if isinstance(p, Op) and p.kind == "pow"]
    sizes = {h for base, power in powers if isinstance(base, Ref) and base.head in _NUMBERS for h in free_heads(power)}
    sets = frozenset(t.head for t in within if isinstance(t, Ref))
    return Kinds(sorts, uses, calls, binders, sets, frozenset(sizes))


def is_word(head: str) -> bool:
    """Whether a head is no letter of the page but a word of the field: ℝ, 𝒩, Bern, log, e."""
    word = head.removeprefix("roman:")
    return head in _NUMBERS or head == "e" or word in FUNCTIONS or (len(head) > 1 and word in NAMES)


def _function(head: str, call: Ref) -> str:
    arguments = ", ".join(map(to_latex, call.arguments or ()))
    if call.given or head[:1] in LAWS:
        bar = f" given {', '.join(map(to_latex, call.given))}" if call.given else ""
        return f"density, mass or probability of {arguments}{bar}"
    return f"function of {arguments}"


def _bound(binder: Bind) -> str:
    ends = [to_latex(d) for d in binder.domain]
    if binder.over == "range":
        return f"index from {' to '.join(ends)}" if len(ends) == 2 else f"index from {ends[0]}"
    if binder.over == "set":
        return f"element of {ends[0]}"
    return {
        "int": "variable of integration", "E": "random variable of a mean", "Var": "random variable of a variance",
        "argmax": "variable of a maximum", "argmin": "variable of a minimum", "max": "variable of a maximum",
        "min": "variable of a minimum", "lim": "variable of a limit",
    }.get(binder.kind, "index" if binder.kind in ("sum", "prod") else "bound variable")  # fmt: skip
