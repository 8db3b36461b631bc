"""Laws that a document gives by the formula of a density: what is said of their moments and distribution functions."""

import pytest

from claims.verdict import NotAClaim, Refuted, Supported, Undecided
from errata.checking.context import State
from errata.checking.examine import examine
from errata.checking.families.written_laws import said_in
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def judged(text: str) -> tuple[Judged, ...]:
    return examine(read_document("notes.md", text), Options()).judged


def last(text: str) -> Judged:
    return judged(text)[-1]


LINEAR = r"Let $X$ be a random variable with density $f(x) = 2x$ for $0 \le x \le 1$. Then "
POWER = r"Let $X$ have the density" + "\n\n" + r"$$ f_X(x) = \theta x^{\theta-1}, \quad 0 < x < 1. $$" + "\n\nThen "
DOUBLE = r"The density of $X$ is $f(x) = \frac12 e^{-|x|}$ for $x \in \mathbb{R}$. Then "
TENT = r"The density of $X$ is $$ f(x) = \begin{cases} x & 0 \le x \le 1 \\ 2 - x & 1 < x \le 2 \end{cases} $$ Then "
TRIALS = r"The mass function of $N$ is $p(n) = (1-\theta)^{n-1} \theta$ for $n = 1, 2, \ldots$. Then "
RIGHT = [
    LINEAR + r"$E[X] = \frac23$.",
    LINEAR + r"$\mathrm{Var}(X) = \frac1{18}$.",
    LINEAR + r"$P(X \le \frac12) = \frac14$.",
    LINEAR + r"$F_X(x) = x^2$.",
    LINEAR + r"$Q_X(p) = \sqrt{p}$.",
    LINEAR + r"$F_X^{-1}(p) = \sqrt{p}$.",
    LINEAR + r"$H(X) = \frac12 - \log 2$.",
    LINEAR + r"$E[e^X] = 2$.",
    LINEAR + r"$\mathrm{median}(X) = \frac{1}{\sqrt 2}$.",
    POWER + r"$\mathbb{E}[X] = \frac{\theta}{\theta+1}$.",
    POWER + r"$F_X(x) = x^\theta$.",
    DOUBLE + r"$E[X^2] = 2$.",
    TENT + r"$\mathrm{Var}(X) = \frac16$.",
    TRIALS + r"$\mathrm{Var}(N) = \frac{1-\theta}{\theta^2}$.",
]
WRONG = [
    LINEAR + r"$E[X] = \frac12$.",
    LINEAR + r"$\mathrm{Var}(X) = \frac19$.",
    LINEAR + r"$P(X \le \frac12) = \frac12$.",
    LINEAR + r"$F_X(x) = x^3$.",
    LINEAR + r"$Q_X(p) = p^2$.",
    LINEAR + r"$F_X^{-1}(p) = p^2$.",
    LINEAR + r"$H(X) = \frac12 + \log 2$.",
    LINEAR + r"$E[e^X] = 3$.",
    LINEAR + r"$\mathrm{mode}(X) = \frac12$.",
    POWER + r"$\mathbb{E}[X] = \frac{\theta}{\theta+2}$.",
    POWER + r"$F_X(x) = \theta x^\theta$.",
    DOUBLE + r"$E[X^2] = 1$.",
    TENT + r"$\mathrm{Var}(X) = \frac15$.",
    TRIALS + r"$\mathrm{Var}(N) = \frac{\theta}{1-\theta}$.",
]
SILENT = [
    r"Suppose $X$ has density $f(x) = c x$ on $[0, 2]$. Then $E[X] = \frac{c}{3}$.",
    r"Let $f(x) = 2x$ for $0 \le x \le 1$. Then $E[X] = \frac12$.",
    r"The joint density is $f(x) = 2x$ for $0 \le x \le 1$. Then $E[X] = \frac12$.",
    r"If the density of $X$ is $f(x) = 2x$ for $0 \le x \le 1$, what is $E[X]$? If $E[X] = \frac12$, what is it then?",
    LINEAR + r"suppose that $E[X] = \frac12$.",
    "# A variable\n\n" + LINEAR + r"we move on." + "\n\n# Another variable\n\n" + r"We have $E[X] = \frac12$.",
    r"The density of $X$ is $f(x) = x$ for $0 < x < 1$ and $2 - x$ for $1 < x < 2$. Then $E[X] = \frac12$.",
    r"$X$ has density $f(x) = \theta e^{-\theta x}$ for $x > 0$. Suppose that $E[X] = 2$. Then $\theta = \frac12$.",
]


@pytest.mark.parametrize("text", RIGHT)
def test_right_quantities_are_supported(text):
    assert isinstance(last(text).verdict, Supported)


@pytest.mark.parametrize("text", WRONG)
def test_wrong_quantities_are_refuted_with_a_witness(text):
    found = last(text)
    assert isinstance(found.verdict, Refuted) and found.rule in ("E314", "E315")
    assert "density" in found.message and " at the" not in found.message


@pytest.mark.parametrize("text", SILENT)
def test_nothing_is_said_where_the_law_may_be_another(text):
    assert all(isinstance(j.verdict, NotAClaim | Undecided | Supported) for j in judged(text))


def test_another_density_of_the_same_variable_is_not_held_against_the_first():
    text = r"Suppose $f_X(x) = 2x$ for $0 < x < 1$. Now let $f_X(x) = 3x^2$ for $0 < x < 1$. Then $E[X] = \frac34$."
    assert not [j for j in judged(text) if isinstance(j.verdict, Refuted)]


def test_a_slash_is_tried_with_either_reach():
    """1/3(1 − 1/3) is two ninths once the slash takes the three alone."""
    mass = r"$$p(x) = \begin{cases} 2/3 & x = 0 \\ 1/3 & x = 1 \end{cases}$$"
    text = f"The probability mass function of $X$ is\n\n{mass}\n\nThen $\\mathrm{{Var}}(X) = %s$."
    assert isinstance(last(text % "1/3(1 - 1/3)").verdict, Supported)
    assert isinstance(last(text % "1/3(1 - 2/3)").verdict, Refuted)


def heard(text: str) -> list[str]:
    return [s.variable for s in said_in(State(read_document("notes.md", text), Options()))]


def test_only_a_density_of_mass_one_is_a_law():
    assert heard(LINEAR) == ["X"]
    assert heard(LINEAR.replace("2x", "3x")) == []
    assert heard(r"The density of $T$ is $f(t) = \lambda e^{-\lambda t}$ for $t > 0$.") == ["T"]
    assert heard(r"The density of $T$ is $f(t) = \lambda e^{-t}$ for $t > 0$.") == []


def test_a_probability_is_found_to_be_one():
    (law,) = (s.law for s in said_in(State(read_document("notes.md", TRIALS), Options())))
    assert law is not None and law.written and [a.name for a in law.arguments] == ["θ"]
