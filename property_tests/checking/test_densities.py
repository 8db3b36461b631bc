"""Densities: right ones integrate to one, planted slips don't, and where the support isn't stated nothing is said."""

import pytest

from claims.evidence import Agreement, Counterexample
from claims.verdict import Supported
from errata.checking.densities import Density, densities
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.sources import read_document
from errata.reading.supports import named_law


def judged(latex: str, prose: str = "") -> tuple[Density, ...]:
    return densities(parse(latex), prose, 0)


RIGHT = [
    r"f_X(x) = \lambda e^{-\lambda x}, \quad x \geq 0",
    r"f_X(x) = \frac{1}{\mathrm{B}(\alpha, \beta)} x^{\alpha-1} (1-x)^{\beta-1}, \quad 0 \leq x \leq 1",
    r"f_X(x) = \frac{1}{b - a}, \; x \in [a, b]",
    r"f_X(x) = \frac{b^a}{\Gamma(a)} x^{a-1} \exp[-b x], \; x > 0",
    r"f_X(x) = \frac{\alpha m^\alpha}{x^{\alpha+1}}, \quad x \geq m",
    r"f_X(x) = \frac{k}{\lambda} \left(\frac{x}{\lambda}\right)^{k-1} e^{-(x/\lambda)^k}, \quad x \in (0, \infty)",
    r"f_X(x) = \frac{1}{\pi (1 + x^2)}, \quad x \in \mathbb{R}",
    r"f_X(x) = 2 \quad \text{for} \quad 0 \leq x \leq \frac{1}{2}",
    r"f_X(x) = \left\{ \begin{array}{rl} \lambda e^{-\lambda x} \; , & \text{if} \; x \geq 0 \\"
    r" 0 \; , & \text{otherwise} \end{array} \right.",
    r"f_X(x) = \begin{cases} 6x(1-x), & 0 \le x \le 1 \\ 0, & \text{otherwise} \end{cases}",
    r"f_X(x) = \frac{\lambda^x e^{-\lambda}}{x!}, \; x \in \mathbb{N}_0",
    r"f_X(x) = \binom{n}{x} p^x (1-p)^{n-x}, \quad x \in \{0, 1, \ldots, n\}",
    r"f_X(x) = \binom{n}{x} p^x (1-p)^{n-x}, \quad x = 0, 1, \ldots, n",
    r"f_X(x) = p^x (1-p)^{1-x}, \quad x \in \{0, 1\}",
    r"f_X(x) = p (1-p)^{x-1}, \quad x = 1, 2, \ldots",
    r"f_X(x) = \frac{1}{6}, \quad x = 1, 2, \dots, 6",
    r"f_X(x) = \frac{x}{21}, \quad x \in \{1, \ldots, 6\}",
    r"f_X(x) = \begin{cases} x, & 0 \le x \le 1 \\ 2 - x, & 1 \le x \le 2 \end{cases}",
    r"f_X(x) = \begin{cases} \frac{1}{2b} e^{x/b}, & x < 0 \\ \frac{1}{2b} e^{-x/b}, & x \ge 0 \end{cases}",
    r"f_X(x) = \begin{cases} 1 - \theta, & x = 0 \\ \theta, & x = 1 \end{cases}",
]
WRONG = [
    r"f_X(x) = \begin{cases} x, & 0 \le x \le 1 \\ 1 - x, & 1 < x \le 2 \\ 0, & \text{otherwise} \end{cases}",
    r"f_X(x) = \begin{cases} \frac{1}{b} e^{x/b}, & x < 0 \\ \frac{1}{2b} e^{-x/b}, & x \ge 0 \end{cases}",
    r"f_X(x) = \begin{cases} 1 + \theta, & x = 0 \\ \theta, & x = 1 \end{cases}",
    r"f_X(x) = \lambda e^{-2 \lambda x}, \quad x \geq 0",
    r"f_X(x) = \frac{\Gamma(\alpha)}{\Gamma(\alpha + \beta)} x^{\alpha-1} (1-x)^{\beta-1}, \quad 0 \leq x \leq 1",
    r"f_X(x) = \frac{1}{b + a}, \; x \in [a, b]",
    r"f_X(x) = \frac{b^a}{\Gamma(a)} x^{a} \exp[-b x], \; x > 0",
    r"f_X(x) = \frac{1}{2^{k/2} \Gamma(k/2)} x^{k/2} e^{-x/2}, \; x \geq 0",
    r"f_X(x) = \frac{m^\alpha}{x^{\alpha+1}}, \quad x \geq m",
    r"f_X(x) = \begin{cases} 3x(1-x), & 0 \le x \le 1 \\ 0, & \text{otherwise} \end{cases}",
    r"f_X(x) = \frac{\lambda^x e^{-\lambda}}{(x+1)!}, \; x \in \mathbb{N}_0",
    r"f_X(x) = \binom{n}{x} p^x (1-p)^{n}, \quad x \in \{0, 1, \ldots, n\}",
    r"f_X(x) = p (1-p)^{x}, \quad x = 1, 2, \ldots",
    r"f_X(x) = \frac{x}{20}, \quad x = 1, 2, \dots, 6",
]
SILENT = [
    r"f_X(x) = \lambda e^{-2 \lambda x}",
    r"f_X(x) = c \, e^{-\lambda x}, \quad x \geq 0",
    r"f_X(x) = \frac{1}{Z} e^{-x^2}, \quad x \in \mathbb{R}",
    r"f_X(x) = \exp(\eta x - A), \quad 0 \leq x \leq 1",
    r"f_X(x) = \exp(\eta x - A(\eta)), \quad 0 \leq x \leq 1",
    r"f_X(x) = \hat{\lambda} e^{-2 \hat{\lambda} x}, \quad x \geq 0",
    r"f_X(x) = g(x), \quad x \geq 0",
    r"f_{X,Y}(x, y) = x y, \quad 0 \leq x \leq 1",
    r"F_X(x) = 1 - e^{-\lambda x}, \quad x \geq 0",
    r"f_X(x) \propto e^{-x} x, \quad x \geq 0",
    r"g(x) = x^2, \quad 0 \leq x \leq 1",
    r"f_X(x) = e^{\lambda x}, \quad x \geq 0",
    r"f_X(x) = \begin{cases} c x, & 0 \le x \le 1 \\ c, & 1 < x \le 2 \end{cases}",
    r"f_X(x) = \begin{cases} x, & 0 \le x \le 1 \\ x, & x = 2 \end{cases}",
    r"f_X(x) = \begin{cases} x, & 0 \le x \le 1 \\ x, & \text{where it is known} \end{cases}",
]


