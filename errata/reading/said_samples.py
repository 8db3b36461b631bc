"""What sentences say of the members of a sample: "$X_1, …, X_n$ are i.i.d. with mean $\\mu$ and variance $\\sigma^2$".

A formula says it, too: E[X_i] = μ, Var(X_i) = σ² < ∞.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from claims.records import Record, replace
from errata.reading.document import Document
from errata.reading.families.notation import LawNode, law_node
from errata.reading.gloss import glossed
from errata.reading.names import is_name, key, unraised
from errata.reading.relations import stated
from errata.reading.tree import (
    Accent,
    Call,
    Chain,
    Dots,
    Factors,
    Fence,
    Group,
    Lines,
    Node,
    Num,
    Phrase,
    Script,
    Sym,
    walk,
)

REACH = 260
"""Characters between a sample and what its sentence says of it."""
BEFORE = 120
_SENTENCE_ENDS = re.compile(
    r"(?<!i\.i\.d)(?<!i\. i\. d)(?<!\be\.g)(?<!\bi\.e)[.;](?=\s|\Z)|(?<=d)\.(?=\s+(?-i:[A-Z]))|\n\s*\n", re.I
)
"""What ends a sentence; the last point of "i.i.d." only before a capital."""
_MEAN = re.compile(r"(?<!sample )(?<!empirical )\b(?:means?|expectations?|expected\s+values?)\s*(?:value\s*)?\Z", re.I)
_VARIANCE = re.compile(r"(?<!sample )(?<!empirical )\bvariances?\s*\Z", re.I)
_DEVIATION = re.compile(r"(?<!sample )(?<!empirical )\bstandard\s+deviations?\s*\Z", re.I)
_ZERO_MEAN = re.compile(r"\b(?:zero[- ]mean|mean(?:s)?[- ]zero|mean\s+of\s+zero|cent(?:er|re)d)\b", re.I)
_UNIT_VARIANCE = re.compile(r"\b(?:unit[- ]variances?|variances?[- ](?:one|unity))\b", re.I)
_LAW = re.compile(
    r"\b(?:independent|i\.i\.d\.|iid|from|law|distribution|according\s+to|follow(?:s|ing)?|distributed\s+as)\s*\Z", re.I
)
_INDEPENDENT = re.compile(r"\bi\.?\s?i\.?\s?d\b|\bindependent(?:ly)?\b|\brandom sample\b|\biid\b", re.I)
_DENIED = re.compile(r"\b(?:not|dependent|correlated|neither|martingale|stationary|Markov|exchangeable)\b", re.I)
_INDICES = frozenset("i j k l s b r t n m N".split())
_EXPECTATION = frozenset({"E", "𝔼"})
_SPREAD = frozenset({"Var", "var", "V", "𝕍"})


class SaidSample(Record):
    """What one place says of the members of a sample: each is None where it says nothing.

    ``letter`` is the name of a member without its index, ``start`` the place in the text.
    """

    letter: str
    start: int
    independent: bool = False
    mean: Node | None = None
    variance: Node | None = None
    law: LawNode | None = None
    size: str | None = None
    """The index of the last member that is listed."""
    drawn_from: str | None = None
    """The letter of the law that members are drawn from: q of z_s ∼ q(z)."""


def said_samples(document: Document, roots: Sequence[Lines]) -> Iterator[SaidSample]:
    """Everything that a document says of samples, in the order of the formulas that name them."""
    for number, root in enumerate(roots):
        yield from _of_formula(document, number, root)
        listed = _listed(root)
        if listed is not None:
            said = _of_sentence(document, roots, number, listed[0])
            yield replace(said, size=listed[1], drawn_from=_drawn_from(root) or said.drawn_from)


def member_letter(node: Node) -> str | None:
    """The name of a sample of which a node is a member: X of X_i, X_1 and X^{(i)}; None for anything else."""
    while isinstance(node, Group):
        node = node.body
    index = member_index(node)
    if index is None or not isinstance(node, Script) or not isinstance(node.base, Sym):
        return None
    counts = (isinstance(index, Sym) and index.name in _INDICES) or (
        isinstance(index, Num) and index.text in ("1", "2")
    )
    return key(node.base) if counts and is_name(node.base) else None


def member_index(node: Node) -> Node | None:
    """i of X_i and X^{(i)}, not of a power of one; None for anything else."""
    if not isinstance(node, Script) or node.primes:
        return None
    if node.sub is None:
        sup = node.sup.body if isinstance(node.sup, Group) else node.sup
        return sup.body if isinstance(sup, Fence) and sup.open == "(" else None
    if node.sup is not None:
        return None
    return node.sub.body if isinstance(node.sub, Group) else node.sub


def without_power(node: Node) -> Node:
    """X_i of X_i²; any other node itself."""
    return replace(node, sup=None) if isinstance(node, Script) and node.sub is not None else node


def _listed(root: Lines) -> tuple[str, str | None] | None:
    """The sample that a formula lists or draws, with the index of its last member: X_1, …, X_n; {X_i}; X_i ∼ p."""
    node: Node = root.statements[0] if len(root.statements) == 1 else root
    if isinstance(node, Phrase) and isinstance(node.items[-1], Chain):
        node = replace(node, items=(*node.items[:-1], node.items[-1].items[0]))
    if isinstance(node, Chain):
        node = node.items[0]
    if isinstance(node, Script) and isinstance(node.base, Fence):
        node = node.base
    if isinstance(node, Fence | Group) and node.body is not None:
        node = node.body
    items = node.items if isinstance(node, Phrase) else (node,)
    dots = [n for n, i in enumerate(items) if isinstance(i, Dots)]
    letters = {member_letter(i) for i in (items[: dots[0]] if dots else items)}
    last = items[-1] if dots and len(dots) == 1 and dots[0] < len(items) - 1 else None
    if len(letters) != 1 or (letter := letters.pop()) is None:
        return None
    if last is None:
        return letter, None
    index = member_index(last)
    ends = index is not None and isinstance(last, Script) and key(last.base) == letter
    return (letter, key(index)) if ends and index is not None else None


def _drawn_from(root: Lines) -> str | None:
    """The letter of the law in X_1, …, X_n ∼ p and z_s ∼ q(z)."""
    node: Node = root.statements[0] if len(root.statements) == 1 else root
    node = node.items[-1] if isinstance(node, Phrase) else node
    if not isinstance(node, Chain) or node.relations[0].sign != "∼" or len(node.items) != 2:
        return None
    return law_letter(node.items[1])


def law_letter(node: Node) -> str | None:
    """q of q and of q(z); None for anything but a letter of a law, applied or not."""
    head = node.head if isinstance(node, Call) else node
    return key(head) if isinstance(head, Sym | Script) and is_name(head) and key(head)[:1] in "pqPQ\\" else None


def _of_sentence(document: Document, roots: Sequence[Lines], number: int, letter: str) -> SaidSample:
    """What the sentence of a sample says of it, up to its end or to another sample."""
    span, text = document.formulas[number].span, document.text
    ends = _SENTENCE_ENDS.search(text, span.end)
    last = min(span.end + REACH, len(text) if ends is None else ends.start())
    starts = [m.end() for m in _SENTENCE_ENDS.finditer(text, max(0, span.start - BEFORE), span.start)]
    around = glossed(text[max([0, span.start - BEFORE, *starts]) : last])
    plain = _INDEPENDENT.search(around) is not None and _DENIED.search(around) is None
    said = SaidSample(letter, span.start, plain)
    if _ZERO_MEAN.search(around):
        said = replace(said, mean=Num(0, 0, "0"))
    if _UNIT_VARIANCE.search(around):
        said = replace(said, variance=Num(0, 0, "1"))
    for other in range(number + 1, len(document.formulas)):
        place = document.formulas[other].span
        listed = _listed(roots[other])
        other_one = any(isinstance(n, Accent) for n in walk(roots[other]))  # an estimate, of which more is said
        if place.start >= last or other_one or (listed is not None and listed[0] != letter):
            break
        before = glossed(text[document.formulas[other - 1].span.end : place.start]).rstrip().rstrip("$").rstrip()
        said = _told(said, before, _quantity(roots[other]))
        law = law_node(roots[other].statements[0]) if len(roots[other].statements) == 1 else None
        if _LAW.search(before):
            said = replace(said, law=law) if law is not None and law.point is None else said
            letter_of_law = law_letter(roots[other].statements[0]) if len(roots[other].statements) == 1 else None
            said = replace(said, drawn_from=letter_of_law) if law is None and letter_of_law is not None else said
    return said


def _told(said: SaidSample, before: str, quantity: Node | None) -> SaidSample:
    """The same with the quantity that the words before a formula name."""
    if quantity is None:
        return said
    if _MEAN.search(before):
        return replace(said, mean=quantity)
    if _VARIANCE.search(before):
        return replace(said, variance=quantity)
    if _DEVIATION.search(before):
        return replace(said, variance=Script(0, 0, quantity, None, Num(0, 0, "2")))
    return said


def _quantity(root: Lines) -> Node | None:
    """What a formula calls a mean or a variance: μ; σ² < ∞; μ = E[X_i]; 0 < σ² < ∞; 1."""
    node: Node = root.statements[0] if len(root.statements) == 1 else root
    items = node.items if isinstance(node, Chain) else (node,)
    plain = [i for i in items if is_name(i) or _is_power_of_name(i)]
    equal = not isinstance(node, Chain) or all(r.sign in ("=", ":=", "≡") for r in node.relations)
    numbers = [i for i in items if isinstance(i, Num)] if equal else []
    if numbers:
        return numbers[0] if len(numbers) == 1 else None
    names = [unraised(i) if isinstance(i, Script) and i.sub is not None else i for i in plain]
    return plain[0] if len(plain) == 1 and member_letter(names[0]) is None else None


def _is_power_of_name(node: Node) -> bool:
    return isinstance(node, Script) and isinstance(node.sup, Num) and is_name(unraised(node))


def _of_formula(document: Document, number: int, root: Lines) -> Iterator[SaidSample]:
    """E[X_i] = μ and Var(X_i) = σ², each with a name, a power of one or a number on the right."""
    place = document.formulas[number].span.start
    for pair in (p for chain in stated(root) for p in chain.pairs()):
        sides = (pair.left, pair.right), (pair.right, pair.left)
        if pair.relation.sign not in ("=", ":=", "≡"):
            continue
        for side, value in sides:
            known = is_name(value) or _is_power_of_name(value) or isinstance(value, Num)
            operator, member = _operated(side)
            letter = None if member is None else member_letter(member) or _capital(member)
            if letter is None or not known or member_letter(value) is not None:
                continue
            if operator in _EXPECTATION:
                yield SaidSample(letter, place, mean=value)
            elif operator in _SPREAD:
                yield SaidSample(letter, place, variance=value)


def _operated(node: Node) -> tuple[str, Node | None]:
    """The operator and what it is of: E and X_i for E[X_i], E X_i."""
    match node:
        case Call(head=Sym(name=name), fence=Fence(body=body)):
            return name, body
        case Factors(items=(Sym(name=name), member), signs=("", "")):
            return name, member
    return "", None


def _capital(node: Node) -> str | None:
    """The name of a variable, X, whose copies make a sample."""
    names = [n for n in walk(node) if isinstance(n, Sym)]
    plain = len(names) == 1 and isinstance(node, Sym) and node.name.isupper() and len(node.name) == 1
    return key(node) if plain else None
