"""Densities one slip away from mass one, and shapes whose normaliser is left open."""

import pytest

from claims.evidence import Agreement, Counterexample
from errata.checking.densities import Density, densities
from errata.reading.parser import parse

NORMAL = (
    r"f_X(x) = \frac{1}{\sqrt{2 \pi} \sigma} \exp \left[ -\frac{1}{2} \left( \frac{x - \mu}{\sigma} \right)^2 \right]"
)
LAPLACE = r"p(\theta_j) = \frac{1}{2 b} \exp \left( -\frac{|\theta_j|}{b} \right)"
IS = "**Proof:** The [probability density function of the normal distribution](/norm) is given by:\n\n"
OF = "The Laplace density ·\n\n"


def judged(latex: str, prose: str = "") -> tuple[Density, ...]:
    return densities(parse(latex), prose, 0)


@pytest.mark.parametrize(("latex", "prose"), [(NORMAL, IS), (LAPLACE, OF)])
def test_the_right_density_has_mass_one(latex: str, prose: str) -> None:
    (found,) = judged(latex, prose)
    assert isinstance(found.evidence, Agreement) and found.mended is None


@pytest.mark.parametrize(
    ("latex", "prose", "slip"),
    [
        (NORMAL.replace("= ", "= - ", 1), IS, "sign"),
        (NORMAL.replace(r"\frac{1}{2} \left(", r"\left("), IS, None),
        (NORMAL.replace(r"\frac{1}{\sqrt", r"\frac{2}{\sqrt"), "The density of a normal distribution is", None),
        (
            NORMAL.replace(r"\frac{1}{\sqrt", r"\frac{2}{\sqrt"),
            f"{IS}$$ f_X(x) $$\n\nand with m for the mean, this reads",
            "factor-2",
        ),
        (LAPLACE.replace("{2 b}", "{2 b^2}"), OF, "square"),
        (LAPLACE.replace("{2 b}", "{b}"), OF, "factor-2"),
        (r"f_X(x) = 3 c x, \quad 0 \leq x \leq 1", "", "none"),
    ],
)
def test_a_slip_is_named(latex: str, prose: str, slip: str | None) -> None:
    found = judged(latex, prose)
    if slip == "none":
        assert found == ()
        return
    assert isinstance(found[0].evidence, Counterexample)
    assert slip is None or (found[0].mended is not None and found[0].mended.repair.slip == slip)


@pytest.mark.parametrize(
    ("latex", "prose"),
    [
        (
            r"f(x) = \exp \left[ -\frac{1}{2} x^2 \right]",
            "Up to a normaliser, the density of the normal distribution is",
        ),
        (r"f(x) = 2 \exp(-\lambda x)", "The unnormalised density of the exponential distribution is"),
        (r"f_X(x) = c x^2, \quad 0 \leq x \leq 2", "The probability density function of X is"),
        (r"f_X(x) = \frac{1}{Z} x, \quad 0 \leq x \leq 1", ""),
        (r"g(x) = - \exp(-x^2)", "A function is"),
        (
            r"f_T(t) = \frac{1}{\pi (1 + t^2)}",  # on the whole line
            "We recognise the probability density function of a gamma distribution, and because it integrates to one, "
            "the density of T is",
        ),
    ],
)
def test_a_shape_is_no_wrong_density(latex: str, prose: str) -> None:
    assert not any(isinstance(d.evidence, Counterexample) for d in judged(latex, prose))


@pytest.mark.parametrize(("head", "slip"), [("- f_X(x)", "sign"), ("f_X(x)^2", "square")])
def test_a_slip_before_the_density_is_told_from_the_closed_form(head: str, slip: str) -> None:
    (found,) = judged(NORMAL.replace("f_X(x)", head), IS)
    assert isinstance(found.evidence, Counterexample) and found.mended is not None
    assert found.mended.repair.slip == slip and found.mended.label.endswith("(left side)")
    assert judged(NORMAL.replace("f_X(x)", head)) == ()
    assert judged(r"f_X(x)^2 = 4 x^2, \quad 0 \leq x \leq 1") == ()
