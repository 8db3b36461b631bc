"""The likelihood of a coin by its counts: L(p) = p^h (1 − p)^{N − h}, where the text says that h of N flips were heads.

Both sides are computed for several counts and several p. It supports only: whose counts they are, and which side of the
coin has the probability p, is what the text leaves open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sympy as sp

from claims.evidence import Agreement
from claims.records import replace
from claims.verdict import Tried, decide
from errata.checking.context import At, State
from errata.checking.families.trial_masses import product_of_trials
from errata.checking.judgement import Judged, Kind
from errata.reading.families.models import asked
from errata.reading.generic import Generic, lower_generic
from errata.reading.marked_counts import with_marked_counts
from errata.reading.names import is_name, key
from errata.reading.outcomes import Count, Outcomes, outcomes_told
from errata.reading.relations import Pair
from errata.reading.sentences.heads import argument_of, letter
from errata.reading.tree import Call, Fence, Gap, Node
from errata.reading.vectors import Unlowered

REACH = 2_500
"""Characters before a formula in which the counts are looked for."""
AFTER = 60
CHANCES = tuple(sp.Rational(n, 23) for n in (1, 4, 7, 11, 13, 16, 19, 20, 22))
COUNTS = ((3, 2), (1, 4), (5, 5), (2, 0))
CLOSE = 1e-25
INDEPENDENT = "the trials are independent, each a success with probability {}"
OUTCOMES = "a success is a 1, a failure a 0, and the counts are theirs"


def judge_counted(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The support of the likelihood of trials by the counts that the text names; None where it gets none."""
    if pair.relation.sign not in ("=", "≡", "∝") or isinstance(pair.right, Gap):
        return None
    pair, marked = with_marked_counts(pair)
    trials = product_of_trials(pair.left)
    asked_for = _likelihood(pair.left) if trials is None else (trials.chance, False)
    if asked_for is None:
        return None
    chance, logarithm = asked_for
    start, end = at.formula.span.start, at.formula.span.end
    text = state.document.text
    told = outcomes_told(text[max(0, start - REACH) : start] + " " + text[end : end + AFTER])
    if marked.successes is not None or marked.failures is not None:
        told = replace(marked, trials=told.trials)
    try:
        right = lower_generic(pair.right, generic := Generic({}))
    except (Unlowered, TypeError, ValueError, RecursionError):
        return None
    symbol = next((s for s in right.free_symbols if str(s) == chance), None)
    counted = {name for c in (told.successes, told.failures, told.trials) if c is not None for name in c.names}
    if symbol is None or not set(generic.uninterpreted) <= counted or generic.matrices:
        return None
    points = _agreeing(right, symbol, told, logarithm, pair.relation.sign == "∝")
    if points < 8:
        return None
    by = Agreement("law", points, 25, f"{points} choices of the counts and of the probability")
    condition = INDEPENDENT.format(chance) if trials is None else OUTCOMES
    verdict = decide([Tried(condition, (by,))])
    return replace(judged, kind=Kind.CLAIM, verdict=verdict)


def _likelihood(node: Node) -> tuple[str, bool] | None:
    """The name of the probability that a likelihood is a function of, and whether it is its logarithm."""
    found = asked(node)
    if found is not None:
        whole = len(found.given) == 1 and is_name(found.given[0]) and letter(found.point)[0] == "D"
        return (key(found.given[0]), False) if whole else None
    body = argument_of(node) if isinstance(node, Call) and isinstance(node.fence, Fence) else None
    if not isinstance(node, Call) or body is None or not is_name(body) or not is_name(node.head):
        return None
    name, font = letter(node.head)
    if name == "L" and font in ("cal", "", "script"):
        return key(body), False
    return (key(body), True) if name in ("ℓ", "l", "LL") else None


def _agreeing(right: sp.Basic, chance: sp.Symbol, told: Outcomes, logarithm: bool, scaled: bool) -> int:
    """At how many choices a formula is the likelihood; 0 where it fails at one, or has a name that is no count."""
    points = 0
    for values, heads, tails in _choices(right, chance, told):
        sides = []
        for p in CHANCES:
            meant = p**heads * (1 - p) ** tails
            sides.append((sp.log(meant) if logarithm else meant, right.subs({**values, chance: p})))
        if any(not given.is_number or given in (sp.zoo, sp.nan, sp.oo) for _, given in sides):
            return 0
        first = sides[0]
        for meant, given in sides:
            apart = meant * first[1] - given * first[0] if scaled else meant - given
            if abs(sp.N(apart, 40)) > CLOSE:
                return 0
        points += len(sides) - scaled
    return points


def _choices(
    right: sp.Basic, chance: sp.Symbol, told: Outcomes
) -> Iterator[tuple[Mapping[sp.Symbol, int], int, int]]:  # fmt: skip
    """Values for the names of counts, with how many successes and failures they stand for."""
    names = {str(s): s for s in right.free_symbols if s != chance}
    if not names:
        heads, tails = _numbers(told)
        if heads is not None and tails is not None:
            yield {}, heads, tails
        return
    for heads, tails in COUNTS:
        values = dict(
            (names[name], number)
            for count, number in ((told.successes, heads), (told.failures, tails), (told.trials, heads + tails))
            if count is not None for name in count.names if name in names
        )  # fmt: skip
        if len(values) < len(names):
            return
        yield values, heads, tails


def _numbers(told: Outcomes) -> tuple[int | None, int | None]:
    """How many successes and failures there were, one of them by the number of trials if need be."""
    heads, tails, trials = (_number(c) for c in (told.successes, told.failures, told.trials))
    if trials is not None and heads is not None and tails is None:
        tails = trials - heads
    return heads, tails


def _number(count: Count | None) -> int | None:
    return None if count is None else count.number
