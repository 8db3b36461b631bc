"""Which capital letters name events, beside those that are joined by ∪ and ∩ or have a complement sign.

In P(B | A) P(A) + P(B | Aᶜ) P(Aᶜ) the complement says that A is an event, and B, which stands in a probability with it,
is one, too: nothing but P(…) speaks of it, and nowhere does it have a value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from errata.reading.names import is_name
from errata.reading.sentences.heads import argument_of, canonical, is_random, listed
from errata.reading.tree import Bar, Call, Chain, Node, walk


def beside_events(
    roots: Iterable[Node], events: set[str], is_law: Callable[[Node], bool], is_event: Callable[[Node], bool]
) -> set[str]:
    """The names that are events since they stand with one in a probability, directly or by way of another name.

    ``is_law`` says of the head of a call whether it is a law, ``is_event`` of an argument whether it is made of events.
    """
    roots = tuple(roots)
    calls = [[*_arguments(n)] for root in roots for n in walk(root) if isinstance(n, Call) and is_law(n.head)]
    plain = {canonical(p) for parts in calls for p in parts if is_name(p) and is_random(p)}
    plain -= set(_spoken_of(roots, is_law))
    found: set[str] = set()
    grown = True
    while grown:
        grown = False
        for parts in calls:
            names = {canonical(p) for p in parts if is_name(p)}
            new = (names & plain) - found - events
            if new and (any(is_event(p) for p in parts) or names & (events | found)):
                found |= new
                grown = True
    return found


def _arguments(call: Call) -> Iterator[Node]:
    body = argument_of(call)
    for side in (body.left, body.right) if isinstance(body, Bar) else (body,):
        yield from (part for part in listed(side) if part is not None)


def _spoken_of(roots: Iterable[Node], is_law: Callable[[Node], bool]) -> Iterator[str]:
    """The names that have a value, or stand in something else than a probability: X of X = x, of E[X | A] and of X²."""
    for root in roots:
        within = {id(p) for n in walk(root) if isinstance(n, Call) and is_law(n.head) for p in _arguments(n)}
        inside = {id(m) for n in walk(root) if id(n) in within and not isinstance(n, Chain) for m in walk(n)}
        for node in walk(root):
            if is_name(node) and is_random(node) and id(node) not in inside:
                yield canonical(node)
