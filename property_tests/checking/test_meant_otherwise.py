"""What a writer may have meant by what fails as it is read: it is not said to be wrong, and its wrong twin is."""

from __future__ import annotations

import pytest

from claims.verdict import NotAClaim, Proved, Refuted, Supported, Undecided, Verdict
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

MEANT = [
    (
        "a logarithm may have the base of the one beside it",
        r"$$t = \frac12 \log_2 e + \log(s \sqrt{2 \pi}) = \frac12 \log(2 \pi s^2 e)$$",
        r"$$t = \frac12 \log_2 e + \log(s \sqrt{2 \pi}) = \frac12 \log(2 \pi s^2 e^2)$$",
    ),
    ("a point may be a product", r"So $7.2^{-3} + 1 = 1.875$.", r"So $7.2^{-3} + 1 = 2.875$."),
    (
        "a letter that is joined with others is a set",
        r"Let $C \cup D$ be given. $$D D = D$$",
        r"Let $C + D$ be given. $$x = D D = D$$",
    ),
    (
        "what the equation before says of a product is used",
        "A direction $u$ that $B$ keeps:\n\n$$B u = m u$$\n\nSo\n\n$$B^t u = B^{t-1} m u = B^{t-2} m^2 u$$",
        "A direction $u$ that $B$ keeps:\n\n$$B u = m u$$\n\nSo\n\n$$B^t u = B^{t-1} m u = B^{t-2} m^3 u$$",
    ),
]  # fmt: skip


def last(notes: str) -> Verdict:
    return examine(read_document("notes.md", notes + "\n"), Options()).judged[-1].verdict


@pytest.mark.parametrize(("why", "right", "wrong"), MEANT)
def test_what_may_be_meant_is_not_refuted(why: str, right: str, wrong: str) -> None:
    assert not isinstance(last(right), Refuted | NotAClaim), why
    assert isinstance(last(wrong), Refuted), why


def first_of(notes: str) -> Verdict:
    return examine(read_document("notes.md", notes + "\n"), Options()).judged[0].verdict


COUNTS = (
    "The number $X$ of triangles has $E[X] = c$. By Markov's inequality,\n\n$$P(X > 0) = P(X \\geq %s) \\leq E[X]$$\n"
)


def test_a_variable_may_take_whole_numbers() -> None:
    found = examine(read_document("notes.md", COUNTS % "1"), Options()).judged[1].verdict
    assert isinstance(found, Undecided)  # of such a variable it holds; of any other it need not


@pytest.mark.parametrize("bound", ["2", "1.5"])
def test_a_step_over_a_whole_number_is_not_taken_for_the_next_one(bound: str) -> None:
    found = examine(read_document("notes.md", COUNTS % bound), Options()).judged[1].verdict
    assert not isinstance(found, Supported)


SUM = "Then\n\n$$H(A, B, C) = H(A, B) + H(C \\mid A, B) = H(A) + H(B)%s$$\n"


def test_a_zero_that_is_written_out_stands_for_a_premise() -> None:
    found = examine(read_document("notes.md", SUM % " + 0"), Options()).judged[1].verdict
    assert isinstance(found, Undecided) and not isinstance(found, Supported | Proved)


DIVERGENCE = r"Then $$\text{KL}(q \| p(w \mid x)) = \int q_\theta(w) \log \frac{%s}{p(w \mid x)}\, dw$$"


def test_a_law_may_be_named_once_without_its_parameter() -> None:
    found = last(DIVERGENCE % r"q_\theta(w)")
    assert isinstance(found, Supported) and "without its parameter" in (found.holds_if or "")
    assert not isinstance(last(DIVERGENCE % r"p(w)"), Supported)


GEOMETRIC = """$X \\sim Geom(p)$ with $P(X = k) = p (1 - p)^{k - 1}$, where $k \\geq 1$, so

$$E[X] = \\frac1p, \\quad Var[X] = \\frac{1 - p}{p^2}, \\quad P(X = 1) = p, \\quad E[X^2] = \\frac{2 - p}{p^2}$$

%s

$$E[X] = \\frac{1 - p}{p}$$
"""


def test_words_may_go_over_to_another_convention() -> None:
    assert isinstance(last(GEOMETRIC % "The mean of $X$ may also be given by"), Supported)
    assert isinstance(last(GEOMETRIC % "The mean of $X$ is"), Refuted)


KERNEL = r"""Let $X \sim \mathcal N(0, \sigma^2)$. Then

$$h = \int_{-\infty}^{\infty} x^2 %s e^{-\frac{x^2}{2 \sigma^2}} dx = E[X^2]$$
"""


def test_a_name_before_an_exponential_may_be_its_normaliser() -> None:
    assert not isinstance(last(KERNEL % "k"), Refuted)
    assert isinstance(last(KERNEL % r"\frac{1}{\sigma \sqrt{2 \pi}}"), Supported)
    assert isinstance(last(KERNEL % r"\frac{1}{\sigma \sqrt{\pi}}"), Refuted)
