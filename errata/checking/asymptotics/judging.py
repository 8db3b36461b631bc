"""Limits of statistics: √n (X̄_n − μ) → N(0, σ²) in law, (1/n) ∑ X_i² → σ² + μ² in probability, X̄_n ≈ N(μ, σ²/n).

The mean and the variance of the left side are held against those of the stated law as n grows, at random laws of the
members that have the law, or the mean and the variance, that the text says. The names that nothing is said of may be
anything, and refute nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product

import sympy as sp
from flint import fmpq

from claims.evidence import Agreement
from claims.records import replace
from claims.verdict import Tried, decide
from errata.checking.approaches import approaches, parts_of
from errata.checking.asymptotics.far_out import SIZES
from errata.checking.asymptotics.samples import Sample, sample_at
from errata.checking.asymptotics.tallies import LEAST, Tally, Way, tallied
from errata.checking.context import At, State, bodies_of, definitions_in_force, roots_of
from errata.checking.coordinates.findings import refuted
from errata.checking.definitions import usable_in
from errata.checking.judgement import Judged, Kind
from errata.checking.kinds import is_number, speaks_of_solving
from errata.checking.sample_means import is_of_samples
from errata.checking.slips import Slip, slips
from errata.reading.calculus import infinite
from errata.reading.families.notation import LawNode, law_node
from errata.reading.families.terms import names_of_law
from errata.reading.gloss import glossed
from errata.reading.lowering import operator_parts
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.substitution import rebuilt, unfolded
from errata.reading.tree import Accent, Big, Call, Chain, Node, Script, Sym, Text, walk
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined

MOST_EDITS = 30
MOST_OPTIONS = 4
ROUGHLY = 90
"""Characters around a relation in which it may be said to hold only roughly."""
NEARLY_A_LAW = frozenset({"⇝", "≈", "∼"})
"""Signs, besides an arrow, between a statistic and a law that it tends to."""
FAULTS = (Unlowered, Undetermined, TypeError, ValueError, RecursionError, ZeroDivisionError, OverflowError)
"""What shows that a statistic has no value."""
IN_LAW = frozenset({"d", "D", "L", "w", "law", "dist", "dist.", "in law", "in distribution", "ℒ", "𝒟", "distr"})
"""What stands over an arrow: in law."""
NEARLY = frozenset({"·", ".", "a", "approx", "approx.", "asymp.", "∙", "˙", "n→∞"})
"""What stands over ∼ where a law is only nearly right."""
_SUPPOSES = re.compile(
    r"\b(?:special case|suppos\w*|assum\w*|if|unless|would|naive\w*|wrong\w*|not|want\w*|choose|set|require\w*)\b"
    r"[^.]*$",
    re.I,
)
"""Words after which a limit may be supposed, or be none."""
_OF_A_SAMPLE = re.compile(
    r"\b(?:if|suppos\w*|assum\w*)\b(?=[^.]*(?:\biid\b|\bi\.i\.d\b|\bindependent))[^.]*(?=\bthen\b|,|\.|$)", re.I
)
"""If $X_1, …, X_n$ are independent: what a sample is."""
_ROUGHLY = re.compile(r"\b(?:approximat\w*|asymptotic\w*|roughly|central limit|large|CLT)\b", re.I)


def judge_sample_limit(state: State, at: At, judged: Judged, pair: Pair, told: bool = False) -> Judged | None:
    """The judgement on a limit of a statistic, which it is ``told`` to be, or looks like; None where it is none, or
    nothing can be said of it."""
    pair, capital = _with_small_size(pair)
    law = law_node(pair.right) or _law_after(at, pair)
    in_law = law is not None and law.point is None and _is_in_law(state, at, pair)
    if not in_law and not told and not (_is_in_probability(pair) and is_of_samples(state, at, pair)):
        return None
    sample = sample_at(state, at, pair.left, pair.right)
    if sample is None:
        return None
    claimed = replace(judged, kind=Kind.CLAIM)
    failed: list[Tally] = []
    for way in _ways(state, at, pair, sample, law if in_law else None, capital):
        try:
            tally = tallied(way, pair.right, state.options.seed)
        except FAULTS:
            continue
        if tally is None:
            continue
        if tally.agree >= LEAST and not tally.differ:
            return _supported(claimed, way, tally)
        if tally.way.sample is sample:
            failed.append(tally)
    if not failed or _supposes(at) or _has_value(state, sample) or not all(t.fails for t in failed):
        return None
    return _refuted(state, at, claimed, pair, failed[0])


def _law_after(at: At, pair: Pair) -> LawNode | None:
    """The law of the name that a statistic tends to: T_n → Z ∼ N(0, 1)."""
    items, relations = at.chain.chain.items, at.chain.chain.relations
    after = pair.position + 1
    if not is_name(pair.right) or after >= len(relations) or relations[after].sign != "∼":
        return None
    return law_node(items[after + 1]) if key(items[after]) == key(pair.right) else None


def _supposes(at: At) -> bool:
    """Whether the words before a limit suppose it, or take it back; that a sample is supposed to be one doesn't."""
    if at.chain.implies or speaks_of_solving(at.prose[-80:]) or speaks_of_solving(at.chain.before):
        return True
    prose = _OF_A_SAMPLE.sub(" ", at.prose)
    return any(_SUPPOSES.search(text) is not None for text in (prose, at.chain.before, at.chain.remark))


