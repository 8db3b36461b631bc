"""Special functions by the notation of notes: B(a, b), B(x; a, b), I_x(a, b), γ(s, x), Γ(s, x), Φ(x).

Most of these letters also name other things. Only Β in upright type with its arguments is taken for certain.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import sympy as sp

from claims.records import Record
from errata.reading.tree import Call, Fence, Node, Phrase, Script, Sym


class Special(Record):
    """A special function at its arguments; ``sure`` says that the letters can hardly mean anything else."""

    build: Callable[..., sp.Expr]
    arguments: tuple[Node, ...]
    name: str
    sure: bool


def special(node: Call) -> Special | None:
    """The special function that a call is written like; None for any other."""
    head = node.head.base if isinstance(node.head, Script) else node.head
    index = node.head.sub if isinstance(node.head, Script) else None
    power = node.head.sup if isinstance(node.head, Script) else None
    if not isinstance(head, Sym) or power is not None or not isinstance(node.fence, Fence) or node.fence.open != "(":
        return None
    arguments, marks = _listed(node.fence)
    if index is not None:
        taken = head.name == "I" and not head.font and marks == ","
        return Special(_regularised_beta, (index, *arguments), "I_x(a, b)", False) if taken else None
    upright = head.font in ("roman", "text")
    found = _FUNCTIONS.get((head.name, marks))
    if found is None or (head.font and not upright):
        return None
    build, name, sure = found
    return Special(build, arguments, name, sure and upright)


def _listed(fence: Fence) -> tuple[tuple[Node, ...], str]:
    """The arguments in a bracket, and the marks between them."""
    body = fence.body
    if body is None:
        return (), "none"
    if not isinstance(body, Phrase):
        return (body,), ""
    return body.items, "".join(c for s in body.separators for c in s if c in ",;")


def _beta(a: sp.Expr, b: sp.Expr) -> sp.Expr:
    return sp.beta(a, b, evaluate=False)


def _incomplete_beta(x: sp.Expr, a: sp.Expr, b: sp.Expr) -> sp.Expr:
    return sp.betainc(a, b, sp.Integer(0), x)


def _regularised_beta(x: sp.Expr, a: sp.Expr, b: sp.Expr) -> sp.Expr:
    return sp.betainc_regularized(a, b, sp.Integer(0), x)


def _lower_gamma(s: sp.Expr, x: sp.Expr) -> sp.Expr:
    return sp.lowergamma(s, x, evaluate=False)


def _upper_gamma(s: sp.Expr, x: sp.Expr) -> sp.Expr:
    return sp.uppergamma(s, x, evaluate=False)


def _normal_cdf(x: sp.Expr) -> sp.Expr:
    """Φ(x) = erfc(−x/√2)/2."""
    root = sp.Pow(sp.Integer(2), sp.Rational(-1, 2), evaluate=False)
    inner = sp.Mul(sp.Integer(-1), x, root, evaluate=False)
    return sp.Mul(sp.Rational(1, 2), sp.erfc(inner, evaluate=False), evaluate=False)


_FUNCTIONS: dict[tuple[str, str], tuple[Callable[..., sp.Expr], str, bool]] = {
    ("B", ","): (_beta, "B(a, b)", True),
    ("B", ";,"): (_incomplete_beta, "B(x; a, b)", True),
    ("γ", ","): (_lower_gamma, "γ(s, x)", False),
    ("Γ", ","): (_upper_gamma, "Γ(s, x)", False),
    ("Φ", ""): (_normal_cdf, "Φ(x)", False),
}


_SAID = {
    "I": re.compile(r"\bincomplete beta\b", re.I),
    "γ": re.compile(r"\bincomplete gamma\b", re.I),
    "Γ": re.compile(r"\bincomplete gamma\b", re.I),
    "Φ": re.compile(r"\bstandard normal\b", re.I),
}


def named_functions(text: str) -> frozenset[str]:
    """The letters of special functions that a text names, so that they can mean nothing else there."""
    return frozenset(letter for letter, said in _SAID.items() if said.search(text))
