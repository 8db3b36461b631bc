"""The forms of known results with their values in worlds, and those of the slips in them.

What is worked out about a form is worked out when it is first asked for: most forms are told from a relation by their
signs, names and sizes.
"""

from __future__ import annotations

from collections import Counter
from enum import Enum
from functools import cached_property, lru_cache

from claims.records import replace
from errata.judging.admissible import to_base_two
from errata.judging.matching import Use, letter, uses
from errata.judging.result_shapes import shape_of
from errata.judging.slips import Slip, slips
from errata.meaning.elaborate import spelled
from errata.meaning.indices import constant_indices, idle_heads, with_labels, without_indices, without_sets
from errata.meaning.results.forms import POSITIVE, Form, forms, labelled_head_of
from errata.meaning.results.result import Result
from errata.meaning.terms import PARAMETERS, Bind, Num, Op, Ref, Term, heads, size, walk
from errata.worlds.operations import NoValue, Value, close
from errata.worlds.world import World, world

WORLDS = 9
"""In how many worlds two sides must be equal."""
SEEDS = 40
"""From how many worlds these are taken: in some a form has no value."""
LEAST_SIZE = 6
"""How large what explains a name must be, before a slip in it is told from something else: k/n is not."""
KEPT, KEPT_OF_NOTATION = 0.6, 0.35
"""How much of a form is left, at least, by what counts as a slip in it: of one that explains a name, of another one."""


class Indices(Enum):
    """What is made of the indices of a form."""

    AS_WRITTEN = "as written"
    IDLE_DROPPED = "those that tell nothing apart are dropped"
    LABELS = "those that never move are part of the names, in the page as well"
    PARAMETERS = "the parameters of a model are dropped from the names of its functions on the page"


class ResultForm:
    """A form of a result with its values in worlds; those of its slips are worked out when first asked for."""

    def __init__(self, result: Result, form: Form, ending: int, number: int, indices: Indices) -> None:
        self.result, self.form, self.ending, self.number, self.indices = result, form, ending, number, indices
        self.bared = idle_heads(form.left, form.right) if indices is Indices.IDLE_DROPPED else frozenset()
        left, self.right = without_sets(*(without_indices(s, self.bared) for s in (form.left, form.right)))
        self.is_relabelled = False
        if indices is Indices.LABELS:
            plain = left, self.right
            left, self.right = with_labels(*plain)
            self.is_relabelled = (left, self.right) != plain
            self.form = _relabelled(form, left, self.right)
        self.is_of_its_own = indices in (Indices.AS_WRITTEN, Indices.LABELS)
        self.is_of_its_own |= (left, self.right) != (form.left, form.right)
        if indices is Indices.PARAMETERS:
            self.is_of_its_own |= not (heads(left) | heads(self.right)) & PARAMETERS
        self.left, self.wrapped = unwrapped(left)
        self.names_its_left = isinstance(self.left, Ref) and self.left.head not in heads(self.right)
        if not self.names_its_left:
            self.left, self.wrapped = left, ""

    @cached_property
    def known(self) -> dict[str, Use]:
        """How the symbols of the form are used."""
        numbered = {
            head
            for head, indices in constant_indices(self.form.left, self.form.right).items()
            if not any(heads(i) for i in indices)
        }
        return {
            head: replace(use, may_gain=head not in self.bared or head in numbered)
            for head, use in uses(self.left, self.right).items()
        }

    @cached_property
    def companions(self) -> list[str]:
        """Symbols that the result speaks of, and this form doesn't have."""
        return [h for h in self.form.sorts if h not in self.known and h != "π"]

    @cached_property
    def candidates(self) -> dict[str, Use]:
        """The symbols that one of a page may be."""
        found = {h: use for h, use in self.known.items() if not self.names_its_left or h in heads(self.right)}
        for head in self.companions:
            found.setdefault(head, next(iter(uses(Ref(head)).values())))
        return found

    @cached_property
    def size(self) -> int:
        """How large what is held against a page is."""
        return size(self.right) if self.names_its_left else size(self.left) + size(self.right)

    @cached_property
    def shape(self) -> Counter[str]:
        """The functions and binders of the right side."""
        return shape_of(self.right)

    @cached_property
    def is_open(self) -> bool:
        """Whether a sum doesn't say where it ends."""
        return has_open_range(self.right)

    @cached_property
    def usual(self) -> tuple[frozenset[str], frozenset[str], bool]:
        """The names that notes give the left side, their letters, and whether it has an accent."""
        assert isinstance(self.left, Ref)
        names = self.form.letters.get(self.left.head, frozenset({self.left.head}))
        return names, frozenset(map(letter, names)), "(" in self.left.head

    def is_usual(self, head: str) -> bool:
        """Whether a symbol is one that notes write the left side with."""
        words = head.lower()
        if len(words) > 3 and words in (*self.result.words, self.result.name):
            return True  # "variance = …", and no "odds" for log-odds
        names, letters, has_accent = self.usual
        return head in names or (letter(head) in letters and ("(" in head) == has_accent)

    @cached_property
    def worlds(self) -> list[World]:
        """Worlds in which the form has values; empty where there are not enough."""
        found: list[World] = []
        for seed in range(1, SEEDS):
            here = world(seed, self.form.sorts, self.ending)
            if value_in(here, self.right) is None:
                continue
            if self.names_its_left or value_in(here, self.left) is not None:
                found.append(here)
            if len(found) == WORLDS:
                return found
        return []

    @cached_property
    def slips(self) -> list[tuple[Slip, Value | None]]:
        """The slips of the right side that change it, each with its value in the first world."""
        return [
            (slip, value_in(self.worlds[0], slip.term))
            for slip in slips(self.right, [*self.companions, *sorted(heads(self.right))])
            if self._counts(slip, slip.term) and not all(same(here, slip.term, self.right) for here in self.worlds)
        ]

    def _counts(self, slip: Slip, term: Term) -> bool:
        """Whether enough of the form is left: a special case, a part of it, another formula are no slips."""
        if isinstance(self.left, Ref) and size(self.right) < LEAST_SIZE:
            return False
        if isinstance(self.left, Ref):
            return size(term) >= KEPT * size(self.right) and (
                slip.put_in in self.companions or heads(self.right) <= heads(term)
            )
        if size(term) < KEPT_OF_NOTATION * size(self.right):
            return False
        # A composite part that brings in nothing of its own may be zero or one by a premise: a mean, a normalisation.
        return slip.lost is None or size(slip.lost) <= 2 or not heads(slip.lost) <= heads(term)

    def holds(self, left: Term, right: Term) -> bool:
        """Whether two terms are the sides of the form in all worlds."""
        return all(
            same(here, right, self.right) and (self.names_its_left or same(here, left, self.left))
            for here in self.worlds
        )


