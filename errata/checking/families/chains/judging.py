"""What a document says of a chain of normal laws after it gave the law of a step."""

from __future__ import annotations

from errata.checking.context import At, State
from errata.checking.families.chains.backward import judge_backward
from errata.checking.families.chains.jumps import judge_jump
from errata.checking.families.chains.sampled import judge_sampled
from errata.checking.families.ruling import Ruling
from errata.reading.relations import Pair
from errata.reading.tree import Script, walk


def judge_chains(state: State, at: At, pair: Pair) -> Ruling | None:
    """The ruling on a law after many steps, a draw from it, or the law of a member between two others."""
    if pair.relation.sign not in ("=", "≡") or not any(isinstance(n, Script) for n in walk(pair.right)):
        return None
    return judge_jump(state, at, pair) or judge_sampled(state, at, pair) or judge_backward(state, at, pair)
