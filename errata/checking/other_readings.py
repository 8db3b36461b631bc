"""What else the notation of a relation may mean, in which a relation that fails as it is read may hold."""

from __future__ import annotations

from collections.abc import Iterator

from errata.checking.bases_beside import MEANT as BASE
from errata.checking.bases_beside import with_bases_beside
from errata.checking.chain_means import MEANT as UNDER
from errata.checking.chain_means import with_means_of_chain
from errata.checking.context import State, roots_of
from errata.checking.dotted_products import MEANT as DOT
from errata.checking.dotted_products import with_dotted_products
from errata.checking.factors_of_zero import MEANT as OF_ZERO
from errata.checking.factors_of_zero import with_factors_of_zero
from errata.checking.narrow_functions import MEANT as NARROW
from errata.checking.narrow_functions import with_narrow_functions
from errata.checking.numbered_above import MEANT as ABOVE
from errata.checking.numbered_above import with_numbers_above
from errata.checking.one_law import MEANT as ONE_LAW
from errata.checking.one_law import with_one_law
from errata.checking.plain_letters import MEANT as FACTOR
from errata.checking.plain_letters import with_plain_letters
from errata.checking.traces_of_identities import with_dimensions
from errata.checking.trailing_conditions import MEANT as CONDITION
from errata.checking.trailing_conditions import without_condition
from errata.checking.wide_logarithms import MEANT as LOGARITHM
from errata.checking.wide_logarithms import (
    OVER_DENSITIES,
    with_logarithms_over_densities,
    with_wide_logarithms,
)
from errata.checking.wide_slashes import MEANT as SLASH
from errata.checking.wide_slashes import NARROW as NARROW_SLASH
from errata.checking.wide_slashes import with_narrow_slashes, with_wide_slashes
from errata.reading.relations import Pair, Stated


def other_readings(state: State, chain: Stated, pair: Pair) -> Iterator[tuple[Pair, str]]:
    """The relation as it may be read otherwise, each time with what is meant then."""
    found = (
        (with_wide_slashes(pair), SLASH), (with_wide_logarithms(pair), LOGARITHM), (with_plain_letters(pair), FACTOR),
        (with_narrow_functions(pair), NARROW), (with_logarithms_over_densities(pair), OVER_DENSITIES),
        (with_means_of_chain(chain, pair), UNDER), (without_condition(chain, pair), CONDITION),
        (with_factors_of_zero(pair, roots_of(state)), OF_ZERO), (with_numbers_above(chain, pair), ABOVE),
        (with_bases_beside(chain, pair), BASE), (with_dotted_products(pair), DOT), (with_one_law(pair), ONE_LAW),
    )  # fmt: skip
    yield from ((other, meant) for other, meant in found if other is not None)
    yield from ((other, NARROW_SLASH) for other in with_narrow_slashes(pair))
    yield from with_dimensions(pair)
