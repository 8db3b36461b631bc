"""Judges a relation about a variable with a named law: a moment, a density, a distribution function, a divergence.

Both sides are computed from the density of the law at random admissible parameters. A relation holds if it does under
one admissible reading of the notation, which is named; it is refuted only where every reading fails, the law is stated
for exactly this variable within the section, and nothing else the document says could be meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice, product

from claims.evidence import Agreement, Counterexample
from claims.records import replace
from claims.verdict import Refuted, Repair, Tried, decide
from errata.checking.algebra import is_step, may_be_identity
from errata.checking.context import At, State, bodies_of, span_of
from errata.checking.families.affine import judge_combination
from errata.checking.families.conventions import contradicted, stands_alone_in
from errata.checking.families.derived import derivation_of
from errata.checking.families.examples import NUMBERS, is_of_an_example
from errata.checking.families.functionals import after_arrow, law_under, with_drawn
from errata.checking.families.given import is_given_here, saved_by_what_is_given
from errata.checking.families.left_out import NOT_LEFT_OUT, lets_go
from errata.checking.families.naming import judge_naming
from errata.checking.families.plainly import plainly
from errata.checking.families.printed import may_be_rounded
from errata.checking.families.reach import environments, given_names, given_since, same_law, section_start
from errata.checking.families.rescaled import LIMITS_IN_LAW, judge_rescaled
from errata.checking.families.ruling import Ruling, supposes, wants
from errata.checking.families.said_options import options_said
from errata.checking.families.spoken import last_sentence, speaks_of_others
from errata.checking.families.transformed import judge_transformed
from errata.checking.families.trials import Environment, Outcome, outcome, plainly_differs
from errata.checking.families.vector_divergences import judge_vector_divergence
from errata.checking.families.vectors import judge_normal_matrices, judge_normal_vectors
from errata.checking.kinds import is_number
from errata.checking.repairs import SLIPS
from errata.checking.slips import Slip, slips
from errata.reading.document import Span
from errata.reading.families.given import behind_bar, label_with
from errata.reading.families.notation import LawNode, law_node
from errata.reading.families.spread import mixes_spreads
from errata.reading.families.terms import names_of_law
from errata.reading.matrix_notation import bare_names
from errata.reading.names import is_name, key, names_in
from errata.reading.parser import parse
from errata.reading.relations import Pair
from errata.reading.tree import (
    Accent,
    Bar,
    Big,
    Call,
    Differential,
    Factors,
    Fence,
    Function,
    Gap,
    Node,
    Script,
    Styled,
    Sym,
    children,
    walk,
)
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered

MOST_READINGS = 8
MOST_SLIPS = 160
MOST_WAYS = 2
"""Ways to read the parameters of a law, with more of which it may be meant in yet another one."""
NEAR = frozenset({"sign", "factor-2", "factor-1/2", "square", "bracket", "inverse", "name"})
"""Slips that show which law is meant: a term too many, or a number off by one, may be another law's."""
HEADS = NEAR - {"name"}
"""Those that show it where a relation opens a chain and a name in it is given a value somewhere."""
PI = Sym(0, 0, "π", "", r"\pi")
MARKED = "names with marks stand in it"
"""What may save a relation, unless it holds whatever these names are once a single slip is undone."""


_OF_ANOTHER = re.compile(r"\b(?:also|alternativ\w*|another|other|sometimes|some (?:authors|texts|books))\b", re.I)
"""Words of a sentence that goes over to another convention."""


def judge_families(state: State, at: At, pair: Pair) -> Ruling | None:
    """The ruling on a relation under the laws that the document states; None where they settle nothing."""
    if pair.relation.sign == "∼":
        named = judge_naming(state, at, pair) or judge_combination(state, at, pair)
        return named or judge_transformed(state, at, pair) or judge_rescaled(state, at, pair)
    if pair.relation.sign in LIMITS_IN_LAW:
        return judge_rescaled(state, at, pair)
    if pair.relation.sign not in ("=", "≡") or isinstance(pair.left, Gap) or isinstance(pair.right, Gap):
        return None
    vectors = judge_normal_vectors(state, at, pair) or judge_normal_matrices(state, at, pair)
    vectors = vectors or judge_vector_divergence(state, at, pair)
    if vectors is not None:
        return vectors
    pair = after_arrow(at.chain, pair)
    by_itself = is_written_out(pair) or (_has_a_stranger(pair) and not _may_be_given(state, pair))
    is_mixed = mixes_spreads(pair.left, pair.right)
    pair, drawn = with_drawn(pair)
    around = tuple(_with_drawn(state, at, e, drawn) for e in environments(state, at))
    failed: list[Outcome] = []
    for environment in around:
        if not _concerns(pair, environment) or _is_said_again(pair, environment):
            return None
        for found in readings_under(pair, environment, state.options.seed):
            if found is None or not _is_settled(found):
                return None
            if found.agrees and found.choice.get("N") and is_mixed:
                continue
            if found.agrees:
                may_contradict = failed and found.choice and _OF_ANOTHER.search(last_sentence(at.prose)) is None
                lines = contradicted(state, pair, environment, found.choice) if may_contradict else ()
                ruling = refuted_under(state, at, pair, (environment,), failed, lines) if lines else None
                return ruling or _against_the_words(state, at, pair, environment, found) or supported(found, failed)
            failed.append(found)
    return _failed(state, at, pair, around, failed, by_itself) if failed else None


