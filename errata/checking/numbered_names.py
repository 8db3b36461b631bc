"""What is said of a numbered name goes for any number: z_k = a_k x says that z_j is a_j x."""

from __future__ import annotations

from collections.abc import Sequence

from errata.checking.kinds import INDEX_LETTERS
from errata.reading.names import is_name, key
from errata.reading.substitution import rebuilt
from errata.reading.tree import Big, Group, Node, Num, Script, Sym, walk

_NUMBERS = INDEX_LETTERS - {"s", "t"}
"""Letters that number names; n may say of how many data something is made, and a time may be a certain one."""


def index_of(node: Node) -> Sym | Num | None:
    """The one index of a name, k of z_k, which may be a number; None for any other node."""
    if not isinstance(node, Script) or node.sub is None or node.sup is not None or node.primes:
        return None
    sub = node.sub.body if isinstance(node.sub, Group) else node.sub
    if not is_name(node.base):
        return None
    return (
        sub if (isinstance(sub, Num) and sub.text != "0") or (isinstance(sub, Sym) and sub.name in _NUMBERS) else None
    )


def pattern(node: Node) -> str | None:
    """``z_#`` for z_k and z_1; None for what is not numbered."""
    return f"{key(node.base)}_#" if isinstance(node, Script) and index_of(node) is not None else None


def said_of_all(head: Node, members: Sequence[Node]) -> bool:
    """Whether what is said of z_k is said of each k: its index is a letter, which numbers names in every member, and no
    other z stands there, as one does where each follows from the one before."""
    index = index_of(head)
    if not isinstance(index, Sym) or not isinstance(head, Script):
        return False
    return all(_is_numbered(m, key(index)) and not _speaks_of(m, key(head.base)) for m in members)


def _is_numbered(node: Node, index: str) -> bool:
    numbers = (n for m in walk(node) if isinstance(m, Script) for n in (m.sub, m.sup) if n is not None)
    return any(isinstance(n, Sym) and key(n) == index for number in numbers for n in walk(number))


def _speaks_of(node: Node, name: str) -> bool:
    return any(key(n) == name for n in walk(node) if is_name(n))


def renumbered(member: Node, head: Node, other: Node) -> Node | None:
    """What is said of z_k, said of z_j; None where the index is bound in it, or the other one stands there already."""
    old, new = index_of(head), index_of(other)
    if old is None or new is None:
        return None
    letters = {key(n) for n in walk(member) if isinstance(n, Sym)}
    binds = any(isinstance(n, Big) and any(key(m) == key(old) for m in walk(n.head)) for n in walk(member))
    if binds or (isinstance(new, Sym) and key(new) in letters):
        return None
    return rebuilt(member, lambda n: new if isinstance(n, Sym) and key(n) == key(old) else None)
