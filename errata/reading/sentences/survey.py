"""What a relation uses, before it is read: its laws with their arguments, its variables, events and random names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from claims.records import Record
from errata.reading.indicators import COMPLEMENTS, chains, condition
from errata.reading.lowering import operator_parts
from errata.reading.names import is_name, key
from errata.reading.sentences.event_names import beside_events
from errata.reading.sentences.heads import (
    Law,
    argument_of,
    bare,
    canonical,
    is_random,
    law_of,
    letter,
    listed,
    operator,
    subscript,
)
from errata.reading.tree import (
    Accent,
    Bar,
    Big,
    Call,
    Chain,
    Factors,
    Fence,
    Frac,
    Function,
    Logic,
    Node,
    Prefix,
    Script,
    Sym,
    Terms,
    children,
    walk,
)

JOINS = ("∧", "∨", "\\land", "\\lor", "\\wedge", "\\vee")
SETS = frozenset({"\\cup", "\\cap", "∪", "∩", "\\setminus", "\\backslash"})


class Usage(Record):
    """One call of a law: its variables before and after the bar."""

    head: tuple[str, ...]
    given: tuple[str, ...]
    given_names: tuple[str, ...]
    """The names after the bar, as they are written."""


@dataclass
class Survey:
    """What a relation (or a document) uses. ``letters`` stand for laws beside p and q."""

    letters: set[str] = field(default_factory=set)
    usages: dict[str, list[Usage]] = field(default_factory=dict)
    variables: set[str] = field(default_factory=set)
    values: dict[str, str] = field(default_factory=dict)
    """Names that are a value of a variable with another letter: k in z = k."""
    random: set[str] = field(default_factory=set)
    """Names that are bound by ∼ or by an expectation, beside those with capital letters."""
    events: set[str] = field(default_factory=set)
    moved: set[str] = field(default_factory=set)
    """Names by which something is made as large or as small as possible."""
    multiplied: bool = False
    """Whether a product runs over numbered values of a variable."""
    families: set[str] = field(default_factory=set)
    """Variables whose values are numbered: m where the m_j are summed over."""


def surveyed(sides: Iterable[Node], letters: Iterable[str] = ()) -> Survey:
    """What these nodes use."""
    roots = tuple(sides)
    survey = Survey(set(letters))
    nodes = [node for root in roots for node in walk(root)]
    for node in nodes:
        _letters(node, survey)
    for node in nodes:
        _of(node, survey)
    for node in nodes:
        if isinstance(node, Big):
            _family(node, survey)
    if survey.events:
        survey.events |= beside_events(roots, survey.events, lambda head: law(head, survey) is not None, is_set)
    return survey


def law_letters(nodes: Iterable[Node]) -> set[str]:
    """Letters that a document takes for laws: between the bars of a divergence, after ∼ in an expectation, or where
    the logarithm of the ratio of two functions is integrated against one of them."""
    survey = Survey()
    for root in nodes:
        for node in walk(root):
            _letters(node, survey)
    return survey.letters


def _letters(node: Node, survey: Survey) -> None:
    if isinstance(node, Call) and operator(node.head) in ("KL", "JS", "TV"):
        body = argument_of(node)
        if isinstance(body, Bar):
            for side in (bare(body.left), bare(body.right)):
                _letter(side.head if isinstance(side, Call) else side, survey)
    if isinstance(node, Call) and operator(node.head) == "h":
        for part in listed(argument_of(node)):
            if isinstance(part, Call):
                _letter(part.head, survey)

    if isinstance(node, Big) and node.body is not None and letter(node.head)[0] in ("∫", "∑"):
        for ratio in _log_ratios(node.body):
            heads = [side.head for side in (bare(ratio.top), bare(ratio.bottom)) if isinstance(side, Call)]
            weights = {key(n.head) for n in _factors(node.body) if isinstance(n, Call)}
            if len(heads) == 2 and key(heads[0]) != key(heads[1]) and {key(h) for h in heads} & weights:
                for head in heads:
                    _letter(head, survey)


def _factors(node: Node) -> tuple[Node, ...]:
    node = bare(node)
    return node.items if isinstance(node, Factors) else (node,)


def _log_ratios(body: Node) -> Iterator[Frac]:
    """g(w)/h(w) where log g(w)/h(w) is a factor: with h(w) beside it, what a divergence integrates."""
    for factor in _factors(body):
        if isinstance(factor, Function | Call) and operator_parts(factor.head)[0] in ("log", "ln"):
            inside = bare(factor.argument if isinstance(factor, Function) else factor.fence)
            inside = bare(inside.body) if isinstance(inside, Fence) and inside.body is not None else inside
            if isinstance(inside, Frac):
                yield inside


def _letter(node: Node, survey: Survey) -> None:
    base = node.base if isinstance(node, Script) else node
    if isinstance(base, Sym) and len(base.name) == 1 and base.name.isalpha() and not base.font:
        survey.letters.add(base.name)


def law(head: Node, survey: Survey) -> Law | None:
    return law_of(head, frozenset(survey.letters))


def is_operator(head: Node, survey: Survey) -> bool:
    """Whether a name stands for an expectation, an entropy or the like; an h that is a law is no entropy."""
    return operator(head) != "" and (letter(head) != ("h", "") or "h" not in survey.letters)


def _of(node: Node, survey: Survey) -> None:
    if isinstance(node, Chain) and node.relations[0].sign == "∼" and len(node.items) == 2:
        for name in listed(node.items[0]):
            if is_name(name):
                survey.variables.add(canonical(name))
                survey.random.add(key(name))
    if isinstance(node, Big) and letter(node.head)[0] in ("argmax", "argmin"):
        sub = subscript(node.head)
        for name in listed(sub.items[0] if isinstance(sub, Chain) else sub):
            if is_name(name):
                survey.variables.add(canonical(name))
                survey.moved.add(key(name))
    if isinstance(node, Script) and operator(node) in ("E", "Var", "Cov") and node.sub is not None:
        for part in listed(node.sub):
            sides = (part.left, part.right) if isinstance(part, Bar) else (part,)
            for name in sides:
                if is_name(name) and law(name, survey) is None:
                    survey.variables.add(canonical(name))
                    survey.random.add(key(name))
    asked = condition(node) if isinstance(node, Call | Script) else None
    if asked is not None and not chains(asked):
        happening = {canonical(n) for n in walk(asked) if is_name(n) and is_random(n)}
        survey.variables |= happening
        survey.events |= happening
    if not isinstance(node, Call) or asked is not None:
        return
    if is_operator(node.head, survey):
        _operator(node, survey)
    else:
        found = law(node.head, survey)
        if found is not None and isinstance(node.fence, Fence):
            _call(node, found, survey)


def _operator(node: Call, survey: Survey) -> None:
    """Capital letters, and names before and after the bar of an entropy or an expectation, are variables."""
    body = argument_of(node)
    if body is None:
        return
    for n in walk(body):
        if is_name(n) and is_random(n) and law(n, survey) is None:
            survey.variables.add(canonical(n))
    if operator(node.head) in ("H", "h", "I", "E", "Var", "Cov") and isinstance(body, Bar):
        _conditions(body.right, survey)


def averaged_alone(nodes: Iterable[Node], survey: Survey) -> dict[str, str]:
    """The names in small letters that stand alone in an expectation or a variance, each with its variable: y_i of
    E(y_i), which is random if anything is."""
    found: dict[str, str] = {}
    for node in (n for root in nodes for n in walk(root)):
        if isinstance(node, Call) and operator(node.head) in ("E", "Var", "Cov"):
            for part in listed(argument_of(node)):
                if is_name(part) and not is_random(part) and law(part, survey) is None:
                    found[key(part)] = canonical(part)
    return found


def _conditions(node: Node, survey: Survey) -> None:
    for part in listed(node):
        name = part.items[0] if isinstance(part, Chain) else part
        if is_name(name) and law(name, survey) is None:
            survey.variables.add(canonical(name))
            value = part.items[1] if isinstance(part, Chain) else name
            if is_name(value) and canonical(value) != canonical(name) and not is_random(value):
                survey.values[key(value)] = canonical(name)


def _call(node: Call, found: Law, survey: Survey) -> None:
    body = argument_of(node)
    left, right = (body.left, body.right) if isinstance(body, Bar) else (body, None)
    if found.variables:
        survey.variables.update(found.variables)
        return
    head, _ = _arguments(left, survey)
    given, names = _arguments(right, survey)
    _only_one_open(left, names, survey)
    if head:
        survey.usages.setdefault(found.key, []).append(Usage(head, given, names))


def _only_one_open(left: Node | None, given: tuple[str, ...], survey: Survey) -> None:
    """Where no name in an event is written as random and all but one are given, that one is: the a of p(a > b | b)."""
    if not given:
        return
    happens = [n for part in listed(left) if isinstance(part, Chain) for n in _whole_names(part)]
    open_ = {key(n): n for n in happens if key(n) not in given}
    if len(open_) == 1 and len({key(n) for n in happens}) > 1 and not any(is_random(n) for n in happens):
        ((name, node),) = open_.items()
        survey.variables.add(canonical(node))
        survey.random.add(name)


def _whole_names(node: Node) -> Iterator[Node]:
    """The names in a formula, a name with an index as one."""
    stack = [node]
    while stack:
        node = stack.pop()
        if is_name(node):
            yield node
        else:
            stack += children(node)


def _arguments(node: Node | None, survey: Survey) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The variables in one side of the bracket of a law, and their names."""
    variables: list[str] = []
    names: list[str] = []
    for part in listed(node):
        name = part.items[0] if isinstance(part, Chain) else part
        if part is not None and is_set(part):
            _event(part, survey)
        elif is_name(name):
            variables.append(canonical(name))
            survey.variables.add(canonical(name))
            names.append(key(name))
            if isinstance(part, Chain) and len(part.items) == 2 and part.relations[0].sign == "=":
                value = part.items[1]
                if is_name(value) and canonical(value) != canonical(name) and not is_random(value):
                    survey.values[key(value)] = canonical(name)
        elif isinstance(name, Script) and is_range(name):
            variables.append(canonical(name.base))
            survey.variables.add(f"{canonical(name.base)}_1")
            names.append(key(name))
        elif part is not None:
            _event(part, survey)
    return tuple(variables), tuple(names)


