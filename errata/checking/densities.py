"""Whether a density has total mass one: integrated, or summed, over its stated support at random parameters.

A parameter that only scales the density may be its normaliser, so then no other total is held against it. Nothing is
said where the support is neither stated nor that of the one law which the text names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

import sympy as sp
from flint import arb, fmpq

from claims.evidence import Agreement, Counterexample
from errata.reading.calculus import mentions
from errata.reading.generic import Generic, lower_generic, whole_numbers
from errata.reading.names import is_name, key
from errata.reading.supports import Support, in_cases, named_law, stated_support
from errata.reading.tree import Bar, Call, Chain, Fence, Lines, Node, Num, Phrase, Script, Sym, Text
from errata.reading.vectors import Unlowered
from numerics.balls import PRECISIONS, Undetermined, enclose
from numerics.identity import KINDS
from numerics.masses import finite_sum, infinite_sum, is_infinite

POINTS = 12
LEAST = 8
"""Choices of parameters that must have a total before anything is said."""
MOST_MISSES = 4
"""Choices in a row without a total, after which none is expected."""
_LETTERS = frozenset("fpq")
_SPEAKS = re.compile(r"\b(?:densit(?:y|ies)|mass function|pdf|pmf)\b", re.I)
_SUBJECT = re.compile(
    r"\W*(?:\w+,?\s+){0,2}(?:the\s+)?\[?(?:probability\s+)?(?:density|mass)(?:\s+function)?\]?\s+of\b[^.;]*\bis\W*$",
    re.I,
)
"""Words of which the density is the subject: Then, the probability density function of X is"""
_MATRICES = frozenset("Σ Λ Ω S".split())
_SIZE = re.compile(r"([a-zA-Z]) *\\times *1\b|\\mathbb\{R\}\^\{?([a-zA-Z])")
_LINK = re.compile(r"\]\([^)\s]*\)")


@dataclass(frozen=True, slots=True)
class Density:
    """A density or mass function in a formula, where its closed form stands, and what its total mass came to."""

    start: int
    end: int
    name: str
    support: str
    evidence: Agreement | Counterexample

    @property
    def message(self) -> str:
        if isinstance(self.evidence, Agreement):
            return f"{self.name} has total mass 1 over {self.support}"
        return f"{self.name} has total mass {self.evidence.left} over {self.support}, not 1"


@dataclass(frozen=True, slots=True)
class _Written:
    """A closed form, its variable and its support; ``firm`` where the support is beyond doubt."""

    name: str
    variable: Node
    body: Node
    support: Support
    firm: bool
    dimension: str | None = None
    """For a density of vectors, the letter of their dimension: the density is looked at in dimension one."""


def densities(root: Lines, prose: str, seed: int) -> tuple[Density, ...]:
    """The densities of a formula whose total mass could be told; ``prose`` is the text before the formula."""
    out: list[Density] = []
    for written in _written(root, prose):
        try:
            evidence = total_mass(
                written.variable, written.body, written.support, written.firm, seed, written.dimension
            )
        except Unlowered:
            continue
        if evidence is not None:
            out.append(Density(written.body.start, written.body.end, written.name, written.support.said, evidence))
    return tuple(out)


def total_mass(
    variable: Node, body: Node, support: Support, firm: bool, seed: int, dimension: str | None = None
) -> Agreement | Counterexample | None:
    """What the totals at random parameters say; a total other than 1 counts only where the support is ``firm``.

    Raises Unlowered where the density has no closed form.
    """
    random = Random(f"{seed} {key(body)}")
    totals: list[tuple[_Point, arb]] = []
    misses = 0
    for turn in range(POINTS):
        point = _point(variable, body, support, turn, random, dimension)
        try:
            totals.append((point, point.total()))
            misses = 0
        except Undetermined:
            misses += 1
            if misses == MOST_MISSES:
                break
        if not point.parameters and not point.sizes:
            break
    found = _ruled(totals, firm)
    return found if dimension is None or isinstance(found, Counterexample) else None


@dataclass(frozen=True, slots=True)
class _Point:
    """A density at one choice of its parameters."""

    term: sp.Basic
    variable: sp.Symbol
    low: sp.Basic
    high: sp.Basic
    whole: bool
    at: Mapping[sp.Symbol, fmpq]
    sizes: Mapping[str, int]
    doubtful: bool

    @property
    def parameters(self) -> list[sp.Symbol]:
        return sorted((self.term.free_symbols | self.low.free_symbols | self.high.free_symbols) & {*self.at}, key=str)

    def total(self, bits: int = PRECISIONS[0]) -> arb:
        if not self.whole:
            integral = sp.Integral(self.term, (self.variable, self.low, self.high))
            try:
                return enclose(integral, bits, at=self.at)
            except Undetermined:
                if is_infinite(integral, self.at):
                    return arb.pos_inf()
                raise
        low = _whole(self.low)
        if self.high is sp.oo:
            return infinite_sum(self.term, self.variable, low, self.at)
        return finite_sum(self.term, self.variable, low, _whole(self.high), self.at)

    def only_scales(self, s: sp.Symbol) -> bool:
        """Whether a parameter changes the density by the same factor everywhere, so that it may be the normaliser."""
        if s in self.low.free_symbols | self.high.free_symbols:
            return False
        places = [fmpq(1), fmpq(2)] if self.whole else [fmpq(2, 7), fmpq(5, 7)]
        moved = {**self.at, s: self.at[s] * fmpq(3, 4)}
        try:
            (a, b), (c, d) = [[enclose(self.term, at={**at, self.variable: x}) for x in places]
                              for at in (self.at, moved)]  # fmt: skip
        except Undetermined:
            return True
        return bool((a * d).overlaps(b * c))


def _point(
    variable: Node, body: Node, support: Support, turn: int, random: Random, dimension: str | None = None
) -> _Point:
    """The density with parameters drawn at random: positive numbers, in turn also below one; whole ones that count."""
    limits = [n for n in (support.low, support.high) if n is not None]
    name = key(variable)
    counted = [n for n in whole_numbers(body)[0] if n != name]
    if support.whole:
        counted += [key(n) for n in limits if is_name(n) and key(n) not in counted]
    sizes = {n: random.randint(2, 6) for n in counted}
    if dimension is not None:
        sizes[dimension] = 1
    generic = Generic(sizes)
    term = lower_generic(body, generic)
    symbol = generic.symbol(name)
    low = lower_generic(support.low, generic) if support.low is not None else -sp.oo
    high = lower_generic(support.high, generic) if support.high is not None else sp.oo
    matrices = generic.matrices and dimension is None
    if generic.uninterpreted or matrices or generic.means or isinstance(term, sp.Tuple):
        raise Unlowered("a density with unknown parts")
    if symbol not in term.free_symbols and not isinstance(term, sp.Rational) and not limits:
        raise Unlowered("the density does not vary")
    free = sorted((term.free_symbols | low.free_symbols | high.free_symbols) - {symbol}, key=str)
    at = {s: KINDS[turn % 2].draw(random) for s in free}
    return _Point(term, symbol, low, high, support.whole, at, sizes, bool(generic.marked))


def _ruled(totals: Sequence[tuple[_Point, arb]], firm: bool) -> Agreement | Counterexample | None:
    closed = len(totals) == 1 and not totals[0][0].parameters and not totals[0][0].sizes
    if len(totals) < LEAST and not closed:
        return None
    ones = [t.overlaps(arb(1)) for _, t in totals]
    if all(ones):
        detail = "the total mass is 1" + ("" if closed else f" at {len(totals)} random choices of the parameters")
        return Agreement("total mass", len(totals), 12, detail, exhaustive=closed)
    first, total = totals[0]
    if any(ones) or not firm or first.doubtful or any(first.only_scales(s) for s in first.parameters):
        return None
    again = first.total(PRECISIONS[1])
    witness = (*((n, str(v)) for n, v in first.sizes.items()), *((str(s), str(first.at[s])) for s in first.parameters))
    shown = "infinite" if not total.is_finite() else total.str(8, radius=False)
    return Counterexample(
        "total mass", witness, shown, "1", f"the total mass is {shown}", True, not again.overlaps(arb(1))
    )


def _whole(e: sp.Basic) -> int:
    if not isinstance(e, sp.Integer):
        raise Undetermined("the limits of a sum are not whole numbers")
    return int(e)


def _written(root: Lines, prose: str) -> Iterator[_Written]:
    """The closed forms that a formula gives for densities, each with its support."""
    for statement in _statements(root):
        parts = statement.items if isinstance(statement, Phrase) else (statement,)
        for i, part in enumerate(parts):
            head = part.items[0] if isinstance(part, Chain) else None
            if isinstance(part, Chain) and isinstance(head, Call) and (variable := _variable(head)) is not None:
                if (dimension := _of_vectors(head, prose)) is not None:
                    yield from _vector_forms(part, key(head), variable, dimension)
                if not _is_density(head, prose):
                    continue
                beside = [p for p in parts[i + 1 :] if not isinstance(p, Text)]
                yield from _forms(part, key(head), variable, beside, prose)


def _forms(chain: Chain, name: str, variable: Node, beside: Sequence[Node], prose: str) -> Iterator[_Written]:
    """Each member of the chain after its head, as far as the signs are =."""
    for relation, member in zip(chain.relations, chain.items[1:], strict=True):
        if relation.sign != "=" or (isinstance(member, Call) and _variable(member) is not None):
            return
        case = in_cases(member, key(variable))
        if case is not None:
            yield _Written(name, variable, case[0], case[1], True)
        elif (support := stated_support(beside, key(variable))) is not None:
            yield _Written(name, variable, member, support, True)
        elif not beside and (law := named_law(prose)) is not None and _names_its_limits(member, law.support):
            yield _Written(name, variable, member, law.support, _says_so(prose, name))


def _vector_forms(chain: Chain, name: str, variable: Node, dimension: str) -> Iterator[_Written]:
    """Each closed form of a density on ℝⁿ, which has to have total mass one for n = 1 too."""
    line = Support(None, None, False, "the real line, in dimension one")
    for relation, member in zip(chain.relations, chain.items[1:], strict=True):
        if relation.sign != "=" or (isinstance(member, Call) and _variable(member) is not None):
            return
        yield _Written(name, variable, member, line, True, dimension)


def _of_vectors(head: Call, prose: str) -> str | None:
    """The dimension n of a density L(x; μ, Σ) of an n × 1 vector, with a matrix among its parameters."""
    body = head.fence.body if isinstance(head.fence, Fence) else None
    if not isinstance(body, Phrase) or ";" not in body.separators[0] or _SPEAKS.search(prose) is None:
        return None
    matrices = [i for i in body.items[1:] if isinstance(i, Sym) and i.name in _MATRICES]
    said = _SIZE.search(prose)
    return next(filter(None, said.groups()), None) if matrices and said is not None else None


def _names_its_limits(body: Node, support: Support) -> bool:
    """Whether the n up to which a law counts stands in the density too."""
    return not isinstance(support.high, Sym) or mentions(body, key(support.high))


def _says_so(prose: str, name: str) -> bool:
    """Whether the words right before the formula say that the density of the named law is: the law stands in them, or
    the name of a variable that follows it."""
    lead = _LINK.sub("]", re.split(r"\$\$|\n\s*\n|\\\]", prose.rstrip().rstrip("$").rstrip())[-1])
    if not _SUBJECT.match(lead):
        return False
    subject = re.match(r"f_([A-Z])\(", name)
    if named_law(lead) is not None:
        return True
    follows = subject is not None and re.search(rf"\b{subject[1]}\s*\\sim", prose) is not None
    return subject is not None and follows and f"${subject[1]}$" in lead


def _statements(root: Lines) -> Iterator[Node]:
    for s in root.statements:
        if isinstance(s, Lines):
            yield from _statements(s)
        else:
            yield s


def _variable(head: Call) -> Node | None:
    """The one name before | or ; in the bracket of a density."""
    body = head.fence.body if isinstance(head.fence, Fence) and head.fence.open == "(" else None
    first = body.left if isinstance(body, Bar) else body
    if isinstance(first, Phrase):
        first = first.items[0] if ";" in first.separators[0] else None
    plain = isinstance(first, Sym) and not first.font and is_name(first) and first.name.islower()
    return first if plain else None


def _is_density(head: Call, prose: str) -> bool:
    """f_X(x), and f(x) or p(x) where the text speaks of a density or a mass function."""
    name = head.head
    base = name.base if isinstance(name, Script) and name.sup is None and not name.primes else name
    if not isinstance(base, Sym) or base.name not in _LETTERS or base.font:
        return False
    sub = name.sub if isinstance(name, Script) else None
    if isinstance(sub, Sym) and base.name == "f" and sub.name.isupper():
        return True
    return _SPEAKS.search(prose) is not None and not isinstance(sub, Num)
