"""What a document says of its laws and random variables, so that a sentence about them is judged by its premises."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from flint import fmpq

from claims.records import Record, field, replace
from claims.sentences import Density, Place, Product, Sentence
from errata.checking.composed import Composed, composed_in, members_named_in
from errata.reading.bent import bent_functions
from errata.reading.names import is_name
from errata.reading.relations import Pair, stated
from errata.reading.sentences.definitions import Definitions, definitions_of
from errata.reading.sentences.heads import DEFAULT, canonical, law_of, operator, speaks_of_laws, subscript
from errata.reading.sentences.layers import Layers
from errata.reading.sentences.readings import Read, first_reading, readings
from errata.reading.sentences.survey import law_letters
from errata.reading.tree import Call, Factors, Lines, Node, Num, walk
from errata.reading.vectors import Unlowered

_INDEPENDENT = re.compile(r"\bindependen(?:t|ce|tly)\b|\\perp|\\indep|\bi\.?i\.?d\b", re.I)
_DENIED = re.compile(r"\bnot?\b|n't\b|\bnever\b|\bdependent\b|\bunless\b|\bwhether\b", re.I)
_POSITIVE = re.compile(r"\bnon-?negative\b|\bpositive\b|\\ge(?:q|qslant)?\s*0|>\s*0", re.I)
_UNIT = re.compile(r"0\s*(?:\\leq?|<)\s*\S+\s*(?:\\leq?|<)\s*1|\[\s*0\s*,\s*1\s*\]|\(\s*0\s*,\s*1\s*\)")
_DISCRETE = re.compile(r"\bdiscrete\b|\bevents?\b|\bmass function|\bcategorical\b", re.I)
_FACTORISED = re.compile(r"\bMarkov|\bhierarch|\bfactori[sz]|\bgraphical model|\bmemoryless", re.I)
MOST_ASSUMED = 6


class Assumed(Record):
    """Two blocks of variables that a document takes as independent given others, and the sentences that say so."""

    blocks: tuple[tuple[str, ...], tuple[str, ...]]
    given: tuple[str, ...]
    left: Sentence
    right: Sentence

    def __str__(self) -> str:
        one, two = (" and ".join(block) for block in self.blocks)
        return f"{one} independent of {two}" + (f" given {', '.join(self.given)}" if self.given else "")


class PageLaws(Record):
    """Letters that stand for laws beside p and q, what the text mentions, what it defines and what it assumes."""

    letters: frozenset[str]
    independent: bool
    positive: bool
    unit: bool
    discrete: bool
    factorised: bool
    """Whether the text speaks of Markov chains, hierarchies or factorisations."""
    names: frozenset[str]
    """Variables that stand in a sentence which says that something is independent; none where it names none."""
    definitions: Definitions
    speaking: bool
    """Whether anything is defined by laws, so that a relation without them may speak of them all the same."""
    stated: frozenset[tuple[str, int]]
    """Variables that follow a law of their own, and laws that are given in closed form, each with its formula."""
    assumed: tuple[Assumed, ...]
    composed: tuple[Composed, ...] = ()
    """The laws of many variables that the document composes of conditional ones."""
    bent: Mapping[str, int] = field(default_factory=dict)
    """Functions that the text calls convex (1) or concave (−1)."""
    also: Mapping[str, str] = field(default_factory=dict)
    """Members that have another name, where laws are composed: z_0 is x."""
    bounds: Mapping[str, tuple[fmpq | None, fmpq | None]] = field(default_factory=dict)
    """Between what the names are of which the page says so up to here."""
    drawn: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The laws that variables are said to follow, q where x ∼ q, by their keys."""
    dense: bool = False
    """Whether the text near a relation speaks of densities, so that an entropy H may be a differential one."""


def read_on(pair: Pair, page: PageLaws, layers: Layers | None = None) -> tuple[Read, ...]:
    """The readings of a relation on a page, its numbers within the bounds that it says; a mean that names no law is
    under the one that the page draws its variables from. Raises Unlowered."""
    found = readings(pair.left, pair.right, page.letters, layers or _drawn(pair, page))
    found = tuple(replace(read, counted=read.counted - read.informed) for read in found) if page.dense else found
    return tuple(replace(read, bounds=page.bounds) for read in found) if page.bounds else found


def first_read_on(pair: Pair, page: PageLaws) -> Read:
    """The first of these readings. Raises Unlowered."""
    if _drawn(pair, page) is not None:
        return read_on(pair, page)[0]
    found = first_reading(pair.left, pair.right, page.letters)
    return replace(found, bounds=page.bounds) if page.bounds else found


def _drawn(pair: Pair, page: PageLaws) -> Layers | None:
    """What a mean without a law is under, where the page draws its variables from another law than p; None else.

    Raises Unlowered where they come from several others.
    """
    if not page.drawn or not any(_is_lawless(n) for side in (pair.left, pair.right) for n in walk(side)):
        return None
    names = {canonical(n) for side in (pair.left, pair.right) for n in walk(side) if is_name(n)}
    laws = frozenset[str]().union(*(page.drawn.get(name, frozenset()) for name in names))
    if not laws or DEFAULT in laws:
        return None
    if len(laws) > 1:
        raise Unlowered("a mean that names no law, of variables of several laws")
    return Layers({}, {}, under=next(iter(laws)))


