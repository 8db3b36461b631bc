"""Assembly from a tree of parts, as a junction-tree VAE decodes: valid by construction. Standalone: imports torch.

Source   Jin, Barzilay and Jaakkola 2018, sections 2.3 to 2.5.
Shapes   logits are (steps, choices); a graph is a list of bonds between numbered atoms.
Here     parts are single bonds and rings, given by their number of atoms (2, or 3 and more); parts meet in one atom;
         valence bounds how many bonds an atom may have.
"""

from torch import Tensor

Bonds = list[tuple[int, int]]


def part_bonds(size: int) -> Bonds:
    """A bond for two atoms, a ring for more."""
    return [(0, 1)] if size == 2 else [(k, (k + 1) % size) for k in range(size)]


def bond_counts(bonds: Bonds, n: int) -> list[int]:
    """How many bonds each atom has."""
    counts = [0] * n
    for a, b in bonds:
        counts[a] += 1
        counts[b] += 1
    return counts


def allowed(counts: list[int], size: int, valence: int) -> list[int]:
    """Atoms at which a part may be attached: a bond needs one free place there, a ring two."""
    needs = 1 if size == 2 else 2
    return [a for a, c in enumerate(counts) if c + needs <= valence]


def assemble(sizes: list[int], logits: Tensor, valence: int) -> tuple[Bonds, int]:
    """Parts in order, each attached at the allowed atom of largest logit, skipped where none is: bonds and atoms."""
    bonds, n = part_bonds(sizes[0]), sizes[0]
    for step, size in enumerate(sizes[1:]):
        places = allowed(bond_counts(bonds, n), size, valence)
        if places:
            at = max(places, key=lambda a: float(logits[step, a]))
            names = [at, *range(n, n + size - 1)]  # the part's atom 0 is the one they share
            bonds = bonds + [(names[a], names[b]) for a, b in part_bonds(size)]
            n += size - 1
    return bonds, n


def rings(bonds: Bonds, n: int) -> int:
    """Independent cycles of a connected graph, bonds − atoms + 1."""
    return len(bonds) - n + 1
