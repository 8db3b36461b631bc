"""Expressions over lists and finite laws written out for three values: ∑_i e^{x_i}, max_i x_i, ‖x‖_p, softmax(z)_i.

The masses of a law p are made of three names, so that they are positive and sum to one: p(x), p_i, KL(p ‖ q), H(p) and
E_p[f(x)] are then sums over its values, and so is an integral of densities.
"""

from __future__ import annotations

from collections.abc import Mapping

from claims.records import Record, replace
from errata.reading.generic import whole_numbers
from errata.reading.lowering import operator_parts
from errata.reading.names import is_name, key
from errata.reading.substitution import rebuilt
from errata.reading.tree import (
    Bar,
    Big,
    Call,
    Chain,
    Differential,
    Dots,
    Factors,
    Fence,
    Frac,
    Function,
    Group,
    Node,
    Num,
    Phrase,
    Script,
    Styled,
    Sym,
    Terms,
    walk,
)
from errata.reading.vectors import Unlowered

SIZE = 3
"""How many members a list has, and how many values a law."""
HERE = 2
"""The member that a free index stands for."""
LAWS = frozenset({"p", "q", "P", "Q"})
"""Letters that stand for laws wherever they are applied to a value."""
INDICES = frozenset("i j k l c y".split())
LENGTHS = frozenset("K n N C V".split())
"""Names, on the right alone, of how many numbers there are where no sum runs to one."""
_NORMS = (r"\|", "||", r"\lVert", r"\Vert", "‖")