def _is_lawless(node: Node) -> bool:
    """Whether a node is a mean or a variance that doesn't say under which law."""
    head = node.head if isinstance(node, Call) else node
    return operator(head) in ("E", "Var", "Cov", "Corr") and subscript(head) is None


def page_laws(text: str, roots: Iterable[Lines]) -> PageLaws:
    """What a document says of its laws."""
    formulas = tuple(roots)
    letters = frozenset(law_letters(formulas))
    definitions = definitions_of(formulas, letters)
    composed = composed_in(formulas, letters)
    bodies = (*definitions.names.values(), *(body for _, body in definitions.functions.values()))
    return PageLaws(
        letters=letters,
        independent=any(map(_speaks_of_independence, _sentences(text))),
        positive=_POSITIVE.search(text) is not None,
        unit=_UNIT.search(text) is not None,
        discrete=_DISCRETE.search(text) is not None,
        factorised=_FACTORISED.search(text) is not None,
        names=_independent_names(text),
        definitions=definitions,
        speaking=any(map(speaks_of_laws, bodies)),
        stated=frozenset(_stated(formulas, letters)),
        assumed=tuple(_assumed(formulas, letters))[:MOST_ASSUMED],
        composed=composed,
        bent=bent_functions(text),
        also=members_named_in(formulas) if composed else {},
        drawn=_laws_drawn_from(formulas, letters),
    )


def _stated(roots: tuple[Lines, ...], letters: frozenset[str]) -> Iterator[tuple[str, int]]:
    """x where x ∼ N(0, 1), and p where p(x) is set equal to something without laws."""
    for number, root in enumerate(roots):
        for pair in (p for chain in stated(root) for p in chain.pairs()):
            if pair.relation.sign == "∼":
                yield from ((canonical(n), number) for n in walk(pair.left) if is_name(n))
            elif isinstance(pair.left, Call) and not speaks_of_laws(pair.right) and not _holds_for_all(pair):
                found = law_of(pair.left.head, letters)
                if found is not None:
                    yield found.key, number


def _laws_drawn_from(roots: tuple[Lines, ...], letters: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """The laws of which the page says that a variable follows them: x ∼ q, x ∼ q(x), x ∼ q(·)."""
    found: dict[str, set[str]] = {}
    for pair in (p for root in roots for chain in stated(root) for p in chain.pairs()):
        if pair.relation.sign != "∼" or not is_name(pair.left):
            continue
        law = law_of(pair.right.head if isinstance(pair.right, Call) else pair.right, letters)
        if law is not None and not law.variables:
            found.setdefault(canonical(pair.left), set()).add(law.key)
    return {name: frozenset(laws) for name, laws in found.items()}


def _holds_for_all(pair: Pair) -> bool:
    """Whether a bound is that of every probability, p(A) ≤ 1 or p(A) ≥ 0, so that it says nothing of this one."""
    end = {"≤": "1", "<": "1", "≥": "0", ">": "0"}.get(pair.relation.sign)
    return end is not None and isinstance(pair.right, Num) and pair.right.text == end


def _assumed(roots: tuple[Lines, ...], letters: frozenset[str]) -> Iterator[Assumed]:
    """p(a | b, c) = p(a | b) and p(a, b | c) = p(a | c) p(b | c), which no law has to satisfy."""
    seen: list[Assumed] = []
    for pair in (p for root in roots for chain in stated(root) for p in chain.pairs()):
        if pair.relation.sign in ("=", "≡") and isinstance(pair.left, Call) and isinstance(pair.right, Call | Factors):
            found = _assumption(pair, letters)
            if found is not None and found not in seen:
                seen.append(found)
                yield found


def _assumption(pair: Pair, letters: frozenset[str]) -> Assumed | None:
    try:
        read = readings(pair.left, pair.right, letters)[0]
    except Unlowered:
        return None
    left, right = read.left, read.right
    if not isinstance(left, Density):
        return None
    given = _variables(left.given)
    if isinstance(right, Density) and right.law == left.law and right.at == left.at:
        fewer = _variables(right.given)
        lost = tuple(v for v in given if v not in fewer)
        if set(fewer) < set(given):
            return Assumed((_variables(left.at), lost), fewer, left, right)
    if isinstance(right, Product) and len(right.factors) == 2:
        one, two = right.factors
        if isinstance(one, Density) and isinstance(two, Density) and one.law == two.law == left.law:
            blocks = (_variables(one.at), _variables(two.at))
            apart = _variables(one.given) == _variables(two.given) == given
            if apart and set(left.at) == {*one.at, *two.at}:
                return Assumed(blocks, given, left, right)
    return None


def _variables(places: tuple[Place, ...]) -> tuple[str, ...]:
    return tuple(sorted(p.variable for p in places))


def _speaks_of_independence(sentence: str) -> bool:
    """Whether a sentence says that something is independent, and not that it isn't or needn't be."""
    return _INDEPENDENT.search(sentence) is not None and _DENIED.search(sentence) is None


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.;:])\s|\n\s*\n|\$\$", text)


def _independent_names(text: str) -> frozenset[str]:
    """The names in the formulas of the sentences that speak of independence, in lower case."""
    found: set[str] = set()
    for sentence in _sentences(text):
        if _speaks_of_independence(sentence):
            for formula in re.findall(r"\$([^$]+)\$", sentence):
                found.update(n.lower() for n in re.findall(r"(?<![A-Za-z\\])[A-Z](?:_\w)?(?![A-Za-z])", formula))
    return frozenset(found)
