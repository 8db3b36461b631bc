"""Relations under named laws: right ones are supported, planted slips refuted, and what may be meant is left alone."""

import pytest

from claims.verdict import Proved, Refuted, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def judged(text: str) -> tuple[Judged, ...]:
    return examine(read_document("notes.md", text), Options()).judged


def last(law: str, relation: str, between: str = "Then") -> Judged:
    return judged(f"Let $X {law}$. {between}\n\n$$ {relation} $$\n")[-1]


UNIFORM = r"\begin{cases} 0, & x < a \\ \frac{x-a}{b-a}, & a \le x \le b \\ 1, & x > b \end{cases}"


def test_a_distribution_function_of_something_else_is_not_supported() -> None:
    """All cases must be met, also where what they distinguish isn't known to lie in the support."""
    assert isinstance(last(r"\sim \mathcal{U}(a, b)", rf"F_X(x) = {UNIFORM}").verdict, Supported)
    assert not isinstance(last(r"\sim \mathcal{U}(a, b)", rf"F_X(x^2) = {UNIFORM}").verdict, Supported)


INTEGRATED = r"c = \frac{\alpha}{\beta} \int \mathrm{Beta}(p; \alpha, \beta) \, dp"


def test_a_name_that_only_the_side_before_has_may_be_the_right_one() -> None:
    right = last(r"\sim \mathrm{Beta}(\alpha, \beta)", rf"{INTEGRATED} = \frac{{\alpha}}{{\beta}}")
    wrong = last(r"\sim \mathrm{Beta}(\alpha, \beta)", rf"{INTEGRATED} = \frac{{\beta}}{{\beta}}")
    assert isinstance(right.verdict, Supported) and isinstance(wrong.verdict, Refuted)
    assert wrong.verdict.repair is not None and wrong.verdict.repair.slip == "name"


