"""The chance of a sample spelled out by its members: P(D | p) = P(Y_1 = 1) · P(Y_2 = 0) · P(Y_3 = 1).

It says that the members are independent, and what they came out as; where the document says before what that was, it
has to be the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from errata.checking.kinds import is_number
from errata.reading.families.models import asked
from errata.reading.families.models import letter_of as plain_letter
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.sentences.heads import argument_of, bare, letter
from errata.reading.tree import Call, Chain, Factors, Lines, Node, Phrase, Script, walk

_SAMPLES = frozenset({"D"})
_TIMES = frozenset({"", r"\cdot", r"\times", "·", "×"})


def spells_out_a_sample(pair: Pair, before: Iterable[Lines]) -> bool:
    """Whether a relation gives the chance of the data as the product of those of what its members came out as, each
    once; ``before`` are the formulas that may have said what that was."""
    whole = asked(pair.left)
    if whole is None or plain_letter(whole.point) not in _SAMPLES or not isinstance(pair.right, Factors):
        return False
    outcomes = [_outcome(item, letter(whole.call.head)[0]) for item in pair.right.items]
    found = {key(o[0]): key(o[1]) for o in outcomes if o is not None}
    bases = {key(o[0].base) for o in outcomes if o is not None}
    if None in outcomes or len(found) < len(outcomes) or len(bases) != 1 or not set(pair.right.signs) <= _TIMES:
        return False
    told = _told(before, found)
    return not told or told == found


def _outcome(node: Node, law: str) -> tuple[Script, Node] | None:
    """The member and the value in P(Y_1 = 1)."""
    event = bare(argument_of(node) or node) if isinstance(node, Call) and letter(node.head)[0] == law else None
    if not isinstance(event, Chain) or [r.sign for r in event.relations] != ["="]:
        return None
    member, value = event.items
    numbered = isinstance(member, Script) and is_name(member) and member.sub is not None and is_number(member.sub)
    return (member, value) if numbered and isinstance(member, Script) and is_number(value) else None


def _told(before: Iterable[Lines], members: Mapping[str, str]) -> dict[str, str]:
    """What formulas said last that the members came out as: Y_1, Y_2 = 1, 0, or Y_1 = 1."""
    told: dict[str, str] = {}
    for node in (n for root in before for n in walk(root)):
        if isinstance(node, Phrase):
            listed = _listed(node)
            told |= listed if listed.keys() == members.keys() else {}
    return told


def _listed(phrase: Phrase) -> dict[str, str]:
    """The values that a list of names is set equal to."""
    at = next((n for n, item in enumerate(phrase.items) if isinstance(item, Chain)), None)
    chain = phrase.items[at] if at is not None else None
    if at is None or not isinstance(chain, Chain) or [r.sign for r in chain.relations] != ["="]:
        return {}
    names, values = (*phrase.items[:at], chain.items[0]), (chain.items[1], *phrase.items[at + 1 :])
    if len(names) != len(values) or not all(map(is_name, names)) or not all(map(is_number, values)):
        return {}
    return dict(zip(map(key, names), map(key, values), strict=True))