def _against_the_words(state: State, at: At, pair: Pair, around: Environment, found: Outcome) -> Ruling | None:
    """The refutation of a relation that holds, but not as the words beside its law call a parameter."""
    spoken = options_said(state, at, pair, around)
    if all(found.choice.get(name, 0) == option for name, option in spoken.choice.items()):
        return None
    try:
        meant = outcome(pair, around, {**found.choice, **spoken.choice}, state.options.seed)
    except (Unlowered, TypeError, ValueError, RecursionError):
        return None
    if meant is None or not meant.differs or not stands_alone_in(state, pair, around, found.choice, spoken.choice):
        return None
    return refuted_under(state, at, pair, (around,), [meant], spoken.lines)


def _is_settled(found: Outcome) -> bool:
    """Whether a reading holds, or fails for good."""
    return found.agrees or found.differs or found.differs_somewhere or (found.differ > 0 and not found.sound)


def _failed(
    state: State, at: At, pair: Pair, around: tuple[Environment, ...], failed: list[Outcome], by_itself: bool
) -> Ruling | None:
    """The refutation of a relation that fails under all laws and readings, where nothing may save it."""
    ambiguous = any(ways > MOST_WAYS for found in failed for ways in found.open.values())
    plain = {id(e): e.sure or not (ambiguous or e.unknown or is_given_here(state, at, pair, e)) for e in around}
    meant = [plain[id(e)] or _may_be_sure(state, pair, e) for e in around]
    step = is_step(pair, at.chain, at.prose)
    if not (all(meant) or by_itself or step):
        return None if ambiguous else _failed_head(state, at, pair, around, failed)
    ruling = refuted_under(state, at, pair, around, failed)
    if ruling is not None and failed[0].kind == "distribution" and lets_go(state, at):
        ruling = None if _slip_of(ruling) not in NOT_LEFT_OUT else ruling
    sure = all(meant) and all(f.sound and f.differs and not f.lacking for f in failed)
    sure = sure and all(plain[id(e)] or not _speaks_of_variables(pair, e) for e in around)
    near = ruling is not None and (
        is_near_miss(ruling) or (_slip_of(ruling) is not None and _never_has_a_value(failed))
    )
    return ruling if sure or near else None


def _never_has_a_value(failed: list[Outcome]) -> bool:
    """Whether what a law is said to have has no value at any point, under all readings: no other law has that."""
    return all(f.lacking and f.differs for f in failed)


def _failed_head(
    state: State, at: At, pair: Pair, around: tuple[Environment, ...], failed: list[Outcome]
) -> Ruling | None:
    """The refutation of a relation at the head of a chain, names of which are given values, that is one slip away from
    one that holds, and that these values don't save."""
    premises = list(_premises(state, at, pair))
    chain = replace(at.chain, concluded=False) if premises else at.chain
    if any(e.unknown for e in around) or not may_be_identity(pair, chain, at.prose):
        return None
    ruling = refuted_under(state, at, pair, around, failed)
    near = ruling is not None and (_slip_of(ruling) in HEADS or _is_of_a_lost_name(ruling, pair, around))
    free = {name for law in premises for name in names_of_law(law)}
    if not near or any(saved_by_what_is_given(state, at, pair, e, free) for e in around):
        return None
    return ruling


def _premises(state: State, at: At, pair: Pair) -> Iterator[LawNode]:
    """The laws of variables in a relation that are the premise of it: X ~ Gam(a, b) ⇒ E(X) = a/b."""
    names = {key(n) for side in (pair.left, pair.right) for n in walk(side)} if at.chain.concluded else set()
    for said in state.said or ():
        if said.premise and said.formula == at.index and said.law is not None and said.variable in names:
            yield said.law


