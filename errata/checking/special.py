"""Special matrices and vectors that save a relation which fails in general, such as projections and rotations.

A document may have introduced them, so that a relation which holds for these is no mistake as far as it shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from claims.records import replace
from claims.verdict import LEAST_POINTS
from errata.reading.matrix_notation import Notes
from numerics.drawn import tally
from numerics.matrices import ONE, Apply, Constant, Identity, Name, Sum, Term, rebuilt, subterms
from numerics.random_matrices import Structure
from numerics.spots import Drawn

FIRM = frozenset("Σ Λ Ω".split())
"""Letters of matrices that are never taken for a projection or a rotation."""
DIAGONALS = frozenset("Λ D S Γ Δ Ψ".split())
"""Letters of matrices that are often diagonal."""
_SAID = re.compile(
    r"project\w*|idempoten\w*|orthogonal\w*|orthonormal\w*|perpendicular|rotat\w*|reflect\w*|unitary|hat matri\w*|"
    r"residual|diagonal\w*|eigen\w*|\bunit\b|normali[sz]\w*|whiten\w*|length (?:one|1)|norm (?:one|1)|cent(?:re|er)\w*|"
    r"stochastic|transition\w*|Markov\w*|Laplacian|demean\w*|zero[ -]mean|mean (?:zero|0)|to zero|volume|"
    r"uncorrelated|simplex|permutation",
    re.I,
)
OF_MATRICES = (
    Structure.PROJECTION, Structure.ORTHOGONAL, Structure.ORTHONORMAL, Structure.ORTHONORMAL_ROWS,
)  # fmt: skip


ROW_SUMS = frozenset({Structure.ROWS_OF_ONE.value, Structure.ROWS_OF_ZERO.value})


@lru_cache(maxsize=4)
def speaks_of_special(text: str) -> bool:
    """Whether a text says of anything that it is a projection, a rotation, a unit vector or the like."""
    return _SAID.search(text) is not None


def saved_by(left: Term, right: Term, base: Drawn, notes: Notes, seed: int) -> str | None:
    """What saves the relation, as words that follow "it holds"; None where nothing does."""
    with_ones = any(isinstance(t, Constant) and t.value == 1 for side in (left, right) for t in subterms(side))
    special = _special(base, notes)
    for drawn in chain(special, _with_row_sums(base)) if with_ones else special:
        found = tally(left, right, drawn, seed, until_apart=True)
        if found.differ == 0 and found.telling >= LEAST_POINTS and drawn.structure is not None:
            return drawn.structure.value
    if _has_determinants(left, right) and (alike := _all_square(base)) is not None:
        found = tally(left, right, alike, seed, until_apart=True)
        if found.differ == 0 and found.telling >= LEAST_POINTS:
            return "for square matrices"
    perpendicular = replace(base, structure=Structure.PERPENDICULAR)
    found = tally(left, right, perpendicular, seed, until_apart=True)
    if found.differ or found.telling < LEAST_POINTS:
        return None
    plain = any(_has_no_cross_terms(side, base, seed) for side in (left, right))
    return Structure.PERPENDICULAR.value if plain else None


def _has_determinants(*sides: Term) -> bool:
    """Whether determinants are all that shapes may be left unsaid for: no unit matrix has a size of its own."""
    terms = [t for side in sides for t in subterms(side)]
    return any(isinstance(t, Apply) and t.function == "det" for t in terms) and not any(
        isinstance(t, Identity) for t in terms
    )


def _all_square(base: Drawn) -> Drawn | None:
    """The same with one dimension for all; None where there is one already."""
    dims = [d for shape in base.shapes.values() for d in shape if d != ONE]
    if len(set(dims)) < 2:
        return None
    shapes = {n: (r if r == ONE else dims[0], c if c == ONE else dims[0]) for n, (r, c) in base.shapes.items()}
    return replace(base, shapes=shapes)


def _special(base: Drawn, notes: Notes) -> Iterator[Drawn]:
    """The matrices special together and one by one, then diagonal by their letter, then the vectors."""
    firm = frozenset(n for n in base.shapes if notes.hints[n].letter in FIRM)
    matrices = [n for n, shape in base.shapes.items() if ONE not in shape and n not in firm]
    for structure in OF_MATRICES if matrices else ():
        yield replace(base, structure=structure, firm=firm)
        if len(matrices) > 1:
            for name in matrices:
                yield replace(base, structure=structure, firm=frozenset(base.shapes) - {name})
    diagonal = frozenset(n for n in base.shapes if notes.hints[n].letter in DIAGONALS)
    if diagonal:
        yield replace(base, structure=Structure.DIAGONAL, diagonal=diagonal)
    yield replace(base, structure=Structure.UNIT, firm=firm)
    yield replace(base, structure=Structure.CENTRED, firm=firm)


def _with_row_sums(base: Drawn) -> Iterator[Drawn]:
    """All matrices, then each of them, with rows that sum to one or to zero: P 𝟏 = 𝟏, L 𝟏 = 0."""
    matrices = [n for n, shape in base.shapes.items() if ONE not in shape]
    for structure in (Structure.ROWS_OF_ONE, Structure.ROWS_OF_ZERO):
        yield from (
            replace(base, structure=structure, firm=frozenset(base.shapes) - {*some})
            for some in dict.fromkeys((tuple(matrices), *((n,) for n in matrices))) if some
        )  # fmt: skip


def _has_no_cross_terms(side: Term, base: Drawn, seed: int) -> bool:
    """Whether the sign of each vector makes no difference, so that a side says nothing of xᵀy."""
    vectors = [n for n, (_, columns) in base.shapes.items() if columns == ONE and base.shapes[n] != (ONE, ONE)]
    return len(vectors) > 1 and all(
        tally(side, _turned(side, name), base, seed, until_apart=True).differ == 0 for name in vectors
    )


def _turned(side: Term, name: str) -> Term:
    """The side with the sign of a vector turned."""
    return rebuilt(side, lambda t: Sum((-1,), (t,)) if isinstance(t, Name) and t.key == name else t)
