"""What a relation is for: a claim, a definition, data, a constraint, an equation to be solved, or something else."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache

from errata.checking.judgement import Kind
from errata.reading.calculus import is_derivative
from errata.reading.indicators import condition
from errata.reading.names import is_name, key, named_call, parameters, unbracketed
from errata.reading.relations import Pair, Stated
from errata.reading.tree import (
    Accent,
    Big,
    Call,
    Chain,
    Factors,
    Fence,
    Function,
    Gap,
    Grid,
    Group,
    Node,
    Num,
    Phrase,
    Postfix,
    Prefix,
    Script,
    Styled,
    Sym,
    Terms,
    Text,
    walk,
)

_SOLVING = re.compile(r"\b(?:set|sets|setting|solve|solving|equate|equating|root|zero|stationary|vanish\w*)\b", re.I)
_NOUN = re.compile(
    r"\b(?:(?:data|training|test|validation|sample|a|the|this|that|each|any|every|index)[ -]sets?\b|sets? of\b|"
    r"set[ -]theor\w*|square[ -]roots?\b|non-?zero\b|zero[ -]mean\b|(?:show|prove|see)n? that [^.]*?\bzero\b|"
    r"setting \$[^$=]+=(?!\s*0\s*\$)[^$=]+\$|set \$\w\s*=\s*e\$)|"
    r"\b(?:sums?|terms?|products?|integrals?|means?|averages?|covariances?|probabilit(?:y|ies))\b(?:\]\([^)\n]*\))?"
    r"(?:\s+(?:\$[^$]*\$|[\w-]+)){0,6}?"
    r"\s+(?:(?:is|are)\s+(?:\w+\s+)?(?:equal\s+to\s+)?zero|vanish\w*)|"
    r"\b(?:add|adds|sum|sums)\s+(?:up\s+)?to\s+zero|"
    r"\\(?:label|ref|eqref)\{[^{}]*\}",
    re.I,
)
"""Names of formulas, and phrases in which such a word tells of a thing and not of solving: a data set, a square root,
setting $n = 1$, a sum that is zero."""
_TO_ZERO = re.compile(
    r"\b(?:set(?:s|ting)?|equat(?:es?|ing))\b[^.$=]{0,60}?\b(?:equal\s+)?to\s+(?:zero\b|\$?0\$?(?![.\d]))", re.I
)
"""Words that set something to zero."""
_TO_BE_SOLVED = re.compile(
    r"\b(?:(?:solv(?:e|es|ed|ing)|solutions? (?:of|to))(?: for \$[^$]*\$ (?:in|from))?(?: (?:the|a|an|this|our))?"
    r"(?: (?:linear|normal|following|matrix))*(?: (?:equation|system|problem)s?(?: of (?:linear )?equations)?)?|"
    r"consider(?:ing|ed)?(?: (?:also|now|next|then))?(?: (?:the|an|this))(?: (?:other|second|following|quadratic))*"
    r" (?:equation|system(?: of equations)?))"
    r":?\s*\$*\s*\Z",
    re.I,
)
"""Words right before an equation that is to be solved: "to solve $A x = b$", "consider the equation $A x = b$"."""
_NEEDED = re.compile(
    r"\b(?:we|you|one|to)\s+(?:\w+\s+)?(?:need|require|want|demand)\b(?!\s+(?:to|that)\b)[^.;$]{0,40}\$*\s*\Z",
    re.I,
)
"""Words right before what is needed, and is solved for then: "we need $a^t = 1/2$"."""
_LETTING = re.compile(
    r"\b(?:let|define|defined|denote|denotes|write|call|where|with|suppose|assume|given|say|pick)\b", re.I
)
_CONDITION = re.compile(
    r"\b(?:if|when|whenever|unless|until|while|iff|assum\w*|suppose|provided|as long as|in case|should)"
    r"(?:\s+(?:that|and only if))?\s*\$*\s*\Z",
    re.I,
)
"""Words right before an inequality that is a condition, and no claim."""
_MEANS = frozenset({"E", "𝔼"})
_DENSITIES = frozenset("p q P Q Pr".split())
_LAWS = frozenset("p q P Q Pr E H I KL D Var Cov 𝔼".split())


_DIGITS = re.compile(r"\d+")
INDEX_LETTERS = frozenset("i j k l m r s t h".split())
"""Letters that notes use for indices. n, N and K are sizes, x and y are values."""


def is_number(node: Node) -> bool:
    """Whether a node is a bare number: 3, −0.5, 10^{-3}, 5 %, 3 × 10^4, (0.1, 0.9)."""
    if isinstance(node, Num):
        return True
    if isinstance(node, Styled | Group | Postfix):
        return is_number(node.operand if isinstance(node, Postfix) else node.body)
    if isinstance(node, Terms) and len(node.items) == 1:
        return is_number(node.items[0])
    if isinstance(node, Script) and node.sub is None and node.sup is not None:
        return is_number(node.base) and is_number(node.sup)
    if isinstance(node, Fence) and node.body is not None:
        inner = node.body
        return all(is_number(i) for i in inner.items) if isinstance(inner, Phrase) else is_number(inner)
    return hasattr(node, "items") and not isinstance(node, Phrase | Terms) and all(is_number(i) for i in node.items)


def kind_of(pair: Pair, stated: Stated, introduced: frozenset[str], prose: str) -> Kind:
    """The kind of one pair of a chain; ``introduced`` holds the names that the document has already defined.

    ``prose`` is the text just before the formula.
    """
    sign = pair.relation.sign
    if sign in (":=", "=:", "≜") or (sign == "=" and _is_marked_as_definition(pair.relation.over)):
        return Kind.DEFINITION
    if sign == "=" and isinstance(pair.relation.over, Sym) and pair.relation.over.name == "!":
        return Kind.EQUATION_TO_SOLVE
    if sign in ("∼", "≁"):
        return Kind.GIVEN
    if sign in ("∈", "∉", "⊂", "⊆", "⊃", "⊇", "⪰", "⪯", "≻", "≺", "⊥"):
        return Kind.CONSTRAINT
    if sign in ("→", "←", "↦", "↔", "⇝", "↑", "↓", "↗", "↘", "↪", "≪", "≫", "∋"):
        return Kind.OTHER
    if isinstance(pair.left, Gap) or isinstance(pair.right, Gap):
        return Kind.OTHER
    if isinstance(pair.left, Text) and pair.position == 0:
        return Kind.GIVEN if is_number(pair.right) else Kind.DEFINITION
    if sign in ("<", ">", "≤", "≥", "≠"):
        bounds = _bounds_a_name(pair) or _is_positive(pair) or _orders_members(pair)
        bounds = bounds or (pair.position == 0 and _CONDITION.search(prose) is not None)
        return Kind.CONSTRAINT if bounds else Kind.CLAIM
    if sign == "=" and _to_solve(pair, stated, prose):
        return Kind.EQUATION_TO_SOLVE
    if sign == "=" and _normalises(pair):
        return Kind.CONSTRAINT
    if pair.position == 0 and sign in ("=", "≈", "≡"):
        return _of_equation(pair, stated, introduced, prose)
    if sign == "=" and is_number(pair.right) and _names_up_to(pair, stated):
        return Kind.GIVEN
    return Kind.CLAIM


def _is_marked_as_definition(over: Node | None) -> bool:
    """Whether "def" or a triangle stands over a sign of equality."""
    marks = [n for n in walk(over) if isinstance(n, Sym | Text)] if over is not None else []
    texts = {(n.text if isinstance(n, Text) else n.name).strip(" .:").lower() for n in marks}
    return len(marks) == 1 and bool(texts & {"def", "definition", "△", "∆", "δ"})


def _orders_members(pair: Pair) -> bool:
    """Var(Y_1) ≥ Var(Y_2): members of a family and what they are numbered by."""
    left, right = (_DIGITS.sub("#", key(side)) for side in (pair.left, pair.right))
    numbered = any(isinstance(n, Script) and isinstance(n.sub, Num) for n in walk(pair.left))
    norm = isinstance(pair.left, Script) and isinstance(pair.left.base, Fence)  # ‖x‖_2 ≤ ‖x‖_1
    return numbered and not norm and left == right and key(pair.left) != key(pair.right)


def _names_up_to(pair: Pair, stated: Stated) -> bool:
    """Whether nothing but names stands in a chain up to a pair, and none of a list that has its values: α = β = 1; or
    nothing but one quantity of several things: I(A) = I(B) = 3."""
    items = stated.chain.items[: pair.position + 1]
    heads = {key(item.head) if isinstance(item, Call) and named_call(item) else None for item in items}
    return all(isinstance(item, Sym) for item in items) or (len(heads) == 1 and None not in heads)


def _of_equation(pair: Pair, stated: Stated, introduced: frozenset[str], prose: str) -> Kind:
    if condition(pair.left) is not None and not any(isinstance(n, Grid) for n in walk(pair.right)):
        return Kind.CLAIM
    named = is_name(unbracketed(pair.left)) or is_power_of_name(pair.left) or _list_of_names(pair.left)
    if named and (is_number(pair.right) or is_name(pair.right) or _is_its_start(pair.left, pair.right)):
        return Kind.GIVEN
    if named:
        return Kind.CLAIM if key(pair.left) in introduced else Kind.DEFINITION
    if named_call(pair.left):
        if is_number(pair.right):
            return Kind.CLAIM if has_gradient(pair.left) else Kind.GIVEN
        if _is_law(pair.left) and not _LETTING.search(prose[-40:]):
            return Kind.CLAIM
        head = _head(pair.left)
        if isinstance(head, Sym) and (head.name in _KNOWN or _is_gamma(head, pair.right)):
            return Kind.CLAIM
        if parameters(pair.left) is not None and key(_head(pair.left)) not in introduced:
            return Kind.DEFINITION
    defines = _defines_through_function(pair, introduced) or _gives_member_by_cases(pair)
    return Kind.DEFINITION if defines else Kind.CLAIM


_KNOWN = frozenset(
    "max min sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan exp log ln erf erfc".split()
)
"""Functions that no formula defines anew: max(x, y), tanh(x)."""


def _is_gamma(head: Sym, right: Node) -> bool:
    """Whether Γ is the gamma function: a factorial tells it from any other quantity of that name."""
    return head.name == "Γ" and any(isinstance(n, Postfix) and n.sign == "!" for n in walk(right))


def _is_its_start(name: Node, other: Node) -> bool:
    """θ = θ^0, b_1 = b_1^0: a certain value of a name, marked by an upper number that is no power."""
    if not isinstance(other, Script) or not isinstance(other.sup, Num) or other.sup.text != "0":
        return False
    unmarked = other.base if other.sub is None else Script(other.start, other.end, other.base, other.sub, None)
    return key(unmarked) == key(name)


def _gives_member_by_cases(pair: Pair) -> bool:
    """B_i^1(t) = {1 where …, 0 otherwise}: a member of a family of functions, numbered below and above."""
    match pair.left:
        case Factors(items=(Script(sub=sub, sup=sup), Fence(open="(", body=body)), signs=("", "")):
            numbered = sub is not None and sup is not None and body is not None and is_name(body)
            return numbered and any(isinstance(n, Grid) for n in walk(pair.right))
    return False


def _defines_through_function(pair: Pair, introduced: frozenset[str]) -> bool:
    """log ȳ_j = (1/n) ∑_i log y_ij: a new name with a mark, by a function of it."""
    argument = pair.left.argument if isinstance(pair.left, Function) else None
    if isinstance(argument, Fence):
        argument = argument.body
    if argument is None or not is_name(argument) or not any(isinstance(n, Accent) for n in walk(argument)):
        return False
    return key(argument) not in introduced and all(key(argument) != key(n) for n in walk(pair.right) if is_name(n))


def has_gradient(node: Node) -> bool:
    """Whether ∇ stands in a node: the mean of a score is zero, and isn't given to be."""
    return any(isinstance(n, Sym) and n.name == "∇" for n in walk(node))


