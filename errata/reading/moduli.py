r"""Equations modulo a number: in a = b = c (mod m) the modulus holds for every link of the chain, and in a = b ≡ c
(mod m) for those with the sign of a congruence."""

from __future__ import annotations

from claims.records import replace
from errata.reading.tree import Chain, Factors, Fence, Function, Group, Node, Num, Sym, Text

MODULO = "≡ₘ"
"""The canonical sign of an equality up to multiples of a modulus."""
_EQUAL = frozenset({"=", "≡"})
_WORDS = frozenset({"mod", "modulo"})


def with_modulus(chain: Chain) -> Chain:
    """The chain with the modulus behind one of its members as that of all its equations; itself where it has none."""
    for at, item in reversed(list(enumerate(chain.items))):
        found = _parted(item)
        if found is None:
            continue
        member, modulus = found
        items = (*chain.items[:at], member, *chain.items[at + 1 :])
        congruent = frozenset({"≡"} if any(r.sign == "≡" for r in chain.relations) else _EQUAL)
        relations = tuple(replace(r, sign=MODULO) if r.sign in congruent else r for r in chain.relations)
        return replace(chain, items=items, relations=relations, modulus=modulus)
    return chain


def number_of(modulus: Node) -> Node:
    """m of \\pmod{m} and of (mod m)."""
    if isinstance(modulus, Function):
        return modulus.argument.body if isinstance(modulus.argument, Group) else modulus.argument
    body = modulus.body if isinstance(modulus, Fence) else modulus
    return body.items[-1] if isinstance(body, Factors) else modulus


def _parted(member: Node) -> tuple[Node, Node] | None:
    """A member and the modulus that stands behind it; None where none does."""
    if not isinstance(member, Factors) or member.signs[-1] or not is_modulus(member.items[-1]):
        return None
    items = member.items[:-1]
    end = items[-1].end
    rest = items[0] if len(items) == 1 else replace(member, end=end, items=items, signs=member.signs[:-1])
    return rest, member.items[-1]


def is_modulus(node: Node) -> bool:
    """Whether a term says up to multiples of what the terms before it are equal: \\pmod m, (\\bmod m), (mod m)."""
    match node:
        case Function(head=Sym(latex=r"\pmod")):
            return True
        case Fence(open="(" | "[", body=Factors(items=items, signs=(r"\bmod" | r"\mod", *_))):
            return len(items) == 1
        case Fence(open="(" | "[", body=Factors(items=(Sym(name=name), Num() | Sym()), signs=("", ""))):
            return name in _WORDS
        case Text():
            return False
    return False
