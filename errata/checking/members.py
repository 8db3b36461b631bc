"""A vector and its members in one relation: yᵀy = ∑ y_i², with ȳ for their mean; a matrix X and its rows x_iᵀ.

The relation is written out for vectors of two, three and four members, the vector as the column of them, and each of
these is judged by linear algebra. This may support a relation, and never refutes it by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flint import fmpq

from claims.records import Record, replace
from claims.verdict import Proved, Refuted, Supported
from errata.checking.algebra import Found
from errata.checking.linear import judge_linear, judge_relation
from errata.checking.linear_relation import Relation, relation_of
from errata.checking.usable import Known
from errata.reading.matrix_notation import Hint
from errata.reading.relations import Pair
from errata.reading.shapes import readings
from errata.reading.vectors import Unlowered
from numerics.matrices import (
    Blocks,
    Constant,
    Dim,
    Identity,
    Index,
    Name,
    Number,
    Product,
    Sum,
    Term,
    Total,
    Transpose,
    rebuilt,
    subterms,
)

SIZES = (2, 3, 4)
MOST_TERMS = 400
"""Parts of a relation that is written out."""
BAR = r"\bar"


class _Family(Record):
    """Members y_i, how many there are, and what they make up: the vector y, the matrix of the rows x_iᵀ, their mean."""

    key: str
    count: str
    vector: str | None
    rows: str | None
    mean: str | None

    def told(self) -> tuple[str, ...]:
        """What is taken for granted."""
        members = f"{self.key.removesuffix('[]')}_i"
        said = (
            (self.vector, f"{self.vector} is the column of the {members}"),
            (self.rows, f"{self.rows} is the matrix with the rows {members}ᵀ"),
            (self.mean, f"{self.mean} is the mean of the {members}"),
        )
        return tuple(text for name, text in said if name is not None)


def judge_vectors(pair: Pair, seed: int, known: Known | None = None, plainly: bool = False) -> Found | None:
    """What linear algebra says of a relation, vectors taken for the columns of their members where it needs that."""
    found = judge_linear(pair, seed, known, plainly)
    if found is not None and isinstance(found.verdict, Supported | Proved):
        return found
    return judge_members(pair, seed) or found


def judge_members(pair: Pair, seed: int) -> Found | None:
    """The support of a relation between vectors and their members; None where it has none, or is no such relation."""
    family = _relation_of_families(pair)
    found = None if family is None else _at_sizes(*family, SIZES, seed, plainly=True)
    if family is None or not found or not all(isinstance(one.verdict, Supported | Proved) for one in found):
        return None
    return replace(found[-1], where=(*_told(family[1]), *found[-1].where))


def written_out(pair: Pair, number: int) -> Relation | None:
    """Such a relation for vectors of so many members; None for any other."""
    family = _relation_of_families(pair)
    return None if family is None else _of_size(*family, number)


def fits_no_shapes(relation: Relation) -> bool:
    """Whether no shapes of its names fit a relation that is written out."""
    found = readings(relation.left, relation.right, relation.notes)
    return relation.notes.linear and found.complete and not found.ranked


def means_in(pair: Pair) -> frozenset[str]:
    """The names of such a relation that are the mean of members."""
    family = _relation_of_families(pair)
    return frozenset() if family is None else frozenset(one.mean for one in family[1] if one.mean is not None)


def has_marks(pair: Pair) -> bool:
    """Whether a name of such a relation has a mark, and is no mean of members: what it satisfies stands elsewhere."""
    family = _relation_of_families(pair)
    return family is not None and bool(family[0].notes.marked - {one.mean for one in family[1]})


def has_functions(pair: Pair) -> bool:
    """Whether such a relation has functions of which nothing is known."""
    family = _relation_of_families(pair)
    return family is not None and bool(family[0].notes.uninterpreted)


def refuted_at(pair: Pair, sizes: Sequence[int], seed: int) -> Found | None:
    """The refutation of such a relation for vectors of the first of these sizes, where it fails in all of them; what
    names with marks and unknown functions satisfy elsewhere is left aside."""
    family = _relation_of_families(pair)
    if family is None:
        return None
    relation, families = family
    found = _at_sizes(relation, families, sizes, seed, plainly=False)
    if not found or not all(isinstance(one.verdict, Refuted) for one in found):
        return None
    return replace(found[0], where=(*_told(families), f"vectors of {sizes[0]} members", *found[0].where))


def _relation_of_families(pair: Pair) -> tuple[Relation, tuple[_Family, ...]] | None:
    """A relation of vectors and their members, short enough to be written out; None for any other."""
    try:
        relation = relation_of(pair.left, pair.right)
    except (Unlowered, RecursionError):
        return None
    families = _families(relation)
    if not families or sum(1 for side in (relation.left, relation.right) for _ in subterms(side)) > MOST_TERMS:
        return None
    return relation, families


def _at_sizes(
    relation: Relation, families: tuple[_Family, ...], sizes: Sequence[int], seed: int, plainly: bool
) -> list[Found]:
    """What linear algebra says of a relation in each size; nothing where one can't be judged, or gets another answer
    than is asked for: support where it is judged ``plainly``, and none where it isn't."""
    found: list[Found] = []
    for number in sizes:
        try:
            one = judge_relation(_of_size(relation, families, number), seed, plainly)
        except (Unlowered, RecursionError, KeyError):
            return []
        if one is None or isinstance(one.verdict, Supported | Proved) is not plainly:
            return []
        found.append(one)
    return found


