"""A relation held against the known results that the words around it, or its own notation, point to.

Equal in all worlds under some assignment of symbols: supported. One known slip away from it, and equal under none:
refuted, with the result as the witness. Else nothing is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from functools import lru_cache

from claims.records import Record, replace
from errata.judging.admissible import (
    ARRAYS,
    at_values,
    has_layout,
    in_one_dimension,
    in_rows,
    is_number,
    left_out,
    of_numbers,
    ranges_of,
    squared_in,
    stands_in_columns,
    to_base_two,
    values_said,
    with_ranges,
)
from errata.judging.assertion import Assertion
from errata.judging.matching import Use, assignments, is_told, letter, renamed, uses
from errata.judging.result_shapes import FORM_SIZE, FORM_SYMBOLS, key_of, shape_of, shapes
from errata.judging.slips import TWO, Slip, slips
from errata.meaning.elaborate import spelled
from errata.meaning.indices import (
    constant_indices,
    idle_heads,
    with_labels,
    without_indices,
    without_parameters,
    without_sets,
)
from errata.meaning.results.forms import POSITIVE, TURNED, Form, forms, labelled_head_of
from errata.meaning.results.naming import Naming
from errata.meaning.results.result import Result
from errata.meaning.terms import (
    HALF,
    PARAMETERS,
    Bind,
    Num,
    Op,
    Ref,
    Term,
    heads,
    inverse,
    mul,
    negative,
    power,
    size,
    walk,
)
from errata.worlds.operations import NoValue, Value, close
from errata.worlds.world import World, endings, world

_NUMBERS = ("natural", "index")
MATRICES = frozenset({"matrix", "square", "symmetric", "spd", "orthogonal"})
WORLDS = 9
"""In how many worlds two sides must be equal."""
LEAST, MOST = 0.5, 2.0
"""How large a side may be beside that of a form it is held against."""
LEAST_SIZE = 6
"""How large what explains a name must be, before a slip in it is told from something else: k/n is not."""
ALIKE = 3
"""In how many functions and binders a side may differ from that of a form it is held against."""
KEPT, KEPT_OF_NOTATION = 0.6, 0.35
"""How much of a form is left, at least, by what counts as a slip in it: of one that explains a name, of another one."""
TOLD = 0.75
"""What share of the symbols words or usual letters must tell."""
ANY_LETTERS = Naming(False, False)
"""Of a relation that is only asked whether it may be a result: in whatever letters, and without a slip."""


class Match(Record, frozen=True):
    """What a known result says of a relation: that it is this result, or this result with one slip."""

    result: Result
    form: Form
    names: Mapping[str, str]
    slip: Slip | None
    left: Value
    right: Value | None
    """What the known result and the page come to in a world; None where the page's side has no value at all."""
    worlds: int = WORLDS
    """In how many worlds they were compared."""
    stated: Term | None = None
    """The right side of the page in the symbols of the result, where it has a slip."""


def match(stated: Sequence[Assertion], results: Mapping[Result, Naming]) -> Match | None:
    """What results say of a relation under its readings: a match without a slip first, else one with a slip.

    A result that explains a name is held against a relation only if its own name stands in the sentence, or if the
    left side has a usual letter for it; a slip is believed only if the letter is usual, or if the name in the sentence
    is that of few results.
    """
    slipped: Match | None = None
    owners = _owners(stated, results)
    results = {**results, **{r: Naming(True, True) for r in owners}}
    for result, naming in results.items():
        for number in range(len(forms(result))):
            for indices in Indices:
                ours = _ours(result, number, 0, indices)
                if not ours.is_of_its_own or (ours.names_its_left and owners and result not in owners):
                    continue
                for reading in stated:
                    for found in _against(reading, ours, naming):
                        if found.slip is None:
                            return None if is_convention(result, number) else found
                        slipped = slipped or found
    return None if slipped is not None and _is_known_otherwise(stated, results) else slipped


