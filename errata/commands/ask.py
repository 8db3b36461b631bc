"""``errata derive 'KL(Normal(m, s^2) || Laplace(0, b))'``: a question answered by a derivation that is made for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from claims.records import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims.laws import Family
    from claims.notation import Normal
    from derivations.check import Checked
    from errata.commands.evidence import SideBySide
    from errata.reading.inferences import Inferred
    from errata.reading.questions import Question
    from numerics.routes import Route
    from numerics.sampling.route import Sampling

LEAST_ROUTES = 2
"""Routes that must agree with an answer before it counts."""


class Asked(Record):
    """A question, what was derived (None where there is no closed form, for the reason why), and the numbers."""

    text: str
    question: Question | Inferred
    checked: Checked | None
    why: str
    beside: SideBySide

    @property
    def is_answered(self) -> bool:
        """Whether every step is proved and as many routes agree as are needed, none against."""
        from claims.evidence import Agreement
        from claims.verdict import Proved

        agreed = sum(isinstance(one.evidence, Agreement) for one in self.beside.routes)
        proved = self.checked is not None and isinstance(self.checked.verdict, Proved)
        return proved and agreed >= LEAST_ROUTES and not self.beside.refuted

    @property
    def statement(self) -> str:
        """What is asked, in a line."""
        from claims.one_line import one_line
        from errata.reading.questions import Question

        return one_line(self.question.asked) if isinstance(self.question, Question) else self.question.statement


def is_question(name: str) -> bool:
    """Whether an argument of ``errata derive`` asks, and is no name: it has brackets, or is understood."""
    return any(sign in name for sign in "([") or not (name.isidentifier() or why_no_question(name))


def why_no_question(text: str) -> str:
    """What is not understood in a question; empty where it is one."""
    from errata.reading.inferences import inferences, is_inference
    from errata.reading.questions import question
    from errata.reading.typed_terms import BadQuestion

    try:
        if is_inference(text):
            inferences(text)
        else:
            question(text)
    except BadQuestion as bad:
        return bad.why
    return ""


def ask(text: str, how: Sampling) -> tuple[Asked, ...]:
    """The answers to the questions of a text: of a law with several letters, one for each that is asked for.

    Raises a usage error that shows the place for what is no question.
    """
    from errata.reading.inferences import EXAMPLES as INFERENCES
    from errata.reading.inferences import inferences, is_inference
    from errata.reading.questions import EXAMPLES, question
    from errata.reading.typed_terms import BadQuestion

    try:
        if is_inference(text):
            return tuple(_inferred(one) for one in inferences(text))
        return (_averaged(text, question(text), how),)
    except BadQuestion as bad:
        examples = "\n".join(f"  {example}" for example in (*EXAMPLES, *INFERENCES))
        raise click.UsageError(
            f"{bad.why}\n\n  {text}\n  {' ' * bad.place}^\n\nQuestions are such as\n{examples}"
        ) from None


def _inferred(one: Inferred) -> Asked:
    """A score, an estimate or a posterior, with its evidence."""
    from claims.claim import Claim
    from derivations.answers import NoClosedForm
    from derivations.check import derive
    from derivations.inferences import Posterior, derived, left_side, posterior_law
    from errata.commands.evidence import SideBySide, side_by_side, values_alone
    from errata.reading.inferences import settled
    from numerics.inferred import by_asking
    from numerics.points import CALM
    from numerics.sampling.route import FEW_WHOLE, POINTS, Sampling
    from numerics.written import as_defined

    ready, given = settled(one)
    given = (*map(_parameters, one.laws), *given)
    if isinstance(ready.asked, Posterior) and (law := posterior_law(ready.asked)) is not None:
        given = (*given, f"the posterior: {_parameters(law)}")
    routes = as_defined((*CALM, *FEW_WHOLE), POINTS), by_asking(ready.asked, one.asked.law, one.where)
    found = derived(ready.asked, one.where, given, one.statement)
    if isinstance(found, NoClosedForm):
        left = left_side(ready.asked)
        if isinstance(left, NoClosedForm):
            return Asked(one.statement, one, None, found.why, SideBySide((), (), ()))
        claim = Claim(one.statement, left, left, one.where, convention=given)
        return Asked(one.statement, one, None, found.why, values_alone(claim, routes[:1]))
    return Asked(one.statement, one, derive(found), "", side_by_side(found.claim, Sampling(), routes))


def _averaged(text: str, read: Question, how: Sampling) -> Asked:
    """The answer to a question about a mean, an entropy or a divergence, with its evidence."""
    from claims.claim import Claim
    from derivations.answers import NoClosedForm, answer
    from derivations.check import derive
    from errata.commands.evidence import side_by_side, values_alone

    found = answer(read.asked, read.where, conventions(read))
    if isinstance(found, NoClosedForm):
        from claims.one_line import one_line
        from numerics.by_scipy import NAME as SCIPY

        left = "" if found.left is None else f": {one_line(found.left)}"
        claim = Claim(text, read.asked, read.asked, read.where, convention=conventions(read))
        rigorous = () if found.left is None else (r for r in _routes(how) if r.name != SCIPY)
        return Asked(text, read, None, f"{found.why}{left}", values_alone(claim, tuple(rigorous)))
    return Asked(text, read, derive(found), "", side_by_side(found.claim, how, _routes(how)))


def _routes(how: Sampling) -> tuple[Route, ...]:
    """By definition, as sums and integrals in balls; by SciPy's laws and quadrature; and by draws."""
    from numerics.by_scipy import by_scipy
    from numerics.points import CALM
    from numerics.sampling.route import POINTS, by_sampling
    from numerics.written import as_defined

    return as_defined(CALM, POINTS), by_scipy(CALM, POINTS), by_sampling(how)


