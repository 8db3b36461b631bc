"""Which densities in a relation are those of a model, and the relation with the model's own density in their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from claims.records import Record, replace
from errata.checking.families.atoms import (
    Atom,
    Bodies,
    atoms_for,
    is_marked,
    opaque_parts,
    rebuilt,
    spelled,
    with_atoms,
    with_names,
)
from errata.checking.families.componentwise import (
    as_numbers,
    component_index,
    dimension,
    in_components,
    isotropic,
    member,
    size_letter,
    whole_names,
    written_size,
)
from errata.checking.kinds import INDEX_LETTERS
from errata.checking.proportional import with_ranges
from errata.reading.families.models import Asked, Model, asked, letter_of
from errata.reading.families.notation import law_node
from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.relations import Pair
from errata.reading.tree import (
    Big,
    Call,
    Fence,
    Group,
    Node,
    Num,
    Phrase,
    Script,
    Styled,
    Sym,
    children,
    walk,
)
from errata.reading.unparse import to_latex

_QUADRATIC = (
    r"\exp\left[ -\frac{1}{2} \left( %(x)s - %(m)s \right)^\mathrm{T} \left( %(s)s \right)^{-1}"
    r" \left( %(x)s - %(m)s \right) \right]"
)
FORMS = {
    "density": rf"\frac{{1}}{{\sqrt{{\left| %(s)s \cdot 2 \cdot \pi \right|}}}} {_QUADRATIC}",
    "kernel": rf"\frac{{1}}{{\sqrt{{\left| %(s)s \right|}}}} {_QUADRATIC}",
    "quadratic": _QUADRATIC,
}
"""The normal density of a vector, without the power of 2π, and without the determinant."""
_INDICES = INDEX_LETTERS | {"n"}
_SIZES = ("N", "M", "K", "R")


class Posed(Record):
    """A relation with the density of a model put in, and the names for what the model computes."""

    pair: Pair
    atoms: tuple[Atom, ...]
    asked: tuple[Asked, ...] = ()
    explicit_left: bool = False
    """Whether the formula for the density stands on the left."""
    components: bool = False
    """Whether it is in components, which the author doesn't write."""
    form: str = ""
    """Which form of the density of a vector stands for it, one of ``FORMS``; "number" in dimension one, else ""."""
    said: str | None = None
    """What the relation takes for granted in this reading."""


def is_of(model: Model, one: Asked, drawn: frozenset[str], bodies: Bodies) -> bool:
    """Whether a density is that of a model: of the same quantity, given what the model is given and nothing else that
    is random or that the law doesn't depend on."""
    if (model.letter or "p") != one.letter or not _same_point(model.point, one.point):
        return False
    own = letter_of(model.point).lower()
    given = {letter_of(g).lower() for g in one.given}
    if own in given:
        return _is_step(model, one, own)
    needed = {letter_of(g).lower() for g in model.given}
    inside = letters_in(model.arguments)
    needed |= (inside & drawn) - {own}
    if not given and (needed or model.noise):
        return False
    for argument in (n for a in model.arguments for n in walk(a) if is_name(n)):
        inside |= letters_in(bodies.get(key(argument), ()))
    return needed <= given <= inside | {letter_of(g).lower() for g in model.given}


def _is_step(model: Model, one: Asked, own: str) -> bool:
    """Whether p(x_t | x_{t−1}) is the density that a model gives x_t, given the very same members of its family."""
    if spelled(model.point) != spelled(one.point):
        return False
    same = _members(one.given, own) == _members(model.given or model.arguments, own)
    others = {letter_of(g).lower() for g in one.given} - {own}
    needed = {letter_of(g).lower() for g in model.given} - {own}
    return same and needed <= others <= letters_in(model.arguments)


def _members(nodes: Sequence[Node], letter: str) -> set[str]:
    """The names of a family in expressions: x_{t−1} and x_0 for x."""
    return {spelled(n) for node in nodes for n in whole_names(node) if letter_of(n).lower() == letter}