@pytest.mark.parametrize("latex", RIGHT)
def test_a_density_with_a_stated_support_has_mass_one(latex):
    (found,) = judged(latex)
    assert isinstance(found.evidence, Agreement), found


@pytest.mark.parametrize("latex", WRONG)
def test_a_slip_in_a_density_is_caught_with_a_witness(latex):
    (found,) = judged(latex)
    assert isinstance(found.evidence, Counterexample), found
    assert found.evidence.confirmed
    assert not found.evidence.left.startswith("1.0000")
    assert "not 1" in found.message


@pytest.mark.parametrize("latex", SILENT)
def test_where_support_or_normaliser_is_open_nothing_is_said(latex):
    assert judged(latex) == ()


NORMAL = r"f_X(x) = \frac{1}{\sqrt{2 \pi} \sigma} \exp \left[ -\frac{(x - \mu)^2}{2 \sigma^2} \right]"
IS = "The probability density function of the normal distribution is"


def test_the_law_in_the_text_gives_the_support():
    (found,) = judged(NORMAL, IS)
    assert isinstance(found.evidence, Agreement)
    (wrong,) = judged(NORMAL.replace("2 \\sigma^2", "\\sigma^2"), IS)
    assert isinstance(wrong.evidence, Counterexample)


@pytest.mark.parametrize(
    "prose",
    [
        "",
        "We recognise the density of a gamma distribution, and because a density integrates to one, we have",
        "The logarithm of the density of the normal distribution is",
        "The density of the truncated normal distribution is",
        "Comparing the normal distribution with the gamma distribution, the density is",
    ],
)
def test_a_law_that_is_only_mentioned_is_no_ground_for_an_alarm(prose):
    wrong = NORMAL.replace("2 \\sigma^2", "\\sigma^2")
    assert not any(isinstance(d.evidence, Counterexample) for d in judged(wrong, prose))


