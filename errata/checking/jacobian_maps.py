"""Which functions a Jacobian, a Hessian or a gradient is made of: by its sign, or by the words that call it so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum

from claims.records import Record, replace
from errata.checking.context import At, State, roots_of
from errata.checking.derivatives_of_definitions import operand_of
from errata.checking.mappings import Given, bracketed, in_force, mappings, rows_of
from errata.reading.matrix_notation import bare_names, names_of_quantities
from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.relations import stated
from errata.reading.tree import Call, Fence, Frac, Function, Grid, Group, Node, Num, Phrase, Script, Sym, walk

BARS = ("|", r"\lvert", r"\vert")
WORD = re.compile(r"\b(Jacobian|Hessian|gradient)\b", re.I)
_BETWEEN = re.compile(
    r"(?:\s|[:,]|\b(?:matrix|determinant|vector|of|for|the|this|its|function|map|mapping|transformation|change|variables|"
    r"coordinates|polar|spherical|cylindrical|is|are|equals|reads|becomes|given|by|as|then|hence|thus|therefore|here|"
    r"at|point|any|a|with|respect|to|and|and so|we|get|have|obtain|find|that)\b|\$[^$=]*\$|\\\([^=]*?\\\)|\$+\s*$|"
    r"\\[\[(]\s*$|\\begin\{[a-z]+\*?\}(?:\{[a-z]*\})?\s*$|&)*",
    re.I,
)
"""What may stand between a word and the formula that it names."""
_INLINE = re.compile(r"\$([^$=]+)\$|\\\(([^=]+?)\\\)")
_OTHER = re.compile(r"\b(?:inverse|transpose\w*|pseudo-?inverse|trace|rank|norm|no|not|approximat\w*|wrong\w*)\b", re.I)
"""Words beside it by which the formula is something else than the matrix itself."""
REACH = 120
"""Characters before a formula in which it may be named."""
MOST_OPENING = 8
"""Characters of a formula before a chain that the words before it name."""


class Named(Record):
    """A formula is called the jacobian, hessian or gradient, of a function and at a place where these are said."""

    word: str
    of: str | None
    place: tuple[Node, ...]


class Form(Enum):
    MATRIX = "matrix"
    DETERMINANT = "determinant"
    BARS = "determinant or absolute value"
    ABSOLUTE = "absolute value of a determinant"


class Mapped(Record):
    """A vector of functions and the variables of each: all that a Jacobian is made of.

    For a Hessian there is one function, and ``twice`` says that it is derived by two variables.
    """

    components: tuple[Given, ...]
    variables: tuple[Node, ...]
    place: tuple[Node, ...]
    alone: bool
    twice: bool = False
    signed: bool = True
    """Whether the order of the variables is written, which gives the determinant its sign."""
    inverse: bool = False
    """Whether the determinant is that of the inverse map."""


def form_of(node: Node) -> tuple[Form, Node]:
    """Whether a side is a determinant, and of what."""
    node = _bare(node)
    if isinstance(node, Fence) and node.open in BARS and node.body is not None:
        within, inner = form_of(node.body)
        return (Form.BARS if within is Form.MATRIX else Form.ABSOLUTE), inner
    if isinstance(node, Function) and _is_det(node.head):
        return Form.DETERMINANT, _bare(node.argument)
    if isinstance(node, Call) and _is_det(node.head) and isinstance(node.fence, Fence) and node.fence.body is not None:
        return Form.DETERMINANT, _bare(node.fence.body)
    return Form.MATRIX, node


def _bare(node: Node) -> Node:
    while isinstance(node, Group) or (isinstance(node, Fence) and node.open in ("(", "[") and node.body is not None):
        inner = node.body
        if inner is None or isinstance(inner, Phrase | Grid):
            break
        node = inner
    return node


def _is_det(node: Node) -> bool:
    return isinstance(node, Sym) and node.name in ("det", "Det")


def mapped_by(state: State, at: At, node: Node) -> Mapped | None:
    """What a node is the matrix of derivatives of; None where it is none, or that isn't clear."""
    if isinstance(node, Frac):
        of, by = operand_of(node.top), operand_of(node.bottom)
        return None if of is None or by is None else _of_quotient(state, at, of, by)
    head, place = (node.head, bracketed(node.fence)) if isinstance(node, Call) else (node, ())
    if not is_name(head):
        return None
    if isinstance(head, Script) and isinstance(head.base, Sym) and head.sub is not None and head.sup is None:
        kind = {"J": "jacobian", "H": "hessian"}.get(head.base.name)
        if kind == "jacobian" or (kind and re.search(r"\bHessian\b", state.document.text) is not None):
            return _of_function(state, at, key(head.sub), kind, place)
    named = called(state, at) or _named_before(state, at, key(head))
    return None if named is None else _of_section(state, at, named, place or named.place)


