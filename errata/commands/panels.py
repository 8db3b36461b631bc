"""``errata run --plot``: what the tasks of reference models found, a row of pictures for each model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from numerics.specifications.contract import Panel
    from numerics.specifications.held import Held

SIDE = 3.6
"""Inches of a panel."""


def draw_panels(found: Sequence[Held], picture: str) -> int:
    """Draw the panels of all results into a file; how many there were. Writes nothing where there are none."""
    from matplotlib.figure import Figure

    named = [(one.specification.name, list(one.result.panels)) for one in found if one.result and one.result.panels]
    if not named:
        return 0
    widest = max(len(panels) for _, panels in named)
    figure = Figure(figsize=(SIDE * widest + 0.6, SIDE * len(named)), layout="constrained")
    grid = figure.subplots(len(named), widest, squeeze=False)
    for row, (name, panels) in zip(grid, named, strict=True):
        for axes in row[len(panels) :]:
            axes.set_axis_off()
        for axes, panel in zip(row, panels, strict=False):
            _fill(axes, panel)
            axes.set_title(f"{name}: {panel.title}", fontsize=9)
    try:
        figure.savefig(picture)
    except OSError as error:
        raise click.UsageError(f"can't write {picture}: {error.strerror}") from None
    return sum(len(panels) for _, panels in named)


def _fill(axes: Any, panel: Panel) -> None:
    for place, (label, series) in enumerate(panel.series.items()):
        match panel.kind:
            case "lines":
                axes.plot(_plain(series[0]), _plain(series[1]), label=label, linewidth=1)
            case "points":
                axes.scatter(_plain(series[0]), _plain(series[1]), label=label, s=6)
            case "bars":
                axes.bar(_plain(series[0]), _plain(series[1]), label=label, alpha=0.6)
            case "image":
                axes.imshow(_plain(series), cmap="gray", vmin=0, vmax=1)
                axes.set_axis_off()
            case "text":
                left = (place + 0.1) / len(panel.series)
                said = "\n".join([label, "", *series])
                axes.text(left, 0.97, said, family="monospace", fontsize=7, va="top", transform=axes.transAxes)
                axes.set_axis_off()
            case other:
                raise ValueError(f"a panel is lines, points, bars, image or text, not {other!r}")
    if panel.kind not in ("image", "text") and len(panel.series) > 1:
        axes.legend(fontsize=7)


def _plain(numbers: Any) -> Any:
    """Tensors as arrays that can be drawn."""
    import torch

    return torch.as_tensor(numbers).detach().cpu().numpy()
