"""Relations up to a factor: p(θ | y) ∝ p(y | θ) p(θ), and steps such as exp(−(x − m)²/2) ∝ exp(m x − x²/2).

The factor may depend on everything but the variables of the law at the head of the chain. Between laws, both sides are
normalised over them and compared in random worlds; between formulas, the slopes of their logarithms are compared.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.evidence import Agreement
from claims.records import replace
from claims.verdict import Proved, Refuted, Repair, Supported, Tried, Undecided, decide
from errata.checking.abstract import judge_abstract
from errata.checking.algebra import judge_identity
from errata.checking.context import At, State, span_of
from errata.checking.exponents import proportional_exponentials
from errata.checking.facts import facts_about, ways_to_put_in
from errata.checking.families.ruling import supposes
from errata.checking.families.spelled import spelled_out
from errata.checking.judgement import Judged, Kind
from errata.checking.law_repairs import near_miss
from errata.checking.page_laws import PageLaws
from errata.checking.refutable import around
from errata.checking.repairs import SLIPS
from errata.checking.slips import Slip, rewritten, slips
from errata.reading.generic import free_names
from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.relations import Pair
from errata.reading.sentences.heads import speaks_of_laws
from errata.reading.substitution import unfolded
from errata.reading.tree import (
    Bar,
    Big,
    Call,
    Chain,
    Fence,
    Function,
    Gap,
    Node,
    Num,
    Phrase,
    Relation,
    Script,
    Sym,
    Terms,
    walk,
)
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered

MOST_SLIPS = 40
OTHER, OTHER_LATEX = "ξ", "xi"
"""The letter that a variable is given where numbers mark other quantities of its name."""
_SIZES = "N M K R Q".split()
"""Names for how many members a vector has, where the notes don't name it: the first that is free."""
_SIGNS = (r"\sum", r"\prod")
_EQUALS = Relation(0, 0, "=", "=")
_CONSTANT = re.compile(r"const(?:ant)?\.?$", re.I)


def judge_proportional(state: State, at: At, judged: Judged, pair: Pair, laws: PageLaws) -> Judged | None:
    """The judgement on ``left ∝ right``, or on an equation up to a constant; None where nothing is settled."""
    if isinstance(pair.left, Gap) or isinstance(pair.right, Gap):
        return None
    variables = variables_of(at.chain.chain.items[0])
    if not variables:
        return None
    if pair.relation.sign != "∝":
        established = _up_to_established(state, at, judged, pair, variables)
        if established is not None:
            return established
        pair = _raised(pair)
    names = ", ".join(to_latex(v) for v in variables)
    where = (f"the factor may depend on anything but {names}",)
    spoken = [speaks_of_laws(side) for side in (pair.left, pair.right)]
    if all(spoken):
        return _of_laws(state, at, judged, pair, variables, laws, where)
    if any(spoken) or pair.position == 0:
        return _of_established(state, at, judged, pair)  # else a law that is given up to its normaliser
    found = of_formulas(state, at, judged, pair, variables, where)
    vectors = proportional_exponentials(pair, variables, state.options.seed) if found is None else None
    if vectors is None:
        return found
    return replace(judged, kind=Kind.CLAIM, verdict=vectors.verdict, where=(*vectors.where, *where))


def up_to_a_constant(pair: Pair) -> bool:
    """Whether an equation has "+ const" on a side."""
    return pair.relation.sign in ("=", "≡") and any(
        without_constant(side) is not side for side in (pair.left, pair.right)
    )


def _up_to_established(state: State, at: At, judged: Judged, pair: Pair, variables: Sequence[Node]) -> Judged | None:
    """The support of log p(θ) = … + const by what the document has established of p(θ)."""
    plain = replace(pair, left=without_constant(pair.left), right=without_constant(pair.right))
    plain = _without_the_same(plain)
    for put_in, condition in ways_to_put_in(plain, state.facts):
        bare = replace(put_in, left=_without_constants(put_in.left), right=_without_constants(put_in.right))
        bare = _without_the_same(bare)
        if any(speaks_of_laws(side) for side in (bare.left, bare.right)):
            continue
        by = [_member(v, bare) for v in variables]
        where = (f"the constant may depend on anything but {', '.join(map(to_latex, variables))}",)
        names = {n.name for side in (bare.left, bare.right) for n in walk(side) if isinstance(n, Sym)}
        size = next(name for name in _SIZES if name not in names or name == _SIZES[-1])
        bare = replace(bare, left=with_ranges(bare.left, size), right=with_ranges(bare.right, size))
        found = of_formulas(state, at, judged, _raised(bare), by, where)
        if found is not None and isinstance(found.verdict, Supported | Proved):
            return replace(found, verdict=Supported(tuple(found.verdict.by), condition))
    return None


