"""Posteriors up to a factor: p(θ | D) ∝ … where the text gives the likelihood and the prior, as formulas or as laws.

By Bayes' rule the posterior is a multiple of their product, as a function of what it is the posterior of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from claims.records import Record, replace
from claims.verdict import Proved, Refuted, Supported
from errata.checking.context import At, State, roots_of
from errata.checking.families.likelihoods import models_of
from errata.checking.families.spelled import spelled_out
from errata.checking.judgement import Judged
from errata.checking.proportional import of_formulas
from errata.reading.families.models import Asked, asked, letter_of
from errata.reading.parser import parse
from errata.reading.relations import Pair, stated
from errata.reading.sentences.heads import speaks_of_laws
from errata.reading.tree import Call, Gap, Node
from errata.reading.unparse import to_latex

MOST_TRIED = 2
"""Likelihoods and priors that are tried, the latest first."""


class _Given(Record):
    """A density as a formula, and the line that gives it."""

    body: Node
    line: int


def judge_posterior(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The judgement on p(a | b) ∝ …; None where the text doesn't give p(b | a) and p(a), or nothing is settled."""
    head = asked(pair.left)
    explicit = spelled_out(pair.right)
    if pair.relation.sign != "∝" or head is None or not head.given or isinstance(pair.right, Gap):
        return None
    if speaks_of_laws(explicit):
        return None
    found: Judged | None = None
    place = at.formula.offset(at.chain.chain.start)
    priors = list(_densities(state, place, lambda one: _is_prior(one, head)))[:MOST_TRIED]
    for likelihood in list(_densities(state, place, lambda one: _is_likelihood(one, head)))[:MOST_TRIED]:
        for prior in priors:
            product = parse(
                rf"\left( {to_latex(likelihood.body)} \right) \cdot \left( {to_latex(prior.body)} \right)"
            ).statements[0]
            where = (f"the factor may depend on anything but {to_latex(head.point)}",)
            posed = replace(pair, left=product, right=explicit)
            try:
                one = of_formulas(state, at, judged, posed, (head.point,), where)
            except ValueError:  # of SymPy, which may find its own assumptions inconsistent
                one = None
            if one is None:
                return None
            lines = sorted({likelihood.line, prior.line})
            said = f"given what line{'s' * (len(lines) > 1)} {', '.join(map(str, lines))} say{'s' * (len(lines) == 1)}"
            if isinstance(one.verdict, Supported | Proved):
                return replace(one, verdict=Supported(tuple(one.verdict.by), said))
            found = found or replace(one, where=(*one.where, said))
    return found if found is not None and isinstance(found.verdict, Refuted) else None


def _is_prior(one: Asked, head: Asked) -> bool:
    return one.letter == head.letter and not one.given and letter_of(one.point) == letter_of(head.point)


def _is_likelihood(one: Asked, head: Asked) -> bool:
    """Whether p(y | x, θ) is the likelihood of p(θ | x, y): what both are given is the same."""
    own, given, point = letter_of(head.point), _names(head.given), letter_of(one.point)
    mine = _names(one.given)
    return one.letter == head.letter and own in mine and point in given and mine - {own} == given - {point}


def _names(nodes: tuple[Node, ...]) -> set[str]:
    return {letter_of(n) for n in nodes}


def _densities(state: State, place: int, is_one: Callable[[Asked], bool]) -> Iterator[_Given]:
    """The formulas that the text before a place gives for a density, the latest first."""
    found: list[tuple[int, Node]] = []
    for formula, root in zip(state.document.formulas, roots_of(state), strict=True):
        for chain in stated(root):
            here = formula.offset(chain.chain.start)
            first, relation, second = chain.chain.items[0], chain.chain.relations[0], chain.chain.items[1]
            one = asked(first)
            if here >= place or one is None or not is_one(one) or relation.sign not in ("∝", "=", "≡"):
                continue
            body = spelled_out(second)
            if not speaks_of_laws(body) and not isinstance(body, Gap):
                found.append((here, body))
    for model in models_of(state):
        call = parse(rf"p({to_latex(model.point)})").statements[0]
        assert isinstance(call, Call)
        one = Asked(call, model.letter or "p", model.point, model.given)
        if model.place < place and is_one(one):
            law = rf"{to_latex(model.head)}({to_latex(model.point)}; {', '.join(map(to_latex, model.arguments))})"
            body = spelled_out(parse(law).statements[0])
            if not speaks_of_laws(body):
                found.append((model.place, body))
    for here, body in sorted(found, key=lambda f: -f[0]):
        yield _Given(body, state.document.place(here).line)