def is_power_of_name(node: Node) -> bool:
    """σ²: a power of a name, which notes give values to as if it were a name."""
    return (
        isinstance(node, Script)
        and isinstance(node.sup, Num)
        and is_name(Script(node.start, node.end, node.base, node.sub, None))
    )


def _head(node: Node) -> Node:
    return node.head if isinstance(node, Call) else node


def _is_law(node: Node) -> bool:
    return is_law_of(_head(node), _LAWS)


def is_law_of(base: Node, names: Container[str]) -> bool:
    """Whether a name, whatever its indices and accents, is one of ``names``."""
    while isinstance(base, Script | Accent | Styled):
        base = base.base if isinstance(base, Script) else base.body
    return isinstance(base, Sym) and base.name in names


def _list_of_names(node: Node) -> bool:
    inner = node.body if isinstance(node, Fence) else node
    return isinstance(inner, Phrase) and all(is_name(i) for i in inner.items)


def _bounds_a_name(pair: Pair) -> bool:
    """σ > 0, a ≤ b, |φ| < 1."""
    sides = [_of_bars(side) for side in (pair.left, pair.right)]
    return any(is_name(s) or is_power_of_name(s) for s in sides) and all(
        is_number(s) or is_name(s) or is_power_of_name(s) or _is_infinite(s) for s in sides
    )