class Lists(Record):
    """How lists are written out: the name of their length, None where it has none, the free indices, the letters of
    laws whose members are masses, p of p_i, and what calls of divergences stand for, by their keys."""

    length: str | None
    free: frozenset[str]
    laws: frozenset[str]
    meanings: Mapping[str, Node]

    def of(self, node: Node) -> Node:
        """An expression with its lists written out. Raises Unlowered where one can't be."""
        return rebuilt(node, self._put_in)

    def _put_in(self, node: Node) -> Node | None:
        meaning = self.meanings.get(key(node)) if isinstance(node, Call) else None
        if meaning is not None:
            return _bracketed(self.of(meaning))
        match node:
            case Big():
                return self._big(node)
            case Call():
                return self._call(node)
            case Script():
                return self._script(node)
            case Function(head=Sym(name="H"), argument=argument) if self._is_law(argument):
                return self._entropy(argument)
            case Sym() if is_name(node) and key(node) == self.length:
                return _number(SIZE)
            case Sym() if key(node) in self.free:
                return _number(HERE)
        return None

    def _is_law(self, node: Node) -> bool:
        return isinstance(node, Sym) and node.name in LAWS | self.laws

    def _big(self, node: Big) -> Node | None:
        """A sum, an integral of densities, or an extremum, over all members."""
        name, sub, sup = operator_parts(node.head)
        if name not in ("∑", "∫", "max", "min", "sup", "inf", "lim") or node.body is None:
            return None
        if name == "lim":
            raise Unlowered("a limit within a limit")
        if name == "∫":
            over = node.differentials[0] if len(node.differentials) == 1 else None
            if not isinstance(over, Differential) or sub is not None or not self._is_of_densities(node.body):
                raise Unlowered("an integral of something else than densities")
            index = over.variable
        else:
            index = self._index(sub, sup)
        members = [self.of(_at(node.body, key(index), n)) for n in range(1, SIZE + 1)]
        return _total(members) if name in ("∑", "∫") else _extremum("max" if name in ("max", "sup") else "min", members)

    def _is_of_densities(self, body: Node) -> bool:
        return any(isinstance(n, Call) and self._is_law(n.head) for n in walk(body))

    def _index(self, sub: Node | None, sup: Node | None) -> Node:
        """The index of a sum over all members: i, i = 1, 1 ≤ i ≤ n, x ∈ X."""
        sub = sub.body if isinstance(sub, Group) else sub
        if sub is None or not (sup is None or key(sup) in (self.length, str(SIZE))):
            raise Unlowered("a sum over a part of a list")
        index: Node = sub
        ends: Node | None = None
        if not isinstance(sub, Chain):
            pass
        elif [r.sign for r in sub.relations] == ["="]:
            index, ends = sub.items[0], sub.items[1]
        elif [r.sign for r in sub.relations] == ["∈"]:
            index = sub.items[0]
        elif [r.sign for r in sub.relations] == ["≤", "≤"] and key(sub.items[2]) == self.length:
            index, ends = sub.items[1], sub.items[0]
        else:
            raise Unlowered("a sum over a part of a list")
        if not isinstance(index, Sym) or (ends is not None and key(ends) != "1"):
            raise Unlowered("a sum over a part of a list")
        return index

    def _call(self, node: Call) -> Node | None:
        name, sub, _ = operator_parts(node.head)
        body = node.fence.body if isinstance(node.fence, Fence) else None
        if body is None:
            return None
        if name in ("max", "min") and sub is None and isinstance(body, Phrase):
            return self._of_all(name, body)
        if name == "softmax" and sub is not None:
            return self._softmax(body, sub)
        if isinstance(node.head, Sym) and self._is_law(node.head) and isinstance(body, Num):
            return _mass(node.head, int(body.text))
        divergence = name in ("KL", "DKL") or (name == "D" and sub is not None and key(sub).endswith("KL}"))
        divergence = divergence or (name == "D" and sub is not None and key(sub) in ("KL", r"\mathrmKL", r"\textKL"))
        if divergence and isinstance(body, Bar) and self._is_law(body.left) and self._is_law(body.right):
            return self._divergence(body.left, body.right)
        if name == "H" and sub is None and self._is_law(body):
            return self._entropy(body)
        if name in ("E", "𝔼") and sub is not None:
            return self._mean(sub, body)
        asked = body if isinstance(node.head, Styled) and key(node.head).endswith("1") else None
        return None if asked is None else self._one_hot(asked)

    def _of_all(self, name: str, body: Phrase) -> Node:
        """max(x_1, …, x_n)."""
        if any(isinstance(i, Dots) for i in body.items):
            first, last = body.items[0], body.items[-1]
            ends = isinstance(last, Script) and last.sub is not None and key(last.sub) == self.length
            if not ends or len(body.items) not in (3, 4) or not isinstance(first, Script):
                raise Unlowered("a list with dots of another kind")
            return _extremum(name, [replace(first, sub=_number(n)) for n in range(1, SIZE + 1)])
        return _extremum(name, [self.of(item) for item in body.items])

    def _script(self, node: Script) -> Node | None:
        base, sub = node.base, node.sub
        if isinstance(base, Call | Function) and sub is not None and node.sup is None:
            name = operator_parts(base.head)[0]
            inner = base.argument if isinstance(base, Function) else base.fence
            if name == "softmax":
                return self._softmax(inner.body or inner if isinstance(inner, Fence) else inner, sub)
        if isinstance(base, Fence) and base.open in _NORMS and sub is not None and base.body is not None:
            norm = self._norm(base.body, sub)
            return norm if node.sup is None else Script(0, 0, _bracketed(norm), None, self.of(node.sup))
        if self._is_law(base) and sub is not None:
            number = self._place(sub)
            if number is not None and (base.name in self.laws if isinstance(base, Sym) else False):
                mass = _mass(base, number)
                return mass if node.sup is None else Script(0, 0, _bracketed(mass), None, self.of(node.sup))
        return None

    def _place(self, sub: Node) -> int | None:
        if isinstance(sub, Num) and sub.text.isdigit() and 1 <= int(sub.text) <= SIZE:
            return int(sub.text)
        return HERE if isinstance(sub, Sym) and key(sub) in self.free else None

    def _norm(self, inside: Node, order: Node) -> Node:
        """‖x‖_p, and ‖x‖_∞."""
        if not is_name(inside):
            raise Unlowered("a norm of an expression")
        sizes: list[Node] = [Fence(0, 0, "|", Script(0, 0, inside, _number(n), None), "|") for n in range(1, SIZE + 1)]
        if key(order) == r"\infty":
            return _extremum("max", sizes)
        powers: list[Node] = [Script(0, 0, size, None, Group(0, 0, order)) for size in sizes]
        return Script(0, 0, _total(powers), None, Group(0, 0, Frac(0, 0, _number(1), order, r"\frac")))

    def _softmax(self, inside: Node, at: Node) -> Node:
        """softmax(z/T)_i, the bare small letters of numbers other than z being numbers."""
        names = [n for n in walk(inside) if isinstance(n, Sym) and is_name(n)]
        vector = next((n for n in names if n.name in "xzvaslu" or n.font == "bold"), None)
        place = self._place(at)
        if vector is None or place is None or any(isinstance(n, Script) and n.sub is not None for n in walk(inside)):
            raise Unlowered("the softmax of an expression")

        def power(n: int) -> Node:
            def put_in(m: Node) -> Node | None:
                return Script(0, 0, m, _number(n), None) if is_name(m) and key(m) == key(vector) else None

            return Script(0, 0, Sym(0, 0, "e", "", "e"), None, Group(0, 0, rebuilt(inside, put_in)))

        powers = [power(n) for n in range(1, SIZE + 1)]
        return _bracketed(Frac(0, 0, powers[place - 1], _total(powers), r"\frac"))

    def _one_hot(self, asked: Node) -> Node:
        """1[i = argmax_j z_j] for numbers that all differ."""
        match asked:
            case Chain(items=(index, Big(body=body) as big)) if body is not None:
                name, sub, sup = operator_parts(big.head)
                place = self._place(index)
                if name not in ("argmax", "argmin") or place is None or asked.relations[0].sign not in ("=", "∈"):
                    raise Unlowered("an indicator of something else")
                over = key(self._index(sub, sup))
                own = self.of(_at(body, over, place))
                rest = [self.of(_at(body, over, n)) for n in range(1, SIZE + 1) if n != place]
                return _bracketed(Factors(0, 0, ("",) + (r"\cdot",) * (len(rest) - 1), tuple(
                    _is_above(*((own, other) if name == "argmax" else (other, own))) for other in rest)))  # fmt: skip
        raise Unlowered("an indicator of something else")

    def _divergence(self, p: Node, q: Node) -> Node:
        return _total([
            Factors(0, 0, ("", ""), (_mass(p, n), _log(Frac(0, 0, _mass(p, n), _mass(q, n), r"\frac"))))
            for n in range(1, SIZE + 1)
        ])  # fmt: skip

    def _entropy(self, p: Node) -> Node:
        terms = [Factors(0, 0, ("", ""), (_mass(p, n), _log(_mass(p, n)))) for n in range(1, SIZE + 1)]
        return _bracketed(Terms(0, 0, ("-",) * SIZE, tuple(terms)))

    def _mean(self, sub: Node, body: Node) -> Node:
        """E_{x ∼ p}[f(x)], and E_p[f(x)] where x is what laws are taken at in it."""
        sub = sub.body if isinstance(sub, Group) else sub
        if isinstance(sub, Chain) and [r.sign for r in sub.relations] == ["∼"]:
            point, law = sub.items
        else:
            law = sub
            calls = (n.fence.body for n in walk(body) if isinstance(n, Call) and self._is_law(n.head)
                     and isinstance(n.fence, Fence))  # fmt: skip
            point = next((c for c in calls if c is not None), law)
        if not self._is_law(law) or not is_name(point) or point is law:
            raise Unlowered("a mean under another law")
        return _total([
            Factors(0, 0, ("", ""), (_mass(law, n), _bracketed(self.of(_at(body, key(point), n)))))
            for n in range(1, SIZE + 1)
        ])  # fmt: skip


