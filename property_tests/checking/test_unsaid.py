"""What notes leave unsaid and a reader takes for granted: conditions, lines, examples in numbers, rounded results."""

import pytest

from claims.verdict import IllFormed, Proved, Refuted, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def judged(text: str) -> tuple[Judged, ...]:
    return examine(read_document("notes.md", text), Options()).judged


def refuted(text: str) -> list[str]:
    """The right sides of what is refuted."""
    return [j.right for j in judged(text) if isinstance(j.verdict, Refuted | IllFormed)]


@pytest.mark.parametrize(
    "text",
    [
        r"Here $\phi = 0.7$. If $|\phi| > 1$, the process is not causal.",
        r"Here $x = 3$. If $2x > 7$, we stop.",
        r"Here $\eta = 0.1$. But once $\eta > 1$, we have $|1 - 2\eta| > 1$.",
        r"The triangle bounded by $x = 0$, $y = 0$, and $x + y = 1$.",
        r"The axis $x = 0$ meets the line $x + y = 1$.",
    ],
)
def test_conditions_and_lines_are_no_claims(text):
    assert refuted(text) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (r"Here $x = 3$. We see that $2x > 7$.", ["7"]),
        (r"Here $\eta = 0.1$ with $\eta > 0$. So $1 - 2\eta > 1$.", ["1"]),
        (r"Let $x = 0$ and $y = 0$. Then $x + y + 1 = 2$.", ["2"]),
    ],
)
def test_a_claim_about_values_is_still_one(text, wrong):
    assert refuted(text) == wrong


@pytest.mark.parametrize(
    "text",
    [
        r"Let $X \sim \mathrm{Geom}(p)$. Here the coin is fair: $E[X] = \frac{1}{0.5} = 2$.",
        r"Let $X \sim \mathrm{Exp}(\lambda)$. For five years $P(X < 1) = 1 - e^{-\frac{1}{5}}$.",
        r"Let $X \sim \mathrm{Bin}(n, p)$. For ten, $P(X < 2) = \sum_{k=0}^{1} \binom{10}{k} (0.9)^k (0.1)^{10-k}$.",
    ],
)
def test_numbers_under_a_law_of_letters_are_an_example(text):
    assert refuted(text) == []


def test_numbers_under_a_law_of_numbers_are_held_against_it():
    assert refuted(r"Let $X \sim \mathrm{Exp}(2)$. Then $P(X < 1) = 1 - e^{-3}$.")
    assert refuted(r"Let $X \sim \mathrm{Exp}(\lambda)$. Then $P(X < x) = 1 - e^{-x}$.")


def test_a_rounded_result_is_known_to_its_last_digit_where_it_is_used_again():
    rounded = r"We get $-0.731059^2 = -0.53$. Then $e^{-1} \times (-0.53) = %s$."
    assert refuted(rounded % "-0.20") == [] and refuted(rounded % "-0.19") == []
    assert len(refuted(rounded % "-0.21")) == 1
    assert len(refuted(r"We get $e^{-1} \times (-0.53) = -0.20$.")) == 1
    assert (
        len(refuted(r"We get $0.5 \times 0.5 = 0.25$ and $0.25 \times 0.3 = 0.08$ and $0.25 \times 0.5 = 0.14$.")) == 1
    )


def test_a_rounded_percentage_is_one_of_a_few_where_it_is_used_again():
    rounded = r"Here $\sqrt{\frac{.17 \times .83}{60}} = 4.8\%$ and $\sqrt{\frac{.15 \times .85}{60}} = 4.6\%$. "
    claim = r"Both: $\sqrt{(4.8\%)^2 + (4.6\%)^2} = %s$."
    assert refuted(rounded + claim.replace("%s", r"6.7\%")) == []
    assert len(refuted(rounded + claim.replace("%s", r"6.9\%"))) == 1
    assert len(refuted(claim.replace("%s", r"6.7\%"))) == 1


def test_a_whole_number_is_not_rounded_up_to_the_next_one():
    table = "| $x$ | $x^2$ |\n|---|---|\n| 70 | %s |\n"
    assert refuted(table % "4,901") == ["4,901"]
    assert refuted(table % "4,900") == []


@pytest.mark.parametrize("cell", ["4900", "4,900", "4.9e3", "4,900.0"])
def test_a_cell_may_have_thousands_and_powers(cell):
    (found,) = [j for j in judged(f"| $x$ | $x^2$ |\n|---|---|\n| 70 | {cell} |\n") if j.right == cell]
    assert isinstance(found.verdict, Proved | Supported)


