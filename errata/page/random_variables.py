"""What a page says of random variables: their laws (X ∼ N(μ, σ²)), their moments, and that they are independent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache

from errata.meaning.elaborate import Notation, elaborate
from errata.meaning.terms import TWO, Bind, Const, Num, Op, Ref, Term, number
from errata.meaning.terms import walk as walk_terms
from errata.meaning.unelaborated import Unelaborated
from errata.meaning.unfolding import Schema
from errata.reading.document import Document
from errata.reading.relations import stated
from errata.reading.tree import Chain, Gap, Lines, Node, Phrase, walk
from errata.worlds.laws import FAMILIES, Law, key_of

NAMES = {
    "N": "normal", "cal:N": "normal", "Normal": "normal", "Bern": "bernoulli", "Bernoulli": "bernoulli",
    "Ber": "bernoulli", "Bin": "binomial", "Binomial": "binomial", "Poisson": "poisson", "Pois": "poisson",
    "Poi": "poisson", "Exp": "exponential", "Exponential": "exponential", "U": "uniform", "cal:U": "uniform",
    "Unif": "uniform", "Uniform": "uniform",
}  # fmt: skip
"""Names of laws in formulas, with the family that each is."""
_INDEPENDENT = re.compile(
    r"(?<!\bno )(?<!\bnot )(?<!\bnot necessarily )(?<!\bwithout )\bindependen(?:t|ce|tly)\b|\bi\.?\s?i\.?\s?d\b", re.I
)
_IDENTICAL = re.compile(r"\bi\.?\s?i\.?\s?d\b|\bidentically\b|\bcopies\b|\bsame (?:law|distribution)\b", re.I)
_ZERO_MEAN = re.compile(r"\b(?:zero[- ]mean|mean (?:zero|0|\$0\$)|centred|centered|white noise)\b", re.I)
_UNIT_VARIANCE = re.compile(r"\b(?:unit variance|variance (?:one|1|\$1\$))\b", re.I)
_MEAN = re.compile(r"\b(?:mean|expectation|expected value)\s*(?:of|is|equal to)?\s*\Z", re.I)
_VARIANCE = re.compile(r"\bvariance\s*(?:of|is|equal to)?\s*\Z", re.I)
_SAMPLE = re.compile(r"\b(?:observations|variables|samples|errors|copies|draws|data)\b[^.;$]*\Z", re.I)
_SENTENCE = re.compile(r"(?<!i\.d)(?<!i\.i)[.;]\s|\n\s*\n")
"""The end of a sentence, which "i.i.d." is none."""
REACH = 2500
"""Characters before a formula in which its random variables are introduced."""
SENTENCE = 220


def laws_near(
    document: Document, index: int, root_of: Callable[[int], Lines], notation: Notation
) -> tuple[Mapping[str, Law], bool, bool]:
    """The laws of the random variables around a formula, by ``key_of`` them; whether different ones are independent,
    and whether the members of a family all have the same law."""
    span = document.formulas[index].span
    opened = [h.span.start for h in document.headings if h.span.start <= span.start]
    start, end = max(span.start - REACH, opened[-1] if opened else 0), span.end + 200
    found: dict[str, Law] = {}
    drawn: set[str] = set()
    for at, formula in enumerate(document.formulas):
        if start <= formula.span.start < end:
            names, laws, _ = _said_in(root_of(at), notation)
            drawn |= names
            for head, law in laws:
                found.setdefault(head, law)
    for at, formula in enumerate(document.formulas):
        if not start <= formula.span.start < span.start:
            continue
        said = () if formula.display else moments_in_words(document, at, root_of, notation)
        for head, law in (*_said_in(root_of(at), notation)[2], *said):
            if head not in drawn:  # the moments of what has a law are claims
                found[head] = _joined(found.get(head), law)
    if (default := _of_all(document, start, span.end, root_of, notation)) is not None:
        found[""] = default
    text = document.text[start:end]
    return found, _INDEPENDENT.search(text) is not None, _IDENTICAL.search(text) is not None


@lru_cache(maxsize=4096)
def _said_in(
    root: Lines, notation: Notation
) -> tuple[frozenset[str], tuple[tuple[str, Law], ...], tuple[tuple[str, Law], ...]]:
    """What a formula says: the variables of which it states a law, the laws that are known, and moments."""
    return (
        frozenset(key_of(variable) for variable, _ in drawn_in(root, notation)),
        tuple(_stated(root, notation)),
        tuple(moments_in(root, notation)),
    )


def _of_all(
    document: Document, start: int, end: int, root_of: Callable[[int], Lines], notation: Notation
) -> Law | None:
    """What is said of all observations: "i.i.d. observations with variance σ²"."""
    mean = variance = None
    for at, formula in enumerate(document.formulas):
        if formula.display or not start <= formula.span.start < end:
            continue
        words = document.text[max(start, formula.span.start - 60) : formula.span.start].rstrip("$ \\(")
        if _SAMPLE.search(words) is None or (value := _term(root_of(at), notation)) is None:
            continue
        if _VARIANCE.search(words):
            variance = value
        elif _MEAN.search(words):
            mean = value
    return None if mean is None and variance is None else Law("", (), mean, variance)


def _joined(before: Law | None, law: Law) -> Law:
    if before is None:
        return law
    mean = before.mean if before.mean is not None else law.mean
    variance = before.variance if before.variance is not None else law.variance
    return Law("", (), mean, variance, before.index or law.index)


def drawn_in(root: Lines, notation: Notation) -> Iterator[tuple[Ref, Node]]:
    """The variables of which any law is stated, X ∼ …, each with what it is drawn from."""
    for node in walk(root):
        if isinstance(node, Chain) and node.relations and node.relations[-1].sign == "∼":
            names = node.items[-2].items if isinstance(node.items[-2], Phrase) else (node.items[-2],)
            for name in names:
                with suppress(Unelaborated):
                    variable = None if isinstance(name, Gap) else elaborate(name, notation)
                    if isinstance(variable, Ref) and variable.arguments is None:
                        yield variable, node.items[-1]


def _stated(root: Lines, notation: Notation) -> Iterator[tuple[str, Law]]:
    """X ∼ N(μ, σ²), X_i ∼ Bern(p)."""
    for node in walk(root):
        if not isinstance(node, Chain) or not node.relations or node.relations[-1].sign != "∼":
            continue
        names = node.items[-2].items if isinstance(node.items[-2], Phrase) else (node.items[-2],)
        with suppress(Unelaborated):
            law = elaborate(node.items[-1], notation)
            family = NAMES.get(law.head.removeprefix("roman:")) if isinstance(law, Ref) else None
            if not isinstance(law, Ref) or family is None or law.arguments is None:
                continue
            if len(law.arguments) != FAMILIES[family]:
                continue
            for name in names:
                variable = None if isinstance(name, Gap) else elaborate(name, notation)
                if isinstance(variable, Ref) and variable.arguments is None:
                    yield key_of(variable), Law(family, law.arguments, index=_index(variable))


def _index(variable: Ref) -> str:
    only = variable.indices[0] if len(variable.indices) == 1 else None
    return only.head if isinstance(only, Ref) and not only.indices else ""


def moments_in(root: Lines, notation: Notation) -> Iterator[tuple[str, Law]]:
    """E[X_i] = μ and Var(X_i) = σ²: names for the moments of a variable."""
    for chain in stated(root):
        for pair in chain.pairs()[:1]:
            if pair.relation.sign != "=" or isinstance(pair.left, Gap):
                continue
            with suppress(Unelaborated):
                left, right = elaborate(pair.left, notation), elaborate(pair.right, notation)
                of = left.body if isinstance(left, Bind) and not left.variables else None
                if not isinstance(left, Bind) or left.domain != (Const("any"),) or not isinstance(of, Ref):
                    continue
                if of.arguments is None and left.kind in ("E", "Var") and _is_name(right):
                    mean, variance = (right, None) if left.kind == "E" else (None, right)
                    yield key_of(of), Law("", (), mean, variance, _index(of))


def _is_name(term: Term) -> bool:
    """Whether a moment is only named, or a number: μ, σ², 0."""
    base = term.arguments[0] if isinstance(term, Op) and term.kind == "pow" and term.arguments[1] == TWO else term
    return isinstance(base, Num | Ref)


def moments_in_words(
    document: Document, at: int, root_of: Callable[[int], Lines], notation: Notation
) -> Iterator[tuple[str, Law]]:
    """The moments of a name in a sentence: "X has mean μ and variance σ²", "zero-mean noise ε"."""
    variable = _term(root_of(at), notation)
    if not isinstance(variable, Ref) or variable.arguments is not None:
        return
    span = document.formulas[at].span
    sentence = _SENTENCE.split(document.text[span.end : span.end + SENTENCE])[0]
    before = _SENTENCE.split(document.text[max(0, span.start - 60) : span.start])[-1]
    lead = before.rstrip("$ \\(")
    if _MEAN.search(lead) or _VARIANCE.search(lead):
        return  # it is a moment: the μ of "mean μ and variance σ²" has neither
    mean: Term | None = number(0) if _ZERO_MEAN.search(before + sentence) else None
    variance: Term | None = Num(number(1).value) if _UNIT_VARIANCE.search(before + sentence) else None
    for other in range(at + 1, min(at + 6, len(document.formulas))):
        place = document.formulas[other].span
        if place.start > span.end + len(sentence):
            break
        words = document.text[max(span.end, place.start - 40) : place.start].rstrip("$ \\(")
        value = _term(root_of(other), notation)
        if value is None:
            continue
        if _VARIANCE.search(words):
            variance = value if variance is None else variance
        elif _MEAN.search(words):
            mean = value if mean is None else mean
    if mean is not None or variance is not None:
        yield key_of(variable), Law("", (), mean, variance, _index(variable))


def _term(root: Lines, notation: Notation) -> Term | None:
    """The term of a formula that is one; the first of a list."""
    node: Node | None = root.statements[0] if len(root.statements) == 1 else None
    node = node.items[0] if isinstance(node, Phrase) and node.items else node
    if node is None or isinstance(node, Chain | Gap):
        return None
    try:
        return elaborate(node, notation)
    except Unelaborated:
        return None


def says_something(sides: Sequence[Term], used: Sequence[Schema], laws: Mapping[str, Law]) -> bool:
    """Whether a page says something of the symbols of a relation, or it is one of moments: else the judges of single
    kinds have seen all that there is, and have left it open for a reason."""
    parts = [p for side in sides for p in walk_terms(side)]
    return (
        any(s.formula >= 0 for s in used)
        or any(isinstance(p, Ref) and key_of(p) in laws for p in parts)
        or any(isinstance(p, Op) and p.kind == "Cov" for p in parts)
    )
