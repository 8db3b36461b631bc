"""Statements about ranks and nullities: rank(A) + nullity(A) = n for every m × n matrix A, rank(AB) ≤ rank(A).

Matrices of small whole numbers are drawn in all sizes that their stated shapes leave open, and with all ranks. What
fails for some of them is refuted where nothing in the text says more of the matrices than their shapes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import eq, ge, gt, le, lt
from random import Random

from flint import fmpq, fmpq_mat

from claims.evidence import Agreement, Counterexample
from claims.records import Record, replace
from claims.verdict import Refuted, Tried, Undecided, Verdict, decide
from errata.checking.context import At, State, ranks_of, span_of
from errata.checking.judgement import Judged, Kind
from errata.checking.known_ranks import Known, known_of
from errata.checking.rank_values import Operation, World, names_of, number, operation, operations
from errata.reading.document import Formula, Span
from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.relations import Pair, stated
from errata.reading.tree import Grid, Lines, Node, Relation, Sym, children, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered
from errata.reading.words import words

DRAWS, LEAST, WRONG = 240, 24, 3
"""Worlds that are drawn, and how many of them must have a value on both sides, and fail."""
BIGGEST = 4
BEFORE, AFTER = 500, 200
"""Characters around a statement in which words may say more of its matrices."""
_SAYS_MORE = re.compile(
    r"invertib|singular|regular|full[ -](?:column|row)?[ -]?rank|independent|injective|surjective|one-to-one|\bonto\b|"
    r"\bsquare\b|symmetric|definite|orthogonal|orthonormal|diagonal|projection|idempotent|generic|typical|random|"
    r"обратим|невырожден|可逆|满秩",
    re.I,
)
_SUPPOSES = re.compile(
    r"\b(?:if|iff|when(?:ever)?|suppos\w+|assum\w+|case|solutions?|consisten\w+|almost|usual\w*|must|should|"
    r"needs?|requires?|unless|choose|not|never|wrong|false|mistake\w*)\b",
    re.I,
)
CLOSE = (160, 80)
"""Characters around a statement in which words may make it one of some matrices only."""
_HOLDS: Mapping[str, Callable[[fmpq, fmpq], bool]] = {"=": eq, "≤": le, "≥": ge, "<": lt, ">": gt}


def judge_given_rank(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The judgement on rank(M) = 2, which gives the rank of a matrix that the document writes out; None for others."""
    found = operation(pair.left)
    if found is None or not is_name(found.matrix):
        return None
    names = names_of(found.matrix)
    return (
        judge_ranks(state, at, judged, pair)
        if names <= known_of(state, sorted(names), at.formula.span.start).values.keys()
        else None
    )


