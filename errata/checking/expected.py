"""Expectations of vectors and matrices, written out: E[(X − E[X])(X − E[X])ᵀ] for any law of X on three outcomes.

All random variables of a relation are functions of the same outcome, so that they may depend on each other in any way.
A capital from the end of the alphabet is random, or a small letter where there is none; what stands outside of every
expectation is constant. A relation in means, variances and covariances that holds for all such laws is polynomial in
the values and their weights, and three outcomes leave none of its terms out; it is supported, and never refuted by
this alone.
"""

from __future__ import annotations

from typing import Any, cast

from claims.records import Record, replace
from claims.verdict import Proved, Supported
from errata.checking.algebra import Found
from errata.checking.linear import judge_linear
from errata.checking.parts import speaks_of_vectors
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.tree import (
    Bar,
    Big,
    Call,
    Differential,
    Factors,
    Fence,
    Node,
    Num,
    Phrase,
    Script,
    Styled,
    Sym,
    Terms,
    child_fields,
    walk,
)

OUTCOMES = (7, 8, 9)
"""How the outcomes are numbered: an X_1 of the document is no outcome of its X."""
CAPITALS = frozenset("U V W X Y Z".split())
SMALL = frozenset("u v w x y z ε".split())
"""Letters of random variables, where no capital is one."""
MOST_NODES = 400


class _NotWrittenOut(Exception):
    """Something stands in an expectation that isn't read here."""


def judge_expected(pair: Pair, seed: int) -> Found | None:
    """The support of a relation of expectations of vectors for all laws on three outcomes; None where it gets none."""
    letters = _letters(pair)
    written = None if letters is None else on_outcomes(pair)
    found = None if written is None else judge_linear(written, seed, plainly=True)
    if letters is None or found is None or not isinstance(found.verdict, Supported | Proved):
        return None
    named = (n for side in (pair.left, pair.right) for n in walk(side) if is_name(n))
    names = sorted({key(n) for n in named if _is_random(n, letters)})
    return replace(found, where=(f"any law of {', '.join(names)} on three outcomes",))


def on_outcomes(pair: Pair) -> Pair | None:
    """A relation with each expectation of vectors as a sum over three outcomes; None where it can't be written so."""
    letters = _letters(pair)
    if letters is None:
        return None
    try:
        return replace(pair, left=_written(pair.left, letters), right=_written(pair.right, letters))
    except _NotWrittenOut:
        return None


def _letters(pair: Pair) -> frozenset[str] | None:
    """The letters of what is random in a relation of expectations of vectors; None where it is no such relation."""
    sides = (pair.left, pair.right)
    if not speaks_of_vectors(*sides) or not any(_is_mean(n) for side in sides for n in walk(side)):
        return None
    if sum(1 for side in sides for _ in walk(side)) > MOST_NODES:
        return None
    named = [n for side in sides for n in walk(side) if is_name(n)]
    return next((s for s in (CAPITALS, SMALL) if any(_is_random(n, s) for n in named)), None)


def _is_mean(node: Node) -> bool:
    """Whether a node is E[…] of one expression, over all that is random in it."""
    head = node.head if isinstance(node, Call) else None
    head = head.body if isinstance(head, Styled) else head
    if not isinstance(head, Sym) or head.name not in ("E", "𝔼") or not isinstance(node, Call):
        return False
    return (
        isinstance(node.fence, Fence) and node.fence.body is not None and not isinstance(node.fence.body, Bar | Phrase)
    )


def _is_random(node: Node, letters: frozenset[str]) -> bool:
    base = node
    while isinstance(base, Script | Styled):
        base = base.base if isinstance(base, Script) else base.body
    return is_name(node) and isinstance(base, Sym) and base.name in letters


def _written(node: Node, letters: frozenset[str], outcome: int | None = None) -> Node:
    """A tree with its expectations as sums over the outcomes, and its random variables at this one."""
    if _is_mean(node):
        body = cast("Fence", cast("Call", node).fence).body
        assert body is not None
        return _mean(node, [_written(body, letters, k) for k in OUTCOMES])
    if _is_random(node, letters):
        if outcome is None:
            raise _NotWrittenOut
        return _at_outcome(node, outcome)
    match node:
        case Script(base=base, sub=None, sup=sup) if sup is not None:
            return replace(node, base=_written(base, letters, outcome))
        case Script(sub=sub, sup=sup) if (
            sub is not None and sup is not None and _is_random(replace(node, sup=None), letters)
        ):
            return replace(node, base=_written(replace(node, sup=None), letters, outcome), sub=None)
        case Script():
            if any(_is_random(n, letters) or _is_mean(n) for n in walk(node)):
                raise _NotWrittenOut
            return node
        case Big() | Differential() | Bar():
            raise _NotWrittenOut
        case Call(fence=fence) if not any(_is_random(n, letters) for n in walk(node.head)):
            return replace(node, fence=_written(fence, letters, outcome))
    changes: dict[str, Any] = {
        name: _inside(getattr(node, name), letters, outcome) for name in child_fields(type(node))
    }
    return replace(node, **changes)


def _inside(value: object, letters: frozenset[str], outcome: int | None) -> object:
    if isinstance(value, tuple):
        return tuple(_inside(v, letters, outcome) for v in value)
    return _written(cast("Node", value), letters, outcome) if isinstance(value, Record) else value


def _at_outcome(node: Node, outcome: int) -> Node:
    place = Num(node.start, node.end, str(outcome))
    if isinstance(node, Script):
        sub = place if node.sub is None else Phrase(node.start, node.end, (node.sub, place), (",", ""))
        return replace(node, sub=sub)
    return Script(node.start, node.end, node, place, None)


def _mean(node: Node, values: list[Node]) -> Node:
    """∑ w_k x_k with weights that sum to 1."""
    at = (node.start, node.end)
    weights: list[Node] = [Script(*at, Sym(*at, "w", "weights"), Num(*at, str(k)), None) for k in OUTCOMES[:-1]]
    rest = Fence(*at, "(", Terms(*at, ("", *("-" for _ in weights)), (Num(*at, "1"), *weights)), ")")
    items = tuple(
        Factors(*at, ("", r"\cdot"), (weight, Fence(*at, "(", value, ")")))
        for weight, value in zip([*weights, rest], values, strict=True)
    )
    return Fence(*at, "(", Terms(*at, ("", *("+" for _ in items[1:])), items), ")")
