"""Relations between functions, which a value of their argument says little about: g(z) = max(0, z) at z = 0."""

from __future__ import annotations

from claims.records import replace
from errata.checking.context import State
from errata.reading.matrix_notation import bare_names
from errata.reading.names import key, parameters
from errata.reading.relations import Pair
from errata.reading.scope import Scope


def is_of_a_function(pair: Pair, scope: Scope) -> bool:
    """Whether a relation gives f(z) for a name z that stands on both sides and has a value by chance."""
    return bool(_with_values(pair, scope))


def for_any_argument(state: State, pair: Pair) -> State:
    """What is known where a relation gives f(z) for any z: nothing that gives z a value. Else the state as it is."""
    names = _with_values(pair, state.scope)
    if not names:
        return state
    stock = {sides: noted for sides, noted in state.stock.items() if not (noted.number and names & set(sides))}
    equations = tuple(e for e in state.equations if not names & {key(e.pair.left), key(e.pair.right)})
    facts = {name: known for name, known in state.facts.items() if name not in names}
    return replace(state, facts=facts, stock=stock, equations=equations)


def _with_values(pair: Pair, scope: Scope) -> frozenset[str]:
    """The arguments of f(z) that stand on both sides and have a value."""
    names = frozenset(parameters(pair.left) or ()) & frozenset(bare_names(pair.right))
    return frozenset(name for name in names if scope.value(name) is not None)
