"""Gradients and Jacobians in coordinates: losses of the notes, softmax and cross-entropy; and slips."""

from __future__ import annotations

import pytest

from claims.verdict import IllFormed, Proved, Refuted, Supported, Undecided
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document

LOGISTIC = r"""In logistic regression the sigmoid $\hat p_i = \sigma(\theta^\top x_i)$ gives
the loss

$$ L(\theta) = -\sum_{i=1}^N [y_i \log \hat p_i + (1-y_i) \log(1-\hat p_i)] $$

so that

$$ %s $$
"""
SOFTMAX = r"""The softmax is

$$ \pi_k = \frac{e^{z_k}}{\sum_{j=1}^K e^{z_j}} $$

and hence

$$ %s $$
"""
CROSS_ENTROPY = r"""For one example the softmax is

$$ \hat\pi_k(\mathbf{x}) = \frac{\exp(z_k)}{\sum_{j=1}^K \exp(z_j)} $$

and with labels that are one-hot the loss is

$$ L = -\sum_{i=1}^N \sum_{k=1}^K y_{i,k} \log \hat\pi_{i,k} $$

so that

$$ \frac{\partial L}{\partial z_{i,k}} = %s $$
"""


def verdict(notes: str, claim: str) -> object:
    return examine(read_document("a.md", notes % claim), Options()).judged[-1].verdict


@pytest.mark.parametrize(
    "right", [r"\sum_{i=1}^N (\hat p_i - y_i) x_i", r"-\sum_i (y_i - \hat p_i) x_i", r"X^\top (\hat p - y)"]
)
def test_the_gradient_of_the_logistic_loss(right: str) -> None:
    found = verdict(LOGISTIC, rf"\nabla_\theta L = {right}")
    assert isinstance(found, Supported) and found.holds_if == "with the definitions that the document gives"


@pytest.mark.parametrize(
    ("right", "slip"),
    [
        (r"\sum_{i=1}^N (y_i - \hat p_i) x_i", "sign"),
        (r"2 \sum_{i=1}^N (\hat p_i - y_i) x_i", "factor-2"),
        (r"\sum_{i=1}^N (\hat p_i + y_i) x_i", "sign"),
        (r"\frac1N \sum_{i=1}^N (\hat p_i - y_i) x_i", None),
        (r"\sum_{i=1}^N \hat p_i x_i", None),
        (r"\sum_{i=1}^N (\hat p_i - y_i) x_j", None),
        (r"\sum_{i=1}^N (\hat p_i - y_i)", None),
        (r"X^\top (y - \hat p)", "sign"),
    ],
)
def test_a_slip_in_it_is_refuted(right: str, slip: str | None) -> None:
    found = verdict(LOGISTIC, rf"\nabla_\theta L = {right}")
    assert isinstance(found, Refuted) and found.by.witness
    assert (found.repair.slip if found.repair else None) == slip


def test_one_component_of_it() -> None:
    notes = LOGISTIC.replace(r"\theta^\top x_i", r"\sum_{j=1}^d \theta_j x_{ij}")
    right = r"\frac{\partial L}{\partial \theta_j} = \sum_{i=1}^N (\hat p_i - y_i) x_{ij}"
    assert isinstance(verdict(notes, right), Supported)
    assert isinstance(verdict(notes, right.replace("x_{ij}", "x_{ji}")), Refuted)


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        (r"\frac{\partial \pi_i}{\partial z_j} = \pi_i (\delta_{ij} - \pi_j)", (r"\delta_{ij}", "1")),
        (r"\frac{\partial \pi_i}{\partial z_j} = \pi_j (\delta_{ij} - \pi_i)", (r"= \pi_j", r"= \pi_i")),
        (r"\frac{\partial \log \pi_i}{\partial z_j} = \mathbb{1}[i = j] - \pi_j", ("= j]", r"\ne j]")),
        (
            r"\frac{\partial \pi_i}{\partial z_j} = \begin{cases} \pi_i (1-\pi_i) & i = j \\ -\pi_i \pi_j & i \ne j"
            r"\end{cases}",
            ("-", "+"),
        ),
        (r"\frac{\partial \pi}{\partial z} = \mathrm{diag}(\pi) - \pi \pi^\top", (" - ", " + ")),
        (r"\nabla_z \log \sum_{j=1}^K e^{z_j} = \pi", (r"= \pi", r"= -\pi")),
    ],
)
def test_the_softmax(claim: str, wrong: tuple[str, str]) -> None:
    assert isinstance(verdict(SOFTMAX, claim), Supported)
    assert isinstance(verdict(SOFTMAX, claim.replace(*wrong)), Refuted)


def test_the_gradient_of_cross_entropy_holds_for_one_hot_labels() -> None:
    found = verdict(CROSS_ENTROPY, r"\hat\pi_{i,k} - y_{i,k}")
    assert isinstance(found, Supported) and found.holds_if is not None and "one-hot" in found.holds_if
    for wrong in (
        r"y_{i,k} - \hat\pi_{i,k}",
        r"\hat\pi_{i,k} + y_{i,k}",
        r"2(\hat\pi_{i,k} - y_{i,k})",
        r"\hat\pi_{i,k}",
    ):
        assert isinstance(verdict(CROSS_ENTROPY, wrong), Refuted), wrong


