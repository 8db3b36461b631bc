"""Two extremes at one place: arg max of ℓ(θ) is arg min of ∑_i (y_i − θᵀx_i)², where ℓ is a constant minus a multiple.

Where a name is the place of one extreme and then of another, θ̂ = arg max f and θ̂ = arg min g, the second says that both
are at one place. Both objectives are evaluated at random points that differ in what is varied: they have their extremes
at one place where the changes of one, or of its logarithm, are a multiple of those of the other. Functions of which the
document says nothing may be anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, product

from flint import arb, ctx, fmpq

from claims.evidence import Agreement
from claims.records import replace
from claims.verdict import Supported, Tried, decide
from errata.checking.abstract import judge_abstract
from errata.checking.context import At, State, roots_of
from errata.checking.coordinates.bodies import Bodies, Body, bodies_near, uses_in
from errata.checking.coordinates.findings import Witness, refuted
from errata.checking.coordinates.indexing import Bound
from errata.checking.coordinates.objectives import (
    Extreme,
    extreme_of,
    over_the_same,
    terms_of,
    value_of,
    with_exponents,
)
from errata.checking.coordinates.opaque import Opaque, named_opaque
from errata.checking.coordinates.readings import SIZES, Reading, Setting, plan_of, readings_of, setting_of
from errata.checking.coordinates.sample_likelihoods import in_one_likelihood
from errata.checking.coordinates.trials import BITS, KINDS, NARROW, POINTS
from errata.checking.coordinates.values import Values
from errata.checking.coordinates.world import Drawn, Place, Plan
from errata.checking.families.losses import is_loss
from errata.checking.families.reach import section_start
from errata.checking.families.ruling import supposes
from errata.checking.judgement import Judged, Kind
from errata.checking.page_laws import PageLaws
from errata.reading.families.models import asked
from errata.reading.families.models import letter_of as plain_letter
from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.relations import Pair
from errata.reading.sentences.heads import bare, letter
from errata.reading.substitution import replaced
from errata.reading.tree import Big, Call, Function, Lines, Node, Script, Terms, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered
from numerics.gradient_jets import Misshapen
from numerics.undetermined import Undetermined

STEPS = 5
"""Values of what is varied that are compared at one point."""
LEAST = 8
MOST_READINGS = 24
MOST_SAID = 6
AS_PROBLEMS = "the problems are compared by where the extremes are attained"
ONE_SAMPLE = "both sums run over the same sample"
CUSTOM = -1
"""The number in place of a formula for what a name stands for by custom."""
_LAWS = frozenset("p P q Q f".split())
_SAMPLES = frozenset({"D"})
"""Letters of a sample as a whole."""


@dataclass
class Moved(Drawn):
    """Values at one of several points that differ in some letters only."""

    moving: frozenset[str] = frozenset()
    step: int = 0

    def _draw(self, place: Place, plan: Plan) -> fmpq:
        if place[0] not in self.moving:
            return super()._draw(place, plan)
        return Drawn(f"{self.seed} step {self.step}", self.low, self.high)._draw(place, plan)


@dataclass
class Tally:
    """At how many points the extremes are at one place, and at how many the one is where the other is the opposite."""

    agree: int = 0
    opposite: int = 0
    differ: int = 0
    turned: int = 0
    """Of the opposite ones, those at points with negative numbers."""
    first: Witness | None = None
    used: dict[str, tuple[str, int]] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        return self.agree >= LEAST and not self.differ and self.opposite == self.turned

    @property
    def is_opposite(self) -> bool:
        return self.opposite >= LEAST and not self.differ and not self.agree


def judge_extremes(state: State, at: At, judged: Judged, pair: Pair, page: Callable[[], PageLaws]) -> Judged | None:
    """The judgement on a relation between extremes, or between a name and one; None where nothing is settled."""
    end = (extreme_of(pair.right) or value_of(pair.right)) if pair.relation.sign in ("=", "≡") else None
    if end is None:
        return None
    opposite: Judged | None = None
    for other, line in _others(state, pair):
        both = over_the_same(other, end)
        if both is None or key(other.node) == key(end.node):
            continue
        left, right, named = both
        said = tuple(filter(None, (None if line is None else f"given what line {line} says", named)))
        whole = replace(pair, left=left.node)
        found = judge_abstract(whole, page(), state.options.seed) if line is not None else None
        if found is not None and isinstance(found.verdict, Supported):
            more = [found.verdict.holds_if] if found.verdict.holds_if else []
            verdict = replace(found.verdict, holds_if="; ".join([*said, *more]) or None)
            return replace(judged, kind=Kind.CLAIM, verdict=verdict, where=found.where)
        tally, condition = _tallied(state, at, left, right)
        if tally.holds:
            means = (AS_PROBLEMS,) if right.value else ()
            return _supported(state, judged, tally, (*said, *([condition] if condition is not None else []), *means))
        if (
            tally.is_opposite
            and not right.value
            and opposite is None
            and tally.first is not None
            and _is_meant(state, at, left, right, line)
        ):
            opposite = _refuted(state, at, judged, pair, tally, tally.first)
    return None if at.chain.implies or at.chain.concluded or supposes(at) else opposite


def _is_meant(state: State, at: At, left: Extreme, right: Extreme, line: int | None) -> bool:
    """Whether the other extreme is one of the same thing: it stands in the relation itself; or the section says it of
    the name, in other words than now, for x* may be where f is largest in one example and smallest in another."""
    if line is None:
        return True
    start = section_start(state, at.formula.span.start)
    return key(left.body) != key(right.body) and line >= state.document.place(start).line


def _others(state: State, pair: Pair) -> Iterator[tuple[Extreme, int | None]]:
    """The extreme on the left; or those that the name on the left was said to be, each with its line."""
    left = extreme_of(pair.left) or value_of(pair.left)
    if left is not None:
        yield left, None
    elif is_name(pair.left) and not pair.position:
        said = [(m, f.line) for f in state.facts.get(key(pair.left), ()) for m in reversed(f.members)]
        for member, line in said[:MOST_SAID]:
            if (found := extreme_of(member)) is not None:
                yield found, line


def _tallied(state: State, at: At, left: Extreme, right: Extreme) -> tuple[Tally, str | None]:
    """What the points say under the first reading that settles it, and what that reading takes for granted."""
    given = bodies_near(roots_of(state), at.index)
    plain = {name: found for name, found in given.items() if name not in _LAWS | left.letters}
    pair = replace(at.chain.pairs()[0], left=left.body, right=right.body)
    out = Tally()
    roots = roots_of(state)[: at.index + 1]
    words = _in_other_words(pair, left.letters)
    for one, bodies, condition in (
        (pair, plain, None), *_by_custom(pair, left, right, plain, roots), *((one, plain, said) for one, said in words)
    ):  # fmt: skip
        try:
            setting, opaque = named_opaque(replace(setting_of(one, bodies, {}), held=left.letters))
        except Unlowered:
            continue
        for reading in islice(readings_of(setting, False, state.options.seed), MOST_READINGS):
            tally = _at_points(setting, reading, opaque, left, right, state.options.seed)
            if tally.holds:
                return tally, condition
            out = tally if tally.is_opposite and not out.is_opposite else out
    return out, None


def _in_other_words(pair: Pair, letters: frozenset[str]) -> Iterator[tuple[Pair, str | None]]:
    """The same with the exponents of normal densities in place of their logarithms, and with the terms of two sums over
    one sample in place of these."""
    sides = (pair.left, pair.right)
    terms = tuple(map(terms_of, sides))
    for (left, right), said in ((sides, None), (terms, ONE_SAMPLE)):
        if left is None or right is None:
            continue
        written = [with_exponents(side, letters) or side for side in (left, right)]
        if said is not None or any(a is not b for a, b in zip(written, (left, right), strict=True)):
            yield replace(pair, left=written[0], right=written[1]), said


def _by_custom(
    pair: Pair, left: Extreme, right: Extreme, bodies: Bodies, roots: Sequence[Lines]
) -> Iterator[tuple[Pair, Bodies, str]]:
    """The same where p(D | θ) is the product over the sample that the other side speaks of, where NLL is minus the
    log-likelihood that it has in it, and where a law is the empirical one of the sample."""
    named: dict[str, tuple[Body, ...]] = {}
    told: list[str] = []
    for one, other in ((left, right), (right, left)):
        likelihood = _likelihood(other.body, other.letters)
        for use, node in uses_in(one.body) if likelihood is not None else ():
            if is_loss(node) and likelihood is not None:
                minus = Terms(node.start, node.end, ("-",), (likelihood,))
                named[use.letter] = (Body(replace(use, arguments=None), minus, CUSTOM, f"-{to_latex(likelihood)}"),)
                told.append(f"{to_latex(node.head if isinstance(node, Call) else node)} is minus the log-likelihood")
    if named:
        yield pair, {**bodies, **named}, "; ".join(dict.fromkeys(told))
    sample = {**sampled(left.body, right.body, left.letters), **sampled(right.body, left.body, left.letters)}
    if sample:
        sides = [replaced(side, sample) for side in (pair.left, pair.right)]
        yield replace(pair, left=sides[0], right=sides[1]), bodies, "the members of the sample are independent"
    written = in_one_likelihood((pair.left, pair.right), roots, left.letters)
    if written is not None:
        objectives, said = written
        yield replace(pair, left=objectives[0], right=objectives[1]), bodies, said


def sampled(whole: Node, members: Node, letters: frozenset[str]) -> dict[str, Node]:
    """p(D | θ) in one expression, by its key, as the product of the p(x_i | θ) that another one sums over."""
    sums = [n for n in walk(members) if isinstance(n, Big) and letter(n.head)[0] == "∑" and isinstance(n.head, Script)]
    out: dict[str, Node] = {}
    for call in (n for n in walk(whole) if isinstance(n, Call)):
        one = asked(call)
        if one is None or plain_letter(one.point) not in _SAMPLES or not letters & set(map(plain_letter, one.given)):
            continue
        for big in sums:
            member = next((a for n in walk(big) if (a := asked(n)) is not None and a.letter == one.letter), None)
            alike = member is not None and letters & set(map(plain_letter, member.given))
            if member is not None and alike and isinstance(member.point, Script) and isinstance(big.head, Script):
                sub = to_latex(big.head.sub) if big.head.sub is not None else ""
                sup = f"^{{{to_latex(big.head.sup)}}}" if big.head.sup is not None else ""
                product = parse(rf"\prod_{{{sub}}}{sup} {to_latex(member.call)}").statements[0]
                out[key(call)] = product
    return out


def _likelihood(node: Node, letters: frozenset[str]) -> Node | None:
    """The first sum of log-densities given what is varied, or the first such log-density."""
    for n in walk(node):
        body = bare(n.body) if isinstance(n, Big) and letter(n.head)[0] == "∑" and n.body is not None else n
        if isinstance(body, Function) and letter(body.head)[0] in ("log", "ln"):
            found = next((a for m in walk(body.argument) if (a := asked(m)) is not None), None)
            if found is not None and letters & {plain_letter(g) for g in found.given}:
                return n
    return None


def _at_points(
    setting: Setting, reading: Reading, opaque: Opaque, left: Extreme, right: Extreme, seed: int
) -> Tally:  # fmt: skip
    out = Tally()
    moving = frozenset({*left.letters, *(n for n, inside in opaque.inside.items() if inside & left.letters)})
    for turn, (low, high), n in product(range(len(SIZES)), KINDS, range(POINTS)):
        plan = plan_of(setting, reading, turn)
        try:
            for bits in BITS:
                with ctx.workprec(bits):
                    sides = [_sides(setting, plan, Moved(f"{seed} {turn} {n}", low, high, moving=moving, step=k), out)
                             for k in range(STEPS)]  # fmt: skip
                    direction = _direction(sides)
                if direction:
                    break
        except (Undetermined, Misshapen):
            continue
        except (Unlowered, RecursionError):
            return Tally()
        wanted = 1 if left.largest is right.largest else -1
        out.agree += direction == wanted
        out.opposite += direction == -wanted
        out.turned += direction == -wanted and low < 0
        out.differ += not direction
        if direction == -wanted and out.first is None:
            out.first = _witness(sides)
        if out.differ > 1:
            break
    return out


def _sides(setting: Setting, plan: Plan, drawn: Drawn, out: Tally) -> tuple[arb, arb]:
    """Both objectives at one point. Raises what evaluation raises."""
    values = Values(plan, drawn)
    found = tuple(values.number(side, Bound()).value for side in (setting.left, setting.right))
    out.used |= drawn.used
    for value in found:
        if not value.rad() < NARROW:
            raise Undetermined("the value could not be enclosed tightly")
    return found[0], found[1]


def _direction(sides: Sequence[tuple[arb, arb]]) -> int:
    """1 where one objective grows as a multiple of the other does, or their logarithms do; −1 where it falls; 0 where
    it does neither. Raises Undetermined where one doesn't move."""
    plain = [list(side) for side in zip(*sides, strict=True)]
    logs = [[v.log() for v in side] if all(v > 0 for v in side) else None for side in plain]
    for a, b in ((plain[0], plain[1]), (logs[0], plain[1]), (plain[0], logs[1])):
        if a is None or b is None:
            continue
        one, other = ([v - side[0] for v in side[1:]] for side in (a, b))
        if any(v.contains(0) for v in (*one, *other)):
            raise Undetermined("an objective that does not move")
        if all((one[0] * y).overlaps(other[0] * x) for x, y in zip(one[1:], other[1:], strict=True)):
            return 1 if one[0] * other[0] > 0 else -1
    return 0


