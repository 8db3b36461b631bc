"""The densities that a document states: p(x) = N(x; μ, Σ), q(x_t | x_0) = N(x_t; a x_0, b I), p(x) = exp(−E(x))/Z."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.records import Record, replace
from errata.checking.coordinates.bodies import is_bold, letter_of, listed
from errata.checking.kinds import is_law_of
from errata.reading.families.notation import law_call
from errata.reading.families.spread import is_settled
from errata.reading.names import is_name, key
from errata.reading.relations import stated
from errata.reading.tree import Bar, Call, Fence, Group, Lines, Node, Num, Phrase, Script, Styled, walk

LAWS = frozenset({"p", "q", "π", "ρ"})
"""Letters of densities."""
_EQUATES = frozenset({"=", ":=", "≡", "≜", "∝"})


class Applied(Record):
    """A density where it is taken: at these points, given those, at these parameters."""

    head: str
    points: tuple[Node, ...]
    given: tuple[Node, ...]
    parameters: tuple[Node, ...]

    @property
    def written(self) -> str:
        """What tells it from other densities of the same letter: q(x_t | x_0) is not q(x_t | x_s)."""
        return f"{self.head}({','.join(map(key, self.points))}|{','.join(map(key, self.given))})"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the points and of what is given."""
        return tuple(key(n) for n in (*self.points, *self.given))


class Density(Record):
    """What a formula of the document gives for a density: a normal law with its mean and covariance, or an expression
    of the points, up to a factor perhaps."""

    applied: Applied
    normal: tuple[Node, Node] | None
    body: Node
    formula: int
    up_to_a_factor: bool = False
    """Whether it is only said to be proportional."""


def is_density(head: Node) -> bool:
    """Whether a name is that of a density, whatever its indices."""
    return is_law_of(head, LAWS)


def applied(node: Node) -> Applied | None:
    """The parts of p(x), p(x, y), p(x | y; θ); None for anything else, p(x_i = 1) included."""
    if not isinstance(node, Call) or not isinstance(node.fence, Fence) or node.fence.body is None:
        return None
    if not is_density(node.head) or node.fence.open not in ("(", "["):
        return None
    body, parameters = _cut(node.fence.body)
    points, given = (body.left, listed(body.right)) if isinstance(body, Bar) else (body, ())
    every = (*listed(points), *given)
    return Applied(key(node.head), listed(points), given, parameters) if all(map(is_name, every)) else None


def _cut(body: Node) -> tuple[Node, tuple[Node, ...]]:
    """What stands before a semicolon, and what stands after it."""
    if not isinstance(body, Phrase) or ";" not in body.separators:
        return body, ()
    at = body.separators.index(";") + 1
    first = (
        body.items[0] if at == 1 else Phrase(body.start, body.end, body.items[:at], (*body.separators[: at - 1], ""))
    )
    return first, tuple(n for item in body.items[at:] for n in listed(item))


def densities_in(roots: Sequence[Lines]) -> Iterator[Density]:
    """Every density that the formulas of a document give, in the order of the text."""
    for number, root in enumerate(roots):
        for chain in stated(root):
            relations = chain.chain.relations
            given = applied(chain.chain.items[0])
            if given is None or relations[0].sign not in _EQUATES or chain.implies or chain.concluded:
                continue
            for member in chain.chain.items[1:2]:
                found = _density(given, member, number)
                if found is not None:
                    yield replace(found, up_to_a_factor=relations[0].sign == "∝" and found.normal is None)


def _density(given: Applied, member: Node, number: int) -> Density | None:
    """A normal law at the first point, or an expression in which no other density stands."""
    law = law_call(member)
    if law is not None:
        normal = law.name == "N" and len(law.arguments) == 2 and len(given.points) == 1
        at = law.point is None or key(law.point) == key(given.points[0])
        return Density(given, (law.arguments[0], law.arguments[1]), member, number) if normal and at else None
    if any(isinstance(n, Call) and is_density(n.head) for n in walk(member)):
        return None
    inside = {key(n) for n in walk(member) if is_name(n)}
    return Density(given, None, member, number) if key(given.points[0]) in inside else None


def with_deviation(density: Density) -> Density | None:
    """The same where the second parameter of a normal law may be a standard deviation, N(x; μ, σ), as one; None where
    it can't be."""
    if density.normal is None or (isinstance(density.body, Call) and is_settled(density.body)):
        return None
    mean, cov = density.normal
    letter = base_letter(cov)
    if not is_name(cov) or letter.isupper() or letter in ("v", "V") or is_bold(cov):
        return None
    return replace(density, normal=(mean, Script(cov.start, cov.end, cov, None, Num(cov.end, cov.end, "2"))))


def base_letter(node: Node) -> str:
    """The letter of a name without its indices and its font."""
    while isinstance(node, Script | Group | Styled):
        node = node.base if isinstance(node, Script) else node.body
    return letter_of(node) or key(node)