def letters_in(nodes: Sequence[Node], lower: bool = True) -> set[str]:
    """The letters of the names in expressions, those of their indices too; p̂ is another letter than p."""
    found: set[str] = set()
    stack = list(nodes)
    while stack:
        node = stack.pop()
        if is_name(node):
            found.add(letter_of(node).lower() if lower else letter_of(node))
            while isinstance(node, Script | Group | Styled):
                scripts = (node.sub, node.sup) if isinstance(node, Script) else ()
                stack += [s for s in scripts if s is not None]
                node = node.base if isinstance(node, Script) else node.body
        else:
            stack += children(node)
    return found


def _same_point(model: Node, point: Node) -> bool:
    if letter_of(model).lower() != letter_of(point).lower():
        return False
    return spelled(model) == spelled(point) or (_is_plain(model) and index_of(point) is not None) or (
        spelled(model).lower() == spelled(point)
    )  # fmt: skip


def _is_plain(point: Node) -> bool:
    """Whether a name has no index, or one that runs over a sample."""
    return not isinstance(point, Script) or index_of(point) is not None


def index_of(point: Node) -> Node | None:
    """The index of a member of a sample: i of y_i and of y^{(i)}; None for a name without one."""
    if not isinstance(point, Script) or (point.sub is not None and point.sup is not None):
        return None
    index = point.sub or point.sup
    inner = index.body if isinstance(index, Fence | Group) else index
    return index if isinstance(inner, Sym) and inner.name in _INDICES else None


def put_in(pair: Pair, model: Model, bodies: Bodies) -> Iterator[Posed]:
    """The relation with the density of the model in the place of each of its densities, under each reading.

    A normal law with σ²I is one of vectors, or of numbers.
    """
    pair = _with_ranges(pair)
    variance = isotropic(model.arguments[1]) if model.name == "N" and len(model.arguments) == 2 else None
    if variance is None:
        yield from _of_matrices(pair, model, bodies) if is_of_vectors(model) else _of_numbers(pair, model, bodies)
        return
    plain = replace(model, arguments=(model.arguments[0], variance))
    yield from _of_vectors(pair, plain, bodies)
    if dimension(_explicit(pair), _known(pair, model)) is None:
        for posed in _of_numbers(pair, plain, bodies, squared=True):
            yield replace(posed, said=f"{to_latex(model.point)} is a number")


def _of_numbers(pair: Pair, model: Model, bodies: Bodies, squared: bool = False) -> Iterator[Posed]:
    """The relation in numbers; ``squared`` says that norms are those of numbers."""
    found = _instances(pair, model, bodies, whole=squared)

    def density(node: Node) -> Node | None:
        known = found.of(node)
        return None if known is None else _density(node, model.head, known[0].point, known[1])

    def written(side: Node) -> Node:
        plain = with_atoms(rebuilt(side, density), found.atoms)
        return as_numbers(plain, found.vectors) if squared else plain

    posed = replace(pair, left=written(pair.left), right=written(pair.right))
    laws = [n for side in (posed.left, posed.right) for n in walk(side) if _is_density(n, model)]
    if laws and all(law_node(n) is not None for n in laws):
        yield Posed(posed, found.atoms, found.asked, not any(asked(n) for n in walk(pair.left)))


