"""What a chain teaches: values of names, bodies of functions, and which earlier values it ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import sympy as sp

from claims.printed import about
from claims.records import replace
from errata.checking.kinds import INDEX_LETTERS, is_number, is_power_of_name
from errata.reading.lowering import Convention, Lowered, lower
from errata.reading.names import is_name, key, named_call, parameters, unbracketed
from errata.reading.relations import Stated
from errata.reading.scope import Binding, FunctionBody, Scope, Value
from errata.reading.tree import (
    Call,
    Dots,
    Factors,
    Fence,
    Frac,
    Gap,
    Group,
    Node,
    Num,
    Phrase,
    Postfix,
    Script,
    Styled,
    Sym,
    Terms,
)
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined, rational
from numerics.comparison import Grade, compare

GIVES = frozenset({"=", "≈", ":=", "≜", "≡", "≃"})
CONSTANTS = frozenset({"\\pi", "π", "e", r"\mathrm{e}"})
"""Names of numbers of which ≈ gives an estimate, and no other value."""
NEARLY = frozenset({"≈", "≃"})
"""Signs after which a number is known to its last digit only."""
_OF = re.compile(r"\bof\s*\Z", re.I)
"""The end of words that speak of something of a name: "the rank of C" is 2, and C is not."""
_SOME = re.compile(r"\s*\\?(?:if|when|whenever|unless|otherwise)\b", re.I)
"""How the words after a formula begin that say of which values of its names it holds: "F(y) = 1, if y > b"."""
_THEN = re.compile(
    r"\bif\s+\$?\w[^.$=]*\$?[^.$=]*(?:higher|lower|greater|less|larger|smaller)\b[^.=]*\bthen\s+\$*\s*$", re.I
)
"""The same before a formula: "if $y$ is greater than $b$, then"."""
_FREES = frozenset({"∈", "∼", "←", "→"})


def holds_for_some(chain: Stated, prose: str) -> bool:
    """Whether a chain gives something a value for some values of its names only."""
    return _SOME.match(chain.remark) is not None or _THEN.search(prose) is not None


def learn(
    stated: Stated, scope: Scope, introduced: frozenset[str], convention: Convention, line: int, formula: int
) -> tuple[Scope, frozenset[str]]:
    """The scope and the defined names after a chain."""
    rounded = dict(_rounded_results(stated, scope, convention))
    after, names = _learnt(stated, scope, introduced, convention, line, formula)
    return after.rounded_to(rounded) if rounded else after, names


def _rounded_results(
    stated: Stated, scope: Scope, convention: Convention
) -> Iterator[tuple[str, sp.Basic | None]]:  # fmt: skip
    """The decimals that a chain prints for what it computes, and that are not its exact value: 0.33 for 1/3; each with
    the expression, where its value is known."""
    items = _equated(stated)
    for before, after in pairwise(items):
        result = _decimal(after)
        if result is None or is_name(before) or isinstance(_unsigned(before), Num | Call | Gap):
            continue
        computed, printed = _lowered(before, scope, convention), _lowered(after, scope, convention)
        if computed is None or printed is None:
            yield result, None
            continue
        try:
            exact = rational(computed.expression)
        except Undetermined:
            exact = None
        if exact is None or exact != rational(printed.expression):
            rounds = compare(computed.expression, "=", printed.expression).grade is Grade.ROUNDED
            yield result, computed.expression if rounds and not _signed(after) else None


def _signed(node: Node) -> bool:
    """Whether a printed result is more than its digits: −0.5, 12.5 %."""
    while isinstance(node, Group | Styled):
        node = node.body
    return not isinstance(node, Num)


def _decimal(node: Node) -> str | None:
    """The digits of a printed decimal, without its sign and that of percents."""
    bare = _unsigned(node)
    bare = _unsigned(bare.operand) if isinstance(bare, Postfix) and "%" in bare.sign else bare
    return bare.text if isinstance(bare, Num) and "." in bare.text else None


def _unsigned(node: Node) -> Node:
    while isinstance(node, Group | Styled) or (isinstance(node, Terms) and len(node.items) == 1):
        node = node.items[0] if isinstance(node, Terms) else node.body
    return node


def _learnt(
    stated: Stated, scope: Scope, introduced: frozenset[str], convention: Convention, line: int, formula: int
) -> tuple[Scope, frozenset[str]]:
    chain = stated.chain
    first, sign = unbracketed(chain.items[0]), chain.relations[0].sign
    if isinstance(first, Gap):
        return scope, introduced
    if sign in _FREES and is_name(first):
        return scope.unbind(key(first)), introduced
    if sign not in GIVES or stated.implies or _OF.search(stated.before):
        return scope, introduced
    if is_name(first) or is_power_of_name(first) or named_call(first):
        introduced = introduced | {key(first), key(first.head) if isinstance(first, Call) else key(first)}
    parallel = _parallel(first, chain.items[1])
    if parallel:
        pairs = [(n, known) for n, v in parallel if (known := _lowered(v, scope, convention)) is not None]
        return scope.bind(*(_value(n, v, v, line, formula, True) for n, v in pairs)), introduced
    begun = _leading_components(first, chain.items[1]) if sign == "=" else []
    if begun:
        values = [(n, known) for n, v in begun if (known := _lowered(v, scope, convention)) is not None]
        return scope.bind(*(_value(n, v, v, line, formula, True) for n, v in values)), introduced
    return _bind_chain(stated, scope, convention, line, formula), introduced


def _bind_chain(stated: Stated, scope: Scope, convention: Convention, line: int, formula: int) -> Scope:
    items = _equated(stated)
    first = items[0]
    names = [n for n in items if is_name(n) or is_power_of_name(n) or _given_call(n, scope, convention)]
    names = [n for n in names if not _any_member(n)]
    if _is_nearly(stated):
        names = [n for n in names if key(n) not in CONSTANTS]
        if not names and key(first) in CONSTANTS:
            return scope
    bound = _bound_to(names, items[1:], scope, convention, line, formula, _is_nearly(stated))
    if bound is not None:
        return bound
    first = _as_call(first)
    if isinstance(first, Call) and (known := parameters(first)):
        function = FunctionBody("function " + key(first.head), to_latex(first.head), known, items[1], line)
        return scope.bind(function)
    if is_name(first):
        return _forget_powers(scope.unbind(key(first)), first)
    return scope


def bound_to(label: Node, stated: Stated, scope: Scope, convention: Convention, line: int, formula: int) -> Scope:
    """The scope in which ``label`` has the value that a chain computes; the same one where it computes none."""
    return _bound_to([label], _equated(stated), scope, convention, line, formula) or scope


def _is_nearly(stated: Stated) -> bool:
    """Whether the first number of a chain is only about right."""
    signs = (r.sign for r, n in zip(stated.chain.relations, stated.chain.items[1:], strict=True) if is_number(n))
    return next(signs, stated.chain.relations[0].sign) in NEARLY


def _bound_to(
    names: Sequence[Node],
    members: Sequence[Node],
    scope: Scope,
    convention: Convention,
    line: int,
    formula: int,
    nearly: bool = False,
) -> Scope | None:
    """The scope with a chain's value for its names; a number that is given after ≈ is only about right."""
    values = [(n, v) for n in members if (v := _lowered(n, scope, convention)) is not None]
    if not values or not names:
        return None
    derived = _lowered(values[0][0], scope, replace(convention, derived=True)) or values[0][1]
    printed = next((v for n, v in reversed(values) if is_number(n)), values[-1][1])
    given = all(is_number(n) for n, _ in values) or (len(values) == 1 and _is_ratio(values[0][0]))
    if given and nearly:
        printed, derived = (replace(v, expression=about(v.expression)) for v in (printed, derived))
    for name in names:
        scope = _forget_powers(scope, name).bind(_value(name, printed, derived, line, formula, given))
    return scope