RIGHT = [
    (r"\sim \mathrm{Bern}(p)", r"\mathrm{E}(X) = p"),
    (r"\sim \mathrm{Bern}(p)", r"P(X \le 2) = (1 - p) + p"),
    (r"\sim \mathrm{Bern}(p)", r"P(X > 2) = p - p"),
    (r"\sim \mathrm{Bern}(p)", r"P(X = 2) = p - p"),
    (r"\sim \mathrm{Bin}(3, p)", r"P(X = 4) = p - p"),
    (r"\sim \mathrm{Bern}(p)", r"\mathrm{H}(X) = -p \ln p - (1-p) \ln (1-p)"),
    (r"\sim \mathrm{Bern}(p)", r"f_X(x) = \begin{cases} p, & x = 1 \\ 1-p, & x = 0 \end{cases}"),
    (r"\sim \mathrm{Bin}(n, p)", r"\mathrm{Var}(X) = n p (1-p)"),
    (r"\sim \mathrm{Poiss}(\lambda)", r"\mathrm{E}(X) = \lambda"),
    (r"\sim \mathrm{Poiss}(\lambda)", r"\mathbb{E}[X^2] = \lambda + \lambda^2"),
    (r"\sim \mathrm{Geom}(p)", r"\mathrm{E}[X] = \frac{1}{p}"),
    (r"\sim \mathrm{NB}(r, p)", r"\mathrm{E}[X] = \frac{r (1-p)}{p}"),
    (r"\sim \mathcal{U}(a, b)", r"\mathrm{Var}(X) = \frac{(b-a)^2}{12}"),
    (
        r"\sim \mathcal{U}(a, b)",
        r"F_X(x) = \begin{cases} 0, & x < a \\ \frac{x-a}{b-a}, & a \le x \le b \\ 1, & x > b"
        r"\end{cases}",
    ),
    (r"\sim \mathcal{U}(a, b)", r"Q_X(p) = p b + (1-p) a"),
    (r"\sim \mathrm{Exp}(\lambda)", r"\mathrm{median}(X) = \frac{\ln 2}{\lambda}"),
    (r"\sim \mathrm{Exp}(\lambda)", r"M_X(t) = \frac{\lambda}{\lambda - t}"),
    (r"\sim \mathrm{Exp}(\lambda)", r"P(X > x) = e^{-\lambda x}"),
    (r"\sim \mathrm{Gam}(a, b)", r"\mathrm{E}(\ln X) = \psi(a) - \ln b"),
    (r"\sim \mathrm{Gam}(a, b)", r"\mathrm{mode}(X) = \frac{a-1}{b}"),
    (r"\sim \Gamma(a, b)", r"\mathrm{Skew}(X) = \frac{2}{\sqrt{a}}"),
    (
        r"\sim \mathrm{Beta}(\alpha, \beta)",
        r"\operatorname{Var}[X] = \frac{\alpha\beta}{(\alpha+\beta)^2(\alpha+\beta+1)}",
    ),
    (r"\sim \chi^2(k)", r"\mathrm{Var}(X) = 2 k"),
    (r"\sim \chi^2_k", r"\mathrm{E}(X) = k"),
    (r"\sim F(u, v)", r"\mathrm{E}(X) = \frac{v}{v - 2}"),
    (r"\sim t(\nu)", r"\mathrm{Var}(X) = \frac{\nu}{\nu - 2}"),
    (r"\sim \mathrm{Laplace}(\mu, b)", r"\mathrm{Var}(X) = 2 b^2"),
    (r"\sim \mathrm{Pareto}(m, \alpha)", r"\mathrm{E}(X) = \frac{\alpha m}{\alpha - 1}"),
    (r"\sim \ln \mathcal{N}(\mu, \sigma^2)", r"\mathrm{E}(X) = \exp\left( \mu + \frac{\sigma^2}{2} \right)"),
    (r"\sim \ln \mathcal{N}(\mu, \sigma^2)", r"Q_X(p) = \exp( \mu + \sqrt{2} \sigma \cdot \mathrm{erf}^{-1}(2p-1) )"),
    (r"\sim \mathcal{N}(\mu, \sigma^2)", r"\mathrm{h}(X) = \frac{1}{2} \ln (2 \pi e \sigma^2)"),
    (r"\sim \mathcal{N}(\mu, \sigma^2)", r"\mathrm{Var}(X) = \mathrm{E}(X^2) - \mathrm{E}(X)^2"),
    (r"\sim \mathcal{N}(\mu, \sigma^2)", r"\mathrm{E}(X) = \int_{-\infty}^{\infty} x f_X(x) \, \mathrm{d}x"),
    (r"\sim \mathcal{N}(\mu, \sigma^2)", r"\left\langle (x - \mu)^4 \right\rangle_{p(x)} = 3 \sigma^4"),
    (r"\sim \mathcal{N}(\mu, \sigma^2)", r"\mathrm{E}(a X + b) = a \mu + b"),
]
WRONG = [
    (r"\sim \mathrm{Bern}(p)", r"\mathrm{Var}(X) = p (1+p)"),
    (r"\sim \mathrm{Bern}(p)", r"f_X(x) = \begin{cases} 1-p, & x = 1 \\ p, & x = 0 \end{cases}"),
    (r"\sim \mathrm{Bin}(n, p)", r"\mathrm{Var}(X) = n p (1-p)^2"),
    (r"\sim \mathrm{Poiss}(\lambda)", r"\mathbb{E}[X^2] = \lambda - \lambda^2"),
    (r"\sim \mathrm{Geom}(p)", r"\mathrm{E}[X] = \frac{2}{p}"),
    (r"\sim \mathcal{U}(a, b)", r"\mathrm{Var}(X) = \frac{(b+a)^2}{12}"),
    (r"\sim \mathcal{U}(a, b)", r"Q_X(p) = p a + (1-p) b"),
    (r"\sim \mathrm{Exp}(\lambda)", r"F_X(x) = 1 - e^{\lambda x}"),
    (r"\sim \mathrm{Exp}(\lambda)", r"M_X(t) = \frac{\lambda}{\lambda + t}"),
    (r"\sim \mathrm{Gam}(a, b)", r"\mathrm{Var}(X) = \frac{a}{b^3}"),
    (r"\sim \mathrm{Gam}(a, b)", r"\mathrm{mode}(X) = \frac{a+1}{b}"),
    (r"\sim \mathrm{Gam}(a, b)", r"f_X(x) = \frac{b^a}{\Gamma(a)} x^{a} e^{-b x}"),
    (r"\sim \mathrm{Beta}(\alpha, \beta)", r"\mathrm{E}[X] = \frac{\beta}{\alpha+\beta}"),
    (r"\sim \chi^2(k)", r"\mathrm{Var}(X) = k"),
    (r"\sim t(\nu)", r"\mathrm{Var}(X) = \frac{\nu}{\nu - 1}"),
    (r"\sim \mathrm{Laplace}(\mu, b)", r"\mathrm{Var}(X) = b^2"),
    (r"\sim \ln \mathcal{N}(\mu, \sigma^2)", r"\mathrm{E}(X) = \exp( \mu + \sigma^2 )"),
    (r"\sim \mathcal{N}(\mu, \sigma^2)", r"\mathrm{h}(X) = \frac{1}{2} \ln (2 \pi \sigma^2)"),
    (r"\sim \mathcal{N}(\mu, \sigma^2)", r"\mathrm{median}(X) = \mu + \sigma"),
    (r"\sim \mathcal{N}(\mu, \sigma^2)", r"\mathrm{E}(X^2) = \mu^2 - \sigma^2"),
]
SILENT = [
    (r"\sim \mathcal{N}(\mu, v)", r"\mathrm{Var}(X) = c"),
    (r"\sim \mathcal{N}(\mu, \sigma^2)", r"\mathrm{E}(Y) = 2 \mu"),
    (r"\sim \mathcal{N}(\mu, \sigma^2)", r"\mathrm{E}(X Y) = 2 \mu"),
    (r"\sim \mathcal{N}(\mu, \sigma^2)", r"\mathrm{E}(X) = 0"),
    (r"\sim \mathcal{N}(\mu, \sigma^2)", r"\mathrm{E}(X) = \bar{x}"),
    (r"\sim \mathcal{N}(\mu, \sigma^2)", r"\mathrm{E}(X) = g(\mu)"),
    (r"\sim \mathcal{N}(\boldsymbol{\mu}, \Sigma)", r"\mathrm{E}(X) = 2 \boldsymbol{\mu}"),
    (r"\sim p", r"\mathrm{E}(X) = 2 p"),
    (r"\mid Y \sim \mathcal{N}(\mu, \sigma^2)", r"\mathrm{E}(X) = 2 \mu"),
    (r"\sim \mathrm{Cauchy}(m, s)", r"\mathrm{E}(X) = 2 m"),
    (r"\sim \mathcal{N}(\mu, \sigma^2)", r"E(x) = \frac{1}{2} \mu^2"),
]