def _of_vectors(pair: Pair, model: Model, bodies: Bodies) -> Iterator[Posed]:
    """The relation in components, of which there are as many as the letter for the dimension says."""
    found = _instances(pair, model, bodies, whole=True)
    on_left = any(asked(n) for n in walk(pair.left))
    explicit = _explicit(pair)
    taken, bound = found.taken, _bound(pair)
    index, size = component_index(taken), dimension(explicit, _known(pair, model))
    size = size or written_size(explicit, found.vectors) or size_letter(taken)
    parts = [part for _, arguments in found.laws.values() for part in (arguments[0],)]
    if any(not is_name(part) and letter_of(part) != "0" for part in parts):
        return
    if any(isinstance(n, Script) and n.sup is not None for one in found.asked for n in (one.point,)):
        return

    def density(node: Node) -> Node | None:
        known = found.of(node)
        if known is None:
            return None
        one, (mean, *spread) = known
        law = _density(node, model.head, member(one.point, index, bound), (member(mean, index, bound), *spread))
        product = parse(rf"\prod_{{{index}=1}}^{{{size}}} q").statements[0]
        assert isinstance(product, Big)
        return Fence(node.start, node.end, "(", replace(product, body=law, start=node.start, end=node.end), ")")

    other = in_components(with_atoms(explicit, found.atoms), found.vectors, index, size, bound)
    if other is None:
        return
    law = rebuilt(pair.left if on_left else pair.right, density)
    left, right = (law, other) if on_left else (other, law)
    yield Posed(replace(pair, left=left, right=right), found.atoms, found.asked, not on_left, components=True)


def _known(pair: Pair, model: Model) -> frozenset[str]:
    """The letters that a model and the densities of a relation have."""
    return frozenset(letters_in([*model.arguments, *(n for a in asked_in(pair) for n in (a.point, *a.given))], False))


def _bound(pair: Pair) -> frozenset[str]:
    """The indices that the sums and products of a relation run over."""
    heads = [n.head for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Big)]
    return frozenset(key(m) for head in heads if isinstance(head, Script) and head.sub for m in walk(head.sub))


def _explicit(pair: Pair) -> Node:
    """The side without densities."""
    return pair.right if any(asked(n) for n in walk(pair.left)) else pair.left


def is_of_vectors(model: Model) -> bool:
    """Whether a normal law is one of vectors, by the letter of its covariance."""
    if model.name != "N" or len(model.arguments) != 2:
        return False
    return law_node(_density(model.head, model.head, model.point, (Num(0, 0, "0"), model.arguments[1]))) is None


def _of_matrices(pair: Pair, model: Model, bodies: Bodies) -> Iterator[Posed]:
    """The relation with the density of a vector written out, whole, then up to what no name stands in, then up to what
    depends on the covariance; and the relation in dimension one, where it has to hold, too."""
    found = _instances(pair, model, bodies, whole=True, matrices=True)
    on_left = any(asked(n) for n in walk(pair.left))
    explicit = with_atoms(_explicit(pair), found.atoms)
    for form, template in FORMS.items():

        def density(node: Node, template: str = template) -> Node | None:
            known = found.of(node)
            if known is None:
                return None
            mean, covariance = known[1]
            parts = {"x": known[0].point, "m": mean, "s": covariance}
            text = template % {mark: rf"\left( {to_latex(part)} \right)" for mark, part in parts.items()}
            return parse(text).statements[0]

        law = rebuilt(pair.left if on_left else pair.right, density)
        sides = (law, explicit) if on_left else (explicit, law)
        whole = replace(pair, left=sides[0], right=sides[1])
        yield Posed(whole, found.atoms, found.asked, not on_left, components=True, form=form)
    yield from _in_dimension_one(pair, model, bodies)


def _in_dimension_one(pair: Pair, model: Model, bodies: Bodies) -> Iterator[Posed]:
    size = dimension(_explicit(pair), _known(pair, model))
    small = {} if size is None else {size: Num(0, 0, "1")}
    bare = replace(pair, left=with_names(pair.left, small), right=with_names(pair.right, small))
    for posed in _of_numbers(bare, model, bodies, squared=True):
        yield replace(posed, said="the dimension is one", components=True, form="number")


