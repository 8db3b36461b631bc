"""An instance of a derived claim: its letters stand for other expressions, which must lie where the letters do."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from claims.claim import Lemma, Relation
from claims.domains import Domain, Integer, symbol_of
from derivations.extrema import lies_in
from derivations.order import is_never_negative, lies_as_mean


def gap_of_lemma(lemma: Lemma) -> sp.Expr:
    """What the lemma says is zero, left − right, or for an inequality is never negative, greater − lesser; weighted."""
    claim = lemma.derivation.claim
    left, right = (side.subs(dict(lemma.at), simultaneous=True) for side in (claim.left, claim.right))
    return lemma.weight * (right - left if claim.relation is Relation.LE else left - right)


def fits(lemma: Lemma, relation: Relation, domains: Mapping[str, Domain]) -> bool:
    """Whether a step of ``relation`` may use the lemma: an equality equalities alone, and each letter has its place.

    Letters alone stand for something else, and no letter for what a sum or an integral in the claim binds.
    """
    claim, at = lemma.derivation.claim, dict(lemma.at)
    if not set(at) <= {symbol_of(v) for v in claim.where} or _is_caught(lemma):
        return False
    equal = claim.relation is Relation.EQ
    if relation is Relation.EQ and not equal:
        return False
    if not equal and not is_never_negative(lemma.weight, domains):
        return False
    free = {s.name for side in (claim.left, claim.right) for s in side.free_symbols}
    used = [(v, at.get(symbol_of(v), symbol_of(v))) for v in claim.where if v.name in free]
    return all(_lies(value, v.domain, domains) for v, value in used)


def _is_caught(lemma: Lemma) -> bool:
    """Whether what a letter stands for speaks of a letter that a sum, an integral or the like in the claim binds."""
    claim = lemma.derivation.claim
    bound = {s for side in (claim.left, claim.right) for s in side.atoms(sp.Symbol) - side.free_symbols}
    return any(not bound.isdisjoint(value.free_symbols) for _, value in lemma.at)


def _lies(value: sp.Expr, domain: Domain, domains: Mapping[str, Domain]) -> bool:
    if isinstance(value, sp.Symbol) and domains.get(value.name) == domain:
        return True
    if isinstance(domain, Integer):
        low = domain.least is None or bool((value - domain.least).is_nonnegative)
        return bool(value.is_integer) and low and (domain.most is None or bool((domain.most - value).is_nonnegative))
    return lies_in(value, domain, domains) or lies_as_mean(value, domain, domains)
