"""The log-likelihood under a name: NLL is minus its sum over the sample, or the mean of that; a name may also be what
the document sets equal to −log p(x | z), or what the sentence before a formula calls the likelihood."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.records import replace
from errata.checking.context import At, State, roots_of
from errata.checking.families.atoms import Bodies
from errata.checking.families.componentwise import isotropic
from errata.reading.alike import bare
from errata.reading.families.models import Model, asked, letter_of
from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.relations import Pair, Stated, stated
from errata.reading.tree import Big, Call, Chain, Function, Group, Node, Script, Sym, Terms, walk
from errata.reading.unparse import to_latex

_LOSSES = frozenset({"NLL", "nll"})
_SENTENCE = re.compile(r"(?<=[.!?])\s|\n\s*\n|\n\s*(?:[-*#>]|\d+\.)\s")
_LIKELIHOOD = re.compile(r"\b(?:log[- ]?)?likelihood\b", re.I)
_NEGATIVE = re.compile(r"\bnegative\b|\bNLL\b|\bminus\b", re.I)
_DENIED = re.compile(r"\b(?:not|unlike|instead of|rather than|prior|posterior|ratio)\b|n't\b", re.I)


def is_loss(node: Node) -> bool:
    """Whether a name, or a function of parameters, is that of a negative log-likelihood."""
    head = node.head if isinstance(node, Call) else node
    return is_name(head) and any(isinstance(n, Sym) and n.name in _LOSSES for n in walk(head))


def likelihood_sign(state: State, at: At, node: Node) -> int:
    """−1 where a name is that of a negative log-likelihood, 1 where it is that of a log-likelihood, 0 for any other."""
    if is_loss(node):
        return -1
    known = _signs_said(state, node) - {0}
    return known.pop() if len(known) == 1 else 0 if known else _called_sign(at, node)


def is_surely_so(state: State, node: Node) -> bool:
    """Whether a name can be nothing but a log-likelihood or minus one: by its own name, or by all its definitions."""
    return is_loss(node) or _signs_said(state, node) in ({1}, {-1})


def _signs_said(state: State, node: Node) -> set[int]:
    """For each expression that the document sets a name equal to, 1 or −1 before a log-density, and 0 for any other."""
    if not is_name(node):
        return set()
    name = key(node)
    found = (_said_sign(chain, name) for root in roots_of(state) for chain in stated(root))
    return {sign for sign in found if sign is not None}


def _called_sign(at: At, node: Node) -> int:
    """The same by the sentence before the formula."""
    sentence = re.sub(r"\$[^$]*\$", " ", _SENTENCE.split(at.prose.rstrip("$ \n"))[-1])
    if not is_name(node) or _DENIED.search(sentence) or not _LIKELIHOOD.search(sentence):
        return 0
    return -1 if _NEGATIVE.search(sentence) else 1


def _said_sign(chain: Stated, name: str) -> int | None:
    """The sign before the logarithm of a density that a chain sets a name equal to, or its value at something; None
    where it sets it to nothing."""
    head = chain.chain.items[0]
    head = head.head if isinstance(head, Call) else head
    if key(head) != name or chain.chain.relations[0].sign not in ("=", ":=", "≜"):
        return None
    right = chain.chain.items[1]
    minus = isinstance(right, Terms) and right.signs == ("-",)
    inner = right.items[0] if minus and isinstance(right, Terms) else right
    if not isinstance(inner, Function) or not isinstance(inner.head, Sym) or inner.head.name not in ("log", "ln"):
        return 0
    return (-1 if minus else 1) if asked(inner.argument) is not None else 0


def losses(pair: Pair, model: Model, sign: int = -1) -> Iterator[Pair]:
    """NLL = … as −∑_i log p(y_i | x_i) = …, and as the mean of these; for one example where nothing is summed.

    With the sign 1 it is the log-likelihood.
    """
    minus = "-" if sign < 0 else ""
    names = {n.name for n in walk(pair.right) if isinstance(n, Sym)}
    point, given = letter_latex(model.point), ", ".join(letter_latex(g) for g in model.given)
    point = point if letter_of(model.point) in names else point.lower()
    big = next((n for n in walk(pair.right) if isinstance(n, Big) and _range(n) is not None), None)
    bar = r" \mid " if given else ""
    if big is None:
        sums = [rf"{minus}\log p({point}{bar}{given})"]
    else:
        index, first, last = _range(big) or ("i", "1", "N")
        count = last.removesuffix("- 1").strip() if first == "0" else last
        each = rf"\log p({point}_{{{index}}}{bar}{', '.join(f'{letter_latex(g)}_{{{index}}}' for g in model.given)})"
        total = rf"\sum_{{{index}={first}}}^{{{last}}} {each}"
        sums = [rf"{minus}{total}", rf"{minus}\frac{{1}}{{{count}}} {total}"]
    yield from (replace(pair, left=parse(text).statements[0]) for text in sums)


def letter_latex(node: Node) -> str:
    """A name without its index, as it is written."""
    while isinstance(node, Script | Group):
        node = node.base if isinstance(node, Script) else node.body
    return to_latex(node)


def _range(big: Big) -> tuple[str, str, str] | None:
    """The index of a sum over a sample, its first and its last value: 1 and N where the sum is over an index alone.

    A sum from 1 to N − 1 leaves out one of N examples, which is what its value is held against.
    """
    head = big.head
    if not isinstance(head, Script) or not isinstance(head.base, Sym) or head.base.name != "∑" or head.sub is None:
        return None
    sub = head.sub.body if isinstance(head.sub, Group) else head.sub
    if isinstance(sub, Sym) and head.sup is None:
        return key(sub), "1", "N"
    items = sub.items if isinstance(sub, Chain) else ()
    if len(items) != 2 or head.sup is None:
        return None
    first, last = to_latex(items[1]), bare(head.sup)
    if first == "1" and isinstance(last, Terms) and last.signs == ("", "-") and is_name(last.items[0]):
        last = last.items[0]
    return to_latex(items[0]), first, to_latex(last)


def specialised(model: Model, bodies: Bodies) -> Model | None:
    """A normal model whose covariance is a name, with σ²I or I in its place where the document gives that."""
    if model.name != "N" or len(model.arguments) != 2 or not is_name(model.arguments[1]):
        return None
    body = next((b for b in bodies.get(key(model.arguments[1]), ()) if isotropic(b) is not None), None)
    return None if body is None else replace(model, arguments=(model.arguments[0], body))
