"""Two statements of one quantity that can't both hold are quoted; what may be two things is let pass."""

from __future__ import annotations

import pytest

from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def findings(notes: str) -> list[Judged]:
    return [j for j in examine(read_document("notes.md", notes), Options()).judged if j.rule]


def codes(notes: str) -> list[str | None]:
    return [j.rule for j in findings(notes)]


def display(*rows: str) -> str:
    return "$$\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}$$\n\n"


THEOREM = display(r"\mathrm{Var}(X) &= \frac{a b}{(a + b)^2}")
SAME = display(r"\mathrm{Var}(X) &= a (1 - \frac{a}{a + b}) / (a + b)")
OTHER = display(r"\mathrm{Var}(X) &= a (1 + \frac{a}{a + b}) / (a + b)")


def test_a_theorem_and_the_end_of_its_proof_that_differ_are_both_quoted() -> None:
    assert codes(f"Claim\n\n{THEOREM}Proof\n\n{SAME}") == []
    (found,) = findings(f"Claim\n\n{THEOREM}Proof\n\n{OTHER}")
    assert found.rule == "W321" and found.label == "contradicts line 4"
    assert found.message is not None
    assert found.message.startswith("line 4 says Var(X) = (a·b)/(a + b)^2, and here it is a·(1 + a/(a + b))/(a + b)")


def test_the_last_line_of_a_chain_is_held_against_a_theorem() -> None:
    proof = display(r"\mathrm{Var}(X) &= \mathrm{E}[X^2] - \mathrm{E}[X]^2", r"&= \frac{a b}{(a + b)^3}")
    assert codes(f"Claim\n\n{THEOREM}Proof\n\n{proof}") == ["W321"]


def test_two_rows_of_one_display_that_differ_are_an_error() -> None:
    assert codes(display(r"u &= \frac{a + 2 b}{3}", r"u &= \frac{a}{3} + b")) == ["E321"]
    assert codes(display(r"u &= \frac{a + 2 b}{3}", r"u &= \frac{a}{3} + \frac{2 b}{3}")) == []


TWO_ROWS = (r"u &= \frac{a + 2 b}{3}", r"u &= \frac{a}{3} + b")


@pytest.mark.parametrize(
    "notes",
    [
        f"Claim\n\n{THEOREM}If X is doubled, then\n\n{OTHER}",
        f"Claim\n\n{THEOREM}Another parametrisation has\n\n{OTHER}",
        f"# One\n\n{THEOREM}\n\n# Two\n\n{OTHER}",
        f"For the gamma law\n\n{THEOREM}and for the beta law\n\n{OTHER}",
        f"Here\n\n{THEOREM}**Exercise.** Show\n\n{OTHER}",
        f"Here $X \\sim P$ and\n\n{THEOREM}Then $X \\sim Q$ and\n\n{OTHER}",
        f"Claim\n\n{THEOREM}Proof\n\n{OTHER}".replace(r"(1 + \frac", r"(c + \frac"),
        f"\\item\n{THEOREM}\\item\n{OTHER}",
        f"- One\n\n{THEOREM}\n- Two\n\n{OTHER}",
        "One class has the density $p(b) = 2 - 2 b$ and the second class $p(b) = 2 b$.",
        "The loss is $L(y, z) = (y - z)^2$. Sometimes it is $L(y, z) = |y - z|$.",
        "Let $a = x + y$ there.\n\nAlso $a = x - y$ here.",
        "The system of equations\n\n" + display(*TWO_ROWS),
        display(r"u &= \frac{a + 2 b}{3} \quad \text{if } a > 0", r"u &= \frac{a}{3} + b \quad \text{else}"),
        display(r"u &= \frac{a + 2 b}{3}, \quad a > 0", r"u &= \frac{a}{3} + b, \quad a < 0"),
        display(r"u &= u + a", r"u &= u + b a"),
        display(r"u_1 &= \frac{a + 2 b}{3}", r"u_2 &= \frac{a}{3} + b"),
        display(r"u' &= \frac{a + 2 b}{3}", r"u &= \frac{a}{3} + b"),
        display(r"u &\leftarrow \frac{a + 2 b}{3}", r"u &\leftarrow \frac{a}{3} + b"),
        display(r"u &= 3", r"u &= 4"),
        display(r"z &= 2 x + y", r"z &= x - 3 y"),
        "Let $f(x) = a x$ be one.\n\nNow let $f(x) = x - a$.",
        display(r"u &= \frac{a + 2 b}{3} \Rightarrow", r"u &= \frac{a}{3} + b"),
        display(r"u &= g(a) + c g(b)", r"u &= g(b) + a g(c)"),
    ],
)
def test_what_may_be_two_things_is_let_pass(notes: str) -> None:
    assert codes(notes) == []


def test_a_definition_in_the_notes_can_make_two_values_one() -> None:
    rows = display(r"u &= \frac{a + 2 b}{3}", r"u &= \frac{2 a}{3} + \frac{b}{3}")
    assert codes(rows) == ["E321"] and codes(f"Here $b = a$.\n\n{rows}") == []


