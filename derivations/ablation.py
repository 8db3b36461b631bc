"""Which rules a link needs: those without which it is not proved.

A link that has lemmas rests on them where they do it with algebra alone. One that needs no rule is proved by algebra,
where it is proved with all of them withheld; else by canonical form, in which one rule stands in for another.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from itertools import pairwise

import sympy as sp

from claims.claim import Derivation, Relation, Step
from claims.domains import Domain, Variable
from claims.grounds import Gibbs, Ground, Jensen, LeastAt, Mean, Modulus, OverTangent, Sign, Tangent, Times, Triangle
from claims.records import Record, replace
from derivations.budget import OutOfTime, within
from derivations.check import BEYOND_SYMPY, is_between, proves
from derivations.lemmas import gap_of_lemma
from derivations.order import gap_of
from derivations.rules import ON_SIDES, Rule, named_in, withheld

SECONDS_WITHOUT = 4.0
"""The budget of a link without a rule; one that takes longer counts as not proved."""


class How(StrEnum):
    """How a link is proved."""

    RULES = "rules"
    CANONICAL = "canonical form"
    ALGEBRA = "algebra"


class Rests(Record):
    """What a link rests on: the rules that it needs, and whether those that its text names are among them."""

    how: How
    needed: tuple[Rule, ...]
    unneeded: tuple[str, ...]
    """The rules that the text names, of which none is needed."""

    @property
    def said(self) -> str:
        return ", ".join(self.needed) if self.needed else self.how.value


def rests(before: sp.Expr, step: Step, where: tuple[Variable, ...]) -> Rests:
    """What a link that is proved rests on."""
    domains = {v.name: v.domain for v in where}
    if step.lemmas and _is_by_lemmas(before, step, domains):
        return Rests(How.RULES, (Rule.LEMMA,), _unneeded(named_in(step.reason), (Rule.LEMMA,)))
    may = [rule for rule in Rule if _acts(before, step, rule)]
    needed = tuple(rule for rule in may if not _is_proved(before, step, domains, (rule,)))
    unneeded = _unneeded(named_in(step.reason), needed)
    if needed:
        return Rests(How.RULES, needed, unneeded)
    by_algebra = _is_proved(before, step, domains, tuple(may))
    return Rests(How.ALGEBRA if by_algebra else How.CANONICAL, (), unneeded)


def _unneeded(claimed: tuple[frozenset[Rule], ...], needed: tuple[Rule, ...]) -> tuple[str, ...]:
    return tuple(" or ".join(sorted(rules)) for rules in claimed if rules.isdisjoint(needed))


def _is_by_lemmas(before: sp.Expr, step: Step, domains: Mapping[str, Domain]) -> bool:
    """Whether the lemmas do it with algebra alone, and algebra does not do it without them."""
    alone = replace(step, lemmas=())
    every = tuple(rule for rule in Rule if rule is not Rule.LEMMA)
    return _is_proved(before, step, domains, every) and not _is_proved(before, alone, domains, every)


def all_rest(derivation: Derivation) -> tuple[Rests, ...]:
    """What each link of a derivation that is proved rests on, from the second step on."""
    where = derivation.claim.where
    return tuple(rests(before.expression, step, where) for before, step in pairwise(derivation.steps))


def rule_of(ground: Ground) -> Rule:
    """The rule that a ground stands for."""
    match ground:
        case Mean(inner, _, _) | Times(_, inner):
            return rule_of(inner)
        case Jensen():
            return Rule.JENSEN
        case Tangent():
            return Rule.TANGENT
        case Gibbs():
            return Rule.GIBBS
        case LeastAt() | OverTangent():
            return Rule.CONVEX
        case Sign() | Modulus() | Triangle():
            return Rule.SIGN


def _acts(before: sp.Expr, step: Step, rule: Rule) -> bool:
    """Whether a rule has something to act on in a link."""
    if rule is Rule.LEMMA:
        return bool(step.lemmas)
    if rule in ON_SIDES:
        return any(withheld(e, rule) != e for e in (before, step.expression, *map(gap_of, step.grounds)))
    return any(rule_of(ground) is rule for ground in step.grounds)


def _is_proved(before: sp.Expr, step: Step, domains: Mapping[str, Domain], without: tuple[Rule, ...]) -> bool:
    """Whether the link is proved while some rules are withheld."""
    found = [gap_of(g) for g in step.grounds if rule_of(g) not in without]
    found += [gap_of_lemma(lemma) for lemma in step.lemmas if Rule.LEMMA not in without]

    def tried() -> bool:
        left, right, *gaps = (_without(e, without) for e in (before, step.expression, *found))
        if step.relation is Relation.EQ:
            return proves(left - sum(gaps), right, domains)
        low, high = (left, right) if step.relation is Relation.LE else (right, left)
        return is_between(low, high, gaps, domains)

    try:
        return within(SECONDS_WITHOUT, tried)
    except (OutOfTime, *BEYOND_SYMPY):
        return False


def _without(e: sp.Expr, rules: tuple[Rule, ...]) -> sp.Expr:
    for rule in rules:
        e = withheld(e, rule)
    return e
