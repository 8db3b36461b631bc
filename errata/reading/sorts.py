"""What kind of thing each name in a formula is, as far as its notation shows it.

A guess by notation, below what a document says: a letter applied to arguments with a bar is a law, bold letters are
vectors, the index of a sum is an integer.
"""

from __future__ import annotations

from collections.abc import Iterator

from errata.reading.names import is_name, key
from errata.reading.notation import EXTREMA, FUNCTIONS
from errata.reading.tree import (
    Accent,
    Bar,
    Big,
    Call,
    Chain,
    Differential,
    Fence,
    Group,
    Node,
    Num,
    Phrase,
    Prefix,
    Script,
    Styled,
    Sym,
    children,
    walk,
)
from errata.reading.words import words

_LAWS = frozenset({"p", "q", "P", "Q", "Pr", "π"})
_OPERATORS = {"E": "expectation", "𝔼": "expectation", "KL": "divergence", "H": "entropy", "I": "information",
              "Var": "variance", "Cov": "covariance", "Corr": "correlation", "JS": "divergence", "TV": "divergence",
              "det": "determinant", "tr": "trace", "diag": "matrix", "DKL": "divergence"}  # fmt: skip
_FAMILIES = frozenset(
    "N Normal Bernoulli Bern Ber Categorical Cat Beta Gamma Gam Dir Dirichlet Laplace Poisson Pois Uniform Unif U Exp "
    "Bin Binomial Multinomial MN NG Wishart Geom".split()
)
_MATRICES = frozenset("Σ Λ Φ Ψ Ω Θ".split())


def sorts_of(root: Node) -> tuple[tuple[str, str], ...]:
    """Each name of a formula with its sort, in the order of the text."""
    bound = {key(n) for n in _indices(root)}
    variables = {key(n) for n in _sampled(root)}
    found: dict[str, tuple[str, str]] = {}
    for node in _names(root):
        name = key(_head(node))
        if name not in found:
            found[name] = (words(_head(node)), _sort(node, name, bound, variables))
    return tuple(found.values())


def _names(root: Node) -> Iterator[Node]:
    """Maximal names and calls; the parts of a name are not names of their own, what it is applied to is."""
    stack: list[Node] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, Differential):
            stack.append(node.variable)
        elif _is_function_name(node):
            stack.extend(_scripts_of(node))
        elif isinstance(node, Call):
            if not _is_function_name(node.head):
                yield node
            stack.append(node.fence)
            stack.extend(_scripts_of(node.head))
        elif is_name(node) or (isinstance(node, Script) and _base_is_name(node)):
            yield node
            stack.extend(_scripts_of(node))
        else:
            stack.extend(reversed(list(children(node))))


def _is_function_name(node: Node) -> bool:
    """log, exp, max: names whose meaning is fixed."""
    base = node.base if isinstance(node, Script) else node
    return isinstance(base, Sym) and base.font == "roman" and (base.name in FUNCTIONS or base.name in EXTREMA)


def _base_is_name(node: Script) -> bool:
    return is_name(Script(node.start, node.end, node.base, node.sub, None))


def _scripts_of(node: Node) -> list[Node]:
    """What stands in scripts and has a life of its own: x ∼ p under an expectation, a power that is a name."""
    if not isinstance(node, Script):
        return []
    inside = [s for s in (node.sup, node.sub) if s is not None and not isinstance(s, Num)]
    return [s for s in inside if isinstance(s, Group | Chain | Script | Call) or (s is node.sup and is_name(s))]


def _head(node: Node) -> Node:
    if isinstance(node, Call):
        node = node.head
    if isinstance(node, Script) and not is_name(node):
        bare = Script(node.start, node.end, node.base, node.sub, None)
        return bare if node.sub is not None else node.base
    return node


def _indices(root: Node) -> Iterator[Node]:
    for node in walk(root):
        if isinstance(node, Big) and isinstance(node.head, Script) and node.head.sub is not None:
            sub = node.head.sub.body if isinstance(node.head.sub, Group) else node.head.sub
            if isinstance(sub, Chain) and sub.relations[0].sign == "=" and is_name(sub.items[0]):
                yield sub.items[0]


def _sampled(root: Node) -> Iterator[Node]:
    for node in walk(root):
        if isinstance(node, Chain) and node.relations[0].sign == "∼" and is_name(node.items[0]):
            yield node.items[0]


def _sort(node: Node, name: str, bound: set[str], variables: set[str]) -> str:
    base, font = _base(node)
    if name in bound:
        return "integer index"
    if name in variables:
        return "random variable"
    if base in _OPERATORS and (font or isinstance(node, Call)):
        return _OPERATORS[base]
    if isinstance(node, Call):
        return _sort_of_call(node, base, font)
    if font == "bold":
        return "matrix" if base.isupper() else "vector"
    if font in ("double", "cal", "script"):
        return "set" if font == "double" else "law or set"
    if base in _MATRICES:
        return "matrix"
    return "real"


def _sort_of_call(node: Call, base: str, font: str) -> str:
    body = node.fence.body if isinstance(node.fence, Fence) else None
    if base in _FAMILIES and (font or len(base) > 1):
        return "family of laws"
    if base == "D" and isinstance(body, Bar):
        return "divergence"
    if base in _LAWS or (isinstance(body, Bar) and len(base) == 1):
        event = isinstance(body, Chain | Phrase) and any(isinstance(n, Chain) for n in walk(body))
        return "probability" if event or base in ("P", "Pr") else "density or mass"
    return "function" if node.sure else "function, or a factor"


def _base(node: Node) -> tuple[str, str]:
    if isinstance(node, Call):
        node = node.head
    while isinstance(node, Script | Accent | Styled | Prefix):
        if isinstance(node, Styled) and "bold" in node.command:
            inner, _ = _base(node.body)
            return inner, "bold"
        node = node.base if isinstance(node, Script) else node.operand if isinstance(node, Prefix) else node.body
    return (node.name, node.font) if isinstance(node, Sym) else ("", "")
