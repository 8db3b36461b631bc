"""Many steps of a chain of normal laws at once: with q(x_t | x_{t−1}) = N(x_t; a_t x_{t−1}, b_t I) the law q(x_t | x_0)
has the mean ∏ a_s x_0 and the variance ∑_s b_s ∏_{r>s} a_r².

Both are held against what a relation says of them, as sums and products over the steps, with what the document defines
put in for its families of numbers.
"""

from __future__ import annotations

from errata.checking.context import At, State
from errata.checking.families.chains.defined_families import unfolded
from errata.checking.families.chains.forward import ZERO, forward_of, is_equation
from errata.checking.families.chains.holding import Part, ruled
from errata.checking.families.chains.kernels import index_of, is_first, kernel_of
from errata.checking.families.ruling import Ruling, supposes
from errata.reading.names import key
from errata.reading.relations import Pair
from errata.reading.tree import Sym


def judge_jump(state: State, at: At, pair: Pair) -> Ruling | None:
    """The ruling on the law after many steps, where the document gives the one of each; None where it gives none, or
    nothing is settled."""
    jump = kernel_of(pair.left, pair.right) if is_equation(pair) else None
    if jump is None or not is_first(jump.given) or not isinstance(index_of(jump.to), Sym):
        return None
    chain = forward_of(state, key(jump.to.base), jump.law, at_once=False)
    if chain is None:
        return None
    end = index_of(jump.to)
    factor, variance = chain.factor(ZERO, end), chain.variance(ZERO, end)
    if factor is None or variance is None:
        return None
    parts = (
        Part("factor of the mean", factor, unfolded(jump.slope, chain.bodies)),
        Part("variance", variance, unfolded(jump.spread, chain.bodies)),
    )
    given = f"given what line {chain.line} says"
    return ruled(state, at, pair, parts, chain, given, not supposes(at))