def is_range(node: Script) -> bool:
    """z_{1:T} and x_{<t}."""
    sub = bare(node.sub) if node.sub is not None else None
    return isinstance(sub, Bar | Chain) and is_name(node.base)


def is_set(node: Node) -> bool:
    """Whether a node is made of events by ∪, ∩, ∨, ∧ or a complement sign."""
    if isinstance(node, Logic):
        return all(s in JOINS for s in node.signs) and not any(isinstance(n, Chain) for n in node.items)
    if isinstance(node, Accent):
        return node.kind in ("overline", "bar") and is_random(node.body)
    if isinstance(node, Script):
        return node.sup is not None and is_random(node.base) and getattr(bare(node.sup), "name", "") in COMPLEMENTS
    if isinstance(node, Prefix):
        return isinstance(node.sign, Sym) and node.sign.name == "¬"
    if isinstance(node, Terms):
        return any(s in SETS for s in node.signs)
    return isinstance(node, Big) and getattr(getattr(node.head, "base", node.head), "name", "") in ("⋃", "⋂")


def _event(node: Node, survey: Survey) -> None:
    """Names joined by ∪ and ∩, or with a complement sign, are events; other capitals are variables."""
    sets = is_set(node)
    for n in walk(node):
        if isinstance(n, Sym | Script) and is_name(n) and (is_random(n) or (sets and n is not node)):
            if sets and canonical(n) not in survey.variables and not is_random(n) and isinstance(node, Big):
                continue
            survey.variables.add(canonical(n))
            if sets:
                survey.events.add(canonical(n))


def _family(node: Big, survey: Survey) -> None:
    """m where m_j stands as an argument of a law under a sum over j."""
    index = summed(node)
    name, _ = letter(node.head)
    if index is None or node.body is None or name not in ("∑", "∏"):
        return
    for call in walk(node.body):
        if isinstance(call, Call) and law(call.head, survey) is not None:
            for n in walk(call.fence):
                sub = subscript(n)
                if isinstance(n, Script) and is_name(n) and sub is not None and key(sub) == index:
                    survey.families.add(key(n.base).lower())
                    survey.multiplied = survey.multiplied or name == "∏"


def summed(node: Big) -> str | None:
    """The name that a sum or a product runs over."""
    head = node.head
    if not isinstance(head, Script) or head.sub is None:
        return None
    sub = bare(head.sub)
    if isinstance(sub, Chain) and sub.relations[0].sign in ("=", "∈"):
        sub = sub.items[0]
    return key(sub) if is_name(sub) else None
