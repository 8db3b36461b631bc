"""Limits of statistics: central limits and laws of large numbers that hold, slips in them, and what may be anything."""

from __future__ import annotations

import pytest

from claims.verdict import NotAClaim, Refuted, Supported, Undecided
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

SAID = r"Let $X_1, \dots, X_n$ be i.i.d. with mean $\mu$ and variance $\sigma^2$."
BERNOULLI = (
    r"Let $X_1, \dots, X_n \overset{\text{iid}}{\sim} \mathrm{Bern}(p)$ and $\hat p_n = \frac1n \sum_{i=1}^n X_i$."
)
EXPONENTIAL = r"Let $X_i \sim \mathrm{Exp}(\lambda)$ be i.i.d."


def last(text):
    return examine(read_document("a.md", text), Options()).judged[-1]


def verdict(said, claim):
    return last(f"{said}\n\n$$ {claim} $$").verdict


IN_LAW = [
    (SAID, r"\sqrt n (\bar X_n - \mu)", r"\mathcal N(0, \sigma^2)",
     (r"\mathcal N(0, \sigma^2 / n)", r"\mathcal N(\mu, \sigma^2)", r"\mathcal N(0, n \sigma^2)", r"\mathrm{Exp}(1)")),
    (SAID, r"\frac{\bar X_n - \mu}{\sigma / \sqrt n}", r"\mathcal N(0, 1)", (r"\mathcal N(0, 2)", r"\mathcal N(1, 1)")),
    (SAID, r"\frac{S_n - n \mu}{\sigma \sqrt n}", r"\mathcal N(0, 1)", (r"\mathcal N(0, \sigma^2)",)),
    (SAID, r"\frac{1}{\sqrt n} \sum_{i=1}^n (X_i - \mu)", r"\mathcal N(0, \sigma^2)", (r"\mathcal N(0, 1)",)),
    (SAID, r"\sqrt n (\bar X_n^2 - \mu^2)", r"\mathcal N(0, 4 \mu^2 \sigma^2)", (r"\mathcal N(0, 2 \mu^2 \sigma^2)",)),
    (BERNOULLI, r"\sqrt n (\hat p_n - p)", r"\mathcal N(0, p (1 - p))",
     (r"\mathcal N(0, p)", r"\mathcal N(0, \frac{p}{1 - p})")),
    (BERNOULLI, r"\frac{\hat p_n - p}{\sqrt{\hat p_n (1 - \hat p_n) / n}}", r"\mathcal N(0, 1)",
     (r"\mathcal N(0, p)",)),
    (EXPONENTIAL, r"\sqrt n (\bar X_n - \frac1\lambda)", r"\mathcal N(0, \frac{1}{\lambda^2})",
     (r"\mathcal N(0, \frac{2}{\lambda^2})", r"\mathcal N(0, \lambda^2)")),
]  # fmt: skip
ARROWS = (r"\xrightarrow{d}", r"\overset{d}{\to}", r"\Rightarrow", r"\rightsquigarrow", r"\xrightarrow{\mathcal D}")


@pytest.mark.parametrize(("said", "left", "right", "wrong"), IN_LAW)
def test_central_limits_and_slips_in_them(said, left, right, wrong):
    assert isinstance(verdict(said, rf"{left} \xrightarrow{{d}} {right}"), Supported)
    for other in wrong:
        assert isinstance(verdict(said, rf"{left} \xrightarrow{{d}} {other}"), Refuted), other


@pytest.mark.parametrize("arrow", ARROWS)
def test_signs_of_a_limit_in_law(arrow):
    claim = rf"\sqrt n (\bar X_n - \mu) {arrow} \mathcal N(0, \sigma^2)"
    assert isinstance(verdict(SAID, claim), Supported)
    assert isinstance(verdict(SAID, claim.replace("sigma^2", "sigma^2 / n")), Refuted)


@pytest.mark.parametrize("sign", [r"\approx", r"\dot\sim", r"\overset{\cdot}{\sim}", r"\overset{a}{\sim}"])
def test_laws_that_hold_nearly(sign):
    claim = rf"\bar X_n {sign} \mathcal N(\mu, \sigma^2 / n)"
    assert isinstance(verdict(SAID, claim), Supported)
    assert isinstance(verdict(SAID, claim.replace("/ n", "")), Refuted)


LEFT_SIDES = [
    r"\sqrt n \bar X_n - \mu",
    r"\bar X_n - \mu",
    r"n (\bar X_n - \mu)",
    r"\frac{S_n - \mu}{\sqrt n}",
    r"\frac{1}{n} \sum_{i=1}^n (X_i - \mu)",
]


