"""Densities of a model that the document states: log p(y_i | x_i, θ) where y = θᵀx + ε, and their sums over a sample.

The density is put in for what the notes write of it, what the model computes from x becomes one name, and both sides
are compared at random admissible points, as for any law that is named. The negative log-likelihood NLL is its sum over
the sample, or its mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile, zip_longest
from typing import Protocol

from claims.evidence import Agreement
from claims.records import Record, replace
from claims.verdict import Refuted, Repair, Supported
from errata.checking.context import At, State, bodies_of, roots_of, span_of
from errata.checking.families.atoms import (
    Atom,
    Bodies,
    spelled,
    with_names,
)
from errata.checking.families.changes import READINGS, Kind, tallied
from errata.checking.families.componentwise import whole_names
from errata.checking.families.conditionals import FORMS, Posed, asked_in, is_of, letters_in, put_in
from errata.checking.families.judging import is_near_miss, readings_under, refuted_under, supported
from errata.checking.families.left_out import NOT_LEFT_OUT, lets_go
from errata.checking.families.losses import is_loss, likelihood_sign, losses, specialised
from errata.checking.families.reach import given_since, section_start
from errata.checking.families.ruling import Ruling
from errata.checking.families.trials import Environment, Outcome
from errata.checking.linear import judge_linear
from errata.checking.repairs import SLIPS
from errata.checking.slips import slips
from errata.reading.document import Heading
from errata.reading.families.announced import announced_models
from errata.reading.families.models import Asked, Model, asked, letter_of, models_in
from errata.reading.families.notation import law_call, law_node
from errata.reading.families.terms import names_of_law
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.sections import continues, same_topic
from errata.reading.tree import (
    Call,
    Gap,
    Node,
    Num,
    Sym,
    walk,
)
from errata.reading.unparse import to_latex

MOST_MODELS = 3
"""Models of one quantity that are tried, the latest first."""
CONSTANT = "up to an additive constant"
MOST_SLIPS = 40
_SCALE = re.compile(r"\bscale\b", re.I)
"""The parameter of a law that a sentence gives."""


class _Trial(Record):
    """A relation under a model: what the points say under each reading, nothing where that is not known."""

    model: Model
    posed: Posed
    outcomes: tuple[Outcome, ...]
    in_topic: bool


def judge_likelihood(state: State, at: At, pair: Pair) -> Ruling | None:
    """The ruling on a relation that speaks of the density of a model; None where no model settles it."""
    if pair.relation.sign not in ("=", "≡") or isinstance(pair.left, Gap) or isinstance(pair.right, Gap):
        return None
    trials: list[_Trial] = []
    for model, posed in posed_under(state, at, pair):
        if posed.form in FORMS:
            ruling = of_vectors(posed, state.options.seed) if posed.form == "density" else None
            if ruling is not None:
                return named(state, _with_law(state, ruling, model), model, posed)
            continue
        found = list(_outcomes(posed, state.options.seed, model.name == "Bern"))
        found = found or _by_cases(posed, model, state.options.seed)
        if found and found[-1].agrees and posed.form == "number":
            return None  # what holds in dimension one shows nothing
        if found and found[-1].agrees:
            return named(state, _supported(state, found, trials, model, posed), model, posed)
        if found and is_loss(pair.left) and (loose := _up_to_a_constant(posed, state.options.seed)) is not None:
            return named(state, loose, model, posed)
        trials.append(_Trial(model, posed, tuple(found), in_topic(state, model, at)))
    return _refuted(state, at, pair, trials)


def _supported(state: State, found: Sequence[Outcome], trials: Sequence[_Trial], model: Model, posed: Posed) -> Ruling:
    """The support under a reading; what it takes for granted is named, and a model that is not the latest, too."""
    failed = [outcome for trial in trials for outcome in trial.outcomes]
    ruling = supported(found[-1], [*failed, *found[:-1]])
    if not isinstance(ruling.verdict, Supported):
        return ruling
    later = any(t.outcomes and t.model is not model for t in trials)
    line = state.document.place(model.place).line
    single = f"{to_latex(model.point)} is a number" if model.announced else None
    conditions = [
        ruling.verdict.holds_if,
        posed.said,
        single,
        f"under the law that line {line} gives" if later else None,
    ]
    condition = "; ".join(c for c in conditions if c is not None)
    return replace(ruling, verdict=Supported(tuple(ruling.verdict.by), condition or None))


def _up_to_a_constant(posed: Posed, seed: int) -> Ruling | None:
    """The support for a loss that leaves out what no parameter of the mean stands in; None where it does more."""
    tally = tallied(posed.pair, posed.explicit_left, READINGS[0], Kind(factor=False, raised=False), seed)
    if tally is None or not tally.holds:
        return None
    by = Agreement("law", tally.agree, 7, f"changes of both sides agree at {tally.agree} random choices")
    condition = "; ".join(c for c in (CONSTANT, posed.said) if c is not None)
    return Ruling(Supported((by,), condition), (tally.law,))


def of_vectors(posed: Posed, seed: int) -> Ruling | None:
    """The support of linear algebra for a relation with the density of a vector written out; None where it has none."""
    found = judge_linear(posed.pair, seed)
    if found is None or not isinstance(found.verdict, Supported):
        return None
    return Ruling(Supported(tuple(found.verdict.by), found.verdict.holds_if), found.where)


def _with_law(state: State, ruling: Ruling, model: Model) -> Ruling:
    """The same, a condition on what a name means said beside the law."""
    if not isinstance(ruling.verdict, Supported) or ruling.verdict.holds_if is None:
        return ruling
    condition = f"with the law that line {state.document.place(model.place).line} gives; {ruling.verdict.holds_if}"
    return replace(ruling, verdict=replace(ruling.verdict, holds_if=condition))


def _outcomes(posed: Posed, seed: int, of_two: bool = False) -> Iterator[Outcome]:
    """What the points say under each reading, up to the first that holds; nothing where one can't be computed.

    What fails at some of the values of a variable fails where these are ``of_two``, both of them possible.
    """
    found: list[Outcome] = []
    for one in readings_under(posed.pair, Environment({}, {}, {}), seed):
        if one is None or not (one.agrees or one.differs or (of_two and one.differs_somewhere)):
            return
        found.append(one)
        if one.agrees:
            break
    yield from found


def _by_cases(posed: Posed, model: Model, seed: int) -> list[Outcome]:
    """The failure at one of the two values of a Bernoulli variable, where a relation holds at the other."""
    points = {spelled(one.point) for one in posed.asked}
    if model.name != "Bern" or len(points) != 1:
        return []
    (name,) = points
    for value in ("1", "0"):
        left, right = (with_names(side, {name: Num(0, 0, value)}) for side in (posed.pair.left, posed.pair.right))
        pair = replace(posed.pair, left=left, right=right)
        for found in islice(readings_under(pair, Environment({}, {}, {}), seed), 1):
            if found is not None and found.differs:
                witness = (*found.witness, (name, value))
                return [replace(found, witness=witness, samples=[], solved=True)]
    return []


def _refuted(state: State, at: At, pair: Pair, trials: Sequence[_Trial]) -> Ruling | None:
    """The refutation where all models of the topic fail, or where a single slip is all that is wrong under the latest.

    A relation that gives a law may state a model of its own, so that it takes a single slip and the topic.
    """
    of_topic = [t for t in trials if t.in_topic and not said_anew(t.model, bool(t.outcomes), trials)]
    meant = of_topic or [t for t in trials if has_all_parameters(t.posed)][:1]
    if not meant or not all(t.outcomes for t in meant):
        return None
    first = meant[0]
    loose = lets_go(state, at)
    if first.model.announced:
        loose = lets_go(state, replace(at, prose=_SCALE.sub(" ", at.prose)))
        at = replace(at, prose="")  # what is supposed there is the law
    if not has_all_parameters(first.posed):
        return None
    ruling = refuted_under(state, at, first.posed.pair, (Environment({}, {}, {}),), list(first.outcomes))
    if ruling is None or not isinstance(ruling.verdict, Refuted):
        return None
    if first.posed.components or law_call(pair.right) is not None:
        ruling = _mended(state, at, pair, first, ruling)
    else:
        ruling = _as_the_author_writes(ruling, pair, first.posed)
    if loose and _may_be_left_out(ruling, first.posed, state):
        return None
    near = is_near_miss(ruling)
    if not near and first.model.announced and _has_no_normaliser(pair, first.model):
        return None
    if not near and _others(first) & given_since(state, at, section_start(state, first.model.place)):
        return None
    if not (near and of_topic if law_call(pair.right) is not None else near or of_topic):
        return None
    return named(state, ruling, first.model, first.posed)


def _has_no_normaliser(pair: Pair, model: Model) -> bool:
    """Whether the π of a normal density stands nowhere, so that its constant may be left out on purpose."""
    names = (n for side in (pair.left, pair.right) for n in walk(side))
    return model.name == "N" and not any(isinstance(n, Sym) and n.name == "π" for n in names)


def _as_the_author_writes(ruling: Ruling, pair: Pair, posed: Posed) -> Ruling:
    """A refutation whose repair is in the author's notation."""
    if not isinstance(ruling.verdict, Refuted) or ruling.verdict.repair is None:
        return ruling
    latex = as_written(ruling.verdict.repair.latex, pair, posed.atoms)
    return replace(ruling, verdict=replace(ruling.verdict, repair=replace(ruling.verdict.repair, latex=latex)))


