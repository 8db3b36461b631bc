"""Numbers that a quantity can't have: a probability above one, a negative variance, a quantile at p > 1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from errata.checking.structure import Malformed
from errata.reading.names import is_name, key
from errata.reading.tree import (
    Bar,
    Call,
    Chain,
    Factors,
    Fence,
    Frac,
    Grid,
    Group,
    Lines,
    Node,
    Num,
    Phrase,
    Postfix,
    Script,
    Sym,
    Terms,
    walk,
)
from errata.reading.words import words

EQUAL = frozenset({"=", "≈", ":=", "≃"})
_SURE = re.compile(r"\\?(?:mathrm|text|operatorname|mathbb|mathsf)?\{?(?:Pr|Prob|ℙ)\}?")
_PROBABILITIES = frozenset({"p", "q", "u", "\\alpha", "\\tau"})
_VARIANCE = re.compile(r"(?:Var|var|VAR|𝕍)")
_DENIED = re.compile(
    r"\b(?:impossible|cannot|can't|can not|never|nonsense|absurd|wrong\w*|mistake\w*|invalid|not|contradict\w*|"
    r"exceeds?|negative|improper|quasi\w*|signed|per\s?cent\w*)\b|%",
    re.I,
)
_DENIED_AFTER = re.compile(
    r"\b(?:impossible|cannot|can't|nonsens\w*|absurd|wrong|mistake\w*|invalid|contradict\w*|exceed\w*|no sense|"
    r"not (?:a|be)|per\s?cent\w*)\b|\A\s*%",
    re.I,
)
"""Words after a formula by which its value is said to be wrong, or to be meant otherwise."""
_ASKED = re.compile(r"[^.?!\n]{0,200}\?")
_CONDITIONAL = re.compile(r"\b(?:if|when(?:ever)?|unless|whether|suppose|case|until)\b[^.]*\Z", re.I)
"""Words in the sentence before a bound that make it a case and no statement."""


def impossible_values(root: Lines, prose: str) -> Iterator[Malformed]:
    """Impossible numbers in a formula; none where the text before it speaks of impossible ones."""
    if is_denied(prose):
        return
    conditional = _CONDITIONAL.search(prose) is not None
    for chain in walk(root):
        if isinstance(chain, Chain):
            yield from _of_chain(chain)
            yield from () if conditional else _of_bound(chain)


def is_denied(prose: str) -> bool:
    """Whether the words before a formula speak of impossible or wrong values, or of percents."""
    return _DENIED.search(prose) is not None


def is_denied_after(text: str) -> bool:
    """Whether the words after a formula say that its value is wrong, or ask whether it can be."""
    paragraph = re.split(r"\n\s*\n", text.lstrip("$ \n\t]"), maxsplit=1)[0]
    return _DENIED_AFTER.search(paragraph) is not None or _ASKED.match(paragraph) is not None


def _of_bound(chain: Chain) -> Iterator[Malformed]:
    """σ² < 0, Pr(A) > 1: a bound that leaves a variance or a probability no value."""
    what, bound = chain.items[0], printed_value(chain.items[1])
    if len(chain.relations) != 1 or bound is None:
        return
    sign = chain.relations[0].sign
    negative = (sign == "<" and bound <= 0) or (sign == "≤" and bound < 0)
    if _is_probability(what) and (negative or (sign == ">" and bound >= 1) or (sign == "≥" and bound > 1)):
        detail = f"a probability is a number from 0 to 1, and the text says {words(chain)}"
        yield Malformed("E409", detail, chain.start, chain.end, "no probability")
    if negative and _is_variance(what):
        detail = f"a variance is not negative, and the text says {words(chain)}"
        yield Malformed("E409", detail, chain.start, chain.end, "negative")


def _of_chain(chain: Chain) -> Iterator[Malformed]:
    for i, relation in enumerate(chain.relations):
        if relation.sign not in EQUAL:
            return
        number, what = chain.items[i + 1], chain.items[0]
        value = printed_value(number)
        if value is not None and _is_probability(what) and not 0 <= value <= 1:
            detail = f"a probability is a number from 0 to 1, and {words(what)} is said to be {words(number)}"
            yield Malformed("E409", detail, number.start, number.end, "no probability")
        if _is_variance(what) and (_is_negative_square(number) if value is None else value < 0):
            detail = f"a variance is not negative, and {words(what)} is said to be {words(number)}"
            yield Malformed("E409", detail, number.start, number.end, "negative")
        if isinstance(number, Grid | Fence) and (argument := _quantile_argument(what)) is not None:
            yield from _of_quantile(number, argument)


def printed_value(node: Node) -> Fraction | None:
    """A printed number or fraction, with its sign and its percent."""
    if isinstance(node, Group):
        return printed_value(node.body)
    if isinstance(node, Num):
        plain = re.sub(r"[^\d.]", "", node.text)
        return Fraction(plain) if re.fullmatch(r"\d*\.?\d+", plain) else None
    if isinstance(node, Frac | Factors) and (parts := _divided(node)) is not None:
        top, bottom = (printed_value(part) for part in parts)
        return top / bottom if top is not None and bottom else None
    if isinstance(node, Postfix) and node.sign in ("%", r"\%"):
        value = printed_value(node.operand)
        return None if value is None else value / 100
    if isinstance(node, Terms) and len(node.items) == 1 and node.signs[0] == "-":
        value = printed_value(node.items[0])
        return None if value is None else -value
    return None


def _divided(node: Frac | Factors) -> tuple[Node, Node] | None:
    """What stands over and under a fraction: 4/3."""
    if isinstance(node, Frac):
        return node.top, node.bottom
    return (node.items[0], node.items[1]) if node.signs == ("", "/") else None


def _is_negative_square(node: Node) -> bool:
    """−σ²: no more than 0, for a name that is a real number."""
    if not isinstance(node, Terms) or len(node.items) != 1 or node.signs[0] not in ("-", "−"):
        return False
    square = node.items[0]
    if not isinstance(square, Script) or square.sub is not None or not isinstance(square.sup, Num):
        return False
    return square.sup.text == "2" and isinstance(square.base, Sym) and square.base.name in ("σ", "τ", "s", "ω")


def _head(node: Node) -> Sym | None:
    head = node.head if isinstance(node, Call) else None
    base = head.base if isinstance(head, Script) else head
    return base if isinstance(base, Sym) else None


def _is_probability(node: Node) -> bool:
    """Pr(A), ℙ(A), and P of events that are written as relations."""
    head = _head(node)
    if head is None or not isinstance(node, Call) or not isinstance(node.fence, Fence):
        return False
    if head.name in ("Pr", "Prob", "ℙ") or (head.name == "P" and head.font == "double"):
        return True
    body = node.fence.body
    event = body.left if isinstance(body, Bar) else body
    events = event.items if isinstance(event, Phrase) else (event,)
    return head.name == "P" and all(isinstance(e, Chain) for e in events)


def _is_variance(node: Node) -> bool:
    head = _head(node)
    if head is not None and isinstance(node, Call):
        inner = node.fence.body if isinstance(node.fence, Fence) else None
        named = _VARIANCE.fullmatch(head.name) is not None or (head.name == "V" and head.font == "double")
        return named and not isinstance(inner, Phrase)
    square = isinstance(node, Script) and isinstance(node.sup, Num) and node.sup.text == "2"
    return square and isinstance(node, Script) and isinstance(node.base, Sym) and node.base.name == "σ"


def _quantile_argument(node: Node) -> str | None:
    """The p of Q_X(p) and of F^{-1}(p); Q(s) may be a value function."""
    if not isinstance(node, Call) or not isinstance(node.fence, Fence) or node.fence.body is None:
        return None
    head, argument = _head(node), node.fence.body
    inverse = isinstance(node.head, Script) and node.head.sup is not None and words(node.head.sup) in ("-1", "(-1)")
    of_variable = isinstance(node.head, Script) and isinstance(node.head.sub, Sym) and node.head.sub.name.isupper()
    if head is None or not is_name(argument) or key(argument) not in _PROBABILITIES:
        return None
    return key(argument) if (head.name == "Q" and of_variable) or (head.name == "F" and inverse) else None


def _of_quantile(node: Node, argument: str) -> Iterator[Malformed]:
    grid = node.body if isinstance(node, Fence) else node
    if not isinstance(grid, Grid):
        return
    for row in grid.rows:
        for chain in (c for cell in row[1:] for c in walk(cell) if isinstance(c, Chain)):
            if _lies_outside(chain, argument):
                detail = f"the argument of a quantile function is a probability, and {words(chain)} is none"
                yield Malformed("E409", detail, chain.start, chain.end, "no probability")


def _lies_outside(chain: Chain, argument: str) -> bool:
    """p > 1, p ≥ 2, p < 0."""
    if len(chain.relations) != 1 or key(chain.items[0]) != argument:
        return False
    value, sign = printed_value(chain.items[1]), chain.relations[0].sign
    if value is None:
        return False
    return (sign in (">", "≥") and (value > 1 or (value == 1 and sign == ">"))) or (
        sign in ("<", "≤") and (value < 0 or (value == 0 and sign == "<"))
    )
