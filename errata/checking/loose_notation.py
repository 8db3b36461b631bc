"""Notation that may mean something else than what it is read as: a relation that fails in it is no mistake yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from errata.checking.differentials import equates_differentials
from errata.checking.imaginary import has_imaginary_unit
from errata.reading.indicators import guards, has_indicator
from errata.reading.lowering import operator_parts
from errata.reading.names import is_inverse, is_name, is_outcome, is_transpose, key
from errata.reading.relations import Pair
from errata.reading.sentences.heads import operator
from errata.reading.sentences.survey import summed
from errata.reading.tree import (
    Bar,
    Big,
    Call,
    Chain,
    Factors,
    Fence,
    Group,
    Node,
    Num,
    Phrase,
    Script,
    Sym,
    Terms,
    walk,
)

_DOTS = frozenset({r"\cdot", "·"})
_INDICES = frozenset("ijkmnt")
"""Letters that number observations."""
_EVERYWHERE = frozenset({"0", "1", "2"})
"""Numbers that are no values of means in particular."""
_BIASES = frozenset({"b", "w_0", r"\theta_0", r"\beta_0", r"\mathbfb", "b_0"})
_LAWS = frozenset({"p", "P", "Pr", "q"})
_MOMENTS = frozenset({"e", "var", "std", "sd", "𝔼", "v", "𝕍"})


def meant_otherwise(pair: Pair, route: str = "", mended: bool = False) -> str | None:
    """What the notation of a relation may mean besides what it is read as; None where nothing is known.

    By the route of indicators, those that only say where a formula holds have been set aside. ``mended`` says that the
    relation holds once a slip is undone: then its letters are what they were read as, and no number in it is the value
    of a mean.
    """
    aside = {(_has_indicator_on_one_side, "indicators"), *((kind, route) for kind in _AS_READ if mended)}
    return next((why for is_so, why in _KINDS if is_so(pair) and (is_so, route) not in aside), None)


def _has_imaginary_unit(pair: Pair) -> bool:
    return has_imaginary_unit((pair.left, pair.right))


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
    first = pair.position == 0 and pair.relation.sign == "=" and is_name(pair.left)
    parts = pair.right.items if isinstance(pair.right, Factors | Terms) else ()
    return first and any(key(part) == key(pair.left) for part in parts)


def _compares_moments(pair: Pair) -> bool:
    """E(X) = Var(X), as Poisson's law has it: moments of one variable that differ in their unit."""
    heads = [side.head for side in (pair.left, pair.right) if isinstance(side, Call)]
    fences = {key(side.fence) for side in (pair.left, pair.right) if isinstance(side, Call)}
    names = {operator_parts(head)[0].lower() for head in heads}
    return len(heads) == 2 and len(fences) == 1 and len(names) == 2 and names <= _MOMENTS


def _has_matrix_of_entries(pair: Pair) -> bool:
    """(a_{ij})^⊤: a matrix by its general entry."""
    raised = (n.base for n in _nodes(pair) if isinstance(n, Script) and is_transpose(n.sup))
    held = (side for side in (pair.left, pair.right, *raised) if isinstance(side, Fence))
    return any(isinstance(fence.body, Script) and len(_indices(fence.body)) > 1 for fence in held)


def _indices(node: Script) -> tuple[Node, ...]:
    sub = node.sub.body if isinstance(node.sub, Group) else node.sub
    return sub.items if isinstance(sub, Factors | Phrase) else () if sub is None else (sub,)


def _counts_backwards(pair: Pair) -> bool:
    """x_{−n}: an index below zero, as in a sequence that repeats itself."""
    members = (n for n in _nodes(pair) if isinstance(n, Script) and isinstance(n.base, Sym) and n.base.name.isalpha())
    subs = (n.sub.body if isinstance(n.sub, Group) else n.sub for n in members)
    alone = (sub for sub in subs if isinstance(sub, Terms) and len(sub.items) == 1)
    return any(sub.signs[0] in ("-", "−") and any(isinstance(n, Sym) for n in walk(sub)) for sub in alone)


