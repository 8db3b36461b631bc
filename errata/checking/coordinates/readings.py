"""How a relation in coordinates may be taken: the shapes of its names that fit, the bodies put in, one-hot labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product

from claims.records import Record, replace
from errata.checking.coordinates.bodies import Bodies, Body, bodies_of, is_bold, use_of, uses_in
from errata.checking.coordinates.index_cases import Case
from errata.checking.coordinates.indexing import Bound
from errata.checking.coordinates.losses import standard_losses
from errata.checking.coordinates.slopes import slope_of
from errata.checking.coordinates.values import Values
from errata.checking.coordinates.world import Drawn, Extents, Plan, Sort, Spot
from errata.reading.generic import free_names
from errata.reading.lowering import operator_parts
from errata.reading.names import is_transpose, key
from errata.reading.relations import Pair
from errata.reading.tree import Big, Chain, Fence, Group, Node, Script, Sym, walk
from errata.reading.vectors import Unlowered
from numerics.gradient_jets import Misshapen
from numerics.undetermined import Undetermined

TURNS = 4
"""Bodies of a name that are tried."""
MOST_SORTS = 128
"""Choices of shapes of a relation; of one that has more nothing is said, since not all could be tried."""
MOST_FREE = 9
"""Values of the free indices that are tried."""
SIZES = ((2, 3), (3, 2), (1, 3), (3, 3))
"""What limits stand for, in turn, and the number of features beside them."""
_LABELS = frozenset({"y", "t"})


class Setting(Record):
    """A relation with what the document gives for its names."""

    left: Node
    right: Node
    bodies: Bodies
    nodes: tuple[Node, ...]
    """Both sides, and all bodies that may be put in."""
    held: frozenset[str]
    numbers: Bodies
    """The numbers that the document gives to names in it."""
    cases: tuple[Case, ...] = ()
    """Indices that are said to be different, or the same."""


class Reading(Record):
    """One admissible way to take a relation."""

    sorts: Mapping[Spot, Sort]
    one_hot: frozenset[str]
    turn: int
    fits: bool = True
    """Whether both sides have one shape; if not, a number stands beside a vector of several entries."""
    pinned: bool = False
    """Whether names have the numbers that the document gives them."""

    @property
    def may_support(self) -> bool:
        """Whether what holds under it holds as it stands."""
        return self.fits and not self.pinned and Sort.SYMMETRIC not in self.sorts.values()


def setting_of(pair: Pair, bodies: Bodies, numbers: Bodies) -> Setting:
    """A relation with the bodies of the names in it, and of the names in these."""
    held = held_in(pair)
    nodes: list[Node] = [pair.left, pair.right]
    taken: dict[str, tuple[Body, ...]] = {}
    bound = {key(i) for node in nodes for u, _ in uses_in(node) for i in u.indices}
    for node in nodes:
        for use, place in uses_in(node):
            if use.letter in held or use.letter in bound:
                continue
            given = bodies.get(use.letter) or standard_losses(use.letter, bodies)
            _, fitting = bodies_of(use, place, given)
            new = [b for b in fitting[:TURNS] if b not in taken.get(use.letter, ())]
            taken[use.letter] = (*taken.get(use.letter, ()), *new)
            nodes += [b.node for b in new]
    put_in = {letter: given for letter, given in taken.items() if given}
    ends = _ends(nodes).values()
    pinned = {letter: numbers[letter] for letter in taken if letter in numbers and letter not in {*put_in, *ends}}
    return Setting(pair.left, pair.right, put_in, tuple(nodes), held, pinned)


def held_in(pair: Pair) -> frozenset[str]:
    """The letters that something is derived by."""
    found = (slope_of(n) for side in (pair.left, pair.right) for n in walk(side))
    uses = (use_of(s[1]) for s in found if s is not None)
    return frozenset(u.letter for u in uses if u is not None)


def readings_of(setting: Setting, told: bool, seed: int) -> Iterator[Reading]:
    """Every admissible way to take the relation: shapes that fit, bodies, labels."""
    families = _one_hot_families(setting, told)
    for turn in range(TURNS):
        sorts = _fitting(setting, turn, seed)
        if not sorts and not turn:
            return
        for one, fits in sorts:
            for hot in (frozenset[str](), *([families] if families else [])):
                yield Reading(one, hot, turn, fits)
                if setting.numbers:
                    yield Reading(one, hot, turn, fits, pinned=True)
        if all(len(b) <= turn + 1 for b in setting.bodies.values()):
            return


def work_of(setting: Setting) -> int:
    """How much work it is to find the shapes that fit a relation: the nodes that are looked at, in all of them."""
    return sum(1 for node in (setting.left, setting.right) for _ in walk(node)) * sum(
        1 for _ in islice(_assignments(setting), MOST_SORTS)
    )


def stacks_members(pair: Pair) -> bool:
    """Whether one side sums over members, and the other one has the vector or the matrix of them: y for the y_i, X for
    the rows x_iᵀ."""
    for summed, whole in ((pair.left, pair.right), (pair.right, pair.left)):
        if any(isinstance(n, Big) for n in walk(whole)) or not any(isinstance(n, Big) for n in walk(summed)):
            continue
        members = {u.letter for u, _ in uses_in(summed) if len(u.indices) == 1}
        names = {u.letter for u, _ in uses_in(whole) if not u.indices}
        if len(members & names) > 1 or any(name.isupper() and name.lower() in members for name in names):
            return True
    return False


def _one_hot_families(setting: Setting, told: bool) -> frozenset[str]:
    """Leaves that may be labels with one member 1: y_{i,k}, or y_k where the document speaks of one-hot labels."""
    least = 1 if told else 2
    indexed = {u.letter for n in setting.nodes for u, _ in uses_in(n) if len(u.indices) >= least}
    return frozenset(letter for letter in indexed if letter in _LABELS) - setting.held - setting.bodies.keys()


def _fitting(setting: Setting, turn: int, seed: int) -> list[tuple[dict[Spot, Sort], bool]]:
    """The shapes under which both sides have a value of one shape; where only a number stands beside a vector, these,
    marked as False."""
    found: dict[tuple[tuple[Spot, Sort], ...], _Shapes] = {}
    assigned = list(islice(_assignments(setting), MOST_SORTS + 1))
    for sorts in assigned if len(assigned) <= MOST_SORTS else ():
        plan = plan_of(setting, Reading(sorts, frozenset(), turn), 0)
        first = next(free_indices(setting, plan.extents), None)
        shapes = None if first is None else _shapes(setting, plan, first, seed)
        if shapes is not None:
            met = {spot: sort for spot, sort in sorts.items() if spot in shapes.met}
            found[tuple(sorted(met.items(), key=str))] = shapes
    fewest = min((s.plain_capitals for s in found.values()), default=0)
    found = {sorts: s for sorts, s in found.items() if s.plain_capitals == fewest}
    left_fits = any(s.shaped_on_left for s in found.values())
    fits = [sorts for sorts, s in found.items() if s.left == s.right and (_is_shaped(sorts) or not left_fits)]
    if not setting.held:
        return [(dict(sorts), True) for sorts in fits if {s for _, s in sorts} & {Sort.STACK, Sort.MATRIX}]
    if fits or not left_fits:
        return [(dict(sorts), True) for sorts in fits]
    return [(dict(sorts), False) for sorts, s in found.items() if s.right == () and s.left and s.left[1] == 1]


def _is_shaped(sorts: Iterable[tuple[Spot, Sort]]) -> bool:
    return any(sort is not Sort.NUMBER for _, sort in sorts)


class _Shapes(Record):
    """The shape of the left side and of the right one, None where it has none."""

    left: tuple[int, ...]
    right: tuple[int, ...] | None
    shaped_on_left: bool
    """Whether a vector or a matrix stands on the left."""
    plain_capitals: int
    """Capitals on the left that are numbers here: taken so only where no matrix fits."""
    met: frozenset[Spot]
    """The leaves that were met on either side."""


def _shapes(setting: Setting, plan: Plan, bound: Bound, seed: int) -> _Shapes | None:
    """What shapes both sides have; None where the left one has none."""
    shapes: list[tuple[int, ...] | None] = []
    met: list[set[Spot]] = []
    for side in (setting.left, setting.right):
        drawn = Drawn(f"{seed} shapes", 0, 1)
        try:
            shapes.append(Values(plan, drawn).of(side, bound).shape)
        except Misshapen:
            shapes.append(None)
        except (Undetermined, Unlowered, RecursionError):
            return None
        met.append(drawn.spots)
    left, right = shapes
    if left is None:
        return None
    on_left = [(spot, plan.sorts[spot]) for spot in met[0] if spot in plan.sorts]
    capitals = sum(1 for (letter, _), sort in on_left if letter.isupper() and sort is Sort.NUMBER)
    return _Shapes(left, right, _is_shaped(on_left), capitals, frozenset(met[0] | met[1]))


def _assignments(setting: Setting) -> Iterator[dict[Spot, Sort]]:
    """Sorts for the leaves: bold letters are vectors, capitals matrices; others what their place asks."""
    spots: dict[Spot, bool] = {}
    transposed: set[str] = set()
    for node in setting.nodes:
        for use, n in uses_in(node):
            if use.letter not in setting.bodies and use.arguments is None:
                spots[use.letter, len(use.indices)] = spots.get((use.letter, len(use.indices)), False) or is_bold(n)
        transposed |= {
            u.letter for n in walk(node) if isinstance(n, Script) and n.sup is not None and is_transpose(n.sup)
            and (u := use_of(replace(n, sup=None))) is not None
        }  # fmt: skip
    linear = bool(transposed) or any(spots.values()) or _has_norm(setting)
    names = [s for s in spots if _may_have_shape(s, setting)]
    shaped = {s: spots[s] for s in names}
    options = [_options(s, spots[s], linear, s[0] in transposed, s[0] in setting.held, shaped) for s in names]
    for choice in product(*options):
        yield dict(zip(names, choice, strict=True))


def _has_norm(setting: Setting) -> bool:
    return any(
        isinstance(n, Fence) and n.open in (r"\|", "||", r"\lVert", r"\Vert") for s in setting.nodes for n in walk(s)
    )


def _may_have_shape(spot: Spot, setting: Setting) -> bool:
    """Whether a leaf may be more than a number: no index, no limit of a sum."""
    bound = {key(i) for n in setting.nodes for u, _ in uses_in(n) for i in u.indices}
    return spot[0] not in bound | {"e"} | {end for end in _ends(setting.nodes).values()}


def _options(
    spot: Spot, bold: bool, linear: bool, transposed: bool, held: bool, spots: Mapping[Spot, bool]
) -> list[Sort]:
    """What a leaf may be."""
    letter, count = spot
    if not linear:
        return [Sort.STACK, Sort.NUMBER] if count == 0 and (letter, 1) in spots else [Sort.NUMBER]
    if letter.isupper() and count == 0:
        matrices = [Sort.MATRIX, Sort.SQUARE, *([] if held else [Sort.SYMMETRIC])]
        return matrices if bold else [*matrices, Sort.NUMBER]
    if count == 0 and (letter, 1) in spots and not spots[letter, 1]:
        return [Sort.STACK] if bold or transposed else [Sort.STACK, Sort.NUMBER]
    stacked = [Sort.STACK] if count == 0 and any(s[0].isupper() for s in spots) else []
    return [Sort.COLUMN, *stacked] if bold or transposed else [Sort.NUMBER, Sort.COLUMN, *stacked]


def plan_of(setting: Setting, reading: Reading, turn: int) -> Plan:
    """The interpretation under a reading, with the sizes of a turn."""
    ends = _ends(setting.nodes)
    limits = {name: SIZES[turn][n % 2] for n, name in enumerate(sorted(set(ends.values())))}
    others = min(limits.values(), default=SIZES[turn][0])
    spots = {(u.letter, len(u.indices)) for n in setting.nodes for u, _ in uses_in(n)}
    lengths = {
        (u.letter, len(u.indices) - 1): key(u.indices[-1])
        for n in setting.nodes for u, _ in uses_in(n) if u.indices and isinstance(u.indices[-1], Sym)
    }  # fmt: skip
    listed = any(reading.sorts.get(s) is Sort.COLUMN and index not in ends for s, index in lengths.items())
    features = others if listed else SIZES[turn][1]
    bodies = {**setting.bodies, **setting.numbers} if reading.pinned else setting.bodies
    return Plan(
        Extents(limits, ends, others, features), reading.sorts, bodies, setting.held, lengths,
        frozenset((letter, count) for letter, count in spots if (letter, count + 1) in spots), _labels(setting.nodes),
        reading.one_hot, reading.turn,
    )  # fmt: skip


def _ends(nodes: Sequence[Node]) -> dict[str, str]:
    """The limit up to which each index runs, as the sums say."""
    ends: dict[str, str] = {}
    for n in (n for node in nodes for n in walk(node) if isinstance(n, Big)):
        _, sub, sup = operator_parts(n.head)
        inner = sub.body if isinstance(sub, Group) else sub
        if isinstance(inner, Chain) and isinstance(sup, Sym):
            ends.setdefault(key(inner.items[0]), key(sup))
    return ends


def _labels(nodes: Sequence[Node]) -> frozenset[str]:
    """The families of whole numbers that serve as indices: the y of π_{i, y_i}."""
    found = (u for node in nodes for use, _ in uses_in(node) for i in use.indices if isinstance(i, Script)
             and (u := use_of(i)) is not None)  # fmt: skip
    return frozenset(u.letter for u in found)


def free_indices(setting: Setting, extents: Extents) -> Iterator[Bound]:
    """The values of the indices that nothing binds."""
    letters = sorted({i for side in (setting.left, setting.right) for i in _free_in(side)} - extents.limits.keys())
    choices = product(*(range(1, extents.of(name) + 1) for name in letters))
    bound = (dict(zip(letters, choice, strict=True)) for choice in choices)
    fitting = (indices for indices in bound if all(_is_met(case, indices) for case in setting.cases))
    yield from (Bound(indices) for indices in islice(fitting, MOST_FREE))


def _is_met(case: Case, indices: Mapping[str, int]) -> bool:
    one, other, same = case
    return one not in indices or other not in indices or (indices[one] == indices[other]) is same


def _free_in(node: Node) -> set[str]:
    """The indices in a node that no sum binds; a sum that names no index binds the only one in its body."""
    free = free_names(node)
    indices = {key(i) for u, _ in uses_in(node) for i in u.indices if isinstance(i, Sym)} & free
    bare = (n.body for n in walk(node) if isinstance(n, Big) and operator_parts(n.head)[1:] == (None, None))
    inside = [_free_in(body) for body in bare if body is not None]
    return indices - {i for found in inside if len(found) == 1 for i in found}
