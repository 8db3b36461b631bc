"""Letters that tell quantities apart without counting them: Δ_l and Δ_r are the left and the right one, e_r stands
beside e_x and e_y.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from errata.checking.kinds import INDEX_LETTERS
from errata.reading.names import is_name, key
from errata.reading.relations import stated
from errata.reading.tree import Chain, Group, Lines, Node, Script, Sym, walk

LEFT_AND_RIGHT = frozenset({"l", "r"})
COUNTING = INDEX_LETTERS | frozenset("n m p q d c a b u v N".split())
"""Small letters that may count; any other one in a subscript is a label."""


def tells_apart(root: Lines, roots: Iterable[Lines]) -> bool:
    """Whether each name that a formula equates with something has a letter for a label, by what else the formulas of
    the document have in its place."""
    named = [base for one in stated(root) for base in _labelled(one.chain)]
    if not named:
        return False
    letters: dict[str, set[str]] = {}
    for script in (n for other in roots for n in walk(other) if isinstance(n, Script)):
        if (letter := _letter(script)) is not None:
            letters.setdefault(key(script.base), set()).add(letter)
    return all(_are_labels(letters.get(base, set())) for base in named)


def _labelled(chain: Chain) -> Iterator[str]:
    """The base of a name with a letter below it, at the left of an equation."""
    left = chain.items[0]
    if isinstance(left, Script) and is_name(left) and _letter(left) is not None:
        yield key(left.base)


def _letter(node: Script) -> str | None:
    sub: Node | None = node.sub.body if isinstance(node.sub, Group) else node.sub
    return sub.name if isinstance(sub, Sym) and len(sub.name) == 1 and not sub.font else None


def _are_labels(letters: set[str]) -> bool:
    small = {x for x in letters if x.islower()}
    return letters >= LEFT_AND_RIGHT or len(small - COUNTING) > 1
