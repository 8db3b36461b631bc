"""Words before a quantity that only say what it is: "Mean · E[Y] = p" is E[Y] = p under the label Mean, and
"Likelihood × Prior · p (1 − p) = p − p²" is p (1 − p) = p − p², a product that is said and then written out.
"""

from __future__ import annotations

import re

from claims.records import replace
from errata.reading.sentences.heads import operator
from errata.reading.tree import Call, Chain, Factors, Node, Sym, Text

_DOTS = frozenset({r"\cdot", "·", r"\bullet"})
_NAMED = {
    "mean": "E", "expectation": "E", "average": "E", "expected value": "E", "variance": "Var", "covariance": "Cov",
    "correlation": "Corr", "entropy": "H", "mutual information": "I",
}  # fmt: skip
"""What is called by a word, by the operator that stands for it."""


_ENDS_IN_A_VERB = re.compile(r"\b(?:is|are|becomes|equals)\s*\Z")
"""Words that an equals sign only repeats: "The likelihood is = L(θ) = …"."""
_OF_BAYES = frozenset({"posterior", "likelihood", "prior"})
"""What is multiplied in Bayes' rule, in words."""


def without_label(chain: Chain) -> Chain:
    """A chain without the label of its first member, and without products in words before those in letters; itself
    where it has none."""
    said = chain.items[0]
    if len(chain.items) > 2 and isinstance(said, Text) and _ENDS_IN_A_VERB.search(said.text):
        start, remarks = chain.items[1].start, chain.remarks[1:]
        chain = replace(chain, start=start, items=chain.items[1:], relations=chain.relations[1:], remarks=remarks)
    first = without_quantity_label(chain.items[0])
    items = (first, *map(_without_words, chain.items[1:]))
    return chain if all(a is b for a, b in zip(items, chain.items, strict=True)) else replace(chain, items=items)


def _without_words(node: Node) -> Node:
    """What follows a product of words, "Likelihood × Prior ·"; any other node as it is."""
    if not isinstance(node, Factors):
        return node
    words = [isinstance(i, Sym) and i.font == "text" and i.name.lower().strip() in _OF_BAYES for i in node.items]
    count = next((n for n, is_word in enumerate(words) if not is_word), 0)
    if not count or any(words[count:]) or node.signs[count] not in _DOTS:
        return node
    items = node.items[count:]
    if len(items) == 1:
        return items[0]
    return replace(node, start=items[0].start, signs=("", *node.signs[count + 1 :]), items=items)


def without_quantity_label(node: Node) -> Node:
    """The quantity of a product of its own name with it; any other node as it is."""
    if not isinstance(node, Factors) or len(node.items) != 2 or node.signs[1] not in _DOTS:
        return node
    word, quantity = node.items
    if not isinstance(word, Sym) or word.font not in ("text", "roman", "sans") or not isinstance(quantity, Call):
        return node
    return quantity if _NAMED.get(word.name.lower().strip()) == operator(quantity.head) else node
