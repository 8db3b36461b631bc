"""Which names a document says to be standard normal noise."""

from __future__ import annotations

from errata.checking.context import State
from errata.checking.families.likelihoods import models_of
from errata.reading.families.models import Model, letter_of
from errata.reading.families.notation import is_identity
from errata.reading.names import is_name
from errata.reading.said_noise import said_noise
from errata.reading.tree import Node, Num, Script, Sym, walk

USUAL = frozenset({"ε", "ϵ"})
"""Letters of noise."""
_FITTED = frozenset("θ φ ϕ ψ ω ϑ".split())
"""Indices of what is fitted: ε_θ is a function that guesses the noise."""


def noises(state: State) -> dict[str, int]:
    """The letters that stand for standard normal noise and for nothing else that has a law, each with the line where
    that is said."""
    said: dict[str, list[tuple[bool, int]]] = {}
    for model in models_of(state):
        if not model.noise and not model.given:
            said.setdefault(letter_of(model.point), []).append((_is_standard(model), model.place))
    for name, place in said_noise(state.document):
        said.setdefault(letter_of(name), []).append((True, place))
    place_of = state.document.place
    return {name: place_of(found[0][1]).line for name, found in said.items() if all(plain for plain, _ in found)}


def is_noise(node: Node, letters: dict[str, int]) -> bool:
    """Whether a name is one of standard normal noise, whatever its indices."""
    return is_name(node) and letter_of(node) in letters and not _is_fitted(node)


def may_be_noise(node: Node, letters: dict[str, int]) -> bool:
    """Whether a name may be one: an ε with any mark, where nothing says what it is."""
    if is_noise(node, letters):
        return True
    return is_name(node) and letter_of(node).split(" ")[-1] in USUAL | letters.keys() and not _is_fitted(node)


def _is_fitted(node: Node) -> bool:
    subs = (n.sub for n in walk(node) if isinstance(n, Script) and n.sub is not None)
    return any(isinstance(n, Sym) and n.name in _FITTED for sub in subs for n in walk(sub))


def _is_standard(model: Model) -> bool:
    if model.name != "N" or len(model.arguments) != 2:
        return False
    mean, spread = model.arguments
    one = isinstance(spread, Num) and spread.text == "1"
    return _is_zero(mean) and (one or is_identity(spread))


def _is_zero(node: Node) -> bool:
    return letter_of(node) == "0" or (isinstance(node, Sym) and node.name == "0")
