"""The answer to a question about named laws, as a derivation: the definition, the terms of its mean, their values.

Nothing is known beforehand: the steps are found by linearity and by the moments of the laws, and whoever asks has them
proved by ``check`` like those of any page. That each term is integrable is supposed, as on any page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

import sympy as sp

from claims.claim import Claim, Derivation, Step
from claims.domains import OpenUnit, Variable, symbol_of
from claims.laws import Bernoulli, Family, density_of
from claims.notation import (
    KL,
    Covariance,
    CrossEntropy,
    Entropy,
    Expectation,
    Law,
    Normal,
    Notation,
    Variance,
)
from claims.one_line import one_line
from derivations.budget import OutOfTime, within
from derivations.canonical import canonical, spread
from derivations.check import Holds, link
from derivations.in_order import holds_mass_of

SECONDS = 10.0
SECONDS_TO_SHORTEN = 2.0
MOST_NAMED = 160
"""Characters of values that are named in the reason of a step."""


@dataclass(frozen=True, slots=True)
class NoClosedForm:
    """Why there is no answer in closed form: ``left`` is what the steps came to, and is not worked out further; None
    where the value itself may be infinite, or no step was made in time.
    """

    why: str
    left: sp.Expr | None = None


def answer(asked: Notation, where: tuple[Variable, ...], convention: tuple[str, ...]) -> Derivation | NoClosedForm:
    """``asked`` = its closed form, step by step. The first of ``where`` is the variable that is averaged over."""
    x = sp.Symbol(where[0].name, real=True)
    odds = {symbol_of(v): sp.Dummy(f"{v.name}_odds", positive=True) for v in where if isinstance(v.domain, OpenUnit)}
    beyond = _outside(asked)
    if beyond is not None:
        return NoClosedForm(beyond)
    try:
        steps = within(SECONDS, lambda: list(_steps(asked, x, odds)))
    except OutOfTime as late:
        return NoClosedForm(str(late))
    last = steps[-1].expression
    if last.has(Notation, sp.nan, sp.zoo) or last.atoms(sp.Float):
        return NoClosedForm("no closed form is known for what is left", last)
    steps += _shortened(last, where)
    return Derivation(Claim(one_line(asked), asked, steps[-1].expression, where, convention=convention), tuple(steps))


def _outside(asked: Notation) -> str | None:
    """Why a divergence or a cross-entropy has no finite value; None for all else."""
    if not isinstance(asked, KL | CrossEntropy):
        return None
    p, q = asked.args
    if _known(p) and _known(q) and not holds_mass_of(q, p):
        return f"{p} is not sure to have its mass where {q} has a density; where it has not, the value is infinite"
    return None


def _known(law: Law) -> bool:
    return isinstance(law, Family | Normal)


def _steps(asked: Notation, x: sp.Symbol, odds: Mapping[sp.Symbol, sp.Symbol]) -> Iterator[Step]:
    yield (before := Step("what is asked", asked))
    for step in _from_definition(asked, x, odds):
        if step.expression != before.expression:
            yield (before := step)


def _from_definition(asked: Notation, x: sp.Symbol, odds: Mapping[sp.Symbol, sp.Symbol]) -> Iterator[Step]:
    meaning = asked
    match asked:
        case KL(args=(p, q)):
            meaning = Expectation(_log_density(p, x) - _log_density(q, x), x, p)
            yield Step("E log p/q under p, for KL(p ‖ q)", meaning)
        case Entropy(args=(p,)):
            meaning = -Expectation(_log_density(p, x), x, p)
            yield Step("−E log p under p, for H(p)", meaning)
        case CrossEntropy(args=(p, q)):
            meaning = -Expectation(_log_density(q, x), x, p)
            yield Step("−E log q under p, for H(p, q)", meaning)
        case Variance(args=(f, v, p)):
            meaning = Expectation(sp.expand(f**2), v, p) - Expectation(f, v, p) ** 2
            yield Step("Var f = E f² − (E f)²", meaning)
        case Covariance(args=(f, g, v, p)):
            meaning = Expectation(sp.expand(f * g), v, p) - Expectation(f, v, p) * Expectation(g, v, p)
            yield Step("Cov(f, g) = E fg − E f · E g", meaning)
    if any(isinstance(e.law, Bernoulli) for e in meaning.atoms(Expectation)):
        yield Step("the sum over the values 0 and 1", canonical(meaning))
        return
    split = meaning.replace(lambda e: isinstance(e, Expectation), spread)
    yield Step("E is linear, and log a product is a sum", split)
    values = {e: _value(e, odds) for e in sorted(split.atoms(Expectation), key=sp.default_sort_key)}
    yield Step(_named(values), split.xreplace(values))


def _log_density(law: Family | Normal, x: sp.Symbol) -> sp.Expr:
    """The log of a density on its support, as a sum: each of its factors is positive there."""
    return sp.expand_log(sp.log(density_of(law, x)), force=True)


def _value(e: Expectation, odds: Mapping[sp.Symbol, sp.Symbol]) -> sp.Expr:
    """A mean by its rule; of a probability p = 1/(1 + t) too, whose 1 − p is then known to be positive."""
    value = canonical(e)
    if not value.has(Notation) or not odds:
        return value
    opened = canonical(e.subs({p: 1 / (1 + t) for p, t in odds.items()}))
    return value if opened.has(Notation) else sp.factor(opened.subs({t: (1 - p) / p for p, t in odds.items()}))


def _named(values: dict[Expectation, sp.Expr]) -> str:
    """The values that are put in, in words, as far as there is room."""
    known = [
        f"E[{one_line(e.inside[0])}] = {one_line(value)}" for e, value in values.items() if not value.has(Notation)
    ]
    text = ", ".join(known)
    return text if text and len(text) <= MOST_NAMED else "the means of these terms"


def _shortened(last: sp.Expr, where: tuple[Variable, ...]) -> list[Step]:
    """The shortest form that is proved to be the same; none where the form that is there is as short."""
    forms: list[sp.Expr] = []
    with suppress(OutOfTime):
        within(SECONDS_TO_SHORTEN, lambda: _collect(forms, last))
    for form in sorted(filter(is_plain, forms), key=_length):
        if _length(form) >= _length(last):
            return []
        if isinstance(link(last, form, where), Holds):
            return [Step("collect", form)]
    return []


def _collect(forms: list[sp.Expr], e: sp.Expr) -> None:
    """Each form as it is found, so that those found in time are there."""
    for form in _forms(e):
        forms.append(form)


def _forms(e: sp.Expr) -> Iterator[sp.Expr]:
    terms = (sp.expand(a, deep=False, power_exp=False, power_base=False, log=False) for a in sp.Add.make_args(e))
    flat = sp.Add(*terms)
    yield from (flat, sp.factor_terms(flat), sp.expand(e), sp.factor_terms(e), sp.factor(e))
    yield sp.simplify(e)


def is_plain(e: sp.Expr) -> bool:
    """Whether no log takes a power with a name above, log(r^r) for r log r: shorter, and harder to read."""
    return not any(power.exp.free_symbols for inside in e.atoms(sp.log) for power in inside.atoms(sp.Pow))


def _length(e: sp.Expr) -> int:
    return len(one_line(e))