def _has_value(state: State, sample: Sample) -> bool:
    """Whether the document gives a number to a parameter of the members, their mean or their variance."""
    parts = sample.law.arguments if sample.law is not None else (sample.mean, sample.variance)
    names = {key(n) for part in parts if part is not None for n in walk(part) if is_name(n)}
    return any(is_number(body) for name in names for body in bodies_of(state).get(name, ()))


def _is_in_law(state: State, at: At, pair: Pair) -> bool:
    """Whether a relation says that a statistic has a law in the limit, or nearly."""
    sign, mark = pair.relation.sign, _mark(pair)
    if sign == "⇝" or (sign == "≈" and not mark):
        return True
    if sign == "→":
        return not mark or mark in IN_LAW
    span = at.formula.span
    near = glossed(state.document.text[max(0, span.start - ROUGHLY) : span.end + ROUGHLY])
    return sign == "∼" and (mark in NEARLY or (not mark and _ROUGHLY.search(near) is not None))


def _is_in_probability(pair: Pair) -> bool:
    """Whether a relation may say that a statistic tends to a number."""
    return pair.relation.sign == "→"


def _mark(pair: Pair) -> str:
    """The letters over a sign, but for where the limit goes."""
    marks = [p for p in parts_of(pair.relation.over) if not isinstance(p, Chain)]
    return "".join(
        n.name if isinstance(n, Sym) else n.text for m in marks for n in walk(m) if isinstance(n, Sym | Text)
    ).strip()


def _ways(state: State, at: At, pair: Pair, sample: Sample, law: LawNode | None, capital: str | None) -> Iterator[Way]:
    """Each way to read a limit, the likeliest first."""
    size = _size(state, at, pair, sample, capital)
    if size is None:
        return
    given = usable_in(definitions_in_force(state), pair)
    given = {name: body for name, body in given.items() if name != size}
    lefts = [pair.left]
    put_in = unfolded(pair.left, given)
    if put_in is not pair.left:
        lefts.insert(0, put_in)
    laws = [one for one in (law, sample.law) if one is not None]
    options = [range(len(one.options)) for one in laws]
    samples = [sample]
    if law is None and sample.law is not None and not _speaks_of(sample.law, pair):
        samples.append(replace(sample, law=None))  # (1/n) ∑ log X_i → E[log X] holds whatever the law
    for left, own in product(lefts, samples):
        totals = any(isinstance(n, Script) and isinstance(n.base, Sym) and n.base.name in "ST" for n in walk(left))
        for chosen in islice(product(*options), MOST_OPTIONS):
            if law is not None and chosen[0] and _gives_variances(state, law):
                continue
            choice = {one.name: n for one, n in zip(laws, chosen, strict=True)}
            note = "; ".join(one.options[n].note for one, n in zip(laws, chosen, strict=True) if n)
            for sums in (True, False) if totals else (True,):
                yield Way(own, size, left, law, sums, choice, note)


def _speaks_of(law: LawNode, pair: Pair) -> bool:
    """Whether a parameter of a law stands in a relation."""
    return bool(names_of_law(law) & {key(n) for side in (pair.left, pair.right) for n in walk(side) if is_name(n)})


def _gives_variances(state: State, law: LawNode) -> bool:
    """Whether the document writes a square as the second parameter of a normal law, so that it is a variance."""
    if law.name != "N":
        return False
    calls = (n for root in roots_of(state) for n in walk(root) if isinstance(n, Call))
    laws = (found for call in calls if (found := law_node(call)) is not None)
    return any(one.name == "N" and len(one.options) < len(law.options) for one in laws)


