"""Relations that no identity could be, so that they rest on something that is supposed: w = … = w′ for any two names,
Qᵀ = Q⁻¹ of one matrix, a step that holds where a noise has mean zero.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from claims.records import replace
from claims.verdict import Refuted
from errata.checking.judgement import ANYTHING, Judged
from errata.meaning.elaborate import FUNCTIONS
from errata.reading.names import is_name, key, names_in
from errata.reading.parser import parse
from errata.reading.relations import Pair, Stated, stated
from errata.reading.scope import Scope
from errata.reading.substitution import rebuilt
from errata.reading.tree import (
    Accent,
    Call,
    Factors,
    Fence,
    Function,
    Lines,
    Node,
    Num,
    Script,
    Styled,
    Sym,
    Terms,
    children,
    walk,
)
from errata.reading.words import words

_DOTS = frozenset({r"\cdot", "·", r"\bullet"})
_EQUALS = frozenset({"=", "≡"})
_MEANS = frozenset({"E", "𝔼"})
_TRANSPOSES = frozenset({"T", "⊤", "⊺", "†", "*", "H", "′"})
_UNITS = frozenset({"I", "1", "0"})


def rests_on_a_premise(chain: Stated, pair: Pair, judged: Judged, scope: Scope) -> str | None:
    """What must be supposed for a relation to be meant; None where nothing shows that anything must."""
    if (ends := _equated_names(chain)) is not None:
        return f"{ends[0]} and {ends[1]} are any two names unless something is supposed of them"
    if (name := kind_of_matrix(pair, scope)) is not None:
        return f"it says what kind of matrix {name} is"
    if (name := _at_right_angles(pair, judged)) is not None:
        return f"{name} may be at right angles to a part of what it is multiplied by"
    if (name := _zero_of_a_space(pair)) is not None:
        return f"{name} may be the zero of a space of its own"
    if (name := _applied_sum(pair)) is not None:
        return f"{name} may be a function at a point"
    if (name := _worked_out(pair, judged)) is not None:
        return f"what {name} is may stand elsewhere"
    if (name := _member_of_a_sequence(pair, judged)) is not None:
        return f"{name} may be made of what bears its letter"
    return None


def with_means_zero(pair: Pair, roots: Sequence[Lines]) -> Iterator[tuple[Pair, str]]:
    """A relation with the mean of a symbol left out whose law no formula gives, a noise, and what is then supposed."""
    sides = (pair.left, pair.right)
    for mean in dict.fromkeys(n for side in sides for n in walk(side) if n not in sides and _is_lone_mean(n)):
        if _follows_a_law(mean, roots):
            continue
        left, right = _without(pair.left, mean), _without(pair.right, mean)
        yield replace(pair, left=left, right=right), f"{words(mean)} = 0"


def _follows_a_law(mean: Node, roots: Sequence[Lines]) -> bool:
    """Whether a formula says which law a symbol follows, of which this is the mean."""
    assert isinstance(mean, Call) and isinstance(mean.fence, Fence) and mean.fence.body is not None
    name = key(mean.fence.body)
    return any(
        name in names_in(chain.items[0])
        for root in roots
        for chain in (one.chain for one in stated(root))
        if chain.relations[0].sign == "∼"
    )


def _without(side: Node, part: Node) -> Node:
    """A side with 0 in the place of a part of it."""
    return rebuilt(side, lambda n: Num(n.start, n.end, "0") if n == part else None)


def _is_lone_mean(node: Node) -> bool:
    if not isinstance(node, Call) or not isinstance(node.fence, Fence):
        return False
    head = node.head.base if isinstance(node.head, Script) else node.head
    return isinstance(head, Sym) and head.name in _MEANS and node.fence.body is not None and is_name(node.fence.body)


def _equated_names(chain: Stated) -> tuple[str, str] | None:
    """The two names that a chain begins and ends with, where each of them stands in what lies between."""
    items = chain.chain.items
    if len(items) < 4 or any(r.sign not in _EQUALS for r in chain.chain.relations):
        return None
    first, last = items[0], items[-1]
    if not (is_name(first) and is_name(last)) or key(first) == key(last):
        return None
    return (
        (words(first), words(last)) if key(first) in names_in(items[1]) and key(last) in names_in(items[-2]) else None
    )


def kind_of_matrix(pair: Pair, scope: Scope) -> str | None:
    """The one name of a relation that says what it is transposed, inverted or squared: Qᵀ = Q⁻¹, AᵀA = I, P = P²."""
    if pair.relation.sign not in _EQUALS or pair.position:
        return None
    bases = [base for side in (pair.left, pair.right) for base in _bases(side)]
    names = {key(b) for b in bases if b is not None} - _UNITS
    if len(names) != 1 or None in bases or scope.value(next(iter(names))) is not None:
        return None
    scripts = (n for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Script) and n.sup is not None)
    is_itself = is_name(pair.left) or is_name(pair.right)  # T = T²
    return next(iter(names)) if is_itself or any(_is_transpose(n.sup) for n in scripts) else None


def _bases(side: Node) -> Iterator[Node | None]:
    """What is multiplied in a side, without its powers; None for anything else."""
    for part in side.items if isinstance(side, Factors) and not any(side.signs) else (side,):
        base = part.base if isinstance(part, Script) and part.sub is None else part
        yield base if is_name(base) or isinstance(base, Num) else None


def _is_transpose(sup: Node | None) -> bool:
    return isinstance(sup, Sym) and sup.name in _TRANSPOSES


def _at_right_angles(pair: Pair, judged: Judged) -> str | None:
    """A vector that is multiplied by a sum of vectors, v · (G + R), where the relation holds without one of them."""
    repair = judged.verdict.repair if isinstance(judged.verdict, Refuted) else None
    if repair is None or repair.slip != "lost-term":
        return None
    for product in (n for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Factors)):
        for sign, left, right in zip(product.signs[1:], product.items, product.items[1:], strict=False):
            if sign in _DOTS and _is_of_vectors(left) and _is_of_vectors(right):
                return words(left)
    return None


def _is_of_vectors(node: Node) -> bool:
    """Whether something is a vector by its font or its arrow, or a sum of such."""
    body = node.body if isinstance(node, Fence | Accent) else node
    if isinstance(node, Accent) and node.kind == "vec":
        return True
    if isinstance(body, Terms):
        return all(map(_is_of_vectors, body.items))
    base = body.base if isinstance(body, Script) else body
    return isinstance(base, Sym) and base.font.startswith("bold")


def _zero_of_a_space(pair: Pair) -> str | None:
    """A bold 0 that is equated with a number that is not 0."""
    for zero, other in ((pair.left, pair.right), (pair.right, pair.left)):
        bold = isinstance(zero, Styled) and isinstance(zero.body, Num) and zero.body.text == "0"
        if bold and isinstance(other, Num) and other.text.strip("0."):
            return words(zero)
    return None


def _applied_sum(pair: Pair) -> str | None:
    """A sum of single letters in brackets before a number in brackets: (p + q)(0)."""
    products = (n for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Factors))
    for product in products:
        for sign, left, right in zip(product.signs[1:], product.items, product.items[1:], strict=False):
            if sign or not (isinstance(left, Fence) and isinstance(right, Fence)):
                continue
            is_sum = isinstance(left.body, Terms) and all(isinstance(i, Sym) for i in left.body.items)
            if is_sum and isinstance(right.body, Num):
                return words(left)
    return None


def _worked_out(pair: Pair, judged: Judged) -> str | None:
    """A function that nothing is known of and that stands on one side only, where its value may have been put in."""
    if not any(said.endswith(ANYTHING) for said in judged.where):
        return None
    left, right = ({key(n): n for n in walk(side) if _is_unknown(n)} for side in (pair.left, pair.right))
    alone = [n for name, n in (left | right).items() if (name in left) != (name in right)]
    return words(alone[0]) if alone else None


def _is_unknown(node: Node) -> bool:
    """Whether something is applied that is named by a word: col_B(A)."""
    head = node.head if isinstance(node, Call | Function) else None
    base = head.base if isinstance(head, Script) else head
    return isinstance(base, Sym) and len(base.name) > 2 and base.name not in FUNCTIONS


def _member_of_a_sequence(pair: Pair, judged: Judged) -> str | None:
    """A name with an index beside its bare letter, where one of them in the place of the other would do."""
    repair = judged.verdict.repair if isinstance(judged.verdict, Refuted) else None
    if repair is None or repair.slip != "name":
        return None
    mended = _names(parse(repair.latex))
    for side in (pair.left, pair.right):
        stands = _names(side)
        lost, come = stands - mended, mended - stands
        if lost.total() == come.total() == 1:
            (old,), (new,) = lost, come
            if new.startswith(f"{old}_") or old.startswith(f"{new}_"):
                return max(old, new, key=len)
    return None


def _names(node: Node) -> Counter[str]:
    """The names in a node, without those that only are parts of others."""
    if is_name(node):
        return Counter([key(node)])
    return sum((_names(part) for part in children(node)), Counter())
