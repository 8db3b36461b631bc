"""Judges a relation between expressions in free symbols: an identity holds for all values of its names, or it doesn't.

A step of a derivation may use what the document said elsewhere, so a failure counts only where nothing outside the
relation can save it: the same names on both sides, no function without a body, no name with a hat, no condition or
definition in the document about these names that the step could have used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

import sympy as sp

from claims.evidence import Agreement, Counterexample, Inconclusive
from claims.records import Record, replace
from claims.verdict import Repair, Tried, Undecided, Verdict, decide
from errata.checking.families.spoken import last_sentence
from errata.checking.judgement import ANYTHING
from errata.checking.kinds import derives, has_names, is_number, speaks_of_solving
from errata.reading.endpoints import differentials_in, names_elsewhere
from errata.reading.generic import Generic, counted_families, spans, upper_limits, whole_numbers
from errata.reading.relations import Pair, Stated
from errata.reading.sides import lower_side
from errata.reading.tree import Big, Node, walk
from errata.reading.vectors import Unlowered
from numerics.free_names import free_names
from numerics.identity import WHOLE, Bounds, Tally, apart_at_once, is_constant, keep_a_ratio, plainly, tallies
from numerics.rational_functions import proved_equal

SIZES = (
    (5, 3, 2, 4), (4, 2, 3, 5), (6, 3, 2, 1), (3, 1, 2, 4), (7, 4, 2, 3), (6, 2, 4, 3), (8, 5, 3, 2), (5, 2, 1, 3),
    (4, 3, 1, 2), (3, 2, 1, 4),
)  # fmt: skip
"""What whole numbers stand for, in turn: limits of sums and names in factorials, the first one largest."""
TURNS = 2
"""Choices of sizes that are tried where other names take random values too."""
INDICES = (2, 1, 3)
"""What names stand for that are indices, one more in each turn: they may be quantities as well."""
ENOUGH_APART = 4
"""Points at which the sides must differ, where they agree at none: each of them shows it, but for a domain misread."""
MOST_MISSES = 40
"""Points without a value after which no more are looked for, where the sides have one at few points only."""
MOST_BY_CHANCE, LEAST_APART = 3, 6
"""Choices of whole numbers at which sides may agree by chance, and at which they then have to differ."""
LEAST_BESIDE = 7
"""Points at which sides of other names have to differ, for each one at which they agree."""
EMPTY = (0, 1)
"""Sizes at which sums and products may be empty."""
NOTHING: Mapping[str, int] = MappingProxyType({})
BY_DEFINITIONS = "with the definitions that the document gives"
WHERE_FINITE = "where the limits are finite"


class Trial(Record):
    """The points of a relation under one choice of sizes, and what the sides were made of."""

    tallies: tuple[Tally, ...]
    generic: Generic
    left: frozenset[str]
    right: frozenset[str]
    left_side: sp.Basic
    right_side: sp.Basic
    means: Mapping[sp.Symbol, Sequence[sp.Symbol]]
    bounds: Bounds | None = None
    limits_on_one_side: bool = False

    @property
    def hopeless(self) -> bool:
        """Whether the sides differ, but something outside the relation may save them: nothing more can be learnt."""
        open_ = self.generic.products or self.generic.interpreted or not self.generic.symbols
        return not open_ and self.tallies[0].differ > 0 and not _sound([self])

    @property
    def apart(self) -> bool:
        """Whether the sides differ at a point, and can be read in one way only."""
        one_way = not self.generic.products and not self.generic.interpreted
        return one_way and any(t.differ for t in self.tallies)


class Found(Record):
    """A verdict on an identity; ``sound`` says that nothing outside the relation could save it.

    ``known`` says that both sides are made of known functions of numbers only; ``closed`` that their names are the same
    besides, so that the relation is an identity or a condition on these names.
    """

    verdict: Verdict
    where: tuple[str, ...]
    sound: bool
    message: str | None = None
    known: bool = False
    closed: bool = False
    sides: tuple[sp.Expr, sp.Expr] | None = None
    """Both sides in free symbols, where they hold for all values of these and stand for nothing else."""
    bars: frozenset[str] = frozenset()
    """Names with a bar, taken for the means of their families: nothing but another meaning of these could save it, and
    no product sign whose reach is open."""


def judge_identity(
    pair: Pair, definitions: Mapping[str, Node], seed: int, repair: Repair | None = None, bounds: Bounds | None = None
) -> Found:
    """The verdict on ``left = right`` for all values of its names within ``bounds``. Raises Unlowered."""
    trials = _trials(pair, {}, seed, bounds)
    if definitions and not _all_agree(trials):
        unfolded = _trials(pair, definitions, seed, bounds)
        vanished = _all_agree(unfolded) and _tells_nothing(pair, unfolded, seed)
        if _all_agree(unfolded) and not vanished:
            return _agreed(unfolded, BY_DEFINITIONS)
        if vanished and _all_differ(trials):  # as two multiples of a slope do at the mode: only a slip can tell
            return replace(_differed(trials, repair), sound=False)
        if not unfolded[0].hopeless and not _all_differ(unfolded):
            return Found(Undecided((), "it depends on definitions elsewhere"), (), False)
    if _all_agree(trials):
        found = _agreed(trials, None)
        return replace(found, where=(*found.where, *_least(pair, trials[0], seed)))
    if trials[0].hopeless or _all_differ(trials):
        return _differed(trials, repair)
    if _agree_by_chance(trials):
        return replace(_differed(trials, repair), sound=False)
    kinds = _kinds_that_agree(trials)
    if kinds:
        return _agreed(trials, f"for {kinds[0]}")
    if trials[0].limits_on_one_side and _all_agree(trials, where_finite=True):
        return _agreed(trials, WHERE_FINITE)
    return Found(Undecided((), "the sides agree at some points and differ at others"), (), False)


def is_step(pair: Pair, chain: Stated, prose: str) -> bool:
    """Whether a pair is a step of a calculation, so that the two sides are equal or a mistake was made.

    The head of a chain may define; what follows or precedes ⇒ may be an equation; after "setting to zero" both sides
    may have been scaled, unless the chain only works out what is set to zero, and no side is a multiple of the other.
    """
    if pair.position == 0:
        return False
    if may_be_identity(pair, chain, prose):
        return True
    worked_out = derives(chain.chain, prose) or _is_within_a_calculation(pair, chain, prose)
    return worked_out and may_be_identity(pair, chain, "") and not _may_be_scaled(pair)


def _is_within_a_calculation(pair: Pair, chain: Stated, prose: str) -> bool:
    """Whether a step has one before it in its chain, no member of which is a number, and what the text sets to zero or
    solves is of another sentence than the one that leads to it."""
    numbers = any(is_number(item) for item in chain.chain.items)
    return pair.position > 0 and not numbers and not speaks_of_solving(last_sentence(prose))


def _may_be_scaled(pair: Pair) -> bool:
    """Whether one side may be a number times the other one, as far as points tell."""
    try:
        sides = lowered(pair)
    except Unlowered:
        return True
    return keep_a_ratio(sides.left, sides.right, sides.symbols)


def may_be_identity(pair: Pair, chain: Stated, prose: str) -> bool:
    """Whether nothing says that a relation is an equation to be solved, or part of one."""
    if chain.implies or chain.concluded or is_number(pair.left) or is_number(pair.right):
        return False
    return not speaks_of_solving(prose) and not speaks_of_solving(chain.before)


def plainly_differs(pair: Pair, seed: int) -> bool:
    """Whether the sides are apart at the very first point: a quick look before all of them are tried."""
    lowered = _lowered(pair, {}, 0, False)
    return apart_at_once(lowered.left, lowered.right, lowered.symbols, lowered.means, seed)


def _trials(
    pair: Pair, definitions: Mapping[str, Node], seed: int, bounds: Bounds | None, supporting: bool = False
) -> list[Trial]:
    """Both sides in all sizes; where the reach of a ∏ matters and the wide one fails, with the tight one.

    Where all that is asked is support, the first sizes are enough if the sides are apart in them.
    """
    trials = [_trial(pair, definitions, 0, seed, False, bounds)]
    if trials[0].hopeless or (supporting and trials[0].apart):
        return trials
    trials += [_trial(pair, definitions, n, seed, False, bounds) for n in range(1, TURNS)]
    if len(trials[0].tallies) == 1:
        trials += [_trial(pair, definitions, n, seed, False, bounds) for n in range(TURNS, len(SIZES))]
    if any(t.generic.interpreted for t in trials) and not _all_agree(trials) and not _all_differ(trials):
        closed = [_trial(pair, definitions, n, seed, False, bounds, opaque=True) for n in range(len(trials))]
        told = _all_agree(closed) or (
            _all_differ(closed) and not any(t.agree for trial in trials for t in trial.tallies)
        )
        return closed if told else trials
    if not any(t.generic.products for t in trials) or _all_agree(trials):
        return trials
    tight = [_trial(pair, definitions, n, seed, True, bounds) for n in range(len(trials))]
    return tight if _all_agree(tight) or not _all_differ(tight) else trials


class Lowered(Record):
    """Both sides in free symbols, with what was met on the way."""

    left: sp.Basic
    right: sp.Basic
    symbols: list[sp.Symbol]
    means: Mapping[sp.Symbol, list[sp.Symbol]]
    generic: Generic
    left_names: frozenset[str]
    limits_on_one_side: bool


def _least(pair: Pair, trial: Trial, seed: int) -> tuple[str, ...]:
    """From which size on the sums of a relation that agrees may run: an empty one may be none of those meant."""
    out: list[str] = []
    if trial.generic.means:  # of no number at all there is no mean
        return ()
    for name in upper_limits(pair.left, pair.right):
        fails = [size for size in EMPTY if name in trial.generic.sizes and _fails_with(pair, name, size, seed)]
        out += [f"{name} ≥ {max(fails) + 1}"] if fails else []
    return tuple(out)


def _fails_with(pair: Pair, name: str, size: int, seed: int) -> bool:
    """Whether the sides have values that differ where a name has a small size."""
    try:
        tried = _with_definitions((pair.left, pair.right), {}, 0, False, False, {name: size})
    except (Unlowered, ZeroDivisionError):  # a mean of no numbers, say
        return False
    return apart_at_once(tried.left, tried.right, tried.symbols, tried.means, seed)


def lowered(pair: Pair, turn: int = 0, tight: bool = False, fixed: Mapping[str, int] = NOTHING) -> Lowered:
    """Both sides of a relation as it stands, in one choice of sizes; ``tight`` says that a product reaches no further
    than its index, and ``fixed`` are sizes that are given. Raises Unlowered."""
    return _with_definitions((pair.left, pair.right), {}, turn, tight, False, fixed)


def _lowered(pair: Pair, definitions: Mapping[str, Node], turn: int, tight: bool, opaque: bool = False) -> Lowered:
    if definitions:
        return _with_definitions((pair.left, pair.right), definitions, turn, tight, opaque)
    return _as_it_stands(pair.left, pair.right, turn, tight, opaque)


@lru_cache(maxsize=256)
def _as_it_stands(left: Node, right: Node, turn: int, tight: bool, opaque: bool) -> Lowered:
    """Both sides without any definition; remembered, as a quick look comes before each thorough one."""
    return _with_definitions((left, right), {}, turn, tight, opaque)


def _with_definitions(
    sides: tuple[Node, Node],
    definitions: Mapping[str, Node],
    turn: int,
    tight: bool,
    opaque: bool,
    fixed: Mapping[str, int] = NOTHING,
) -> Lowered:
    generic = _generic(sides, definitions, turn, tight, opaque)
    generic.sizes = {**generic.sizes, **fixed}
    left = lower_side(sides[0], generic)
    left_names, generic.names = frozenset(generic.names), set()
    left_approached, generic.approached = generic.approached, False
    right = lower_side(sides[1], generic)
    one_sided, generic.approached = generic.approached is not left_approached, generic.approached or left_approached
    if isinstance(left, sp.Tuple) or isinstance(right, sp.Tuple):
        raise Unlowered("vectors of symbols are read but not judged yet")
    means = {
        generic.symbols[bar]: [s for name, s in generic.symbols.items() if name.startswith(f"{base}[")]
        for bar, base in generic.means.items()
        if bar in generic.symbols
    }
    for bar, start in generic.member_means.items():
        means[sp.Symbol(bar, real=True)] = [s for name, s in generic.symbols.items() if name.startswith(start)]
    summed = any(isinstance(n, Big) for side in (*sides, *definitions.values()) for n in walk(side))
    means = {bar: _with_others(bar, members, summed) for bar, members in means.items()}
    if generic.counted & set(generic.symbols) or generic.counted & set(generic.sizes):
        generic.marked.update(generic.counted)
    symbols = sorted({*free_names(left), *free_names(right), *(m for ms in means.values() for m in ms)}, key=_name_of)
    return Lowered(left, right, symbols, {b: m for b, m in means.items() if m}, generic, left_names, one_sided)


def _name_of(symbol: sp.Symbol) -> str:
    """Its text; a printer takes ten times as long."""
    return symbol.name if symbol.__class__ is sp.Symbol else str(symbol)


def _with_others(bar: sp.Symbol, members: list[sp.Symbol], summed: bool) -> list[sp.Symbol]:
    """The members of a family with one that isn't met, where no sum runs over all of them: x̄ beside x_i alone."""
    if not members or (len(members) > 1 and summed):
        return members
    return [*members, sp.Symbol(f"{bar}[others]", real=True)]


