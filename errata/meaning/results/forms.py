"""The forms of a known result as terms, ready to be held against a formula."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from claims.records import Record
from errata.meaning.elaborate import elaborate, notations
from errata.meaning.indices import with_labels
from errata.meaning.results.result import Result, Slot
from errata.meaning.terms import MINUS_ONE, Bind, Const, Op, Ref, Term, free_heads, heads, walk
from errata.meaning.unelaborated import Unelaborated
from errata.reading.parser import parse
from errata.reading.relations import stated
from errata.worlds.sorts import IDENTITIES, Sort, sort_of

NATURAL, POSITIVE = Sort("natural"), Sort("positive")
TURNED = {"≤": "≥", "≥": "≤", "<": ">", ">": "<"}


class Form(Record, frozen=True):
    """One relation of a result: its sides, its sign, the sorts and the roles of its symbols by head."""

    left: Term
    sign: str
    right: Term
    sorts: Mapping[str, Sort]
    roles: Mapping[str, tuple[str, ...]]
    letters: Mapping[str, frozenset[str]]
    is_main: bool
    labelled: Mapping[str, Slot]
    """The symbols that bear labels, by their names with these: p_g, beside p_data."""

    @property
    def names_its_left(self) -> bool:
        """Whether the left side is a name that the relation explains, which any name may stand for."""
        return isinstance(self.left, Ref) and self.left.head not in heads(self.right)


def _ends(term: Term) -> frozenset[str]:
    """The symbols that sums run to."""
    binders = [t for t in walk(term) if isinstance(t, Bind) and t.over == "range"]
    return frozenset(h for b in binders for end in b.domain for h in free_heads(end))


@lru_cache(maxsize=2048)
def forms(result: Result) -> tuple[Form, ...]:
    """The statement and the variants of a result. Raises Unelaborated where one can't be read: a fault of ours."""
    sorts: dict[str, Sort] = {}
    roles: dict[str, tuple[str, ...]] = {}
    letters: dict[str, frozenset[str]] = {}
    labelled: dict[str, Slot] = {}
    for slot in result.slots:
        head = head_of(slot.latex)
        if (name := labelled_head_of(slot.latex)) != head:
            labelled[name] = slot
        sorts[head] = sort_of(slot.sort)
        roles[head] = slot.role
        letters[head] = frozenset({head, *(head_of(a) for a in slot.also)})
    return tuple(_form(latex, sorts, roles, letters, n == 0, labelled) for n, latex in enumerate(result.forms))


@lru_cache(maxsize=4096)
def head_of(latex: str) -> str:
    """The head of the symbol that a slot writes."""
    root = parse(latex)
    term = elaborate(root.statements[0], next(notations(root)))
    if isinstance(term, Const):
        return term.name
    if (
        isinstance(term, Op)
        and term.kind == "pow"
        and term.arguments[1] == MINUS_ONE
        and isinstance(term.arguments[0], Ref)
    ):
        return f"{term.arguments[0].head}^-1"
    if not isinstance(term, Ref):
        raise Unelaborated(f"{latex} is no symbol")
    return term.head


@lru_cache(maxsize=4096)
def labelled_head_of(latex: str) -> str:
    """The head of the symbol that a slot writes, with the labels that it bears."""
    root = parse(latex)
    (term,) = with_labels(elaborate(root.statements[0], next(notations(root))))
    return term.head if isinstance(term, Ref) else head_of(latex)


def _variables_of_information(term: Term) -> frozenset[str]:
    """The random variables of entropies and informations, which notes write large or small: I(X; Y), I(x; y)."""
    parts = [a for t in walk(term) if isinstance(t, Op) and t.kind in ("I", "H") for a in t.arguments]
    return frozenset(a.head for a in parts if isinstance(a, Ref) and len(a.head) == 1 and a.head.isascii())


def _form(
    latex: str, sorts: Mapping[str, Sort], roles: Mapping[str, tuple[str, ...]], letters: Mapping[str, frozenset[str]],
    is_main: bool, labelled: Mapping[str, Slot],
) -> Form:  # fmt: skip
    root = parse(latex)
    pairs = [p for chain in stated(root) for p in chain.pairs()]
    if len(pairs) != 1:
        raise Unelaborated(f"{latex} is not one relation")
    (pair,) = pairs
    notation = next(notations(root))
    left, right = elaborate(pair.left, notation), elaborate(pair.right, notation)
    letters = {**{h: frozenset({h}) for side in (left, right) for h in heads(side)}, **letters}
    for name in _variables_of_information(left) | _variables_of_information(right):
        letters[name] = letters[name] | {name.lower(), name.upper()}
    ends = {h: NATURAL for side in (left, right) for h in _ends(side) if h not in sorts}
    others = {h: POSITIVE for side in (left, right) for h in heads(side) if h not in sorts and h not in IDENTITIES}
    sorts = {**others, **ends, **sorts}
    sign = pair.relation.sign
    return Form(left, {":=": "=", "≡": "=", "≜": "="}.get(sign, sign), right, sorts, roles, letters, is_main, labelled)