def test_a_formula_with_an_error_of_its_own_is_no_ground_to_stand_on() -> None:
    wrong = display(r"\mathrm{Var}(X) &= a^2 - b^2", r"&= (a - b)(a + b)", r"&= (a - b)(a - b)")
    assert codes(f"Claim\n\n{wrong}Proof\n\n{OTHER}") == ["E311"]


EARLIER = display(r"g(x) &= \sqrt{\frac{a}{c}} \cdot \exp \left[ -\frac{a}{2} (x - m)^2 \right] \cdot b")


@pytest.mark.parametrize("words", ["Rearranging the terms, we then have", "With this, it becomes", "This gives"])
def test_what_the_text_derives_is_refuted_where_it_is_one_slip_away(words: str) -> None:
    right = r"g(x) = b \cdot \left( \frac{a}{c} \right)^{1/2} \exp \left[ -\frac{a}{2} (x - m)^2 \right]"
    assert codes(f"So\n\n{EARLIER}{words}\n\n$$ {right} $$") == []
    (found,) = findings(f"So\n\n{EARLIER}{words}\n\n$$ {right.replace('{1/2}', '{2/2}')} $$")
    assert found.rule == "E311" and found.verdict.repair is not None
    assert found.verdict.repair.slip == "off-by-one"
    assert codes(f"So\n\n{EARLIER}Instead, it becomes\n\n$$ {right.replace('{1/2}', '{2/2}')} $$") == []


GIVEN = (
    r"We have $$ p(y|m) = \mathcal{N}(y; m, 1/t) = \sqrt{\frac{t}{2 \pi}} \cdot \exp[-\frac{t}{2} (y - m)^2] $$ "
    r"and $$ p(m) = \mathcal{N}(m; 0, 1/s) = \sqrt{\frac{s}{2 \pi}} \cdot \exp[-\frac{s}{2} m^2] \; . $$"
)
JOINT = (
    r"\sqrt{\frac{t}{2 \pi}} \cdot \exp[-\frac{t}{2} (y - m)^2] \cdot "
    r"\sqrt{\frac{s}{2 \pi}} \cdot \exp[-\frac{s}{2} m^2]"
)
TOGETHER = r"\frac{\sqrt{t s}}{2 \pi} \cdot \exp[-\frac{t}{2} (y - m)^2 - \frac{s}{2} m^2]"


@pytest.mark.parametrize(
    ("first", "later", "codes_of"),
    [
        (rf"p(m) \, p(y|m) = {JOINT}", TOGETHER.replace(r"2} m^2", r"2} m"), ["E311"]),
        (rf"p(y|m) \, p(m) = {JOINT}", TOGETHER.replace(r" - \frac{s}", r" + \frac{s}"), ["E311"]),
        (rf"p(y|m) \, p(m) = {JOINT}", TOGETHER.replace(r" - \frac{s}{2} m^2", r" + 3 s m^5"), ["W321"]),
        (JOINT, TOGETHER.replace(r" - \frac{s}", r" + \frac{s}"), ["W321"]),
        (rf"p(y|m) \, p(m) = {JOINT}", TOGETHER, []),
    ],
)
def test_what_was_worked_out_first_shows_which_one_is_wrong(first: str, later: str, codes_of: list[str]) -> None:
    given = GIVEN if "p(m)" in first else ""
    assert codes(f"{given}\n\nHence\n\n$$ p(y, m) = {first} $$\n\nand so\n\n$$ p(y, m) = {later} $$\n") == codes_of


def test_items_of_a_list_and_rows_of_a_table_are_alternatives() -> None:
    gini, entropy = r"$$H(R) = 1 - \sum_{i=1}^K p_i^2$$", r"$$H(R) = - \sum_{i=1}^K p_i \log(p_i)$$"
    assert codes(f"Criteria.\n\n* Gini: {gini}\n\n* entropy: {entropy}\n") == []
    assert codes(f"The impurity is\n\n{gini}\n\nand the same is\n\n{entropy}\n") == ["W321"]


def test_derivatives_of_one_example_of_a_function_after_another() -> None:
    rows = [r"$f(x) = e^x$: $$f'(x) = e^x$$", r"$f(x) = \sin(x)$: $$f'(x) = \cos(x)$$"]
    assert codes("\n\n".join(rows)) == []


def test_one_density_in_two_sentences_is_still_quoted() -> None:
    assert codes("The density is $p(b) = 2 - 2 b$. So we use $p(b) = 2 b$ below.") == ["W321"]


DEFINED = "We define $\\eta = a + b$ once for all.\n\n"


def test_a_second_statement_of_a_name_that_was_defined_in_a_sentence_is_held_against_the_first() -> None:
    pages = [DEFINED + "The sum is\n\n$$ \\eta = a - b. $$", DEFINED + "Now let\n\n$$ \\eta = a - b. $$"]
    rules = [examine(read_document("page.md", page.encode()), Options()).judged[-1].rule for page in pages]
    assert rules == ["W321", None]
    same = DEFINED + "The sum is\n\n$$ \\eta = b + a. $$"
    assert examine(read_document("page.md", same.encode()), Options()).judged[-1].rule is None