@pytest.mark.parametrize(("law", "relation"), RIGHT, ids=lambda s: s)
def test_right_relations_are_supported_by_eight_points(law, relation):
    found = last(law, relation)
    assert isinstance(found.verdict, Supported), found.verdict
    assert found.verdict.holds_if is None
    assert all(by.points >= 8 for by in found.verdict.by)


@pytest.mark.parametrize(("law", "relation"), WRONG, ids=lambda s: s)
def test_planted_slips_are_refuted_with_a_witness(law, relation):
    found = last(law, relation)
    assert isinstance(found.verdict, Refuted), found.verdict
    assert found.rule in ("E314", "E315")
    assert found.verdict.by.witness and found.message


@pytest.mark.parametrize(("law", "relation"), SILENT, ids=lambda s: s)
def test_what_may_be_meant_is_left_alone(law, relation):
    assert not isinstance(last(law, relation).verdict, Refuted | Supported)


def test_a_slip_that_is_undone_is_the_repair():
    found = last(r"\sim \mathcal{N}(\mu, \sigma^2)", r"\mathrm{E}(X^2) = \mu^2 - \sigma^2")
    assert isinstance(found.verdict, Refuted) and found.verdict.repair is not None
    assert found.verdict.repair.slip == "sign"


@pytest.mark.parametrize(
    ("law", "relation", "condition"),
    [
        (r"\sim \mathcal{N}(\mu, s)", r"\mathrm{Var}(X) = s^2", "standard deviation"),
        (r"\sim \mathrm{Gam}(a, b)", r"\mathrm{E}(X) = a b", "scale"),
        (r"\sim \mathrm{Exp}(b)", r"\mathrm{E}(X) = b", "mean"),
        (r"\sim \mathrm{Geom}(p)", r"\mathrm{E}(X) = \frac{1-p}{p}", "failures"),
        (r"\sim \mathrm{Bern}(p)", r"\mathrm{H}(X) = -p \log_2 p - (1-p) \log_2 (1-p)", "bits"),
    ],
)
def test_another_parameterisation_that_makes_it_hold_is_named(law, relation, condition):
    found = last(law, relation)
    assert isinstance(found.verdict, Supported)
    assert found.verdict.holds_if is not None and condition in found.verdict.holds_if


def test_the_rest_of_a_page_fixes_the_parameterisation():
    page = r"""
Let $X \sim \mathrm{Gam}(a, b)$. Then
$$ \mathrm{E}(X) = \frac{a}{b} $$
$$ f_X(x) = \frac{b^a}{\Gamma(a)} x^{a-1} e^{-b x} $$
$$ \mathrm{Var}(X) = a b^2 $$
"""
    found = judged(page)[-1]
    assert isinstance(found.verdict, Refuted) and "rate" in (found.message or "")
    alone = "Let $X \\sim \\mathrm{Gam}(a, b)$. Then\n$$ \\mathrm{Var}(X) = a b^2 $$\n"
    assert isinstance(judged(alone)[-1].verdict, Supported)


def test_a_law_reaches_as_far_as_its_section_and_until_another_is_stated():
    sections = "# One\n\nLet $X \\sim \\mathrm{Exp}(a)$.\n\n# Two\n\n$$ \\mathrm{E}(X) = a^3 $$\n"
    assert not isinstance(judged(sections)[-1].verdict, Refuted)
    two = "Let $X \\sim \\mathrm{Exp}(a)$. Let now $X \\sim \\chi^2(a)$. Then $$ \\mathrm{E}(X) = \\frac{1}{a} $$\n"
    assert not isinstance(judged(two)[-1].verdict, Refuted)
    premise = r"$$ X \sim \mathrm{Exp}(a) \quad \Rightarrow \quad \mathrm{E}(X) = \frac{2}{a} $$"
    assert isinstance(judged(premise)[-1].verdict, Refuted)
    after = premise + "\n\n" + r"$$ \mathrm{E}(X) = \frac{3}{a} $$"
    assert not isinstance(judged(after)[-1].verdict, Refuted)


@pytest.mark.parametrize(
    "between", ["Consider the special case", "Suppose that", "We set", "If $x < 0$, then", "For large values,"]
)
def test_what_is_supposed_is_not_refuted(between):
    assert not isinstance(last(r"\sim \mathrm{Exp}(a)", r"\mathrm{E}(X) = a^3", between).verdict, Refuted)


def test_a_sentence_about_another_law_is_not_held_against_this_one():
    between = "The density of a normal distribution is"
    relation = r"f_X(x) = \frac{1}{\sqrt{2\pi}} e^{-(x-m)^2/2}"
    assert not isinstance(last(r"\sim \ln \mathcal{N}(m, s^2)", relation, between).verdict, Refuted)