def _owners(stated: Sequence[Assertion], results: Mapping[Result, Naming]) -> frozenset[Result]:
    """The results of which a left side has the name, where that is a word, MSE: it is explained by no others."""
    named = {a.left.head for a in stated if isinstance(a.left, Ref) and len(letter(a.left.head)) > 1}
    return frozenset(
        result
        for result in results
        if any(isinstance(f.left, Ref) and f.letters.get(f.left.head, frozenset()) & named for f in forms(result))
    )


def _is_known_otherwise(stated: Sequence[Assertion], results: Mapping[Result, Naming]) -> bool:
    """Whether a relation is a result that the text names, in letters that tell nothing: then it has no slip in
    another one. One that explains a name must be named in the sentence, and the left side must have its letter."""
    return any(
        _is_in_other_letters(reading, ours) if ours.names_its_left else _is_told_by_nothing(reading, ours)
        for result, naming in results.items()
        for number in range(len(forms(result)))
        if not (ours := _ours(result, number, 0, Indices.AS_WRITTEN)).names_its_left or naming.near or not naming.far
        for reading in stated
    )


def _is_told_by_nothing(reading: Assertion, ours: _Ours) -> bool:
    return any(found.slip is None for found in _against(reading, ours, ANY_LETTERS))


def _is_in_other_letters(reading: Assertion, ours: _Ours) -> bool:
    """Whether what explains a name is a form for other names of its symbols."""
    if not isinstance(reading.left, Ref) or not _is_usual(reading.left.head, ours) or len(ours.worlds) < WORLDS:
        return False
    page = _page(reading.left, reading.right, Indices.AS_WRITTEN)
    fits = len(page.uses) <= len(ours.candidates) and reading.sign == ours.form.sign
    return fits and _is_renaming(ours, page, page.uses, reading)


@lru_cache(maxsize=4096)
def is_convention(result: Result, number: int) -> bool:
    """Whether a form of a result is told from another of its forms by a slip: which one is meant, the page must say.

    Such a form keeps its like from being refuted, and supports nothing.
    """
    if result.is_beside(number):
        return True
    mine = _ours(result, number, 0, Indices.AS_WRITTEN)
    for other in range(len(forms(result))):
        theirs = _ours(result, other, 0, Indices.AS_WRITTEN)
        if (
            other == number
            or result.is_beside(other)
            or len(theirs.worlds) < WORLDS
            or mine.form.sign != theirs.form.sign
        ):
            continue
        if mine.names_its_left != theirs.names_its_left or not heads(mine.right) <= heads(theirs.right):
            continue
        if not mine.names_its_left and not all(_same(here, mine.left, theirs.left) for here in theirs.worlds):
            continue  # what else is said of something else
        if any(all(_same(h, s, theirs.right) for h in theirs.worlds) for s in (mine.right, to_base_two(mine.right))):
            continue
        for slip in slips(theirs.right):
            if slip.kind == "complement":
                continue  # U and 1 − U, both of which are stated: either will do
            if all(_same(here, slip.term, mine.right) for here in theirs.worlds):
                return True
    return False


class Indices(Enum):
    """What is made of the indices of a form."""

    AS_WRITTEN = "as written"
    IDLE_DROPPED = "those that tell nothing apart are dropped"
    LABELS = "those that never move are part of the names, in the page as well"
    PARAMETERS = "the parameters of a model are dropped from the names of its functions on the page"


class _Page(Record, frozen=True):
    """The sides of a relation, and what is asked of them again and again."""

    left: Term
    right: Term
    heads: frozenset[str]
    size: int
    size_of_both: int
    shape: Counter[str]
    uses: dict[str, Use]
    uses_of_both: dict[str, Use]
    is_open: bool


@lru_cache(maxsize=256)
def _page(left: Term, right: Term, indices: Indices) -> _Page:
    a, b = without_sets(left, right)
    if indices is Indices.LABELS:
        a, b = with_labels(a, b)
    elif indices is Indices.PARAMETERS:
        a, b = without_parameters(a, b)
    return _Page(
        a, b, heads(b), size(b), size(a) + size(b), shape_of(b), uses(b), uses(a, b), _has_open_range(b)
    )  # fmt: skip


