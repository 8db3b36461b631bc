"""The second parameter of a normal law under a convention: read as a variance, written as the author wrote it."""

from __future__ import annotations

import pytest

from errata.reading.families.notation import law_node
from errata.reading.families.spread import Spread, called_in, is_settled, with_spread
from errata.reading.names import key
from errata.reading.parser import parse
from errata.reading.tree import Call, Lines, walk
from errata.reading.unparse import as_the_author_writes, to_latex
from errata.reading.words import words

NOT_TOUCHED = [
    r"\mathcal{N}(0, \sigma^2)",
    r"\mathcal{N}(0, 2^2)",
    r"\mathcal{N}(0, \sigma^2 / n)",
    r"\mathcal{N}(0, a^2 + b^2)",
    r"\mathcal{N}(0, \tau^{-1})",
    r"\mathcal{N}(0, 1)",
    r"\mathcal{N}(\mu, \Sigma)",
    r"\mathcal{N}(0, \sigma I)",
    r"\mathrm{Gamma}(a, b)",
    r"N(s, t) = 3",
    r"f(N(s, t))",
]


def read(latex: str, spread: Spread, near: str = "", everywhere: str = "") -> Lines:
    root = with_spread(parse(latex), spread, called_in(near, everywhere))
    assert isinstance(root, Lines)
    return root


@pytest.mark.parametrize(
    ("latex", "meant"),
    [
        (r"X \sim N(\mu, s)", "X ∼ N(μ, s^2)"),
        (r"X \sim \mathcal{N}(\mu, \sigma_1)", "X ∼ N(μ, σ_1^2)"),
        (r"p(x) = N(x; \mu, s)", "p(x) = N(x; μ, s^2)"),
        (r"\mathcal{N}(x \mid 0, 2)", "N(x | 0, (2)^2)"),
        (r"\mathcal{N}(0, s / 2)", "N(0, (s/2)^2)"),
        (r"\mathcal{N}(0, \sqrt{v})", "N(0, (√(v))^2)"),
        (r"\mathrm{Normal}(0, a + b)", "Normal(0, (a + b)^2)"),
        (r"D(N(0, a) \| N(0, b))", "D(N(0, a^2) ‖ N(0, b^2))"),
    ],
)
def test_a_deviation_is_squared_and_the_square_is_never_written(latex: str, meant: str) -> None:
    plain, root = parse(latex), read(latex, Spread.DEVIATION)
    assert words(root) == meant
    assert as_the_author_writes(to_latex(root)) == to_latex(plain)
    again = parse(to_latex(root))  # what is built of its LaTeX has the square still
    assert words(again) == meant and key(again) == key(root)
    assert words(read(latex, Spread.VARIANCE)) == words(plain)
    assert with_spread(root, Spread.DEVIATION) == root


@pytest.mark.parametrize("latex", NOT_TOUCHED)
def test_what_is_visibly_a_variance_or_no_such_law_stays(latex: str) -> None:
    assert words(read(latex, Spread.DEVIATION)) == words(parse(latex))


@pytest.mark.parametrize("spread", list(Spread))
def test_one_parameterisation_is_left(spread: Spread) -> None:
    for latex in (r"\mathcal{N}(0, s)", r"\mathcal{N}(0, 2)"):
        open_law, law = (law_node(root.statements[0]) for root in (parse(latex), read(latex, spread)))
        assert open_law is not None and len(open_law.options) == 2
        assert law is not None and len(law.options) == 1
        assert [is_settled(n) for n in walk(read(latex, spread)) if isinstance(n, Call)] == [True]


def test_what_the_text_calls_a_name_wins() -> None:
    law = r"\mathcal{N}(0, s)"
    beside = "noise with standard deviation $s$."
    assert words(read(law, Spread.VARIANCE, beside)) == "N(0, s^2)"
    assert words(read(law, Spread.DEVIATION, "with variance $s$")) == "N(0, s)"
    assert words(read(law, Spread.DEVIATION, "", "Here $s$ is the variance.")) == "N(0, s)"
    assert words(read(law, Spread.DEVIATION, "", "Here $t$ is the variance.")) == "N(0, s^2)"
    both = "The variance $s$ and the standard deviation $s$."
    assert words(read(law, Spread.DEVIATION, both)) == "N(0, s^2)"  # it contradicts itself: the convention holds
    assert words(read(r"\mathcal{N}(0, 4)", Spread.DEVIATION, "of variance 4")) == "N(0, 4)"
    assert words(read(r"\mathcal{N}(0, 4)", Spread.VARIANCE, "of standard deviation $4$")) == "N(0, (4)^2)"
    assert words(read(r"\mathcal{N}(0, 4)", Spread.DEVIATION, "of variance 4.5")) == "N(0, (4)^2)"
    assert words(read(r"\mathcal{N}(0, 1 / \tau)", Spread.DEVIATION, "", r"precision $\tau$")) == "N(0, 1/τ)"
