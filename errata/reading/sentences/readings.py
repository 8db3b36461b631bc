"""The ways to read a relation as two sentences about abstract laws, likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache

from flint import fmpq

from claims.records import Record, field, replace
from claims.sentences import (
    Bound,
    Covariance,
    CrossEntropy,
    Density,
    Divergence,
    Entropy,
    Expectation,
    Extremum,
    MutualInformation,
    Occurs,
    Part,
    Probability,
    Sentence,
    Slope,
    Total,
    Unknown,
    free_names,
    parts,
)
from errata.reading.names import is_name, key
from errata.reading.sentences.capitals import over_capitals
from errata.reading.sentences.cases import over_cases
from errata.reading.sentences.heads import DEFAULT, bare, letter
from errata.reading.sentences.layers import Layers
from errata.reading.sentences.lists import SIZE, sizes_of
from errata.reading.sentences.products import TIGHT, tightened
from errata.reading.sentences.reach import NARROW, narrowed
from errata.reading.sentences.reader import Family, Reader
from errata.reading.sentences.survey import Survey, averaged_alone, surveyed
from errata.reading.tree import Big, Call, Chain, Function, Node, Script, walk
from errata.reading.vectors import Unlowered

MOST_MEMBERS = 6
"""Members of a family y_i that a sum may be written out for."""
PROBABILISTIC = (
    Density, Probability, Expectation, Covariance, Divergence, CrossEntropy, Entropy, MutualInformation,
)  # fmt: skip


class Read(Record):
    """Two sentences, and what they speak about.

    ``condition`` says what this reading takes for granted; None for the first. ``doubtful`` holds names and functions
    of which something is known that the sentences don't hold.
    """

    left: Sentence
    right: Sentence
    laws: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    counted: frozenset[str]
    events: frozenset[str]
    whole: frozenset[str]
    positive: bool
    condition: str | None
    doubtful: frozenset[str]
    unknown: frozenset[str]
    codomains: Mapping[str, str]
    required: Mapping[str, tuple[Fraction, ...]]
    moved: frozenset[str]
    """Variables over which something is made as large or as small as possible."""
    bounds: Mapping[str, tuple[fmpq | None, fmpq | None]] = field(default_factory=dict)
    """Between what the page says that free numbers are."""
    informed: frozenset[str] = frozenset()
    """Variables that are counted for no other reason than that an entropy H is of them."""

    @property
    def variables(self) -> frozenset[str]:
        """The variables of all laws."""
        return frozenset(v for vs in self.laws.values() for v in vs)


def readings(
    left: Node, right: Node, letters: Iterable[str] = (), layers: Layers | None = None
) -> tuple[Read, ...]:  # fmt: skip
    """The readings of a relation that speaks of laws. Raises Unlowered where there is none.

    ``layers`` says of composed laws what their letters mean without arguments. Where nothing in its expectations is
    written as a random variable, what stands alone in one is taken for random, and each reading says so. A logarithm
    of a product of laws without brackets may be of the first one only. A sum over x of what has X in its place is one
    over the values of X.
    """
    if layers is not None:
        return _every(left, right, letters, layers)
    found = _remembered(left, right, frozenset(letters))
    if isinstance(found, Unlowered):
        raise Unlowered(str(found))
    return found


def first_reading(left: Node, right: Node, letters: Iterable[str] = ()) -> Read:
    """The first of the readings, without those that take something else for granted. Raises Unlowered."""
    return _as_written(*over_cases(over_capitals(left), over_capitals(right)), letters, None)[0]


@lru_cache(maxsize=256)
def _remembered(left: Node, right: Node, letters: frozenset[str]) -> tuple[Read, ...] | Unlowered:
    """The same, or why there are none; remembered, since every judge of laws begins with it."""
    try:
        return _every(left, right, letters, None)
    except Unlowered as why:
        return Unlowered(str(why))


def _every(left: Node, right: Node, letters: Iterable[str], layers: Layers | None) -> tuple[Read, ...]:
    left, right = over_cases(over_capitals(left), over_capitals(right))
    found = _as_written(left, right, letters, layers)
    a, b = tightened(left), tightened(right)
    if a is not left or b is not right:
        found = (*found, *_taking(TIGHT, _as_written(a, b, letters, layers)))
    a, b = narrowed(left), narrowed(right)
    if a is left and b is right:
        return found
    try:
        narrow = _as_written(a, b, letters, layers)
    except Unlowered:
        return found
    return (*found, *_taking(NARROW, narrow))


def _taking(condition: str, reads: Iterable[Read]) -> tuple[Read, ...]:
    """Readings that take something for granted."""
    return tuple(replace(read, condition="; ".join(filter(None, (read.condition, condition)))) for read in reads)


def _as_written(left: Node, right: Node, letters: Iterable[str], layers: Layers | None) -> tuple[Read, ...]:
    survey = surveyed((left, right), letters)
    try:
        return _readings(left, right, survey, None, layers)
    except Unlowered:
        if layers is not None:
            raise
        alone = averaged_alone((left, right), survey)
        if not alone:
            raise
        members = {f"{n[:-1]}{k}" for n in alone if n[-2:-1] == "_" and n[-1].isalpha() for k in range(1, MOST_MEMBERS)}
        survey.random |= alone.keys() | members
        survey.variables |= {*alone.values(), *map(str.lower, members)}
        return _readings(left, right, survey, f"{', '.join(sorted(alone))} random")


def _readings(
    left: Node, right: Node, survey: Survey, supposed: str | None, layers: Layers | None = None
) -> tuple[Read, ...]:  # fmt: skip
    """The readings by what a survey has found; ``supposed`` is the condition of each."""
    sizes = _sizes((left, right))
    survey.variables -= {name.lower() for name in sizes}
    survey.random -= set(sizes)
    out: list[Read] = []
    why: Unlowered | None = None
    for same, family, condition in _choices(survey):
        reader = Reader(survey, same, sizes, family, based=not _open_base((left, right)), layers=layers)
        try:
            stated = "; ".join(c for c in (supposed, condition if out else None) if c)
            read = _read(reader, left, right, stated or None)
        except Unlowered as reason:
            why = why or reason
            continue
        if not any((r.left, r.right) == (read.left, read.right) for r in out):
            out.append(read)
    if not out:
        raise why or Unlowered("no sentence of probability")
    return tuple(out)


def _read(reader: Reader, left: Node, right: Node, condition: str | None) -> Read:
    a, b = reader.of(left, {}), reader.of(right, {})
    a, b = (reader.of(left, {}), reader.of(right, {})) if reader.counts else (a, b)
    everything = [*parts(a), *parts(b)]
    _check_extrema(a, b, reader)
    _check_slopes(everything)
    if any(isinstance(p, Density) and len({x.variable for x in p.at}) < len(p.at) for p in everything):
        raise Unlowered("a joint law of a variable with itself")
    if not any(isinstance(p, PROBABILISTIC) for p in everything):
        raise Unlowered("nothing in it speaks of a law")
    if _names_a_link(a, b):
        raise Unlowered("it says that two variables go together, which nothing else does")
    free = free_names(a) | free_names(b)
    names = {n: v for n in sorted(free) if (v := reader.name_of(n)) is not None}
    laws = _laws(everything)
    used = {v for vs in laws.values() for v in vs}
    if loose := sorted(n for n in names if n in reader.factors):
        raise Unlowered(f"{loose[0]} is a constant with a capital letter, or a random variable outside of any law")
    if len(reader.bases) > 1 and not reader.based:
        raise Unlowered("logarithms of several bases")
    if reader.integrated & reader.counted:
        raise Unlowered("a variable that is both summed and integrated over")
    names = {n: v for n, v in names.items() if v in used or any(_binds(p, v) for p in everything)}
    events = frozenset(p.variable for p in everything if isinstance(p, Occurs))
    informed = frozenset(reader.informed - reader.counted - reader.integrated)
    return Read(
        a, b, laws, names, frozenset(reader.counted | informed), events,
        frozenset(reader.whole), reader.positive, condition, frozenset(reader.marked), frozenset(reader.unknown),
        dict(reader.codomains), {v: tuple(sorted(xs)) for v, xs in reader.required.items()},
        frozenset(b.variable for p in everything if isinstance(p, Extremum) for b in p.over), informed=informed,
    )  # fmt: skip


def _names_a_link(left: Sentence, right: Sentence) -> bool:
    """Whether both sides are the same law, of variables that the other side has not: p(C_k | x) = p(z_k = 1 | x)."""
    if not isinstance(left, Density | Probability) or not isinstance(right, Density | Probability):
        return False
    return left.law == right.law and not _heads(left) & _heads(right)


def _heads(side: Density | Probability) -> frozenset[str]:
    """The variables of which it is the law, without those that it is given."""
    if isinstance(side, Density):
        return frozenset(p.variable for p in side.at)
    named = {p.variable for p in parts(side.event) if isinstance(p, Occurs)}
    return frozenset(named | {b.variable for b in side.over})


def _check_extrema(left: Sentence, right: Sentence, reader: Reader) -> None:
    """An extremum is a whole side, and no law that it moves is drawn from. Raises Unlowered."""
    inside = sum(isinstance(p, Extremum) for side in (left, right) for p in parts(side))
    if inside != isinstance(left, Extremum) + isinstance(right, Extremum):
        raise Unlowered("an extremum inside of an expression")
    for side in (left, right):
        if isinstance(side, Extremum) and not {b.name for b in side.over} <= free_names(side.body):
            raise Unlowered("an extremum over what does not occur")
    for part in (p for side in (left, right) for p in parts(side)):
        if isinstance(part, Expectation | Covariance) and reader.moved(part.law):
            raise Unlowered("a draw from a law that is moved")


def _open_base(roots: Sequence[Node]) -> bool:
    """Whether all logarithms have the same base, a letter: the base of the entropies too, whatever it is."""
    bases = {
        key(node.head.sub) if isinstance(node.head, Script) and node.head.sub is not None else ""
        for root in roots
        for node in walk(root)
        if isinstance(node, Function | Call) and letter(node.head)[0] in ("log", "ln")
    }
    return len(bases) == 1 and all(base.isalpha() and base != "e" for base in bases)


def _binds(part: Part, variable: str) -> bool:
    return isinstance(part, Bound) and part.variable == variable


def _check_slopes(everything: Sequence[Part]) -> None:
    """Something must depend on the number that a derivative is taken in. Raises Unlowered."""
    moved = {p.by for p in everything if isinstance(p, Slope)}
    subscripts = {
        name.partition("_")[2]
        for p in everything
        for name in ((p.law,) if isinstance(p, Density | Expectation) else (p.name,) if isinstance(p, Unknown) else ())
    }
    if moved - subscripts:
        raise Unlowered("a derivative in a number that nothing depends on")


def _laws(everything: Sequence[Part]) -> dict[str, tuple[str, ...]]:
    """The variables of each law."""
    out: dict[str, set[str]] = {}
    for part in everything:
        for law, variables in _mentions(part):
            out.setdefault(law, set()).update(variables)
    return {law: tuple(sorted(variables)) for law, variables in sorted(out.items())}


def _mentions(part: Part) -> Iterator[tuple[str, Iterable[str]]]:
    match part:
        case Density(law=law, at=at, given=given):
            yield law, [p.variable for p in (*at, *given)]
        case Expectation(law=law, over=over, given=given) | Covariance(law=law, over=over, given=given):
            yield law, [*(b.variable for b in over), *(p.variable for p in given)]
        case Probability(law=law, over=over):
            yield law, [b.variable for b in over]
        case Entropy(law=law, of=of, given=given, at=at):
            yield law, [*of, *given, *(p.variable for p in at)]
        case MutualInformation(law=law, left=left, right=right, given=given):
            yield law, [*left, *right, *given]
        case Total():
            return


def _choices(survey: Survey) -> Iterator[tuple[dict[str, str], Family, str]]:
    """Which laws may be the same, and whether sums over a family are written out."""
    merges = _merges(survey)
    families: tuple[Family, ...] = tuple(Family) if survey.families else (Family.VALUES,)
    if survey.multiplied or (survey.families and survey.moved):
        families = (Family.SAMPLE, Family.VARIABLES)  # what is best for all values at once hardly depends on how
    for family in families:
        for same, condition in merges:
            yield same, family, condition if family is Family.VALUES else family.value


def _merges(survey: Survey) -> list[tuple[dict[str, str], str]]:
    """p_θ and p as one law where they are laws of different things, and as two; in the other order where they meet."""
    apart: tuple[dict[str, str], str] = ({}, "laws with different subscripts are different laws")
    groups: dict[str, list[str]] = {}
    for law in survey.usages:
        groups.setdefault(law[:1], []).append(law)
    same = {law: first[:1] for first, laws in groups.items() if first in laws for law in laws if _is_parameter(law)}
    same = {law: to for law, to in same.items() if law != to}
    if not same:
        return [apart]
    together = (same, "the subscript of a law only names its parameters: " + ", ".join(sorted(same)))
    meet = any({u.head for u in survey.usages[law]} & {u.head for u in survey.usages[to]} for law, to in same.items())
    return [apart, together] if meet else [together, apart]


def _is_parameter(law: str) -> bool:
    """Whether the subscript of a law is a Greek letter, so that it may only name parameters."""
    return len(law) > 2 and law[1] == "_" and law[2] == "\\" and "text" not in law and "mathrm" not in law


def _sizes(roots: Sequence[Node]) -> dict[str, int]:
    """Names that limit sums, products and lists with dots."""
    out: dict[str, int] = {}
    for root in roots:
        for node in walk(root):
            if isinstance(node, Big) and isinstance(node.head, Script) and node.head.sup is not None:
                sub = bare(node.head.sub) if node.head.sub is not None else None
                high = bare(node.head.sup)
                if isinstance(sub, Chain) and is_name(high) and key(high) != "∞":
                    out[key(high)] = SIZE
    listed = sizes_of(roots)
    largest = max(listed.values(), default=SIZE)
    return dict.fromkeys({**out, **listed}, largest)


__all__ = ["DEFAULT", "Read", "readings"]
