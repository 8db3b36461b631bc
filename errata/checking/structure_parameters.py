"""Laws with a number that their parameter can't be: Bern(1.5), Bin(10, −0.2), 𝒩(0, −1), X ∼ Poisson(−3)."""

from __future__ import annotations

from collections.abc import Iterator

from errata.checking.structure import Malformed
from errata.checking.structure_laws import law_name, parameters_of, sampled_by
from errata.checking.structure_values import is_denied, printed_value
from errata.reading.tree import Call, Chain, Fence, Lines, Sym, walk
from errata.reading.words import words

_PROBABILITY = frozenset("Bern Bernoulli Ber Bin Binomial Binom Geom Geometric".split())
"""Laws of which the last parameter is a probability."""
_POSITIVE = frozenset("Poiss Poisson Pois Gam Gamma Bet Beta Exp Exponential".split())
"""Laws of which every parameter is positive."""
_SPREAD = frozenset("N Normal".split())
"""Laws of which the second parameter is a variance or a deviation."""


def impossible_parameters(root: Lines, prose: str) -> Iterator[Malformed]:
    """Numbers in laws that no reading allows; none where the text before speaks of what is impossible."""
    if is_denied(prose):
        return
    sampled = {id(n) for c in walk(root) if isinstance(c, Chain) for n in sampled_by(c)}
    for call in walk(root):
        if not isinstance(call, Call) or not isinstance(call.fence, Fence):
            continue
        name = law_name(call.head, _PROBABILITY | _POSITIVE | _SPREAD)
        if name is None and id(call) in sampled and isinstance(call.head, Sym) and call.head.name == "N":
            name = "N"
        parameters, separated = parameters_of(call.fence, id(call) in sampled)
        if name is None or not parameters or not (separated or id(call) in sampled):
            continue
        for place, node in enumerate(parameters):
            value = printed_value(node)
            last = place == len(parameters) - 1
            if value is None:
                continue
            if name in _PROBABILITY and last and not 0 <= value <= 1:
                wanted = "a probability from 0 to 1"
            elif (name in _POSITIVE and value < 0) or (name in _SPREAD and place == 1 and value < 0):
                wanted = "not negative"
            else:
                continue
            detail = f"this parameter of {words(call.head)} is {wanted}, and {words(node)} is given"
            yield Malformed("E409", detail, node.start, node.end, "no such law")