class _Ours:
    """A form of a result with its values in worlds; those of its slips are worked out when first asked for."""

    def __init__(self, result: Result, form: Form, ending: int, number: int, indices: Indices) -> None:
        self.result, self.form, self.ending, self.number, self.indices = result, form, ending, number, indices
        self.bared = idle_heads(form.left, form.right) if indices is Indices.IDLE_DROPPED else frozenset()
        left, self.right = without_sets(*(without_indices(s, self.bared) for s in (form.left, form.right)))
        if indices is Indices.LABELS:
            left, self.right = with_labels(left, self.right)
            sorts = {h: form.sorts.get(h.split("_")[0], POSITIVE) for h in heads(left) | heads(self.right)}
            letters = {h: frozenset({h}) for h in sorts}
            roles: dict[str, tuple[str, ...]] = {}
            for name, slot in form.labelled.items():
                letters[name] = frozenset({name, *(labelled_head_of(other) for other in slot.also)})
                roles[name] = slot.role
            self.form = replace(
                form, sorts={**sorts, **form.sorts}, letters={**letters, **form.letters}, roles={**form.roles, **roles}
            )
        self.is_of_its_own = indices is Indices.AS_WRITTEN or (left, self.right) != (form.left, form.right)
        self.is_of_its_own |= indices is Indices.LABELS
        self.is_of_its_own |= indices is Indices.PARAMETERS and not (heads(left) | heads(self.right)) & PARAMETERS
        self.left, self.wrapped = _unwrapped(left)
        self.names_its_left = isinstance(self.left, Ref) and self.left.head not in heads(self.right)
        if not self.names_its_left:
            self.left, self.wrapped = left, ""
        numbered = {
            head
            for head, indices in constant_indices(form.left, form.right).items()
            if not any(heads(i) for i in indices)
        }
        self.known = {
            head: replace(use, may_gain=head not in self.bared or head in numbered)
            for head, use in uses(self.left, self.right).items()
        }
        self.candidates = {h: use for h, use in self.known.items() if not self.names_its_left or h in heads(self.right)}
        self.companions = [h for h in form.sorts if h not in self.known and h != "π"]
        for head in self.companions:
            self.candidates.setdefault(head, next(iter(uses(Ref(head)).values())))
        self.size = size(self.right) if self.names_its_left else size(self.left) + size(self.right)
        self.shape = shape_of(self.right)
        self.is_open = _has_open_range(self.right)
        self._worlds: list[World] | None = None
        self._slips: list[tuple[Slip, Value | None]] | None = None

    @property
    def worlds(self) -> list[World]:
        """Worlds in which the form has values; empty where there are not enough."""
        if self._worlds is None:
            self._worlds = []
            for seed in range(1, 40):
                here = world(seed, self.form.sorts, self.ending)
                if _value(here, self.right) is None or not (self.names_its_left or _value(here, self.left) is not None):
                    continue
                self._worlds.append(here)
                if len(self._worlds) == WORLDS:
                    break
            else:
                self._worlds = []
        return self._worlds

    @property
    def slips(self) -> list[tuple[Slip, Value | None]]:
        """The slips of the right side that change it, each with its value in the first world."""
        if self._slips is None:
            self._slips = []
            for slip in slips(self.right, [*self.companions, *sorted(heads(self.right))]):
                term = slip.term
                if self._counts(slip, term) and not all(_same(here, term, self.right) for here in self.worlds):
                    self._slips.append((replace(slip, term=term), _value(self.worlds[0], term)))
        return self._slips

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


@lru_cache(maxsize=8192)
def _ours(result: Result, number: int, ending: int, indices: Indices) -> _Ours:
    return _Ours(result, forms(result)[number], ending, number, indices)


def _against(reading: Assertion, ours: _Ours, naming: Naming) -> Iterator[Match]:
    """The matches of a relation with one form of a result, those without a slip first."""
    if _is_at_a_transpose(reading):
        return
    for left, sign, right in _turned(reading, ours):
        if sign == ours.form.sign or TURNED.get(sign) == ours.form.sign:
            yield from _sides(left, sign, right, reading, ours, naming)


