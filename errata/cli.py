"""The command line: arguments and exit codes. Only click is imported here; every command loads what it needs."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from errata import __version__
from errata.commands.cache import cache
from errata.commands.check import check
from errata.commands.config import config
from errata.commands.conform import conform
from errata.commands.derive import derive
from errata.commands.explain import explain
from errata.commands.faults import OUR_FAULT, apology, traceback_option, traceback_wanted
from errata.commands.read import read
from errata.commands.refute import refute
from errata.commands.repair import repair
from errata.commands.report import report
from errata.commands.run import run
from errata.commands.server import server
from errata.commands.symbols import symbols
from errata.commands.why import why

INTERRUPTED = 130
PIPE_CLOSED = 141

EPILOG = """\b
Examples:
  errata check lecture.md                  every formula, with a counterexample to each wrong one
  errata check notes/ --format github      annotations in a pull request
  errata why lecture.md:118                what was found on a line, and what would settle it
  errata read '-\\log 0.5 = 0.693'          how errata reads a formula
  errata symbols lecture.md                what a page says of each of its letters, and where
  errata explain E302                      what a code means, with examples
  errata derive kl_normal_eq               a derivation, each step checked
  errata refute likelihood_is_unbiased     a counterexample, and the condition it lacks
  errata run ddpm                          a reference model, held to its properties
  errata repair chat.md                    a page pasted from a chat, its formulas mended
  errata conform bernoulli mine.py:f       your own code, held against it
  errata report week2.json week3.json      two runs compared: new, mended, still open

\b
Exit status:
  0  no error found
  1  an error found
  2  wrong usage, or an input that can't be read (the others are still checked)
  3  errata itself failed
"""


class Errata(click.Group):
    """A group that never ends in a bare traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what it didn't foresee becomes an exit status."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except BrokenPipeError:
            _abandon_output()
            ctx.exit(PIPE_CLOSED)
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            ctx.exit(INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            click.echo(apology(error, traceback_wanted(ctx)), err=True)
            ctx.exit(OUR_FAULT)


def _abandon_output() -> None:
    """Whoever read our output is gone: let the interpreter flush the rest to nowhere, and say nothing."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)


@click.group(
    cls=Errata,
    commands=[check, why, read, symbols, explain, derive, refute, run, repair, report, conform, server, config, cache],
    epilog=EPILOG,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "-V", "--version", prog_name="errata")
@traceback_option
@click.pass_context
def main(ctx: click.Context) -> None:
    """Re-derive the formulas in course notes and say which are wrong.

    errata reads Markdown, LaTeX, notebooks, HTML, reStructuredText and Org as they are. It changes no file unless you
    say --fix, and needs no network.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


if __name__ == "__main__":
    main(prog_name="errata")
