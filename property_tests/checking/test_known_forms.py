"""Relations between a function and its expansion: theorems hold, what is one slip away is refuted, equations stay."""

import pytest

from claims.verdict import Proved, Refuted, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def last(text: str) -> Judged:
    return examine(read_document("notes.md", text), Options()).judged[-1]


RIGHT = [
    r"\cos(a + b) = \cos a \cos b - \sin a \sin b",
    r"\sin a \cos b - \cos a \sin b = \sin(a - b)",
    r"n! = \Gamma(n + 1)",
    r"\binom{n}{k} = \frac{n!}{k! (n - k)!}",
]
WRONG = [
    (r"\cos(a + b) = \cos a \cos b", "lost-term"),
    (r"\cos(a + b) = \cos a \cos b + \sin a \sin b", "sign"),
    (r"\sin a \cos b = \sin(a - b)", "lost-term"),
    (r"\sin(a + b) = \sin a \cos b + \cos a \sin a", "name"),
    (r"n! = \Gamma(n)", "lost-term"),
    (r"\binom{n}{n} = \frac{n!}{k! (n - k)!}", "name"),
    (r"\binom{n}{k} = \frac{n!}{k! (n)!}", "lost-term"),
]


@pytest.mark.parametrize("latex", RIGHT)
def test_a_theorem_holds(latex: str) -> None:
    assert isinstance(last(f"We use that\n\n$$ {latex} $$").verdict, Supported | Proved)


@pytest.mark.parametrize(("latex", "slip"), WRONG)
def test_a_theorem_with_a_slip_is_refuted_with_what_it_says(latex: str, slip: str) -> None:
    found = last(f"We use that\n\n$$ {latex} $$")
    assert isinstance(found.verdict, Refuted) and found.rule == "E311"
    assert found.verdict.repair is not None and found.verdict.repair.slip == slip


@pytest.mark.parametrize(
    "text",
    [
        r"Solve $$ \cos(a + b) = \cos a \cos b $$",
        r"Suppose that $$ \sin(a - b) = \sin a \cos b $$",
        r"An equation is $$ \cos(a + b) = \sin a $$",
        r"A ratio is $$ \binom{n}{k} = \frac{a}{b} $$",
    ],
)
def test_an_equation_is_left_alone(text: str) -> None:
    assert not isinstance(last(text).verdict, Refuted)


BETA = r"Here $I_x(a, b)$ is the regularized incomplete beta function. We use that $$ I_x(a, b) = 1 - I_{1-x}(%s) $$"


def test_two_arguments_of_a_special_function_in_the_wrong_order_are_told() -> None:
    assert isinstance(last(BETA % "b, a").verdict, Supported | Proved)
    found = last(BETA % "a, b")
    assert isinstance(found.verdict, Refuted) and found.verdict.repair is not None
    assert found.verdict.repair.slip == "swapped-arguments"
    assert not isinstance(last(BETA % "a, c").verdict, Refuted)  # neither order mends it
