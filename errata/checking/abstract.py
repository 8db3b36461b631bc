"""Judges a relation of probability notation about abstract laws: it is interpreted in random finite worlds.

Supported needs worlds of every kind in which it could have failed and held. Where it holds in some kinds only, the
condition is named, if the document speaks of it; else nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from claims.evidence import Agreement, Inconclusive, Proof
from claims.records import Record, field, replace
from claims.sentences import Compare, Density, Extremum, Number, Probability, Sentence, Value, parts
from claims.verdict import Proved, Supported, Tried, Undecided, decide
from errata.checking.algebra import Found
from errata.checking.factorised import written_factors
from errata.checking.idle_premises import makes_conditions_idle, only_factorises
from errata.checking.judgement import ANYTHING
from errata.checking.page_laws import PageLaws, read_on
from errata.reading.relations import Pair
from errata.reading.sentences.definitions import unfolded
from errata.reading.sentences.heads import speaks_of_laws
from errata.reading.sentences.readings import Read
from errata.reading.vectors import Unlowered
from numerics.interpretations.agreement import Tally, says_something, tallies
from numerics.interpretations.rankings import ranked_alike
from numerics.interpretations.shannon import proof
from numerics.interpretations.signature import Signature
from numerics.interpretations.worlds import (
    ABOVE_ZERO,
    ANY,
    CORNERS,
    KINDS,
    POSITIVE_CORNERS,
    UNIT,
    ZEROS,
    Kind,
    Parameters,
)

SIGNS = {"=": "=", "≡": "=", "≤": "≤", "≥": "≥", "<": "<", ">": ">"}
LEAST = 8
"""Worlds in which a relation must have held."""
MORE = 6
"""How many times as many worlds of positive values are tried where few of the others have a value."""
FONTS = ("\\text", "\\math", "\\oper")
"""How the key of a word, or of a letter in a font of its own, begins: such names are no variables."""
MOST_OUTCOMES = 300
"""Joint outcomes of a law in the largest worlds."""


class Premise(Record):
    """What is taken for granted in the worlds that are tried: which kinds, which parameters, what is independent."""

    condition: str | None
    kinds: tuple[Kind, ...] = KINDS
    parameters: Parameters = ANY
    independent: tuple[tuple[str, ...], ...] = ()
    given: tuple[str, ...] = ()
    factorised: bool = False
    bent: Mapping[str, int] = field(default_factory=dict)


def judge_abstract(pair: Pair, page: PageLaws, seed: int) -> Found | None:
    """The verdict on a relation between sentences about abstract laws; None where it is not read as one.

    What it leaves open is judged again with the functions, then also the names, that the document defines.
    """
    sign = SIGNS.get(pair.relation.sign)
    if sign is None:
        return None
    speaks = speaks_of_laws(pair.left) or speaks_of_laws(pair.right)
    if not speaks and not page.speaking:
        return None
    found = _judged(pair, sign, page, seed) if speaks else None
    if found is not None and isinstance(found.verdict, Supported | Proved):
        return found
    for more in unfoldings(pair, page):
        if speaks_of_laws(more.left) or speaks_of_laws(more.right):
            again = _judged(more, sign, page, seed)
            if again is not None and isinstance(again.verdict, Supported):
                condition = "with the definitions that the document gives"
                if again.verdict.holds_if is not None:
                    condition = f"{condition}; {again.verdict.holds_if}"
                return replace(again, verdict=replace(again.verdict, holds_if=condition))
    return found


def unfoldings(pair: Pair, page: PageLaws) -> Iterator[Pair]:
    """A relation with the functions put in that the document defines, then words such as ELBO too, then all names."""
    every = page.definitions
    words = replace(every, names={name: body for name, body in every.names.items() if name.startswith(FONTS)})
    for definitions, names in ((every, False), (words, True), (every, True)):
        try:
            left, right = (unfolded(side, definitions, names) for side in (pair.left, pair.right))
        except Unlowered:
            continue
        if left is not pair.left or right is not pair.right:
            yield replace(pair, left=left, right=right)


def _judged(pair: Pair, sign: str, page: PageLaws, seed: int) -> Found | None:
    """The verdict on a relation as it stands."""
    try:
        reads = read_on(pair, page)
    except Unlowered:
        return None
    if any(read.left == read.right for read in reads):
        return Found(Undecided((), "both sides are read as the same expression"), (), False)
    steps = proof(reads[0].left, sign, reads[0].right) if reads[0].condition is None else None
    if steps is not None:
        return Found(decide([Tried(None, (Proof("shannon", steps),))]), (), True)
    for read in reads:
        found = _under(read, sign, page, seed)
        if found is not None:
            return found
    return Found(
        Undecided((Inconclusive("worlds", "it fails in random worlds"),), "it may use what is said elsewhere"),
        (),
        False,
    )


def _under(read: Read, sign: str, page: PageLaws, seed: int) -> Found | None:
    """What the worlds of one reading say, the weakest premise first; None where it fails in all of them."""
    kinds = _small_enough(read)
    if not kinds:
        return None
    if sign != "=":
        kinds = (*kinds, CORNERS, POSITIVE_CORNERS)
    for premise in _premises(read, sign, page, kinds):
        if (premise.factorised and only_factorises(read)) or makes_conditions_idle(
            read, premise.independent, premise.given
        ):
            continue
        signature = signature_of(read, premise.independent, premise.given)
        if premise.bent:
            signature = replace(signature, bent=premise.bent)
        if premise.factorised:
            signature = replace(signature, written=written_factors(read))
        few = len(premise.kinds) < 5
        equation = sign == "=" and not read.moved
        worlds = (4 if few else 2) if equation else (10 if few else 5)
        found = _told(read, sign, signature, seed, premise, premise.kinds, worlds)
        agreed = sum(t.agree for t in found)
        positive = tuple(k for k in premise.kinds if k.positive)
        if not found[-1].differ and agreed < LEAST and positive:  # few worlds have a value: logarithms of values, say
            found = _told(read, sign, signature, seed, premise, positive, MORE * worlds)
            agreed = sum(t.agree for t in found)
        if found[-1].differ or agreed < LEAST:
            continue
        if (premise.independent or premise.factorised) and _is_constant(found) and not _has_number(read):
            continue
        if not _ranked_alike(read, signature, seed, premise):
            continue
        if not could_have_failed(found, read, sign, signature, seed):
            return Found(Undecided((), "both sides are the same constant in every world"), (), False)
        if (met := numbers_met(read)) and not signature.maps:
            again = _told(read, sign, replace(signature, met=met), seed, premise, premise.kinds, MORE * worlds)
            if again[-1].differ:
                never = ", ".join(f"P({v.upper()} = {n}) = 0" for n, v in sorted(met.items()))
                return _supported(read, premise, found, agreed, never)
        if (atoms := _literals_met(read)) and not signature.maps:
            fuller = {v: tuple(sorted({*signature.required.get(v, ()), *xs})) for v, xs in atoms.items()}
            with_atoms = replace(signature, required={**signature.required, **fuller})
            again = _told(read, sign, with_atoms, seed, premise, premise.kinds, MORE * worlds)
            if again[-1].differ:
                never = ", ".join(f"P({v.upper()} = {x}) = 0" for v, xs in sorted(atoms.items()) for x in sorted(xs))
                return _supported(read, premise, found, agreed, never)
        return _supported(read, premise, found, agreed)
    return None


def _ranked_alike(read: Read, signature: Signature, seed: int, premise: Premise) -> bool:
    """Whether both sides rank alike what they are made largest over; true of sides that are no extrema."""
    left, right = read.left, read.right
    if not isinstance(left, Extremum) or not isinstance(right, Extremum) or set(left.over) != set(right.over):
        return True
    return ranked_alike(left, right, signature, seed, premise.parameters, premise.kinds)


def _told(
    read: Read, sign: str, signature: Signature, seed: int, premise: Premise, kinds: tuple[Kind, ...], worlds: int
) -> list[Tally]:
    """What the worlds of some kinds say, up to the first kind in which the sides differ."""
    found: list[Tally] = []
    for tally in tallies(read.left, sign, read.right, signature, seed, premise.parameters, kinds, worlds):
        found.append(tally)
        if tally.differ:
            break
    return found


def signature_of(
    read: Read, independent: tuple[tuple[str, ...], ...] = (), given: tuple[str, ...] = ()
) -> Signature:  # fmt: skip
    """What the worlds of a reading interpret."""
    return Signature(
        read.laws, read.names, read.counted, read.events, independent, given, whole=read.whole,
        codomains=read.codomains, required=read.required, moved=read.moved, bounds=read.bounds,
    )  # fmt: skip


def could_have_failed(found: Sequence[Tally], read: Read, sign: str, signature: Signature, seed: int) -> bool:
    if not _is_constant(found):
        return True
    return sign == "=" and says_something(read.left, sign, read.right, signature, seed)


def _is_constant(found: Sequence[Tally]) -> bool:
    return len(frozenset().union(*(t.values for t in found))) <= 1


def _has_number(read: Read) -> bool:
    """Whether a side is a bare number, so that the other is meant to be the same in every world."""
    return isinstance(read.left, Number) or isinstance(read.right, Number)


def numbers_met(read: Read) -> dict[str, str]:
    """The free numbers that a variable is compared with, by which of two events may also occur where they are equal."""
    met: dict[str, str] = {}
    for part in (p for side in (read.left, read.right) for p in parts(side)):
        if not isinstance(part, Probability):
            continue
        variables = {bound.name: bound.variable for bound in part.over}
        for event in (p for p in parts(part) if isinstance(p, Compare)):
            for one, other in ((event.left, event.right), (event.right, event.left)):
                if not isinstance(one, Value) or not isinstance(other, Value) or one.name not in variables:
                    continue
                if other.name not in {*variables, *read.names}:
                    met[other.name] = variables[one.name]
    return met


def _literals_met(read: Read) -> dict[str, set[Fraction]]:
    """The numbers that a variable is said to lie above or below, at which there may be an atom: 0 of X > 0."""
    met: dict[str, set[Fraction]] = {}
    for part in (p for side in (read.left, read.right) for p in parts(side)):
        if not isinstance(part, Probability):
            continue
        variables = {bound.name: bound.variable for bound in part.over}
        for event in (p for p in parts(part) if isinstance(p, Compare) and p.sign not in ("=", "≠")):
            for one, other in ((event.left, event.right), (event.right, event.left)):
                if isinstance(one, Value) and isinstance(other, Number) and one.name in variables:
                    met.setdefault(variables[one.name], set()).add(other.value)
    return met


def _supported(
    read: Read, premise: Premise, found: Sequence[Tally], agreed: int, also: str | None = None
) -> Found:  # fmt: skip
    condition = premise.condition if also is None else "; ".join(filter(None, (premise.condition, also)))
    if read.condition is not None:
        condition = read.condition if condition is None else f"{read.condition}; {condition}"
    detail = f"{agreed} random worlds of {len(found)} kinds: every law a table, every function and number at random"
    by = Agreement("worlds", agreed, 38, detail)
    return Found(decide([Tried(condition, (by,))]), _assumed(read, premise), True)


def _assumed(read: Read, premise: Premise) -> tuple[str, ...]:
    out = []
    if loose := read.unknown - premise.bent.keys():
        out.append(f"{len(loose)} {ANYTHING}")
    if read.counted:
        out.append("sums run over all values")
    return tuple(out)


def _premises(read: Read, sign: str, page: PageLaws, kinds: tuple[Kind, ...]) -> list[Premise]:
    """What may be taken for granted, weakest first: what every reader takes for granted, or the document mentions."""
    if read.positive:
        kinds = tuple(k for k in kinds if k.positive)
    possible = tuple(k for k in kinds if k is not ZEROS)
    out = [Premise(None, kinds)]
    if sign not in ("<", ">"):
        out.append(Premise("every outcome is possible", possible))
    if page.discrete and not read.positive:
        masses = tuple(k for k in possible if not k.weighted)
        out.append(Premise("the variables are discrete", masses))
    if _has_parameters(read):
        if page.unit:
            out.append(Premise("the numbers are between 0 and 1", kinds, UNIT))
        if page.positive:
            out.append(Premise("the numbers are positive", kinds, ABOVE_ZERO))
    if page.positive and not read.positive:
        chosen = tuple(k for k in kinds if k.positive)
        if len(chosen) > 2:
            out.append(Premise("the values and the numbers are positive", chosen, ABOVE_ZERO))
    if page.factorised and max((len(vs) for vs in read.laws.values()), default=0) > 2 and written_factors(read):
        out.append(Premise("the laws factorise as they are written", possible, factorised=True))
    bent = {name: kind for name, kind in page.bent.items() if name in read.unknown}
    if bent:
        said = ", ".join(f"{name} is {'convex' if kind > 0 else 'concave'}" for name, kind in sorted(bent.items()))
        out.append(Premise(said, kinds, bent=bent))
    for assumed in page.assumed:
        about = {v for block in assumed.blocks for v in block} | set(assumed.given)
        itself = (assumed.left, assumed.right) in ((read.left, read.right), (read.right, read.left))
        if about <= read.variables and not itself:
            out.append(Premise(str(assumed), possible, ANY, assumed.blocks, assumed.given))
    for vs, given in _independences(read, page):
        out.append(Premise(_said(vs, given), possible, ANY, tuple((v,) for v in vs), given))
    return out


def _said(variables: tuple[str, ...], given: tuple[str, ...]) -> str:
    return f"{', '.join(variables)} are independent" + (f" given {', '.join(given)}" if given else "")


def _independences(read: Read, page: PageLaws) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What the document may mean by independent: some variables given those that the relation conditions on, or all."""
    if not page.independent:
        return []
    bases = {name.partition("_")[0] for name in page.names}
    named = sorted(v for v in read.variables if not page.names or v.partition("_")[0] in bases)
    conditions = {
        tuple(sorted(p.variable for p in d.given))
        for side in (read.left, read.right) for d in parts(side) if isinstance(d, Density) and len(d.at) > 1 and d.given
    }  # fmt: skip
    out = []
    for given in sorted(conditions):
        rest = tuple(v for v in sorted(read.variables) if v not in given)
        if len(rest) > 1:
            out.append((rest, given))
    if not conditions and len(named) > 1:
        out.append((tuple(named), ()))
    return out


def _has_parameters(read: Read) -> bool:
    return any(
        isinstance(p, Value) and p.name not in read.names and not p.name.endswith("°")
        for side in (read.left, read.right)
        for p in parts(side)
    )


def _small_enough(read: Read) -> tuple[Kind, ...]:
    """The kinds of worlds whose tables are small enough."""
    most = max((len(vs) for vs in read.laws.values()), default=1)
    small = tuple(k for k in KINDS if k.size**most <= MOST_OUTCOMES)
    return small if len(small) >= 4 else ()


__all__ = ["Sentence", "judge_abstract", "signature_of", "speaks_of_laws"]