def _mended(state: State, at: At, pair: Pair, trial: _Trial, ruling: Ruling) -> Ruling:
    """A refutation with the first slip of the explicit side whose undoing makes the relation hold; it is looked for in
    what the author wrote, where components or a law stand for it."""
    if not isinstance(ruling.verdict, Refuted):
        return ruling
    on_left = trial.posed.explicit_left
    side = pair.left if on_left else pair.right
    for slip in islice(slips(side), MOST_SLIPS):
        edited = replace(pair, left=slip.node) if on_left else replace(pair, right=slip.node)
        for posed in put_in(edited, trial.model, bodies_of(state)):
            found = list(_outcomes(posed, state.options.seed)) if posed.form == trial.posed.form else []
            if posed.said == trial.posed.said and found and found[-1].agrees:
                mended = Repair(to_latex(slip.node), slip.kind)
                focus = span_of(at.formula, slip.start, slip.end)
                label = f"{SLIPS[slip.kind]} ({'left' if on_left else 'right'} side)"
                return replace(ruling, verdict=replace(ruling.verdict, repair=mended), focus=focus, label=label)
    return replace(ruling, verdict=replace(ruling.verdict, repair=None), label=None)


class UnderModel(Protocol):
    """A relation under a model, whatever was found."""

    @property
    def model(self) -> Model: ...


