"""``errata cache``: where results are kept from run to run, and how to be rid of them."""

from __future__ import annotations

import click

from errata.commands.faults import traceback_option


@click.group(short_help="Show or clear what is kept from run to run.", invoke_without_command=True)
@traceback_option
@click.pass_context
def cache(ctx: click.Context) -> None:
    """Where results are kept from run to run, and how much that is.

    `errata check --no-cache` neither reads nor writes it. ERRATA_CACHE_DIR names another folder for it.
    """
    if ctx.invoked_subcommand is None:
        from errata.commands.store import NAME, folder

        file = folder() / NAME
        size = file.stat().st_size if file.exists() else 0
        click.echo(f"{file}: {size / 2**20:.1f} MB")


@cache.command(short_help="Throw away all that is kept.")
def clear() -> None:
    """Throw away all that is kept; the next run judges everything anew."""
    from errata.commands import store

    click.echo(f"{store.clear() / 2**20:.1f} MB freed in {store.folder()}")