def conventions(read: Question | Inferred) -> tuple[str, ...]:
    """What the parameters of each law are, and that logs are natural."""
    return ("log is natural, so entropies and divergences are in nats", *map(_parameters, read.laws))


def _parameters(law: Family | Normal) -> str:
    from claims.laws import parameters_of
    from claims.one_line import one_line

    named = ", ".join(f"{n} {one_line(a)}" for (n, _), a in zip(parameters_of(law), law.args, strict=True))
    return f"{one_line(law)} has {named}"


def as_markdown(asked: Asked) -> str:
    """The derivation as notes write it; where there is none, or it is not confirmed, what is said of it as text."""
    from errata.commands.derivation_notes import as_markdown as as_notes

    if asked.checked is not None and asked.is_answered:
        return as_notes(asked.checked)
    shown = "" if asked.checked is None else as_notes(asked.checked)
    return f"```text\n{as_text(asked, shown)}\n```"


def as_text(asked: Asked, shown: str) -> str:
    """The derivation as any other is ``shown``, or that there is no closed form, with the values; then the evidence."""
    from errata.commands.evidence import as_text as numbers
    from errata.commands.evidence import bar

    if asked.checked is not None:
        judged = "" if asked.is_answered else "\n  not confirmed: an answer needs a proof of every step and two routes"
        return f"{shown}\n\n{numbers(asked.beside)}{judged}"
    lines = [asked.statement, "", f"  no closed form found: {asked.why}", ""]
    lines += [f"  where   {v.name}: {v.meaning}" for v in asked.question.where]
    lines += [f"  given   {said}" for said in conventions(asked.question)]
    for i, point in enumerate(asked.beside.points if asked.beside.routes else ()):
        lines += ["", f"  at {', '.join(f'{n}={v}' for n, v in sorted(point.items())) or 'closed numbers'}"]
        lines += [f"    {one.route:<11}  {bar(one.values[i])}" for one in asked.beside.routes]
    return "\n".join(lines)


def as_tree(asked: Asked, tree: Mapping[str, object] | None) -> dict[str, object]:
    """The answer for JSON: the ``tree`` of its derivation, or the values without one."""
    from errata.commands.evidence import as_trees

    if tree is not None:
        return {**tree, "question": asked.text, "answered": asked.is_answered}
    routes = [{**route, "verdict": "value", "detail": ""} for route in as_trees(asked.beside)]
    return {
        "name": asked.text,
        "topic": "question",
        "statement": asked.statement,
        "verdict": "undecided",
        "why": asked.why,
        "steps": [],
        "routes": routes,
        "where": [f"{v.name}: {v.meaning}" for v in asked.question.where],
        "convention": list(conventions(asked.question)),
        "source": None,
        "seconds": 0.0,
        "question": asked.text,
        "answered": False,
    }
