"""``errata explain``: the page of a rule, or the list of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from errata.commands.faults import traceback_option

if TYPE_CHECKING:
    from errata.reporting.rules.rule import Rule


@click.command(short_help="Say what a code means, with examples.")
@click.argument("code", required=False)
@click.option("--all", "every", is_flag=True, help="The pages of all rules.")
@traceback_option
def explain(code: str | None, every: bool) -> None:
    """Say what a code like E302 means, with a wrong and a right example.

    Without CODE, list all rules. The name of a rule will do as well.
    """
    from errata.reporting.notices import MEANINGS
    from errata.reporting.notices import page as notice_page
    from errata.reporting.rules.catalogue import RULES, nearest, rule_of

    if every:
        click.echo("\n\n".join(page(rule) for rule in RULES))
        return
    if code is None:
        click.echo("\n".join(_line(rule) for rule in RULES))
        return
    if code.upper() in MEANINGS:
        click.echo(notice_page(code.upper()))
        return
    rule = rule_of(code)
    if rule is None:
        near = nearest(code)
        raise click.UsageError(f"there is no rule {code!r}; " + (f"did you mean {near}?" if near else _all_hint()))
    click.echo(page(rule))


def page(rule: Rule) -> str:
    """All that is known about a rule, as Markdown."""
    return "\n\n".join(
        (
            f"## {rule.code} {rule.name} ({rule.severity})",
            f"{rule.headline[0].upper()}{rule.headline[1:]}.",
            rule.what.strip(),
            f"### Why it matters\n\n{rule.why.strip()}",
            f"### Wrong\n\n{_quoted(rule.wrong)}",
            f"### Right\n\n{_quoted(rule.right)}",
            f"### When it is silent\n\n{rule.silent.strip()}",
        )
    )


def _quoted(notes: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in notes.strip().splitlines())


def _line(rule: Rule) -> str:
    return f"{rule.code}  {rule.severity:<8} {rule.name:<21} {rule.headline}"


def _all_hint() -> str:
    return "`errata explain` lists all codes"