def _is_ratio(node: Node) -> bool:
    """A fraction of two numbers, 1/2: with nothing beside it, it is given, and not computed."""
    while isinstance(node, Group | Styled):
        node = node.body
    if isinstance(node, Factors):
        return len(node.items) == 2 and node.signs[1] == "/" and all(map(is_number, node.items))
    return isinstance(node, Frac) and is_number(node.top) and is_number(node.bottom)


def _as_call(node: Node) -> Node:
    """ℓ(t), read as a product of ℓ and t, as the call that a definition makes of it."""
    if isinstance(node, Factors) and len(node.items) == 2 and not node.signs[1]:
        head, fence = node.items
        if is_name(head) and isinstance(fence, Fence) and fence.open == "(":
            return Call(node.start, node.end, head, fence, True)
    return node


def _any_member(node: Node) -> bool:
    """x_i, with a letter for its index: "x_i = 1 for heads" gives no value to the x_i of a sum."""
    return isinstance(node, Script) and isinstance(node.sub, Sym) and node.sub.name in INDEX_LETTERS | {"n"}


def _given_call(node: Node, scope: Scope, convention: Convention) -> bool:
    """P(D), which has a value only where the notes give it one; f(3) has the value of its body, whatever is said."""
    if not named_call(node):
        return False
    return scope.value(key(node)) is not None or _lowered(node, scope, convention) is None