@pytest.mark.parametrize("left", LEFT_SIDES)
def test_a_statistic_that_is_not_scaled_as_it_should_be_is_refuted(left):
    assert isinstance(verdict(SAID, rf"{left} \xrightarrow{{d}} \mathcal N(0, \sigma^2)"), Refuted)


def test_a_standard_deviation_for_a_variance_where_the_document_writes_variances():
    both = SAID + r" As $\sqrt n (\bar X_n - \mu) \Rightarrow \mathcal N(0, \sigma^2)$,"
    found = verdict(both, r"\sqrt n (\bar X_n - \mu) \xrightarrow{d} \mathcal N(0, \sigma)")
    assert isinstance(found, Refuted) and found.repair is not None and found.repair.slip == "square"
    alone = verdict(SAID, r"\sqrt n (\bar X_n - \mu) \xrightarrow{d} \mathcal N(0, \sigma)")
    assert isinstance(alone, Supported) and alone.holds_if is not None and "standard deviation" in alone.holds_if


TO_A_NUMBER = [
    (SAID, r"\frac1n \sum_{i=1}^n X_i^2", r"\mu^2 + \sigma^2", (r"\mu^2", r"\sigma^2")),
    (SAID, r"\frac1n \sum_{i=1}^n (X_i - \bar X_n)^2", r"\sigma^2",
     (r"\sigma", r"\frac{\sigma^2}{n}", r"\mu^2 + \sigma^2")),
    (SAID, r"S_n^2", r"\sigma^2", (r"\sigma",)),
    (SAID, r"e^{\bar X_n}", r"e^\mu", (r"e^{\mu + \sigma^2/2}",)),
    (EXPONENTIAL, r"\frac{1}{n - 1} \sum_{i=1}^n (X_i - \bar X_n)^2", r"\frac{1}{\lambda^2}",
     (r"\frac{2}{\lambda^2}",)),
    (EXPONENTIAL, r"\frac{1}{\bar X_n}", r"\lambda", (r"2 \lambda",)),
    (BERNOULLI, r"\hat p_n (1 - \hat p_n)", "p (1 - p)", ("p",)),
]  # fmt: skip


@pytest.mark.parametrize(("said", "left", "right", "wrong"), TO_A_NUMBER)
def test_laws_of_large_numbers_and_slips_in_them(said, left, right, wrong):
    for arrow in (r"\xrightarrow{p}", r"\xrightarrow{a.s.}", r"\overset{P}{\to}"):
        assert isinstance(verdict(said, f"{left} {arrow} {right}"), Supported)
    for other in wrong:
        assert isinstance(verdict(said, rf"{left} \xrightarrow{{p}} {other}"), Refuted), other


def test_the_mean_of_any_function():
    claim = r"\frac1n \sum_{i=1}^n f(X_i) \xrightarrow{p} \mathbb E[f(X_1)]"
    assert isinstance(verdict(SAID, claim), Supported)
    assert isinstance(
        verdict(EXPONENTIAL, claim.replace("f(X_1)", r"\log X_1").replace("f(X_i)", r"\log X_i")), Supported
    )
    assert not isinstance(verdict(SAID, claim.replace("[f(X_1)]", "[f(X_1)]^2")), Supported)


def test_a_limit_of_numbers_in_a_sample():
    claim = r"\lim_{n \to \infty} \frac1n \sum_{i=1}^n X_i = \mu"
    assert isinstance(verdict(SAID, claim), Supported)
    assert isinstance(verdict(SAID, claim.replace(r"= \mu", r"= \mu^2")), Refuted)


UNSAID = [
    "",
    r"Let $X_1, \dots, X_n$ be i.i.d.",
    r"Let $X_1, X_2, \dots$ be a stationary sequence with mean $\mu$ and variance $\sigma^2$.",
    r"Let $X_1, \dots, X_n$ be dependent variables with mean $\mu$ and variance $\sigma^2$.",
    r"Let $X_1, \dots, X_n$ be independent with means $\mu_i$ and variances $\sigma_i^2$.",
    r"Let $X_1, \dots, X_n$ be i.i.d. with sample mean $\mu$ and sample variance $\sigma^2$.",
    r"Let $X_i \sim \mathrm{Cauchy}(\mu, \sigma)$ be i.i.d.",
    SAID + "\n\n# Another section",
]


@pytest.mark.parametrize("said", UNSAID)
def test_what_nothing_is_said_of_is_left_open(said):
    for right in (r"\mathcal N(0, \sigma^2)", r"\mathcal N(0, \sigma^2 / n)"):
        found = verdict(f"# One\n\n{said}", rf"\sqrt n (\bar X_n - \mu) \xrightarrow{{d}} {right}")
        assert isinstance(found, NotAClaim | Undecided), found