@pytest.mark.parametrize(
    ("prose", "name"),
    [
        ("following a [beta distribution](/D/beta)", "beta"),
        ("a beta-binomial distribution", "beta-binomial"),
        ("the F-distribution", "F"),
        ("a non-negative variable with an exponential distribution", "exponential"),
        ("the negative binomial distribution", None),
        ("normal and gamma distributions, or the beta distribution", None),
        ("a law", None),
    ],
)
def test_one_law_is_found_by_its_name(prose, name):
    found = named_law(prose)
    assert (None if found is None else found.name) == name


def test_the_same_seed_gives_the_same_witness():
    assert judged(WRONG[0]) == judged(WRONG[0])


VECTOR = r"t(x; \mu, \Sigma, \nu) = \sqrt{\frac{1}{(\nu\pi)^n |\Sigma|}} \frac{\Gamma([\nu+n]/2)}{\Gamma(\nu/2)} "
QUADRATIC = r"\left[ 1 + \frac{1}{\nu} (x-\mu)^\mathrm{T} \Sigma^{-1} (x-\mu) \right]"
SAID = r"Let $X$ be an $n \times 1$ random vector. Its probability density function is"


def test_a_density_of_vectors_is_refuted_in_dimension_one_and_never_supported_there() -> None:
    (lost,) = judged(VECTOR + QUADRATIC, SAID)
    assert isinstance(lost.evidence, Counterexample) and lost.evidence.left == "infinite"
    (wrong,) = judged(VECTOR + QUADRATIC + r"^{-\nu - n}", SAID)
    assert isinstance(wrong.evidence, Counterexample) and wrong.evidence.confirmed
    assert judged(VECTOR + QUADRATIC + r"^{-(\nu+n)/2}", SAID) == ()
    assert judged(VECTOR + QUADRATIC, "Its probability density function is") == ()


def test_a_density_that_does_not_fall_off_has_no_finite_mass() -> None:
    (found,) = judged(r"f_X(x) = \frac{1}{1 + x}, \quad x \geq 0", "")
    assert isinstance(found.evidence, Counterexample) and found.evidence.left == "infinite"


def test_a_mass_of_one_is_not_all_that_is_said():
    """A density that is shifted has mass one, too."""
    density = r"f_X(x) = \frac{1}{\pi (1 + x^2)}, \quad x \in \mathbb{R}"
    found = examine(read_document("notes.md", f"Let\n\n$$ {density} $$\n"), Options()).judged[0].verdict
    assert isinstance(found, Supported) and found.holds_if is not None and "mass" in found.holds_if


IS_THE_DENSITY = "The density of $X$ is"


def test_a_density_without_a_stated_support_is_one_slip_away_from_one_on_the_line():
    (right,) = judged(NORMAL, IS_THE_DENSITY)
    assert isinstance(right.evidence, Agreement) and right.support == "the real line"
    (wrong,) = judged(NORMAL.replace("\\sigma}", "\\sigma^2}"), IS_THE_DENSITY)
    assert isinstance(wrong.evidence, Counterexample) and wrong.mended is not None