def test_divergences_between_two_laws_of_one_variable():
    laws = r"Two laws: $$ \begin{split} P: \; X &\sim \mathrm{Exp}(a) \\ Q: \; X &\sim \mathrm{Exp}(b) \end{split} $$"
    right = laws + "\nThen $$ \\mathrm{KL}[P\\,||\\,Q] = \\ln \\frac{a}{b} + \\frac{b}{a} - 1 $$\n"
    wrong = laws + "\nThen $$ \\mathrm{KL}[P\\,||\\,Q] = \\ln \\frac{a}{b} + \\frac{b}{a} + 1 $$\n"
    assert isinstance(judged(right)[-1].verdict, Supported)
    assert isinstance(judged(wrong)[-1].verdict, Refuted)


def test_a_density_that_is_named_with_its_parameters():
    right = (
        "$$ \\mathcal{N}(x; \\mu, \\sigma^2) = \\frac{1}{\\sqrt{2 \\pi} \\sigma} e^{-\\frac{(x-\\mu)^2}{2\\sigma^2}} $$"
    )
    wrong = (
        "$$ \\mathcal{N}(x; \\mu, \\sigma^2) = \\frac{1}{\\sqrt{2 \\pi} \\sigma} e^{-\\frac{(x-\\mu)^2}{\\sigma^2}} $$"
    )
    assert isinstance(judged(right)[-1].verdict, Supported)
    assert isinstance(judged(wrong)[-1].verdict, Refuted)


JOINT = r"""
$$ \begin{bmatrix} X \\ Y \end{bmatrix} \sim \mathcal{N}\left( \begin{bmatrix} \mu \\ \nu \end{bmatrix},
\begin{bmatrix} s^2 & c \\ c & t^2 \end{bmatrix} \right) $$
"""


@pytest.mark.parametrize(
    ("setting", "law", "verdict"),
    [
        (JOINT + r"Let $Z = a X + b Y$.", r"a \mu + b \nu, a^2 s^2 + 2 a b c + b^2 t^2", Supported),
        (JOINT + r"Let $Z = a X + b Y$.", r"a \mu + b \nu, a^2 s^2 + a b c + b^2 t^2", Refuted),
        (JOINT + r"Let $Z = X - Y + 1$.", r"\mu - \nu + 1, s^2 - 2 c + t^2", Supported),
        (JOINT + r"Let $Z = X - Y$.", r"\mu + \nu, s^2 - 2 c + t^2", Refuted),
        (r"Let $X \sim N(\mu, s^2)$ and $Y \sim N(\nu, t^2)$ be independent and $Z = X - Y$.", r"\mu - \nu, s^2 + t^2",
         Supported),
        (r"Let $X \sim N(\mu, s^2)$ and $Y \sim N(\nu, t^2)$ be independent and $Z = X - Y$.", r"\mu - \nu, s^2 - t^2",
         Refuted),
    ],
)  # fmt: skip
def test_a_combination_of_normal_variables_has_the_moments_of_its_parts(setting, law, verdict):
    found = judged(f"{setting} Then\n\n$$ Z \\sim \\mathcal{{N}}({law}) $$\n")[-1]
    assert isinstance(found.verdict, verdict), found.verdict
    assert found.rule == ("E316" if verdict is Refuted else None)


def test_a_combination_of_variables_that_may_depend_is_left_alone():
    setting = r"Let $X \sim N(\mu, s^2)$ and $Y \sim N(\nu, t^2)$ and $Z = X - Y$. Then"
    found = judged(setting + "\n\n$$ Z \\sim \\mathcal{N}(\\mu - \\nu, s^2 - t^2) $$\n")[-1]
    assert not isinstance(found.verdict, Refuted | Supported)


def test_a_law_in_words_is_held_against_the_notation_where_something_tells_them_apart():
    page = "Let $X$ follow a normal distribution:\n\n$$ X \\sim \\mathrm{Gam}(m, s^2) $$\n\nThen $$ %s $$\n"
    told = judged(page % r"\mathrm{E}(X) = m")
    assert [j.rule for j in told] == ["E316", None]
    assert not any(j.rule for j in judged(page % r"\mathrm{E}(X) = \frac{m}{s^2}"))
    case = "Let $X$ follow an exponential distribution:\n\n$$ X \\sim \\mathrm{Gam}(1, b) $$\n\n"
    assert not any(j.rule for j in judged(case + r"Then $$ \mathrm{E}(X) = \frac{1}{b} $$"))


@pytest.mark.parametrize(
    ("law", "relation"),
    [
        (r"\sim \mathrm{Bern}(p)", r"f_X(x) = \begin{cases} p, & p = 1 \\ 1-p, & x = 0 \end{cases}"),
        (r"\sim \mathrm{Exp}(a)", r"F_X(x) = \begin{cases} 0, & x^2 < 0 \\ 1 - e^{-a x}, & x < 9 \end{cases}"),
        (r"\sim \mathcal{U}(a, b)", r"f_X(x) = \begin{cases} \frac{1}{b-a}, & x \ge a \\ 0, & x < a \end{cases}"),
        (
            r"\sim \mathrm{Gam}(a, b)",
            r"\mathrm{mode}(X) = \begin{cases} \frac{a-1}{b}, & b \ge 1 \\ 0, & b < 1 \end{cases}",
        ),
    ],
)
def test_a_case_that_is_told_wrongly_is_not_supported(law, relation):
    assert not isinstance(last(law, relation).verdict, Supported)