def sizes_in(turn: int, *nodes: Node) -> dict[str, int]:
    """What the whole numbers of formulas stand for in a turn: limits of sums and names in factorials, and indices.

    Turns beyond those of ``SIZES`` are the same with limits that fall or rise in the order in which they are met.
    """
    limits, indices = whole_numbers(*nodes)
    order, turn = divmod(turn, len(SIZES))
    values = SIZES[turn] if order == 0 else sorted(SIZES[turn][: len(limits)], reverse=order == 1)
    sizes = {name: values[i % len(values)] for i, name in enumerate(limits)}
    for low, high in (span for node in nodes for span in spans(node)):
        if low in sizes and high in sizes and sizes[low] > sizes[high]:  # an empty sum says nothing of its summand
            sizes[low], sizes[high] = sizes[high], sizes[low]
    return sizes | {name: INDICES[i % len(INDICES)] + turn for i, name in enumerate(indices)}


def _generic(
    sides: tuple[Node, Node], definitions: Mapping[str, Node], turn: int, tight: bool, opaque: bool
) -> Generic:
    """What both sides share before either is read, with the whole numbers of a turn."""
    bodies = (*sides, *definitions.values())
    return Generic(
        sizes_in(turn, *bodies), definitions, tight_products=tight, opaque=opaque,
        differentials=differentials_in(*bodies), elsewhere=names_elsewhere(*bodies), counted=counted_families(*bodies),
    )  # fmt: skip