@pytest.mark.parametrize("cell", ["48-50", "4:900", "49 × 10^2", "49/1/2020"])
def test_a_cell_that_only_starts_with_a_number_is_left_alone(cell):
    assert refuted(f"| $x$ | $x^2$ |\n|---|---|\n| 70 | {cell} |\n") == []


def test_a_heading_that_is_a_function_of_its_own_letter_is_no_product():
    assert refuted("| $P$ | $P(P)$ |\n|---|---|\n| 0 | 0.3 |\n| 1 | 0.7 |\n") == []
    assert refuted("| $t$ | $t (t + 1)$ |\n|---|---|\n| 2 | 7 |\n") == ["7"]


def test_a_step_that_holds_with_what_was_established_is_no_mistake():
    start = (
        r"At the start $w = 0$ and $b = 0$." + "\n\n" + r"$$ \hat{y}_i = w x_i + b = 0 \times x_i + 0 = 0 $$" + "\n\n"
    )
    step = r"$$ Q = \sum_{i=1}^{4} x_i (y_i - \hat{y}_i) = \sum_{i=1}^{4} x_i y_i $$"
    assert refuted(start + step) == [] and len(refuted(step)) == 1


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        (r"\frac{\partial L}{\partial w} = 0.2 x", False),
        (r"\frac{\partial L}{\partial w} = \sigma(w x) (1 - \sigma(w x)) x", False),
        (r"\frac{\partial L}{\partial w} = \sigma(w x) (1 + \sigma(w x)) x", True),
    ],
)
def test_a_slope_at_the_numbers_of_an_example_is_not_held_against_all_numbers(claim, wrong):
    text = rf"Let $\sigma(z) = \frac{{1}}{{1 + e^{{-z}}}}$ be the sigmoid and $L = \sigma(w x)$. Then ${claim}$."
    assert bool(refuted(text)) is wrong


CIRCLE = r"$z^4 + w^4 = (z^2 + w^2)^2 - 2 z^2 w^2 = 1 - 2 z^2 w^2$"


@pytest.mark.parametrize(
    "text",
    [
        rf"On the circle $z^2 + w^2 = 1$ we find {CIRCLE}.",
        rf"We find {CIRCLE}. The constraint $z^2 + w^2 = 1$ holds on the circle.",
        r"To reduce it by half, we need $(1 - 1/k)^t \approx e^{-t/k} = 1/2$.",
        r"It gives $\exp(-a^2 / 2 \cdot \tfrac{1}{2}) = \exp(-a^2)$.",
        r"It is the $9/9 = 100$th percentile, and $1/2 = 50$ percent.",
        r"The errors are $\sum_{i=1}^{10} e^i = 31.9$.",
        r"We have $f(x) = \sum_i w_i x_i + b = w^T x$ with one more weight.",
    ],
)
def test_what_is_said_beside_a_step_or_customary_in_it_saves_it(text):
    assert refuted(text) == []


@pytest.mark.parametrize(
    "text",
    [
        rf"We find {CIRCLE}.",
        rf"On the circle $z^2 + w^2 = 2$ we find {CIRCLE}.",
        r"Here $u = (1 - 1/k)^t - 1 = (1 - 1/k)^t$.",
        r"It gives $u = \exp(-a^2 / 2 \cdot \tfrac{1}{2}) = \exp(-3 a^2)$.",
        r"It is the $9/9 = 90$th percentile.",
        r"We get $\sum_{i=1}^{2} e^{2 i} = 31.9$.",
        r"Here $u = \sum_{i=1}^n w_i x_i + 2 = \sum_{i=1}^n w_i x_i$.",
    ],
)
def test_a_mistake_beside_the_like_is_still_found(text):
    assert len(refuted(text)) == 1


def test_variables_that_are_alike_may_be_exchanged():
    exchanged = r"$P(X > Y) = P(Y > X)$"
    assert refuted(rf"They are identically distributed, so {exchanged}.") == []
    assert len(refuted(rf"Always {exchanged}.")) == 1


def test_an_index_may_be_a_label_of_the_same_letter():
    assert refuted(r"The projection is $h_l = W h_t$.") == []
    assert len(refuted(r"The means are $\mu_k = \sum_i r_{ij} x_i$.")) == 1


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        (
            r"$u = \log\prod_{i=1}^m \frac{1}{a} \exp(-x_i) = \sum_{i=1}^m \log \frac{1}{a} \exp(-x_i)$",
            ("-x_i)$", "-2 x_i)$"),
        ),
        (r"$u = [\exp(\psi (a - 1))] \exp(\psi) = \exp(a \psi)$", ("(a \\psi)", "(2 a \\psi)")),
        (r"$c = log\frac{p + 1}{u} = log\frac{p + 1}{1} + log\frac{1}{u}$", ("+ log", "- log")),
        (r"$a = 2 \times 3 + 1 \times 2 = 8$", ("= 8", "= 9")),
    ],
)
def test_other_readings_save_what_is_right_and_no_slip(text, slip):
    assert refuted(text) == []
    wrong = text.replace(*slip)
    assert wrong != text and len(refuted(wrong)) == 1


