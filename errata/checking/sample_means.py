"""Means of samples that tend to the means of their laws: X̄_n → λ, (1/n) ∑ X_i² → λ + λ², in probability or almost
surely."""

from __future__ import annotations

import re

from claims.records import replace
from errata.checking.approaches import approaches, parts_of
from errata.checking.asymptotics.samples import sample_at
from errata.checking.context import At, State
from errata.checking.families.reach import environments
from errata.checking.scores.stated import base_letter
from errata.reading.calculus import infinite
from errata.reading.gloss import glossed
from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.relations import Pair
from errata.reading.substitution import rebuilt
from errata.reading.tree import Accent, Big, Chain, Factors, Fence, Frac, Group, Node, Num, Script, Sym, Text, walk
from errata.reading.unparse import to_latex

_SURELY = frozenset({"p", "P", "a.s.", "as", "prob", "ℙ", "pr", "Pr"})
"""What stands over an arrow: in probability, almost surely."""
_LAW = re.compile(r"\b(?:law of large numbers|LLN|WLLN|SLLN|in probability|almost surely|consisten\w+)\b", re.I)
NEAR = 300


def mean_of_law(state: State, at: At, pair: Pair) -> Pair | None:
    """E[g(X)] = c for a limit (1/n) ∑ g(X_i) → c of a sample whose law is stated; None for anything else."""
    if not is_of_samples(state, at, pair):
        return None
    summand = _summand(pair.left)
    if summand is None:
        return None
    sample = sample_at(state, at, pair.left)
    if sample is not None and sample.law is None:
        return None  # of another law than the one that the letter had before
    body, member = summand
    letter = base_letter(member)
    laws = {name for around in environments(state, at) for name in around.variables}
    named = sorted(name for name in laws if _letter(name) == letter)
    if len({str(around.variables[n]) for around in environments(state, at) for n in named}) != 1:
        return None
    inside = to_latex(_with_member(body, member, parse(named[0]).statements[0]))
    mean = parse(rf"\mathbb{{E}}\left[ {inside} \right]").statements[0]
    return replace(pair, left=mean, relation=replace(pair.relation, sign="=", latex="=", over=None), position=0)


def _with_member(body: Node, member: Node, other: Node) -> Node:
    """A summand of another member: X_i² as X²."""

    def put_in(n: Node) -> Node | None:
        if key(n) == key(member):
            return other
        if (
            isinstance(n, Script)
            and n.sup is not None
            and n.sub is not None
            and key(replace(n, sup=None)) == key(member)
        ):
            return Script(n.start, n.end, Fence(n.start, n.end, "(", other, ")"), None, n.sup)
        return None

    return rebuilt(body, put_in)


def _letter(name: str) -> str:
    return base_letter(parse(name).statements[0])


def is_of_samples(state: State, at: At, pair: Pair) -> bool:
    """Whether an arrow is that of a law of large numbers: a mark over it, n → ∞, or words around it."""
    marks = [p for p in parts_of(pair.relation.over) if not isinstance(p, Chain)]
    text = "".join(
        n.name if isinstance(n, Sym) else n.text for m in marks for n in walk(m) if isinstance(n, Sym | Text)
    )
    if text.strip():
        return text.strip() in _SURELY  # and not in law, or in mean square
    if any(infinite(found.approach.place) > 0 for found in approaches(state, at, pair)):
        return True
    span = at.formula.span
    near = glossed(state.document.text[max(0, span.start - NEAR) : span.end + NEAR])
    return _LAW.search(near) is not None


def _summand(node: Node) -> tuple[Node, Node] | None:
    """g(X_i) and X_i of the mean of a sample."""
    while isinstance(node, Group):
        node = node.body
    name = node.base if isinstance(node, Script) and node.sup is None else node
    if isinstance(name, Accent) and name.kind in ("bar", "overline") and is_name(name.body):
        inner = name.body.base if isinstance(name.body, Script) else name.body
        return inner, inner
    big = _averaged(node)
    sub = big.head.sub if big is not None and isinstance(big.head, Script) else None
    sub = sub.body if isinstance(sub, Group) else sub
    if big is None or big.body is None or not isinstance(sub, Chain):
        return None
    index = key(sub.items[0])
    members = {key(n): n for n in walk(big.body) if isinstance(n, Script) and n.sub is not None and key(n.sub) == index}
    plain = {key(m) if m.sup is None else key(replace(m, sup=None)): replace(m, sup=None) for m in members.values()}
    return (big.body, next(iter(plain.values()))) if len(plain) == 1 else None


def _averaged(node: Node) -> Big | None:
    """The sum in (1/n) ∑_{i=1}^n and (∑_{i=1}^n …)/n, with the same n."""
    match node:
        case Factors(items=(Frac(top=Num(text="1"), bottom=bottom), Big() as big), signs=("", "")):
            pass
        case Frac(top=Big() as big, bottom=bottom):
            pass
        case _:
            return None
    head = big.head
    if not isinstance(head, Script) or head.sup is None or not isinstance(head.base, Sym) or head.base.name != "∑":
        return None
    return big if key(head.sup) == key(bottom) and not big.differentials else None
