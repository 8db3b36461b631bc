"""Categorical models: p(y_i | x_i) = π̂_{i, y_i} = ∏_k π̂_{i,k}^{y_{i,k}}, their logarithms, and cross-entropy.

The label y_i stands for a class where it is an index, and y_{i,k} for its one-hot code. Both sides are computed for
random probabilities and classes, each sample's code having a single one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random

import sympy as sp
from flint import arb, fmpq

from claims.evidence import Agreement, Counterexample
from claims.records import Record, replace
from claims.verdict import Repair, Tried, decide
from errata.checking.context import At, State, bodies_of, span_of
from errata.checking.families.atoms import rebuilt
from errata.checking.families.componentwise import unused
from errata.checking.families.conditionals import asked_in, index_of, is_of, letters_in
from errata.checking.families.judging import NEAR
from errata.checking.families.likelihoods import in_topic, models_of, named_model
from errata.checking.families.losses import is_loss, losses
from errata.checking.families.ruling import Ruling, supposes
from errata.checking.proportional import with_ranges
from errata.checking.repairs import SLIPS
from errata.checking.restored import restored
from errata.checking.slips import slips
from errata.reading.document import Span
from errata.reading.families.models import LETTERS, Model, asked, letter_of
from errata.reading.generic import Generic, lower_generic, whole_numbers
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.tree import (
    Bar,
    Big,
    Call,
    Chain,
    Factors,
    Fence,
    Gap,
    Group,
    Node,
    Num,
    Phrase,
    Relation,
    Script,
    Sym,
    walk,
)
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined, enclose

ONE_HOT = "{y} with an index for a class is the one-hot code of the label"
POINTS = 12
LEAST = 8
MOST_SLIPS = 40
_CLASSES = (3, 4, 2)
"""How many classes there are, in turn."""
_SAMPLES = (2, 3)
_LIMITS = ("K", "C", "M", "L")
_INDICES = ("r", "l", "s", "t")


class _Names(Record):
    """How a relation writes the probabilities and the codes, and the last class."""

    chance: Node
    code: Node
    paired: bool
    """Whether the probabilities have the index of the sample, too."""
    last: str
    index: str


@dataclass(slots=True)
class _Found:
    agree: int = 0
    differ: int = 0
    witness: tuple[tuple[str, str], ...] = ()
    left: str = ""
    right: str = ""


def judge_classes(state: State, at: At, pair: Pair) -> Ruling | None:
    """The ruling on a relation about labels of a categorical model; None where there is none, or it is not settled."""
    if pair.relation.sign not in ("=", "≡") or isinstance(pair.left, Gap) or isinstance(pair.right, Gap):
        return None
    if all(any(asked(n) for n in walk(side)) for side in (pair.left, pair.right)):
        return None  # what holds between densities is for all laws
    model = _model(state, at, pair)
    if model is None:
        return None
    failed: list[tuple[Pair, _Found]] = []
    for whole in _readings(pair, model):
        posed = _posed(whole, model)
        found = None if posed is None else _tallied(posed, model, state.options.seed)
        if posed is None or found is None or found.agree + found.differ < LEAST:
            return None
        if not found.differ:
            by = Agreement("law", found.agree, 15, f"{found.agree} random choices of probabilities and classes")
            return named_model(state, Ruling(decide([Tried(None, (by,))]), (_said(model),)), model)
        failed.append((posed, found))
    if not failed or supposes(at):
        return None
    posed, first = failed[0]
    message = f"with {', '.join(f'{n} = {v}' for n, v in first.witness)} the left side is {first.left}, "
    message += f"the right side {first.right}"
    by_witness = Counterexample("law", first.witness, first.left, first.right, message, True, True)
    repair, focus, label = _repair(at, pair, model, state.options.seed)
    if not in_topic(state, model, at) and (repair is None or repair.slip not in NEAR):
        return None
    ruling = Ruling(decide([Tried(None, (by_witness,))], repair), (_said(model),), "E315", message, focus, label)
    return named_model(state, ruling, model)


def _said(model: Model) -> str:
    return ONE_HOT.format(y=to_latex(model.point).lower())


def _model(state: State, at: At, pair: Pair) -> Model | None:
    """The latest model of the labels in a relation, if it is categorical."""
    place = at.formula.offset(at.chain.chain.start)
    before = [m for m in reversed(models_of(state)) if m.place < place]
    if not any(m.name == "Cat" for m in before):
        return None
    wanted, events = asked_in(pair), list(_events(pair))
    if not wanted and not events:
        labels = {letter for side in (pair.left, pair.right) for n in walk(side) for letter in _labels(n)}
        letters = letters_in((pair.right,))
        named = is_loss(pair.left)
        model = next((m for m in before if letter_of(m.point).lower() in (letters if named else labels)), None)
        return model if model is not None and model.name == "Cat" and (labels or named) else None
    drawn = frozenset(letter_of(m.point).lower() for m in before)
    bodies = bodies_of(state)
    model = next(
        (
            m for m in before
            if all(is_of(m, one, drawn, bodies) for one in wanted)
            and all(letter_of(m.point).lower() == letter_of(e.items[0]).lower() for _, e in events)
        ),
        None,
    )  # fmt: skip
    return model if model is not None and model.name == "Cat" and len(model.arguments) == 1 else None


def _events(pair: Pair) -> Iterator[tuple[Call, Chain]]:
    """P(Y = k | π) with the event in it."""
    for node in (n for side in (pair.left, pair.right) for n in walk(side)):
        if not isinstance(node, Call) or not isinstance(node.head, Sym) or node.head.name not in LETTERS | {"Pr"}:
            continue
        body = node.fence.body if isinstance(node.fence, Fence) else None
        event = body.left if isinstance(body, Bar) else body
        if not isinstance(event, Chain) or len(event.items) != 2 or event.relations[0].sign != "=":
            continue
        if is_name(event.items[0]) and isinstance(event.items[1], Sym):
            yield node, event


def _labels(node: Node) -> list[str]:
    """The letter of a label that is the last index of a name: y of π̂_{i, y_i}."""
    last = _places(node)[-1:] if isinstance(node, Script) and node.sub is not None else ()
    return [letter_of(p).lower() for p in last if is_name(p) and (isinstance(p, Script) or letter_of(p) in "yztc")]


def _places(node: Script) -> tuple[Node, ...]:
    sub = node.sub.body if isinstance(node.sub, Group) else node.sub
    if isinstance(sub, Phrase):
        return sub.items
    if isinstance(sub, Factors) and all(not sign for sign in sub.signs):
        return sub.items
    return () if sub is None else (sub,)


def _readings(pair: Pair, model: Model) -> Iterator[Pair]:
    if is_loss(pair.left) and not asked_in(pair):
        yield from losses(pair, model)
    else:
        yield pair


def _posed(pair: Pair, model: Model) -> Pair | None:
    """The relation with sums over classes in the place of densities and of probabilities at a label."""
    pair = replace(pair, left=with_ranges(pair.left, "K"), right=with_ranges(pair.right, "K"))
    names = _names(pair, model)
    if names is None:
        return None
    point = letter_of(model.point).lower()
    events = {key(call): event.items[1] for call, event in _events(pair)}

    def change(node: Node) -> Node | None:
        if isinstance(node, Call) and key(node) in events:
            return Script(node.start, node.end, names.chance, events[key(node)], None, 0, False)
        one = asked(node)
        if one is not None:
            return _at_label(node, names, index_of(one.point))
        if isinstance(node, Script) and node.sub is not None and letter_of(node) == letter_of(names.chance):
            places = _places(node)
            if places and is_name(places[-1]) and letter_of(places[-1]).lower() == point:
                value = _at_label(node, names, index_of(places[-1]))
                return value if node.sup is None else replace(node, base=value, sub=None)
        return None

    return replace(pair, left=rebuilt(pair.left, change), right=rebuilt(pair.right, change))


def _names(pair: Pair, model: Model) -> _Names | None:
    """How a relation writes its families; None where the model's parameter is no family of probabilities."""
    argument = model.arguments[0]
    head = argument.head if isinstance(argument, Call) else argument
    while isinstance(head, Script):
        head = head.base
    if not is_name(head):
        return None
    nodes = [n for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Script) and n.sub is not None]
    chances = [n for n in nodes if letter_of(n) == letter_of(head) and _places(n)]
    point = letter_of(model.point).lower()
    codes = [n for n in nodes if letter_of(n).lower() == point and (len(_places(n)) == 2 or not index_of_sample(n))]
    taken = frozenset(n.name for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Sym))
    every = [n for side in (pair.left, pair.right) for n in walk(side)]
    limits = [last for n in every if (last := _last_class(n, chances)) is not None]
    paired = any(len(_places(n)) == 2 for n in chances) if chances else bool(model.given)
    chance = chances[0].base if chances else head
    code = codes[0].base if codes else Sym(0, 0, point, "", point)
    last = limits[0] if limits else unused(_LIMITS, taken)
    return _Names(chance, code, paired, last, unused(_INDICES, taken))


