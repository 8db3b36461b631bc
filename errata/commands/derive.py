"""``errata derive``: a result step by step, each step proved by the symbolic engine."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import click

from errata.commands.faults import traceback_option

if TYPE_CHECKING:
    from claims.claim import Derivation
    from derivations.check import Checked, CheckedStep
    from errata.commands.evidence import SideBySide

NOT_PROVED = 1

EPILOG = """\b
Examples:
  errata derive                      the names of all derivations, by topic
  errata derive kl_normal_eq         one of them, step by step
  errata derive --all --format json  every one, checked
  errata derive kl_normal_eq --evidence               numbers beside it, with error bars
  errata derive kl_normal_eq --plot kl.svg --over m_1 the closed form against its routes
  errata derive 'KL(Normal(m1, s1^2) || Laplace(m2, b))'  a question, answered from the definitions
  errata derive 'Var[X], X ~ Beta(a, b)' 'H(Gamma(shape=a, rate=b))'  two more

\b
A question is KL(LAW || LAW), H(LAW), H(LAW, LAW), or E[f], Var[f] or
Cov[f, g] and ", X ~ LAW", and then perhaps ", t > 0" for a letter t. A LAW is
a name with its parameters: Normal(mean, variance), Gamma(shape, rate), ...;
f is made of numbers, names, + - * / ^ ( ), log, exp, sqrt and abs.

\b
Exit status:
  0  every step is proved; a question is answered and confirmed
  1  a step is not, a route refutes the result, or a question has no answer
  2  there is no derivation of that name, or a question is not understood
  3  errata itself failed