def test_any_loss_of_one_name() -> None:
    notes = "Let\n\n$$ \\ell(p) = h \\log p + (N - h) \\log(1 - p) $$\n\nThen\n\n$$ %s $$\n"
    right = r"\frac{d\ell}{dp} = \frac{h}{p} - \frac{N - h}{1 - p}"
    assert isinstance(verdict("Later $\\ell(q) = q^2$. " + notes, right), Supported)
    for wrong in (right.replace("-", "+", 1), right.replace("{1 - p}", "{p}"), right.replace("N - h", "N")):
        assert isinstance(verdict("Later $\\ell(q) = q^2$. " + notes, wrong), Refuted)


@pytest.mark.parametrize(
    "claim",
    [
        r"\nabla_\theta L = \sum_{i=1}^N (\hat q_i - y_i) x_i",  # q̂ may be anything
        r"\nabla_\theta M = \sum_{i=1}^N (y_i - \hat p_i) x_i",  # nothing says what M is
        r"\nabla_\theta L = \sum_{i=1}^N (y_i - \hat p_i) x_i^\top",  # a row: some write gradients so
    ],
)
def test_what_may_mean_something_else_is_left_open(claim: str) -> None:
    assert isinstance(verdict(LOGISTIC, claim), Undecided)


def test_nothing_is_refuted_where_it_is_solved_for() -> None:
    notes = LOGISTIC.replace("so that", "and setting its gradient to zero we want")
    assert not isinstance(verdict(notes, r"\nabla_\theta L = \sum_{i=1}^N (y_i - \hat p_i) x_i"), Refuted)
    noisy = LOGISTIC.replace("the sigmoid ", "").replace("logistic ", "")
    assert not isinstance(verdict(noisy, r"\nabla_\theta L = \sum_{i=1}^N (y_i - \hat p_i) x_i"), Refuted)


STACKED = "With the data stacked,\n\n$$ %s $$\n"


@pytest.mark.parametrize(
    ("claim", "slips"),
    [
        (
            r"\sum (y_i - \theta^\top x_i)^2 = \|y - X \theta\|^2",
            [(r"\|y -", r"\|y +"), (r"\|^2", r"\|"), (r"= \|", r"= \frac12 \|"), (r"= \|", r"= -\|")],
        ),
        (r"\sum_i x_i x_i^\top = X^\top X", [("= X", "= 2 X")]),
        (r"\sum_{i=1}^n (y_i - w^\top x_i) x_i = X^\top (y - X w)", [("y - X", "y + X")]),
    ],
)
def test_members_and_what_they_make_up(claim: str, slips: list[tuple[str, str]]) -> None:
    assert isinstance(verdict(STACKED, claim), Supported)
    for old, new in slips:
        assert isinstance(verdict(STACKED, claim.replace(old, new)), Refuted), new


def test_a_matrix_whose_columns_are_the_examples_is_left_open() -> None:
    assert isinstance(verdict(STACKED, r"\sum_i x_i x_i^\top = X X^\top"), Undecided)


@pytest.mark.parametrize("defined", ["", "The bump is $$ g(z) = e^{-z^2} $$", r"$$ \text{Bump} = g(z) = e^{-z^2} $$"])
def test_a_function_is_derived_as_it_is_defined_and_is_no_factor(defined: str) -> None:
    notes = defined + "\n\nThen\n\n$$ %s $$\n"
    found = verdict(notes, r"\frac{d g(z)}{dz} = -2 z e^{-z^2}")
    assert isinstance(found, Supported | Proved if defined else Undecided)
    if defined:
        assert isinstance(verdict(notes, r"\frac{d g(z)}{dz} = 2 z e^{-z^2}"), Refuted)
        assert isinstance(verdict(notes, r"\frac{d g(z)}{dz} = -z e^{-z^2}"), Refuted)


PROBABILITIES = r"Let $p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$. "
SLOPE_OF_ONE = r"\frac{\partial p_i}{\partial z_j}"


@pytest.mark.parametrize(
    ("words", "right"),
    [
        (r"When $i \neq j$: ${} = {}$.", True),
        (r"If $i \ne j$, then ${} = {}$.", True),
        (r"We have ${} = {}$ for $i \ne j$.", True),
        (r"We have ${} = {} \quad (i \ne j)$.", True),
        (r"We have ${} = {}$ for all $i, j$.", False),
        (r"We have ${} = {}$ if $i = j$.", False),
        (r"If $i \ne j$, all is well. Always ${} = {}$.", False),
    ],
)
def test_words_say_which_indices_are_different(words, right):
    notes = PROBABILITIES + words.replace("{}", "%s") % (SLOPE_OF_ONE, "-p_i p_j")
    (found,) = [j for j in examine(read_document("notes.md", notes), Options()).judged if "partial" in j.left]
    assert isinstance(found.verdict, Supported if right else Refuted)


