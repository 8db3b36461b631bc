"""The rules that a link can rest on, the words by which its text names them, and sides on which one can't act.

To withhold a rule is to make what it acts on opaque: a derivative becomes an unknown function of its letters, a normal
law one that is known by its name and parameters, log(ab) a function of which nothing is known. What is left to the
engine is then proved without that rule, or not at all. Polynomial algebra can't be withheld.
"""

from __future__ import annotations

import re
from enum import StrEnum

import sympy as sp
from sympy.core.symbol import Str

from claims.laws import Family
from claims.notation import (
    KL,
    Argmax,
    Argmin,
    Covariance,
    CrossEntropy,
    Entropy,
    Expectation,
    NamedLaw,
    Normal,
    Variance,
)
from derivations.definitions import unfolded


class Rule(StrEnum):
    """What a link may rest on beside algebra."""

    DEFINITION = "a definition"
    LINEARITY = "linearity of E"
    MEANS = "the means of a law"
    WEIGHTS = "E_p[f q/p] = E_q[f]"
    LOGS = "the log of a product"
    SLOPE = "differentiation"
    EXTREMUM = "the slope's only zero"
    INTEGRAL = "a standard integral"
    SUM = "sums, term by term"
    LIMIT = "a limit"
    DETERMINANT = "a determinant"
    SIGNS = "cases of sign"
    JENSEN = "Jensen's inequality"
    TANGENT = "a tangent of the logarithm"
    GIBBS = "Gibbs' inequality"
    CONVEX = "where a function is least"
    SIGN = "what is never negative"
    LEMMA = "a lemma"


HELD: dict[Rule, tuple[type[sp.Basic], ...]] = {
    Rule.DEFINITION: (KL, Entropy, CrossEntropy, Variance, Covariance),
    Rule.SLOPE: (sp.Derivative,),
    Rule.EXTREMUM: (Argmin, Argmax),
    Rule.INTEGRAL: (sp.Integral,),
    Rule.SUM: (sp.Sum,),
    Rule.LIMIT: (sp.Limit,),
    Rule.DETERMINANT: (sp.Determinant,),
    Rule.SIGNS: (sp.Abs, sp.Max, sp.Min, sp.sign),
}
"""The nodes that a rule acts on, as they are written."""
UNFOLDED = (Rule.LINEARITY, Rule.MEANS, Rule.WEIGHTS, Rule.LOGS)
"""Rules that act on what definitions have become."""
ON_SIDES = (*HELD, *UNFOLDED)

NAMES: tuple[tuple[str, frozenset[Rule]], ...] = tuple(
    (words, frozenset(rules))
    for words, rules in (
        (r"\bdefinition\b", {Rule.DEFINITION}),
        (r"\bE is linear\b|\bis independent\b|\bare (?:independent|uncorrelated)\b", {Rule.LINEARITY, Rule.MEANS}),
        (r"\bindependent (?:noises|edges)\b|\bno cross terms?\b", {Rule.LINEARITY, Rule.MEANS}),
        (r"\bE ?[(|]?[^\W_][^=≤≥:]*=|\bmoments?\b|\boutcomes?\b|\bStein\b", {Rule.MEANS}),
        (r"E_[pq]\[[pq]/[pq]\] = ", {Rule.WEIGHTS}),
        (r"\blogs? of (?:a |the )?(?:product|power|quotient|ratio)s?\b|\bcome down\b|\blogs add\b", {Rule.LOGS}),
        (r"\b(?:chain|product|quotient) rule\b(?! \()|\bderivative\b|\bslopes? of\b|∂", {Rule.SLOPE}),
        (r"\bterm by term\b|\bno index\b|\bΣ [\w²]+ = |\bdeviations sum to\b|\bneighbours cancel\b", {Rule.SUM}),
        (r"\bthrough zero\b|\bmove no\b|\bis least\b|\bis zero (?:there|at)\b", {Rule.EXTREMUM, Rule.CONVEX}),
        (r"∫|\bintegrals?\b|\bintegrates\b", {Rule.INTEGRAL, Rule.WEIGHTS}),
        (r"^the determinant$|\btriangular\b", {Rule.DETERMINANT}),
        (r"\bfor small\b|\bgo to\b", {Rule.LIMIT}),
        (r"\bJensen\b", {Rule.JENSEN}),
        (r"\blog \w+ ≤ \w+ − 1", {Rule.TANGENT}),
        (r"\bGibbs\b", {Rule.GIBBS, Rule.TANGENT}),
        (r"\bconvex\b", {Rule.CONVEX, Rule.JENSEN}),
        (r"\b[a-z]+(?:_[a-z]+)*_(?:eq|le|ge|nonneg)\b", {Rule.LEMMA}),
    )
)
"""Words of a reason, and the rules of which one at least must then be needed."""