def judge_ranks(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The judgement on a relation of ranks, nullities and dimensions of spaces; None where it is none, or is open."""
    return _ranked(state, at.formula, judged, pair, at.chain.implies or at.chain.concluded)


def judge_said_rank(state: State, index: int, formula: Formula, root: Lines) -> Iterator[Judged]:
    """The judgement of a value that stands alone and that its sentence claims to be a rank: the rank of $M$ is $2$."""
    said = next((s for s in ranks_of(state) if s.start == formula.span.start and s.claims), None)
    if said is None or len(root.statements) != 1 or stated(root):
        return
    (value,), (rank,) = root.statements, parse(said.latex, state.document.macros).statements
    judged = Judged(
        index, span_of(formula, value.start, value.end), "", "", to_latex(value), Kind.CLAIM, Undecided((), ""),
        f"{words(rank)} = {words(value)}",
    )  # fmt: skip
    found = _ranked(state, formula, judged, Pair(rank, Relation(0, 0, "=", "="), value, 0), False)
    if found is not None:
        yield replace(found, focus=None if found.focus is None else judged.span)


def _ranked(state: State, formula: Formula, judged: Judged, pair: Pair, open_: bool) -> Judged | None:
    """The judgement of a relation of ranks; nothing is refuted where it is ``open_`` to conditions."""
    if pair.relation.sign not in _HOLDS:
        return None
    found = list(operations(pair.left, pair.right))
    names = sorted({name for o in found for name in names_of(o.matrix)})
    if not found or (len(found) == 1 and not _is_literal(found[0].matrix) and not names):
        return None
    known = known_of(state, names, formula.span.end)
    if not all(n in known.shapes or n in known.values or _is_a_matrix(n) for n in names):
        return None
    if any(_names_it(side, other, known) for side, other in ((pair.left, pair.right), (pair.right, pair.left))):
        return None
    try:
        tried = list(_tried(pair, names, known, state.options.seed))
    except Unlowered:
        return None
    told = set(names) <= known.values.keys()
    text, span = state.document.text, formula.span
    open_ = open_ or _supposes(text, span) or (not told and _says_more(text, span))
    verdict = _ruled(tried, refutes=not open_ and _may_refute(pair, known))
    if verdict is None:
        return None
    judged = replace(judged, kind=Kind.CLAIM, verdict=verdict)
    if not isinstance(verdict, Refuted):
        return judged
    message = verdict.by.detail
    focus = span_of(formula, pair.left.start, pair.right.end)
    return replace(judged, rule="E301", message=message, focus=focus, label="not so for the matrices below")


def _is_a_matrix(name: str) -> bool:
    """Whether a name is bold, or a capital: of other things the rank is their place in an order."""
    return re.match(r"\\mathbf|\\?[A-Z]", name) is not None


def _names_it(side: Node, other: Node, known: Known) -> bool:
    """Whether a letter gets a rank for its value: rank(A) = r."""
    return isinstance(other, Sym) and key(other) in known.ranks and key(known.ranks[key(other)]) == key(side)


def _is_literal(node: Node) -> bool:
    return any(isinstance(n, Grid) for n in walk(node))


class _Tried(Record):
    world: World
    left: fmpq
    right: fmpq
    holds: bool


def _tried(pair: Pair, names: Sequence[str], known: Known, seed: int) -> Iterator[_Tried]:
    """Both sides in worlds where they have a value. Raises Unlowered where a number in them is unknown."""
    letters = {letter for shape in known.shapes.values() for letter in shape if letter.isalpha()}
    given = {name: known.ranks[name] for name in _numbers(pair) - letters if name in known.ranks}
    if not _numbers(pair) - letters <= given.keys():
        raise Unlowered("a number that is not known")
    if any(names_of(o.matrix) - set(names) for n in given.values() for o in operations(n)):
        raise Unlowered("the rank of another matrix")
    random, holds = Random(f"{seed} {key(pair.left)} {key(pair.right)}"), _HOLDS[pair.relation.sign]
    for _ in range(DRAWS if set(names) - known.values.keys() else 1):
        world = _drawn(names, letters, known, random)
        try:
            ranks = {name: int(number(node, world).p) for name, node in given.items()}
            world = replace(world, numbers={**world.numbers, **ranks})
            left, right = number(pair.left, world), number(pair.right, world)
        except Unlowered:
            continue
        yield _Tried(world, left, right, holds(left, right))


def _numbers(pair: Pair) -> set[str]:
    """The names of numbers on both sides, outside of ranks, and the sizes of identity matrices."""
    return {name for side in (pair.left, pair.right) for name in _outside(side)}


def _outside(node: Node) -> set[str]:
    if operation(node) is not None:
        return set()
    if is_name(node) and not (isinstance(node, Sym) and node.name in ("min", "max")):
        return {key(node)}
    return {name for child in children(node) for name in _outside(child)}


def _drawn(names: Sequence[str], letters: set[str], known: Known, random: Random) -> World:
    sizes = {letter: random.randint(1, BIGGEST) for letter in sorted(letters)}
    matrices = dict(known.values)
    for name in (n for n in names if n not in matrices):
        rows, columns = (_size(d, sizes, random) for d in known.shapes.get(name, ("", "")))
        matrices[name] = _matrix(rows, columns, random)
    return World(matrices, sizes)


def _size(letter: str, sizes: Mapping[str, int], random: Random) -> int:
    return int(letter) if letter.isdigit() else sizes.get(letter) or random.randint(1, 3)


def _matrix(rows: int, columns: int, random: Random) -> fmpq_mat:
    """A matrix of whole numbers of a rank that is drawn first; every other one has ones and zeros alone, so that the
    images of some lie in the kernels of others."""
    rank = random.randint(0, min(rows, columns))
    if rank == 0:
        return fmpq_mat(rows, columns)
    if random.randint(0, 1):
        places = set(zip(random.sample(range(rows), rank), random.sample(range(columns), rank), strict=True))
        return fmpq_mat([[int((i, j) in places) for j in range(columns)] for i in range(rows)])
    left, right = (
        fmpq_mat([[random.randint(-3, 3) for _ in range(b)] for _ in range(a)])
        for a, b in ((rows, rank), (rank, columns))
    )
    return left * right


def _says_more(text: str, span: Span) -> bool:
    """Whether the text around may say something of the matrices by which a relation holds."""
    return _SAYS_MORE.search(text[max(0, span.start - BEFORE) : span.end + AFTER]) is not None


def _supposes(text: str, span: Span) -> bool:
    """Whether the paragraph right around a relation may suppose it, or deny it."""
    before, after = text[max(0, span.start - CLOSE[0]) : span.start], text[span.end : span.end + CLOSE[1]]
    near = re.split(r"\n\s*\n", before)[-1], re.split(r"\n\s*\n", after)[0]
    return any(_SUPPOSES.search(part) for part in near)


def _may_refute(pair: Pair, known: Known) -> bool:
    """Whether a relation is no condition on its matrices: these are known, or stand on both sides, or there is one of
    them, of which several things are taken."""
    sides = [list(_operations(side, known)) for side in (pair.left, pair.right)]
    names = [{name for o in side for name in names_of(o.matrix)} for side in sides]
    if (names[0] | names[1]) <= known.values.keys():
        return True
    if sum(map(len, sides)) < 2:
        return False
    return names[0] == names[1] or (not all(names) and len(names[0] | names[1]) == 1)


def _operations(side: Node, known: Known) -> Iterator[Operation]:
    """The ranks and nullities in a side, those for which a letter stands among them."""
    yield from operations(side)
    for name in sorted(_outside(side) & known.ranks.keys()):
        yield from operations(known.ranks[name])


def _ruled(tried: Sequence[_Tried], refutes: bool) -> Verdict | None:
    wrong = [t for t in tried if not t.holds]
    closed = len(tried) == 1
    if not closed and len(tried) < LEAST:
        return None
    if not wrong:
        detail = f"both sides compare so for {len(tried)} matrices"
        return decide([Tried(None, (Agreement("ranks", len(tried), 12, detail, exhaustive=closed),))])
    if not refutes or (not closed and len(wrong) < WRONG):
        return None
    first = min(wrong, key=_extent)
    shown = tuple((name, _shown(m)) for name, m in sorted(first.world.matrices.items()))
    detail = f"there the left side is {first.left}, the right side {first.right}"
    return decide(
        [Tried(None, (Counterexample("ranks", shown, str(first.left), str(first.right), detail, True, True),))]
    )


def _extent(one: _Tried) -> tuple[int, int]:
    """How large a world is to print."""
    entries = [x for m in one.world.matrices.values() for x in m.entries()]
    return len(entries), int(sum((abs(x) for x in entries), fmpq(0)).p)


def _shown(matrix: fmpq_mat) -> str:
    rows = (", ".join(str(matrix[i, j]) for j in range(matrix.ncols())) for i in range(matrix.nrows()))
    return f"[{'; '.join(rows)}]"
