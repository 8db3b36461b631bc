"""Sums and integrals over all values of a variable; sums and products over an index, written out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from claims.sentences import Bound, Extremum, Number, Product, Sentence, Sum, Total, free_names
from errata.reading.names import is_name, key
from errata.reading.sentences.heads import bare, canonical, letter, listed, subscript
from errata.reading.sentences.lists import spread
from errata.reading.sentences.survey import summed
from errata.reading.tree import Big, Chain, Differential, Factors, Fence, Group, Node, Num, Script, Sym, Terms, walk
from errata.reading.vectors import Unlowered

if TYPE_CHECKING:
    from errata.reading.sentences.reader import Reader, Scope

MOST_TERMS = 8


def total(reader: Reader, node: Big, scope: Scope) -> Sentence:
    """A sum, a product or an integral. Raises Unlowered."""
    name, _ = letter(node.head)
    if node.body is None:
        raise Unlowered(f"{name} of nothing")
    if name in ("∫", "∬", "∭"):
        return _integral(reader, node, scope)
    if name == "∑":
        return _over_values(reader, node, scope) or _written(reader, node, scope)
    if name == "∏":
        return _written(reader, node, scope)
    if name in ("argmax", "argmin"):
        return _extremum(reader, node, name == "argmax", scope)
    raise Unlowered(f"{name} is read but not judged yet")


def _extremum(reader: Reader, node: Big, largest: bool, scope: Scope) -> Sentence:
    """arg max over the values of variables that laws are conditioned on or indexed by."""
    sub = subscript(node.head)
    names = listed(sub.items[0] if isinstance(sub, Chain) and sub.relations[0].sign == "∈" else sub)
    if not names or not all(is_name(n) for n in names) or getattr(node.head, "sup", None) is not None:
        raise Unlowered("an extremum over what is no name")
    over = [Bound(reader.indexed(n, scope), canonical(n)) for n in names]
    assert node.body is not None
    return Extremum(reader.of(node.body, scope), tuple(over), largest)


def _integral(reader: Reader, node: Big, scope: Scope) -> Sentence:
    names = [d.variable for d in node.differentials if isinstance(d, Differential)]
    sub = subscript(node.head)
    if not names and sub is not None and is_name(sub) and reader.variable(sub, scope) is not None:
        names = [sub]
    if not names or not all(is_name(n) for n in names):
        raise Unlowered("an integral without a variable")
    _check_domain(reader, node)
    over = _bound(reader, [one for name in names for one in spread(reader, name, scope) or [name]], scope)
    reader.integrated.update(b.variable for b in over)
    assert node.body is not None
    body = reader.of(node.body, scope)
    if not {b.name for b in over} & free_names(body):
        raise Unlowered("an integral over what does not occur in it")
    return Total(body, over, True)


def _bound(reader: Reader, names: list[Node], scope: Scope) -> tuple[Bound, ...]:
    """The variables of laws that a sum or an integral is over. Raises Unlowered where a name is none."""
    over: list[Bound] = []
    for n in names:
        variable = reader.variable(n, scope)
        if variable is None:
            raise Unlowered(f"a sum or an integral over {key(n)}, which is no variable of a law")
        over.append(Bound(reader.indexed(n, scope), variable))
    return tuple(over)


def _check_domain(reader: Reader, node: Big) -> None:
    """The whole space: no limits, a set by its name, −∞ to ∞; 0 to ∞ where all values are positive."""
    if not isinstance(node.head, Script):
        return
    sub, sup = node.head.sub, node.head.sup
    if sup is None:
        if sub is None or _is_set(bare(sub)) or isinstance(bare(sub), Sym):
            return
        raise Unlowered("an integral over a part of the space")
    high = bare(sup)
    if isinstance(high, Terms) and high.signs == ("+",):
        high = bare(high.items[0])
    if not (isinstance(high, Sym) and high.name == "∞") or sub is None:
        raise Unlowered("an integral over a part of the space")
    low = bare(sub)
    if isinstance(low, Num) and low.text == "0":
        reader.positive = True
    elif not (isinstance(low, Terms) and low.signs == ("-",) and getattr(bare(low.items[0]), "name", "") == "∞"):
        raise Unlowered("an integral over a part of the space")


def _is_set(node: Node) -> bool:
    base = node.base if isinstance(node, Script) else node
    return isinstance(base, Sym) and (base.font in ("cal", "double", "script") or base.name in ("Θ", "ℝ", "Ω", "Φ"))


def _over_values(reader: Reader, node: Big, scope: Scope) -> Sentence | None:
    """The sum over all values of a variable; None where the index counts something else."""
    index = summed(node)
    assert isinstance(node.head, Script) or index is None
    if index is None or node.body is None or not isinstance(node.head, Script) or node.head.sub is None:
        return None
    sub = bare(node.head.sub)
    name = bare(sub.items[0]) if isinstance(sub, Chain) else sub
    if not isinstance(sub, Chain) and (several := spread(reader, name, scope)) is not None:
        return _over_each(reader, node, several, scope)
    variable = reader.variable(name, scope)
    limited = isinstance(sub, Chain) and sub.relations[0].sign == "="
    if variable is not None and limited and index not in reader.survey.values and not _numbers_all(node.head):
        raise Unlowered(f"a sum over some values of {index}")
    if variable is not None:
        if limited and isinstance(sub, Chain):
            _note_size(reader, node.head, sub, variable)
        reader.counted.add(variable)
        return Total(reader.of(node.body, scope), (Bound(reader.indexed(name, scope), variable),), False)
    return _over_family(reader, node, index, sub, scope)


def _numbers_all(head: Script) -> bool:
    """Whether limits number all values, 1 to K or 0 to ∞, and not those up to a bound: 0 to k."""
    sub, sup = head.sub and bare(head.sub), head.sup and bare(head.sup)
    low = bare(sub.items[1]) if isinstance(sub, Chain) and len(sub.items) == 2 else None
    if not isinstance(low, Num) or low.text not in ("0", "1") or not isinstance(sup, Sym):
        return False
    return sup.name == "∞" or (low.text == "1" and sup.name.isupper())


def _over_each(reader: Reader, node: Big, names: list[Node], scope: Scope) -> Sentence:
    """The sum over all values of several variables: ∑_{z_{1:T}}."""
    over = _bound(reader, names, scope)
    reader.counted.update(b.variable for b in over)
    assert node.body is not None
    return Total(reader.of(node.body, scope), over, False)


def _over_family(reader: Reader, node: Big, index: str, sub: Node, scope: Scope) -> Sentence | None:
    """Σ_j f(m_j) as the sum over all values of m, where j stands nowhere but in m_j."""
    if reader.family.name != "VALUES" or node.body is None or not isinstance(node.head, Script):
        return None
    members = {key(n): n for n in walk(node.body) if isinstance(n, Script) and _index_of(n) == index}
    if len({key(n.base).lower() for n in members.values()}) != 1 or _stands_elsewhere(node.body, index):
        return None
    variable = reader.variable(next(iter(members.values())), scope)
    if variable is None or variable not in reader.survey.families:
        return None
    if isinstance(sub, Chain):
        if sub.relations[0].sign == "=":
            _note_size(reader, node.head, sub, variable)
        elif sub.relations[0].sign != "∈":
            return None
    reader.counted.add(variable)
    return Total(reader.of(node.body, scope), tuple(Bound(name, variable) for name in members), False)


def _note_size(reader: Reader, head: Script, sub: Chain, variable: str) -> None:
    """Σ_{j=1}^{M} over all values of m says that there are M of them."""
    low, high = bare(sub.items[1]), bare(head.sup) if head.sup is not None else None
    if not isinstance(low, Num) or low.text not in ("0", "1"):
        raise Unlowered("a sum over a part of the values")
    if high is not None and is_name(high):
        if low.text == "1" and key(high) not in ("∞",):
            reader.counts[key(high)] = variable
    elif not (isinstance(high, Sym) and high.name == "∞"):
        raise Unlowered("a sum over a part of the values")


def _index_of(node: Script) -> str:
    sub = subscript(node)
    return key(sub) if sub is not None and is_name(node) else ""


def _stands_elsewhere(node: Node, index: str) -> bool:
    """Whether an index stands anywhere but as a subscript of a plain name."""
    inside = {id(m) for n in walk(node) if isinstance(n, Script) and n.sub is not None and _index_of(n) == index
              for m in walk(n.sub)}  # fmt: skip
    return any(isinstance(n, Sym) and key(n) == index and id(n) not in inside for n in walk(node))


def _written(reader: Reader, node: Big, scope: Scope) -> Sentence:
    assert node.body is not None
    terms = tuple(reader.of(node.body, inner) for inner in written_out(reader, node, scope))
    if not terms:
        return Number(Fraction(0 if letter(node.head)[0] == "∑" else 1))
    if len(terms) == 1:
        return terms[0]
    return Sum(terms) if letter(node.head)[0] == "∑" else Product(terms)


def written_out(reader: Reader, node: Big, scope: Scope) -> Iterator[Scope]:
    """The values of the index of a sum that is written out. Raises Unlowered where its range is not known."""
    head = node.head
    if not isinstance(head, Script) or head.sub is None:
        raise Unlowered("the range of a sum is not given")
    sub = bare(head.sub)
    if isinstance(sub, Chain):
        if sub.relations[0].sign != "=" or head.sup is None or not is_name(sub.items[0]):
            raise Unlowered("the range of a sum is not given")
        low, high = whole(reader, sub.items[1], scope), whole(reader, head.sup, scope)
        name = key(sub.items[0])
    elif is_name(sub) and head.sup is None:
        low, high, name = 1, 3, key(sub)
    else:
        raise Unlowered("the range of a sum is not given")
    if low is None or high is None or high - low >= MOST_TERMS:
        raise Unlowered("the range of a sum is not given")
    for i in range(low, high + 1):
        yield {**scope, name: i}


def whole(reader: Reader, node: Node, scope: Scope) -> int | None:
    """The whole number that an index or a limit is; None where it is none."""
    node = bare(node)
    if isinstance(node, Fence) and node.body is not None:
        node = bare(node.body)
    if isinstance(node, Num):
        return int(node.text) if node.text.isdigit() else None
    if isinstance(node, Terms):
        values = [whole(reader, i, scope) for i in node.items]
        if any(v is None for v in values) or any(s not in ("", "+", "-", "−") for s in node.signs):
            return None
        return sum(-v if s in ("-", "−") else v for s, v in zip(node.signs, values, strict=True) if v is not None)
    if isinstance(node, Factors | Group):
        return None
    if is_name(node):
        return scope.get(key(node), reader.sizes.get(key(node)))
    return None
