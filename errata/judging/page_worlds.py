"""A relation in random small worlds of the page: what the page defines is put in, and both sides are worked out.

Equal in all worlds, under every admissible reading of its symbols, it is supported by the definitions that were put in.
Apart in all of them, and equal in all as soon as one small slip is undone, it is refuted, with that as its repair. Else
nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice

from claims.evidence import Agreement, Counterexample
from claims.records import Record, replace
from claims.verdict import NotAClaim, Refuted, Repair, Supported
from errata.checking.context import State, bodies_of, root_of, span_of
from errata.checking.judgement import Judged, Kind
from errata.checking.kinds import is_number
from errata.checking.stated_conditions import is_said_before
from errata.checking.tacit_premises import kind_of_matrix
from errata.checking.wide_slashes import ANY_PRODUCT, with_narrow_slashes, with_wide_slashes
from errata.judging.core import all_names, first_name, labelled_names
from errata.judging.matching import letter, renamed
from errata.judging.mends import UNDONE, Mend, mends
from errata.judging.open_equations import ESTIMATE, notations_of, open_pairs
from errata.judging.witnesses import plain_witness
from errata.meaning.elaborate import Notation, elaborate, spelled
from errata.meaning.printing import latex_of, to_latex
from errata.meaning.terms import Bind, Num, Op, Ref, Term, below, heads, mapped, number, size, walk
from errata.meaning.unelaborated import Unelaborated
from errata.meaning.unfolding import Ambiguous, Schema, matched, unfolded, used_in, with_entries
from errata.page.declarations import declarations_near
from errata.page.definitions import definitions_near
from errata.page.named_functions import said_functions
from errata.page.random_variables import laws_near, says_something
from errata.page.sentences import drops_constants, extremum_said, is_concluded, is_loose
from errata.page.sorts import admissible, uses_of
from errata.page.surroundings import Surroundings, surroundings
from errata.reading.matrix_notation import bare_names
from errata.reading.names import key
from errata.reading.relations import Pair
from errata.reading.tree import Lines
from errata.worlds.operations import NoValue, Value, close, is_finite
from errata.worlds.page_world import Facts, value_in
from errata.worlds.sorts import Sort
from errata.worlds.world import World, canonical, endings, world

RULE = "E311"
ROUTE = "worlds of the page"
WORLDS = 7
"""Random worlds in which a relation must hold."""
LARGEST, EDITED = 160, 60
"""Sizes of both sides that are looked at, and of the right side that is edited."""
MOST = 160
"""Edits that are tried."""
READINGS = 6
"""Ways to give kinds to the symbols under which a relation is judged."""
AXES = {"vector": 1, "matrix": 2, "spd": 2, "symmetric": 2, "simplex": 1, "onehot": 1}
"""Kinds of arrays, with the number of indices of an entry."""
_OF_SHAPES = frozenset({"transpose", "order", "inverse"})
"""Slips by which shapes no longer fit."""


class _Reading(Record, frozen=True):
    """Both sides of a relation, the kinds of its symbols, and what the page says of them."""

    left: Term
    right: Term
    sorts: Mapping[str, Sort]
    facts: Facts
    used: tuple[Schema, ...]
    arrays: Mapping[str, int]
    stated: tuple[Term, Term]
    """Both sides as they were written."""


def with_page_worlds(state: State, index: int, judged: Sequence[Judged], root: Lines) -> list[Judged]:
    """The judgements of a formula; equations that are left undecided are judged in worlds of the page."""
    pairs = {j.span: pair for j, pair in open_pairs(state, index, judged, root)}
    if not pairs:
        return list(judged)
    around = surroundings(state.document, index, partial(root_of, state), first_name, all_names, labelled_names)
    out: list[Judged] = []
    for j in judged:
        found = _judged(state, index, j, pairs[j.span], around) if j.span in pairs else j
        again = isinstance(found.verdict, Refuted) and j.span in pairs and is_said_before(state, index, pairs[j.span])
        out.append(j if again else found)
    return out


def _judged(state: State, index: int, judged: Judged, pair: Pair, around: Surroundings) -> Judged:
    is_definition = isinstance(judged.verdict, NotAClaim)
    readings: list[_Reading] = []
    sides: tuple[Term, Term] | None = None
    seen: set[tuple[Term, Term]] = set()
    for notation in notations_of(state, pair):
        try:
            left, right = elaborate(pair.left, notation), elaborate(pair.right, notation)
        except Unelaborated:
            continue
        if size(left) + size(right) > LARGEST or left == right or _is_of_differentials(left, right):
            return judged
        if (left, right) in seen:
            continue
        seen.add((left, right))
        if is_definition and (best := _estimated(state, index, pair, notation, left)) is not None:
            readings += islice(_readings(state, index, pair, notation, (best, right), around), READINGS)
            continue
        sides = sides or (left, right)
        readings += islice(_readings(state, index, pair, notation, (left, right), around, is_definition), READINGS)
    if sides is not None and not readings and not is_definition:
        return _shaped(state, index, judged, pair, around)
    if not readings:
        return judged
    tried = [(r, _agreement(r, r.left, r.right)) for r in readings]
    said = [t for r, t in tried if r.facts.independent] or [t for r, t in tried]
    if all(t is True for t in said):
        free = next((r for r, t in tried if t is True and not r.facts.independent), readings[0])
        return _supported(judged, free, state)
    if not all(t is False for _, t in tried) or is_loose(state.document, index) or size(readings[0].right) > EDITED:
        return judged
    if with_wide_slashes(pair, ANY_PRODUCT) is not None or any(with_narrow_slashes(pair)):
        return judged  # how far a slash reaches is open
    if kind_of_matrix(pair, state.scope) is not None:
        return judged  # of what it is made, something may be known
    return _refuted(state, index, judged, pair, readings, around)


def _estimated(state: State, index: int, pair: Pair, notation: Notation, left: Term) -> Term | None:
    """What an estimate is: where the function of its parameter that the page gives is largest or smallest, where the
    sentence says so."""
    base = ESTIMATE.fullmatch(left.head) if isinstance(left, Ref) and not below(left) else None
    kind = extremum_said(state.document, index) if base is not None else None
    if base is None or kind is None:
        return None
    name = base["hat"] or base["star"] or base["label"]
    schemas = definitions_near(state.document, index, partial(root_of, state), pair, notation)
    found = [s for kept in schemas.values() for s in kept if s.symbol.arguments == (Ref(name),) and not s.symbol.given]
    if len(found) != 1:
        return None
    return Bind(kind, (name,), "all", (), found[0].symbol)


def _is_of_differentials(*sides: Term) -> bool:
    """Whether a d stands before a name as a factor: dx = f(x) dt."""
    products = [t for side in sides for t in walk(side) if isinstance(t, Op) and t.kind == "mul"]
    return any(a == Ref("d") for t in products for a in t.arguments[:-1])


def _readings(
    state: State, index: int, pair: Pair, notation: Notation, sides: tuple[Term, Term], around: Surroundings,
    is_definition: bool = False,
) -> Iterator[_Reading]:  # fmt: skip
    """The admissible readings of a relation under one notation: those under which both sides have a value."""
    left, right = sides
    of = partial(root_of, state)
    schemas = _but_itself(definitions_near(state.document, index, of, pair, notation), left, right)
    if is_definition and not _is_tied(left, schemas, is_concluded(state.document, index)):
        return
    both = Op("list", (left, right))
    schemas = {**said_functions(both, schemas, around.said, around.text.lower()), **schemas}
    used = used_in(both, schemas)
    laws, independent, identical = laws_near(state.document, index, of, notation)
    if not says_something(sides, used, laws):
        return
    names = {h for h, found in schemas.items() if all(s.symbol.arguments is None for s in found)}
    if any(isinstance(p, Ref) and p.arguments is not None and p.head in names for side in sides for p in walk(side)):
        return  # what has a body without arguments is no function
    bodies = [s.body for s in used]
    parameters = [t for h, law in laws.items() for t in (*law.parameters, law.mean, law.variance) if t is not None]
    uses = uses_of(sides, used)
    known = declarations_near(state.document, index, partial(root_of, state), first_name)
    defined = {s.symbol.head for s in used if not s.symbol.indices}
    terms = (left, right, *bodies, *parameters)
    random = frozenset(k.rstrip("_") for k in laws)
    for sorts in admissible(uses, known, around.said, terms, random, defined):
        arrays = {h: AXES[s.kind] for h, s in sorts.items() if h in uses.bare and s.kind in AXES}
        inside = {
            head: tuple(replace(s, body=with_entries(s.body, arrays)) for s in found) for head, found in schemas.items()
        }
        for is_independent in (True, False) if independent else (False,):
            facts = Facts(inside, laws, is_independent, identical)
            reading = _Reading(
                with_entries(left, arrays), with_entries(right, arrays), sorts, facts, used, arrays, sides
            )
            if _has_value(reading):
                yield reading


def _is_tied(left: Term, schemas: Mapping[str, tuple[Schema, ...]], is_concluded: bool) -> bool:
    """Whether the left side has a value by what was said before: g′(k) after g(k), or V once more in a conclusion."""
    if not isinstance(left, Ref):
        return bool(used_in(left, schemas))
    if left.arguments is not None and left.head.endswith("′"):
        return left.head.rstrip("′") in schemas
    return is_concluded and left.arguments is not None and any(matched(left, s) for s in schemas.get(left.head, ()))


def _but_itself(schemas: Mapping[str, tuple[Schema, ...]], left: Term, right: Term) -> Mapping[str, tuple[Schema, ...]]:
    """The definitions but for those that say what the relation says."""
    both = {left, right}
    return {
        head: kept
        for head, found in schemas.items()
        if (kept := tuple(s for s in found if not (s.symbol in both and s.body in both)))
    }


def _has_value(reading: _Reading) -> bool:
    for seed in (1, 2, 3):
        here = world(seed, reading.sorts)
        left = _value(here, reading, reading.left)
        if left is not None and (right := _value(here, reading, reading.right)) is not None:
            return _shape(left) == _shape(right)
    return False


def _shape(value: Value) -> tuple[int, ...]:
    return value.shape if hasattr(value, "shape") else ()


def _value(here: World, reading: _Reading, term: Term) -> Value | None:
    try:
        got = value_in(here, reading.facts, term)
    except (NoValue, ValueError, ArithmeticError, KeyError, IndexError, TypeError, RecursionError):
        return None
    return got if is_finite(got) else None


def _worlds(reading: _Reading) -> Iterator[World]:
    sorts = reading.sorts
    terms = (reading.left, reading.right, *(s.body for s in reading.used))
    is_open = any(isinstance(p, Bind) and p.over in ("all", "condition") for t in terms for p in walk(t))
    for ending in range(endings(sorts) if is_open else 1):
        for seed in range(1, WORLDS + 1):
            yield world(seed, sorts, ending)


def _agreement(reading: _Reading, left: Term, right: Term) -> bool | None:
    """Whether both sides are equal in all worlds (True), or apart in some (False); None where that tells nothing."""
    equal = apart = 0
    values: list[Value] = []
    for here in _worlds(reading):
        a, b = _value(here, reading, left), _value(here, reading, right)
        if a is None or b is None:
            continue
        same = close(a, b)
        equal, apart = equal + same, apart + (not same)
        values.append(a)
    if equal + apart < WORLDS - 2:
        return None
    if not apart:
        return None if all(close(values[0], v) for v in values) else True
    return False if apart > 1 else None  # two indices may be the same in some worlds


def _supported(judged: Judged, reading: _Reading, state: State) -> Judged:
    evidence = Agreement(ROUTE, WORLDS, 6, "both sides agree in random worlds of the page")
    independent = ("the variables are independent, as the page says",) if reading.facts.independent else ()
    where = (*judged.where, *_where(reading, state), *independent)
    return replace(judged, kind=Kind.CLAIM, verdict=Supported((evidence,)), where=where)


def _where(reading: _Reading, state: State) -> tuple[str, ...]:
    places = sorted(
        {
            state.document.place(state.document.formulas[s.formula].span.start).line
            for s in reading.used
            if s.formula >= 0
        }
    )
    return (f"with what line{'s' if len(places) > 1 else ''} {', '.join(map(str, places))} define",) if places else ()


def _shaped(state: State, index: int, judged: Judged, pair: Pair, around: Surroundings) -> Judged:
    """The judgement of a relation whose shapes fit in no reading: ill-shaped where one slip undone makes it hold."""
    known = declarations_near(state.document, index, partial(root_of, state), first_name)
    if not any(sort.kind == "matrix" for sort in known.values()) or is_loose(state.document, index):
        return judged
    for notation in notations_of(state, pair):
        try:
            left, right = elaborate(pair.left, notation), elaborate(pair.right, notation)
        except Unelaborated:
            continue
        arrays = uses_of((left, right)).tensors | {h for h, s in known.items() if s.kind in AXES}
        if size(left) + size(right) > EDITED or any(h not in known for h in _matrices(right) & arrays):
            continue
        for mend in (m for m in islice(mends(right), MOST) if m.kind in _OF_SHAPES):
            readings = list(islice(_readings(state, index, pair, notation, (left, mend.term), around), 2))
            if readings and all(_agreement(r, r.left, r.right) is True for r in readings):
                wrong = replace(readings[0], right=with_entries(right, readings[0].arrays))
                return _wrong(state, index, judged, pair, wrong, mend)
    return judged


def _matrices(term: Term) -> frozenset[str]:
    """The capitals of a term."""
    return frozenset(h for h in heads(term) if letter(h)[:1].isupper() and len(letter(h)) == 1)


def _plain_values(state: State, pair: Pair) -> Iterator[tuple[str, Num]]:
    """The names of a relation to which the page gives the value 0 or 1, with it."""
    for name in {name for side in (pair.left, pair.right) for name in bare_names(side)}:
        for value in {key(body) for body in bodies_of(state).get(name, ()) if is_number(body)} & {"0", "1"}:
            yield name, number(int(value))


def _is_saved(reading: _Reading, plain: tuple[str, Num]) -> bool:
    """Whether a relation may hold where a name has a value that the page gives it somewhere."""
    written, value = plain
    name = next((h for h in reading.sorts if written in (h, latex_of(h))), written)

    def put_in(term: Term) -> Term:
        return mapped(term, lambda t: value if isinstance(t, Ref) and t.head == name and t.arguments is None else t)

    parameters = [t for law in reading.facts.laws.values() for t in (*law.parameters, law.mean, law.variance) if t]
    if any(name in heads(t) for t in (*parameters, *(s.body for s in reading.used))):
        return True  # what else it would change isn't looked at
    left, right = put_in(reading.left), put_in(reading.right)
    if (left, right) == (reading.left, reading.right):
        return False
    return _agreement(reading, left, right) is not False


def _is_of_the_whole(stated: Term, mended: Term) -> bool:
    """Whether an edit changes a factor or a summand of the whole side, such as may be left out."""
    while True:
        if isinstance(stated, Bind) and isinstance(mended, Bind) and stated.kind in ("sum", "E"):
            if replace(stated, body=mended.body) != mended:
                return True
            stated, mended = stated.body, mended.body
            continue
        if not (isinstance(stated, Op) and isinstance(mended, Op) and stated.kind == mended.kind == "mul"):
            break
        shared = [p for p in stated.arguments if p in mended.arguments]
        a, b = ([p for p in t.arguments if p not in shared] for t in (stated, mended))
        if not (shared and len(a) == len(b) == 1):
            return True
        stated, mended = a[0], b[0]
    if isinstance(stated, Op) and isinstance(mended, Op) and stated.kind == mended.kind:
        if stated.kind == "add":
            return len(stated.arguments) != len(mended.arguments)
        return False
    return True


def _refuted(
    state: State, index: int, judged: Judged, pair: Pair, readings: Sequence[_Reading], around: Surroundings
) -> Judged:  # fmt: skip
    """The judgement of a relation that fails: refuted where one slip undone makes it hold."""
    left, right = readings[0].stated
    if any(_is_saved(r, plain) for plain in _plain_values(state, pair) for r in readings):
        return judged
    drops = drops_constants(state.document, index)
    again = any(s.symbol == left for s in readings[0].used)
    if again and (_is_bare(left) or not is_concluded(state.document, index)):
        return judged  # a name may be given another body: another case, or a second solution
    bound = {v for t in (left, right) for p in walk(t) if isinstance(p, Bind) for v in p.variables}
    explained = {letter(h) for h in around.mentioned | {s.symbol.head for r in readings for s in r.used}}
    if any(letter(h) not in explained for h in (heads(left) ^ heads(right)) - bound):
        return judged
    read = [r for r in readings if r.stated == readings[0].stated]
    read = [r for r in read if r.facts.independent] or read
    counts = sorted({h for h, sort in read[0].sorts.items() if sort.kind == "natural"})
    indices = sorted({h for h, sort in read[0].sorts.items() if sort.kind == "index" and h in heads(left)})
    named = spelled(canonical(left))
    for mend in islice(mends(right, counts, indices), MOST):
        if any(spelled(canonical(part)) == named for part in walk(mend.term)):
            continue  # it would only repeat what stands on the left
        if drops and _is_of_the_whole(right, mend.term):
            continue
        if all(_holds_mended(r, mend) for r in read):
            return _wrong(state, index, judged, pair, readings[0], mend)
    return judged


def _is_bare(term: Term) -> bool:
    """Whether a term is a name alone, or one at plain indices."""
    return isinstance(term, Ref) and term.arguments is None and not any(isinstance(i, Op) for i in term.indices)


def _holds_mended(reading: _Reading, mend: Mend) -> bool:
    right = with_entries(mend.term, reading.arrays)
    here = world(1, reading.sorts)
    a, b = _value(here, reading, reading.left), _value(here, reading, right)
    if a is None or b is None or not close(a, b):
        return False
    return _agreement(reading, reading.left, right) is True


def _wrong(state: State, index: int, judged: Judged, pair: Pair, reading: _Reading, mend: Mend) -> Judged:
    here = world(1, reading.sorts)
    try:
        left, right = (unfolded(side, reading.facts.schemas) for side in (reading.left, reading.right))
        plain = plain_witness(left, right, reading.sorts)
    except Ambiguous:
        plain = None
    if plain is None:
        a, b = _shown(_value(here, reading, reading.left)), _shown(_value(here, reading, reading.right))
        witness = Counterexample(ROUTE, (), a, b, f"in a random world: left {a}, right {b}", confirmed=True)
    else:
        values = tuple((latex_of(head), str(value)) for head, value in plain.values.items())
        a, b = f"{plain.known:.6g}", f"{plain.stated:.6g}"
        witness = Counterexample(ROUTE, values, a, b, f"left {a}, right {b}", confirmed=True)
    repaired = to_latex(_with_letters(mend.term))
    message = f"{UNDONE[mend.kind]}: with ${repaired}$ on the right it holds"
    formula = state.document.formulas[index]
    refuted = Refuted(witness, repair=Repair(repaired, mend.kind))
    return replace(
        judged, kind=Kind.CLAIM, verdict=refuted, rule=RULE, message=message,
        focus=span_of(formula, pair.right.start, pair.right.end), label=UNDONE[mend.kind],
        where=(*judged.where, *_where(reading, state)),
    )  # fmt: skip


def _with_letters(term: Term) -> Term:
    """The term with letters for the names that dots were given."""
    taken = heads(term)
    free = (x for x in "ijklmr" if x not in taken)
    return renamed(term, {h: next(free, h) for h in sorted(taken) if h.startswith("·")})


def _shown(value: Value | None) -> str:
    return (
        "nothing"
        if value is None
        else f"{value:.6g}"
        if isinstance(value, float | int)
        else " ".join(str(value).split())
    )