def _relabelled(form: Form, left: Term, right: Term) -> Form:
    """A form whose indices have become parts of names, which have the sorts, letters and roles of what they are of."""
    sorts = {h: form.sorts.get(h.split("_")[0], POSITIVE) for h in heads(left) | heads(right)}
    letters = {h: frozenset({h}) for h in sorts}
    roles: dict[str, tuple[str, ...]] = {}
    for name, slot in form.labelled.items():
        letters[name] = frozenset({name, *(labelled_head_of(other) for other in slot.also)})
        roles[name] = slot.role
    return replace(
        form, sorts={**sorts, **form.sorts}, letters={**letters, **form.letters}, roles={**form.roles, **roles}
    )


@lru_cache(maxsize=8192)
def result_form(result: Result, number: int, ending: int, indices: Indices) -> ResultForm:
    """A form of a result, by its number; ``ending`` is where its open sums end."""
    return ResultForm(result, forms(result)[number], ending, number, indices)


@lru_cache(maxsize=4096)
def is_convention(result: Result, number: int) -> bool:
    """Whether a form of a result is told from another of its forms by a slip: which one is meant, the page must say.

    Such a form keeps its like from being refuted, and supports nothing.
    """
    if result.is_beside(number):
        return True
    mine = result_form(result, number, 0, Indices.AS_WRITTEN)
    for other in range(len(forms(result))):
        theirs = result_form(result, other, 0, Indices.AS_WRITTEN)
        if other == number or result.is_beside(other) or mine.form.sign != theirs.form.sign:
            continue
        if mine.names_its_left != theirs.names_its_left or not heads(mine.right) <= heads(theirs.right):
            continue
        if len(theirs.worlds) < WORLDS:
            continue
        if not mine.names_its_left and not all(same(here, mine.left, theirs.left) for here in theirs.worlds):
            continue  # what else is said of something else
        if any(all(same(h, s, theirs.right) for h in theirs.worlds) for s in (mine.right, to_base_two(mine.right))):
            continue
        for slip in slips(theirs.right):
            if slip.kind == "complement":
                continue  # U and 1 − U, both of which are stated: either will do
            if all(same(here, slip.term, mine.right) for here in theirs.worlds):
                return True
    return False


def unwrapped(term: Term) -> tuple[Term, str]:
    """A name without what is done to it on a left side, σ of σ², and what that is."""
    if isinstance(term, Op) and term.kind == "pow" and isinstance(term.arguments[1], Num):
        return term.arguments[0], spelled(term.arguments[1])
    return term, ""


def has_open_range(term: Term) -> bool:
    """Whether a sum in a term doesn't say where it ends."""
    return any(isinstance(t, Bind) and t.over in ("all", "condition") for t in walk(term))


@lru_cache(maxsize=16_384)
def value_in(here: World, term: Term) -> Value | None:
    """The value of a term in a world; None where it has none. Each slip is held against the same side."""
    try:
        return here.value(term)
    except NoValue:
        return None


def same(here: World, a: Term, b: Term) -> bool:
    """Whether two terms have the same value in a world, or the same text where they have none."""
    x, y = value_in(here, a), value_in(here, b)
    if x is None and y is None:
        return spelled(a) == spelled(b)
    return x is not None and y is not None and close(x, y)