def _is_at_a_transpose(reading: Assertion) -> bool:
    """Whether functions are taken at a symbol and at its transpose: s′ is another state there, and V(s′) not V(s)."""
    taken = [
        argument
        for side in (reading.left, reading.right)
        for term in walk(side)
        if isinstance(term, Ref)
        for argument in (*(term.arguments or ()), *term.given)
    ]
    turned = {a.arguments[0] for a in taken if isinstance(a, Op) and a.kind == "transpose"}
    return not turned.isdisjoint(taken)


def _turned(reading: Assertion, ours: _Ours) -> Iterator[tuple[Term, str, Term]]:
    yield reading.left, reading.sign, reading.right
    bare = _unconditioned(reading.left)
    if bare is not None:
        yield bare, reading.sign, reading.right
    if ours.wrapped and isinstance(reading.left, Ref) and (square := _square_of_root(reading.right)) is not None:
        yield power(reading.left, TWO), reading.sign, square
    if not ours.names_its_left:
        yield reading.right, TURNED.get(reading.sign, reading.sign), reading.left


def _square_of_root(term: Term) -> Term | None:
    """What a root is the root of."""
    is_root = isinstance(term, Op) and term.kind == "pow" and spelled(term.arguments[1]) == spelled(HALF)
    return term.arguments[0] if is_root and isinstance(term, Op) else None


def _is_renaming(ours: _Ours, page: _Page, page_uses: Mapping[str, Use], reading: Assertion) -> bool:
    """Whether other names for the symbols make it the form, so that letters alone would tell them apart."""
    left = page.left if not ours.names_its_left else None
    for names in assignments(page_uses, ours.candidates, {}, {}, ours.form.roles, reading.said):
        plain = frozenset(h for h, use in page_uses.items() if use.indices and ours.candidates[names[h]].indices == 0)
        right = renamed(without_indices(page.right, plain), names)
        if not all(_same(here, right, ours.right) for here in ours.worlds):
            continue
        if left is not None and not all(
            _same(h, renamed(without_indices(left, plain), names), ours.left) for h in ours.worlds
        ):
            continue
        roles = ours.form.roles
        told = [h for h in names if any(r in reading.said.get(h, "") for their in roles.values() for r in their)]
        return not told
    return False


def _conventions(ours: _Ours) -> Iterator[_Ours]:
    """A form, and those of its result in other symbols: that of a gamma law with a scale beside the one with a rate.
    Letters alone don't tell which of them is meant."""
    yield ours
    for number, form in enumerate(forms(ours.result)):
        if heads(form.right) != heads(ours.form.right) and form.sign == ours.form.sign:
            other = _ours(ours.result, number, ours.ending, ours.indices)
            if other.names_its_left == ours.names_its_left and len(other.worlds) == WORLDS:
                yield other


def _is_at_the_same(page: Term, ours: _Ours, names: Mapping[str, str]) -> bool:
    """Whether a left side that is applied is applied to the same: L(a) is not the likelihood of b. Where a result has a
    form that says of what it is, another form is of nothing else."""
    left = ours.left
    if not (isinstance(page, Ref) and isinstance(left, Ref)) or page.arguments is None:
        return True
    if left.arguments is None:
        return not any(isinstance(f.left, Ref) and f.left.arguments is not None for f in forms(ours.result))
    a, b = (*page.arguments, *page.given), (*left.arguments, *left.given)
    if len(a) != len(b):
        return True
    return all(
        renamed(x, names) == y or (isinstance(y, Ref) and y.head not in names.values() and _alike_marked(x, y))
        for x, y in zip(a, b, strict=True)
    )


def _alike_marked(page: Term, ours: Ref) -> bool:
    """Whether a symbol has an accent where that of a result has one: S is no mean of a sample."""
    return "(" not in ours.head or (isinstance(page, Ref) and "(" in page.head)


