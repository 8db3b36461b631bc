"""Numbers that no probability can be are found by the words around them; densities, exponents and doubts are not."""

from __future__ import annotations

import pytest

from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document


def faults(notes: str) -> list[str]:
    document = read_document("notes.md", notes)
    judged = examine(document, Options()).judged
    return [document.text[j.focus.start : j.focus.end] for j in judged if j.rule == "E409" and j.focus]


WRONG = [
    (r"For the event $A$ we have $P(A) = 1.3$.", "1.3"),
    (r"The probability of the complement is $P(A^c) = -0.1$.", "-0.1"),
    (r"The events are such that $p(\bar{B}) = 130\%$ holds.", r"130\%"),
    (r"Then $P(A \mid B) = 1.2$.", "1.2"),
    (r"Then $P(A \cap B^c) = 0.9 + 0.5 = 1.4$.", "1.4"),
    (r"Then $P(A \cup B \mid C) = 1.01$.", "1.01"),
    (r"Let $p > 1$ be the probability of heads.", "p > 1"),
    (r"A coin lands heads, where $p \ge 1.5$ denotes the success probability.", r"p \ge 1.5"),
    (r"The success probability $\theta < 0$ is unknown.", r"\theta < 0"),
    (r"A coin shows heads with probability $q \in (1, 2)$.", r"q \in (1, 2)"),
    (r"Let $p$ be the probability of heads. Here $p = 1.5$.", "1.5"),
    (r"Let $X \sim \mathrm{Bern}(p)$ with $p > 1$.", "p > 1"),
    (r"Let $X \sim \mathrm{Bin}(n, \pi)$, where $n = 5$ and $\pi = -0.2$.", "-0.2"),
    (r"It rains with probability $1.2$.", "1.2"),
    (r"The probability is $-0.3$, and so on.", "-0.3"),
    (r"It has a probability of $1.7$.", "1.7"),
    (r"Of the event $A$ we know that $P(A) = \frac{11}{6}$.", r"\frac{11}{6}"),
    (r"Then $P(\text{disease} \mid \text{positive}) = 3/2$.", "3/2"),
    (r"The probability of heads is $P(H) = 1.2$.", "1.2"),
    (r"The variance of $X$ is $-2$.", "-2"),
]
SILENT = [
    r"The density at this point is $p(x) = 1.5$ and $P(x) = 3$.",
    r"The polynomial has $P(2) = 5$, and of a matrix, $P(X) = 12$.",
    r"The area of a triangle is $P(A) = 12$.",
    r"The conditional value is $P(Y \mid X) = 1.3$.",
    r"Let $p > 1$ and $1/p + 1/q = 1$.",
    r"Let $p$ be the probability of heads. In the norm $\|x\|_p$ we take $p = 2$.",
    r"There are $p = 10$ predictors, and heads come with probability $0.3$.",
    r"The odds are $p = 3$, and $p$ is no probability.",
    r"The probability of event $A$ is $P(A) = 35\%$.",
    r"In per cent, the probability of the event is $P(A) = 35$.",
    r"By the bound, $P(A) \le 1.3$ for the event.",
    r"For every event, $P(A) \neq 1.3$.",
    r"An unnormalised probability may be $P(A) = 1.3$.",
    r"Its unnormalised probability is $\tilde{P}(A) = 1.3$.",
    r"Can the probability of an event be $P(A) = 1.3$ here?",
    r"Why is the probability $P(A) = 1.3$ impossible?",
    r"The probability $P(A) = 1.3$ is impossible.",
    r"The value $P(A \mid B) = 1.2$ can't be a probability.",
    r"A student claims that $P(A \mid B) = 1.2$.",
    r"The probability that $p > 1$ is zero, and so is the probability of $\theta > 1$.",
    r"The probability of getting $q > 1$ is $0.1$.",
    r"The probability of $2$ heads is $1/4$.",
    r"With probability $5$% nothing happens.",
    r"The log probability is $-1.2$.",
    r"The log variance is $-1.2$.",
    r"The covariance is $-1.2$.",
    r"The probability density is $P(\text{height}) = 1.2$.",
    r"A probability of $50$ to one is small.",
    r"Let $p$ be the probability of extinction. The roots are $p = 1/2$ and $p = 2$.",
    r"It rains with probability $1$, or with probability $0.2$.",
]


@pytest.mark.parametrize(("notes", "part"), WRONG)
def test_a_number_that_is_no_probability_is_found(notes: str, part: str) -> None:
    assert faults(notes) == [part]


@pytest.mark.parametrize("notes", SILENT)
def test_what_may_be_meant_is_let_pass(notes: str) -> None:
    assert faults(notes) == []


def test_what_another_section_says_of_a_name_counts_for_nothing() -> None:
    head, tail = "# Coins\n\nLet $p$ be the probability of heads.\n\n", "Here $p = 1.5$.\n"
    assert faults(head + tail) == ["1.5"]
    assert faults(head + "# Lines\n\n" + tail) == []
