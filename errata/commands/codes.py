"""The codes that ``--select`` and ``--ignore`` take: whole, as a prefix, or by name."""

from __future__ import annotations

import click


def codes(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """The full codes that are meant, as prefixes for a Selection; a usage error where nothing is."""
    words = [word.strip() for value in values for word in value.split(",") if word.strip()]
    return tuple(code for word in words for code in _known(word))


def _known(word: str) -> tuple[str, ...]:
    from errata.reporting.rules.catalogue import nearest, rules_of

    found = tuple(rule.code for rule in rules_of(word))
    if found:
        return found
    near = nearest(word)
    hint = f"did you mean {near}?" if near else "`errata explain` lists all codes"
    raise click.BadParameter(f"there is no rule {word!r}; {hint}")
