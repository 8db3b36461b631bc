"""Limits of laws and under them: Bin(n, λ/n) → Poisson(λ), P(X = k) → λ^k e^{−λ}/k!, t_ν → N(0, 1), E[θ] → 1.

The law with its parameter far out, or near its place, is held against what is stated: densities at points, moments and
probabilities as they are computed under named laws. From three distances the values have to settle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from random import Random

import sympy as sp
from flint import fmpq

from claims.evidence import Agreement
from claims.laws import density_of, support_of
from claims.records import Record, replace
from claims.verdict import Tried, decide
from errata.checking.approaches import Found, at_place, near_place
from errata.checking.context import At, State
from errata.checking.coordinates.findings import refuted
from errata.checking.families.reach import environments
from errata.checking.families.ruling import wishes
from errata.checking.families.trials import Environment
from errata.checking.judgement import Judged, Kind
from errata.checking.settling import Outcome, chosen, look, look_for_infinity
from errata.reading.calculus import infinite
from errata.reading.families.notation import LawNode, law_node
from errata.reading.families.terms import Laws, Univariate, built, lower_under
from errata.reading.generic import Generic, whole_numbers
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.tree import Call, Node, Num, Sym, walk
from errata.reading.vectors import Unlowered
from numerics.families.admissible import point

FAR = (100, 10_000, 1_000_000)
"""Laws are slow to compute further out: a gamma function has to take the argument."""
NEARER = (16, 32, 64, 128, 256)
AS_WRITTEN = 0
"""What stands for the name that goes somewhere, left as it is."""
MOST_INTEGRALS = 2
SLOW = (sp.Integral, sp.Sum, sp.gamma, sp.loggamma, sp.beta, sp.factorial)
"""What is computed at the nearer distances only."""
SETTLED, SAME, APART = 1e-2, 1e-3, 3e-2
LEAST = 8
TURNS = 10
MOST_COUNT = 5
MOST_WAYS = 4
"""Ways to take the parameters of two laws that are tried."""
UNIT, IN_BITS = "unit", "the logarithm is to the base 2"
"""What the unit of entropies is called among what a notation leaves open, and the less usual one."""
PLACE = sp.Symbol("at", real=True)

Seen = tuple[sp.Expr, sp.Expr, Laws, Mapping[sp.Symbol, Univariate]]
"""Both sides from one distance, the laws in them, and the values that lie in a support."""


class World(Record):
    """The left side from each distance and the right one, with the laws that were met and the values that lie in their
    support."""

    far: tuple[int, ...]
    lefts: tuple[sp.Expr, ...]
    right: sp.Expr
    laws: Laws
    places: Mapping[sp.Symbol, Univariate]


def judge_limit_of_laws(state: State, at: At, judged: Judged, pair: Pair, found: Found) -> Judged | None:
    """The judgement on a limit of a law, or of what is computed under one, where a name goes to a place; None where
    there is none, or no value."""
    around = environments(state, at)
    laws = law_node(pair.left), law_node(pair.right)
    if len(around) > 1 or any(law is not None and law.point is not None for law in laws):
        return None
    variable = found.approach.variable
    between = laws[0] is not None and laws[1] is not None
    if not between and not _is_under_a_law(pair.left, around, variable):
        return None
    environment = around[0] if around else Environment({}, {}, {})
    claimed = replace(judged, kind=Kind.CLAIM)
    outcomes: list[Outcome] = []
    met = laws if between else (*_written(pair), *environment.laws())
    for choice in _choices(met, () if between else (UNIT,)):
        world = _between(laws, found, choice) if between else _under(pair, environment, found, choice)
        if world is None:
            return None
        out = _tried(world, infinite(pair.right), state.options.seed)
        agree = sum(out.agree.values())
        if agree >= LEAST and not out.differ:
            by = Agreement("limits", agree, 3, f"{agree} random points, from several distances to the place")
            where = (f"{key(found.node)} is taken as far as {world.far[-1]}, or as near",)
            return replace(claimed, verdict=decide([Tried(_noted(met, choice), (by,))]), where=where)
        outcomes.append(out)
    if any(o.agree or sum(o.differ.values()) < LEAST for o in outcomes) or outcomes[0].first is None:
        return None
    if wishes(at) or (not environment.sure and not between) or not _names(pair.right) <= _known(pair, environment):
        return None
    names, left, right = outcomes[0].first
    message = f"the left side tends to {left}, and the right side is {right}"
    return refuted(at, claimed, pair, "limits", "E316" if between else "E314", (names, left, right), message)


def _is_under_a_law(left: Node, around: tuple[Environment, ...], variable: str) -> bool:
    """Whether a variable stands in a node whose law has the name that goes somewhere as a parameter, or such a law."""
    calls = (n for n in walk(left) if isinstance(n, Call) and any(key(m) == variable for m in walk(n) if is_name(m)))
    if any(law_node(call) is not None for call in calls):
        return True
    names = {key(n) for n in walk(left) if is_name(n)}
    return any(
        name in names and variable in {key(n) for a in law.arguments for n in walk(a)}
        for environment in around
        for name, law in environment.variables.items()
    )


def _written(pair: Pair) -> Iterator[LawNode]:
    """The laws that a relation writes out."""
    calls = (n for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Call))
    return (law for call in calls if (law := law_node(call)) is not None)


def _names(node: Node) -> set[str]:
    return {key(n) for n in walk(node) if isinstance(n, Sym) and n.font == "" and len(n.name) == 1} - {
        "e",
        r"\pi",
        r"\infty",
    }


def _known(pair: Pair, around: Environment) -> set[str]:
    """The names on the left side and in the laws of its variables, and the letters of laws."""
    written = law_node(pair.right)
    letters = set() if written is None else _names(pair.right) - {n for a in written.arguments for n in _names(a)}
    return _names(pair.left) | letters | {n for law in around.laws() for a in law.arguments for n in _names(a)}


def _choices(laws: Sequence[LawNode | None], more: Sequence[str]) -> list[dict[str, int]]:
    """The ways to take the parameters of both laws, the usual one first."""
    counts: dict[str, int] = {}
    for law in laws:
        if law is not None:  # one that is written with a square says how all are meant
            counts[law.name] = min(len(law.options), counts.get(law.name, MOST_WAYS))
    counts |= dict.fromkeys(more, 2)
    return [dict(zip(counts, ways, strict=True)) for ways in product(*map(range, counts.values()))][:MOST_WAYS]


def _noted(laws: Sequence[LawNode | None], choice: Mapping[str, int]) -> str | None:
    """What has to be meant by a parameter, where it isn't the usual."""
    taken = ((law, choice.get(law.name, 0)) for law in laws if law is not None)
    notes = dict.fromkeys(law.options[n].note for law, n in taken if n and law.options[n].note)
    return "; ".join([*notes, *([IN_BITS] if choice.get(UNIT) else [])]) or None


