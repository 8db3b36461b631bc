"""What may make a relation true that fails as it stands: a reason to leave it undecided, which the text gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from errata.checking.context import At, State, bodies_of, root_of, roots_of
from errata.checking.imaginary import has_imaginary_unit
from errata.checking.kinds import is_law_of, is_number, is_power_of_name
from errata.reading.lowering import operator_parts
from errata.reading.matrix_notation import bare_names
from errata.reading.names import is_inverse, is_name, key
from errata.reading.relations import Pair
from errata.reading.tree import Accent, Call, Chain, Function, Node, Num, Phrase, Script, Sym, Text, walk
from errata.reading.words import words

BEFORE = 400
AFTER = 250
"""Characters around a formula in which a proof by contradiction says that it is one."""
_CONDITION = re.compile(r"\b(?:for which|such that|provided(?: that)?|unless|whether)\s*(?:\$+|\\\()?\s*\Z", re.I)
"""Words right before a relation in the line that is a condition."""
LOST = "\N{REPLACEMENT CHARACTER}"
_SOLVES = re.compile(r"\b(?:solv(?:e|es|ed|ing)|unknowns?)\b", re.I)
_CONNECTS = re.compile(r"\b(?:of|out of|times|per|plus|minus|over)\s*\Z", re.I)
"""Words in a formula that connect what stands on their two sides: 1/2 of 1/3."""
_CUT = re.compile(r"(?:[\w)]\s*[/*^]\s*\$+.|[\w)]\$[*/^·×])\Z")
"""A formula that goes on with what stands before it as text: sd/$\\sqrt{n}$, sd$*\\sqrt{n}$."""
_REDUCTIO = re.compile(r"\b(?:contradict\w*|absurd\w*)\b", re.I)
_ASKED = re.compile(r"[^.?!\n]{0,100}\?")
"""The rest of a question."""
_MOMENTS = frozenset({"e", "var", "std", "sd", "𝔼", "v", "𝕍"})
_GOES_ON = re.compile(r"\s*(?:\.\.\.|\\[lc]?dots|…)\s*\\?%|(?:,|\{,\})\d|\.(?:\\[a-z]{3,}\s*\{?\d|\{\d)")
"""A number that goes on, or may: 88.88…%, 0,5, 0.\\overline{3}, 0.\\underbrace{99}7."""
_DEGREES = re.compile(r"\bdegrees?\b|\^\s*\{?\\circ\b|°", re.I)
_AT = re.compile(r"\s*(?:at|where|when|with|for|evaluated at|under)\s*", re.I)
"""Words between an expression and the value that a name in it has."""


def excuse(state: State, at: At, pair: Pair, where: Sequence[str] = ()) -> str | None:
    """Why a relation that fails may be meant all the same; None where nothing says so. ``where`` says what was taken
    from elsewhere.
    """
    if LOST in at.formula.latex:
        return "a character of the formula is lost"
    if any("(line " in taken for taken in where) and _SOLVES.search(at.prose):
        return "its names may be unknowns that are solved for"
    if has_imaginary_unit(at.chain.chain.items):
        return "complex numbers are not judged"
    if _says_what_kind(pair):
        return "it says of what kind a quantity is"
    if not at.formula.display and _CONDITION.search(at.prose):
        return "it is a condition"
    if not at.formula.display and _ASKED.match(state.document.text, at.formula.span.end):
        return "it is part of a question"
    if pair.position == 0 and _gives_anew(pair):
        return f"it may give {words(pair.left)} anew, or be an equation for it"
    if _compares_moments(pair):
        return "it may be a property of the law that is spoken of"
    if (name := _vanishing(state, pair)) is not None:
        return f"a power of {words(name)} is nothing, says the text"
    if pair.position == 0 and _CONNECTS.search(at.chain.before):
        return "it begins with a part of an expression in words"
    if pair.relation.sign in ("<", ">") and all(_is_law(side) for side in (pair.left, pair.right)):
        return "an inequality of probabilities may be a condition"
    if pair.position == 0 and _CUT.search(at.prose + at.formula.latex[:1]) is not None:
        return "an expression begins in the text before it"
    if _is_absurd(state, at, pair):
        return "it may be what an assumption is contradicted by"
    if _goes_on(at, pair):
        return "its number may go on beyond what is read"
    if _has_angles(pair) and _DEGREES.search(_near(state, at)):
        return "its angles may be in degrees"
    if (name := next(_marked_on_one_side(pair), None)) is not None and bodies_of(state).get(key(name)):
        return f"{words(name)} is given elsewhere"
    beside = next(_put_in(root_of(state, at.index), pair), None)
    return None if beside is None else f"{beside} has a value beside one of the sides"


def _says_what_kind(pair: Pair) -> bool:
    """P^{-1} = P⊤ of orthogonal matrices, f^{-1} = f of an involution."""
    bases = [
        side.base if isinstance(side, Script) and side.sup is not None else side for side in (pair.left, pair.right)
    ]
    raised = [side.sup for side in (pair.left, pair.right) if isinstance(side, Script) and side.sup is not None]
    inverse = any(is_inverse(sup) for sup in raised)
    return inverse and pair.relation.sign == "=" and is_name(bases[0]) and key(bases[0]) == key(bases[1])


def _gives_anew(pair: Pair) -> bool:
    """β = 2β: an assignment, or an equation to be solved, as no number but 0 is twice itself."""
    return pair.relation.sign == "=" and is_name(pair.left) and key(pair.left) in bare_names(pair.right)


def _compares_moments(pair: Pair) -> bool:
    """E(X) = Var(X), as Poisson's law has it: moments of one variable that differ in their unit."""
    heads = [side.head for side in (pair.left, pair.right) if isinstance(side, Call)]
    fences = {key(side.fence) for side in (pair.left, pair.right) if isinstance(side, Call)}
    names = {operator_parts(head)[0].lower() for head in heads}
    return len(heads) == 2 and len(fences) == 1 and len(names) == 2 and names <= _MOMENTS


