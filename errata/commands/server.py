"""``errata server``: for editors."""

from __future__ import annotations

import click

from errata.commands.engine import engine_of
from errata.commands.faults import traceback_option


@click.command(short_help="Serve an editor (Language Server Protocol).")
@click.option("--stdio", is_flag=True, help="Over standard input and output, which is the only way there is.")
@traceback_option
@click.pass_context
def server(ctx: click.Context, stdio: bool) -> None:
    """Serve an editor by the Language Server Protocol: findings, hovers, repairs and the outline of formulas.

    An editor starts this; see docs/editors.md.
    """
    from importlib.util import find_spec

    if find_spec("pygls") is None:
        raise click.UsageError("errata server needs pygls: pip install 'errata[server]'")
    from errata.integrations.language_server.server import serve

    serve(engine_of(ctx))
