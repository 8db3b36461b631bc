"""Limits stated with an arrow or with lim: those that hold, those that a slip makes go elsewhere, and what is none."""

from __future__ import annotations

import pytest

from claims.verdict import NotAClaim, Refuted, Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document


def last(text):
    return examine(read_document("a.md", text), Options()).judged[-1].verdict


LIMITS = [
    (r"\left(1 - \frac{\lambda}{n}\right)^n", r"e^{-\lambda}", r"e^{\lambda}", r"n \to \infty"),
    (r"\frac{s^2 m + n \tau^2 y}{s^2 + n \tau^2}", "y", "m", r"n \to \infty"),
    (r"\frac{s^2 m + n \tau^2 y}{s^2 + n \tau^2}", "m", "y", r"\tau \to 0"),
    (r"\frac{e^{a/T}}{e^{a/T} + e^{b/T}}", r"\frac12", "1", r"T \to \infty"),
    (r"\frac{x^\alpha - 1}{\alpha}", r"\log x", "x", r"\alpha \to 0"),
    (r"\frac{1 - \cos x}{x^2}", r"\frac12", "1", r"x \to 0"),
    (r"\frac{n + 3}{2 n + a}", r"\frac12", "2", r"n \to \infty"),
    (r"\frac{3 + 2 \tau}{1 + \tau^2}", "3", "2", r"\tau \to 0"),
]


@pytest.mark.parametrize(("left", "right", "wrong", "place"), LIMITS)
def test_limits_and_slips_in_them(left, right, wrong, place):
    for form in (
        r"$$ {0} \xrightarrow{{{2}}} {1} $$",
        "As ${2}$,\n\n$$ {0} \\to {1} $$",
        r"$$ \lim_{{{2}}} {0} = {1} $$",
    ):
        assert isinstance(last(form.format(left, right, place)), Supported), form
        assert isinstance(last(form.format(left, wrong, place)), Refuted), form


def test_a_limit_that_is_nearly_missed_is_not_supported():
    """Values beyond some digits count, and so does how small both are."""
    assert not isinstance(last(r"$$ \frac{n + 1}{n} \xrightarrow{n \to \infty} 1.001 $$"), Supported)
    tiny = r"$$ \frac{n \lambda^{40}}{n + 1} \xrightarrow{n \to \infty} 2 \lambda^{40} $$"
    assert isinstance(last(tiny), Refuted)
    assert isinstance(last(tiny.replace("2 ", "")), Supported)


def test_where_values_diverge_the_condition_is_told():
    found = last(r"$$ r^n \xrightarrow{n \to \infty} 0 $$")
    assert isinstance(found, Supported) and found.holds_if == "where the left side has a limit"


def test_a_condition_beside_a_limit_counts():
    claim = r"$$ \lim_{T \to 0} \frac{e^{a/T}}{e^{a/T} + e^{b/T}} = 1 \quad %s $$"
    limit = examine(read_document("a.md", claim % r"\text{for } a > b"), Options()).judged[0].verdict
    assert isinstance(limit, Supported) and limit.holds_if is None
    limit = examine(read_document("a.md", claim % r"\text{for } a < b"), Options()).judged[0].verdict
    assert isinstance(limit, Refuted)


def test_definitions_are_put_in():
    text = r"Let $m_n = \frac{n y + k m}{n + k}$. As $n \to \infty$, $m_n \to %s$."
    assert isinstance(last(text % "y"), Supported)
    assert isinstance(last(text % "m"), Refuted)


@pytest.mark.parametrize(
    "text",
    [
        r"As $n \to \infty$, $\beta_n \to 0$.",  # what has the index says nothing of itself
        r"As $n \to \infty$, $\frac{S}{n} \to \mu$.",  # S may grow
        r"As $n \to \infty$, $\frac{\hat{s}}{n} \to \mu$.",
        r"The map $f: x \to y$ for $n \to \infty$.",
        r"$$ z_0 \to z_1 \to z_2 $$",
        r"Let $n \to \infty$. Nothing follows. Then $\frac{1}{n} \to 1$.",
        r"As $n \to \infty$, $\frac{a_n}{n} \to 1$.",
        r"As $\tau \to 0$, $\frac{1}{\tau} e^{-x^2/\tau} \to \delta_0$.",
        r"As $\tau \to 0$, $\frac{1}{\tau} e^{-x^2/\tau} \to \delta(x)$.",
        r"As $k \to \infty$, $\frac{x}{k} \to \theta_0$.",
        "As $c \\to 0$, $$b_c \\to m.$$\n\nAs $c \\to \\infty$, $$b_c \\to 0.$$",
        r"We let $c \to 0$. Where $c \to \infty$ it is another one.",
        r"As $c \to 0$, or as $d \to 1$, they agree.",
        r"As $h \to 0$ and $n h \to \infty$ the estimate is consistent.",
    ],
)
def test_what_may_be_no_limit_of_its_names_is_left_alone(text):
    verdicts = [j.verdict for j in examine(read_document("a.md", text), Options()).judged]
    assert all(isinstance(v, NotAClaim) for v in verdicts)


