"""Relations about abstract laws that are one slip away from an identity, and those that are assumptions."""

from __future__ import annotations

import pytest

from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

BAYES = r"p(m|y) = \frac{p(y|m) \, p(m)}{p(y)}"


def last(text: str):
    document = read_document("page.md", text.encode())
    return examine(document, Options(), lambda *_: None, {}).judged[-1]


WRONG_NAMES = [
    (r"\mathrm{I}(X;Y) = \mathrm{H}(X) + \mathrm{H}(X) - \mathrm{H}(X,Y)", r"\mathrm{H}(Y)"),
    (r"p(a|b) \, p(b) = p(a|b) \, p(a)", r"p(b | a)"),
    (r"p(m|y) = \frac{p(y|m) \, p(y)}{\sum_m p(y|m) \, p(m)}", r"p(m)"),
]


@pytest.mark.parametrize(("latex", "repair"), WRONG_NAMES)
def test_a_wrong_name_is_refuted_where_nothing_could_save_it(latex, repair):
    assert type(last(f"$$ {latex} $$").verdict).__name__ == "Refuted"


@pytest.mark.parametrize("latex", [latex for latex, _ in WRONG_NAMES[:1]])
@pytest.mark.parametrize("text", ["The variables have the same law.", "Let $X$ and $Y$ be i.i.d.", "By symmetry,"])
def test_a_name_may_stand_for_another_with_its_law(latex, text):
    assert type(last(f"{text}\n\n$$ {latex} $$").verdict).__name__ != "Refuted"


@pytest.mark.parametrize(
    "latex",
    [
        r"p(x, y) = p(x|z) \, p(y)",  # z may say all about y
        r"p(x|y) = \sum_z p(x|z) \, p(z|y)",
        r"p(x, y|z) = p(x|z) \, p(y|z)",
    ],
)
def test_a_name_that_makes_a_condition_is_no_slip(latex):
    assert type(last(f"$$ {latex} $$").verdict).__name__ != "Refuted"


@pytest.mark.parametrize(
    ("latex", "repair"),
    [
        (r"\mathrm{Cov}(X,Y) = \mathrm{E}(XY) + \mathrm{E}(X) \mathrm{E}(Y)", "-"),
        (r"\mathrm{Var}(X) = \mathrm{E}[X^2] - \mathrm{E}[X]", r"\mathrm{E}[X]^2"),
        (r"\mathrm{Var}(X+Y) = \mathrm{Var}(X) + \mathrm{Var}(Y) + \mathrm{Cov}(X,Y)", "2"),
        (r"\mathrm{I}(X;Y) = \mathrm{H}(X) + \mathrm{H}(Y) + \mathrm{H}(X,Y)", r"- \mathrm{H}(X , Y)"),
        (
            r"\mathrm{Cov}(X,Y) = \mathrm{E}(XY) - (2 \mathrm{E}(X) \mathrm{E}(Y) - \mathrm{E}(X)) \mathrm{E}(Y)",
            r"- \mathrm{E}(X) \mathrm{E}(Y)",
        ),
        (
            r"\log p(x) = \mathbb{E}_{q(z)}[\log p(x,z)] - \mathbb{E}_{q(z)}[\log q(z)] - \mathrm{KL}(q(z) \| p(z|x))",
            r"+ \mathrm{KL}",
        ),
    ],
)
def test_an_identity_with_a_slip_is_refuted_and_repaired(latex, repair):
    found = last(f"$$ {latex} $$")
    assert type(found.verdict).__name__ == "Refuted" and found.rule == "E313"
    assert repair in found.verdict.repair.latex


@pytest.mark.parametrize(
    "text",
    [
        r"$$ \mathrm{E}(XY) = \mathrm{E}(X) \mathrm{E}(Y) $$",
        r"$$ \mathrm{Var}(X - Y) = \mathrm{Var}(X) + \mathrm{Var}(Y) $$",
        r"$$ \mathrm{H}(X, Y) = \mathrm{H}(X) + \mathrm{H}(Y) $$",
        r"$$ \mathrm{H}(X, Y) = 2 \mathrm{H}(X) $$",  # of two draws from one law
        r"$$ \mathrm{Var}(X) = \mathrm{E}[X - \mathrm{E}[X]]^2 $$",  # the square of the bracket, for some
        r"$$ p(x, y) = p(x) \, p(y) $$",
        r"Suppose that $\mathrm{Cov}(X,Y) = \mathrm{E}(XY) + \mathrm{E}(X) \mathrm{E}(Y)$.",
    ],
)
def test_a_condition_on_the_laws_is_left_alone(text):
    assert type(last(text).verdict).__name__ != "Refuted"


