"""Whether each side of a relation has a letter that the other one lacks, so that it can only hold if neither matters.

It is a quick look before a relation is tried that something was put into: most of these are no identities, and such a
one is given no support.
"""

from __future__ import annotations

from errata.checking.linear_relation import COUNTS
from errata.reading.lowering import operator_parts
from errata.reading.matrix_notation import bare_names
from errata.reading.notation import FUNCTIONS
from errata.reading.relations import Pair
from errata.reading.tree import Big, Differential, Node, walk

_OPEN = FUNCTIONS | {"pi", "e", "i", "infty"} | {letter.lower() for letter in COUNTS}
"""Functions, constants, the identity, and letters that may stand for a dimension, as the n of tr(I_n) = n."""
_BARS = ("\\bar", "\\overline")
_FONTS = ("\\mathbf", "\\boldsymbol", "\\mathrm")


def each_has_its_own(pair: Pair) -> bool:
    """Whether either side has a letter, whatever its index, font and size, that isn't on the other one.

    False where an integral binds a letter, or a bar may make the mean of one out of another.
    """
    sides = (pair.left, pair.right)
    if any(_binds(n) for side in sides for n in walk(side)):
        return False
    left, right = (_letters(side) for side in sides)
    own = left - right, right - left
    return all(own) and not any(name.startswith(_BARS) for names in own for name in names)


def _binds(node: Node) -> bool:
    return isinstance(node, Differential) or (isinstance(node, Big) and operator_parts(node.head)[0] not in ("∑", "∏"))


def _letters(side: Node) -> set[str]:
    return {_letter(name) for name in bare_names(side)} - _OPEN


def _letter(name: str) -> str:
    letter = name.partition("_")[0].partition("^")[0]
    for font in _FONTS:
        letter = letter.removeprefix(font)
    return letter.lower() if letter.startswith(_BARS) else letter.removeprefix("\\").lower()