def _keeps_labels(names: Mapping[str, str]) -> bool:
    """Whether equal labels of a form are equal ones on the page, different ones different, and numbers the same."""
    there: dict[str, str] = {}
    back: dict[str, str] = {}
    for page, form in names.items():
        a, b = page.partition("_")[2], form.partition("_")[2]
        if not a and not b:
            continue
        if a.lstrip("-").isdigit() and b.lstrip("-").isdigit() and a != b:
            return False
        parts = zip(a, b, strict=True) if len(a) == len(b) else ((a, b),)  # Σ_ab is Σ_12 only where Σ_bb is Σ_22
        if any(there.setdefault(x, y) != y or back.setdefault(y, x) != x for x, y in parts):
            return False
    return True


def _unconditioned(left: Term) -> Term | None:
    """Var(β | X) without its condition, which notes put in and leave out."""
    if isinstance(left, Bind) and left.kind in ("E", "Var") and len(left.domain) > 1:
        return replace(left, domain=left.domain[:1])
    return None


def _sides(left: Term, sign: str, right: Term, reading: Assertion, ours: _Ours, naming: Naming) -> Iterator[Match]:
    page = _page(left, right, ours.indices)
    page_left, page_right = page.left, page.right
    if ours.indices is Indices.PARAMETERS and (page_left, page_right) == without_sets(left, right):
        return
    fixed: dict[str, str] = {}
    believed = naming.near or naming.far
    if not believed and (ours.size < FORM_SIZE or len(ours.candidates) < FORM_SYMBOLS):
        return
    if ours.names_its_left:
        page_left, wrapped = _unwrapped(page_left)
        if not isinstance(page_left, Ref) or page_left.head in page.heads or wrapped != ours.wrapped:
            return
        assert isinstance(ours.left, Ref)
        usual = _is_usual(page_left.head, ours)
        if not naming.near and not usual:
            return
        believed = usual or naming.specific
        if not naming.far and not usual:
            return
        fixed[page_left.head] = ours.left.head
    page_size = page.size if ours.names_its_left else page.size_of_both
    if not LEAST * ours.size <= page_size <= MOST * ours.size:
        return
    if sum(abs(page.shape[k] - ours.shape[k]) for k in {*page.shape, *ours.shape}) > ALIKE:
        return
    page_uses = page.uses if ours.names_its_left else page.uses_of_both
    if len(page_uses) > len(ours.candidates):
        return
    tried = [
        {**fixed, **names}
        for names in assignments(page_uses, ours.candidates, {}, ours.form.letters, ours.form.roles, reading.said)
    ]
    if ours.indices is Indices.LABELS:
        tried = [names for names in tried if _keeps_labels(names)]
    if not tried:
        return
    believed |= not naming.far
    least = 0.0 if naming is ANY_LETTERS else TOLD if naming.far else 1.0  # by form alone: each must be told
    tried = [
        names
        for names in tried
        if _share_told(names, page_uses, ours, reading) >= least and _is_at_the_same(page_left, ours, names)
    ]
    sides = []
    for names in tried:
        # Indices that never change are part of the name where the result has a plain one.
        plain = frozenset(h for h, use in page_uses.items() if use.indices and ours.candidates[names[h]].indices == 0)
        a, b = (renamed(without_indices(side, plain), names) for side in (page_left, page_right))
        times = None if ours.names_its_left or naming is ANY_LETTERS else _multiple(a, ours)
        if times is not None:  # both sides of the result, so many times
            a, b = mul(inverse(Num(times)), a), mul(inverse(Num(times)), b)
        sides.append((names, a, b))
    open_ends = endings(ours.form.sorts) if ours.is_open or page.is_open else 1
    for ending in range(open_ends):
        here = ours if ending == 0 else _ours(ours.result, ours.number, ending, ours.indices)
        if len(here.worlds) < WORLDS:
            continue
        for names, a, b in sides:
            if sign == here.form.sign and _holds(here, a, b):
                value = here.worlds[0].value(here.right)
                yield Match(here.result, here.form, names, None, value, value)
                return
            # The inequality is the other way round.
            spared = any(premise in reading.text for premise in ours.result.spared_by)
            if sign != here.form.sign and believed and not spared and naming is not ANY_LETTERS and _holds(here, a, b):
                slip = Slip("direction", here.right, f"the sign is {here.form.sign}")
                values = [(world.value(here.left), world.value(here.right)) for world in here.worlds]
                low, high = next((v for v in values if _shown_apart(*v)), values[0])
                yield Match(here.result, here.form, names, slip, low, high)
                return
    if sign != ours.form.sign or not believed or naming is ANY_LETTERS:
        return
    if reading.is_definition and ours.names_its_left and not _is_called_so(page_left, ours, reading):
        return  # what a letter is to stand for, its author says
    for ending in range(open_ends):
        here = ours if ending == 0 else _ours(ours.result, ours.number, ending, ours.indices)
        if len(here.worlds) < WORLDS:
            continue
        for names, a, b in sides:
            found = _slipped(here, a, b, names, reading)
            if found is not None and any(_is_renaming(o, page, page_uses, reading) for o in _conventions(here)):
                return
            unusual = isinstance(page_left, Ref) and fixed and not _is_usual(page_left.head, ours)
            if found is not None and found[0].lost is not None and unusual:
                return  # what another letter stands for may be that part: a target of a TD error, an n-step return
            if found is not None:
                yield Match(here.result, here.form, names, *found, stated=b)
                return


