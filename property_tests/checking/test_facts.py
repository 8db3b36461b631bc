"""What a document has established of a quantity is put in for it, and supports only what follows from it."""

from __future__ import annotations

from claims.verdict import Proved, Refuted, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged, Kind
from errata.checking.options import Options
from errata.reading.sources import read_document


def last(page: str) -> Judged:
    return examine(read_document("page.md", page.encode()), Options()).judged[-1]


def held(page: str) -> bool:
    return isinstance(last(page).verdict, Supported)


LIKELIHOOD = r"""
$$
\mathrm{LL}(a) = \sum_{i=1}^n (a - x_i)^2 = n a^2 - 2 a \sum_{i=1}^n x_i + \sum_{i=1}^n x_i^2
$$

By $$ u^2 - v^2 = (u - v) (u + v) $$ and $$ u^2 + 2 u = u (u + 2) $$
and $$ v^2 + 2 v = v (v + 2), $$ divided by the number,

$$
\frac{1}{n} \mathrm{LL}(a) = a^2 - \frac{%s}{n} \sum_{i=1}^n x_i + \frac{1}{n} \sum_{i=1}^n x_i^2
$$
"""


def test_a_function_is_put_in() -> None:
    verdict = last(LIKELIHOOD % "2 a").verdict
    assert isinstance(verdict, Supported)
    assert verdict.holds_if == "with what line 3 established"


def test_a_slip_after_a_function_is_not_supported() -> None:
    assert not held(LIKELIHOOD % "a")


GIVEN = r"""
$$
\begin{split}
a_0 &= 0 \\
a_n &= a_0 + \frac{n}{2} = %s
\end{split}
$$
"""


def test_what_is_given_in_a_display_is_put_in() -> None:
    assert held(GIVEN % r"\frac{n}{2}")
    assert not held(GIVEN % "n")


CASE = r"For %s$k_0 = 1$%s this is easy. In general $$y = k_0 x + x^2 = x + x^2$$"


def test_what_is_given_in_the_text_may_be_a_case() -> None:
    assert not held(CASE % ("", ""))
    assert held(CASE % ("$", "$"))


CLAIMED = r"""
$$ T(x) = x^2 + 1 $$

$$ S(x) = T(x) + x $$

$$ S(x) = x^2 + x + %s $$
"""


def test_functions_within_functions_are_put_in() -> None:
    assert held(CLAIMED % "1")
    assert not held(CLAIMED % "2")


UNPROVED = r"""
$$ \mathrm{E}(X) = 3 a b $$

Now for $$ u^2 - v^2 = (u - v) (u + v) $$ and $$ u^2 + 2 u = u (u + 2) $$ and $$ v^2 + 2 v = v (v + 2). $$ So

$$ 2 \, \mathrm{E}(X) = 6 a b $$
"""


def test_what_nothing_supports_establishes_nothing() -> None:
    assert not held(UNPROVED)


def test_a_definition_said_again_claims_nothing() -> None:
    assert last("With $$T = S^{-1} R$$ one writes, as $$T = S^{-1} R$$ again,").kind is Kind.DEFINITION


def test_a_definition_said_again_otherwise_is_a_claim() -> None:
    assert last("With $$T = S^{-1} R$$ one writes $$T = R S$$ again,").kind is Kind.CLAIM


RESTARTED = r"""
$$ \mathrm{Acc}(m) = \frac{n}{2} \log(2 \pi) - a (b + c) $$

Some words about $u^2 - 1 = (u - 1)(u + 1)$ and $v^2 - 1 = (v - 1)(v + 1)$ and $w^2 - 1 = (w - 1)(w + 1)$.

$$ \mathrm{Acc}(m) = \frac{n}{2} \log(2 \pi) - a b %s a c $$
"""


def test_a_derivation_goes_on_in_another_display() -> None:
    verdict = last(RESTARTED % "-").verdict
    assert isinstance(verdict, Supported)
    assert verdict.holds_if == "with what line 2 established"
    assert not held(RESTARTED % "+")


DOUBTED = r"""
$$ \mathrm{E}(U) = 3 a (b + c) $$

Some words about $u^2 - 1 = (u - 1)(u + 1)$ and $v^2 - 1 = (v - 1)(v + 1)$ and $w^2 - 1 = (w - 1)(w + 1)$.

$$ \mathrm{E}(U) = 3 a b + %s a c $$
"""


