"""Which derivation of the catalogue an identity in free symbols is: the same two expressions, but for the names.

Forms are compared, not values: of an identity both sides have one value, which tells nothing. Two identities have the
same form where some renaming of the symbols makes them the same trees; terms and factors stand in any order. The forms
of the catalogue are kept as digests in ``errata.checking.catalogued``, so that no derivation is imported for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from itertools import permutations

import sympy as sp

from claims.claim import Claim, Relation
from claims.notation import Notation
from errata.checking.catalogued import FORMS

MOST_SYMBOLS = 6
LEAST_NODES = 16
"""Nodes of both sides from which a form is no common rule of algebra, such as that of the log of a product."""
MOST_NODES = 400
_HALF = sp.Rational(1, 2)
_TAKEN = (sp.Derivative, sp.Integral, sp.Sum, sp.Product, sp.Limit, sp.Determinant, sp.Piecewise)
_ANY_ORDER = (sp.Add, sp.Mul, sp.Max, sp.Min)


def identity_of(left: sp.Expr, right: sp.Expr) -> str | None:
    """The derivation whose claim is ``left = right`` up to the names, in either direction; None for any other."""
    if not _is_comparable(left, right):
        return None
    for sides in ((left, right), (right, left)):
        plain = _plain(*sides)
        found = FORMS.get(_digest(_skeleton(plain)))
        if found is not None and found[1] == _digest(_form(plain)):
            return found[0]
    return None


def forms_of(claims: Iterable[Claim]) -> dict[str, tuple[str, str]]:
    """For each claim that can be matched: the digest of its tree without names, its name, and the digest of its form.

    Claims that are alike without names are left out, so that no name is ever a guess.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for claim in claims:
        if claim.relation is not Relation.EQ or not _is_comparable(claim.left, claim.right):
            continue
        plain = _plain(claim.left, claim.right)
        found.setdefault(_digest(_skeleton(plain)), []).append((claim.name, _digest(_form(plain))))
    return {skeleton: alike[0] for skeleton, alike in found.items() if len(alike) == 1}


def _is_comparable(left: sp.Basic, right: sp.Basic) -> bool:
    """Whether two expressions are made of elementary functions, few symbols, a logarithm, an exponential or two roots,
    and enough besides to tell them from a rule of algebra.
    """
    if not isinstance(left, sp.Expr) or not isinstance(right, sp.Expr):
        return False
    nodes = sum(1 for side in (left, right) for _ in sp.preorder_traversal(side))
    roots = {p for side in (left, right) for p in side.atoms(sp.Pow) if p.exp in (_HALF, -_HALF)}
    telling = any(e.has(sp.log, sp.exp) for e in (left, right)) or len(roots) > 1
    if not LEAST_NODES <= nodes <= MOST_NODES or not telling:
        return False
    return len(left.free_symbols | right.free_symbols) <= MOST_SYMBOLS and not any(
        side.has(Notation, *_TAKEN) for side in (left, right)
    )


def _plain(left: sp.Expr, right: sp.Expr) -> sp.Tuple:
    """Both sides in real symbols: what was known of them, or was left as it was written, makes no difference."""
    names = sorted(left.free_symbols | right.free_symbols, key=str)
    fresh = {s: sp.Symbol(f"s{n}", real=True) for n, s in enumerate(names)}
    return sp.Tuple(*(_rebuilt(side, fresh) for side in (left, right)))


def _rebuilt(e: sp.Basic, fresh: Mapping[sp.Basic, sp.Basic]) -> sp.Basic:
    if not e.args:
        return fresh.get(e, e)
    return e.func(*(_rebuilt(a, fresh) for a in e.args))


def _skeleton(sides: sp.Tuple) -> str:
    return _text(sides, dict.fromkeys(sides.free_symbols, "·"))


def _form(sides: sp.Tuple) -> str:
    """The least text over all ways to name the symbols."""
    symbols = sorted(sides.free_symbols, key=str)
    labels = [str(n) for n in range(len(symbols))]
    return min(_text(sides, dict(zip(symbols, order, strict=True))) for order in permutations(labels))


def _text(e: sp.Basic, labels: Mapping[sp.Basic, str]) -> str:
    if not e.args:
        return labels.get(e) or f"{type(e).__name__}:{e}"
    parts = [_text(a, labels) for a in e.args]
    if isinstance(e, _ANY_ORDER):
        parts.sort()
    return f"{type(e).__name__}({','.join(parts)})"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:24]