def index_of_sample(node: Script) -> bool:
    """Whether a name has the index of a sample alone: y_i, and not y_k."""
    return index_of(node) is not None and key(node.sub or node) not in ("k", "c")


def _last_class(node: Node, chances: Sequence[Script]) -> str | None:
    """Up to where a sum or a product runs over the last index of the probabilities; None for any other node."""
    if not isinstance(node, Big) or not isinstance(node.head, Script) or node.head.sup is None:
        return None
    sub = node.head.sub.body if isinstance(node.head.sub, Group) else node.head.sub
    index = sub.items[0] if isinstance(sub, Chain) else sub
    over = index is not None and any(key(_places(n)[-1]) == key(index) for n in chances)
    return key(node.head.sup) if over else None


def _at_label(node: Node, names: _Names, index: Node | None) -> Node:
    """∑_r y_{i,r} π̂_{i,r} for the probability of a label."""
    at = node.start
    letter = Sym(at, at, names.index, "", names.index)
    first = Chain(at, at, (letter, Num(at, at, "1")), (Relation(at, at, "=", "="),))
    sign = Sym(at, at, "∑", "", r"\sum")
    head = Script(at, at, sign, first, Sym(at, at, names.last, "", names.last), 0, False)
    code = _member(names.code, index, letter)
    chance = _member(names.chance, index if names.paired else None, letter)
    big = Big(at, node.end, head, Factors(at, node.end, ("", ""), (code, chance)), (), False)
    return Fence(at, node.end, "(", big, ")")


