"""The models that a document states: Y | x ∼ Bern(f(x)), p(y | x) = N(y; f(x), σ²), and y = f(x) + ε with ε ∼ N(0, σ²).

Each gives the law of one quantity once others are known, in the author's own notation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.records import Record, replace
from errata.reading.families.notation import LawCall, law_call
from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.relations import Stated, stated
from errata.reading.tree import (
    Accent,
    Bar,
    Call,
    Chain,
    Factors,
    Fence,
    Group,
    Lines,
    Node,
    Num,
    Phrase,
    Script,
    Styled,
    Sym,
    Terms,
    walk,
)
from errata.reading.unparse import to_latex

LETTERS = frozenset("p P f".split())
"""What notes call a density or a mass; f without a bar may be any function."""
OTHERS = frozenset("q Q".split())
"""The same for another law than p."""
LOCATED = frozenset("N Laplace Logistic Cauchy".split())
"""Laws that are moved by their first parameter and stretched by their second."""
NEAR = 1_000
"""Characters between y = f(x) + ε and the law of ε."""
_EQUATES = frozenset({"=", "≡", ":=", "≜"})
_TIMES = frozenset({"", r"\cdot", "·", r"\times", "×"})


class Asked(Record):
    """The density of a quantity with what it is conditioned on, as p(y_i | x_i, θ) writes it."""

    call: Call
    letter: str
    point: Node
    given: tuple[Node, ...]


class Model(Record):
    """The law of ``point`` once ``given`` is known; ``letter`` is that of a density that states it, or else "".

    ``head`` is what names the law in the document, ``arguments`` are its parameters there.
    """

    point: Node
    given: tuple[Node, ...]
    letter: str
    name: str
    head: Node
    arguments: tuple[Node, ...]
    place: int
    noise: bool = False
    """Whether it follows from a sum with noise."""
    announced: bool = False
    """Whether the sentence before a formula gives it in words."""


class _Law(Record):
    call: LawCall
    head: Node


class _Drawn(Record):
    name: str
    law: _Law
    place: int


def models_in(roots: Sequence[tuple[Lines, int]]) -> tuple[Model, ...]:
    """The models that formulas state, in order; each formula comes with its place in the document."""
    chains = [(chain, place + chain.chain.start) for root, place in roots for chain in stated(root)]
    drawn = [d for chain, place in chains for d in _drawn(chain, place)]
    return tuple(m for chain, place in chains for m in _of_chain(chain, place, drawn))


def asked(node: Node) -> Asked | None:
    """The conditional density that a node writes; None for anything else."""
    if not isinstance(node, Call) or not isinstance(node.fence, Fence) or node.fence.open not in ("(", "["):
        return None
    head = node.head.base if isinstance(node.head, Script) else node.head
    sub = node.head.sub if isinstance(node.head, Script) else None
    if not isinstance(head, Sym) or head.name not in LETTERS | OTHERS or any(_is_word(n) for n in _inside(sub)):
        return None
    point, given = _point_and_given(node.fence.body)
    if point is None or not is_name(point) or not all(map(is_name_or_power, given)):
        return None
    if head.name == "f" and not given:
        return None
    return Asked(node, "q" if head.name in OTHERS else "p", point, given)


SCALES = frozenset("σ τ s v ω κ δ ε ς γ".split())
"""Letters of scales, whose squares are parameters."""


def _point_and_given(body: Node | None) -> tuple[Node | None, tuple[Node, ...]]:
    if isinstance(body, Bar) and body.sign in ("|", r"\mid", r"\vert"):
        return body.left, _parts(body.right)
    if isinstance(body, Phrase) and ";" in body.separators[0]:
        return body.items[0], body.items[1:]
    return body, ()


def is_name_or_power(node: Node) -> bool:
    """σ² as what a density is conditioned on is as good as σ; a power of what is no scale is something else."""
    powered = isinstance(node, Script) and isinstance(node.sup, Num) and is_name(node.base)
    return is_name(node) or (powered and letter_of(node) in SCALES)


def letter_of(node: Node) -> str:
    """A name without its index and its font: y for y_i, bold y and y^{(i)}; a hat stays."""
    while isinstance(node, Script | Group | Styled):
        node = node.base if isinstance(node, Script) else node.body
    if isinstance(node, Accent):
        return f"{node.kind} {letter_of(node.body)}"
    return node.name if isinstance(node, Sym) else key(node)


def _of_chain(chain: Stated, place: int, drawn: Sequence[_Drawn]) -> Iterator[Model]:
    items, relations = chain.chain.items, chain.chain.relations
    for n, relation in enumerate(relations):
        if relation.sign == "∼":
            law = _law(items[n + 1])
            if law is None and n + 2 < len(items) and relations[n + 1].sign == "=" and isinstance(items[n + 1], Call):
                law = _law(items[n + 2])
            if law is not None and law.call.point is None:
                yield from _of_law(items[n], law, place)
        elif n == 0 and relation.sign in _EQUATES and (head := asked(items[0])) is not None:
            law = next((found for item in items[1:3] if (found := _law(item)) is not None), None)
            if law is not None and (law.call.point is None or letter_of(law.call.point) == letter_of(head.point)):
                yield Model(head.point, head.given, head.letter, law.call.name, law.head, law.call.arguments, place)
        elif n == 0 and relation.sign in _EQUATES and is_name(items[0]):
            yield from _with_noise(items[0], items[1], place, drawn)


def _of_law(left: Node, law: _Law, place: int) -> Iterator[Model]:
    """Y | x ∼ Law, Y ∼ Law."""
    while isinstance(left, Group | Styled | Fence) and left.body is not None:
        left = left.body
    given = _parts(left.right) if isinstance(left, Bar) else ()
    point = left.left if isinstance(left, Bar) else left
    if is_name(point) and all(map(is_name_or_power, given)):
        yield Model(point, given, "", law.call.name, law.head, law.call.arguments, place)


def _with_noise(point: Node, body: Node, place: int, drawn: Sequence[_Drawn]) -> Iterator[Model]:
    """y = f(x) + ε and y = f(x) + s ε: the law of ε, moved by f(x) and stretched by s."""
    if not isinstance(body, Terms) or len(body.items) < 2:
        return
    noisy = [(i, found) for i, item in enumerate(body.items) if (found := _noise(item, place, drawn)) is not None]
    if len(noisy) != 1:
        return
    ((at, (scale, law)),) = noisy
    names = {key(n) for item in (*body.items[:at], *body.items[at + 1 :]) for n in walk(item) if is_name(n)}
    spread = law.call.arguments[1] if scale is None else _stretched(law.call.arguments[1], scale, law.call.name)
    if spread is None or key(point) in names:
        return
    kept = [i for i in range(len(body.items)) if i != at]
    single = len(kept) == 1 and body.signs[kept[0]] in ("", "+")
    signs = tuple("" if k == 0 and body.signs[i] == "+" else body.signs[i] for k, i in enumerate(kept))
    rest = replace(body, signs=signs, items=tuple(body.items[i] for i in kept))
    location = body.items[kept[0]] if single else rest
    yield Model(point, (), "", law.call.name, law.head, (location, spread), place, noise=True)


def _noise(item: Node, place: int, drawn: Sequence[_Drawn]) -> tuple[Node | None, _Law] | None:
    """The factor before a noise, if there is one, and the law of the noise; None for any other term."""
    if isinstance(item, Factors) and len(item.items) == 2 and item.signs[1] in _TIMES:
        scale, name = item.items
    else:
        scale, name = None, item
    if not is_name(name):
        return None
    near = [d for d in drawn if d.name == key(name) and abs(d.place - place) <= NEAR]
    if not near:
        return None
    law = min(near, key=lambda d: abs(d.place - place)).law
    arguments = law.call.arguments
    centred = law.call.name in LOCATED and len(arguments) == 2 and letter_of(arguments[0]) == "0"
    return (scale, law) if centred else None


def _stretched(spread: Node, scale: Node, name: str) -> Node | None:
    """The second parameter once a variable is multiplied; None where what it is may be either of two things."""
    if not isinstance(spread, Num) or spread.text != "1":
        return None
    power = "^2" if name == "N" else ""
    return parse(rf"\left({to_latex(scale)}\right){power}").statements[0]


def _drawn(chain: Stated, place: int) -> Iterator[_Drawn]:
    items = chain.chain.items
    for n, relation in enumerate(chain.chain.relations):
        law = _law(items[n + 1]) if relation.sign == "∼" else None
        if law is not None and law.call.point is None and is_name(items[n]):
            yield _Drawn(key(items[n]), law, place)


def _law(node: Node) -> _Law | None:
    """A law with its parameters, and what names it; "μ = f(x)" in the place of a parameter is f(x)."""
    while isinstance(node, Group | Styled):
        node = node.body
    found = law_call(node)
    head = node.head if isinstance(node, Call) else node.items[0] if isinstance(node, Factors) else None
    if found is None or not isinstance(head, Sym) or (len(head.name) == 1 and found.name not in ("N", "U")):
        return None
    plain = tuple(a.items[-1] if isinstance(a, Chain) else a for a in found.arguments)
    return _Law(replace(found, arguments=plain), head)


def _parts(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, Phrase) else (node,)


def _inside(node: Node | None) -> Iterator[Node]:
    return iter(()) if node is None else walk(node)


def _is_word(node: Node) -> bool:
    return isinstance(node, Sym) and len(node.name) > 1