def _trial(
    pair: Pair,
    definitions: Mapping[str, Node],
    turn: int,
    seed: int,
    tight: bool,
    bounds: Bounds | None,
    opaque: bool = False,
) -> Trial:
    """Both sides in the sizes of a turn; in another order of these where they have no value, as (n - k)! has none for
    k > n."""

    def tried(turn: int) -> Trial:
        return _of_lowered(_lowered(pair, definitions, turn, tight, opaque), seed + turn, bounds)

    first = tried(turn)
    if len(first.generic.sizes) < 2 or any(t.agree or t.differ or t.lopsided for t in first.tallies):
        return first
    others = (tried(turn + order * len(SIZES)) for order in (1, 2))
    return next((t for t in others if any(one.agree or one.differ for one in t.tallies)), first)


def _of_lowered(lowered: Lowered, seed: int, bounds: Bounds | None) -> Trial:
    generic, names = lowered.generic, frozenset(lowered.generic.names)
    sides = (lowered.left_names, names, lowered.left, lowered.right, lowered.means)
    trial = Trial((), generic, *sides, bounds, lowered.limits_on_one_side)
    open_ = not _sound([trial]) and not generic.products and not generic.interpreted
    found = tallies(
        lowered.left, lowered.right, lowered.symbols, lowered.means, seed, bounds, generic.approached, open_
    )  # fmt: skip
    if not open_ and _hardly_has_values(lowered, found):
        found = tallies(
            lowered.left, lowered.right, lowered.symbols, lowered.means, seed, bounds, misses=MOST_MISSES
        )  # fmt: skip
    return replace(trial, tallies=found)


