"""What kind of value each symbol of a relation has, as the page says it, and as the relation needs it.

What is said (x ∈ ℝⁿ, "an n × p matrix", bold letters) comes first; where nothing is said, every kind is tried under
which the relation has a value. A relation holds only if it holds under all of them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from claims.records import Record, replace
from errata.meaning.elaborate import spelled
from errata.meaning.terms import PARAMETERS, Bind, Num, Op, Ref, Term, below, free_heads, walk
from errata.meaning.unfolding import Schema
from errata.worlds.sorts import Sort

REAL, POSITIVE, NATURAL, UNIT, INDEX = (Sort(k) for k in ("real", "positive", "natural", "unit", "index"))
MOST = 160
"""Ways of giving kinds to symbols that are looked at."""
LAWS = frozenset("pqπP")
_ARRAYS = frozenset("xyzwvuhμ")
"""Letters that number vectors as often as numbers, where there are vectors."""
_SAID_POSITIVE = re.compile(r"positive|variance|standard deviation|\brate\b|\bscale\b|temperature|density|densities")
_SAID_UNIT = re.compile(r"probabilit|proportion|discount")
_SAID_VECTOR = re.compile(r"\bvectors?\b")
_SAID_SPD = re.compile(r"covariance matri|positive[- ](?:semi-?)?definite|precision matri|gram matri|kernel matri")
_SAID_SYMMETRIC = re.compile(r"\bsymmetric\b")
_SAID_MATRIX = re.compile(r"\bmatri(?:x|ces)\b|hessian|jacobian")
_SAID_RANDOM = re.compile(r"\brandom (?:variable|vector)|\bnoise\b|\bis (?:random|drawn)\b")
_SAID_COUNT = re.compile(r"\bnumber of\b|\bsize of\b|\blength of\b|\bdimension")


class Uses(Record, frozen=True):
    """How the symbols of some terms are used, by their heads."""

    applied: frozenset[str]
    indexed: Mapping[str, int]
    """With how many indices, for those that have some."""
    bare: frozenset[str]
    counts: frozenset[str]
    """Ends of ranges, and what is added to them."""
    numbering: frozenset[str]
    """What stands in indices."""
    logged: frozenset[str]
    """What stands in a logarithm, a root or a denominator."""
    tensors: frozenset[str]
    """What is transposed, traced, inverted beside such, or has a norm."""
    random: frozenset[str]
    """What stands in an expectation that names no variable."""
    bound: frozenset[str]
    """What a binder binds."""


def uses_of(sides: Sequence[Term], schemas: Sequence[Schema] = ()) -> Uses:
    """The uses of the symbols of terms that stand together, and of the bodies that some of them stand for.

    The parameters of a schema are names of its own; what is done to them there still tells what they are.
    """
    applied, bare, counts, numbering, logged, tensors, random = (set[str]() for _ in range(7))
    indexed: dict[str, int] = {}
    parts = [(p, frozenset[str]()) for t in sides for p in walk(t)]
    parts += [(p, s.parameters) for s in schemas for p in walk(s.body)]
    bound = {v for part, _ in parts if isinstance(part, Bind) for v in part.variables}
    for part, own in parts:
        if isinstance(part, Ref):
            numbering |= {h for i in part.indices for h in free_heads(i)}
            if part.arguments is not None:
                applied.add(part.head)
            elif part.indices:
                indexed[part.head] = max(indexed.get(part.head, 0), len(part.indices))
            elif part.head not in own:
                bare.add(part.head)
        elif isinstance(part, Op):
            if part.kind in ("transpose", "tr", "det", "norm", "diag", "softmax"):
                tensors |= _outer(part.arguments[0])
            if part.kind == "log" or (part.kind == "pow" and not _is_whole(part.arguments[1])):
                logged |= _reached(part.arguments[0])
            if part.kind == "Cov":
                random |= {h for a in part.arguments for h in free_heads(a)}
            if part.kind == "entry":
                numbering |= {h for i in part.arguments[1:] for h in free_heads(i)}
        elif isinstance(part, Bind):
            if part.over == "range":
                counts |= {h for d in part.domain for h in free_heads(d)}
                numbering |= set(part.variables)
            if part.kind in ("E", "Var") and not part.variables:
                random |= set(free_heads(part.body))
    for _ in schemas:
        random |= {h for s in schemas if s.symbol.head in random for h in free_heads(s.body)}
    counts -= bound
    bound -= {h for t in sides for h in free_heads(t)}
    return Uses(
        frozenset(applied), indexed, frozenset(bare), frozenset(counts), frozenset(numbering), frozenset(logged),
        frozenset(tensors), frozenset(random), frozenset(bound),
    )  # fmt: skip


def _outer(term: Term) -> set[str]:
    """The symbols that a term is a sum or a product of."""
    if isinstance(term, Ref):
        return {term.head}
    if isinstance(term, Op) and term.kind in ("add", "mul", "transpose"):
        return {h for a in term.arguments for h in _outer(a)}
    return set()


def _reached(term: Term) -> set[str]:
    """The symbols of a term but for those in the arguments and indices of others."""
    if isinstance(term, Ref):
        return {term.head}
    return {h for part in below(term) for h in _reached(part)}


def _is_whole(exponent: Term) -> bool:
    return isinstance(exponent, Num) and exponent.value.denominator == 1 and exponent.value > 0


def declared(term: Term) -> tuple[str, Sort] | None:
    """What a relation x ∈ ℝⁿ, A ∈ ℝ^{n × p}, λ > 0 declares of a symbol."""
    if not isinstance(term, Op) or len(term.arguments) != 2 or not isinstance(term.arguments[0], Ref):
        return None
    name, of = term.arguments[0], term.arguments[1]
    if name.arguments is not None:
        return None
    if term.kind == "is>" and isinstance(of, Num) and of.value >= 0:
        return name.head, POSITIVE
    if term.kind != "is∈":
        return None
    if isinstance(of, Ref) and of.head in ("double:R", "ℝ"):
        return name.head, REAL
    if isinstance(of, Ref) and of.head in ("double:N", "ℕ"):
        return name.head, NATURAL
    if not (isinstance(of, Op) and of.kind == "pow" and isinstance(of.arguments[0], Ref)):
        return None
    if of.arguments[0].head not in ("double:R", "ℝ"):
        return None
    sizes = of.arguments[1]
    if isinstance(sizes, Op) and sizes.kind == "mul" and len(sizes.arguments) == 2:
        return name.head, Sort("matrix", tuple(_size(s) for s in sizes.arguments))
    return name.head, Sort("vector", (_size(sizes),))


def _size(term: Term) -> str:
    if isinstance(term, Num):
        return str(term.value) if term.value > 1 else "1"
    return term.head if isinstance(term, Ref) and not term.indices else spelled(term)


def admissible(
    uses: Uses, known: Mapping[str, Sort], said: Mapping[str, str], terms: Sequence[Term],
    random: frozenset[str] = frozenset(), defined: Collection[str] = (),
) -> Iterator[Mapping[str, Sort]]:  # fmt: skip
    """The ways to give kinds to the symbols, the likeliest first; ``random`` are those of which a law is known,
    ``defined`` those that stand for a body."""
    choices = choices_of(uses, known, said, terms, random, defined)
    for chosen in itertools.islice(itertools.product(*choices.values()), MOST):
        yield {h: s for h, s in zip(choices, chosen, strict=True) if s is not None}


def choices_of(
    uses: Uses, known: Mapping[str, Sort], said: Mapping[str, str], terms: Sequence[Term],
    random: frozenset[str] = frozenset(), defined: Collection[str] = (),
) -> Mapping[str, Sequence[Sort | None]]:  # fmt: skip
    """The kinds that each symbol may be of, the likeliest first; None for one that is bound and numbers others."""
    heads = sorted({h for t in terms for h in _all_heads(t)} - set(defined))
    sizes = sorted({s for sort in known.values() for s in sort.sizes if s != "1"}) or ["d"]
    is_linear = bool(uses.tensors) or any(s.kind in ("vector", "matrix", "spd") for s in known.values())
    is_linear = is_linear or any(h.startswith("bold:") or _SAID_MATRIX.search(said.get(h, "")) for h in heads)
    told = {h for h in uses.random if h in random or _SAID_RANDOM.search(said.get(h, ""))}
    if told:
        uses = replace(uses, random=frozenset(told))
    return {h: list(_choices(h, uses, known, said.get(h, ""), sizes, is_linear, random)) for h in heads}


def says_kind(words: str) -> bool:
    """Whether words beside a symbol tell of what kind it is."""
    told = (_SAID_POSITIVE, _SAID_UNIT, _SAID_VECTOR, _SAID_SPD, _SAID_MATRIX, _SAID_COUNT)
    return any(one.search(words) for one in told)


def _all_heads(term: Term) -> set[str]:
    return {p.head for p in walk(term) if isinstance(p, Ref)} | {
        v for p in walk(term) if isinstance(p, Bind) for v in p.variables
    }


def _choices(
    head: str, uses: Uses, known: Mapping[str, Sort], said: str, sizes: Sequence[str], is_linear: bool,
    laws: frozenset[str],
) -> Iterator[Sort | None]:  # fmt: skip
    letter = head.split(":")[-1].split("_")[0].split("(")[-1].rstrip(")′")
    random = (head in laws and head not in uses.applied) or (
        head in uses.random and _is_random(head, letter, uses, said)
    )
    if head in known and known[head].kind != "real":
        yield Sort(known[head].kind, known[head].sizes, random)
        return
    if head in uses.counts or (_SAID_COUNT.search(said) and head not in uses.numbering):
        yield NATURAL
        return
    if head in uses.numbering:
        yield INDEX if head not in uses.bound else None
        return
    scalar = _scalar(head, letter, uses, said)
    scalar = Sort(scalar.kind, (), random)
    if _SAID_SPD.search(said):
        yield Sort("spd", (sizes[0],))
    elif head.startswith("bold:") and letter.islower():
        for size in sizes:
            yield Sort("vector", (size,), random)
    elif head.startswith("bold:") or (_SAID_MATRIX.search(said) and head not in uses.indexed):
        if _SAID_SYMMETRIC.search(said):
            yield Sort("symmetric", (sizes[0],), random)
        else:
            yield from _matrices(sizes, random)
    elif _SAID_VECTOR.search(said) and head not in uses.indexed:
        for size in sizes:
            yield Sort("vector", (size,), random)
    elif (head in uses.applied and head in uses.tensors) or (
        is_linear and head in uses.indexed and head not in uses.bare and letter in _ARRAYS
    ):
        for size in sizes:
            yield Sort("vector", (size,), random)
        yield scalar
    elif head in uses.tensors or (is_linear and head in uses.bare and head not in uses.applied and head not in known):
        yield from _by_letter(head, letter, uses, sizes, random, scalar)
    else:
        yield scalar


def _by_letter(head: str, letter: str, uses: Uses, sizes: Sequence[str], random: bool, scalar: Sort) -> Iterator[Sort]:
    matrices, vectors = list(_matrices(sizes, random)), [Sort("vector", (s,), random) for s in sizes]
    first, second = (matrices, vectors) if letter[:1].isupper() else (vectors, matrices)
    if head in uses.tensors:
        yield from first
        yield from second[:1]
        return
    if letter[:1].isupper() or letter in PARAMETERS or letter in "wxyzuvabβμ":
        yield from first
    yield scalar


def _matrices(sizes: Sequence[str], random: bool) -> Iterator[Sort]:
    for rows in sizes:
        for columns in sizes:
            yield Sort("matrix", (rows, columns), random)


def _scalar(head: str, letter: str, uses: Uses, said: str) -> Sort:
    if _SAID_UNIT.search(said):
        return UNIT
    if _SAID_POSITIVE.search(said) or (head in uses.applied and letter in LAWS):
        return POSITIVE
    return POSITIVE if head in uses.logged else REAL


def _is_random(head: str, letter: str, uses: Uses, said: str) -> bool:
    """Whether a symbol within an expectation is what is random there."""
    if _SAID_RANDOM.search(said):
        return head in uses.random
    capitals = {h for h in uses.random if h.split(":")[-1].split("_")[0].isupper() and h not in uses.tensors}
    if capitals:
        return head in capitals and len(letter) == 1
    return letter in "xyzuvεϵ" and head in uses.random
