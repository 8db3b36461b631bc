"""Changes of variables with abstract maps: what holds, slips in it, and what depends on which way a map goes."""

from __future__ import annotations

import pytest

from claims.verdict import NotAClaim, Refuted, Supported, Undecided
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

FLOW = (
    r"A flow of invertible maps draws $z_0 \sim p_0$ and takes $z_1 = f_1(z_0)$, $z_2 = f_2(z_1)$ and so on, up to "
    r"$x = z_K$. Then" + "\n\n$$ %s $$\n"
)
FORTH = "Let $x = f(z)$ with $f$ invertible. The densities are related by\n\n$$ %s $$\n"
SCALAR = "For an invertible map the change of variables reads\n\n$$ %s $$\n"


def verdict(notes: str, claim: str) -> object:
    return examine(read_document("a.md", notes % claim), Options()).judged[-1].verdict


@pytest.mark.parametrize(
    ("notes", "claim", "slips"),
    [
        (
            SCALAR,
            r"p_Y(y) = p_X(g(y)) \left| \frac{d}{dy} g(y) \right|",
            [
                (r"\right|", r"\right|^{-1}"),
                (r"\right|", r"\right|^{2}"),
                (r"\left|", r"2 \left|"),
                (r"\left| \frac{d}{dy} g(y) \right|", ""),
                ("p_X(g(y))", "p_X(y)"),
            ],
        ),
        (
            SCALAR,
            r"p_{\mathbf{Y}}(\mathbf{y}) = p_{\mathbf{X}}(g(\mathbf{y})) |\det J_g(\mathbf{y})|",
            [("J_g", "J_{g^{-1}}"), (r"\det", r"\mathrm{tr}"), (r"y})|", r"y})|^{-1}")],
        ),
        (
            FORTH,
            r"p_X(x) = p_Z(f^{-1}(x)) \left| \det \frac{\partial f^{-1}(x)}{\partial x} \right|",
            [(r"\right|", r"\right|^{-1}"), (r"\det ", r"\frac{1}{2} \det ")],
        ),
        (
            FORTH,
            r"\log p(x) = \log p(z) - \log \left| \det \frac{\partial f(z)}{\partial z} \right|",
            [("-", "+"), (r"\log \left", r"\left"), ("- ", "- 2 ")],
        ),
        (FORTH, r"p(x) = p(z) |\det J_{f^{-1}}|", [("{f^{-1}}", "f")]),
        (FORTH, r"p(x) = p(z) \left| \det \frac{\partial z}{\partial x} \right|", [("{\\partial z}{\\partial x}",
                "{\\partial x}{\\partial z}")]),
        (
            FLOW,
            r"\log p(x) = \log p_0(z_0) - \sum_{i=1}^{K} \log |\det \frac{\partial f_i}{\partial z_{i-1}}|",
            [("- \\sum", "+ \\sum"), ("z_{i-1}", "z_i"), (r"\sum_{i=1}^{K} \log", r"\sum_{i=1}^{K}")],
        ),
    ],
)  # fmt: skip
def test_a_change_of_variables_and_slips_in_it(notes, claim, slips):
    found = verdict(notes, claim)
    assert isinstance(found, Supported) and found.holds_if is None
    for old, new in slips:
        assert old in claim
        wrong = verdict(notes, claim.replace(old, new))
        assert isinstance(wrong, Refuted) and wrong.by.witness and wrong.holds_if is None, new


def test_what_a_determinant_is_of_is_no_point():
    assert isinstance(verdict(FORTH, r"p(x) = p(z) |\det J_{f^{-1}}|"), Supported)
    assert not isinstance(verdict(FORTH, r"p(x) = p(J_{f^{-1}}) |\det J_{f^{-1}}|"), Supported)


def test_without_bars_it_holds_where_the_map_rises():
    claim = r"p_Y(y) = p_X(g(y)) \frac{d}{dy} g(y)"
    found = verdict(SCALAR, claim)
    assert isinstance(found, Refuted) and found.holds_if == "where the determinants are positive"
    rising = verdict(SCALAR.replace("an invertible", "an increasing"), claim)
    assert isinstance(rising, Supported) and rising.holds_if == "where the determinants are positive"


def test_with_a_minus_it_holds_where_the_map_falls():
    claim = r"p_Y(y) = -p_X(g(y)) \frac{d}{dy} g(y)"
    found = verdict(SCALAR, claim)
    assert isinstance(found, Refuted) and found.holds_if == "where the determinants are negative"
    falling = verdict(SCALAR.replace("an invertible", "a strictly decreasing"), claim)
    assert isinstance(falling, Supported) and falling.holds_if == "where the determinants are negative"
    rising = verdict(SCALAR.replace("an invertible", "an increasing"), claim)
    assert isinstance(rising, Refuted)


def test_where_nothing_says_which_way_the_map_goes_neither_way_is_refuted():
    nothing = "For an invertible map\n\n$$ %s $$\n"
    for claim in (r"p(x) = p(z) |\det J_f|", r"p(x) = p(z) |\det J_{f^{-1}}|"):
        found = verdict(nothing, claim)
        assert isinstance(found, Supported) and found.holds_if is not None and "where f takes" in found.holds_if
    assert isinstance(verdict(nothing, r"p(x) = p(z) |\det J_f|^2"), Refuted)


