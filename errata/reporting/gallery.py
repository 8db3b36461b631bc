"""A page of documentation for each family of reference models, written by ``errata run --gallery``.

A page holds what can't differ between machines: equations, conventions, sources, what is held and which mistakes are
rejected, how to run and how to conform. Its picture is drawn beside it from what the tasks found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numerics.conformance.exercise import Exercise
    from numerics.specifications.contract import Specification, Task

INTRODUCTIONS = {
    "distributions": "The laws that everything else is made of: densities and masses, samplers, moments.",
    "structured": "Elementary and structured probabilistic models: mixtures, chains, graphs, filters, heads.",
    "learning": "Objectives, estimators, learning algorithms: likelihood, scores, contrasts, preferences, optimisers.",
    "inference": "Inference and sampling: chains, weights, bounds, and how sequences are decoded.",
    "divergences": "Divergences and information measures, and tests of two samples.",
    "energy": "Early deep generative models: belief networks, Boltzmann machines, energies.",
    "autoregressive": "Factorised by the chain rule: n-grams, recurrent networks, convolutions, transformers.",
    "autoencoders": "Latent-variable autoencoders: VAE, IWAE, VQ-VAE, conditional and hierarchical ones.",
    "adversarial": "Generators that are trained against a critic.",
    "flows": "Normalising flows: invertible maps and their Jacobians.",
    "diffusion": "Diffusion and score models: schedules, posteriors, samplers, guidance.",
    "multimodal": "Models of two modalities.",
    "evaluation": "Scores of models and of what they generate.",
    "graphs": "Random graphs and networks on graphs.",
}


def page(family: str, specifications: Sequence[Specification], exercises: Sequence[Exercise]) -> str:
    """The page of a family, in Markdown."""
    return "\n".join(_lines(family, specifications, exercises)) + "\n"


def has_picture(specifications: Sequence[Specification]) -> bool:
    """Whether any of them has a task, from which a picture is drawn."""
    return any(one.task is not None for one in specifications)


def _lines(family: str, specifications: Sequence[Specification], exercises: Sequence[Exercise]) -> Iterator[str]:
    yield f"# Reference models: {family}"
    yield ""
    yield INTRODUCTIONS[family]
    yield ""
    yield f"`errata run {family}` holds them all to what stands below; this page is written by"
    yield f"`errata run {family} --gallery docs/models`."
    if has_picture(specifications):
        yield ""
        yield f"![What the tasks of this family find]({family}.png)"
    yield ""
    yield "| model | system | rows |"
    yield "|---|---|---|"
    yield from (
        f"| [`{one.name}`](#{one.name}) | {one.title} | {', '.join(map(str, one.systems))} |" for one in specifications
    )
    for one in specifications:
        yield ""
        yield from _entry(one, [e for e in exercises if e.model == one.name])


def _entry(one: Specification, exercises: Sequence[Exercise]) -> Iterator[str]:
    yield f"## {one.name}"
    yield ""
    yield f"{one.title}: {_code(one.statement)}"
    yield ""
    yield f"- code: {'; '.join(_functions(page.replace('.', '/'), names) for page, names in one.pages.items())}"
    yield f"- source: {one.source}"
    yield from (f"- here: {said}" for said in one.conventions)
    yield from (f"- agrees with {o.package} within {o.tolerance:g}: {o.conversion}" for o in one.oracles)
    if one.task is not None:
        yield f"- task: {one.task.data}{_longer(one.task)}"
    yield ""
    yield "| holds | rejects |"
    yield "|---|---|"
    yield from (f"| {_cell(p.name)} | {_cell(p.mutant.slip)} |" for p in one.properties)
    yield ""
    yield "```sh"
    yield f"errata run {one.name}"
    yield from (f"errata conform {e.name} mine.py:{e.function}    # {e.signature}" for e in exercises)
    yield "```"


def _functions(path: str, names: Sequence[str]) -> str:
    return f"[{path}.py](../../{path}.py), {', '.join(f'`{name}`' for name in names)}"


def _longer(task: Task) -> str:
    if task.long is None:
        return ""
    return f"; with `--long`: {task.long_data or 'the same, for longer'}"


def _code(text: str) -> str:
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