def test_names_that_nothing_is_said_of_may_be_anything():
    for claim in (
        r"\sqrt n (\bar X_n - \mu) \xrightarrow{d} \mathcal N(0, \tau^2)",
        r"\sqrt n (\bar X_n - m) \xrightarrow{d} \mathcal N(0, \sigma^2)",
        r"\sqrt n (\frac1n \sum_{i=1}^n X_i^2 - \mu^2 - \sigma^2) \xrightarrow{d} \mathcal N(0, 2 \sigma^4)",
        r"\sqrt n (\hat\theta - \theta) \xrightarrow{d} \mathcal N(0, 1)",
        r"X_n \xrightarrow{d} \mathcal N(0, 1)",
    ):
        assert isinstance(verdict(SAID, claim), NotAClaim | Undecided), claim


def test_a_later_sample_has_its_own_law():
    text = f"{EXPONENTIAL} {SAID}\n\n$$ %s $$"
    assert isinstance(last(text % r"\frac1n \sum_{i=1}^n X_i \xrightarrow{p} \mu").verdict, Supported)
    assert not isinstance(last(text % r"\frac1n \sum_{i=1}^n X_i \xrightarrow{p} \frac1\lambda").verdict, Supported)


BATCH = r"The gradients $g_1, \dots, g_B$ are independent with mean $g$ and variance $\sigma^2$."
NOISE = r"Let $\varepsilon_1, \dots, \varepsilon_N$ be i.i.d. with zero mean and variance $\sigma^2$."


def test_samples_of_another_size_and_of_small_letters():
    claim = r"\frac1B \sum_{i=1}^B g_i \approx \mathcal N(g, \sigma^2 / B)"
    assert isinstance(verdict(BATCH, claim), Supported)
    assert isinstance(verdict(BATCH, claim.replace(" / B", "")), Refuted)
    claim = r"\frac1N \sum_{i=1}^N \varepsilon_i^2 \xrightarrow{p} \sigma^2"
    assert isinstance(verdict(NOISE, claim), Supported)
    assert isinstance(verdict(NOISE, claim.replace(r"\sigma^2", r"\sigma")), Refuted)


def test_what_only_looks_like_a_statistic_is_left_open():
    rare = r"Let $X_1, \dots, X_n \overset{iid}{\sim} \mathrm{Bernoulli}(\lambda/n)$ and $S_n = \sum_{i=1}^n X_i$."
    assert not isinstance(verdict(rare, r"S_n \xrightarrow{d} \mathrm{Poisson}(\lambda)"), Refuted)
    assert not isinstance(verdict(SAID, r"n (\bar X_n - \mu)^2 / \sigma^2 \xrightarrow{d} \chi^2(1)"), Refuted)
    for claim in (
        r"\mu \approx \mathcal N(0, 1)",
        r"\sqrt n (X_{(n)} - \mu) \xrightarrow{d} \mathcal N(0, 1)",
        r"\frac1n \sum_{i=1}^n X_i X_{i+1} \xrightarrow{p} \mu",
        r"\bar X_n - \bar Y_n \approx \mathcal N(0, \sigma^2)",
        r"\frac{\bar X_n - \mu}{\sigma / \sqrt n} \approx t_{n - 1}",
    ):
        assert isinstance(verdict(SAID, claim), NotAClaim | Undecided), claim


def test_a_parameter_with_a_value_refutes_nothing():
    for said in (SAID + r" Here $\mu = 0$.", SAID.replace(r"\mu$", r"\mu = 0$")):
        assert not isinstance(verdict(said, r"\sqrt n \bar X_n \xrightarrow{d} \mathcal N(0, \sigma^2)"), Refuted)


DRAWS = r"Let $z_1, \dots, z_S \overset{iid}{\sim} q(z)$. As $S \to \infty$,"
POINTS = r"Let $x^{(1)}, \dots, x^{(N)}$ be i.i.d. samples from $p$."


def test_means_under_the_law_that_members_are_drawn_from():
    claim = r"\frac1S \sum_{s=1}^S \frac{p(z_s)}{q(z_s)} \to \mathbb E_{q(z)}\left[ \frac{p(z)}{q(z)} \right]"
    assert isinstance(verdict(DRAWS, claim), Supported)
    assert not isinstance(verdict(DRAWS, claim.replace(r"E_{q(z)}", r"E_{p(z)}")), Supported)
    assert not isinstance(verdict(DRAWS, claim.replace(r"[ \frac{p(z)}{q(z)}", r"[ \frac{q(z)}{p(z)}")), Supported)
    claim = r"\frac1N \sum_{i=1}^N f(x^{(i)}) \xrightarrow{p} \mathbb E_{x \sim p}[f(x)]"
    assert isinstance(verdict(POINTS, claim), Supported)
    assert not isinstance(verdict(POINTS, claim.replace(r"\sim p", r"\sim q")), Supported)