def said_anew(model: Model, computed: bool, trials: Sequence[UnderModel]) -> bool:
    """Whether a later model states the same law in other words, where this one can't be held against the relation."""
    later = takewhile(lambda t: t.model is not model, trials)
    return not computed and any(t.model.name == model.name and spread_of(t.model) == spread_of(model) for t in later)


def spread_of(model: Model) -> list[str]:
    """The parameters of a law after the first one."""
    return [spelled(a) for a in model.arguments[1:]]


def has_all_parameters(posed: Posed) -> bool:
    """Whether every parameter of the law stands in the formula for its density: without σ it may be for σ = 1."""
    explicit = posed.pair.left if posed.explicit_left else posed.pair.right
    names = {key(n) for n in walk(explicit) if is_name(n)}
    laws = [n for side in (posed.pair.left, posed.pair.right) for n in walk(side) if isinstance(n, Call)]
    return names.issuperset(n for law in laws if (one := law_node(law)) is not None for n in names_of_law(one))


def _may_be_left_out(ruling: Ruling, posed: Posed, state: State) -> bool:
    """Whether what parts the sides may be a constant that is left out: not a name or a power that is wrong, nor what
    the quantity stands in."""
    repair = ruling.verdict.repair if isinstance(ruling.verdict, Refuted) else None
    if repair is not None and repair.slip in NOT_LEFT_OUT:
        return False
    kinds = (Kind(factor=True, raised=False), Kind(factor=False, raised=True))
    found = (tallied(posed.pair, posed.explicit_left, READINGS[1], kind, state.options.seed) for kind in kinds)
    return any(tally is None or not tally.fails for tally in found)


def _others(trial: _Trial) -> set[str]:
    """The names in a relation but for that of the quantity whose law it is about, which the model itself may give."""
    own = letter_of(trial.model.point).lower()
    named = [n for side in (trial.posed.pair.left, trial.posed.pair.right) for n in whole_names(side)]
    return {key(n) for n in named if letter_of(n).lower() != own}


def named(state: State, ruling: Ruling, model: Model, posed: Posed) -> Ruling:
    """A ruling that says which model was used, and what the names for its parts are."""
    parts = [f"{to_latex(a.name)} is {to_latex(a.part)}" for a in posed.atoms]
    said = named_model(state, ruling, model)
    return replace(said, where=(*said.where, *parts))


def named_model(state: State, ruling: Ruling, model: Model) -> Ruling:
    """A ruling that says which model was used."""
    line = state.document.place(model.place).line
    law = f"{to_latex(model.head)}({', '.join(map(to_latex, model.arguments))})"
    given = f" given {', '.join(map(to_latex, model.given))}" if model.given else ""
    return replace(ruling, where=(*ruling.where, f"{to_latex(model.point)}{given} follows {law} (line {line})"))


