"""Words that give a quantity of a variable whose law is known: "Its mean is", "The variance of $X$ is"."""

from __future__ import annotations

import re

from errata.checking.context import State, root_of
from errata.checking.families.reach import given_names, reaches
from errata.checking.families.spoken import named_in
from errata.checking.families.written_laws import said_in
from errata.reading.document import Formula
from errata.reading.families.notation import LawNode
from errata.reading.families.said import Said
from errata.reading.families.subjects import introduces, quantities, without_asides
from errata.reading.families.terms import names_of_law
from errata.reading.gloss import glossed
from errata.reading.names import key
from errata.reading.tree import Accent, Node, Sym, walk

LEAD = 300
NEAR = 600
"""Characters between the law of a variable and a quantity of it that doesn't name it, at most."""
_SENTENCE = re.compile(r"[.;!?]\s|\n\s*\n|\$\$")
_OPENS = re.compile(r"\s*(?:\$+|\\\[|\\\(|\\begin\{\w+\*?\})\s*$")
_CLAUSE = re.compile(
    r"(?:^|\b(?:and|but|while|with|so|thus|hence|then|therefore|has|that)\b|,)\s*(?P<whose>its|the|a)\s+"
    r"(?P<what>[a-z][a-z -]*?)(?:\s+(?:of|for)\s+(?:the\s+)?(?:random\s+)?(?:variable\s+)?\$\s*(?P<of>[A-Z])\s*\$)?"
    r"\s*(?:\b(?:is|equals|is\s+given\s+by|is\s+equal\s+to|becomes)\b)?\s*:?\s*$",
    re.I,
)
"""The last clause of a sentence: what is given, and of which variable."""
_ELSE = re.compile(
    r"\b(?:posterior|prior|sample|empirical|estimat\w*|conditional\w*|if|suppose|assum\w*|limit\w*|asymptotic\w*|"
    r"approximat\w*|say|would|not|maximum|error|noise|expected)\b",
    re.I,
)
"""Words by which another quantity may be meant, or none is claimed."""

_OTHER_THINGS = re.compile(
    r"\b(?:samples?|averag\w*|sums?|products?|ratios?|maxim\w*|minim\w*|squares?|squared|logarithms?|estimat\w*|"
    r"residual\w*|transform\w*|differences?|second|another|other|difference|increment\w*|observations?|data)\b",
    re.I,
)
"""Words of things that are made of a variable, or that are none of it."""
_OPERATORS = frozenset("E P V H F N U B L".split())


def told_of_variable(state: State, formula: Formula) -> tuple[str, LawNode] | None:
    """The quantity that the words before a formula name, and the law of the variable that they speak of; None where
    they name none, or where another variable or law may be meant."""
    place = formula.span.start
    before = _OPENS.sub("", state.document.text[max(0, place - LEAD) : place])
    sentence = without_asides(glossed(_SENTENCE.split(before.rstrip())[-1])).strip()
    clause = _CLAUSE.search(sentence)
    if clause is None or named_in(sentence) or _ELSE.search(re.sub(r"\$[^$]*\$", " ", sentence)) is not None:
        return None
    asked = quantities(clause["what"])
    if len(asked) != 1 or not introduces(clause.group(), formula.display):
        return None
    law = _law(state, place, clause["of"])
    return None if law is None else (asked[0], law)


def _law(state: State, place: int, name: str | None) -> LawNode | None:
    """The law of a variable, or of the only one that is spoken of, which nothing else may be meant by."""
    heard = [s for s in said_in(state) if s.place < place and reaches(s, place, state.document)]
    if any(s.premise or s.density for s in heard):
        return None
    mine = [s for s in heard if name is None or s.variable == name]
    if not mine or len({s.variable for s in mine}) > 1 or len({s.place for s in mine}) > 1:
        return None
    law = mine[-1].law
    if law is None or (name is None and _turns_elsewhere(state, mine[-1], place)):
        return None
    return None if names_of_law(law) & given_names(state) else law


def _turns_elsewhere(state: State, said: Said, place: int) -> bool:
    """Whether the text between a law and a place may have turned to something else than its variable."""
    formulas = state.document.formulas
    end = formulas[said.formula].span.end if said.formula >= 0 else said.place
    text = state.document.text[end:place].lstrip("$")
    if len(text) > NEAR or _OTHER_THINGS.search(re.sub(r"\$[^$]*\$", " ", text)) is not None:
        return True
    between = (n for n, f in enumerate(formulas) if said.place <= f.span.start < place)
    return any(_is_another(node, said.variable) for n in between for node in walk(root_of(state, n)))


def _is_another(node: Node, variable: str) -> bool:
    """Whether a node is another capital than that of a variable, or a name with a mark: Y, x̄."""
    if isinstance(node, Accent):
        return True
    capital = isinstance(node, Sym) and len(node.name) == 1 and node.name.isupper() and node.font in ("", "italic")
    return capital and key(node) != variable and key(node) not in _OPERATORS