@pytest.mark.parametrize(
    ("density", "verdict"),
    [
        (
            r"\frac{1}{\sqrt{(2\pi)^n |\Sigma|}} \exp\left[ -\frac{1}{2} (x-\mu)^\top \Sigma^{-1} (x-\mu) \right]",
            Supported,
        ),
        (
            r"\frac{1}{(2\pi)^{n/2} |\Sigma|^{1/2}} \exp\left[ -\frac{1}{2} (x-\mu)^\top \Sigma^{-1} (x-\mu) \right]",
            Supported,
        ),
        (r"\frac{1}{\sqrt{(2\pi)^n |\Sigma|}} \exp\left[ -\frac{1}{2} (x-\mu)^\top \Sigma (x-\mu) \right]", Refuted),
        (r"\frac{1}{(2\pi)^{n/2} |\Sigma|} \exp\left[ -\frac{1}{2} (x-\mu)^\top \Sigma^{-1} (x-\mu) \right]", Refuted),
    ],
)
def test_normal_densities_of_vectors_in_several_dimensions(density, verdict):
    found = judged(f"$$ \\mathcal{{N}}(x; \\mu, \\Sigma) = {density} $$")[-1]
    assert isinstance(found.verdict, verdict), found.verdict
    assert found.rule == ("E315" if verdict is Refuted else None)


@pytest.mark.parametrize(
    ("lead", "relation", "rule"),
    [
        ("The gamma density is", r"\mathrm{Gam}(x; a, b) = \frac{b^a}{\Gamma(a)} x^{a-1} \exp[-b x]", None),
        ("The gamma density is", r"\mathrm{Gam}(x; a, b) = \frac{b^a}{\Gamma(a)} x^{a} \exp[-b x]", "E315"),
        ("By scale:", r"\mathrm{Gam}(x; k, s) = \frac{1}{\Gamma(k) s^k} x^{k-1} \exp[-x/s]", None),
        ("The normal density is", r"\mathcal{N}(x; m, s^2) = \frac{1}{\sqrt{2\pi} s} e^{-(x-m)^2/(2 s^2)}", None),
        ("The normal density is", r"\mathcal{N}(x; m, s^2) = \frac{1}{\sqrt{2\pi} s} e^{-(x-m)^2/s^2}", "E315"),
        (r"If $n$ is large then", r"\mathrm{Exp}(x; r) = r e^{-2 r x}", None),
        (r"There are ${n \choose k}$ ways;", r"\mathrm{Exp}(x; r) = r e^{-2 r x}", "E315"),
        (r"With $a$ and $b$ the posterior distribution is $c$:", r"\mathrm{Exp}(x; r) = r e^{-2 r x}", None),
        (
            "The truncated normal density is",
            r"\mathcal{N}(x; m, s^2) = \frac{2}{\sqrt{2\pi} s} e^{-(x-m)^2/(2s^2)}",
            None,
        ),
    ],
)
def test_a_density_by_the_name_of_its_law_needs_no_variable(lead: str, relation: str, rule: str | None) -> None:
    assert judged(f"{lead}\n\n$$ {relation} $$\n")[-1].rule == rule


@pytest.mark.parametrize(("power", "supported"), [("n", True), (r"\beta", False), ("y", False)])
def test_the_dimension_of_a_normal_vector_is_a_number_of_things(power: str, supported: bool) -> None:
    quadratic = r"(y - X \beta)^\mathrm{T} \Sigma^{-1} (y - X \beta)"
    density = rf"\sqrt{{\frac{{1}}{{(2 \pi)^{{{power}}} |\Sigma|}}}} \exp\left[ -\frac{{1}}{{2}} {quadratic} \right]"
    found = judged(rf"Then $$ \mathcal{{N}}(y; X \beta, \Sigma) = {density} $$")[-1]
    assert isinstance(found.verdict, Supported) == supported


OWN = r"\mathrm{KL}[\mathrm{Gam}(a, b) || \mathrm{Gam}(c, d)] = c \ln \frac{b}{d} - \ln \frac{\Gamma(a)}{\Gamma(c)}"
OWN += r" + (a - c) \psi(a) - (b - d) \frac{a}{b}"


@pytest.mark.parametrize(("slip", "refuted"), [(("", ""), False), (("- (b - d)", "+ (b - d)"), True)])
def test_laws_that_a_relation_writes_itself_need_no_other(slip: tuple[str, str], refuted: bool) -> None:
    before = r"If $x \sim \mathrm{Unheard}(m, S)$ or $x \sim \mathrm{Gam}(p, q)$, much is known."
    assert isinstance(judged(f"{before}\n\nNow\n\n$$ {OWN.replace(*slip)} $$\n")[-1].verdict, Refuted) is refuted


@pytest.mark.parametrize(
    ("relation", "refuted"),
    [
        (r"\mathrm{Var}(X) = \frac{n p (1-p)}{2}", True),
        (r"\mathrm{Var}(X) = n p (1-p) + p", False),  # may be the variance under the other law
        (r"\mathrm{E}(X) = m", False),
    ],
)
def test_beside_an_unknown_law_only_a_near_miss_is_refuted(relation: str, refuted: bool) -> None:
    text = r"Let $X \sim \mathrm{Bin}(n, p)$. Let $X \mid Y \sim \mathrm{Unheard}(m)$. Then"
    assert isinstance(judged(f"{text}\n\n$$ {relation} $$\n")[-1].verdict, Refuted) is refuted


