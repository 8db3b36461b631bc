"""Numbers that no probability can be, where only the words around a formula say that it is one.

P(A) = 1.3 of events, p > 1 for what the text calls a probability or gives a Bernoulli law, "with probability $1.2$".
P(x) may be a density, P(2) a polynomial, p a norm's exponent, and 35 may be in per cent: each of them is let pass, and
so is what the text asks about, denies, or reports as said by somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from claims.records import Record
from errata.checking.structure import Malformed
from errata.checking.structure_values import EQUAL, printed_value
from errata.reading.document import Document
from errata.reading.gloss import glossed
from errata.reading.names import is_name, key, unbracketed
from errata.reading.tree import (
    Accent,
    Bar,
    Call,
    Chain,
    Factors,
    Fence,
    Lines,
    Node,
    Phrase,
    Prefix,
    Script,
    Sym,
    Terms,
    walk,
)
from errata.reading.words import words

REACH = 160
"""Characters on either side of a formula that may ask about a value, or deny it."""
_EVENTS = frozenset("A B C E F G H".split())
"""Letters of events. X, Y and Z are variables and D is data, and all of these may have densities."""
_HAPPENS = frozenset(
    "head heads tail tails success failure win loss rain spam ham disease sick healthy positive negative true false "
    "yes no pass fail even odd".split()
)
"""Words of events; most other words in brackets are variables, and may have densities."""
_CHANCES = frozenset(r"p q \pi π \theta θ".split())
_SET_SIGNS = frozenset({r"\cap", r"\cup", r"\setminus", r"\backslash", r"\wedge", r"\vee", r"\land", r"\lor"})
_COMPLEMENTS = frozenset({"c", "C", "∁", r"\complement", r"\prime"})
_TRIALS = frozenset("Bern Bernoulli Ber Bin Binom Binomial Geom Geometric Geo B".split())
"""Laws of which the last parameter is a probability."""
_ABOUT = re.compile(r"\b(?:probabilit(?:y|ies)|events?|chances?)\b", re.I)
_DENIED = re.compile(
    r"\b(?:impossible|cannot|can't|never|nonsense|nonsensical|absurd|wrong\w*|mistake\w*|error|invalid|valid|not|isn't|"
    r"contradict\w*|exceed\w*|negative|improper|quasi\w*|signed|per\s?cent\w*|meaningless|incoherent|"
    r"(?:greater|larger|bigger|more|above|less|smaller|below|over)\s+(?:than\s+)?(?:one|zero|\$?[01]\$?)|claim\w*|"
    r"says|thinks|believes?|reports?|outputs?|returns?|unnormali[sz]ed|odds|density|densities|times|makes? no sense|"
    r"would be|clip\w*|true or false|which of|why|approximat\w*|roots?|reject\w*|solutions?|solv\w+|discard\w*)\b|%",
    re.I,
)
"""Words beside a formula by which its value may be meant otherwise, or be said to be wrong."""
_UNSURE = re.compile(
    r"\b(?:possible values|incoheren\w*|coherent|axioms?|true or false|which of|counter-?examples?|"
    r"(?:find|spot|identify) the (?:error|mistake|bug)\w*|per\s?cent\w*|percentages?|polynomials?|prices?|perimeters?|"
    r"quasi-?probabilit\w*|unnormali[sz]ed|log[- ]?prob\w*)\b",
    re.I,
)
"""Words of a section in which P need not be a probability, or in which wrong values may be shown on purpose."""
_OTHER_P = re.compile(
    r"norms?\b|\\\||\\lVert|\\ell_|L\^\{?p|H[öo]lder|Minkowski|\bpredictors?\b|\bfeatures\b|\bdimension\w*|\bdegrees?\b|"
    r"\bexponents?\b|\border\b|\bAR\(|\bp-values?\b|\bprimes?\b|\bpowers?\b|\bpercentiles?\b|\bmoment",
    re.I,
)
"""Words of a section in which p may be something else, too."""
_OPENS, _CLOSES = re.compile(r"\s*(?:\$+|\\\(|\\\[)\s*\Z"), re.compile(r"\A\s*(?:\$+|\\\)|\\\])")
_NO_LOG = r"(?<!log )(?<!log-)(?<!relative )(?<!scaled )(?<!pseudo-)"
_GIVEN_AS = re.compile(rf"\b{_NO_LOG}(?:with|has|have|having|an?|(?:success|failure)) probability(?: of)?\s*\Z", re.I)
"""Words right before a number that is a probability: "with probability $1.2$", "a probability of $1.2$"."""
_IS_ONE = re.compile(r"\bthe probability is\s*\Z", re.I)
_IS_VARIANCE = re.compile(rf"(?<!co-)\b{_NO_LOG}variance(?: of \$[^$]{{1,20}}\$)?\s+(?:is|of|equals)\s*\Z", re.I)
"""Words right before a number that is a variance."""
_ENDS = re.compile(r"\A\s*(?:[.,;:)]|and\b|or\b|\Z)")
_CALLED_BEFORE = re.compile(
    rf"\b{_NO_LOG}(?:probability|chance)(?:\s+of\s+(?:an?\s+|the\s+)?(?!\w+ing\b)[a-z]+)?(?:\s+(?:is|be|parameter))?\s*\Z",
    re.I,
)
"""Words right before a name that is a probability: "success probability $p > 1$"; "the probability of $p > 1$" is
that of an event."""
_CALLED_AFTER = re.compile(
    r"\A\s*(?:,\s*)?(?:(?:is|be|are|denotes?|denoting|represents?|being|stands for|as)\s+)?(?:the|an?|some|its)\s+"
    r"(?!log|unnorm|inverse|recip)(?:\w+\s+)?(?:probability|chance)\b(?!\s*(?:density|mass|dist\w*|measure|space|law|vector))",
    re.I,
)
"""Words right after a name that is a probability: "$p > 1$ is the probability of heads"."""


class Around(Record):
    """What stands before and after a formula, and the section that it belongs to, up to it and beyond it."""

    before: str
    after: str
    section: str


def impossible_chances(document: Document, index: int, root: Lines, roots: Sequence[Lines]) -> Iterator[Malformed]:
    """The numbers in a formula that no probability can be; none where the text may mean or say something else."""
    chains = [n for n in walk(root) if isinstance(n, Chain)]
    number = _alone(root)
    suspects = [*_of_events(chains), *_of_names(chains)]
    if not suspects and not _lies_outside(number):
        return
    around = _around(document, index)
    if _DENIED.search(around.before) or _DENIED.search(around.after):
        return
    if _UNSURE.search(around.section):
        return
    if number is not None and _lies_outside(number) and _is_said_to_be_one(around):
        yield _malformed(number, f"a probability is a number from 0 to 1, and {words(number)} is none")
    elif number is not None and (printed_value(number) or 0) < 0 and _is_said_to_be_variance(around):
        yield Malformed(
            "E409", f"a variance is not negative, and {words(number)} is", number.start, number.end, "negative"
        )
    for what, where in suspects:
        called = _is_called_one(document, index, what, around, roots) if is_name(what) else _is_measured(what, around)
        if called:
            bound = isinstance(where, Chain)
            said = f"the text says {words(where)}" if bound else f"{words(what)} is said to be {words(where)}"
            yield _malformed(where, f"a probability is a number from 0 to 1, and {said}")


def _malformed(node: Node, detail: str) -> Malformed:
    return Malformed("E409", detail, node.start, node.end, "no probability")


def _around(document: Document, index: int) -> Around:
    """The text near a formula, without the delimiters of the formula itself."""
    span, text = document.formulas[index].span, document.text
    edges = [h.span.start for h in document.headings]
    first = max((e for e in edges if e <= span.start), default=0)
    last = min((e for e in edges if e >= span.end), default=len(text))
    before = _OPENS.sub("", text[max(first, span.start - REACH) : span.start])
    after = _CLOSES.sub("", text[span.end : min(last, span.end + REACH)])
    return Around(glossed(before), glossed(after), glossed(text[first:last]))


def _alone(root: Lines) -> Node | None:
    """The number that is all of a formula."""
    return root.statements[0] if len(root.statements) == 1 and printed_value(root.statements[0]) is not None else None


def _lies_outside(node: Node | None) -> bool:
    value = None if node is None else printed_value(node)
    return value is not None and not 0 <= value <= 1


def _of_events(chains: Sequence[Chain]) -> Iterator[tuple[Node, Node]]:
    """P(A) and the number outside of [0, 1] that it is said to be."""
    for chain in chains:
        for relation, item in zip(chain.relations, chain.items[1:], strict=True):
            if relation.sign not in EQUAL:
                break
            if _lies_outside(item) and _is_event(chain.items[0]):
                yield chain.items[0], item


def _is_event(node: Node) -> bool:
    """P of events: P(A), P(A ∩ B), P(A | Bᶜ)."""
    head = node.head if isinstance(node, Call) else None
    if not isinstance(head, Sym) or head.name not in ("P", "p") or not isinstance(node, Call):
        return False
    if not isinstance(node.fence, Fence) or node.fence.body is None:
        return False
    body = node.fence.body
    return all(map(_names_event, (body.left, body.right) if isinstance(body, Bar) else (body,)))


def _is_measured(event: Node, around: Around) -> bool:
    """Whether P(A) is the probability of an event: A is conditioned, or joined with another, or the section says so."""
    signs = (n for n in walk(event) if isinstance(n, Bar) or (isinstance(n, Terms) and set(n.signs) & _SET_SIGNS))
    return next(signs, None) is not None or _ABOUT.search(around.section) is not None


def _names_event(node: Node) -> bool:
    match node:
        case Sym(name=name):
            return name in _EVENTS or name.lower() in _HAPPENS
        case Script(base=base, sup=None, primes=0):
            return _names_event(base)
        case Script(base=base, sub=None, sup=sup, primes=primes):
            return (primes == 1 or (sup is not None and key(sup) in _COMPLEMENTS)) and _names_event(base)
        case Accent(body=body):
            return _names_event(body)
        case Prefix(sign=Sym(name="¬"), operand=operand):
            return _names_event(operand)
        case Fence(body=body) if body is not None:
            return _names_event(body)
        case Terms(items=items, signs=signs) | Factors(items=items, signs=signs):
            return all(not s or s in _SET_SIGNS for s in signs) and all(map(_names_event, items))
        case Phrase(items=items):
            return all(map(_names_event, items))
    return False


def _of_names(chains: Sequence[Chain]) -> Iterator[tuple[Node, Node]]:
    """p and p = 1.5, or p > 1: a name, and what leaves it no value from 0 to 1."""
    for chain in chains:
        name = chain.items[0]
        if len(chain.relations) != 1 or not _may_be_chance(name):
            continue
        sign, right = chain.relations[0].sign, unbracketed(chain.items[1])
        if sign in EQUAL and _lies_outside(right):
            yield name, right
        elif sign in ("<", ">", "≤", "≥", "∈") and _leaves_none(sign, chain.items[1]):
            yield name, chain


def _may_be_chance(node: Node) -> bool:
    base = node.base if isinstance(node, Script) else node
    return is_name(node) and isinstance(base, Sym) and base.name in _CHANCES


def _leaves_none(sign: str, node: Node) -> bool:
    """Whether no number from 0 to 1 is on this side of a bound, or in this interval."""
    if sign == "∈":
        ends = node.body.items if isinstance(node, Fence) and isinstance(node.body, Phrase) else ()
        return len(ends) == 2 and (_leaves_none(">", ends[0]) or _leaves_none("<", ends[1]))
    value = printed_value(node)
    if value is None:
        return False
    high, low = value > 1 or (value == 1 and sign == ">"), value < 0 or (value == 0 and sign == "<")
    return high if sign in (">", "≥") else low


def _is_said_to_be_one(around: Around) -> bool:
    """Whether the words before a number say that it is a probability, and those after it don't go on with it."""
    said = _GIVEN_AS.search(around.before) or _IS_ONE.search(around.before)
    return said is not None and _ENDS.match(around.after) is not None