def test_a_stray_bracket_cuts_a_relation_off():
    assert refuted(r"We get $a = 3/4 \times 4/5) \times 1/5 \times 1/5 \approx 0.0005$.") == []


def test_rows_that_start_with_a_result_are_no_differences():
    rows = r"$$\begin{aligned} &-1.0 = -1 + 0 \\ &-1.7 = -1 + \frac14 (-1) - 0.45 \end{aligned}$$"
    assert refuted(rows) == [] and len(refuted(rows.replace("0.45", "0.55"))) == 1
    assert refuted(r"$$\begin{aligned} x &= 10 + 5 \\ &- 3 = 12 \end{aligned}$$") == []


def test_a_limit_that_depends_on_its_own_variable_is_left_open():
    assert refuted(r"$s = \int_0^t \int_0^t a \, dt dt = \frac{1}{2} a t^2$") == []


STEP_OF_A_BINOMIAL = r"$$M = n p (p + q)^{n - 2} (n p + q) = n p (n p + q)$$"


@pytest.mark.parametrize("before", ["The second moment of a binomial variable is", "With $q = 1 - p$,"])
def test_two_chances_make_one(before):
    assert refuted(f"{before}\n\n{STEP_OF_A_BINOMIAL}") == []


@pytest.mark.parametrize(
    ("before", "step"),
    [
        ("The sum of two lengths:", STEP_OF_A_BINOMIAL),
        ("The moment of a binomial variable is", STEP_OF_A_BINOMIAL.replace("= n p (n p", "= n^2 p (n p")),
    ],
)
def test_two_letters_make_one_where_they_are_chances_only(before, step):
    assert len(refuted(f"{before}\n\n{step}")) == 1


AT_A_VALUE = r"$$E(\theta \mid Y = 0) = \frac{3}{3 + n} \frac{1}{3} + \frac{n}{3 + n} \frac{y}{n} = \frac{1}{3 + n}$$"


def test_the_head_of_a_chain_gives_values():
    judged_last = judged(AT_A_VALUE)[-1].verdict
    assert isinstance(judged_last, Supported) and "y = 0" in (judged_last.holds_if or "")


@pytest.mark.parametrize(("of", "to"), [("Y = 0", "Y = 1"), (r"\mid Y = 0", r"\mid Z = 0")])
def test_a_step_that_fails_at_these_values_is_found(of, to):
    assert len(refuted(AT_A_VALUE.replace(of, to))) == 1


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        (r"$u = v - (v \cdot k) k = -k \times (k \times v)$", (r"\times", r"\cdot")),
        (r"$u = e \cdot a = a$", ("= a", "= 2 a")),
        (r"$u = \sum_{j=1}^n d_j w_{ji} = \sum_{j=1}^n w_{ij}^T d_j$", ("_{ij}^T", "_{ij}")),
    ],
)
def test_notation_of_vectors_groups_and_entries_is_let_pass(text, slip):
    assert refuted(text) == []
    assert len(refuted(text.replace(*slip))) == 1


def test_a_list_of_values_is_no_result_again():
    listed = r"On the grid $a = 0.2$ is low; $a = 0.5$ and $a = \sqrt{1/2}$ are in between; $a = 1.0$ is high."
    assert refuted(listed) == []
    assert refuted(r"We find $a = \sqrt{1/2}$. So the bound is met, as $a = 1.0$.") != []


@pytest.mark.parametrize("after", ["fails", "is false", "is violated", "does not hold", "cannot be"])
def test_words_after_a_relation_may_deny_it(after):
    assert refuted(rf"The bound $\frac{{1}}{{4}} \le 0$ {after}.") == []
    assert refuted(r"The bound $\frac{1}{4} \le 0$ holds.") != []


def test_what_one_case_gives_says_nothing_in_the_next():
    one = "**Case 1.** Let $c = 2$.\n\nThen $c + 1 = 3$.\n\n"
    assert refuted(one + "**Case 2.** The other one: $1 - c = 0.5$.") == []
    assert refuted(one + "Moreover $1 - c = 0.5$.") != []