@pytest.mark.parametrize(("relation", "refuted"), [(r"\frac{a}{b^2}", True), (r"\frac{a}{b}", False), ("a + b", False)])
def test_the_law_in_an_if_clause_is_no_other_condition(relation: str, refuted: bool) -> None:
    before = r"If $x \sim \mathrm{Gam}(a, b)$, then its mean is"
    found = judged(rf"{before} $\langle x \rangle = {relation}$.")[-1]
    assert isinstance(found.verdict, Refuted) is (refuted or relation == "a + b")
    doubted = before.replace("then", "and if $a$ is 2, then")
    assert not isinstance(judged(rf"{doubted} $\langle x \rangle = {relation}$.")[-1].verdict, Refuted)


@pytest.mark.parametrize(
    ("right", "refuted"), [(r"2 \hat{b}", True), (r"2 \hat{b}^2", False), (r"4 \hat{b} + c", False)]
)
def test_names_with_marks_leave_a_near_miss_to_tell(right: str, refuted: bool) -> None:
    found = judged(rf"Let $X \sim \mathrm{{Laplace}}(m, \hat{{b}})$. Then $\mathrm{{Var}}(X) = {right}$.")[-1]
    assert isinstance(found.verdict, Refuted) is refuted


LAW = r"\mathrm{Gam}(x; a_n, b_n)"
FORM = r"\frac{b_n^{a_n}}{\Gamma(a_n)} x^{a_n - 1} \exp[-b_n x]"


@pytest.mark.parametrize(
    ("form", "given", "rule"),
    [
        (FORM.replace(r"\Gamma(a_n)", r"\Gamma(a_0)"), "a_n = a_0 + k", "E315"),  # a name of its own, once
        (FORM.replace(r"\Gamma(a_n)", r"\Gamma(a_0)"), "a_0 = a_n", None),  # it is the same one
        (FORM.replace("b_n", "c"), "c = 2 k", None),  # another name for b_n, which the text may give elsewhere
        (FORM.replace(r"\Gamma(a_n)", r"2 \Gamma(a_n)"), "a_n = a_0 + k", "E315"),
        (FORM, "a_n = a_0 + k", None),
    ],
)
def test_a_law_that_is_written_out_is_judged_by_itself(form: str, given: str, rule: str | None) -> None:
    before = f"Let $X \\sim \\mathrm{{Gam}}(a_n, b_n)$ with $y$ given, where\n\n$$ {given} $$\n\nThen"
    text = f"{before}\n\n$$ Q = {form} = {LAW} $$\n"
    assert judged(text)[-1].rule == rule


@pytest.mark.parametrize(
    ("relation", "holds"),
    [
        (r"p(x \mid \lambda) = \lambda e^{-\lambda x}", True),
        (r"p(x \mid \lambda) = e^{-\lambda x}", False),
        (r"P(X > x \mid \lambda) = e^{-\lambda x}", True),
        (r"P(X > x \mid \lambda) = e^{-x}", False),
        (r"p(x \mid z) = \lambda e^{-\lambda x}", False),  # given something else, it may have any law
    ],
)
def test_given_its_own_parameters_a_variable_has_its_law(relation: str, holds: bool) -> None:
    assert isinstance(last(r"\sim \mathrm{Exp}(\lambda)", relation).verdict, Supported) is holds


@pytest.mark.parametrize(
    ("law", "right", "wrong"),
    [
        (
            r"\sim \mathrm{Bern}(p)",
            r"\mathrm{H}(X) = -p \ln p - (1-p) \ln (1-p)",
            r"\mathrm{H}(X) = -p \ln p - (1-p) \ln (p-1)",  # of no number
        ),
        (r"\sim \mathrm{Bern}(p)", r"p(x) = p^x (1-p)^{1-x}", r"p(x) = p^x (1+p)^{1-x}"),  # right for x = 1
        (r"\sim \mathrm{Geom}(p)", r"f_X(x) = p (1-p)^{x-1}", r"f_X(x) = p (1-p)^{1-x}"),
        (
            r"\sim \mathrm{Exp}(\lambda)",
            r"F_X(x) = \begin{cases} 0, & x < 0 \\ 1 - e^{-\lambda x}, & x \ge 0 \end{cases}",
            r"F_X(x) = \begin{cases} 0, & x < 0 \\ 1 + e^{-\lambda x}, & x \ge 0 \end{cases}",  # right below 0
        ),
    ],
)
def test_what_has_no_value_or_fails_at_some_values_only_is_refuted_with_its_slip(law, right, wrong):
    assert isinstance(last(law, right).verdict, Supported)
    found = last(law, wrong)
    assert isinstance(found.verdict, Refuted) and found.verdict.repair is not None


@pytest.mark.parametrize(
    ("law", "relation"),
    [
        (r"\sim \mathrm{Bern}(p)", r"\mathrm{E}(X) = \sqrt{-c}"),  # c may be negative
        (r"\sim \mathrm{Poiss}(\lambda)", r"p(x) = e^{-\lambda} \lambda^x"),  # for x = 0 and x = 1
    ],
)
def test_what_a_free_name_or_a_range_may_save_is_left_alone(law, relation):
    assert not isinstance(last(law, relation).verdict, Refuted)


