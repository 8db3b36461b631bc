"""Junction-tree assembly: row 197, named only, valid by construction."""

from __future__ import annotations

from torch import Tensor

from numerics.specifications.contract import Model, Mutant, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, equal, true, worst
from reference_models.graphs import assembly

Bonds = list[tuple[int, int]]


def _parts(draw: Draw) -> tuple[list[int], Tensor]:
    sizes = [6, *(draw.choice([2, 3, 5, 6]) for _ in range(5)), 2, 2]
    logits = draw.normal(7, 60)
    logits[:, 0] += 8.0  # every part would rather have atom 0
    return sizes, logits


def _connected(bonds: Bonds, n: int) -> bool:
    reached, grew = {0}, True
    while grew:
        near = {b for e in bonds for b in e if reached & set(e)} | reached
        grew, reached = len(near) > len(reached), near
    return len(reached) == n


def _valid(model: Model, draw: Draw) -> Outcome:
    sizes, logits = _parts(draw)
    bonds, n = model.assemble(sizes, logits, 4)
    counts = draw.tensor([sum(a in e for e in bonds) for a in range(n)])
    return worst(
        at_most(counts, 4.0), true(_connected(bonds, n)), true(len({frozenset(e) for e in bonds}) == len(bonds))
    )


def _atoms(model: Model, draw: Draw) -> Outcome:
    sizes, logits = _parts(draw)
    bonds, n = model.assemble(sizes, logits, 4)
    ringed = sum(s > 2 for s in sizes)
    return worst(
        equal(float(n), float(sum(sizes) - len(sizes) + 1)),  # parts share an atom each
        equal(float(model.rings(bonds, n)), float(ringed)),
    )


def _greedy(model: Model, draw: Draw) -> Outcome:
    logits = draw.normal(3, 20)
    logits[:, 0] += 8.0
    bonds, _ = model.assemble([2, 2, 2, 2], logits, 2)  # a chain: nothing else has two bonds at most
    hub, _ = model.assemble([2, 2, 2, 2], logits, 4)
    return worst(
        equal(float(max(sum(a in e for e in bonds) for a in range(5))), 2.0),
        equal(float(sum(0 in e for e in hub)), 4.0),
    )


def _unmasked(sizes: list[int], logits: Tensor, valence: int) -> tuple[Bonds, int]:
    return assembly.assemble(sizes, logits, 100)


def _mask_off_by_one(sizes: list[int], logits: Tensor, valence: int) -> tuple[Bonds, int]:
    return assembly.assemble(sizes, logits, valence + 1)


def _strict_mask(sizes: list[int], logits: Tensor, valence: int) -> tuple[Bonds, int]:
    return assembly.assemble(sizes, logits, valence - 1 if valence > 2 else valence)


def _bonds_alone(bonds: Bonds, n: int) -> int:
    return len(bonds) - n


ASSEMBLY = Specification(
    name="junction_tree_assembly",
    family="graphs",
    systems=(197,),
    title="Junction-tree VAE: assembly of parts",
    statement="parts of a tree are attached where valence allows: every decoded graph is valid",
    page="reference_models.graphs.assembly",
    functions={"assemble": assembly.assemble, "rings": assembly.rings},
    properties=(
        Property(
            "connected and within valence, whatever the logits", _valid, Mutant("no mask", {"assemble": _unmasked})
        ),
        Property(
            "each part adds its atoms but one, rings stay rings",
            _atoms,
            Mutant("bonds − atoms", {"rings": _bonds_alone}),
        ),
        Property("the mask is exact above", _greedy, Mutant("one bond too many", {"assemble": _mask_off_by_one})),
        Property("and below", _greedy, Mutant("one bond too few", {"assemble": _strict_mask})),
    ),
    source="Jin, Barzilay and Jaakkola 2018, section 2",
    conventions=("single bonds", "parts meet in one atom"),
)

SPECIFICATIONS = (ASSEMBLY,)
