"""A numbered family of which one member is defined twice and the next one never: B⁽¹⁾ = …, B⁽²⁾ = …, B⁽²⁾ = …"""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.records import replace
from errata.checking.structure import Malformed
from errata.reading.document import Document
from errata.reading.names import is_name, key
from errata.reading.relations import stated
from errata.reading.tree import Chain, Fence, Lines, Node, Num, Script
from errata.reading.words import words

_BLANKS = re.compile(r"[\s{}]|\\[,;:! ]|\\(?:left|right)\b")


def skipped_labels(document: Document, root: Lines) -> Iterator[Malformed]:
    """Two rows in turn that define one member, where the document speaks of the next one and the display lacks it."""
    rows = [(c.chain, label) for c in stated(root) if (label := _defined(c.chain)) is not None]
    if len(rows) < 3:
        return
    names = [key(chain.items[0]) for chain, _ in rows]
    for (first, label), (second, again), name in zip(rows, rows[1:], names[1:], strict=False):
        member = second.items[0]
        if label != again or key(first.items[0]) != name or names.count(name) != 2:
            continue
        if key(first.items[1]) == key(second.items[1]):
            continue
        upwards = _numbered(member, label + 1)
        others = {key(_numbered(member, n)) for n in range(1, label)}
        if others <= set(names) and len(others) >= 1 and key(upwards) not in names and _is_spoken_of(document, upwards):
            detail = f"{words(member)} is defined in two rows, and {words(upwards)}, which occurs elsewhere, in none"
            yield Malformed("E404", detail, member.start, member.end, f"{words(member)} is defined twice")


def _defined(chain: Chain) -> int | None:
    """The number of the member that a row defines."""
    if chain.relations[0].sign not in ("=", ":=") or len(chain.relations) != 1 or not is_name(chain.items[0]):
        return None
    return _label(chain.items[0])


def _label(node: Node) -> int | None:
    number = node.sup.body if isinstance(node, Script) and isinstance(node.sup, Fence) else getattr(node, "sub", None)
    return int(number.text) if isinstance(number, Num) and number.text.isdigit() else None


def _numbered(node: Node, number: int) -> Node:
    """The member of the same family with another number."""
    assert isinstance(node, Script)
    text = Num(node.start, node.end, str(number))
    if isinstance(node.sup, Fence):
        return replace(node, sup=replace(node.sup, body=text))
    return replace(node, sub=text)


def _is_spoken_of(document: Document, member: Node) -> bool:
    wanted = _BLANKS.sub("", key(member))
    return any(wanted in _BLANKS.sub("", f.latex) for f in document.formulas)