def _law_at(law: LawNode, found: Found, far: int) -> LawNode:
    """A law with a number in place of the name that goes somewhere."""
    if far == AS_WRITTEN:
        return law
    near = near_place(found, far)
    return replace(law, arguments=tuple(at_place(a, found.approach.variable, near) for a in law.arguments))


def _between(laws: tuple[LawNode | None, LawNode | None], found: Found, choice: Mapping[str, int]) -> World | None:
    """The densities of two laws at one place."""
    first, second = laws
    assert first is not None and second is not None

    def sides(far: int) -> Seen:
        known = Laws({}, choice=choice)
        left = built(_law_at(first, found, far), Generic({}), known)
        right = built(second, Generic({}), known)
        known.met = [left, right]
        if support_of(left).whole is not support_of(right).whole:
            raise Unlowered("a law of whole numbers beside one of all numbers")
        return density_of(left, PLACE), density_of(right, PLACE), known, {PLACE: right}

    return _world(sides)


def _under(pair: Pair, around: Environment, found: Found, choice: Mapping[str, int]) -> World | None:
    """Both sides of a relation under the laws of the page."""
    sizes = {name: 2 + n for n, name in enumerate(whole_numbers(pair.left, pair.right)[0])}
    sizes.pop(found.approach.variable, None)

    def sides(far: int) -> Seen:
        near = found.node if far == AS_WRITTEN else near_place(found, far)
        variables = {name: _law_at(law, found, far) for name, law in around.variables.items()}
        known = Laws(variables, around.labels, around.over, choice)
        generic = Generic(sizes, told=around.told)
        goal = Num(0, 0, "0") if infinite(pair.right) else pair.right
        left, right = (
            lower_under(at_place(side, found.approach.variable, near), generic, known) for side in (pair.left, goal)
        )
        if not known.met or known.open.keys() - choice.keys() or known.doubtful or generic.uninterpreted:
            raise Unlowered("what a law is is not clear")
        return left, right, known, dict(known.places)

    return _world(sides)


def _world(sides: Callable[[int], Seen]) -> World | None:
    """What is seen from each distance; from nearer ones where something is slow to compute."""
    try:
        left, right, _, _ = sides(AS_WRITTEN)
        far = NEARER if left.has(*SLOW) or right.has(*SLOW) else FAR
        if sum(len(e.atoms(sp.Integral)) for e in (left, right)) > MOST_INTEGRALS:
            return None
        found = [sides(n) for n in far]
    except (Unlowered, TypeError, ValueError, RecursionError):
        return None
    return World(far, tuple(chosen(left) for left, _, _, _ in found), chosen(found[-1][1]), found[0][2], found[0][3])


def _tried(world: World, sign: int, seed: int) -> Outcome:
    """What points say: parameters of the laws, and places where these have most of their mass; ``sign`` is that of an
    infinite goal, else 0."""
    out = Outcome()
    random = Random(f"{seed} limits of laws")
    symbols = sorted({s for e in (*world.lefts, world.right) for s in e.free_symbols}, key=str)
    plain = [s for s in symbols if s not in world.places]
    for turn in range(TURNS):
        at = point(plain, world.laws.met, {}, frozenset(), frozenset(), (), turn, random)
        if at is None:
            continue
        for place, law in world.places.items():
            whole = support_of(law).whole
            at[place] = fmpq(random.randint(0, MOST_COUNT)) if whole else fmpq(random.randint(-150, 150), 97)
        if sign:
            look_for_infinity(out, world.lefts, sign, at, "any", SETTLED)
        else:
            look(out, world.lefts, world.right, at, "any", (SETTLED, SAME, APART))
    return out