def _hardly_has_values(lowered: Lowered, found: tuple[Tally, ...]) -> bool:
    """Whether the sides have values at few of the points, as (-t)^{1/4} √a has, and agree at none."""
    if not lowered.symbols or any(t.agree for t in found) or not 0 < sum(t.differ for t in found) < ENOUGH_APART:
        return False
    return not lowered.generic.approached and not lowered.left.has(sp.Integral) and not lowered.right.has(sp.Integral)


def _all_agree(trials: list[Trial], where_finite: bool = False) -> bool:
    """Whether the sides agree at enough points and differ at none; at points where one of them has no limit, too,
    unless only ``where_finite`` is asked."""
    tallied = [t for trial in trials for t in trial.tallies]
    lopsided = not where_finite and any(t.lopsided for t in tallied)
    return sum(t.agree for t in tallied) >= 8 and not lopsided and not any(t.differ for t in tallied)


def _all_differ(trials: list[Trial]) -> bool:
    tallied = [t for trial in trials for t in trial.tallies]
    return sum(t.differ for t in tallied) >= ENOUGH_APART and not any(t.agree for t in tallied)


def _agree_by_chance(trials: list[Trial]) -> bool:
    """Whether sides made of whole numbers alone differ at nearly all choices of these: x² is x for x = 1. So do others
    at all points but a few, where they are too small to be told apart."""
    tallied = [t for trial in trials for t in trial.tallies]
    agree, differ = sum(t.agree for t in tallied), sum(t.differ for t in tallied)
    least = LEAST_APART if all(t.kind == WHOLE.name for t in tallied) else LEAST_BESIDE * agree
    return 0 < agree <= MOST_BY_CHANCE and differ >= least


