"""Where the judges of single kinds of relations are silent: what the known results say of a relation.

A relation that is left undecided, or that was taken for a definition, is held against the results that the words
around it point to (``errata.judging.known_results``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from claims.evidence import Agreement, Counterexample
from claims.records import replace
from claims.verdict import NotAClaim, NotAClaimKind, Proved, Refuted, Repair, Supported, Undecided
from errata.checking.context import At, State, root_of, span_of
from errata.checking.excuses import said_otherwise
from errata.checking.judgement import Judged, Kind
from errata.checking.wide_slashes import ANY_PRODUCT, with_narrow_slashes, with_wide_slashes
from errata.judging.assertion import Assertion
from errata.judging.matching import renamed
from errata.judging.powers_of_means import power_inside
from errata.meaning.elaborate import elaborate, notations
from errata.meaning.indices import with_labels
from errata.meaning.printing import latex_of, to_latex
from errata.meaning.results.catalogue import RESULTS
from errata.meaning.results.forms import TURNED
from errata.meaning.results.naming import Naming, named, sentence_of
from errata.meaning.results.result import Result
from errata.meaning.terms import Ref, Term, heads, mapped, size
from errata.meaning.terms import walk as walk_terms
from errata.meaning.unelaborated import Unelaborated
from errata.page.surroundings import Surroundings, surroundings
from errata.reading.document import Formula, Span
from errata.reading.gloss import glossed
from errata.reading.relations import Pair, Stated, stated
from errata.reading.substitution import rebuilt
from errata.reading.tree import Accent, Call, Chain, Gap, Lines, Node, Sym, walk
from errata.reading.unparse import to_latex as to_latex_of

if TYPE_CHECKING:
    from errata.judging.known_results import Match
    from errata.worlds.operations import Value

RULE = "E318"
REACH = 200
"""Characters before a formula whose words may say what it is for."""
LARGE = 12
"""How large a side must be to be held against results that nothing names."""
ROUTE = "known result"
SCALARS = frozenset({"real", "positive", "unit", "natural"})
"""Kinds of symbols that are numbers."""
_OPEN = frozenset({NotAClaimKind.DEFINITION, NotAClaimKind.GIVEN, NotAClaimKind.EQUATION_TO_SOLVE})
_SIGNS = {":=": "=", "≡": "=", "≜": "=", "≐": "="}
_LATEX = {"≤": r"\le", "≥": r"\ge", "<": "<", ">": ">"}
UPDATE = "←"
_LETS = re.compile(r"\b(?:let|where|set|put|call)\b(?:[^.;:!?\n$]|\$[^$]*\$|\.\d)*[$\s(]*\Z", re.I)
"""Words that give a letter its meaning, with what stands between them and a formula."""
_KNOWN = frozenset({"=", "∝", "≈", UPDATE, *TURNED})


def with_known_results(state: State, index: int, judged: Sequence[Judged], root: Lines) -> list[Judged]:
    """The judgements of a formula, those that are open decided by a known result where one decides them."""
    if not any(_is_open(j) or _may_be_update(j) for j in judged):
        return list(judged)
    formula = state.document.formulas[index]
    chains: dict[Span, tuple[Pair, tuple[Pair, ...]]] = {}
    chain_of: dict[Span, Stated] = {}
    for chain in stated(root):
        pairs = chain.pairs()
        for p in pairs:
            span = span_of(formula, p.left.start if not isinstance(p.left, Gap) else p.relation.start, p.right.end)
            chains[span], chain_of[span] = (p, pairs), chain
    around: Surroundings | None = None
    results: dict[Result, Naming] = {}
    out: list[Judged] = []
    for j in judged:
        if j.span not in chains:
            out.append(j)
            continue
        pair, pairs = chains[j.span]
        if not (_is_open(j) or (_may_be_update(j) and pair.relation.sign == UPDATE)):
            out.append(j)
            continue
        if _SIGNS.get(pair.relation.sign, pair.relation.sign) not in _KNOWN:
            out.append(j)
            continue
        if around is None:
            around = surroundings(state.document, index, partial(root_of, state), first_name, all_names, labelled_names)
            sentence = sentence_of(state.document.text, formula.span.start, formula.span.end)
            results = named(RESULTS, around.text, sentence)
        introduced = not pair.position and _is_introduced(state.document.text, formula, pair)
        readings = list(_readings(pair, pairs, around, introduced))
        found = _held_against(results, readings, j, pair, formula)
        if found is not j and isinstance(found.verdict, Supported) and not _is_held_to(pair, pairs, chains, out):
            own = list(_readings(replace(pair, position=0), pairs, around, introduced))
            found = _held_against(results, own, j, pair, formula)  # the head of the chain is no side of this link
            found = found if isinstance(found.verdict, Supported) else j
        out.append(found if found is j or _is_excused(state, index, chain_of[j.span], pair, found) is None else j)
    return out


def _is_held_to(
    pair: Pair, pairs: Sequence[Pair], chains: Mapping[Span, tuple[Pair, tuple[Pair, ...]]], judged: Sequence[Judged]
) -> bool:
    """Whether all links before this one of its chain hold, so that what holds of the head holds of its left side."""
    before = {id(p) for p in pairs[: pair.position]}
    held = [j for j in judged if j.span in chains and id(chains[j.span][0]) in before]
    return len(held) == len(before) and all(
        isinstance(j.verdict, Proved) or (isinstance(j.verdict, Supported) and j.verdict.holds_if is None) for j in held
    )


def _is_excused(state: State, index: int, chain: Stated, pair: Pair, found: Judged) -> str | None:
    """Why a refuted relation may be meant all the same by what is said of it: a condition, a case, a question."""
    if not isinstance(found.verdict, Refuted):
        return None
    formula = state.document.formulas[index]
    prose = glossed(state.document.text[max(0, formula.span.start - REACH) : formula.span.start])
    at = At(index, formula, chain.of(pair), None, prose, None)
    return said_otherwise(state, at, pair)


def _held_against(
    results: Mapping[Result, Naming], readings: Sequence[Assertion], judged: Judged, pair: Pair, formula: Formula
) -> Judged:
    if not results and not any(size(r.right) >= LARGE for r in readings):
        return judged
    from errata.judging.known_results import BY_FORM, alike, match  # numpy, which many pages do without

    by_form = {r: BY_FORM for r in alike(readings, RESULTS) if r not in results}
    found = match(readings, {**results, **by_form})
    return judged if found is None else _judged(judged, found, pair, formula, readings)


def _is_open(judged: Judged) -> bool:
    if judged.rule is not None or judged.waived:
        return False
    verdict = judged.verdict
    return isinstance(verdict, Undecided) or (isinstance(verdict, NotAClaim) and verdict.kind in _OPEN)


def _may_be_update(judged: Judged) -> bool:
    """Whether a relation may put a new value in the place of an old one, which a known result may say."""
    verdict = judged.verdict
    is_free = judged.rule is None and not judged.waived
    return is_free and isinstance(verdict, NotAClaim) and verdict.kind is NotAClaimKind.OTHER


@lru_cache(maxsize=2048)
def first_name(root: Lines) -> str | None:
    """The head of the symbol that a formula is, or that its first relation explains."""
    if len(root.statements) != 1:
        return None
    node: Node = root.statements[0]
    node = node.items[0] if isinstance(node, Chain) else node
    if isinstance(node, Gap):
        return None
    try:
        term = elaborate(node, next(notations(root)))
    except Unelaborated:
        return None
    return term.head if isinstance(term, Ref) else None


@lru_cache(maxsize=2048)
def labelled_names(root: Lines) -> tuple[str, ...]:
    """The symbol that a formula opens with, by its name with the labels that it bears: p_r; none where it has none."""
    node: Node | None = root.statements[0] if len(root.statements) == 1 else None
    node = node.items[0] if isinstance(node, Chain) else node
    if node is None or isinstance(node, Gap):
        return ()
    try:
        (named,) = with_labels(elaborate(node, next(notations(root))))
    except Unelaborated:
        return ()
    return (named.head,) if isinstance(named, Ref) and named.head != first_name(root) else ()


@lru_cache(maxsize=2048)
def all_names(root: Lines) -> frozenset[str]:
    """The heads of the letters in a formula, as far as they can be told without its meaning."""
    found: set[str] = set()
    notation = next(notations(root))
    for node in walk(root):
        if isinstance(node, Sym | Accent):
            try:
                term = elaborate(node, notation)
            except Unelaborated:
                continue
            found |= heads(term)
    return frozenset(found)


def _is_introduced(text: str, formula: Formula, pair: Pair) -> bool:
    """Whether a letter is given its meaning here: "where u(z) = …", "Let f(z) = 1 and g(z) = …"."""
    head = pair.left.head if isinstance(pair.left, Call) else pair.left
    if not isinstance(head, Sym) or len(head.name) > 1:
        return False
    before = glossed(text[max(0, formula.span.start - REACH) : formula.span.start])
    return _LETS.search(before) is not None


def _readings(
    pair: Pair, pairs: Sequence[Pair], around: Surroundings, introduced: bool = False
) -> Iterator[Assertion]:  # fmt: skip
    """The terms of a pair, and of the head of its chain beside its right side, under each notation."""
    sign = _SIGNS.get(pair.relation.sign, pair.relation.sign)
    squeezed = re.sub(r"[\s{}\\]", "", around.text.lower())
    heads: list[Node] = [pair.left]
    if pair.position and all(p.relation.sign in ("=", *_SIGNS) for p in pairs[: pair.position]):
        heads.append(pairs[0].left)
    written = [replace(pair, left=head) for head in heads]
    slashes = [
        p for w in written for p in (with_wide_slashes(w, ANY_PRODUCT), *with_narrow_slashes(w)) if p is not None
    ]
    for left, right in (sides for p in (*written, *slashes) for sides in _with_powers_inside(p.left, p.right)):
        if isinstance(left, Gap):
            continue
        for notation in notations(left, right, numbers_number=False):
            try:
                yield Assertion(
                    elaborate(left, notation),
                    sign,
                    elaborate(right, notation),
                    around.said,
                    squeezed,
                    around.mentioned,
                    pair.relation.sign in _SIGNS or introduced,
                )
            except Unelaborated:
                continue


def _with_powers_inside(left: Node, right: Node) -> Iterator[tuple[Node, Node]]:
    """Two sides, and once more with E(x − m)² as the mean of the square, as many write it."""
    yield left, right
    inside = rebuilt(left, power_inside), rebuilt(right, power_inside)
    if inside != (left, right):
        yield inside


def _judged(judged: Judged, found: Match, pair: Pair, formula: Formula, readings: Sequence[Assertion]) -> Judged:
    result = found.result
    back = {ours: theirs for theirs, ours in found.names.items()}
    name = result.name.replace("_", " ")
    symbols = tuple(
        f"{latex_of(theirs)} is {_role(found, ours)} of the known result"
        for theirs, ours in sorted(found.names.items())
        if theirs != ours and _role(found, ours)
    )
    where = (f"the known result “{name}” ({result.source})", *symbols)
    if found.slip is None:
        evidence = Agreement(ROUTE, found.worlds, 6, f"both sides are those of {name}")
        return replace(judged, kind=Kind.CLAIM, verdict=Supported((evidence,)), where=(*judged.where, *where))
    if found.slip.kind == "direction":
        return _turned_round(judged, found, pair, formula, where)
    numbers = {back.get(head, head) for head, sort in found.form.sorts.items() if sort.kind in SCALARS}
    right = to_latex(_with_indices(renamed(found.form.right, back), readings), numbers=numbers)
    witness, undone = _witness(found, back), found.slip.said(back)
    message = f"“{name}” says {to_latex(renamed(found.form.left, back))} {found.form.sign} {right}; here {undone}"
    focus = span_of(formula, pair.right.start, pair.right.end)
    return replace(
        judged, kind=Kind.CLAIM, verdict=Refuted(witness, repair=Repair(right, found.slip.kind)), rule=RULE,
        message=message, focus=focus, label=undone, where=(*judged.where, *where),
    )  # fmt: skip


def _with_indices(term: Term, readings: Sequence[Assertion]) -> Term:
    """A term of a result in the symbols of a page, those with the indices that they never stand without there: the P
    of a gain is P_t where the notes write P_t."""
    used: dict[str, set[tuple[Term, ...]]] = {}
    for reading in readings:
        for part in (p for side in (reading.left, reading.right) for p in walk_terms(side)):
            if isinstance(part, Ref):
                used.setdefault(part.head, set()).add(part.indices)

    def change(part: Term) -> Term:
        always = used.get(part.head, set()) if isinstance(part, Ref) and not part.indices else set()
        return replace(part, indices=next(iter(always))) if isinstance(part, Ref) and len(always) == 1 else part

    return mapped(term, change)


def _turned_round(judged: Judged, found: Match, pair: Pair, formula: Formula, where: tuple[str, ...]) -> Judged:
    """The refutation of an inequality that the known result has the other way round, at a point where it is strict."""
    sign, name = TURNED[pair.relation.sign], found.result.name.replace("_", " ")
    values = [found.left, found.right] if found.form.sign == sign else [found.right, found.left]
    left, right = map(_shown, values)
    said = f"in a random world the left side is {left}, the right side {right}"
    verdict = Refuted(
        Counterexample(ROUTE, (), left, right, said, confirmed=True), repair=Repair(_LATEX[sign], "direction")
    )
    message = f"“{name}” is the other way round: {to_latex_of(pair.left)} {sign} {to_latex_of(pair.right)}"
    return replace(
        judged, kind=Kind.CLAIM, verdict=verdict, rule=RULE, message=message, label=f"the sign is {sign}",
        focus=span_of(formula, pair.relation.start, pair.relation.end), where=(*judged.where, *where),
    )  # fmt: skip


def _witness(found: Match, back: Mapping[str, str]) -> Counterexample:
    """Where the page and the known result are apart: at plain values of the symbols where they are numbers, else in a
    random world."""
    from errata.judging.witnesses import plain_witness  # numpy, as above

    plain = None if found.stated is None else plain_witness(found.form.right, found.stated, found.form.sorts)
    if plain is None:
        left, right = _shown(found.left), _shown(found.right)
        said = f"in a random world the known result gives {left}, the notes give {right}"
        return Counterexample(ROUTE, (), left, right, said, confirmed=True)
    values = tuple((latex_of(back.get(head, head)), str(value)) for head, value in plain.values.items())
    left, right = f"{plain.known:.6g}", f"{plain.stated:.6g}"
    said = f"at {', '.join(f'{n} = {v}' for n, v in values)} the known result gives {left}, the notes give {right}"
    return Counterexample(ROUTE, values, left, right, said, confirmed=True)


def _role(found: Match, slot: str) -> str:
    roles = found.form.roles.get(slot, ())
    return f"the {roles[0]}" if roles else ""


def _shown(value: Value | None) -> str:
    if value is None:
        return "nothing: it has no value there"
    return f"{value:.6g}" if isinstance(value, float | int) else " ".join(str(value).split())
