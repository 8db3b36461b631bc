"""Relations that only say which law something has: p(z) = N(z; 0, I), a mixture by its parts, the law of a sample."""

from __future__ import annotations

from errata.checking.kinds import is_number
from errata.reading.families.notation import law_call
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.tree import Bar, Big, Call, Factors, Fence, Frac, Function, Node, Phrase, Script, Sym, Terms, walk


def gives_a_law(pair: Pair) -> bool:
    """Whether a pair at the head of a chain says which law a law or a name is: p(z) = N(0, I), q = Laplace(m, b), or
    which laws make up a joint one that is conditioned on nothing: p(β, τ) = N(β; m, S/τ) · Gam(τ; a, b); or the law of
    a sample by that of its members."""
    if pair.position or pair.relation.sign not in ("=", "≡"):
        return False
    if draws_a_sample(pair.left, pair.right):
        return True
    head = pair.left.head if isinstance(pair.left, Call) else pair.left
    if not is_name(head) or law_call(pair.left) is not None:
        return False
    if law_call(pair.right) is not None:
        return True
    conditioned = any(isinstance(n, Bar) for n in walk(pair.left))
    if is_mixture(pair.right) and isinstance(pair.left, Call) and not conditioned:
        return True
    several = isinstance(pair.right, Factors) and all(law_call(item) is not None for item in pair.right.items)
    return isinstance(pair.left, Call) and several and not conditioned


def is_mixture(node: Node) -> bool:
    """0.7 N(x; −2, 1) + 0.3 N(x; 2, 1): weights that are numbers, each of a law at one point."""
    if not isinstance(node, Terms) or len(node.items) < 2:
        return False
    parts = [item.items if isinstance(item, Factors) else (item,) for item in node.items]
    laws = [law_call(part[-1]) for part in parts]
    weighted = all(is_number(w) or isinstance(w, Frac) for part in parts for w in part[:-1])
    return weighted and all(law is not None and law.point is not None for law in laws)


def draws_a_sample(left: Node, right: Node) -> bool:
    """p(y | θ) = ∏_i p(y_i | θ) or ∏_i N(y_i; m, v), or the logarithm of that: the members of a sample are independent,
    and have this law. The chain rule, which conditions on earlier members, is no such statement."""
    if not isinstance(right, Big):
        return False
    while isinstance(left, Fence) and left.body is not None:
        left = left.body
    sample_of, member_of, sign = left, right.body, "∏"
    if isinstance(left, Function) and isinstance(member_of, Function):
        sample_of, member_of, sign = left.argument, member_of.argument, "∑"
    if not isinstance(sample_of, Call) or not isinstance(member_of, Call):
        return False
    base = right.head.base if isinstance(right.head, Script) else None
    sample, member = point_of(sample_of), point_of(member_of)
    if law_call(sample_of) is not None:
        return False
    if not isinstance(base, Sym) or base.name != sign or not isinstance(member, Script):
        return False
    named = law_call(member_of) is not None or key(sample_of.head) == key(member_of.head)
    family = [n for n in walk(member_of) if isinstance(n, Script) and _letter(n.base) == _letter(member.base)]
    return named and len(family) == 1 and sample is not None and _is_sample(sample, member)


def _letter(node: Node) -> str:
    """The letter of a symbol in whatever font; of anything else its key."""
    return node.name if isinstance(node, Sym) else key(node)


def _is_sample(sample: Node, member: Script) -> bool:
    """Whether a name is that of a sample with this member: y for y_i, in whatever font, or D for the data."""
    return _letter(sample) in (_letter(member.base), "D")


def point_of(call: Call) -> Node | None:
    """The point of a density: what stands first in its bracket."""
    node = call.fence.body if isinstance(call.fence, Fence) else None
    while isinstance(node, Bar | Phrase):
        node = node.left if isinstance(node, Bar) else node.items[0]
    return node