"""


@click.command(epilog=EPILOG, short_help="Show derivations, each step machine-checked.")
@click.argument("names", nargs=-1, metavar="[NAME|QUESTION]...")
@click.option("--all", "every", is_flag=True, help="Every derivation.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--evidence", is_flag=True, help="The routes to the same numbers side by side, with error bars.")
@click.option("--samples", type=click.IntRange(min=1000), help="Draws for each point, where a result can be sampled.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Processes that share the draws.  [default: this one]")
@click.option("--cluster", metavar="ADDRESS|local", help="Share the draws on a Dask cluster, which you trust.")
@click.option("--plot", "picture", metavar="FILE", help="Draw the closed form against its routes: .svg, .png or .pdf.")
@click.option("--over", metavar="NAME", help="The parameter that --plot varies.  [default: the first]")
@traceback_option
@click.pass_context
def derive(
    ctx: click.Context,
    names: tuple[str, ...],
    every: bool,
    form: str,
    evidence: bool,
    samples: int | None,
    jobs: int | None,
    cluster: str | None,
    picture: str | None,
    over: str | None,
) -> None:
    """Show derivations with each step machine-checked, or derive the answer to a question.

    Without NAME, list what there is, by topic.
    """
    from errata.commands.terminal import never_fail_to_print

    never_fail_to_print()
    if not names and not every:
        click.echo(_listing(form))
        return
    from errata.commands.ask import is_question

    asked = [name for name in names if is_question(name)]
    if asked:
        ctx.exit(_answered(names, asked, form, samples, jobs, cluster, picture or over or every))
    from claims.verdict import Proved

    if (samples or jobs or cluster) and not evidence:
        raise click.UsageError("--samples, --jobs and --cluster say how --evidence is gathered: add --evidence")
    if over is not None and picture is None:
        raise click.UsageError("--over names the parameter of --plot: add --plot FILE")
    checked = _checked(names, every)
    if picture is not None:
        _drawn(checked, picture, over)
    beside = _evidence(checked, samples, jobs, cluster) if evidence else {}
    if form == "json":
        click.echo(_as_json(checked, beside))
    else:
        click.echo("\n\n".join(_shown(one, beside) for one in checked))
    proved = all(isinstance(one.verdict, Proved) for one in checked)
    ctx.exit(0 if proved and not any(found.refuted for found in beside.values()) else NOT_PROVED)


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
    from errata.commands.evidence import insist_on_models
    from errata.commands.executors import executor

    if len(asked) < len(names) or other:
        raise click.UsageError("questions stand alone: without names of derivations, --all, --plot and --over")
    insist_on_models()
    from numerics.sampling.route import Sampling

    with executor(jobs, cluster) as pool:
        found = [ask.ask(text, Sampling(samples=samples, executor=pool)) for text in asked]
    if form == "json":
        trees = [ask.as_tree(one, None if one.checked is None else _tree(one.checked, one.beside)) for one in found]
        click.echo(json.dumps(trees, indent=1))
    else:
        texts = (ask.as_text(one, "" if one.checked is None else _shown(one.checked, {})) for one in found)
        click.echo("\n\n".join(texts))
    return 0 if all(one.is_answered for one in found) else NOT_PROVED


def _evidence(
    checked: Sequence[Checked], samples: int | None, jobs: int | None, cluster: str | None
) -> dict[str, SideBySide]:
    """What the routes of each derivation find, by name."""
    from errata.commands.evidence import insist_on_models, side_by_side
    from errata.commands.executors import executor

    insist_on_models()
    from numerics.sampling.route import Sampling

    with executor(jobs, cluster) as pool:
        how = Sampling(samples=samples, executor=pool)
        return {one.claim.name: side_by_side(one.claim, how) for one in checked}


def _drawn(checked: Sequence[Checked], picture: str, over: str | None) -> None:
    from errata.commands.plot import draw

    if len(checked) != 1:
        raise click.UsageError("--plot draws one derivation: name it")
    draw(checked[0].claim, picture, over)
    click.echo(f"drawn: {picture}", err=True)


def _checked(names: Sequence[str], every: bool) -> list[Checked]:
    from derivations.catalogue import derivation, derivations
    from derivations.check import derive as checked

    try:
        wanted = derivations() if every else tuple(derivation(name) for name in names)
    except KeyError as unknown:
        raise click.UsageError(f"{unknown.args[0]} (`errata derive` lists all)") from None
    return [checked(one) for one in _watched(wanted)]


def _watched(wanted: Sequence[Derivation]) -> Iterator[Derivation]:
    """Each in turn; with a bar on standard error while it lasts, on a terminal and for more than one."""
    if len(wanted) < 2 or not sys.stderr.isatty():
        yield from wanted
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=len(wanted))
        for one in wanted:
            bar.update(task, description=one.claim.name)
            yield one
            bar.advance(task)


def _listing(form: str) -> str:
    import json

    from derivations.catalogue import derivations, topic

    rows = [(d.claim.name, topic(d.claim.name), d.claim.statement) for d in derivations()]
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


def _as_json(checked: Sequence[Checked], beside: Mapping[str, SideBySide]) -> str:
    import json

    return json.dumps([_tree(one, beside.get(one.claim.name)) for one in checked], indent=1)


def _tree(one: Checked, beside: SideBySide | None) -> dict[str, object]:
    from derivations.catalogue import topic
    from errata.reporting.report import word_of

    claim = one.claim
    return {
        "name": claim.name,
        "topic": "question" if claim.source is None else topic(claim.name),
        "statement": claim.statement,
        "verdict": word_of(one.verdict),
        "steps": [_step_tree(step) for step in one.steps],
        "routes": _routes(one, beside),
        "where": [f"{v.name}: {v.meaning}" for v in claim.where],
        "convention": list(claim.convention),
        "source": None if claim.source is None else {"key": claim.source.key, "place": claim.source.place},
        "seconds": round(one.seconds, 3),
    }


def _step_tree(step: CheckedStep) -> dict[str, object]:
    from claims.one_line import one_line

    return {
        "number": step.number,
        "reason": step.step.reason,
        "expression": one_line(step.step.expression),
        "relation": None if step.link is None else step.step.relation.value,
        "link": _link(step),
        "seconds": round(step.seconds, 3),
    }


def _routes(one: Checked, beside: SideBySide | None) -> list[dict[str, object]]:
    from errata.reporting.renderers.json_report import evidence_of
    from errata.reporting.report import word_of

    symbolic: list[dict[str, object]] = [
        {"route": e.route, "verdict": word_of(one.verdict)} for e in evidence_of(one.verdict)
    ]
    if beside is None:
        return symbolic
    from errata.commands.evidence import as_trees

    return symbolic + as_trees(beside)


def _link(step: CheckedStep) -> str | None:
    """In one word, how a step hangs on its predecessor; the first hangs on none."""
    return (
        None if step.link is None else {"Holds": "proved", "Broken": "broken", "Open": "open"}[type(step.link).__name__]
    )


def _shown(one: Checked, beside: Mapping[str, SideBySide]) -> str:
    from claims.one_line import one_line
    from errata.reporting.diagnostic import reason_of
    from errata.reporting.report import word_of

    claim = one.claim
    lines = [claim.name, f"  {claim.statement}", ""]
    for step in one.steps:
        lines.append(f"  {step.number}. {step.step.reason}" + (f"  [{_link(step)}]" if step.link else ""))
        sign = step.step.relation.value if step.link else " "
        lines.append(f"     {sign} {one_line(step.step.expression)}")
    why = reason_of(one.verdict)
    lines += ["", *(f"  where   {v.name}: {v.meaning}" for v in claim.where)]
    lines += [f"  given   {said}" for said in claim.convention]
    if claim.source is not None:
        lines.append(f"  source  {claim.source.key}, {claim.source.place}")
    lines.append(f"  {word_of(one.verdict)}{f': {why}' if why else ''} ({len(one.steps)} steps, {one.seconds:.1f} s)")
    if claim.name in beside:
        from errata.commands.evidence import as_text

        lines += ["", as_text(beside[claim.name])]
    return "\n".join(lines)