def _with_small_size(pair: Pair) -> tuple[Pair, str | None]:
    """The same with n for the capital up to which a sum runs, or that a mean has as its index: in N(m, v/N) it would be
    taken for a matrix; and that capital."""
    heads = [n.head.sup for n in walk(pair.left) if isinstance(n, Big) and isinstance(n.head, Script)]
    heads += [n.sub for n in walk(pair.left) if isinstance(n, Script) and (isinstance(n.base, Accent) or _is_total(n))]
    capitals = {key(n) for n in heads if isinstance(n, Sym) and n.name.isupper()}
    names = {key(n) for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Sym)}
    if len(capitals) != 1 or "n" in names:
        return pair, None

    def small(node: Node) -> Node | None:
        met = isinstance(node, Sym) and key(node) in capitals
        return Sym(node.start, node.end, "n", "", "n") if met else None

    return replace(pair, left=rebuilt(pair.left, small), right=rebuilt(pair.right, small)), capitals.pop()


def _is_total(node: Script) -> bool:
    return isinstance(node.base, Sym) and node.base.name == "S"


def _size(state: State, at: At, pair: Pair, sample: Sample, capital: str | None) -> str | None:
    """The name of the size of a sample: what a sum of it runs to, the index of a mean, what goes to infinity."""
    found: dict[str, None] = {}
    for node in walk(pair.left):
        if isinstance(node, Big) and operator_parts(node.head)[0] == "∑":
            sup = operator_parts(node.head)[2]
            found |= {} if sup is None else {key(sup): None}
        if isinstance(node, Script) and node.sub is not None and is_name(node.sub):
            inner = node.base.body if isinstance(node.base, Accent) else None
            of_mean = inner is not None and key(inner) == sample.letter
            found |= {key(node.sub): None} if of_mean else {}
    places = [a.approach for a in approaches(state, at, pair)]
    if any(infinite(a.place) <= 0 for a in places):
        return None  # as σ → 0, which is no matter of the size
    found |= dict.fromkeys("n" if a.variable == capital else a.variable for a in places)
    letters = [key(n) for n in walk(pair.left) if isinstance(n, Sym) and n.name in ("n", "N")][:1]
    listed = "n" if capital is not None and sample.size == capital else sample.size
    names = list(found) or ([] if listed is None else [listed]) or letters
    return names[0] if len(set(names)) == 1 else "n" if not names else None


def _supported(judged: Judged, way: Way, tally: Tally) -> Judged:
    """The support of a limit by the laws of a member at which it holds."""
    count = f"{tally.agree} random laws of a member, at sizes up to {SIZES[-1]:.0e}"
    by = Agreement("limits", tally.agree, 3, count)
    where = _told(way) if way.sums else (*_told(way), "S is the standard deviation of the sample")
    return replace(judged, verdict=decide([Tried(way.note or None, (by,))]), where=where)


def _told(way: Way) -> tuple[str, ...]:
    return (f"the {way.sample.letter}_i are independent copies (line {way.sample.line})",)


def _refuted(state: State, at: At, judged: Judged, pair: Pair, failed: Tally) -> Judged | None:
    """The refutation of a limit, with the slip whose undoing makes it hold."""
    if failed.first is None:
        return None
    rule = "E314" if failed.way.law is None else "E316"
    seed = state.options.seed
    slip, saved = _mended(failed.way, pair, seed), _saving_value(failed, pair, seed)
    found = refuted(at, judged, pair, "limits", rule, failed.first, failed.message, slip, saved)
    return replace(found, where=_told(failed.way))


def _saving_value(failed: Tally, pair: Pair, seed: int) -> str | None:
    """The first value of a parameter, or of the mean or the standard deviation, with which a limit holds."""
    assert failed.first is not None
    names = [name for name, _ in failed.first[0]]
    for value, name in product((fmpq(1), fmpq(1, 2), fmpq(0)), names):
        try:
            tally = tallied(failed.way, pair.right, seed, LEAST, {sp.Symbol(name, real=True): value})
        except FAULTS:
            continue
        if tally is not None and tally.agree and not tally.differ:
            return f"{name} = {value}"
    return None


def _mended(way: Way, pair: Pair, seed: int) -> Slip | None:
    """The first slip of the right side whose undoing makes a limit hold."""
    for slip in islice(slips(pair.right, pair.left), MOST_EDITS):
        law = law_node(slip.node)
        if (law is None) is not (way.law is None):
            continue
        try:
            tally = tallied(replace(way, law=law), slip.node, seed, 2)
            if tally is not None and tally.agree and not tally.differ:
                return slip
        except FAULTS:
            continue
    return None