def _member(base: Node, index: Node | None, last: Node) -> Node:
    sub = last if index is None else Group(base.start, base.end, Phrase(base.start, base.end, (index, last), (",", "")))
    return Script(base.start, base.end, base, sub, None, 0, False)


def _tallied(pair: Pair, model: Model, seed: int) -> _Found | None:
    """Both sides at random probabilities and classes; None where something else stands in them."""
    random = Random(f"{seed} classes {key(pair.left)}")
    found = _Found()
    for turn in range(POINTS):
        try:
            sides, symbols, sizes = _lowered(pair, turn)
            at = _point(symbols, model, pair, random)
            if at is None:
                return None
            left, right = (enclose(side, at=at) for side in sides)
        except (Unlowered, Undetermined, TypeError, ValueError, RecursionError):
            return None
        same = bool(left.overlaps(right))
        found.agree += same
        found.differ += not same
        if not same and not found.witness:
            found.witness = (*((n, str(v)) for n, v in sizes.items()), *((str(s), str(at[s])) for s in symbols))
            found.left, found.right = _shown(left), _shown(right)
    return found


def _lowered(pair: Pair, turn: int) -> tuple[list[sp.Basic], list[sp.Symbol], dict[str, int]]:
    limits, indices = whole_numbers(pair.left, pair.right)
    classes = _CLASSES[turn % len(_CLASSES)]
    sizes = {n: classes if n in _LIMITS else _SAMPLES[turn % len(_SAMPLES)] for n in limits}
    sizes |= {n: 1 + turn % 2 for n in indices}
    generic = Generic(sizes)
    sides = [lower_generic(side, generic) for side in (pair.left, pair.right)]
    if generic.uninterpreted or generic.matrices or any(isinstance(side, sp.Tuple) for side in sides):
        raise Unlowered("it holds more than labels and probabilities")
    symbols = sorted(set().union(*(side.free_symbols for side in sides)), key=str)
    return sides, symbols, sizes


def _point(symbols: Sequence[sp.Symbol], model: Model, pair: Pair, random: Random) -> dict[sp.Symbol, fmpq] | None:
    """One-hot codes and probabilities that add up to one, or less where not all of them are met."""
    names = _names(pair, model)
    if names is None:
        return None
    rows: dict[tuple[str, str], list[sp.Symbol]] = {}
    for s in symbols:
        base, bracket, places = s.name.partition("[")
        if not bracket or base not in (key(names.code), key(names.chance)):
            return None
        row = places.rstrip("]").rpartition(",")[0]
        rows.setdefault((base, row), []).append(s)
    at: dict[sp.Symbol, fmpq] = {}
    for (base, _), members in rows.items():
        if base == key(names.code):
            hot = random.randrange(len(members))
            at |= {s: fmpq(int(n == hot)) for n, s in enumerate(members)}
        else:
            weights = [random.randint(1, 60) for _ in members]
            total = sum(weights) + (random.randint(1, 40) if len(members) == 1 else 0)
            at |= {s: fmpq(w, total) for s, w in zip(members, weights, strict=True)}
    return at


def _shown(ball: arb) -> str:
    return str(ball.str(8, radius=False))


def _repair(at: At, pair: Pair, model: Model, seed: int) -> tuple[Repair | None, Span, str | None]:
    """The first slip of the right side whose undoing makes the relation hold, and where it stands."""
    whole = span_of(at.formula, pair.right.start, pair.right.end)
    ends = (slip for slip in restored(pair.right, pair.left) if slip.kind == "off-by-one")
    for slip in (*islice(slips(pair.right), MOST_SLIPS), *ends):
        edited = next(_readings(replace(pair, right=slip.node), model))
        posed = _posed(edited, model)
        found = None if posed is None else _tallied(posed, model, seed)
        if found is not None and found.agree >= LEAST and not found.differ:
            focus = span_of(at.formula, slip.start, slip.end)
            return Repair(to_latex(slip.node), slip.kind), focus, f"{SLIPS[slip.kind]} (right side)"
    return None, whole, None