def _multiple(left: Term, ours: _Ours) -> Fraction | None:
    """How many times the left side of a form a left side is; None where it is that side itself, or no multiple."""
    found: Fraction | None = None
    for here in ours.worlds:
        mine, theirs = _value(here, left), _value(here, ours.left)
        if not isinstance(mine, float | int) or not isinstance(theirs, float | int) or abs(theirs) < 1e-9:
            return None
        times = Fraction(mine / theirs).limit_denominator(8)
        if times <= 0 or times > 8 or not close(float(times) * theirs, mine) or times != (found or times):
            return None
        found = times
    return None if found == 1 else found


def _shown_apart(left: Value, right: Value) -> bool:
    """Whether two numbers differ by more than a rounding: where an inequality is strict."""
    if not isinstance(left, float | int) or not isinstance(right, float | int):
        return False
    return abs(left - right) > 1e-6 * max(1.0, abs(left), abs(right))


def alike(readings: Sequence[Assertion], results: Sequence[Result]) -> Iterator[Result]:
    """The results whose form alone may tell them: the same functions and binders, no smaller, in as many symbols."""
    by_name = {result.name: result for result in results}
    found: dict[str, None] = {}
    for reading in readings:
        symbols, large = len(heads(reading.right)), size(reading.right)
        if large >= FORM_SIZE * KEPT:
            for one in shapes().get(key_of(shape_of(reading.right)), ()):
                if abs(one.symbols - symbols) <= 1 and LEAST * one.size <= large <= MOST * one.size:
                    found[one.result] = None
    yield from (by_name[name] for name in found if name in by_name)


def _share_told(names: Mapping[str, str], uses_of: Mapping[str, Use], ours: _Ours, reading: Assertion) -> float:
    """What share of the symbols words or usual letters tell."""
    form = ours.form
    counted = [h for h in uses_of if not uses_of[h].bound and form.sorts.get(names[h], POSITIVE).kind not in _NUMBERS]
    told = [is_told(h, names[h], form.letters, form.roles, reading.said) for h in counted]
    accented = [t for h, t in zip(counted, told, strict=True) if "(" in h]
    if not all(accented):
        return 0.0  # q̂ is somebody's own estimate
    return sum(told) / len(told) if told else 1.0


def _unwrapped(term: Term) -> tuple[Term, str]:
    """A name without what is done to it on a left side, σ of σ², and what that is."""
    if isinstance(term, Op) and term.kind == "pow" and isinstance(term.arguments[1], Num):
        return term.arguments[0], spelled(term.arguments[1])
    return term, ""


def _is_usual(head: str, ours: _Ours) -> bool:
    assert isinstance(ours.left, Ref)
    usual = ours.form.letters.get(ours.left.head, frozenset({ours.left.head}))
    words = head.lower()
    if len(words) > 3 and any(words in w for w in (*ours.result.words, ours.result.name)):
        return True  # "variance = …"
    return head in usual or (letter(head) in {letter(u) for u in usual} and ("(" in head) == ("(" in ours.left.head))