def _witness(sides: Sequence[tuple[arb, arb]]) -> Witness:
    (a, b), (c, d) = sides[0], sides[1]
    shown = [v.str(8, radius=False) for v in (a, b, c, d)]
    return (("at one value", f"{shown[0]}, {shown[1]}"), ("at another", f"{shown[2]}, {shown[3]}")), shown[0], shown[1]


def _supported(state: State, judged: Judged, tally: Tally, said: tuple[str, ...]) -> Judged:
    by = Agreement(
        "coordinates", tally.agree, 20, f"{tally.agree} choices of {STEPS} points: the changes are multiples"
    )
    places = [state.document.formulas[formula].span.start for _, formula in tally.used.values() if formula >= 0]
    lines = sorted({state.document.place(place).line for place in places})
    told = f"line {lines[0]} gives" if len(lines) == 1 else f"lines {', '.join(map(str, lines))} give"
    given = [f"with what {told}"] if lines else []
    positive = ["for positive numbers"] if tally.turned else []
    verdict = decide([Tried("; ".join([*said, *given, *positive]) or None, (by,))])
    return replace(judged, kind=Kind.CLAIM, verdict=verdict)


def _refuted(state: State, at: At, judged: Judged, pair: Pair, tally: Tally, first: Witness) -> Judged:
    (_, one), (_, other) = first[0]
    message = (
        f"the one is largest where the other is smallest: at one point the objectives are {one}, at another {other}"
    )
    return refuted(at, judged, pair, "coordinates", "E311", first, message)