def _equated(stated: Stated) -> tuple[Node, ...]:
    """The members of a chain up to the first sign that doesn't say that two things are the same."""
    chain = stated.chain
    end = next((i for i, r in enumerate(chain.relations) if r.sign not in GIVES), len(chain.relations))
    return (unbracketed(chain.items[0]), *chain.items[1 : end + 1])


def _lowered(node: Node, scope: Scope, convention: Convention) -> Lowered | None:
    try:
        return lower(node, scope, convention)
    except Unlowered:
        return None


def _value(name: Node, printed: Lowered, derived: Lowered, line: int, formula: int, given: bool) -> Binding:
    sources = tuple((k, v) for k, v in derived.used.items() if isinstance(v, Value))
    return Value(
        key(name), to_latex(name), printed.expression, derived.expression, line, given, formula, sources
    )  # fmt: skip


def _forget_powers(scope: Scope, name: Node) -> Scope:
    """A value for σ ends one for σ², and the other way round: they are the same quantity."""
    if is_power_of_name(name) and isinstance(name, Script):
        return scope.unbind(key(Script(name.start, name.end, name.base, name.sub, None)))
    return scope.unbind(key(name) + "^2")


def _parallel(left: Node, right: Node) -> list[tuple[Node, Node]]:
    """(x_1, y_1) = (1, 1.1): names and numbers in step."""
    names, numbers = _members(left), _members(right)
    if len(names) < 2 or len(names) != len(numbers) or not all(map(is_name, names)) or not all(map(is_number, numbers)):
        return []
    return list(zip(names, numbers, strict=True))


def _leading_components(name: Node, vector: Node) -> list[tuple[Node, Node]]:
    """π = (0.1, 0.7, …, 0.05): the components before the dots, each with its name."""
    members = _members(vector)
    dots = next((i for i, m in enumerate(members) if isinstance(m, Dots)), 0)
    if not dots or not is_name(name) or isinstance(name, Script) or not all(map(is_number, members[:dots])):
        return []
    at = vector.start
    return [(Script(at, at, name, Num(at, at, str(i)), None), m) for i, m in enumerate(members[:dots], 1)]


def _members(node: Node) -> tuple[Node, ...]:
    while isinstance(node, Fence | Group) and node.body is not None:
        node = node.body
    return node.items if isinstance(node, Phrase) else ()