SQUARES = r"""Let $X \in \mathbb{R}^{N \times d}$ and $y \in \mathbb{R}^N$. Then

$$ \nabla_w \|y - X w\|^2 = %s $$
"""


@pytest.mark.parametrize("wrong", [r"-2 X^\top (y - X^2 w)", r"-2 X^\top (X - X w)", r"-2 X^\top (y - y w)"])
def test_a_right_side_that_no_shapes_fit_is_ill_formed(wrong: str) -> None:
    assert isinstance(verdict(SQUARES, r"-2 X^\top (y - X w)"), Supported)
    found = verdict(SQUARES, wrong)
    assert isinstance(found, IllFormed) and found.rule == "E411" and found.repair is not None


@pytest.mark.parametrize("other", [r"-2 X^\top (y - Z w)", r"g(X, y^2)", r"-2 X^\top (y^2 - X^2 w)"])
def test_what_no_slip_explains_is_left_open(other: str) -> None:
    assert isinstance(verdict(SQUARES, other), Undecided)


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        (r"\frac{\partial}{\partial X} (a^\top X b) = b a^\top", r"-b a^\top"),
        (r"\frac{\partial}{\partial W} \|W x - y\|^2 = 2 x (W x - y)^\top", r"2 x (W x + y)^\top"),
    ],
)
def test_derivatives_by_a_matrix_may_be_laid_out_as_its_transpose(claim: str, wrong: str) -> None:
    assert not isinstance(verdict("$$ %s $$", claim), Refuted)
    assert isinstance(verdict("$$ %s $$", f"{claim.partition(' = ')[0]} = {wrong}"), Refuted)


@pytest.mark.parametrize(
    ("claim", "slip", "mended"),
    [
        (r"\frac{d}{dx} 3x^2 = 3x", "factor-2", "6 x"),
        (r"\frac{d}{dx} 1.5x^2 = 1.5x", "factor-2", "3.0 x"),
        (r"\frac{d}{dx}\log(1+e^x) = \frac{1}{1+e^{x}}", "sign", r"\frac{1}{1 + e^{- x}}"),
        (r"\frac{d}{dx}\log(1+e^{2x}) = \frac{2}{1+e^{2x}}", "sign", r"\frac{2}{1 + e^{- 2 x}}"),
    ],
)
def test_a_derivative_that_lost_its_two_or_a_sign_in_an_exponent_is_mended(claim: str, slip: str, mended: str) -> None:
    [judged] = examine(read_document("a.md", f"Here ${claim}$.\n"), Options()).judged
    assert isinstance(judged.verdict, Refuted) and judged.verdict.repair is not None
    assert (judged.verdict.repair.slip, judged.verdict.repair.latex) == (slip, mended)
    left = claim.split(" = ")[0]
    [right] = examine(read_document("a.md", f"Here ${left} = {mended}$.\n"), Options()).judged
    assert isinstance(right.verdict, Proved | Supported)


def test_a_derivative_that_no_such_slip_explains_has_no_repair() -> None:
    [judged] = examine(read_document("a.md", "Here $\\frac{d}{dx} 3x^2 = 7e^{x}$.\n"), Options()).judged
    assert isinstance(judged.verdict, Refuted) and judged.verdict.repair is None


BIN = r"""
$$
\frac{\partial}{\partial \xi} \frac{s (d_{0} \xi (1 - \xi) + s \xi^2)}{s + \xi (1 - \xi) (d_{0} + d_{1} - 2 s)} = %s
$$

where

- $\xi \in (0, 1)$: place in the bin
- $s > 0$: slope of the bin
- $d_{0} > 0$: slope at its lower end
- $d_{1} > 0$: slope at its upper end
"""
RISE = r"\frac{s^2 (%s + 2 s \xi (1 - \xi))}{(s + \xi (1 - \xi) (d_{0} + d_{1} - 2 s))^2}"


@pytest.mark.parametrize("first", [r"d_{0} (1 - \xi)^2", r"d_{0} \left(1 - \xi\right)^{2}", r"(1 - \xi)^2 d_{0}"])
def test_a_power_behind_a_bracket_is_not_of_the_number_before_it(first: str) -> None:
    judged = examine(read_document("a.md", (BIN % (RISE % rf"{first} + d_{1} \xi^2")).encode()), Options()).judged
    assert isinstance(judged[0].verdict, Supported | Proved)


@pytest.mark.parametrize("first", [r"d_{0} (1 - \xi)", r"(d_{0} (1 - \xi))^2", r"d_{0}^2 (1 - \xi)^2"])
def test_a_power_of_it_is_another_value(first: str) -> None:
    judged = examine(read_document("a.md", (BIN % (RISE % rf"{first} + d_{1} \xi^2")).encode()), Options()).judged
    assert isinstance(judged[0].verdict, Refuted)
