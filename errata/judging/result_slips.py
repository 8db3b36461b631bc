"""Whether a relation is a known result with one slip in it, and what would make it right after all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from errata.judging.admissible import (
    ARRAYS,
    at_values,
    has_layout,
    in_one_dimension,
    in_rows,
    inverted_in,
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
from errata.judging.matching import Use, assignments, renamed
from errata.judging.relation_sides import Sides
from errata.judging.result_forms import WORLDS, ResultForm, result_form, same, value_in
from errata.judging.slips import Slip
from errata.meaning.indices import without_indices
from errata.meaning.results.forms import POSITIVE, forms
from errata.meaning.terms import HALF, Bind, Op, Ref, Term, heads, inverse, negative, power, walk
from errata.worlds.operations import Value, close
from errata.worlds.world import World, world

NUMBERS = ("natural", "index")
"""Kinds of symbols that count."""
MATRICES = frozenset({"matrix", "square", "symmetric", "spd", "orthogonal"})


def slipped(
    ours: ResultForm, left: Term, right: Term, names: Mapping[str, str], reading: Assertion
) -> tuple[Slip, Value, Value | None] | bool:
    """The slip that makes the right side of the form what the page has, and the values of both in a world; True where
    it is one that another convention explains, False where there is none."""
    if ours.first is None or not (ours.names_its_left or ours.everywhere(left, ours.left)):
        return False
    mine = value_in(ours.first, right)
    if ours.result.needs and not any(need in reading.text for need in ours.result.needs):
        return False
    if any(premise in reading.text for premise in ours.result.spared_by):
        return False
    if heads(ours.right) and (not heads(right) or _is_one_value(ours, right)):
        return False  # a number is the value of a case
    back = {ours_head: head for head, ours_head in names.items()}
    for slip, got in ours.slips:
        if (got is None) != (mine is None) or (got is not None and mine is not None and not close(got, mine)):
            continue
        if not ours.everywhere(slip.term, right):
            continue
        if slip.kind == "conditional" and _has_condition(slip.term) and not _has_condition(right):
            continue  # π(s, a) is written for π(a | s)
        if slip.kind == "transpose" and mine is None and not any(s.kind in MATRICES for s in ours.form.sorts.values()):
            continue  # x · y of two columns is a product of vectors
        if slip.put_in in ours.companions:
            head = back.get(slip.put_in)
            if head is None or not any(r in reading.said.get(head, "") for r in ours.form.roles.get(slip.put_in, ())):
                continue
        if slip.swapped and not all(_is_called(back.get(h), h, ours, reading) for h in slip.swapped):
            continue
        gone = heads(slip.lost) - heads(slip.term) if slip.lost is not None else frozenset()
        if gone and all(ours.form.sorts.get(h, POSITIVE).kind in NUMBERS for h in gone):
            continue  # a size that stands nowhere else may be one: the mean of a single observation
        if not _is_spoken_of(gone, ours, reading):
            continue
        if ours.result.sign_is_open and ours.everywhere(negative(ours.right), right):
            continue
        if _names_an_argument(ours.right, slip.term) or _is_of_a_set(back.get(slip.put_in or ""), reading.right):
            continue
        if _is_admissible(ours, left, right, reading, back):
            return True
        apart = next((h for h in ours.worlds if not same(h, ours.right, right)), ours.first)
        return slip, apart.value(ours.right), value_in(apart, right)
    return False


def _has_condition(term: Term) -> bool:
    return any(isinstance(t, Ref) and t.given for t in walk(term))


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
    ours: ResultForm, left: Term, right: Term, reading: Assertion, back: Mapping[str, str]
) -> bool:  # fmt: skip
    """Whether a form of the result is what the page has under another convention, or in the case that it is in."""
    for number in range(len(forms(ours.result))):
        form = result_form(ours.result, number, ours.ending, ours.indices)
        if len(form.worlds) < WORLDS or form.form.sign != ours.form.sign or form.names_its_left != ours.names_its_left:
            continue
        for a, b, c, d, worlds in _ways(form, left, right, reading, back):
            if all(same(w, b, d) and (form.names_its_left or same(w, a, c)) for w in worlds):
                return True
    return False


def _ways(
    form: ResultForm, left: Term, right: Term, reading: Assertion, back: Mapping[str, str]
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
    for head in (h for h in inverted_in(form.form) if not _is_called(back.get(h), h, form, reading)):
        turned: dict[str, Term] = {head: inverse(Ref(head))}
        yield left, right, at_values(form.left, turned), at_values(form.right, turned), form.worlds
    for head in squared_in(form.right):
        if back.get(head, head) != head:  # λ may be the variance where the result has σ²
            meant: dict[str, Term] = {head: power(Ref(head), HALF)}
            yield left, right, at_values(form.left, meant), at_values(form.right, meant), form.worlds
    said = values_said(reading.text, lambda h: form.form.letters.get(h, frozenset({h})), left_out(form.right, right))
    if said:
        yield left, right, at_values(form.left, said), at_values(form.right, said), form.worlds


def _is_called(head: str | None, slot: str, ours: ResultForm, reading: Assertion) -> bool:
    """Whether the words of the page give a symbol the role of a slot."""
    words = reading.said.get(head or "", "")
    return any(role in words for role in ours.form.roles.get(slot, ()))


def is_renaming(ours: ResultForm, page: Sides, page_uses: Mapping[str, Use], reading: Assertion) -> bool:
    """Whether other names for the symbols make it the form, so that letters alone would tell them apart."""
    left = page.left if not ours.names_its_left else None
    for names in assignments(page_uses, ours.candidates, {}, {}, ours.form.roles, reading.said):
        plain = frozenset(h for h, use in page_uses.items() if use.indices and ours.candidates[names[h]].indices == 0)
        right = renamed(without_indices(page.right, plain), names)
        if not ours.everywhere(right, ours.right):
            continue
        if left is not None and not ours.everywhere(renamed(without_indices(left, plain), names), ours.left):
            continue
        roles = ours.form.roles
        told = [h for h in names if any(r in reading.said.get(h, "") for their in roles.values() for r in their)]
        return not told
    return False


def conventions(ours: ResultForm) -> Iterator[ResultForm]:
    """A form, and those of its result in other symbols: that of a gamma law with a scale beside the one with a rate.
    Letters alone don't tell which of them is meant."""
    yield ours
    for number, form in enumerate(forms(ours.result)):
        if heads(form.right) != heads(ours.form.right) and form.sign == ours.form.sign:
            other = result_form(ours.result, number, ours.ending, ours.indices)
            if other.names_its_left == ours.names_its_left and len(other.worlds) == WORLDS:
                yield other


def _is_one_value(ours: ResultForm, term: Term) -> bool:
    """Whether a term has the same value in all worlds: 0 + γ · 0, and not as the lesser of 0 and something."""
    if any(isinstance(t, Op) and t.kind in ("max_of", "min_of") for t in walk(term)):
        return False
    if ours.first is None or (value := value_in(ours.first, term)) is None:
        return False
    return all((v := value_in(here, term)) is not None and close(v, value) for here in ours.worlds)


def _is_spoken_of(lost: frozenset[str], ours: ResultForm, reading: Assertion) -> bool:
    """Whether the page speaks of the symbols that a part brought in which is left out: else they may be nothing."""
    return all(ours.form.letters.get(h, frozenset({h})) & reading.mentioned for h in lost)


def is_called_so(page: Term, ours: ResultForm, reading: Assertion) -> bool:
    """Whether the words beside a left side call it what the result explains."""
    if not (isinstance(page, Ref) and isinstance(ours.left, Ref)):
        return True
    words = reading.said.get(page.head, "")
    return any(name in words for name in (*ours.form.roles.get(ours.left.head, ()), *ours.result.words))