def _has_numbered_letters(pair: Pair) -> bool:
    """a1 = a2 and ϕi = ϕj: letters with a number or a letter right after them, as indices are typed in haste.

    In an index y_{i1} they are two indices, but beside y_i, where i1 may be one of another kind.
    """
    members = [n for n in _nodes(pair) if isinstance(n, Script) and n.sub is not None]
    indices = {id(part) for n in members for part in walk(n.sub or n)}
    if any(_has_numbered_letter(n) for n in _nodes(pair) if id(n) not in indices):
        return True
    counts: dict[str, set[int]] = {}
    for n in members:
        counts.setdefault(key(n.base), set()).add(len(_indices(n)))
    typed = {key(n.base) for n in members if any(_has_numbered_letter(part) for part in walk(n.sub or n))}
    return any(len(counts[base]) > 1 for base in typed)


def _has_numbered_letter(node: Node) -> bool:
    """Whether a letter in a product has an index typed right after it."""
    return isinstance(node, Factors) and any(
        isinstance(name, Sym) and name.end == index.start and _is_typed_index(name, index)
        for name, index in zip(node.items, node.items[1:], strict=False)
    )


def _is_typed_index(name: Sym, index: Node) -> bool:
    """Whether a number, or a letter of an index behind a Greek letter that no command makes, stands for an index."""
    if isinstance(index, Num):
        return True
    pasted = not name.name.isascii() and not name.latex.startswith("\\")
    return pasted and isinstance(index, Sym) and index.name in _INDICES


def _has_indicator_on_one_side(pair: Pair) -> bool:
    """f(x) = 2x 1_{[0,1]}(x), and f(x) = 2x where the text says from where to where."""
    return any(guards(a) and not has_indicator(b) for a, b in ((pair.left, pair.right), (pair.right, pair.left)))


def _has_observations(pair: Pair) -> bool:
    """E[(X_i − E X)²] = Var(X): beside a variable, its observations, each of which has its law."""
    if not any(isinstance(n, Call) and operator(n.head) in ("E", "Var", "Cov") for n in _nodes(pair)):
        return False
    names = {key(n) for n in _nodes(pair) if is_name(n)}
    return any(_observed(n) in names for n in _nodes(pair) if isinstance(n, Script) and n.sub is not None)


def _observed(node: Script) -> str | None:
    """The name whose observation another one may be: X of X_i, X_1 of X_{1,i}."""
    *others, last = _indices(node) or (None,)
    if not isinstance(last, Sym) or last.name not in _INDICES or len(others) > 1:
        return None
    sub = others[0] if others else None
    return key(node.base) if sub is None else key(Script(node.start, node.end, node.base, sub, None))


def _sums_over_several_sets(pair: Pair) -> bool:
    """∑_{ω∈A} + ∑_{ω∈B} = ∑_{ω∈Ω}: sets may be parts of others, and there the sums depend on each other."""
    heads = (n.head for n in _nodes(pair) if isinstance(n, Big) and isinstance(n.head, Script))
    chains = (head.sub.body if isinstance(head.sub, Group) else head.sub for head in heads)
    sets = (c.items for c in chains if isinstance(c, Chain) and c.relations[0].sign == "∈")
    members = {(key(letter), key(last)) for letter, *_, last in sets}
    return len(members) > len({letter for letter, _ in members})


def _has_outcomes_of_a_choice(pair: Pair) -> bool:
    """E[Y | T = 1] = E[Y_1 | T = 1] = E[Y^1 | T = 1]: Y is one of Y_0 and Y_1, as T chooses."""
    inside = [n.body.left for n in _nodes(pair) if isinstance(n, Fence) and isinstance(n.body, Bar)]
    plain = {n.name for body in inside for n in (body,) if isinstance(n, Sym)}
    chosen = [
        n for body in inside for n in walk(body) if isinstance(n, Script) and (isinstance(n.sub, Num) or is_outcome(n))
    ]
    return any(isinstance(n.base, Sym) and n.base.name in plain for n in chosen)


