"""Questions about inference: ``posterior of Beta(a, b) after Binomial(n, p)``, ``MLE of Poisson(r)``, ``score of LAW``.

    question    posterior of [t ~] LAW after [X ~] LAW      the parameter t of the second law has the first for prior
                MLE of LAW [in t]                           without "in", of each letter in turn
                score of LAW [in t]                         t may be the value x that is drawn

A LAW is read as in other questions; without brackets, as in "MLE of Poisson", it gets letters of its own. The n of a
binomial law becomes k + f, successes and failures, so that neither is more than n.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import sympy as sp

from claims.claim import Derivation
from claims.domains import Domain, Integer, OpenUnit, Positive, Real, Variable, symbol_of
from claims.laws import (
    Beta,
    Binomial,
    Exponential,
    Family,
    Gamma,
    NegativeBinomial,
    NegativeBinomialTrials,
    Pareto,
    Uniform,
    parameters_of,
    support_of,
)
from claims.notation import Normal
from claims.one_line import one_line
from claims.records import Record, replace
from derivations.inferences import Estimate, Inference, Posterior, Score, derived, is_prior
from errata.reading.observed import Observed, where_drawn
from errata.reading.questions import law_called
from errata.reading.typed_terms import BadQuestion

Univariate = Family | Normal
ASKED = ("posterior", "mle", "score")
EXAMPLES = ("posterior of Beta(a, b) after Binomial(n, p)", "MLE of Normal(m, s^2)", "score of Gamma(a, b) in b")
PARAMETER = {Binomial: 1, NegativeBinomial: 1, NegativeBinomialTrials: 1, Gamma: 1, Pareto: 1}
"""Which argument of a law is learned where none is named; else the first."""
NARROW = (Real, Positive, OpenUnit)
"""Domains, each within the one before."""
LETTERS = {
    "mean": "m", "variance": "v", "rate": "r", "shape": "a", "scale": "c", "alpha": "a", "beta": "b", "radius": "R",
    "location": "m", "least": "l", "dof": "d",
}  # fmt: skip


class Inferred(Record):
    """What is asked, in words and as what it means; the variables in it, its laws as read, and what is supposed."""

    statement: str
    asked: Inference
    where: tuple[Variable, ...]
    laws: tuple[Univariate, ...]
    before: tuple[Estimate, ...] = ()
    """For an estimate, those of the letters before its own, which depend on the observations too."""


def is_inference(text: str) -> bool:
    """Whether a text begins as these questions do."""
    return text.split()[:1] != [] and text.split()[0].lower() in ASKED


def inferences(text: str) -> tuple[Inferred, ...]:
    """The questions that a text asks, one for each letter. Raises BadQuestion."""
    return _Inferences(text).inferences()


class _Inferences(Observed):
    def inferences(self) -> tuple[Inferred, ...]:
        place, what = self.place, self.name("posterior, MLE or score").lower()
        if what not in ASKED:
            raise BadQuestion("posterior, MLE or score is expected here", place)
        self.insist_word("of")
        return {"posterior": self.posterior, "mle": self.estimates, "score": self.scores}[what]()

    def insist_word(self, *words: str) -> None:
        if self.kind != "name" or self.word not in words:
            raise BadQuestion(f"“{words[0]}” is expected here", self.place)
        self.next()

    def end(self) -> None:
        if self.kind:
            raise BadQuestion(f"“{self.word}” is left over", self.place)

    def drawn(self) -> sp.Symbol | None:
        """The letter before a ~, where one stands here."""
        if self.kind != "name" or self.tokens[self.at + 1][1] != "~":
            return None
        letter = sp.Symbol(self.next())
        self.insist("~")
        return letter

    def any_law(self) -> Univariate:
        """A law; one without brackets with letters of its own."""
        named = law_called(self.word) if self.kind == "name" else None
        if named is None or self.tokens[self.at + 1][1] == "(":
            return self.law()
        place, arguments = self.place, []
        self.next()
        for meaning, domain in parameters_of(named(1, 1)) if named is Normal else named.parameters:
            letter = self.fresh(LETTERS.get(meaning, meaning))
            self.narrow(letter, domain, f"the {meaning} of {named.__name__}")
            arguments.append(letter)
        law = named(*arguments)
        self.laws.append((law, place))
        return law

    def posterior(self) -> tuple[Inferred, ...]:
        by, place = self.drawn(), self.place
        prior = self.any_law()
        if prior == Uniform(0, 1):
            prior = Beta(1, 1)
        if isinstance(prior, Exponential):
            prior = Gamma(1, *prior.args)
        if not is_prior(prior):
            listed = "Beta, Gamma and Normal are, Uniform(0, 1) and Exponential(r) among them"
            raise BadQuestion(f"{one_line(prior)} is no prior that is understood; {listed}", place)
        self.insist_word("after", "given")
        letter, place = self.drawn(), self.place
        law = self.any_law()
        self.end()
        at = PARAMETER.get(type(law), 0) if by is None or by not in law.args else law.args.index(by)
        meaning, domain = parameters_of(law)[at]
        if type(domain) not in NARROW or not law.args[at].is_Symbol or (by is not None and law.args[at] != by):
            raise BadQuestion(
                f"give {by or f'the {meaning}'} as a letter of {type(law).__name__}: it is learned", place
            )
        by = law.args[at]
        if by in prior.free_symbols:
            raise BadQuestion(f"{by} is what is learned, so it can't be a parameter of its prior", place)
        held: Domain = OpenUnit() if isinstance(prior, Beta) else Positive() if isinstance(prior, Gamma) else Real()
        if NARROW.index(type(held)) < NARROW.index(type(domain)):
            raise BadQuestion(
                f"{one_line(prior)} has mass where {by}, the {meaning} of {one_line(law)}, can't be", place
            )
        self.domains[by] = held
        law, seen = self.seen(law, letter)
        over = self.fresh("u", "w", "z")
        self.domains[over], self.meanings[over] = held, f"{by}, integrated over"
        said = f"posterior of {by} ~ {one_line(prior)} after {one_line(law)}"
        return (self.inferred(said, Posterior(prior, law, seen, by, over)),)

    def letters(self, law: Univariate, *others: sp.Symbol) -> tuple[sp.Symbol, ...]:
        """The letter after "in", or each that is a parameter, in their order, and the others."""
        if self.kind != "name" or self.word != "in":
            self.end()
            return (*self.parameters(law), *others)
        self.next()
        place, letter = self.place, sp.Symbol(self.name("a letter of the law"))
        self.end()
        if letter not in (*law.free_symbols, *others):
            raise BadQuestion(f"{letter} is no letter of {one_line(law)}", place)
        if isinstance(self.domains.get(letter), Integer):
            raise BadQuestion(f"{letter} is a whole number, in which there is no slope", place)
        return (letter,)

    def scores(self) -> tuple[Inferred, ...]:
        drawn = self.drawn()
        law = self.any_law()
        law, at = self.observation(law, drawn)
        support = support_of(law)
        is_open = not support.whole and {support.low, support.high} <= {sp.S.Zero, sp.S.One, sp.oo, -sp.oo}
        others = (at,) if at.is_Symbol and is_open and not isinstance(law, Uniform) else ()
        by = self.letters(law, *others)
        if not by:
            raise BadQuestion(f"{one_line(law)} has no letter to take the slope in", self.place)
        return tuple(
            self.inferred(f"score of {one_line(law)} in {t}, at {one_line(at)}", Score(law, at, t)) for t in by
        )

    def estimates(self) -> tuple[Inferred, ...]:
        self.drawn()
        law = self.any_law()
        by = self.letters(law)
        if not by:
            raise BadQuestion(f"{one_line(law)} has no letter to estimate", self.place)
        x = self.fresh("x", "y", "z")
        self.domains[x] = where_drawn(law)
        every = [Estimate(law, x, t, self.statistics(law, x, t)) for t in self.parameters(law)]
        return tuple(
            self.inferred(f"MLE of {one_line(law)} in {one.by}", one, every[:i])
            for i, one in enumerate(every)
            if one.by in by
        )

    def inferred(self, statement: str, asked: Inference, before: Sequence[Estimate] = ()) -> Inferred:
        """The question with each symbol as its domain makes it. Raises BadQuestion for a law that may be none."""
        where = tuple(
            Variable(s.name, d, self.meanings.get(s, "any")) for s, d in sorted(self.domains.items(), key=str)
        )
        flags = {sp.Symbol(v.name): symbol_of(v) for v in where}
        return Inferred(statement, _with(asked, flags), where, self.laws_in_order(flags), _with(tuple(before), flags))


def settled(asked: Inferred) -> tuple[Inferred, tuple[str, ...]]:
    """The question with the estimates of earlier letters in their places, where they are known; and in words."""
    found, said = asked.asked, []
    for one in asked.before:
        known = derived(one, asked.where)
        if isinstance(known, Derivation):
            found = _with(found, {one.by: known.claim.right})
            said.append(f"{one.by} is at its own estimate, {one_line(known.claim.right)}")
        elif one.by in found.law.free_symbols:
            said.append(f"{one.by} is known")
    return replace(asked, asked=found), tuple(said)


def _with(asked: Any, flags: dict[sp.Symbol, sp.Expr]) -> Any:
    """A question with symbols replaced, in whatever it is made of."""
    if isinstance(asked, tuple):
        return tuple(_with(one, flags) for one in asked)
    if isinstance(asked, sp.Basic):
        return asked.xreplace(flags)
    if isinstance(asked, bool):
        return asked
    return type(asked)(**{f.name: _with(getattr(asked, f.name), flags) for f in fields(asked)})