@pytest.mark.parametrize(
    ("latex", "prose"),
    [
        (r"f_X(x) = \lambda e^{-\lambda x}", IS_THE_DENSITY),
        (r"f_X(x) = e^{-|x|}", IS_THE_DENSITY),
        (r"f_X(x) = \sqrt{\frac{2}{\pi}} e^{-x^2/2}", IS_THE_DENSITY),
        (r"f_X(x) = \sqrt{\frac{2}{\pi}} e^{-x^2/2}", "The density of the positive part is"),
        (r"f_X(x) = \frac{1}{\sqrt{\pi}} e^{-x^2/2}", "We use that"),
        (r"f(x) = \frac{1}{\sqrt{\pi}} e^{-x^2/2}", "The unnormalised density of $X$ is"),
        (r"f_X(x) = \frac{c}{\sqrt{\pi}} e^{-x^2/2}", IS_THE_DENSITY),
    ],
)
def test_nothing_is_said_where_it_may_live_on_a_part_of_the_line(latex, prose):
    assert not [d for d in judged(latex, prose) if isinstance(d.evidence, Counterexample)]


@pytest.mark.parametrize(
    "lead", ["The unnormalised density is", "The kernel of the density is", "Up to a factor, its pdf is"]
)
def test_a_density_up_to_a_factor_is_no_wrong_one(lead):
    assert not [
        d for d in judged(r"f(x) = e^{-|x|}, \quad x \in \mathbb{R}", lead) if isinstance(d.evidence, Counterexample)
    ]
    (found,) = judged(r"f(x) = e^{-|x|}, \quad x \in \mathbb{R}", "The density is")
    assert isinstance(found.evidence, Counterexample)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (r"The density is $f(x) = e^{-|x|}$ for $x \in \mathbb{R}$.", True),
        (r"The density is $f(x) = \frac12 e^{-|x|}$ for $x \in \mathbb{R}$.", False),
        (r"The mass function is $p(k) = \frac{\lambda^k}{k!}$ for $k = 0, 1, 2, \ldots$.", True),
        (r"The mass function is $p(k) = \frac{\lambda^k}{k!} e^{-\lambda}$ for $k = 0, 1, 2, \ldots$.", False),
        (r"Here $f(x) = 3x$ on $[0, 1]$ is a density.", True),
        (r"Here $f(x) = 2x$ on $[0, 1]$ is a density.", False),
        (r"Here $f(x) = 3x$ on $[0, 1]$ is a map.", False),
        (r"Here $f(x) = e^{-|x|}$ on $\mathbb{R}$ is a density.", True),
        (r"$X$ has p.d.f. $f(x) = 3x$ on $[0, 1]$.", True),
    ],
)
def test_a_density_within_a_sentence_is_judged_over_the_range_that_the_words_give(text, wrong):
    found = examine(read_document("notes.md", text), Options()).judged
    assert [j.rule for j in found if j.rule] == (["E312"] if wrong else [])


def test_a_density_beside_an_atom_is_a_part_of_a_law() -> None:
    piece = r"f(z) = \frac{1}{6}, -1 < z < 1"
    assert isinstance(judged(piece, "Its density is ")[0].evidence, Counterexample)
    assert not judged(piece + r", \Pr[Z = 1] = \frac{2}{3}", "Its density is ")


@pytest.mark.parametrize(
    ("latex", "right"),
    [
        (r"f_{X_1}(x_1) = 2 e^{-2 x_1}, \quad x_1 > 0", True),
        (r"f_{X_1}(x_1) = 2 e^{-x_1}, \quad x_1 > 0", False),
        (r"f(x_2 | x_1) = \frac{e^{-x_2}}{e^{-x_1}}, \quad x_2 > x_1", True),
        (r"f(x_2 | x_1) = \frac{e^{-2 x_2}}{e^{-x_1}}, \quad x_2 > x_1", False),
    ],
)
def test_a_variable_with_a_number_is_the_one_that_is_integrated_over(latex: str, right: bool) -> None:
    (found,) = judged(latex, "The density is ")
    assert isinstance(found.evidence, Agreement if right else Counterexample)


def test_a_density_of_an_integral_without_end_has_no_finite_mass() -> None:
    page = "The marginal density is $f(x) = \\int_0^\\infty e^{-x y} dy, x > 0$, and then $1 + 1 = 3$."
    assert examine(read_document("a.md", page), Options()).judged[-1].rule == "E301"
