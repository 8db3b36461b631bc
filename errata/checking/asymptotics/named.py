"""What a document calls D_α(p ‖ q), H_α(p), S_q(p): the expression that it gives, else the one that the name has
everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from errata.checking.context import At, State, roots_of
from errata.checking.families.reach import section_start
from errata.reading.lowering import operator_parts
from errata.reading.names import key
from errata.reading.parser import parse
from errata.reading.relations import Pair, stated
from errata.reading.tree import Bar, Call, Fence, Node, Sym, walk
from errata.reading.unparse import to_latex

_RENYI = re.compile(r"\bR[ée]nyi|R\\'\{?e\}?nyi", re.I)
_TSALLIS = re.compile(r"\bTsallis\b", re.I)
_OF_LAWS = re.compile(
    r"\b(?:distributions?|probabilit\w+|entrop\w+|diverg\w+|simplex|pmf|densit\w+|sums?\s+to\s+(?:one|1|\$1\$))\b", re.I
)
_EQUATES = frozenset({"=", ":=", "≡", "≜"})


def meanings_at(state: State, at: At, pair: Pair) -> Mapping[str, Node]:
    """What each call with an order in a relation stands for, by its key."""
    calls = {key(n): n for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Call)}
    named = {name: call for name, call in calls.items() if operator_parts(call.head)[1] is not None}
    given = {name: body for name, body in _given(state, at) if name in named}
    text = state.document.text[section_start(state, at.formula.span.start) : at.formula.span.end]
    known = {name: body for name, call in named.items() if (body := _usual(call, text)) is not None}
    return {**known, **given}


def laws_at(state: State, at: At) -> frozenset[str]:
    """The letters whose members are masses here, p of p_i, where the section speaks of laws."""
    text = state.document.text[section_start(state, at.formula.span.start) : at.formula.span.end]
    return frozenset({"p", "q", "π"}) if _OF_LAWS.search(text) else frozenset()


def _given(state: State, at: At) -> Iterator[tuple[str, Node]]:
    """The first expression that a formula before gives for each call; what a limit says of it is none."""
    seen: set[str] = set()
    for number, root in enumerate(roots_of(state)[: at.index]):
        for chain in stated(root):
            first, relations = chain.chain.items[0], chain.chain.relations
            if isinstance(first, Call) and relations[0].sign in _EQUATES and number != at.index:
                name = key(first)
                body = next((i for i in chain.chain.items[1:] if not isinstance(i, Call)), None)
                if body is not None and name not in seen:
                    seen.add(name)
                    yield name, body


def _usual(call: Call, text: str) -> Node | None:
    """What a name has as its meaning wherever it is used: the divergence and the entropies of Rényi and Tsallis."""
    letter, order, _ = operator_parts(call.head)
    body = call.fence.body if isinstance(call.fence, Fence) else None
    if not isinstance(order, Sym) or order.font or body is None:
        return None  # D_KL has no order
    a = to_latex(order)
    if letter == "D" and isinstance(body, Bar) and isinstance(body.left, Sym) and isinstance(body.right, Sym):
        if _RENYI.search(text) is None:
            return None
        p, q = to_latex(body.left), to_latex(body.right)
        return parse(rf"\frac{{1}}{{{a} - 1}} \log \sum_x {p}(x)^{{{a}}} {q}(x)^{{1 - {a}}}").statements[0]
    if not isinstance(body, Sym) or letter not in ("H", "S"):
        return None
    renyi, tsallis = _RENYI.search(text) is not None, _TSALLIS.search(text) is not None
    if renyi is tsallis:
        return None
    power = rf"\sum_x {to_latex(body)}(x)^{{{a}}}"
    if renyi:
        return parse(rf"\frac{{1}}{{1 - {a}}} \log {power}").statements[0]
    return parse(rf"\frac{{1}}{{{a} - 1}} \left(1 - {power}\right)").statements[0]
