"""``errata config``: which settings are in force for some notes, and where each comes from."""

from __future__ import annotations

import json
from typing import Any

import click

from errata.commands.faults import traceback_option


@click.command(short_help="Show the settings in force, and where they come from.")
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@traceback_option
def config(paths: tuple[str, ...], form: str) -> None:
    """Show every setting for the notes under PATH (the current folder, if none is given), and where it comes from.

    Settings stand in errata.toml, or under [tool.errata] in pyproject.toml.
    """
    from errata.commands.settings import KEYS

    settings = in_force(paths or (".",))
    rows = [(name, settings.get(name), settings.origin if name in settings.values else None) for name in KEYS]
    if form == "json":
        told = {name: {"value": value, "from": origin} for name, value, origin in rows}
        click.echo(json.dumps({"file": settings.origin, "settings": told}, indent=1))
        return
    click.echo(f"# {settings.origin or 'no errata.toml, and no [tool.errata] in a pyproject.toml'}")
    for name, value, origin in rows:
        said = f"{name} = {_toml(value)}"
        click.echo(f"{said:<40}  # {origin or 'default'}: {KEYS[name].takes}")


def in_force(paths: tuple[str, ...], file: str | None = None) -> Any:
    """The settings for some paths, or those of a file. Raises a usage error where they can't be used."""
    from pathlib import Path

    from errata.commands.settings import Settings, SettingsError, found_for, read

    try:
        return found_for(paths) if file is None else read(Path(file)) or Settings()
    except SettingsError as error:
        raise click.UsageError(str(error)) from error


def _toml(value: object) -> str:
    if value is None:
        return '""  (not set)'
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = {json.dumps(v)}" for k, v in value.items()) + " }" if value else "{}"
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        return "{ " + ", ".join(f"{json.dumps(k)} = {json.dumps(list(v))}" for k, v in value) + " }"
    return json.dumps(list(value) if isinstance(value, tuple) else value)