@pytest.mark.parametrize("slip", [(r"\, p(m)}", r"\, p(m)^2}"), ("p(m|y) =", "- p(m|y) ="), ("p(m|y) =", "2 p(m|y) =")])
def test_a_posterior_is_no_special_case_and_a_slip_may_stand_on_the_left(slip: tuple[str, str]) -> None:
    before = "From Bayes' theorem, the posterior probability of a model is"
    found = last(f"{before}\n\n$$ {BAYES.replace(*slip)} $$")
    assert type(found.verdict).__name__ == "Refuted" and found.rule == "E313" and found.verdict.repair is not None
    assert type(last(f"{before}\n\n$$ {BAYES} $$").verdict).__name__ in ("Supported", "Proved")
    supposed = last(f"Suppose that\n\n$$ {BAYES.replace(*slip)} $$")
    assert supposed.rule is None or slip[0] != r"\, p(m)}"


BESIDE_A_LAW = [
    (r"X \sim \mathrm{Gam}(a, b)", r"\mathrm{E}(X) = - \sum_{x \in \mathcal{X}} x \cdot \mathrm{Pr}(X = x)", "sign"),
    (r"X \sim \mathrm{Poiss}(\lambda)", r"\mathrm{H}(X) = - 2 \sum_x p(x) \log p(x)", "factor-2"),
    (r"y \sim \mathcal{N}(\mu, \sigma^2)", r"p(\mu | y) = \frac{p(y | \mu)^2 \, p(\mu)}{p(y)}", "square"),
    (r"y_i = a + b x_i + \varepsilon_i", r"\mathrm{Cov}(X, Y) = - \sigma_X \, \mathrm{Corr}(X, Y) \, \sigma_Y", "sign"),
    (
        r"X \sim \mathrm{Gam}(a, b)",
        r"\mathrm{Var}(X) = \mathrm{E}(\mathrm{Var}(X | Z)) - \mathrm{Var}(\mathrm{E}(X | Z))",
        "sign",
    ),
    (r"X \sim \mathrm{Poiss}(\lambda)", r"\mathrm{H}(X) = - \sum_x p(x) \cdot p(x)", "lost-log"),
]


@pytest.mark.parametrize(("law", "latex", "slip"), BESIDE_A_LAW)
def test_what_is_given_beside_an_identity_does_not_save_it_from_a_slip(law: str, latex: str, slip: str) -> None:
    found = last(f"Let $$ {law} . $$ Then, we have $$ {latex} $$")
    assert type(found.verdict).__name__ == "Refuted" and found.rule in ("E313", "E314")
    assert found.verdict.repair.slip == slip


@pytest.mark.parametrize(
    "text",
    [
        r"Let $$ X \sim \mathrm{Bern}(p) $$ be binary. Then $$ \mathrm{Var}(X) = \mathrm{E}(X) - \mathrm{E}(X)^2 $$",
        r"Both have mean zero: $$ X \sim \mathcal{N}(0, s) $$ "
        r"$$ \mathrm{Cov}(X, Y) = \mathrm{E}(XY) + \mathrm{E}(X) \mathrm{E}(Y) $$",
        r"With $Y = X$, $$ \mathrm{H}(X | Y) = \mathrm{H}(X, Y) - 2 \mathrm{H}(Y) $$",
        r"Let $$ X \sim \mathrm{Gam}(a, b) . $$ Then, $$ \mathrm{S}(X) = - \sum_x p(x) \cdot p(x) $$",
        r"Let $$ X \sim \mathrm{Gam}(a, b) . $$ Then, $$ \mathrm{E}(X) = \int x \, p(x) \, dx $$",
        r"If $X$ and $Y$ are uncorrelated, $$ X \sim \mathrm{Gam}(a, b) $$ "
        r"$$ \mathrm{Var}(X - Y) = \mathrm{Var}(X) + \mathrm{Var}(Y) + 2 \mathrm{Cov}(X, Y) $$",
    ],
)
def test_a_condition_that_the_text_speaks_of_saves_a_relation(text: str) -> None:
    assert type(last(text).verdict).__name__ != "Refuted"


def test_a_slip_is_told_with_what_the_document_defines() -> None:
    given = r"Let $\mathrm{LME}(m) = \log p(y|m)$. This can be exponentiated to read"
    assert type(last(rf"{given} $$ \exp[\mathrm{{LME}}(m)] = p(y|m) $$").verdict).__name__ == "Supported"
    found = last(rf"{given} $$ \exp[-\mathrm{{LME}}(m)] = p(y|m) $$")
    assert type(found.verdict).__name__ == "Refuted" and found.verdict.repair.slip == "sign"
    assert type(last(r"Then $$ \exp[-\mathrm{LME}(m)] = p(y|m) $$").verdict).__name__ != "Refuted"


