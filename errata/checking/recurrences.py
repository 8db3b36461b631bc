"""Steps between which a recurrence stands: X_t = a X_{t−1} + W_t is put into itself, h^{k−1} in terms of h^{k−2}."""

from __future__ import annotations

from errata.checking.kinds import INDEX_LETTERS
from errata.reading.names import key
from errata.reading.tree import Big, Group, Node, Num, Phrase, Script, Sym, Terms, walk

_LETTERS = INDEX_LETTERS | {"n", "T", "N"}


def other_members(left: Node, right: Node) -> bool:
    """Whether a side has a member x_{t−1} of a family of which the other side has other members, or none; or whether
    powers look like upper indices. A family of which a sum binds the index counts as a whole."""
    a, b = _free_members(left), _free_members(right)
    for family in set(a) | set(b):
        apart = a.get(family, frozenset()) ^ b.get(family, frozenset())
        letters, numbers = (sum(map(is_kind, apart)) for is_kind in (str.isalpha, str.isdigit))
        if letters + numbers < len(apart) or (letters and numbers):
            return True  # x_{t-1}, or x_t beside x_0; g_i for g_j is a slip
    return _has_upper_indices(left, right)


def _free_members(side: Node) -> dict[str, frozenset[str]]:
    """The indices of each family on a side, those left out of which a sum binds one."""
    bound = {n.name for big in walk(side) if isinstance(big, Big) for n in walk(big.head) if isinstance(n, Sym)}
    found: dict[str, set[str]] = {}
    counted: set[str] = set()
    for node in walk(side):
        index = _bare(node.sub) if isinstance(node, Script) and node.sub is not None else None
        if index is None or not isinstance(node, Script):
            continue
        letters = {n.name for n in walk(index) if isinstance(n, Sym)}
        if letters & bound:
            counted.add(key(node.base))
        elif isinstance(index, Num) or _is_index(index):
            found.setdefault(key(node.base), set()).add(key(index))
    return {family: frozenset(indices) for family, indices in found.items() if family not in counted}


def _is_index(node: Node) -> bool:
    """Whether a subscript is an index letter or computed of some, by itself or among others: t, t − 1, (Θ, j − i)."""
    parts = node.items if isinstance(node, Phrase) else (node,)
    return any(
        isinstance(p, Sym | Terms) and {n.name for n in walk(p) if isinstance(n, Sym)} <= _LETTERS for p in parts
    )


def _has_upper_indices(left: Node, right: Node) -> bool:
    """Whether several letters have exponents k, k − 1, k − 2 of one index letter, as iterates have."""
    exponents: dict[str, dict[str, set[str]]] = {}
    for node in (n for side in (left, right) for n in walk(side)):
        sup = _bare(node.sup) if isinstance(node, Script) and node.sup is not None else None
        if not isinstance(node, Script) or not isinstance(node.base, Sym) or not isinstance(sup, Sym | Terms):
            continue
        letters = {n.name for n in walk(sup) if isinstance(n, Sym)}
        if len(letters) == 1 and letters <= _LETTERS:
            exponents.setdefault(letters.pop(), {}).setdefault(node.base.name, set()).add(key(sup))
    return any(len(bases) > 1 and all(len(found) > 1 for found in bases.values()) for bases in exponents.values())


def _bare(node: Node) -> Node:
    while isinstance(node, Group):
        node = node.body
    return node
