"""Normal densities of vectors and matrices: N(x; μ, Σ) and MN(X; M, U, V) are unfolded to their definitions and held
against the other side in several dimensions.

The dimension of a vector is the letter that the other side raises 2π to; where it raises 2π to none, nothing is said.
For a matrix the determinant of 2π V ⊗ U holds the powers of 2π, |V| and |U|.
"""

from __future__ import annotations

from collections.abc import Iterator

from claims.records import Record, replace
from claims.verdict import Refuted, Supported
from errata.checking.algebra import Found, may_be_identity
from errata.checking.context import At, State, bodies_of, roots_of, span_of
from errata.checking.families.reach import given_names
from errata.checking.families.ruling import Ruling, supposes, wishes
from errata.checking.families.spelled import with_normal_matrices, with_normal_vectors
from errata.checking.linear import is_closed, judge_linear
from errata.checking.linear_relation import COUNTS
from errata.checking.linear_repairs import fails_as_given, repaired_linear
from errata.checking.repairs import SLIPS
from errata.checking.usable import known_of, usable
from errata.reading.families.notation import normal_matrix, normal_vector
from errata.reading.matrix_notation import bare_names
from errata.reading.names import is_name, key, names_in
from errata.reading.relations import Pair
from errata.reading.tree import Fence, Node, Num, Script, Sym, walk

NORMAL = "N(·; ·, ·) is the normal density of a vector with this mean and covariance"
MATRIX_NORMAL = (
    "MN(·; ·, ·, ·) is the normal density of a matrix with this mean and these covariances of rows and columns"
)

NEAR = frozenset(
    {
        "sign",
        "factor-2",
        "factor-1/2",
        "square",
        "bracket",
        "inverse",
        "off-by-one",
        "lost-term",
        "dropped-term",
        "name",
    }
)
"""Slips that part a relation from the density that it gives."""
PI = r"\pi"
MOST_LETTERS = 2
"""Letters that are tried for a dimension which a slip hides."""
_READINGS = {
    (False, False): None,
    (True, False): "with precisions in the place of covariances",
    (False, True): "with the covariance of the columns first",
    (True, True): "with the precision of the columns first",
}
"""What MN(·; ·, U, V) may mean, by whether these are precisions, and whether that of the columns comes first."""


def judge_normal_matrices(state: State, at: At, pair: Pair) -> Ruling | None:
    """The ruling on a relation with normal densities of matrices; None where there are none, or nothing is settled.

    It is refuted where it holds in none of the readings of the parameters.
    """
    if pair.relation.sign not in ("=", "≡"):
        return None
    calls = [n for side in (pair.left, pair.right) for n in walk(side) if normal_matrix(n) is not None]
    if not calls:
        return None
    names = frozenset({*bare_names(pair.left), *bare_names(pair.right)})
    known = known_of(roots_of(state)) if state.known is None else state.known
    free = is_closed(_spelled(pair, False, False)) and not any(usable(n, names, known, frozenset()) for n in names)
    rulings = [_of_matrices(state, at, pair, _spelled(pair, *reading), free) for reading in _READINGS]
    for ruling, said in zip(rulings, _READINGS.values(), strict=True):
        if ruling is not None and isinstance(ruling.verdict, Supported):
            condition = "; ".join(c for c in (said, ruling.verdict.holds_if) if c)
            return replace(ruling, verdict=replace(ruling.verdict, holds_if=condition or None))
    return rulings[0] if all(rulings) else None


def _spelled(pair: Pair, turned: bool, swapped: bool) -> Pair:
    return replace(
        pair,
        left=with_normal_matrices(pair.left, turned, swapped),
        right=with_normal_matrices(pair.right, turned, swapped),
    )


def _of_matrices(state: State, at: At, pair: Pair, spelled: Pair, free: bool) -> Ruling | None:
    found = judge_linear(spelled, state.options.seed, state.known or {})
    return None if found is None else _ruled(at, pair, found, free, MATRIX_NORMAL)


def judge_normal_vectors(state: State, at: At, pair: Pair) -> Ruling | None:
    """The ruling on a relation with normal densities of vectors; None where there are none, or nothing is settled."""
    if pair.relation.sign not in ("=", "≡"):
        return None
    dimension = _dimension(pair.left) or _dimension(pair.right)
    if dimension is None:
        return _of_hidden_dimension(state, at, pair)
    written = _Written(dimension)
    spelled = written(pair)
    if spelled.left is pair.left and spelled.right is pair.right:
        return None
    found = judge_linear(spelled, state.options.seed, state.known or {})
    if found is None:
        return None
    names = {*bare_names(spelled.left)}
    alike = names == {*bare_names(spelled.right)} and not names & given_names(state)
    return _near_miss(state, at, pair, found, written) or _ruled(at, pair, found, alike, NORMAL)


