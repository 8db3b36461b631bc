"""Scores, maximum likelihood estimates and conjugate posteriors of named laws, derived when they are asked for.

Score       ∂/∂θ log p(x; θ), or ∂/∂x log p(x): the derivative of a sum of logs
Estimate    arg max over θ of the mean log-likelihood, which depends on the observations by the means of the functions
            of x that stand in log p: the zero of the slope, where it is proved to be the only one
Posterior   prior times likelihood over its integral; its log is matched with that of the prior's family, power by power

What a family does not allow is said: a support that depends on the parameter, a log that is no sum of products, a
kernel of another shape, a slope without a zero in closed form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sympy as sp

from claims.claim import Claim, Derivation, Step
from claims.domains import Variable
from claims.laws import Beta, Family, Gamma, density_of, support_of
from claims.notation import Argmax, Normal
from claims.one_line import one_line
from derivations.answers import NoClosedForm, is_plain
from derivations.budget import OutOfTime, within
from derivations.check import Holds, link
from derivations.extrema import optimum

Univariate = Family | Normal
SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Statistic:
    """What the observations enter by: ``value`` is the mean of ``of``, a function of x; ``letter`` in it is new.

    ``spread``: the letter is the mean of ``of``², which is a square already, less the square of the mean below.
    """

    letter: sp.Symbol
    of: sp.Expr
    value: sp.Expr
    spread: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """∂ log p(``at``)/∂ ``by`` for an observation of ``law``, which ``by`` may be itself."""

    law: Univariate
    at: sp.Expr
    by: sp.Symbol


@dataclass(frozen=True, slots=True)
class Estimate:
    """The maximum likelihood estimate of ``by`` from observations of ``law``, by the means of ``statistics``."""

    law: Univariate
    x: sp.Symbol
    by: sp.Symbol
    statistics: tuple[Statistic, ...]


@dataclass(frozen=True, slots=True)
class Posterior:
    """The law of ``by``, of law ``prior``, after draws from ``law``; ``over`` is what is integrated over.

    ``seen``: each value that was drawn, and how often.
    """

    prior: Univariate
    law: Univariate
    seen: tuple[tuple[sp.Expr, sp.Expr], ...]
    by: sp.Symbol
    over: sp.Symbol


Inference = Score | Estimate | Posterior


def left_side(asked: Inference) -> sp.Expr | NoClosedForm:
    """What is asked for, in notation; or why there is no such thing."""
    match asked:
        case Score(law, at, by):
            if not by.free_symbols.isdisjoint(_support_letters(law)):
                return NoClosedForm(f"the support of {one_line(law)} depends on {by}, so log p has no slope in it")
            return sp.Derivative(sp.log(density_of(law, at)), by)
        case Estimate(law, _, by, statistics):
            if not by.free_symbols.isdisjoint(_support_letters(law)):
                return NoClosedForm(
                    f"the support of {one_line(law)} depends on {by}: its estimate is an extreme, not here"
                )
            found = mean_log_likelihood(law, asked.x, by, statistics)
            return found if isinstance(found, NoClosedForm) else Argmax(found, by)
        case Posterior():
            support = support_of(asked.prior)
            return _joint(asked, asked.by) / sp.Integral(
                _joint(asked, asked.over), (asked.over, support.low, support.high)
            )


def _joint(asked: Posterior, at: sp.Symbol) -> sp.Expr:
    """Prior times likelihood with the parameter at a point."""
    law = asked.law.xreplace({asked.by: at})
    return density_of(asked.prior, at) * sp.Mul(*(density_of(law, value) ** count for value, count in asked.seen))


def derived(
    asked: Inference, where: tuple[Variable, ...], convention: tuple[str, ...] = (), name: str = ""
) -> Derivation | NoClosedForm:
    """What is asked for = its closed form, step by step; whoever asks has the steps proved."""
    left = left_side(asked)
    if isinstance(left, NoClosedForm):
        return left
    try:
        steps = within(SECONDS, lambda: _steps(asked, left, where))
    except OutOfTime as late:
        return NoClosedForm(str(late))
    except sp.PolynomialError:
        return NoClosedForm("its slope is nothing that SymPy factors", left)
    if isinstance(steps, NoClosedForm):
        return steps
    kept = tuple(s for i, s in enumerate(steps) if i == 0 or s.expression != steps[i - 1].expression)
    if len(kept) < 2:
        return NoClosedForm("there is nothing to work out", left)
    right = kept[-1].expression
    letters = {s.name for step in kept for s in step.expression.atoms(sp.Symbol)}
    used = tuple(v for v in where if v.name in letters)
    return Derivation(Claim(name or one_line(left), left, right, used, convention=convention), kept)


def _steps(asked: Inference, left: sp.Expr, where: tuple[Variable, ...]) -> list[Step] | NoClosedForm:
    match asked:
        case Score(law, at, by):
            summed = log_density(law, at)
            slope = sp.diff(summed, by)
            if slope.has(sp.sign):
                return NoClosedForm(
                    f"log p has a corner, at which it has no slope; elsewhere that is {one_line(slope)}"
                )
            return [
                Step("what is asked", left),
                Step("the log of the density, as a sum", sp.Derivative(summed, by)),
                Step("term by term", slope),
                Step("collect", _shortest(slope, where)),
            ]
        case Estimate():
            return _estimated(left, asked.by, where)
        case Posterior():
            return _matched(asked, left)


def _estimated(left: sp.Expr, by: sp.Symbol, where: tuple[Variable, ...]) -> list[Step] | NoClosedForm:
    inside = left.args[0]
    place = optimum(inside, by, Argmax, {v.name: v.domain for v in where})
    if place.has(Argmax):
        return NoClosedForm("the slope is not proved to have one zero, in closed form, through which it falls", left)
    slope = sp.factor(sp.together(sp.diff(inside, by)))
    return [
        Step("where the mean log-likelihood is greatest, without what does not depend on it", left),
        Step(f"its slope {one_line(slope)} falls through zero there, and nowhere else", _shortest(place, where)),
    ]


def mean_log_likelihood(
    law: Univariate, x: sp.Symbol, by: sp.Symbol, statistics: tuple[Statistic, ...]
) -> sp.Expr | NoClosedForm:
    """The mean of log p over the observations, as far as it depends on ``by``."""
    values = {s.of: s.value for s in statistics if not s.spread}
    values.update({s.of**2: values[s.of] ** 2 + s.letter for s in statistics if s.spread})
    total = sp.Integer(0)
    for term in functions_of(law, x):
        factor, of = term.as_independent(x, as_Add=False)
        if of.has(by):
            return NoClosedForm(
                f"log p has {one_line(of)}, no product of functions of {x} and of {by}: "
                "no mean of the observations suffices"
            )
        if factor.has(by):
            total += factor * values.get(of, of)
    return total


def functions_of(law: Univariate, x: sp.Symbol) -> tuple[sp.Expr, ...]:
    """The terms of log p(x), powers of sums of x multiplied out."""
    return sp.Add.make_args(sp.expand(log_density(law, x)))  # type: ignore[no-any-return]  # sympy is untyped


def log_density(law: Univariate, x: sp.Symbol) -> sp.Expr:
    """log p(x) on the support as a sum: each factor is positive there."""
    return sp.expand_log(sp.log(density_of(law, x)), force=True)


def _matched(asked: Posterior, left: sp.Expr) -> list[Step] | NoClosedForm:
    by, prior = asked.by, asked.prior
    pieces = {basis: sp.Integer(0) for basis in _kernel_of(prior, by)}
    for term in sp.Add.make_args(_log_joint(asked)):
        factor, rest = term.as_independent(by, as_Add=False)
        if rest == 1:
            continue
        if rest not in pieces or factor.has(by):
            family = type(prior).__name__
            return NoClosedForm(
                f"{one_line(asked.law)} brings {one_line(term)} into the log, which is in no {family} law: "
                f"{family} is not conjugate to it"
            )
        pieces[rest] += factor
    law = _law_of(prior, pieces, by)
    where_to = ", ".join(f"{one_line(v)} of {one_line(b)}" for b, v in pieces.items())
    evidence = [] if not isinstance(law, Normal) else [Step("the integral is a normal density", _over_evidence(asked))]
    return [
        Step("prior times likelihood, over its integral", left),
        *evidence,
        Step(f"a {type(law).__name__} law by its log, {where_to}: {one_line(law)}", density_of(law, by)),
    ]


def posterior_law(asked: Posterior) -> Univariate | None:
    """The posterior, a law of the prior's family; None where it is none."""
    found = _matched(asked, sp.Integer(0))
    if isinstance(found, NoClosedForm):
        return None
    kernel = _log_joint(asked)
    pieces = {basis: kernel.coeff(basis) for basis in _kernel_of(asked.prior, asked.by)}
    return _law_of(asked.prior, pieces, asked.by)


