"""A derivation and the evidence beside it, as a tree for JSON and as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from derivations.ablation import Rests
    from derivations.check import Checked, CheckedStep
    from errata.commands.evidence import SideBySide


IN_ONE = "by canonical form: the last step is proved from the first at once, and the steps between explain it"


def as_tree(one: Checked, beside: SideBySide | None, rests: Sequence[Rests] = ()) -> dict[str, object]:
    """The tree of the contract; ``rests`` says of each link what it rests on, where that was asked."""
    from derivations.catalogue import topic
    from errata.commands.derivation_notes import statement_of
    from errata.reporting.report import word_of
    from numerics.specifications.ties import models_of

    claim = one.claim
    return {
        "name": claim.name,
        "topic": "question" if claim.source is None else topic(claim.name),
        "statement": claim.statement,
        "latex": statement_of(claim),
        "verdict": word_of(one.verdict),
        "steps": [_step_tree(step) | _rests_tree(step, rests) for step in one.steps],
        "by_canonical_form": one.in_one,
        "routes": _routes(one, beside),
        **({} if beside is None or not beside.sampling else {"sampling": beside.sampling}),
        **({} if beside is None or not beside.otherwise else {"sampling_otherwise": beside.otherwise}),
        "where": [f"{v.name}: {v.meaning}" for v in claim.where],
        "convention": list(claim.convention),
        "source": None if claim.source is None else {"key": claim.source.key, "place": claim.source.place},
        "models": list(models_of(claim.name)),
        "seconds": round(one.seconds, 3),
    }


def _step_tree(step: CheckedStep) -> dict[str, object]:
    from claims.latex import latex
    from claims.one_line import one_line

    return {
        "number": step.number,
        "reason": step.step.reason,
        "expression": one_line(step.step.expression),
        "latex": latex(step.step.expression),
        "relation": None if step.link is None else step.step.relation.value,
        "link": _link(step),
        "seconds": round(step.seconds, 3),
    }


def _rests_tree(step: CheckedStep, rests: Sequence[Rests]) -> dict[str, object]:
    """What the link to a step rests on; nothing of the first step, and where nobody asked."""
    if not rests or step.link is None:
        return {}
    found = rests[step.number - 2]
    return {"rests_on": [rule.value for rule in found.needed] or [found.how.value]}


def _routes(one: Checked, beside: SideBySide | None) -> list[dict[str, object]]:
    from errata.reporting.renderers.json_report import evidence_of
    from errata.reporting.report import word_of

    symbolic: list[dict[str, object]] = [
        {"route": e.route, "verdict": word_of(one.verdict)} for e in evidence_of(one.verdict)
    ]
    if beside is None:
        return symbolic
    from errata.commands import evidence

    return symbolic + evidence.as_trees(beside)


def _link(step: CheckedStep) -> str | None:
    """In one word, how a step hangs on its predecessor; the first hangs on none."""
    return (
        None if step.link is None else {"Holds": "proved", "Broken": "broken", "Open": "open"}[type(step.link).__name__]
    )


def as_text(one: Checked, beside: SideBySide | None = None, rests: Sequence[Rests] = ()) -> str:
    """Step by step, then what is meant by the letters, the verdict, and the routes."""
    from claims.one_line import one_line
    from errata.reporting.diagnostic import reason_of
    from errata.reporting.report import word_of
    from numerics.specifications.ties import models_of

    claim = one.claim
    lines = [claim.name, f"  {claim.statement}", ""]
    for step in one.steps:
        by = f": {rests[step.number - 2].said}" if rests and step.link else ""
        lines.append(f"  {step.number}. {step.step.reason}" + (f"  [{_link(step)}{by}]" if step.link else ""))
        sign = step.step.relation.value if step.link else " "
        lines.append(f"     {sign} {one_line(step.step.expression)}")
    why = reason_of(one.verdict)
    lines += ["", *(f"  where   {v.name}: {v.meaning}" for v in claim.where)]
    lines += [f"  given   {said}" for said in claim.convention]
    if claim.source is not None:
        lines.append(f"  source  {claim.source.key}, {claim.source.place}")
    models = models_of(claim.name)
    if models:
        lines.append(f"  model   {', '.join(models)} (`errata run NAME`)")
    lines += [f"  {IN_ONE}"] if one.in_one and len(one.steps) > 2 else []
    lines.append(f"  {word_of(one.verdict)}{f': {why}' if why else ''} ({len(one.steps)} steps, {one.seconds:.1f} s)")
    if beside is not None:
        from errata.commands import evidence

        lines += ["", evidence.as_text(beside)]
    return "\n".join(lines)