def called(state: State, at: At) -> Named | None:
    """What the words right before a formula call it, where it begins with that."""
    begins = at.formula.offset(at.chain.chain.start) - at.formula.span.start <= MOST_OPENING
    return _named_by(text_before(state, at)) if begins else None


def text_before(state: State, at: At) -> str:
    return state.document.text[max(0, at.formula.span.start - REACH) : at.formula.span.start]


def _named_by(before: str) -> Named | None:
    """The name that a text ends with: "The Jacobian of $f$ at $(1, 2)$ is"."""
    words = list(WORD.finditer(before))
    if not words or _BETWEEN.fullmatch(before, words[-1].end()) is None:
        return None
    sentence = re.split(r"[.;!?]\s|\n\n", before[: words[-1].start()])[-1]
    if _OTHER.search(sentence):
        return None
    said = [next(filter(None, m.groups())) for m in _INLINE.finditer(before, words[-1].end())]
    nodes = [statement for latex in said for statement in parse(latex).statements]
    places = [place for node in nodes if (place := bracketed(node))]
    of = [node.head if isinstance(node, Call) else node for node in nodes if not bracketed(node)]
    if len(places) > 1 or len(of) > 1 or not all(map(is_name, of)):
        return None
    return Named(words[-1].group(1).lower(), key(of[0]) if of else None, places[0] if places else ())


def _named_before(state: State, at: At, name: str) -> Named | None:
    """What the words before an earlier formula of the section call a name."""
    text, formulas = state.document.text, state.document.formulas
    first = _section_start(state, at)
    if WORD.search(text, first) is None:
        return None
    for number in range(at.index, -1, -1):
        formula = formulas[number]
        if formula.span.start < first:
            return None
        for chain in stated(roots_of(state)[number]):
            if number == at.index and chain.chain.start >= at.chain.chain.start:
                break
            inner = form_of(chain.chain.items[0])[1]
            if is_name(inner) and key(inner) == name:
                named = _named_by(text[max(0, formula.span.start - REACH) : formula.span.start])
                return None if named is None or named.word == "gradient" else named
    return None


def _section_start(state: State, at: At) -> int:
    return max((h.span.start for h in state.document.headings if h.span.start <= at.formula.span.start), default=0)


def _of_quotient(state: State, at: At, of: Node, by: Node) -> Mapped | None:
    """∂f/∂(x, y) and ∂(x, y)/∂(r, θ)."""
    variables, names = bracketed(by), bracketed(of)
    if not all(is_name(v) for v in (*variables, *names)) or len({key(v) for v in variables}) != len(variables):
        return None
    if names and variables:
        return _of_names(state, at, names, variables)
    head = of.head if isinstance(of, Call) else of
    if not is_name(head):
        return None
    found = _of_function(state, at, key(head), "jacobian", ())
    if found is None:
        return None
    asked = [key(v) for v in variables] or [key(v) for v in found.variables if key(by) != "".join(bare_names(v))[:1]]
    return found if asked == [key(v) for v in found.variables] or not variables else None


def _of_names(state: State, at: At, names: Sequence[Node], variables: Sequence[Node]) -> Mapped | None:
    """∂(x, y)/∂(r, θ), from what x and y equal; or from what r and θ equal, for the inverse."""
    if len(names) != len(variables):
        return None
    given, outer = dict(_coordinates(state, at)), {key(v) for v in variables}
    forward = [given.get(key(n)) for n in names]
    if all(forward) and all(b is not None and names_of_quantities(b.body) <= outer for b in forward):
        return Mapped(tuple(b for b in forward if b is not None), tuple(variables), (), True)
    back, inner = [given.get(key(v)) for v in variables], {key(n) for n in names}
    if all(back) and all(b is not None and names_of_quantities(b.body) <= inner for b in back):
        return Mapped(tuple(b for b in back if b is not None), tuple(names), (), True, inverse=True)
    return None


