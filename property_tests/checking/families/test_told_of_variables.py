"""Words that give a quantity of a variable whose law is known: what they claim, and where they may speak of another."""

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def judged(text: str) -> tuple[Judged, ...]:
    return examine(read_document("notes.md", text), Options()).judged


EXPONENTIAL = r"Let $X \sim \mathrm{Exp}(\lambda)$. "
LINEAR = r"Let $X$ have density $f(x) = 2x$ for $0 \le x \le 1$. "
RIGHT = [
    EXPONENTIAL + r"Its quantile function is $Q(p) = -\ln(1 - p)/\lambda$.",
    EXPONENTIAL + r"Its mean is $\frac1\lambda$.",
    EXPONENTIAL + r"The variance of $X$ is $\lambda^{-2}$.",
    EXPONENTIAL + r"Its distribution function is $F(x) = 1 - e^{-\lambda x}$.",
    LINEAR + r"The mean is $2/3$, and the variance is $\frac1{18}$.",
    LINEAR + "Its distribution function is\n\n$$F(x) = x^2.$$",
    r"Let $X \sim U(0, 6)$. Its mean is $3$.",
]
WRONG = [
    EXPONENTIAL + r"Its quantile function is $Q(p) = -\ln(1 + p)/\lambda$.",
    EXPONENTIAL + r"Its mean is $\frac1{\lambda^2}$.",
    EXPONENTIAL + r"The variance of $X$ is $\lambda^{-3}$.",
    EXPONENTIAL + r"Its distribution function is $F(x) = e^{-\lambda x}$.",
    LINEAR + r"The mean is $1/2$.",
    LINEAR + "Its distribution function is\n\n$$F(x) = x^3.$$",
    r"Let $X \sim U(0, 6)$. Its mean is $2$.",
]
SILENT = [
    EXPONENTIAL + r"The sample mean is $\frac1{\lambda^2}$.",
    EXPONENTIAL + r"The mean of $Y$ is $\frac1{\lambda^2}$.",
    EXPONENTIAL + r"Let $Y = X^2$. The mean is $\frac2{\lambda^2}$.",
    EXPONENTIAL + r"We average two observations. Its variance is $\frac1{2 \lambda^2}$.",
    EXPONENTIAL + r"If the mean is $\frac1{\lambda^2}$, something is wrong.",
    "# A law\n\n" + EXPONENTIAL + "\n\n# Another law\n\n" + r"Its mean is $\frac1{\lambda^2}$.",
    r"Let $X \sim \mathrm{Exp}(\lambda)$ and $Y \sim \mathrm{Exp}(\mu)$. The mean is $\frac1{\lambda^2}$.",
    EXPONENTIAL + r"The mean of the Poisson distribution is $\lambda$.",
    EXPONENTIAL + r"Its mean is $3$.",
]


@pytest.mark.parametrize("text", RIGHT)
def test_right_quantities_are_supported(text):
    assert isinstance(judged(text)[-1].verdict, Supported)


@pytest.mark.parametrize("text", WRONG)
def test_wrong_quantities_are_refuted(text):
    found = judged(text)[-1]
    assert isinstance(found.verdict, Refuted) and found.rule in ("E314", "E315")


@pytest.mark.parametrize("text", SILENT)
def test_nothing_is_said_where_something_else_may_be_meant(text):
    assert not [j for j in judged(text) if isinstance(j.verdict, Refuted)]