def lists_in(left: Node, right: Node, laws: frozenset[str], meanings: Mapping[str, Node]) -> Lists | None:
    """How the lists in a relation are written out; None where they have several lengths, or there are none."""
    counted, indices = whole_numbers(left, right)
    lengths = {name for name in counted if name.isalpha()}
    dotted = (n.items[-1] for side in (left, right) for n in walk(side) if isinstance(n, Phrase))
    lengths |= {key(n.sub) for n in dotted if isinstance(n, Script) and isinstance(n.sub, Sym)} - INDICES
    at = {key(i) for side in (left, right) for n in walk(side) if (i := _softmax_index(n)) is not None}
    free = (frozenset(indices) | at) & INDICES
    if not lengths:
        lengths = ({key(n) for n in walk(right) if is_name(n)} - {key(n) for n in walk(left) if is_name(n)}) & LENGTHS
    return Lists(next(iter(lengths), None), free, laws, meanings) if len(lengths) <= 1 else None


def _softmax_index(node: Node) -> Node | None:
    """i of softmax(z)_i and of softmax_i(z)."""
    inner = node.base if isinstance(node, Script) else node
    head = inner.head if isinstance(inner, Call | Function) else None
    if head is None or operator_parts(head)[0] != "softmax":
        return None
    return node.sub if isinstance(node, Script) else operator_parts(head)[1]


def _at(body: Node, index: str, value: int) -> Node:
    """A body with a number for an index."""
    return rebuilt(body, lambda n: _number(value) if isinstance(n, Sym) and key(n) == index else None)


def _number(n: int) -> Num:
    return Num(0, 0, str(n))


def _bracketed(node: Node) -> Fence:
    return Fence(0, 0, "(", node, ")")


def _total(members: list[Node]) -> Node:
    return _bracketed(Terms(0, 0, ("", *("+" for _ in members[1:])), tuple(map(_bracketed, members))))


def _extremum(name: str, members: list[Node]) -> Node:
    marks = (*("," for _ in members[1:]), "")
    return Call(0, 0, Sym(0, 0, name, "roman", rf"\{name}"), _bracketed(Phrase(0, 0, tuple(members), marks)), True)


def _log(node: Node) -> Node:
    return Function(0, 0, Sym(0, 0, "log", "roman", r"\log"), _bracketed(node))


def _mass(law: Node, n: int) -> Node:
    """The n-th mass of a law, which is the square of a name over the sum of all."""
    squares = [
        Script(0, 0, Sym(0, 0, f"mass{key(law)}{k}", "", f"mass{key(law)}{k}"), None, _number(2))
        for k in range(1, SIZE + 1)
    ]
    return _bracketed(Frac(0, 0, squares[n - 1], _total(list(squares)), r"\frac"))


def _is_above(one: Node, other: Node) -> Node:
    """1 where a number is above another one, else 0: (1 + (a − b)/|a − b|)/2."""
    off = Terms(0, 0, ("", "-"), (_bracketed(one), _bracketed(other)))
    sign = Frac(0, 0, _bracketed(off), Fence(0, 0, "|", off, "|"), r"\frac")
    return Frac(0, 0, Terms(0, 0, ("", "+"), (_number(1), sign)), _number(2), r"\frac")