@pytest.mark.parametrize(
    ("latex", "repair"),
    [
        (r"\mathrm{E}(X) = \sum_{x \in \mathcal{X}} X \cdot \mathrm{Pr}(X = x)", r"x \cdot"),
        (r"p(x, y) = p(y | y) \, p(y)", "p(x | y)"),
        (r"p(y, t | m) = p(y | t, m) \, p(m | m)", "p(t | m)"),
        (r"p(t | y) = \frac{p(y | t) \, p(t)}{p(y, y)}", None),
    ],
)
def test_what_means_nothing_but_for_a_wrong_name_is_ill_formed(latex: str, repair: str | None) -> None:
    found = last(f"Then, we have $$ {latex} $$")
    assert (type(found.verdict).__name__ == "IllFormed") is (repair is not None)
    if repair is not None:
        assert repair in found.verdict.repair.latex and found.rule == "E313"


@pytest.mark.parametrize(
    "latex",
    [
        r"p(x | x) = 1",
        r"\mathrm{E}(X) = X",
        r"\mathrm{E}(X | Y) = a X + b",
        r"p(x' | x) = p(x | x)",
        r"\mathrm{Cov}(X, Y) = X \, \mathrm{E}(Y)",
    ],
)
def test_what_is_read_as_nothing_else_stays_open(latex: str) -> None:
    assert type(last(f"Then, we have $$ {latex} $$").verdict).__name__ not in ("Refuted", "IllFormed")


ADDITION = r"$$ \label{eq:add-set} p(A \vee B) = p(A) + @ p(B) - p(A,B) $$"
TAIL = r"$$ \mathrm{Pr}(Y \leq y) = @ 1 - \mathrm{Pr}(Y > y) $$"


def said(words, latex, factor):
    return f"Let $Y = g(X)$ and so on.\n\n{words}\n\n{latex.replace('@', factor)}"


@pytest.mark.parametrize(
    ("words", "latex", "wrong"),
    [
        ("which, in logical rather than set-theoretic words, becomes", ADDITION, True),
        ("Now set", ADDITION, False),
        ("If $y$ belongs to the support of $Y$, the former can be derived as follows:", TAIL, True),
        ("If it is that of a coin, the former can be derived as follows:", TAIL, False),
        ("This requires computing the following:", TAIL, True),
        ("This requires that", TAIL, False),
    ],
)
def test_words_that_suppose_nothing_excuse_nothing(words, latex, wrong):
    found = last(said(words, latex, "2"))
    assert (type(found.verdict).__name__ == "Refuted") is wrong
    assert last(said(words, latex, "")).rule is None


LOGS = [
    r"z = \mathrm{E}[\log B - \log A - \log B] = @ \mathrm{E}[\log \frac{B}{A}] - \mathrm{E}[\log B]",
    r"z = \mathrm{E}[a \log b + (a - 1) \log x - b x] = @ a \log b + (a - 1) \mathrm{E}(\log x) - b \, \mathrm{E}(x)",
]


@pytest.mark.parametrize("latex", LOGS)
def test_logarithms_of_values_are_looked_at_where_they_have_a_value(latex):
    assert type(last(f"$$ {latex.replace('@', '2')} $$").verdict).__name__ == "Refuted"
    assert type(last(f"$$ {latex.replace('@', '')} $$").verdict).__name__ != "Refuted"


LONG = (
    r"z = \left\langle \frac{n}{2} \log(2 \pi) - \frac{1}{2} \log(y^n c) + \frac{1}{2} n \right\rangle_{p(y)} = "
    r"\frac{n}{2} \log(2 \pi) - \frac{1}{2} \log c + \frac{1}{2} n"
    r" - \left\langle \frac{n}{2} \log y \right\rangle_{p(y)}"
)


LATE = [(r"n - \left", r"n^2 - \left"), (r"\pi) - \frac{1}{2} \log c", r"\pi) - \frac{1}{2} \log c^2")]


@pytest.mark.parametrize(("right", "wrong"), LATE)
def test_a_slip_is_found_late_in_a_long_side(right, wrong):
    assert type(last(f"$$ {LONG} $$").verdict).__name__ == "Supported"
    assert right in LONG and type(last(f"$$ {LONG.replace(right, wrong)} $$").verdict).__name__ == "Refuted"


