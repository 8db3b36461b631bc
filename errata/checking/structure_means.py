"""Indices inside of expectations that nothing binds: E_{x_i}[g(x_j)], E_x[f(x_i)]."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from errata.checking.kinds import INDEX_LETTERS, is_law_of
from errata.checking.structure import TIMES, Malformed, index_of
from errata.checking.structure_words import outside_words
from errata.reading.names import is_name, key
from errata.reading.relations import Pair, stated
from errata.reading.tree import (
    Big,
    Call,
    Chain,
    Differential,
    Dots,
    Grid,
    Group,
    Lines,
    Node,
    Opaque,
    Script,
    Sym,
    Text,
    children,
    walk,
)
from errata.reading.words import words

OPERATORS = frozenset({"E", "𝔼", "Var", "Cov", "𝕍"})
"""Signs of means, and of what else is taken over a variable."""
LETTERS = INDEX_LETTERS - TIMES


def stray_mean_indices(root: Lines, near: Sequence[Lines]) -> Iterator[Malformed]:
    """The indices in means that can be bound by nothing; ``near`` are the formulas in the sentences around, which may
    say which values an index has."""
    if any(isinstance(n, Dots | Text | Opaque | Grid) for n in walk(root)):
        return
    pairs = [p for one in stated(root) for p in one.pairs() if p.relation.sign in ("=", "≡")]
    sides = {id(side): side for pair in pairs for side in (pair.left, pair.right)}
    found = [*_of_another_member(root, list(sides.values()), near)]
    found += [fault for pair in pairs for fault in _beside_its_variable(root, pair)]
    yield from {fault.start: fault for fault in found}.values()


def _of_another_member(root: Lines, sides: Sequence[Node], near: Sequence[Lines]) -> Iterator[Malformed]:
    """E_{x_i}[g(x_j)], where x_i is not in it, and j occurs nowhere else."""
    for mean in _operators(*sides):
        over = _variable(mean)
        if not isinstance(over, Script) or (index := _index(over)) is None or key(over.base) in _bare(mean.fence):
            continue
        others = [n for n in _members(mean.fence) if key(n.base) == key(over.base)]
        letters = {_index(n) for n in others}
        if len(letters) != 1 or not others or index in _mentioned(mean.fence):
            continue
        letter = letters.pop()
        elsewhere = any(letter in _mentioned(other) for other in near)
        if letter is not None and not elsewhere and _count(root, letter) == len(others):
            why = f"the mean is over {words(over)}, and {words(others[0])} stands in it"
            yield _fault(others[0], letter, why)


def _beside_its_variable(root: Lines, pair: Pair) -> Iterator[Malformed]:
    """E_x[f(x_i)], where the other side sums or integrates over x, and i occurs nowhere else."""
    for side, other in ((pair.left, pair.right), (pair.right, pair.left)):
        for mean in _operators(side):
            over = _variable(mean)
            if not isinstance(over, Sym) or key(over) in _bare(mean.fence) or not _runs_over(other, key(over)):
                continue
            members = [n for n in _members(mean.fence) if key(n.base) == key(over)]
            letters = {letter for n in members if (letter := _index(n)) is not None}
            if len(letters) == 1 and _count(root, *letters) == len(members):
                why = f"the mean is over {words(over)}, and {words(members[0])} stands in it"
                yield _fault(members[0], letters.pop(), why)


def _fault(member: Script, letter: str, why: str) -> Malformed:
    sub = member.sub if member.sub is not None else member
    return Malformed("E403", why, sub.start, sub.end, f"{letter} is bound by nothing here")


def _operators(*nodes: Node) -> Iterator[Call]:
    """The means, variances and covariances in nodes."""
    calls = (n for node in nodes for n in walk(node) if isinstance(n, Call))
    return (n for n in calls if is_law_of(n.head, OPERATORS))


def _variable(mean: Call) -> Node | None:
    """What a mean is taken over, as it is written below its sign: x, x_i, the x of x ∼ p; a tuple is none."""
    sub = mean.head.sub if isinstance(mean.head, Script) else None
    sub = sub.body if isinstance(sub, Group) else sub
    if isinstance(sub, Chain):
        sub = sub.items[0] if sub.relations[0].sign == "∼" else None
    return sub if sub is not None and is_name(sub) else None


def _index(member: Script) -> str | None:
    """The one letter below a name that may count, with nothing else there."""
    sub: Node | None = member.sub.body if isinstance(member.sub, Group) else member.sub
    return sub.name if isinstance(sub, Sym) and not sub.font and sub.name in LETTERS and member.sup is None else None


def _members(node: Node) -> list[Script]:
    """The names with an index in a node."""
    return [n for n in outside_words(node) if isinstance(n, Script) and n.sub is not None and is_name(n.base)]


def _bare(node: Node) -> set[str]:
    """The names without an index in a node."""
    if isinstance(node, Script) and node.sub is not None:
        return _bare(node.sub)
    if is_name(node):
        return {key(node)}
    return {name for child in children(node) for name in _bare(child)}


def _mentioned(node: Node) -> set[str]:
    return {key(n) for n in walk(node) if isinstance(n, Sym)}


def _count(node: Node, *letters: str) -> int:
    return sum(1 for n in walk(node) if isinstance(n, Sym) and key(n) in letters)


def _runs_over(node: Node, name: str) -> bool:
    """Whether a sum, an integral or a mean in a node runs over a name, which stands in it."""
    for n in walk(node):
        if isinstance(n, Big) and n.body is not None and name in _bare(n.body):
            index = index_of(n)
            differentials = {key(d.variable) for d in n.differentials if isinstance(d, Differential)}
            if name in differentials or (index is not None and index[0] == name):
                return True
        over = _variable(n) if isinstance(n, Call) and is_law_of(n.head, OPERATORS) else None
        if over is not None and key(over) == name and isinstance(n, Call) and name in _bare(n.fence):
            return True
    return False