class Known(NamedLaw):
    """A law of which only its family's name and its parameters are left."""

    def __new__(cls, name: str | Str, *parameters: sp.Basic) -> Known:
        return sp.Basic.__new__(cls, name if isinstance(name, Str) else Str(name), *parameters)  # type: ignore[no-any-return]


def named_in(reason: str) -> tuple[frozenset[Rule], ...]:
    """For each rule that the text names, the rules that it may mean."""
    return tuple(rules for words, rules in NAMES if re.search(words, reason))


def withheld(expr: sp.Basic, rule: Rule) -> sp.Basic:
    """``expr`` with what ``rule`` acts on made opaque; itself where there is nothing of the kind."""
    if rule in HELD:
        return _with(expr, lambda e: _unknown(e) if isinstance(e, HELD[rule]) else None)
    match rule:
        case Rule.LINEARITY:
            return _with(_by_depth(unfolded(expr)), lambda e: _unknown(e) if _is_of_terms(e) else None)
        case Rule.MEANS:
            return _with(unfolded(expr), _of_known)
        case Rule.WEIGHTS:
            return _with(unfolded(expr), _of_another)
        case Rule.LOGS:
            kept = _with(expr, lambda e: _unknown(e) if isinstance(e, sp.log) and e.has(sp.Product) else None)
            return _with(_by_depth(unfolded(kept)), lambda e: _unknown(e) if _is_log_of_several(e) else None)
    return expr


def _by_depth(expr: sp.Basic, depth: int = 0) -> sp.Basic:
    """``expr`` with what is averaged over by how deep it stands: the letter itself is free."""
    if not expr.args:
        return expr
    if not isinstance(expr, Expectation):
        return expr.func(*(_by_depth(a, depth) for a in expr.args))
    letter = sp.Symbol(f"bound {depth}", **expr.variable.assumptions0)
    inside = (_by_depth(a.xreplace({expr.variable: letter}), depth + 1) for a in expr.inside)
    return expr.func(*inside, letter, *(_by_depth(a, depth) for a in expr.outside))


def _with(expr: sp.Basic, change: object) -> sp.Basic:
    """``expr`` with the outermost nodes that ``change`` has something for replaced by that."""
    assert callable(change)
    found = change(expr)
    if found is not None:
        return found
    return expr.func(*(_with(a, change) for a in expr.args)) if expr.args else expr


def _unknown(e: sp.Basic) -> sp.Expr:
    """An unknown function of the letters of ``e``, the same for the same ``e``; a letter where it has none."""
    letters = sorted(e.free_symbols, key=sp.default_sort_key)
    name = f"unknown {sp.srepr(e)}"
    return sp.Function(name, real=True)(*letters) if letters else sp.Symbol(name, real=True)


def _is_of_terms(e: sp.Basic) -> bool:
    """Whether ``e`` is the mean of a sum, or has a constant in it."""
    if not isinstance(e, Expectation):
        return False
    inside = sp.expand(sp.expand_log(e.inside[0], force=True))
    constant, _ = inside.as_independent(e.variable, as_Add=False)
    return isinstance(inside, sp.Add) or constant != 1


def _of_known(e: sp.Basic) -> sp.Basic | None:
    """A mean under a law whose name and parameters alone are left."""
    if not isinstance(e, Expectation) or not isinstance(e.law, Family | Normal):
        return None
    return Expectation(_with(e.inside[0], _of_known), e.variable, Known(type(e.law).__name__, *e.law.args))


def _of_another(e: sp.Basic) -> sp.Basic | None:
    """A mean under another law than that of the densities in it, which keep theirs."""
    if not isinstance(e, Expectation) or type(e.law) is not NamedLaw:
        return None
    return Expectation(_with(e.inside[0], _of_another), e.variable, Known(f"as {e.law.name}", *e.law.given))


def _is_log_of_several(e: sp.Basic) -> bool:
    return isinstance(e, sp.log) and isinstance(sp.factor(sp.together(e.args[0])), sp.Mul | sp.Pow | sp.exp)