def test_a_law_in_words_and_a_limit_that_is_named():
    said = r"Suppose $X_1, \ldots, X_n$ are independent $\mathrm{Exp}(\lambda)$ random variables."
    claim = r"\sqrt n (\bar X_n - 1/\lambda) \xrightarrow{d} Z \sim \mathcal N(0, 1/\lambda^2)"
    for claimed, kind in ((claim, Supported), (claim.replace(r"1/\lambda^2", r"2/\lambda^2"), Refuted)):
        found = examine(read_document("a.md", f"{said}\n\n$$ {claimed} $$"), Options()).judged
        assert [type(j.verdict) for j in found if j.right == "Z"] == [kind]


def test_words_before_a_central_limit_are_no_doubt_and_others_are():
    claim = r"\frac{\bar X_n - \mu}{\sigma / n} \approx \mathcal N(0, 1)"
    for words in ("For large $n$, approximately", "By the central limit theorem,"):
        assert isinstance(last(f"{SAID} {words}\n\n$$ {claim} $$").verdict, Refuted)
    for words in ("It would be naive to write", "It is not true that"):
        assert not isinstance(last(f"{SAID} {words}\n\n$$ {claim} $$").verdict, Refuted)
    given = r"If $X_1, \dots, X_n$ are iid with mean $\mu$ and variance $\sigma^2$, then"
    assert isinstance(verdict(given, claim), Refuted)


def test_squares_that_are_chi_squared():
    for left in (r"\frac{n (\bar X_n - \mu)^2}{\sigma^2}", r"\left( \frac{\bar X_n - \mu}{S_n / \sqrt n} \right)^2"):
        assert isinstance(verdict(SAID, rf"{left} \xrightarrow{{d}} \chi^2_1"), Supported)
        assert not isinstance(verdict(SAID, rf"{left} \xrightarrow{{d}} \chi^2(2)"), Supported)
    assert isinstance(verdict(SAID, r"\frac{n (\bar X_n - \mu)^2}{\sigma^2} \xrightarrow{d} \chi^2_2"), Refuted)


@pytest.mark.parametrize(
    "left",
    [r"n (\bar X_n - \mu)^2 / \sigma", r"(\bar X_n - \mu)^2 / \sigma^2", r"\sqrt n (\bar X_n - \mu) / \sigma"],
)
def test_what_is_not_chi_squared(left):
    assert isinstance(verdict(SAID, rf"{left} \xrightarrow{{d}} \chi^2_1"), Refuted)


def test_what_stays_random_tends_to_no_number():
    for left in (r"n (\bar X_n - \mu)^2", r"\sigma^2 + n (\bar X_n - \mu)^2", r"\sigma^2 + \sqrt n (\bar X_n - \mu)"):
        found = verdict(SAID, rf"{left} \xrightarrow{{p}} \sigma^2")
        assert isinstance(found, Refuted) and "random" in found.by.left


STANDARD = r"Let $X_1, \dots, X_n$ be i.i.d. with $\mathbb E[X_i] = 0$ and $\mathrm{Var}(X_i) = 1$."


@pytest.mark.parametrize(
    "left", [r"\bar X_n", r"\bar X_n^2", r"n^{1/4} \bar X_n", r"\frac{S_n}{n}", r"\frac{1}{n^2} \sum_{i=1}^n X_i^2"]
)
def test_limits_that_are_nothing(left):
    assert isinstance(verdict(STANDARD, rf"{left} \xrightarrow{{p}} 0"), Supported | NotAClaim | Undecided)
    assert not isinstance(verdict(STANDARD, rf"{left} \xrightarrow{{p}} 1"), Supported)
    if "1/4" not in left:  # which falls too slowly to be told
        assert isinstance(verdict(STANDARD, rf"{left} \xrightarrow{{p}} 0"), Supported)
        assert isinstance(verdict(STANDARD, rf"{left} \xrightarrow{{p}} 1"), Refuted)


def test_what_is_not_nothing():
    for left in (r"\sqrt n \bar X_n", r"\frac1n \sum_{i=1}^n X_i^2", r"\frac{1}{\sqrt n} \sum_{i=1}^n X_i"):
        assert isinstance(verdict(STANDARD, rf"{left} \xrightarrow{{p}} 0"), Refuted)


def test_a_sum_whose_index_is_a_capital():
    said = (
        r"Let $\xi_1, \dots, \xi_T$ be i.i.d. with zero mean and variance $\sigma^2$, and $S_T = \sum_{t=1}^T \xi_t$."
    )
    assert isinstance(verdict(said, r"S_T \approx \mathcal N(0, T \sigma^2)"), Supported)
    assert isinstance(verdict(said, r"S_T \approx \mathcal N(0, T^2 \sigma^2)"), Refuted)