def _value(here: World, term: Term) -> Value | None:
    try:
        return here.value(term)
    except NoValue:
        return None


def _same(here: World, a: Term, b: Term) -> bool:
    """Whether two terms have the same value in a world, or the same text where they have none."""
    x, y = _value(here, a), _value(here, b)
    if x is None and y is None:
        return spelled(a) == spelled(b)
    return x is not None and y is not None and close(x, y)


def _holds(ours: _Ours, left: Term, right: Term) -> bool:
    """Whether both sides are those of the form in all worlds."""
    return all(
        _same(here, right, ours.right) and (ours.names_its_left or _same(here, left, ours.left)) for here in ours.worlds
    )


def _is_one_value(ours: _Ours, term: Term) -> bool:
    """Whether a term has the same value in all worlds: 0 + γ · 0, and not as the lesser of 0 and something."""
    if any(isinstance(t, Op) and t.kind in ("max_of", "min_of") for t in walk(term)):
        return False
    values = [_value(here, term) for here in ours.worlds]
    return all(v is not None and values[0] is not None and close(v, values[0]) for v in values)


def _slipped(
    ours: _Ours, left: Term, right: Term, names: Mapping[str, str], reading: Assertion
) -> tuple[Slip, Value, Value | None] | None:
    """The slip that makes the right side of the form what the page has, and the values of both in a world."""
    first = ours.worlds[0]
    mine = _value(first, right)
    if not ours.names_its_left and not all(_same(here, left, ours.left) for here in ours.worlds):
        return None
    if ours.result.needs and not any(need in reading.text for need in ours.result.needs):
        return None
    if any(premise in reading.text for premise in ours.result.spared_by):
        return None
    if heads(ours.right) and (not heads(right) or _is_one_value(ours, right)):
        return None  # a number is the value of a case
    back = {ours_head: head for head, ours_head in names.items()}
    for slip, got in ours.slips:
        if (got is None) != (mine is None) or (got is not None and mine is not None and not close(got, mine)):
            continue
        if not all(_same(here, slip.term, right) for here in ours.worlds):
            continue
        if slip.kind == "transpose" and mine is None and not any(s.kind in MATRICES for s in ours.form.sorts.values()):
            continue  # x · y of two columns is a product of vectors
        if slip.put_in in ours.companions:
            head = back.get(slip.put_in)
            if head is None or not any(r in reading.said.get(head, "") for r in ours.form.roles.get(slip.put_in, ())):
                continue
        if slip.swapped and not all(_is_called(back.get(h), h, ours, reading) for h in slip.swapped):
            continue
        gone = heads(slip.lost) - heads(slip.term) if slip.lost is not None else frozenset()
        if gone and all(ours.form.sorts.get(h, POSITIVE).kind in _NUMBERS for h in gone):
            continue  # a size that stands nowhere else may be one: the mean of a single observation
        if not _is_spoken_of(gone, ours, reading):
            continue
        if ours.result.sign_is_open and all(_same(here, negative(ours.right), right) for here in ours.worlds):
            continue
        if _names_an_argument(ours.right, slip.term) or _is_of_a_set(back.get(slip.put_in or ""), reading.right):
            continue
        if _is_admissible(ours, left, right, reading, back):
            return None
        apart = next((h for h in ours.worlds if not _same(h, ours.right, right)), first)
        return slip, apart.value(ours.right), _value(apart, right)
    return None


def _names_an_argument(ours: Term, slipped: Term) -> bool:
    """Whether a slip leaves a bare symbol where a function has something composed: s(x_t) for s(x + σ ε), of which x_t
    may be the name."""
    before, after = _arguments(ours), _arguments(slipped)
    gone, come = before - after, after - before
    return any(not isinstance(a, Ref) for a in gone) and sum(map(_is_bare, come)) > sum(map(_is_bare, gone))


def _is_bare(term: Term) -> bool:
    return isinstance(term, Ref) and term.arguments is None