def _kinds_that_agree(trials: list[Trial]) -> list[str]:
    names = [t.kind for t in min((trial.tallies for trial in trials), key=len)]
    out = []
    for i, name in enumerate(names):
        column = [trial.tallies[i] for trial in trials]
        if sum(t.agree for t in column) >= 8 and not any(t.differ or t.lopsided for t in column):
            out.append(name)
    return out


def _agreed(trials: list[Trial], condition: str | None) -> Found:
    points = sum(t.agree for trial in trials for t in trial.tallies)
    if any(trial.generic.matrices for trial in trials):
        evidence = (Inconclusive("points", f"it holds at {points} points in dimension one"),)
        return Found(Undecided(evidence, "it holds in dimension one; higher dimensions are not judged yet"), (), False)
    digits = 10 if any(trial.generic.interpreted for trial in trials) else 38
    trial = trials[0]
    sized = bool(trial.generic.sizes)
    detail = f"{points} random points" + (", whole numbers of two sizes" if sized else "")
    by = Agreement("points", points, digits, detail)
    general = None if sized or condition is not None else proved_equal(trial.left_side, trial.right_side)
    tried = Tried(condition, (by,) if general is None else (general, by))
    plain = condition is None and not sized and not trial.generic.uninterpreted and not trial.generic.means
    plain = plain and not trial.generic.inner
    sides = (trial.left_side, trial.right_side) if plain else None
    return Found(decide([tried]), _assumed(trial.generic), True, sides=sides)


