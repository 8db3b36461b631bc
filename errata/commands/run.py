"""``errata run``: reference models held to their properties, their planted mistakes, their oracles and a small task."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from errata.commands.faults import traceback_option

if TYPE_CHECKING:
    from errata.reporting.drawn_means import DrawnMeans
    from numerics.specifications.contract import Specification
    from numerics.specifications.held import Held

NOT_SOUND = 1

EPILOG = """\b
Examples:
  errata run                              the models by family, with the rows they cover
  errata run ddpm                         its properties, planted mistakes, oracles, and a small task
  errata run gmm --samples 1000000        the means that it states beside those of a million draws
  errata run flows --plot flows.png       every model of a family; --plot draws what their tasks found
  errata run --all --format json          every model, without the trainings
  errata run vae --device cuda --long     the longer task, on a GPU
  errata run --all --gallery docs/models  the pages of documentation, and their pictures

\b
A property is held on inputs drawn from --seed, by another route than the model's
own; then the model is given the planted mistake, which the property must reject.
An oracle is another package, whose answers are kept with their version.
What a model states of its draws (a mass, a moment, a ratio of densities) stands
beside the mean of --samples draws and its error, which holds at every number of
draws but for a chance of 1e-9; a planted mistake in what draws must be told.

\b
Exit status:
  0  every property passed, every mistake was rejected, every oracle agreed
  1  not so
  2  there is no model or family of that name, or no such device
  3  errata itself failed
"""


@click.command(epilog=EPILOG, short_help="Run reference models: properties, oracles, a small task.")
@click.argument("names", nargs=-1, metavar="[MODEL|FAMILY|WORDS]...")
@click.option("--all", "every", is_flag=True, help="Every model; trainings only with --train.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--device", default="cpu", show_default=True, metavar="NAME", help="A torch device: cpu, cuda, cuda:1.")
@click.option("--seed", default=0, show_default=True, type=click.IntRange(min=0), help="Of the inputs drawn.")
@click.option("--train/--no-train", default=None, help="Whether to run trainings.  [default: for models named]")
@click.option("--long", "long", is_flag=True, help="The longer version of a task, meant for a GPU.")
@click.option(
    "--samples",
    type=click.IntRange(min=0),
    metavar="N",
    help="Draws for the means that a model states; 0 for none.  [default: as planned, for models named]",
)
@click.option("--live", is_flag=True, help="Ask the oracles themselves, which must be installed, not their tables.")
@click.option("--plot", "picture", metavar="FILE", help="Draw what the tasks found: .svg, .png or .pdf.")
@click.option("--gallery", "folder", metavar="FOLDER", help="Write a page and a picture for each family into it.")
@traceback_option
@click.pass_context
def run(
    ctx: click.Context,
    names: tuple[str, ...],
    every: bool,
    form: str,
    device: str,
    seed: int,
    train: bool | None,
    long: bool,
    samples: int | None,
    live: bool,
    picture: str | None,
    folder: str | None,
) -> None:
    """Hold reference models to their properties, and show that each property rejects a planted mistake.

    Without MODEL, list the models by family.
    """
    from errata.commands.output import stdout_kept
    from errata.commands.terminal import never_fail_to_print

    never_fail_to_print()
    _insist_on_torch()
    from errata.reporting import specifications as shown

    if not names and not every:
        click.echo(shown.listing_as_json() if form == "json" else shown.listing())
        return
    wanted = _wanted(names, every)
    _insist_on_device(device)
    _use_one_thread()
    if picture is not None:
        _insist_on_picture(picture)
    if folder is not None:
        _insist_on_picture(f"{folder}/family.png")
    trains = train if train is not None else not every
    found: list[Held] = []
    drawn: dict[str, DrawnMeans] = {}
    with stdout_kept():
        for one, tell in _watched(wanted):
            found.append(_held(one, seed, device, live, trains, long, tell))
            means = _means(one.name, device, samples) if samples or (samples is None and not every) else None
            drawn |= {} if means is None else {one.name: means}
    click.echo(_json(found, drawn) if form == "json" else _text(found, drawn))
    if samples and len(drawn) < len(wanted):
        undrawn = ", ".join(one.name for one in wanted if one.name not in drawn)
        click.echo(f"not drawn: {undrawn} (no draw of theirs has a stated mean)", err=True)
    if picture is not None:
        _drawn(found, picture)
    if folder is not None:
        _gallery(found, folder)
    sound = all(one.sound for one in found) and all(one.sound for one in drawn.values())
    ctx.exit(0 if sound else NOT_SOUND)


def _means(name: str, device: str, samples: int | None) -> DrawnMeans | None:
    """What draws show of what a model states of them; None for a model that doesn't draw."""
    from errata.reporting.drawn_means import DrawnMeans
    from numerics.sampling.models import held_statements, planned
    from numerics.sampling.registry import SAMPLERS, sampler_of

    if name not in {one.name for one in SAMPLERS}:
        return None
    held = held_statements(name, device=device, samples=samples)
    mutated = held_statements(name, mutated=True, device=device, samples=samples)
    return DrawnMeans(name, held, mutated, sampler_of(name).mutant.slip, planned())


def _text(found: Sequence[Held], drawn: Mapping[str, DrawnMeans]) -> str:
    """What was held, and below it what was drawn."""
    from errata.reporting import drawn_means
    from errata.reporting import specifications as shown

    held = shown.as_text(found)
    return f"{held}\n\n{drawn_means.as_text(tuple(drawn.values()))}" if drawn else held


