"""P(A) from P(A | B) and P(B), where the notes give numbers for every case B."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from claims.printed import Printed
from claims.records import Record
from errata.reading.names import key
from errata.reading.scope import Scope, Value
from errata.reading.tree import Bar, Call, Fence, Node


class Total(Record):
    """∑ P(A | B) P(B) as terms, a pair of values for each case, and the values by their keys."""

    terms: tuple[tuple[Value, Value], ...]
    used: Mapping[str, Value]


def total_probability(call: Call, scope: Scope) -> Total | None:
    """P(A) over the cases B for which ``scope`` has both numbers; None unless the P(B) sum to one as printed."""
    event = call.fence.body if isinstance(call.fence, Fence) else None
    if event is None or isinstance(event, Bar):
        return None
    head = key(call.head)
    terms: list[tuple[Value, Value]] = []
    used: dict[str, Value] = {}
    for name, given in scope.starting(f"{head}({key(event)}|"):
        case = f"{head}({name.partition('|')[2]}"
        prior = scope.value(case)
        if prior is None:
            return None
        terms.append((given, prior))
        used |= {name: given, case: prior}
    if len(terms) < 2 or sum((_exactly(prior.printed) for _, prior in terms), sp.Integer(0)) != 1:
        return None
    return Total(tuple(terms), used)


def _exactly(value: sp.Basic) -> sp.Basic:
    return value.value if isinstance(value, Printed) else value


def is_probability(node: Node) -> bool:
    """Whether a call is written as a probability of an event: P(A), p(A), Pr(A)."""
    return isinstance(node, Call) and key(node.head) in _HEADS


_HEADS = frozenset({"P", "p", r"\Pr", "Pr", r"\mathrmPr", r"\mathbbP", r"\mathbfP"})