def with_ranges(node: Node, size: str) -> Node:
    """A tree whose sums over j alone run from 1 to one size, whatever it is."""
    for big in [n for n in walk(node) if isinstance(n, Big) and isinstance(n.head, Script)]:
        head = big.head
        if isinstance(head, Script) and isinstance(head.sub, Sym) and head.sup is None and key(head.base) in _SIGNS:
            first = Chain(big.start, big.start, (head.sub, Num(big.start, big.start, "1")), (_EQUALS,))
            last = Sym(big.start, big.start, size, latex=size)
            node = rewritten(node, head, replace(head, sub=first, sup=last))
    return node


def _without_the_same(pair: Pair) -> Pair:
    """A relation without the terms that both sides have, as long as each of them keeps one."""
    left, right = pair.left, pair.right
    if not isinstance(left, Terms) or not isinstance(right, Terms):
        return pair
    mine, theirs = (
        [(sign.replace("+", "") or "+", item) for sign, item in zip(side.signs, side.items, strict=True)]
        for side in (left, right)
    )
    for term in list(mine):
        other = next((t for t in theirs if t[0] == term[0] and key(t[1]) == key(term[1])), None)
        if other is not None and len(mine) > 1 and len(theirs) > 1:
            mine.remove(term)
            theirs.remove(other)
    return replace(pair, left=_sum_of(left, mine), right=_sum_of(right, theirs))


def _sum_of(terms: Terms, items: Sequence[tuple[str, Node]]) -> Node:
    signs = tuple("" if n == 0 and sign == "+" else sign for n, (sign, _) in enumerate(items))
    kept = replace(terms, signs=signs, items=tuple(item for _, item in items))
    return kept.items[0] if len(items) == 1 and not signs[0] else kept


def _without_constants(node: Node) -> Node:
    """A tree without the constants that stand in any of its sums."""
    for terms in [n for n in walk(node) if isinstance(n, Terms)]:
        if (bare := without_constant(terms)) is not terms:
            node = rewritten(node, terms, bare)
    return node


def _member(variable: Node, pair: Pair) -> Node:
    """A member of a vector that stands in a relation by its members: θ_1 for θ beside θ_j; else the variable itself."""
    letter = variable.name if isinstance(variable, Sym) else None
    for node in (n for side in (pair.left, pair.right) for n in walk(side)):
        if not isinstance(node, Script) or not isinstance(node.base, Sym) or node.base.name != letter:
            continue
        if isinstance(node.sub, Sym) and node.sup is None:
            return replace(node, sub=Num(node.sub.start, node.sub.end, "1"))
    return variable


def _raised(pair: Pair) -> Pair:
    """a = b + const as e^a ∝ e^b."""
    left, right = (
        parse(rf"\exp \left( {to_latex(without_constant(side))} \right)").statements[0]
        for side in (pair.left, pair.right)
    )
    return replace(pair, left=left, right=right)


def without_constant(side: Node) -> Node:
    """A sum without what is called a constant; the side itself where there is none."""
    if not isinstance(side, Terms):
        return side
    kept = [i for i, item in enumerate(side.items) if not (isinstance(item, Sym) and _CONSTANT.match(item.name))]
    if len(kept) in (0, len(side.items)):
        return side
    return replace(side, items=tuple(side.items[i] for i in kept), signs=tuple(side.signs[i] for i in kept))


def variables_of(head: Node) -> tuple[Node, ...]:
    """θ of p(θ | y) and of log p(θ | y), x and y of f(x, y); none of anything else."""
    if isinstance(head, Function) and isinstance(head.head, Sym) and head.head.name in ("log", "ln"):
        head = head.argument
    if not isinstance(head, Call) or not isinstance(head.fence, Fence) or head.fence.body is None:
        return ()
    body = head.fence.body
    inner = body.left if isinstance(body, Bar) else body
    parts = inner.items if isinstance(inner, Phrase) else (inner,)
    return tuple(parts) if all(is_name(part) for part in parts) else ()


def given_in(head: Node) -> tuple[Node, ...]:
    """The names after the bar of p(y | θ): a likelihood is a function of them, too."""
    body = head.fence.body if isinstance(head, Call) and isinstance(head.fence, Fence) else None
    right = body.right if isinstance(body, Bar) else None
    parts = right.items if isinstance(right, Phrase) else () if right is None else (right,)
    return tuple(parts) if all(is_name(part) for part in parts) else ()


def _equation(pair: Pair, left: Node, right: Node) -> Pair:
    return replace(pair, left=left, right=right, relation=replace(pair.relation, sign="=", latex="="))


def _normalised(side: Node, variables: Sequence[Node]) -> Node:
    """f/Σ f, the sum over all values of the variables."""
    text = to_latex(side)
    sums = " ".join(rf"\sum_{{{to_latex(v)}}}" for v in variables)
    return parse(rf"\frac{{{text}}}{{{sums} \left( {text} \right)}}").statements[0]


