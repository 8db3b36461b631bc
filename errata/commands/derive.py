"""``errata derive``: a result step by step, each step proved by the symbolic engine."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import click

from errata.commands.faults import traceback_option

if TYPE_CHECKING:
    from claims.claim import Derivation

NOT_PROVED = 1
MOST_KNOWN = 3

EPILOG = """\b
Examples:
  errata derive                      the names of all derivations, by topic
  errata derive kl_normal_eq         one of them, step by step
  errata derive 'law of total variance'  found by what notes call it
  errata derive kl_normal_eq --format markdown        as notes write it, with LaTeX
  errata derive kl_normal_eq --rules the rules that each step needs
  errata derive --all --format json  every one, checked
  errata derive kl_normal_eq --evidence               numbers beside it, with error bars
  errata derive --all --evidence --jobs 2             every route of every derivation
  errata derive kl_normal_eq --plot kl.svg --over m_1 the closed form against its routes
  errata derive 'KL(Normal(m1, s1^2) || Laplace(m2, b))'  a question, answered from the definitions
  errata derive 'Var[X] for X ~ Beta(a, b)' 'H(Gamma(shape=a, rate=b))'  two more
  errata derive 'posterior of Beta(a, b) after Binomial(n, p)'    by Bayes' rule
  errata derive 'MLE of Normal(m, s^2)' 'score of Gamma(a, b) in b'

\b
A question is KL(LAW || LAW), H(LAW), H(LAW, LAW), or E[f], Var[f] or
Cov[f, g] and ", X ~ LAW" or "for X ~ LAW", and then perhaps ", t > 0" for a
letter t; or "posterior of LAW after LAW" of a prior and what was observed,
"MLE of LAW" and "score of LAW", in each letter or "in t" alone. A LAW is a
name with its parameters: Normal(mean, variance), Gamma(shape, rate), ...;
f is made of numbers, names, + - * / ^ ( ), log, exp, sqrt and abs.

\b
Exit status:
  0  every step is proved; a question is answered and confirmed
  1  a step is not, a route refutes the result, or a question has no answer
  2  there is no derivation of that name, or several are, or a question is
     not understood
  3  errata itself failed
