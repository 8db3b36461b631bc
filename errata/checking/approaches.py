"""Where a limit goes and what says so: "as $n \\to \\infty$" beside a relation, over its arrow, or in the sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.records import Record, replace
from errata.checking.context import At, State, root_of
from errata.reading.calculus import infinite
from errata.reading.endpoints import Approach
from errata.reading.names import is_name, key
from errata.reading.relations import Pair, stated
from errata.reading.substitution import rebuilt
from errata.reading.tree import Chain, Fence, Frac, Group, Node, Num, Phrase, Prefix, Script, Sym, Terms, walk

_AS = re.compile(r"\b(?:as|when|if|for|let|letting|taking|limits?(?: of| as| where| when)?|where)\s*\$*\s*\Z", re.I)
"""Words right before what says where a limit goes."""
_OPENING = re.compile(r"\b(?:as|when|let|letting|taking)\s*\$*\s*\Z", re.I)
"""Those of these words after which nothing else stands."""
_SENTENCE = re.compile(r"[.;]\s|\n\s*\n.*\n\s*\n|^#", re.S | re.M)
"""What ends a sentence; one display may stand in it."""
_GOES = re.compile(
    r"(?<![\w\\])(?P<name>[A-Za-z]|\\[a-z]+)\s*\$?\s*"
    r"(?:-+>|→|\\(?:to|(?:long)?rightarrow)\b|\b(?:goes|tends|go|tend|going|tending)\s+to\b|\bapproach(?:es|ing)?\b)"
    r"\s*\$?\s*(?:0(?![\w.])|zero\b|(?P<far>∞|\\infty\b|infinity\b))"
)
"""Words that say where a name goes, in formulas or not: "since h -> 0", "as $n$ tends to infinity"."""
_MARKS = (r"\hat", r"\bar", r"\tilde", r"\over", r"\wide")
NEAR = 120
"""Characters on either side of a formula in which words may say where its names go."""
REACH = 200
"""Characters between a relation and what says where its limit goes."""


class Found(Record):
    """Where the limits of a relation go, one name after the other, and whether a name comes from below.

    ``sided`` says that the side from which it comes is written.
    """

    approach: Approach
    node: Node
    below: bool
    sided: bool = False


def approaches(state: State, at: At, pair: Pair) -> tuple[Found, ...]:
    """Everything that is said of where the limit of a relation goes: over its arrow, else in its formula, else in its
    sentence."""
    over = pair.relation.over
    here = [f for p in parts_of(over) if isinstance(p, Chain) and (f := approach_in(p)) is not None]
    if here:
        return tuple(here)
    root = root_of(state, at.index)
    chains = [(s.chain, _AS.search(s.before) is not None) for s in stated(root) if s.chain is not at.chain.chain]
    chains += [(b.body, False) for b in walk(root) if isinstance(b, Fence) and isinstance(b.body, Chain)]
    beside = [f for chain, told in chains if (f := approach_in(chain, told)) is not None]
    return tuple(beside) or tuple(_in_sentence(state, at.index))


def parts_of(over: Node | None) -> tuple[Node, ...]:
    """What stands over an arrow, and what under it."""
    while isinstance(over, Group | Fence):
        over = over.body
    if isinstance(over, Phrase):
        return tuple(p for item in over.items for p in parts_of(item))
    return () if over is None else (over,)


def approach_in(chain: Chain, named: bool = False) -> Found | None:
    """n → ∞, τ → 0, p → 1: a name on its way to a number, or to another one where ``named``; None for anything else."""
    if [r.sign for r in chain.relations] != ["→"] or chain.relations[0].over is not None:
        return None
    name, place = chain.items
    below = sided = False
    if isinstance(place, Script) and isinstance(place.sup, Sym) and place.sup.name in "+-−":
        below, place, sided = place.sup.name != "+", place.base, True
    known = infinite(place) or isinstance(_unsigned(place), Num) or (named and is_name(place))
    if not is_name(name) or not known:
        return None
    return Found(Approach(key(name), place), name, below, sided)


def said_near(state: State, at: At, pair: Pair) -> tuple[Found, ...]:
    """Where names of the left side go by the words right before a formula and behind it, whatever they are said for."""
    span, text = state.document.formulas[at.index].span, state.document.text
    near = text[max(0, span.start - NEAR) : span.start], text[span.end : span.end + NEAR]
    names = {key(n): n for n in walk(pair.left) if is_name(n)}
    out: dict[str, Found] = {}
    for going in (g for part in near for g in _GOES.finditer(part)):
        name = names.get(going["name"])
        if name is not None:
            here = name.start, name.end
            place = Sym(*here, "∞", "", r"\infty") if going["far"] else Num(*here, "0")
            out.setdefault(key(name), Found(Approach(key(name), place), name, below=False))
    return tuple(out.values())


def opens_a_limit(text: str) -> bool:
    """Whether a text ends in a word before what says where a limit goes, and makes no claim."""
    return _OPENING.search(text) is not None


def _unsigned(place: Node) -> Node:
    if isinstance(place, Terms) and len(place.items) == 1:
        return place.items[0]
    return place.operand if isinstance(place, Prefix) else place


def _in_sentence(state: State, index: int) -> Iterator[Found]:
    """What the sentence around a formula says before it, or after it: as $n \\to \\infty$, when $n \\to \\infty$."""
    for near in (index - 1, index - 2, index + 1, index - 3, index - 4):
        if not 0 <= near < len(state.document.formulas):
            continue
        formulas = state.document.formulas[near], state.document.formulas[index]
        first, second = sorted((f.span for f in formulas), key=lambda s: s.start)
        between = state.document.text[first.end : second.start]
        if len(between) > REACH or _SENTENCE.search(between.strip(" $\n")):
            continue
        lead = state.document.text[max(0, formulas[0].span.start - 40) : formulas[0].span.start]
        chains = stated(root_of(state, near))
        found = approach_in(chains[0].chain, True) if len(chains) == 1 else None
        if found is not None and _AS.search(lead):
            yield found
            return


def near_place(found: Found, far: int) -> Node:
    """A number that stands for ∞, or for a place that is one over it away."""
    at = found.node.start, found.node.end
    great = Num(*at, str(far))
    place = found.approach.place
    sign = infinite(place)
    if sign:
        return great if sign > 0 else Group(*at, Terms(*at, ("-",), (great,)))
    step = Frac(*at, Num(*at, "1"), great)
    zero = isinstance(place, Num) and place.text == "0" and not found.below
    return step if zero else Group(*at, Terms(*at, ("", "-" if found.below else "+"), (place, step)))


def at_place(node: Node, name: str, near: Node) -> Node:
    """A node with a number in place of a name; indices stay as they are."""

    def put_in(n: Node) -> Node | None:
        if is_name(n):
            return Fence(n.start, n.end, "(", near, ")") if key(n) == name else n
        if isinstance(n, Script):
            bare = n.sup is not None and is_name(n.sup) and key(n.sup) == name  # in a bracket it would be a mark
            sup = near if bare else None if n.sup is None else rebuilt(n.sup, put_in)
            return replace(n, base=n.base if n.sub is not None else rebuilt(n.base, put_in), sup=sup)
        return None

    return rebuilt(node, put_in)


def moves(node: Node, name: str) -> bool:
    """Whether a node depends on a name, and on nothing that has it as an index, as a_n has n."""
    moved = at_place(node, name, Num(0, 0, "0"))
    hidden = any(
        isinstance(n, Script) and n.sub is not None and any(key(part) == name for part in walk(n.sub))
        for n in walk(node)
        if not isinstance(n, Script) or not isinstance(n.base, Sym) or n.base.name not in ("∑", "∏")
    )
    return key(moved) != key(node) and not hidden


def may_move(name: str) -> bool:
    """Whether a name may stand for what depends on how many there are: a sum S, an estimate with a hat."""
    return name[:1].isupper() or name.startswith(_MARKS)