def _of_hidden_dimension(state: State, at: At, pair: Pair) -> Ruling | None:
    """The refutation of a relation in which a slip hides the letter of the dimension: (2π²)^n, (2π)^y."""
    if not any(normal_vector(n) is not None for side in (pair.left, pair.right) for n in walk(side)):
        return None
    inside = {key(n): n for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Sym)}
    letters = dict.fromkeys([*(COUNTS & inside.keys()), *map(key, _dimensions_of(state))])
    for letter in list(letters)[:MOST_LETTERS]:
        written = _Written(letter)
        found = judge_linear(written(pair), state.options.seed, state.known or {})
        ruling = None if found is None else _near_miss(state, at, pair, found, written)
        if ruling is not None:
            return ruling
    return None


def spare_names(state: State, written: Pair) -> tuple[Node, ...]:
    """Names that stand in densities written out, and may have been taken for another: π, and the dimension."""
    numbers = {key(n): n for side in (written.left, written.right) for n in walk(side) if isinstance(n, Sym)}
    return (*(n for name, n in numbers.items() if name == PI), *_dimensions_of(state))


def _dimensions_of(state: State) -> tuple[Node, ...]:
    """The letters to which the formulas of the document raise 2π."""
    found = {key(n): n for root in roots_of(state) for n in _powers_of_two_pi(root)}
    return tuple(n for name, n in found.items() if name in COUNTS)[:MOST_LETTERS]


class _Written(Record):
    """Writes the normal densities of vectors in a relation out; the letter is that of their dimension."""

    dimension: str

    def __call__(self, pair: Pair) -> Pair:
        left, right = (with_normal_vectors(side, self.dimension) for side in (pair.left, pair.right))
        return replace(pair, left=left, right=right)


def _near_miss(state: State, at: At, pair: Pair, found: Found, written: _Written) -> Ruling | None:
    """The refutation of a relation that a single slip parts from the density, whatever the document says of its names;
    nothing new may stand on the right."""
    if not isinstance(found.verdict, Refuted) or wishes(at) or not may_be_identity(pair, at.chain, at.prose):
        return None
    spelled, seed = written(pair), state.options.seed
    if not names_in(spelled.right) <= names_in(spelled.left):
        return None
    mended = repaired_linear(pair, seed, written, spare_names(state, spelled))
    if mended is None or mended.repair.slip not in NEAR:
        return None
    if not fails_as_given(spelled, bodies_of(state), seed):
        return None
    focus = span_of(at.formula, mended.start, mended.end)
    label = f"{SLIPS[mended.repair.slip]} ({'left' if mended.left else 'right'} side)"
    verdict = replace(found.verdict, repair=mended.repair)
    return Ruling(verdict, (*found.where, NORMAL), "E315", found.message, focus, label)


def _ruled(at: At, pair: Pair, found: Found, alike: bool, said: str) -> Ruling | None:
    """The ruling; a difference counts where both sides have the same names and the document says nothing of them.

    That special matrices would make the sides equal saves nothing, since a density is meant for all.
    """
    where = (*found.where, said)
    if isinstance(found.verdict, Supported):
        return Ruling(found.verdict, where)
    if not isinstance(found.verdict, Refuted) or not (found.sound or alike) or supposes(at):
        return None
    focus = span_of(at.formula, pair.right.start, pair.right.end)
    return Ruling(found.verdict, where, "E315", found.message, focus)


def _dimension(node: Node) -> str | None:
    """n in (2π)^n and (2π)^{n/2}: the one letter in a power of 2π, if it is one for a number of things."""
    found = {key(n) for n in _powers_of_two_pi(node)}
    return next(iter(found)) if len(found) == 1 and found <= COUNTS else None


def _powers_of_two_pi(node: Node) -> Iterator[Sym]:
    """The letters in the powers of 2π."""
    for n in walk(node):
        if isinstance(n, Script) and n.sup is not None and isinstance(n.base, Fence) and _is_two_pi(n.base):
            yield from (s for s in walk(n.sup) if is_name(s) and isinstance(s, Sym))


def _is_two_pi(base: Fence) -> bool:
    names = [n for n in walk(base) if isinstance(n, Sym | Num)]
    return [getattr(n, "name", getattr(n, "text", "")) for n in names] == ["2", "π"]