def _with_drawn(state: State, at: At, around: Environment, drawn: Mapping[str, LawNode]) -> Environment:
    """The laws in force, and those of the variables that stand for laws written out."""
    if not drawn:
        return around
    here = given_since(state, at, section_start(state, at.formula.span.start))
    given = any(names_of_law(law) & here for law in drawn.values())
    return replace(around, variables={**around.variables, **drawn}, sure=around.sure and not given)


def is_written_out(pair: Pair) -> bool:
    """Whether a law with its parameters stands alone on one side, and its names on the other: Poiss(y; λ) = …, or the
    entropy or a moment of it."""
    return any((law_node(one) or law_under(one)) and not _foreign(one, other) for one, other in _calls(pair))


def _has_a_stranger(pair: Pair) -> bool:
    """Whether one is written out, but for a single name that stands in it once: b^a / Γ(c) · … = Gam(x; a, b)."""
    return any(law_node(one) is not None and len(_foreign(one, other)) == 1 for one, other in _calls(pair))


def _calls(pair: Pair) -> Iterator[tuple[Call, Node]]:
    for one, other in ((pair.left, pair.right), (pair.right, pair.left)):
        if isinstance(one, Call):
            yield one, other


def _foreign(law: Node, other: Node) -> list[str]:
    """The names on a side, as often as they stand there, that a law doesn't have."""
    named = {key(n) for n in walk(law) if is_name(n)} | NUMBERS
    return [key(n) for n in _read(other) if is_name(n) and key(n) not in named]


def _read(node: Node) -> Iterator[Node]:
    """The nodes of a tree but for the names of its functions, and for the parts of a name."""
    stack = [node]
    while stack:
        n = stack.pop()
        yield n
        if is_name(n):
            continue
        if isinstance(n, Call):
            stack.append(n.fence)
        elif isinstance(n, Function):
            stack.append(n.argument)
        elif isinstance(n, Script) and n.sub is not None and is_name(named := replace(n, sup=None)):
            stack += [named, *([n.sup] if n.sup is not None else [])]
        else:
            stack += children(n)


def _may_be_given(state: State, pair: Pair) -> bool:
    """Whether the document gives a name of a relation in others of it."""
    names = {key(n) for side in (pair.left, pair.right) for n in _read(side) if is_name(n)}
    bodies = bodies_of(state)
    return any(names.issuperset(bare_names(body)) for name in names for body in bodies.get(name, ()))


def _may_be_sure(state: State, pair: Pair, around: Environment) -> bool:
    """Whether the document gives no name a value or an expression, in which the relation may be meant."""
    given = given_names(state)
    if _speaks_of_variables(pair, around) and any(names_of_law(law) & given for law in around.laws()):
        return False
    return not given & {key(n) for side in (pair.left, pair.right) for n in walk(side) if is_name(n)}


def is_near_miss(ruling: Ruling) -> bool:
    """Whether a single slip of a kind that no other law explains makes the relation hold under the law that is known:
    what the variable follows besides, on a condition, say, is then not meant."""
    return _slip_of(ruling) in NEAR


def _slip_of(ruling: Ruling) -> str | None:
    """The kind of the slip that mends a relation."""
    repair = ruling.verdict.repair if isinstance(ruling.verdict, Refuted) else None
    return None if repair is None else repair.slip


def _is_of_a_lost_name(ruling: Ruling, pair: Pair, around: tuple[Environment, ...]) -> bool:
    """Whether a wrong name stands for one that the left side has, for π, or for a parameter of the law that is missed:
    P(Y = y) = p^p (1 - p)^{1 - y}."""
    repair = ruling.verdict.repair if isinstance(ruling.verdict, Refuted) else None
    if repair is None or repair.slip != "name":
        return False
    there, mended = (Counter(_names_read(node)) for node in (pair.right, parse(repair.latex).statements[0]))
    lost = {n for environment in around for law in environment.laws() for n in names_of_law(law)} - set(there)
    return set(mended - there) <= {*_names_read(pair.left), *NUMBERS, *lost}


def _names_read(node: Node) -> list[str]:
    return [key(n) for n in _read(node) if is_name(n)]


def _concerns(pair: Pair, around: Environment) -> bool:
    """Whether a name with a law, the name of a law, or a law with its parameters stands in a relation."""
    for node in (*walk(pair.left), *walk(pair.right)):
        if isinstance(node, Call | Factors) and law_node(node) is not None:
            return True
    return _speaks_of_variables(pair, around)


def _is_said_again(pair: Pair, around: Environment) -> bool:
    """Whether a density is given the law that it was given before, in the same words."""
    law = law_node(pair.right)
    if law is None or not isinstance(pair.left, Call) or not isinstance(pair.left.fence, Fence):
        return False
    body = pair.left.fence.body
    first = body.left if isinstance(body, Bar) else body
    if first is None:
        return False
    before = around.labels.get(label_with(key(pair.left.head), key(first), behind_bar(body)))
    return before is not None and same_law(before, law)