def _of_bars(node: Node) -> Node:
    """φ of |φ|; any other node as it is."""
    bars = isinstance(node, Fence) and node.open in ("|", r"\vert", r"\lvert") and node.body is not None
    return node.body if bars and isinstance(node, Fence) and node.body is not None else node


def _is_positive(pair: Pair) -> bool:
    """q(x) > 0: what a law has to be somewhere, which no law is everywhere."""
    zero = isinstance(pair.right, Num) and pair.right.text == "0"
    return zero and pair.relation.sign == ">" and isinstance(pair.left, Call) and is_law_of(pair.left.head, _DENSITIES)


def _is_infinite(node: Node) -> bool:
    return any(isinstance(n, Sym) and n.name == "∞" for n in walk(node))


@lru_cache(maxsize=16)
def speaks_of_solving(prose: str) -> bool:
    """Whether a text says that an equation is set up or solved; every step of a chain asks it of the same one."""
    return _SOLVING.search(_NOUN.sub(" ", prose)) is not None


def derives(chain: Chain, prose: str) -> bool:
    """Whether a text sets a derivative to zero, and a chain works it out before: its members are equal as they stand,
    none of them being zero."""
    if speaks_of_solving(without_setting_to_zero(prose)) or any(key(item) == "0" for item in chain.items):
        return False
    return any(is_derivative(n) or (isinstance(n, Sym) and n.name in ("∂", "∇")) for n in walk(chain.items[0]))


