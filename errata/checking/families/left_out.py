"""Whether the text around a density says that constants are left out of it, which a factor or a term may then be."""

from __future__ import annotations

import re

from errata.checking.context import At, State

AFTERWARDS = 120
"""Characters after a formula that may say what it leaves out."""
NOT_LEFT_OUT = frozenset({"sign", "square", "bracket", "inverse", "name"})
"""Slips that leave no factor or term out."""
_LOOSELY = re.compile(
    r"\bconstants?\b|\bignor|\bdrop|\bup to\b|\bomit|\bneglect|\bproportional|\birrelevant|\bscal", re.I
)


def lets_go(state: State, at: At) -> bool:
    """Whether a word around a relation says that constants are left out."""
    end = at.formula.offset(len(at.formula.latex) - 1)
    texts = (at.prose, at.chain.before, at.chain.remark, state.document.text[end : end + AFTERWARDS])
    return any(_LOOSELY.search(text) for text in texts)