@pytest.mark.parametrize(
    ("text", "found"), [("With natural logarithms, we set $b = e$:", "Refuted"), ("Now set $p = q$:", "Undecided")]
)
def test_the_base_of_logarithms_is_no_special_case(text, found):
    latex = r"\mathrm{H}(X) = \mathrm{E}[\log p(x)]"
    assert type(last(f"{text}\n\n$$ {latex} $$").verdict).__name__ == found


@pytest.mark.parametrize(
    "latex",
    [
        r"\mathrm{H}(p, q) = \mathrm{H}(p) + \mathrm{KL}(p \| q)^%s",
        r"\mathbb{E}_{x \sim p}[-\log q(x)] = \mathrm{KL}(p \| q)^%s + \mathrm{H}(p)",
    ],
)
def test_a_divergence_is_no_square_of_itself_because_it_could_be_nothing(latex):
    """Where the laws were the same, or both uniform, KL(p ‖ q)² would be KL(p ‖ q); none would write either there."""
    text = "This is identical to the last one, as $H(p)$ is a constant.\n\n"
    assert type(last(f"{text}$$ {latex % 1} $$").verdict).__name__ in ("Supported", "Proved")
    assert type(last(f"{text}$$ {latex % 2} $$").verdict).__name__ == "Refuted"


def test_the_square_of_what_is_zero_or_one_is_itself():
    text = "The indicator $X$ is zero or one.\n\n"
    assert (
        type(last(rf"{text}$$ \mathrm{{Var}}(X) = \mathrm{{E}}[X] - \mathrm{{E}}[X]^2 $$").verdict).__name__
        != "Refuted"
    )


@pytest.mark.parametrize(
    ("latex", "repair"),
    [
        (r"P(V | V) = \frac{P(U, V)}{P(V)}", "P(U | V)"),
        (r"p(w | u, u) = \frac{p(u | w, t) \, p(w | t)}{p(u | t)}", "p(w | t , u)"),
        (r"H(q, q) = H(p) + \mathrm{KL}(p \| q)", "H(p , q)"),
    ],
)
def test_a_wrong_name_at_the_head_of_a_chain_is_told(latex, repair):
    found = last(f"$$ {latex} $$")
    assert type(found.verdict).__name__ in ("Refuted", "IllFormed") and found.verdict.repair.latex == repair


@pytest.mark.parametrize(
    "text",
    [
        r"$$ P(U | V) = \frac{P(U, V)}{P(V)} $$",
        r"$$ P(V | V) = 1 $$",
        r"$$ p(u | w) = p(u | v) $$",  # what is assumed of the three
        r"For $q = p$, $$ H(q, q) = H(p) + \mathrm{KL}(p \| q) $$",
        "The variables have the same law.\n\n" + r"$$ p(u_1) = \sum_v p(u_2, v) $$",
    ],
)
def test_what_is_assumed_at_the_head_of_a_chain_is_no_wrong_name(text):
    assert type(last(text).verdict).__name__ not in ("Refuted", "IllFormed")


LOGARITHMS = r"- \mathrm{E}[a \ln b - \ln \Gamma(a) - b x] = - a %s + %s + b \cdot \mathrm{E}(x)"


@pytest.mark.parametrize(("first", "second"), [(r"\ln b", r"\Gamma(a)"), ("b", r"\ln \Gamma(a)")])
def test_a_lost_logarithm_beside_an_expectation_is_told(first, second):
    found = last(f"$$ {LOGARITHMS % (first, second)} $$")
    assert type(found.verdict).__name__ == "Refuted" and found.verdict.repair.slip == "lost-log"


def test_a_mean_with_all_of_its_logarithms_is_supported():
    right = LOGARITHMS % (r"\ln b", r"\ln \Gamma(a)")
    assert type(last(f"$$ {right} $$").verdict).__name__ == "Supported"


@pytest.mark.parametrize(
    ("bound", "found"),
    [(r"0 \leq p(E) \leq 1", "Refuted"), (r"p(E) \geq 0", "Refuted"), (r"p(E) = \frac{1}{2}", "Undecided")],
)
def test_the_bounds_of_every_probability_say_nothing_of_this_one(bound, found):
    text = f"We know that $$ {bound} . $$\n\nThen"
    right, wrong = (rf"p(U \cap V) = {terms} - p(U \cup V)" for terms in ("p(U) + p(V)", "p(V)"))
    assert type(last(f"{text} $$ {wrong} $$").verdict).__name__ == found
    assert type(last(f"{text} $$ {right} $$").verdict).__name__ in ("Supported", "Proved")