def without_setting_to_zero(prose: str) -> str:
    """A text without the words that set something to zero."""
    return _TO_ZERO.sub(" ", prose)


def _to_solve(pair: Pair, stated: Stated, prose: str) -> bool:
    if pair.position == 0 and len(stated.chain.relations) == 1 and _TO_BE_SOLVED.search(prose):
        return True
    if _NEEDED.search(prose) and not has_names(pair.right) and has_names(pair.left):
        return True
    zero = any(isinstance(s, Num) and s.text == "0" for s in (pair.left, pair.right))
    if not zero or (is_number(pair.left) and is_number(pair.right)):
        return False
    if stated.implies or _SOLVING.search(prose[-80:]) or _SOLVING.search(stated.before):
        return True
    other = pair.left if isinstance(pair.right, Num) else pair.right
    if isinstance(other, Call) and is_law_of(other.head, _MEANS):
        return False  # the mean of a score is zero
    return any(
        isinstance(n, Prefix) or is_derivative(n) or (isinstance(n, Sym) and n.name in ("∂", "∇")) for n in walk(other)
    )


def speaks_of_names(pair: Pair) -> bool:
    """Whether a side of a relation has a name: 2 = 3 says nothing of any, and so cannot be supposed."""
    return has_names(pair.left) or has_names(pair.right)


def has_names(node: Node) -> bool:
    """Whether a name stands in an expression, but for those of numbers."""
    return any(is_name(n) and key(n) not in ("e", r"\mathrm{e}", "π", r"\pi") for n in walk(node))


def _normalises(pair: Pair) -> bool:
    """∑ π_k = 1: what says that weights are weights."""
    if not isinstance(pair.left, Big) or not isinstance(pair.right, Num) or pair.right.text != "1":
        return False
    body = pair.left.body
    return body is not None and (is_name(body) or named_call(body))