def _by_another_name(pair: Pair, variable: Node) -> tuple[Node, Node, Node]:
    """Both sides and their variable, with another name for it where numbers mark other quantities: μ beside μ_0."""
    scripts = [n for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Script) and n.sub is not None]
    beside = [n.sub for n in scripts if isinstance(n.base, Sym) and key(n.base) == key(variable)]
    names = {n.name for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Sym)}
    if not isinstance(variable, Sym) or not beside or not all(isinstance(s, Num) for s in beside) or OTHER in names:
        return pair.left, pair.right, variable
    other = replace(variable, name=OTHER, font="", latex=rf"\{OTHER_LATEX}")
    left, right = (unfolded(side, {key(variable): other}) for side in (pair.left, pair.right))
    return left, right, other


def _slope(side: Node, variable: Node) -> Node:
    return parse(
        rf"\frac{{\partial}}{{\partial {to_latex(variable)}}} \log \left( {to_latex(side)} \right)"
    ).statements[0]


def _of_laws(
    state: State,
    at: At,
    judged: Judged,
    pair: Pair,
    variables: Sequence[Node],
    laws: PageLaws,
    where: tuple[str, ...],
) -> Judged | None:
    """Both sides normalised over the variables, in random worlds."""

    def normalised(one: Pair) -> Pair:
        return _equation(one, *(_normalised(side, variables) for side in (one.left, one.right)))

    found = judge_abstract(normalised(pair), laws, state.options.seed)
    if found is not None and isinstance(found.verdict, Supported):
        return replace(judged, kind=Kind.CLAIM, verdict=found.verdict, where=(*found.where, *where))
    if found is None or supposes(at):
        return None
    near = near_miss(pair, laws, around(state.document, at.formula), state.options.seed, normalised)
    if near is None:
        return None
    refuted, mended = near
    return replace(
        judged, kind=Kind.CLAIM, verdict=refuted.verdict, where=where, rule="E313", message=refuted.message,
        focus=span_of(at.formula, mended.start, mended.end), label=f"{SLIPS[mended.repair.slip]} (right side)",
    )  # fmt: skip


def _of_established(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The support of p(y | θ) ∝ … by what the document has established for p(y | θ), as a function of y or of θ."""
    if not isinstance(pair.left, Call):
        return None
    for fact in facts_about(pair.left, state.facts):
        for body in (spelled_out(member) for member in fact.members):
            for variables in (variables_of(pair.left), given_in(pair.left)):
                if not variables or speaks_of_laws(body):
                    continue
                where = (f"the factor may depend on anything but {', '.join(map(to_latex, variables))}",)
                found = of_formulas(state, at, judged, replace(pair, left=body), variables, where)
                if found is not None and isinstance(found.verdict, Supported | Proved):
                    condition = f"{'given what' if fact.said else 'with what'} line {fact.line} "
                    condition += "says" if fact.said else "established"
                    return replace(found, verdict=Supported(tuple(found.verdict.by), condition))
    return None


def of_formulas(
    state: State, at: At, judged: Judged, pair: Pair, variables: Sequence[Node], where: tuple[str, ...]
) -> Judged | None:
    """The slopes of both logarithms by each variable."""
    failed = None
    points = 0
    for variable in variables:
        left, right, name = _by_another_name(pair, variable)
        try:
            found = judge_identity(_equation(pair, _slope(left, name), _slope(right, name)), {}, state.options.seed)
        except (Unlowered, RecursionError):
            return None
        if isinstance(found.verdict, Undecided):
            return None
        failed = failed or (found if isinstance(found.verdict, Refuted) else None)
        points += 8
    if failed is None:
        by = Agreement("points", points, 38, "the slopes of both logarithms agree at random points")
        return replace(judged, kind=Kind.CLAIM, verdict=decide([Tried(None, (by,))]), where=where)
    lost_only = free_names(pair.right) <= free_names(pair.left)
    if not failed.known or not lost_only or supposes(at) or not isinstance(failed.verdict, Refuted):
        return None
    mended = _mended(pair, variables, state.options.seed)
    if mended is None:
        return None
    verdict = replace(failed.verdict, repair=Repair(to_latex(mended.node), mended.kind))
    message = f"they are no multiples of each other: for the slopes of their logarithms, {failed.message}"
    return replace(
        judged, kind=Kind.CLAIM, verdict=verdict, where=where, rule="E311", message=message,
        focus=span_of(at.formula, mended.start, mended.end), label=f"{SLIPS[mended.kind]} (right side)",
    )  # fmt: skip


def _mended(pair: Pair, variables: Sequence[Node], seed: int) -> Slip | None:
    """The slip of the right side whose undoing makes both sides multiples of each other."""
    for number, slip in enumerate(slips(pair.right)):
        if number == MOST_SLIPS:
            return None
        if key(slip.node) == key(pair.left):
            continue
        try:
            every = [
                judge_identity(_equation(pair, _slope(pair.left, v), _slope(slip.node, v)), {}, seed).verdict
                for v in variables
            ]
        except (Unlowered, RecursionError):
            continue
        if all(isinstance(verdict, Supported | Proved) for verdict in every):
            return slip
    return None
