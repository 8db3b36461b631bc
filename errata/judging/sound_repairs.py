"""What a repair must be, whoever composed it: read back, it says something else than what stands, in names of the page.

A repair that does not is left out, and the finding stands without one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.records import replace
from claims.verdict import IllFormed, Refuted, Repair
from errata.checking.context import State, roots_of
from errata.checking.judgement import Judged
from errata.checking.kinds import is_number
from errata.meaning.elaborate import elaborate, notations, spelled
from errata.meaning.terms import Op, Term, mapped
from errata.meaning.unelaborated import Unelaborated
from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.substitution import bound_in
from errata.reading.tree import Call, Chain, Node, Opaque, Script, Sym, children, walk
from errata.reading.unparse import to_latex

_CONSTANTS = frozenset(("e", r"\pi", "i", "∞", r"\infty", r"\partial", r"\top", r"\prime", "d"))
_DELTA = r"\delta_"
"""Kronecker's δ_{ij}, which has no other name."""


def with_sound_repairs(state: State, judged: Sequence[Judged]) -> list[Judged]:
    """The judgements, those without their repair whose repair is none."""
    known: frozenset[str] | None = None
    out: list[Judged] = []
    for one in judged:
        verdict = one.verdict
        if not isinstance(verdict, Refuted | IllFormed) or (repair := verdict.repair) is None:
            out.append(one)
            continue
        if (node := _whole(repair.latex)) is not None:
            known = _names_of_page(state) if known is None else known
            if not _is_in_names(node, known) or _stands_already(state, one, repair, node):
                one = replace(one, verdict=replace(verdict, repair=None))
        out.append(one)
    return out


def _whole(latex: str) -> Node | None:
    """The one statement that a piece of LaTeX is understood as."""
    statements = parse(latex).statements
    node = statements[0] if len(statements) == 1 else None
    return None if node is None or any(isinstance(n, Opaque) for n in walk(node)) else node


def _names_of_page(state: State) -> frozenset[str]:
    called = (n.head for root in roots_of(state) for n in walk(root) if isinstance(n, Call))
    named = (node for root in roots_of(state) for node in _names(root))
    return frozenset(name for node in (*named, *called) for name in _keys(node)) | {_DELTA}


def _names(root: Node) -> Iterator[Node]:
    """The names in a tree, each as a whole: σ_n, and not the σ in it; without those of functions before a bracket."""
    stack = [root]
    while stack:
        node = stack.pop()
        if is_name(node):
            yield node
        elif isinstance(node, Script) and node.sub is not None and is_name(bare := replace(node, sup=None)):
            yield bare
            stack.extend([node.sup] if node.sup is not None else [])
        else:
            stack.extend([node.fence] if isinstance(node, Call) else children(node))


def _keys(node: Node) -> Iterator[str]:
    """A name, and what it is an entry of: any x_… for x_t."""
    yield key(node)
    if isinstance(node, Script):
        yield f"{key(node.base)}_"


def _is_in_names(node: Node, known: frozenset[str]) -> bool:
    """Whether a repair has no name that the page has not, but for those that it binds itself."""
    bound = bound_in(node) | _CONSTANTS
    return all(
        any(name in known for name in _keys(one)) or _entry_of(one) in known | bound or not _is_letter(one)
        for one in _names(node)
    )


def _entry_of(node: Node) -> str:
    """What a name is an entry of: h for h_j."""
    return key(node.base) if isinstance(node, Script) and node.sub is not None else key(node)


def _is_letter(node: Node) -> bool:
    """Whether a name is a letter, with what it carries: words of operators, as tr and diag, bring nothing in."""
    base = node.base if isinstance(node, Script) else node
    return not isinstance(base, Sym) or len(base.name) == 1


def _stands_already(state: State, judged: Judged, repair: Repair, node: Node) -> bool:
    """Whether a repair means what is underlined, or the side that it is in."""
    if is_number(node) or isinstance(node, Chain):
        return False
    side = judged.left if (judged.label or "").endswith("(left side)") else judged.right
    pieces = [side] if judged.focus is None else [side, state.document.text[judged.focus.start : judged.focus.end]]
    there = (_whole_of(state, piece) for piece in pieces)
    return any(n is not None and _mean_the_same(n, node) for n in there)


def _whole_of(state: State, piece: str) -> Node | None:
    statements = parse(piece, state.document.macros).statements
    return statements[0] if len(statements) == 1 else None


def _mean_the_same(a: Node, b: Node) -> bool:
    """Whether two expressions are written alike, or mean the same in every notation in which both mean anything."""
    if to_latex(a) == to_latex(b):
        return True
    same = False
    for way in notations(a, b, numbers_number=False):
        try:
            if _ordered(elaborate(a, way)) != _ordered(elaborate(b, way)):
                return False
            same = True
        except (Unelaborated, RecursionError):
            continue
    return same


def _ordered(term: Term) -> str:
    """What a term says, its sums in one order."""

    def change(part: Term) -> Term:
        if not isinstance(part, Op) or part.kind != "add":
            return part
        return replace(part, arguments=tuple(sorted(part.arguments, key=spelled)))

    return spelled(mapped(term, change))
