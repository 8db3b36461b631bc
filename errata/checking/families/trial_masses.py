"""The masses of trials that come out as 1 with some probability, and else as 0: p^{y_i} (1 − p)^{1 − y_i}."""

from __future__ import annotations

import sympy as sp

from claims.records import Record
from errata.reading.generic import Generic, lower_generic
from errata.reading.names import key
from errata.reading.sentences.heads import letter, subscript
from errata.reading.tree import Big, Node, Script, Sym, walk
from errata.reading.vectors import Unlowered


class Trials(Record):
    """A product of such masses: the probability, and the letter of the outcomes."""

    chance: str
    outcome: str


def product_of_trials(node: Node) -> Trials | None:
    """The trials whose masses a product multiplies; None for any other expression."""
    if not isinstance(node, Big) or letter(node.head)[0] != "∏" or node.body is None:
        return None
    members = {key(n): n for n in walk(node.body) if _is_numbered(n, node)}
    try:
        mass = lower_generic(node.body, generic := Generic({}))
    except (Unlowered, TypeError, ValueError, RecursionError):
        return None
    if generic.uninterpreted or generic.matrices or len(mass.free_symbols) != 2 or len(members) != 1:
        return None
    ((name, member),) = members.items()
    outcome = next((s for s in mass.free_symbols if _plain(str(s)) == _plain(name)), None)
    if outcome is None or not isinstance(member, Script):
        return None
    (chance,) = mass.free_symbols - {outcome}
    apart = (mass.subs(outcome, 1) - chance, mass.subs(outcome, 0) - (1 - chance))
    return Trials(str(chance), key(member.base)) if all(sp.simplify(a) == 0 for a in apart) else None


def _is_numbered(node: Node, product: Big) -> bool:
    """Whether a node is a name with the indices of a product below it."""
    over, sub = subscript(product.head), node.sub if isinstance(node, Script) else None
    if over is None or sub is None:
        return False
    letters = {key(n) for n in walk(over) if isinstance(n, Sym)}
    below = {key(n) for n in walk(sub) if isinstance(n, Sym)}
    return bool(below) and below <= letters


def _plain(name: str) -> str:
    return name.translate(str.maketrans("", "", "_[]{}, "))