def _speaks_of_variables(pair: Pair, around: Environment) -> bool:
    """Whether a name with a law, or the name of a law, stands in a relation."""
    for node in (*walk(pair.left), *walk(pair.right)):
        if isinstance(node, Sym | Script | Accent | Styled):
            name = key(node)
            if name in around.variables or name in around.labels:
                return True
            if name.upper() in around.labels or name[:1].upper() + name[1:] in around.variables:
                return True
    return False


def written_in(pair: Pair) -> set[str]:
    """The names of the laws that a relation itself writes: Gam in Gam(x; a, b) = …"""
    nodes = (n for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Call | Factors))
    return {law.name for n in nodes if (law := law_node(n)) is not None}


def readings_under(pair: Pair, around: Environment, seed: int) -> Iterator[Outcome | None]:
    """What the points say under each reading of what the notation leaves open, the usual reading first."""
    try:
        first = outcome(pair, around, {}, seed)
        yield first
        if first is None:
            return
        names = sorted(first.open)
        choices = product(*(range(first.open[n]) for n in names))
        for choice in islice(choices, 1, MOST_READINGS):
            yield outcome(pair, around, dict(zip(names, choice, strict=True)), seed)
    except (Unlowered, TypeError, ValueError, RecursionError):
        yield None


def supported(found: Outcome, failed: list[Outcome]) -> Ruling:
    condition = "; ".join(n for n in found.notes if not all(n in f.notes for f in failed)) if failed else None
    detail = f"{found.agree} random choices of the parameters"
    by = Agreement("law", found.agree, 7, detail)
    derived = None if failed else derivation_of((found,), True)
    return Ruling(decide([Tried(condition or None, (by,))]), (*found.notes, *_law_of(found)), derived=derived)


def _law_of(found: Outcome) -> tuple[str, ...]:
    return (found.law,) if found.law else ()


def refuted_under(
    state: State,
    at: At,
    pair: Pair,
    around: tuple[Environment, ...],
    failed: list[Outcome],
    lines: tuple[int, ...] = (),
) -> Ruling | None:
    """A refutation, where nothing could save the relation; ``lines`` fix the parameterisation."""
    if _has_a_normaliser(pair, around):
        return None
    known = all(f.sound or (f.why_unsound == MARKED and not lines) for f in failed)
    stranger = not lines and _has_a_stranger(pair) and not _may_be_given(state, pair)
    if not (known or stranger) or not _asserts(at, pair, around):
        return None
    if speaks_of_others(
        at.prose, {law.name for environment in around for law in environment.laws()} | written_in(pair)
    ):
        return None
    if may_be_rounded(failed[0], pair):
        return None
    first = plainly(failed[0])
    where = f" at {', '.join(f'{n} = {v}' for n, v in first.witness)}" if first.witness else ""
    message = f"under {first.law}{where} the left side is {first.left}, the right side {first.right}"
    if first.kind == "moment" and isinstance(pair.left, Call) and first.left == first.right:
        message = f"under {first.law} it fails{where}"
    if lines and first.notes:
        told = f"line{'s' * (len(lines) > 1)} {', '.join(map(str, lines[:3]))}"
        message += f"; that {first.notes[0]} follows from {told}"
    by = Counterexample("law", first.witness, first.left, first.right, message, True, True)
    rule = "E315" if first.kind == "distribution" else "E314"
    repair, focus, label = _repair(state, at, pair, around, first)
    derived = derivation_of(failed, False)
    return Ruling(decide([Tried(None, (by,))], repair), first.notes, rule, message, focus, label, derived)


def _has_a_normaliser(pair: Pair, around: tuple[Environment, ...]) -> bool:
    """Whether a name of no law stands before an exponential under an integral, k e^{−x²}: it may be what makes a
    density of that."""
    laws = {key(n) for environment in around for law in environment.laws() for a in law.arguments for n in walk(a)}
    for big in (n for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Big)):
        bound = {key(d.variable) for d in big.differentials if isinstance(d, Differential)}
        factors = big.body.items if isinstance(big.body, Factors) else ()
        names = {key(f) for f in factors if isinstance(f, Sym)} - laws - bound
        kernels = (f for f in factors if isinstance(f, Script) and isinstance(f.base, Sym) and f.base.name == "e")
        if names - {"e", r"\pi"} and any(f.sup is not None and bound & names_in(f.sup) for f in kernels):
            return True
    return False


