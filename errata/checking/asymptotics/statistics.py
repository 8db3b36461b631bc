"""Statistics of a sample written out: with counts c_1, c_2, … of a few values x_1, x_2, …, ∑_i g(X_i) is
∑_j c_j g(x_j).

A mean X̄_n is such a sum over n; E[g(X)] is the same with the chances of the values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from claims.records import replace
from errata.reading.lowering import operator_parts
from errata.reading.names import is_name, key
from errata.reading.said_samples import law_letter, member_index, member_letter, without_power
from errata.reading.substitution import rebuilt
from errata.reading.tree import (
    Accent,
    Big,
    Call,
    Chain,
    Factors,
    Fence,
    Frac,
    Group,
    Node,
    Num,
    Root,
    Script,
    Styled,
    Sym,
    Terms,
    walk,
)
from errata.reading.vectors import Unlowered

VALUE, COUNT, CHANCE = "value", "count", "chance"
"""How the names of the values, of their counts and of their chances begin; no document has such a name."""
ANY = f"{VALUE}0"
"""The name of a value for which a summand is kept, to see what kind of function it is."""
_EXPECTATION, _SPREAD = frozenset({"E", "𝔼"}), frozenset({"Var", "var", "V", "𝕍"})
_SUMS, _DEVIATIONS = frozenset({"S", "T"}), frozenset({"S", "s"})


@dataclass
class Written:
    """How a statistic is written out: the letter of its sample, the name of its size, and how many values there are.

    ``sums`` says that S_n is the sum of the sample, and not its standard deviation; ``taken`` are names of parameters,
    as s may be, which stand for no statistic. ``drawn_from`` is the letter of the law of the members. ``summands``
    takes in the functions of one member that were averaged.
    """

    letter: str
    size: str
    values: int
    sums: bool
    taken: frozenset[str] = frozenset()
    drawn_from: str | None = None
    summands: list[Node] = field(default_factory=list)

    def of(self, node: Node) -> Node:
        """An expression without members of the sample. Raises Unlowered where it is another one than a statistic."""
        out = rebuilt(node, self._put_in)
        if self._mentions(out):
            raise Unlowered("a single member of the sample stands in it")
        return out

    def _put_in(self, node: Node) -> Node | None:
        match node:
            case Big(head=head) if operator_parts(head)[0] == "∑" and self._mentions(node):
                return self._sum(node)
            case Accent() | Script() | Sym() | Styled():
                return self._named(node)
            case Call(head=Sym(name=name), fence=Fence(body=body)) if body is not None:
                return self._operator(name, body)
            case Call(head=Script(base=Sym(name=name), sub=sub), fence=Fence(body=body)) if body is not None and sub:
                return self._operator(name, body) if self._is_of_the_law(sub) else None
            case Factors(items=(Sym(name=name, font="double"), body), signs=("", "")):
                return self._operator(name, body)
        return None

    def _mentions(self, node: Node) -> bool:
        return any(self._is_member(n) for n in walk(node))

    def _is_member(self, node: Node) -> bool:
        """Whether a node is a member of the sample, a power of one, or, for a capital, stands for any."""
        return member_letter(without_power(node)) == self.letter or (self.letter.isupper() and self._is_any(node))

    def _is_any(self, node: Node) -> bool:
        return is_name(node) and key(node) == self.letter

    def _operator(self, name: str, body: Node) -> Node | None:
        """E[g(X)] and Var(g(X))."""
        if name not in _EXPECTATION | _SPREAD or not any(self._is_member(n) or self._is_any(n) for n in walk(body)):
            return None
        if any(isinstance(n, Big | Accent) for n in walk(body)):
            raise Unlowered("the mean of a statistic")
        members = {key(m): m for m in walk(body) if is_name(m) and (self._is_member(m) or self._is_any(m))}
        own = [m for m in members.values() if member_letter(m) == self.letter] or list(members.values())
        if len(own) != 1:
            raise Unlowered("the mean of a function of several members")
        mean = self._weighted(CHANCE, body, own[0])
        if name in _EXPECTATION:
            return mean
        centred = Terms(0, 0, ("", "-"), (_bracketed(body), mean))
        return self._weighted(CHANCE, _squared(centred), own[0])

    def _is_of_the_law(self, sub: Node) -> bool:
        """Whether E_q[…], E_{q(z)}[…] or E_{z ∼ q}[…] is under the law that members are drawn from."""
        sub = sub.body if isinstance(sub, Group) else sub
        law = sub.items[1] if isinstance(sub, Chain) and [r.sign for r in sub.relations] == ["∼"] else sub
        return self.drawn_from is not None and law_letter(law) == self.drawn_from

    def _sum(self, node: Big) -> Node:
        """∑_{i=1}^n g(X_i) over the whole sample."""
        _, sub, sup = operator_parts(node.head)
        sub = sub.body if isinstance(sub, Group) else sub
        index = sub.items[0] if isinstance(sub, Chain) else sub
        whole = sup is None or key(sup) == self.size
        starts = not isinstance(sub, Chain) or (sub.relations[0].sign == "=" and key(sub.items[1]) == "1")
        if index is None or node.body is None or node.differentials or not whole or not starts:
            raise Unlowered("a sum over a part of a sample")
        found = [n for n in map(without_power, walk(node.body)) if member_letter(n) == self.letter]
        if not found or any((i := member_index(n)) is None or key(i) != key(index) for n in found):
            raise Unlowered("a sum of other members")
        total = self._weighted(COUNT, node.body, found[0])
        if any(key(n) == key(index) for n in walk(total) if isinstance(n, Sym)):
            raise Unlowered("a sum in which members have weights")
        return total

    def _named(self, node: Node) -> Node | None:
        """X̄_n and X̄; the sum S_n, or the variance S_n² and its root."""
        plain = node.base if isinstance(node, Script) and self._is_size(node.sub) else node
        power = node.sup if isinstance(node, Script) else None
        while isinstance(plain, Group | Styled):
            plain = plain.body
        if isinstance(plain, Accent) and plain.kind in ("bar", "overline") and self._is_letter(plain.body):
            return _raised(self._mean(), power)
        if isinstance(node, Script) and isinstance(node.base, Accent) and self._is_letter(node.base.body):
            raise Unlowered("the mean of a part of a sample")
        of_sums, of_spread = self._is_total(node), self._is_spread(plain)
        if of_sums and self.sums:
            return _raised(self._total(), power)
        if of_spread and not (of_sums and self.sums) and not (isinstance(node, Script) and node.primes):
            return _raised(Root(0, 0, self._spread(), None), power)
        return None

    def _is_size(self, sub: Node | None) -> bool:
        return sub is None or key(sub) == self.size

    def _is_letter(self, node: Node) -> bool:
        if isinstance(node, Script):
            return self._is_size(node.sub) and node.sup is None and key(node.base) == self.letter
        return key(node) == self.letter

    def _is_total(self, node: Node) -> bool:
        """S_n, whose index says up to where it sums."""
        indexed = isinstance(node, Script) and node.sub is not None and self._is_size(node.sub)
        return indexed and isinstance(node, Script) and isinstance(node.base, Sym) and node.base.name in _SUMS

    def _is_spread(self, plain: Node) -> bool:
        if key(plain) in self.taken:
            return False
        if isinstance(plain, Accent):
            return plain.kind in ("hat", "widehat") and key(plain.body) in (r"\sigma", "σ")
        return isinstance(plain, Sym) and plain.name in _DEVIATIONS and key(plain) != self.letter

    def _total(self) -> Node:
        return self._weighted(COUNT, _name(ANY), _name(ANY))

    def _mean(self) -> Node:
        return Frac(0, 0, self._total(), _name(self.size), r"\frac")

    def _spread(self) -> Node:
        """The variance of the sample over n, which over n − 1 has the same limit."""
        centred = _squared(Terms(0, 0, ("", "-"), (_name(ANY), self._mean())))
        return Frac(0, 0, self._weighted(COUNT, centred, _name(ANY)), _name(self.size), r"\frac")

    def _weighted(self, weight: str, body: Node, member: Node) -> Node:
        """∑_j w_j g(x_j) in brackets, each weight being a count or a chance."""
        self.summands.append(self._inside(body, member, ANY))
        items = tuple(
            Factors(0, 0, ("", ""), (_name(f"{weight}{j}"), _bracketed(self._inside(body, member, f"{VALUE}{j}"))))
            for j in range(1, self.values + 1)
        )
        return Fence(0, 0, "(", Terms(0, 0, ("", *("+" for _ in items[1:])), items), ")")

    def _inside(self, body: Node, member: Node, value: str) -> Node:
        """A summand at a value, the statistics in it written out."""

        def at_value(n: Node) -> Node | None:
            if is_name(n) and key(n) == key(member):
                return _name(value)
            if isinstance(n, Script) and n.sup is not None and key(replace(n, sup=None)) == key(member):
                return _raised(_name(value), n.sup)
            return None

        put_in: Callable[[Node], Node | None] = at_value
        return rebuilt(rebuilt(body, put_in), self._put_in)


def _name(name: str) -> Sym:
    return Sym(0, 0, name, "", name)


def _bracketed(node: Node) -> Fence:
    return Fence(0, 0, "(", node, ")")


def _squared(node: Node) -> Script:
    return Script(0, 0, _bracketed(node), None, Num(0, 0, "2"))


def _raised(node: Node, power: Node | None) -> Node:
    return Group(0, 0, node) if power is None else Script(0, 0, _bracketed(node), None, power)
