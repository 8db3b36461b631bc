"""Densities written out: N(x; μ, Σ), MN(X; M, U, V), Gam(x; a, b) and a few more by the formulas they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from errata.checking.slips import rewritten
from errata.reading.families.notation import density_call, is_square_of_a_number, law_node, normal_matrix, normal_vector
from errata.reading.families.spread import is_settled
from errata.reading.names import is_name
from errata.reading.parser import parse
from errata.reading.tree import Bar, Call, Fence, Node, Num, walk
from errata.reading.unparse import to_latex

_DENSITY = (
    r"\frac{1}{\sqrt{(2\pi)^{%(n)s} \left| %(s)s \right|}}"
    r" \exp\left[ -\frac{1}{2} \left( %(x)s - %(m)s \right)^\mathrm{T} \left( %(s)s \right)^{-1}"
    r" \left( %(x)s - %(m)s \right) \right]"
)
_MATRIX = (
    r"\frac{1}{\sqrt{\left| \left( %(v)s \otimes %(u)s \right) \cdot 2 \cdot \pi \right|}} \exp\left[ -\frac{1}{2}"
    r" \mathrm{tr}\left( \left( %(v)s \right)^{-1} \left( %(x)s - %(m)s \right)^\mathrm{T} \left( %(u)s \right)^{-1}"
    r" \left( %(x)s - %(m)s \right) \right) \right]"
)
_WHATEVER = (
    r"\frac{1}{\sqrt{\left| %(s)s \cdot 2 \cdot \pi \right|}}"
    r" \exp\left[ -\frac{1}{2} \left( %(x)s - %(m)s \right)^\mathrm{T} \left( %(s)s \right)^{-1}"
    r" \left( %(x)s - %(m)s \right) \right]"
)
"""The same where no letter is the dimension: the determinant of 2πΣ holds the power of 2π."""
_OF_ONE_VARIABLE = {
    (
        "N",
        2,
    ): r"\frac{1}{\sqrt{2 \cdot <1> \cdot \pi}} \exp\left[ -\frac{1}{2 \cdot <1>} \left( <x> - <0> \right)^2 \right]",
    ("Gamma", 2): r"\frac{<1>^{<^0>}}{\Gamma\left( <0> \right)} <x>^{<0> - 1} \exp\left[ -<1> \cdot <x> \right]",
    ("Beta", 2): r"\frac{1}{\mathrm{B}\left( <0>, <1> \right)} <x>^{<0> - 1} \cdot \left( 1 - <x> \right)^{<1> - 1}",
    ("Exp", 1): r"<0> \exp\left[ -<0> \cdot <x> \right]",
    ("Poisson", 1): r"\frac{<0>^{<^x>} \exp\left[ -<0> \right]}{<x>!}",
    ("Laplace", 2): r"\frac{1}{2 \cdot <1>} \exp\left[ -\frac{\left| <x> - <0> \right|}{<1>} \right]",
    ("Bern", 1): r"<0>^{<^x>} \cdot \left( 1 - <0> \right)^{1 - <x>}",
    ("Bin", 2): r"\binom{<0>}{<x>} <1>^{<^x>} \cdot \left( 1 - <1> \right)^{<0> - <x>}",
}
"""Densities in the parameterisations that notes use most: a variance, a rate. <0> and <1> are the parameters, <^0> is
one that stands alone in an exponent, where brackets would make it a label."""


_OTHERWISE = {
    (
        "N",
        2,
    ): r"\frac{1}{<1> \sqrt{2 \cdot \pi}} \exp\left[ -\frac{1}{2 \cdot <1>^2} \left( <x> - <0> \right)^2 \right]",
    ("Gamma", 2): r"\frac{<x>^{<0> - 1}}{\Gamma\left( <0> \right) <1>^{<^0>}} \exp\left[ -\frac{<x>}{<1>} \right]",
    ("Exp", 1): r"\frac{1}{<0>} \exp\left[ -\frac{<x>}{<0>} \right]",
}
"""The same in the other parameterisation in use: a standard deviation, a scale."""


@lru_cache(maxsize=256)
def spelled_out(node: Node, otherwise: bool = False) -> Node:
    """An expression with the densities in it written out: N(x; μ, Σ) of numbers and of vectors, MN(X; M, U, V), and
    those of a few other laws; ``otherwise`` in the other parameterisation, where there is one.

    The last ones are remembered: one side stays where something is put in for a name of the other.
    """
    templates = {**_OF_ONE_VARIABLE, **_OTHERWISE} if otherwise else _OF_ONE_VARIABLE
    for call in [n for n in walk(node) if isinstance(n, Call)]:
        latex = _of_vectors(call) or _of_one_variable(call, templates)
        if latex is not None:
            node = rewritten(node, call, _read(latex))
    return with_normal_matrices(node, False, False)


@lru_cache(maxsize=64)
def _read(latex: str) -> Node:
    """A density by its text, the same tree each time, so that what is known of it stays known."""
    return parse(latex).statements[0]


def pointed(law: Node, head: Node) -> Node | None:
    """N(x; m, v) for the law N(m, v) that a head p(x) or p(x | z) is said to be; None for what is no such statement."""
    if not isinstance(head, Call) or not isinstance(head.fence, Fence) or not isinstance(law, Call):
        return None
    inner = head.fence.body.left if isinstance(head.fence.body, Bar) else head.fence.body
    found = law_node(law)
    if inner is None or not is_name(inner) or found is None or found.point is not None or not found.arguments:
        return None
    parameters = ", ".join(map(to_latex, found.arguments))
    return parse(rf"{to_latex(law.head)}({to_latex(inner)}; {parameters})").statements[0]


def _of_vectors(call: Call) -> str | None:
    vector = normal_vector(call)
    if vector is None:
        return None
    x, mean, covariance = map(_bracketed, vector)
    return _WHATEVER % {"s": covariance, "x": x, "m": mean}


def _of_one_variable(call: Call, templates: Mapping[tuple[str, int], str]) -> str | None:
    found = density_call(call)
    templates = _OF_ONE_VARIABLE if found is not None and found[0] == "N" and is_settled(call) else templates
    template = None if found is None else templates.get((found[0], len(found[2])))
    if found is None or template is None:
        return None
    for mark, argument in (("x", found[1]), *((str(n), a) for n, a in enumerate(found[2]))):
        template = template.replace(f"<^{mark}>", to_latex(argument))
        template = template.replace(f"<{mark}>", f"{{{_bracketed(argument)}}}")
    return template


def with_normal_matrices(node: Node, turned: bool, swapped: bool) -> Node:
    """The expression with each normal density of a matrix in it written out; ``turned`` takes precisions for
    covariances, ``swapped`` the covariance of the columns first."""
    for call in [n for n in walk(node) if isinstance(n, Call)]:
        found = normal_matrix(call)
        if found is None:
            continue
        x, mean, rows, columns = map(_bracketed, found)
        if turned:
            rows, columns = (rf"\left( {side} \right)^{{-1}}" for side in (rows, columns))
        if swapped:
            rows, columns = columns, rows
        latex = _MATRIX % {"x": x, "m": mean, "u": rows, "v": columns}
        node = rewritten(node, call, parse(latex).statements[0])
    return node


def with_normal_vectors(node: Node, dimension: str | None) -> Node:
    """The expression with each normal density of a vector in it written out."""
    if dimension is None:
        return node
    for call in [n for n in walk(node) if isinstance(n, Call)]:
        found = normal_vector(call)
        if found is None or is_square_of_a_number(found[2]):
            continue
        x, mean, covariance = map(_bracketed, found)
        latex = _DENSITY % {"n": dimension, "s": covariance, "x": x, "m": mean}
        node = rewritten(node, call, parse(latex).statements[0])
    return node


def _bracketed(node: Node) -> str:
    latex = to_latex(node)
    return latex if is_name(node) or isinstance(node, Num) else rf"\left( {latex} \right)"