def test_what_follows_from_a_line_that_nothing_supports_says_so() -> None:
    verdict = last(DOUBTED % "3").verdict
    assert isinstance(verdict, Supported)
    assert verdict.holds_if == "given what line 2 says"
    assert not held(DOUBTED % "2")


SLOPES = r"""
$$ \mathrm{LL}(a, b) = \log p(y | a, b) = -\frac{1}{2} \sum_{i=1}^n (y_i - a - b x_i)^2 $$

Some words.

$$ \frac{\mathrm{d} \mathrm{LL}(%s, b)}{\mathrm{d} b} = \sum_{i=1}^n x_i (y_i - %s - %s b x_i) $$
"""


def test_the_derivative_of_an_established_function_is_taken() -> None:
    verdict = last(SLOPES % ("a", "a", "")).verdict
    assert isinstance(verdict, Supported)
    assert verdict.holds_if == "given what line 2 says"
    assert not held(SLOPES % ("a", "a", "2"))


def test_a_function_is_put_in_at_other_arguments() -> None:
    assert held(SLOPES % ("c", "c", ""))
    assert not held(SLOPES % ("c", "a", ""))


PRODUCT = r"$$ f = \prod_{i=1}^n a \cdot b = a^n %s $$"


def test_a_product_whose_index_no_factor_has_takes_all_of_them_or_the_first() -> None:
    assert held(PRODUCT % "b")
    assert held(PRODUCT % "b^n")
    assert isinstance(last(PRODUCT % "b^2").verdict, Refuted)


CUMULATIVE = r"""Let

$$ G(z) = \int_0^z e^{-t^2} \, dt $$

so that

$$ %s $$
"""


def test_a_function_of_its_limit_is_put_in_at_other_limits() -> None:
    assert held(CUMULATIVE % r"2 G(a) = \int_0^a 2 e^{-t^2} \, dt")
    assert not held(CUMULATIVE % r"2 G(a) = \int_0^z 2 e^{-t^2} \, dt")
    assert not held(CUMULATIVE % r"2 G(a) = \int_0^a e^{-t^2} \, dt")


DIAGONAL = r"""The kernel is

$$ k(x_a, x_b) = e^{-(x_a - x_b)^2} $$

%s

$$ k(x_a, x_b) = e^{-(x_a - x_a)^2} = 1 $$

By $$ u^2 - v^2 = (u - v) (u + v) $$ and $$ u^2 + 2 u = u (u + 2) $$
and $$ v^2 + 2 v = v (v + 2) $$ far from each other

$$ 2 k(x_a, x_b) = 2 e^{-(x_a - x_a)^2} $$
"""


def test_what_holds_in_a_case_establishes_nothing_beyond_it() -> None:
    assert not held(DIAGONAL % "Consider the case when $x_a = x_b$. Then,")
    assert not held(DIAGONAL % "If $x_a = x_b$, then")


def test_what_a_hypothesis_says_is_no_fact() -> None:
    tested = r"""
$$%s\beta_1 = 1 \ \text{vs.} \ H_1: \beta_1 < 1$$

$$Y_t = a + Y_{t-1} + u_t$$

$$Y_t = a + \beta_1 Y_{t-1} + u_t$$
"""
    assert held(tested % "") and not held(tested % "H_0: ")


def test_the_logarithm_of_one_name_says_nothing_of_that_of_another() -> None:
    models = "$$%s(y) = b y + u$$\n\n$$S = 2 %s(x) = 2 b x + 2 u$$"
    assert held(models % ("g", "g")) and not held(models % (r"\ln", r"\ln"))


NULL = r"""
In the null model, $$ \mu = 0 $$ holds, and $$ c = s (a - b). $$ In general,

$$
y = s (a m \mu^2 + v - b m \mu^2 - v) = s m (%s) \mu^2
$$
"""


def test_a_step_that_keeps_a_name_does_not_use_that_it_is_zero() -> None:
    assert isinstance(last(NULL % "a - b").verdict, Proved | Supported)
    for wrong in ("b - a", "a - v"):
        assert isinstance(last(NULL % wrong).verdict, Refuted)


DROPPED = r"""
In the null model, $$ \mu = 0. $$ Then

$$
y = s (a + \mu^2) - \mu = s a
$$
"""


def test_a_step_that_drops_a_name_may_use_that_it_is_zero() -> None:
    assert held(DROPPED)