def _asserts(at: At, pair: Pair, around: tuple[Environment, ...]) -> bool:
    """Whether the text claims the relation: it neither supposes it, nor solves for it, nor gives it as data."""
    if wants(at) if _stands_alone(pair) else supposes(at):
        return False
    if is_of_an_example(pair, around):
        return False
    return not any(is_name(side) or is_number(side) for side in (pair.left, pair.right)) or _is_result(pair)


def _stands_alone(pair: Pair) -> bool:
    """Whether a relation writes out the laws it speaks of and has the same names on both sides:
    KL(N(μ, v) ‖ N(0, 1)) in terms of μ and v."""
    laws = [
        n for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Call) and law_node(n) is not None
    ]
    names = [{key(n) for n in _read(side) if is_name(n)} for side in (pair.left, pair.right)]
    return bool(laws) and names[0] == names[1] and bool(names[0])


def writes_out_its_laws(pair: Pair) -> bool:
    """Whether a relation is of a density with its parameters and what it is written out as, one of them or a product:
    whatever law its names follow, it is an identity in these."""
    names = [{key(n) for n in _read(side) if is_name(n)} - NUMBERS for side in (pair.left, pair.right)]
    every = (n for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Call) and is_name(n.head))
    calls = [n for n in every if key(n.head) != r"\exp"]
    return bool(calls) and all(law_node(call) is not None for call in calls) and names[0] == names[1]


def _is_result(pair: Pair) -> bool:
    """Whether a moment is said to be a parameter: E(X) = μ. A bare number may hold for some values only."""
    left = pair.left.base if isinstance(pair.left, Script) and pair.left.sup is None else pair.left
    return isinstance(left, Call) and is_name(pair.right) and not is_name(pair.left)


def _repair(
    state: State, at: At, pair: Pair, around: tuple[Environment, ...], failed: Outcome
) -> tuple[Repair | None, Span, str | None]:
    """The first slip on the right side whose undoing makes the relation hold, and where it stands."""
    seed = state.options.seed
    whole = span_of(at.formula, pair.right.start, pair.right.end)
    if law_node(pair.right) is not None and isinstance(pair.right, Call):
        return _repair_of_left(at, pair, around, failed, seed) or (None, whole, None)
    for slip in (*islice(slips(pair.right, pair.left), MOST_SLIPS), *_with_lost(pair.right, around)):
        edited = replace(pair, right=slip.node)
        if _may_hold(slip.node, failed) and _holds(edited, around[0], seed, failed.why_unsound):
            focus = span_of(at.formula, slip.start, slip.end)
            return Repair(to_latex(slip.node), slip.kind), focus, f"{SLIPS[slip.kind]} (right side)"
    return None, whole, None


def _with_lost(side: Node, around: tuple[Environment, ...]) -> Iterator[Slip]:
    """The edits of a side in which one of its names is π, or a parameter of the law, that doesn't stand in it."""
    arguments = (a for environment in around[:1] for law in environment.laws() for a in law.arguments)
    lost = {key(n): n for n in (PI, *arguments) if is_name(n)}
    here = set(_names_read(side))
    spare = tuple(n for name, n in lost.items() if name not in here)
    news = {key(n) for n in spare}
    yield from (s for s in slips(side, spare=spare) if s.kind == "name" and news & set(_names_read(s.node)))


def _repair_of_left(
    at: At, pair: Pair, around: tuple[Environment, ...], failed: Outcome, seed: int
) -> tuple[Repair, Span, str] | None:
    """The same where the law stands on the right side, and what it is written out as on the left."""
    for slip in islice((s for s in slips(pair.left, pair.right) if s.kind in NEAR), MOST_SLIPS):
        if _holds(replace(pair, left=slip.node), around[0], seed, failed.why_unsound):
            focus = span_of(at.formula, slip.start, slip.end)
            return Repair(to_latex(slip.node), slip.kind), focus, f"{SLIPS[slip.kind]} (left side)"
    return None


def _may_hold(node: Node, failed: Outcome) -> bool:
    """Whether an edited right side meets the left one at the first points; a median or a mode is always tried."""
    if failed.solved:
        return True
    try:
        return not plainly_differs(node, failed.samples)
    except (Unlowered, TypeError, ValueError, RecursionError):
        return False


def _holds(pair: Pair, around: Environment, seed: int, beside: str) -> bool:
    """Whether a relation holds at all points, with nothing left open but what is open in the failed one."""
    try:
        full = outcome(pair, around, {}, seed)
    except (Unlowered, TypeError, ValueError, RecursionError):
        return False
    return full is not None and full.agrees and full.why_unsound in ("", beside)