def as_written(latex: str, pair: Pair, atoms: Sequence[Atom]) -> str:
    """A repair in the author's notation."""
    for atom in atoms:
        nodes = (n for side in (pair.right, pair.left) for n in walk(side))
        shown = next((n for n in nodes if spelled(n) in atom.spellings), atom.part)
        latex = latex.replace(to_latex(atom.name), to_latex(shown))
    return latex


def in_topic(state: State, model: Model, at: At) -> bool:
    """Whether a relation stands in the section of a model, below it, or in one that goes on with its topic."""
    place = at.formula.offset(at.chain.chain.start)
    for one, other in zip_longest(_path(state, model.place), _path(state, place)):
        if one is None or one == other:
            continue
        if other is None or one.level != other.level:
            return False
        return same_topic(one.title, other.title) or continues(one.title, other.title)
    return True


def _path(state: State, place: int) -> list[Heading]:
    """The headings over a place, the highest first."""
    path: list[Heading] = []
    for heading in state.document.headings:
        if heading.span.start > place:
            break
        path = [*(h for h in path if h.level < heading.level), heading]
    return path


def models_of(state: State) -> tuple[Model, ...]:
    """The models of the document, found when they are first asked for."""
    if state.models is None:
        places = [(root, f.offset(0)) for root, f in zip(roots_of(state), state.document.formulas, strict=True)]
        state.models = models_in(places)
    return state.models


def _announced(at: At, pair: Pair, wanted: Sequence[Asked], place: int) -> Iterator[Model]:
    """The law that the sentence before a formula gives the one density in it."""
    if len({key(one.call) for one in wanted}) == 1 and not pair.position and at.chain.chain.start == 0:
        explicit = pair.right if any(asked(n) for n in walk(pair.left)) else pair.left
        yield from announced_models(at.prose, wanted[0], explicit, place - 1)


def _is_exponential(node: Node) -> bool:
    """Whether a call is one of the function exp, and no exponential law."""
    return isinstance(node, Call) and isinstance(node.head, Sym) and node.head.latex == r"\exp"


def _specialised(pair: Pair, model: Model, bodies: Bodies, sign: int) -> list[Posed]:
    """The relation under a model with the covariance that the document gives for the name of it."""
    special = specialised(model, bodies)
    if special is None:
        return []
    said = f"{to_latex(model.arguments[1])} is {to_latex(special.arguments[1])}"
    every = (posed for whole in losses(pair, special, sign) for posed in put_in(whole, special, bodies))
    return [replace(posed, said=said if posed.said is None else f"{said}; {posed.said}") for posed in every]


def posed_under(state: State, at: At, pair: Pair, loosely: bool = False) -> Iterator[tuple[Model, Posed]]:
    """The relation under each model that its densities may be of, the latest first.

    ``loosely`` says that it holds up to a constant, so that a name may be that of a likelihood.
    """
    place = at.formula.offset(at.chain.chain.start)
    wanted = tuple(asked_in(pair))
    if sum(any(asked(n) for n in walk(side)) for side in (pair.left, pair.right)) == 2:
        return  # what holds between densities is for all laws
    loss = 0 if wanted else likelihood_sign(state, at, pair.left) if loosely else -1 if is_loss(pair.left) else 0
    letters = letters_in((pair.right,))
    if not wanted and not loss:
        return
    every = (*models_of(state), *_announced(at, pair, wanted, place))
    drawn = frozenset(letter_of(m.point).lower() for m in every)
    bodies = bodies_of(state)
    tried: list[str] = []
    restated = any(law_call(side) is not None and not _is_exponential(side) for side in (pair.left, pair.right))
    for model in (m for m in reversed(every) if m.place < place and (m.noise or not restated)):
        text = f"{model.name} {spelled(model.point)} {' '.join(map(spelled, model.arguments))}"
        if text in tried or len(tried) == MOST_MODELS:
            continue
        if loss and letter_of(model.point).lower() in letters:
            found = _specialised(pair, model, bodies, loss) if loosely else []
            found += [posed for whole in losses(pair, model, loss) for posed in put_in(whole, model, bodies)]
        elif wanted and all(is_of(model, one, drawn, bodies) for one in wanted):
            found = list(put_in(pair, model, bodies))
        else:
            continue
        tried.append(text)
        if loss and not is_loss(pair.left):
            name = f"{to_latex(pair.left)} is {'minus ' if loss < 0 else ''}a log-likelihood"
            found = [replace(p, said=name if p.said is None else f"{name}; {p.said}") for p in found]
        yield from ((model, posed) for posed in found)
