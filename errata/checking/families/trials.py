"""Both sides of a relation at random admissible parameters of the laws in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

import sympy as sp
from flint import arb, fmpq

from claims.domains import Integer
from claims.laws import domains_of, support_of
from claims.records import Record
from errata.checking.families.order import Branches, Check, Equal, Uncovered, check_of
from errata.reading.families.notation import LawNode, law_node
from errata.reading.families.terms import Laws, Univariate, built, lower_under
from errata.reading.generic import Generic, upper_limits, whole_numbers
from errata.reading.names import key
from errata.reading.relations import Pair
from errata.reading.tree import Call, Node, walk
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined, enclose
from numerics.families.admissible import outside, point
from numerics.free_names import free_names
from numerics.valueless import valueless

LEAST = 8
"""Points at which a relation has to hold."""
APART = 4
"""Points at which it has to fail, at each of them with proven bounds, and nowhere to hold."""
MOST_TRIED = 22
"""Points that are tried until enough have a value on both sides."""
MOST_MISSES = 8
"""Points in a row without a value, after which none is expected."""
SAMPLES = 2
"""Points that are kept."""
SIZES = 4
"""Choices of whole numbers."""
LEAST_SIZE = 2
"""The least number for what counts, to be shown."""


class Environment(Record):
    """The laws that a place in a document may speak of; ``sure`` where the text leaves no doubt."""

    variables: Mapping[str, LawNode]
    labels: Mapping[str, LawNode]
    over: Mapping[str, str]
    sure: bool = True
    told: frozenset[str] = frozenset()
    """Letters of special functions that the document names."""
    unknown: bool = False
    """Whether a variable has another law besides, which is not known."""

    def laws(self) -> list[LawNode]:
        return [*self.variables.values(), *self.labels.values()]


class Sample(Record):
    """A point with the value of the left side there, and how the relation was lowered."""

    at: Mapping[sp.Symbol, fmpq]
    left: arb
    sizes: Mapping[str, int]
    laws: Laws


@dataclass(slots=True)
class Outcome:
    """What the points said under one choice of what the notation leaves open."""

    agree: int = 0
    differ: int = 0
    witness: tuple[tuple[str, str], ...] = ()
    first: tuple[Lowered, Mapping[sp.Symbol, fmpq]] | None = None
    """What the witness is made of."""
    left: str = ""
    right: str = ""
    law: str = ""
    sound: bool = True
    why_unsound: str = ""
    notes: tuple[str, ...] = ()
    open: Mapping[str, int] = field(default_factory=dict)
    kind: str = "moment"
    choice: Mapping[str, int] = field(default_factory=dict)
    uncovered: bool = False
    """Whether a case distinction said nothing at a point where it should, or a case of it never holds."""
    reached: set[int] = field(default_factory=set)
    """The cases of a distinction that held at some point."""
    solved: bool = False
    """Whether the right side was put into an equation that defines the left one."""
    samples: list[Sample] = field(default_factory=list)
    """The first points, for a quick look at a repair."""
    flat: int = 0
    """Points of those at which it holds where nothing tells either side from zero."""
    lacking: int = 0
    """Points at which the right side surely has no real value, and the left one has one."""
    pointwise: bool = False
    """Whether both sides are taken at the whole numbers that a law is over, or in the cases of a distinction, in each
    of which they must agree."""
    read: tuple[sp.Expr, sp.Expr, tuple[Univariate, ...]] | None = None
    """Both sides in free symbols and the laws in them, where they are the same for all whole numbers."""

    @property
    def agrees(self) -> bool:
        return self.agree >= LEAST and not self.differ and not self.uncovered

    @property
    def differs(self) -> bool:
        return self.differ >= APART and not self.agree

    @property
    def differs_somewhere(self) -> bool:
        """Whether the relation fails at some whole numbers or in some cases, and holds in others."""
        return self.pointwise and self.differ > 0 and self.agree > 0 and not self.uncovered


class Lowered(Record):
    """A relation in free symbols, with the laws and the whole numbers in it."""

    check: Check
    laws: Laws
    generic: Generic
    symbols: list[sp.Symbol]
    sizes: Mapping[str, int]


def outcome(
    pair: Pair, around: Environment, choice: Mapping[str, int], seed: int, least: int = LEAST, most: int = APART
) -> Outcome | None:
    """Both sides at random points, until they agree at the ``least`` or are apart at the ``most`` that are asked for;
    None where no law has a say in the relation. Raises Unlowered."""
    random = Random(f"{seed} families {sorted(key(a) for law in around.laws() for a in law.arguments)}")
    found = Outcome(choice=choice)
    misses = 0
    lowered: Lowered | None = None
    for turn in range(MOST_TRIED):
        if lowered is None or (lowered.sizes and turn % (LEAST // SIZES) == 0):
            lowered = lowered_under(pair, around, choice, random)
            if not lowered.laws.met:
                return None
            _note(found, lowered, pair)
        if _at_a_point(found, lowered, turn, random):
            misses = 0
        else:
            misses += 1
            if misses == MOST_MISSES:
                break
        if found.agree >= least or found.differ >= most or (found.agree > found.flat and found.differ):
            break
        if found.differ and not found.sound:
            break
    if found.differ:
        found.agree -= found.flat
    if found.lacking >= APART and not found.agree and not found.differ:
        found.differ = found.lacking
    if lowered is not None and isinstance(lowered.check, Branches):
        ranges = lowered.check.of_ranges(
            {*lowered.laws.places, *lowered.laws.unit, *_free(lowered.check, lowered.laws)}
        )
        found.uncovered = found.uncovered or not ranges <= found.reached
    return found


def _free(check: Branches, laws: Laws) -> set[sp.Basic]:
    """What a distinction is about that is no parameter: x in F(x²), which is not known to lie in the support."""
    return set().union(*(b.names() for b in check.branches)).difference(*(law.free_symbols for law in laws.met))


def plainly_differs(node: Node, samples: Sequence[Sample]) -> bool:
    """Whether another right side is apart from the left side at one of the points; True where it has no value."""
    for sample in samples:
        known = sample.laws
        laws = Laws(known.variables, known.labels, known.over, known.choice)
        right = lower_under(node, Generic(sample.sizes), laws)
        try:
            if isinstance(right, sp.Tuple) or not enclose(right, at=sample.at).overlaps(sample.left):
                return True
        except Undetermined:
            return True
    return not samples


def _at_a_point(found: Outcome, lowered: Lowered, turn: int, random: Random) -> bool:
    """Tallies one more point; False where it has no value."""
    laws = lowered.laws
    small, unit = frozenset(laws.small), frozenset(laws.unit)
    at = point(lowered.symbols, laws.met, laws.places, small, unit, laws.within, turn, random)
    if at is None:
        return False
    try:
        left, right = _sides(lowered, at, turn)
    except Uncovered:
        found.uncovered = True
        return False
    except Undetermined:
        _note_lack(found, lowered, at)
        return False
    if left.contains(0) != right.contains(0) and left.overlaps(right):
        return False
    if isinstance(lowered.check, Branches) and (case := lowered.check.case_at(at)) is not None:
        found.reached.add(case)
    if len(found.samples) < SAMPLES:
        found.samples.append(Sample(at, left, lowered.generic.sizes, laws))
    if left.overlaps(right):
        found.agree += 1
        found.flat += _vanish(left, right)
        return True
    if found.kind == "distribution" and not found.solved and (left == 0 or left == 1):
        return False  # F(√y) = √y is said of where F grows
    found.differ += 1
    _keep(found, lowered, at, shown(left), shown(right))
    return True


def _vanish(left: arb, right: arb) -> bool:
    """Whether nothing tells either side from zero, as far out in the tail of a law, and neither is zero for sure."""
    return all(side.contains(0) and not side.is_exact() for side in (left, right))


def _keep(found: Outcome, lowered: Lowered, at: Mapping[sp.Symbol, fmpq], left: str, right: str) -> None:
    """Keeps the first point at which the sides are apart."""
    if not found.witness and not found.left:
        point = {s: at[s] for s in lowered.symbols}
        found.witness = witness_at(lowered, point)
        found.first = (lowered, point)
        found.left, found.right = left, right
        found.law = said_laws(lowered.laws.met, lowered.laws.bound)


def witness_at(lowered: Lowered, point: Mapping[sp.Symbol, fmpq]) -> tuple[tuple[str, str], ...]:
    """The whole numbers and the values of a point, as a witness."""
    free = ((s, v) for s, v in point.items() if s not in lowered.laws.bound)
    return (*((n, str(v)) for n, v in lowered.sizes.items()), *((str(s), str(v)) for s, v in free))


def said_laws(laws: Iterable[Univariate], bound: Mapping[sp.Basic, sp.Symbol]) -> str:
    """Laws as a message names them, powers and bound variables as notes write them."""
    return ", ".join(str(law.xreplace(bound)).replace("**", "^") for law in laws)


def _note_lack(found: Outcome, lowered: Lowered, at: Mapping[sp.Symbol, fmpq]) -> None:
    """Tallies a point at which the right side has no real value, all of its names being parameters of the laws."""
    check, laws = lowered.check, lowered.laws
    if not isinstance(check, Equal) or check.solved:
        return
    known = set().union(*(law.free_symbols for law in laws.met)) | set(laws.places)
    if not check.right.free_symbols <= known or valueless(check.right, at) is None:
        return
    try:
        left = enclose(check.left, at=at)
    except Undetermined:
        return
    if len(found.samples) < SAMPLES:
        found.samples.append(Sample(at, left, lowered.generic.sizes, laws))
    found.lacking += 1
    _keep(found, lowered, at, shown(left), "no real value")


def _sides(lowered: Lowered, at: dict[sp.Symbol, fmpq], turn: int) -> tuple[arb, arb]:
    """Both sides at a point; in turn those of a case distinction outside of the support. Raises Undetermined."""
    check, places = lowered.check, lowered.laws.places
    if isinstance(check, Branches) and turn % 3 == 2 and len(places) == 1:
        ((place, law),) = places.items()
        beyond = outside(law, at, upwards=turn % 2 == 0)
        if beyond is not None:
            at[place] = beyond
            return check.outside(at, place, law)
    return check.sides(at)


def shown(ball: arb) -> str:
    return str(ball.str(8, radius=False))


def _note(found: Outcome, lowered: Lowered, pair: Pair) -> None:
    laws, generic = lowered.laws, lowered.generic
    found.solved = not isinstance(lowered.check, Equal) or lowered.check.solved
    found.open, found.notes, found.kind = dict(laws.open), tuple(sorted(laws.notes)), lowered.check.kind
    reasons = [
        "a letter may mean something else" if laws.doubtful else "",
        "it holds functions without a body" if generic.uninterpreted else "",
        "names with marks stand in it" if generic.marked else "",
        "it may speak of vectors" if generic.matrices or generic.means else "",
        lowered.check.loose,
    ]
    found.why_unsound = next((r for r in reasons if r), "")
    found.sound = not found.why_unsound
    plain = isinstance(lowered.check, Equal) and not lowered.check.solved and not lowered.sizes
    counted = isinstance(lowered.check, Equal) and any(support_of(law).whole for law in laws.places.values())
    found.pointwise = counted or isinstance(lowered.check, Branches)
    found.read = (*lowered.check.expressions(), tuple(laws.met)) if plain else None


def lowered_under(
    pair: Pair, around: Environment, choice: Mapping[str, int], random: Random, small: bool = False
) -> Lowered:
    """Both sides in free symbols, with new values for what counts, or the least that are apart. Raises Unlowered."""
    probe = Laws(around.variables, around.labels, around.over, choice)
    counted = _whole_parameters(around, probe)
    excluded = {name.lower() for name in around.variables if name.isupper()} | _other_parameters(around, pair, probe)
    counted += [n for n in whole_numbers(pair.left, pair.right)[0] if n not in counted and n not in excluded]
    sizes = {name: LEAST_SIZE + n for n, name in enumerate(reversed(counted))} if small else _sizes(counted, random)
    generic = Generic(sizes, told=around.told)
    laws = Laws(around.variables, around.labels, around.over, choice)
    check = check_of(pair, generic, laws)
    free = set().union(*map(free_names, check.expressions()))
    free |= set().union(*(law.free_symbols for law in laws.met))
    return Lowered(check, laws, generic, sorted(free, key=str), {n: s for n, s in sizes.items() if n in generic.names})


def _sizes(names: Sequence[str], random: Random) -> dict[str, int]:
    """Values for names that count, each less than the one before, as n, k and i are."""
    most = 6 + random.randint(0, 2)
    sizes = {}
    for name in names:
        sizes[name] = most
        most = max(most - random.randint(1, 2), 1)
    return sizes


def _whole_parameters(around: Environment, laws: Laws) -> list[str]:
    """The names that are whole-numbered parameters of a law, as n of Bin(n, p)."""
    found: list[str] = []
    for law in _built(around.laws(), laws):
        ends = _named(law, whole=True)
        found += [n for n in (reversed(ends) if len(ends) > 1 else ends) if n not in found]
    return found


def _other_parameters(around: Environment, pair: Pair, laws: Laws) -> set[str]:
    """The names that are parameters of a law, and need not be whole numbers, as p of Bin(n, p): none of them counts,
    though by a slip it may stand in a binomial coefficient."""
    calls = (n for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Call))
    written = (law for call in calls if (law := law_node(call)) is not None)
    every = list(_built((*around.laws(), *written), laws))
    whole = {name for law in every for name in _named(law, whole=True)}
    return (
        {name for law in every for name in _named(law, whole=False)} - whole - set(upper_limits(pair.left, pair.right))
    )


def _built(nodes: Iterable[LawNode], laws: Laws) -> Iterator[Univariate]:
    for node in nodes:
        try:
            yield built(node, Generic({}), laws)
        except (Unlowered, TypeError, ValueError):
            continue


def _named(law: Univariate, whole: bool) -> list[str]:
    """The parameters of a law that are names, those that are whole numbers or the other ones."""
    return [
        str(argument) for argument, domain in domains_of(law)
        if isinstance(domain, Integer) is whole and isinstance(argument, sp.Symbol)
    ]  # fmt: skip
