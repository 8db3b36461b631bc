"""Whether a relation about abstract laws that fails is a mistake, or an assumption, or leans on what stands elsewhere.

A failure counts only where both sides speak of the same laws and names, where no known condition (independence, equal
laws, zero means) would make the relation hold, and where the document says nothing else about these names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from fractions import Fraction
from itertools import combinations, permutations

from claims.records import Record, replace
from claims.sentences import (
    Bound,
    Covariance,
    CrossEntropy,
    Density,
    Divergence,
    Entropy,
    Expectation,
    Extremum,
    MutualInformation,
    Number,
    Occurs,
    Part,
    Place,
    Probability,
    Product,
    Sentence,
    Sum,
    Total,
    Value,
    free_names,
    parts,
    with_parts,
)
from errata.checking.factorised import written_factors
from errata.checking.kinds import INDEX_LETTERS
from errata.checking.page_laws import PageLaws
from errata.reading.document import Document, Formula
from errata.reading.gloss import glossed
from errata.reading.names import is_name, key
from errata.reading.sentences.readings import Read
from errata.reading.tree import walk
from numerics.interpretations.agreement import Tally, tallies
from numerics.interpretations.signature import Signature
from numerics.interpretations.worlds import CENTRED, EVEN_THREE, EVEN_TWO, THREE, TWO, Kind

_SPEAKS = re.compile(
    r"\b(?:assum\w*|suppos\w*|provided|unless|Markov\w*|mutually|exclusive|disjoint|symmetric\w*|orthogonal|"
    r"uncorrelated|degenerate|subset|approximat\w*|factori[sz]\w*|such that|special case|detailed balance|"
    r"stationar\w*|invariant|reversib\w*|wrong\w*|incorrect\w*|false\w*|not true|not hold)\b|\\subset",
    re.I,
)
"""Words by which a text may say more of the names in a relation than the relation itself, or may deny it."""
_ALIKE = re.compile(
    r"\bi\.?i\.?d\b|\bidentical|\bsame (?:law|distribution|marginal)|\bcop(?:y|ies)\b|\bexchangeab|\bsymmetr", re.I
)
"""Words by which a text may say that several variables have one law."""
_HAVE_DENSITIES = re.compile(r"\b(?:densit(?:y|ies)|continuous|differential entrop(?:y|ies))\b", re.I)
BEFORE, AFTER = 1500, 800
"""Characters before and after a formula in which something may be said of its names."""
OPERATORS = (Expectation, Covariance, Probability, Divergence, CrossEntropy, Entropy, MutualInformation, Total)
MOST_VARIABLES = 4


class Around(Record):
    """The text around a relation, and the numbers of the formulas in it."""

    text: str
    formulas: range
    up_to_here: str = ""
    """The text before it, and the rest of its paragraph: what may be taken for granted in it."""


def around(document: Document, formula: Formula) -> Around:
    """What may say something of the names in a formula: the text near it, no further than its section reaches."""
    at = formula.span.start
    headings = [h.span.start for h in document.headings]
    start = max([at - BEFORE, 0, *(p for p in headings if p <= at)])
    end = min([at + len(formula.latex) + AFTER, len(document.text), *(p for p in headings if p > at)])
    near = [i for i, f in enumerate(document.formulas) if start <= f.span.start < end]
    ends = document.text.find("\n\n", formula.span.end)
    up_to_here = document.text[start : end if ends < 0 else min(ends, end)]
    return Around(
        glossed(document.text[start:end]), range(near[0], near[-1] + 1) if near else range(0), glossed(up_to_here)
    )  # fmt: skip


def nothing_else_is_said(read: Read, page: PageLaws, near: Around) -> bool:
    """Whether neither the text nor the formulas around a relation say anything else about its names."""
    if _SPEAKS.search(near.text) is not None:
        return False
    return not _said(page, near) & (_names(read) | set(read.laws))


def speaks_of_densities(near: Around) -> bool:
    """Whether the text says that laws have densities, so that tables of masses are no examples of them."""
    return _HAVE_DENSITIES.search(near.text) is not None


def may_be_alike(near: Around) -> bool:
    """Whether the text says that several variables have one law, by which one of them may stand for another."""
    return _ALIKE.search(near.text) is not None


def formulas_relate_variables(read: Read, page: PageLaws, near: Around) -> bool:
    """Whether a formula around a relation says something of its variables or numbers, such as Y = X."""
    return bool(_said(page, near) & _names(read))


def formulas_tie_variables(read: Read, page: PageLaws, near: Around, plainly: bool = False) -> bool:
    """Whether a formula around a relation gives one variable of it in terms of another one and of nothing that has a
    law of its own, as noise has: Y = a X + b; ``plainly`` counts those alone that have no other names, Y = X."""
    names = _names(read)
    here = {name for name, number in page.definitions.places if number in near.formulas}
    drawn = {_of_family(name.lower()) for name, _ in page.stated} - names
    for name, body in page.definitions.names.items():
        own = _of_family(name.lower())
        others = {_of_family(key(n).lower()) for n in walk(body) if is_name(n)} - {own}
        tied = own in names and others & names and not others & drawn
        if tied and name.lower() in here and (not plainly or others <= names):
            return True
    return False


def _of_family(name: str) -> str:
    """The name of the family of a member, x for x_i; other names as they are."""
    family, _, index = name.partition("_")
    return family if index in INDEX_LETTERS else name


def _said(page: PageLaws, near: Around) -> set[str]:
    places = (place for place in page.definitions.places if not _names_a_value(page, place[0]))
    return {name for name, number in (*places, *page.stated) if number in near.formulas}


def _names_a_value(page: PageLaws, name: str) -> bool:
    """Whether a variable is only said to have its own small letter for a value, B = b."""
    bodies = [body for known, body in page.definitions.names.items() if known.lower() == name]
    return bool(bodies) and all(is_name(body) and key(body).lower() == name for body in bodies)


def _names(read: Read) -> set[str]:
    return {n.lower() for side in (read.left, read.right) for n in free_names(side)} | read.variables


def speaks_of_the_same(read: Read, sign: str, step: bool) -> bool:
    """Whether both sides have the same free names and laws, and nothing in them is unknown or marked.

    An inequality may also have zero on one side; a step may lose names and laws.
    """
    if read.unknown or read.doubtful or read.positive or read.condition is not None or not _is_probability(read):
        return False
    if sign != "=" and Number(Fraction(0)) in (read.left, read.right):
        return free_names(read.left) | free_names(read.right) <= set(read.names)
    if sign == "=" and not variables(read.left) & variables(read.right):
        return False
    if not step and _informed(read.left) != _informed(read.right):
        return False  # H(X, Y) = 2 H(X) may speak of variables with the same law
    left, right = free_names(read.left), free_names(read.right)
    if not left | right <= set(read.names):
        return False
    if step:
        return right <= left and bool(_laws(read.right)) and _laws(read.right) <= _laws(read.left)
    return left == right and _laws(read.left) == _laws(read.right)


def _informed(side: Sentence) -> frozenset[str]:
    """The variables whose entropy or information a side takes."""
    found: set[str] = set()
    for part in parts(side):
        if isinstance(part, Entropy):
            found.update(part.of, part.given)
        elif isinstance(part, MutualInformation):
            found.update(part.left, part.right, part.given)
    return frozenset(found)


FACTORISED = "the laws factorise as they are written"
ZERO, SAME, EVEN = "all means are zero", "all laws are the same", "all laws are uniform"
APART_ZERO = "all variables are independent and all means are zero"
BINARY = "all values are zero or one"
_APART = re.compile(r"independen|uncorrelated|i\.?i\.?d|\\perp|\\indep", re.I)
_CENTRED = r"\bzero|\bcent(?:er|re)|\bstandard|\bsymmetr|\bodd\b|=\s*0(?![.\d])|N\}?\s*(?:\\left)?\(\s*0"
MILD = {
    APART_ZERO: re.compile(rf"(?=.*(?:{_APART.pattern}))(?=.*(?:{_CENTRED}))", re.I | re.S),
    BINARY: re.compile(
        r"\bBern|\bbinary|\bindicat|\bcoins?\b|\bone-hot|\bdichotom|\bevents?\b|\\\{\s*0\s*,\s*1\s*\\\}|"
        r"\b(?:Pr?|\\Pr)\}?\s*(?:\\left)?\(\s*[^()=]{1,16}=\s*[01]\s*(?:[|)]|\\mid|\\vert|\\right)",
        re.I,
    ),
    SAME: re.compile(
        r"\bequal(?:s|ity)?\b|\bsame\b|\btight|\bexact|\boptimum\b|\bat (?:\w+ )?optimal|\boptimal (?:\$\s*)?[pq]\b|"
        r"[pq](?:_\w+|_\{\w+\}|\^\S+)?\s*\$?\s+is optimal|\bidentical|[pq]\s*=\s*[pq]",
        re.I,
    ),
    EVEN: re.compile(r"uniform|\bflat\b|equally|equal|equiprob|informative|improper|ignor\w*|constant", re.I),
}
"""Conditions that no relation takes for granted unless the text speaks of them in these words."""
SPOKEN = MILD | {
    ZERO: re.compile(_CENTRED, re.I),
    FACTORISED: re.compile(r"independen|i\.?i\.?d|factori[sz]|Markov|hierarch|graphical|\\perp", re.I),
}
"""Words in which a text may speak of a condition."""


def is_spoken_of(condition: str, text: str) -> bool:
    """Whether a text may take a condition for granted, by the words in it."""
    return SPOKEN.get(condition, _APART).search(text) is not None


def saving_condition(conditions: Sequence[str], text: str) -> str | None:
    """A condition that the text may take for granted; None where it speaks of none of them."""
    for condition in conditions:
        words = MILD.get(condition)
        if words is None or words.search(text) is not None:
            return condition
    return None


def known_conditions(
    read: Read, sign: str, signature: Signature, seed: int, plainly: bool = False
) -> list[str]:  # fmt: skip
    """The known conditions under which a relation that fails in general holds; ``plainly`` leaves out those under which
    both sides are zero, which nobody would write at such length."""
    out: list[str] = []
    moved = {b.variable for side in (read.left, read.right) if isinstance(side, Extremum) for b in side.over}
    written = replace(signature, written=written_factors(read))
    if written.written and not moved and _holds(read.left, sign, read.right, written, seed, (TWO, THREE), plainly):
        out.append(FACTORISED)
    for condition, changed, kinds in _conditions(signature, moved):
        if _holds(read.left, sign, read.right, changed, seed, kinds, plainly):
            out.append(condition)
    if len(read.laws) > 1:
        one = min(read.laws)
        same = replace(signature, laws={one: tuple(sorted(read.variables))})
        left, right = (_under_law(side, one) for side in (read.left, read.right))
        if _holds(left, sign, right, same, seed, (TWO, THREE), plainly):
            out.append(SAME)
    return out


def _holds(
    left: Sentence, sign: str, right: Sentence, signature: Signature, seed: int, kinds: tuple[Kind, ...],
    plainly: bool = False,
) -> bool:  # fmt: skip
    found = list[Tally]()
    for worlds in (1, 4, 12) if signature.moved else (1, 3):  # one that fails is enough, and most do at once
        found = []
        for tally in tallies(left, sign, right, signature, seed, kinds=kinds, worlds=worlds):
            if tally.differ:
                return False
            found.append(tally)
    if plainly and are_zero(found):
        return False
    return any(t.agree for t in found)


def are_zero(found: Sequence[Tally]) -> bool:
    """Whether both sides of a relation are zero wherever they were seen: it holds there, and says nothing."""
    return all(_is_zero(side) for t in found for shown in t.values for side in shown.split(" "))


def _is_zero(shown: str) -> bool:
    return shown == "0" or shown.startswith("[+/-")


def _conditions(signature: Signature, moved: Set[str]) -> Iterator[tuple[str, Signature, tuple[Kind, ...]]]:
    known = signature.variables[:MOST_VARIABLES]
    moving = tuple(v for v in known if v not in moved)
    for a, b in combinations(known, 2):
        others = [v for v in known if v not in (a, b)]
        for size in range(len({a, b} & moved), len(others) + 1):  # what moves may matter through others only
            for given in combinations(others, size):
                changed = replace(signature, independent=((a,), (b,)), given=given)
                yield f"{a} and {b} are independent given {', '.join(given)}", changed, (TWO, THREE)
    if len(moving) > 1:
        apart = replace(signature, independent=tuple((v,) for v in moving))
        yield "all variables are independent", apart, (TWO, THREE)
        yield APART_ZERO, apart, (CENTRED,)
    yield ZERO, signature, (CENTRED,)
    yield BINARY, replace(signature, events=frozenset(signature.variables)), (TWO,)
    yield EVEN, signature, (EVEN_TWO, EVEN_THREE)


def holds_where_tied(read: Read, sign: str, signature: Signature, seed: int) -> bool:
    """Whether a relation that fails in general holds where one variable is a function of another."""
    by_variable = {variable: name for name, variable in signature.names.items()}
    for a, b in permutations(signature.variables[:MOST_VARIABLES], 2):
        name = by_variable.get(a, a)
        line = Sum((Product((Number(Fraction(2)), Value(name))), Number(Fraction(1))))
        tied = replace(signature, maps={b: line}, names={**signature.names, name: a})
        if _holds(read.left, sign, read.right, tied, seed, (TWO, THREE), plainly=True):
            return True
    return False


def _is_probability(read: Read) -> bool:
    """Whether the letters surely stand for laws: p(x) + q(x) alone may be polynomials."""
    return any(
        isinstance(p, OPERATORS) or (isinstance(p, Density) and p.given)
        for side in (read.left, read.right)
        for p in parts(side)
    )


def variables(sentence: Sentence) -> frozenset[str]:
    """The variables that a sentence speaks of."""
    found = frozenset(p.variable for p in parts(sentence) if isinstance(p, Bound | Place | Occurs))
    entropies = [p for p in parts(sentence) if isinstance(p, Entropy)]
    shared = [p for p in parts(sentence) if isinstance(p, MutualInformation)]
    return found.union(*({*e.of, *e.given} for e in entropies), *({*i.left, *i.right} for i in shared))


def _laws(sentence: Sentence) -> frozenset[str]:
    return frozenset(str(getattr(p, "law", "")) for p in parts(sentence) if hasattr(p, "law"))


def _under_law(part: Part, law: str) -> Sentence:
    """A sentence in which every law is this one."""
    changed = with_parts(part, lambda p: _under_law(p, law))
    return replace(changed, law=law) if hasattr(changed, "law") else changed  # type: ignore