def judge_unfolded(
    pair: Pair,
    definitions: Mapping[str, Node],
    seed: int,
    bounds: Bounds | None = None,
    asked: Pair | None = None,
) -> Found | None:
    """The support of a relation once definitions are put in; None where a first look shows that there is none.

    ``asked`` is the relation as it stands, where something has been put in already. Raises Unlowered.
    """
    lowered = _lowered(pair, definitions, 0, False)
    if apart_at_once(lowered.left, lowered.right, lowered.symbols, lowered.means, seed):
        return None
    trials = _trials(pair, definitions, seed, bounds, supporting=True)
    if not _all_agree(trials) or _tells_nothing(asked or pair, trials, seed):
        return None
    return _agreed(trials, BY_DEFINITIONS)


def _tells_nothing(pair: Pair, trials: Sequence[Trial], seed: int) -> bool:
    """Whether what is put in makes one constant of both sides, which both have names as they stand: at the mode of a
    density every multiple of its slope is zero."""
    if not (has_names(pair.left) and has_names(pair.right)):
        return False
    return is_constant([t.left_side for t in trials], seed) and is_constant([t.right_side for t in trials], seed)


def _counterexample(trials: list[Trial]) -> Counterexample:
    """The first point at which the sides are apart, or a plainer one."""
    trial, first = next((one, t.first) for one in trials for t in one.tallies if t.first is not None)
    if not trial.generic.approached:
        first = plainly(first, trial.left_side, trial.right_side, trial.means, trial.bounds)
    sizes = tuple((name, str(size)) for name, size in trial.generic.sizes.items())
    detail = f"left {first.left}, right {first.right}"
    return Counterexample("points", (*sizes, *first.point), first.left, first.right, detail, True, True)


def _differed(trials: list[Trial], repair: Repair | None) -> Found:
    trial, by = trials[0], _counterexample(trials)
    message = f"at one point the left side is {by.left}, the right side {by.right}"
    known = not any(
        t.generic.uninterpreted or t.generic.determinants or t.generic.matrices or _has_part_of_a_product(t)
        for t in trials
    )
    closed = known and all(_families(t, t.left) == _families(t, t.right) for t in trials)
    verdict = decide([Tried(None, (by,))], repair)
    doubted = any(t.generic.marked or t.generic.products for t in trials)
    bars = frozenset(trial.generic.means) if closed and not doubted else frozenset()
    return Found(verdict, _assumed(trial.generic), _sound(trials), message, known, closed, bars=bars)


def _families(trial: Trial, names: frozenset[str]) -> frozenset[str]:
    """The names of a side, a bar over a name that has members taken for their family."""
    bars = {bar: f"{base}[]" for bar, base in trial.generic.means.items() if bar not in trial.generic.marked}
    return frozenset(bars.get(name, name) for name in names)


def _sound(trials: list[Trial]) -> bool:
    return all(
        not (t.generic.uninterpreted or t.generic.marked or t.generic.determinants or _has_part_of_a_product(t))
        and t.left == t.right
        for t in trials
    )


def _has_part_of_a_product(trial: Trial) -> bool:
    """Whether a factor of an inner product, which is taken for any number, stands elsewhere, too: yᵀy beside y_i."""
    factors = {factor for product in trial.generic.inner for factor in product.split("ᵀ")}
    return any(name.partition("[")[0] in factors for name in (*trial.left, *trial.right))


def _assumed(generic: Generic) -> tuple[str, ...]:
    out = []
    if generic.uninterpreted:
        out.append(f"{len(generic.uninterpreted)} {ANYTHING}")
    if generic.inner:
        out.append(f"{', '.join(sorted(generic.inner))} may be any number")
    if generic.approached:
        out.append("limits are taken as values at 10^80, or within 10^-80 of the place")
    out += [f"{bar} is the mean of the {base}_i" for bar, base in generic.means.items()]
    return tuple(out)