def _told(families: tuple[_Family, ...]) -> tuple[str, ...]:
    return tuple(told for family in families for told in family.told())


def _families(relation: Relation) -> tuple[_Family, ...]:
    """The families of a relation of which the vector, the matrix or the mean stands in it, too."""
    hints = relation.notes.hints
    found = (_family(name, count, hints) for name, count in sorted(_counts(relation).items()))
    return tuple(f for f in found if f.told())


def _family(name: str, count: str, hints: Mapping[str, Hint]) -> _Family:
    """The family with what stands beside it: y, or a bold y, of its letter, or the capital of a bold one."""
    base, hint = name.removesuffix("[]"), hints[name]
    bold = (n for n in sorted(hints) if hints[n].font == "bold" and not n.endswith("[]"))
    vector = base if base in hints else None
    rows = None
    if vector is None and hint.font != "bold":
        vector = next((n for n in bold if hints[n].letter == hint.letter), None)
    elif vector is None:
        rows = next((n for n in bold if hints[n].letter == hint.letter.upper() != hint.letter), None)
    mean = BAR + base
    return _Family(name, count, vector, rows, mean if mean in hints else None)


def _counts(relation: Relation) -> dict[str, str]:
    """Each family with one index, and the name up to which it is summed."""
    out: dict[str, str] = {}
    for total in (t for side in (relation.left, relation.right) for t in subterms(side) if isinstance(t, Total)):
        named = [t.key for t in subterms(total.count) if isinstance(t, Name)]
        if len(named) == 1:
            members = (t for t in subterms(total.body) if isinstance(t, Name) and t.indices == (total.index,))
            out |= {m.key: named[0] for m in members if m.key.count("[]") == 1}
    return out


def _of_size(relation: Relation, families: tuple[_Family, ...], number: int) -> Relation:
    """The relation for vectors of so many members, or one more for each further count."""
    counts = {c: number + n for n, c in enumerate(sorted({f.count for f in families}))}
    put_in: dict[str, Term] = {count: Number(fmpq(size)) for count, size in counts.items()}
    for family in families:
        members = [Name(family.key, (str(n + 1),)) for n in range(counts[family.count])]
        if family.vector is not None:
            put_in[family.vector] = Blocks(tuple((m,) for m in members))
        if family.rows is not None:
            put_in[family.rows] = Blocks(tuple((Transpose(m),) for m in members))
        if family.mean is not None:
            total = Sum((1,) * len(members), tuple(members))
            put_in[family.mean] = Product((Number(fmpq(1, len(members))), total))
    left, right = (_written_out(side, put_in, counts) for side in (relation.left, relation.right))
    notes = relation.notes
    numbers = {f.key: Hint("", "") for f in families if f.vector is not None}
    hints = {n: h for n, h in {**notes.hints, **numbers}.items() if n not in put_in}
    return Relation(left, right, replace(notes, hints=hints, counts=notes.counts - put_in.keys()), relation.same_names)


def _written_out(term: Term, put_in: dict[str, Term], counts: dict[str, int]) -> Term:
    def leaf(t: Term) -> Term:
        match t:
            case Name(key=name, indices=()) if name in put_in:
                return put_in[name]
            case Total(index=index, count=Name(key=count), body=body) if count in counts:
                size = counts[count]
                return Sum((1,) * size, tuple(_at(body, index, n + 1) for n in range(size)))
            case Identity(dim=dim):
                return Identity(_dim(dim, counts))
            case Constant(value=value, rows=rows, columns=columns):
                return Constant(value, _dim(rows, counts), _dim(columns, counts))
            case _:
                return t

    return rebuilt(term, leaf)


def _at(term: Term, index: str, number: int) -> Term:
    def leaf(t: Term) -> Term:
        match t:
            case Index(key=name) if name == index:
                return Number(fmpq(number))
            case Name(key=name, indices=indices) if index in indices:
                return Name(name, tuple(str(number) if i == index else i for i in indices))
            case _:
                return t

    return rebuilt(term, leaf)


def _dim(dim: Dim, counts: dict[str, int]) -> Dim:
    """A dimension with its counts put in: n as 1 + 1 + 1."""
    out: list[tuple[str, ...]] = []
    for monomial in dim:
        rest = tuple(name for name in monomial if name.removeprefix("#") not in counts)
        times = 1
        for name in monomial:
            times *= counts.get(name.removeprefix("#"), 1)
        out += [rest] * times
    return tuple(sorted(out))
