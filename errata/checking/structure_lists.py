"""A stray index beside a list that names all there is: p(x_T, …, x_0) = p(x_T | x_{t−1}, …, x_0) ⋯."""

from __future__ import annotations

from collections.abc import Iterator

from errata.checking.structure import Malformed, index_of
from errata.reading.names import key
from errata.reading.relations import stated
from errata.reading.tree import Dots, Factors, Group, Lines, Node, Num, Phrase, Script, Sym, Text, walk
from errata.reading.words import words


def stray_indices(root: Lines) -> Iterator[Malformed]:
    """An index that stands once on the right, where the left side lists the whole family without it.

    A letter that stands twice is a general term, as in p(x_1) ⋯ p(x_t | x_{t−1}) ⋯; one that a sum or a remark speaks
    of is bound.
    """
    if not any(isinstance(n, Dots) for n in walk(root)) or any(isinstance(n, Text) for n in walk(root)):
        return
    bound = {b[0] for n in walk(root) if (b := index_of(n)) is not None}
    for pair in (p for chain in stated(root) for p in chain.pairs()):
        if pair.relation.sign not in ("=", ":=", "≡"):
            continue
        for family in _listed(pair.left):
            known = {key(s) for n in _members(pair.left, family) for s in _letters(n)}
            counts = {_indices(n) for n in _members(pair.left, family)}
            members = [n for n in _members_of_lists(pair.right, family) if _indices(n) in counts]
            found = [s for n in members for s in _letters(n)]
            for letter in found:
                if key(letter) in known | bound or sum(key(s) == key(letter) for s in _every_letter(root)) != 1:
                    continue
                detail = (
                    f"the left side lists the {family} without the index {words(letter)}, and nothing binds it here"
                )
                yield Malformed("E403", detail, letter.start, letter.end, f"{words(letter)} is bound by nothing here")


def _listed(node: Node) -> set[str]:
    """The families of which a node lists members with dots: x_T, …, x_0."""
    found: set[str] = set()
    for one in _dotted(node):
        bases = [key(i.base) for i in one.items if isinstance(i, Script) and i.sub is not None]
        found |= {b for b in bases if bases.count(b) >= 2}
    return found


def _dotted(node: Node) -> Iterator[Phrase]:
    return (n for n in walk(node) if isinstance(n, Phrase) and any(isinstance(i, Dots) for i in n.items))


def _members(node: Node, family: str) -> Iterator[Script]:
    for n in walk(node):
        if isinstance(n, Script) and n.sub is not None and key(n.base) == family:
            yield n


def _members_of_lists(node: Node, family: str) -> Iterator[Script]:
    """The members that stand in lists with dots themselves: max(x_1, …, x_n) = x_k has none on its right."""
    for one in _dotted(node):
        yield from _members(one, family)


def _letters(member: Script) -> Iterator[Sym]:
    assert member.sub is not None
    return (n for n in walk(member.sub) if isinstance(n, Sym) and len(n.name) == 1 and n.name.isalpha())


def _indices(member: Script) -> int:
    """How many indices a member has: v_{11} and v_{dr} are the entries of the v_1."""
    sub = member.sub.body if isinstance(member.sub, Group) else member.sub
    if isinstance(sub, Num):
        return len(sub.text)
    return len(sub.items) if isinstance(sub, Factors | Phrase) and not any(getattr(sub, "signs", ())) else 1


def _every_letter(root: Lines) -> Iterator[Sym]:
    return (n for n in walk(root) if isinstance(n, Sym) and len(n.name) == 1)