def _puts_in_a_moment(pair: Pair) -> bool:
    """E[(X − E X)²] = E[(X − 3)²], where E X was found to be 3: a number in place of a mean that the other side has."""
    moments, numbers = zip(*((_moments(side), _numbers(side)) for side in (pair.left, pair.right)), strict=True)
    return any(moments[one] - moments[1 - one] and numbers[1 - one] - numbers[one] - _EVERYWHERE for one in (0, 1))


def _moments(side: Node) -> set[str]:
    """The means and the like in a side, but for those that hold all of it."""
    calls = (n for n in walk(side) if isinstance(n, Call) and n is not side)
    return {key(n) for n in calls if operator(n.head) in ("E", "Var", "Cov")}


def _numbers(side: Node) -> set[str]:
    return {n.text for n in walk(side) if isinstance(n, Num)}


def _multiplies_shapes(pair: Pair) -> bool:
    """[1 × 8] × [8 × 6] = [1 × 6]: shapes of matrices, and no numbers."""
    parts = pair.left.items if isinstance(pair.left, Factors) else ()
    return len(parts) > 1 and all(_is_shape(part) for part in (*parts, pair.right))


def _is_shape(node: Node) -> bool:
    inside = node.body if isinstance(node, Fence) else None
    return isinstance(inside, Factors) and len(inside.items) == 2 and inside.signs[1] in (r"\times", "×")


def _points_from_one_to_another(pair: Pair) -> bool:
    """A B = B − A: two points side by side, with an arrow over them, are what leads from one to the other."""
    for product, difference in ((pair.left, pair.right), (pair.right, pair.left)):
        if isinstance(product, Factors) and isinstance(difference, Terms) and not any(product.signs):
            ends = sorted(key(n) for n in product.items)
            if len(ends) == 2 and set(difference.signs) == {"", "-"} and ends == sorted(map(key, difference.items)):
                return True
    return False


def _multiplies_lists(pair: Pair) -> bool:
    """x · x = x_1² + … + x_n², and q_i · k_j = ∑_l q_il k_jl: a dot between names whose members stand in the relation,
    which are vectors."""
    members = [n for n in _nodes(pair) if isinstance(n, Script) and n.sub is not None]
    products = (n for n in _nodes(pair) if isinstance(n, Factors))
    dotted = (
        (a, b) for n in products for a, b, sign in zip(n.items, n.items[1:], n.signs[1:], strict=False) if sign in _DOTS
    )
    return any(_has_members(a, members) and _has_members(b, members) for a, b in dotted)


def _has_members(name: Node, members: Sequence[Script]) -> bool:
    """Whether one of these is a member of a vector: x_1 of x, q_il of q_i."""
    if isinstance(name, Sym):
        return any(key(m.base) == key(name) for m in members)
    if not isinstance(name, Script) or name.sub is None or name.sup is not None:
        return False
    subs = (m.sub.body if isinstance(m.sub, Group) else m.sub for m in members if key(m.base) == key(name.base))
    return any(isinstance(s, Factors | Phrase) and key(s.items[0]) == key(name.sub) for s in subs)


def _mixes_cases(pair: Pair) -> bool:
    """P(Y | X) = P(X | Y) P(Y) / P(x): one variable in a capital and in a small letter, as arguments of laws."""
    calls = (n for n in _nodes(pair) if isinstance(n, Call) and isinstance(n.head, Sym) and n.head.name in _LAWS)
    plain = {(n.name, n.font) for call in calls for n in _arguments(call.fence) if isinstance(n, Sym)}
    return any((name.lower(), font) in plain for name, font in plain if name.isupper() and len(name) == 1)


def _arguments(node: Node) -> Iterator[Node]:
    """What stands between the commas and bars of an argument."""
    body = node.body if isinstance(node, Fence) else node
    match body:
        case Bar(left=left, right=right):
            yield from (*_arguments(left), *_arguments(right))
        case Phrase(items=items):
            yield from items
        case None:
            return
        case _:
            yield body


def _nodes(pair: Pair) -> Iterator[Node]:
    return (n for side in (pair.left, pair.right) for n in walk(side))