def _vanishing(state: State, pair: Pair) -> Node | None:
    """A name of which the document says that a power of it is 0, as dual numbers and infinitesimals have it."""
    names = {*bare_names(pair.left), *bare_names(pair.right)}
    for root in roots_of(state):
        for chain in (n for n in walk(root) if isinstance(n, Chain) and len(n.items) == 2):
            left, right = chain.items
            if (
                isinstance(right, Num) and right.text == "0" and chain.relations[0].sign == "="
                and is_power_of_name(left) and isinstance(left, Script) and key(left.base) in names
            ):  # fmt: skip
                return left.base
    return None


def _is_absurd(state: State, at: At, pair: Pair) -> bool:
    """Whether a wrong relation of numbers is the end of a proof by contradiction."""
    inferred = at.chain.implies or at.chain.concluded or (is_number(pair.left) and is_number(pair.right))
    return inferred and _REDUCTIO.search(_near(state, at)) is not None


def _near(state: State, at: At) -> str:
    span, text = at.formula.span, state.document.text
    return text[max(0, span.start - BEFORE) : span.start] + " " + text[span.end : span.end + AFTER]


def _is_law(side: Node) -> bool:
    return any(isinstance(n, Call) and is_law_of(n.head, frozenset("pPq") | {"Pr"}) for n in walk(side))


def _goes_on(at: At, pair: Pair) -> bool:
    return _GOES_ON.match(at.formula.latex, pair.right.end) is not None


def _has_angles(pair: Pair) -> bool:
    heads = (n.head for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Call | Function))
    return any(isinstance(head, Sym) and head.name in ("sin", "cos", "tan") for head in heads)


def _marked_on_one_side(pair: Pair) -> Iterator[Node]:
    """Names with a hat that stand in one side only, beside the plain name: Ŷ and Y."""
    if is_name(pair.left) or is_name(pair.right):
        return
    sides = [{key(n): n for n in walk(side) if is_name(n)} for side in (pair.left, pair.right)]
    for name in sides[0].keys() ^ sides[1].keys():
        node = sides[0].get(name) or sides[1][name]
        if isinstance(node, Accent) and "hat" in node.kind and any(key(node.body) in side for side in sides):
            yield node


def _put_in(root: Node, pair: Pair) -> Iterator[str]:
    """The names that have a value, by words beside an expression of the formula, and stand on one side only:
    f(x) at x = g(y)."""
    free = [{key(n) for n in walk(side) if is_name(n)} for side in (pair.left, pair.right)]
    for phrase in (n for n in walk(root) if isinstance(n, Phrase)):
        for word, value in zip(phrase.items, phrase.items[1:], strict=False):
            if not isinstance(word, Text) or not _AT.fullmatch(word.text) or not isinstance(value, Chain):
                continue
            name = value.items[0]
            if (
                value.relations[0].sign == "="
                and isinstance(name, Sym)
                and (key(name) in free[0]) != (key(name) in free[1])
            ):
                yield key(name)
