"""Combinations of normal variables: Z = aX + bY has the mean and the variance that the joint law of X and Y gives it.

The joint law is that of a stated normal vector whose covariance is written out, or of variables that the text calls
independent. What is compared are the two parameters of the law that is stated for the combination.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from random import Random

import sympy as sp
from flint import fmpq

from claims.evidence import Agreement, Counterexample
from claims.notation import Normal
from claims.records import Record
from claims.verdict import Tried, decide
from errata.checking.context import At, State, roots_of, span_of
from errata.checking.families.reach import environments
from errata.checking.families.ruling import Ruling
from errata.checking.kinds import speaks_of_solving
from errata.reading.calculus import mentions
from errata.reading.families.joint import JointNormal, joint_normals
from errata.reading.families.notation import law_node
from errata.reading.generic import Generic, lower_generic
from errata.reading.names import is_name, key
from errata.reading.relations import Pair, stated
from errata.reading.tree import Node
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined, rational
from numerics.identity import KINDS

POINTS = 10
LEAST = 8
_INDEPENDENT = re.compile(r"\bindependent", re.I)


class _Moments(Record):
    """The mean and the variance of a combination at a point."""

    mean: fmpq
    variance: fmpq


def judge_combination(state: State, at: At, pair: Pair) -> Ruling | None:
    """The ruling on Z ∼ N(m, v) for a Z that is defined by variables whose joint law is stated; None otherwise."""
    law = law_node(pair.right)
    if pair.relation.sign != "∼" or not is_name(pair.left) or law is None or law.name != "N" or law.point is not None:
        return None
    definition = definition_of(state, at, key(pair.left))
    joint = None if definition is None else _joint(state, at, definition)
    if definition is None or joint is None:
        return None
    try:
        return compared(state, at, pair, law.arguments, definition, joint)
    except (Unlowered, Undetermined, TypeError, ValueError):
        return None


def definition_of(state: State, at: At, name: str) -> Node | None:
    """The last expression before a place that a name was given."""
    found = None
    for index, formula in enumerate(state.document.formulas[: at.index + 1]):
        if "=" not in formula.latex:
            continue
        for chain in stated(roots_of(state)[index]):
            first = chain.chain.items[0]
            before = index < at.index or chain.chain.start < at.chain.chain.start
            if before and key(first) == name and chain.chain.relations[0].sign in ("=", ":="):
                found = chain.chain.items[1]
    return found


def _joint(state: State, at: At, definition: Node) -> JointNormal | None:
    """The joint law of the variables in a definition: the last stated one, or that of independent variables."""
    place = at.formula.offset(at.chain.chain.start)
    for joint in reversed(joint_normals(state.document)):
        if joint.place < place and all(mentions(definition, v) for v in joint.variables):
            return joint
    if not _INDEPENDENT.search(state.document.text[:place]):
        return None
    around = environments(state, at)
    known = {v: law for v, law in around[0].variables.items() if law.name == "N" and mentions(definition, v)}
    if len(known) < 2 or len(around) > 1 or any(len(law.options) > 1 for law in known.values()):
        return None
    means = tuple(law.arguments[0] for law in known.values())
    spread = tuple(tuple(law.arguments[1] if v == w else None for w in known) for v, law in known.items())
    return JointNormal(tuple(known), means, spread, place)


def compared(
    state: State, at: At, pair: Pair, arguments: Sequence[Node], definition: Node, joint: JointNormal
) -> Ruling | None:
    """The ruling on N(m, v) with these arguments as the law of a combination of jointly normal variables."""
    generic = Generic({})
    combination = lower_generic(definition, generic)
    means = [lower_generic(m, generic) for m in joint.means]
    spread = [[sp.S.Zero if c is None else lower_generic(c, generic) for c in row] for row in joint.covariance]
    mean, variance = (lower_generic(a, generic) for a in arguments)
    variables = [s for v in joint.variables if (s := _symbol(combination, v)) is not None]
    if generic.uninterpreted or generic.marked or len(variables) < len(joint.variables):
        return None
    known = set().union(*(e.free_symbols for e in (combination, *means, *(c for row in spread for c in row))))
    if not (mean.free_symbols | variance.free_symbols) <= known:
        return None
    random = Random(f"{state.options.seed} combination")
    symbols = sorted((known | mean.free_symbols | variance.free_symbols) - {*variables}, key=str)
    apart: list[tuple[Mapping[sp.Symbol, fmpq], str, str]] = []
    for turn in range(POINTS):
        here = {s: KINDS[(0, 2)[turn % 2]].draw(random) for s in symbols}
        found = _moments(combination, variables, means, spread, here)
        claimed = _Moments(_exact(mean, here), _exact(variance, here))
        if claimed.mean != found.mean:
            apart.append((here, f"mean {found.mean}", f"mean {claimed.mean}"))
        elif claimed.variance != found.variance:
            apart.append((here, f"variance {found.variance}", f"variance {claimed.variance}"))
    if not apart:
        by = Agreement("law", POINTS, 38, f"mean and variance at {POINTS} random points")
        return Ruling(decide([Tried(None, (by,))]), (str(Normal(mean, variance)),))
    asserted = not speaks_of_solving(at.prose[-80:]) and not at.chain.implies
    return _apart(at, pair, *apart[0]) if len(apart) >= LEAST and asserted else None


def _apart(at: At, pair: Pair, here: Mapping[sp.Symbol, fmpq], right: str, left: str) -> Ruling:
    witness = tuple((str(s), str(v)) for s, v in here.items())
    shown = ", ".join(f"{n} = {v}" for n, v in witness)
    message = f"at {shown} the combination has {right}, and the stated law has {left}"
    counter = Counterexample("law", witness, left, right, message, True, True)
    focus = span_of(at.formula, pair.right.start, pair.right.end)
    return Ruling(decide([Tried(None, (counter,))]), ("the parts are jointly normal",), "E316", message, focus)


def _symbol(e: sp.Basic, name: str) -> sp.Symbol | None:
    """The symbol in an expression that a name was read as; x_1 is read as x[1]."""
    plain = re.sub(r"_(\d+)$", r"[\1]", name)
    return next((s for s in e.free_symbols if str(s) in (name, plain)), None)


def _moments(
    e: sp.Expr,
    variables: Sequence[sp.Symbol],
    means: Sequence[sp.Expr],
    spread: Sequence[Sequence[sp.Expr]],
    at: Mapping[sp.Symbol, fmpq],
) -> _Moments:
    """Mean and variance of an affine combination. Raises Undetermined for one that isn't affine."""
    origin = dict.fromkeys(variables, fmpq(0))
    constant = _exact(e, {**at, **origin})
    slopes = [_exact(e, {**at, **origin, v: fmpq(1)}) - constant for v in variables]
    probe = {v: fmpq(n + 2, 3) for n, v in enumerate(variables)}
    straight = constant + sum((s * probe[v] for s, v in zip(slopes, variables, strict=True)), fmpq(0))
    if _exact(e, {**at, **probe}) != straight:
        raise Undetermined("the combination is not affine")
    mean = constant + sum((s * _exact(m, at) for s, m in zip(slopes, means, strict=True)), fmpq(0))
    pairs = ((i, j) for i in range(len(slopes)) for j in range(len(slopes)))
    variance = sum((slopes[i] * slopes[j] * _exact(spread[i][j], at) for i, j in pairs), fmpq(0))
    return _Moments(mean, variance)


def _exact(e: sp.Expr, at: Mapping[sp.Symbol, fmpq]) -> fmpq:
    value = rational(e, at)
    if value is None:
        raise Undetermined("a value that is not rational")
    return value
