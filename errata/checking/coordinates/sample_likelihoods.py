"""The log-likelihood of a sample in the ways that notes write it: log p(D | θ), and −N H(p̂, p_θ) for the empirical
distribution p̂ of the sample, from which −N KL(p̂ ‖ p_θ) differs by a constant.

Both are written with one function of the parameter, so that objectives which are made of them can be held against each
other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claims.records import Record
from errata.checking.sampled import empirical_laws
from errata.reading.families.models import asked
from errata.reading.families.models import letter_of as plain_letter
from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.sentences.heads import argument_of, bare, letter, listed, operator, subscript
from errata.reading.sentences.survey import law_letters
from errata.reading.substitution import rebuilt
from errata.reading.tree import Bar, Call, Fence, Function, Lines, Node, Script, walk
from errata.reading.unparse import to_latex
from errata.reading.words import words

_SAMPLES = frozenset({"D"})
_FREE = (r"\Lambda", r"\Xi", r"\Upsilon")
_CONSTANTS = "c k b".split()


class _Model(Record):
    """The law p_θ, its parameter, and the size of the sample of an empirical law, all in LaTeX but for the key of θ."""

    letter: str
    parameter: Node
    size: str
    name: str
    constant: str

    @property
    def log_likelihood(self) -> str:
        return f"{self.name}({to_latex(self.parameter)})"


def in_one_likelihood(
    sides: tuple[Node, Node], roots: Sequence[Lines], letters: frozenset[str]
) -> tuple[tuple[Node, Node], str] | None:
    """Two objectives with the log-likelihood of the sample as one function, and what that takes for granted; None where
    no empirical law stands in them, or none is defined. ``letters`` are what the objectives are made best over."""
    laws = {key(head): (head, to_latex(one.size)) for head, one in empirical_laws(roots, law_letters(sides))}
    found = next((f for side in sides for n in walk(side) if (f := _compared(n, laws, letters))), None)
    if found is None:
        return None
    law, model, parameter = found
    taken = {key(n) for side in sides for n in walk(side) if is_name(n)}
    name = next((f for f in _FREE if f not in taken), None)
    constant = next((c for c in _CONSTANTS if c not in taken and c not in letters), None)
    if name is None or constant is None:
        return None
    as_one = _Model(model, parameter, laws[law][1], name, constant)
    left, right = (_written(side, law, as_one) for side in sides)
    if left is sides[0] or right is sides[1]:
        return None
    told = f"{words(laws[law][0])} is the empirical distribution of independent data"
    return (left, right), told


def _compared(node: Node, laws: Iterable[str], letters: frozenset[str]) -> tuple[str, str, Node] | None:
    """The empirical law, the letter of the model and its parameter in KL(p̂ ‖ p_θ) and H(p̂, p_θ)."""
    what = operator(node.head) if isinstance(node, Call) else ""
    body = argument_of(node) if isinstance(node, Call) else None
    pair = (body.left, body.right) if what == "KL" and isinstance(body, Bar) else listed(body) if what == "H" else ()
    if len(pair) != 2:
        return None
    data, model = bare(pair[0]), bare(pair[1])
    parameter = subscript(model)
    if key(data) not in laws or parameter is None or plain_letter(parameter) not in letters:
        return None
    return key(data), letter(model)[0], parameter


def _written(side: Node, law: str, model: _Model) -> Node:
    whole, size, letters = model.log_likelihood, model.size, frozenset({plain_letter(model.parameter)})

    def change(node: Node) -> Node | None:
        met = _compared(node, (law,), letters)
        if met is not None and met[1] == model.letter and isinstance(node, Call):
            constant = f"{model.constant} - " if operator(node.head) == "KL" else "-"
            return _parsed(rf"\left( {constant}\frac{{1}}{{{size}}} {whole} \right)")
        if isinstance(node, Function | Call) and letter(node.head)[0] in ("log", "ln"):
            inside = bare(node.argument if isinstance(node, Function) else node.fence)
            while isinstance(inside, Fence) and inside.body is not None:
                inside = bare(inside.body)
            return _parsed(whole) if _is_of_the_sample(inside, model) else None
        return _parsed(rf"\exp({whole})") if _is_of_the_sample(node, model) else None

    return rebuilt(side, change)


def _is_of_the_sample(node: Node, model: _Model) -> bool:
    """Whether a node is p(D | θ) or p_θ(D)."""
    one = asked(node)
    if one is None or plain_letter(one.point) not in _SAMPLES or letter(one.call.head)[0].lower() != model.letter:
        return False
    below = one.call.head.sub if isinstance(one.call.head, Script) else None
    given = [key(n) for n in (*one.given, *([below] if below is not None else []))]
    return given == [key(model.parameter)]


def _parsed(text: str) -> Node:
    return parse(text).statements[0]
