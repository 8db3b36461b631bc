"""What ``errata run`` says of specifications: as text, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numerics.specifications.contract import Figure
    from numerics.specifications.held import Held, HeldOracle, HeldProperty

MARKS = {True: "✓", False: "✗"}


def listing() -> str:
    """The models by family, each with the rows that it covers."""
    from numerics.specifications.catalogue import FAMILIES, SPECIFICATIONS

    widest = max((len(one.name) for one in SPECIFICATIONS), default=0)
    blocks = [
        "\n".join([family, *(f"  {one.name:<{widest}}  {rows(one.systems):<12} {one.title}" for one in page)])
        for family, page in FAMILIES.items()
        if page
    ]
    return "\n\n".join(blocks)


def listing_as_json() -> str:
    """The same for programs."""
    from numerics.specifications.catalogue import SPECIFICATIONS

    keep = [
        {"model": one.name, "family": one.family, "systems": list(one.systems), "title": one.title}
        for one in SPECIFICATIONS
    ]
    return json.dumps(keep, indent=1, ensure_ascii=False)


def rows(systems: Sequence[int]) -> str:
    """The numbers of the rows, in short."""
    return ", ".join(str(row) for row in systems)


def as_json(found: Sequence[Held]) -> str:
    """A list of objects, one for each model."""
    return json.dumps([_tree(one) for one in found], indent=1, ensure_ascii=False)


def _tree(one: Held) -> dict[str, object]:
    oracles = [_oracle_tree(told) for told in one.oracles]
    figures = [] if one.result is None else [_figure_tree(figure) for figure in one.result.figures]
    return {
        "model": one.specification.name,
        "family": one.specification.family,
        "systems": list(one.specification.systems),
        "title": one.specification.title,
        "statement": one.specification.statement,
        "source": one.specification.source,
        "derivations": list(derivations_of(one)),
        "device": one.device,
        "seed": one.seed,
        "sound": one.sound,
        "properties": [_property_tree(held) for held in one.properties],
        "oracle": oracles[0] if oracles else None,
        "oracles": oracles,
        "task": None if one.result is None else one.data,
        "figures": figures,
        "skipped": one.skipped,
        "seconds": round(one.seconds, 3),
    }


def derivations_of(one: Held) -> tuple[str, ...]:
    """The names of derivations about a model."""
    from numerics.specifications.ties import DERIVATIONS

    return DERIVATIONS.get(one.specification.name, ())


def _property_tree(held: HeldProperty) -> dict[str, object]:
    return {
        "name": held.item.name,
        "passed": held.outcome.passed,
        "mutant_rejected": not held.mutant.passed,
        "detail": held.outcome.detail,
        "error": _finite(held.outcome.error),
        "allowed": held.outcome.allowed,
        "mutant": held.item.mutant.slip,
        "mutant_error": _finite(held.mutant.error),
    }


def _oracle_tree(told: HeldOracle) -> dict[str, object]:
    return {
        "package": told.oracle.package,
        "version": told.version,
        "agrees": told.outcome.passed,
        "live": told.live,
        "error": _finite(told.outcome.error),
        "tolerance": told.oracle.tolerance,
        "conversion": told.oracle.conversion,
        "detail": told.outcome.detail,
    }


def _figure_tree(figure: Figure) -> dict[str, object]:
    return {
        "name": figure.name,
        "value": _finite(figure.value),
        "predicted": figure.predicted,
        "allowed": figure.allowed,
        "unit": figure.unit,
        "as_predicted": figure.as_predicted,
    }


def _finite(value: float) -> float | None:
    """JSON has no infinity and no NaN: null stands for both."""
    return value if abs(value) < float("inf") else None


def as_text(found: Sequence[Held]) -> str:
    """A block for each model; for more than one, a last line that counts."""
    blocks = ["\n".join(_lines(one)) for one in found]
    if len(found) > 1:
        blocks.append(_count(found))
    return "\n\n".join(blocks)


def _count(found: Sequence[Held]) -> str:
    held = [p for one in found for p in one.properties]
    oracles = [o for one in found for o in one.oracles]
    covered = {row for one in found for row in one.specification.systems}
    return (
        f"{len(found)} models, {len(covered)} systems: {sum(p.outcome.passed for p in held)} of {len(held)} properties"
        f" passed, {sum(not p.mutant.passed for p in held)} of {len(held)} mistakes rejected,"
        f" {sum(o.outcome.passed for o in oracles)} of {len(oracles)} oracles agree"
        f" ({sum(one.seconds for one in found):.1f} s)"
    )


def _lines(one: Held) -> Iterator[str]:
    spec = one.specification
    yield f"{spec.name}  {spec.title} ({spec.family}, row {rows(spec.systems)})"
    yield f"  {spec.statement}"
    yield from (f"  given   {said}" for said in spec.conventions)
    yield f"  source  {spec.source}"
    if derivations_of(one):
        yield f"  derived {', '.join(derivations_of(one))} (`errata derive NAME`)"
    for place, (path, names) in enumerate(spec.pages.items()):
        yield f"  {'code' if not place else '':<8}{path.replace('.', '/')}.py: {', '.join(names)}"
    yield ""
    for held in one.properties:
        yield f"  {MARKS[held.outcome.passed]} {held.item.name}  {_error(held.outcome.error, held.outcome.allowed)}"
        yield f"    {MARKS[not held.mutant.passed]} {'rejects' if not held.mutant.passed else 'lets through'}: " + (
            f"{held.item.mutant.slip}  {_error(held.mutant.error, held.mutant.allowed)}"
        )
    for told in one.oracles:
        yield (
            f"  {MARKS[told.outcome.passed]} {told.oracle.package} {told.version}{' (asked now)' if told.live else ''}"
            + (f"  {_error(told.outcome.error, told.outcome.allowed)}; {told.oracle.conversion}")
        )
        if not told.outcome.passed and told.outcome.detail:
            yield f"    {told.outcome.detail}"
    if one.result is not None:
        yield f"  task    {one.data}"
        yield from (f"  {_figure(figure)}" for figure in one.result.figures)
    if one.skipped:
        yield f"  task    {one.skipped}"
    yield f"  {'sound' if one.sound else 'NOT SOUND'} on {one.device}, seed {one.seed} ({one.seconds:.1f} s)"


def _error(error: float, allowed: float) -> str:
    return f"[{error:.1e} of {allowed:.1e} allowed]"


def _figure(figure: Figure) -> str:
    unit = f" {figure.unit}" if figure.unit else ""
    said = f"{figure.name}: {figure.value:.6g}{unit}"
    if figure.predicted is None:
        return f"  {said}"
    return f"{MARKS[figure.as_predicted]} {said}, predicted {figure.predicted:.6g} ± {figure.allowed or 0.0:.2g}"