"""


@click.command(epilog=EPILOG, short_help="Show derivations, each step machine-checked.")
@click.argument("names", nargs=-1, metavar="[NAME|WORDS|QUESTION]...")
@click.option("--all", "every", is_flag=True, help="Every derivation.")
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text",
              show_default=True, help="markdown has LaTeX, to paste into notes.")  # fmt: skip
@click.option("--rules", is_flag=True, help="What each step rests on: the rules without which it is not proved.")
@click.option("--evidence", is_flag=True, help="The routes to the same numbers side by side, with error bars.")
@click.option("--samples", type=click.IntRange(min=1000), help="Draws for each point, where a result can be sampled.")
@click.option("--precision", type=click.Choice(["float64", "float32"]), help="Of draws; sums are float64.")
@click.option("--device", metavar="NAME", help="Where draws are made: cpu, cuda, cuda:1.  [default: cpu]")
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Processes that share the work.  [default: this one]")
@click.option("--cluster", metavar="ADDRESS|local", help="Share the work on a Dask cluster, which you trust.")
@click.option("--plot", "picture", metavar="FILE", help="Draw the closed form against its routes: .svg, .png or .pdf.")
@click.option("--over", metavar="NAME", help="The parameter that --plot varies.  [default: the first]")
@traceback_option
@click.pass_context
def derive(
    ctx: click.Context,
    names: tuple[str, ...],
    every: bool,
    form: str,
    rules: bool,
    evidence: bool,
    samples: int | None,
    precision: str | None,
    device: str | None,
    jobs: int | None,
    cluster: str | None,
    picture: str | None,
    over: str | None,
) -> None:
    """Show derivations with each step machine-checked, or derive the answer to a question.

    Without NAME, list what there is, by topic. WORDS are what notes call a result; several that fit are listed.
    """
    from errata.commands.terminal import never_fail_to_print

    never_fail_to_print()
    if not names and not every:
        click.echo(_listing(form))
        return
    import json

    from errata.commands.ask import is_question
    from errata.commands.examined import Asked, gathered

    asked = [name for name in names if is_question(name)]
    if asked and (precision or device):
        raise click.UsageError(
            "a question is confirmed in float64 on the cpu: --precision and --device are for --evidence of a derivation"
        )
    if asked:
        ctx.exit(_answered(names, asked, form, samples, jobs, cluster, picture or over or every or rules))
    if (samples or precision or device or jobs or cluster) and not evidence:
        raise click.UsageError(
            "--samples, --precision, --device, --jobs and --cluster say how --evidence is gathered: add --evidence"
        )
    if form == "markdown" and (evidence or rules):
        raise click.UsageError("--format markdown is what notes write: --evidence and --rules are told as text or json")
    if over is not None and picture is None:
        raise click.UsageError("--over names the parameter of --plot: add --plot FILE")
    wanted = _wanted(names, every)
    if picture is not None:
        _drawn(wanted, picture, over)
    asked_for = Asked(evidence, samples, precision or "float64", device or "cpu", rules)
    found = gathered([one.claim.name for one in wanted], asked_for, jobs, cluster)
    if form == "json":
        click.echo(json.dumps([one.tree for one in found], indent=1))
    elif form == "markdown":
        click.echo("\n\n".join(one.markdown for one in found))
    else:
        click.echo("\n\n".join(one.text for one in found))
        if evidence and len(found) > 1:
            from errata.commands.evidence import totals

            click.echo(f"\n{totals([one.tree for one in found])}")
    ctx.exit(0 if all(one.holds for one in found) else NOT_PROVED)


def _answered(
    names: Sequence[str],
    asked: Sequence[str],
    form: str,
    samples: int | None,
    jobs: int | None,
    cluster: str | None,
    other: object,
) -> int:
    """Prints the answers to questions; the exit status."""
    import json

    from errata.commands import ask
    from errata.commands.derivation_output import as_text, as_tree
    from errata.commands.evidence import insist_on_models
    from errata.commands.executors import executor

    if len(asked) < len(names) or other:
        raise click.UsageError("questions stand alone: without names of derivations, --all, --rules, --plot and --over")
    insist_on_models()
    from numerics.sampling.route import Sampling

    with executor(jobs, cluster) as pool:
        found = [one for text in asked for one in ask.ask(text, Sampling(samples=samples, executor=pool))]
    if form == "json":
        trees = [ask.as_tree(one, None if one.checked is None else as_tree(one.checked, one.beside)) for one in found]
        click.echo(json.dumps(trees, indent=1))
    elif form == "markdown":
        click.echo("\n\n".join(map(ask.as_markdown, found)))
    else:
        texts = (ask.as_text(one, "" if one.checked is None else as_text(one.checked)) for one in found)
        click.echo("\n\n".join(texts))
    return 0 if all(one.is_answered for one in found) else NOT_PROVED


def _drawn(wanted: Sequence[Derivation], picture: str, over: str | None) -> None:
    from errata.commands.plot import draw

    if len(wanted) != 1:
        raise click.UsageError("--plot draws one derivation: name it")
    draw(wanted[0].claim, picture, over)
    click.echo(f"drawn: {picture}", err=True)


def _wanted(names: Sequence[str], every: bool) -> tuple[Derivation, ...]:
    from derivations.catalogue import derivations

    return derivations() if every else tuple(_called(name) for name in names)


def _called(name: str) -> Derivation:
    """The derivation of that name, or the one that these words are for."""
    from derivations.catalogue import derivation
    from errata.commands.ask import why_no_question
    from errata.commands.in_words import beside, is_meant, said_best_by, several
    from errata.meaning.contents.catalogue import described

    try:
        return derivation(name)
    except KeyError as unknown:
        found = () if "_" in name else said_best_by(name, described())
        if is_meant(name, found, described()):
            click.echo(f"{name!r} is {found[0]}{beside(found)}", err=True)
            return derivation(found[0])
        if found:
            lines = {one: derivation(one).claim.statement for one in found}
            raise click.UsageError(several(name, found, lines, "`errata derive`")) from None
        known = "".join(f"\n  `errata check` holds formulas against {line}" for line in _known(name))
        why = "" if known or name.isidentifier() else f"\n\nA question? {why_no_question(name)}"
        raise click.UsageError(f"{unknown.args[0]} (`errata derive` lists all){known or why}") from None


def _known(words: str) -> list[str]:
    """The results of that name that notes are judged by, though no derivation shows them."""
    from errata.commands.in_words import said_best_by
    from errata.meaning.results.catalogue import RESULTS

    found = said_best_by(words, {r.name: (r.name, "; ".join(r.words)) for r in RESULTS})
    return [f"{r.statement} ({r.source})" for r in RESULTS if r.name in found[:MOST_KNOWN]]


def _listing(form: str) -> str:
    import json

    from derivations.catalogue import derivations, topic

    rows = [(d.claim.name, topic(d.claim.name), d.claim.statement) for d in derivations()]
    if form == "markdown":
        from errata.commands.derivation_notes import statement_of

        return "\n".join(f"- `{d.claim.name}`: ${statement_of(d.claim)}$" for d in derivations())
    if form == "json":
        return json.dumps([{"name": n, "topic": t, "statement": s} for n, t, s in rows], indent=1)
    widest = max((len(name) for name, _, _ in rows), default=0)
    by_topic = groupby(rows, key=lambda row: row[1])
    return "\n\n".join(
        "\n".join([topic, *(_fitted(f"  {name:<{widest}}  {statement}") for name, _, statement in listed)])
        for topic, listed in by_topic
    )


def _fitted(line: str) -> str:
    """The line cut to the width of a terminal; whole where it goes elsewhere."""
    from errata.commands.terminal import width

    if not sys.stdout.isatty() or len(line) <= width(sys.stdout):
        return line
    return f"{line[: width(sys.stdout) - 1]}…"