@pytest.mark.parametrize(
    ("law", "right", "wrong"),
    [
        (
            r"\mathcal{U}(a, b)",
            r"F_X(x) = \begin{cases} 0, & x < a \\ \frac{x-a}{b-a}, & a \le x \le b \\ 1, & x > b \end{cases}",
            r"F_X(x) = \begin{cases} 0, & b < a \\ \frac{x-a}{b-a}, & a \le x \le b \\ 1, & x > b \end{cases}",
        ),
        (
            r"\mathrm{Exp}(\lambda)",
            r"F_X(x) = \begin{cases} 0, & x < 0 \\ 1 - e^{-\lambda x}, & x \ge 0 \end{cases}",
            r"F_X(x) = \begin{cases} 0, & x^2 < 0 \\ 1 - e^{-\lambda x}, & x \ge 0 \end{cases}",
        ),
        (
            r"\mathrm{Exp}(\lambda)",
            r"Q_X(p) = \begin{cases} -\infty, & p = 0 \\ -\frac{1}{\lambda} \ln(1 - p), & p > 0 \end{cases}",
            r"Q_X(p) = \begin{cases} \infty, & p = 0 \\ -\frac{1}{\lambda} \ln(1 - p), & p > 0 \end{cases}",
        ),
        (r"\mathrm{Bern}(c)", r"P(X = 1 \mid c) = c", r"P(X = 1 \mid c^2) = c"),
        (
            r"\mathcal{N}(m, s^2)",
            r"P(X \le y \mid m, s^2) = \Phi(\frac{y - m}{s})",
            r"P(X \le y \mid m^2, s) = \Phi(\frac{y - m}{s})",
        ),
    ],
)
def test_cases_that_never_hold_and_conditions_on_something_else_lend_no_support(
    law: str, right: str, wrong: str
) -> None:
    def verdict(latex: str) -> object:
        notes = f"Let $X \\sim {law}$. Then\n\n$$ {latex} $$\n"
        return examine(read_document("notes.md", notes), Options()).judged[-1].verdict

    assert isinstance(verdict(right), Supported)
    assert not isinstance(verdict(wrong), Supported)


@pytest.mark.parametrize(("sign", "refuted"), [("+", False), ("-", True)])
def test_a_letter_that_is_integrated_over_is_a_label_in_an_index(sign: str, refuted: bool) -> None:
    text = (
        r"$$A = \int \mathcal{N}(x | m_x, v_x) \mathcal{N}(x | \frac{m_y}{t}, \frac{v_y}{t^2}) dx"
        r" = \mathcal{N}(\frac{m_y}{t} | m_x, v_x " + sign + r" \frac{v_y}{t^2})$$"
    )
    assert isinstance(judged(text)[-1].verdict, Refuted if refuted else Supported)


@pytest.mark.parametrize(("letter", "wrong"), [("a", False), ("b", True)])
def test_a_parameter_that_is_missed_shows_a_wrong_name(letter: str, wrong: bool) -> None:
    text = (
        rf"Let $x \sim \mathrm{{Gam}}(a, b)$ with $b = 3 c$. Then $$ \mathrm{{E}}(\log x) = \psi({letter}) - \log(b) $$"
    )
    assert isinstance(judged(text)[-1].verdict, Refuted) is wrong


@pytest.mark.parametrize(("letter", "wrong"), [(r"\pi", False), ("m", True)])
def test_a_name_may_stand_for_pi(letter: str, wrong: bool) -> None:
    density = rf"\sqrt{{\frac{{t}}{{2 {letter}}}}} \exp[-\frac{{t}}{{2}} (x - m)^2]"
    text = rf"Let $t = 1/s^2$ and $$ p(x) = \mathcal{{N}}(x; m, t^{{-1}}) $$ This is $$ p(x) = {density} $$"
    assert isinstance(judged(text)[-1].verdict, Refuted) is wrong


def test_what_a_function_is_in_one_case_is_not_its_value_in_another() -> None:
    text = (
        r"If $y$ is higher than $b$, then $\mathrm{Pr}(Y \leq y) = 1$, so $$ F_Y(y) = 1, \quad \text{if} \quad y > b $$"
    )
    text += r" In between, $$ F_Y(y) = \mathrm{Pr}(Y \leq y)@ $$"
    assert not isinstance(judged(text.replace("@", "^2"))[-1].verdict, Proved | Supported)


COUNTED = [
    (
        r"\sim \mathrm{Bin}(n, p)",
        "P(X = x) = ",
        r"\binom{n}{x} p^x (1-p)^{n-x}",
        r"\binom{n}{p} p^x (1-p)^{n-x}",
        "name",
    ),
    (
        r"\sim \mathrm{Bin}(n, p)",
        "P(X = x) = ",
        r"\binom{n}{x} p^x (1-p)^{n-x}",
        r"\binom{p}{x} p^x (1-p)^{n-x}",
        "name",
    ),
    (
        r"\sim \mathrm{BetaBin}(n, a, b)",
        "f_X(x) = ",
        r"\frac{n!}{x! (n-x)!} \cdot \frac{\Gamma(a+b)}{\Gamma(a) \Gamma(b)} \cdot "
        r"\frac{\Gamma(a+x) \Gamma(b+n-x)}{\Gamma(a+b+n)}",
        r"\frac{n!}{x! (n-x)!} \cdot \frac{\Gamma(a+b)}{\Gamma(a) \Gamma(b)} \cdot "
        r"\frac{\Gamma(a+x^2) \Gamma(b+n-x)}{\Gamma(a+b+n)}",
        "square",
    ),
]


