"""A law given a parameter is the law given what the parameter determines: p(x | θ) = p(x | x̂_θ).

A name that carries θ below it is a function of θ, and so is one that the document gives by θ and the other conditions:
p(y | u, θ) = p(y | m) for m = f_θ(u). Where both stand in a relation, the one is put in for the other. It supports,
and refutes nothing: that nothing else of θ matters is the condition that it names.
"""

from __future__ import annotations

from collections.abc import Iterator

from claims.evidence import Proof
from claims.records import Record
from claims.verdict import Tried, decide
from errata.checking.algebra import Found
from errata.checking.context import State, bodies_of
from errata.checking.page_laws import PageLaws
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.sentences.heads import argument_of, bare, law_of, letter, listed, subscript
from errata.reading.substitution import rebuilt
from errata.reading.tree import Bar, Call, Node, Script, Sym, walk
from errata.reading.unparse import to_latex


class _Conditioned(Record):
    """A density of one name with what it is conditioned on; ``below`` is what its law carries as a parameter."""

    call: Call
    law: str
    point: str
    given: tuple[Node, ...]
    below: tuple[Node, ...]


def judge_through_outputs(state: State, page: PageLaws, pair: Pair, _formula: int, _seed: int) -> Found | None:
    """The support of an equation once the laws given what a parameter determines are those given the parameter."""
    if pair.relation.sign not in ("=", "≡"):
        return None
    laws = [[*_densities(side, page)] for side in (pair.left, pair.right)]
    for one in laws[0]:
        for other in laws[1]:
            whole, part = (one, other) if _is_longer(one, other) else (other, one)
            condition = _condition(state, whole, part)
            if condition is None:
                continue
            if key(_with(pair.left, part, whole)) == key(_with(pair.right, part, whole)):
                proof = Proof("substitution", (f"{to_latex(part.call)} is {to_latex(whole.call)}",))
                return Found(decide([Tried(condition, (proof,))]), (), True)
    return None


def _with(side: Node, part: _Conditioned, whole: _Conditioned) -> Node:
    """A side with the one law in the place of the other."""
    name = key(part.call)
    return rebuilt(side, lambda n: whole.call if isinstance(n, Call) and key(n) == name else None)


def _densities(side: Node, page: PageLaws) -> Iterator[_Conditioned]:
    for call in (n for n in walk(side) if isinstance(n, Call)):
        body = argument_of(call)
        law = law_of(call.head, page.letters)
        below = subscript(call.head)
        parameter = (below,) if below is not None and is_name(below) else ()
        if law is None or body is None or not (isinstance(body, Bar) or parameter):
            continue
        point = bare(body.left) if isinstance(body, Bar) else bare(body)
        given = listed(body.right) if isinstance(body, Bar) else ()
        if is_name(point) and all(is_name(g) for g in given) and not isinstance(point, Call):
            yield _Conditioned(call, letter(call.head)[0].lower(), key(point), given, parameter)


def _is_longer(one: _Conditioned, other: _Conditioned) -> bool:
    """Whether the first of two laws is the one given parameters, and the other given a single name."""
    return len(other.given) == 1 and not other.below and bool(one.given or one.below)


def _condition(state: State, whole: _Conditioned, part: _Conditioned) -> str | None:
    """What has to be so for two laws to be one; None where they are not of the same thing, or it isn't determined."""
    if len(part.given) != 1 or part.below or whole.law != part.law or whole.point != part.point:
        return None
    (output,) = part.given
    known = {key(n): n for n in (*whole.given, *whole.below)}
    if key(output) in known or not known:
        return None
    determined = (_carried(output), *(_names_of(body) for body in bodies_of(state).get(key(output), ())))
    for names in determined:
        rest = sorted(names - known.keys())
        if known.keys() <= names and (not rest or whole.below):
            through = f"{whole.point} depends on {', '.join(map(to_latex, known.values()))} only through "
            return through + to_latex(output) + (f", with {', '.join(rest)} fixed" if rest else "")
    return None


def _carried(output: Node) -> frozenset[str]:
    """The Greek letters below a name: θ of x̂_θ and of x̂_{θ,i}."""
    below = output.sub if isinstance(output, Script) else None
    found = (n for n in walk(below)) if below is not None else iter(())
    return frozenset(key(n) for n in found if isinstance(n, Sym) and not n.name.isascii())


def _names_of(body: Node) -> frozenset[str]:
    """The names in an expression, those below functions too, but not the functions."""
    heads = {key(n.head.base if isinstance(n.head, Script) else n.head) for n in walk(body) if isinstance(n, Call)}
    names = {key(n) for n in walk(body) if isinstance(n, Sym) and n.name.isalpha()}
    return frozenset(names - heads)