def _log_joint(asked: Posterior) -> sp.Expr:
    """The log of prior times likelihood, multiplied out."""
    seen = (count * log_density(asked.law, value) for value, count in asked.seen)
    return sp.expand(log_density(asked.prior, asked.by) + sp.Add(*seen))


def _over_evidence(asked: Posterior) -> sp.Expr:
    """Prior times likelihood of one normal draw, over the density N(mean of the prior, sum of the variances) of it."""
    ((value, _),) = asked.seen
    mean, spread = asked.prior.args
    return _joint(asked, asked.by) / density_of(Normal(mean, spread + asked.law.args[1]), value)


def _kernel_of(prior: Univariate, by: sp.Symbol) -> tuple[sp.Expr, ...]:
    """The functions of the parameter in the log of a density of the family."""
    match prior:
        case Beta():
            return sp.log(by), sp.log(1 - by)
        case Gamma():
            return sp.log(by), by
        case Normal():
            return by, by**2
    return ()


def _law_of(prior: Univariate, pieces: Mapping[sp.Expr, sp.Expr], by: sp.Symbol) -> Univariate:
    """The law of the family whose log has these coefficients."""
    first, second = (sp.factor_terms(sp.expand(pieces[b])) for b in _kernel_of(prior, by))
    match prior:
        case Beta():
            return Beta(first + 1, second + 1)
        case Gamma():
            return Gamma(first + 1, sp.factor_terms(-second))
    variance = sp.factor(sp.together(-1 / (2 * second)))
    return Normal(sp.factor(sp.together(first * variance)), variance)


def is_prior(law: Univariate) -> bool:
    """Whether posteriors can be asked for with such a prior."""
    return isinstance(law, Beta | Gamma | Normal)


def _support_letters(law: Univariate) -> set[sp.Symbol]:
    support = support_of(law)
    return set(support.low.free_symbols | support.high.free_symbols)


def _shortest(e: sp.Expr, where: tuple[Variable, ...]) -> sp.Expr:
    """The shortest of some forms of an expression that are proved to be the same; none with a log of a power."""
    forms = sorted(filter(is_plain, (sp.factor_terms(e), sp.factor(e), sp.simplify(e))), key=lambda f: len(one_line(f)))
    shorter = (f for f in forms if len(one_line(f)) < len(one_line(e)))
    return next((f for f in shorter if isinstance(link(e, f, where), Holds)), e)
