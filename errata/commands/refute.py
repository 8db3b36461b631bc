"""``errata refute``: a statement that is not true as it is often made, with its witness and the condition it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from errata.commands.faults import traceback_option

if TYPE_CHECKING:
    from numerics.counterexamples.refutation import Refutation, Value

DIGITS = 8


@click.command(short_help="Show a counterexample to a common statement.")
@click.argument("name", required=False)
@traceback_option
@click.pass_context
def refute(ctx: click.Context, name: str | None) -> None:
    """Compute both sides of a statement at a point that breaks it, and where its condition holds.

    Without NAME, list all statements. What is right instead is derived by the derivations named at the end.

    \b
    Exit status:
      0  the statement is refuted, and holds under its condition
      1  it is not
      2  there is no statement of that name
    """
    from numerics.counterexamples.catalogue import BY_NAME, REFUTATIONS
    from numerics.counterexamples.refutation import is_refuted, is_saved

    if name is None:
        click.echo("\n".join(f"{case.name:<40} {case.says}" for case in REFUTATIONS))
        return
    case = BY_NAME.get(name)
    if case is None:
        raise click.UsageError(f"there is no refuted statement {name!r}; `errata refute` lists all")
    click.echo(page(case))
    if not (is_refuted(case) and is_saved(case)):
        ctx.exit(1)


def page(case: Refutation) -> str:
    """Everything about a refuted statement, a fact a line."""
    from numerics.counterexamples.refutation import is_refuted, is_saved, values

    left, right = values(case.sides)
    saved_left, saved_right = values(case.saved)
    lines = [
        case.name,
        f"  statement  {case.says}",
        f"  read as    {case.left} {case.relation} {case.right}",
        f"  witness    {case.witness}",
        f"  computed   {number(left)} {case.relation} {number(right)}  [{'refuted' if is_refuted(case) else 'open'}]",
        f"  holds if   {case.holds_if}",
        f"  there      {case.saved_at}",
        f"  computed   {number(saved_left)} {case.relation} {number(saved_right)}"
        f"  [{'holds' if is_saved(case) else 'open'}]",
        *(f"  derived    errata derive {derivation}" for derivation in case.derived),
    ]
    return "\n".join(lines)


def number(value: Value) -> str:
    """An exact rational where it is short, else its leading digits."""
    from flint import arb, fmpq

    if isinstance(value, fmpq) and len(str(value)) <= 2 * DIGITS:
        return str(value)
    return str(arb(value).str(DIGITS, radius=False))
