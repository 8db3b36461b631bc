"""A relation held against the known results that the words around it, or its own notation, point to.

Equal in all worlds under some assignment of symbols: supported. One known slip away from it, and equal under none:
refuted, with the result as the witness. Else nothing is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain

from claims.records import Record
from errata.judging.assertion import Assertion
from errata.judging.matching import Use, assignments, is_told, letter, renamed
from errata.judging.relation_sides import Held, Sides, Turned, sides_of
from errata.judging.result_forms import KEPT, WORLDS, Indices, ResultForm, is_convention, result_form, value_in
from errata.judging.result_shapes import FORM_SIZE, FORM_SYMBOLS, key_of, shape_of, shapes
from errata.judging.result_slips import NUMBERS, conventions, is_called_so, is_renaming, slipped
from errata.judging.slips import Slip
from errata.meaning.indices import without_indices
from errata.meaning.results.catalogue import RESULTS
from errata.meaning.results.forms import POSITIVE, TURNED, Form, forms
from errata.meaning.results.naming import Naming
from errata.meaning.results.result import Result
from errata.meaning.terms import Num, Ref, Term, heads, inverse, mul, size
from errata.worlds.operations import Value, close
from errata.worlds.world import endings

LEAST, MOST = 0.5, 2.0
"""How large a side may be beside that of a form it is held against."""
ALIKE = 3
"""In how many functions and binders a side may differ from that of a form it is held against."""
TOLD = 0.75
"""What share of the symbols words or usual letters must tell."""
OPERATORS = frozenset("EVPHI")
"""Letters of means, variances, probabilities and informations: V(Z) is no name for a standard error."""
BY_FORM = Naming(False, False, False)
"""Of a relation that no words name: each of its symbols must be told."""
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
    is_admitted: bool = False
    """Whether another convention explains what differs, which supports nothing and keeps it from being a slip."""


def match(stated: Sequence[Assertion], results: Mapping[Result, Naming]) -> Match | None:
    """What results say of a relation under its readings: a match without a slip first, else one with a slip.

    A result that explains a name is held against a relation only if its own name stands in the sentence, or if the
    left side has a usual letter for it; a slip is believed only if the letter is usual, or if the name in the sentence
    is that of few results.
    """
    with_slip: Match | None = None
    by_form, is_admitted = False, False
    owners = _owners(stated, results)
    results = {**results, **{r: Naming(True, True) for r in owners}}
    held = [Held(reading) for reading in stated]
    ways = [way for way in Indices if way is not Indices.PARAMETERS or any(h.is_changed_by(way) for h in held)]
    for result, naming in results.items():
        for number in range(len(forms(result))):
            for way in ways:
                ours = result_form(result, number, 0, way)
                if not ours.is_of_its_own or (ours.names_its_left and owners and result not in owners):
                    continue
                for one in held:
                    for found in _against(one, ours, naming):
                        if found.is_admitted:
                            is_admitted |= naming is not BY_FORM
                        elif found.slip is None:
                            return None if is_convention(result, number) else found
                        elif with_slip is None:
                            with_slip, by_form = found, naming is BY_FORM
    if with_slip is None or (is_admitted and by_form):
        return None
    if _is_known_otherwise(held, results) or _is_another(stated, held, results):
        return None
    return with_slip


def _owners(stated: Sequence[Assertion], results: Mapping[Result, Naming]) -> frozenset[Result]:
    """The results of which a left side has the name, where that is a word, MSE: it is explained by no others."""
    named = {a.left.head for a in stated if isinstance(a.left, Ref) and len(letter(a.left.head)) > 1}
    return frozenset(
        result
        for result in (results if named else ())
        if any(isinstance(f.left, Ref) and f.letters.get(f.left.head, frozenset()) & named for f in forms(result))
    )


def _is_known_otherwise(held: Sequence[Held], results: Mapping[Result, Naming]) -> bool:
    """Whether a relation is a result that the text names, in letters that tell nothing: then it has no slip in
    another one. One that explains a name must be named in the sentence, and the left side must have its letter."""
    for result, naming in results.items():
        for number in range(len(forms(result))):
            ours = result_form(result, number, 0, Indices.AS_WRITTEN)
            if ours.names_its_left:
                if (naming.near or not naming.far) and any(_is_in_other_letters(h.reading, ours) for h in held):
                    return True
            elif any(found.slip is None for h in held for found in _against(h, ours, ANY_LETTERS)):
                return True
    return False


def _is_another(stated: Sequence[Assertion], held: Sequence[Held], results: Mapping[Result, Naming]) -> bool:
    """Whether a relation is a result that no words name, in its usual letters: strong convexity beside smoothness."""
    return any(
        found.slip is None
        for result in alike(stated, RESULTS, bounds=True)
        if result not in results
        for number in range(len(forms(result)))
        if not (ours := result_form(result, number, 0, Indices.AS_WRITTEN)).names_its_left
        for one in held
        for found in _against(one, ours, BY_FORM)
    )


def _is_in_other_letters(reading: Assertion, ours: ResultForm) -> bool:
    """Whether what explains a name is a form for other names of its symbols."""
    if not isinstance(reading.left, Ref) or not ours.is_usual(reading.left.head):
        return False
    page = sides_of(reading.left, reading.right, Indices.AS_WRITTEN)
    fits = len(page.uses) <= len(ours.candidates) and reading.sign == ours.form.sign
    return fits and is_renaming(ours, page, page.uses, reading)


def _against(held: Held, ours: ResultForm, naming: Naming) -> Iterator[Match]:
    """The matches of a relation with one form of a result, those without a slip first."""
    if not (naming.near or naming.far) and (ours.size < FORM_SIZE or len(ours.candidates) < FORM_SYMBOLS):
        return
    for turned in held.turned:
        if (turned.of_a_square and not ours.wrapped) or (turned.of_a_property and ours.names_its_left):
            continue
        if turned.sign != ours.form.sign and TURNED.get(turned.sign) != ours.form.sign:
            continue
        sides = held.sides(turned, ours.indices)
        is_seen = not sides.is_changed and not (ours.indices is Indices.LABELS and ours.is_relabelled)
        if ours.indices in (Indices.LABELS, Indices.PARAMETERS) and is_seen:
            continue  # what it was as written
        if _may_be(sides, ours, naming):
            yield from _matched(turned, sides, held.reading, ours, naming)


def _may_be(sides: Sides, ours: ResultForm, naming: Naming) -> bool:
    """Whether names, sizes and shapes leave it open that a relation is a form."""
    if ours.names_its_left:
        if sides.name is None or sides.wrapped != ours.wrapped:
            return False
        if not (naming.near and naming.far) and not ours.is_usual(sides.name):
            return False
    large = sides.size if ours.names_its_left else sides.size_of_both
    if not LEAST * ours.size <= large <= MOST * ours.size or _difference(sides.shape, ours.shape) > ALIKE:
        return False
    return len(sides.uses if ours.names_its_left else sides.uses_of_both) <= len(ours.candidates)


def _difference(a: Counter[str], b: Counter[str]) -> int:
    return sum(abs(a[k] - b[k]) for k in {*a, *b}) if a != b else 0


def _is_at_the_same(page: Term, ours: ResultForm, names: Mapping[str, str]) -> bool:
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


def _matched(
    turned: Turned, sides: Sides, reading: Assertion, ours: ResultForm, naming: Naming
) -> Iterator[Match]:  # fmt: skip
    sign, page_left, page_right = turned.sign, sides.left, sides.right
    fixed: dict[str, str] = {}
    believed = naming.near or naming.far
    if ours.names_its_left:
        assert isinstance(ours.left, Ref) and sides.name is not None
        page_left = sides.named
        believed = ours.is_usual(sides.name) or (naming.specific and sides.name not in OPERATORS)
        fixed[sides.name] = ours.left.head
    page_uses = sides.uses if ours.names_its_left else sides.uses_of_both
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
    pairs = []
    for names in tried:
        # Indices that never change are part of the name where the result has a plain one.
        plain = frozenset(h for h, use in page_uses.items() if use.indices and ours.candidates[names[h]].indices == 0)
        a, b = (renamed(without_indices(side, plain), names) for side in (page_left, page_right))
        times = None if ours.names_its_left or naming is ANY_LETTERS else _multiple(a, ours)
        if times is not None:  # both sides of the result, so many times
            a, b = mul(inverse(Num(times)), a), mul(inverse(Num(times)), b)
        pairs.append((names, a, b))
    open_ends = endings(ours.form.sorts) if ours.is_open or sides.is_open else 1
    for ending in range(open_ends):
        here = ours if ending == 0 else result_form(ours.result, ours.number, ending, ours.indices)
        for names, a, b in pairs:
            if sign == here.form.sign and here.holds(a, b):
                value = here.worlds[0].value(here.right)
                yield Match(here.result, here.form, names, None, value, value)
                return
            # The inequality is the other way round.
            spared = any(premise in reading.text for premise in ours.result.spared_by)
            told = (
                _share_told(names, page_uses, ours, reading) == 1
            )  # another constant may bound it from the other side
            meant = believed and told and not spared and naming is not ANY_LETTERS
            if sign != here.form.sign and meant and here.holds(a, b):
                slip = Slip("direction", here.right, f"the sign is {here.form.sign}")
                values = [(world.value(here.left), world.value(here.right)) for world in here.worlds]
                low, high = next((v for v in values if _shown_apart(*v)), values[0])
                yield Match(here.result, here.form, names, slip, low, high)
                return
    if sign != ours.form.sign or not believed or naming is ANY_LETTERS:
        return
    if reading.is_definition and ours.names_its_left and not is_called_so(page_left, ours, reading):
        return  # what a letter is to stand for, its author says
    for ending in range(open_ends):
        here = ours if ending == 0 else result_form(ours.result, ours.number, ending, ours.indices)
        for names, a, b in pairs:
            found = slipped(here, a, b, names, reading)
            if found is True:
                yield Match(here.result, here.form, names, None, 0.0, None, is_admitted=True)
                return
            if found is False:
                continue
            if any(is_renaming(o, sides, page_uses, reading) for o in conventions(here)):
                return
            unusual = isinstance(page_left, Ref) and fixed and not ours.is_usual(page_left.head)
            if found[0].lost is not None and unusual:
                return  # what another letter stands for may be that part: a target of a TD error, an n-step return
            yield Match(here.result, here.form, names, *found, stated=b)
            return


def _multiple(left: Term, ours: ResultForm) -> Fraction | None:
    """How many times the left side of a form a left side is; None where it is that side itself, or no multiple."""
    found: Fraction | None = None
    for here in chain((ours.first,) if ours.first else (), ours.worlds):
        mine, theirs = value_in(here, left), value_in(here, ours.left)
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


def alike(readings: Sequence[Assertion], results: Sequence[Result], bounds: bool = False) -> Iterator[Result]:
    """The results whose form alone may tell them: the same functions and binders, no smaller, in as many symbols.

    ``bounds`` asks for inequalities too, which are properties that some have: to support one, its name must be said.
    """
    by_name = {result.name: result for result in results}
    found: dict[str, None] = {}
    for reading in readings:
        symbols, large = len(heads(reading.right)), size(reading.right)
        if large >= FORM_SIZE * KEPT:
            for one in shapes().get(key_of(shape_of(reading.right)), ()):
                if one.sign != "=" and not bounds:
                    continue
                if abs(one.symbols - symbols) <= 1 and LEAST * one.size <= large <= MOST * one.size:
                    found[one.result] = None
    yield from (by_name[name] for name in found if name in by_name)


def _share_told(names: Mapping[str, str], uses_of: Mapping[str, Use], ours: ResultForm, reading: Assertion) -> float:
    """What share of the symbols words or usual letters tell."""
    form = ours.form
    counted = [h for h in uses_of if not uses_of[h].bound and form.sorts.get(names[h], POSITIVE).kind not in NUMBERS]
    told = [is_told(h, names[h], form.letters, form.roles, reading.said) for h in counted]
    accented = [t for h, t in zip(counted, told, strict=True) if "(" in h]
    if not all(accented):
        return 0.0  # q̂ is somebody's own estimate
    return sum(told) / len(told) if told else 1.0