def _has_letters_with_upper_indices(pair: Pair) -> bool:
    """∑_i e^i, the errors e^1, e^2, …: no powers of e."""
    sums = [n for n in _nodes(pair) if isinstance(n, Big) and n.body is not None]
    return any(
        isinstance(n, Script) and isinstance(n.base, Sym) and n.base.name == "e" and key(n.sup) == index
        for big in sums if (index := summed(big)) is not None for n in walk(big)
        if isinstance(n, Script) and isinstance(n.sup, Sym)
    )  # fmt: skip


def _takes_in_a_bias(pair: Pair) -> bool:
    """∑_i w_i x_i + b = wᵀx, with b taken for one more weight."""
    for one, other in ((pair.left, pair.right), (pair.right, pair.left)):
        biases = [i for i in one.items if key(i) in _BIASES] if isinstance(one, Terms) else []
        inner = isinstance(other, Factors) and _is_transposed(other.items[0])
        if biases and inner and not any(key(n) in _BIASES for n in walk(other)):
            return True
    return False


def _is_transposed(node: Node) -> bool:
    return isinstance(node, Script) and node.sup is not None and is_transpose(node.sup)


def _has_cross_products(pair: Pair) -> bool:
    """k × (k × v) beside v · k: × between letters that also meet with a dot may be a cross product."""
    products = (n for n in _nodes(pair) if isinstance(n, Factors) and not any(isinstance(i, Num) for i in n.items))
    signs = {sign for n in products for sign in n.signs[1:]}
    return bool(signs & {r"\times", "×"}) and bool(signs & _DOTS)


def _has_identity_element(pair: Pair) -> bool:
    """e · a = a: e may be what changes nothing in a group."""
    for one, other in ((pair.left, pair.right), (pair.right, pair.left)):
        if isinstance(one, Factors) and len(one.items) == 2 and {key(i) for i in one.items} == {"e", key(other)}:
            return True
    return False


def _has_entries_of_transposes(pair: Pair) -> bool:
    """w_{ij}^⊤, the entry ij of W^⊤."""
    scripts = (n for n in _nodes(pair) if isinstance(n, Script) and n.sub is not None and is_transpose(n.sup))
    subs = (n.sub.body if isinstance(n.sub, Group) else n.sub for n in scripts)
    return any(isinstance(sub, Factors | Phrase) and len(sub.items) == 2 for sub in subs)


_AS_READ = (_puts_in_a_moment, _mixes_cases, _has_entries_of_transposes)
"""Kinds that are not what is meant where a relation holds as it is read but for a slip."""
_KINDS: tuple[tuple[Callable[[Pair], bool], str], ...] = (
    (_has_imaginary_unit, "complex numbers are not judged"),
    (equates_differentials, "its d may be that of differentials, which are not judged"),
    (_says_what_kind, "it says of what kind a quantity is"),
    (_gives_anew, "it may give its left side anew, or be an equation for it"),
    (_compares_moments, "it may be a property of the law that is spoken of"),
    (_has_matrix_of_entries, "an entry in brackets may stand for its matrix"),
    (_counts_backwards, "an index below zero may count from the end"),
    (_sums_over_several_sets, "its sets may be parts of one another"),
    (_has_outcomes_of_a_choice, "a variable may be one of those with numbers"),
    (_has_numbered_letters, "a letter with a number or an index after it may be a name"),
    (_has_indicator_on_one_side, "its indicator may only say where it holds"),
    (_puts_in_a_moment, "a number may be the value of a mean in the other side"),
    (_multiplies_shapes, "it multiplies shapes of matrices"),
    (_points_from_one_to_another, "it may be what leads from one point to another"),
    (_multiplies_lists, "a dot may stand between vectors"),
    (_mixes_cases, "a small letter may be typed for the capital"),
    (_has_cross_products, "× between letters may be a cross product"),
    (_has_identity_element, "e may be what changes nothing in a group"),
    (_has_entries_of_transposes, "a number with two indices may be an entry of the transposed matrix"),
    (_has_letters_with_upper_indices, "e with an index above it may be a letter"),
    (_takes_in_a_bias, "the bias may be taken for one of the weights"),
    (_has_observations, "a variable with an index may be an observation of the one without"),
)
