"""What ``errata conform`` says: the exercises, and how an implementation compares."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numerics.conformance.exercise import Exercise
    from numerics.conformance.holding import Conformance, Disagreement


def chosen(name: str | None) -> list[Exercise]:
    """All exercises, or those of a model."""
    from numerics.conformance.catalogue import EXERCISES

    return [one for one in EXERCISES if name is None or name in (one.model, one.name)]


def listing(name: str | None) -> str:
    """A block for each exercise: its signature, and each argument with its axes."""
    return "\n\n".join("\n".join(_entry(one)) for one in chosen(name)) or f"nothing to conform to is named {name}"


def _entry(one: Exercise) -> Iterator[str]:
    from numerics.conformance.exercise import domain

    yield one.name
    yield f"  {one.signature}"
    widest = max(len(argument.name) for argument in one.arguments)
    for argument in one.arguments:
        axes = f"({', '.join(map(str, argument.shape))}{',' if len(argument.shape) == 1 else ''})"
        shape = axes if argument.shape else "a number"
        yield f"    {argument.name:<{widest}}  {shape}: {argument.meaning}; {domain(argument.kind)}"
    if one.gradient_in:
        yield f"    gradients in {', '.join(one.gradient_in)} are compared for torch"
    if one.wide:
        far = ", ".join(f"|{name}| up to {limit:g}" for name, limit in one.wide.items())
        yield f"    overflow is looked for at {far}"


def listing_as_json(name: str | None) -> str:
    """The same for programs."""
    from numerics.conformance.exercise import domain

    entries = [
        {
            "name": one.name,
            "signature": one.signature,
            "arguments": [
                {"name": a.name, "shape": list(map(str, a.shape)), "domain": domain(a.kind), "meaning": a.meaning}
                for a in one.arguments
            ],
            "returns": one.returns,
            "gradient_in": list(one.gradient_in),
            "wide": dict(one.wide),
        }
        for one in chosen(name)
    ]
    return json.dumps(entries, indent=1, ensure_ascii=False)


def as_text(found: Conformance, target: str, seed: int) -> str:
    """The disagreement with its inputs and what explains it; or what was tried without finding one."""
    return "\n".join(_lines(found, target, seed))


def _lines(found: Conformance, target: str, seed: int) -> Iterator[str]:
    yield f"{found.exercise.name} against {target}"
    yield f"  {found.exercise.signature}"
    wrong = found.disagreement
    if wrong is None:
        compared = "shapes, values and gradients" if found.gradients_compared else "shapes and values"
        edges = "" if found.edge else f" and {found.edges} at the edge of the domains"
        yield f"  ✓ {compared} agree on {found.tried} inputs{edges} (seed {seed})"
        if found.exercise.gradient_in and not found.gradients_compared:
            yield "    gradients were not compared: it works on numpy arrays"
        if found.edge is not None:
            raises = "raises " if found.edge.kind == "raises" else ""
            yield f"  ! at the edge of the domains, beyond what is asked: {raises}{found.edge.said}"
            yield f"    at      {_inputs(found.edge)}"
            yield from (f"    help    {said}" for said in found.likely)
        if found.overflow is not None:
            yield f"  ! overflows far from 0: {found.overflow.said}"
            yield f"    at      {_inputs(found.overflow)}"
            yield f"    help    {STABLE}"
        return
    yield f"  ✗ {wrong.kind}{' at the edge of the domains' if wrong.at_edge else ''}: {wrong.said}"
    yield f"    at      {_inputs(wrong)}"
    yield from (f"    likely  {said}" for said in found.likely)
    if not found.likely and wrong.kind in ("values", "shape"):
        yield "    likely  – (no known convention or slip explains all inputs tried)"
    yield f"    {found.tried} inputs tried, seed {seed}"


STABLE = "work with logarithms: logsumexp, log_softmax, logsigmoid or softplus; or take the greatest off before exp"


def _inputs(found: Disagreement) -> str:
    return ", ".join(f"{name} = {value}" for name, value in found.inputs.items())


def as_json(found: Conformance, target: str, seed: int) -> str:
    """The same for programs."""
    wrong = found.disagreement
    tree = {
        "name": found.exercise.name,
        "target": target,
        "conforms": wrong is None,
        "disagreement": None
        if wrong is None
        else {"kind": wrong.kind, "at_edge": wrong.at_edge, "inputs": wrong.inputs, "detail": wrong.said},
        "likely": list(found.likely),
        "edge": None if found.edge is None else {"inputs": found.edge.inputs, "detail": found.edge.said},
        "overflow": None
        if found.overflow is None
        else {"inputs": found.overflow.inputs, "detail": found.overflow.said},
        "tried": found.tried,
        "edges": found.edges,
        "gradients_compared": found.gradients_compared,
        "seed": seed,
    }
    return json.dumps(tree, indent=1, ensure_ascii=False)