def _is_said_to_be_variance(around: Around) -> bool:
    return _IS_VARIANCE.search(around.before) is not None and _ENDS.match(around.after) is not None


def _is_called_one(document: Document, index: int, name: Node, around: Around, roots: Sequence[Lines]) -> bool:
    """Whether the text calls a name a probability: right here, or in the section, where it can be nothing else."""
    if _CALLED_BEFORE.search(around.before) or _CALLED_AFTER.match(around.after):
        return True
    if _OTHER_P.search(around.section):
        return False
    return _is_called_in(around.section, name) or _is_parameter(document, index, name, roots)


def _is_called_in(section: str, name: Node) -> bool:
    """Whether "$p$ is the probability" or "probability $p$" stands in a section."""
    for found in re.finditer(r"\$([^$\n]{1,40})\$", section):
        letter = re.escape(words(name)) if words(name).isascii() else re.escape(key(name))
        if re.match(rf"\s*{letter}\s*(?:\Z|\\in|[<>=])", found[1]) is None:
            continue
        before, after = section[max(0, found.start() - REACH) : found.start()], section[found.end() :]
        if _CALLED_BEFORE.search(before) or _CALLED_AFTER.match(after):
            return True
    return False


def _is_parameter(document: Document, index: int, name: Node, roots: Sequence[Lines]) -> bool:
    """Whether the section draws something from a law of trials with this probability: X ∼ Bern(p)."""
    edges = [h.span.start for h in document.headings]
    here = document.formulas[index].span.start
    first = max((e for e in edges if e <= here), default=0)
    for number in range(index, -1, -1):
        if document.formulas[number].span.start < first:
            return False
        chains = (n for n in walk(roots[number]) if isinstance(n, Chain))
        if any(key(p) == key(name) for chain in chains for p in _chances_of(chain)):
            return True
    return False


def _chances_of(chain: Chain) -> Iterator[Node]:
    """The probabilities of the laws that stand right after ∼."""
    for relation, item in zip(chain.relations, chain.items[1:], strict=True):
        if relation.sign != "∼" or not isinstance(item, Call) or not isinstance(item.fence, Fence):
            continue
        if isinstance(item.head, Sym) and item.head.name in _TRIALS and item.fence.body is not None:
            body = item.fence.body
            yield body.items[-1] if isinstance(body, Phrase) else body
