"""Judges a relation about laws that the document composes of conditional ones, as in a hierarchy of latent variables.

The worlds are those in which the laws are so composed. A word such as ELBO is what the section around it first sets it
equal to, an expectation under a law alone is one over all that the law draws, and a divergence between conditional laws
is averaged over their conditions, where the other side speaks of none. All this supports, and never refutes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from claims.evidence import Agreement
from claims.records import Record, replace
from claims.sentences import (
    AnyPart,
    Bound,
    Density,
    Divergence,
    Expectation,
    Sentence,
    Value,
    free_names,
    parts,
    with_parts,
)
from claims.verdict import Tried, decide
from errata.checking.abstract import FONTS, LEAST, could_have_failed, signature_of
from errata.checking.algebra import Found
from errata.checking.composed import Composed
from errata.checking.context import State, roots_of
from errata.checking.page_laws import PageLaws, read_on
from errata.reading.names import is_name, key
from errata.reading.relations import Pair, stated
from errata.reading.sentences.heads import letter, operator, subscript
from errata.reading.sentences.layers import Layers
from errata.reading.sentences.readings import Read
from errata.reading.substitution import replaced
from errata.reading.tree import Call, Gap, Node, Script, Text, walk
from errata.reading.vectors import Unlowered
from numerics.interpretations.agreement import Tally, tallies
from numerics.interpretations.worlds import DENSITIES, POSITIVE, SKEWED, THREE, TWO

KINDS = (TWO, THREE, POSITIVE, DENSITIES, SKEWED)
WORLDS = 3
MOST_OUTCOMES = 100
MEAN = "divergences are averaged over what they are conditioned on"


class _Put(Record):
    """A relation with its words put in, and the lines that say what they are."""

    pair: Pair
    lines: tuple[str, ...]


def judge_layered(state: State, page: PageLaws, pair: Pair, formula: int, seed: int) -> Found | None:
    """The support of a relation between laws that the document composes; None where it gets none."""
    if pair.relation.sign not in ("=", "≡") or not page.composed:
        return None
    put = _with_words(state, pair, formula)
    try:
        layers = _layers(page, (put.pair.left, put.pair.right))
        reads = read_on(put.pair, page, layers)
    except Unlowered:
        return None
    for read in reads:
        composed = _composed(read, page)
        if composed and not any(_is_itself(read, one) for one in page.composed):
            for left, right, averaged in _averagings(read, layers):
                found = _judged(replace(read, left=left, right=right), composed, seed)
                if found is not None:
                    where = (*put.lines, *_also(put.pair, page, layers), *_under(put.pair, layers))
                    return _supported(*found, _said(state, composed, averaged), where)
    return None


def _said(state: State, composed: Sequence[Composed], averaged: bool) -> str:
    lines = sorted(state.document.place(state.document.formulas[c.formula].span.start).line for c in composed)
    one = len(composed) == 1
    laws = " and ".join(c.law for c in composed)
    where = f"line {lines[0]} says" if one else f"lines {', '.join(map(str, lines))} say"
    said = f"{laws} factorise{'s' if one else ''} as {where}"
    return f"{said}; {MEAN}" if averaged else said


def _supported(agreed: int, kinds: int, condition: str, where: tuple[str, ...]) -> Found:
    detail = f"{agreed} random worlds of {kinds} kinds, in which the laws are composed as the document says"
    return Found(decide([Tried(condition, (Agreement("worlds", agreed, 38, detail),))]), where, True)


def _with_words(state: State, pair: Pair, formula: int) -> _Put:
    """A relation with its words replaced by what the section around it first says that they are."""
    names = (n for side in (pair.left, pair.right) for n in walk(side) if is_name(n))
    words = {key(n): letter(n)[0] for n in names if key(n).startswith(FONTS)}
    here = state.document.formulas[formula].offset(max(0, pair.relation.start))
    bodies: dict[str, Node] = {}
    lines: list[str] = []
    for word, shown in sorted(words.items()):
        found = _first_said(state, word, here)
        if found is not None:
            bodies[word] = found[1]
            lines.append(f"{shown} as line {state.document.place(found[0]).line} has it")
    if not bodies:
        return _Put(pair, ())
    return _Put(replace(pair, left=replaced(pair.left, bodies), right=replaced(pair.right, bodies)), tuple(lines))


def _first_said(state: State, word: str, before: int) -> tuple[int, Node] | None:
    """What a word is first set equal to in the innermost section around a place that says so before it."""
    said = [(at, body) for at, body in _all_said(state, word) if at < before]
    for start in _sections_around(state, before):
        inside = [found for found in said if found[0] >= start]
        if inside:
            return inside[0]
    return None


def _all_said(state: State, word: str) -> Iterator[tuple[int, Node]]:
    for number, root in enumerate(roots_of(state)):
        for chain in stated(root):
            left, right = chain.chain.items[:2]
            plain = chain.chain.relations[0].sign in ("=", ":=", "≡", "≜") and not isinstance(right, Gap)
            if plain and is_name(left) and key(left) == word and not any(isinstance(n, Text) for n in walk(right)):
                yield state.document.formulas[number].offset(chain.chain.relations[0].start), right


def _sections_around(state: State, place: int) -> list[int]:
    """Where the sections start that a place is in, the innermost first, and the document last."""
    around: list[tuple[int, int]] = []
    for heading in state.document.headings:
        if heading.span.start <= place:
            around = [*((level, at) for level, at in around if level < heading.level)]
            around.append((heading.level, heading.span.start))
    return [*(at for _, at in reversed(around)), 0]


def _layers(page: PageLaws, sides: Sequence[Node]) -> Layers:
    drawn = {c.law: tuple(v for v in c.variables if v not in c.given) for c in page.composed}
    known = {v for c in page.composed for v in c.variables}
    also = {member: name for member, name in page.also.items() if name.lower() in known}
    return Layers(drawn, {c.law: c.given for c in page.composed}, also, _only_law(sides, drawn))


def _only_law(sides: Sequence[Node], composed: Mapping[str, object]) -> str | None:
    """The law of all expectations that name one; None where there are several."""
    heads = (n for side in sides for n in walk(side) if isinstance(n, Script) and operator(n) == "E")
    laws = {key(sub) if is_name(sub) else "" for n in heads if (sub := subscript(n)) is not None}
    return next(iter(laws)) if len(laws) == 1 and laws <= composed.keys() else None


def _under(pair: Pair, layers: Layers) -> tuple[str, ...]:
    heads = (n.head for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Call))
    alone = any(operator(head) == "E" and subscript(head) is None for head in heads)
    return (f"an expectation without a law is under {layers.under}",) if alone and layers.under else ()


def _also(pair: Pair, page: PageLaws, layers: Layers) -> tuple[str, ...]:
    """The members in a relation that have another name."""
    plain = read_on(pair, page, replace(layers, also={}))[0]
    names = {p.name for side in (plain.left, plain.right) for p in parts(side) if isinstance(p, Value)}
    return tuple(f"{member} is {name}" for member, name in layers.also.items() if member in names)


def _composed(read: Read, page: PageLaws) -> tuple[Composed, ...]:
    """The composed laws of a reading, where each law in it with several variables is one."""
    known = {c.law: c for c in page.composed}
    for law, variables in read.laws.items():
        if law in known and not set(variables) <= set(known[law].variables):
            return ()
        if law not in known and len(variables) > 1:
            return ()
    return tuple(known[law] for law in read.laws if law in known)


def _is_itself(read: Read, composed: Composed) -> bool:
    return (composed.left, composed.right) in ((read.left, read.right), (read.right, read.left))


def _averagings(read: Read, layers: Layers) -> Iterator[tuple[Sentence, Sentence, bool]]:
    """Both sides as they stand; then with their divergences averaged over what the other side doesn't speak of."""
    yield read.left, read.right, False
    left, right = free_names(read.left), free_names(read.right)
    a, b = _averaged(read.left, left - right, read, layers), _averaged(read.right, right - left, read, layers)
    if (a, b) != (read.left, read.right):
        yield a, b, True