def _coordinates(state: State, at: At) -> Iterator[tuple[str, Given]]:
    """What the section gives for a name, before this relation and in one way only: x = r cos θ."""
    bodies: dict[str, dict[str, Given]] = {}
    first = _section_start(state, at)
    for number, root in enumerate(roots_of(state)[: at.index + 1]):
        if state.document.formulas[number].span.start < first:
            continue
        for chain in stated(root):
            if number == at.index and chain.chain.start >= at.chain.chain.start:
                break
            for head, body in _assigned(chain.chain.items[0], chain.chain.items[1]):
                given = Given(key(head), key(head), (), body, number)
                if chain.chain.relations[0].sign in ("=", ":=", "≡"):
                    bodies.setdefault(key(head), {})[key(body)] = given
    yield from ((name, given) for name, some in bodies.items() for given in some.values() if len(some) == 1)


def _assigned(left: Node, right: Node) -> Iterator[tuple[Node, Node]]:
    """x = a, x(r, θ) = a, and the parts of (x, y) = (a, b)."""
    head = left.head if isinstance(left, Call) else left
    if is_name(head) and not isinstance(right, Num):
        yield head, right
    names, rows = bracketed(left), rows_of(right)
    cells = [cell for row in rows or () for cell in row]
    if len(names) > 1 and len(names) == len(cells) and all(map(is_name, names)):
        yield from zip(names, cells, strict=True)


def _of_function(state: State, at: At, name: str, word: str, place: tuple[Node, ...]) -> Mapped | None:
    """The derivatives of a function that the section gives by its name."""
    known = [m for m in in_force(state.document, at.index, mappings(roots_of(state))) if m.name == name]
    return _of_given(known, word, place) if known else None


def _of_section(state: State, at: At, named: Named, place: tuple[Node, ...]) -> Mapped | None:
    """The derivatives of the only function of a section, or of the names that it gives in others."""
    first = _section_start(state, at)
    formulas = state.document.formulas
    known = [m for m in mappings(roots_of(state)) if m.formula < at.index and formulas[m.formula].span.start >= first]
    if known:
        same = len({m.name for m in known}) == 1 and named.of in (None, known[0].name)
        return _of_given(known, named.word, place) if same and _is_the_last(state, at, known[-1]) else None
    if named.word != "jacobian" or place or named.of is not None:
        return None
    given = [body for _, body in _coordinates(state, at)]
    own = {g.name for g in given}
    variables = {
        key(n): n for g in given for n in walk(g.body) if is_name(n) and key(n) in names_of_quantities(g.body) - own
    }
    if len(given) < 2 or len(variables) != len(given):
        return None
    return Mapped(tuple(given), tuple(variables.values()), (), True, signed=False)


def _is_the_last(state: State, at: At, function: Given) -> bool:
    """Whether nothing but derivatives of a function is stated between it and a relation."""
    for number in range(function.formula + 1, at.index):
        start = state.document.formulas[number].span.start
        named = _named_by(state.document.text[max(0, start - REACH) : start])
        heads = [form_of(chain.chain.items[0])[1] for chain in stated(roots_of(state)[number])]
        if not all(named is not None or isinstance(h, Frac) or function.name in bare_names(h) for h in heads):
            return False
    return True


def _of_given(known: Sequence[Given], word: str, place: tuple[Node, ...]) -> Mapped | None:
    function = known[-1]
    alone = len({key(m.body) for m in known}) == 1
    rows = rows_of(function.body)
    variables = _variables(function)
    named = [key(p) for p in place] in ([key(p) for p in function.parameters], [key(v) for v in variables or ()])
    point = () if named else place
    if variables is None or (point and len(point) != len(variables)):
        return None
    if word == "jacobian":
        if rows is None or (len(rows) > 1 and len(rows[0]) > 1):
            return None
        cells = [cell for row in rows for cell in row]
        components = tuple(replace(function, body=cell, parameters=variables) for cell in cells)
        return Mapped(components, variables, point, alone)
    if rows is not None or len(variables) < 2:
        return None
    return Mapped((replace(function, parameters=variables),), variables, point, alone, twice=word == "hessian")


def _variables(function: Given) -> tuple[Node, ...] | None:
    """The variables of f(x, y); x_1, …, x_n for f(x) with these in its body."""
    if len(function.parameters) != 1:
        return function.parameters
    letter = _letter(function.parameters[0])
    members: dict[int, Node] = {}
    for n in walk(function.body) if letter is not None else ():
        if isinstance(n, Script) and isinstance(n.sub, Num) and n.sub.text.isdigit() and _letter(n.base) == letter:
            members[int(n.sub.text)] = replace(n, sup=None)
    if members:
        return tuple(members[i] for i in sorted(members)) if sorted(members) == [*range(1, len(members) + 1)] else None
    return function.parameters


def _letter(node: Node) -> str | None:
    """The letter of a name, bold or not."""
    return node.name if isinstance(node, Sym) else None