def test_what_says_where_one_limit_goes_leaves_another_one_to_be_judged():
    text = r"As $c \to \infty$, $b \to 0$. As $c \to 0$, $\frac{3 + 2 c}{1 + c^2} \to %s$."
    assert isinstance(last(text % "3"), Supported)
    assert isinstance(last(text % "2"), Refuted)


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (r"As $u \to 0$, it is $m = \frac{u (3 v + u)}{u} = 3 v$.", "= 3 v", "= 2 v"),
        (r"It is $$m = \frac{u (3 v + u)}{u} = 3 v,$$ since u -> 0, so that it goes away.", "= 3 v", "= 3 v^2"),
        (r"Let $n \to \infty$. Then $m = \frac{n v + v}{n} = v$.", "= v$", "= 2 v$"),
    ],
)
def test_an_equation_may_hold_in_a_limit_of_which_the_text_speaks(text: str, old: str, new: str) -> None:
    found = last(text)
    assert isinstance(found, Supported) and str(found.holds_if).startswith("in the limit")
    assert not isinstance(last(text.replace(old, new)), Supported)


def test_a_limit_excuses_no_slip_in_what_it_keeps():
    assert isinstance(last(r"As $u \to 0$, it is $m = (v + u)^2 = v^2 + u^2$."), Refuted)
    assert isinstance(last(r"As $u \to 0$, it is $m = v + u^2 - 2 v u = (v - u)^2$."), Refuted)
    assert isinstance(last(r"As $w \to 0$, it is $m = \frac{u (3 v + u)}{u} = 3 v$."), Refuted)


SAMPLE = r"Let $X_i \sim \mathrm{Poisson}(\lambda)$ be i.i.d."
MEANS = [
    (r"\frac{1}{n} \sum_{i=1}^n X_i \xrightarrow{p} \lambda", r"p} \lambda", r"p} \lambda^2"),
    (r"\frac{1}{n} \sum_{i=1}^n X_i^2 \xrightarrow{a.s.} \lambda + \lambda^2", r"\lambda + ", ""),
    (r"\bar{X}_n \xrightarrow[n \to \infty]{P} \lambda", r"P} \lambda", r"P} 2 \lambda"),
]


@pytest.mark.parametrize(("claim", "old", "new"), MEANS)
def test_means_of_samples_tend_to_the_mean_of_the_law(claim, old, new):
    assert isinstance(last(f"{SAMPLE}\n\n$$ {claim} $$"), Supported)
    assert isinstance(last(f"{SAMPLE}\n\n$$ {claim.replace(old, new)} $$"), Refuted)


def test_a_mean_over_another_number_is_one_where_their_ratio_tends_to_one():
    claim = r"\frac{1}{n - 1} \sum_{i=1}^n X_i \xrightarrow{p} \lambda"
    assert isinstance(last(f"{SAMPLE}\n\n$$ {claim} $$"), Supported)
    assert isinstance(last(f"{SAMPLE}\n\n$$ {claim}^2 $$"), Refuted)
    assert isinstance(last(f"{SAMPLE}\n\n$$ {claim.replace('n - 1', '2 n')} $$"), Refuted)
    in_law = r"\frac{1}{n} \sum_{i=1}^n X_i \xrightarrow{d} \lambda^2"
    assert isinstance(last(f"{SAMPLE}\n\n$$ {in_law} $$"), NotAClaim)


LAWS = [
    (r"\mathrm{Binomial}(n, \lambda/n)", r"\mathrm{Poisson}(\lambda)", r"\mathrm{Poisson}(2 \lambda)", r"n \to \infty"),
    (r"t_\nu", r"\mathcal{N}(0, 1)", r"\mathcal{N}(0, 2)", r"\nu \to \infty"),
]