@pytest.mark.parametrize(("law", "head", "right", "wrong", "slip"), COUNTED)
def test_a_parameter_that_is_no_whole_number_does_not_count(
    law: str, head: str, right: str, wrong: str, slip: str
) -> None:
    assert isinstance(last(law, head + right).verdict, Supported)
    found = last(law, head + wrong).verdict
    assert isinstance(found, Refuted) and found.repair is not None and found.repair.slip == slip


@pytest.mark.parametrize(
    ("law", "relation"),
    [
        (r"\sim \mathrm{Gam}(a, b)", r"f_X(x) = \frac{b^a}{(a-1)!} x^{a-1} e^{-b x}"),
        (r"\sim \mathrm{Gam}(a, b)", r"P(X > x) = \sum_{k=0}^{a-1} \frac{(b x)^k}{k!} e^{-b x}"),
        (r"\sim \mathrm{Poiss}(\lambda)", r"P(X = k) = \frac{\lambda^k}{k!} e^{-\lambda}"),
    ],
)
def test_a_parameter_may_be_a_whole_number_where_it_is_counted_to(law: str, relation: str) -> None:
    assert not isinstance(last(law, relation).verdict, Refuted)


@pytest.mark.parametrize("seed", range(6))
def test_nothing_is_told_far_out_in_a_tail(seed: int) -> None:
    """Where both sides are too small to be told from zero, half of a distribution function is as small as itself."""
    erf = r"[1 + \mathrm{erf}(\frac{x - \mu}{\sqrt{2} \sigma})]"
    text = rf"Let $X \sim \mathcal{{N}}(\mu, \sigma^2)$. Then $$ F_X(x) = %s {erf} $$"
    for half, kind in ((r"\frac{1}{2}", Supported), (r"\frac{1}{4}", Refuted)):
        document = read_document("notes.md", text % half)
        assert isinstance(examine(document, Options(seed=seed)).judged[-1].verdict, kind)


def test_what_has_no_value_anywhere_is_no_other_law() -> None:
    """The logarithm of −p is nobody's divergence, be it that a number is off by one."""
    kl = r"\mathrm{KL}[P \| Q] = n p \ln \frac{p}{q} + n (1 - p) \ln \frac{%s - p}{1 - q}"
    laws = r"$$ P: X \sim \mathrm{Bin}(n, p), \quad Q: X \sim \mathrm{Bin}(n, q) $$"
    text = f"Assume two laws {laws} of $X$. Then $$ %s $$"
    assert isinstance(judged(text % (kl % 1))[-1].verdict, Supported)
    found = judged(text % (kl % 0))[-1].verdict
    assert isinstance(found, Refuted) and found.repair is not None and found.repair.slip == "off-by-one"


@pytest.mark.parametrize(
    ("relation", "verdict"),
    [
        (r"E_{x \sim N(a, r)}[x^2] = a^2 + r^2", "holds if"),
        (r"E_{x \sim N(a, r^2)}[x^2] = a^2 + r^2", "holds"),
        (r"E_{x \sim N(a, r)}[x^2] + E_{x \sim N(a, t)}[x^2] = 2 a^2 + r^2 + t^2", "holds if"),
        (r"E_{x \sim N(a, r)}[x^2] + E_{x \sim N(a, r^2)}[x^2] = 2 a^2 + 2 r^2", "fails"),
        (r"E_{x \sim N(a, r)}[x^2] + E_{y \sim N(a, r^2/n)}[y^2] = 2 a^2 + r^2 + r^2/n", "fails"),
        (r"E_{x \sim N(a, r)}[x^2] + E_{y \sim N(a, r^2/n)}[y^2] = 2 a^2 + r + r^2/n", "holds"),
    ],
)
def test_one_relation_has_one_convention(relation: str, verdict: str) -> None:
    """A law with r² for its variance leaves none with r for a standard deviation beside it."""
    found = judged(f"$$ {relation} $$")[-1].verdict
    if verdict == "fails":
        assert isinstance(found, Refuted)
    else:
        assert isinstance(found, Supported) and (found.holds_if is not None) == (verdict == "holds if")


@pytest.mark.parametrize(("sign", "kind"), [("-", Supported), ("+", Refuted)])
def test_the_slope_of_a_log_density_beside_where_it_starts(sign: str, kind: type) -> None:
    """x_0 is a number of its own beside x, and not an entry of it."""
    relation = (
        rf"\frac{{\partial}}{{\partial x}} \log \mathcal{{N}}(x; b x_0, 1 - c) = \frac{{b x_0 {sign} x}}{{1 - c}}"
    )
    assert isinstance(judged(f"$$ {relation} $$")[-1].verdict, kind)
