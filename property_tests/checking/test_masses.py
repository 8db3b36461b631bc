"""Total masses at random parameters: with a corner in the density, and where whole parameters alone give a value."""

from claims.evidence import Agreement, Counterexample
from errata.checking.masses import Closed, total_mass, totals_of
from errata.reading.parser import parse
from errata.reading.supports import ONE, ZERO, Support
from errata.reading.tree import Node

LINE, UNIT = Support(None, None, False, "the real line"), Support(ZERO, ONE, False, "0 ≤ x ≤ 1")


def node(latex: str) -> Node:
    return parse(latex).statements[0]


def closed(latex: str, support: Support) -> Closed:
    return Closed(node("x"), node(latex), support)


def test_a_density_with_a_corner_is_integrated_in_two() -> None:
    right = closed(r"\frac{1}{2 b} \exp(-\frac{|x - m|}{b})", LINE)
    assert isinstance(total_mass(right, True, 0), Agreement)
    wrong = closed(r"\frac{1}{b} \exp(-\frac{|x - m|}{b})", LINE)
    found = total_mass(wrong, True, 0)
    assert isinstance(found, Counterexample) and found.left == "2.0000000"


def test_what_has_values_for_whole_parameters_alone_is_refuted_and_never_supported_there() -> None:
    wrong = closed(r"\frac{1}{\mathrm{B}(a, b)} x^{a - 1} (-x)^{b - 1}", UNIT)
    assert totals_of(wrong, 0) == [] and len(totals_of(wrong, 0, whole=True)) > 8
    assert isinstance(total_mass(wrong, True, 0), Counterexample)
    assert total_mass(wrong, False, 0) is None
    assert total_mass(closed(r"3 ((-x)^{n})^{\frac{2}{n}}", UNIT), True, 0) is None