def _arguments(term: Term) -> frozenset[Term]:
    return frozenset(a for t in walk(term) if isinstance(t, Ref) for a in t.arguments or ())


def _is_of_a_set(head: str | None, right: Term) -> bool:
    """Whether a symbol is a set that a sum of a page runs over: ȳ_R is the mean of that set, and R no index."""
    sets = (b.domain for b in walk(right) if isinstance(b, Bind) and b.over == "set")
    return head is not None and any(head in heads(d) for domain in sets for d in domain)


def _is_admissible(
    ours: _Ours, left: Term, right: Term, reading: Assertion, back: Mapping[str, str]
) -> bool:  # fmt: skip
    """Whether a form of the result is what the page has under another convention, or in the case that it is in."""
    for number in range(len(forms(ours.result))):
        form = _ours(ours.result, number, ours.ending, ours.indices)
        if len(form.worlds) < WORLDS or form.form.sign != ours.form.sign or form.names_its_left != ours.names_its_left:
            continue
        for a, b, c, d, worlds in _ways(form, left, right, reading, back):
            if all(_same(w, b, d) and (form.names_its_left or _same(w, a, c)) for w in worlds):
                return True
    return False


def _ways(
    form: _Ours, left: Term, right: Term, reading: Assertion, back: Mapping[str, str]
) -> Iterator[tuple[Term, Term, Term, Term, list[World]]]:  # fmt: skip
    """The sides of a page and those of a form, as conventions and cases make them, with the worlds they are held in."""
    sorts = form.form.sorts
    yield to_base_two(left), to_base_two(right), form.left, form.right, form.worlds
    for filled in with_ranges(right, ranges_of(form.right)):
        yield left, filled, form.left, form.right, form.worlds
    arrays = {h for h in (*heads(form.left), *heads(form.right)) if h in sorts and sorts[h].kind in ARRAYS}
    matrices = [h for h in arrays if sorts[h].kind in MATRICES]
    in_columns = stands_in_columns(reading.text, [back.get(h, h) for h in matrices], [back.get(h, h) for h in arrays])
    if any(h in heads(form.right) for h in matrices) and not in_columns:
        yield in_rows(left, sorts), in_rows(right, sorts), form.left, form.right, form.worlds
    if matrices and not has_layout(right) and all(is_number(back.get(h, h)) for h in matrices):
        flat = [world(w.seed, of_numbers(sorts), form.ending) for w in form.worlds]
        yield left, right, in_one_dimension(form.left), in_one_dimension(form.right), flat
    for head in squared_in(form.right):
        if back.get(head, head) != head:  # λ may be the variance where the result has σ²
            meant: dict[str, Term] = {head: power(Ref(head), HALF)}
            yield left, right, at_values(form.left, meant), at_values(form.right, meant), form.worlds
    said = values_said(reading.text, lambda h: form.form.letters.get(h, frozenset({h})), left_out(form.right, right))
    if said:
        yield left, right, at_values(form.left, said), at_values(form.right, said), form.worlds


def _is_called(head: str | None, slot: str, ours: _Ours, reading: Assertion) -> bool:
    """Whether the words of the page give a symbol the role of a slot."""
    words = reading.said.get(head or "", "")
    return any(role in words for role in ours.form.roles.get(slot, ()))


def _is_called_so(page: Term, ours: _Ours, reading: Assertion) -> bool:
    """Whether the words beside a left side call it what the result explains."""
    if not (isinstance(page, Ref) and isinstance(ours.left, Ref)):
        return True
    words = reading.said.get(page.head, "")
    return any(name in words for name in (*ours.form.roles.get(ours.left.head, ()), *ours.result.words))


def _is_spoken_of(lost: frozenset[str], ours: _Ours, reading: Assertion) -> bool:
    """Whether the page speaks of the symbols that a part brought in which is left out: else they may be nothing."""
    return all(ours.form.letters.get(h, frozenset({h})) & reading.mentioned for h in lost)


def _has_open_range(term: Term) -> bool:
    return any(isinstance(t, Bind) and t.over in ("all", "condition") for t in walk(term))
