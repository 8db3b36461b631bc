"""Events under an increasing map: P(g⁻¹(U) ≤ t) = P(U ≤ g(t)) where the text says that g increases, as a CDF does.

The map is taken to be two certain ones, a line and the exponential function, under both of which the relation has to
hold in random worlds; what holds for all increasing maps holds for these. A random variable is also what its draw is
said to be: P(Y ≤ t) = P(g⁻¹(u) ≤ t) after "return y = g⁻¹(u)". It supports, and refutes nothing.
"""

from __future__ import annotations

import re

from claims.evidence import Proof
from claims.records import replace
from claims.verdict import Proved, Supported, Tried, decide
from errata.checking.abstract import judge_abstract
from errata.checking.algebra import Found
from errata.checking.context import State, root_of
from errata.checking.page_laws import PageLaws
from errata.reading.gloss import glossed
from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.relations import Pair, stated
from errata.reading.sentences.heads import argument_of, canonical, is_random, law_of
from errata.reading.substitution import rebuilt, replaced
from errata.reading.tree import Call, Chain, Fence, Node, Script, Sym, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered

NEAR = 1_500
"""Characters around a relation in which the text says that a map increases."""
_INCREASES = re.compile(
    r"\b(?:strictly|monoton\w*) increasing|\bincreasing (?:function|map|transform\w*)|\bis increasing\b", re.I
)
_CUMULATIVE = re.compile(r"\bCDF\b|\bcumulative\b|\bquantile", re.I)
_MAPS = ((r"\left( a ({}) + b \right)", r"\left( \frac{{({}) - b}}{{a}} \right)"), (r"e^{{{}}}", r"\log({})"))
"""Increasing maps with their inverses: of positive numbers a, and at positive values."""


def judge_increasing_maps(state: State, page: PageLaws, pair: Pair, formula: int, seed: int) -> Found | None:
    """The support of an equation of two chances; None where it gets none."""
    if pair.relation.sign not in ("=", "≡") or not all(_is_chance(s, page) for s in (pair.left, pair.right)):
        return None
    return _under_maps(state, page, pair, formula, seed) or _as_drawn(state, pair)


def _is_chance(side: Node, page: PageLaws) -> bool:
    inside = argument_of(side) if isinstance(side, Call) else None
    return isinstance(side, Call) and law_of(side.head, page.letters) is not None and isinstance(inside, Chain)


def _under_maps(state: State, page: PageLaws, pair: Pair, formula: int, seed: int) -> Found | None:
    heads = {key(c.head) for side in (pair.left, pair.right) for c in walk(side) if isinstance(c, Call)}
    maps = {h for h in heads if f"{h}^-1" in heads}
    span = state.document.formulas[formula].span
    text = state.document.text[max(0, span.start - NEAR) : span.end + NEAR]
    if len(maps) != 1:
        return None
    (name,) = maps
    increases = _INCREASES.search(glossed(text)) or (name == "F" and _CUMULATIVE.search(text))
    names = {key(n) for side in (pair.left, pair.right) for n in walk(side) if is_name(n)}
    if not increases or names & {"a", "b"}:
        return None
    found: Found | None = None
    drawn = _drawn(state, formula) - {name.lower() for name in names if name.isupper()}
    for there, back in _MAPS:
        left, right = (_in_capitals(_mapped(side, name, there, back), drawn) for side in (pair.left, pair.right))
        try:
            found = judge_abstract(replace(pair, left=left, right=right), replace(page, positive=True), seed)
        except Unlowered:
            return None
        if found is None or not isinstance(found.verdict, Supported | Proved):
            return None
    if found is None or not isinstance(found.verdict, Supported | Proved):
        return None
    return replace(found, verdict=Supported(tuple(found.verdict.by), f"{name} is strictly increasing"))


def _mapped(side: Node, name: str, there: str, back: str) -> Node:
    """A side with a map and its inverse written out."""

    def change(node: Node) -> Node | None:
        if not isinstance(node, Call) or key(node.head) not in (name, f"{name}^-1"):
            return None
        form = there if key(node.head) == name else back
        inside = argument_of(node)
        if inside is None:
            return None
        return parse(form.format(to_latex(_mapped(inside, name, there, back)))).statements[0]

    return rebuilt(side, change)


def _drawn(state: State, formula: int) -> set[str]:
    """The small letters that a formula before says to be drawn from a law: u ∼ Uniform(0, 1)."""
    chains = (c.chain for number in range(formula) for c in stated(root_of(state, number)))
    names = (c.items[0] for c in chains if c.relations[0].sign == "∼")
    return {n.name for n in names if isinstance(n, Sym) and len(n.name) == 1 and n.name.islower()}


def _in_capitals(side: Node, drawn: set[str]) -> Node:
    """A side with what is drawn in capital letters, as random variables are written."""

    def change(node: Node) -> Node | None:
        if not isinstance(node, Sym) or node.name not in drawn or node.font:
            return None
        return replace(node, name=node.name.upper(), latex=node.name.upper())

    return rebuilt(side, change)


def _as_drawn(state: State, pair: Pair) -> Found | None:
    """The support where one side is the other one with what a random variable is drawn as in its place; what is said of
    its capital letter is put in anyway."""
    for one, other in ((pair.left, pair.right), (pair.right, pair.left)):
        for name in {key(n): n for n in walk(one) if is_name(n) and is_random(n)}.values():
            for fact in state.facts.get(canonical(name), ()):
                put_in = [replaced(one, {key(name): body}) for body in fact.members]
                if any(_bare(p) == _bare(other) for p in put_in) and not isinstance(name, Script):
                    steps = (f"{to_latex(name)} is drawn as line {fact.line} says",)
                    tried = Tried(f"with what line {fact.line} says", (Proof("substitution", steps),))
                    return Found(decide([tried]), steps, True)
    return None


def _bare(node: Node) -> str:
    """A text of a side that is the same with brackets around a side of its inequality."""

    def change(n: Node) -> Node | None:
        if not isinstance(n, Chain):
            return None
        return replace(n, items=tuple(i.body if isinstance(i, Fence) and i.body is not None else i for i in n.items))

    return key(rebuilt(node, change))
