"""Expressions that the words beside them say to be a quantity of a law: in a sentence, and in a table of laws."""

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def judged(text: str) -> tuple[Judged, ...]:
    return examine(read_document("notes.md", text), Options()).judged


RIGHT = [
    r"The variance of the gamma distribution is $\frac{a}{b^2}$.",
    r"The variance of the gamma distribution with shape k and scale t is $k t^2$.",
    r"The mean of a Poisson variable is given by $$ \lambda $$",
    r"The density of the exponential law is $\lambda e^{-\lambda x}$.",
    "The mode of the log-normal distribution:\n\n$$ e^{m - s^2} $$",
    "variance of the Pareto distribution\n\n$$ \\frac{m^2 \\alpha}{(\\alpha-1)^2 (\\alpha-2)} \\; \\alpha > 2 $$",
    "With I the regularised incomplete beta function, the CDF of the F distribution is"
    "\n\n$$ I_\\frac{a x}{a x + b}\\left(\\frac{a}{2}, \\frac{b}{2}\\right) $$",
    "| Law | E(X) |\n|---|---|\n| Poisson | $\\lambda$ |\n",
]
WRONG = [
    "| Law | E(X) |\n|---|---|\n| Poisson | $\\lambda^2$ |\n",
    r"The variance of the gamma distribution is $\frac{a}{b}$.",
    r"The mean of a Poisson variable is given by $$ \lambda^2 $$",
    r"The variance of the binomial distribution, whose mean is $n p$, is $n p (1 + p)$.",
    "| Family | Variance |\n|---|---|\n| Gamma | $m^2$ |\n",
    r"The density of the exponential law is $\lambda e^{-2 \lambda x}$.",
    "variance of the Pareto distribution\n\n$$ \\frac{m^\\alpha}{(\\alpha-1)^2 (\\alpha-2)} \\; \\alpha > 2 $$",
    "With I the regularised incomplete beta function, the CDF of the F distribution is"
    "\n\n$$ I_\\frac{a x}{a x + b}\\left(\\frac{a}{2}, \\frac{a}{2}\\right) $$",
]
SILENT = [
    r"We use the variance of the gamma distribution and set it to $\frac{a}{b}$.",
    r"The mean and the variance of the gamma distribution are $\frac{a}{b}$.",
    r"The variance of the multivariate normal distribution is $\Sigma^2$.",
    r"The sum of the variances of the gamma distribution and of the normal distribution is $\frac{a}{b}$.",
    r"The variance of the estimator is $\frac{a}{b}$.",
    r"The mean of the gamma distribution is $\bar{x}$.",
    r"The mean of the gamma distribution is $3$.",
    r"This means that for the binomial distribution the value is $n p (1 + p)$.",
    r"This means that we go from the binomial distribution to a bell shape, whose variance is $n p (1 - p)$.",
    "| Family | Variance function |\n|---|---|\n| Gamma | $m^2$ |\n",
    # a power of the variable, or of the whole, is another quantity
    "| Law | E(X²) |\n|---|---|\n| Poisson | $\\lambda (\\lambda + 1)$ |\n",
    "| Law | E[X]² |\n|---|---|\n| Poisson | $\\lambda^2$ |\n",
    "| Law | $E(X^2)$ |\n|---|---|\n| Poisson | $\\lambda + \\lambda^2$ |\n",
    "| Law | mean of the square |\n|---|---|\n| Poisson | $\\lambda + \\lambda^2$ |\n",
    # a value of a parameter makes a special case of a law, and so does a density of fewer letters
    "The density of the gamma law with $a = 1$ is $\\frac{1}{t} e^{-x/t}$.",
    "The density of the gamma law is $\\frac{1}{t} e^{-x/t}$ here.",
    "The mean of the gamma law with shape $a$ and scale $b = 2$ is $2 a$.",
    "| Family | Link | Variance |\n|---|---|---|\n| Gamma | $1/m$ | $m^2$ |\n",
]


@pytest.mark.parametrize("text", RIGHT)
def test_right_expressions_are_supported(text):
    assert [type(j.verdict) for j in judged(text) if j.relation == ""] == [Supported]


@pytest.mark.parametrize("text", WRONG)
def test_wrong_expressions_are_refuted_under_every_way_to_read_their_letters(text):
    (found,) = [j for j in judged(text) if j.rule]
    assert isinstance(found.verdict, Refuted) and found.rule in ("E314", "E315")


@pytest.mark.parametrize("text", SILENT)
def test_nothing_is_said_where_the_words_leave_a_doubt(text):
    assert not any(j.rule or isinstance(j.verdict, Supported) for j in judged(text))


def test_cells_of_a_table_of_laws():
    table = r"""
| Distribution | Density | Mean | Variance |
|---|---|---|---|
| Poisson | $\frac{\lambda^k e^{-\lambda}}{k!}$ | $\lambda$ | $\lambda$ |
| Gamma | $\frac{b^a}{\Gamma(a)} x^{a} e^{-bx}$ | $\frac{a}{b}$ | $\frac{a}{b}$ |
| Something else | $\frac{a}{b}$ | $\frac{b}{a}$ | $a$ |
"""
    found = [j for j in judged(table) if j.relation == ""]
    assert [type(j.verdict) for j in found] == [Supported, Supported, Supported, Refuted, Supported, Refuted]
    assert [j.rule for j in found if j.rule] == ["E315", "E314"]


NORMAL = r"f_X(x) = \frac{1}{\sqrt{2 \pi} s} \cdot \exp \left[ -\frac{1}{2} \left( \frac{x - m}{s} \right)^2 \right]"
IS = "The probability density function of the normal distribution is"


@pytest.mark.parametrize(("old", "new"), [("x - m", "x + m"), ("x - m", "x - m^2"), ("x - m", "x - 2 m")])
def test_a_density_of_mass_one_that_is_not_that_of_the_named_law_is_refuted(old: str, new: str) -> None:
    def first(latex: str, words: str = IS) -> Judged:
        return examine(read_document("notes.md", f"{words}\n\n$$ {latex} $$\n"), Options()).judged[0]

    assert isinstance(first(NORMAL).verdict, Supported)
    found = first(NORMAL.replace(old, new))
    assert isinstance(found.verdict, Refuted) and found.rule == "E315" and found.verdict.repair is not None
    assert not isinstance(first(NORMAL.replace(old, new), "A density is").verdict, Refuted)


@pytest.mark.parametrize(
    "new",
    [
        ("x - m", "x"),  # with mean zero
        ("x - m", "x - w z"),  # of a regression
        ("x - m", "x - a m"),
    ],
)
def test_a_special_case_of_the_named_law_is_left_alone(new: tuple[str, str]) -> None:
    latex = NORMAL.replace(*new)
    found = examine(read_document("notes.md", f"{IS}\n\n$$ {latex} $$\n"), Options()).judged[0]
    assert not isinstance(found.verdict, Refuted)
