"""A derivation as notes write it: Markdown with LaTeX, to paste into a page or a notebook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claims.claim import Claim, Step
    from derivations.check import Checked


def as_markdown(one: Checked) -> str:
    """A heading, the statement, its letters and conventions, the lines of the derivation with their reasons, and how
    each is proved.
    """
    from errata.commands.derivation_output import IN_ONE
    from errata.reporting.diagnostic import reason_of
    from errata.reporting.report import word_of

    claim, why = one.claim, reason_of(one.verdict)
    source = [] if claim.source is None else [f"Source: {claim.source.key}, {claim.source.place}."]
    ends = f"The verdict of `errata derive`: {word_of(one.verdict)}{f' ({why})' if why else ''}."
    return "\n\n".join(
        [
            notes_of(claim, [checked.step for checked in one.steps]),
            ends + (f" Proved {IN_ONE}." if one.in_one and len(one.steps) > 2 else ""),
            *source,
        ]
    )


def notes_of(claim: Claim, steps: Sequence[Step]) -> str:
    """The same without a verdict or a source; the statement, and each step, stand in a line of their own."""
    from claims.latex import latex

    rows = [rf"& {latex(steps[0].expression)} \\", *(_row(step) for step in steps[1:])]
    return "\n\n".join(
        [
            f"## {claim.name}",
            _display(statement_of(claim)),
            *(["where\n\n" + "\n".join(_letters(claim))] if claim.where else []),
            *(f"Given: {said}." for said in claim.convention),
            "Derivation:",
            _display("\n".join((r"\begin{aligned}", *rows, r"\end{aligned}"))),
        ]
    )


def statement_of(claim: Claim) -> str:
    """Both sides of a claim and its relation, in LaTeX."""
    from claims.latex import SIGNS, latex

    return f"{latex(claim.left)} {SIGNS[claim.relation]} {latex(claim.right)}"


def _letters(claim: Claim) -> list[str]:
    from claims.latex import values_of

    return [f"- ${values_of(v)}$: {v.meaning or 'any'}" for v in claim.where]


def _row(step: Step) -> str:
    from claims.latex import SIGNS, latex

    return rf"&{SIGNS[step.relation]} {latex(step.expression)} && \text{{{_text(step.reason)}}} \\"


def _text(reason: str) -> str:
    """Words that may stand in LaTeX's ``\text``."""
    for sign in "#$%&_{}":
        reason = reason.replace(sign, f"\\{sign}")
    return reason.replace("^", r"\^{}")


def _display(body: str) -> str:
    return f"$$\n{body}\n$$"