class _Instances(Record):
    """The densities of a relation with the parameters of each, the model's numbers being names."""

    asked: tuple[Asked, ...]
    laws: Mapping[str, tuple[Asked, tuple[Node, ...]]]
    atoms: tuple[Atom, ...]
    taken: frozenset[str]

    @property
    def vectors(self) -> frozenset[str]:
        """The names of points and of what stands for their means."""
        points = {spelled(one.point) for one in self.asked}
        return frozenset(points | {spelled(a[0]) for _, a in self.laws.values() if is_name(a[0])})

    def of(self, node: Node) -> tuple[Asked, tuple[Node, ...]] | None:
        return self.laws.get(key(node)) if isinstance(node, Call) else None


def _instances(pair: Pair, model: Model, bodies: Bodies, whole: bool, matrices: bool = False) -> _Instances:
    """The parameters of each density; ``whole`` says that the first one is a name as it is, whatever it is made of,
    ``matrices`` that others stay as they are."""
    wanted = tuple(asked_in(pair))
    taken = frozenset(n.name for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Sym))
    atoms: list[Atom] = []
    laws: dict[str, tuple[Asked, tuple[Node, ...]]] = {}
    for one in wanted:
        arguments = instance(model, one, pair)
        first = [arguments[0]] if whole and not is_name(arguments[0]) and letter_of(arguments[0]) != "0" else []
        others = () if matrices else arguments[1:] if whole else arguments
        parts = [*first, *(part for a in others for part in opaque_parts(a))]
        if whole and is_name(arguments[0]) and is_marked(arguments[0]):
            parts.insert(0, arguments[0])
        parts += [a for a in others if whole and is_name(a) and is_of_vectors(model)]
        new = atoms_for(parts, index_of(one.point), bodies, taken)
        atoms += [atom for atom in new if not any(atom.spellings & old.spellings for old in atoms)]
        laws[key(one.call)] = one, tuple(with_atoms(a, atoms) for a in arguments)
    return _Instances(wanted, laws, tuple(atoms), taken)


def _density(node: Node, head: Node, point: Node, arguments: Sequence[Node]) -> Call:
    """N(x; m, v) in the place of a node."""
    separators = (";", *("," for _ in arguments[1:]), "")
    inside = Phrase(node.start, node.end, (point, *arguments), separators)
    return Call(node.start, node.end, head, Fence(node.start, node.end, "(", inside, ")"), True)


def _is_density(node: Node, model: Model) -> bool:
    return isinstance(node, Call) and node.head is model.head


def instance(model: Model, one: Asked, pair: Pair) -> tuple[Node, ...]:
    """The parameters for a member of a sample: θᵀx_i for p(y_i | x_i), x_i being what the relation has of x."""
    index = index_of(one.point)
    if index is None or spelled(model.point) == spelled(one.point):
        return model.arguments
    near = [*one.given, *(n for side in (pair.left, pair.right) for n in walk(side) if is_name(n))]
    own = letter_of(model.point).lower()
    names: dict[str, Node] = {}
    for name in near:
        mine = index_of(name)
        if mine is not None and key(mine) == key(index) and letter_of(name).lower() != own:
            names.setdefault(letter_of(name), name)
    inside = [n for a in model.arguments for n in walk(a) if is_name(n)]
    old = index_of(model.point)
    mapping = {
        spelled(n): names[letter_of(n)] for n in inside
        if letter_of(n) in names and (not isinstance(n, Script) or (old is not None and index_of(n) is not None))
    }  # fmt: skip
    return tuple(with_names(a, mapping) for a in model.arguments)


def _with_ranges(pair: Pair) -> Pair:
    """A relation whose sums over i alone run up to one size."""
    names = {n.name for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Sym)}
    size = next((s for s in _SIZES if s in names), _SIZES[0])
    return replace(pair, left=with_ranges(pair.left, size), right=with_ranges(pair.right, size))


def asked_in(pair: Pair) -> list[Asked]:
    return [found for side in (pair.left, pair.right) for n in walk(side) if (found := asked(n)) is not None]