def _json(found: Sequence[Held], drawn: Mapping[str, DrawnMeans]) -> str:
    """A list of objects, one for each model; ``draws`` is null for a model that was not drawn."""
    import json

    from errata.reporting.drawn_means import as_tree
    from errata.reporting.specifications import as_json

    trees = [
        {**tree, "draws": as_tree(drawn[tree["model"]]) if tree["model"] in drawn else None}
        for tree in json.loads(as_json(found))
    ]
    return json.dumps(trees, indent=1, ensure_ascii=False)


def _held(
    one: Specification, seed: int, device: str, live: bool, trains: bool, long: bool, tell: Callable[[float], None]
) -> Held:
    from numerics.specifications.held import held

    wants_task = one.task is not None and (trains or not one.task.training)
    return held(one, seed, device, live, wants_task, tell, long)


def _wanted(names: Sequence[str], every: bool) -> list[Specification]:
    """The models asked for by their own names or those of families, each once."""
    from numerics.specifications.catalogue import FAMILIES, SPECIFICATIONS

    if every:
        return list(SPECIFICATIONS)
    by_name = {one.name: [one] for one in SPECIFICATIONS} | {family: list(page) for family, page in FAMILIES.items()}
    chosen: dict[str, Specification] = {}
    for name in names:
        chosen |= {one.name: one for one in by_name.get(name) or [_called(name, by_name)]}
    return list(chosen.values())


def _called(words: str, by_name: Mapping[str, Sequence[Specification]]) -> Specification:
    """The model that these words are for."""
    from difflib import get_close_matches

    from errata.commands.in_words import beside, is_meant, said_best_by, several
    from numerics.specifications.catalogue import SPECIFICATIONS, specification

    titles = {one.name: one.title for one in SPECIFICATIONS}
    described = {one.name: _described(one) for one in SPECIFICATIONS}
    found = () if "_" in words else said_best_by(words, described)
    if is_meant(words, found, described):
        click.echo(f"{words!r} is {found[0]}, {titles[found[0]]}{beside(found)}", err=True)
        return specification(found[0])
    if found:
        raise click.UsageError(several(words, found, titles, "`errata run`"))
    near = get_close_matches(words, by_name, 3)
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    raise click.UsageError(f"there is no model or family {words!r}{hint} (`errata run` lists all)")


def _described(one: Specification) -> tuple[str, str]:
    """The title of a model, and what else notes may call it."""
    from numerics.specifications.other_names import OTHER_NAMES

    return one.title, "; ".join((one.name, one.family, *one.functions, *OTHER_NAMES.get(one.name, ())))


def _insist_on_torch() -> None:
    from importlib.util import find_spec

    if find_spec("torch") is None:
        raise click.UsageError("reference models are written in torch: pip install 'errata[models]'")


def _use_one_thread() -> None:
    """Tasks are small: more threads wait for each other, twenty times as long where others are at work."""
    import torch

    torch.set_num_threads(1)


def _insist_on_device(device: str) -> None:
    from errata.commands.devices import why_unusable

    why = why_unusable(device)
    if why:
        raise click.BadParameter(f"{device!r} can't be used here: {why}", param_hint="--device")


def _insist_on_picture(picture: str) -> None:
    from errata.commands.output import check_writable
    from errata.commands.plot import insist_on_matplotlib

    insist_on_matplotlib(picture)
    check_writable(picture, "--plot")


def _drawn(found: Sequence[Held], picture: str) -> None:
    from errata.commands.panels import draw_panels

    drawn = draw_panels(found, picture)
    said = (
        f"drawn: {picture} ({drawn} panels)" if drawn else "nothing to draw: these models have no task with a picture"
    )
    click.echo(said, err=True)


def _gallery(found: Sequence[Held], folder: str) -> None:
    """A page for each family of what was held, all of its models on it, and a picture of what the tasks found."""
    from pathlib import Path

    from errata.commands.output import write
    from errata.commands.panels import draw_panels
    from errata.reporting.gallery import page
    from numerics.conformance.catalogue import EXERCISES
    from numerics.specifications.catalogue import FAMILIES

    for family in dict.fromkeys(one.specification.family for one in found):
        write(page(family, FAMILIES[family], EXERCISES), str(Path(folder) / f"{family}.md"), False)
        drawn = draw_panels(
            [one for one in found if one.specification.family == family], str(Path(folder) / f"{family}.png")
        )
        click.echo(f"written: {folder}/{family}.md{f' and .png ({drawn} panels)' if drawn else ''}", err=True)


@contextmanager
def _bar(total: int) -> Iterator[Callable[[float, str], None]]:
    """A bar on standard error, on a terminal; else nothing is shown."""
    if not sys.stderr.isatty():
        yield lambda done, said: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda done, said: bar.update(task, completed=done, description=said)


def _watched(wanted: Sequence[Specification]) -> Iterator[tuple[Specification, Callable[[float], None]]]:
    """Each in turn, with what tells the bar how far its task has come."""
    with _bar(len(wanted)) as show:
        for i, one in enumerate(wanted):
            show(i, f"{i + 1}/{len(wanted)} {one.name}")

            def tell(share: float, i: int = i, name: str = one.name) -> None:
                show(i + share, f"{i + 1}/{len(wanted)} {name}")

            yield one, tell
