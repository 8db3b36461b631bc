"""Which derivation of the catalogue is behind a verdict under named laws: an entropy or a divergence of theirs.

What was read is matched, never its text: one side must be, node by node, the entropy or divergence of laws whose
parameters are those of the derivation up to the names; of what holds, the other side must be proved to be its closed
form.
Only the pages on such claims are imported, once, and only for a side that one of them speaks of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product

import sympy as sp

from claims.claim import Claim, Relation
from claims.laws import (
    Bernoulli,
    Beta,
    DiscreteUniform,
    Exponential,
    Family,
    Gamma,
    Geometric,
    Laplace,
    LogNormal,
    Poisson,
    StudentT,
    Uniform,
)
from claims.notation import KL, CrossEntropy, Entropy, Normal
from errata.checking.families.trials import Outcome
from numerics.families import moments

SECONDS = 1.0
"""The budget for the proof that a right side is a closed form."""
UNITS = (sp.S.One, sp.log(2), sp.log(10))
"""Nats in a nat, a bit and a decimal digit: a relation that fails was read in each."""
_ASKED: Mapping[type[sp.Basic], Callable[..., sp.Expr]] = {
    Entropy: moments.entropy,
    CrossEntropy: moments.cross_entropy,
    KL: moments.kl,
}
KNOWN: frozenset[tuple[type[sp.Basic], ...]] = frozenset({
    *((Entropy, law) for law in (
        Bernoulli, Beta, DiscreteUniform, Exponential, Gamma, Geometric, Laplace, LogNormal, Normal, StudentT, Uniform
    )),
    (CrossEntropy, Bernoulli, Bernoulli),
    (KL, Bernoulli, Bernoulli),
    (KL, Normal, Normal),
    (KL, Poisson, Poisson),
})  # fmt: skip
"""Of which laws the catalogue has a claim on such a quantity, so that its pages are imported for no others."""
Univariate = Family | Normal
Renaming = dict[sp.Symbol, sp.Expr]
"""What stands for each symbol of the document in the symbols of a derivation."""


def derivation_of(outcomes: Sequence[Outcome], holds: bool) -> str | None:
    """The derivation of what all readings of a relation speak of, if it is the same; ``holds``: whether they agree."""
    names = {_named(found, holds) for found in outcomes}
    return names.pop() if len(names) == 1 else None


def _named(found: Outcome, holds: bool) -> str | None:
    if found.read is None:
        return None
    left, right, laws = found.read
    for asked, stated in ((left, right), (right, left)):
        if not any(part.has(sp.log) for part in asked.atoms(sp.Integral, sp.Sum)):
            continue
        for unit in (sp.S.One,) if holds else UNITS:
            if not _is_known(asked * unit, laws):
                continue
            for claim, renaming in _alike(asked * unit, laws):
                if not holds or _is_closed_form(stated.xreplace(renaming), claim):
                    return claim.name
    return None


def _is_closed_form(stated: sp.Expr, claim: Claim) -> bool:
    """Whether a side in the symbols of a claim is proved to be its right side; one with a mean left in it isn't."""
    if stated.has(sp.Integral, sp.Sum) or not stated.free_symbols <= claim.left.free_symbols:
        return False
    return _is_proved(stated, claim)


def _is_known(left: sp.Expr, laws: Sequence[Univariate]) -> bool:
    """Whether a side is a quantity of the laws on which the catalogue has a claim."""
    asked = ((kind, chosen) for kind in _ASKED for chosen in product(laws, repeat=1 if kind is Entropy else 2))
    return any((kind, *map(type, chosen)) in KNOWN and _ASKED[kind](*chosen) == left for kind, chosen in asked)


def _alike(left: sp.Expr, laws: Sequence[Univariate]) -> Iterator[tuple[Claim, Renaming]]:
    """The claims about the same quantity of the same laws, with what the document's names are in them."""
    for claim in claims_about_laws():
        kind, stated = type(claim.left), claim.left.args
        for chosen in product(laws, repeat=len(stated)):
            if [type(a) for a in chosen] != [type(a) for a in stated] or _ASKED[kind](*chosen) != left:
                continue
            renaming = renamed([*zip(_parameters(chosen), _parameters(stated), strict=True)])
            if renaming is not None:
                yield claim, renaming


def _parameters(laws: Sequence[Univariate]) -> list[sp.Expr]:
    return [a for law in laws for a in law.args]


def renamed(pairs: Sequence[tuple[sp.Expr, sp.Expr]]) -> Renaming | None:
    """The document's symbols in those of a derivation, from pairs of a parameter there and here; None for other ones.

    m for a mean μ, s for σ where σ² stands for s², s² for a variance v, a + w for the end b of a range from a.
    """
    found: Renaming = {}
    for there, here in pairs:
        base = there.base if isinstance(there, sp.Pow) and isinstance(here, sp.Pow) and there.exp == here.exp else None
        if base is not None:
            there, here = base, here.base
        if isinstance(there, sp.Symbol):
            if found.setdefault(there, here) != here:
                return None
        elif there != here or here.free_symbols:
            return None
    images = list(found.values())
    return found if len(set(images)) == len(images) and all(e.free_symbols for e in images) else None


@lru_cache(maxsize=1)
def claims_about_laws() -> tuple[Claim, ...]:
    """Every equality of the catalogue whose left side is an entropy or a divergence of named laws."""
    from derivations.gaussian import kl
    from derivations.information import counts, entropies, families, identities, rates

    every = (d.claim for page in (kl, identities, entropies, counts, families, rates) for d in page.DERIVATIONS)
    return tuple(c for c in every if c.relation is Relation.EQ and is_about_laws(c))


def is_about_laws(claim: Claim) -> bool:
    """Whether the left side is an entropy or a divergence of laws with a name, and their parameters are plain: names,
    numbers, powers and sums of names. Others could be matched by no renaming.
    """
    laws = claim.left.args
    return type(claim.left) in _ASKED and all(isinstance(a, Family | Normal) and not a.has(sp.Mul) for a in laws)


@lru_cache(maxsize=256)
def _is_proved(right: sp.Expr, claim: Claim) -> bool:
    from derivations.check import Holds, link

    return isinstance(link(right, claim.right, claim.where, SECONDS), Holds)
