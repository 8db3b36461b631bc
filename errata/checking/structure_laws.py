"""Named laws with a wrong number of parameters: 𝒩(μ; λ⁻¹) lacks one, Bern(p, q) has one too many."""

from __future__ import annotations

from collections.abc import Container, Iterator

from errata.checking.structure import Malformed
from errata.reading.names import is_name
from errata.reading.tree import Bar, Call, Chain, Dots, Factors, Fence, Lines, Node, Phrase, Script, Sym, Text, walk
from errata.reading.words import words

_MOST = {
    "Bern": 1, "Bernoulli": 1, "Ber": 1, "Poiss": 1, "Poisson": 1, "Pois": 1, "N": 2, "Normal": 2, "Gam": 2, "Gamma": 2,
    "Bet": 2, "Beta": 2, "Bin": 2, "Binomial": 2,
}  # fmt: skip
"""How many parameters a law has at most. Words are laws; the letter N is one in script."""


def wrong_laws(root: Lines) -> Iterator[Malformed]:
    """Laws with too many parameters, and normal laws with one that can't be the pair of both."""
    sampled = {id(n) for c in walk(root) if isinstance(c, Chain) for n in sampled_by(c)}
    factors = {id(i) for n in walk(root) if isinstance(n, Factors) for i in n.items}
    for call in walk(root):
        if (
            isinstance(call, Call)
            and isinstance(call.fence, Fence)
            and (name := law_name(call.head, _MOST)) is not None
        ):
            parameters, separated = parameters_of(call.fence, id(call) in sampled)
            if parameters is None or any(isinstance(n, Dots | Text) for n in walk(call.fence)):
                continue
            if len(parameters) > _MOST[name] and isinstance(call.fence.body, Bar) and call.fence.body.sign != ";":
                continue  # what stands further behind the bar may be a condition: Poisson(n | λ, θ)
            if len(parameters) > _MOST[name]:
                detail = f"{words(call.head)} has {_counted(_MOST[name])}, and here are {len(parameters)}"
                code = "W403" if _MOST[name] == 2 and len(parameters) == 3 else "E410"
                yield Malformed(code, detail, call.start, call.end, "too many parameters")
            elif separated and id(call) in factors and _MOST[name] == 2 and _is_lone_inverse(parameters):
                detail = f"{words(call.head)} has two parameters, and here is only {words(parameters[0])}"
                yield Malformed("E410", detail, call.start, call.end, "a parameter is missing")


def _counted(n: int) -> str:
    return "one parameter" if n == 1 else "two parameters"


def sampled_by(chain: Chain) -> Iterator[Node]:
    """What stands right after each ∼."""
    for i, relation in enumerate(chain.relations):
        if relation.sign == "∼":
            yield chain.items[i + 1]


def law_name(head: Node, names: Container[str]) -> str | None:
    """The name of a law, where it is one of these; a single letter is one in script only."""
    if not isinstance(head, Sym) or head.name not in names:
        return None
    return head.name if len(head.name) > 1 or head.font in ("script", "calligraphic", "cal") else None


def parameters_of(fence: Fence, sampled: bool) -> tuple[tuple[Node, ...] | None, bool]:
    """The parameters of a law, and whether a separator stands before them; None where it isn't sure what they are."""
    body = fence.body
    if isinstance(body, Bar) and body.sign in ("|", r"\mid", r"\vert", ";"):
        return (body.right.items if isinstance(body.right, Phrase) else (body.right,)), True
    if not isinstance(body, Phrase):
        return ((body,), False) if body is not None and sampled else (None, False)
    semicolons = [i for i, s in enumerate(body.separators) if s == ";"]
    if len(semicolons) == 1 and not sampled:
        return body.items[semicolons[0] + 1 :], True
    if sampled and not semicolons and all(s in (",", "") for s in body.separators):
        return body.items, False
    return None, False


def _is_lone_inverse(parameters: tuple[Node, ...]) -> bool:
    """λ⁻¹ alone: the inverse of a name, which no reading makes a pair."""
    if len(parameters) != 1:
        return False
    (node,) = parameters
    if not isinstance(node, Script) or node.sup is None or words(node.sup) not in ("-1", "(-1)"):
        return False
    return is_name(Script(node.start, node.end, node.base, node.sub, None))