@pytest.mark.parametrize(("left", "right", "wrong", "place"), LAWS)
def test_limits_of_laws(left, right, wrong, place):
    assert isinstance(last(rf"$$ {left} \xrightarrow{{{place}}} {right} $$"), Supported)
    assert isinstance(last(rf"$$ {left} \xrightarrow{{{place}}} {wrong} $$"), Refuted)


UNDER = [
    (r"X \sim \mathrm{Binomial}(n, \lambda/n)", r"P(X = k)", r"\frac{\lambda^k e^{-\lambda}}{k!}",
     r"\frac{\lambda^k e^{\lambda}}{k!}", r"n \to \infty"),
    (r"X \sim \mathrm{Beta}(\alpha, \beta)", r"\mathbb{E}[X]", "1", "0", r"\alpha \to \infty"),
]  # fmt: skip


@pytest.mark.parametrize(("law", "left", "right", "wrong", "place"), UNDER)
def test_limits_under_a_law(law, left, right, wrong, place):
    text = rf"Let $ {law} $.  $$ {left} \xrightarrow{{{place}}} %s $$"
    assert isinstance(last(text % right), Supported)
    assert isinstance(last(text % wrong), Refuted)


NORMALS = r"\mathrm{KL}(\mathcal{N}(\mu, \sigma^2) \,\|\, \mathcal{N}(0, 1))"
INFINITE = [
    (r"\log n", r"n \to \infty", r"\infty", r"-\infty"),
    (r"\log x", r"x \to 0^+", r"-\infty", r"\infty"),
    (r"\frac{n^2 + 1}{n}", r"n \to \infty", r"\infty", r"-\infty"),
    (r"\frac{n + 1}{n}", r"n \to \infty", "1", r"\infty"),
    (NORMALS, r"\sigma \to 0", r"\infty", r"\frac{\mu^2}{2}"),
    (NORMALS, r"\sigma \to 1", r"\frac{\mu^2}{2}", r"\infty"),
]


@pytest.mark.parametrize(("left", "place", "right", "wrong"), INFINITE)
def test_limits_that_are_infinite_or_are_said_to_be(left, place, right, wrong):
    assert isinstance(last(rf"$$ \lim_{{{place}}} {left} = {right} $$"), Supported)
    assert isinstance(last(rf"$$ \lim_{{{place}}} {left} = {wrong} $$"), Refuted)


def test_an_infinite_limit_may_be_meant_from_one_side():
    """The side is told where the other one gives another limit; what neither gives is refuted."""
    found = last(r"$$ L = \frac{\rho}{1 - \rho} \xrightarrow{\rho \to 1} \infty $$")
    assert isinstance(found, Supported) and found.holds_if == "its place is neared from below"
    found = last(r"$$ L = \frac{\rho}{\rho - 1} \xrightarrow{\rho \to 1} \infty $$")
    assert isinstance(found, Supported) and found.holds_if == "its place is neared from above"
    for wrong in (r"\frac{\rho}{2 - \rho} \xrightarrow{\rho \to 1} \infty",
                  r"\frac{\rho}{(1 - \rho)^2} \xrightarrow{\rho \to 1} -\infty",
                  r"\frac{\rho}{1 - \rho} \xrightarrow{\rho \to 1^+} \infty"):  # fmt: skip
        assert isinstance(last(f"$$ L = {wrong} $$"), Refuted), wrong


@pytest.mark.parametrize(
    ("limit", "condition"),
    [
        (r"\lim_{x \to 0} \frac{|x|}{x} = 1", "its place is neared from above"),
        (r"\lim_{x \to 0} \frac{\sqrt{x^2}}{x} = 1", "its place is neared from above"),
        (r"\lim_{x \to 0^+} \frac{|x|}{x} = 1", None),
        (r"\lim_{x \to 0} \frac{\sin x}{x} = 1", None),
        (r"\lim_{x \to 0} x \log x = 0", None),
        (r"\lim_{T \to 0} e^{-1/T} = 0", None),
    ],
)
def test_a_finite_limit_that_differs_from_below_is_one_from_above(limit: str, condition: str | None) -> None:
    found = examine(read_document("a.md", f"$$ {limit} $$"), Options()).judged[-1].verdict
    assert isinstance(found, Supported) and found.holds_if == condition