def _averaged(part: AnyPart, loose: frozenset[str], read: Read, layers: Layers) -> AnyPart | Expectation:
    """A part of a sentence with each divergence in it averaged over the loose names in it."""
    if isinstance(part, Divergence) and (mean := _mean(part, loose, read, layers)) is not None:
        return mean
    if isinstance(part, Divergence):
        return part
    return with_parts(part, lambda p: _averaged(p, loose, read, layers))


def _mean(part: Divergence, loose: frozenset[str], read: Read, layers: Layers) -> Expectation | None:
    """A divergence averaged over the loose names in it, under the law of its first side; None where it has no mean."""
    laws = {p.law for p in parts(part.p) if isinstance(p, Density)}
    names = sorted(free_names(part) & loose)
    law = next(iter(laws)) if len(laws) == 1 else ""
    over = tuple(Bound(n, read.names[n]) for n in names if n in read.names)
    if not over or law not in layers.drawn or not {b.variable for b in over} <= set(layers.drawn[law]):
        return None
    return Expectation(law, part, over, layers.conditions(law))


def _judged(read: Read, composed: Sequence[Composed], seed: int) -> tuple[int, int] | None:
    """In how many worlds of how many kinds a reading holds; None where it fails in one, or in none could have."""
    free = free_names(read.left) | free_names(read.right)
    read = replace(read, names={n: v for n, v in read.names.items() if n in free})
    laws = {**read.laws, **{c.law: c.variables for c in composed}}
    signature = replace(signature_of(read), laws=laws, written={c.law: c.factors for c in composed})
    kinds = tuple(k for k in KINDS if k.size ** max(map(len, laws.values())) <= MOST_OUTCOMES)
    found: list[Tally] = []
    for tally in tallies(read.left, "=", read.right, signature, seed, kinds=kinds, worlds=WORLDS):
        found.append(tally)
        if tally.differ:
            return None
    agreed = sum(t.agree for t in found)
    if agreed < LEAST or not could_have_failed(found, read, "=", signature, seed):
        return None
    return agreed, len(found)