@pytest.mark.parametrize(
    "claim",
    [
        r"p_Y(y) = p_X(g(y))",  # right for masses
        r"p(x) = q(x) \frac{\partial h}{\partial w}",
        r"p(x, z) = p(z) |\det J_f|",
    ],
)
def test_what_is_no_change_of_variables_is_left_alone(claim):
    assert isinstance(verdict("For an invertible map\n\n$$ %s $$\n", claim), Undecided | NotAClaim)


def test_where_a_map_starts_has_to_be_said_before_an_index_is_wrong():
    loose = "With invertible maps from $z_0$ to $x$ we have\n\n$$ %s $$\n"
    claim = r"\log p(x) = \log p_0(z_0) - \sum_i \log \left| \det \frac{\partial f_i}{\partial z_i} \right|"
    assert not isinstance(verdict(loose, claim), Refuted)


def test_a_logarithm_of_a_determinant_needs_a_positive_one():
    claim = r"\log p(x) = \log p(z) - \log \det \frac{\partial f(z)}{\partial z}"
    found = verdict(FORTH, claim)
    assert isinstance(found, Supported) and found.holds_if == "where the determinants are positive"
    assert isinstance(verdict(FORTH, claim.replace("-", "+")), Refuted)


def test_densities_may_be_written_with_an_f_and_their_variable():
    notes = "Let $f_Y(y) = h(y)$. " + SCALAR
    claim = r"f_Y(y) = f_X(g^{-1}(y)) \left| J_{g^{-1}}(y) \right|"
    assert isinstance(verdict(notes, claim), Supported)
    assert isinstance(verdict(notes, claim.replace("J_{g^{-1}}", "J_g")), Refuted)


def test_for_a_map_that_the_notes_give_nothing_is_refuted():
    given = "Let $g(x) = 3 x + 1$ with the inverse $g^{-1}$. The change of variables reads\n\n$$ %s $$\n"
    claim = r"p_Y(y) = p_X(g^{-1}(y)) \frac{d g^{-1}(y)}{d y}"
    found = verdict(given, claim)
    assert isinstance(found, Supported) and found.holds_if == "where the determinants are positive"
    assert not isinstance(verdict(given, claim.replace("= p", "= 2 p")), Refuted)


def test_the_slope_of_a_power_of_a_map_is_not_the_slope_of_the_map():
    claim = r"\log p(x) = \log p_0(z_0) - \sum_{i=1}^{K} \log |\det \frac{\partial f_i^2}{\partial z_{i-1}}|"
    assert isinstance(verdict(FLOW, claim), Undecided)
    assert isinstance(verdict(FLOW, claim.replace("^2", "")), Supported)


DENSITY = r"$$\log p(x) = \log p_0(z_0) %s \sum_i \log |\det(\partial f_i%s / \partial z_{%s})|$$" + "\n"
FORWARD = r"x = f_K \circ \dots \circ f_1(z_0)"
AROUND = r"x = (f_K \circ \dots \circ f_1)(z_0)"
UNDONE = r"z_0 = f_1^{-1} \circ \dots \circ f_K^{-1}(x)"
NORMALISING = r"z_0 = f_1 \circ \dots \circ f_K(x)"
ALIKE = "the point that f takes has the number of the map"


@pytest.mark.parametrize(
    ("maps", "sign", "power", "point", "kind", "condition"),
    [
        (FORWARD, "-", "", "i-1", Supported, None),
        (FORWARD, "+", "", "i-1", Refuted, None),
        (FORWARD, "-", "", "i", Supported, ALIKE),
        (FORWARD, "+", "", "i", Refuted, None),
        (AROUND, "+", "", "i", Refuted, None),
        (UNDONE, "-", "", "i", Supported, ALIKE),
        (UNDONE, "+", "", "i", Refuted, None),
        (UNDONE, "+", "^{-1}", "i", Supported, None),
        (NORMALISING, "+", "", "i", Supported, None),
        (NORMALISING, "-", "", "i", Refuted, None),
        (r"z_i = f_i(z_{i-1})", "+", "^{-1}", "i", Supported, None),
        (r"z_i = f_i(z_{i-1})", "-", "^{-1}", "i", Refuted, None),
        (r"z_i = f_i(z_{i-1})", "-", "", "i", Refuted, None),
        ("a = b", "-", "", "i", Supported, f"where f takes z to x; {ALIKE}"),
        ("a = b", "+", "", "i", Supported, "where f takes x to z"),
        ("a = b", "-", "", "i+1", Undecided, None),
    ],
)  # fmt: skip
def test_maps_one_after_the_other_tell_their_way(
    maps: str, sign: str, power: str, point: str, kind: type, condition: str | None
) -> None:
    notes = f"A flow of invertible maps with ${maps}$ starts at $z_0 \\sim p_0$.\n\n" + DENSITY
    found = examine(read_document("a.md", (notes % (sign, power, point)).encode()), Options()).judged[-1].verdict
    assert isinstance(found, kind)
    if isinstance(found, Supported):
        assert found.holds_if == condition
